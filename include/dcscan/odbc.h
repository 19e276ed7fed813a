/*
 * A thin, safe wrapper over unixODBC: handles, every diagnostic record, block binding, parameters, transactions, cancel.
 * The only user of <sql.h>. Used by the ODBC connector to read and by the store to write.
 *
 * One connection belongs to one thread, except dc_odbc_cancel(). All text is UTF-8, converted here when the driver speaks another encoding.
 * Bytes that do not fit it stay as they are. It is read as SQL_C_CHAR, as SQL_C_WCHAR (which costs up to seven times as much with some
 * drivers) only where dc_odbc_read_wide or the encoding "UTF-16" says so.
 */
#ifndef DCSCAN_ODBC_H
#define DCSCAN_ODBC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/sample.h"
#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

struct dc_odbc_connection;
struct dc_odbc_statement;

enum dc_fetch { DC_FETCH_ROWS, DC_FETCH_END, DC_FETCH_ERROR };

/* Called with each driver and its library, or each data source (DSN) and its driver; texts are valid during the call only. */
typedef void dc_odbc_known_fn(void *user, const char *name, const char *what);
/* What the driver manager knows. DC_ERR_CONNECT when it cannot be started. */
enum dc_status dc_odbc_list_drivers(dc_odbc_known_fn *take, void *user, struct dc_err *err);
enum dc_status dc_odbc_list_sources(dc_odbc_known_fn *take, void *user, struct dc_err *err);

struct dc_odbc_open {
    const char *dsn;               /* one of dsn and connection_string */
    const char *connection_string; /* never repeated in messages */
    const char *user, *password;   /* or NULL; never repeated in messages */
    const char *encoding;          /* of the driver's texts, as iconv names it; NULL: UTF-8.
                                      UTF-16, UTF-16LE, UTF-16BE: by the calls that end in W */
    bool read_only;                /* asks for SQL_MODE_READ_ONLY */
    int64_t login_seconds;
};

/*
 * DC_ERR_CONNECT with all diagnostic records (secrets blotted out) when it fails. user and password take the place of those in the
 * connection string. Statement time-outs hold with every driver: where it does not keep the time itself, a watching thread cancels.
 */
enum dc_status dc_odbc_open(const struct dc_odbc_open *request, struct dc_odbc_connection **out,
                            struct dc_err *err);
/* Rolls back what is open and closes. NULL is fine. */
void dc_odbc_close(struct dc_odbc_connection *connection);

/* Which columns are read as UTF-16 from now on; at first none, with the encoding UTF-16 all texts. */
void dc_odbc_read_wide(struct dc_odbc_connection *connection, enum dc_wide wide);

struct dc_odbc_info {
    char dbms_name[64], dbms_version[64], driver_name[64], driver_version[64], odbc_version[16];
    char user_name[128], database[128];
    char identifier_quote[8];
    char manager_version[16]; /* of the driver manager in use */
    bool
        read_only; /* SQL_DATA_SOURCE_READ_ONLY. The access mode asked for is no proof: drivers take it and go on writing */
};
enum dc_status dc_odbc_info(struct dc_odbc_connection *connection, struct dc_odbc_info *out,
                            struct dc_err *err);
/* Version of the driver manager this program was built with. */
const char *dc_odbc_manager_version(void);

/* Runs a statement that returns no rows. */
enum dc_status dc_odbc_execute(struct dc_odbc_connection *connection, const char *sql,
                               struct dc_err *err);
/* Autocommit off and on; commit and rollback. */
enum dc_status dc_odbc_begin(struct dc_odbc_connection *connection, struct dc_err *err);
enum dc_status dc_odbc_commit(struct dc_odbc_connection *connection, struct dc_err *err);
enum dc_status dc_odbc_rollback(struct dc_odbc_connection *connection, struct dc_err *err);

/* ---- small results, row by row: catalogue queries and the store ---- */

/* A parameter of a prepared statement. */
enum dc_odbc_kind { DC_ODBC_NULL, DC_ODBC_TEXT, DC_ODBC_INT, DC_ODBC_REAL };
struct dc_odbc_param {
    enum dc_odbc_kind kind;
    const char *text; /* UTF-8, terminated; must live until the execution ends */
    int64_t integer;
    double real;
};

/* Prepares; execute as often as wanted; destroy. `timeout_seconds` 0: none. */
enum dc_status dc_odbc_prepare(struct dc_odbc_connection *connection, const char *sql,
                               int64_t timeout_seconds, struct dc_odbc_statement **out,
                               struct dc_err *err);
enum dc_status dc_odbc_run(struct dc_odbc_statement *statement, const struct dc_odbc_param *params,
                           size_t n_params, struct dc_err *err);
void dc_odbc_statement_destroy(struct dc_odbc_statement *statement);
/* Executes at once without preparing (one round trip); rows are read with dc_odbc_row or a block. */
enum dc_status dc_odbc_query(struct dc_odbc_connection *connection, const char *sql,
                             int64_t timeout_seconds, struct dc_odbc_statement **out,
                             struct dc_err *err);
/* The same, ending after max_rows rows (0: all) where the driver knows SQL_ATTR_MAX_ROWS: for DBMS whose limiting clause is unknown. */
enum dc_status dc_odbc_query_limited(struct dc_odbc_connection *connection, const char *sql,
                                     int64_t timeout_seconds, int64_t max_rows,
                                     struct dc_odbc_statement **out, struct dc_err *err);
size_t dc_odbc_n_columns(const struct dc_odbc_statement *statement);
/* Next row for dc_odbc_text/_int/_real: whole values of any length (bounded by 16 MiB). */
enum dc_fetch dc_odbc_row(struct dc_odbc_statement *statement, struct dc_err *err);
/* Columns 0…; NULL gives NULL (or `fallback`). Valid until the next row. */
const char *dc_odbc_text(struct dc_odbc_statement *statement, size_t column);
int64_t dc_odbc_int(struct dc_odbc_statement *statement, size_t column, int64_t fallback);
double dc_odbc_real(struct dc_odbc_statement *statement, size_t column, double fallback);

/*
 * ODBC's own catalogue functions: SQLTables, SQLColumns, SQLPrimaryKeys, SQLForeignKeys (those of one table), for DBMS without a
 * catalogue query. The columns of the rows are those of the ODBC specification. NULL and "" mean any.
 */
enum dc_status dc_odbc_tables(struct dc_odbc_connection *connection, int64_t timeout_seconds,
                              struct dc_odbc_statement **out, struct dc_err *err);
enum dc_status dc_odbc_columns(struct dc_odbc_connection *connection, int64_t timeout_seconds,
                               struct dc_odbc_statement **out, struct dc_err *err);
enum dc_status dc_odbc_primary_keys(struct dc_odbc_connection *connection, const char *catalog,
                                    const char *schema, const char *table, int64_t timeout_seconds,
                                    struct dc_odbc_statement **out, struct dc_err *err);
enum dc_status dc_odbc_foreign_keys(struct dc_odbc_connection *connection, const char *catalog,
                                    const char *schema, const char *table, int64_t timeout_seconds,
                                    struct dc_odbc_statement **out, struct dc_err *err);

/* ---- large results: block cursor ---- */

/*
 * Binds all columns of an executed query column-wise: `n_rows` rows a block, value_bytes[i] bytes kept of column i (0: not bound, not
 * fetched). Falls back to one row a block where the driver has no block cursor, and to piecewise reading where binding fails.
 * The buffers belong to `buffers`, which is kept from table to table; they must outlive the statement or its next bind. A block in
 * which a row could not be read is DC_FETCH_ERROR as a whole.
 */
struct dc_odbc_buffers;
struct dc_odbc_buffers *dc_odbc_buffers_create(void);
void dc_odbc_buffers_wipe(
    struct dc_odbc_buffers *buffers); /* zeros: raw values do not outlive their table */
void dc_odbc_buffers_destroy(struct dc_odbc_buffers *buffers);
enum dc_status dc_odbc_bind_block(struct dc_odbc_statement *statement,
                                  struct dc_odbc_buffers *buffers, size_t n_rows,
                                  const size_t *value_bytes, size_t n_columns, struct dc_err *err);
enum dc_fetch dc_odbc_block(struct dc_odbc_statement *statement, struct dc_block *out,
                            struct dc_err *err);

/*
 * Cancels what runs on the connection (SQLCancel, repeated until the driver gives in): its statement fails with DC_ERR_CANCELLED. When
 * nothing runs, the next statement or fetch fails so: a cancel is never lost, and serves once. The only function that may be called from
 * another thread (not from a signal handler); the connection must not be closed meanwhile.
 */
void dc_odbc_cancel(struct dc_odbc_connection *connection);
/* From now on statements are sent in that encoding; what comes is not touched. DC_ERR_CONFIG when it is not known. */
enum dc_status dc_odbc_send_in(struct dc_odbc_connection *connection, const char *encoding,
                               struct dc_err *err);

#ifdef __cplusplus
}
#endif
#endif
