/*
 * Private to src/store: the handle, parameters in, rows out, JSON, the lock.
 */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/alloc.h"
#include "dcscan/odbc.h"
#include "dcscan/store.h"
#include "statements.h"

/* Where the inventory is, and the hold on it that keeps other runs out. */
struct store_place {
    char *path;       /* of a SQLite file, absolute; NULL: another DBMS */
    char *connection; /* ODBC connection string, or NULL */
    char *dsn;        /* or NULL */
    char *shown;      /* how messages call it; holds no secret */
    int lock_file;    /* descriptor of PATH.lock while locked; -1 else */
    int share_file;   /* … of PATH.join while shared */
    int guard_file;   /* of the database itself, for the locks in it; -1 until one was asked for */
    bool locked, shared;
};

struct dc_store {
    struct store_place place;
    enum dc_status last_failure; /* of a statement, before it was called a failed output */
    struct dc_odbc_connection *connection;
    const struct store_dialect *dialect;
    struct dc_odbc_statement *statements[STORE_N_KEPT];
    struct dc_arena *scratch; /* texts of the parameters of one statement */
};

/* States of a task beside the names of enum dc_column_status. */
#define STORE_PLANNED "planned"
#define STORE_DONE    "done"

/* ---- place.c ---- */

#define STORE_ODBC_PREFIX "odbc:"

/* Takes `where` of dc_store_open apart; makes folders and file of a path. */
enum dc_status store_place_init(struct store_place *place, const char *where, struct dc_err *err);
void store_place_done(struct store_place *place);

/* ---- lock.c ---- */

/*
 * Keeps other runs out until store_unlock or the end of the process. Trying again is harmless. DC_ERR_LOCKED, also while a worker that
 * joined a run is at work.
 */
enum dc_status store_lock(struct dc_store *store, struct dc_err *err);
/* The hold of a worker that joins: others may share it, but no new run begins. */
enum dc_status store_share(struct dc_store *store, struct dc_err *err);
void store_unlock(struct dc_store *store);
/* Takes what was held again for a new session of the DBMS; a locked file is still held. */
enum dc_status store_relock(struct dc_store *store, struct dc_err *err);

/* ---- open.c ---- */

/* Connects with the schema as it is; where `store` had a connection, that one is closed. */
enum dc_status store_reconnect(struct dc_store *store, struct dc_err *err);

/* ---- parameters of a statement, in order ---- */

#define STORE_MAX_PARAMS (STORE_FINDINGS_AT_ONCE * STORE_N_FINDING_COLUMNS)

struct store_params {
    struct dc_store *store;
    struct dc_odbc_param items[STORE_MAX_PARAMS];
    size_t n_items;
};

void store_put_text(struct store_params *params, const char *text); /* NULL counts as "" */
void store_put_int(struct store_params *params, int64_t value);
void store_put_real(struct store_params *params, double value); /* what is no number counts as 0 */

/* A kept statement, prepared at its first use. */
enum dc_status store_prepared(struct dc_store *store, enum store_statement id,
                              struct dc_odbc_statement **out, struct dc_err *err);
/* Runs a kept statement that gives no rows, and forgets the texts of its parameters. */
enum dc_status store_run(struct dc_store *store, enum store_statement id,
                         struct store_params *params, struct dc_err *err);
/* Runs a kept statement that gives one integer; `fallback` when it gives no row. */
enum dc_status store_ask(struct dc_store *store, enum store_statement id,
                         struct store_params *params, int64_t fallback, int64_t *out,
                         struct dc_err *err);
/* lease.c. Sets *mine to 1 where the owner holds the lease of a source's plan that is still open, else to 0. Within a transaction. */
enum dc_status store_owns_plan(struct dc_store *store, int64_t run_id, const char *source,
                               const char *owner, int64_t *mine, struct dc_err *err);
/* The same as store_ask for a text that is run once. */
enum dc_status store_ask_once(struct dc_store *store, const char *sql, int64_t *out,
                              struct dc_err *err);

/* `sql` with the dialect's words put for $TEXT, $NOW and so on; release with free(). */
char *store_expand(const struct store_dialect *dialect, const char *sql);
/* Forgets the kept statements: their connection goes. */
void store_drop_statements(struct dc_store *store);

enum dc_status store_begin(struct dc_store *store, struct dc_err *err);
/* The same for work that only one may do at a time, such as numbering. */
enum dc_status store_begin_alone(struct dc_store *store, struct dc_err *err);
/* Commits when `status` is DC_OK, else rolls back; returns what is left to tell, with the store's name in the error. */
enum dc_status store_finish(struct dc_store *store, enum dc_status status, struct dc_err *err);
/* Names the store in a failure. Something that could not be written is a failed output. */
enum dc_status store_fail_write(struct dc_store *store, enum dc_status status, struct dc_err *err);
enum dc_status store_fail_read(struct dc_store *store, enum dc_status status, struct dc_err *err);

/* ---- runs.c, tasks.c ---- */

/* Within a transaction: records a source, or replaces what was recorded, and plans to plan it. */
enum dc_status store_write_source(struct dc_store *store, int64_t run_id,
                                  const struct dc_run_source *source, struct dc_err *err);

/* Within a transaction: adds the findings of a task that has none, and ends it. */
enum dc_status store_write_result(struct dc_store *store, int64_t task_id,
                                  const struct dc_table_result *result, struct dc_err *err);

/* ---- columns of a row, in order ---- */

struct store_row {
    struct dc_odbc_statement *statement;
    size_t next;
    struct dc_arena *arena; /* texts are copied here */
};

const char *store_get_text(struct store_row *row); /* never NULL */
int64_t store_get_int(struct store_row *row);
double store_get_real(struct store_row *row);
/* The value whose name stands there; `fallback` when none of the n has it. */
int store_get_word(struct store_row *row, const char *(*name)(int value), int n, int fallback);

/* Names of enumerations as functions of int, and how many there are. */
const char *store_type_word(int value);
const char *store_kind_word(int value);
const char *store_method_word(int value);
const char *store_status_word(int value);
const char *store_pi_word(int value);
const char *store_decider_word(int value);
const char *store_final_level_word(int value);
#define STORE_N_KINDS 4

/* ---- json.c: lists as JSON texts ---- */

/* JSON texts of the scratch arena; decoders give empty lists for what they cannot read. */
const char *store_encode_texts(struct dc_arena *arena, const char *const *texts, size_t n_texts);
void store_decode_texts(struct dc_arena *arena, const char *json, const char *const **texts,
                        size_t *n_texts);
/* [[kind, rule, detail, weight, leaf, matched, tested, distinct], …] */
const char *store_encode_evidence(struct dc_arena *arena, const struct dc_evidence *evidence,
                                  size_t n_evidence);
void store_decode_evidence(struct dc_arena *arena, const char *json,
                           const struct dc_evidence **evidence, size_t *n_evidence);
/* {"integer": 12, …}, those that are not 0 */
const char *store_encode_shapes(struct dc_arena *arena, const struct dc_shape_counts *shapes);
void store_decode_shapes(const char *json, struct dc_shape_counts *shapes);
/*
 * [[name, comment, type name, type class, ordinal, nullable, primary key, reference, length, scale, auto increment, unreadable,
 * referenced schema, table, column], …]
 */
const char *store_encode_columns(struct dc_arena *arena, const struct dc_table *table);
void store_decode_columns(struct dc_arena *arena, const char *json,
                          struct dc_inventory_column **columns, size_t *n_columns);
/* The same back into a table of a catalogue. */
void store_decode_table(struct dc_catalog *catalog, struct dc_table *table, const char *json);
/* [catalog, schema, table] where one of them is no UTF-8 and so not stored as it has to be sent, else "". */
const char *store_encode_names(struct dc_arena *arena, const struct dc_table *table);
void store_decode_names(struct dc_arena *arena, const char *json, struct dc_table *table);
/* {"length": 64, "reference": [schema, table, column], "rules": {"cn-id": [12, 12, 12, "cn_id"]}, …}: what a later decision needs beside. */
const char *store_encode_detail(struct dc_arena *arena, const struct dc_column *column,
                                const struct dc_profile *profile, const struct dc_finding *finding,
                                const struct dc_counted_rule *rules);
/* Fills what of the finding stands there too: scale and reach. */
void store_decode_detail(struct dc_arena *arena, const char *json, struct dc_column_detail *detail,
                         struct dc_finding *finding);
const char *store_encode_thresholds(struct dc_arena *arena,
                                    const struct dc_person_thresholds *thresholds);
/* False where the text is that of an older version. */
bool store_decode_thresholds(const char *json, struct dc_person_thresholds *thresholds);
/* "schema.table.column" of a foreign key, or "". */
const char *store_reference(struct dc_arena *arena, const struct dc_column *column);

#endif
