/*
 * Private to src/connect: what is asked of a table, and how much of it. Arithmetic and text only; nothing here talks to a source.
 */
#ifndef DCSCAN_CONNECT_PLAN_H
#define DCSCAN_CONNECT_PLAN_H

#include "dcscan/connect.h"

/* A table of at most so many times the rows wanted is read whole. */
#define DC_WHOLE_FACTOR 3
/* Statistics lag behind: a whole table may turn out so many times the rows wanted before its reading is ended. */
#define DC_GUARD_FACTOR 4

/* Of a document (JSON, XML) so many times the bytes of another value are kept: its keys are of interest, not only its beginning. */
#define DC_DOCUMENT_FACTOR 16

/* The columns that are asked for. */
struct dc_selection {
    char *list;          /* as the statement names them */
    size_t *columns;     /* their places in the table */
    size_t *value_bytes; /* bytes kept of each */
    size_t n_selected;
};
/* All but binary, spatial and unreadable ones. Everything lies in the arena. */
void dc_selection_make(const struct dc_dialect *dialect, const struct dc_table *table,
                       int64_t value_bytes, struct dc_arena *arena, struct dc_selection *out);

/* The column that random keys are drawn for: a single integer primary key, else an auto-increment column; NULL: none. */
const struct dc_column *dc_plan_key(const struct dc_table *table);

/* Whether a way to sample is meant for such a table. rows: -1 unknown. */
bool dc_plan_applies(const struct dc_dialect_sampling *sampling, const struct dc_table *table,
                     int64_t rows, int64_t rows_wanted);

/* Shares of a sample by pages that is thinned at random; see plan.c. */
struct dc_shares {
    double percent;  /* of the pages, to be read */
    double fraction; /* of their rows, to be kept */
};
struct dc_shares dc_plan_shares(enum dc_sample_method method, int64_t rows, int64_t pages,
                                int64_t rows_wanted);

/* Rows a whole or head statement asks for at most. */
int64_t dc_plan_limit(const struct dc_dialect_sampling *sampling, const struct dc_table *table,
                      int64_t rows, int64_t rows_wanted);

/* What a statement is filled with. */
struct dc_fill {
    const struct dc_dialect *dialect;
    const struct dc_table *table;
    const char *columns;
    const char *key, *keys; /* key as the statement names it */
    const char *low, *high; /* a range of it, without its end */
    struct dc_shares shares;
    int64_t limit;
    uint32_t seed;
};
/* The text with its placeholders filled, in the arena; NULL when it is longer than any statement should be. */
const char *dc_plan_statement(const char *text, const struct dc_fill *fill, struct dc_arena *arena);

#endif
