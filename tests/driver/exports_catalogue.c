/* The catalogue functions of ODBC. Their names come as texts with lengths; NULL and "" are any. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "driver.h"

static char *text_of(const SQLCHAR *text, SQLSMALLINT length)
{
    if (text == NULL) {
        return NULL;
    }
    return dc_strndup((const char *)text,
                      length == SQL_NTS ? strlen((const char *)text) : (size_t)length);
}

static SQLRETURN call(SQLHSTMT handle, enum catalogue_call which, const SQLCHAR *schema,
                      SQLSMALLINT schema_length, const SQLCHAR *table, SQLSMALLINT table_length)
{
    struct statement *statement = handle;
    char *schema_text = text_of(schema, schema_length), *table_text = text_of(table, table_length);
    SQLRETURN rc;

    diag_clear(&statement->diags);
    rc = catalogue(statement, which, schema_text, table_text);
    free(schema_text);
    free(table_text);
    return rc;
}

SQLRETURN SQLTables(SQLHSTMT handle, SQLCHAR *catalog, SQLSMALLINT catalog_length, SQLCHAR *schema,
                    SQLSMALLINT schema_length, SQLCHAR *table, SQLSMALLINT table_length,
                    SQLCHAR *kind, SQLSMALLINT kind_length)
{
    (void)catalog, (void)catalog_length, (void)kind, (void)kind_length;
    return call(handle, CALL_TABLES, schema, schema_length, table, table_length);
}

SQLRETURN SQLColumns(SQLHSTMT handle, SQLCHAR *catalog, SQLSMALLINT catalog_length, SQLCHAR *schema,
                     SQLSMALLINT schema_length, SQLCHAR *table, SQLSMALLINT table_length,
                     SQLCHAR *column, SQLSMALLINT column_length)
{
    (void)catalog, (void)catalog_length, (void)column, (void)column_length;
    return call(handle, CALL_COLUMNS, schema, schema_length, table, table_length);
}

SQLRETURN SQLPrimaryKeys(SQLHSTMT handle, SQLCHAR *catalog, SQLSMALLINT catalog_length,
                         SQLCHAR *schema, SQLSMALLINT schema_length, SQLCHAR *table,
                         SQLSMALLINT table_length)
{
    (void)catalog, (void)catalog_length;
    return call(handle, CALL_PRIMARY_KEYS, schema, schema_length, table, table_length);
}

SQLRETURN SQLForeignKeys(SQLHSTMT handle, SQLCHAR *pk_catalog, SQLSMALLINT pk_catalog_length,
                         SQLCHAR *pk_schema, SQLSMALLINT pk_schema_length, SQLCHAR *pk_table,
                         SQLSMALLINT pk_table_length, SQLCHAR *catalog, SQLSMALLINT catalog_length,
                         SQLCHAR *schema, SQLSMALLINT schema_length, SQLCHAR *table,
                         SQLSMALLINT table_length)
{
    (void)pk_catalog, (void)pk_catalog_length, (void)pk_schema, (void)pk_schema_length;
    (void)pk_table, (void)pk_table_length, (void)catalog, (void)catalog_length;
    return call(handle, CALL_FOREIGN_KEYS, schema, schema_length, table, table_length);
}

SQLRETURN SQLStatistics(SQLHSTMT handle, SQLCHAR *catalog, SQLSMALLINT catalog_length,
                        SQLCHAR *schema, SQLSMALLINT schema_length, SQLCHAR *table,
                        SQLSMALLINT table_length, SQLUSMALLINT unique, SQLUSMALLINT accuracy)
{
    (void)catalog, (void)catalog_length, (void)unique, (void)accuracy;
    return call(handle, CALL_STATISTICS, schema, schema_length, table, table_length);
}
