#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "dcscan/alloc.h"
#include "driver.h"

static struct statement *make_statement(struct connection *connection)
{
    struct statement *statement = dc_alloc(1, sizeof *statement);

    statement->kind = SQL_HANDLE_STMT;
    statement->connection = connection;
    statement->array_size = 1;
    pthread_mutex_init(&statement->lock, NULL);
    pthread_cond_init(&statement->wake, NULL);
    return statement;
}

SQLRETURN handle_allocate(SQLSMALLINT kind, SQLHANDLE parent, SQLHANDLE *out)
{
    switch (kind) {
    case SQL_HANDLE_ENV:
        *out = dc_alloc(1, sizeof(struct environment));
        break;
    case SQL_HANDLE_DBC:
        *out = dc_alloc(1, sizeof(struct connection));
        break;
    case SQL_HANDLE_STMT:
        *out = make_statement(parent);
        break;
    default:
        return SQL_ERROR;
    }
    *(SQLSMALLINT *)*out = kind;
    return SQL_SUCCESS;
}

static void free_statement(struct statement *statement)
{
    statement_close(statement);
    free(statement->prepared);
    free(statement->bindings);
    pthread_mutex_destroy(&statement->lock);
    pthread_cond_destroy(&statement->wake);
}

SQLRETURN handle_free(SQLHANDLE handle)
{
    SQLSMALLINT kind = *(SQLSMALLINT *)handle;

    if (kind == SQL_HANDLE_STMT) {
        free_statement(handle);
    } else if (kind == SQL_HANDLE_DBC) {
        script_destroy(((struct connection *)handle)->script);
    }
    free(handle);
    return SQL_SUCCESS;
}

struct diagnostics *handle_diagnostics(SQLHANDLE handle)
{
    switch (*(SQLSMALLINT *)handle) {
    case SQL_HANDLE_STMT:
        return &((struct statement *)handle)->diags;
    case SQL_HANDLE_DBC:
        return &((struct connection *)handle)->diags;
    default:
        return &((struct environment *)handle)->diags;
    }
}

void statement_close(struct statement *statement)
{
    result_destroy(statement->result);
    statement->result = NULL;
    statement->table = NULL;
    statement->positioned = false;
}

/* ---- connecting ---- */

/* The value of `KEY=` in a connection string; no braces. */
static char *value_of(const char *text, const char *key)
{
    size_t size = strlen(key);

    while (*text != '\0') {
        size_t part = strcspn(text, ";");

        if (part > size && strncasecmp(text, key, size) == 0 && text[size] == '=') {
            return dc_strndup(text + size + 1, part - size - 1);
        }
        text += part + (text[part] == ';');
    }
    return NULL;
}

static void pause_for(int64_t milliseconds)
{
    struct timespec pause = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};

    if (milliseconds > 0) {
        nanosleep(&pause, NULL);
    }
}

static SQLRETURN load(struct connection *connection, const char *path)
{
    struct dc_strbuf problem = DC_STRBUF_INIT(400);

    connection->script = script_load(path, &problem);
    if (connection->script == NULL) {
        diag_set(&connection->diags, "HY000", 0, dc_strbuf_text(&problem));
    }
    dc_strbuf_done(&problem);
    return connection->script != NULL ? SQL_SUCCESS : SQL_ERROR;
}

static SQLRETURN admit(struct connection *connection)
{
    static atomic_long n_connections;
    const struct script_connect *rules = &connection->script->connect;

    pause_for(rules->delay_ms);
    if (rules->fails.n_items > 0) {
        return diag_records(&connection->diags, &rules->fails);
    }
    if (rules->at_most > 0 && atomic_fetch_add(&n_connections, 1) >= rules->at_most) {
        return diag_set(&connection->diags, "08001", 0, "the server does not answer");
    }
    connection->connected = true;
    return SQL_SUCCESS;
}

SQLRETURN connect_by_string(struct connection *connection, const char *text, size_t size)
{
    char *full = dc_strndup(text, size), *path = value_of(full, "Script"),
         *log = value_of(full, "Log");
    SQLRETURN rc;

    if (log != NULL) {
        copy_text(NULL, log, connection->log_path, sizeof connection->log_path, NULL);
    }
    if (path == NULL) {
        rc = diag_set(&connection->diags, "HY000", 0, "the connection string names no Script");
    } else {
        rc = load(connection, path);
    }
    if (rc == SQL_SUCCESS) {
        log_call(connection, "SQLDriverConnect", "");
        rc = admit(connection);
    }
    free(full);
    free(path);
    free(log);
    return rc;
}
