/*
 * Private to src/odbc: the handles behind the opaque types, and what the files of this layer share.
 */
#ifndef DCSCAN_ODBC_INTERNAL_H
#define DCSCAN_ODBC_INTERNAL_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include <sql.h>
#include <sqlext.h>

#include "dcscan/odbc.h"
#include "dcscan/strbuf.h"

/* Lengths are handed on as int64_t without copying, and the marks of a cell are ODBC's own. */
_Static_assert(sizeof(SQLLEN) == sizeof(int64_t), "a 64-bit driver manager is needed");
_Static_assert(DC_CELL_NULL == SQL_NULL_DATA && DC_CELL_NO_TOTAL == SQL_NO_TOTAL,
               "marks of a cell");

/*
 * Who may interrupt the connection: a second thread that sleeps until a statement's time is up or somebody cancels, and then calls
 * SQLCancel until the statement gives in. Needed because not every driver knows SQL_ATTR_QUERY_TIMEOUT (SQLite's does not), and
 * because a cancel that arrives just before the driver starts would be lost if it were sent only once.
 */
struct dc_odbc_watch {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    bool started, stopping;
    bool cancelled;      /* somebody cancelled; taken back by the statement that reports it */
    bool expired;        /* the running statement's time is up */
    SQLHSTMT running;    /* what to cancel; SQL_NULL_HSTMT while the owner is outside the driver */
    double deadline;     /* monotonic seconds; 0: none */
    double asleep_until; /* when the thread will look again; 0: only when woken */
    double next_shot;    /* when to call SQLCancel again */
    double shot_gap;
};

/* What a driver needs that ODBC has no word for, known by the name of its library. */
struct dc_odbc_quirks {
    const char *library;           /* glob on the library's file name, lower case */
    const char *read_only_keyword; /* put into the connection string when opened to read */
    const char *connect_hint;      /* what to look at when it does not connect, or NULL */
    const char *keyword;           /* put in always, unless the user's string has its key */
    bool
        cancel_beside; /* SQLCancel closes the statement it is given, from under the running thread: give it a spare one */
    bool
        fetch_sealed; /* SQLCancel during SQLFetch frees what is being fetched: never call it then */
    bool unicode;     /* has only the functions that end in W */
};

struct dc_odbc_connection {
    SQLHENV env;
    SQLHDBC dbc;
    SQLHSTMT spare; /* for quirks.cancel_beside */
    bool connected, in_transaction;
    struct dc_odbc_quirks quirks;
    struct dc_converter *decoder, *encoder; /* NULL: the driver speaks UTF-8 */
    enum dc_wide wide;                      /* which columns are read as UTF-16 */
    bool unicode;                           /* statements and names go out as UTF-16 */
    bool big_endian; /* values in UTF-16, where they are not in this machine's order */
    struct dc_odbc_watch watch;
};

struct dc_odbc_cell {
    char *text;
    size_t size, capacity;
    bool null;
};

struct dc_odbc_statement {
    struct dc_odbc_connection *connection;
    SQLHSTMT handle;
    char *sql;      /* names in driver messages are recognised by it */
    char *sent;     /* the same as the driver reads it */
    double seconds; /* time-out; 0: none */
    double
        grace; /* how long after it SQLCancel is sent: drivers that keep the time themselves go first */
    bool
        at_once; /* the time-out is for running it and fetching all of it together; else for each call */
    double until; /* of such a one, monotonic; 0: not yet begun */
    size_t n_columns;
    bool prepared;
    SQLLEN *indicators; /* of parameters */
    size_t indicators_capacity;
    bool *wide;                 /* a column: whether it is read as UTF-16; NULL: none is */
    struct dc_odbc_cell *cells; /* of dc_odbc_row */
    size_t n_cells;
    /* of dc_odbc_block */
    struct dc_odbc_buffers *buffers;
    size_t block_rows;
    size_t n_block_columns;
    bool piecewise; /* nothing is bound: SQLGetData cell by cell, one row a block */
    SQLULEN rows_fetched;
};

struct dc_odbc_buffers {
    char *memory;
    size_t memory_size, memory_used;
    char *scratch; /* a cell while it is decoded */
    size_t scratch_size;
    int64_t *lengths;
    SQLUSMALLINT *row_status;
    struct dc_block_column *columns;
    size_t lengths_capacity, status_capacity, columns_capacity;
};

/* ---- driver.c ---- */

/* Quirks of the driver whose library is `library` (a path or a bare name). */
struct dc_odbc_quirks dc_odbc_quirks_of(const char *library);
/* The library behind `Driver=` or `DSN=` of a connection string, as far as the driver manager can tell; else "". */
void dc_odbc_driver_library(SQLHENV env, const char *connection_string, struct dc_strbuf *out);
/* "known drivers: …" or "known data sources: …". */
void dc_odbc_known_drivers(SQLHENV env, struct dc_strbuf *out);
void dc_odbc_known_sources(SQLHENV env, struct dc_strbuf *out);
/* Makes SQLite's allocator count nothing; see the comment there. Runs by itself before main. */
void dc_odbc_relax_sqlite(void);

/* ---- connection_string.c ---- */

/* The value of a key (case-insensitive, braces taken off); false when absent. */
bool dc_odbc_string_get(const char *connection_string, const char *key, struct dc_strbuf *out);
/* Appends `KEY=value;`, the value in braces where it needs them. */
void dc_odbc_string_put(struct dc_strbuf *out, const char *key, const char *value);
/* The string that is given to the driver manager: login put in place of the string's own, the quirks' keywords added. */
void dc_odbc_string_build(const struct dc_odbc_open *request, const struct dc_odbc_quirks *quirks,
                          struct dc_strbuf *out);

/* ---- encoding.c ---- */

/* `encoding` NULL: UTF-8. DC_ERR_CONFIG when it is not known. */
enum dc_status dc_odbc_encoding_open(struct dc_odbc_connection *connection, const char *encoding,
                                     struct dc_err *err);
void dc_odbc_encoding_close(struct dc_odbc_connection *connection);
/* As the driver reads it, released with free(); NULL when its encoding has no room for it. */
char *dc_odbc_encode(struct dc_odbc_connection *connection, const char *text);
/* In UTF-8, terminated, released with free(); NULL when it is already, or does not fit the encoding. */
char *dc_odbc_decode(struct dc_odbc_connection *connection, const char *text, size_t size,
                     size_t *decoded_size);
/* The driver's message. */
void dc_odbc_decode_message(struct dc_odbc_connection *connection, struct dc_strbuf *text);
/* All cells of the block just fetched. */
void dc_odbc_decode_block(struct dc_odbc_statement *statement);

/* ---- wide.c ---- */

/* Whether an encoding is UTF-16; if so the connection reads and sends it. */
bool dc_odbc_wide_encoding(struct dc_odbc_connection *connection, const char *encoding);
/* Which columns of the result are read as UTF-16; NULL: none. Released with free(). */
bool *dc_odbc_wide_columns(struct dc_odbc_statement *statement);
/* A cell in UTF-8, terminated, released with free(). */
char *dc_odbc_widened(const char *bytes, size_t size, size_t *decoded_size);
/* All wide cells of the block just fetched, each column in its place. */
void dc_odbc_narrow_block(struct dc_odbc_statement *statement);
SQLRETURN dc_odbc_connect_wide(struct dc_odbc_connection *connection, const char *text);
SQLRETURN dc_odbc_execute_wide(SQLHSTMT handle, const char *sql);
SQLRETURN dc_odbc_info_wide(struct dc_odbc_connection *connection, SQLUSMALLINT type, char *out,
                            size_t size);
SQLRETURN dc_odbc_record_wide(SQLSMALLINT kind, SQLHANDLE handle, SQLSMALLINT number,
                              char sqlstate[6], SQLINTEGER *native, char *message, size_t size);
enum dc_wide_call { DC_CALL_TABLES, DC_CALL_COLUMNS, DC_CALL_PRIMARY_KEYS, DC_CALL_FOREIGN_KEYS };
SQLRETURN dc_odbc_names_wide(SQLHSTMT handle, enum dc_wide_call call, const char *catalog,
                             const char *schema, const char *table);

/* ---- diagnostics.c ---- */

/* Of an open connection: what a SQLSTATE means wherever it comes from. */
enum dc_status dc_odbc_status_of(const char *sqlstate);
/* All diagnostic records of a handle, joined by "; ", into text; sqlstate and native code of the first that matters. */
void dc_odbc_diagnose(const struct dc_odbc_connection *connection, SQLSMALLINT kind,
                      SQLHANDLE handle, struct dc_strbuf *text, char sqlstate[6],
                      int32_t *native_code);
/*
 * Fills err with "could not WHAT: all records". What the watch knows (cancelled, time is up) goes before what the driver says. Quoted
 * values that are no names of the statement are blotted out, since a server may quote the data it stumbled over.
 */
enum dc_status dc_odbc_fail(struct dc_odbc_statement *statement, const char *what,
                            struct dc_err *err);
/* The same for a connection handle: commit, rollback, information. */
enum dc_status dc_odbc_fail_connection(struct dc_odbc_connection *connection, const char *what,
                                       struct dc_err *err);

/* ---- redact.c ---- */

/* Replaces every occurrence of the secret by ***. */
void dc_odbc_blot_secret(char *text, const char *secret);
/* Blots out what follows PWD= or PASSWORD= in a text. */
void dc_odbc_blot_password_keys(char *text);
/* Blots out quoted parts of a driver's message that do not stand in the statement. */
void dc_odbc_blot_values(char *text, const char *sql);

/* ---- watch.c ---- */

void dc_odbc_watch_init(struct dc_odbc_watch *watch);
void dc_odbc_watch_done(struct dc_odbc_watch *watch);
/*
 * Around every call of a driver that may take long (`fetching`: SQLFetch). enter tells false when the connection was cancelled before:
 * the driver must not be called then. Between the two the watcher may call SQLCancel; leave waits for it.
 */
bool dc_odbc_watch_enter(struct dc_odbc_statement *statement, bool fetching);
void dc_odbc_watch_leave(struct dc_odbc_statement *statement);
/* DC_ERR_CANCELLED or DC_ERR_TIMEOUT when that is why the last call failed, and forgets it; else DC_OK. */
enum dc_status dc_odbc_watch_verdict(struct dc_odbc_connection *connection);

/* A number as the attribute functions take it. */
static inline SQLPOINTER dc_odbc_number(int64_t value)
{
    return (SQLPOINTER)(intptr_t)value;
}

/* ---- statement.c ---- */

static inline bool dc_odbc_succeeded(SQLRETURN rc)
{
    return rc == SQL_SUCCESS || rc == SQL_SUCCESS_WITH_INFO;
}
enum dc_status dc_odbc_statement_open(struct dc_odbc_connection *connection, const char *sql,
                                      int64_t timeout_seconds, struct dc_odbc_statement **out,
                                      struct dc_err *err);
/* After an execution: counts the columns. */
enum dc_status dc_odbc_statement_ready(struct dc_odbc_statement *statement, struct dc_err *err);

#endif
