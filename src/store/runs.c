/* Runs and their sources. */
#include "store_internal.h"

static enum dc_status insert_run(struct dc_store *store, int64_t id, const struct dc_run *run,
                                 struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, id);
    store_put_int(&params, run->started_at);
    store_put_int(&params, 0);
    store_put_text(&params, run->program_version);
    store_put_text(&params, run->pcre2_version);
    store_put_text(&params, run->odbc_version);
    store_put_text(&params, run->taxonomy_name);
    store_put_text(&params, run->taxonomy_version);
    store_put_text(&params, run->taxonomy_hash);
    store_put_text(&params, run->taxonomy_title_zh);
    store_put_text(&params, run->taxonomy_title_en);
    store_put_text(&params, run->host);
    store_put_text(&params, run->account);
    store_put_int(&params, (int64_t)run->seed); /* all 64 bits, the sign is one of them */
    store_put_int(&params, 0);
    store_put_text(&params, run->kind == NULL ? "scan" : run->kind);
    store_put_text(&params, run->label);
    store_put_int(&params, run->based_on);
    store_put_text(&params, run->rules);
    store_put_text(&params, !run->has_thresholds
                                ? ""
                                : store_encode_thresholds(store->scratch, &run->thresholds));
    return store_run(store, STORE_INSERT_RUN, &params, err);
}

static enum dc_status insert_leaf(struct dc_store *store, int64_t run_id,
                                  const struct dc_leaf_text *leaf, struct dc_err *err)
{
    struct store_params params = {.store = store};
    const char *const texts[] = {leaf->code,      leaf->name_zh,   leaf->name_en,   leaf->class1_zh,
                                 leaf->class1_en, leaf->class2_zh, leaf->class2_en, leaf->miit_zh,
                                 leaf->miit_en,   leaf->basis};

    store_put_int(&params, run_id);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        store_put_text(&params, texts[i]);
    }
    store_put_int(&params, leaf->default_level);
    store_put_int(&params, leaf->verify);
    return store_run(store, STORE_INSERT_LEAF, &params, err);
}

static enum dc_status insert_candidate(struct dc_store *store, int64_t run_id,
                                       const struct dc_candidate_text *rule, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, run_id);
    store_put_text(&params, rule->id);
    store_put_text(&params, rule->name_zh);
    store_put_text(&params, rule->name_en);
    store_put_text(&params, rule->basis);
    store_put_text(&params, rule->check_zh);
    store_put_text(&params, rule->check_en);
    store_put_int(&params, rule->verify);
    return store_run(store, STORE_INSERT_CANDIDATE, &params, err);
}

enum dc_status dc_store_labelled_run(struct dc_store *store, const char *label, int64_t *run_id,
                                     struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status;

    store_put_text(&params, label);
    status = store_ask(store, STORE_LABELLED_RUN, &params, 0, run_id, err);
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

/* Somebody may have begun the run of this label, and even ended it, since it was looked for. */
static enum dc_status check_label(struct dc_store *store, const struct dc_run *run,
                                  struct dc_err *err)
{
    struct store_params params = {.store = store};
    int64_t there = 0;
    enum dc_status status;

    if (run->label == NULL || run->label[0] == '\0') {
        return DC_OK;
    }
    store_put_text(&params, run->label);
    status = store_ask(store, STORE_LABELLED_RUN, &params, 0, &there, err);
    if (status == DC_OK && there != 0) {
        return dc_err_set(err, DC_ERR_LOCKED, "could not begin run \"%s\": it is run %lld",
                          run->label, (long long)there);
    }
    return status;
}

static enum dc_status insert_source(struct dc_store *store, int64_t run_id,
                                    const struct dc_run_source *source, struct dc_err *err)
{
    struct store_params params = {.store = store};
    const char *const texts[] = {source->dbms,    source->dbms_version, source->driver,
                                 source->dialect, source->login,        source->encoding,
                                 source->state,   source->error,        source->read_only};
    const int64_t counts[] = {source->n_tables,  source->n_tables_read, source->n_columns,
                              source->rows_read, source->bytes_read,    source->n_statements};

    store_put_int(&params, run_id);
    store_put_text(&params, source->name);
    for (size_t i = 0; i < DC_N_ABOUT; i++) {
        store_put_text(&params, source->about[i]);
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        store_put_text(&params, texts[i]);
    }
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        store_put_int(&params, counts[i]);
    }
    store_put_real(&params, source->seconds);
    store_put_int(&params, source->level);
    return store_run(store, STORE_INSERT_SOURCE, &params, err);
}

static enum dc_status insert_plan(struct dc_store *store, int64_t run_id,
                                  const struct dc_run_source *source, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, run_id);
    store_put_text(&params, source->name);
    store_put_text(&params, source->scope);
    return store_run(store, STORE_INSERT_PLAN, &params, err);
}

enum dc_status store_write_source(struct dc_store *store, int64_t run_id,
                                  const struct dc_run_source *source, struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status;

    store_put_int(&params, run_id);
    store_put_text(&params, source->name);
    status = store_run(store, STORE_DELETE_SOURCE, &params, err);
    if (status == DC_OK) {
        status = insert_source(store, run_id, source, err);
    }
    return status == DC_OK ? insert_plan(store, run_id, source, err) : status;
}

static enum dc_status write_start(struct dc_store *store, int64_t id,
                                  const struct dc_store_start *start, struct dc_err *err)
{
    enum dc_status status = insert_run(store, id, start->run, err);

    for (size_t i = 0; i < start->n_leaves && status == DC_OK; i++) {
        status = insert_leaf(store, id, &start->leaves[i], err);
    }
    for (size_t i = 0; i < start->n_candidates && status == DC_OK; i++) {
        status = insert_candidate(store, id, &start->candidates[i], err);
    }
    for (size_t i = 0; i < start->n_sources && status == DC_OK; i++) {
        status = store_write_source(store, id, &start->sources[i], err);
    }
    return status;
}

enum dc_status dc_store_begin_run(struct dc_store *store, const struct dc_store_start *start,
                                  int64_t *run_id, struct dc_err *err)
{
    struct store_params none = {.store = store};
    int64_t id = 0;
    enum dc_status status = store_lock(store, err);

    if (status == DC_OK) {
        status = store_begin_alone(store, err);
    }
    if (status != DC_OK) {
        return status;
    }
    status = check_label(store, start->run, err);
    if (status == DC_OK) {
        status = store_ask(store, STORE_NEXT_RUN_ID, &none, 1, &id, err);
    }
    if (status == DC_OK) {
        status = write_start(store, id, start, err);
    }
    if (status == DC_ERR_LOCKED) {
        store_finish(store, status, NULL);
    } else {
        status = store_finish(store, status, err);
    }
    if (status == DC_OK) {
        *run_id = id;
    } else {
        store_unlock(store);
    }
    return status;
}

enum dc_status dc_store_put_source(struct dc_store *store, int64_t run_id,
                                   const struct dc_run_source *source, struct dc_err *err)
{
    enum dc_status status = store_begin(store, err);

    return status != DC_OK
               ? status
               : store_finish(store, store_write_source(store, run_id, source, err), err);
}

enum dc_status dc_store_end_run(struct dc_store *store, int64_t run_id, int64_t finished_at,
                                bool complete, struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    store_put_int(&params, finished_at);
    store_put_int(&params, complete);
    store_put_int(&params, run_id);
    status = store_finish(store, store_run(store, STORE_END_RUN, &params, err), err);
    if (status == DC_OK) {
        store_unlock(store);
    }
    return status;
}

enum dc_status dc_store_latest_run(struct dc_store *store, int64_t *run_id, struct dc_err *err)
{
    struct store_params none = {.store = store};
    enum dc_status status = store_ask(store, STORE_LATEST_RUN, &none, 0, run_id, err);

    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

enum dc_status dc_store_latest_ended_run(struct dc_store *store, int64_t *run_id,
                                         struct dc_err *err)
{
    struct store_params none = {.store = store};
    enum dc_status status = store_ask(store, STORE_LATEST_ENDED_RUN, &none, 0, run_id, err);

    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

enum dc_status dc_store_earlier_run(struct dc_store *store, int64_t run_id, const char *source,
                                    int64_t *out, struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status;

    store_put_int(&params, run_id);
    store_put_text(&params, source);
    status = store_ask(store, STORE_EARLIER_RUN, &params, 0, out, err);
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}
