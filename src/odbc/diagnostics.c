#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "internal.h"

#define MAX_RECORDS     16
#define MAX_DIAGNOSTICS 1500

/* First match wins; a state of two characters is a class. Codes of one DBMS stand in its dialect, which has the last word. */
static const struct {
    const char *sqlstate;
    enum dc_status status;
} states[] = {
    {"57P01", DC_ERR_LOST},      /* PostgreSQL: ended by the administrator */
    {"57P02", DC_ERR_LOST},      /* … by a crash */
    {"57P03", DC_ERR_LOST},      /* … cannot connect now */
    {"57014", DC_ERR_TIMEOUT},   /* PostgreSQL: query_canceled; a cancel of ours is known before */
    {"55P03", DC_ERR_TIMEOUT},   /* PostgreSQL: lock not available within lock_timeout */
    {"HYT00", DC_ERR_TIMEOUT},   /* statement time-out */
    {"HYT01", DC_ERR_TIMEOUT},   /* connection time-out */
    {"S1T00", DC_ERR_TIMEOUT},   /* the same of ODBC 2 */
    {"HY008", DC_ERR_CANCELLED}, /* operation cancelled */
    {"S1008", DC_ERR_CANCELLED},
    {"42501", DC_ERR_DENIED},      /* insufficient privilege */
    {"28", DC_ERR_DENIED},         /* invalid authorisation */
    {"08", DC_ERR_LOST},           /* connection exceptions */
    {"HYC00", DC_ERR_UNSUPPORTED}, /* optional feature not implemented */
    {"S1C00", DC_ERR_UNSUPPORTED},
    {"IM001", DC_ERR_UNSUPPORTED}, /* the driver lacks the function */
};

enum dc_status dc_odbc_status_of(const char *sqlstate)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (strncmp(sqlstate, states[i].sqlstate, strlen(states[i].sqlstate)) == 0) {
            return states[i].status;
        }
    }
    return DC_ERR_READ;
}

/* "[unixODBC][Driver Manager]Text": who speaks is of no use to who reads. */
static const char *skip_origin(const char *message)
{
    while (*message == '[') {
        const char *close = strchr(message, ']');

        if (close == NULL) {
            break;
        }
        message = close + 1;
    }
    while (*message == ' ') {
        message++;
    }
    return message;
}

/* One line: runs of white space become one space, the ends are trimmed. */
static void flatten(char *text)
{
    char *to = text;
    bool gap = false;

    for (const char *from = text; *from != '\0'; from++) {
        if ((unsigned char)*from <= ' ') {
            gap = to != text;
            continue;
        }
        if (gap) {
            *to++ = ' ';
            gap = false;
        }
        *to++ = *from;
    }
    while (to > text && (to[-1] == ';' || to[-1] == ' ')) {
        to--;
    }
    *to = '\0';
}

struct record {
    char sqlstate[6];
    SQLINTEGER native;
    char message[1024];
};

static bool read_record(const struct dc_odbc_connection *connection, SQLSMALLINT kind,
                        SQLHANDLE handle, SQLSMALLINT number, struct record *out)
{
    SQLSMALLINT length = 0;
    SQLRETURN rc;

    memset(out, 0, sizeof *out);
    if (connection->unicode) {
        return dc_odbc_succeeded(dc_odbc_record_wide(
            kind, handle, number, out->sqlstate, &out->native, out->message, sizeof out->message));
    }
    rc = SQLGetDiagRec(kind, handle, number, (SQLCHAR *)out->sqlstate, &out->native,
                       (SQLCHAR *)out->message, (SQLSMALLINT)sizeof out->message, &length);
    out->message[sizeof out->message - 1] = '\0';
    out->message[dc_utf8_cut(out->message, strlen(out->message), sizeof out->message)] = '\0';
    return dc_odbc_succeeded(rc);
}

/* psqlODBC ends each message of the server so. */
static void drop_filler(char *message)
{
    static const char filler[] = "; Error while executing the query";
    size_t size = strlen(message), filler_size = sizeof filler - 1;

    if (size > filler_size && strcmp(message + size - filler_size, filler) == 0) {
        message[size - filler_size] = '\0';
    }
}

static void append_message(struct dc_strbuf *text, char *message)
{
    const char *plain;

    flatten(message);
    drop_filler(message);
    plain = skip_origin(message);
    /* Some drivers hand out the same text in several records. */
    if (*plain == '\0' || (text->size > 0 && strstr(dc_strbuf_text(text), plain) != NULL)) {
        return;
    }
    dc_strbuf_puts(text, text->size > 0 ? "; " : "");
    dc_strbuf_puts(text, plain);
}

/* Warnings (class 01) may stand before the error; the first record that is none names the failure. */
void dc_odbc_diagnose(const struct dc_odbc_connection *connection, SQLSMALLINT kind,
                      SQLHANDLE handle, struct dc_strbuf *text, char sqlstate[6],
                      int32_t *native_code)
{
    struct record record;
    bool have_error = false;

    memset(sqlstate, 0, 6);
    *native_code = 0;
    for (SQLSMALLINT i = 1; i <= MAX_RECORDS && read_record(connection, kind, handle, i, &record);
         i++) {
        bool is_error = strncmp(record.sqlstate, "01", 2) != 0;

        append_message(text, record.message);
        if (i == 1 || (is_error && !have_error)) {
            memcpy(sqlstate, record.sqlstate, 6);
            *native_code = record.native;
        }
        have_error = have_error || is_error;
    }
    if (text->size == 0) {
        dc_strbuf_puts(text, "the driver gives no reason");
    }
}

static enum dc_status fill(struct dc_err *err, enum dc_status status, const char *what,
                           const char *reason, const char sqlstate[6], int32_t native_code)
{
    dc_err_set(err, status, "could not %s: %s", what, reason);
    if (err != NULL) {
        memcpy(err->sqlstate, sqlstate, sizeof err->sqlstate);
        err->native_code = native_code;
    }
    return status;
}

/* The driver's reason, without what it may have quoted of the data; with our own in front where we know better. */
static char *reason_of(struct dc_strbuf *text, const char *sqlstate, const char *sql,
                       enum dc_status verdict, double seconds)
{
    struct dc_strbuf full = DC_STRBUF_INIT(MAX_DIAGNOSTICS);
    char *driver = dc_strbuf_take(text);

    /* Class 42 is about names and rights; everything else may quote what stands in a row. */
    if (strncmp(sqlstate, "42", 2) != 0) {
        dc_odbc_blot_values(driver, sql);
    }
    if (verdict == DC_ERR_CANCELLED) {
        dc_strbuf_puts(&full, "cancelled");
    } else if (verdict == DC_ERR_TIMEOUT) {
        dc_strbuf_printf(&full, "not done within %g s: %s", seconds, driver);
    } else {
        dc_strbuf_puts(&full, driver);
    }
    free(driver);
    return dc_strbuf_take(&full);
}

static enum dc_status fail(struct dc_odbc_connection *connection, SQLSMALLINT kind,
                           SQLHANDLE handle, const struct dc_odbc_statement *statement,
                           const char *what, struct dc_err *err)
{
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_DIAGNOSTICS);
    enum dc_status verdict = dc_odbc_watch_verdict(connection), status = verdict;
    char sqlstate[6], *reason;
    int32_t native_code;

    dc_odbc_diagnose(connection, kind, handle, &text, sqlstate, &native_code);
    dc_odbc_decode_message(connection, &text);
    if (status == DC_OK) {
        status = dc_odbc_status_of(sqlstate);
    }
    reason = reason_of(&text, sqlstate, statement != NULL ? statement->sql : "", verdict,
                       statement != NULL ? statement->seconds : 0);
    fill(err, status, what, reason, sqlstate, native_code);
    free(reason);
    return status;
}

enum dc_status dc_odbc_fail(struct dc_odbc_statement *statement, const char *what,
                            struct dc_err *err)
{
    return fail(statement->connection, SQL_HANDLE_STMT, statement->handle, statement, what, err);
}

enum dc_status dc_odbc_fail_connection(struct dc_odbc_connection *connection, const char *what,
                                       struct dc_err *err)
{
    return fail(connection, SQL_HANDLE_DBC, connection->dbc, NULL, what, err);
}
