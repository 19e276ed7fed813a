/* What earlier runs know of a source. */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

static void take_past(struct store_row *row, struct dc_store_past *past)
{
    past->task_id = store_get_int(row);
    past->catalog = store_get_text(row);
    past->schema = store_get_text(row);
    past->name = store_get_text(row);
    past->fingerprint = store_get_text(row);
    past->changes = store_get_text(row);
    past->rows_estimated = store_get_int(row);
    past->sampled_at = store_get_int(row);
    past->findings_of = store_get_int(row);
    past->carried_from = store_get_int(row);
}

static enum dc_status find_base(struct dc_store *store, int64_t run_id, const char *source,
                                int64_t *base, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_text(&params, source);
    store_put_int(&params, run_id);
    return store_ask(store, STORE_BASE_RUN, &params, 0, base, err);
}

static enum dc_status query(struct dc_store *store, int64_t base, const char *source,
                            struct dc_odbc_statement **statement, struct dc_err *err)
{
    struct dc_odbc_param params[] = {{.kind = DC_ODBC_INT, .integer = base},
                                     {.kind = DC_ODBC_TEXT, .text = source}};
    enum dc_status status = dc_odbc_prepare(
        store->connection, store_statement_sql(STORE_SELECT_PAST), 0, statement, err);

    return status == DC_OK ? dc_odbc_run(*statement, params, 2, err) : status;
}

enum dc_status dc_store_read_past(struct dc_store *store, int64_t run_id, const char *source,
                                  struct dc_arena *arena, struct dc_store_past **out, size_t *n_out,
                                  struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    struct dc_store_past *items = NULL;
    size_t n = 0, capacity = 0;
    enum dc_fetch fetch = DC_FETCH_END;
    int64_t base = 0;
    enum dc_status status = find_base(store, run_id, source, &base, err);

    if (status == DC_OK && base != 0) {
        status = query(store, base, source, &statement, err);
    }
    while (status == DC_OK && statement != NULL &&
           (fetch = dc_odbc_row(statement, err)) == DC_FETCH_ROWS) {
        struct store_row row = {statement, 0, arena};

        items = dc_array_grow(items, n, &capacity, sizeof *items);
        take_past(&row, &items[n++]);
    }
    if (fetch == DC_FETCH_ERROR) {
        status = err != NULL ? err->status : DC_ERR_READ;
    }
    dc_odbc_statement_destroy(statement);
    *n_out = n;
    *out = dc_arena_alloc(arena, (n + 1) * sizeof *items);
    if (n > 0) {
        memcpy(*out, items, n * sizeof *items);
    }
    free(items);
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

/* ---- what was counted ---- */

static enum dc_status run_by_id(struct dc_store *store, enum store_statement id, int64_t number,
                                struct dc_odbc_statement **statement, struct dc_err *err)
{
    struct dc_odbc_param param = {.kind = DC_ODBC_INT, .integer = number};
    enum dc_status status = store_prepared(store, id, statement, err);

    return status == DC_OK ? dc_odbc_run(*statement, &param, 1, err) : status;
}

static enum dc_status read_sample(struct dc_store *store, int64_t basis, struct dc_arena *arena,
                                  struct dc_store_basis *out, struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    struct dc_table_finding ignored;
    enum dc_status status = run_by_id(store, STORE_READ_BASIS, basis, &statement, err);
    enum dc_fetch fetch = status == DC_OK ? dc_odbc_row(statement, err) : DC_FETCH_END;

    if (fetch == DC_FETCH_ROWS) {
        struct store_row row = {statement, 0, arena};

        store_take_result(&row, &out->sample, &ignored);
        out->sampled_at = store_get_int(&row);
        out->carried_from = store_get_int(&row);
        fetch = dc_odbc_row(statement, err); /* to the end: no cursor stays open */
    }
    return fetch == DC_FETCH_ERROR ? (err != NULL ? err->status : DC_ERR_READ) : status;
}

static enum dc_status read_columns(struct dc_store *store, int64_t basis, struct dc_arena *arena,
                                   struct dc_store_basis *out, struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    struct dc_inventory_column *columns = NULL, *copy;
    size_t n = 0, capacity = 0;
    enum dc_status status = run_by_id(store, STORE_READ_FINDINGS, basis, &statement, err);
    enum dc_fetch fetch = DC_FETCH_END;

    while (status == DC_OK && (fetch = dc_odbc_row(statement, err)) == DC_FETCH_ROWS) {
        struct store_row row = {statement, 0, arena};

        columns = dc_array_grow(columns, n, &capacity, sizeof *columns);
        columns[n] = (struct dc_inventory_column){0};
        store_take_column(&row, &columns[n++], 0);
    }
    copy = dc_arena_alloc(arena, (n + 1) * sizeof *copy);
    if (n > 0) {
        memcpy(copy, columns, n * sizeof *copy);
    }
    free(columns);
    out->columns = copy;
    out->n_columns = n;
    return fetch == DC_FETCH_ERROR ? (err != NULL ? err->status : DC_ERR_READ) : status;
}

enum dc_status dc_store_read_basis(struct dc_store *store, int64_t basis, struct dc_arena *arena,
                                   struct dc_store_basis *out, struct dc_err *err)
{
    enum dc_status status;

    memset(out, 0, sizeof *out);
    status = read_sample(store, basis, arena, out, err);
    if (status == DC_OK) {
        status = read_columns(store, basis, arena, out, err);
    }
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}
