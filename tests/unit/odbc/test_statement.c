#include "rig.h"

Test(statement, null_empty_and_text_are_three_things)
{
    struct rig rig = rig_open();
    struct dc_odbc_statement *statement = NULL;

    cr_assert_eq(dc_odbc_query(rig.connection, "SELECT NULL, '', '检验'", 0, &statement, NULL),
                 DC_OK);
    cr_expect_eq(dc_odbc_n_columns(statement), 3);
    cr_assert_eq(dc_odbc_row(statement, NULL), DC_FETCH_ROWS);
    cr_expect_null(dc_odbc_text(statement, 0));
    cr_expect_str_eq(dc_odbc_text(statement, 1), "");
    cr_expect_str_eq(dc_odbc_text(statement, 2), "检验");
    cr_expect_null(dc_odbc_text(statement, 3), "there is no such column");
    cr_expect_eq(dc_odbc_row(statement, NULL), DC_FETCH_END);
    dc_odbc_statement_destroy(statement);
    rig_close(&rig);
}

Test(statement, long_values_come_whole)
{
    struct rig rig = rig_open();
    struct dc_odbc_statement *statement = NULL;
    const size_t sizes[] = {255, 256, 257, 511, 512, 100000};

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char sql[128];

        snprintf(sql, sizeof sql, "SELECT replace(hex(zeroblob(%zu)), '00', 'x') || 'y'",
                 sizes[i] - 1);
        cr_assert_eq(dc_odbc_query(rig.connection, sql, 0, &statement, NULL), DC_OK);
        cr_assert_eq(dc_odbc_row(statement, NULL), DC_FETCH_ROWS);
        cr_expect_eq(strlen(dc_odbc_text(statement, 0)), sizes[i]);
        cr_expect_eq(dc_odbc_text(statement, 0)[sizes[i] - 1], 'y');
        dc_odbc_statement_destroy(statement);
    }
    rig_close(&rig);
}

Test(statement, numbers_are_read_from_what_the_driver_writes)
{
    struct rig rig = rig_open();
    struct dc_odbc_statement *statement = NULL;

    cr_assert_eq(dc_odbc_query(rig.connection,
                               "SELECT 9007199254740993, '12.9', '1e6', 'x', NULL, 2.5", 0,
                               &statement, NULL),
                 DC_OK);
    cr_assert_eq(dc_odbc_row(statement, NULL), DC_FETCH_ROWS);
    cr_expect_eq(dc_odbc_int(statement, 0, -1), 9007199254740993);
    cr_expect_eq(dc_odbc_int(statement, 1, -1), 12);
    cr_expect_eq(dc_odbc_int(statement, 2, -1), 1000000);
    cr_expect_eq(dc_odbc_int(statement, 3, -1), -1, "no number");
    cr_expect_eq(dc_odbc_int(statement, 4, -7), -7, "NULL");
    cr_expect_float_eq(dc_odbc_real(statement, 5, 0), 2.5, 1e-9);
    cr_expect_float_eq(dc_odbc_real(statement, 4, 3), 3, 1e-9);
    dc_odbc_statement_destroy(statement);
    rig_close(&rig);
}

Test(statement, parameters_of_every_kind_arrive)
{
    struct rig rig = rig_open();
    struct dc_odbc_statement *statement = NULL;
    struct dc_odbc_param params[] = {{.kind = DC_ODBC_INT, .integer = -5000000000},
                                     {.kind = DC_ODBC_TEXT, .text = "O'Brien \"检\" %?"},
                                     {.kind = DC_ODBC_TEXT, .text = ""},
                                     {.kind = DC_ODBC_REAL, .real = 0.25},
                                     {.kind = DC_ODBC_NULL}};

    rig_do(&rig, "CREATE TABLE t (a, b, c, d, e)");
    cr_assert_eq(dc_odbc_prepare(rig.connection, "INSERT INTO t VALUES (?, ?, ?, ?, ?)", 0,
                                 &statement, NULL),
                 DC_OK);
    cr_assert_eq(dc_odbc_run(statement, params, 5, NULL), DC_OK);
    cr_assert_eq(dc_odbc_run(statement, params, 5, NULL), DC_OK, "as often as wanted");
    dc_odbc_statement_destroy(statement);
    cr_assert_eq(
        dc_odbc_query(rig.connection, "SELECT *, count(*) OVER () FROM t", 0, &statement, NULL),
        DC_OK);
    cr_assert_eq(dc_odbc_row(statement, NULL), DC_FETCH_ROWS);
    cr_expect_eq(dc_odbc_int(statement, 0, 0), -5000000000);
    cr_expect_str_eq(dc_odbc_text(statement, 1), params[1].text);
    cr_expect_str_eq(dc_odbc_text(statement, 2), "");
    cr_expect_float_eq(dc_odbc_real(statement, 3, 0), 0.25, 1e-9);
    cr_expect_null(dc_odbc_text(statement, 4));
    cr_expect_eq(dc_odbc_int(statement, 5, 0), 2);
    dc_odbc_statement_destroy(statement);
    rig_close(&rig);
}

static int64_t count(struct rig *rig)
{
    struct dc_odbc_statement *statement = NULL;
    int64_t n;

    cr_assert_eq(dc_odbc_query(rig->connection, "SELECT count(*) FROM t", 0, &statement, NULL),
                 DC_OK);
    cr_assert_eq(dc_odbc_row(statement, NULL), DC_FETCH_ROWS);
    n = dc_odbc_int(statement, 0, -1);
    dc_odbc_statement_destroy(statement);
    return n;
}

Test(statement, a_transaction_is_kept_or_taken_back_as_a_whole)
{
    struct rig rig = rig_open();

    rig_do(&rig, "CREATE TABLE t (a)");
    cr_assert_eq(dc_odbc_begin(rig.connection, NULL), DC_OK);
    rig_do(&rig, "INSERT INTO t VALUES (1)");
    cr_assert_eq(dc_odbc_rollback(rig.connection, NULL), DC_OK);
    cr_expect_eq(count(&rig), 0);
    cr_assert_eq(dc_odbc_begin(rig.connection, NULL), DC_OK);
    rig_do(&rig, "INSERT INTO t VALUES (1)");
    cr_assert_eq(dc_odbc_commit(rig.connection, NULL), DC_OK);
    cr_expect_eq(count(&rig), 1);
    rig_close(&rig);
}

Test(statement, closing_takes_an_open_transaction_back)
{
    struct rig rig = rig_open();

    rig_do(&rig, "CREATE TABLE t (a)");
    cr_assert_eq(dc_odbc_begin(rig.connection, NULL), DC_OK);
    rig_do(&rig, "INSERT INTO t VALUES (1)");
    dc_odbc_close(rig.connection);
    cr_assert_eq(rig_connect(&rig, false, &rig.connection, NULL), DC_OK);
    cr_expect_eq(count(&rig), 0);
    rig_close(&rig);
}

Test(statement, an_update_that_meets_no_row_is_no_error)
{
    struct rig rig = rig_open();

    rig_do(&rig, "CREATE TABLE t (a)");
    rig_do(&rig, "UPDATE t SET a = 1 WHERE a = 2");
    rig_do(&rig, "DELETE FROM t");
    rig_close(&rig);
}

Test(statement, an_error_says_what_the_database_said)
{
    struct rig rig = rig_open();
    struct dc_err err = {0};

    cr_expect_eq(dc_odbc_execute(rig.connection, "SELECT * FROM nothing_here", &err), DC_ERR_READ);
    cr_expect_eq(strncmp(err.message, "could not run the statement: ", 29), 0, "%s", err.message);
    cr_expect_not_null(strstr(err.message, "no such table: nothing_here"), "%s", err.message);
    rig_do(&rig, "SELECT 1");
    rig_close(&rig);
}

Test(statement, the_catalogue_functions_list_tables_and_columns)
{
    struct rig rig = rig_open();
    struct dc_odbc_statement *statement = NULL;

    rig_do(&rig, "CREATE TABLE \"a b\" (id INTEGER PRIMARY KEY, \"名称\" VARCHAR(80))");
    cr_assert_eq(dc_odbc_tables(rig.connection, 0, &statement, NULL), DC_OK);
    cr_assert_eq(dc_odbc_row(statement, NULL), DC_FETCH_ROWS);
    cr_expect_str_eq(dc_odbc_text(statement, 2), "a b");
    dc_odbc_statement_destroy(statement);
    cr_assert_eq(dc_odbc_columns(rig.connection, 0, &statement, NULL), DC_OK);
    cr_assert_eq(dc_odbc_row(statement, NULL), DC_FETCH_ROWS);
    cr_assert_eq(dc_odbc_row(statement, NULL), DC_FETCH_ROWS);
    cr_expect_str_eq(dc_odbc_text(statement, 3), "名称");
    dc_odbc_statement_destroy(statement);
    cr_assert_eq(dc_odbc_primary_keys(rig.connection, "", "", "a b", 0, &statement, NULL), DC_OK);
    cr_assert_eq(dc_odbc_row(statement, NULL), DC_FETCH_ROWS);
    cr_expect_str_eq(dc_odbc_text(statement, 3), "id");
    dc_odbc_statement_destroy(statement);
    rig_close(&rig);
}
