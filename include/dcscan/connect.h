/*
 * Front of the connectors: sources in, catalogues and samples out. Quotes identifiers, plans sampling, chooses dialects, reads
 * secrets, keeps bounds, times everything, names the object in every error. Never writes to a source.
 */
#ifndef DCSCAN_CONNECT_H
#define DCSCAN_CONNECT_H

#include "dcscan/catalog.h"
#include "dcscan/dialect.h"
#include "dcscan/odbc.h"
#include "dcscan/provider/connector.h"
#include "dcscan/sample.h"
#include "dcscan/source.h"
#include "dcscan/strbuf.h"
#include "dcscan/yaml.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- dialects ---- */

struct dc_dialects; /* immutable */
/* Reads every .yaml file of a folder. All complaints are collected. */
enum dc_status dc_dialects_load(const char *folder, struct dc_dialects **out,
                                struct dc_complaints *complaints, struct dc_err *err);
void dc_dialects_destroy(struct dc_dialects *dialects);
const struct dc_dialect *dc_dialects_find(const struct dc_dialects *dialects,
                                          const char *name); /* or NULL */
/* By the driver's answers; the generic dialect when none fits. */
const struct dc_dialect *dc_dialects_recognise(const struct dc_dialects *dialects,
                                               const struct dc_odbc_info *info);
size_t dc_dialects_count(const struct dc_dialects *dialects);
const struct dc_dialect *dc_dialects_at(const struct dc_dialects *dialects, size_t index);

/* The one place that quotes names: appends "catalog"."schema"."table" as far as the dialect has the parts. */
void dc_quote_table(const struct dc_dialect *dialect, const struct dc_table *table,
                    struct dc_strbuf *out);
void dc_quote_identifier(const struct dc_dialect *dialect, const char *name, struct dc_strbuf *out);

/* ---- secrets ---- */

/*
 * Reads the password a source names: a file (first line; a warning text in *warning when others may read it), an environment variable, a
 * command's first output line, or standard input. *out is NULL for DC_SECRET_NONE. Wipe with dc_secret_wipe. DC_ERR_CONFIG.
 */
enum dc_status dc_secret_read(const struct dc_source *source, char **out, const char **warning,
                              struct dc_err *err);
void dc_secret_wipe(char *secret); /* overwrites and frees; NULL is fine */

/* ---- connections ---- */

struct dc_connection;
/* Reads the source's secret, connects, chooses the dialect, makes the session read only. The source and the dialects outlive it. */
enum dc_status dc_connection_open(const struct dc_source *source,
                                  const struct dc_dialects *dialects, struct dc_connection **out,
                                  struct dc_err *err);
/* The same with a password that was read before (NULL: none): a secret on standard input can be read only once. */
enum dc_status dc_connection_open_as(const struct dc_source *source, const char *password,
                                     const struct dc_dialects *dialects, struct dc_connection **out,
                                     struct dc_err *err);
void dc_connection_close(struct dc_connection *connection);
const struct dc_odbc_info *dc_connection_info(const struct dc_connection *connection);
const struct dc_dialect *dc_connection_dialect(const struct dc_connection *connection);
/* What holds writes back: "session" (the DBMS confirmed it), "connection" (the driver says that the source is read only) or "none". */
const char *dc_connection_read_only(const struct dc_connection *connection);
/* What the user should know though the connection serves: an exposed password file, a session that is not read only. NULL: nothing. */
const char *dc_connection_warning(const struct dc_connection *connection);
/* Why the dialect is the one it is, for people; lives as long as the connection. */
const char *dc_connection_dialect_reason(const struct dc_connection *connection);

/* Whether the login may write, as far as the DBMS tells. */
enum dc_can_write {
    DC_WRITE_UNKNOWN, /* the dialect has no question for it, or the question failed */
    DC_WRITE_NO,
    DC_WRITE_YES,
    DC_WRITE_NO_LOGIN /* a file: there are no logins; the session is what counts */
};
const char *dc_can_write_name(enum dc_can_write can_write); /* "unknown", "no", "yes", "no login" */
struct dc_login_rights {
    enum dc_can_write can_write;
    const char *writes; /* "INSERT on mes.orders, …": a few of the rights; "" */
};
/*
 * Asks for the rights of the login. Texts go into `arena`. What cannot be told is UNKNOWN, not an error; DC_ERR_LOST and DC_ERR_CANCELLED
 * are.
 */
enum dc_status dc_connection_rights(struct dc_connection *connection, struct dc_arena *arena,
                                    struct dc_login_rights *out, struct dc_err *err);
/*
 * Whether it is proven that nothing can be written: the login may not, or there are no logins and the session is read only. DC_ERR_DENIED
 * tells what is wrong.
 */
enum dc_status dc_connection_require_read_only(const struct dc_connection *connection,
                                               const struct dc_login_rights *rights,
                                               struct dc_err *err);

/* What `dcscan sources test` tells besides; "" and false where the DBMS does not tell. */
struct dc_missing_right {
    const char *what;  /* "SELECT on the tables of schema mes" */
    const char *grant; /* the statement that grants it */
};
struct dc_examination {
    const char *database_encoding, *connection_encoding;
    bool clock_known;
    double clock_ahead; /* seconds that the server's clock is ahead of ours; negative: behind */
    const struct dc_missing_right *missing;
    size_t n_missing;
};
/* Texts go into `arena`. DC_ERR_LOST and DC_ERR_CANCELLED only. */
enum dc_status dc_connection_examine(struct dc_connection *connection, struct dc_arena *arena,
                                     struct dc_examination *out, struct dc_err *err);

/*
 * Tells `on_statement` (see dc_sent_fn) of the statements that opened the session, at once, and of each that is sent from now on,
 * catalogue calls included.
 */
typedef void dc_sent_fn(void *user, const char *statement);
void dc_connection_trace(struct dc_connection *connection, dc_sent_fn *on_statement, void *user);
/*
 * The encoding that names or comments had when they were listed, against what the source says; NULL: none. *names: it is that of names, and
 * other connections to the source are to be told by dc_connection_assume: names are sent in it from then on. (Values are told one by one,
 * see dc_text_guess.)
 */
const char *dc_connection_assumed(const struct dc_connection *connection, bool *names);
enum dc_status dc_connection_assume(struct dc_connection *connection, const char *encoding,
                                    struct dc_err *err);
/* Statements sent so far. */
int64_t dc_connection_n_statements(const struct dc_connection *connection);
/* Safe from a signal watcher thread. */
void dc_connection_cancel(struct dc_connection *connection);

/* The catalogue within the source's scope; out-of-scope tables are left out, system schemas too. */
enum dc_status dc_connection_list(struct dc_connection *connection, struct dc_catalog **out,
                                  struct dc_err *err);

/*
 * What is to be done after a failure of this source, by its dialect. (A lost connection stops the source, all else skips the table.)
 */
enum dc_sqlstate_action dc_connection_action(const struct dc_connection *connection,
                                             const struct dc_err *err);

/*
 * What may be tried again is tried so many times more, after a pause that grows: 0.2 s, 0.4 s, 0.8 s. A statement of a sample is sent again
 * here as long as none of its rows has been handed over; after that only the caller can, with the whole sample.
 */
#define DC_MAX_RETRIES 3
double dc_retry_pause(int n_retries); /* seconds, after so many repetitions */
void dc_retry_wait(double seconds);

/*
 * Samples a table: calls `take` with every block. info is filled as far as it got, also on failure. A bound that is reached ends the
 * sample with DC_OK and info->cut. DC_ERR_LOST, DC_ERR_TIMEOUT, DC_ERR_DENIED, DC_ERR_READ, DC_ERR_CANCELLED. With `dry` only the plan is made: info->statement is filled.
 *
 * Block column i is the table's column i; what is not asked for (binary, spatial, unreadable) is there with fetched = false. Small tables
 * (at most three times the rows wanted) are read whole; so rows_read may be three times rows_asked. Of a large one the same seed
 * takes the same rows as long as they do not change. A table without a readable column gives DC_SAMPLE_NONE and DC_OK.
 *
 * `take` answers whether it wants more: after false not another block is fetched nor statement sent, and the sample ends with DC_OK and
 * info->cut.
 */
typedef bool dc_take_block_fn(void *user, const struct dc_block *block);
struct dc_sample_options {
    uint64_t seed;
    bool dry;
    dc_sent_fn *
        on_sent; /* or NULL; called with each statement in full before it is sent (dry: as it would be) */
    void *sent_user;
    double
        max_seconds; /* that the source still has, where they are fewer than a table's own; 0: no bound */
    int64_t max_rows, max_bytes; /* likewise; fewer rows than a sample are a smaller sample */
};
enum dc_status dc_connection_sample(struct dc_connection *connection, const struct dc_table *table,
                                    const struct dc_sample_options *options, struct dc_arena *arena,
                                    dc_take_block_fn *take, void *user, struct dc_sample_info *info,
                                    struct dc_err *err);

#ifdef __cplusplus
}
#endif
#endif
