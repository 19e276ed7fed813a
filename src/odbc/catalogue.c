/*
 * The catalogue functions of ODBC, for DBMS without catalogue queries of their own. Rows are read with dc_odbc_row; the columns
 * are those of the ODBC specification.
 */
#include <stdlib.h>

#include "dcscan/alloc.h"
#include "internal.h"

struct call {
    const char *what;
    const char *catalog, *schema, *table; /* NULL: any */
    SQLRETURN (*run)(SQLHSTMT handle, const struct call *call);
    enum dc_wide_call wide; /* the same in UTF-16 */
};

static SQLCHAR *name(const char *text)
{
    return (SQLCHAR *)text;
}

static SQLSMALLINT size(const char *text)
{
    return text != NULL ? SQL_NTS : 0;
}

static SQLRETURN run_tables(SQLHSTMT handle, const struct call *call)
{
    return SQLTables(handle, name(call->catalog), size(call->catalog), name(call->schema),
                     size(call->schema), name(call->table), size(call->table), NULL, 0);
}

static SQLRETURN run_columns(SQLHSTMT handle, const struct call *call)
{
    return SQLColumns(handle, name(call->catalog), size(call->catalog), name(call->schema),
                      size(call->schema), name(call->table), size(call->table), NULL, 0);
}

static SQLRETURN run_primary_keys(SQLHSTMT handle, const struct call *call)
{
    return SQLPrimaryKeys(handle, name(call->catalog), size(call->catalog), name(call->schema),
                          size(call->schema), name(call->table), size(call->table));
}

static SQLRETURN run_foreign_keys(SQLHSTMT handle, const struct call *call)
{
    return SQLForeignKeys(handle, NULL, 0, NULL, 0, NULL, 0, name(call->catalog),
                          size(call->catalog), name(call->schema), size(call->schema),
                          name(call->table), size(call->table));
}

static const char *or_any(const char *text)
{
    return text != NULL && *text != '\0' ? text : NULL;
}

/* A name as the driver reads it; one that has no form in its encoding names nothing there. */
static char *encode(struct dc_odbc_connection *connection, const char *text)
{
    char *encoded = text != NULL ? dc_odbc_encode(connection, text) : NULL;

    return encoded != NULL ? encoded : dc_strdup(text);
}

static SQLRETURN run_encoded(struct dc_odbc_connection *connection, SQLHSTMT handle,
                             const struct call *call)
{
    char *catalog = encode(connection, call->catalog), *schema = encode(connection, call->schema),
         *table = encode(connection, call->table);
    const struct call encoded = {call->what, catalog, schema, table, call->run, call->wide};
    SQLRETURN rc = call->run(handle, &encoded);

    free(catalog);
    free(schema);
    free(table);
    return rc;
}

static enum dc_status run(struct dc_odbc_connection *connection, struct call call,
                          int64_t timeout_seconds, struct dc_odbc_statement **out,
                          struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    enum dc_status status = dc_odbc_statement_open(connection, "", timeout_seconds, &statement,
                                                   err);
    SQLRETURN rc = SQL_ERROR;

    if (status != DC_OK) {
        return status;
    }
    if (dc_odbc_watch_enter(statement, false)) {
        rc = connection->unicode ? dc_odbc_names_wide(statement->handle, call.wide, call.catalog,
                                                      call.schema, call.table)
                                 : run_encoded(connection, statement->handle, &call);
        dc_odbc_watch_leave(statement);
    }
    status = dc_odbc_succeeded(rc) ? dc_odbc_statement_ready(statement, err)
                                   : dc_odbc_fail(statement, call.what, err);
    if (status != DC_OK) {
        dc_odbc_statement_destroy(statement);
        return status;
    }
    *out = statement;
    return DC_OK;
}

enum dc_status dc_odbc_tables(struct dc_odbc_connection *connection, int64_t timeout_seconds,
                              struct dc_odbc_statement **out, struct dc_err *err)
{
    return run(connection,
               (struct call){"list tables", NULL, NULL, NULL, run_tables, DC_CALL_TABLES},
               timeout_seconds, out, err);
}

enum dc_status dc_odbc_columns(struct dc_odbc_connection *connection, int64_t timeout_seconds,
                               struct dc_odbc_statement **out, struct dc_err *err)
{
    return run(connection,
               (struct call){"list columns", NULL, NULL, NULL, run_columns, DC_CALL_COLUMNS},
               timeout_seconds, out, err);
}

enum dc_status dc_odbc_primary_keys(struct dc_odbc_connection *connection, const char *catalog,
                                    const char *schema, const char *table, int64_t timeout_seconds,
                                    struct dc_odbc_statement **out, struct dc_err *err)
{
    struct call call = {"list primary keys", or_any(catalog),     or_any(schema), table,
                        run_primary_keys,    DC_CALL_PRIMARY_KEYS};

    return run(connection, call, timeout_seconds, out, err);
}

enum dc_status dc_odbc_foreign_keys(struct dc_odbc_connection *connection, const char *catalog,
                                    const char *schema, const char *table, int64_t timeout_seconds,
                                    struct dc_odbc_statement **out, struct dc_err *err)
{
    struct call call = {"list foreign keys", or_any(catalog),     or_any(schema), table,
                        run_foreign_keys,    DC_CALL_FOREIGN_KEYS};

    return run(connection, call, timeout_seconds, out, err);
}
