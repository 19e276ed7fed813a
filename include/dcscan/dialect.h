/*
 * A dialect: what differs from DBMS to DBMS, as data from connectors/dialects/NAME.yaml. Plain, immutable, read by connect and the
 * connectors. How to write one: connectors/README.md.
 */
#ifndef DCSCAN_DIALECT_H
#define DCSCAN_DIALECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/catalog.h"
#include "dcscan/sample.h"
#include "dcscan/status.h"
#include "dcscan/strbuf.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Catalogue queries. Result columns by position:
 *   tables:  catalog, schema, table, comment, kind (TABLE | VIEW | FOREIGN | OTHER), rows_estimated, pages, definition (DDL or NULL),
 *            readable (1 | 0 | NULL unknown)
 *   columns: catalog, schema, table, column, comment, type_name, length, scale, ordinal, nullable (0|1), primary_key (0|1),
 *            auto_increment (0|1), readable (1 | 0 | NULL unknown; the result may end before it)
 *   references: catalog, schema, table, column, ref_schema, ref_table, ref_column
 *   estimates:  schema, table, rows_estimated, pages
 * NULL where the DBMS does not know. Without `tables` the ODBC catalogue functions serve (generic dialect).
 */
struct dc_dialect_catalogue {
    const char *tables, *columns, *references;
    /* Optional: statistics that may be absent; when it fails, nothing is known and nothing is wrong. */
    const char *estimates;
    /* Optional: schema, table and a text that differs after every change of rows; the same holds. */
    const char *changes;
    /* Optional, per table: when `columns` fails as a whole; {table_text} {schema_text} are literals. */
    const char *columns_of_table;
    /* Optional, per table: cheap estimate when there is none. {table}, or {qualified_text}: its literal. */
    const char *rows_of_table;
    /* Where its answer is a report: the row whose first cell is rows_row, column rows_column, the number before rows_unit (NULL: the
     * first one). 0: the first cell of the first row. */
    int64_t rows_column;
    const char *rows_row, *rows_unit;
    /* Optional, per table: a count that ends early by itself; asked when rows_of_table knows nothing, or when random keys have
     * shown it wrong. */
    const char *rows_counted;
    /* Optional, per table: bounds of the sampling key; {table} and {key} are replaced. */
    const char *min_key, *max_key;
    bool comments_in_definition; /* comments stand in the DDL text (SQLite) */
};

/*
 * One way to sample. `statement` is a template of the whole statement. Placeholders: {columns} {table} {limit} (rows at most)
 * {percent} (of pages) {fraction} (of rows, 0 to 1) {seed} (0 to 2^31-1) {key} {keys} (list of random keys). A whole or head statement
 * without {limit} is bounded by SQL_ATTR_MAX_ROWS.
 */
struct dc_dialect_sampling {
    enum dc_sample_method method;
    const char *statement;
    int64_t rows_min,
        rows_max; /* table sizes (estimate) it is meant for; 0 = no bound; unknown size fits only rows_min 0, rows_max 0 */
    bool
        needs_integer_key; /* a single integer primary key, an auto-increment column, or the key named below */
    const char *key; /* pseudo-column that serves as key (rowid), or NULL: the table's */
    bool base_tables_only;
    bool
        thinned_here; /* random_rows: the statement yields all rows, and they are thinned as they come */
};

enum dc_sqlstate_action { DC_ACTION_SKIP_TABLE, DC_ACTION_RETRY, DC_ACTION_STOP_SOURCE };
struct dc_dialect_sqlstate {
    const char *sqlstate; /* "42501", or a class "08" */
    int32_t native_code;  /* 0: any */
    enum dc_status status;
    enum dc_sqlstate_action action;
};

struct dc_dialect_type {
    const char *pattern; /* glob on the lower-case type name without length */
    enum dc_type_class type;
    const char *
        select; /* how to read it, or NULL: as it is. {column} {chars} (characters wanted) are replaced */
};

/* A statement of the session. */
struct dc_dialect_statement {
    const char *sql;
    bool optional; /* when it fails, the session goes on without what it was for */
};

/*
 * What can be asked about the login and the server; all optional. Result columns by position.
 *   can_write: a row for each right to write: its text. No row: the login cannot write. The first query that works counts.
 *   grants:    the same, by rows such as SHOW GRANTS writes them: GRANT SELECT, INSERT ON `mes`.* TO …
 *   missing:   a row for each right that is missing: what for, and the statement that grants it
 *   encoding:  one row: encoding of the database, encoding of the connection
 *   clock:     one row: seconds since 1970-01-01 00:00 UTC
 */
struct dc_dialect_login {
    const char *const *can_write;
    size_t n_can_write;
    const char *grants, *missing, *encoding, *clock;
    bool none; /* there are no logins: a file */
};

struct dc_dialect {
    const char *name;              /* "sqlite" */
    const char *title;             /* "SQLite" */
    const char *const *dbms_names; /* globs on the driver's DBMS name */
    size_t n_dbms_names;
    const char *const *versions; /* globs on the DBMS version that the driver tells; none: any */
    size_t n_versions;
    const char *const *drivers; /* globs on the file name of the driver's library; none: any */
    size_t n_drivers;
    const char *quote_open, *quote_close;
    enum dc_wide wide;              /* unless the source says an encoding */
    bool has_catalogs, has_schemas; /* which parts a table name is qualified with */
    bool
        database_is_schema; /* MySQL: a schema is a database; without `include`, only the one that the connection chose is listed */
    struct dc_dialect_catalogue catalogue;
    const char *const *system_schemas; /* globs: left out unless included by name */
    size_t n_system_schemas;
    const struct dc_dialect_statement
        *session; /* after connect; {timeout_ms} {timeout_s} are replaced */
    size_t n_session;
    const char *
        read_only_check; /* query whose first value is 1 or "on" when the session is read only, or NULL */
    struct dc_dialect_login login;
    const struct dc_dialect_sampling *samplings; /* in order of preference */
    size_t n_samplings;
    const struct dc_dialect_type *types; /* first match wins */
    size_t n_types;
    const struct dc_dialect_sqlstate *sqlstates;
    size_t n_sqlstates;
    const char *tested; /* "server", "scripted" or "untested": what it was tested against */
};

/* A placeholder and what takes its place. */
struct dc_filling {
    const char *name; /* without braces */
    const char *text;
};
/* Appends the template with every {name} replaced, in one pass: a {name} inside a filling is left alone, an unknown one too. */
void dc_template_fill(const char *text, const struct dc_filling *fillings, size_t n_fillings,
                      struct dc_strbuf *out);
/* Appends a text as a literal of SQL, 'it''s'; NULL for NULL. For names that come from the catalogue. (Names are quoted as such by
 * dc_quote_identifier in connect.h, and nowhere else.) */
void dc_quote_literal(const char *text, struct dc_strbuf *out);

#ifdef __cplusplus
}
#endif
#endif
