/*
 * The loop: sources → tables → samples → findings → store. Workers are threads; a worker owns one connection at a time and fetches
 * and classifies in place, so raw values never pass between threads.
 */
#ifndef DCSCAN_SCAN_H
#define DCSCAN_SCAN_H

#include "dcscan/classify.h"
#include "dcscan/connect.h"
#include "dcscan/detect.h"
#include "dcscan/inventory.h"
#include "dcscan/log.h"
#include "dcscan/status.h"
#include "dcscan/store.h"
#include "dcscan/taxonomy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Everything a scan decides by; all outlive the scan. */
struct dc_scan_tools {
    const struct dc_taxonomy *taxonomy;
    const struct dc_value_matcher *matcher;
    const struct dc_classifier *classifier;
    const struct dc_dialects *dialects;
    struct dc_store *store; /* NULL only when dry */
};

enum dc_scan_event_kind {
    DC_SCAN_SOURCE_OPENED, /* `total` tables are planned */
    DC_SCAN_SOURCE_FAILED, /* could not be opened, listed, or was lost; `err` tells */
    DC_SCAN_TABLE_DONE,    /* `err` is set when it could not be read */
    DC_SCAN_SOURCE_DONE,
    /* `text`: a sampling statement in full before it is sent; dry: as planned, and without `table` those of session and catalogue */
    DC_SCAN_STATEMENT,
    DC_SCAN_WARNING /* `text` */
};

struct dc_scan_event {
    enum dc_scan_event_kind kind;
    const char *source;
    const struct dc_table *table;      /* TABLE_DONE, STATEMENT; else NULL */
    const struct dc_sample_info *info; /* TABLE_DONE */
    const struct dc_err *err;
    const char *text;    /* STATEMENT, WARNING */
    int64_t done, total; /* tables of the whole run so far */
};

/* Called by one worker at a time; may call dc_scan_cancel. */
typedef void dc_scan_event_fn(void *user, const struct dc_scan_event *event);

/* The minute of the day (0 to 1439). Called from any worker. */
typedef int32_t dc_scan_minute_fn(void *user);

struct dc_scan_request {
    const struct dc_source *sources;
    size_t n_sources;
    int64_t jobs; /* worker threads; 0: one a source, at most the number of processors */
    uint64_t seed;
    bool dry; /* catalogue and plan only: nothing is sampled, nothing stored */
    dc_scan_event_fn *on_event;
    void *user;
    /*
     * 0: a new run. Else the run to go on with: resumed when nobody works on it, with `join` beside those who do. Its sources must be among
     * `sources`, set as they were; its seed holds.
     */
    int64_t run_id;
    bool join;
    /*
     * What an earlier run found of a table that has not changed since is carried over, unless it was read before `sampled_since` (UTC), or
     * `full`. For what is planned already by others it is too late.
     */
    bool full;
    int64_t sampled_since;
    const char *label; /* of a new run, so that others can join it by that; or NULL */
    int64_t
        lease_seconds; /* after so long what a process held that died is free for others; 0: 60 */
    dc_scan_minute_fn *minute_of_day; /* for time windows; NULL: the machine's local time */
};

struct dc_scan_outcome {
    int64_t run_id;
    int64_t n_sources, n_sources_failed; /* failed: not one table could be listed */
    int64_t n_sources_closed; /* of the failed: outside their time windows, not even opened */
    int64_t n_tables, n_tables_unread, n_columns;
    int64_t
        n_tables_left; /* of the unread: a budget of their source was used up, or its window closed */
    int64_t n_tables_carried; /* not read: what an earlier run found holds */
    int64_t n_tables_open;    /* not ended: interrupted, or others are still at them */
    bool interrupted;
    bool complete; /* everything in scope was read */
};

struct dc_scan;
struct dc_scan *dc_scan_create(const struct dc_scan_tools *tools,
                               const struct dc_scan_request *request);
void dc_scan_destroy(struct dc_scan *scan);
/*
 * Runs to the end. A source or table that fails is a result, not an error; DC_ERR_* is returned only when the run itself cannot go on
 * (the store fails). Call once.
 */
enum dc_status dc_scan_run(struct dc_scan *scan, struct dc_scan_outcome *out, struct dc_err *err);
/* Ends the run soon: cancels what runs at the sources. May be called from any thread while dc_scan_run is under way. */
void dc_scan_cancel(struct dc_scan *scan);

#ifdef __cplusplus
}
#endif
#endif
