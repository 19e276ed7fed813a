/* The catalogue by ODBC's own functions, for a DBMS without a dialect: no estimates, comments where the driver fills REMARKS. */
#include <string.h>

#include "dcscan/text.h"
#include "odbc.h"

/* Columns of the results, as the ODBC specification numbers them, from 0. */
enum { TABLE_CAT, TABLE_SCHEM, TABLE_NAME, TABLE_TYPE, TABLE_REMARKS };
enum {
    COLUMN_NAME = 3,
    DATA_TYPE = 4,
    TYPE_NAME = 5,
    COLUMN_SIZE = 6,
    DECIMAL_DIGITS = 8,
    NULLABLE = 10,
    COLUMN_REMARKS = 11,
    ORDINAL_POSITION = 16
};
enum { PK_COLUMN_NAME = 3 };
enum { PKTABLE_SCHEM = 1, PKTABLE_NAME = 2, PKCOLUMN_NAME = 3, FKCOLUMN_NAME = 7 };

/* Concise SQL data types of the ODBC specification. */
static const struct {
    int64_t code;
    enum dc_type_class type;
} classes[] = {
    {1, DC_TYPE_TEXT},       {12, DC_TYPE_TEXT},      {-8, DC_TYPE_TEXT},
    {-9, DC_TYPE_TEXT},      {-1, DC_TYPE_LONG_TEXT}, {-10, DC_TYPE_LONG_TEXT},
    {2, DC_TYPE_DECIMAL},    {3, DC_TYPE_DECIMAL},    {4, DC_TYPE_INTEGER},
    {5, DC_TYPE_INTEGER},    {-5, DC_TYPE_INTEGER},   {-6, DC_TYPE_INTEGER},
    {6, DC_TYPE_REAL},       {7, DC_TYPE_REAL},       {8, DC_TYPE_REAL},
    {-7, DC_TYPE_BOOLEAN},   {9, DC_TYPE_DATE},       {91, DC_TYPE_DATE},
    {10, DC_TYPE_TIME},      {92, DC_TYPE_TIME},      {11, DC_TYPE_TIMESTAMP},
    {93, DC_TYPE_TIMESTAMP}, {-2, DC_TYPE_BINARY},    {-3, DC_TYPE_BINARY},
    {-4, DC_TYPE_BINARY},    {-11, DC_TYPE_UUID},     {-152, DC_TYPE_XML},
    {-151, DC_TYPE_SPATIAL},
};

static enum dc_type_class class_of(int64_t code)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        if (classes[i].code == code) {
            return classes[i].type;
        }
    }
    return DC_TYPE_UNKNOWN;
}

/* Ends a result; an error while it was read becomes the caller's. */
static enum dc_status end(struct dc_odbc_statement *statement, enum dc_fetch fetch,
                          const struct dc_err *local, struct dc_err *err)
{
    dc_odbc_statement_destroy(statement);
    if (fetch != DC_FETCH_ERROR) {
        return DC_OK;
    }
    if (err != NULL) {
        *err = *local;
    }
    return local->status;
}

static bool is_listed(const char *type)
{
    return !dc_glob_match("*system*", type) && !dc_glob_match("*synonym*", type) &&
           !dc_glob_match("*alias*", type) && !dc_glob_match("*index*", type) &&
           !dc_glob_match("*sequence*", type);
}

static enum dc_status list_tables(struct odbc *odbc, struct dc_catalog *catalog, struct dc_err *err)
{
    struct dc_odbc_statement *rows = NULL;
    struct dc_err local = {0};
    enum dc_status status;
    enum dc_fetch fetch;

    dc_connector_sent(&odbc->base, "(SQLTables)");
    status = dc_odbc_tables(odbc->connection, odbc->catalogue_seconds, &rows, err);
    if (status != DC_OK) {
        return status;
    }
    while ((fetch = dc_odbc_row(rows, &local)) == DC_FETCH_ROWS) {
        const char *type = odbc_cell(rows, TABLE_TYPE);

        if (is_listed(type)) {
            dc_catalog_add_table(catalog, odbc_cell(rows, TABLE_CAT), odbc_cell(rows, TABLE_SCHEM),
                                 odbc_cell(rows, TABLE_NAME), odbc_cell(rows, TABLE_REMARKS),
                                 dc_glob_match("*view*", type) ? DC_TABLE_VIEW : DC_TABLE_BASE);
        }
    }
    dc_catalog_finish(catalog);
    return end(rows, fetch, &local, err);
}

static void take_column(struct dc_catalog *catalog, struct dc_odbc_statement *row)
{
    struct dc_table *table = dc_catalog_find(catalog, odbc_cell(row, TABLE_CAT),
                                             odbc_cell(row, TABLE_SCHEM),
                                             odbc_cell(row, TABLE_NAME));
    struct dc_column *column;

    if (table == NULL) {
        return;
    }
    column = dc_table_add_column(catalog, table, odbc_cell(row, COLUMN_NAME),
                                 odbc_cell(row, COLUMN_REMARKS), odbc_cell(row, TYPE_NAME),
                                 class_of(dc_odbc_int(row, DATA_TYPE, 0)));
    column->length = dc_odbc_int(row, COLUMN_SIZE, -1);
    column->scale = (int32_t)dc_odbc_int(row, DECIMAL_DIGITS, -1);
    column->nullable = dc_odbc_int(row, NULLABLE, 1) != 0;
    column->ordinal = (int32_t)dc_odbc_int(row, ORDINAL_POSITION, column->ordinal);
}

static enum dc_status list_columns(struct odbc *odbc, struct dc_catalog *catalog,
                                   struct dc_err *err)
{
    struct dc_odbc_statement *rows = NULL;
    struct dc_err local = {0};
    enum dc_status status;
    enum dc_fetch fetch;

    dc_connector_sent(&odbc->base, "(SQLColumns)");
    status = dc_odbc_columns(odbc->connection, odbc->catalogue_seconds, &rows, err);
    if (status != DC_OK) {
        return status;
    }
    while ((fetch = dc_odbc_row(rows, &local)) == DC_FETCH_ROWS) {
        take_column(catalog, rows);
    }
    return end(rows, fetch, &local, err);
}

static void take_primary_key(struct dc_catalog *catalog, struct dc_table *table,
                             struct dc_odbc_statement *row)
{
    struct dc_column *column = dc_table_find_column(table, odbc_cell(row, PK_COLUMN_NAME));

    (void)catalog;
    if (column != NULL) {
        column->primary_key = true;
    }
}

static void take_foreign_key(struct dc_catalog *catalog, struct dc_table *table,
                             struct dc_odbc_statement *row)
{
    struct dc_column *column = dc_table_find_column(table, odbc_cell(row, FKCOLUMN_NAME));

    if (column != NULL && column->ref_table == NULL) {
        column->ref_schema = dc_arena_strdup(catalog->arena, dc_odbc_text(row, PKTABLE_SCHEM));
        column->ref_table = dc_arena_strdup(catalog->arena, dc_odbc_text(row, PKTABLE_NAME));
        column->ref_column = dc_arena_strdup(catalog->arena, dc_odbc_text(row, PKCOLUMN_NAME));
    }
}

typedef enum dc_status keys_fn(struct dc_odbc_connection *connection, const char *catalog,
                               const char *schema, const char *table, int64_t timeout_seconds,
                               struct dc_odbc_statement **out, struct dc_err *err);
typedef void take_key_fn(struct dc_catalog *catalog, struct dc_table *table,
                         struct dc_odbc_statement *row);

/*
 * Keys of one table. A driver that has none, or stumbles, leaves the table without: `asked` then goes false, so that it is not asked
 * again for each of thousands of tables.
 */
static enum dc_status list_keys(struct odbc *odbc, struct dc_catalog *catalog,
                                struct dc_table *table, keys_fn *ask, take_key_fn *take,
                                bool *asked, struct dc_err *err)
{
    struct dc_odbc_statement *rows = NULL;
    struct dc_err local = {0};
    enum dc_status status;

    if (!*asked) {
        return DC_OK;
    }
    dc_connector_sent(&odbc->base, "(SQLPrimaryKeys, SQLForeignKeys)");
    status = ask(odbc->connection, table->catalog, table->schema, table->name,
                 odbc->catalogue_seconds, &rows, &local);
    if (status == DC_OK) {
        enum dc_fetch fetch;

        while ((fetch = dc_odbc_row(rows, &local)) == DC_FETCH_ROWS) {
            take(catalog, table, rows);
        }
        status = end(rows, fetch, &local, NULL);
    }
    if (status == DC_ERR_LOST || status == DC_ERR_CANCELLED) {
        if (err != NULL) {
            *err = local;
        }
        return status;
    }
    *asked = status == DC_OK;
    return DC_OK;
}

enum dc_status odbc_list_by_functions(struct odbc *odbc, struct dc_catalog *catalog,
                                      struct dc_err *err)
{
    bool primary = true, foreign = true;
    enum dc_status status = list_tables(odbc, catalog, err);

    if (status == DC_OK) {
        status = list_columns(odbc, catalog, err);
    }
    for (size_t i = 0; i < catalog->n_tables && status == DC_OK; i++) {
        struct dc_table *table = &catalog->tables[i];

        if (table->kind != DC_TABLE_BASE) {
            continue;
        }
        status = list_keys(odbc, catalog, table, dc_odbc_primary_keys, take_primary_key, &primary,
                           err);
        if (status == DC_OK) {
            status = list_keys(odbc, catalog, table, dc_odbc_foreign_keys, take_foreign_key,
                               &foreign, err);
        }
    }
    return status;
}
