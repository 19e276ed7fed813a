/* An import from end to end: read, resolve, check, keep all or nothing. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "review_internal.h"

const char *dc_review_problem_name(enum dc_review_problem_kind kind)
{
    static const char *const names[DC_N_REVIEW_PROBLEMS] = {
        [DC_REVIEW_INVALID] = "invalid", [DC_REVIEW_DISAGREE] = "disagree",
        [DC_REVIEW_DECIDED] = "decided", [DC_REVIEW_OLDER] = "older",
        [DC_REVIEW_CHANGED] = "changed", [DC_REVIEW_GONE] = "gone"};

    return names[kind];
}

/* ---- the log so far ---- */

static int by_key(const void *a, const void *b)
{
    const struct dc_decision *left = *(const struct dc_decision *const *)a;
    const struct dc_decision *right = *(const struct dc_decision *const *)b;
    int order = dc_decision_compare(left, right);

    return order != 0 ? order : (left->id > right->id) - (left->id < right->id);
}

static enum dc_status read_log(struct import *import, struct dc_err *err)
{
    const struct dc_decision *log = NULL;
    enum dc_status status = dc_store_read_decisions(import->tools->store, false, import->arena,
                                                    &log, &import->n_log, err);

    if (status != DC_OK) {
        return status;
    }
    import->log = dc_arena_alloc(import->arena, (import->n_log + 1) * sizeof *import->log);
    for (size_t i = 0; i < import->n_log; i++) {
        import->log[i] = &log[i];
    }
    if (import->n_log > 0) {
        qsort(import->log, import->n_log, sizeof *import->log, by_key);
    }
    return DC_OK;
}

const struct dc_decision **review_find_log(const struct import *import,
                                           const struct dc_decision *key, size_t *n)
{
    size_t low = 0, high = import->n_log;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (dc_decision_compare(import->log[middle], key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *n = 0;
    while (low + *n < import->n_log && dc_decision_compare(import->log[low + *n], key) == 0) {
        ++*n;
    }
    return &import->log[low];
}

/* ---- steps ---- */

static enum dc_status read_store(struct import *import, struct dc_err *err)
{
    struct dc_store *store = import->tools->store;
    enum dc_status status = dc_store_latest_run(store, &import->result->newest_run, err);

    if (status == DC_OK && import->result->run_id == 0) {
        dc_err_set(err, DC_ERR_USAGE, "could not tell which run workbook \"%s\" is of",
                   import->request->path);
        dc_err_set_hint(err, "its document properties are gone; give the run with --run");
        return DC_ERR_USAGE;
    }
    if (status == DC_OK) {
        status = dc_store_newest_batch(store, &import->newest_seen, err);
    }
    return status == DC_OK ? read_log(import, err) : status;
}

/* Mistakes and, as the policy says, conflicts keep everything out. */
static bool is_refused(const struct import *import)
{
    for (size_t i = 0; i < import->result->n_problems; i++) {
        if (import->result->problems[i].kind == DC_REVIEW_INVALID ||
            import->request->policy == DC_REVIEW_REFUSE) {
            return true;
        }
    }
    return false;
}

static bool is_kept(struct import *import, const struct entry *entry)
{
    if (entry->dropped) {
        return false;
    }
    if (entry->conflict && (import->request->policy != DC_REVIEW_REPLACE || entry->contradicted)) {
        import->result->n_skipped++;
        return false;
    }
    return true;
}

static void collect(struct import *import)
{
    struct dc_decision *decisions = dc_arena_alloc(import->arena,
                                                   (import->n_entries + 1) * sizeof *decisions);
    size_t n = 0;

    for (size_t i = 0; i < import->n_entries; i++) {
        if (is_kept(import, import->sorted[i])) {
            decisions[n++] = import->sorted[i]->decision;
        }
    }
    import->result->decisions = decisions;
    import->result->n_decisions = n;
}

static enum dc_status keep(struct import *import, struct dc_err *err)
{
    const struct dc_review_request *request = import->request;
    char hash[DC_SHA256_HEX_SIZE] = "";
    const char *slash = strrchr(request->path, '/');
    struct dc_decision_batch batch = {.at = request->now,
                                      .account = request->account,
                                      .host = request->host,
                                      .file = slash == NULL ? request->path : slash + 1,
                                      .file_hash = hash,
                                      .run_id = import->result->run_id,
                                      .note = ""};
    enum dc_status status = dc_sha256_file(request->path, hash, err);

    return status == DC_OK
               ? dc_store_add_decisions(import->tools->store, &batch, import->result->decisions,
                                        import->result->n_decisions, import->newest_seen,
                                        &import->result->batch_id, err)
               : status;
}

static enum dc_status run_import(struct import *import, struct dc_err *err)
{
    enum dc_status status = review_read_entries(import, err);

    if (status == DC_OK) {
        status = read_store(import, err);
    }
    if (status == DC_OK) {
        status = review_resolve(import, err);
    }
    if (status == DC_OK) {
        status = review_check(import, err);
    }
    if (status != DC_OK) {
        return status;
    }
    collect(import);
    return is_refused(import) || import->request->dry || import->result->n_decisions == 0
               ? DC_OK
               : keep(import, err);
}

enum dc_status dc_review_import(const struct dc_review_tools *tools,
                                const struct dc_review_request *request,
                                struct dc_review_result *out, struct dc_err *err)
{
    struct import import = {.tools = tools, .request = request, .result = out};
    enum dc_status status;

    *out = (struct dc_review_result){.arena = dc_arena_create(0)};
    import.arena = out->arena;
    status = run_import(&import, err);
    free(import.entries);
    return status;
}

void dc_review_result_done(struct dc_review_result *result)
{
    dc_arena_destroy(result->arena);
    free(result->problems);
    *result = (struct dc_review_result){0};
}
