/*
 * What changed between two runs, and what of it asks for grading again (T/WHCSA 003-2024 4.6; GB/T 43697-2024 annex J). Pure: reads two
 * inventories through their readers, opens nothing.
 */
#ifndef DCSCAN_COMPARE_H
#define DCSCAN_COMPARE_H

#include "dcscan/alloc.h"
#include "dcscan/inventory.h"
#include "dcscan/yaml.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The share by which a table's volume has to change to count (MIIT measures art. 12). */
#define DC_VOLUME_SHARE 0.30

enum dc_change_kind {
    DC_CHANGE_TABLE_NEW,
    DC_CHANGE_TABLE_GONE,
    DC_CHANGE_TABLE_RENAMED, /* or moved to another schema; before and after are the names, with what differs of the place */
    DC_CHANGE_REVIEW_GONE, /* people decided it under a name that it no longer has; before: what they said, after: what stands now */
    DC_CHANGE_VOLUME,      /* estimated rows changed by 30 % or more */
    DC_CHANGE_COLUMN_NEW,
    DC_CHANGE_COLUMN_GONE,
    DC_CHANGE_COLUMN_RENAMED, /* before and after are the names */
    DC_CHANGE_TYPE,
    DC_CHANGE_COMMENT,
    DC_CHANGE_LEAF,
    DC_CHANGE_LEVEL_UP, /* of a column, or of a table (column "") whose highest column changed */
    DC_CHANGE_LEVEL_DOWN,
    DC_CHANGE_PERSONAL, /* none, personal, sensitive */
    DC_CHANGE_MASKING_NEW,
    DC_CHANGE_MASKING_GONE,
    DC_CHANGE_MARKS,         /* other marks */
    DC_CHANGE_IMPORTANT_NEW, /* a candidate rule fires that did not, or fires on something new */
    DC_CHANGE_IMPORTANT_GONE,
    DC_N_CHANGE_KINDS
};
const char *dc_change_kind_name(enum dc_change_kind kind); /* "new-table", "level-up" … */
/* Whether a change of this kind asks a person to grade again. */
bool dc_change_is_trigger(enum dc_change_kind kind);

/* Texts are names, types, comments, codes and counts, never values; "" where they do not apply. */
struct dc_change {
    enum dc_change_kind kind;
    const char *source, *catalog, *schema, *table, *column;
    const char *before, *after;
    /* The verdict of the newer run (of the older one on what is gone) on the column, else the table; "" and 0 where there is none. */
    const char *leaf;
    int level;
    enum dc_pi pi; /* of a table: that of its most sensitive column */
};

/* A source of either run. A run that does not have it, or could not list it, stands as 0: then nothing of it is new or gone. */
struct dc_compared_source {
    const char *name;
    int64_t older_run, newer_run;
    int64_t older_started_at; /* UTC seconds; 0 with older_run 0 */
};

struct dc_changes {
    struct dc_change *items; /* by source, catalog, schema, table, then column of the newer run */
    size_t n_items, capacity;
    size_t counts[DC_N_CHANGE_KINDS];
    struct dc_compared_source *sources; /* by name */
    size_t n_sources, sources_capacity;
    bool
        rules_changed; /* some of the runs decided by other rules, which alone can change verdicts */
};

/*
 * Compares the sources that both runs listed and adds to *changes, which is zeroed before the first call. A table that is gone and one that is
 * new are one that was renamed where columns, profiles, comment and rows fit, and neither fits another. `only`: the sources to look at;
 * NULL: all. Rewinds both readers. All texts lie in `arena`; release the lists with dc_changes_done. Verdicts are compared only where
 * both runs read the column. On failure *changes is empty and err tells.
 */
enum dc_status dc_compare_runs(struct dc_inventory_reader *older, struct dc_inventory_reader *newer,
                               const struct dc_texts *only, struct dc_arena *arena,
                               struct dc_changes *changes, struct dc_err *err);
/* Whether a run could list this source: only then can anything of it be new or gone. */
bool dc_run_source_is_listed(const struct dc_run_source *source);
/* Adds a source that nothing is compared with. */
void dc_changes_add_source(struct dc_changes *changes, const struct dc_compared_source *source);
/* Adds a change, and counts it; its texts are not copied. */
void dc_changes_add(struct dc_changes *changes, const struct dc_change *change);
/* Puts what several calls added in order; equal places stay as they came. */
void dc_changes_sort(struct dc_changes *changes);
size_t dc_changes_triggers(const struct dc_changes *changes); /* how many ask for grading again */
void dc_changes_done(struct dc_changes *changes);

#ifdef __cplusplus
}
#endif
#endif
