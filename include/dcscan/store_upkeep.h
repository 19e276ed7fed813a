/*
 * Keeping an inventory store in order: checking it, dropping old runs, taking it elsewhere. Decisions of people and their log are never
 * dropped by any of this: records of how data was handled are kept three years at least (网络数据安全管理条例, art. 12).
 */
#ifndef DCSCAN_STORE_UPKEEP_H
#define DCSCAN_STORE_UPKEEP_H

#include <stdio.h>

#include "dcscan/alloc.h"
#include "dcscan/status.h"
#include "dcscan/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As dc_store_open, but DC_ERR_CONNECT where there is none: nothing is made. */
enum dc_status dc_store_open_existing(const char *where, struct dc_store **out, struct dc_err *err);

/* ---- check ---- */

enum dc_store_severity {
    DC_STORE_NOTE,   /* harmless: a run that was not finished, a lease that ran out */
    DC_STORE_PROBLEM /* the store contradicts itself, or is damaged */
};
const char *dc_store_severity_name(enum dc_store_severity severity); /* "note", "problem" */

struct dc_store_remark {
    enum dc_store_severity severity;
    const char *
        check; /* stable word: "integrity", "orphans", "counters", "reviews", "leases", "schema", "runs" */
    int64_t n;        /* how many rows it is about */
    const char *text; /* one line */
};

struct dc_store_health {
    const char *dbms;
    int64_t version; /* of the schema; 0: no inventory is there */
    int64_t bytes;   /* that it takes in its DBMS */
    int64_t n_runs, n_tables, n_columns, n_decisions;
    struct dc_store_remark *remarks; /* in `arena` */
    size_t n_remarks, n_problems;
};

/*
 * Looks at a store without changing it; its schema is not brought up to date. What is wrong with it is a remark, not an error. DC_ERR_*
 * only when it cannot be read.
 */
enum dc_status dc_store_check(const char *where, struct dc_arena *arena,
                              struct dc_store_health *out, struct dc_err *err);

/* ---- dropping and compacting ---- */

/* A run stays as long as one of them says so. 0: says nothing; both 0: every run stays. */
struct dc_store_keep {
    int64_t runs; /* the newest so many */
    int64_t days; /* those begun in the last so many days */
};

/*
 * Drops the runs that `keep` gives up. Whatever it says these stay: of each source the newest run that read it in full and the two newest that
 * could list it (the newer is compared with the older), the newest unfinished scan, and runs in which people made decisions that are in
 * force. Findings that later runs took over unchanged go over to the oldest of those. DC_ERR_LOCKED while a run is at work.
 */
enum dc_status dc_store_drop_runs(struct dc_store *store, const struct dc_store_keep *keep,
                                  int64_t now, int64_t *n_dropped, struct dc_err *err);
/* Gives the room of what was dropped back. DC_ERR_LOCKED while a run is at work. */
enum dc_status dc_store_compact(struct dc_store *store, struct dc_err *err);
/* Bytes that the store takes in its DBMS. */
enum dc_status dc_store_size(struct dc_store *store, int64_t *bytes, struct dc_err *err);

/* ---- taking it elsewhere ---- */

#define DC_STORE_EXPORT_FORMAT 1

struct dc_store_moved {
    int64_t n_runs, n_tables, n_columns, n_decisions, n_records;
};

/*
 * Writes the store as JSON Lines, the same from every DBMS: a head, a record a row (what is empty or 0 is left out), a foot with their
 * number. `n_runs` 0: all of it; else those runs alone, without decisions, and with the findings they took over. A snapshot: what others
 * write meanwhile is not in it. The store holds no raw value, so neither does this. DC_ERR_USAGE when a run is unknown.
 */
enum dc_status dc_store_export(struct dc_store *store, const int64_t *runs, size_t n_runs,
                               FILE *out, struct dc_store_moved *moved, struct dc_err *err);
/*
 * Takes in what dc_store_export wrote, all of it or nothing. Numbers of runs, batches and decisions stay; those of tables are given anew.
 * DC_ERR_CONFIG with the line when `in` is not whole or not right, DC_ERR_USAGE when a run or decision of that number is there already,
 * DC_ERR_LOCKED while a run is at work. `name` is how messages call the input.
 */
enum dc_status dc_store_import(struct dc_store *store, FILE *in, const char *name,
                               struct dc_store_moved *moved, struct dc_err *err);

#ifdef __cplusplus
}
#endif
#endif
