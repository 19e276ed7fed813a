/*
 * What a source may still be asked for: budgets of seconds, rows and bytes over all its tables, and its time window. They are looked at
 * before a table is begun, never in the middle of one: what a table itself may take is bounded by its own limits.
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

const char *scan_budget_spent_locked(const struct dc_scan *scan, const struct source_run *run)
{
    const struct dc_limits *limits = &run->limits;

    if (limits->source_seconds > 0 &&
        dc_clock_seconds() - run->started >= (double)limits->source_seconds) {
        return seconds_spent;
    }
    if (is_spent(run->record.rows_read, limits->source_rows)) {
        return rows_spent;
    }
    if (is_spent(run->record.bytes_read, limits->source_bytes)) {
        return bytes_spent;
    }
    return scan_window_open(scan, run) ? NULL : window_closed;
}

const char *scan_budget_spent(struct dc_scan *scan, const struct source_run *run)
{
    const char *reason;

    pthread_mutex_lock(&scan->lock);
    reason = scan_budget_spent_locked(scan, run);
    pthread_mutex_unlock(&scan->lock);
    return reason;
}
