#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "internal.h"

#define GRACE_SECONDS 2.0 /* for a driver that keeps the time itself */

/* Whether the driver took the time-out is asked back: some answer success and ignore it. */
static void set_timeout(struct dc_odbc_statement *statement, int64_t seconds)
{
    SQLULEN took = 0;

    statement->seconds = (double)seconds;
    if (seconds <= 0) {
        return;
    }
    SQLSetStmtAttr(statement->handle, SQL_ATTR_QUERY_TIMEOUT, dc_odbc_number(seconds),
                   SQL_IS_UINTEGER);
    SQLGetStmtAttr(statement->handle, SQL_ATTR_QUERY_TIMEOUT, &took, SQL_IS_UINTEGER, NULL);
    statement->grace = took == (SQLULEN)seconds ? GRACE_SECONDS : 0;
}

enum dc_status dc_odbc_statement_open(struct dc_odbc_connection *connection, const char *sql,
                                      int64_t timeout_seconds, struct dc_odbc_statement **out,
                                      struct dc_err *err)
{
    char *sent = dc_odbc_encode(connection, sql);
    struct dc_odbc_statement *statement;
    SQLHSTMT handle = SQL_NULL_HSTMT;

    if (sent == NULL) {
        return dc_err_set(err, DC_ERR_UNSUPPORTED,
                          "could not send the statement: a name in it has no form in the encoding "
                          "of the source");
    }
    if (!dc_odbc_succeeded(SQLAllocHandle(SQL_HANDLE_STMT, connection->dbc, &handle))) {
        free(sent);
        return dc_odbc_fail_connection(connection, "make a statement", err);
    }
    statement = dc_alloc(1, sizeof *statement);
    statement->connection = connection;
    statement->handle = handle;
    statement->sql = dc_strdup(sql);
    statement->sent = sent;
    set_timeout(statement, timeout_seconds);
    *out = statement;
    return DC_OK;
}

void dc_odbc_statement_destroy(struct dc_odbc_statement *statement)
{
    if (statement == NULL) {
        return;
    }
    SQLFreeHandle(SQL_HANDLE_STMT, statement->handle);
    for (size_t i = 0; i < statement->n_cells; i++) {
        if (statement->cells[i].text != NULL) {
            explicit_bzero(statement->cells[i].text, statement->cells[i].capacity);
            free(statement->cells[i].text);
        }
    }
    free(statement->cells);
    free(statement->wide);
    free(statement->indicators);
    free(statement->sql);
    free(statement->sent);
    free(statement);
}

enum dc_status dc_odbc_statement_ready(struct dc_odbc_statement *statement, struct dc_err *err)
{
    SQLSMALLINT n = 0;

    if (!dc_odbc_succeeded(SQLNumResultCols(statement->handle, &n))) {
        return dc_odbc_fail(statement, "count the columns of the result", err);
    }
    statement->n_columns = n > 0 ? (size_t)n : 0;
    return DC_OK;
}

size_t dc_odbc_n_columns(const struct dc_odbc_statement *statement)
{
    return statement->n_columns;
}

/* SQL_NO_DATA is how a driver says that an UPDATE or DELETE met no row. */
static bool ran(SQLRETURN rc)
{
    return dc_odbc_succeeded(rc) || rc == SQL_NO_DATA;
}

static enum dc_status run_direct(struct dc_odbc_statement *statement, struct dc_err *err)
{
    SQLRETURN rc = SQL_ERROR;

    if (dc_odbc_watch_enter(statement, false)) {
        rc = statement->connection->unicode
                 ? dc_odbc_execute_wide(statement->handle, statement->sql)
                 : SQLExecDirect(statement->handle, (SQLCHAR *)statement->sent, SQL_NTS);
        dc_odbc_watch_leave(statement);
    }
    return ran(rc) ? dc_odbc_statement_ready(statement, err)
                   : dc_odbc_fail(statement, "run the statement", err);
}

static enum dc_status query(struct dc_odbc_connection *connection, const char *sql,
                            int64_t timeout_seconds, int64_t max_rows, bool at_once,
                            struct dc_odbc_statement **out, struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    enum dc_status status = dc_odbc_statement_open(connection, sql, timeout_seconds, &statement,
                                                   err);

    if (status == DC_OK && max_rows > 0) {
        SQLSetStmtAttr(statement->handle, SQL_ATTR_MAX_ROWS, dc_odbc_number(max_rows),
                       SQL_IS_UINTEGER);
    }
    if (status == DC_OK) {
        statement->at_once = at_once;
        status = run_direct(statement, err);
    }
    if (status != DC_OK) {
        dc_odbc_statement_destroy(statement);
        return status;
    }
    *out = statement;
    return DC_OK;
}

enum dc_status dc_odbc_query_limited(struct dc_odbc_connection *connection, const char *sql,
                                     int64_t timeout_seconds, int64_t max_rows,
                                     struct dc_odbc_statement **out, struct dc_err *err)
{
    return query(connection, sql, timeout_seconds, max_rows, true, out, err);
}

enum dc_status dc_odbc_query(struct dc_odbc_connection *connection, const char *sql,
                             int64_t timeout_seconds, struct dc_odbc_statement **out,
                             struct dc_err *err)
{
    return query(connection, sql, timeout_seconds, 0, false, out, err);
}

enum dc_status dc_odbc_execute(struct dc_odbc_connection *connection, const char *sql,
                               struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    enum dc_status status = dc_odbc_query(connection, sql, 0, &statement, err);

    if (status == DC_OK) {
        dc_odbc_statement_destroy(statement);
    }
    return status;
}

enum dc_status dc_odbc_prepare(struct dc_odbc_connection *connection, const char *sql,
                               int64_t timeout_seconds, struct dc_odbc_statement **out,
                               struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    enum dc_status status = dc_odbc_statement_open(connection, sql, timeout_seconds, &statement,
                                                   err);

    if (status == DC_OK &&
        !dc_odbc_succeeded(SQLPrepare(statement->handle, (SQLCHAR *)statement->sent, SQL_NTS))) {
        status = dc_odbc_fail(statement, "prepare the statement", err);
    }
    if (status != DC_OK) {
        dc_odbc_statement_destroy(statement);
        return status;
    }
    statement->prepared = true;
    *out = statement;
    return DC_OK;
}

/* The driver reads through these pointers while it executes: the caller's array and the indicators live until then. */
static SQLRETURN bind_param(SQLHSTMT handle, SQLUSMALLINT index, const struct dc_odbc_param *param,
                            SQLLEN *indicator)
{
    size_t size = param->kind == DC_ODBC_TEXT ? strlen(param->text) : 0;

    switch (param->kind) {
    case DC_ODBC_INT:
        *indicator = 0;
        return SQLBindParameter(handle, index, SQL_PARAM_INPUT, SQL_C_SBIGINT, SQL_BIGINT, 19, 0,
                                (SQLPOINTER)&param->integer, 0, indicator);
    case DC_ODBC_REAL:
        *indicator = 0;
        return SQLBindParameter(handle, index, SQL_PARAM_INPUT, SQL_C_DOUBLE, SQL_DOUBLE, 15, 0,
                                (SQLPOINTER)&param->real, 0, indicator);
    case DC_ODBC_TEXT:
        *indicator = (SQLLEN)size;
        return SQLBindParameter(handle, index, SQL_PARAM_INPUT, SQL_C_CHAR,
                                size > 4000 ? SQL_LONGVARCHAR : SQL_VARCHAR, size > 0 ? size : 1, 0,
                                (SQLPOINTER)param->text, (SQLLEN)size, indicator);
    case DC_ODBC_NULL:
    default:
        *indicator = SQL_NULL_DATA;
        return SQLBindParameter(handle, index, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, 1, 0, NULL,
                                0, indicator);
    }
}

static enum dc_status bind_params(struct dc_odbc_statement *statement,
                                  const struct dc_odbc_param *params, size_t n_params,
                                  struct dc_err *err)
{
    if (n_params > statement->indicators_capacity) {
        free(statement->indicators);
        statement->indicators = dc_alloc(n_params, sizeof *statement->indicators);
        statement->indicators_capacity = n_params;
    }
    for (size_t i = 0; i < n_params; i++) {
        if (!dc_odbc_succeeded(bind_param(statement->handle, (SQLUSMALLINT)(i + 1), &params[i],
                                          &statement->indicators[i]))) {
            return dc_odbc_fail(statement, "bind a parameter", err);
        }
    }
    return DC_OK;
}

enum dc_status dc_odbc_run(struct dc_odbc_statement *statement, const struct dc_odbc_param *params,
                           size_t n_params, struct dc_err *err)
{
    enum dc_status status;
    SQLRETURN rc = SQL_ERROR;

    SQLFreeStmt(statement->handle, SQL_CLOSE);
    status = bind_params(statement, params, n_params, err);
    if (status != DC_OK) {
        return status;
    }
    if (dc_odbc_watch_enter(statement, false)) {
        rc = SQLExecute(statement->handle);
        dc_odbc_watch_leave(statement);
    }
    return ran(rc) ? dc_odbc_statement_ready(statement, err)
                   : dc_odbc_fail(statement, "run the statement", err);
}
