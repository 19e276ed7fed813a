/* What the tests of the store share: a folder of their own, and results to store. */
#ifndef STORE_CASE_H
#define STORE_CASE_H

#include "dcscan/store.h"

struct store_case {
    char folder[64];
    char path[512]; /* FOLDER/inventory.db, or what else dc_store_open takes */
    struct dc_store *store;
    struct dc_catalog *catalog;
    struct dc_arena *arena;
    int64_t run_id;
};

/* A folder and an open, empty store in it; asserts that it worked. */
void case_init(struct store_case *c);
/* The same in a place that is there already. */
void case_init_at(struct store_case *c, const char *where);
void case_done(struct store_case *c);
/* Closes the store and opens it again, as a later program would. */
void case_reopen(struct store_case *c);
/* A run with two leaves and a candidate rule, and source "mes" with two tables: bom (3 columns), work_order (2). */
void case_begin(struct store_case *c);
void case_begin_bare(struct store_case *c); /* a run and nothing else */
const struct dc_table *case_table(const struct store_case *c, const char *name);
/* A result for a table: findings with evidence and all, a profile for each column. */
struct dc_table_result case_result(struct store_case *c, const char *name);
void case_commit(struct store_case *c, const struct dc_table_result *result);
struct dc_inventory_reader *case_read(struct store_case *c);
/* The next table or column; NULL at the end. */
const struct dc_inventory_table *case_next_table(struct dc_inventory_reader *reader);
const struct dc_inventory_column *case_next_column(struct dc_inventory_reader *reader);

#endif
