/* The catalogue by the dialect's own queries: one each for all tables, all columns, all references. */
#include <string.h>

#include "dcscan/strbuf.h"
#include "odbc.h"

#define MAX_SQL 65536

/* Called with each row of a result; false ends it. */
typedef void row_fn(struct odbc *odbc, struct dc_catalog *catalog, struct dc_odbc_statement *row);

static enum dc_status for_each_row(struct odbc *odbc, struct dc_catalog *catalog, const char *sql,
                                   row_fn *take, struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    struct dc_err local = {0};
    enum dc_status status = odbc_query(odbc, sql, &statement, err);
    enum dc_fetch fetch;

    if (status != DC_OK) {
        return status;
    }
    while ((fetch = dc_odbc_row(statement, &local)) == DC_FETCH_ROWS) {
        take(odbc, catalog, statement);
    }
    dc_odbc_statement_destroy(statement);
    if (fetch == DC_FETCH_ERROR && err != NULL) {
        *err = local;
    }
    return fetch == DC_FETCH_ERROR ? local.status : DC_OK;
}

/* ---- tables ---- */

static enum dc_table_kind kind_of(const char *word)
{
    switch (word[0]) {
    case 'V':
        return DC_TABLE_VIEW;
    case 'F':
        return DC_TABLE_FOREIGN;
    case 'O':
        return DC_TABLE_OTHER;
    default:
        return DC_TABLE_BASE;
    }
}

static void take_table(struct odbc *odbc, struct dc_catalog *catalog, struct dc_odbc_statement *row)
{
    struct dc_table *table = dc_catalog_add_table(catalog, odbc_cell(row, 0), odbc_cell(row, 1),
                                                  odbc_cell(row, 2), odbc_cell(row, 3),
                                                  kind_of(odbc_cell(row, 4)));

    (void)odbc;
    table->rows_estimated = dc_odbc_int(row, 5, -1);
    table->pages = dc_odbc_int(row, 6, -1);
    if (dc_odbc_text(row, 7) != NULL) {
        table->definition = dc_arena_strdup(catalog->arena, dc_odbc_text(row, 7));
    }
    if (dc_odbc_int(row, 8, 1) == 0) {
        table->skip_reason = "the login may not read it";
    }
}

/* Where a DBMS has schemas, catalogs are one: all its tables bear the same. */
static struct dc_table *table_in_schema(struct dc_catalog *catalog, struct dc_odbc_statement *row)
{
    const char *in = catalog->n_tables > 0 ? catalog->tables[0].catalog : "";

    return dc_catalog_find(catalog, in, odbc_cell(row, 0), odbc_cell(row, 1));
}

static void take_changes(struct odbc *odbc, struct dc_catalog *catalog,
                         struct dc_odbc_statement *row)
{
    struct dc_table *table = table_in_schema(catalog, row);

    (void)odbc;
    if (table != NULL) {
        table->changes = dc_arena_strdup(catalog->arena, dc_odbc_text(row, 2));
    }
}

static void take_estimate(struct odbc *odbc, struct dc_catalog *catalog,
                          struct dc_odbc_statement *row)
{
    struct dc_table *table = table_in_schema(catalog, row);

    (void)odbc;
    if (table != NULL) {
        table->rows_estimated = dc_odbc_int(row, 2, table->rows_estimated);
        table->pages = dc_odbc_int(row, 3, table->pages);
    }
}

/* ---- columns ---- */

static struct dc_table *table_of(struct dc_catalog *catalog, struct dc_odbc_statement *row)
{
    return dc_catalog_find(catalog, odbc_cell(row, 0), odbc_cell(row, 1), odbc_cell(row, 2));
}

static void take_column(struct odbc *odbc, struct dc_catalog *catalog,
                        struct dc_odbc_statement *row)
{
    struct dc_table *table = table_of(catalog, row);
    struct dc_column *column;

    (void)odbc;
    if (table == NULL) {
        return;
    }
    column = dc_table_add_column(catalog, table, odbc_cell(row, 3), odbc_cell(row, 4),
                                 odbc_cell(row, 5), DC_TYPE_UNKNOWN);
    column->length = dc_odbc_int(row, 6, -1);
    column->scale = (int32_t)dc_odbc_int(row, 7, -1);
    column->ordinal = (int32_t)dc_odbc_int(row, 8, column->ordinal);
    column->nullable = dc_odbc_int(row, 9, 1) != 0;
    column->primary_key = dc_odbc_int(row, 10, 0) != 0;
    column->auto_increment = dc_odbc_int(row, 11, 0) != 0;
    column->unreadable = dc_odbc_int(row, 12, 1) == 0;
}

static void take_reference(struct odbc *odbc, struct dc_catalog *catalog,
                           struct dc_odbc_statement *row)
{
    struct dc_table *table = table_of(catalog, row);
    struct dc_column *column = table != NULL ? dc_table_find_column(table, odbc_cell(row, 3))
                                             : NULL;

    (void)odbc;
    /* A column in several references keeps the first. */
    if (column != NULL && column->ref_table == NULL) {
        column->ref_schema = dc_arena_strdup(catalog->arena, dc_odbc_text(row, 4));
        column->ref_table = dc_arena_strdup(catalog->arena, dc_odbc_text(row, 5));
        column->ref_column = dc_arena_strdup(catalog->arena, dc_odbc_text(row, 6));
    }
}

/* One query fails on one bad table (a view over a table that is gone): so ask table by table, and leave that one out. */
static enum dc_status list_columns_singly(struct odbc *odbc, struct dc_catalog *catalog,
                                          struct dc_err *err)
{
    for (size_t i = 0; i < catalog->n_tables; i++) {
        struct dc_table *table = &catalog->tables[i];
        struct dc_strbuf sql = DC_STRBUF_INIT(MAX_SQL), name = DC_STRBUF_INIT(MAX_SQL),
                         schema = DC_STRBUF_INIT(MAX_SQL);
        struct dc_err local = {0};
        enum dc_status status;

        dc_quote_literal(table->name, &name);
        dc_quote_literal(table->schema, &schema);
        dc_template_fill(odbc->dialect->catalogue.columns_of_table,
                         (struct dc_filling[]){{"table_text", dc_strbuf_text(&name)},
                                               {"schema_text", dc_strbuf_text(&schema)}},
                         2, &sql);
        table->n_columns = 0;
        status = for_each_row(odbc, catalog, dc_strbuf_text(&sql), take_column, &local);
        dc_strbuf_done(&sql);
        dc_strbuf_done(&name);
        dc_strbuf_done(&schema);
        if (status == DC_ERR_LOST || status == DC_ERR_CANCELLED) {
            if (err != NULL) {
                *err = local;
            }
            return status;
        }
        if (status != DC_OK) {
            table->skip_reason = dc_arena_strdup(catalog->arena, local.message);
        }
    }
    return DC_OK;
}

static enum dc_status list_columns(struct odbc *odbc, struct dc_catalog *catalog,
                                   struct dc_err *err)
{
    const struct dc_dialect_catalogue *queries = &odbc->dialect->catalogue;
    struct dc_err local = {0};
    enum dc_status status = for_each_row(odbc, catalog, queries->columns, take_column, &local);

    if (status == DC_ERR_READ && queries->columns_of_table != NULL) {
        return list_columns_singly(odbc, catalog, err);
    }
    if (status != DC_OK && err != NULL) {
        *err = local;
    }
    return status;
}

/* What only adds to the catalogue may fail: a right or a statistic that is missing leaves it as it is. */
static enum dc_status list_extra(struct odbc *odbc, struct dc_catalog *catalog, const char *sql,
                                 row_fn *take, struct dc_err *err)
{
    struct dc_err local = {0};
    enum dc_status status = sql != NULL ? for_each_row(odbc, catalog, sql, take, &local) : DC_OK;

    if (status != DC_ERR_LOST && status != DC_ERR_CANCELLED) {
        return DC_OK;
    }
    if (err != NULL) {
        *err = local;
    }
    return status;
}

enum dc_status odbc_list_by_queries(struct odbc *odbc, struct dc_catalog *catalog,
                                    struct dc_err *err)
{
    const struct dc_dialect_catalogue *queries = &odbc->dialect->catalogue;
    enum dc_status status = for_each_row(odbc, catalog, queries->tables, take_table, err);

    /* Sorted now, so that columns find their tables. */
    dc_catalog_finish(catalog);
    if (status == DC_OK) {
        status = list_extra(odbc, catalog, queries->estimates, take_estimate, err);
    }
    if (status == DC_OK) {
        status = list_extra(odbc, catalog, queries->changes, take_changes, err);
    }
    if (status == DC_OK) {
        status = list_columns(odbc, catalog, err);
    }
    return status == DC_OK ? list_extra(odbc, catalog, queries->references, take_reference, err)
                           : status;
}
