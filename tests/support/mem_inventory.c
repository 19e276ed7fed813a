/* An inventory in memory. */
#include "mem_inventory.h"

#include <stdlib.h>
#include <string.h>

struct columns {
    struct dc_inventory_column **items;
    size_t n_items, capacity;
};

struct mem_inventory {
    struct dc_inventory_reader reader; /* first: the reader is the inventory */
    struct dc_arena *arena;
    struct dc_run run;
    struct dc_run_source **sources;
    size_t n_sources, sources_capacity;
    struct dc_inventory_table **tables;
    struct columns *columns; /* per table */
    size_t n_tables, tables_capacity, columns_capacity;
    struct dc_leaf_text *leaves;
    size_t n_leaves, leaves_capacity;
    struct dc_candidate_text *candidates;
    size_t n_candidates, candidates_capacity;
    int64_t repeat, fail_at;
    /* cursors */
    size_t next_source, next_column;
    struct dc_inventory_column
        column; /* what is spared left out, so that whoever looks at it all the same is found */
    int64_t next_table, n_read;
};

static struct mem_inventory *inventory_of(struct dc_inventory_reader *reader)
{
    return (struct mem_inventory *)reader;
}

/* ---- reading ---- */

static enum dc_status read_run(struct dc_inventory_reader *reader, const struct dc_run **out,
                               struct dc_err *err)
{
    (void)err;
    *out = &inventory_of(reader)->run;
    return DC_OK;
}

static enum dc_status rewind_all(struct dc_inventory_reader *reader, struct dc_err *err)
{
    struct mem_inventory *inventory = inventory_of(reader);

    (void)err;
    inventory->next_source = inventory->next_column = 0;
    inventory->next_table = 0;
    return DC_OK;
}

static enum dc_status read_source(struct dc_inventory_reader *reader,
                                  const struct dc_run_source **out, struct dc_err *err)
{
    struct mem_inventory *inventory = inventory_of(reader);

    (void)err;
    *out = inventory->next_source < inventory->n_sources
               ? inventory->sources[inventory->next_source++]
               : NULL;
    return DC_OK;
}

static const struct dc_leaf_text *find_leaf(struct dc_inventory_reader *reader, const char *code)
{
    struct mem_inventory *inventory = inventory_of(reader);

    for (size_t i = 0; i < inventory->n_leaves; i++) {
        if (strcmp(inventory->leaves[i].code, code) == 0) {
            return &inventory->leaves[i];
        }
    }
    return NULL;
}

static const struct dc_leaf_text *leaf_at(struct dc_inventory_reader *reader, size_t index)
{
    struct mem_inventory *inventory = inventory_of(reader);

    return index < inventory->n_leaves ? &inventory->leaves[index] : NULL;
}

static const struct dc_candidate_text *find_candidate(struct dc_inventory_reader *reader,
                                                      const char *id)
{
    struct mem_inventory *inventory = inventory_of(reader);

    for (size_t i = 0; i < inventory->n_candidates; i++) {
        if (strcmp(inventory->candidates[i].id, id) == 0) {
            return &inventory->candidates[i];
        }
    }
    return NULL;
}

static enum dc_status read_table(struct dc_inventory_reader *reader,
                                 const struct dc_inventory_table **out, struct dc_err *err)
{
    struct mem_inventory *inventory = inventory_of(reader);
    int64_t n = (int64_t)inventory->n_tables;

    (void)err;
    inventory->next_column = 0;
    if (inventory->next_table >= n * inventory->repeat) {
        *out = NULL;
        return DC_OK;
    }
    *out = inventory->tables[inventory->next_table % n];
    if (inventory->tables[inventory->next_table % n]->proposed_level == 0) {
        inventory->tables[inventory->next_table % n]->proposed_level = (*out)->finding.level;
    }
    inventory->next_table++;
    return DC_OK;
}

static void spare(struct dc_inventory_column *column, unsigned spared)
{
    if ((spared & DC_PART_EVIDENCE) != 0) {
        column->finding.evidence = NULL;
        column->finding.n_evidence = 0;
    }
    if ((spared & DC_PART_EXAMPLES) != 0) {
        memset(column->profile.examples, 0, sizeof column->profile.examples);
    }
    if ((spared & DC_PART_SHAPES) != 0) {
        memset(&column->profile.shapes, 0, sizeof column->profile.shapes);
    }
}

static enum dc_status read_column(struct dc_inventory_reader *reader,
                                  const struct dc_inventory_column **out, struct dc_err *err)
{
    struct mem_inventory *inventory = inventory_of(reader);
    size_t table = (size_t)((inventory->next_table - 1) % (int64_t)inventory->n_tables);
    const struct columns *columns = &inventory->columns[table];

    if (inventory->fail_at > 0 && ++inventory->n_read >= inventory->fail_at) {
        return dc_err_set(err, DC_ERR_READ, "could not read the store: told to fail");
    }
    *out = NULL;
    if (inventory->next_column < columns->n_items) {
        inventory->column = *columns->items[inventory->next_column++];
        spare(&inventory->column, reader->spared);
        *out = &inventory->column;
    }
    return DC_OK;
}

static void keep(struct dc_inventory_reader *reader)
{
    (void)reader; /* the inventory owns it */
}

static const struct dc_inventory_reader_class READER_CLASS = {
    .run = read_run,
    .rewind = rewind_all,
    .next_source = read_source,
    .leaf = find_leaf,
    .leaf_at = leaf_at,
    .candidate = find_candidate,
    .next_table = read_table,
    .next_column = read_column,
    .destroy = keep,
};

struct dc_inventory_reader *mem_inventory_reader(struct mem_inventory *inventory)
{
    return &inventory->reader;
}

/* ---- making ---- */

struct mem_inventory *mem_inventory_create(void)
{
    struct mem_inventory *inventory = dc_alloc(1, sizeof *inventory);

    inventory->reader.class_ = &READER_CLASS;
    inventory->arena = dc_arena_create(0);
    inventory->repeat = 1;
    inventory->run = (struct dc_run){
        .id = 1,
        .program_version = "",
        .pcre2_version = "",
        .odbc_version = "",
        .taxonomy_name = "",
        .taxonomy_version = "",
        .taxonomy_hash = "",
        .taxonomy_title_zh = "",
        .taxonomy_title_en = "",
        .host = "",
        .account = "",
        .complete = true,
    };
    return inventory;
}

void mem_inventory_destroy(struct mem_inventory *inventory)
{
    if (inventory == NULL) {
        return;
    }
    for (size_t i = 0; i < inventory->n_tables; i++) {
        free(inventory->columns[i].items);
    }
    free(inventory->columns);
    free(inventory->tables);
    free(inventory->sources);
    free(inventory->leaves);
    free(inventory->candidates);
    dc_arena_destroy(inventory->arena);
    free(inventory);
}

struct dc_arena *mem_inventory_arena(struct mem_inventory *inventory)
{
    return inventory->arena;
}

struct dc_run *mem_inventory_run(struct mem_inventory *inventory)
{
    return &inventory->run;
}

struct dc_run_source *mem_inventory_add_source(struct mem_inventory *inventory, const char *name)
{
    struct dc_run_source *source = dc_arena_alloc(inventory->arena, sizeof *source);

    *source = (struct dc_run_source){
        .name = name,
        .dbms = "",
        .dbms_version = "",
        .driver = "",
        .dialect = "",
        .login = "",
        .encoding = "",
        .state = "ok",
        .error = "",
        .read_only = "session",
    };
    for (size_t i = 0; i < DC_N_ABOUT; i++) {
        source->about[i] = "";
    }
    inventory->sources = dc_array_grow(inventory->sources, inventory->n_sources,
                                       &inventory->sources_capacity, sizeof *inventory->sources);
    inventory->sources[inventory->n_sources++] = source;
    return source;
}

void mem_inventory_add_leaf(struct mem_inventory *inventory, const struct dc_leaf_text *leaf)
{
    inventory->leaves = dc_array_grow(inventory->leaves, inventory->n_leaves,
                                      &inventory->leaves_capacity, sizeof *inventory->leaves);
    inventory->leaves[inventory->n_leaves++] = *leaf;
}

void mem_inventory_add_candidate(struct mem_inventory *inventory,
                                 const struct dc_candidate_text *candidate)
{
    inventory->candidates = dc_array_grow(inventory->candidates, inventory->n_candidates,
                                          &inventory->candidates_capacity,
                                          sizeof *inventory->candidates);
    inventory->candidates[inventory->n_candidates++] = *candidate;
}

struct dc_inventory_table *mem_inventory_add_table(struct mem_inventory *inventory,
                                                   const char *source, const char *schema,
                                                   const char *name)
{
    struct dc_inventory_table *table = dc_arena_alloc(inventory->arena, sizeof *table);

    *table = (struct dc_inventory_table){
        .id = (int64_t)inventory->n_tables + 1,
        .source = source,
        .catalog = "",
        .schema = schema,
        .name = name,
        .comment = "",
        .reason = "",
        .rows_estimated = -1,
        .sample.statement = "",
        .finding = {.subject = "",
                    .subject_name_zh = "",
                    .subject_name_en = "",
                    .level_column = "",
                    .leaf = ""},
    };
    inventory->tables = dc_array_grow(inventory->tables, inventory->n_tables,
                                      &inventory->tables_capacity, sizeof *inventory->tables);
    inventory->columns = dc_array_grow(inventory->columns, inventory->n_tables,
                                       &inventory->columns_capacity, sizeof *inventory->columns);
    inventory->columns[inventory->n_tables] = (struct columns){NULL, 0, 0};
    inventory->tables[inventory->n_tables++] = table;
    return table;
}

struct dc_inventory_column *mem_inventory_add_column(struct mem_inventory *inventory,
                                                     const char *name, const char *leaf, int level)
{
    struct dc_inventory_column *column = dc_arena_alloc(inventory->arena, sizeof *column);
    struct dc_inventory_table *table = inventory->tables[inventory->n_tables - 1];
    struct columns *columns = &inventory->columns[inventory->n_tables - 1];

    *column = (struct dc_inventory_column){
        .table = table,
        .name = name,
        .comment = "",
        .type_name = "",
        .reference = "",
        .ordinal = (int32_t)columns->n_items + 1,
        .finding = {.reason = "",
                    .leaf = leaf,
                    .runner_up = "",
                    .level = level,
                    .level_reference = level,
                    .level_reason = "L1",
                    .marks = ""},
    };
    columns->items = dc_array_grow(columns->items, columns->n_items, &columns->capacity,
                                   sizeof *columns->items);
    columns->items[columns->n_items++] = column;
    table->n_columns++;
    return column;
}

void mem_inventory_add_evidence(struct mem_inventory *inventory, struct dc_inventory_column *column,
                                const struct dc_evidence *evidence)
{
    struct dc_finding *finding = &column->finding;
    struct dc_evidence *lines = dc_arena_alloc(inventory->arena,
                                               (finding->n_evidence + 1) * sizeof *lines);

    if (finding->n_evidence > 0) {
        memcpy(lines, finding->evidence, finding->n_evidence * sizeof *lines);
    }
    lines[finding->n_evidence++] = *evidence;
    finding->evidence = lines;
}

void mem_inventory_add_important(struct mem_inventory *inventory,
                                 struct dc_inventory_column *column, const char *id)
{
    struct dc_finding *finding = &column->finding;
    const char **ids = dc_arena_alloc(inventory->arena, (finding->n_important + 1) * sizeof *ids);

    for (size_t i = 0; i < finding->n_important; i++) {
        ids[i] = finding->important[i];
    }
    ids[finding->n_important++] = id;
    finding->important = ids;
}

void mem_inventory_repeat(struct mem_inventory *inventory, int64_t times)
{
    inventory->repeat = times;
}

void mem_inventory_fail_at_column(struct mem_inventory *inventory, int64_t n)
{
    inventory->fail_at = n;
}
