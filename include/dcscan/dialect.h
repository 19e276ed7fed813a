/*
 * A dialect: what differs from DBMS to DBMS, as data from connectors/dialects/NAME.yaml. Plain, immutable, read by connect and the
 * connectors. How to write one: connectors/README.md.
 */
#ifndef DCSCAN_DIALECT_H
#define DCSCAN_DIALECT_H

#include <stddef.h>
#include <stdint.h>

#include "dcscan/catalog.h"
#include "dcscan/sample.h"
#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Catalogue queries. Result columns by position:
 *   tables:  catalog, schema, table, comment, kind (TABLE | VIEW | FOREIGN | OTHER), rows_estimated, pages, definition (DDL or NULL),
 *            readable (1 | 0 | NULL unknown)
 *   columns: catalog, schema, table, column, comment, type_name, length, scale, ordinal, nullable (0|1), primary_key (0|1),
 *            auto_increment (0|1)
 *   references: catalog, schema, table, column, ref_schema, ref_table, ref_column
 * NULL where the DBMS does not know. A missing query: the ODBC catalogue functions serve (generic dialect).
 */
struct dc_dialect_catalogue {
    const char *tables, *columns, *references;
    const char *rows_of_table; /* optional, per table: cheap estimate when `tables` gave none; {table} is replaced */
    const char *min_key, *max_key; /* optional, per table: bounds of the sampling key; {table} and {key} are replaced */
    bool comments_in_definition; /* comments stand in the DDL text (SQLite) */
};

/*
 * One way to sample. `clause` is a template of the whole statement. Placeholders: {columns} {table} {n} (rows wanted) {percent}
 * {fraction} {seed} {key} {keys} (list of random keys) {limit}.
 */
struct dc_dialect_sampling {
    enum dc_sample_method method;
    const char *statement;
    int64_t rows_min, rows_max; /* table sizes (estimate) it is meant for; 0 = no bound; unknown size fits only rows_min 0 */
    bool needs_integer_key;     /* a single integer primary key, or the key named below */
    const char *key;            /* pseudo-column that serves as key (rowid), or NULL: the primary key */
    bool base_tables_only;
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
};

struct dc_dialect {
    const char *name;               /* "sqlite" */
    const char *title;              /* "SQLite" */
    const char *const *dbms_names;  /* globs on the driver's DBMS name */
    size_t n_dbms_names;
    const char *quote_open, *quote_close;
    bool has_catalogs, has_schemas; /* which parts a table name is qualified with */
    struct dc_dialect_catalogue catalogue;
    const char *const *system_schemas; /* globs: left out unless included by name */
    size_t n_system_schemas;
    const char *const *session; /* statements after connect; {timeout_ms} {timeout_s} are replaced */
    size_t n_session;
    const char *read_only_check; /* query whose first value is 1 or "on" when the session is read only, or NULL */
    const struct dc_dialect_sampling *samplings; /* in order of preference */
    size_t n_samplings;
    const struct dc_dialect_type *types; /* first match wins */
    size_t n_types;
    const struct dc_dialect_sqlstate *sqlstates;
    size_t n_sqlstates;
    const char *tested; /* "server" or "scripted": what it was tested against */
};

#ifdef __cplusplus
}
#endif
#endif
