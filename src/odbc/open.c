#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "internal.h"

#define MAX_CONNECTION_STRING 8192
#define MAX_REASON            1500

static enum dc_status allocate(struct dc_odbc_connection *connection, struct dc_err *err)
{
    if (SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &connection->env) != SQL_SUCCESS) {
        return dc_err_set(err, DC_ERR_CONNECT, "could not start the ODBC driver manager");
    }
    SQLSetEnvAttr(connection->env, SQL_ATTR_ODBC_VERSION, dc_odbc_number(SQL_OV_ODBC3), 0);
    if (SQLAllocHandle(SQL_HANDLE_DBC, connection->env, &connection->dbc) != SQL_SUCCESS) {
        return dc_err_set(err, DC_ERR_CONNECT, "could not make an ODBC connection handle");
    }
    return DC_OK;
}

/* Requests that a driver is free to turn down: so the answers are not looked at. */
static void ask_politely(struct dc_odbc_connection *connection, const struct dc_odbc_open *request)
{
    if (request->login_seconds > 0) {
        SQLSetConnectAttr(connection->dbc, SQL_ATTR_LOGIN_TIMEOUT,
                          dc_odbc_number(request->login_seconds), SQL_IS_UINTEGER);
    }
    if (request->read_only) {
        SQLSetConnectAttr(connection->dbc, SQL_ATTR_ACCESS_MODE, dc_odbc_number(SQL_MODE_READ_ONLY),
                          SQL_IS_UINTEGER);
    }
}

static void blot_login(char *text, const struct dc_odbc_open *request)
{
    struct dc_strbuf secret = DC_STRBUF_INIT(MAX_CONNECTION_STRING);
    static const char *const keys[] = {"PWD", "PASSWORD"};

    dc_odbc_blot_secret(text, request->password);
    if (request->connection_string != NULL) {
        dc_odbc_blot_secret(text, request->connection_string);
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
            dc_strbuf_reset(&secret);
            if (dc_odbc_string_get(request->connection_string, keys[i], &secret)) {
                dc_odbc_blot_secret(text, dc_strbuf_text(&secret));
            }
        }
    }
    dc_odbc_blot_password_keys(text);
    if (secret.text != NULL) {
        explicit_bzero(secret.text, secret.capacity);
    }
    dc_strbuf_done(&secret);
}

static void hint_at(struct dc_odbc_connection *connection, const char *reason, const char *sqlstate,
                    struct dc_err *err)
{
    struct dc_strbuf hint = DC_STRBUF_INIT(DC_ERR_HINT_SIZE - 1);

    if (strstr(reason, "Can't open lib") != NULL || strcmp(sqlstate, "IM003") == 0) {
        dc_odbc_known_drivers(connection->env, &hint);
        dc_strbuf_puts(
            &hint,
            "; \"odbcinst -q -d\" lists them, \"odbcinst -j\" tells where they are registered");
    } else if (strcmp(sqlstate, "IM002") == 0) {
        dc_odbc_known_sources(connection->env, &hint);
        dc_strbuf_puts(&hint, "; \"odbcinst -q -s\" lists them, \"odbcinst -q -d\" the drivers");
    } else if (connection->quirks.connect_hint != NULL) {
        dc_strbuf_puts(&hint, connection->quirks.connect_hint);
    }
    if (hint.size > 0) {
        dc_err_set_hint(err, "%s", dc_strbuf_text(&hint));
    }
    dc_strbuf_done(&hint);
}

static enum dc_status refused(struct dc_odbc_connection *connection,
                              const struct dc_odbc_open *request, struct dc_err *err)
{
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_REASON);
    char sqlstate[6], *reason;
    int32_t native_code;

    dc_odbc_diagnose(connection, SQL_HANDLE_DBC, connection->dbc, &text, sqlstate, &native_code);
    dc_odbc_decode_message(connection, &text);
    reason = dc_strbuf_take(&text);
    blot_login(reason, request);
    if (request->dsn != NULL) {
        dc_err_set(err, DC_ERR_CONNECT, "could not connect to data source \"%s\": %s", request->dsn,
                   reason);
    } else {
        dc_err_set(err, DC_ERR_CONNECT, "could not connect: %s", reason);
    }
    if (err != NULL) {
        memcpy(err->sqlstate, sqlstate, sizeof err->sqlstate);
        err->native_code = native_code;
        hint_at(connection, reason, sqlstate, err);
    }
    free(reason);
    return DC_ERR_CONNECT;
}

/* All its room at once: a buffer that grows leaves copies of the password behind it. */
static void reserve(struct dc_strbuf *buf)
{
    while (buf->size < MAX_CONNECTION_STRING) {
        dc_strbuf_puts(buf, "                                                                ");
    }
    dc_strbuf_reset(buf);
}

static SQLRETURN connect_by(struct dc_odbc_connection *connection, const char *text)
{
    SQLCHAR answer[1024];
    SQLSMALLINT length = 0;
    SQLRETURN rc;

    if (connection->unicode) {
        return dc_odbc_connect_wide(connection, text);
    }
    rc = SQLDriverConnect(connection->dbc, NULL, (SQLCHAR *)text, SQL_NTS, answer,
                          (SQLSMALLINT)sizeof answer, &length, SQL_DRIVER_NOPROMPT);
    /* The driver's answer repeats the string with its password. */
    explicit_bzero(answer, sizeof answer);
    return rc;
}

static enum dc_status connect_to(struct dc_odbc_connection *connection,
                                 const struct dc_odbc_open *request, struct dc_err *err)
{
    struct dc_strbuf library = DC_STRBUF_INIT(1024), full = DC_STRBUF_INIT(MAX_CONNECTION_STRING);
    SQLRETURN rc;

    reserve(&full);
    dc_odbc_string_build(request, &connection->quirks, &full);
    dc_odbc_driver_library(connection->env, dc_strbuf_text(&full), &library);
    connection->quirks = dc_odbc_quirks_of(dc_strbuf_text(&library));
    dc_strbuf_reset(&full);
    dc_odbc_string_build(request, &connection->quirks, &full);
    dc_strbuf_done(&library);
    if (full.overflowed) {
        explicit_bzero(full.text, full.capacity);
        dc_strbuf_done(&full);
        return dc_err_set(err, DC_ERR_CONNECT,
                          "could not connect: the connection string is too long");
    }
    connection->unicode = connection->unicode || connection->quirks.unicode;
    rc = connect_by(connection, full.text);
    explicit_bzero(full.text, full.capacity);
    dc_strbuf_done(&full);
    return dc_odbc_succeeded(rc) ? DC_OK : refused(connection, request, err);
}

/* The library as the driver itself names it, which is surer than what the registration says. */
static void settle(struct dc_odbc_connection *connection)
{
    char name[256] = "";
    SQLSMALLINT length = 0;

    connection->connected = true;
    if (dc_odbc_succeeded(SQLGetInfo(connection->dbc, SQL_DRIVER_NAME, name,
                                     (SQLSMALLINT)sizeof name, &length)) &&
        name[0] != '\0') {
        connection->quirks = dc_odbc_quirks_of(name);
    }
    if (connection->quirks.cancel_beside &&
        SQLAllocHandle(SQL_HANDLE_STMT, connection->dbc, &connection->spare) != SQL_SUCCESS) {
        connection->spare = SQL_NULL_HSTMT;
    }
}

enum dc_status dc_odbc_open(const struct dc_odbc_open *request, struct dc_odbc_connection **out,
                            struct dc_err *err)
{
    struct dc_odbc_connection *connection = dc_alloc(1, sizeof *connection);
    enum dc_status status;

    dc_odbc_watch_init(&connection->watch);
    status = allocate(connection, err);
    if (status == DC_OK) {
        status = dc_odbc_encoding_open(connection, request->encoding, err);
    }
    if (status == DC_OK) {
        ask_politely(connection, request);
        status = connect_to(connection, request, err);
    }
    if (status != DC_OK) {
        dc_odbc_close(connection);
        return status;
    }
    settle(connection);
    *out = connection;
    return DC_OK;
}

void dc_odbc_close(struct dc_odbc_connection *connection)
{
    if (connection == NULL) {
        return;
    }
    dc_odbc_watch_done(&connection->watch);
    if (connection->in_transaction) {
        SQLEndTran(SQL_HANDLE_DBC, connection->dbc, SQL_ROLLBACK);
    }
    if (connection->spare != SQL_NULL_HSTMT) {
        SQLFreeHandle(SQL_HANDLE_STMT, connection->spare);
    }
    if (connection->connected) {
        SQLDisconnect(connection->dbc);
    }
    if (connection->dbc != SQL_NULL_HDBC) {
        SQLFreeHandle(SQL_HANDLE_DBC, connection->dbc);
    }
    if (connection->env != SQL_NULL_HENV) {
        SQLFreeHandle(SQL_HANDLE_ENV, connection->env);
    }
    dc_odbc_encoding_close(connection);
    free(connection);
}
