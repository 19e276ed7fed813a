/* The catalogue: tables and columns in growing arrays, texts in an arena. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/catalog.h"

struct dc_catalog *dc_catalog_create(void)
{
    struct dc_catalog *catalog = dc_alloc(1, sizeof *catalog);

    catalog->arena = dc_arena_create(0);
    return catalog;
}

void dc_catalog_destroy(struct dc_catalog *catalog)
{
    if (catalog == NULL) {
        return;
    }
    for (size_t i = 0; i < catalog->n_tables; i++) {
        free(catalog->tables[i].columns);
    }
    free(catalog->tables);
    dc_arena_destroy(catalog->arena);
    free(catalog);
}

static const char *keep(struct dc_catalog *catalog, const char *text)
{
    return text == NULL || text[0] == '\0' ? "" : dc_arena_strdup(catalog->arena, text);
}

struct dc_table *dc_catalog_add_table(struct dc_catalog *catalog, const char *catalog_name,
                                      const char *schema, const char *name, const char *comment,
                                      enum dc_table_kind kind)
{
    struct dc_table *table;

    catalog->tables = dc_array_grow(catalog->tables, catalog->n_tables, &catalog->tables_capacity,
                                    sizeof *catalog->tables);
    table = &catalog->tables[catalog->n_tables++];
    *table = (struct dc_table){
        .catalog = keep(catalog, catalog_name),
        .schema = keep(catalog, schema),
        .name = keep(catalog, name),
        .comment = keep(catalog, comment),
        .kind = kind,
        .rows_estimated = -1,
        .pages = -1,
    };
    return table;
}

struct dc_column *dc_table_add_column(struct dc_catalog *catalog, struct dc_table *table,
                                      const char *name, const char *comment, const char *type_name,
                                      enum dc_type_class type)
{
    struct dc_column *column;

    table->columns = dc_array_grow(table->columns, table->n_columns, &table->columns_capacity,
                                   sizeof *table->columns);
    column = &table->columns[table->n_columns++];
    *column = (struct dc_column){
        .name = keep(catalog, name),
        .comment = keep(catalog, comment),
        .type_name = keep(catalog, type_name),
        .type = type,
        .length = -1,
        .scale = -1,
        .ordinal = (int32_t)table->n_columns,
        .nullable = true,
    };
    return column;
}

static int compare_names(const struct dc_table *table, const char *catalog, const char *schema,
                         const char *name)
{
    int order = strcmp(table->catalog, catalog);

    if (order == 0) {
        order = strcmp(table->schema, schema);
    }
    return order != 0 ? order : strcmp(table->name, name);
}

static int compare_tables(const void *left, const void *right)
{
    const struct dc_table *other = right;

    return compare_names(left, other->catalog, other->schema, other->name);
}

static int compare_columns(const void *left, const void *right)
{
    const struct dc_column *a = left, *b = right;

    if (a->ordinal != b->ordinal) {
        return a->ordinal < b->ordinal ? -1 : 1;
    }
    return strcmp(a->name, b->name);
}

void dc_catalog_finish(struct dc_catalog *catalog)
{
    if (catalog->n_tables > 0) {
        qsort(catalog->tables, catalog->n_tables, sizeof *catalog->tables, compare_tables);
    }
    for (size_t i = 0; i < catalog->n_tables; i++) {
        struct dc_table *table = &catalog->tables[i];

        if (table->n_columns > 0) {
            qsort(table->columns, table->n_columns, sizeof *table->columns, compare_columns);
        }
    }
}

struct dc_table *dc_catalog_find(const struct dc_catalog *catalog, const char *catalog_name,
                                 const char *schema, const char *table)
{
    size_t low = 0, high = catalog->n_tables;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_names(&catalog->tables[middle],
                                  catalog_name == NULL ? "" : catalog_name,
                                  schema == NULL ? "" : schema, table);

        if (order == 0) {
            return &catalog->tables[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

struct dc_column *dc_table_find_column(const struct dc_table *table, const char *name)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return &table->columns[i];
        }
    }
    return NULL;
}

size_t dc_catalog_count_columns(const struct dc_catalog *catalog)
{
    size_t n = 0;

    for (size_t i = 0; i < catalog->n_tables; i++) {
        n += catalog->tables[i].n_columns;
    }
    return n;
}
