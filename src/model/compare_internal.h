/* What the files of the comparison share. */
#ifndef DCSCAN_SRC_MODEL_COMPARE_INTERNAL_H
#define DCSCAN_SRC_MODEL_COMPARE_INTERNAL_H

#include "dcscan/compare.h"

/* What is remembered of a column while its table is compared. */
struct compared_column {
    const char *name, *comment, *type_name, *leaf, *marks;
    const char *const *important;
    size_t n_important;
    int32_t ordinal;
    int level;
    enum dc_pi pi;
    bool read; /* its verdict rests on a sample */
    int64_t rows, nulls, distinct;
    double length_mean;
    bool paired;
};

struct compared_table {
    const char *source, *catalog, *schema, *name, *leaf;
    int64_t rows_estimated;
    int level; /* 0: not read, or nothing in it was decided */
    enum dc_pi pi;
    struct compared_column *columns;
    size_t n_columns, capacity;
};

struct comparison {
    struct dc_arena *arena;
    struct dc_changes *changes;
};

/* `column` NULL: of the table itself. Texts are copied. */
void compare_add(struct comparison *comparison, enum dc_change_kind kind,
                 const struct compared_table *table, const struct compared_column *column,
                 const char *before, const char *after);
/* The level of a column, or with NULL of the table. */
void compare_level(struct comparison *comparison, const struct compared_table *table,
                   const struct compared_column *column, int before, int after);
/* compare_columns.c */
/* Candidate rules on all columns of a table that is new or gone. */
void compare_all_important(struct comparison *comparison, const struct compared_table *table,
                           bool gone);
void compare_columns(struct comparison *comparison, struct compared_table *older,
                     struct compared_table *newer);

#endif
