/*
 * Roll-up (就高从严, T/WHCSA 003-2024 3.4): the highest level in force of a schema and of a source, with the column that decides it. Pure.
 */
#ifndef DCSCAN_ROLLUP_H
#define DCSCAN_ROLLUP_H

#include "dcscan/inventory.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A schema, or a source with "" for catalog and schema. Of several columns as high, the first in the order of the reader decides. */
struct dc_rollup_entry {
    const char *source, *catalog, *schema;
    enum dc_final_level level; /* DC_FINAL_NONE: no table of it was decided */
    /* "" where nothing was decided; `column` also where a person spoke of the table as a whole. */
    const char *level_catalog, *level_schema, *level_table, *level_column;
    int64_t n_tables; /* that were read */
};

struct dc_rollup {
    struct dc_arena *arena;
    struct dc_rollup_entry *schemas, *sources; /* in the order of the reader */
    size_t n_schemas, n_sources, schemas_capacity, sources_capacity;
    size_t last; /* schema found last */
};

void dc_rollup_init(struct dc_rollup *rollup);
void dc_rollup_done(struct dc_rollup *rollup);
void dc_rollup_take(struct dc_rollup *rollup, const struct dc_inventory_table *table);
/* All tables of a run; rewinds the reader. */
enum dc_status dc_rollup_read(struct dc_rollup *rollup, struct dc_inventory_reader *reader,
                              struct dc_err *err);
/* NULL where no table of it was taken. */
const struct dc_rollup_entry *dc_rollup_source(const struct dc_rollup *rollup, const char *source);
const struct dc_rollup_entry *dc_rollup_schema(struct dc_rollup *rollup,
                                               const struct dc_inventory_table *table);
/* "schema.table.column" that decides, in `arena`; "" where nothing was decided. */
const char *dc_rollup_decider(const struct dc_rollup_entry *entry, struct dc_arena *arena);

#ifdef __cplusplus
}
#endif
#endif
