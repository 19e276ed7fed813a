/* The functions that the driver manager calls. They call each other never: their names are the manager's as well. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "driver.h"

static size_t size_of(const void *text, SQLINTEGER length)
{
    return text == NULL ? 0 : length == SQL_NTS ? strlen(text) : length > 0 ? (size_t)length : 0;
}

static SQLRETURN unsupported(struct diagnostics *diags)
{
    return diag_set(diags, "HYC00", 0, "optional feature not implemented");
}

/* ---- handles and diagnostics ---- */

SQLRETURN SQLAllocHandle(SQLSMALLINT kind, SQLHANDLE parent, SQLHANDLE *out)
{
    return handle_allocate(kind, parent, out);
}

SQLRETURN SQLFreeHandle(SQLSMALLINT kind, SQLHANDLE handle)
{
    (void)kind;
    return handle_free(handle);
}

SQLRETURN SQLFreeStmt(SQLHSTMT handle, SQLUSMALLINT option)
{
    struct statement *statement = handle;

    switch (option) {
    case SQL_CLOSE:
        statement_close(statement);
        return SQL_SUCCESS;
    case SQL_UNBIND:
        statement->n_bindings = 0;
        return SQL_SUCCESS;
    case SQL_DROP:
        return handle_free(handle);
    default:
        return SQL_SUCCESS;
    }
}

SQLRETURN SQLCloseCursor(SQLHSTMT handle)
{
    statement_close(handle);
    return SQL_SUCCESS;
}

SQLRETURN SQLGetDiagRec(SQLSMALLINT kind, SQLHANDLE handle, SQLSMALLINT number, SQLCHAR *state,
                        SQLINTEGER *native, SQLCHAR *message, SQLSMALLINT room, SQLSMALLINT *length)
{
    struct diagnostics *diags = handle_diagnostics(handle);

    (void)kind;
    if (number < 1 || (size_t)number > diags->n_items) {
        return SQL_NO_DATA;
    }
    if (state != NULL) {
        memcpy(state, diags->items[number - 1].state, 6);
    }
    if (native != NULL) {
        *native = diags->items[number - 1].native;
    }
    return copy_text(NULL, diags->items[number - 1].message, message, room > 0 ? (size_t)room : 0,
                     length);
}

SQLRETURN SQLGetDiagField(SQLSMALLINT kind, SQLHANDLE handle, SQLSMALLINT number, SQLSMALLINT field,
                          SQLPOINTER out, SQLSMALLINT room, SQLSMALLINT *length)
{
    struct diagnostics *diags = handle_diagnostics(handle);
    size_t size = room > 0 ? (size_t)room : 0;

    (void)kind;
    if (field == SQL_DIAG_NUMBER) {
        *(SQLINTEGER *)out = (SQLINTEGER)diags->n_items;
        return SQL_SUCCESS;
    }
    if (number < 1 || (size_t)number > diags->n_items) {
        return SQL_NO_DATA;
    }
    switch (field) {
    case SQL_DIAG_SQLSTATE:
        return copy_text(NULL, diags->items[number - 1].state, out, size, length);
    case SQL_DIAG_MESSAGE_TEXT:
        return copy_text(NULL, diags->items[number - 1].message, out, size, length);
    case SQL_DIAG_NATIVE:
        *(SQLINTEGER *)out = diags->items[number - 1].native;
        return SQL_SUCCESS;
    case SQL_DIAG_CLASS_ORIGIN:
    case SQL_DIAG_SUBCLASS_ORIGIN:
        return copy_text(NULL, "ISO 9075", out, size, length);
    default:
        return copy_text(NULL, "", out, size, length);
    }
}

/* ---- connections ---- */

SQLRETURN SQLSetEnvAttr(SQLHENV env, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER length)
{
    (void)env, (void)attribute, (void)value, (void)length;
    return SQL_SUCCESS;
}

SQLRETURN SQLSetConnectAttr(SQLHDBC dbc, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER length)
{
    (void)dbc, (void)attribute, (void)value, (void)length;
    return SQL_SUCCESS;
}

SQLRETURN SQLGetConnectAttr(SQLHDBC dbc, SQLINTEGER attribute, SQLPOINTER out, SQLINTEGER room,
                            SQLINTEGER *length)
{
    struct connection *connection = dbc;

    (void)room, (void)length;
    if (attribute == SQL_ATTR_CONNECTION_DEAD) {
        *(SQLUINTEGER *)out = connection->lost ? SQL_CD_TRUE : SQL_CD_FALSE;
        return SQL_SUCCESS;
    }
    return unsupported(&connection->diags);
}

SQLRETURN SQLDriverConnect(SQLHDBC dbc, SQLHWND window, SQLCHAR *in, SQLSMALLINT in_length,
                           SQLCHAR *out, SQLSMALLINT room, SQLSMALLINT *length,
                           SQLUSMALLINT completion)
{
    struct connection *connection = dbc;
    SQLRETURN rc;

    (void)window, (void)completion;
    diag_clear(&connection->diags);
    rc = connect_by_string(connection, (const char *)in, size_of(in, in_length));
    if (rc == SQL_SUCCESS) {
        copy_text(NULL, "", out, room > 0 ? (size_t)room : 0, length);
    }
    return rc;
}

SQLRETURN SQLDisconnect(SQLHDBC dbc)
{
    struct connection *connection = dbc;

    connection->connected = false;
    return SQL_SUCCESS;
}

SQLRETURN SQLGetInfo(SQLHDBC dbc, SQLUSMALLINT type, SQLPOINTER out, SQLSMALLINT room,
                     SQLSMALLINT *length)
{
    struct connection *connection = dbc;

    diag_clear(&connection->diags);
    return info_get(connection, type, out, room, length);
}

SQLRETURN SQLEndTran(SQLSMALLINT kind, SQLHANDLE handle, SQLSMALLINT completion)
{
    if (kind == SQL_HANDLE_DBC) {
        log_call(handle, "SQLEndTran", completion == SQL_COMMIT ? "commit" : "rollback");
    }
    return SQL_SUCCESS;
}

/* ---- statements ---- */

SQLRETURN statement_set(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER length)
{
    struct statement *statement = handle;
    const struct script *script = statement->connection->script;

    (void)length;
    diag_clear(&statement->diags);
    switch (attribute) {
    case SQL_ATTR_ROW_ARRAY_SIZE:
        /* A driver without block cursors says that it has changed the value. */
        statement->array_size = script->blocks ? (SQLULEN)(uintptr_t)value : 1;
        return SQL_SUCCESS;
    case SQL_ATTR_ROW_STATUS_PTR:
        statement->status = value;
        return SQL_SUCCESS;
    case SQL_ATTR_ROWS_FETCHED_PTR:
        statement->fetched = value;
        return SQL_SUCCESS;
    case SQL_ATTR_QUERY_TIMEOUT:
        statement->seconds = script->timeouts ? (SQLULEN)(uintptr_t)value : 0;
        return SQL_SUCCESS;
    case SQL_ATTR_MAX_ROWS:
        statement->max_rows = script->max_rows ? (SQLULEN)(uintptr_t)value : 0;
        return SQL_SUCCESS;
    default:
        return SQL_SUCCESS;
    }
}

SQLRETURN SQLSetStmtAttr(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER length)
{
    return statement_set(handle, attribute, value, length);
}

SQLRETURN statement_get(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER out, SQLINTEGER room,
                        SQLINTEGER *length)
{
    struct statement *statement = handle;

    (void)room, (void)length;
    diag_clear(&statement->diags);
    switch (attribute) {
    case SQL_ATTR_ROW_ARRAY_SIZE:
        *(SQLULEN *)out = statement->array_size;
        return SQL_SUCCESS;
    case SQL_ATTR_QUERY_TIMEOUT:
        *(SQLULEN *)out = statement->seconds;
        return SQL_SUCCESS;
    case SQL_ATTR_MAX_ROWS:
        *(SQLULEN *)out = statement->max_rows;
        return SQL_SUCCESS;
    case SQL_ATTR_APP_ROW_DESC:
    case SQL_ATTR_APP_PARAM_DESC:
    case SQL_ATTR_IMP_ROW_DESC:
    case SQL_ATTR_IMP_PARAM_DESC:
        /* The manager wants to have them; nobody uses them. */
        *(SQLHANDLE *)out = statement;
        return SQL_SUCCESS;
    default:
        return unsupported(&statement->diags);
    }
}

SQLRETURN SQLGetStmtAttr(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER out, SQLINTEGER room,
                         SQLINTEGER *length)
{
    return statement_get(handle, attribute, out, room, length);
}

SQLRETURN SQLExecDirect(SQLHSTMT handle, SQLCHAR *text, SQLINTEGER length)
{
    struct statement *statement = handle;
    char *copy = dc_strndup((const char *)text, size_of(text, length));
    SQLRETURN rc;

    diag_clear(&statement->diags);
    for (char *at = copy; statement->connection->script->lossy == LOSSY_ALL && *at != '\0'; at++) {
        *at = (unsigned char)*at < 0x80 ? *at : '?';
    }
    rc = execute(statement, copy);
    free(copy);
    return rc;
}

SQLRETURN SQLPrepare(SQLHSTMT handle, SQLCHAR *text, SQLINTEGER length)
{
    struct statement *statement = handle;

    diag_clear(&statement->diags);
    free(statement->prepared);
    statement->prepared = dc_strndup((const char *)text, size_of(text, length));
    return SQL_SUCCESS;
}

SQLRETURN SQLExecute(SQLHSTMT handle)
{
    struct statement *statement = handle;

    diag_clear(&statement->diags);
    return statement->prepared != NULL
               ? execute(statement, statement->prepared)
               : diag_set(&statement->diags, "HY010", 0, "function sequence error");
}

SQLRETURN SQLCancel(SQLHSTMT handle)
{
    struct statement *statement = handle;

    pthread_mutex_lock(&statement->lock);
    statement->cancelled = !statement->connection->script->deaf;
    pthread_cond_broadcast(&statement->wake);
    pthread_mutex_unlock(&statement->lock);
    log_call(statement->connection, "SQLCancel", "");
    return SQL_SUCCESS;
}

/* ---- results ---- */

SQLRETURN SQLNumResultCols(SQLHSTMT handle, SQLSMALLINT *out)
{
    struct statement *statement = handle;

    *out = statement->result != NULL ? (SQLSMALLINT)statement->result->n_columns : 0;
    return SQL_SUCCESS;
}

SQLRETURN SQLDescribeCol(SQLHSTMT handle, SQLUSMALLINT number, SQLCHAR *name, SQLSMALLINT room,
                         SQLSMALLINT *length, SQLSMALLINT *type, SQLULEN *size, SQLSMALLINT *digits,
                         SQLSMALLINT *nullable)
{
    struct statement *statement = handle;
    const struct result *result = statement->result;
    const char *text = "c";

    diag_clear(&statement->diags);
    if (result == NULL || number == 0 || number > result->n_columns) {
        return diag_set(&statement->diags, "07009", 0, "invalid descriptor index");
    }
    if (result->names != NULL) {
        text = result->names[number - 1];
    } else if (result->picked != NULL) {
        text = result->picked[number - 1].column->name;
    }
    *type = result_type(result, number - 1U);
    *size = 255;
    *digits = 0;
    *nullable = SQL_NULLABLE_UNKNOWN;
    return copy_text(&statement->diags, text, name, room > 0 ? (size_t)room : 0, length);
}

SQLRETURN SQLBindCol(SQLHSTMT handle, SQLUSMALLINT number, SQLSMALLINT type, SQLPOINTER buffer,
                     SQLLEN room, SQLLEN *lengths)
{
    struct statement *statement = handle;

    diag_clear(&statement->diags);
    if (!statement->connection->script->binds || (type != SQL_C_CHAR && type != SQL_C_WCHAR) ||
        number == 0) {
        return unsupported(&statement->diags);
    }
    if (number > statement->n_bindings) {
        struct binding *grown = dc_alloc(number, sizeof *grown);

        if (statement->n_bindings > 0) {
            memcpy(grown, statement->bindings, statement->n_bindings * sizeof *grown);
        }
        free(statement->bindings);
        statement->bindings = grown;
        statement->n_bindings = number;
    }
    statement->bindings[number - 1] = (struct binding){type, buffer, room, lengths};
    return SQL_SUCCESS;
}

SQLRETURN SQLFetch(SQLHSTMT handle)
{
    struct statement *statement = handle;

    diag_clear(&statement->diags);
    return fetch_block(statement);
}

SQLRETURN SQLFetchScroll(SQLHSTMT handle, SQLSMALLINT orientation, SQLLEN offset)
{
    struct statement *statement = handle;

    (void)offset;
    diag_clear(&statement->diags);
    return orientation == SQL_FETCH_NEXT ? fetch_block(statement) : unsupported(&statement->diags);
}

SQLRETURN SQLGetData(SQLHSTMT handle, SQLUSMALLINT number, SQLSMALLINT type, SQLPOINTER out,
                     SQLLEN room, SQLLEN *length)
{
    struct statement *statement = handle;

    diag_clear(&statement->diags);
    return get_data(statement, number, type, out, room, length);
}

SQLRETURN SQLRowCount(SQLHSTMT handle, SQLLEN *out)
{
    (void)handle;
    *out = -1;
    return SQL_SUCCESS;
}

SQLRETURN SQLMoreResults(SQLHSTMT handle)
{
    statement_close(handle);
    return SQL_NO_DATA;
}
