/* Decisions of people: added and undone in batches, each in one transaction. */
#include "store_internal.h"

static enum dc_status insert_batch(struct dc_store *store, const struct dc_decision_batch *batch,
                                   int64_t id, int64_t n_decisions, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, id);
    store_put_int(&params, batch->at);
    store_put_int(&params, batch->undo);
    store_put_text(&params, batch->account);
    store_put_text(&params, batch->host);
    store_put_text(&params, batch->file);
    store_put_text(&params, batch->file_hash);
    store_put_int(&params, batch->run_id);
    store_put_text(&params, batch->note);
    store_put_int(&params, n_decisions);
    return store_run(store, STORE_INSERT_BATCH, &params, err);
}

static enum dc_status insert_decision(struct dc_store *store, const struct dc_decision *decision,
                                      int64_t id, int64_t batch_id, int64_t at, struct dc_err *err)
{
    struct store_params params = {.store = store};
    const char *const texts[] = {decision->reviewer, decision->reason, decision->source,
                                 decision->catalog,  decision->schema, decision->table,
                                 decision->column,   decision->leaf};

    store_put_int(&params, id);
    store_put_int(&params, batch_id);
    store_put_int(&params, 0);
    store_put_int(&params, at);
    store_put_int(&params, decision->run_id);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        store_put_text(&params, texts[i]);
    }
    store_put_text(&params, dc_final_level_name(decision->level));
    store_put_text(&params, dc_pi_name(decision->pi));
    store_put_text(&params, decision->proposed_leaf);
    store_put_int(&params, decision->proposed_level);
    store_put_text(&params, decision->basis.type_name);
    store_put_text(&params, decision->basis.comment);
    store_put_int(&params, decision->basis.masked);
    store_put_int(&params, decision->basis.rows_estimated);
    store_put_text(&params, dc_type_class_name(decision->type));
    store_put_text(&params, decision->subject);
    store_put_text(&params, decision->reference);
    return store_run(store, STORE_INSERT_DECISION, &params, err);
}

/* The next ids, when nobody has decided anything since `newest_seen`. */
static enum dc_status take_ids(struct dc_store *store, int64_t newest_seen, int64_t *batch_id,
                               int64_t *decision_id, struct dc_err *err)
{
    struct store_params none = {.store = store};
    int64_t newest = 0;
    enum dc_status status = store_ask(store, STORE_NEXT_BATCH_ID, &none, 1, batch_id, err);

    if (status == DC_OK && *batch_id - 1 != newest_seen) {
        return dc_err_set(err, DC_ERR_LOCKED,
                          "could not keep the decisions: others have decided meanwhile; try again");
    }
    if (status == DC_OK) {
        status = store_ask(store, STORE_NEWEST_DECISION, &none, 0, &newest, err);
    }
    *decision_id = newest + 1;
    return status;
}

/* What is kept out by others' decisions is no failed output. */
static enum dc_status finish(struct dc_store *store, enum dc_status status, struct dc_err *err)
{
    enum dc_status wanted = status == DC_ERR_LOCKED || status == DC_ERR_USAGE ? status : DC_OK;

    status = store_finish(store, status, err);
    if (wanted != DC_OK && err != NULL) {
        err->status = wanted;
    }
    return wanted != DC_OK ? wanted : status;
}

enum dc_status dc_store_add_decisions(struct dc_store *store, const struct dc_decision_batch *batch,
                                      const struct dc_decision *decisions, size_t n_decisions,
                                      int64_t newest_seen, int64_t *batch_id, struct dc_err *err)
{
    int64_t id = 0, decision_id = 0;
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    status = take_ids(store, newest_seen, &id, &decision_id, err);
    if (status == DC_OK) {
        status = insert_batch(store, batch, id, (int64_t)n_decisions, err);
    }
    for (size_t i = 0; i < n_decisions && status == DC_OK; i++) {
        status = insert_decision(store, &decisions[i], decision_id++, id, batch->at, err);
    }
    status = finish(store, status, err);
    if (status == DC_OK) {
        *batch_id = id;
    }
    return status;
}

enum dc_status dc_store_newest_batch(struct dc_store *store, int64_t *id, struct dc_err *err)
{
    struct store_params none = {.store = store};
    int64_t next = 1;
    enum dc_status status = store_ask(store, STORE_NEXT_BATCH_ID, &none, 1, &next, err);

    if (status != DC_OK) {
        return store_fail_read(store, status, err);
    }
    *id = next - 1;
    return DC_OK;
}

/* ---- undoing ---- */

static enum dc_status count_one(struct dc_store *store, enum store_statement id, int64_t number,
                                int64_t *n, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, number);
    return store_ask(store, id, &params, 0, n, err);
}

static enum dc_status mark_undone(struct dc_store *store, enum store_statement id, int64_t batch,
                                  int64_t number, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, batch);
    store_put_int(&params, number);
    return store_run(store, id, &params, err);
}

static enum dc_status undo_batch(struct dc_store *store, int64_t undoing, int64_t batch_id,
                                 int64_t *n, struct dc_err *err)
{
    enum dc_status status = count_one(store, STORE_COUNT_BATCH, batch_id, n, err);

    if (status == DC_OK && *n == 0) {
        return dc_err_set(err, DC_ERR_USAGE,
                          "could not undo import %lld: it is unknown, or all of it is undone",
                          (long long)batch_id);
    }
    return status == DC_OK ? mark_undone(store, STORE_UNDO_BATCH, undoing, batch_id, err) : status;
}

static enum dc_status undo_one(struct dc_store *store, int64_t undoing, int64_t id,
                               struct dc_err *err)
{
    int64_t n = 0;
    enum dc_status status = count_one(store, STORE_COUNT_DECISION, id, &n, err);

    if (status == DC_OK && n == 0) {
        return dc_err_set(err, DC_ERR_USAGE,
                          "could not undo decision %lld: it is unknown, or undone already",
                          (long long)id);
    }
    return status == DC_OK ? mark_undone(store, STORE_UNDO_DECISION, undoing, id, err) : status;
}

enum dc_status dc_store_undo_decisions(struct dc_store *store,
                                       const struct dc_decision_batch *batch, const int64_t *ids,
                                       size_t n_ids, int64_t batch_id, struct dc_err *err)
{
    struct store_params none = {.store = store};
    int64_t undoing = 0, n = (int64_t)n_ids;
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    status = store_ask(store, STORE_NEXT_BATCH_ID, &none, 1, &undoing, err);
    if (status == DC_OK && batch_id > 0) {
        status = undo_batch(store, undoing, batch_id, &n, err);
    }
    for (size_t i = 0; batch_id <= 0 && i < n_ids && status == DC_OK; i++) {
        status = undo_one(store, undoing, ids[i], err);
    }
    if (status == DC_OK) {
        status = insert_batch(store, batch, undoing, n, err);
    }
    return finish(store, status, err);
}
