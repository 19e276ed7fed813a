#include "internal.h"
#include "rig.h"

static struct dc_err failure(struct dc_odbc_open request)
{
    struct dc_odbc_connection *connection = NULL;
    struct dc_err err = {0};

    request.login_seconds = 5;
    cr_assert_eq(dc_odbc_open(&request, &connection, &err), DC_ERR_CONNECT);
    cr_expect_null(connection);
    return err;
}

Test(open, an_unknown_data_source_is_named_as_such_with_the_known_ones)
{
    struct dc_err err = failure((struct dc_odbc_open){.dsn = "no_such_dsn"});

    cr_expect_str_eq(err.sqlstate, "IM002");
    cr_expect_not_null(strstr(err.message, "Data source name not found"), "%s", err.message);
    cr_expect_not_null(strstr(err.hint, "odbcinst -q -s"), "%s", err.hint);
}

Test(open, an_unknown_driver_is_told_with_the_known_ones)
{
    struct dc_err err = failure(
        (struct dc_odbc_open){.connection_string = "Driver={No Such Driver}"});

    cr_expect_not_null(strstr(err.message, "Can't open lib 'No Such Driver'"), "%s", err.message);
    cr_expect_not_null(strstr(err.hint, "known drivers: "), "%s", err.hint);
}

Test(open, a_registered_driver_whose_library_is_gone_is_told)
{
    struct dc_err err = failure(
        (struct dc_odbc_open){.connection_string = "Driver={Missing Driver}"});

    cr_expect_not_null(strstr(err.message, "libmissingodbc.so"), "%s", err.message);
    cr_expect_not_null(strstr(err.hint, "odbcinst -q -d"), "%s", err.hint);
}

Test(open, the_password_is_in_no_message)
{
    struct dc_err err = failure(
        (struct dc_odbc_open){.connection_string = "Driver=/tmp/s3cret-a;PWD=s3cret-a",
                              .user = "u",
                              .password = "s3cret-b"});

    cr_expect_null(strstr(err.message, "s3cret-a"), "%s", err.message);
    cr_expect_null(strstr(err.message, "s3cret-b"), "%s", err.message);
    cr_expect_null(strstr(err.hint, "s3cret"), "%s", err.hint);
}

Test(open, a_missing_sqlite_file_is_an_error_and_stays_missing)
{
    struct rig rig = rig_open();
    struct dc_odbc_connection *connection = NULL;
    struct dc_err err = {0};

    rig_close(&rig);
    cr_expect_eq(rig_connect(&rig, true, &connection, &err), DC_ERR_CONNECT);
    cr_expect_not_null(strstr(err.hint, "does the file exist"), "%s", err.hint);
    cr_expect_neq(access(rig.path, F_OK), 0);
}

Test(open, the_driver_tells_of_itself)
{
    struct rig rig = rig_open();
    struct dc_odbc_info info;

    cr_assert_eq(dc_odbc_info(rig.connection, &info, NULL), DC_OK);
    cr_expect_str_eq(info.dbms_name, "SQLite");
    cr_expect_str_eq(info.identifier_quote, "\"");
    cr_expect_not_null(strstr(info.driver_name, "sqlite3odbc"));
    cr_expect_neq(info.manager_version[0], '\0');
    rig_close(&rig);
}

Test(open, closing_nothing_is_fine)
{
    dc_odbc_close(NULL);
}

static const struct {
    const char *sqlstate;
    enum dc_status status;
} states[] = {
    {"08S01", DC_ERR_LOST},      {"08003", DC_ERR_LOST},
    {"57P01", DC_ERR_LOST},      {"57014", DC_ERR_TIMEOUT},
    {"HYT00", DC_ERR_TIMEOUT},   {"HYT01", DC_ERR_TIMEOUT},
    {"HY008", DC_ERR_CANCELLED}, {"42501", DC_ERR_DENIED},
    {"28000", DC_ERR_DENIED},    {"HYC00", DC_ERR_UNSUPPORTED},
    {"42S02", DC_ERR_READ},      {"HY000", DC_ERR_READ},
    {"", DC_ERR_READ},
};

Test(diagnostics, a_state_means_a_status)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        cr_expect_eq(dc_odbc_status_of(states[i].sqlstate), states[i].status, "%s",
                     states[i].sqlstate);
    }
}
