/* Fields of the roll-up (就高从严): the highest level in force of a table, a schema and a source, and what decides it. */
#include "layout.h"

#define TABLE(name, kind, fn)  FIELD_FILL("table." name, kind, SCOPE_TABLE, fn)
#define SOURCE(name, kind, fn) FIELD_FILL("source." name, kind, SCOPE_SOURCE, fn)
#define SCHEMA(name, kind, fn) FIELD_FILL("rollup." name, kind, SCOPE_ROLLUP, fn)

static void set_code(struct dc_cell *cell, enum dc_final_level level)
{
    if (level != DC_FINAL_NONE) {
        report_set_text(cell, dc_final_level_name(level));
    }
}

static void set_decider(const struct report_row *row, struct dc_cell *cell,
                        const struct dc_rollup_entry *entry)
{
    if (entry != NULL && entry->level != DC_FINAL_NONE) {
        report_set_text(cell, dc_rollup_decider(entry, row->layout->scratch));
    }
}

/* ---- of a table ---- */

static void proposed_column(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_inventory_table *table = row->table;

    if (table->status == DC_COLUMN_OK) {
        report_set_text(cell, table->proposed_column != NULL ? table->proposed_column
                                                             : table->finding.level_column);
    }
}

static void in_force_code(const struct report_row *row, struct dc_cell *cell)
{
    set_code(cell, dc_table_in_force(row->table));
}

static void in_force_column(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, dc_table_in_force_column(row->table));
}

/* ---- of the schema and the source of a table ---- */

static const struct dc_rollup_entry *schema_of(const struct report_row *row)
{
    return dc_rollup_schema(&row->layout->tally->rollup, row->table);
}

static void schema_code(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_rollup_entry *entry = schema_of(row);

    set_code(cell, entry == NULL ? DC_FINAL_NONE : entry->level);
}

static void schema_decider(const struct report_row *row, struct dc_cell *cell)
{
    set_decider(row, cell, schema_of(row));
}

static const struct dc_rollup_entry *source_of(const struct report_row *row)
{
    return dc_rollup_source(&row->layout->tally->rollup, row->source->source.name);
}

static void source_code(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_rollup_entry *entry = source_of(row);

    set_code(cell, entry == NULL ? DC_FINAL_NONE : entry->level);
}

static void source_decider(const struct report_row *row, struct dc_cell *cell)
{
    set_decider(row, cell, source_of(row));
}

/* ---- a schema ---- */

static void place(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_rollup_entry *entry = row->rollup;
    bool both = entry->catalog[0] != '\0' && entry->schema[0] != '\0';

    report_set_text(cell, dc_arena_printf(row->layout->scratch, "%s%s%s", entry->catalog,
                                          both ? "." : "", entry->schema));
}

static void level(const struct report_row *row, struct dc_cell *cell)
{
    if (row->rollup->n_tables > 0) {
        report_set_final(row, cell, (int)row->rollup->level);
    }
}

const struct report_field report_fields_rollup[] = {
    TABLE("proposed_column", DC_CELL_TEXT, proposed_column),
    TABLE("in_force_code", DC_CELL_TEXT, in_force_code),
    TABLE("in_force_column", DC_CELL_TEXT, in_force_column),
    TABLE("schema_level_code", DC_CELL_TEXT, schema_code),
    TABLE("schema_decider", DC_CELL_TEXT, schema_decider),
    SOURCE("level_code", DC_CELL_TEXT, source_code),
    SOURCE("decider", DC_CELL_TEXT, source_decider),
    FIELD_TEXT("rollup.source", SCOPE_ROLLUP, struct dc_rollup_entry, source),
    SCHEMA("place", DC_CELL_TEXT, place),
    SCHEMA("level", DC_CELL_LEVEL, level),
    FIELD_TEXT("rollup.level_table", SCOPE_ROLLUP, struct dc_rollup_entry, level_table),
    FIELD_TEXT("rollup.level_column", SCOPE_ROLLUP, struct dc_rollup_entry, level_column),
    FIELD_COUNT("rollup.tables", SCOPE_ROLLUP, struct dc_rollup_entry, n_tables),
    FIELD_END,
};
