/* The functions that end in W: texts in UTF-16. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "driver.h"

/* In UTF-8, released with free(); NULL for NULL. */
static char *plain(const SQLWCHAR *text, SQLINTEGER length)
{
    size_t n = length > 0 ? (size_t)length : 0;
    char *out;

    if (text == NULL) {
        return NULL;
    }
    while (length == SQL_NTS && text[n] != 0) {
        n++;
    }
    out = dc_alloc(3 * n + 1, 1);
    dc_utf16_to_utf8((const char *)text, n * sizeof *text, __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__,
                     false, out);
    return out;
}

/* `text` in `room` units, its length in units of `unit` bytes. */
static SQLRETURN give(const char *text, SQLWCHAR *out, size_t room, size_t unit,
                      SQLSMALLINT *length)
{
    size_t size = strlen(text);
    SQLWCHAR *wide = dc_alloc(size + 1, sizeof *wide);
    size_t n = dc_utf8_to_utf16(text, size, wide), taken = n < room ? n : room > 0 ? room - 1 : 0;

    if (length != NULL) {
        *length = (SQLSMALLINT)(n * (sizeof *wide / unit));
    }
    if (out != NULL && room > 0) {
        memcpy(out, wide, taken * sizeof *wide);
        out[taken] = 0;
    }
    free(wide);
    return n < room || out == NULL ? SQL_SUCCESS : SQL_SUCCESS_WITH_INFO;
}

SQLRETURN SQLDriverConnectW(SQLHDBC dbc, SQLHWND window, SQLWCHAR *in, SQLSMALLINT in_length,
                            SQLWCHAR *out, SQLSMALLINT room, SQLSMALLINT *length,
                            SQLUSMALLINT completion)
{
    struct connection *connection = dbc;
    char *text = plain(in, in_length);
    SQLRETURN rc;

    (void)window, (void)completion;
    diag_clear(&connection->diags);
    rc = connect_by_string(connection, text, strlen(text));
    free(text);
    return rc == SQL_SUCCESS ? give("", out, room > 0 ? (size_t)room : 0, sizeof *out, length) : rc;
}

SQLRETURN SQLGetInfoW(SQLHDBC dbc, SQLUSMALLINT type, SQLPOINTER out, SQLSMALLINT room,
                      SQLSMALLINT *length)
{
    struct connection *connection = dbc;
    char text[512] = "";
    SQLSMALLINT size = -1;
    SQLRETURN rc;

    diag_clear(&connection->diags);
    rc = info_get(connection, type, text, (SQLSMALLINT)sizeof text, &size);
    if (rc != SQL_SUCCESS) {
        return rc;
    }
    if (size < 0) {
        /* A number: text holds it. */
        return info_get(connection, type, out, room, length);
    }
    return give(text, out, (size_t)room / sizeof(SQLWCHAR), 1, length);
}

SQLRETURN SQLGetDiagRecW(SQLSMALLINT kind, SQLHANDLE handle, SQLSMALLINT number, SQLWCHAR *state,
                         SQLINTEGER *native, SQLWCHAR *message, SQLSMALLINT room,
                         SQLSMALLINT *length)
{
    struct diagnostics *diags = handle_diagnostics(handle);

    (void)kind;
    if (number < 1 || (size_t)number > diags->n_items) {
        return SQL_NO_DATA;
    }
    if (native != NULL) {
        *native = diags->items[number - 1].native;
    }
    if (state != NULL) {
        give(diags->items[number - 1].state, state, 6, sizeof *state, NULL);
    }
    return give(diags->items[number - 1].message, message, room > 0 ? (size_t)room : 0,
                sizeof *message, length);
}

SQLRETURN SQLExecDirectW(SQLHSTMT handle, SQLWCHAR *text, SQLINTEGER length)
{
    struct statement *statement = handle;
    char *copy = plain(text, length);
    SQLRETURN rc;

    diag_clear(&statement->diags);
    rc = execute(statement, copy);
    free(copy);
    return rc;
}

SQLRETURN SQLDescribeColW(SQLHSTMT handle, SQLUSMALLINT number, SQLWCHAR *name, SQLSMALLINT room,
                          SQLSMALLINT *length, SQLSMALLINT *type, SQLULEN *size,
                          SQLSMALLINT *digits, SQLSMALLINT *nullable)
{
    struct statement *statement = handle;

    diag_clear(&statement->diags);
    if (statement->result == NULL || number == 0 || number > statement->result->n_columns) {
        return diag_set(&statement->diags, "07009", 0, "invalid descriptor index");
    }
    *type = result_type(statement->result, number - 1U);
    *size = 255;
    *digits = 0;
    *nullable = SQL_NULLABLE_UNKNOWN;
    return give("c", name, room > 0 ? (size_t)room : 0, sizeof *name, length);
}

static SQLRETURN call(SQLHSTMT handle, enum catalogue_call which, const SQLWCHAR *schema,
                      SQLSMALLINT schema_length, const SQLWCHAR *table, SQLSMALLINT table_length)
{
    struct statement *statement = handle;
    char *schema_text = plain(schema, schema_length), *table_text = plain(table, table_length);
    SQLRETURN rc;

    diag_clear(&statement->diags);
    rc = catalogue(statement, which, schema_text, table_text);
    free(schema_text);
    free(table_text);
    return rc;
}

SQLRETURN SQLTablesW(SQLHSTMT handle, SQLWCHAR *catalog, SQLSMALLINT catalog_length,
                     SQLWCHAR *schema, SQLSMALLINT schema_length, SQLWCHAR *table,
                     SQLSMALLINT table_length, SQLWCHAR *kind, SQLSMALLINT kind_length)
{
    (void)catalog, (void)catalog_length, (void)kind, (void)kind_length;
    return call(handle, CALL_TABLES, schema, schema_length, table, table_length);
}

SQLRETURN SQLColumnsW(SQLHSTMT handle, SQLWCHAR *catalog, SQLSMALLINT catalog_length,
                      SQLWCHAR *schema, SQLSMALLINT schema_length, SQLWCHAR *table,
                      SQLSMALLINT table_length, SQLWCHAR *column, SQLSMALLINT column_length)
{
    (void)catalog, (void)catalog_length, (void)column, (void)column_length;
    return call(handle, CALL_COLUMNS, schema, schema_length, table, table_length);
}

SQLRETURN SQLPrimaryKeysW(SQLHSTMT handle, SQLWCHAR *catalog, SQLSMALLINT catalog_length,
                          SQLWCHAR *schema, SQLSMALLINT schema_length, SQLWCHAR *table,
                          SQLSMALLINT table_length)
{
    (void)catalog, (void)catalog_length;
    return call(handle, CALL_PRIMARY_KEYS, schema, schema_length, table, table_length);
}

SQLRETURN SQLForeignKeysW(SQLHSTMT handle, SQLWCHAR *pk_catalog, SQLSMALLINT pk_catalog_length,
                          SQLWCHAR *pk_schema, SQLSMALLINT pk_schema_length, SQLWCHAR *pk_table,
                          SQLSMALLINT pk_table_length, SQLWCHAR *catalog,
                          SQLSMALLINT catalog_length, SQLWCHAR *schema, SQLSMALLINT schema_length,
                          SQLWCHAR *table, SQLSMALLINT table_length)
{
    (void)pk_catalog, (void)pk_catalog_length, (void)pk_schema, (void)pk_schema_length;
    (void)pk_table, (void)pk_table_length, (void)catalog, (void)catalog_length;
    return call(handle, CALL_FOREIGN_KEYS, schema, schema_length, table, table_length);
}

/* Attributes that the program sets hold no texts. */
SQLRETURN SQLSetConnectAttrW(SQLHDBC dbc, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER length)
{
    (void)dbc, (void)attribute, (void)value, (void)length;
    return SQL_SUCCESS;
}

SQLRETURN SQLSetStmtAttrW(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER value,
                          SQLINTEGER length)
{
    return statement_set(handle, attribute, value, length);
}

SQLRETURN SQLGetStmtAttrW(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER out, SQLINTEGER room,
                          SQLINTEGER *length)
{
    return statement_get(handle, attribute, out, room, length);
}
