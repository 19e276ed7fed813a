#include "internal.h"

static SQLRETURN set_autocommit(struct dc_odbc_connection *connection, SQLULEN mode)
{
    return SQLSetConnectAttr(connection->dbc, SQL_ATTR_AUTOCOMMIT, (SQLPOINTER)(uintptr_t)mode,
                             SQL_IS_UINTEGER);
}

enum dc_status dc_odbc_begin(struct dc_odbc_connection *connection, struct dc_err *err)
{
    if (!dc_odbc_succeeded(set_autocommit(connection, SQL_AUTOCOMMIT_OFF))) {
        return dc_odbc_fail_connection(connection, "begin a transaction", err);
    }
    connection->in_transaction = true;
    return DC_OK;
}

static enum dc_status end(struct dc_odbc_connection *connection, SQLSMALLINT how, const char *what,
                          struct dc_err *err)
{
    if (!dc_odbc_succeeded(SQLEndTran(SQL_HANDLE_DBC, connection->dbc, how))) {
        return dc_odbc_fail_connection(connection, what, err);
    }
    if (!dc_odbc_succeeded(set_autocommit(connection, SQL_AUTOCOMMIT_ON))) {
        return dc_odbc_fail_connection(connection, what, err);
    }
    connection->in_transaction = false;
    return DC_OK;
}

enum dc_status dc_odbc_commit(struct dc_odbc_connection *connection, struct dc_err *err)
{
    return end(connection, SQL_COMMIT, "commit", err);
}

enum dc_status dc_odbc_rollback(struct dc_odbc_connection *connection, struct dc_err *err)
{
    return end(connection, SQL_ROLLBACK, "roll back", err);
}
