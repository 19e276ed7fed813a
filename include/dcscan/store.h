/*
 * The inventory store: runs, tasks and findings over ODBC (SQLite file by default). It holds no raw value.
 *
 * A run is a set of table tasks. Each table's result is committed in one transaction, so a run that dies keeps what it finished.
 * One store handle serves one thread at a time; the caller locks.
 */
#ifndef DCSCAN_STORE_H
#define DCSCAN_STORE_H

#include "dcscan/alloc.h"
#include "dcscan/inventory.h"
#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DC_STORE_SCHEMA_VERSION 5

struct dc_store;
/*
 * `where` is a path of a SQLite file (made with mode 0600, missing folders with 0700) or "odbc:" and a DSN or connection string of SQLite or
 * PostgreSQL. Creates or migrates the schema. DC_ERR_CONFIG when it is newer than this program, DC_ERR_LOCKED when it has to be
 * migrated while a run of an older program holds it. Opening to read is never kept out by a run.
 */
enum dc_status dc_store_open(const char *where, struct dc_store **out, struct dc_err *err);
void dc_store_close(struct dc_store *store);
/* $XDG_STATE_HOME/dcscan/inventory.db, else ~/.local/state/dcscan/inventory.db; release with free(). */
char *dc_store_default_path(void);

/* What a run begins with. `run->id` is ignored. Leaves, candidates and sources are kept with the run. */
struct dc_store_start {
    const struct dc_run *run;
    const struct dc_leaf_text *leaves;
    size_t n_leaves;
    const struct dc_candidate_text *candidates;
    size_t n_candidates;
    const struct dc_run_source
        *sources; /* those who join a run find all of them, or not yet the run */
    size_t n_sources;
};
/*
 * Starts a run, in one transaction; *run_id identifies it. DC_ERR_LOCKED while another run writes into the store; the hold ends with
 * dc_store_end_run, dc_store_close or the process, however it ends.
 */
enum dc_status dc_store_begin_run(struct dc_store *store, const struct dc_store_start *start,
                                  int64_t *run_id, struct dc_err *err);
/* Records a source of the run, or replaces what was recorded. */
enum dc_status dc_store_put_source(struct dc_store *store, int64_t run_id,
                                   const struct dc_run_source *source, struct dc_err *err);
/*
 * Plans one task per table of the catalogue with its columns, in one transaction. Tables with a skip_reason are ended with it at once. Tables
 * that are planned already stay as they are.
 */
enum dc_status dc_store_plan(struct dc_store *store, int64_t run_id, const char *source,
                             const struct dc_catalog *catalog, struct dc_err *err);
/*
 * Commits a table's result and ends its task, in one transaction; a later result replaces an earlier one. Without findings all columns take
 * the table's status and reason. DC_ERR_OUTPUT when it cannot be written, DC_ERR_INTERNAL when the table was not planned.
 */
enum dc_status dc_store_commit_table(struct dc_store *store, int64_t run_id, const char *source,
                                     const struct dc_table_result *result, struct dc_err *err);

/* ---- tasks that workers share ----
 *
 * Any number of processes, on any machines that reach the store, work on one run. A task is one table. A worker leases a task, does it, and
 * commits the findings and its end in one transaction; a lease that is not renewed ends, and the task is free again. `owner` names a
 * process uniquely. Every function may be called again after a failure: what was done already is not done twice.
 */

/* The hold of a process that goes on with a run that nobody works on. DC_ERR_LOCKED while somebody does. Ends all old leases. */
enum dc_status dc_store_resume_run(struct dc_store *store, int64_t run_id, struct dc_err *err);
/* The hold of a process that joins: shared, and kept out only for the moment in which a run begins. */
enum dc_status dc_store_join_run(struct dc_store *store, struct dc_err *err);
/* The newest run that a scan began and none ended; DC_OK and *run_id 0 when there is none. */
enum dc_status dc_store_unfinished_run(struct dc_store *store, int64_t *run_id, struct dc_err *err);

/* The run of a label; DC_OK and *run_id 0 when there is none. A label is used once: dc_store_begin_run gives DC_ERR_LOCKED else. */
enum dc_status dc_store_labelled_run(struct dc_store *store, const char *label, int64_t *run_id,
                                     struct dc_err *err);

/* Sources of a run with the hash of the settings that it was begun with (dc_run_source.scope). In `arena`. */
struct dc_store_scope {
    const char *source, *scope;
};
enum dc_status dc_store_read_scopes(struct dc_store *store, int64_t run_id, struct dc_arena *arena,
                                    struct dc_store_scope **out, size_t *n_out, struct dc_err *err);

enum dc_store_plan {
    DC_PLAN_MINE,      /* to be planned by who asked */
    DC_PLAN_ELSEWHERE, /* somebody else lists it right now */
    DC_PLAN_DONE,
    DC_PLAN_FAILED /* it could not be opened */
};
enum dc_status dc_store_claim_plan(struct dc_store *store, int64_t run_id, const char *source,
                                   const char *owner, int64_t lease_seconds,
                                   enum dc_store_plan *out, struct dc_err *err);

/* A table that was read in the newest earlier run that ended and could list the source, and what it looked like then. */
struct dc_store_past {
    int64_t task_id;
    const char *catalog, *schema, *name, *fingerprint, *changes;
    int64_t rows_estimated, sampled_at;
    int64_t findings_of, carried_from; /* the task that has the findings, the run that read it */
};
/* By catalog, schema, name. In `arena`. */
enum dc_status dc_store_read_past(struct dc_store *store, int64_t run_id, const char *source,
                                  struct dc_arena *arena, struct dc_store_past **out, size_t *n_out,
                                  struct dc_err *err);

/* How a table is planned. */
struct dc_store_planned {
    const char *fingerprint; /* of what a sample of it depends on; the result adds what decided */
    const struct dc_store_past *past; /* unchanged since; NULL: it is to be read */
    bool
        holds; /* what was found holds: it is ended at once; else it is decided again from what was counted */
};
/* dc_store_put_source and dc_store_plan in one, when the claim still holds (*kept). `planned` has catalog->n_tables entries. */
enum dc_status dc_store_plan_source(struct dc_store *store, int64_t run_id, const char *owner,
                                    const struct dc_run_source *source,
                                    const struct dc_catalog *catalog,
                                    const struct dc_store_planned *planned, bool *kept,
                                    struct dc_err *err);
/* Records that the source could not be opened: nobody else tries in this run, until it is resumed. */
enum dc_status dc_store_fail_plan(struct dc_store *store, int64_t run_id, const char *owner,
                                  const struct dc_run_source *source, struct dc_err *err);

/* A connection to a source. */
struct dc_store_seat {
    int64_t run_id;
    const char *source, *owner;
    int64_t number; /* of the worker within its process */
};
/* *taken when fewer than `limit` were in use by all workers together. */
enum dc_status dc_store_take_seat(struct dc_store *store, const struct dc_store_seat *seat,
                                  int64_t limit, int64_t lease_seconds, bool *taken,
                                  struct dc_err *err);
enum dc_status dc_store_leave_seat(struct dc_store *store, const struct dc_store_seat *seat,
                                   struct dc_err *err);
/* How many connections other processes have. */
enum dc_status dc_store_other_seats(struct dc_store *store, int64_t run_id, const char *source,
                                    const char *owner, int64_t *n, struct dc_err *err);

/*
 * The next task of a source; task_id 0 when none is free. `owner` has no other in hand: one that was leased to it before, in a call whose
 * answer was lost, is given first.
 */
struct dc_store_next {
    int64_t run_id;
    const char *source;
    int64_t lease_seconds;
    int64_t task_id; /* out */
};
enum dc_status dc_store_lease_task(struct dc_store *store, const char *owner,
                                   struct dc_store_next *next, struct dc_err *err);
struct dc_store_task {
    const struct dc_table *table; /* as the catalogue described it when it was planned */
    const char *fingerprint;      /* as planned */
    int64_t basis; /* the task that holds what was counted of it; 0: it is to be read */
};
/* The table is added to `catalog`. */
enum dc_status dc_store_read_task(struct dc_store *store, int64_t task_id,
                                  struct dc_catalog *catalog, struct dc_store_task *out,
                                  struct dc_err *err);

/* What was counted of a table that has not changed since. */
struct dc_store_basis {
    struct dc_sample_info sample;
    int64_t sampled_at, carried_from;
    const struct dc_inventory_column
        *columns; /* as found by the program; no decision of people is in them */
    size_t n_columns;
};
/* In `arena`. Without columns when the basis is gone. */
enum dc_status dc_store_read_basis(struct dc_store *store, int64_t basis, struct dc_arena *arena,
                                   struct dc_store_basis *out, struct dc_err *err);
/*
 * dc_store_commit_table for a leased task. When the lease was lost nothing is written and *kept is false: somebody else does it. Leases the
 * next one in the same transaction: workers wait for one another at each.
 */
enum dc_status dc_store_commit_task(struct dc_store *store, int64_t task_id, const char *owner,
                                    const struct dc_table_result *result, bool *kept,
                                    struct dc_store_next *next, struct dc_err *err);
enum dc_status dc_store_release_task(struct dc_store *store, int64_t task_id, const char *owner,
                                     struct dc_err *err);
/* Makes all leases of the owner last `lease_seconds` from now. */
enum dc_status dc_store_renew(struct dc_store *store, int64_t run_id, const char *owner,
                              int64_t lease_seconds, struct dc_err *err);
/* Gives back all that the owner holds; "": what anybody holds. */
enum dc_status dc_store_release(struct dc_store *store, int64_t run_id, const char *owner,
                                struct dc_err *err);

/* Whether a source has still to be planned, or has tasks that are not ended, leased or not. */
enum dc_status dc_store_source_left(struct dc_store *store, int64_t run_id, const char *source,
                                    bool *left, struct dc_err *err);
enum dc_status dc_store_count_open(struct dc_store *store, int64_t run_id, const char *source,
                                   int64_t *n, struct dc_err *err);
/* What all workers of the run have taken from a source, with the tables that are done. */
struct dc_store_spent {
    int64_t rows, bytes;
    int64_t since; /* when the first table was begun, seconds since the epoch; 0: none is done */
};
enum dc_status dc_store_spent(struct dc_store *store, int64_t run_id, const char *source,
                              struct dc_store_spent *out, struct dc_err *err);
/* Adds what a worker did to the record of a source and counts its tasks anew. `error` "": keeps what stands there. */
enum dc_status dc_store_count_source(struct dc_store *store, int64_t run_id, const char *source,
                                     const char *error, int64_t n_statements, double seconds,
                                     struct dc_err *err);
struct dc_store_totals {
    int64_t n_sources, n_failed; /* failed: never planned */
    int64_t n_unplanned;         /* sources that somebody may still plan */
    int64_t n_tables, n_columns, n_unread;
    int64_t n_carried;       /* of the tables: not read, since they had not changed */
    int64_t n_open, n_ended; /* tasks */
};
enum dc_status dc_store_total(struct dc_store *store, int64_t run_id, struct dc_store_totals *out,
                              struct dc_err *err);

/* Whether the failure of the last call was the store's absence (server gone, file busy), so that waiting may help. */
bool dc_store_was_lost(struct dc_store *store, const struct dc_err *err);
/* Connects anew and takes its hold again. After a failure it may be tried again. */
enum dc_status dc_store_recover(struct dc_store *store, struct dc_err *err);

/* Records that the run ended, and gives up the hold. */
enum dc_status dc_store_end_run(struct dc_store *store, int64_t run_id, int64_t finished_at,
                                bool complete, struct dc_err *err);
/* The newest run, finished or not; DC_OK and *run_id 0 when there is none. */
enum dc_status dc_store_latest_run(struct dc_store *store, int64_t *run_id, struct dc_err *err);
/* The newest run that ended; DC_OK and *run_id 0 when there is none. */
enum dc_status dc_store_latest_ended_run(struct dc_store *store, int64_t *run_id,
                                         struct dc_err *err);
/*
 * The newest run before `run_id` that ended and could list `source`: what a scan of it is compared with. DC_OK and *out 0 when there is
 * none.
 */
enum dc_status dc_store_earlier_run(struct dc_store *store, int64_t run_id, const char *source,
                                    int64_t *out, struct dc_err *err);
/* A reader of a run; tasks that were planned but not done read as DC_COLUMN_SKIPPED with a reason. Owned by the caller. */
enum dc_status dc_store_read_run(struct dc_store *store, int64_t run_id,
                                 struct dc_inventory_reader **out, struct dc_err *err);

/* ---- decisions of people (decision.h). They are never deleted; readers of runs apply those in force. ---- */

/*
 * Adds a batch with its decisions in one transaction; ids, batch and decided_at are given here (at: batch->at). `newest_seen` is what
 * dc_store_newest_batch said before they were checked: DC_ERR_LOCKED when others have decided meanwhile. Nothing is kept on failure.
 */
enum dc_status dc_store_add_decisions(struct dc_store *store, const struct dc_decision_batch *batch,
                                      const struct dc_decision *decisions, size_t n_decisions,
                                      int64_t newest_seen, int64_t *batch_id, struct dc_err *err);
/* The id of the newest batch; 0 when there is none. */
enum dc_status dc_store_newest_batch(struct dc_store *store, int64_t *id, struct dc_err *err);
/*
 * Undoes decisions, or all of a batch (`batch_id` above 0), in one transaction: what was decided before them is in force again.
 * DC_ERR_USAGE when one is unknown or undone already.
 */
enum dc_status dc_store_undo_decisions(struct dc_store *store,
                                       const struct dc_decision_batch *batch, const int64_t *ids,
                                       size_t n_ids, int64_t batch_id, struct dc_err *err);
/* Decisions by id, all or those in force (the last of each column that is not undone), and batches by id. They live in `arena`. */
enum dc_status dc_store_read_decisions(struct dc_store *store, bool in_force,
                                       struct dc_arena *arena, const struct dc_decision **out,
                                       size_t *n, struct dc_err *err);
enum dc_status dc_store_read_batches(struct dc_store *store, struct dc_arena *arena,
                                     const struct dc_decision_batch **out, size_t *n,
                                     struct dc_err *err);

#ifdef __cplusplus
}
#endif
#endif
