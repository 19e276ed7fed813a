/*
 * A small inventory with everything a report has to show: three sources of which one failed, levels 1 to 4 and undecided, personal and
 * sensitive columns, candidates, unread tables and columns, and names and comments that try to break a workbook.
 */
#ifndef TESTS_DEMO_INVENTORY_H
#define TESTS_DEMO_INVENTORY_H

#include "dcscan/compare.h"
#include "mem_inventory.h"

/* The run, its leaves, candidate rules and sources; no tables. */
void demo_inventory_begin(struct mem_inventory *inventory);
/* All of it. */
void demo_inventory_fill(struct mem_inventory *inventory);
/* What changed in it since earlier runs: one of each kind, on names that try to break a workbook. Static. */
const struct dc_changes *demo_changes(void);

#endif
