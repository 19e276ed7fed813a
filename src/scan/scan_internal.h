/* What the files of src/scan share. */
#ifndef DCSCAN_SRC_SCAN_INTERNAL_H
#define DCSCAN_SRC_SCAN_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "dcscan/document.h"
#include "dcscan/scan.h"

#define SCAN_OWNER_SIZE 320

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
    struct dc_catalog *catalog; /* dry: its tables are taken from here, else from the store */
    size_t next_table;          /* first that no worker has taken */
    bool drained;               /* nothing is left, or it was given up */
    bool counted;               /* this process has told the user how many tables there are */
    double retry_at;            /* others have what is left, or all connections: asked again then */
    int64_t n_connected;
    struct dc_run_source record;
    const char *database; /* as the driver calls it */
    char *password;       /* of a secret on standard input; NULL else */
    const char *assumed;  /* encoding of its names that the source does not tell, or NULL */
    double started;
    struct dc_store_spent spent; /* by all workers of the run, as told last */
    int64_t n_unread, n_left;    /* left: for want of budget */
    bool closed;                 /* outside its window: never opened */
    bool told_spent;             /* the user knows that a budget is used up */
};

struct worker {
    struct dc_scan *scan;
    pthread_t thread;
    struct dc_connection *connection; /* guarded by scan->lock for cancellation */
    struct dc_profiler *profiler;
    struct dc_documents *documents;
    struct dc_tag_reader *tags;
    struct dc_arena *arena; /* reset after each table */
    size_t number;
    bool started, seated; /* seated: holds a connection of those that the source allows */
    int64_t task_id;
    int64_t next_id;                  /* leased with the end of the last; 0: none */
    int64_t lost_task;                /* at which the connection was lost last */
    char owner[SCAN_OWNER_SIZE + 24]; /* of its tasks: the process and its number */
    struct dc_catalog *catalog;       /* holds the table of the task */
    struct dc_store_task task;
    const struct source_run *traced; /* dry: whose statements are told */
};

/* `lock` guards everything but the parts of workers that only they touch; `store_lock` the store,
 * `event_lock` keeps events one at a time. */
struct dc_scan {
    struct dc_scan_tools tools;
    struct dc_scan_request request;
    struct dc_arena *arena;         /* texts of the source records */
    struct dc_decisions *decisions; /* of people so far; NULL when dry */
    const char *decisions_hash;
    pthread_mutex_t lock, store_lock, event_lock;
    pthread_cond_t changed;
    struct source_run *sources;
    size_t n_sources; /* a run that goes on reads those that it was begun with */
    uint64_t seed;
    struct worker *workers;
    size_t n_workers;
    atomic_bool cancelled;
    bool failed; /* the store failed: nothing more is started */
    struct dc_err failure;
    int64_t run_id;
    char owner[SCAN_OWNER_SIZE]; /* names this process among the workers of the run */
    const struct dc_counted_rule *counted_rules; /* the taxonomy's value rules */
    pthread_t heart;
    bool beating, ended;
    bool over;            /* joined when it had ended */
    double store_lost_at; /* 0: it is there */
    int64_t n_done, n_total, n_columns;
};

/* source_work.c: opens, lists and reads tables until the source has none left. `first`: nobody has opened it before. */
void scan_serve_source(struct worker *worker, struct source_run *run, bool first);

/* table_work.c: decides and commits the worker's table without its source, where that can be. */
bool scan_table_again(struct worker *worker, struct source_run *run, const struct dc_table *table);
/* One table from sample to commit. DC_OK also when the table could not be read; other answers end the connection's use. */
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
const char *scan_budget_spent(struct dc_scan *scan, struct source_run *run);
/* What a source has left by its budgets for the table that is begun, one at least of each; 0: it has none. */
void scan_budget_left(struct dc_scan *scan, const struct source_run *run,
                      struct dc_sample_options *options);
const char *scan_budget_spent_locked(const struct dc_scan *scan, const struct source_run *run);
/* Whether the window of a source that is not open yet lets it be opened now. */
bool scan_window_open(const struct dc_scan *scan, const struct source_run *run);

/*
 * share.c: the store between the workers of a run. Each call of the store stands between enter and leave, and is done again as long as
 * scan_store_retry answers true: it waits for a store that is away.
 */
void scan_store_enter(struct dc_scan *scan);
void scan_store_leave(struct dc_scan *scan);
bool scan_store_retry(struct dc_scan *scan, enum dc_status status, struct dc_err *err);
/* A name that no other process has. */
void scan_name_owner(struct dc_scan *scan);
/* Renews the leases of this process until the heart is stopped. */
void scan_start_heart(struct dc_scan *scan);
void scan_stop_heart(struct dc_scan *scan);
/* A connection of those that the source allows to all workers; false: none is free, or the run is over. */
bool scan_take_seat(struct worker *worker, struct source_run *run);
void scan_leave_seat(struct worker *worker, struct source_run *run);
bool scan_others_connected(struct dc_scan *scan, const struct source_run *run);
/* The next table of the source, valid until the next call; NULL: none is free. run->drained tells whether there will be one. */
const struct dc_table *scan_lease_table(struct worker *worker, struct source_run *run);
/* What is asked for when the worker's table ends. */
struct dc_store_next scan_next_of(const struct worker *worker, const struct source_run *run);
/* Gives the table that was leased last back. */
void scan_release_table(struct worker *worker);
/* Tables of the source that are not ended, those in hand too. */
void scan_ask_spent(struct dc_scan *scan, struct source_run *run, struct dc_store_spent *out);
/* The encoding that the run has for the texts of the source; "" where it has none yet. */
const char *scan_ask_encoding(struct dc_scan *scan, struct source_run *run);
int64_t scan_count_open(struct dc_scan *scan, struct source_run *run);
enum dc_store_plan scan_claim_plan(struct dc_scan *scan, struct source_run *run);
/* The source's record with the tasks; false when somebody else did it meanwhile. */
bool scan_plan_source(struct dc_scan *scan, struct source_run *run,
                      const struct dc_catalog *catalog);
void scan_fail_plan(struct dc_scan *scan, struct source_run *run);
/* Tells how many tables the run has by now. */
void scan_count_tables(struct dc_scan *scan);
/* Adds to the record of the source what this process did. */
void scan_count_source(struct dc_scan *scan, struct source_run *run);
/* Ends the run when nothing is left of it, else gives back what this process holds. */
enum dc_status scan_end_run(struct dc_scan *scan, struct dc_scan_outcome *out, struct dc_err *err);

/* decide.c: findings of a table from its profiles, or from names alone; texts in `arena`. */
void scan_decide(const struct dc_classifier *classifier, const struct dc_source *source,
                 const struct dc_decisions *decisions, struct dc_arena *arena,
                 struct dc_table_result *result);
/* Whether not even short examples of a column are kept. */
bool scan_hides_examples(const struct dc_finding *finding);
void scan_keep_nothing(struct dc_arena *arena, struct dc_table_result *result, const char *word);

/* rules.c: JSON {id of a value rule: hash of what it counts}. */
const char *scan_rules_text(const struct dc_taxonomy *taxonomy, struct dc_arena *arena);
/* The value rules in the order in which profiles count them. */
const struct dc_counted_rule *scan_counted_rules(const struct dc_taxonomy *taxonomy,
                                                 struct dc_arena *arena);
/* Of each value rule of the taxonomy, whether `text` of an earlier run counted the same. */
bool *scan_same_rules(const struct dc_taxonomy *taxonomy, const char *text, struct dc_arena *arena);

/* run_record.c */
enum dc_status scan_record_run(struct dc_scan *scan, struct dc_err *err);
/* Begins a run in the store with its sources (n = 0: put later) and the texts of the taxonomy; the versions and who runs it are filled in. */
enum dc_status scan_begin_run(const struct dc_scan_tools *tools, struct dc_arena *arena,
                              struct dc_run *run, const struct dc_run_source *sources, size_t n,
                              int64_t *run_id, struct dc_err *err);
/* refresh.c: which tables are carried over; in `arena`, an entry a table. */
struct dc_store_planned *scan_plan_refresh(const struct dc_scan *scan, const struct source_run *run,
                                           const struct dc_catalog *catalog,
                                           const struct dc_store_past *past, size_t n_past,
                                           struct dc_arena *arena);
/* Hash of what decides beside the sample: the rules, what is told of the source, what people decided. */
const char *scan_decided_by(struct dc_arena *arena, const struct dc_taxonomy *taxonomy,
                            const struct dc_source *source, const char *decisions_hash);
/* Fingerprint of a result: that of its plan or of an earlier result, with what decided it. "" where there is none. */
const char *scan_redecided(struct dc_arena *arena, const char *fingerprint, const char *decided_by);
/* What people have decided so far, which is evidence; destroy *out before the arena, in which the hash is, too. */
enum dc_status scan_read_decisions(struct dc_store *store, struct dc_arena *arena,
                                   struct dc_decisions **out, const char **hash,
                                   struct dc_err *err);

/* redecide.c */
/* A stored profile as the profiler made it; rules that are not among `same_rules` (NULL: all are) count as not tried. */
struct dc_profile scan_stored_profile(const struct dc_taxonomy *taxonomy, const bool *same_rules,
                                      struct dc_arena *arena,
                                      const struct dc_inventory_column *stored);
/* Level rule L10 by names and by what was counted; `profiles` NULL where nothing was. *word: what bears the mark. */
bool scan_secret_again(const struct dc_scan_tools *tools, const struct dc_table *table,
                       const struct dc_profile *profiles, const char **word);
/*
 * The findings of the worker's task from what was counted of its table, which has not changed since. False: it must be read. Where *word is
 * set it bears a state-secret mark, and nothing was decided.
 */
bool scan_decide_again(struct worker *worker, const struct source_run *run,
                       struct dc_table_result *result, const char **word);

/* resume.c: takes up a run that is there: its sources, its seed. */
enum dc_status scan_take_up_run(struct dc_scan *scan, struct dc_err *err);
/* Hash of what of the settings decides what is found in a source; in `arena`. */
const char *scan_scope(struct dc_arena *arena, const struct source_run *run);
/* The record's texts, with "" for what is not known: the store and the reports take no NULL. */
void scan_fill_record(struct source_run *run);
void scan_record_connection(struct dc_scan *scan, struct source_run *run,
                            struct dc_connection *connection);
void scan_record_failure(struct dc_scan *scan, struct source_run *run, const struct dc_err *err);

/* scan.c */
bool scan_is_over(struct dc_scan *scan); /* cancelled or failed */
void scan_fail(struct dc_scan *scan, const struct dc_err *err);
/* Delivers an event, with the counters filled in. Takes `event_lock`, then `lock`. */
void scan_emit(struct dc_scan *scan, struct dc_scan_event *event);

#endif
