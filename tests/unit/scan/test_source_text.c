#include <criterion/criterion.h>

#include "dcscan/config.h"

struct password_case {
    const char *connection;
    bool has;
};

static const struct password_case password_cases[] = {
    {"DSN=a", false},
    {"DSN=a;PWD=x", true},
    {"DSN=a;pwd=x;", true},
    {"Driver={X};Password={a;b}", true},
    {"Driver={PWD=1};Database=d", false},
    {"Driver={a}}b;PWD=q};Database=d", false},
    {"Driver={a}}b};PWD=q", true},
    {"  ; DSN = a ; PWD = x", true},
    {"PWDFILE=x", false},
    {"", false},
};

Test(source_text, knows_a_password_in_a_connection_string)
{
    for (size_t i = 0; i < sizeof password_cases / sizeof password_cases[0]; i++) {
        cr_expect_eq(dc_connection_string_has_password(password_cases[i].connection),
                     password_cases[i].has, "%s", password_cases[i].connection);
    }
}

struct name_case {
    const char *text, *name;
    bool dsn;
};

static const struct name_case name_cases[] = {
    {"MES_WH", "MES_WH", true},
    {"DSN=erp;UID=x", "erp", false},
    {"Driver=SQLite3;Database=/data/plant/plm.db", "plm", false},
    {"Driver={MariaDB Unicode};Server=h;Database=mes;UID=x", "mes", false},
    {"Driver=MDBTools;DBQ=旧系统.mdb", "旧系统", false},
    {"Driver=X;Server=db1", "db1", false},
    {"Driver=X;Option=3", "database", false},
};

Test(source_text, names_a_source_after_its_database)
{
    struct dc_arena *arena = dc_arena_create(0);

    for (size_t i = 0; i < sizeof name_cases / sizeof name_cases[0]; i++) {
        struct dc_source source = dc_source_from_text(arena, name_cases[i].text);

        cr_expect_str_eq(source.name, name_cases[i].name);
        cr_expect_eq(source.dsn != NULL, name_cases[i].dsn, "%s", name_cases[i].text);
        cr_expect_eq(source.connection == NULL, name_cases[i].dsn, "%s", name_cases[i].text);
    }
    dc_arena_destroy(arena);
}
