/* One table: sample → profile → findings → store. Raw values are gone when this returns. */
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "scan_internal.h"

struct sampling {
    struct worker *worker;
    const struct source_run *run;
    const struct dc_table *table;
    const char *secret; /* the rule that took a state-secret mark; NULL: none so far */
};

/* After a state-secret mark (level rule L10) not another block is fetched. */
static bool take_block(void *user, const struct dc_block *block)
{
    struct sampling *sampling = user;

    dc_profiler_add(sampling->worker->profiler, block);
    dc_documents_add(sampling->worker->documents, block);
    dc_tag_reader_add(sampling->worker->tags, block);
    return !dc_classify_state_secret_seen(sampling->worker->scan->tools.classifier,
                                          sampling->worker->profiler, &sampling->secret);
}

static void tell_statement(void *user, const char *statement)
{
    const struct sampling *sampling = user;

    scan_emit(sampling->worker->scan, &(struct dc_scan_event){.kind = DC_SCAN_STATEMENT,
                                                              .source = sampling->run->source->name,
                                                              .table = sampling->table,
                                                              .text = statement});
}

static enum dc_status sample_once(struct worker *worker, const struct source_run *run,
                                  struct dc_table_result *result, const char **secret,
                                  struct dc_err *err)
{
    const struct dc_table *table = result->table;
    struct sampling sampling = {.worker = worker, .run = run, .table = table};
    struct dc_sample_options options = {
        .seed = worker->scan->seed, .on_sent = tell_statement, .sent_user = &sampling};
    const struct dc_table *whole;
    struct dc_profile *profiles;
    enum dc_status status;

    scan_budget_left(worker->scan, run, &options);
    dc_profiler_begin(worker->profiler, table);
    dc_classify_set_named(worker->scan->tools.classifier, table, worker->profiler);
    dc_documents_begin(worker->documents, worker->profiler, table);
    dc_tag_reader_begin(worker->tags, table);
    status = dc_connection_sample(worker->connection, table, &options, worker->arena, take_block,
                                  &sampling, &result->sample, err);
    /* Ended also after a failure: the profiler wipes what it holds. */
    whole = dc_documents_end(worker->documents, worker->arena, &profiles);
    dc_tag_reader_end(worker->tags, whole, worker->arena, profiles);
    *secret = sampling.secret;
    if (status != DC_OK) {
        result->status = DC_COLUMN_UNREADABLE; /* part of a sample proves nothing */
        return status;
    }
    if (*secret == NULL && whole != table) {
        dc_classify_state_secret(worker->scan->tools.classifier, whole, secret);
    }
    if (*secret == NULL) {
        result->table = whole;
        result->profiles = profiles;
    }
    return status;
}

/* What was spent on a sample in vain is still a load on the source. */
static void add_load(struct dc_sample_info *sample, const struct dc_sample_info *spent)
{
    sample->rows_read += spent->rows_read;
    sample->bytes_read += spent->bytes_read;
    sample->seconds += spent->seconds;
    sample->n_statements += spent->n_statements;
    sample->n_retries += spent->n_retries;
}

/*
 * Once rows have been taken a failure can be made good only by the whole sample anew, with an empty profile: tried where the dialect says
 * that it may help (a deadlock, a serialisation failure, a conflict with recovery).
 */
static enum dc_status sample(struct worker *worker, const struct source_run *run,
                             struct dc_table_result *result, const char **secret,
                             struct dc_err *err)
{
    struct dc_sample_info spent = {0};
    enum dc_status status = sample_once(worker, run, result, secret, err);

    for (int i = 0;
         status != DC_OK && i < DC_MAX_RETRIES && result->sample.rows_read > 0 && *secret == NULL &&
         dc_connection_action(worker->connection, err) == DC_ACTION_RETRY &&
         !scan_is_over(worker->scan);
         i++) {
        add_load(&spent, &result->sample);
        spent.n_retries++;
        dc_retry_wait(dc_retry_pause(i));
        *err = (struct dc_err){0};
        result->status = DC_COLUMN_OK;
        status = sample_once(worker, run, result, secret, err);
    }
    spent.rows_read = 0; /* rows_read is what the profile rests on */
    add_load(&result->sample, &spent);
    return status;
}

static void decide(struct worker *worker, const struct source_run *run,
                   struct dc_table_result *result)
{
    scan_decide(worker->scan->tools.classifier, run->source, worker->scan->decisions, worker->arena,
                result);
}

static void keep_nothing(struct worker *worker, struct dc_table_result *result, const char *word)
{
    scan_keep_nothing(worker->arena, result, word);
}

/* False when the lease was lost: somebody else does the table. */
static bool commit(struct worker *worker, const struct source_run *run,
                   const struct dc_table_result *result)
{
    struct dc_scan *scan = worker->scan;
    struct dc_store_next next = scan_next_of(worker, run);
    struct dc_err err = {0};
    enum dc_status status;
    bool kept = false;

    scan_store_enter(scan);
    do {
        status = dc_store_commit_task(scan->tools.store, worker->task_id, worker->owner, result,
                                      &kept, &next, &err);
    } while (scan_store_retry(scan, status, &err));
    scan_store_leave(scan);
    if (status != DC_OK) {
        scan_fail(scan, &err);
    }
    worker->next_id = next.task_id;
    return kept;
}

static void count(struct dc_scan *scan, struct source_run *run,
                  const struct dc_table_result *result)
{
    int64_t n_more = 0; /* sub-columns */

    for (size_t i = 0; i < result->table->n_columns; i++) {
        n_more += result->table->columns[i].path != NULL;
    }
    pthread_mutex_lock(&scan->lock);
    if (result->status == DC_COLUMN_OK) {
        run->record.n_tables_read++;
    } else {
        run->n_unread++;
    }
    run->record.n_columns += n_more;
    scan->n_columns += n_more;
    if (result->carried_from == 0) {
        run->record.rows_read += result->sample.rows_read;
        run->record.bytes_read += result->sample.bytes_read;
    }
    if (result->finding.level > run->record.level) {
        run->record.level = result->finding.level;
    }
    pthread_mutex_unlock(&scan->lock);
}

static void finish(struct worker *worker, struct source_run *run, struct dc_table_result *result,
                   const struct dc_err *err)
{
    struct dc_scan *scan = worker->scan;

    result->rules = scan->counted_rules;
    result->fingerprint = scan_redecided(
        worker->arena, worker->task.fingerprint,
        scan_decided_by(worker->arena, scan->tools.taxonomy, run->source, scan->decisions_hash));
    if (!scan->request.dry && commit(worker, run, result)) {
        count(scan, run, result);
    }
    scan_emit(scan, &(struct dc_scan_event){.kind = DC_SCAN_TABLE_DONE,
                                            .source = run->source->name,
                                            .table = result->table,
                                            .info = &result->sample,
                                            .err = err});
    dc_arena_reset(worker->arena);
}

static const char *explain(struct worker *worker, const struct dc_err *err)
{
    char buffer[DC_ERR_MESSAGE_SIZE + DC_ERR_OBJECT_SIZE];

    return dc_arena_strdup(worker->arena, dc_err_format(err, buffer, sizeof buffer));
}

static void warn_skipped(struct worker *worker, struct source_run *run,
                         const struct dc_table_result *result)
{
    scan_emit(worker->scan, &(struct dc_scan_event){
                                .kind = DC_SCAN_WARNING,
                                .source = run->source->name,
                                .table = result->table,
                                .text = dc_arena_printf(worker->arena, "table \"%s\" not read: %s",
                                                        result->table->name, result->reason)});
}

static enum dc_status plan_only(struct worker *worker, struct source_run *run,
                                struct dc_table_result *result)
{
    struct sampling sampling = {.worker = worker, .run = run, .table = result->table};
    struct dc_sample_options options = {
        .seed = worker->scan->seed, .dry = true, .on_sent = tell_statement, .sent_user = &sampling};
    struct dc_err err = {0};
    enum dc_status status = dc_connection_sample(worker->connection, result->table, &options,
                                                 worker->arena, NULL, NULL, &result->sample, &err);

    finish(worker, run, result, status == DC_OK ? NULL : &err);
    return status;
}

enum dc_status scan_table(struct worker *worker, struct source_run *run,
                          const struct dc_table *table)
{
    struct dc_table_result result = {.table = table, .reason = "", .sample = {.statement = ""}};
    struct dc_err err = {0};
    enum dc_status status = DC_OK;
    const char *word = NULL;

    if (dc_classify_state_secret(worker->scan->tools.classifier, table, &word)) {
        keep_nothing(worker, &result, word);
        warn_skipped(worker, run, &result);
        finish(worker, run, &result, NULL);
        return DC_OK;
    }
    if (table->skip_reason != NULL) {
        result.status = DC_COLUMN_UNREADABLE;
        result.reason = table->skip_reason;
        warn_skipped(worker, run, &result);
    } else if (worker->scan->request.dry) {
        return plan_only(worker, run, &result);
    } else {
        status = sample(worker, run, &result, &word, &err);
        if (word != NULL) {
            keep_nothing(worker, &result, word);
            warn_skipped(worker, run, &result);
            finish(worker, run, &result, NULL);
            return DC_OK;
        }
    }
    if (status == DC_ERR_CANCELLED && atomic_load(&worker->scan->cancelled)) {
        dc_arena_reset(worker->arena); /* its task stays planned: not reached */
        return status;
    }
    if (status == DC_ERR_LOST && worker->lost_task != worker->task_id) {
        worker->lost_task =
            worker->task_id; /* the server may have gone: once more, when it is back */
        dc_arena_reset(worker->arena);
        return status;
    }
    if (status != DC_OK) {
        result.reason = explain(worker, &err);
    }
    decide(worker, run, &result);
    finish(worker, run, &result, status == DC_OK ? NULL : &err);
    return status;
}

bool scan_table_again(struct worker *worker, struct source_run *run, const struct dc_table *table)
{
    struct dc_table_result result = {.table = table, .reason = "", .sample = {.statement = ""}};
    const char *word = NULL;

    if (worker->task.basis == 0 || !scan_decide_again(worker, run, &result, &word)) {
        return false;
    }
    if (word != NULL) {
        keep_nothing(worker, &result, word);
        warn_skipped(worker, run, &result);
    }
    finish(worker, run, &result, NULL);
    return true;
}

void scan_table_unread(struct worker *worker, struct source_run *run, const struct dc_table *table,
                       const struct dc_err *why)
{
    struct dc_table_result result = {
        .table = table, .status = DC_COLUMN_UNREADABLE, .sample = {.statement = ""}};
    const char *word = NULL;

    if (dc_classify_state_secret(worker->scan->tools.classifier, table, &word)) {
        keep_nothing(worker, &result, word);
    } else {
        result.reason = explain(worker, why);
        decide(worker, run, &result);
    }
    finish(worker, run, &result, why);
}

void scan_table_left(struct worker *worker, struct source_run *run, const struct dc_table *table,
                     const char *reason)
{
    struct dc_table_result result = {
        .table = table, .status = DC_COLUMN_SKIPPED, .reason = reason, .sample = {.statement = ""}};
    const char *word = NULL;

    if (dc_classify_state_secret(worker->scan->tools.classifier, table, &word)) {
        keep_nothing(worker, &result, word);
    } else {
        decide(worker, run, &result);
    }
    pthread_mutex_lock(&worker->scan->lock);
    run->n_left++;
    pthread_mutex_unlock(&worker->scan->lock);
    finish(worker, run, &result, NULL);
}
