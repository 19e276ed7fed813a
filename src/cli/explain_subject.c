/* What the column's table is about, and why: asked of the classifier again, with what the store holds of the table. */
#include <stdlib.h>
#include <string.h>

#include "explain_print.h"

/* ---- the table, as it was stored ---- */

struct stored {
    struct dc_catalog *catalog;
    struct dc_table *table;
    struct dc_profile *profiles;
    size_t capacity, wanted; /* wanted: index of the column */
    bool profiled;
    const char *source;
};

static void begin_table(struct stored *stored, const struct dc_inventory_table *table)
{
    dc_catalog_destroy(stored->catalog);
    stored->catalog = dc_catalog_create();
    stored->table = dc_catalog_add_table(stored->catalog, table->catalog, table->schema,
                                         table->name, table->comment, table->kind);
    stored->table->rows_estimated = table->rows_estimated;
    stored->profiled = false;
}

static void take_profile(struct explained *explained, struct stored *stored,
                         const struct dc_inventory_column *column)
{
    const struct dc_taxonomy *taxonomy = explained->taxonomy;
    struct dc_rule_count *counts = dc_arena_alloc(explained->arena,
                                                  (taxonomy->n_value_rules + 1) * sizeof *counts);
    size_t n = stored->table->n_columns;

    for (size_t i = 0; i < column->detail.n_tallies; i++) {
        int index = dc_taxonomy_value_rule(taxonomy, column->detail.tallies[i].rule);

        if (index != DC_NO_INDEX) {
            counts[index] = column->detail.tallies[i].count;
        }
    }
    stored->profiles = dc_array_grow(stored->profiles, n, &stored->capacity,
                                     sizeof *stored->profiles);
    stored->profiles[n] = column->profile;
    stored->profiles[n].tags = dc_arena_strdup(explained->arena, column->detail.tags);
    stored->profiles[n].rules = counts;
    stored->profiles[n].n_rules = taxonomy->n_value_rules;
    stored->profiled |= column->detail.profiled;
}

static void take_column(struct stored *stored, const struct dc_inventory_column *column)
{
    struct dc_arena *arena = stored->catalog->arena;
    const struct dc_column_detail *detail = &column->detail;
    struct dc_column *own = dc_table_add_column(stored->catalog, stored->table, column->name,
                                                column->comment, column->type_name, column->type);

    own->length = detail->length;
    own->scale = detail->scale;
    own->ordinal = column->ordinal;
    own->nullable = column->nullable;
    own->primary_key = column->primary_key;
    own->auto_increment = detail->auto_increment;
    own->ref_schema = dc_arena_strdup(arena, detail->ref_schema);
    own->ref_table = dc_arena_strdup(arena, detail->ref_table);
    own->ref_column = dc_arena_strdup(arena, detail->ref_column);
}

/* All columns of the table in which the place-th column of the run stands. */
static enum dc_status read_table(struct explained *explained, int64_t place, struct stored *stored,
                                 struct dc_err *err)
{
    struct dc_inventory_reader *reader = explained->reader;
    const struct dc_inventory_table *table = NULL;
    const struct dc_inventory_column *column = NULL;
    enum dc_status status = reader->class_->rewind(reader, err);
    bool found = false;

    for (int64_t at = 0; status == DC_OK && !found;) {
        status = reader->class_->next_table(reader, &table, err);
        if (status != DC_OK || table == NULL) {
            return status;
        }
        begin_table(stored, table);
        stored->source = dc_arena_strdup(explained->arena, table->source);
        while ((status = reader->class_->next_column(reader, &column, err)) == DC_OK &&
               column != NULL) {
            if (at++ == place) {
                found = true;
                stored->wanted = stored->table->n_columns;
            }
            take_profile(explained, stored, column);
            take_column(stored, column);
        }
    }
    return status;
}

/* ---- its source ---- */

static enum dc_status read_source(struct explained *explained, const char *name,
                                  struct dc_source *source, struct dc_err *err)
{
    struct dc_inventory_reader *reader = explained->reader;
    const struct dc_run_source *stored = NULL;
    enum dc_status status = reader->class_->rewind(reader, err);

    while (status == DC_OK &&
           (status = reader->class_->next_source(reader, &stored, err)) == DC_OK &&
           stored != NULL) {
        if (strcmp(stored->name, name) == 0) {
            source->name = dc_arena_strdup(explained->arena, stored->name);
            for (size_t i = 0; i < DC_N_ABOUT; i++) {
                source->about[i] = dc_arena_strdup(explained->arena, stored->about[i]);
            }
            return DC_OK;
        }
    }
    return status;
}

enum dc_status explain_subject(struct explained *explained, const struct dc_classifier *classifier,
                               int64_t place, struct dc_err *err)
{
    struct stored stored = {.catalog = NULL};
    struct dc_source source = {.name = ""};
    enum dc_status status = read_table(explained, place, &stored, err);

    if (status == DC_OK && stored.table != NULL) {
        status = read_source(explained, stored.source, &source, err);
    }
    if (status == DC_OK && stored.table != NULL) {
        struct dc_table_context context = {.source = &source,
                                           .catalog = stored.catalog,
                                           .table = stored.table,
                                           .profiles = stored.profiled ? stored.profiles : NULL};

        dc_classify_explain_subject(classifier, &context, stored.wanted, explained->arena,
                                    &explained->subject);
    }
    free(stored.profiles);
    dc_catalog_destroy(stored.catalog);
    return status;
}
