/* What the files of src/scan share. */
#ifndef DCSCAN_SRC_SCAN_INTERNAL_H
#define DCSCAN_SRC_SCAN_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "dcscan/scan.h"

enum source_state {
    SOURCE_WAITING,  /* nobody has opened it yet */
    SOURCE_OPENING,  /* one worker opens, lists and plans it */
    SOURCE_READY,    /* its tables can be taken */
    SOURCE_FINISHED, /* nothing more is taken from it */
};

struct source_run {
    const struct dc_source *source;
    struct dc_limits limits; /* with defaults */
    enum source_state state;
    struct dc_catalog *catalog;
    size_t next_table; /* first that no worker has taken */
    int64_t n_connected;
    struct dc_run_source record;
    char *password; /* of a secret on standard input; NULL else */
    double started;
    int64_t n_unread, n_left; /* left: for want of budget */
    bool closed;              /* outside its window: never opened */
    bool told_spent;          /* the user knows that a budget is used up */
};

struct worker {
    struct dc_scan *scan;
    pthread_t thread;
    struct dc_connection *connection; /* guarded by scan->lock for cancellation */
    struct dc_profiler *profiler;
    struct dc_arena *arena; /* reset after each table */
    bool started;
};

/* `lock` guards everything but the parts of workers that only they touch; `store_lock` the store,
 * `event_lock` keeps events one at a time. */
struct dc_scan {
    struct dc_scan_tools tools;
    struct dc_scan_request request;
    struct dc_arena *arena; /* texts of the source records */
    pthread_mutex_t lock, store_lock, event_lock;
    pthread_cond_t changed;
    struct source_run *sources;
    struct worker *workers;
    size_t n_workers;
    atomic_bool cancelled;
    bool failed; /* the store failed: nothing more is started */
    struct dc_err failure;
    int64_t run_id;
    int64_t n_done, n_total, n_columns;
};

/* source_work.c: opens, lists and reads tables until the source has none left. `first`: nobody has opened it before. */
void scan_serve_source(struct worker *worker, struct source_run *run, bool first);

/* table_work.c: one table from sample to commit. DC_OK also when the table could not be read; other answers end the connection's use. */
enum dc_status scan_table(struct worker *worker, struct source_run *run,
                          const struct dc_table *table);
/* Commits a table as unreadable without asking the source; it is decided by names. */
void scan_table_unread(struct worker *worker, struct source_run *run, const struct dc_table *table,
                       const struct dc_err *why);

/*
 * Commits a table that is left out for want of budget. `reason` is a text of scan_budget_spent.
 */
void scan_table_left(struct worker *worker, struct source_run *run, const struct dc_table *table,
                     const char *reason);

/*
 * budget.c: whether a source may be asked for more. NULL: yes; else why not, a static text that words.yaml translates. The second is
 * for callers that hold the lock.
 */
const char *scan_budget_spent(struct dc_scan *scan, const struct source_run *run);
const char *scan_budget_spent_locked(const struct dc_scan *scan, const struct source_run *run);
/* Whether the window of a source that is not open yet lets it be opened now. */
bool scan_window_open(const struct dc_scan *scan, const struct source_run *run);

/* run_record.c */
enum dc_status scan_record_run(struct dc_scan *scan, struct dc_err *err);
void scan_record_connection(struct dc_scan *scan, struct source_run *run,
                            struct dc_connection *connection);
void scan_record_failure(struct dc_scan *scan, struct source_run *run, const struct dc_err *err);
void scan_put_source(struct dc_scan *scan, struct source_run *run);

/* scan.c */
bool scan_is_over(struct dc_scan *scan); /* cancelled or failed */
void scan_fail(struct dc_scan *scan, const struct dc_err *err);
/* Delivers an event, with the counters filled in. Takes `event_lock`, then `lock`. */
void scan_emit(struct dc_scan *scan, struct dc_scan_event *event);

#endif
