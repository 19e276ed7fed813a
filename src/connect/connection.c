#include "connection.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"

#define MAX_NAMES       1024
#define MAX_SESSION_SQL 8192

static const char not_read_only[] = "the session could not be made read only; dcscan itself sends "
                                    "nothing but SELECT and catalogue calls";

static enum dc_status unknown_dialect(const struct dc_source *source,
                                      const struct dc_dialects *dialects, struct dc_err *err)
{
    struct dc_strbuf names = DC_STRBUF_INIT(MAX_NAMES);

    for (size_t i = 0; i < dc_dialects_count(dialects); i++) {
        dc_strbuf_printf(&names, "%s\"%s\"", i > 0 ? ", " : "", dc_dialects_at(dialects, i)->name);
    }
    dc_err_set(err, DC_ERR_CONFIG, "could not find the dialect \"%s\"", source->dialect);
    dc_err_set_hint(err, "known dialects: %s", dc_strbuf_text(&names));
    dc_strbuf_done(&names);
    return DC_ERR_CONFIG;
}

/* A dialect without a quote of its own asks the driver; a blank is how a driver says that it has none. */
static void adopt(struct dc_connection *connection, const struct dc_dialect *dialect)
{
    const char *quote = connection->info.identifier_quote;

    connection->dialect = dialect;
    if (dialect->quote_open[0] == '\0' && strlen(quote) == 1 && quote[0] != ' ') {
        connection->own_dialect = *dialect;
        connection->own_dialect.quote_open = quote;
        connection->own_dialect.quote_close = quote[0] == '[' ? "]" : quote;
        connection->dialect = &connection->own_dialect;
    }
}

static enum dc_status choose_dialect(struct dc_connection *connection,
                                     const struct dc_dialects *dialects, struct dc_err *err)
{
    const struct dc_dialect *dialect;
    enum dc_status status = connection->class_->info(connection->inner, &connection->info, err);

    if (status != DC_OK) {
        return status;
    }
    if (connection->source->dialect != NULL) {
        dialect = dc_dialects_find(dialects, connection->source->dialect);
        if (dialect == NULL) {
            return unknown_dialect(connection->source, dialects, err);
        }
        snprintf(connection->dialect_reason, sizeof connection->dialect_reason,
                 "named by the source");
    } else {
        dialect = dc_dialects_recognise(dialects, &connection->info);
        snprintf(connection->dialect_reason, sizeof connection->dialect_reason,
                 dialect->n_dbms_names > 0
                     ? "the driver says \"%s\""
                     : "no dialect knows the name \"%s\" that the driver says",
                 connection->info.dbms_name);
    }
    adopt(connection, dialect);
    return DC_OK;
}

static enum dc_status begin_session(struct dc_connection *connection, struct dc_err *err)
{
    bool read_only = false;
    enum dc_status status = DC_OK;

    if (connection->class_->begin_session != NULL) {
        status = connection->class_->begin_session(connection->inner, connection->dialect,
                                                   &connection->limits, &read_only, err);
    }
    if (status != DC_OK) {
        return dc_connection_refine(connection, status, err);
    }
    if (read_only) {
        connection->read_only = "session";
    } else if (connection->info.read_only) {
        connection->read_only = "connection";
    } else if (connection->warning == NULL) {
        connection->warning = not_read_only;
    }
    return DC_OK;
}

static enum dc_status open_steps(struct dc_connection *connection, const char *password,
                                 const struct dc_dialects *dialects, struct dc_err *err)
{
    const char *name = connection->source->connector != NULL ? connection->source->connector
                                                             : "odbc";
    enum dc_status status;

    connection->class_ = dc_connector_find(name);
    if (connection->class_ == NULL) {
        return dc_err_set(err, DC_ERR_CONFIG, "could not find the connector \"%s\"", name);
    }
    status = connection->class_->open(connection->source, password, &connection->inner, err);
    if (status == DC_OK) {
        status = choose_dialect(connection, dialects, err);
    }
    return status == DC_OK ? begin_session(connection, err) : status;
}

static enum dc_status open_with(const struct dc_source *source, const char *password,
                                const char *warning, const struct dc_dialects *dialects,
                                struct dc_connection **out, struct dc_err *err)
{
    struct dc_connection *connection = dc_alloc(1, sizeof *connection);
    enum dc_status status;

    connection->source = source;
    connection->limits = dc_limits_effective(&source->limits);
    connection->read_only = "none";
    connection->warning = warning;
    status = open_steps(connection, password, dialects, err);
    if (status != DC_OK) {
        dc_connection_close(connection);
        dc_err_add_object(err, "source \"%s\"", source->name);
        return status;
    }
    *out = connection;
    return DC_OK;
}

enum dc_status dc_connection_open_as(const struct dc_source *source, const char *password,
                                     const struct dc_dialects *dialects, struct dc_connection **out,
                                     struct dc_err *err)
{
    return open_with(source, password, NULL, dialects, out, err);
}

enum dc_status dc_connection_open(const struct dc_source *source,
                                  const struct dc_dialects *dialects, struct dc_connection **out,
                                  struct dc_err *err)
{
    const char *warning = NULL;
    char *password = NULL;
    enum dc_status status = dc_secret_read(source, &password, &warning, err);

    if (status != DC_OK) {
        dc_err_add_object(err, "source \"%s\"", source->name);
        return status;
    }
    status = open_with(source, password, warning, dialects, out, err);
    dc_secret_wipe(password);
    return status;
}

void dc_connection_close(struct dc_connection *connection)
{
    if (connection == NULL) {
        return;
    }
    if (connection->inner != NULL) {
        connection->class_->close(connection->inner);
    }
    free(connection);
}

const struct dc_odbc_info *dc_connection_info(const struct dc_connection *connection)
{
    return &connection->info;
}

const struct dc_dialect *dc_connection_dialect(const struct dc_connection *connection)
{
    return connection->dialect;
}

const char *dc_connection_dialect_reason(const struct dc_connection *connection)
{
    return connection->dialect_reason;
}

const char *dc_connection_read_only(const struct dc_connection *connection)
{
    return connection->read_only;
}

const char *dc_connection_warning(const struct dc_connection *connection)
{
    return connection->warning;
}

void dc_connection_trace(struct dc_connection *connection, dc_sent_fn *on_statement, void *user)
{
    const struct dc_dialect *dialect = connection->dialect;
    char seconds[24], milliseconds[24];

    snprintf(seconds, sizeof seconds, "%lld", (long long)connection->limits.table_seconds);
    snprintf(milliseconds, sizeof milliseconds, "%lld000",
             (long long)connection->limits.table_seconds);
    for (size_t i = 0; connection->class_->begin_session != NULL && i < dialect->n_session; i++) {
        struct dc_strbuf sql = DC_STRBUF_INIT(MAX_SESSION_SQL);

        dc_template_fill(
            dialect->session[i].sql,
            (struct dc_filling[]){{"timeout_s", seconds}, {"timeout_ms", milliseconds}}, 2, &sql);
        on_statement(user, dc_strbuf_text(&sql));
        dc_strbuf_done(&sql);
    }
    if (dialect->read_only_check != NULL) {
        on_statement(user, dialect->read_only_check);
    }
    connection->inner->on_statement = on_statement;
    connection->inner->statement_user = user;
}

const char *dc_connection_assumed(const struct dc_connection *connection, bool *names)
{
    *names = connection->assumed_names;
    return connection->assumed;
}

enum dc_status dc_connection_assume(struct dc_connection *connection, const char *encoding,
                                    struct dc_err *err)
{
    return connection->class_->assume == NULL
               ? DC_OK
               : connection->class_->assume(connection->inner, encoding, err);
}

int64_t dc_connection_n_statements(const struct dc_connection *connection)
{
    return connection->inner->n_statements;
}

void dc_connection_cancel(struct dc_connection *connection)
{
    if (connection->class_->cancel != NULL) {
        connection->class_->cancel(connection->inner);
    }
}

/* ---- what a failure means ---- */

static const struct dc_dialect_sqlstate *find_state(const struct dc_dialect *dialect,
                                                    const struct dc_err *err)
{
    for (size_t i = 0; i < dialect->n_sqlstates; i++) {
        const struct dc_dialect_sqlstate *state = &dialect->sqlstates[i];

        if (strncmp(state->sqlstate, err->sqlstate, strlen(state->sqlstate)) == 0 &&
            (state->native_code == 0 || state->native_code == err->native_code)) {
            return state;
        }
    }
    return NULL;
}

enum dc_status dc_connection_refine(const struct dc_connection *connection, enum dc_status status,
                                    struct dc_err *err)
{
    const struct dc_dialect_sqlstate *state;

    if (err == NULL || err->sqlstate[0] == '\0' || status == DC_ERR_CANCELLED ||
        status == DC_ERR_TIMEOUT) {
        return status;
    }
    state = find_state(connection->dialect, err);
    if (state != NULL) {
        err->status = state->status;
    }
    return err->status;
}

enum dc_sqlstate_action dc_connection_action(const struct dc_connection *connection,
                                             const struct dc_err *err)
{
    const struct dc_dialect_sqlstate *state;

    if (err->status == DC_ERR_LOST) {
        return DC_ACTION_STOP_SOURCE;
    }
    if (err->status == DC_ERR_CANCELLED || err->sqlstate[0] == '\0') {
        return DC_ACTION_SKIP_TABLE;
    }
    state = find_state(connection->dialect, err);
    return state != NULL ? state->action : DC_ACTION_SKIP_TABLE;
}

double dc_retry_pause(int n_retries)
{
    return 0.2 * (double)(1 << n_retries);
}

void dc_retry_wait(double seconds)
{
    struct timespec pause = {(time_t)seconds, (long)((seconds - floor(seconds)) * 1e9)};

    nanosleep(&pause, NULL);
}

void dc_connection_name_table(const struct dc_connection *connection, const struct dc_table *table,
                              struct dc_err *err)
{
    struct dc_strbuf name = DC_STRBUF_INIT(DC_ERR_OBJECT_SIZE - 1);
    struct dc_dialect plain = *connection->dialect;

    /* As SQL writes names, whatever the DBMS's own quote is. */
    plain.quote_open = plain.quote_close = "\"";
    dc_quote_table(&plain, table, &name);
    dc_err_add_object(err, "table %s", dc_strbuf_text(&name));
    dc_strbuf_done(&name);
}
