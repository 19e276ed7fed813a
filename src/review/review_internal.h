/*
 * Private to src/review, in the order of an import: entries.c rows of the workbook; resolve.c what they decide, by the run they were made from;
 * conflicts.c what speaks against them; import.c the whole.
 */
#ifndef REVIEW_INTERNAL_H
#define REVIEW_INTERNAL_H

#include "dcscan/review.h"

/* A row that somebody filled. */
struct entry {
    const char *where;
    struct dc_decision decision; /* key first; the rest when it is resolved */
    const char *leaf_text;       /* as filled, trimmed; "" where empty */
    const char *level_text, *reason, *reviewer;
    bool resolved;               /* the run has such a column */
    bool dropped;                /* unchanged, merged into another, or left out */
    bool checked;                /* against a newer run */
    bool conflict, contradicted; /* contradicted: by another row of the workbook */
};

struct import {
    const struct dc_review_tools *tools;
    const struct dc_review_request *request;
    struct dc_review_result *result;
    struct dc_arena *arena; /* the result's */
    struct entry *entries;
    size_t n_entries, entries_capacity;
    struct entry **sorted;          /* by key, then as they came */
    int64_t newest_seen;            /* batch in the store when it was checked */
    int64_t watermark;              /* newest batch when the workbook was written */
    const struct dc_decision **log; /* all decisions so far, by key, then id */
    size_t n_log;
};

void review_complain(struct import *import, enum dc_review_problem_kind kind,
                     const struct entry *entry, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The first of the sorted entries about the same column as `key`, and how many there are. */
struct entry **review_find(const struct import *import, const struct dc_decision *key, size_t *n);

/* The decisions about the same column, by id, and how many there are. */
const struct dc_decision **review_find_log(const struct import *import,
                                           const struct dc_decision *key, size_t *n);

/* entries.c */
enum dc_status review_read_entries(struct import *import, struct dc_err *err);
/* resolve.c */
enum dc_status review_resolve(struct import *import, struct dc_err *err);
bool review_same_verdict(const struct dc_decision *a, const struct dc_decision *b);
/* conflicts.c */
enum dc_status review_check(struct import *import, struct dc_err *err);

/* Calls of a run's tables (column NULL) and columns. */
typedef void review_visit_fn(struct import *import, const struct dc_inventory_table *table,
                             const struct dc_inventory_column *column, void *user);
enum dc_status review_walk(struct import *import, struct dc_inventory_reader *reader,
                           review_visit_fn *visit, void *user, struct dc_err *err);

#endif
