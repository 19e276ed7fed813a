#include "internal.h"
#include "rig.h"

static const struct {
    const char *text, *key, *value; /* NULL: absent */
} lookups[] = {
    {"Driver=SQLite3;Database=/a b.db", "database", "/a b.db"},
    {"Driver={SQL Server};Server=x", "DRIVER", "SQL Server"},
    {"A = 1 ; B = 2 ;", "b", "2"},
    {"PWD={a}}b;c};X=1", "PWD", "a}b;c"},
    {"PWD={a}}b;c};X=1", "X", "1"},
    {"PWD={open", "PWD", "open"},
    {"A=1", "B", NULL},
    {"", "A", NULL},
    {";;A=1;;", "A", "1"},
    {"alone;A=1", "alone", ""},
    {"A=x=y", "A", "x=y"},
};

Test(connection_string, values_are_found_under_any_case_and_bracing)
{
    for (size_t i = 0; i < sizeof lookups / sizeof lookups[0]; i++) {
        struct dc_strbuf value = DC_STRBUF_INIT(256);
        bool found = dc_odbc_string_get(lookups[i].text, lookups[i].key, &value);

        cr_expect_eq(found, lookups[i].value != NULL, "%s of %s", lookups[i].key, lookups[i].text);
        if (found && lookups[i].value != NULL) {
            cr_expect_str_eq(dc_strbuf_text(&value), lookups[i].value);
        }
        dc_strbuf_done(&value);
    }
}

static const char *const odd[] = {
    "plain", "", "a;b", "{", "}", "}}", "p;w}d{%41+ ='x@中", " leading", "trailing "};

Test(connection_string, whatever_is_put_is_got_back)
{
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        struct dc_strbuf text = DC_STRBUF_INIT(256), value = DC_STRBUF_INIT(256);

        dc_odbc_string_put(&text, "PWD", odd[i]);
        dc_odbc_string_put(&text, "X", "1");
        cr_expect(dc_odbc_string_get(dc_strbuf_text(&text), "PWD", &value));
        cr_expect_str_eq(dc_strbuf_text(&value), odd[i], "%s", dc_strbuf_text(&text));
        dc_strbuf_done(&text);
        dc_strbuf_done(&value);
    }
}

static void expect_built(const struct dc_odbc_open *request, const char *library,
                         const char *expected)
{
    struct dc_odbc_quirks quirks = dc_odbc_quirks_of(library);
    struct dc_strbuf text = DC_STRBUF_INIT(512);

    dc_odbc_string_build(request, &quirks, &text);
    cr_expect_str_eq(dc_strbuf_text(&text), expected);
    dc_strbuf_done(&text);
}

Test(connection_string, the_login_given_apart_replaces_that_of_the_string)
{
    struct dc_odbc_open request = {.connection_string = "Driver=X;UID=old;PWD={o;d};Server=s",
                                   .user = "new",
                                   .password = "p;w"};

    expect_built(&request, "libx.so", "Driver=X;Server=s;UID=new;PWD={p;w};");
}

Test(connection_string, a_login_in_the_string_stays_when_none_is_given_apart)
{
    struct dc_odbc_open request = {.connection_string = "Driver=X;UID=old;PWD={o;d}"};

    expect_built(&request, "libx.so", "Driver=X;UID=old;PWD={o;d};");
}

Test(connection_string, a_data_source_is_named)
{
    struct dc_odbc_open request = {.dsn = "MES_WH", .user = "ro"};

    expect_built(&request, "libx.so", "DSN=MES_WH;UID=ro;");
}

Test(connection_string, sqlite_files_are_not_created_by_reading)
{
    struct dc_odbc_open request = {.connection_string = "Driver=S;Database=/x", .read_only = true};

    expect_built(&request, "/usr/lib/odbc/libsqlite3odbc.so", "Driver=S;Database=/x;NoCreat=1;");
    request.read_only = false;
    expect_built(&request, "/usr/lib/odbc/libsqlite3odbc.so", "Driver=S;Database=/x;");
}

Test(connection_string, mariadb_is_asked_for_utf8_unless_the_user_chose)
{
    struct dc_odbc_open request = {.connection_string = "Driver=M"};

    expect_built(&request, "libmaodbc.so", "Driver=M;CHARSET=utf8mb4;");
    request.connection_string = "Driver=M;charset=gbk";
    expect_built(&request, "libmaodbc.so", "Driver=M;charset=gbk;");
}
