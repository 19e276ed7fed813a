/*
 * A store of each older version of the schema, as that version left it (tests/vectors/store): brought up to date, it still tells what it held.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/odbc.h"
#include "store_case.h"
#include "store_internal.h"

static struct store_case c;

static void make_older(int version, const char *path)
{
    struct dc_odbc_connection *connection = NULL;
    struct dc_err err = {0};
    char text[700], *line = NULL;
    size_t size = 0;
    FILE *file;

    snprintf(text, sizeof text, "Driver=SQLite3;Database=%s", path);
    cr_assert_eq(dc_odbc_open(&(struct dc_odbc_open){.connection_string = text}, &connection, &err),
                 DC_OK, "%s", err.message);
    snprintf(text, sizeof text, TEST_ROOT "/tests/vectors/store/version-%d.sql", version);
    file = fopen(text, "r");
    cr_assert_not_null(file, "%s", text);
    while (getline(&line, &size, file) > 0) {
        cr_assert_eq(dc_odbc_execute(connection, line, &err), DC_OK, "%s", err.message);
    }
    fclose(file);
    free(line);
    dc_odbc_close(connection);
}

/* "table:column:leaf:level " of all columns. */
/* What the program found: decisions of people stand over it. */
static void describe(struct dc_inventory_reader *reader, char *out, size_t size, int *n_decided)
{
    const struct dc_inventory_table *table;
    const struct dc_inventory_column *column;
    size_t n = 0;

    out[0] = '\0';
    while ((table = case_next_table(reader)) != NULL) {
        cr_expect_eq(table->status, DC_COLUMN_OK);
        cr_expect_eq(table->carried_from, 0);
        while ((column = case_next_column(reader)) != NULL) {
            cr_expect_not(column->detail.profiled, "counters of rules were not kept then");
            n += (size_t)snprintf(out + n, size - n, "%s:%s:%s:%d ", table->name, column->name,
                                  column->proposed_leaf, column->proposed_level);
            *n_decided += column->decision != NULL;
        }
    }
}

static void check(int version)
{
    struct dc_err err = {0};
    char path[600], found[1024];
    int64_t stored = 0, run_id = 0;
    int n_decided = 0;

    case_init(&c);
    dc_store_close(c.store);
    c.store = NULL;
    snprintf(path, sizeof path, "%s/older.db", c.folder);
    make_older(version, path);
    cr_assert_eq(dc_store_open(path, &c.store, &err), DC_OK, "%s", err.message);
    store_ask_once(c.store, "SELECT MAX(version) FROM schema_version", &stored, NULL);
    cr_expect_eq(stored, DC_STORE_SCHEMA_VERSION);
    cr_expect_eq(dc_store_unfinished_run(c.store, &run_id, &err), DC_OK);
    cr_expect_eq(run_id, 0, "a run of an older version is not gone on with");
    c.run_id = 1;
    struct dc_inventory_reader *reader = case_read(&c);
    describe(reader, found, sizeof found, &n_decided);
    cr_expect_eq(n_decided, version < 3 ? 0 : 1);
    cr_expect_str_eq(found,
                     "bom:part:D2-05:1 bom:qty:B1-03:3 bom:work_order_id:Z1-01:1 "
                     "work_order:id:Z1-01:1 work_order:order_no:B2-02:2 work_order:mobile:P1-02:3 "
                     "work_order:qty:B2-02:2 ");
    reader->class_->destroy(reader);
    case_begin(&c);
    case_done(&c);
}

Test(store_versions, the_first_is_brought_up_to_date)
{
    check(1);
}

Test(store_versions, the_second_is_brought_up_to_date)
{
    check(2);
}

Test(store_versions, the_third_is_brought_up_to_date_with_the_decisions_of_people)
{
    check(3);
}

Test(store_versions, the_fourth_is_brought_up_to_date)
{
    check(4);
}

Test(store_versions, there_is_a_store_of_every_older_version)
{
    char path[600];

    for (int version = 1; version < DC_STORE_SCHEMA_VERSION; version++) {
        snprintf(path, sizeof path, TEST_ROOT "/tests/vectors/store/version-%d.sql", version);
        cr_expect_eq(access(path, R_OK), 0, "%s is missing: make it before the schema changes",
                     path);
    }
}
