/*
 * How often a scan is right: its verdicts against labelled columns. Pure arithmetic on what is handed in; the definitions are those of
 * the evaluation's score.py, to the last digit.
 *
 * A column is right in its leaf when the leaf is the label's category or one of its alternates; right in its level when the level is the
 * label's or one of level_alt; under-graded when it lies below every accepted level. A labelled column that the result lacks is wrong
 * everywhere.
 */
#ifndef DCSCAN_EVAL_H
#define DCSCAN_EVAL_H

#include "dcscan/alloc.h"
#include "dcscan/inventory.h"
#include "dcscan/status.h"
#include "dcscan/yaml.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bits of what a label accepts as the mark of personal information. */
enum { DC_EVAL_PI_NONE = 1, DC_EVAL_PI_PERSONAL = 2, DC_EVAL_PI_SENSITIVE = 4 };

/* What is accepted for one column. */
struct dc_eval_label {
    const char *source; /* as written; compared in lower case */
    const char *key;    /* hash in place of the names, or "" */
    const char *schema, *table, *column;
    const char *category;
    struct dc_texts leaves; /* the category and its alternates */
    uint32_t levels;        /* bit n: level n is accepted */
    uint32_t pi;
    bool important;
};

/* A growing list; the texts belong to the arena. */
struct dc_eval_labels {
    struct dc_arena *arena;
    struct dc_eval_label *items;
    size_t n_items, capacity;
};

void dc_eval_labels_init(struct dc_eval_labels *labels, struct dc_arena *arena);
void dc_eval_labels_done(struct dc_eval_labels *labels);
/*
 * Appends the labels of a CSV file: corpus, schema, table, column (or key: the first 24 hex digits of SHA-256 over
 * "corpus|schema|table|column" in lower case), category, alternates, level, level_alt, pi, important; alternatives separated by "|".
 * DC_ERR_CONFIG with file:line for what is no label.
 */
enum dc_status dc_eval_labels_read(struct dc_eval_labels *labels, const char *path,
                                   struct dc_err *err);

/* What a scan said of one column. */
struct dc_eval_row {
    const char *source, *schema, *table, *column;
    const char *category; /* "" when none was said */
    bool has_level, has_confidence, important;
    int level;
    double confidence;
    const char *pi; /* "none", "personal", "sensitive" */
};

/* Verdicts by name; the last of one name counts. */
struct dc_eval_results;
struct dc_eval_results *dc_eval_results_create(void);
void dc_eval_results_destroy(struct dc_eval_results *results);
/* Copies the row. */
void dc_eval_results_add(struct dc_eval_results *results, const struct dc_eval_row *row);
/* Adds every line of a JSON Lines report. DC_ERR_CONFIG with file:line for a line that is no object. */
enum dc_status dc_eval_results_read(struct dc_eval_results *results, const char *path,
                                    struct dc_err *err);
/* Adds every column of a stored run, as its JSON Lines report would say it. */
enum dc_status dc_eval_results_read_run(struct dc_eval_results *results,
                                        struct dc_inventory_reader *reader, struct dc_err *err);

/* Shares are of 0…1, NaN where there is nothing to divide by. */
enum dc_eval_figure {
    DC_EVAL_COLUMNS, /* a count */
    DC_EVAL_MISSING, /* a count: labelled, not in the result */
    DC_EVAL_LEAF,
    DC_EVAL_BUSINESS_LEAF, /* without the columns labelled Z */
    DC_EVAL_CLASS,
    DC_EVAL_LEVEL,
    DC_EVAL_UNDER,
    DC_EVAL_OVER,
    DC_EVAL_REVIEW,      /* left to a person as Z1-04 */
    DC_EVAL_HIGH_RECALL, /* of levels 3 and 4 */
    DC_EVAL_PI_RECALL,
    DC_EVAL_PI_PRECISION,
    DC_EVAL_SENSITIVE_RECALL,
    DC_EVAL_IMPORTANT_RECALL,
    DC_EVAL_IMPORTANT_PRECISION,
    DC_EVAL_CALIBRATION, /* mean distance of confidence from the share that is right, over ten bins */
    DC_EVAL_MACRO_LEAF, /* mean over classes */
    DC_EVAL_N_FIGURES
};

const char *dc_eval_figure_name(enum dc_eval_figure figure); /* "leaf_accuracy" … */
/* The figure of that name, or of a name that it begins with and no other ("leaf"); DC_EVAL_N_FIGURES when there is none. */
enum dc_eval_figure dc_eval_figure_parse(const char *name);
bool dc_eval_figure_is_count(enum dc_eval_figure figure);

/* The figures of one source, or of all. */
struct dc_eval_group {
    const char *name;
    double figures[DC_EVAL_N_FIGURES];
};

/* The columns of one class of labels, 'A' … 'Z'. */
struct dc_eval_class {
    const char *name;
    int64_t n, right, class_right, level_right;
};

/* label → said, and how often. */
struct dc_eval_confusion {
    const char *label, *said; /* said "-": nothing */
    int64_t n;
};

struct dc_eval_bin {
    int64_t n, right;
    double confidence; /* sum of what was said */
};

struct dc_eval_miss {
    const struct dc_eval_label *label;
    const struct dc_eval_row *row; /* NULL: not in the result */
};

#define DC_EVAL_N_BINS 10

/* Everything there is to tell; lives as long as labels and results do. */
struct dc_eval_report {
    struct dc_arena *arena;
    struct dc_eval_group *groups; /* by source in order of the labels, then all as "ALL" */
    size_t n_groups;
    struct dc_eval_class *classes; /* by name */
    size_t n_classes;
    struct dc_eval_confusion *confusions; /* wrong leaves, commonest first */
    size_t n_confusions;
    struct dc_eval_confusion *class_confusions; /* wrong classes, commonest first */
    size_t n_class_confusions;
    struct dc_eval_bin bins[DC_EVAL_N_BINS]; /* bin i: confidence from i / 10 */
    struct dc_eval_miss *misses;             /* wrong leaves in order of the labels */
    size_t n_misses;
};

struct dc_eval_report *dc_eval_report_create(const struct dc_eval_labels *labels,
                                             struct dc_eval_results *results);
void dc_eval_report_destroy(struct dc_eval_report *report);
/* The figures over all labels. */
const struct dc_eval_group *dc_eval_report_all(const struct dc_eval_report *report);

#ifdef __cplusplus
}
#endif
#endif
