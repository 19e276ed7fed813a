#include "odbc.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"

#define BLOCK_ROWS 64
#define BLOCK_BYTES \
    ((size_t)4 * 1024 * 1024) /* a table of a thousand columns gets fewer rows a block */
#define MAX_SESSION_SQL       8192
#define MIN_CATALOGUE_SECONDS 60 /* one query for all tables may take longer than one table */

static struct odbc *cast(struct dc_connector_connection *connection)
{
    return (struct odbc *)connection;
}

static enum dc_status odbc_open(const struct dc_source *source, const char *password,
                                struct dc_connector_connection **out, struct dc_err *err)
{
    const struct dc_limits limits = dc_limits_effective(&source->limits);
    const struct dc_odbc_open request = {
        .dsn = source->dsn,
        .connection_string = source->connection,
        .user = source->user,
        .password = password,
        .encoding = source->encoding,
        .read_only = true,
        .login_seconds = limits.connect_seconds,
    };
    struct dc_odbc_connection *connection = NULL;
    enum dc_status status;
    struct odbc *odbc;

    if (source->dsn == NULL && source->connection == NULL) {
        return dc_err_set(err, DC_ERR_CONFIG,
                          "could not connect: neither a DSN nor a connection string is given");
    }
    status = dc_odbc_open(&request, &connection, err);
    if (status != DC_OK) {
        return status;
    }
    odbc = dc_alloc(1, sizeof *odbc);
    odbc->base.class_ = &dc_odbc_connector;
    odbc->connection = connection;
    odbc->encoding_told = source->encoding != NULL;
    odbc->catalogue_seconds = limits.table_seconds > MIN_CATALOGUE_SECONDS ? limits.table_seconds
                                                                           : MIN_CATALOGUE_SECONDS;
    odbc->buffers = dc_odbc_buffers_create();
    *out = &odbc->base;
    return DC_OK;
}

static void odbc_close(struct dc_connector_connection *connection)
{
    struct odbc *odbc = cast(connection);

    dc_odbc_statement_destroy(odbc->sample);
    dc_odbc_buffers_destroy(odbc->buffers);
    dc_odbc_close(odbc->connection);
    free(odbc);
}

static enum dc_status odbc_info(struct dc_connector_connection *connection,
                                struct dc_odbc_info *out, struct dc_err *err)
{
    return dc_odbc_info(cast(connection)->connection, out, err);
}

enum dc_status odbc_query(struct odbc *odbc, const char *sql, struct dc_odbc_statement **out,
                          struct dc_err *err)
{
    dc_connector_sent(&odbc->base, sql);
    return dc_odbc_query(odbc->connection, sql, odbc->catalogue_seconds, out, err);
}

/* ---- the session ---- */

static enum dc_status run_session_statement(struct odbc *odbc,
                                            const struct dc_dialect_statement *statement,
                                            const struct dc_limits *limits, struct dc_err *err)
{
    struct dc_strbuf sql = DC_STRBUF_INIT(MAX_SESSION_SQL);
    char seconds[24], milliseconds[24];
    struct dc_err ignored = {0};
    enum dc_status status;

    snprintf(seconds, sizeof seconds, "%" PRId64, limits->table_seconds);
    snprintf(milliseconds, sizeof milliseconds, "%" PRId64, limits->table_seconds * 1000);
    dc_template_fill(statement->sql,
                     (struct dc_filling[]){{"timeout_s", seconds}, {"timeout_ms", milliseconds}}, 2,
                     &sql);
    dc_connector_sent(&odbc->base, dc_strbuf_text(&sql));
    status = dc_odbc_execute(odbc->connection, dc_strbuf_text(&sql),
                             statement->optional ? &ignored : err);
    dc_strbuf_done(&sql);
    if (status != DC_OK && statement->optional && status != DC_ERR_LOST &&
        status != DC_ERR_CANCELLED) {
        return DC_OK;
    }
    if (status != DC_OK && statement->optional && err != NULL) {
        *err = ignored;
    }
    return status;
}

static bool says_yes(const char *answer)
{
    static const char *const words[] = {"1", "on", "yes", "y", "true", "t"};

    for (size_t i = 0; answer != NULL && i < sizeof words / sizeof words[0]; i++) {
        if (dc_text_equal_nocase(answer, words[i])) {
            return true;
        }
    }
    return false;
}

/* A check that fails proves nothing: the session counts as one that may write. */
static bool is_read_only(struct odbc *odbc)
{
    struct dc_odbc_statement *statement = NULL;
    bool yes;

    if (odbc->dialect->read_only_check == NULL ||
        odbc_query(odbc, odbc->dialect->read_only_check, &statement, NULL) != DC_OK) {
        return false;
    }
    yes = dc_odbc_row(statement, NULL) == DC_FETCH_ROWS && says_yes(dc_odbc_text(statement, 0));
    dc_odbc_statement_destroy(statement);
    return yes;
}

static enum dc_status odbc_begin_session(struct dc_connector_connection *connection,
                                         const struct dc_dialect *dialect,
                                         const struct dc_limits *limits, bool *read_only,
                                         struct dc_err *err)
{
    struct odbc *odbc = cast(connection);

    odbc->dialect = dialect;
    if (!odbc->encoding_told) {
        dc_odbc_read_wide(odbc->connection, dialect->wide);
    }
    for (size_t i = 0; i < dialect->n_session; i++) {
        enum dc_status status = run_session_statement(odbc, &dialect->session[i], limits, err);

        if (status != DC_OK) {
            dc_err_add_object(err, "session");
            return status;
        }
    }
    *read_only = is_read_only(odbc);
    return DC_OK;
}

/* ---- catalogue and samples ---- */

static enum dc_status odbc_list(struct dc_connector_connection *connection,
                                const struct dc_source *source, struct dc_catalog *catalog,
                                struct dc_err *err)
{
    struct odbc *odbc = cast(connection);

    (void)source;
    return odbc->dialect != NULL && odbc->dialect->catalogue.tables != NULL
               ? odbc_list_by_queries(odbc, catalog, err)
               : odbc_list_by_functions(odbc, catalog, err);
}

static size_t block_rows(const struct dc_sample_request *request)
{
    size_t row = 0, rows;

    for (size_t i = 0; i < request->n_selected; i++) {
        row += request->value_bytes[i] + 1 + sizeof(int64_t);
    }
    rows = row > 0 ? BLOCK_BYTES / row : BLOCK_ROWS;
    return rows < 1 ? 1 : rows > BLOCK_ROWS ? BLOCK_ROWS : rows;
}

static enum dc_status odbc_sample_begin(struct dc_connector_connection *connection,
                                        const struct dc_sample_request *request, struct dc_err *err)
{
    struct odbc *odbc = cast(connection);
    struct dc_odbc_statement *statement = NULL;
    enum dc_status status;

    dc_connector_sent(&odbc->base, request->statement);
    status = dc_odbc_query_limited(odbc->connection, request->statement, request->timeout_seconds,
                                   request->max_rows, &statement, err);
    if (status == DC_OK) {
        status = dc_odbc_bind_block(statement, odbc->buffers, block_rows(request),
                                    request->value_bytes, request->n_selected, err);
    }
    if (status != DC_OK) {
        dc_odbc_statement_destroy(statement);
        return status;
    }
    odbc->sample = statement;
    odbc->rows_left = request->max_rows > 0 ? request->max_rows : INT64_MAX;
    return DC_OK;
}

static enum dc_fetch odbc_sample_next(struct dc_connector_connection *connection,
                                      struct dc_block *out, struct dc_err *err)
{
    struct odbc *odbc = cast(connection);
    enum dc_fetch fetch = odbc->rows_left > 0 ? dc_odbc_block(odbc->sample, out, err)
                                              : DC_FETCH_END;

    if (fetch == DC_FETCH_ROWS) {
        if ((int64_t)out->n_rows > odbc->rows_left) {
            out->n_rows = (size_t)odbc->rows_left;
        }
        odbc->rows_left -= (int64_t)out->n_rows;
    }
    return fetch;
}

static void odbc_sample_end(struct dc_connector_connection *connection)
{
    struct odbc *odbc = cast(connection);

    dc_odbc_statement_destroy(odbc->sample);
    odbc->sample = NULL;
    dc_odbc_buffers_wipe(odbc->buffers);
}

static void odbc_cancel(struct dc_connector_connection *connection)
{
    dc_odbc_cancel(cast(connection)->connection);
}

static enum dc_status odbc_scalar(struct dc_connector_connection *connection, const char *sql,
                                  int64_t timeout_seconds, int64_t *out, bool *is_null,
                                  struct dc_err *err)
{
    struct odbc *odbc = cast(connection);
    struct dc_odbc_statement *statement = NULL;
    struct dc_err local = {0};
    enum dc_status status;
    enum dc_fetch fetch;

    dc_connector_sent(&odbc->base, sql);
    status = dc_odbc_query(odbc->connection, sql, timeout_seconds, &statement, err);
    if (status != DC_OK) {
        return status;
    }
    fetch = dc_odbc_row(statement, &local);
    if (fetch != DC_FETCH_ERROR) {
        const char *text = fetch == DC_FETCH_ROWS ? dc_odbc_text(statement, 0) : NULL;

        *is_null = text == NULL || *text == '\0';
        *out = dc_odbc_int(statement, 0, 0);
    } else if (err != NULL) {
        *err = local;
    }
    dc_odbc_statement_destroy(statement);
    return fetch == DC_FETCH_ERROR ? local.status : DC_OK;
}

static void take_texts(struct dc_odbc_statement *statement, struct dc_arena *arena,
                       struct dc_text_rows *out)
{
    const char **row = &out->cells[out->n_rows++ * out->n_columns];

    for (size_t i = 0; i < out->n_columns; i++) {
        const char *text = dc_odbc_text(statement, i);

        row[i] = text != NULL ? dc_arena_strdup(arena, text) : NULL;
    }
}

static enum dc_status odbc_texts(struct dc_connector_connection *connection, const char *sql,
                                 int64_t timeout_seconds, size_t max_rows, struct dc_arena *arena,
                                 struct dc_text_rows *out, struct dc_err *err)
{
    struct odbc *odbc = cast(connection);
    struct dc_odbc_statement *statement = NULL;
    struct dc_text_rows rows = {0};
    struct dc_err local = {0};
    enum dc_fetch fetch = DC_FETCH_ROWS;
    enum dc_status status;

    dc_connector_sent(&odbc->base, sql);
    status = dc_odbc_query(odbc->connection, sql, timeout_seconds, &statement, err);
    if (status != DC_OK) {
        return status;
    }
    rows.n_columns = dc_odbc_n_columns(statement);
    rows.cells = dc_arena_alloc(arena, (max_rows * rows.n_columns + 1) * sizeof *rows.cells);
    while (rows.n_rows < max_rows && (fetch = dc_odbc_row(statement, &local)) == DC_FETCH_ROWS) {
        take_texts(statement, arena, &rows);
    }
    dc_odbc_statement_destroy(statement);
    if (fetch != DC_FETCH_ERROR) {
        *out = rows;
        return DC_OK;
    }
    if (err != NULL) {
        *err = local;
    }
    return local.status;
}

static enum dc_status odbc_assume(struct dc_connector_connection *connection, const char *encoding,
                                  struct dc_err *err)
{
    return dc_odbc_send_in(cast(connection)->connection, encoding, err);
}

const struct dc_connector_class dc_odbc_connector = {
    .name = "odbc",
    .open = odbc_open,
    .close = odbc_close,
    .info = odbc_info,
    .begin_session = odbc_begin_session,
    .list = odbc_list,
    .sample_begin = odbc_sample_begin,
    .sample_next = odbc_sample_next,
    .sample_end = odbc_sample_end,
    .cancel = odbc_cancel,
    .scalar = odbc_scalar,
    .texts = odbc_texts,
    .assume = odbc_assume,
};
