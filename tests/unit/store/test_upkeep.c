/* The description of the store's tables, by which it is exported and imported, against the schema. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "dcscan/store_upkeep.h"
#include "store_case.h"
#include "store_internal.h"
#include "tables.h"

static struct store_case c;

static void setup(void)
{
    case_init(&c);
}

static void teardown(void)
{
    case_done(&c);
}

TestSuite(store_upkeep, .init = setup, .fini = teardown);

/* "name TYPE" of each column as the schema has them. */
static void expect_columns(const struct store_table *table)
{
    const struct store_column *column = table->columns;
    struct dc_odbc_statement *statement = NULL;
    char sql[200];

    snprintf(sql, sizeof sql, "SELECT name, type FROM pragma_table_info('%s') ORDER BY cid",
             table->name);
    cr_assert_eq(dc_odbc_query(c.store->connection, sql, 0, &statement, NULL), DC_OK);
    while (dc_odbc_row(statement, NULL) == DC_FETCH_ROWS) {
        const char *name = dc_odbc_text(statement, 0), *type = dc_odbc_text(statement, 1);
        bool is_text = column->kind == STORE_KIND_TEXT || column->kind == STORE_KIND_JSON ||
                       column->kind == STORE_KIND_LEASE_TEXT;

        cr_assert_not_null(column->name, "%s.%s is not described", table->name, name);
        cr_expect_str_eq(column->name, name, "%s", table->name);
        cr_expect_eq(is_text, strcmp(type, "TEXT") == 0, "%s.%s", table->name, name);
        cr_expect_eq(column->kind == STORE_KIND_REAL, strncmp(type, "DOUBLE", 6) == 0, "%s.%s",
                     table->name, name);
        column++;
    }
    cr_expect_null(column->name, "%s.%s is not in the schema", table->name, column->name);
    dc_odbc_statement_destroy(statement);
}

Test(store_upkeep, every_column_of_the_schema_is_described)
{
    int64_t n = 0;

    for (enum store_table_id id = 0; id < STORE_N_TABLES; id++) {
        expect_columns(store_table(id));
    }
    store_ask_once(c.store, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'", &n, NULL);
    cr_expect_eq(n, STORE_N_TABLES + 1, "all tables but schema_version");
}

Test(store_upkeep, an_export_that_cannot_be_written_is_told)
{
    struct dc_store_moved moved;
    struct dc_err err = {0};
    FILE *full = fopen("/dev/full", "w");

    cr_assert_not_null(full);
    setvbuf(full, NULL, _IONBF, 0);
    case_begin(&c);
    cr_expect_eq(dc_store_export(c.store, NULL, 0, full, &moved, &err), DC_ERR_OUTPUT);
    cr_expect_not_null(strstr(err.message, "No space"), "%s", err.message);
    fclose(full);
}

Test(store_upkeep, without_a_policy_every_run_stays)
{
    struct dc_store_keep keep = {0, 0};
    int64_t n = -1;

    case_begin(&c);
    cr_expect_eq(dc_store_drop_runs(c.store, &keep, 0, &n, NULL), DC_OK);
    cr_expect_eq(n, 0);
}

Test(store_upkeep, a_store_is_not_made_by_those_who_only_look)
{
    struct dc_store *store = NULL;
    struct dc_err err = {0};
    char path[600];

    snprintf(path, sizeof path, "%s/none.db", c.folder);
    cr_expect_eq(dc_store_open_existing(path, &store, &err), DC_ERR_CONNECT);
    cr_expect_null(fopen(path, "r"));
}
