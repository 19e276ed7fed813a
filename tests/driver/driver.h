/*
 * The scripted ODBC driver of the tests: plays catalogues, types, rows, diagnostics, delays and faults of any DBMS as a script says
 * (README.md beside this file), and logs every statement and catalogue call that reaches it.
 */
#ifndef DCSCAN_TEST_DRIVER_H
#define DCSCAN_TEST_DRIVER_H

#include <iconv.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include <sql.h>
#include <sqlext.h>

#include "dcscan/dialect.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "dcscan/yaml.h"

/* ---- the script (script.c) ---- */

struct record {
    const char *state, *message;
    int64_t native;
};
struct records {
    struct record *items;
    size_t n_items;
};

enum says { SAYS_EXACT, SAYS_NO_TOTAL, SAYS_SHORT, SAYS_LONG, SAYS_NEGATIVE, SAYS_SILENT };

/* A column of a table, and how its values are made. */
struct script_column {
    const char *name, *comment, *type;
    int64_t code; /* SQL data type of ODBC */
    int64_t size, scale;
    bool key, counter, unreadable;
    const char *ref_schema, *ref_table, *ref_column;
    /* values: the first that is there */
    int64_t lob;           /* so many bytes, which are never laid out; -1: no LOB */
    struct dc_texts bytes; /* as hexadecimal, handed out as they are */
    struct dc_texts values;
    const char *value, *head_value; /* with {n} */
    int64_t head;                   /* rows that show head_value */
    bool sequence;                  /* start + step * (n - 1) */
    int64_t start, step;
    int64_t null_every, empty_every;
    int says; /* what the driver says of a value's length */
};

enum lossy { LOSSY_NOTHING, LOSSY_RESULTS, LOSSY_ALL };

enum hang { HANGS_NEVER, HANGS_EXECUTE, HANGS_FETCH };

/* A table, or `repeat` of them, which differ by {i} in their texts. */
struct script_table {
    const char *catalog, *schema, *name, *comment, *kind, *definition;
    int64_t repeat, rows, estimate, pages;
    bool unreadable;
    struct script_column *columns;
    size_t n_columns;
    /* faults, all of them only while the file `when` exists, where one is named */
    const char *when;
    struct records fails;     /* at execution */
    int64_t fails_times;      /* executions that fail; 0: all */
    struct records warns;     /* with each block */
    int64_t lost_at, bad_row; /* rows, from 1; 0: none */
    int hangs;
    int64_t hang_row, delay_ms;
};

/* An answer to statements that a glob matches. */
struct script_answer {
    const char *match;
    struct dc_texts columns;
    const char ***rows; /* NULL cells are NULL */
    size_t n_rows;
    struct records fails;
    int64_t delay_ms;
    bool hangs;
};

struct script_info {
    const char *dbms, *version, *driver, *driver_version, *quote, *database, *user;
    bool read_only;
};

struct script_connect {
    struct records fails;
    int64_t at_most; /* connections a process gets before they fail; 0: any number */
    int64_t delay_ms;
};

struct script {
    struct dc_arena *arena;
    const char *path, *dialect_path;
    struct dc_dialect dialect;
    bool has_dialect;
    struct script_info info;
    struct script_connect connect;
    const char *encoding, *read_only_answer;
    bool blocks, binds, timeouts, max_rows, functions, keys, deaf;
    int lossy; /* what is not ASCII becomes "?", unless it goes as UTF-16 */
    struct script_table *tables;
    size_t n_tables;
    struct script_answer *answers;
    size_t n_answers;
    struct records denied, missing; /* what statements on unreadable and unknown tables get */
};

/* NULL and the complaints in `problem` when the script is no good. */
struct script *script_load(const char *path, struct dc_strbuf *problem);
void script_destroy(struct script *script);
/* `text` with {n}, {n:6} (padded with zeros) and {i} replaced. */
void script_fill(const char *text, int64_t number, struct dc_strbuf *out);
/* Table and copy of a name; NULL when there is none. */
const struct script_table *script_find(const struct script *script, const char *schema,
                                       const char *name, int64_t *copy);

/* ---- templates (template.c) ---- */

#define MAX_CAPTURES 12
struct capture {
    char name[24];
    const char *text;
    size_t size;
};
struct captures {
    struct capture items[MAX_CAPTURES];
    size_t n_items;
};
/* Whether the statement is the template with something in place of each {name}; the same in all places of the same name. */
bool template_match(const char *text, const char *statement, struct captures *out);
/* The text of a capture, or NULL; arena. */
const char *capture_text(const struct captures *captures, const char *name, struct dc_arena *arena);
/* Ends of the parts of a list: splits at commas outside quotes and parentheses. Returns the size of the first part. */
size_t list_part(const char *list);
/* Behind the first SELECT outside parentheses, or NULL. */
const char *selected(const char *statement);
/* Columns of the first SELECT of a statement; 0: all (SELECT *). */
size_t count_selected(const char *statement);

/* ---- results (result.c, fields.c, value.c) ---- */

struct cell {
    const char *bytes;
    size_t size;
    size_t unit;        /* 0: bytes; 2: UTF-16 */
    bool null, is_fill; /* is_fill: `size` times 'x', bytes is not there */
    int says;
};

/* What a column of a catalogue answer tells. */
enum field {
    F_NULL,
    F_CATALOG,
    F_SCHEMA,
    F_TABLE,
    F_TABLE_COMMENT,
    F_KIND,
    F_ODBC_KIND,
    F_ROWS,
    F_PAGES,
    F_DEFINITION,
    F_TABLE_READABLE,
    F_COLUMN,
    F_COLUMN_COMMENT,
    F_TYPE,
    F_CODE,
    F_SIZE,
    F_SCALE,
    F_ORDINAL,
    F_NULLABLE,
    F_KEY,
    F_COUNTER,
    F_COLUMN_READABLE,
    F_REF_SCHEMA,
    F_REF_TABLE,
    F_REF_COLUMN,
    F_ONE,
    F_ZERO,
    F_YES
};

enum rows_of { ROWS_GRID, ROWS_TABLES, ROWS_COLUMNS, ROWS_KEYS, ROWS_REFERENCES, ROWS_SAMPLE };

/* A column of a sample: of the table's, cut to so many characters (0: whole). */
struct picked {
    const struct script_column *column;
    size_t characters;
};

struct sample_plan {
    double page_share, row_share; /* 1: all */
    uint64_t seed;
    int64_t limit; /* 0: none */
    int64_t *keys; /* sorted; NULL: no keys */
    size_t n_keys, next_key;
    int64_t key_start, key_step;
    bool is_range; /* of the key: low to high, which is not in it */
    int64_t low, high;
};

struct result {
    enum rows_of kind;
    struct dc_arena *arena; /* of the result */
    const struct script *script;
    const char **names;
    size_t n_columns;
    /* grid */
    const char ***grid;
    size_t n_grid, at_grid;
    /* catalogue: where we are, and what is asked */
    const enum field *fields;
    const struct script_table *table; /* the one, or NULL: all */
    size_t at_table, at_column;
    int64_t copy; /* from 1 */
    bool begun;
    /* sample */
    struct picked *picked;
    struct sample_plan plan;
    int64_t row, n_given; /* row: from 1 */
    iconv_t converter;    /* (iconv_t)-1: UTF-8 */
    struct dc_strbuf scratch, converted, wide;
    const char *only_schema, *only_table;
};

struct result *result_create(const struct script *script, enum rows_of kind);
void result_destroy(struct result *result);
/* To the next row; false at the end. */
bool result_next(struct result *result);
/* A text that came in the script's encoding, in UTF-8; as it is where it does not fit. Release with free(). */
char *script_decode(const struct script *script, const char *text);
/* A cell of the current row, valid until the next call. */
struct cell result_cell(struct result *result, size_t column);
/* The same in UTF-16; what the script gives as bytes is left as it is. */
struct cell result_cell_wide(struct result *result, size_t column);
/* The SQL data type of a column of the result. */
SQLSMALLINT result_type(const struct result *result, size_t column);
struct cell field_cell(struct result *result, enum field field);
/* The value of a table's column in row n (from 1), in UTF-8 and before any cut. */
struct cell value_make(const struct script_column *column, int64_t n, struct dc_strbuf *scratch);
void value_put_hex(const char *hex, struct dc_strbuf *out);
bool sample_next(struct result *result);

/* ---- answers (answer.c, sampling.c) ---- */

struct answer {
    struct result *result;            /* NULL: none, or a statement without rows */
    const struct records *fails;      /* NULL: success */
    const struct script_table *table; /* whose faults apply, or NULL */
    int64_t delay_ms;
    bool hangs;
};
struct answer answer_statement(const struct script *script, const char *statement);
/* A result of one row and one column. */
struct result *answer_scalar(const struct script *script, const char *text);
/* When the statement is a sampling statement of the dialect. */
bool answer_sampling(const struct script *script, const char *statement, struct answer *out);
/* Table that a quoted, qualified name names; NULL when there is none. */
const struct script_table *find_named(const struct script *script, const char *name, int64_t *copy,
                                      struct dc_arena *arena);

/* ---- handles ---- */

#define MAX_DIAGS 8
struct diagnostics {
    struct {
        char state[6], message[512];
        SQLINTEGER native;
    } items[MAX_DIAGS];
    size_t n_items;
};
void diag_clear(struct diagnostics *diags);
SQLRETURN diag_set(struct diagnostics *diags, const char *state, SQLINTEGER native,
                   const char *message);
/* All of them, or a success where there is none. */
SQLRETURN diag_records(struct diagnostics *diags, const struct records *records);

struct environment {
    SQLSMALLINT kind; /* first in all handles */
    struct diagnostics diags;
};

struct connection {
    SQLSMALLINT kind;
    struct diagnostics diags;
    struct script *script;
    char log_path[512];
    bool connected, lost;
};

struct binding {
    SQLSMALLINT type; /* SQL_C_CHAR or SQL_C_WCHAR */
    char *buffer;
    SQLLEN room;
    SQLLEN *lengths;
};

struct statement {
    SQLSMALLINT kind;
    struct diagnostics diags;
    struct connection *connection;
    char *prepared;
    struct result *result;
    const struct script_table *table; /* whose faults apply */
    struct binding *bindings;
    size_t n_bindings;
    SQLULEN array_size, max_rows, seconds;
    SQLULEN *fetched;
    SQLUSMALLINT *status;
    bool positioned;
    struct {
        size_t column, offset;
        bool done;
    } piece; /* of SQLGetData */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool cancelled;
};

/* ---- what the exported functions do ---- */

SQLRETURN handle_allocate(SQLSMALLINT kind, SQLHANDLE parent, SQLHANDLE *out);
SQLRETURN handle_free(SQLHANDLE handle);
struct diagnostics *handle_diagnostics(SQLHANDLE handle);
SQLRETURN connect_by_string(struct connection *connection, const char *text, size_t size);
SQLRETURN info_get(struct connection *connection, SQLUSMALLINT type, SQLPOINTER out,
                   SQLSMALLINT room, SQLSMALLINT *length);
SQLRETURN copy_text(struct diagnostics *diags, const char *text, SQLPOINTER out, size_t room,
                    SQLSMALLINT *length);
SQLRETURN statement_set(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER length);
SQLRETURN statement_get(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER out, SQLINTEGER room,
                        SQLINTEGER *length);
SQLRETURN execute(struct statement *statement, const char *text);
/* A catalogue call with its arguments as ODBC has them, in the order catalog, schema, table. */
enum catalogue_call {
    CALL_TABLES,
    CALL_COLUMNS,
    CALL_PRIMARY_KEYS,
    CALL_FOREIGN_KEYS,
    CALL_STATISTICS
};
SQLRETURN catalogue(struct statement *statement, enum catalogue_call call, const char *schema,
                    const char *table);
void statement_close(struct statement *statement);
SQLRETURN fetch_block(struct statement *statement);
SQLRETURN get_data(struct statement *statement, SQLUSMALLINT number, SQLSMALLINT type,
                   SQLPOINTER out, SQLLEN room, SQLLEN *length);
/* Waits; false when cancelled, with the diagnostics set. milliseconds < 0: until then. */
bool wait_for(struct statement *statement, int64_t milliseconds);
/* Whether the table's faults are on. */
bool faults_on(const struct script_table *table);

/* ---- the log (log.c) ---- */

/* A line for a call: to the folder of $DCSCAN_ODBC_LOG, and to the connection's own `Log=`. */
void log_call(const struct connection *connection, const char *call, const char *text);

#endif
