/* What the workers of a run share through the store: plans, connections, tasks; and waiting for a store that is away. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/text.h"
#include "scan_internal.h"

#define DEFAULT_LEASE_SECONDS 60
#define BEATS_A_LEASE         3
#define RETRY_SECONDS         0.2 /* until what others hold is asked for again */
/* A store that stays away longer ends the process; its tasks are done by others, or when the run is resumed. */
#define MOST_SECONDS_LOST 300.0
#define STORE_PAUSE       (500 * 1000 * 1000) /* nanoseconds */

static int64_t lease_seconds(const struct dc_scan *scan)
{
    return scan->request.lease_seconds > 0 ? scan->request.lease_seconds : DEFAULT_LEASE_SECONDS;
}

void scan_name_owner(struct dc_scan *scan)
{
    uint64_t chance = 0;
    char host[256] = "";

    gethostname(host, sizeof host - 1);
    if (getrandom(&chance, sizeof chance, 0) != (ssize_t)sizeof chance) {
        chance = dc_hash64(&scan, sizeof scan) ^ (uint64_t)time(NULL);
    }
    snprintf(scan->owner, sizeof scan->owner, "%s/%ld/%016llx", host, (long)getpid(),
             (unsigned long long)chance);
}

/* ---- the store ---- */

void scan_store_enter(struct dc_scan *scan)
{
    pthread_mutex_lock(&scan->store_lock);
}

void scan_store_leave(struct dc_scan *scan)
{
    pthread_mutex_unlock(&scan->store_lock);
}

static void tell_lost(struct dc_scan *scan, const struct dc_err *err)
{
    char text[DC_ERR_MESSAGE_SIZE + DC_ERR_OBJECT_SIZE + 64],
        reason[DC_ERR_MESSAGE_SIZE + DC_ERR_OBJECT_SIZE];

    snprintf(text, sizeof text, "waiting for the store: %s",
             dc_err_format(err, reason, sizeof reason));
    scan_emit(scan,
              &(struct dc_scan_event){.kind = DC_SCAN_WARNING, .source = "store", .text = text});
}

bool scan_store_retry(struct dc_scan *scan, enum dc_status status, struct dc_err *err)
{
    struct dc_err again = {0};

    if (status == DC_OK) {
        scan->store_lost_at = 0;
        return false;
    }
    if (!dc_store_was_lost(scan->tools.store, err) || scan_is_over(scan)) {
        return false;
    }
    if (scan->store_lost_at == 0) {
        scan->store_lost_at = dc_clock_seconds();
        tell_lost(scan, err);
    }
    while (dc_clock_seconds() - scan->store_lost_at < MOST_SECONDS_LOST && !scan_is_over(scan)) {
        nanosleep(&(struct timespec){.tv_nsec = STORE_PAUSE}, NULL);
        if (dc_store_recover(scan->tools.store, &again) == DC_OK) {
            memset(err, 0, sizeof *err);
            return true;
        }
        memset(&again, 0, sizeof again);
    }
    return false;
}

/* The end of a call: a failure is the run's. */
static bool store_done(struct dc_scan *scan, enum dc_status status, const struct dc_err *err)
{
    scan_store_leave(scan);
    if (status != DC_OK) {
        scan_fail(scan, err);
    }
    return status == DC_OK;
}

/* ---- the heart ---- */

static enum dc_status renew_all(struct dc_scan *scan, struct dc_err *err)
{
    enum dc_status status = dc_store_renew(scan->tools.store, scan->run_id, scan->owner,
                                           lease_seconds(scan), err);

    for (size_t i = 0; i < scan->n_workers && status == DC_OK; i++) {
        if (scan->workers[i].task_id != 0) {
            status = dc_store_renew(scan->tools.store, scan->run_id, scan->workers[i].owner,
                                    lease_seconds(scan), err);
        }
    }
    return status;
}

static enum dc_status release_all(struct dc_scan *scan, struct dc_err *err)
{
    enum dc_status status = dc_store_release(scan->tools.store, scan->run_id, scan->owner, err);

    for (size_t i = 0; i < scan->n_workers && status == DC_OK; i++) {
        status = dc_store_release(scan->tools.store, scan->run_id, scan->workers[i].owner, err);
    }
    return status;
}

static void beat(struct dc_scan *scan)
{
    struct dc_err err = {0};
    enum dc_status status;

    scan_store_enter(scan);
    do {
        status = renew_all(scan, &err);
    } while (scan_store_retry(scan, status, &err));
    store_done(scan, status, &err);
}

static void *keep_beating(void *argument)
{
    struct dc_scan *scan = argument;
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    pthread_mutex_lock(&scan->lock);
    while (!scan->ended) {
        until.tv_sec += lease_seconds(scan) / BEATS_A_LEASE + 1;
        while (!scan->ended &&
               pthread_cond_timedwait(&scan->changed, &scan->lock, &until) != ETIMEDOUT) {
        }
        if (!scan->ended) {
            pthread_mutex_unlock(&scan->lock);
            beat(scan);
            pthread_mutex_lock(&scan->lock);
            clock_gettime(CLOCK_MONOTONIC, &until);
        }
    }
    pthread_mutex_unlock(&scan->lock);
    return NULL;
}

void scan_start_heart(struct dc_scan *scan)
{
    scan->beating = pthread_create(&scan->heart, NULL, keep_beating, scan) == 0;
}

void scan_stop_heart(struct dc_scan *scan)
{
    pthread_mutex_lock(&scan->lock);
    scan->ended = true;
    pthread_cond_broadcast(&scan->changed);
    pthread_mutex_unlock(&scan->lock);
    if (scan->beating) {
        pthread_join(scan->heart, NULL);
        scan->beating = false;
    }
}

/* ---- connections ---- */

static struct dc_store_seat seat_of(const struct worker *worker, const struct source_run *run)
{
    return (struct dc_store_seat){.run_id = worker->scan->run_id,
                                  .source = run->source->name,
                                  .owner = worker->scan->owner,
                                  .number = (int64_t)worker->number};
}

bool scan_take_seat(struct worker *worker, struct source_run *run)
{
    struct dc_scan *scan = worker->scan;
    struct dc_store_seat seat = seat_of(worker, run);
    struct dc_err err = {0};
    enum dc_status status;
    bool taken = false;

    scan_store_enter(scan);
    do {
        status = dc_store_take_seat(scan->tools.store, &seat, run->limits.connections,
                                    lease_seconds(scan), &taken, &err);
    } while (scan_store_retry(scan, status, &err));
    worker->seated = store_done(scan, status, &err) && taken;
    return worker->seated;
}

void scan_leave_seat(struct worker *worker, struct source_run *run)
{
    struct dc_scan *scan = worker->scan;
    struct dc_store_seat seat = seat_of(worker, run);
    struct dc_err err = {0};
    enum dc_status status;

    if (!worker->seated) {
        return;
    }
    worker->seated = false;
    scan_store_enter(scan);
    do {
        status = dc_store_leave_seat(scan->tools.store, &seat, &err);
    } while (scan_store_retry(scan, status, &err));
    store_done(scan, status, &err);
}

bool scan_others_connected(struct dc_scan *scan, const struct source_run *run)
{
    struct dc_err err = {0};
    enum dc_status status;
    int64_t n = 0;

    if (scan->request.dry) {
        return false;
    }
    scan_store_enter(scan);
    do {
        status = dc_store_other_seats(scan->tools.store, scan->run_id, run->source->name,
                                      scan->owner, &n, &err);
    } while (scan_store_retry(scan, status, &err));
    return store_done(scan, status, &err) && n > 0;
}

/* ---- tables ---- */

struct dc_store_next scan_next_of(const struct worker *worker, const struct source_run *run)
{
    return (struct dc_store_next){.run_id = worker->scan->run_id,
                                  .source = run->source->name,
                                  .lease_seconds = lease_seconds(worker->scan)};
}

static enum dc_status lease(struct worker *worker, struct source_run *run, struct dc_err *err)
{
    struct dc_scan *scan = worker->scan;
    struct dc_store_next next = scan_next_of(worker, run);
    enum dc_status status = dc_store_lease_task(scan->tools.store, worker->owner, &next, err);
    bool left = true;

    worker->task_id = next.task_id;
    if (status == DC_OK && worker->task_id == 0) {
        status = dc_store_source_left(scan->tools.store, scan->run_id, run->source->name, &left,
                                      err);
    }
    if (status == DC_OK && worker->task_id == 0) {
        pthread_mutex_lock(&scan->lock);
        run->retry_at = dc_clock_seconds() + RETRY_SECONDS;
        run->drained |= !left;
        pthread_mutex_unlock(&scan->lock);
    }
    return status;
}

const struct dc_table *scan_lease_table(struct worker *worker, struct source_run *run)
{
    struct dc_scan *scan = worker->scan;
    struct dc_err err = {0};
    enum dc_status status = DC_OK;

    dc_catalog_destroy(worker->catalog);
    worker->catalog = NULL;
    worker->task = (struct dc_store_task){0};
    worker->task_id = worker->next_id;
    worker->next_id = 0;
    scan_store_enter(scan);
    while (worker->task_id == 0 &&
           scan_store_retry(scan, status = lease(worker, run, &err), &err)) {
    }
    if (status == DC_OK && worker->task_id != 0) {
        do {
            dc_catalog_destroy(worker->catalog);
            worker->catalog = dc_catalog_create();
            status = dc_store_read_task(scan->tools.store, worker->task_id, worker->catalog,
                                        &worker->task, &err);
        } while (scan_store_retry(scan, status, &err));
    }
    return store_done(scan, status, &err) ? worker->task.table : NULL;
}

void scan_release_table(struct worker *worker)
{
    struct dc_scan *scan = worker->scan;
    struct dc_err err = {0};
    enum dc_status status;

    if (worker->task_id == 0) {
        return;
    }
    scan_store_enter(scan);
    do {
        status = dc_store_release_task(scan->tools.store, worker->task_id, worker->owner, &err);
    } while (scan_store_retry(scan, status, &err));
    store_done(scan, status, &err);
    worker->task_id = 0;
}

int64_t scan_count_open(struct dc_scan *scan, struct source_run *run)
{
    struct dc_err err = {0};
    enum dc_status status;
    int64_t n = 0;

    scan_store_enter(scan);
    do {
        status = dc_store_count_open(scan->tools.store, scan->run_id, run->source->name, &n, &err);
    } while (scan_store_retry(scan, status, &err));
    store_done(scan, status, &err);
    return n;
}

void scan_ask_spent(struct dc_scan *scan, struct source_run *run, struct dc_store_spent *out)
{
    struct dc_err err = {0};
    enum dc_status status;

    scan_store_enter(scan);
    do {
        status = dc_store_spent(scan->tools.store, scan->run_id, run->source->name, out, &err);
    } while (scan_store_retry(scan, status, &err));
    store_done(scan, status, &err);
}

/* ---- plans and records ---- */

static enum dc_status read_encoding(struct dc_scan *scan, const struct source_run *run,
                                    const char **out, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    const struct dc_run_source *source = NULL;
    enum dc_status status = dc_store_read_run(scan->tools.store, scan->run_id, &reader, err);

    if (status != DC_OK) {
        return status;
    }
    do {
        status = reader->class_->next_source(reader, &source, err);
        if (status == DC_OK && source != NULL && strcmp(source->name, run->source->name) == 0) {
            *out = dc_arena_strdup(scan->arena, source->encoding);
        }
    } while (status == DC_OK && source != NULL);
    reader->class_->destroy(reader);
    return status;
}

const char *scan_ask_encoding(struct dc_scan *scan, struct source_run *run)
{
    const char *encoding = "";
    struct dc_err err = {0};
    enum dc_status status;

    scan_store_enter(scan);
    do {
        status = read_encoding(scan, run, &encoding, &err);
    } while (scan_store_retry(scan, status, &err));
    store_done(scan, status, &err);
    return encoding;
}

enum dc_store_plan scan_claim_plan(struct dc_scan *scan, struct source_run *run)
{
    enum dc_store_plan plan = DC_PLAN_FAILED;
    struct dc_err err = {0};
    enum dc_status status;

    scan_store_enter(scan);
    do {
        status = dc_store_claim_plan(scan->tools.store, scan->run_id, run->source->name,
                                     scan->owner, lease_seconds(scan), &plan, &err);
    } while (scan_store_retry(scan, status, &err));
    store_done(scan, status, &err);
    return plan;
}

/* What is carried over is chosen and planned. */
static enum dc_status plan_source(struct dc_scan *scan, struct source_run *run,
                                  const struct dc_catalog *catalog, struct dc_arena *arena,
                                  bool *kept, struct dc_err *err)
{
    const struct dc_store_planned *planned;
    struct dc_store_past *past = NULL;
    size_t n_past = 0;
    enum dc_status status = scan->request.full
                                ? DC_OK
                                : dc_store_read_past(scan->tools.store, scan->run_id,
                                                     run->source->name, arena, &past, &n_past, err);

    if (status != DC_OK) {
        return status;
    }
    planned = scan_plan_refresh(scan, run, catalog, past, n_past, arena);
    return dc_store_plan_source(scan->tools.store, scan->run_id, scan->owner, &run->record, catalog,
                                planned, kept, err);
}

bool scan_plan_source(struct dc_scan *scan, struct source_run *run,
                      const struct dc_catalog *catalog)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_err err = {0};
    enum dc_status status;
    bool kept = false;

    scan_fill_record(run);
    run->record.state = "partial";
    scan_store_enter(scan);
    do {
        status = plan_source(scan, run, catalog, arena, &kept, &err);
    } while (scan_store_retry(scan, status, &err));
    dc_arena_destroy(arena);
    return store_done(scan, status, &err) && kept;
}

void scan_fail_plan(struct dc_scan *scan, struct source_run *run)
{
    struct dc_err err = {0};
    enum dc_status status;

    scan_fill_record(run);
    run->record.state = run->closed ? "not reached" : "unreachable";
    scan_store_enter(scan);
    do {
        status = dc_store_fail_plan(scan->tools.store, scan->run_id, scan->owner, &run->record,
                                    &err);
    } while (scan_store_retry(scan, status, &err));
    store_done(scan, status, &err);
}

void scan_count_tables(struct dc_scan *scan)
{
    struct dc_store_totals totals = {0};
    struct dc_err err = {0};
    enum dc_status status;

    scan_store_enter(scan);
    do {
        status = dc_store_total(scan->tools.store, scan->run_id, &totals, &err);
    } while (scan_store_retry(scan, status, &err));
    if (store_done(scan, status, &err)) {
        pthread_mutex_lock(&scan->lock);
        scan->n_total = totals.n_tables;
        scan->n_done = totals.n_ended;
        pthread_mutex_unlock(&scan->lock);
    }
}

static enum dc_status count_source(struct dc_scan *scan, struct source_run *run, int64_t statements,
                                   double seconds, struct dc_err *err)
{
    const char *error = run->record.error == NULL ? "" : run->record.error;
    enum dc_status status;

    scan_store_enter(scan);
    do {
        status = dc_store_count_source(scan->tools.store, scan->run_id, run->source->name, error,
                                       statements, seconds, err);
    } while (scan_store_retry(scan, status, err));
    scan_store_leave(scan);
    return status;
}

void scan_count_source(struct dc_scan *scan, struct source_run *run)
{
    struct dc_err err = {0};
    int64_t statements = run->record.n_statements;

    run->record.n_statements = 0;
    if (count_source(scan, run, statements, run->record.seconds, &err) != DC_OK) {
        scan_fail(scan, &err);
    }
}

static void fill_outcome(const struct dc_scan *scan, const struct dc_store_totals *totals,
                         struct dc_scan_outcome *out)
{
    out->run_id = scan->run_id;
    out->n_sources = totals->n_sources;
    out->n_sources_failed = totals->n_failed;
    out->n_tables = totals->n_tables;
    out->n_columns = totals->n_columns;
    out->n_tables_unread = totals->n_unread;
    out->n_tables_open = totals->n_open;
    out->n_tables_carried = totals->n_carried;
    out->complete = !out->interrupted && totals->n_failed == 0 && totals->n_unread == 0 &&
                    totals->n_open == 0;
}

/* Whether a source is still waited for: cut short here, or with others. */
static bool is_left(const struct dc_scan *scan)
{
    bool left = false;

    for (size_t i = 0; i < scan->n_sources; i++) {
        left |= !scan->sources[i].drained;
    }
    return left;
}

enum dc_status scan_end_run(struct dc_scan *scan, struct dc_scan_outcome *out, struct dc_err *err)
{
    struct dc_store_totals totals = {0};
    enum dc_status status = DC_OK;

    /* Counted by whoever left last may have been before somebody else's last table. */
    for (size_t i = 0; i < scan->n_sources && status == DC_OK; i++) {
        status = count_source(scan, &scan->sources[i], 0, 0, err);
    }
    if (status != DC_OK) {
        return status;
    }
    scan_store_enter(scan);
    do {
        status = dc_store_total(scan->tools.store, scan->run_id, &totals, err);
        if (status == DC_OK) {
            fill_outcome(scan, &totals, out);
            status = totals.n_open > 0 || totals.n_unplanned > 0 || is_left(scan)
                         ? release_all(scan, err)
                         : dc_store_end_run(scan->tools.store, scan->run_id, (int64_t)time(NULL),
                                            out->complete, err);
        }
    } while (scan_store_retry(scan, status, err));
    scan_store_leave(scan);
    return status;
}
