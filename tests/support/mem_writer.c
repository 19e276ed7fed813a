/* A report format in memory. */
#include "mem_writer.h"

#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"

struct mem_table {
    const struct dc_report_table *table;
    const char ***rows; /* cells by column */
    size_t n_rows, capacity;
};

struct mem_writer {
    struct dc_report_writer base;
    struct dc_arena *arena;
    struct mem_table *tables;
    size_t n_tables, capacity;
};

static enum dc_status mem_open(const struct dc_report_options *options,
                               struct dc_report_writer **out, struct dc_err *err)
{
    struct mem_writer *writer = dc_alloc(1, sizeof *writer);

    (void)options;
    (void)err;
    writer->base.class_ = &mem_writer_class;
    writer->arena = dc_arena_create(0);
    *out = &writer->base;
    return DC_OK;
}

static enum dc_status mem_begin(struct dc_report_writer *base, const struct dc_report_table *table,
                                struct dc_err *err)
{
    struct mem_writer *writer = (struct mem_writer *)base;

    (void)err;
    writer->tables = dc_array_grow(writer->tables, writer->n_tables, &writer->capacity,
                                   sizeof *writer->tables);
    writer->tables[writer->n_tables++] = (struct mem_table){.table = table};
    return DC_OK;
}

static const char *joined(struct dc_arena *arena, const struct dc_cell *cell)
{
    const char *text = "";

    for (size_t i = 0; i < cell->n_items; i++) {
        text = dc_arena_printf(arena, "%s%s%s", text, i == 0 ? "" : "|", cell->items[i]);
    }
    return text;
}

static const char *text_of(struct dc_arena *arena, const struct dc_cell *cell)
{
    switch (cell->kind) {
    case DC_CELL_INT:
    case DC_CELL_TIME:
        return dc_arena_printf(arena, "%lld", (long long)cell->integer);
    case DC_CELL_REAL:
    case DC_CELL_PERCENT:
        return dc_arena_printf(arena, "%.15g", cell->real);
    case DC_CELL_LIST:
        return joined(arena, cell);
    case DC_CELL_EMPTY:
        return "";
    default:
        return dc_arena_strdup(arena, cell->text);
    }
}

static enum dc_status mem_add_row(struct dc_report_writer *base, const struct dc_cell *cells,
                                  size_t n_cells, struct dc_err *err)
{
    struct mem_writer *writer = (struct mem_writer *)base;
    struct mem_table *table = &writer->tables[writer->n_tables - 1];
    const char **row = dc_arena_alloc(writer->arena, n_cells * sizeof *row);

    (void)err;
    for (size_t i = 0; i < n_cells; i++) {
        row[i] = text_of(writer->arena, &cells[i]);
    }
    table->rows = dc_array_grow(table->rows, table->n_rows, &table->capacity, sizeof *table->rows);
    table->rows[table->n_rows++] = row;
    return DC_OK;
}

static enum dc_status mem_commit(struct dc_report_writer *base, struct dc_err *err)
{
    (void)base;
    (void)err;
    return DC_OK;
}

static void mem_destroy(struct dc_report_writer *base)
{
    struct mem_writer *writer = (struct mem_writer *)base;

    if (writer == NULL) {
        return;
    }
    for (size_t i = 0; i < writer->n_tables; i++) {
        free(writer->tables[i].rows);
    }
    free(writer->tables);
    dc_arena_destroy(writer->arena);
    free(writer);
}

const struct dc_report_writer_class mem_writer_class = {
    .name = "memory",
    .extension = ".memory",
    .open = mem_open,
    .begin_table = mem_begin,
    .add_row = mem_add_row,
    .commit = mem_commit,
    .destroy = mem_destroy,
};

static const struct mem_table *find(const struct dc_report_writer *base, const char *id)
{
    const struct mem_writer *writer = (const struct mem_writer *)base;

    for (size_t i = 0; i < writer->n_tables; i++) {
        if (strcmp(writer->tables[i].table->id, id) == 0) {
            return &writer->tables[i];
        }
    }
    return NULL;
}

size_t mem_writer_n_tables(const struct dc_report_writer *writer)
{
    return ((const struct mem_writer *)writer)->n_tables;
}

size_t mem_writer_n_rows(const struct dc_report_writer *writer, const char *table)
{
    const struct mem_table *found = find(writer, table);

    return found == NULL ? 0 : found->n_rows;
}

const struct dc_report_table *mem_writer_table(const struct dc_report_writer *writer,
                                               const char *table)
{
    const struct mem_table *found = find(writer, table);

    return found == NULL ? NULL : found->table;
}

const char *mem_writer_cell(const struct dc_report_writer *writer, const char *table, size_t row,
                            const char *key)
{
    const struct mem_table *found = find(writer, table);

    if (found == NULL || row >= found->n_rows) {
        return NULL;
    }
    for (size_t i = 0; i < found->table->n_columns; i++) {
        if (strcmp(found->table->columns[i].key, key) == 0) {
            return found->rows[row][i];
        }
    }
    return NULL;
}
