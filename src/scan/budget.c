/*
 * What a source may still be asked for: budgets of seconds, rows and bytes over all its tables and all workers of the run, in whatever
 * process, and its time window. They are looked at before a table is begun, and what is left then bounds what the table may take: of rows to
 * the last one, of bytes to the block, of seconds to the statement. Tables that others have in hand count when they are done.
 */
#include <time.h>

#include "dcscan/text.h"
#include "scan_internal.h"

static const char seconds_spent[] = "the seconds allowed for the source were used up";
static const char rows_spent[] = "the rows allowed for the source were used up";
static const char bytes_spent[] = "the bytes allowed for the source were used up";
static const char window_closed[] = "the time window of the source had closed";

static int32_t minute_of_day(const struct dc_scan *scan)
{
    time_t now = time(NULL);
    struct tm parts;

    if (scan->request.minute_of_day != NULL) {
        return scan->request.minute_of_day(scan->request.user);
    }
    return localtime_r(&now, &parts) != NULL ? parts.tm_hour * 60 + parts.tm_min : 0;
}

bool scan_window_open(const struct dc_scan *scan, const struct source_run *run)
{
    return dc_window_contains(&run->limits.window, minute_of_day(scan));
}

static bool is_spent(int64_t used, int64_t allowed)
{
    return allowed > 0 && used >= allowed;
}

static int64_t rows_used(const struct source_run *run)
{
    return run->spent.rows > run->record.rows_read ? run->spent.rows : run->record.rows_read;
}

static int64_t bytes_used(const struct source_run *run)
{
    return run->spent.bytes > run->record.bytes_read ? run->spent.bytes : run->record.bytes_read;
}

/* The clock of a source that others began before this process joined them is theirs. */
static void take_clock(const struct dc_scan *scan, struct source_run *run)
{
    double age = run->spent.since > 0 ? (double)(time(NULL) - (time_t)run->spent.since) : 0;
    double began = dc_clock_seconds() - age;

    if (scan->request.join && age > 0 && began < run->started) {
        run->started = began;
    }
}

/* What the whole run has taken; asked only where a budget is set. */
static void ask_spent(struct dc_scan *scan, struct source_run *run)
{
    const struct dc_limits *limits = &run->limits;
    struct dc_store_spent spent = {0};

    if (limits->source_rows > 0 || limits->source_bytes > 0 || limits->source_seconds > 0) {
        scan_ask_spent(scan, run, &spent);
        pthread_mutex_lock(&scan->lock);
        run->spent = spent;
        take_clock(scan, run);
        pthread_mutex_unlock(&scan->lock);
    }
}

static int64_t left_of(int64_t allowed, int64_t used)
{
    return allowed == 0 ? 0 : allowed > used ? allowed - used : 1;
}

void scan_budget_left(struct dc_scan *scan, const struct source_run *run,
                      struct dc_sample_options *options)
{
    const struct dc_limits *limits = &run->limits;

    pthread_mutex_lock(&scan->lock);
    if (limits->source_seconds > 0) {
        double left = run->started + (double)limits->source_seconds - dc_clock_seconds();

        options->max_seconds = left < 1 ? 1 : left;
    }
    options->max_rows = left_of(limits->source_rows, rows_used(run));
    options->max_bytes = left_of(limits->source_bytes, bytes_used(run));
    pthread_mutex_unlock(&scan->lock);
}

const char *scan_budget_spent_locked(const struct dc_scan *scan, const struct source_run *run)
{
    const struct dc_limits *limits = &run->limits;

    if (limits->source_seconds > 0 &&
        dc_clock_seconds() - run->started >= (double)limits->source_seconds) {
        return seconds_spent;
    }
    if (is_spent(rows_used(run), limits->source_rows)) {
        return rows_spent;
    }
    if (is_spent(bytes_used(run), limits->source_bytes)) {
        return bytes_spent;
    }
    return scan_window_open(scan, run) ? NULL : window_closed;
}

const char *scan_budget_spent(struct dc_scan *scan, struct source_run *run)
{
    const char *reason;

    ask_spent(scan, run);
    pthread_mutex_lock(&scan->lock);
    reason = scan_budget_spent_locked(scan, run);
    pthread_mutex_unlock(&scan->lock);
    return reason;
}
