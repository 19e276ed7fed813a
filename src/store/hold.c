/* Going on with a run: who may, and what to do when the store itself was away. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dcscan/text.h"
#include "store_internal.h"

enum dc_status dc_store_unfinished_run(struct dc_store *store, int64_t *run_id, struct dc_err *err)
{
    struct store_params none = {.store = store};
    enum dc_status status = store_ask(store, STORE_UNFINISHED_RUN, &none, 0, run_id, err);

    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

static enum dc_status reopen_plans(struct dc_store *store, int64_t run_id, struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    store_put_int(&params, run_id);
    return store_finish(store, store_run(store, STORE_REOPEN_PLANS, &params, err), err);
}

enum dc_status dc_store_resume_run(struct dc_store *store, int64_t run_id, struct dc_err *err)
{
    enum dc_status status = store_lock(store, err);

    if (status == DC_ERR_LOCKED) {
        dc_err_set_hint(err, "\"dcscan scan --join %lld\" helps a run that is under way",
                        (long long)run_id);
        return status;
    }
    /* Nobody else is at work, so every lease is of a worker that is gone. */
    if (status == DC_OK) {
        status = dc_store_release(store, run_id, "", err);
    }
    return status == DC_OK ? reopen_plans(store, run_id, err) : status;
}

enum dc_status dc_store_join_run(struct dc_store *store, struct dc_err *err)
{
    return store_share(store, err);
}

enum dc_status dc_store_read_scopes(struct dc_store *store, int64_t run_id, struct dc_arena *arena,
                                    struct dc_store_scope **out, size_t *n_out, struct dc_err *err)
{
    struct dc_odbc_param param = {.kind = DC_ODBC_INT, .integer = run_id};
    struct dc_odbc_statement *statement = NULL;
    struct dc_store_scope *scopes = NULL;
    size_t n = 0, capacity = 0;
    enum dc_fetch fetch = DC_FETCH_END;
    enum dc_status status = dc_odbc_prepare(
        store->connection, store_statement_sql(STORE_SELECT_SCOPES), 0, &statement, err);

    if (status == DC_OK) {
        status = dc_odbc_run(statement, &param, 1, err);
    }
    while (status == DC_OK && (fetch = dc_odbc_row(statement, err)) == DC_FETCH_ROWS) {
        struct store_row row = {statement, 0, arena};

        scopes = dc_array_grow(scopes, n, &capacity, sizeof *scopes);
        scopes[n].source = store_get_text(&row);
        scopes[n++].scope = store_get_text(&row);
    }
    if (fetch == DC_FETCH_ERROR) {
        status = err != NULL ? err->status : DC_ERR_READ;
    }
    dc_odbc_statement_destroy(statement);
    *n_out = n;
    *out = dc_arena_alloc(arena, (n + 1) * sizeof *scopes);
    if (n > 0) {
        memcpy(*out, scopes, n * sizeof *scopes);
    }
    free(scopes);
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

/* ---- a store that was away ---- */

/* SQLite tells of a file that others keep busy in its own words only. */
static bool is_busy(const struct dc_err *err)
{
    return err != NULL && (strstr(err->message, "database is locked") != NULL ||
                           strstr(err->message, "database table is locked") != NULL ||
                           strstr(err->message, "unable to open database") != NULL);
}

/* What a driver says of a server that is gone depends on what it was about to do: so the connection is tried. */
bool dc_store_was_lost(struct dc_store *store, const struct dc_err *err)
{
    int64_t one = 0;

    return is_busy(err) || store->last_failure == DC_ERR_LOST || store->connection == NULL ||
           store_ask_once(store, "SELECT 1", &one, NULL) != DC_OK;
}

enum dc_status dc_store_recover(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status = store_reconnect(store, err);

    return status == DC_OK ? store_relock(store, err) : status;
}
