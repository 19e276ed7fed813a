/* An export taken in: all of it or nothing. */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

#include "dcscan/store_upkeep.h"
#include "dcscan/text.h"
#include "tables.h"
#include "upkeep.h"

struct import {
    struct dc_store *store;
    const char *name; /* of the input */
    int64_t line;
    bool ended; /* the foot was there */
    int64_t task_offset;
    struct dc_arena *kept, *row;
    struct dc_odbc_statement *inserts[STORE_N_TABLES];
    struct dc_store_moved *moved;
};

static enum dc_status fail(const struct import *import, enum dc_status status, const char *why,
                           struct dc_err *err)
{
    return dc_err_set(err, status, "could not import \"%s\", line %lld: %s", import->name,
                      (long long)import->line, why);
}

static enum dc_status fail_value(const struct import *import, const char *column,
                                 const char *wanted, struct dc_err *err)
{
    return dc_err_set(err, DC_ERR_CONFIG, "could not import \"%s\", line %lld: \"%s\" must be %s",
                      import->name, (long long)import->line, column, wanted);
}

/* ---- values ---- */

/* "2026-01-31T08:15:00Z" */
static bool parse_time(const char *text, int64_t *seconds)
{
    struct tm parts = {0};
    const char *end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &parts);

    if (end == NULL || *end != '\0') {
        return false;
    }
    *seconds = (int64_t)timegm(&parts);
    return true;
}

static enum dc_status take_text(struct import *import, const struct store_column *column,
                                const json_t *value, struct dc_odbc_param *param,
                                struct dc_err *err)
{
    char *text;

    param->kind = DC_ODBC_TEXT;
    param->text = "";
    if (json_is_string(value)) {
        param->text = json_string_value(value);
    } else if (value != NULL && column->kind == STORE_KIND_JSON &&
               (json_is_array(value) || json_is_object(value))) {
        text = json_dumps(value, STORE_JSON_TEXT);
        param->text = dc_arena_strdup(import->row, text);
        free(text);
    } else if (value != NULL) {
        return fail_value(import, column->name, "a text", err);
    }
    return DC_OK;
}

static enum dc_status take_number(struct import *import, const struct store_column *column,
                                  const json_t *value, struct dc_odbc_param *param,
                                  struct dc_err *err)
{
    param->kind = DC_ODBC_INT;
    if (json_is_integer(value)) {
        param->integer = json_integer_value(value);
    } else if (value != NULL && column->kind == STORE_KIND_TIME) {
        if (!json_is_string(value) || !parse_time(json_string_value(value), &param->integer)) {
            return fail_value(import, column->name, "a time such as \"2026-01-31T08:15:00Z\"", err);
        }
    } else if (value != NULL) {
        return fail_value(import, column->name, "an integer", err);
    }
    if (column->kind == STORE_KIND_TASK && param->integer != 0) {
        if (param->integer < 0 || param->integer > INT64_MAX - import->task_offset) {
            return fail_value(import, column->name, "the number of a table", err);
        }
        param->integer += import->task_offset;
    }
    if (strcmp(column->name, "id") == 0 && param->integer <= 0) {
        return fail_value(import, column->name, "a number above 0", err);
    }
    return DC_OK;
}

static enum dc_status take_value(struct import *import, const struct store_column *column,
                                 const json_t *value, struct dc_odbc_param *param,
                                 struct dc_err *err)
{
    switch (column->kind) {
    case STORE_KIND_TEXT:
    case STORE_KIND_JSON:
    case STORE_KIND_LEASE_TEXT:
        return take_text(import, column, value, param, err);
    case STORE_KIND_REAL:
        param->kind = DC_ODBC_REAL;
        if (value != NULL && !json_is_number(value)) {
            return fail_value(import, column->name, "a number", err);
        }
        param->real = json_number_value(value);
        return DC_OK;
    case STORE_KIND_INT:
    case STORE_KIND_TIME:
    case STORE_KIND_TASK:
    case STORE_KIND_LEASE_INT:
        break;
    }
    return take_number(import, column, value, param, err);
}

/* ---- conflicts ---- */

static enum dc_status is_there(struct import *import, enum store_statement id, const json_t *key,
                               bool *there, struct dc_err *err)
{
    struct store_params params = {.store = import->store};
    int64_t n = 0;
    enum dc_status status;

    if (json_is_string(key)) {
        store_put_text(&params, json_string_value(key));
    } else {
        store_put_int(&params, json_integer_value(key));
    }
    status = store_ask(import->store, id, &params, 0, &n, err);
    *there = n > 0;
    return status;
}

/* What keeps its number must not meet another of that number. */
static enum dc_status check_conflict(struct import *import, enum store_table_id id,
                                     const json_t *object, struct dc_err *err)
{
    static const struct {
        enum store_table_id id;
        enum store_statement statement;
        const char *key, *what;
    } keys[] = {
        {STORE_TABLE_RUN, STORE_COUNT_RUNS_OF_ID, "id", "run"},
        {STORE_TABLE_RUN, STORE_LABELLED_RUN, "label", "a run called"},
        {STORE_TABLE_DECISION_BATCH, STORE_COUNT_BATCHES_OF_ID, "id", "import of decisions"},
        {STORE_TABLE_DECISION, STORE_COUNT_DECISIONS_OF_ID, "id", "decision"}};
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < sizeof keys / sizeof keys[0] && status == DC_OK; i++) {
        const json_t *key = json_object_get(object, keys[i].key);
        bool there = false;

        if (keys[i].id != id || key == NULL) {
            continue;
        }
        status = is_there(import, keys[i].statement, key, &there, err);
        if (status == DC_OK && there) {
            char *shown = json_dumps(key, JSON_ENCODE_ANY);

            status = dc_err_set(err, DC_ERR_USAGE,
                                "could not import \"%s\", line %lld: %s %s is in the store already",
                                import->name, (long long)import->line, keys[i].what, shown);
            dc_err_set_hint(err, "import it into another store (--store); nothing was taken in");
            free(shown);
        }
    }
    return status;
}

/* ---- records ---- */

static enum dc_status check_keys(const struct import *import, const struct store_table *table,
                                 const json_t *object, struct dc_err *err)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)object, key, value)
    {
        const struct store_column *column = table->columns;

        if (strcmp(key, "record") == 0) {
            continue;
        }
        while (column->name != NULL && strcmp(column->name, key) != 0) {
            column++;
        }
        if (column->name == NULL || store_kind_is_lease(column->kind)) {
            return dc_err_set(err, DC_ERR_CONFIG,
                              "could not import \"%s\", line %lld: record \"%s\" has no \"%s\"",
                              import->name, (long long)import->line, table->name, key);
        }
    }
    return DC_OK;
}

static enum dc_status insert(struct import *import, enum store_table_id id,
                             const struct dc_odbc_param *params, size_t n, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (import->inserts[id] == NULL) {
        status = dc_odbc_prepare(import->store->connection,
                                 store_table_insert(import->kept, store_table(id)), 0,
                                 &import->inserts[id], err);
    }
    if (status == DC_OK) {
        status = dc_odbc_run(import->inserts[id], params, n, err);
    }
    if (status != DC_OK) {
        /* Twice the same, or of a run that is not in it: the file is wrong, not the store. */
        if (err != NULL && strstr(err->message, "constraint") != NULL) {
            status = err->status = DC_ERR_CONFIG;
        } else {
            status = store_fail_write(import->store, status, err);
        }
        dc_err_add_object(err, "line %lld of \"%s\"", (long long)import->line, import->name);
    }
    return status;
}

static void count(struct dc_store_moved *moved, enum store_table_id id)
{
    moved->n_records++;
    moved->n_runs += id == STORE_TABLE_RUN;
    moved->n_tables += id == STORE_TABLE_TASK;
    moved->n_columns += id == STORE_TABLE_FINDING;
    moved->n_decisions += id == STORE_TABLE_DECISION;
}

static enum dc_status take_record(struct import *import, enum store_table_id id,
                                  const json_t *object, struct dc_err *err)
{
    const struct store_table *table = store_table(id);
    struct dc_odbc_param params[STORE_MAX_COLUMNS] = {{0}};
    size_t n = 0;
    enum dc_status status = check_keys(import, table, object, err);

    for (const struct store_column *column = table->columns;
         column->name != NULL && status == DC_OK; column++) {
        status = take_value(import, column, json_object_get(object, column->name), &params[n++],
                            err);
    }
    if (status == DC_OK) {
        status = check_conflict(import, id, object, err);
    }
    if (status == DC_OK) {
        status = insert(import, id, params, n, err);
    }
    dc_arena_reset(import->row);
    count(import->moved, id);
    return status;
}

static enum dc_status take_head(const struct import *import, const json_t *object,
                                struct dc_err *err)
{
    const json_t *format = json_object_get(object, "format");
    const json_t *version = json_object_get(object, "schema_version");

    if (!json_is_integer(format) || !json_is_integer(version)) {
        return fail(import, DC_ERR_CONFIG, "it is no export of a store", err);
    }
    if (json_integer_value(format) > DC_STORE_EXPORT_FORMAT ||
        json_integer_value(version) > DC_STORE_SCHEMA_VERSION) {
        dc_err_set(err, DC_ERR_CONFIG,
                   "could not import \"%s\": it is of schema version %lld, this program knows %d",
                   import->name, (long long)json_integer_value(version), DC_STORE_SCHEMA_VERSION);
        dc_err_set_hint(err, "use the version of dcscan that made it, or a newer one");
        return DC_ERR_CONFIG;
    }
    return DC_OK;
}

static enum dc_status take_foot(struct import *import, const json_t *object, struct dc_err *err)
{
    import->ended = true;
    return json_integer_value(json_object_get(object, "records")) == import->moved->n_records
               ? DC_OK
               : fail(import, DC_ERR_CONFIG, "records are missing: it is not whole", err);
}

static enum dc_status take_object(struct import *import, const json_t *object, struct dc_err *err)
{
    const char *record = json_string_value(json_object_get(object, "record"));

    if (import->ended) {
        return fail(import, DC_ERR_CONFIG, "there is more behind the end", err);
    }
    if (record == NULL || (import->line == 1) != (strcmp(record, STORE_EXPORT_HEAD) == 0)) {
        return fail(import, DC_ERR_CONFIG,
                    import->line == 1 ? "it is no export of a store" : "it is no record", err);
    }
    if (import->line == 1) {
        return take_head(import, object, err);
    }
    if (strcmp(record, STORE_EXPORT_FOOT) == 0) {
        return take_foot(import, object, err);
    }
    for (enum store_table_id id = 0; id < STORE_TABLE_SEAT; id++) {
        if (strcmp(store_table(id)->name, record) == 0) {
            return take_record(import, id, object, err);
        }
    }
    return fail(import, DC_ERR_CONFIG, "it is of no known kind of record", err);
}

static enum dc_status take_line(struct import *import, const char *text, size_t size,
                                struct dc_err *err)
{
    json_t *object = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    enum dc_status status = json_is_object(object)
                                ? take_object(import, object, err)
                                : fail(import, DC_ERR_CONFIG, "it is no JSON object", err);

    json_decref(object);
    return status;
}

static enum dc_status take_lines(struct import *import, FILE *in, struct dc_err *err)
{
    char *text = NULL;
    size_t capacity = 0;
    ssize_t size;
    enum dc_status status = DC_OK;

    while (status == DC_OK && (size = getline(&text, &capacity, in)) > 0) {
        import->line++;
        status = take_line(import, text, (size_t)size, err);
    }
    free(text);
    if (status == DC_OK && ferror(in)) {
        status = dc_err_set(err, DC_ERR_READ, "could not read \"%s\": %s", import->name,
                            strerror(errno));
    }
    if (status == DC_OK && !import->ended) {
        status = fail(import, DC_ERR_CONFIG, "its end is missing: it is not whole", err);
    }
    return status;
}

/* A run that refers to what is not there would be as good as half of one. */
static enum dc_status check_whole(struct import *import, struct dc_err *err)
{
    const char *text = NULL;
    int64_t n = 0;
    enum dc_status status = store_count_orphans(import->store, &n, &text, err);

    if (status == DC_OK && n > 0) {
        status = dc_err_set(err, DC_ERR_CONFIG, "could not import \"%s\": %lld %s", import->name,
                            (long long)n, text);
    }
    return status;
}

static enum dc_status take_all(struct import *import, FILE *in, struct dc_err *err)
{
    struct store_params none = {.store = import->store};
    enum dc_status status = store_ask(import->store, STORE_LAST_TASK_ID, &none, 0,
                                      &import->task_offset, err);

    if (status == DC_OK) {
        status = take_lines(import, in, err);
    }
    return status == DC_OK ? check_whole(import, err) : status;
}

enum dc_status dc_store_import(struct dc_store *store, FILE *in, const char *name,
                               struct dc_store_moved *moved, struct dc_err *err)
{
    struct import import = {.store = store,
                            .name = name,
                            .kept = dc_arena_create(0),
                            .row = dc_arena_create(0),
                            .moved = moved};
    enum dc_status status = store_lock(store, err), outcome;

    memset(moved, 0, sizeof *moved);
    if (status == DC_OK) {
        status = store_begin_alone(store, err);
        if (status == DC_OK) {
            status = take_all(&import, in, err);
            for (size_t i = 0; i < STORE_N_TABLES; i++) {
                dc_odbc_statement_destroy(import.inserts[i]);
            }
            outcome = store_finish(store, status, status == DC_OK ? err : NULL);
            status = status == DC_OK ? outcome : status;
        }
        store_unlock(store);
    }
    dc_arena_destroy(import.kept);
    dc_arena_destroy(import.row);
    return status;
}
