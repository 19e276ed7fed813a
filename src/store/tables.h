/* The tables of the store as data: what export, import, the check and the deletion of runs go by. */
#ifndef STORE_TABLES_H
#define STORE_TABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "dcscan/alloc.h"

enum store_kind {
    STORE_KIND_TEXT,
    STORE_KIND_INT,
    STORE_KIND_REAL,
    STORE_KIND_TIME, /* seconds since the epoch; 0: not yet */
    STORE_KIND_JSON, /* a JSON text, or "" */
    STORE_KIND_TASK, /* number of a task; 0: none */
    STORE_KIND_LEASE_TEXT, /* who holds a lease, and until when: of this moment and this store, so not exported */
    STORE_KIND_LEASE_INT,
};

struct store_column {
    const char *name;
    enum store_kind kind;
};

enum store_table_id {
    STORE_TABLE_RUN,
    STORE_TABLE_RUN_SOURCE,
    STORE_TABLE_RUN_LEAF,
    STORE_TABLE_RUN_CANDIDATE,
    STORE_TABLE_PLAN,
    STORE_TABLE_TASK,
    STORE_TABLE_FINDING,
    STORE_TABLE_DECISION_BATCH,
    STORE_TABLE_DECISION,
    STORE_TABLE_SEAT, /* connections in use: never exported */
    STORE_N_TABLES
};

#define STORE_MAX_COLUMNS 48

struct store_table {
    const char *name;
    const char *by; /* the column by which rows are fetched: the number of a run, a task, a batch */
    const char *order; /* of the rows so fetched */
    struct store_column
        columns[STORE_MAX_COLUMNS]; /* in the order of the schema; a NULL name ends them */
};

const struct store_table *store_table(enum store_table_id id);
bool store_kind_is_lease(enum store_kind kind);

/* "SELECT … FROM table WHERE by = ? ORDER BY order", of the columns that are exported. In `arena`. */
const char *store_table_select(struct dc_arena *arena, const struct store_table *table);
/* "INSERT INTO table (…) VALUES (?, …)", of all columns. */
const char *store_table_insert(struct dc_arena *arena, const struct store_table *table);

#endif
