/*
 * What is counted over a run in one pass, before any sheet is written. Memory: one entry a source, leaf, class and rule, one byte a table.
 */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

#include "dcscan/inventory.h"
#include "dcscan/persons.h"
#include "dcscan/report.h"
#include "dcscan/rollup.h"

#define N_LEVELS 5 /* 0: undecided */

struct report_group;

struct report_groups {
    struct report_group *items;
    size_t n_items, capacity;
};

/* A source with what was counted of it. Its texts are copies. */
struct report_source {
    struct dc_run_source source;
    int64_t by_level[N_LEVELS];
    int64_t n_personal, n_sensitive, n_important, n_review, n_columns_read;
    int highest; /* of its tables, as decided: enum dc_final_level */
    struct dc_source_persons persons;
    struct report_groups classes; /* its columns by first class */
    struct report_groups kinds;   /* its candidates for important data by leaf */
};

/* Columns that have something in common: a level, class, leaf, rule, system or plant. */
struct report_group {
    const char *code;
    const struct dc_leaf_text *leaf; /* of leaves and classes; NULL when the run does not know it */
    const struct dc_candidate_text *candidate; /* of candidate rules */
    int64_t n_columns, n_tables;
    int64_t total; /* columns over all groups of the kind, for shares */
    int64_t by_level[N_LEVELS];
    int64_t last_table; /* while counting */
    int highest; /* of its columns, as decided: enum dc_final_level; of systems and plants that of their sources */
    /* Of kinds: rows as estimated over their tables, -1 where none is known; the rules that fired, "ID01, ID02". */
    int64_t rows;
    const char *rules;
    /* Of systems and plants: their sources together, and their columns by first class. */
    int64_t n_columns_found, n_tables_found, n_personal, n_sensitive, n_important, n_review;
    struct report_groups parts;
};

/* Whether a table has columns that a sheet asks for, so that others need not be read again. */
enum report_table_flag {
    TABLE_HAS_PERSONAL = 1,
    TABLE_HAS_IMPORTANT = 2,
    TABLE_HAS_REVIEW = 4,
    TABLE_HAS_UNREAD = 8 /* columns not read although the table was */
};

struct report_tally {
    struct dc_arena *arena;
    struct dc_report_summary summary;
    struct report_source *sources;
    size_t n_sources, sources_capacity;
    size_t last_source; /* found last: tables come source by source */
    struct report_groups levels, classes, leaves, level_rules, candidates, systems, plants;
    struct dc_person_counts persons;
    struct dc_rollup rollup;    /* by tables; not counted either way before one of the passes */
    unsigned char *table_flags; /* of the tables in the reader's order */
    int64_t *table_persons;     /* of the same: different persons in it */
    int64_t *
        column_rows; /* of the same: where its first column stands among all that are handed out, from 1 */
    size_t n_tables, tables_capacity, persons_capacity, rows_capacity;
    int64_t n_handed_out; /* columns so far */
    bool counted;         /* the pass over tables and columns was made */
};

struct report_tally *report_tally_create(void);
void report_tally_destroy(struct report_tally *tally);
/* Reads the sources. */
enum dc_status report_tally_sources(struct report_tally *tally, struct dc_inventory_reader *reader,
                                    struct dc_err *err);
/* Counts tables and columns; after the sources. */
enum dc_status report_tally_count(struct report_tally *tally, struct dc_inventory_reader *reader,
                                  struct dc_err *err);
/* The roll-up alone, in a pass over the tables: for formats without counts. */
enum dc_status report_tally_rollup(struct report_tally *tally, struct dc_inventory_reader *reader,
                                   struct dc_err *err);
/* The source of that name; NULL when the run does not know it. */
struct report_source *report_tally_source(struct report_tally *tally, const char *name);

/* "L2" before "L10": the order of codes with numbers in them. */
int report_code_compare(const char *a, const char *b);
/* The group of that code, added when it is new. The code has to live as long as the groups. */
struct report_group *report_group_find(struct report_groups *groups, const char *code);
/* Whether a table or column counts as personal, important, to be reviewed. */
static inline bool report_is_personal(const struct dc_finding *finding)
{
    return finding->status == DC_COLUMN_OK && finding->pi != DC_PI_NONE;
}

#endif
