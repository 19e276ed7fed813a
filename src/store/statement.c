/* Statements of the store: kept ones, their parameters, their failures. */
#include <math.h>
#include <string.h>

#include "dcscan/text.h"
#include "store_internal.h"

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

static enum dc_status prepared(struct dc_store *store, enum store_statement id,
                               struct dc_odbc_statement **out, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (store->statements[id] == NULL) {
        status = dc_odbc_prepare(store->connection, store_statement_sql(id), 0,
                                 &store->statements[id], err);
    }
    *out = store->statements[id];
    return status;
}

enum dc_status store_run(struct dc_store *store, enum store_statement id,
                         struct store_params *params, struct dc_err *err)
{
    struct dc_odbc_statement *statement;
    enum dc_status status = prepared(store, id, &statement, err);

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
    enum dc_status status = prepared(store, id, &statement, err);

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

enum dc_status store_fail_write(const struct dc_store *store, enum dc_status status,
                                struct dc_err *err)
{
    return named(store, status == DC_ERR_INTERNAL ? status : DC_ERR_OUTPUT, err);
}

enum dc_status store_fail_read(const struct dc_store *store, enum dc_status status,
                               struct dc_err *err)
{
    return named(store, status, err);
}

enum dc_status store_begin(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status = dc_odbc_begin(store->connection, err);

    return status == DC_OK ? DC_OK : store_fail_write(store, status, err);
}

enum dc_status store_finish(struct dc_store *store, enum dc_status status, struct dc_err *err)
{
    if (status == DC_OK) {
        status = dc_odbc_commit(store->connection, err);
        if (status == DC_OK) {
            return DC_OK;
        }
    }
    dc_odbc_rollback(store->connection, NULL);
    return store_fail_write(store, status, err);
}
