/* Runs that the policy gives up are dropped, and their room is given back. */
#include <stdlib.h>

#include "dcscan/store_upkeep.h"
#include "upkeep.h"

#define DAY (24 * 60 * 60)

/* In this order: what refers to something goes before it. */
static const enum store_statement steps[] = {
    STORE_OPEN_LOSE_BASIS,    STORE_HEIRS_TAKE_FINDINGS,   STORE_OTHERS_FOLLOW_HEIRS,
    STORE_HEIRS_OWN_FINDINGS, STORE_DELETE_RUN_FINDINGS,   STORE_DELETE_RUN_TASKS,
    STORE_DELETE_RUN_PLANS,   STORE_DELETE_RUN_SEATS,      STORE_DELETE_RUN_SOURCES,
    STORE_DELETE_RUN_LEAVES,  STORE_DELETE_RUN_CANDIDATES, STORE_DELETE_RUN,
};

static enum dc_status drop_run(struct dc_store *store, int64_t run_id, struct dc_err *err)
{
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == DC_OK; i++) {
        struct store_params params = {.store = store};

        store_put_int(&params, run_id);
        status = store_run(store, steps[i], &params, err);
    }
    return store_finish(store, status, err);
}

static enum dc_status list_droppable(struct dc_store *store, const struct dc_store_keep *keep,
                                     int64_t now, struct store_numbers *out, struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status;

    /* Where only one of the two is said, the other keeps nothing. */
    store_put_int(&params, keep->days > 0 ? now - keep->days * DAY : INT64_MAX);
    store_put_int(&params, keep->runs);
    status = store_numbers_ask(store, STORE_LIST_DROPPABLE, &params, out, err);
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

enum dc_status dc_store_drop_runs(struct dc_store *store, const struct dc_store_keep *keep,
                                  int64_t now, int64_t *n_dropped, struct dc_err *err)
{
    struct store_numbers runs = {0};
    enum dc_status status;

    *n_dropped = 0;
    if (keep->runs <= 0 && keep->days <= 0) {
        return DC_OK;
    }
    status = store_lock(store, err);
    if (status != DC_OK) {
        return status;
    }
    status = list_droppable(store, keep, now, &runs, err);
    for (size_t i = 0; i < runs.n && status == DC_OK; i++) {
        status = drop_run(store, runs.items[i], err);
        *n_dropped += status == DC_OK;
    }
    free(runs.items);
    store_unlock(store);
    return status;
}

enum dc_status dc_store_size(struct dc_store *store, int64_t *bytes, struct dc_err *err)
{
    enum dc_status status = store_ask_once(store, store->dialect->size, bytes, err);

    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

enum dc_status dc_store_compact(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status = store_lock(store, err);

    if (status != DC_OK) {
        return status;
    }
    store_drop_statements(store); /* an open one would be in the way */
    for (const char *const *sql = store->dialect->compact; *sql != NULL && status == DC_OK; sql++) {
        status = dc_odbc_execute(store->connection, *sql, err);
    }
    store_unlock(store);
    return status == DC_OK ? DC_OK : store_fail_write(store, status, err);
}
