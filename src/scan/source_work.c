/* A worker at a source: open, list, plan, then table after table. */
#include <string.h>
#include <time.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "scan_internal.h"

/* A source that keeps breaking connections is left alone after this many tries in a row, two a table. */
#define MAX_RECONNECTS 5
/* Seconds until a source is looked at again: that others have wholly, or that would not let one more in. */
#define PAUSE_FOR_OTHERS    0.2
#define PAUSE_AFTER_FAILURE 2
#define PAUSE_FOR_SOURCE    (500 * 1000 * 1000) /* nanoseconds */

/* The connection is published under the lock, so that dc_scan_cancel can reach it. */
static void publish_connection(struct worker *worker, struct dc_connection *connection)
{
    pthread_mutex_lock(&worker->scan->lock);
    worker->connection = connection;
    pthread_mutex_unlock(&worker->scan->lock);
}

static void tell_user(struct worker *worker, const struct source_run *run, const char *text)
{
    scan_emit(worker->scan, &(struct dc_scan_event){.kind = DC_SCAN_WARNING,
                                                    .source = run->source->name,
                                                    .text = text});
}

/*
 * A password on standard input can be read only once, so the first connection keeps it for the others of its source; any other secret
 * is read anew each time and not kept.
 */
static enum dc_status open_with_secret(struct dc_scan *scan, struct source_run *run,
                                       struct dc_connection **out, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (run->source->secret.kind != DC_SECRET_STDIN) {
        return dc_connection_open(run->source, scan->tools.dialects, out, err);
    }
    pthread_mutex_lock(&scan->lock);
    if (run->password == NULL) {
        const char *ignored = NULL;

        status = dc_secret_read(run->source, &run->password, &ignored, err);
    }
    pthread_mutex_unlock(&scan->lock);
    return status != DC_OK
               ? status
               : dc_connection_open_as(run->source, run->password, scan->tools.dialects, out, err);
}

static enum dc_status open_connection(struct worker *worker, struct source_run *run,
                                      struct dc_err *err)
{
    struct dc_connection *connection = NULL;
    enum dc_status status = open_with_secret(worker->scan, run, &connection, err);

    if (status == DC_OK && run->assumed != NULL) {
        status = dc_connection_assume(connection, run->assumed, err);
    }
    if (status == DC_OK) {
        publish_connection(worker, connection);
    } else {
        dc_connection_close(connection);
    }
    return status;
}

/* Names or comments in an encoding that the source does not tell: its other connections are to know. */
static void note_encoding(struct worker *worker, struct source_run *run)
{
    bool names = false;
    const char *encoding = dc_connection_assumed(worker->connection, &names);

    if (encoding != NULL) {
        run->assumed = names ? encoding : NULL;
        /* Kept with the run, for those who join it or go on with it. */
        run->record.encoding = names ? encoding : run->record.encoding;
        tell_user(worker, run,
                  dc_arena_printf(worker->arena,
                                  "names or comments are no UTF-8 and were read as "
                                  "%s: \"encoding: %s\" of the source would say so",
                                  encoding, encoding));
    }
}

/* The encoding of names as whoever listed them found it. */
static void take_encoding(struct dc_scan *scan, struct source_run *run)
{
    const char *encoding = run->source->encoding == NULL ? scan_ask_encoding(scan, run) : "";

    if (encoding[0] != '\0' && strcmp(encoding, "UTF-8") != 0) {
        run->assumed = run->record.encoding = encoding;
    }
}

/* What the user should know though the connection serves. */
static void pass_on_warning(struct worker *worker, const struct source_run *run)
{
    const char *warning = dc_connection_warning(worker->connection);

    if (warning != NULL) {
        tell_user(worker, run, warning);
    }
}

/*
 * A login that can write is told of, and refused where the source requires one that cannot. Asked once a source, by its first
 * connection.
 */
static enum dc_status check_login(struct worker *worker, const struct source_run *run,
                                  struct dc_err *err)
{
    struct dc_login_rights rights;
    enum dc_status status = dc_connection_rights(worker->connection, worker->arena, &rights, err);

    if (status == DC_OK && run->source->require_read_only) {
        status = dc_connection_require_read_only(worker->connection, &rights, err);
    } else if (status == DC_OK && rights.can_write == DC_WRITE_YES) {
        tell_user(worker, run,
                  dc_arena_printf(
                      worker->arena,
                      "the login can write (%s); dcscan does not, but a login that may SELECT "
                      "only is safer",
                      rights.writes));
    }
    dc_arena_reset(worker->arena);
    return status;
}

static void close_connection(struct worker *worker, struct source_run *run)
{
    struct dc_connection *connection = worker->connection;

    publish_connection(worker, NULL);
    if (connection != NULL) {
        pthread_mutex_lock(&worker->scan->lock);
        run->record.n_statements += dc_connection_n_statements(connection);
        pthread_mutex_unlock(&worker->scan->lock);
        dc_connection_close(connection);
    }
}

static void make_ready(struct dc_scan *scan, struct source_run *run)
{
    pthread_mutex_lock(&scan->lock);
    run->state = SOURCE_READY;
    pthread_cond_broadcast(&scan->changed);
    pthread_mutex_unlock(&scan->lock);
    scan_emit(scan,
              &(struct dc_scan_event){.kind = DC_SCAN_SOURCE_OPENED, .source = run->source->name});
}

/* A dry run tells of all that it asks of the source before the first table, too. */
static void tell_sent(void *user, const char *statement)
{
    const struct worker *worker = user;

    scan_emit(worker->scan, &(struct dc_scan_event){.kind = DC_SCAN_STATEMENT,
                                                    .source = worker->traced->source->name,
                                                    .text = statement});
}

/* A server that went away may be back soon: its tables are not given up before that is tried for a while. */
static enum dc_status open_again(struct worker *worker, struct source_run *run, struct dc_err *err)
{
    double begun = dc_clock_seconds();
    bool told = false;
    enum dc_status status;

    while ((status = open_connection(worker, run, err)) != DC_OK && !scan_is_over(worker->scan) &&
           scan_budget_spent(worker->scan, run) == NULL &&
           dc_clock_seconds() - begun < (double)run->limits.reconnect_seconds) {
        if (!told) {
            tell_user(worker, run,
                      dc_arena_printf(
                          worker->arena,
                          "the connection was lost; waiting for the source, %lld s at most: %s",
                          (long long)run->limits.reconnect_seconds, err->message));
            told = true;
        }
        memset(err, 0, sizeof *err);
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_FOR_SOURCE}, NULL);
    }
    return status;
}

/* What is asked of a source before its tables: who may do what, and what there is. */
static enum dc_status read_catalog(struct worker *worker, struct source_run *run,
                                   struct dc_catalog **out, struct dc_err *err)
{
    struct dc_scan *scan = worker->scan;
    enum dc_status status;

    if (scan->request.dry) {
        worker->traced = run;
        dc_connection_trace(worker->connection, tell_sent, worker);
    }
    scan_record_connection(scan, run, worker->connection);
    pass_on_warning(worker, run);
    status = check_login(worker, run, err);
    return status == DC_OK ? dc_connection_list(worker->connection, out, err) : status;
}

static void tell_lost_listing(struct worker *worker, const struct source_run *run,
                              const struct dc_err *err)
{
    tell_user(worker, run,
              dc_arena_printf(worker->arena,
                              "the connection was lost while tables were listed; trying "
                              "again: %s",
                              err->message));
}

/* The same; a server that goes away meanwhile is waited for, and asked from the start. */
static enum dc_status read_catalog_patiently(struct worker *worker, struct source_run *run,
                                             struct dc_catalog **out, struct dc_err *err)
{
    enum dc_status status = open_connection(worker, run, err);

    if (status == DC_OK) {
        status = read_catalog(worker, run, out, err);
    }
    for (int i = 0; i < MAX_RECONNECTS && status == DC_ERR_LOST && worker->connection != NULL &&
                    !scan_is_over(worker->scan);
         i++) {
        tell_lost_listing(worker, run, err);
        memset(err, 0, sizeof *err);
        close_connection(worker, run);
        dc_arena_reset(worker->arena);
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_FOR_SOURCE}, NULL);
        status = open_again(worker, run, err);
        if (status == DC_OK) {
            status = read_catalog(worker, run, out, err);
        }
    }
    return status;
}

/* Lists the tables and plans their tasks; they can be taken from then on. */
static enum dc_status open_source(struct worker *worker, struct source_run *run, struct dc_err *err)
{
    struct dc_scan *scan = worker->scan;
    struct dc_catalog *catalog = NULL;
    enum dc_status status = read_catalog_patiently(worker, run, &catalog, err);

    if (status != DC_OK) {
        return status;
    }
    note_encoding(worker, run);
    if (scan->request.dry) {
        pthread_mutex_lock(&scan->lock);
        run->catalog = catalog;
        scan->n_total += (int64_t)catalog->n_tables;
        scan->n_columns += (int64_t)dc_catalog_count_columns(catalog);
        pthread_mutex_unlock(&scan->lock);
    } else {
        scan_plan_source(scan, run, catalog);
        dc_catalog_destroy(catalog);
        scan_count_tables(scan);
    }
    make_ready(scan, run);
    return DC_OK;
}

static const struct dc_table *take_listed(struct dc_scan *scan, struct source_run *run)
{
    const struct dc_table *table = NULL;

    pthread_mutex_lock(&scan->lock);
    if (run->next_table < run->catalog->n_tables) {
        table = &run->catalog->tables[run->next_table++];
    } else {
        run->drained = true;
    }
    pthread_mutex_unlock(&scan->lock);
    return table;
}

static const struct dc_table *take_table(struct worker *worker, struct source_run *run)
{
    if (scan_is_over(worker->scan)) {
        return NULL;
    }
    return worker->scan->request.dry ? take_listed(worker->scan, run)
                                     : scan_lease_table(worker, run);
}

/* The source asks for rest between tables; an interrupt ends it early. */
static void rest(struct dc_scan *scan, const struct source_run *run)
{
    double until = dc_clock_seconds() + (double)run->limits.pause_milliseconds / 1000.0;

    while (dc_clock_seconds() < until && !scan_is_over(scan)) {
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000 * 1000}, NULL);
    }
}

/* Whether other workers still read this source. */
static bool is_last_connection(struct dc_scan *scan, struct source_run *run)
{
    bool last;

    pthread_mutex_lock(&scan->lock);
    last = run->n_connected == 1;
    pthread_mutex_unlock(&scan->lock);
    return last;
}

/* Once a source: that it is not read to its end, and why. */
static void tell_spent(struct worker *worker, struct source_run *run, const char *reason)
{
    struct dc_scan *scan = worker->scan;
    bool told;

    pthread_mutex_lock(&scan->lock);
    told = run->told_spent;
    run->told_spent = true;
    pthread_mutex_unlock(&scan->lock);
    if (!told) {
        tell_user(worker, run,
                  dc_arena_printf(worker->arena, "%s: %lld tables not scanned", reason,
                                  (long long)scan_count_open(scan, run)));
    }
}

/*
 * Nobody can read what is left: each table says so, so that "not looked at" never looks like "nothing found". Where others still read the
 * source, what is left is theirs.
 */
static void give_up(struct worker *worker, struct source_run *run, const struct dc_table *table,
                    const struct dc_err *why)
{
    struct dc_scan *scan = worker->scan;

    scan_record_failure(scan, run, why);
    scan_emit(scan, &(struct dc_scan_event){
                        .kind = DC_SCAN_SOURCE_FAILED, .source = run->source->name, .err = why});
    if (scan_others_connected(scan, run)) {
        scan_release_table(worker);
        pthread_mutex_lock(&scan->lock);
        run->drained = true;
        pthread_mutex_unlock(&scan->lock);
        return;
    }
    do {
        if (!scan_table_again(worker, run, table)) {
            scan_table_unread(worker, run, table, why);
        }
    } while ((table = take_table(worker, run)) != NULL);
}

/* A table that the source's budget no longer lets in is left, and says so. */
static bool is_left(struct worker *worker, struct source_run *run, const struct dc_table *table)
{
    const char *reason = worker->scan->request.dry ? NULL : scan_budget_spent(worker->scan, run);

    if (reason != NULL) {
        tell_spent(worker, run, reason);
        scan_table_left(worker, run, table, reason);
    }
    return reason != NULL;
}

static void postpone(struct dc_scan *scan, struct source_run *run, double seconds)
{
    pthread_mutex_lock(&scan->lock);
    run->retry_at = dc_clock_seconds() + seconds;
    pthread_mutex_unlock(&scan->lock);
}

/* Connects where there is no connection. When that fails others of this process may still go on, else the source is given up. */
static bool connect_for(struct worker *worker, struct source_run *run, const struct dc_table *table,
                        int n_lost)
{
    struct dc_err err = {0};

    if (worker->connection != NULL) {
        return true;
    }
    if (n_lost > MAX_RECONNECTS) {
        dc_err_set(&err, DC_ERR_LOST, "could not go on: the connection was lost %d times in a row",
                   n_lost);
    } else if ((n_lost > 0 ? open_again : open_connection)(worker, run, &err) == DC_OK) {
        return true;
    }
    if (scan_is_over(worker->scan)) {
        return false;
    }
    if (is_last_connection(worker->scan, run)) {
        give_up(worker, run, table, &err);
    } else {
        scan_release_table(worker);
        postpone(worker->scan, run, PAUSE_AFTER_FAILURE);
    }
    return false;
}

static void read_tables(struct worker *worker, struct source_run *run)
{
    const struct dc_table *table;
    int n_lost = 0;

    while ((table = take_table(worker, run)) != NULL) {
        if (scan_table_again(worker, run, table) || is_left(worker, run, table)) {
            continue;
        }
        if (!connect_for(worker, run, table, n_lost)) {
            return;
        }
        if (scan_table(worker, run, table) == DC_ERR_LOST) {
            close_connection(worker, run);
            n_lost++;
        } else {
            n_lost = 0;
            rest(worker->scan, run);
        }
    }
}

/* The last worker of this process to leave closes the books of the source. */
static void leave_source(struct worker *worker, struct source_run *run)
{
    struct dc_scan *scan = worker->scan;
    bool finished;

    pthread_mutex_lock(&scan->lock);
    run->n_connected--;
    finished = run->n_connected == 0 &&
               (run->drained || scan->failed || atomic_load(&scan->cancelled));
    if (finished) {
        run->state = SOURCE_FINISHED;
        run->record.seconds = dc_clock_seconds() - run->started;
    }
    pthread_cond_broadcast(&scan->changed);
    pthread_mutex_unlock(&scan->lock);
    if (finished && !scan->request.dry) {
        scan_count_source(scan, run);
    }
    if (finished) {
        scan_emit(scan, &(struct dc_scan_event){.kind = DC_SCAN_SOURCE_DONE,
                                                .source = run->source->name});
    }
}

/* Nothing more comes of it in this process. */
static void abandon(struct worker *worker, struct source_run *run, enum dc_store_plan plan)
{
    struct dc_scan *scan = worker->scan;

    if (!scan->request.dry && plan == DC_PLAN_MINE) {
        scan_fail_plan(scan, run);
    }
    pthread_mutex_lock(&scan->lock);
    run->drained = true;
    pthread_mutex_unlock(&scan->lock);
}

/* Outside its window a source is left in peace: not a connection is opened. */
static void pass_by(struct worker *worker, struct source_run *run, enum dc_store_plan plan)
{
    char window[DC_WINDOW_TEXT_SIZE];

    run->closed = true;
    run->record.error = "outside the time window of the source";
    tell_user(worker, run,
              dc_arena_printf(worker->arena, "not reached: outside its time window %s",
                              dc_window_text(&run->limits.window, window)));
    abandon(worker, run, plan);
}

static bool open_planned(struct worker *worker, struct source_run *run)
{
    struct dc_err err = {0};

    if (open_source(worker, run, &err) == DC_OK) {
        return true;
    }
    if (!scan_is_over(worker->scan)) {
        scan_record_failure(worker->scan, run, &err);
        scan_emit(worker->scan, &(struct dc_scan_event){.kind = DC_SCAN_SOURCE_FAILED,
                                                        .source = run->source->name,
                                                        .err = &err});
        abandon(worker, run, DC_PLAN_MINE);
    }
    return false;
}

/* The first of this process at a source: lists and plans it, unless that is done. True when its tables can be taken. */
static bool begin_source(struct worker *worker, struct source_run *run)
{
    struct dc_scan *scan = worker->scan;
    enum dc_store_plan plan = scan->request.dry ? DC_PLAN_MINE : scan_claim_plan(scan, run);

    run->started = dc_clock_seconds();
    if (plan == DC_PLAN_ELSEWHERE) {
        postpone(scan, run, PAUSE_FOR_OTHERS);
        run->state = SOURCE_WAITING;
        return false;
    }
    if (plan == DC_PLAN_FAILED || !scan_window_open(scan, run)) {
        if (plan == DC_PLAN_FAILED) {
            abandon(worker, run, plan);
        } else {
            pass_by(worker, run, plan);
        }
        return false;
    }
    if (plan == DC_PLAN_MINE) {
        return open_planned(worker, run);
    }
    take_encoding(scan, run);
    scan_count_tables(scan);
    make_ready(scan, run);
    return true;
}

void scan_serve_source(struct worker *worker, struct source_run *run, bool first)
{
    struct dc_scan *scan = worker->scan;

    if (!scan->request.dry && !scan_take_seat(worker, run)) {
        postpone(scan, run, PAUSE_FOR_OTHERS);
        pthread_mutex_lock(&scan->lock);
        run->state = first ? SOURCE_WAITING : run->state;
        pthread_mutex_unlock(&scan->lock);
    } else if (!first || begin_source(worker, run)) {
        read_tables(worker, run);
    }
    close_connection(worker, run);
    scan_leave_seat(worker, run);
    leave_source(worker, run);
}
