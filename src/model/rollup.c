#include "dcscan/rollup.h"

#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"

/* ---- levels in force ---- */

enum dc_final_level dc_column_in_force(const struct dc_inventory_column *column)
{
    if (column->finding.status != DC_COLUMN_OK) {
        return DC_FINAL_NONE;
    }
    return column->decision != NULL && column->decision->level != DC_FINAL_NONE
               ? column->decision->level
               : (enum dc_final_level)column->finding.level;
}

enum dc_final_level dc_table_in_force(const struct dc_inventory_table *table)
{
    if (table->status != DC_COLUMN_OK) {
        return DC_FINAL_NONE;
    }
    return table->beyond > DC_FINAL_4 ? table->beyond : (enum dc_final_level)table->finding.level;
}

const char *dc_table_in_force_column(const struct dc_inventory_table *table)
{
    const char *column = table->in_force_column != NULL ? table->in_force_column
                                                        : table->finding.level_column;

    return table->status != DC_COLUMN_OK || column == NULL ? "" : column;
}

/* ---- entries ---- */

void dc_rollup_init(struct dc_rollup *rollup)
{
    *rollup = (struct dc_rollup){.arena = dc_arena_create(0)};
}

void dc_rollup_done(struct dc_rollup *rollup)
{
    free(rollup->schemas);
    free(rollup->sources);
    dc_arena_destroy(rollup->arena);
    *rollup = (struct dc_rollup){.arena = NULL};
}

static const char *keep(struct dc_rollup *rollup, const char *text)
{
    return dc_arena_strdup(rollup->arena, text == NULL ? "" : text);
}

static struct dc_rollup_entry *add_entry(struct dc_rollup *rollup, struct dc_rollup_entry **items,
                                         size_t *n, size_t *capacity,
                                         const struct dc_inventory_table *table, bool schema)
{
    struct dc_rollup_entry *entry;

    *items = dc_array_grow(*items, *n, capacity, sizeof **items);
    entry = &(*items)[(*n)++];
    *entry = (struct dc_rollup_entry){.source = keep(rollup, table->source),
                                      .catalog = schema ? keep(rollup, table->catalog) : "",
                                      .schema = schema ? keep(rollup, table->schema) : "",
                                      .level_catalog = "",
                                      .level_schema = "",
                                      .level_table = "",
                                      .level_column = ""};
    return entry;
}

static bool is_schema_of(const struct dc_rollup_entry *entry,
                         const struct dc_inventory_table *table)
{
    return strcmp(entry->schema, table->schema) == 0 &&
           strcmp(entry->catalog, table->catalog) == 0 && strcmp(entry->source, table->source) == 0;
}

/* The place of the table's schema, or n_schemas. Tables come schema by schema, so it is mostly the last one found. */
static size_t find_schema(const struct dc_rollup *rollup, const struct dc_inventory_table *table)
{
    for (size_t i = 0; i < rollup->n_schemas; i++) {
        size_t at = (rollup->last + i) % rollup->n_schemas;

        if (is_schema_of(&rollup->schemas[at], table)) {
            return at;
        }
    }
    return rollup->n_schemas;
}

static size_t find_source(const struct dc_rollup *rollup, const char *source)
{
    for (size_t i = rollup->n_sources; i > 0; i--) {
        if (strcmp(rollup->sources[i - 1].source, source) == 0) {
            return i - 1;
        }
    }
    return rollup->n_sources;
}

static void lift(struct dc_rollup *rollup, struct dc_rollup_entry *entry,
                 const struct dc_inventory_table *table)
{
    entry->n_tables += table->status == DC_COLUMN_OK;
    if (dc_table_in_force(table) > entry->level) {
        entry->level = dc_table_in_force(table);
        entry->level_catalog = keep(rollup, table->catalog);
        entry->level_schema = keep(rollup, table->schema);
        entry->level_table = keep(rollup, table->name);
        entry->level_column = keep(rollup, dc_table_in_force_column(table));
    }
}

void dc_rollup_take(struct dc_rollup *rollup, const struct dc_inventory_table *table)
{
    size_t schema = find_schema(rollup, table), source = find_source(rollup, table->source);

    if (schema == rollup->n_schemas) {
        add_entry(rollup, &rollup->schemas, &rollup->n_schemas, &rollup->schemas_capacity, table,
                  true);
    }
    if (source == rollup->n_sources) {
        add_entry(rollup, &rollup->sources, &rollup->n_sources, &rollup->sources_capacity, table,
                  false);
    }
    rollup->last = schema;
    lift(rollup, &rollup->schemas[schema], table);
    lift(rollup, &rollup->sources[source], table);
}

enum dc_status dc_rollup_read(struct dc_rollup *rollup, struct dc_inventory_reader *reader,
                              struct dc_err *err)
{
    const struct dc_inventory_table *table = NULL;
    enum dc_status status = reader->class_->rewind(reader, err);

    while (status == DC_OK && (status = reader->class_->next_table(reader, &table, err)) == DC_OK &&
           table != NULL) {
        dc_rollup_take(rollup, table);
    }
    return status;
}

const struct dc_rollup_entry *dc_rollup_source(const struct dc_rollup *rollup, const char *source)
{
    size_t at = find_source(rollup, source);

    return at == rollup->n_sources ? NULL : &rollup->sources[at];
}

const struct dc_rollup_entry *dc_rollup_schema(struct dc_rollup *rollup,
                                               const struct dc_inventory_table *table)
{
    size_t at = find_schema(rollup, table);

    if (at == rollup->n_schemas) {
        return NULL;
    }
    rollup->last = at;
    return &rollup->schemas[at];
}

const char *dc_rollup_decider(const struct dc_rollup_entry *entry, struct dc_arena *arena)
{
    const char *parts[] = {entry->level_catalog, entry->level_schema, entry->level_table,
                           entry->level_column};
    const char *text = "";

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i][0] != '\0') {
            text = dc_arena_printf(arena, "%s%s%s", text, text[0] == '\0' ? "" : ".", parts[i]);
        }
    }
    return text;
}
