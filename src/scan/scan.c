#include "dcscan/scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "scan_internal.h"

/* More threads than this only wait for one another. */
#define MAX_WORKERS 64

/* Each source can use as many workers as it allows connections. */
static size_t count_workers(const struct dc_scan *scan)
{
    int64_t useful = 0, wanted = scan->request.jobs;

    for (size_t i = 0; i < scan->n_sources; i++) {
        useful += scan->sources[i].limits.connections;
    }
    if (wanted <= 0) {
        wanted = sysconf(_SC_NPROCESSORS_ONLN);
    }
    if (wanted > useful) {
        wanted = useful;
    }
    if (wanted > MAX_WORKERS) {
        wanted = MAX_WORKERS;
    }
    return wanted < 1 ? 1 : (size_t)wanted;
}

/* By a clock that is never set: leases must be renewed in time when that of the machine is set back. */
static void init_changed(struct dc_scan *scan)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&scan->changed, &attributes);
    pthread_condattr_destroy(&attributes);
}

struct dc_scan *dc_scan_create(const struct dc_scan_tools *tools,
                               const struct dc_scan_request *request)
{
    struct dc_scan *scan = dc_alloc(1, sizeof *scan);

    scan->tools = *tools;
    scan->request = *request;
    scan->arena = dc_arena_create(0);
    pthread_mutex_init(&scan->lock, NULL);
    pthread_mutex_init(&scan->store_lock, NULL);
    pthread_mutex_init(&scan->event_lock, NULL);
    init_changed(scan);
    scan->sources = dc_alloc(request->n_sources + 1, sizeof *scan->sources);
    for (size_t i = 0; i < request->n_sources; i++) {
        scan->sources[i].source = &request->sources[i];
        scan->sources[i].limits = dc_limits_effective(&request->sources[i].limits);
    }
    scan->n_sources = request->n_sources;
    scan->seed = request->seed;
    scan->n_workers = count_workers(scan);
    scan->workers = dc_alloc(scan->n_workers, sizeof *scan->workers);
    scan->counted_rules = scan_counted_rules(tools->taxonomy, scan->arena);
    scan_name_owner(scan);
    return scan;
}

void dc_scan_destroy(struct dc_scan *scan)
{
    if (scan == NULL) {
        return;
    }
    for (size_t i = 0; i < scan->request.n_sources; i++) {
        dc_catalog_destroy(scan->sources[i].catalog);
        dc_secret_wipe(scan->sources[i].password);
    }
    free(scan->sources);
    free(scan->workers);
    pthread_cond_destroy(&scan->changed);
    pthread_mutex_destroy(&scan->event_lock);
    pthread_mutex_destroy(&scan->store_lock);
    pthread_mutex_destroy(&scan->lock);
    dc_decisions_destroy(scan->decisions);
    dc_arena_destroy(scan->arena);
    free(scan);
}

bool scan_is_over(struct dc_scan *scan)
{
    bool failed;

    pthread_mutex_lock(&scan->lock);
    failed = scan->failed;
    pthread_mutex_unlock(&scan->lock);
    return failed || atomic_load(&scan->cancelled);
}

void scan_fail(struct dc_scan *scan, const struct dc_err *err)
{
    pthread_mutex_lock(&scan->lock);
    if (!scan->failed) {
        scan->failed = true;
        scan->failure = *err;
    }
    pthread_cond_broadcast(&scan->changed);
    pthread_mutex_unlock(&scan->lock);
}

void scan_emit(struct dc_scan *scan, struct dc_scan_event *event)
{
    /* A lock of its own, so that a receiver may call dc_scan_cancel. */
    pthread_mutex_lock(&scan->event_lock);
    pthread_mutex_lock(&scan->lock);
    if (event->kind == DC_SCAN_TABLE_DONE) {
        scan->n_done++;
    }
    event->done = scan->n_done;
    event->total = scan->n_total;
    pthread_mutex_unlock(&scan->lock);
    if (scan->request.on_event != NULL) {
        scan->request.on_event(scan->request.user, event);
    }
    pthread_mutex_unlock(&scan->event_lock);
}

/*
 * Whether a source has something for one more worker now. Where its budget is spent one is enough: to see what other processes leave, and
 * when they have ended. Called with the lock held.
 */
static bool is_useful(const struct dc_scan *scan, const struct source_run *run, double now)
{
    int64_t most = run->limits.connections;

    if (now < run->retry_at || run->drained) {
        return false;
    }
    if (run->state == SOURCE_READY && run->n_connected > 0 && scan_budget_spent_locked(scan, run)) {
        most = 1;
    }
    return run->state == SOURCE_WAITING || (run->state == SOURCE_READY && run->n_connected < most);
}

/* A source that this worker can be of use to, or NULL; *more when one may come. Called with the lock held. */
static struct source_run *pick_source(struct dc_scan *scan, bool *more)
{
    double now = dc_clock_seconds();
    struct source_run *helped = NULL;

    *more = false;
    for (size_t i = 0; i < scan->n_sources; i++) {
        struct source_run *run = &scan->sources[i];

        *more |= run->state != SOURCE_FINISHED && !run->drained;
        if (is_useful(scan, run, now) && (helped == NULL || run->state == SOURCE_WAITING)) {
            helped = run;
        }
        if (helped != NULL && helped->state == SOURCE_WAITING) {
            break;
        }
    }
    return helped;
}

#define LOOK_AGAIN (50 * 1000 * 1000) /* nanoseconds */

/* Waits for work; NULL when there will be none. */
static struct source_run *claim_source(struct dc_scan *scan, bool *first)
{
    struct source_run *run = NULL;
    struct timespec until;
    bool more = true;

    pthread_mutex_lock(&scan->lock);
    while (!scan->failed && !atomic_load(&scan->cancelled)) {
        run = pick_source(scan, &more);
        if (run != NULL || !more) {
            break;
        }
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += LOOK_AGAIN;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&scan->changed, &scan->lock, &until);
    }
    if (run != NULL) {
        *first = run->state == SOURCE_WAITING;
        run->n_connected++;
        run->state = *first ? SOURCE_OPENING : run->state;
    }
    pthread_mutex_unlock(&scan->lock);
    return run;
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct source_run *run;
    bool first = false;

    while ((run = claim_source(worker->scan, &first)) != NULL) {
        scan_serve_source(worker, run, first);
    }
    return NULL;
}

static void start_workers(struct dc_scan *scan)
{
    for (size_t i = 0; i < scan->n_workers; i++) {
        struct worker *worker = &scan->workers[i];

        worker->scan = scan;
        worker->number = i;
        snprintf(worker->owner, sizeof worker->owner, "%s/%zu", scan->owner, i);
        worker->arena = dc_arena_create(0);
        worker->profiler = dc_profiler_create(scan->tools.matcher);
        worker->documents = dc_documents_create();
        worker->tags = dc_tag_reader_create(scan->tools.classifier);
        worker->started = i > 0 && pthread_create(&worker->thread, NULL, work, worker) == 0;
    }
    work(
        &scan->workers
             [0]); /* this thread is the first worker, so a run goes on even where threads cannot be had */
}

static void end_workers(struct dc_scan *scan)
{
    for (size_t i = 0; i < scan->n_workers; i++) {
        if (scan->workers[i].started) {
            pthread_join(scan->workers[i].thread, NULL);
        }
        dc_catalog_destroy(scan->workers[i].catalog);
        scan->workers[i].catalog = NULL;
        dc_profiler_destroy(scan->workers[i].profiler);
        dc_documents_destroy(scan->workers[i].documents);
        dc_tag_reader_destroy(scan->workers[i].tags);
        dc_arena_destroy(scan->workers[i].arena);
    }
}

/* What only this process knows; the rest is asked of the store. */
static void fill_outcome(struct dc_scan *scan, struct dc_scan_outcome *out)
{
    memset(out, 0, sizeof *out);
    out->n_sources = (int64_t)scan->n_sources;
    out->n_tables = scan->n_total;
    out->n_columns = scan->n_columns;
    out->interrupted = atomic_load(&scan->cancelled);
    for (size_t i = 0; i < scan->n_sources; i++) {
        out->n_sources_failed += scan->sources[i].catalog == NULL;
        out->n_sources_closed += scan->sources[i].closed;
        out->n_tables_left += scan->sources[i].n_left;
    }
    out->complete = !out->interrupted && out->n_sources_failed == 0;
}

enum dc_status dc_scan_run(struct dc_scan *scan, struct dc_scan_outcome *out, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (!scan->request.dry) {
        status = scan->request.run_id != 0 ? scan_take_up_run(scan, err)
                                           : scan_record_run(scan, err);
        if (status == DC_OK) {
            status = scan_read_decisions(scan->tools.store, scan->arena, &scan->decisions,
                                         &scan->decisions_hash, err);
        }
        if (status != DC_OK) {
            return status;
        }
        scan_start_heart(scan);
    }
    start_workers(scan);
    end_workers(scan);
    scan_stop_heart(scan);
    if (scan->failed) {
        if (err != NULL) {
            *err = scan->failure;
        }
        return scan->failure.status;
    }
    fill_outcome(scan, out);
    return scan->request.dry ? DC_OK : scan_end_run(scan, out, err);
}

void dc_scan_cancel(struct dc_scan *scan)
{
    atomic_store(&scan->cancelled, true);
    pthread_mutex_lock(&scan->lock);
    for (size_t i = 0; i < scan->n_workers; i++) {
        if (scan->workers[i].connection != NULL) {
            dc_connection_cancel(scan->workers[i].connection);
        }
    }
    pthread_cond_broadcast(&scan->changed);
    pthread_mutex_unlock(&scan->lock);
}
