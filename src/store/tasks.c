/* Table tasks: planned with what the catalogue says, ended with findings. */
#include <time.h>

#include "store_internal.h"

static void put_finding_of_table(struct store_params *params, const struct dc_sample_info *sample,
                                 const struct dc_table_finding *finding)
{
    store_put_text(params, dc_sample_method_name(sample->method));
    store_put_text(params, sample->statement);
    store_put_int(params, sample->rows_asked);
    store_put_int(params, sample->rows_read);
    store_put_int(params, sample->bytes_read);
    store_put_real(params, sample->seconds);
    store_put_int(params, sample->cut);
    store_put_text(params, finding->subject);
    store_put_text(params, finding->subject_name_zh);
    store_put_text(params, finding->subject_name_en);
    store_put_real(params, finding->subject_score);
    store_put_int(params, finding->level);
    store_put_text(params, finding->level_column);
    store_put_text(params, finding->leaf);
    store_put_int(params, finding->n_personal);
    store_put_int(params, finding->n_sensitive);
    store_put_int(params, finding->n_important);
    store_put_int(params, finding->n_review);
    store_put_int(params, sample->n_statements);
    store_put_int(params, sample->n_retries);
}

/* ---- plan ---- */

static enum dc_status carry_task(struct dc_store *store, int64_t id, int64_t run_id, int64_t past,
                                 struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, id);
    store_put_int(&params, run_id);
    store_put_int(&params, past);
    return store_run(store, STORE_CARRY_TASK, &params, err);
}

static enum dc_status insert_task(struct dc_store *store, int64_t id, int64_t run_id,
                                  const char *source, const struct dc_table *table,
                                  const struct dc_store_planned *planned, struct dc_err *err)
{
    static const struct dc_sample_info no_sample = {.method = DC_SAMPLE_NONE};
    static const struct dc_table_finding no_finding = {0};
    struct store_params params = {.store = store};

    store_put_int(&params, id);
    store_put_int(&params, run_id);
    store_put_text(&params, source);
    store_put_text(&params, table->catalog);
    store_put_text(&params, table->schema);
    store_put_text(&params, table->name);
    store_put_text(&params, table->comment);
    store_put_text(&params, store_kind_word((int)table->kind));
    store_put_int(&params, table->rows_estimated);
    store_put_int(&params, (int64_t)table->n_columns);
    store_put_text(&params, store_encode_columns(store->scratch, table));
    store_put_text(&params, table->skip_reason == NULL ? STORE_PLANNED
                                                       : dc_column_status_name(DC_COLUMN_SKIPPED));
    store_put_text(&params, table->skip_reason);
    put_finding_of_table(&params, &no_sample, &no_finding);
    store_put_int(&params, table->pages);
    store_put_text(&params, store_encode_names(store->scratch, table));
    store_put_int(&params,
                  1); /* open: also where it is to be skipped, since it is decided by names */
    store_put_text(&params, planned->fingerprint);
    store_put_text(&params, table->changes);
    store_put_int(&params, 0);
    store_put_int(&params, planned->past != NULL ? planned->past->findings_of : 0);
    store_put_int(&params, planned->past != NULL ? planned->past->carried_from : 0);
    return store_run(store, STORE_INSERT_TASK, &params, err);
}

static enum dc_status plan_tables(struct dc_store *store, int64_t run_id, const char *source,
                                  const struct dc_catalog *catalog,
                                  const struct dc_store_planned *planned, struct dc_err *err)
{
    static const struct dc_store_planned anew = {.fingerprint = ""};
    struct store_params params = {.store = store};
    int64_t id = 0;
    enum dc_status status = store_ask(store, STORE_NEXT_TASK_ID, &params, 1, &id, err);

    for (size_t i = 0; i < catalog->n_tables && status == DC_OK; i++) {
        const struct dc_store_planned *how = planned == NULL ? &anew : &planned[i];

        status = how->holds
                     ? carry_task(store, id++, run_id, how->past->task_id, err)
                     : insert_task(store, id++, run_id, source, &catalog->tables[i], how, err);
    }
    if (status == DC_OK) {
        store_put_text(&params, "planned");
        store_put_int(&params, run_id);
        store_put_text(&params, source);
        status = store_run(store, STORE_END_PLAN, &params, err);
    }
    return status;
}

enum dc_status dc_store_plan(struct dc_store *store, int64_t run_id, const char *source,
                             const struct dc_catalog *catalog, struct dc_err *err)
{
    enum dc_status status = store_begin_alone(store, err);

    return status != DC_OK
               ? status
               : store_finish(store, plan_tables(store, run_id, source, catalog, NULL, err), err);
}

enum dc_status dc_store_plan_source(struct dc_store *store, int64_t run_id, const char *owner,
                                    const struct dc_run_source *source,
                                    const struct dc_catalog *catalog,
                                    const struct dc_store_planned *planned, bool *kept,
                                    struct dc_err *err)
{
    int64_t mine = 0;
    enum dc_status status = store_begin_alone(store, err);

    if (status != DC_OK) {
        return status;
    }
    status = store_owns_plan(store, run_id, source->name, owner, &mine, err);
    if (status == DC_OK && mine != 0) {
        status = store_write_source(store, run_id, source, err);
        if (status == DC_OK) {
            status = plan_tables(store, run_id, source->name, catalog, planned, err);
        }
    }
    *kept = mine != 0;
    return store_finish(store, status, err);
}

/* ---- commit ---- */

static void put_column(struct store_params *params, const struct dc_column *column)
{
    store_put_text(params, column->name);
    store_put_text(params, column->comment);
    store_put_text(params, column->type_name);
    store_put_text(params, dc_type_class_name(column->type));
    store_put_int(params, column->ordinal);
    store_put_int(params, column->nullable);
    store_put_int(params, column->primary_key);
    store_put_text(params, store_reference(params->store->scratch, column));
}

static void put_profile(struct store_params *params, const struct dc_profile *profile)
{
    const char *examples[DC_MAX_EXAMPLES];
    size_t n_examples = 0;

    for (size_t i = 0; i < DC_MAX_EXAMPLES; i++) {
        if (profile->examples[i][0] != '\0') {
            examples[n_examples++] = profile->examples[i];
        }
    }
    store_put_int(params, profile->rows);
    store_put_int(params, profile->nulls);
    store_put_int(params, profile->empties);
    store_put_int(params, profile->truncated);
    store_put_int(params, profile->masked);
    store_put_int(params, profile->distinct);
    store_put_int(params, profile->distinct_capped);
    store_put_int(params, profile->length_min);
    store_put_int(params, profile->length_max);
    store_put_real(params, profile->length_mean);
    store_put_int(params, profile->decimals_max);
    store_put_real(params, profile->digits_entropy);
    store_put_int(params, profile->ascending);
    store_put_text(params, store_encode_shapes(params->store->scratch, &profile->shapes));
    store_put_text(params, store_encode_texts(params->store->scratch, examples, n_examples));
}

static void put_finding(struct store_params *params, const struct dc_finding *finding)
{
    struct dc_arena *scratch = params->store->scratch;

    store_put_text(params, dc_column_status_name(finding->status));
    store_put_text(params, finding->reason);
    store_put_text(params, finding->leaf);
    store_put_text(params, finding->runner_up);
    store_put_int(params, finding->level_reference);
    store_put_int(params, finding->level);
    store_put_text(params, finding->level_reason);
    store_put_text(params, dc_pi_name(finding->pi));
    store_put_text(params, store_encode_texts(scratch, finding->important, finding->n_important));
    store_put_real(params, finding->confidence);
    store_put_int(params, finding->to_review);
    store_put_text(params, dc_decider_name(finding->decided_by));
    store_put_text(params, finding->marks);
    store_put_text(params, store_encode_evidence(scratch, finding->evidence, finding->n_evidence));
}

static void put_row(struct store_params *params, int64_t task_id,
                    const struct dc_table_result *result, size_t place)
{
    static const struct dc_profile no_profile = {.decimals_max = -1};
    struct dc_finding unread = {.status = result->status, .reason = result->reason};
    const struct dc_column *column = &result->table->columns[place];
    const struct dc_profile *profile = result->profiles == NULL ? NULL : &result->profiles[place];
    const struct dc_finding *finding = result->findings == NULL ? NULL : &result->findings[place];

    store_put_int(params, task_id);
    store_put_int(params, (int64_t)place);
    put_column(params, column);
    put_profile(params, profile == NULL ? &no_profile : profile);
    put_finding(params, finding == NULL ? &unread : finding);
    store_put_text(params, store_encode_detail(params->store->scratch, column, profile, finding,
                                               result->rules));
}

/* So many findings at a time as one statement takes: each is a way to the store and back. */
static enum dc_status insert_findings(struct dc_store *store, int64_t task_id,
                                      const struct dc_table_result *result, struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status = DC_OK;
    size_t place = 0, n = result->table->n_columns;

    while (place < n && status == DC_OK) {
        bool many = n - place >= STORE_FINDINGS_AT_ONCE;

        for (size_t i = 0; i < (many ? STORE_FINDINGS_AT_ONCE : 1); i++) {
            put_row(&params, task_id, result, place++);
        }
        status = store_run(store, many ? STORE_INSERT_FINDINGS : STORE_INSERT_FINDING, &params,
                           err);
    }
    return status;
}

static enum dc_status find_task(struct dc_store *store, int64_t run_id, const char *source,
                                const struct dc_table *table, int64_t *task_id, struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status;

    store_put_int(&params, run_id);
    store_put_text(&params, source);
    store_put_text(&params, table->catalog);
    store_put_text(&params, table->schema);
    store_put_text(&params, table->name);
    status = store_ask(store, STORE_FIND_TASK, &params, 0, task_id, err);
    if (status == DC_OK && *task_id == 0) {
        status = dc_err_set(err, DC_ERR_INTERNAL,
                            "could not store table \"%s\" of source \"%s\": it was not planned",
                            table->name, source);
    }
    return status;
}

/* What an earlier attempt at the same task left gives way. */
static enum dc_status delete_findings(struct dc_store *store, int64_t task_id, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, task_id);
    return store_run(store, STORE_DELETE_FINDINGS, &params, err);
}

static enum dc_status end_task(struct dc_store *store, int64_t task_id,
                               const struct dc_table_result *result, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, (int64_t)result->table->n_columns); /* sub-columns count */
    store_put_text(&params, "");                               /* the findings say it from now on */
    store_put_text(&params, result->status == DC_COLUMN_OK ? STORE_DONE
                                                           : dc_column_status_name(result->status));
    store_put_text(&params, result->reason);
    put_finding_of_table(&params, &result->sample, &result->finding);
    store_put_int(&params, result->sampled_at != 0 ? result->sampled_at : (int64_t)time(NULL));
    store_put_int(&params, result->carried_from);
    store_put_text(&params, result->fingerprint);
    store_put_text(&params, result->fingerprint);
    store_put_int(&params, task_id);
    return store_run(store, STORE_UPDATE_TASK, &params, err);
}

enum dc_status store_write_result(struct dc_store *store, int64_t task_id,
                                  const struct dc_table_result *result, struct dc_err *err)
{
    enum dc_status status = insert_findings(store, task_id, result, err);

    return status == DC_OK ? end_task(store, task_id, result, err) : status;
}

enum dc_status dc_store_commit_table(struct dc_store *store, int64_t run_id, const char *source,
                                     const struct dc_table_result *result, struct dc_err *err)
{
    int64_t task_id = 0;
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    status = find_task(store, run_id, source, result->table, &task_id, err);
    if (status == DC_OK) {
        status = delete_findings(store, task_id, err);
    }
    if (status == DC_OK) {
        status = store_write_result(store, task_id, result, err);
    }
    return store_finish(store, status, err);
}
