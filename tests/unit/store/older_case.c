#include "older_case.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/odbc.h"
#include "dcscan/strbuf.h"
#include "store_internal.h"

/* Definitions alone have the word in capitals before a comma or " NOT". */
static void execute_line(struct dc_odbc_connection *connection, const char *line,
                         const char *text_type)
{
    bool defines = strncmp(line, "CREATE", 6) == 0 || strncmp(line, "ALTER", 5) == 0;
    struct dc_strbuf sql = DC_STRBUF_INIT(1 << 20);
    struct dc_err err = {0};
    const char *at = line, *word;

    while (defines && (word = strstr(at, " TEXT ")) != NULL) {
        dc_strbuf_append(&sql, at, (size_t)(word - at));
        dc_strbuf_printf(&sql, " %s ", text_type);
        at = word + strlen(" TEXT ");
    }
    dc_strbuf_puts(&sql, at);
    cr_assert_eq(dc_odbc_execute(connection, dc_strbuf_text(&sql), &err), DC_OK, "%s", err.message);
    dc_strbuf_done(&sql);
}

void older_make(const char *connection_string, int version, const char *text_type,
                const char *const *before)
{
    struct dc_odbc_connection *connection = NULL;
    struct dc_err err = {0};
    char path[700], *line = NULL;
    size_t size = 0;
    FILE *file;

    cr_assert_eq(dc_odbc_open(&(struct dc_odbc_open){.connection_string = connection_string},
                              &connection, &err),
                 DC_OK, "%s", err.message);
    for (; *before != NULL; before++) {
        cr_assert_eq(dc_odbc_execute(connection, *before, &err), DC_OK, "%s", err.message);
    }
    snprintf(path, sizeof path, TEST_ROOT "/tests/vectors/store/version-%d.sql", version);
    file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    while (getline(&line, &size, file) > 0) {
        execute_line(connection, line, text_type);
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

void older_check(struct store_case *c, const char *where, int version)
{
    struct dc_err err = {0};
    char found[1024];
    int64_t stored = 0, run_id = 0;
    int n_decided = 0;
    struct dc_inventory_reader *reader;

    cr_assert_eq(dc_store_open(where, &c->store, &err), DC_OK, "%s", err.message);
    store_ask_once(c->store, "SELECT MAX(version) FROM schema_version", &stored, NULL);
    cr_expect_eq(stored, DC_STORE_SCHEMA_VERSION);
    cr_expect_eq(dc_store_unfinished_run(c->store, &run_id, &err), DC_OK);
    cr_expect_eq(run_id, 0, "a run of an older version is not gone on with");
    c->run_id = 1;
    reader = case_read(c);
    describe(reader, found, sizeof found, &n_decided);
    cr_expect_eq(n_decided, version < 3 ? 0 : 1);
    cr_expect_str_eq(found,
                     "bom:part:D2-05:1 bom:qty:B1-03:3 bom:work_order_id:Z1-01:1 "
                     "work_order:id:Z1-01:1 work_order:order_no:B2-02:2 work_order:mobile:P1-02:3 "
                     "work_order:qty:B2-02:2 ");
    reader->class_->destroy(reader);
    case_begin(c);
}
