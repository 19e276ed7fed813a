/*
 * Private to src/eval. Labels (labels.c, csv.c) and verdicts (results.c, results_read.c) meet by name (names.c); tally.c counts, report.c
 * lays out what was counted.
 */
#ifndef EVAL_INTERNAL_H
#define EVAL_INTERNAL_H

#include "dcscan/eval.h"

/* ---- csv.c: RFC 4180, line ends of any kind, quoted fields over several lines ---- */

struct eval_csv {
    const char *at, *end;
    size_t line;     /* of the next record, from 1 */
    size_t began_at; /* line of the record handed out last */
    struct dc_arena *arena;
};

/* The next record that is not empty; false at the end. Fields are in the arena. */
bool eval_csv_next(struct eval_csv *csv, struct dc_texts *fields);

/* ---- names.c: how labels and results call the same column ---- */

/* Without blanks and quotes around it, in lower case; "" for NULL. */
const char *eval_plain_name(struct dc_arena *arena, const char *name);
/* By source, table and column, with the schema (which may be "") or, where it is NULL, whatever the schema. */
const char *eval_name_key(struct dc_arena *arena, const char *source, const char *schema,
                          const char *table, const char *column);
/* The hash that labels may carry in place of names. */
const char *eval_hash_key(struct dc_arena *arena, const char *source, const char *schema,
                          const char *table, const char *column);

/* ---- results.c ---- */

/* The verdict on a labelled column, or NULL. */
const struct dc_eval_row *eval_find(struct dc_eval_results *results,
                                    const struct dc_eval_label *label);

/* ---- tally.c ---- */

struct eval_tally {
    int64_t columns, missing, leaf, business, business_right, class_, level, under, over, review;
    int64_t high, high_found, pi, pi_found, pi_said, pi_right, sensitive, sensitive_found;
    int64_t important, important_said, important_both;
    struct dc_eval_bin bins[DC_EVAL_N_BINS];
    int bin_order[DC_EVAL_N_BINS]; /* in order of first use, in which they are added up */
    int n_bins;
    struct dc_eval_class *classes; /* in order of first use */
    size_t n_classes, classes_capacity;
};

bool eval_leaf_right(const struct dc_eval_label *label, const struct dc_eval_row *row);
bool eval_class_right(const struct dc_eval_label *label, const struct dc_eval_row *row);
/* The first character of a code, in the arena; "" of "". */
const char *eval_class_of(struct dc_arena *arena, const char *code);
void eval_tally_add(struct eval_tally *tally, struct dc_arena *arena,
                    const struct dc_eval_label *label, const struct dc_eval_row *row);
void eval_tally_done(struct eval_tally *tally);
void eval_tally_figures(const struct eval_tally *tally, double figures[DC_EVAL_N_FIGURES]);

#endif
