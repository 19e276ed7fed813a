/* Statements of the store: kept ones, their parameters, their failures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "store_internal.h"
#include "upkeep.h"

static struct dc_odbc_param *next_param(struct store_params *params, enum dc_odbc_kind kind)
{
    struct dc_odbc_param *param = &params->items[params->n_items++];

    *param = (struct dc_odbc_param){.kind = kind};
    return param;
}

void store_put_text(struct store_params *params, const char *text)
{
    struct dc_odbc_param *param = next_param(params, DC_ODBC_TEXT);
    size_t size;

    param->text = text == NULL ? "" : text;
    size = strlen(param->text);
    /* One stray byte of a driver's message must not cost the table its result: PostgreSQL takes only valid UTF-8. */
    if (!dc_utf8_valid(param->text, size)) {
        param->text = dc_text_sanitize(params->store->scratch, param->text, size, NULL);
    }
}

void store_put_int(struct store_params *params, int64_t value)
{
    next_param(params, DC_ODBC_INT)->integer = value;
}

void store_put_real(struct store_params *params, double value)
{
    next_param(params, DC_ODBC_REAL)->real = isfinite(value) ? value : 0;
}

#define MAX_SQL 16384

char *store_expand(const struct store_dialect *dialect, const char *sql)
{
    const struct {
        const char *mark, *word;
    } words[] = {{"$TEXT", dialect->text_type},
                 {"$NOW", dialect->now},
                 {"$SKIP_LOCKED", dialect->skip_locked},
                 {"$FOR_UPDATE", dialect->for_update}};
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_SQL);
    const char *at = sql, *mark;

    while ((mark = strchr(at, '$')) != NULL) {
        size_t i = 0;

        while (i < sizeof words / sizeof words[0] - 1 &&
               strncmp(mark, words[i].mark, strlen(words[i].mark)) != 0) {
            i++;
        }
        dc_strbuf_append(&text, at, (size_t)(mark - at));
        dc_strbuf_puts(&text, words[i].word);
        at = mark + strlen(words[i].mark);
    }
    dc_strbuf_puts(&text, at);
    return dc_strbuf_take(&text);
}

void store_drop_statements(struct dc_store *store)
{
    for (size_t i = 0; i < STORE_N_KEPT; i++) {
        dc_odbc_statement_destroy(store->statements[i]);
        store->statements[i] = NULL;
    }
}

enum dc_status store_prepared(struct dc_store *store, enum store_statement id,
                              struct dc_odbc_statement **out, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (store->connection == NULL) {
        return dc_err_set(err, DC_ERR_LOST, "could not use the inventory: the connection is gone");
    }
    if (store->statements[id] == NULL) {
        char *sql = store_expand(store->dialect, store_statement_sql(id));

        status = dc_odbc_prepare(store->connection, sql, 0, &store->statements[id], err);
        free(sql);
    }
    *out = store->statements[id];
    return status;
}

enum dc_status store_run(struct dc_store *store, enum store_statement id,
                         struct store_params *params, struct dc_err *err)
{
    struct dc_odbc_statement *statement;
    enum dc_status status = store_prepared(store, id, &statement, err);

    if (status == DC_OK) {
        status = dc_odbc_run(statement, params->items, params->n_items, err);
    }
    params->n_items = 0;
    dc_arena_reset(store->scratch);
    return status;
}

static enum dc_status fetch_int(struct dc_odbc_statement *statement, int64_t fallback, int64_t *out,
                                struct dc_err *err)
{
    int64_t value = fallback;
    enum dc_fetch fetch = dc_odbc_row(statement, err);

    if (fetch == DC_FETCH_ROWS) {
        value = dc_odbc_int(statement, 0, fallback);
        fetch = dc_odbc_row(statement, err); /* to the end, so that no cursor stays open */
    }
    if (fetch == DC_FETCH_ERROR) {
        return err != NULL ? err->status : DC_ERR_READ;
    }
    *out = value;
    return DC_OK;
}

enum dc_status store_ask(struct dc_store *store, enum store_statement id,
                         struct store_params *params, int64_t fallback, int64_t *out,
                         struct dc_err *err)
{
    struct dc_odbc_statement *statement;
    enum dc_status status = store_prepared(store, id, &statement, err);

    if (status == DC_OK) {
        status = dc_odbc_run(statement, params->items, params->n_items, err);
    }
    if (status == DC_OK) {
        status = fetch_int(statement, fallback, out, err);
    }
    params->n_items = 0;
    dc_arena_reset(store->scratch);
    return status;
}

enum dc_status store_ask_once(struct dc_store *store, const char *sql, int64_t *out,
                              struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    enum dc_status status = dc_odbc_query(store->connection, sql, 0, &statement, err);

    if (status == DC_OK) {
        status = fetch_int(statement, 0, out, err);
        dc_odbc_statement_destroy(statement);
    }
    return status;
}

/* ---- transactions and failures ---- */

static enum dc_status named(const struct dc_store *store, enum dc_status status, struct dc_err *err)
{
    dc_err_add_object(err, "inventory \"%s\"", store->place.shown);
    if (err != NULL) {
        err->status = status;
    }
    return status;
}

enum dc_status store_fail_write(struct dc_store *store, enum dc_status status, struct dc_err *err)
{
    store->last_failure = status;
    return named(store, status == DC_ERR_INTERNAL ? status : DC_ERR_OUTPUT, err);
}

enum dc_status store_fail_read(struct dc_store *store, enum dc_status status, struct dc_err *err)
{
    store->last_failure = status;
    return named(store, status, err);
}

enum dc_status store_begin(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status;

    if (store->connection == NULL) {
        status = dc_err_set(err, DC_ERR_LOST, "could not begin: the connection is gone");
    } else if (store->dialect->begin != NULL) {
        status = dc_odbc_execute(store->connection, store->dialect->begin, err);
    } else {
        status = dc_odbc_begin(store->connection, err);
    }
    return status == DC_OK ? DC_OK : store_fail_write(store, status, err);
}

static enum dc_status commit(struct dc_store *store, struct dc_err *err)
{
    return store->dialect->commit != NULL
               ? dc_odbc_execute(store->connection, store->dialect->commit, err)
               : dc_odbc_commit(store->connection, err);
}

static void roll_back(struct dc_store *store)
{
    if (store->connection == NULL) {
        return;
    }
    if (store->dialect->rollback != NULL) {
        dc_odbc_execute(store->connection, store->dialect->rollback, NULL);
    } else {
        dc_odbc_rollback(store->connection, NULL);
    }
}

enum dc_status store_begin_alone(struct dc_store *store, struct dc_err *err)
{
    int64_t ignored;
    enum dc_status status = store_begin(store, err);

    if (status == DC_OK && store->dialect->serialise != NULL) {
        status = store_ask_once(store, store->dialect->serialise, &ignored, err);
        if (status != DC_OK) {
            roll_back(store);
            status = store_fail_write(store, status, err);
        }
    }
    return status;
}

enum dc_status store_finish(struct dc_store *store, enum dc_status status, struct dc_err *err)
{
    if (status == DC_OK) {
        status = commit(store, err);
        if (status == DC_OK) {
            return DC_OK;
        }
    }
    roll_back(store);
    return store_fail_write(store, status, err);
}

/* ---- reading what belongs together ---- */

enum dc_status store_begin_snapshot(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (store->dialect->begin == NULL) {
        status = dc_odbc_begin(store->connection, err);
    }
    if (status == DC_OK) {
        status = dc_odbc_execute(store->connection, store->dialect->snapshot, err);
        if (status != DC_OK) {
            roll_back(store);
        }
    }
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

void store_end_snapshot(struct dc_store *store)
{
    roll_back(store);
}

enum dc_status store_status_of(const struct dc_err *err)
{
    return err != NULL && err->status != DC_OK ? err->status : DC_ERR_READ;
}

enum dc_status store_numbers_ask(struct dc_store *store, enum store_statement id,
                                 struct store_params *params, struct store_numbers *out,
                                 struct dc_err *err)
{
    struct dc_odbc_statement *statement;
    enum dc_fetch fetch = DC_FETCH_END;
    enum dc_status status = store_prepared(store, id, &statement, err);

    if (status == DC_OK) {
        status = dc_odbc_run(statement, params->items, params->n_items, err);
    }
    while (status == DC_OK && (fetch = dc_odbc_row(statement, err)) == DC_FETCH_ROWS) {
        for (size_t i = 0; i < dc_odbc_n_columns(statement); i++) {
            out->items = dc_array_grow(out->items, out->n, &out->capacity, sizeof *out->items);
            out->items[out->n++] = dc_odbc_int(statement, i, 0);
        }
    }
    return fetch == DC_FETCH_ERROR ? store_status_of(err) : status;
}

enum dc_status store_numbers_read(struct dc_store *store, enum store_statement id, int64_t parent,
                                  struct store_numbers *out, struct dc_err *err)
{
    struct store_params params = {.store = store};

    if (strchr(store_statement_sql(id), '?') != NULL) {
        store_put_int(&params, parent);
    }
    return store_numbers_ask(store, id, &params, out, err);
}
