/*
 * What changed between two runs, and what of it asks for grading again (T/WHCSA 003-2024 4.6; GB/T 43697-2024 annex J). Pure: reads two
 * inventories through their readers, opens nothing.
 */
#ifndef DCSCAN_COMPARE_H
#define DCSCAN_COMPARE_H

#include "dcscan/alloc.h"
#include "dcscan/inventory.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The share by which a table's volume has to change to count (MIIT measures art. 12). */
#define DC_VOLUME_SHARE 0.30

enum dc_change_kind {
    DC_CHANGE_TABLE_NEW,
    DC_CHANGE_TABLE_GONE,
    DC_CHANGE_VOLUME, /* estimated rows changed by 30 % or more */
    DC_CHANGE_COLUMN_NEW,
    DC_CHANGE_COLUMN_GONE,
    DC_CHANGE_COLUMN_RENAMED, /* before and after are the names */
    DC_CHANGE_TYPE,
    DC_CHANGE_COMMENT,
    DC_CHANGE_LEAF,
    DC_CHANGE_LEVEL_UP,
    DC_CHANGE_LEVEL_DOWN,
    DC_CHANGE_PERSONAL, /* none, personal, sensitive */
    DC_CHANGE_MASKING_NEW,
    DC_CHANGE_MASKING_GONE,
    DC_CHANGE_MARKS, /* other marks */
    DC_CHANGE_IMPORTANT_NEW,
    DC_CHANGE_IMPORTANT_GONE,
    DC_N_CHANGE_KINDS
};
const char *dc_change_kind_name(enum dc_change_kind kind); /* "table-new", "level-up" … */
/* Whether a change of this kind asks a person to grade again. */
bool dc_change_is_trigger(enum dc_change_kind kind);

/* Texts are names, types, comments, codes and counts, never values; "" where they do not apply. */
struct dc_change {
    enum dc_change_kind kind;
    const char *source, *catalog, *schema, *table, *column;
    const char *before, *after;
};

struct dc_changes {
    struct dc_change *items; /* by source, catalog, schema, table, then column of the newer run */
    size_t n_items, capacity;
    size_t counts[DC_N_CHANGE_KINDS];
    /* Sources that only one run has, or that one run could not list: not compared, so nothing of them is new or gone. */
    size_t n_sources_apart;
};

/*
 * Compares the sources that both runs listed. Rewinds both readers. All texts lie in `arena`; release the list with dc_changes_done. Verdicts
 * are compared only where both runs read the column. On failure *out is empty and err tells.
 */
enum dc_status dc_compare_runs(struct dc_inventory_reader *older, struct dc_inventory_reader *newer,
                               struct dc_arena *arena, struct dc_changes *out, struct dc_err *err);
void dc_changes_done(struct dc_changes *changes);

#ifdef __cplusplus
}
#endif
#endif
