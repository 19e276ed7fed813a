/*
 * The way back: decisions that people made in a workbook, checked against the run it was written from and against what was decided and has
 * changed since, and kept in the store together or not at all.
 */
#ifndef DCSCAN_REVIEW_H
#define DCSCAN_REVIEW_H

#include "dcscan/alloc.h"
#include "dcscan/decision.h"
#include "dcscan/report.h"
#include "dcscan/status.h"
#include "dcscan/store.h"
#include "dcscan/strbuf.h"
#include "dcscan/taxonomy.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What an import needs; all stay the caller's. */
struct dc_review_tools {
    const struct dc_taxonomy *taxonomy;
    const struct dc_report_definition *definition; /* titles of the columns, words of the levels */
    struct dc_store *store;
};

/* What becomes of rows in conflict. */
enum dc_review_policy {
    DC_REVIEW_REFUSE, /* nothing is kept */
    DC_REVIEW_SKIP,   /* the other rows are kept */
    DC_REVIEW_REPLACE /* they are kept as well, as far as the workbook does not contradict itself */
};

struct dc_review_request {
    const char *path;
    const char *reviewer; /* where a row names nobody; NULL: such a row is a mistake */
    int64_t run_id;       /* 0: the run that the workbook says it is of */
    enum dc_review_policy policy;
    bool dry;                   /* everything but the keeping */
    const char *account, *host; /* for the log */
    int64_t now;                /* UTC seconds since the epoch */
};

enum dc_review_problem_kind {
    DC_REVIEW_INVALID, /* no decision can be made of the row; nothing is kept whatever the policy */
    DC_REVIEW_DISAGREE, /* two rows of the workbook decide the same column differently */
    DC_REVIEW_DECIDED,  /* somebody else has decided otherwise since the workbook was written */
    DC_REVIEW_OLDER,    /* decided otherwise from the workbook of a newer run */
    DC_REVIEW_CHANGED,  /* the column or its proposal is another in a newer run */
    DC_REVIEW_GONE,     /* a newer run of its source has no such column */
    DC_N_REVIEW_PROBLEMS
};
const char *dc_review_problem_name(enum dc_review_problem_kind kind); /* "invalid", "disagree" … */

struct dc_review_problem {
    enum dc_review_problem_kind kind;
    const char *where;  /* sheet "…", row 12 */
    const char *object; /* source.table.column, or "" */
    const char *text;
};

struct dc_review_result {
    struct dc_arena *arena;              /* of all texts below */
    int64_t run_id;                      /* of the workbook */
    int64_t newest_run;                  /* of the store */
    int64_t n_rows;                      /* of sheets that people fill in */
    int64_t n_unchanged;                 /* filled, and in force so already */
    int64_t n_skipped;                   /* in conflict, left out */
    const struct dc_decision *decisions; /* kept, or to be kept if it was not dry or refused */
    size_t n_decisions;
    struct dc_review_problem *problems;
    size_t n_problems, problems_capacity;
    int64_t batch_id; /* 0: nothing was kept */
};

/*
 * Imports a workbook. DC_OK also when nothing could be kept: `problems` tells why. DC_ERR_CONFIG for a file that is no workbook of dcscan, is
 * damaged or hostile; DC_ERR_USAGE when the run is unknown. Release the result with dc_review_result_done, also after a failure.
 */
enum dc_status dc_review_import(const struct dc_review_tools *tools,
                                const struct dc_review_request *request,
                                struct dc_review_result *out, struct dc_err *err);
void dc_review_result_done(struct dc_review_result *result);

/*
 * Decisions as an overlay of the taxonomy (section `overrides`). Important and core, and decisions about tables, stand there as comments:
 * only the store can hold them.
 */
void dc_review_export(const struct dc_decision *decisions, size_t n, struct dc_strbuf *out);

/* "source.schema.table.column", for messages. */
const char *dc_decision_object(struct dc_arena *arena, const struct dc_decision *decision);

#ifdef __cplusplus
}
#endif
#endif
