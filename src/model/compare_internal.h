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
    const char *source, *catalog, *schema, *name;
    int64_t rows_estimated;
    struct compared_column *columns;
    size_t n_columns, capacity;
};

struct comparison {
    struct dc_arena *arena;
    struct dc_changes *changes;
};

void compare_add(struct comparison *comparison, enum dc_change_kind kind,
                 const struct compared_table *table, const char *column, const char *before,
                 const char *after);
/* compare_columns.c */
void compare_columns(struct comparison *comparison, struct compared_table *older,
                     struct compared_table *newer);

#endif
