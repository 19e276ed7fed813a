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
    bool read;           /* its verdict rests on a sample */
    const char *decided; /* the level that a person decided, or ""; static */
    int64_t rows, nulls, distinct;
    double length_mean;
    bool paired;
};

struct compared_table {
    const char *source, *catalog, *schema, *name, *comment, *leaf;
    enum dc_table_kind kind;
    int64_t rows_estimated;
    int level; /* 0: not read, or nothing in it was decided */
    const char
        *decided; /* what a person said of the table as a whole: a level; "": nothing; static */
    enum dc_pi pi;
    struct compared_column *columns;
    size_t n_columns, capacity;
};

/* Tables that only one of the runs has, until it is known which of them were renamed. */
struct compared_tables {
    struct compared_table *items;
    size_t n, capacity;
};

struct comparison {
    struct dc_arena *arena;
    struct dc_changes *changes;
    struct dc_arena *kept; /* of the tables below */
    struct compared_tables gone, come;
};

/* `column` NULL: of the table itself. Texts are copied. */
void compare_add(struct comparison *comparison, enum dc_change_kind kind,
                 const struct compared_table *table, const struct compared_column *column,
                 const char *before, const char *after);
/* The level of a column, or with NULL of the table. */
void compare_level(struct comparison *comparison, const struct compared_table *table,
                   const struct compared_column *column, int before, int after);
/* What is told of a table that both have, under whatever names: volume, level, columns. */
void compare_table(struct comparison *comparison, struct compared_table *older,
                   struct compared_table *newer);
/* compare_tables.c */
/* Keeps a copy of a table that only one run has. */
void compare_keep(struct comparison *comparison, struct compared_tables *tables,
                  const struct compared_table *table);
/* Tells of all that were kept: as renamed, else as gone and new. */
void compare_kept(struct comparison *comparison);
/* compare_columns.c */
/* Whether what was counted of two columns is that of one. */
bool compare_is_near(const struct compared_column *a, const struct compared_column *b);
/* Candidate rules on all columns of a table that is new or gone. */
void compare_all_important(struct comparison *comparison, const struct compared_table *table,
                           bool gone);
void compare_columns(struct comparison *comparison, struct compared_table *older,
                     struct compared_table *newer);

#endif
