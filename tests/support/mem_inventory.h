/*
 * An inventory in memory: what a run found, made in a test, read through the contract of include/dcscan/inventory.h.
 *
 * Everything that is added has "" for texts and -1 for unknown counts; the caller fills what it needs through the pointers handed out,
 * which stay valid until destroy. Texts are not copied.
 */
#ifndef TESTS_MEM_INVENTORY_H
#define TESTS_MEM_INVENTORY_H

#include "dcscan/alloc.h"
#include "dcscan/inventory.h"

struct mem_inventory;
struct mem_inventory *mem_inventory_create(void);
void mem_inventory_destroy(struct mem_inventory *inventory);
struct dc_arena *mem_inventory_arena(struct mem_inventory *inventory);

struct dc_run *mem_inventory_run(struct mem_inventory *inventory);
struct dc_run_source *mem_inventory_add_source(struct mem_inventory *inventory, const char *name);
void mem_inventory_add_leaf(struct mem_inventory *inventory, const struct dc_leaf_text *leaf);
void mem_inventory_add_candidate(struct mem_inventory *inventory,
                                 const struct dc_candidate_text *candidate);
struct dc_inventory_table *mem_inventory_add_table(struct mem_inventory *inventory,
                                                   const char *source, const char *schema,
                                                   const char *name);
/* To the table added last. Read (DC_COLUMN_OK) unless told otherwise. */
struct dc_inventory_column *mem_inventory_add_column(struct mem_inventory *inventory,
                                                     const char *name, const char *leaf, int level);
void mem_inventory_add_evidence(struct mem_inventory *inventory, struct dc_inventory_column *column,
                                const struct dc_evidence *evidence);
/* Lets a candidate rule fire on a column. */
void mem_inventory_add_important(struct mem_inventory *inventory,
                                 struct dc_inventory_column *column, const char *id);

/* Hands the tables out `times` times over: a large inventory in the memory of a small one. */
void mem_inventory_repeat(struct mem_inventory *inventory, int64_t times);
/* Reading fails with DC_ERR_READ from the n-th column on (0: never). */
void mem_inventory_fail_at_column(struct mem_inventory *inventory, int64_t n);

/* The reader; owned by the inventory, of which there is one. */
struct dc_inventory_reader *mem_inventory_reader(struct mem_inventory *inventory);

#endif
