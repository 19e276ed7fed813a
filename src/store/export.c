/* The store as JSON Lines. */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/store_upkeep.h"
#include "dcscan/text.h"
#include "tables.h"
#include "upkeep.h"

#define COMPACT (JSON_COMPACT | JSON_REAL_PRECISION(15))

struct export
{
    struct dc_store *store;
    FILE *out;
    bool materialise; /* findings that a table took over are written as its own */
    struct dc_arena *kept, *row;
    struct dc_odbc_statement *statements[STORE_N_TABLES];
    struct dc_store_moved *moved;
};

/* ---- one row ---- */

/* A list or object as such, if it comes back from that as the text it was. */
static json_t *json_value(const char *text)
{
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    char *again = value != NULL ? json_dumps(value, STORE_JSON_TEXT) : NULL;

    if (again == NULL || strcmp(again, text) != 0) {
        json_decref(value);
        value = json_string(text);
    }
    free(again);
    return value;
}

static json_t *time_value(int64_t seconds)
{
    char text[DC_TIME_TEXT_SIZE];

    if (seconds < 0) {
        return json_integer(seconds);
    }
    dc_time_text(seconds, text);
    return json_string(text);
}

/* NULL: empty or 0. */
static json_t *value_of(struct store_row *row, enum store_kind kind)
{
    const char *text;
    int64_t number;
    double real;

    switch (kind) {
    case STORE_KIND_TEXT:
    case STORE_KIND_JSON:
        text = store_get_text(row);
        if (text[0] == '\0') {
            return NULL;
        }
        return kind == STORE_KIND_JSON ? json_value(text) : json_string(text);
    case STORE_KIND_REAL:
        real = store_get_real(row);
        return real == 0 ? NULL : json_real(real);
    case STORE_KIND_INT:
    case STORE_KIND_TIME:
    case STORE_KIND_TASK:
        number = store_get_int(row);
        if (number == 0) {
            return NULL;
        }
        return kind == STORE_KIND_TIME ? time_value(number) : json_integer(number);
    case STORE_KIND_LEASE_TEXT:
    case STORE_KIND_LEASE_INT:
        break;
    }
    return NULL;
}

static enum dc_status write_object(struct export *export, json_t *object, struct dc_err *err)
{
    bool good = json_dumpf(object, export->out, COMPACT) == 0 && putc('\n', export->out) != EOF;

    json_decref(object);
    return good ? DC_OK
                : dc_err_set(err, DC_ERR_OUTPUT, "could not write the export: %s", strerror(errno));
}

static void count(struct dc_store_moved *moved, enum store_table_id id)
{
    moved->n_records++;
    moved->n_runs += id == STORE_TABLE_RUN;
    moved->n_tables += id == STORE_TABLE_TASK;
    moved->n_columns += id == STORE_TABLE_FINDING;
    moved->n_decisions += id == STORE_TABLE_DECISION;
}

/* The number in `task` takes the place of the one that the row tells. */
static enum dc_status write_row(struct export *export, enum store_table_id id, int64_t task,
                                struct dc_err *err)
{
    const struct store_table *table = store_table(id);
    struct store_row row = {export->statements[id], 0, export->row};
    json_t *object = json_object();

    json_object_set_new(object, "record", json_string(table->name));
    for (const struct store_column *column = table->columns; column->name != NULL; column++) {
        json_t *value = store_kind_is_lease(column->kind) ? NULL : value_of(&row, column->kind);

        if (value == NULL) {
            continue;
        }
        if (column->kind == STORE_KIND_TASK && task != 0 && id == STORE_TABLE_FINDING) {
            json_integer_set(value, task);
        } else if (export->materialise && strcmp(column->name, "findings_of") == 0) {
            json_decref(value);
            continue;
        }
        json_object_set_new(object, column->name, value);
    }
    dc_arena_reset(export->row);
    count(export->moved, id);
    return write_object(export, object, err);
}

/* ---- the rows of one parent ---- */

static enum dc_status run_select(struct export *export, enum store_table_id id, int64_t parent,
                                 struct dc_err *err)
{
    const struct store_table *table = store_table(id);
    struct dc_odbc_param param = {.kind = DC_ODBC_INT, .integer = parent};
    enum dc_status status = DC_OK;

    if (export->statements[id] == NULL) {
        status = dc_odbc_prepare(export->store->connection, store_table_select(export->kept, table),
                                 0, &export->statements[id], err);
    }
    return status == DC_OK ? dc_odbc_run(export->statements[id], &param, 1, err) : status;
}

static enum dc_status write_rows(struct export *export, enum store_table_id id, int64_t parent,
                                 int64_t task, struct dc_err *err)
{
    enum dc_fetch fetch = DC_FETCH_ROWS;
    enum dc_status status = run_select(export, id, parent, err);

    while (status == DC_OK && (fetch = dc_odbc_row(export->statements[id], err)) == DC_FETCH_ROWS) {
        status = write_row(export, id, task, err);
    }
    return fetch == DC_FETCH_ERROR ? store_status_of(err) : status;
}

static enum dc_status write_tables(struct export *export, int64_t run_id, struct dc_err *err)
{
    struct store_numbers tasks = {0};
    enum dc_status status = store_numbers_read(export->store, STORE_LIST_TASKS, run_id, &tasks,
                                               err);

    for (size_t i = 0; i < tasks.n && status == DC_OK; i += 2) {
        int64_t task = tasks.items[i], findings_of = tasks.items[i + 1];

        status = write_rows(export, STORE_TABLE_TASK, task, 0, err);
        if (status == DC_OK && (findings_of == 0 || export->materialise)) {
            status = write_rows(export, STORE_TABLE_FINDING, findings_of != 0 ? findings_of : task,
                                task, err);
        }
    }
    free(tasks.items);
    return status;
}

static enum dc_status write_run(struct export *export, int64_t run_id, struct dc_err *err)
{
    static const enum store_table_id parts[] = {STORE_TABLE_RUN, STORE_TABLE_RUN_SOURCE,
                                                STORE_TABLE_RUN_LEAF, STORE_TABLE_RUN_CANDIDATE,
                                                STORE_TABLE_PLAN};
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == DC_OK; i++) {
        status = write_rows(export, parts[i], run_id, 0, err);
    }
    return status == DC_OK ? write_tables(export, run_id, err) : status;
}

static enum dc_status write_decisions(struct export *export, struct dc_err *err)
{
    struct store_numbers batches = {0};
    enum dc_status status = store_numbers_read(export->store, STORE_LIST_BATCHES, 0, &batches, err);

    for (size_t i = 0; i < batches.n && status == DC_OK; i++) {
        status = write_rows(export, STORE_TABLE_DECISION_BATCH, batches.items[i], 0, err);
        if (status == DC_OK) {
            status = write_rows(export, STORE_TABLE_DECISION, batches.items[i], 0, err);
        }
    }
    free(batches.items);
    return status;
}

/* ---- the whole ---- */

static enum dc_status write_head(struct export *export, bool whole, struct dc_err *err)
{
    char now[DC_TIME_TEXT_SIZE];

    dc_time_text(-1, now);
    return write_object(export,
                        json_pack("{s:s, s:i, s:i, s:s, s:b}", "record", STORE_EXPORT_HEAD,
                                  "format", DC_STORE_EXPORT_FORMAT, "schema_version",
                                  DC_STORE_SCHEMA_VERSION, "exported_at", now, "whole", whole),
                        err);
}

static bool has_number(const struct store_numbers *numbers, int64_t wanted)
{
    for (size_t i = 0; i < numbers->n; i++) {
        if (numbers->items[i] == wanted) {
            return true;
        }
    }
    return false;
}

static enum dc_status choose_runs(struct export *export, const int64_t *runs, size_t n_runs,
                                  struct store_numbers *chosen, struct dc_err *err)
{
    enum dc_status status = store_numbers_read(export->store, STORE_LIST_RUNS, 0, chosen, err);

    for (size_t i = 0; i < n_runs && status == DC_OK; i++) {
        if (!has_number(chosen, runs[i])) {
            status = dc_err_set(err, DC_ERR_USAGE,
                                "could not export run %lld: there is no such run",
                                (long long)runs[i]);
        }
    }
    if (status == DC_OK && n_runs > 0) {
        for (size_t i = 0; i < n_runs; i++) { /* no longer than the list of all */
            chosen->items[i] = runs[i];
        }
        chosen->n = n_runs;
    }
    return status;
}

static enum dc_status write_all(struct export *export, const int64_t *runs, size_t n_runs,
                                struct dc_err *err)
{
    struct store_numbers chosen = {0};
    enum dc_status status = choose_runs(export, runs, n_runs, &chosen, err);

    if (status == DC_OK) {
        status = write_head(export, n_runs == 0, err);
    }
    for (size_t i = 0; i < chosen.n && status == DC_OK; i++) {
        status = write_run(export, chosen.items[i], err);
    }
    if (status == DC_OK && n_runs == 0) {
        status = write_decisions(export, err);
    }
    if (status == DC_OK) {
        status = write_object(export,
                              json_pack("{s:s, s:I}", "record", STORE_EXPORT_FOOT, "records",
                                        (json_int_t) export->moved->n_records),
                              err);
    }
    free(chosen.items);
    return status;
}

enum dc_status dc_store_export(struct dc_store *store, const int64_t *runs, size_t n_runs,
                               FILE *out, struct dc_store_moved *moved, struct dc_err *err)
{
    struct export export = {.store = store,
                            .out = out,
                            .materialise = n_runs > 0,
                            .kept = dc_arena_create(0),
                            .row = dc_arena_create(0),
                            .moved = moved};
    enum dc_status status = store_begin_snapshot(store, err);

    memset(moved, 0, sizeof *moved);
    if (status == DC_OK) {
        status = write_all(&export, runs, n_runs, err);
        for (size_t i = 0; i < STORE_N_TABLES; i++) {
            dc_odbc_statement_destroy(export.statements[i]);
        }
        store_end_snapshot(store);
    }
    dc_arena_destroy(export.kept);
    dc_arena_destroy(export.row);
    if (status == DC_OK || status == DC_ERR_USAGE || status == DC_ERR_OUTPUT) {
        return status;
    }
    return store_fail_read(store, status, err);
}
