/* A worker at a source: open, list, plan, then table after table. */
#include <time.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "scan_internal.h"

/* A source that keeps breaking connections is left alone after this many tries in a row. */
#define MAX_RECONNECTS 2

/* The connection is published under the lock, so that dc_scan_cancel can reach it. */
static void publish_connection(struct worker *worker, struct dc_connection *connection)
{
    pthread_mutex_lock(&worker->scan->lock);
    worker->connection = connection;
    pthread_mutex_unlock(&worker->scan->lock);
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

    if (status == DC_OK) {
        publish_connection(worker, connection);
    }
    return status;
}

/* What the user should know though the connection serves. */
static void pass_on_warning(struct worker *worker, const struct source_run *run)
{
    const char *warning = dc_connection_warning(worker->connection);

    if (warning != NULL) {
        scan_emit(worker->scan, &(struct dc_scan_event){.kind = DC_SCAN_WARNING,
                                                        .source = run->source->name,
                                                        .text = warning});
    }
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

/* Lists the tables and plans their tasks; they can be taken from then on. */
static enum dc_status open_source(struct worker *worker, struct source_run *run, struct dc_err *err)
{
    struct dc_scan *scan = worker->scan;
    struct dc_catalog *catalog = NULL;
    enum dc_status status = open_connection(worker, run, err);

    if (status == DC_OK) {
        scan_record_connection(scan, run, worker->connection);
        pass_on_warning(worker, run);
        status = dc_connection_list(worker->connection, &catalog, err);
    }
    if (status != DC_OK) {
        return status;
    }
    if (!scan->request.dry) {
        pthread_mutex_lock(&scan->store_lock);
        status = dc_store_plan(scan->tools.store, scan->run_id, run->source->name, catalog, err);
        pthread_mutex_unlock(&scan->store_lock);
    }
    if (status != DC_OK) {
        dc_catalog_destroy(catalog);
        scan_fail(scan, err);
        return status;
    }
    pthread_mutex_lock(&scan->lock);
    run->catalog = catalog;
    run->record.n_tables = (int64_t)catalog->n_tables;
    run->record.n_columns = (int64_t)dc_catalog_count_columns(catalog);
    scan->n_total += run->record.n_tables;
    scan->n_columns += run->record.n_columns;
    run->state = SOURCE_READY;
    pthread_cond_broadcast(&scan->changed);
    pthread_mutex_unlock(&scan->lock);
    scan_emit(scan,
              &(struct dc_scan_event){.kind = DC_SCAN_SOURCE_OPENED, .source = run->source->name});
    return DC_OK;
}

static const struct dc_table *take_table(struct dc_scan *scan, struct source_run *run)
{
    const struct dc_table *table = NULL;

    if (scan_is_over(scan)) {
        return NULL;
    }
    pthread_mutex_lock(&scan->lock);
    if (run->next_table < run->catalog->n_tables) {
        table = &run->catalog->tables[run->next_table++];
    }
    pthread_mutex_unlock(&scan->lock);
    return table;
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
    size_t n_left;

    pthread_mutex_lock(&scan->lock);
    told = run->told_spent;
    run->told_spent = true;
    n_left = run->catalog->n_tables - run->next_table + 1; /* the one in hand too */
    pthread_mutex_unlock(&scan->lock);
    if (!told) {
        scan_emit(scan, &(struct dc_scan_event){
                            .kind = DC_SCAN_WARNING,
                            .source = run->source->name,
                            .text = dc_arena_printf(worker->arena, "%s: %zu tables not scanned",
                                                    reason, n_left)});
    }
}

/* Nobody can read what is left: each table says so, so that "not looked at" never looks like "nothing found". */
static void give_up(struct worker *worker, struct source_run *run, const struct dc_err *why)
{
    const struct dc_table *table;

    scan_record_failure(worker->scan, run, why);
    scan_emit(worker->scan, &(struct dc_scan_event){.kind = DC_SCAN_SOURCE_FAILED,
                                                    .source = run->source->name,
                                                    .err = why});
    while ((table = take_table(worker->scan, run)) != NULL) {
        scan_table_unread(worker, run, table, why);
    }
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

static void read_tables(struct worker *worker, struct source_run *run)
{
    const struct dc_table *table;
    int n_lost = 0;

    while ((table = take_table(worker->scan, run)) != NULL) {
        struct dc_err err = {0};

        if (is_left(worker, run, table)) {
            continue;
        }
        if (scan_table(worker, run, table) != DC_ERR_LOST) {
            n_lost = 0;
            rest(worker->scan, run);
            continue;
        }
        close_connection(worker, run);
        if (scan_budget_spent(worker->scan, run) != NULL) {
            continue; /* what is left needs no connection */
        }
        if (++n_lost > MAX_RECONNECTS) {
            dc_err_set(&err, DC_ERR_LOST,
                       "could not go on: the connection was lost %d times in a row", n_lost);
        }
        if (n_lost > MAX_RECONNECTS || open_connection(worker, run, &err) != DC_OK) {
            if (is_last_connection(worker->scan, run)) {
                give_up(worker, run, &err);
            }
            return;
        }
    }
}

/* The last worker to leave closes the books of the source. */
static void leave_source(struct worker *worker, struct source_run *run)
{
    struct dc_scan *scan = worker->scan;
    bool finished;

    pthread_mutex_lock(&scan->lock);
    run->n_connected--;
    finished = run->n_connected == 0 &&
               (run->catalog == NULL || run->next_table >= run->catalog->n_tables || scan->failed ||
                atomic_load(&scan->cancelled));
    if (finished) {
        run->state = SOURCE_FINISHED;
        run->record.seconds = dc_clock_seconds() - run->started;
    }
    pthread_cond_broadcast(&scan->changed);
    pthread_mutex_unlock(&scan->lock);
    if (finished) {
        scan_put_source(scan, run);
        scan_emit(scan, &(struct dc_scan_event){.kind = DC_SCAN_SOURCE_DONE,
                                                .source = run->source->name});
    }
}

/* Outside its window a source is left in peace: not a connection is opened. */
static void pass_by(struct worker *worker, struct source_run *run)
{
    char window[DC_WINDOW_TEXT_SIZE];

    run->closed = true;
    run->record.error = "outside the time window of the source";
    scan_emit(worker->scan,
              &(struct dc_scan_event){
                  .kind = DC_SCAN_WARNING,
                  .source = run->source->name,
                  .text = dc_arena_printf(worker->arena, "not reached: outside its time window %s",
                                          dc_window_text(&run->limits.window, window))});
    leave_source(worker, run);
}

void scan_serve_source(struct worker *worker, struct source_run *run, bool first)
{
    struct dc_scan *scan = worker->scan;
    struct dc_err err = {0};
    enum dc_status status;

    if (first) {
        run->started = dc_clock_seconds();
        if (!scan_window_open(scan, run)) {
            pass_by(worker, run);
            return;
        }
    }
    status = first ? open_source(worker, run, &err) : open_connection(worker, run, &err);
    if (status == DC_OK) {
        read_tables(worker, run);
    } else if (first && !scan_is_over(scan)) {
        scan_record_failure(scan, run, &err);
        scan_emit(scan, &(struct dc_scan_event){.kind = DC_SCAN_SOURCE_FAILED,
                                                .source = run->source->name,
                                                .err = &err});
    } else if (!first && is_last_connection(scan, run)) {
        give_up(worker, run, &err);
    }
    close_connection(worker, run);
    leave_source(worker, run);
}
