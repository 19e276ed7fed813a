/*
 * For those who write a connector. Users call include/dcscan/connect.h instead, which checks, times and names errors.
 *
 * A connector is synchronous; one connection is used by one thread (except `cancel`). It never prints, never writes to the
 * source, never logs values. On failure it fills `err` with all diagnostic records and leaves its outputs untouched.
 * Built-in connectors stand in one array in src/connect/connectors.c.
 */
#ifndef DCSCAN_PROVIDER_CONNECTOR_H
#define DCSCAN_PROVIDER_CONNECTOR_H

#include "dcscan/catalog.h"
#include "dcscan/dialect.h"
#include "dcscan/odbc.h"
#include "dcscan/sample.h"
#include "dcscan/source.h"
#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* First member of every connector's own connection struct. */
struct dc_connector_connection {
    const struct dc_connector_class *class_;
    int64_t n_statements; /* sent so far, catalogue calls included */
    /* Told of each, or NULL; set by the front. */
    void (*on_statement)(void *user, const char *statement);
    void *statement_user;
};

/* The connector calls it for every statement and catalogue call that it sends. */
static inline void dc_connector_sent(struct dc_connector_connection *connection,
                                     const char *statement)
{
    connection->n_statements++;
    if (connection->on_statement != NULL) {
        connection->on_statement(connection->statement_user, statement);
    }
}

/* One sampling request, planned by the front: `statement` is complete SQL with quoted names. */
struct dc_sample_request {
    const struct dc_table *table;
    const char *statement;
    const size_t *selected;    /* per column of the result: its place in table->columns */
    const size_t *value_bytes; /* … and the bytes to keep of it */
    size_t n_selected;
    int64_t
        max_rows; /* 0: the statement bounds itself; else the driver is to end after so many rows */
    int64_t timeout_seconds;
};

/* Rows of a small result: cell c of row r is cells[r * n_columns + c], NULL for NULL. */
struct dc_text_rows {
    const char **cells;
    size_t n_rows, n_columns;
};

struct dc_connector_class {
    const char *name; /* "odbc", "mem" */

    /*
     * Mandatory. Opens a connection with the source's login; `password` may be NULL and is not kept. On success *out is owned by the
     * caller until `close`. DC_ERR_CONNECT when it fails.
     */
    enum dc_status (*open)(const struct dc_source *source, const char *password,
                           struct dc_connector_connection **out, struct dc_err *err);
    /* Mandatory. Ends everything that is open; the connection is never used again. Never fails. */
    void (*close)(struct dc_connector_connection *connection);
    /* Mandatory. What the driver says of itself: the front chooses the dialect from it. */
    enum dc_status (*info)(struct dc_connector_connection *connection, struct dc_odbc_info *out,
                           struct dc_err *err);
    /*
     * Optional. Called once after open with the chosen dialect, which outlives the connection: runs its session statements (read only,
     * time-outs, isolation). *read_only tells whether the DBMS confirmed a read-only session.
     */
    enum dc_status (*begin_session)(struct dc_connector_connection *connection,
                                    const struct dc_dialect *dialect,
                                    const struct dc_limits *limits, bool *read_only,
                                    struct dc_err *err);
    /*
     * Mandatory. Adds all tables and columns that the login can see, comments, keys and estimates included; the front applies the
     * source's globs afterwards, and dc_catalog_finish. Tables that are visible but not readable are added with a skip_reason. Columns
     * whose type the connector does not know stay DC_TYPE_UNKNOWN: the front asks the dialect by their type_name.
     */
    enum dc_status (*list)(struct dc_connector_connection *connection,
                           const struct dc_source *source, struct dc_catalog *catalog,
                           struct dc_err *err);
    /* Mandatory. Starts one sample; at most one is open per connection. */
    enum dc_status (*sample_begin)(struct dc_connector_connection *connection,
                                   const struct dc_sample_request *request, struct dc_err *err);
    /*
     * Mandatory. DC_FETCH_ROWS with a block (valid until the next call), DC_FETCH_END, or DC_FETCH_ERROR with err filled: three
     * different answers. After END or ERROR only sample_end is called.
     */
    enum dc_fetch (*sample_next)(struct dc_connector_connection *connection, struct dc_block *out,
                                 struct dc_err *err);
    /* Mandatory. Ends the sample and wipes its buffers. Called exactly once after each successful sample_begin. */
    void (*sample_end)(struct dc_connector_connection *connection);
    /* Optional. Cancels a running call from another thread; must be safe at any time between open and close. */
    void (*cancel)(struct dc_connector_connection *connection);
    /*
     * Optional. A small result as text, at most max_rows rows of it, allocated in the arena. DC_ERR_* when the query fails.
     */
    enum dc_status (*texts)(struct dc_connector_connection *connection, const char *sql,
                            int64_t timeout_seconds, size_t max_rows, struct dc_arena *arena,
                            struct dc_text_rows *out, struct dc_err *err);
    /* Optional. Statements are sent in that encoding from now on, whatever the source says. DC_ERR_CONFIG when it is not known. */
    enum dc_status (*assume)(struct dc_connector_connection *connection, const char *encoding,
                             struct dc_err *err);
    /* Optional. One number from the source, such as max(rowid), for planning. DC_ERR_* when the query fails; *is_null for NULL. */
    enum dc_status (*scalar)(struct dc_connector_connection *connection, const char *sql,
                             int64_t timeout_seconds, int64_t *out, bool *is_null,
                             struct dc_err *err);
};

#ifdef __cplusplus
}
#endif
#endif
