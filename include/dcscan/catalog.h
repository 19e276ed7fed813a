/*
 * What a database says of itself: tables and columns with types, comments, keys and row estimates. Names only, no values.
 */
#ifndef DCSCAN_CATALOG_H
#define DCSCAN_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/alloc.h"

#ifdef __cplusplus
extern "C" {
#endif

enum dc_table_kind { DC_TABLE_BASE, DC_TABLE_VIEW, DC_TABLE_FOREIGN, DC_TABLE_OTHER };

/* What kind of values a column's declared type holds; decided by the dialect's type map. */
enum dc_type_class {
    DC_TYPE_UNKNOWN,
    DC_TYPE_TEXT,      /* char, varchar: bounded text */
    DC_TYPE_LONG_TEXT, /* clob, text, longtext, ntext */
    DC_TYPE_INTEGER,
    DC_TYPE_DECIMAL, /* exact, with scale */
    DC_TYPE_REAL,
    DC_TYPE_BOOLEAN,
    DC_TYPE_DATE,
    DC_TYPE_TIME,
    DC_TYPE_TIMESTAMP,
    DC_TYPE_BINARY, /* blob, bytea, raw, image: never fetched as text */
    DC_TYPE_UUID,
    DC_TYPE_JSON,
    DC_TYPE_XML,
    DC_TYPE_SPATIAL,
    DC_N_TYPE_CLASSES
};

const char *dc_type_class_name(enum dc_type_class type); /* "text", "long_text" … */
bool dc_type_class_parse(const char *name, enum dc_type_class *out);

/* All texts are valid UTF-8, owned by the catalog's arena; never NULL unless said so. */
struct dc_column {
    const char *name;
    const char *comment;   /* "" where there is none */
    const char *type_name; /* as the DBMS writes it, e.g. "varchar(64)" */
    enum dc_type_class type;
    int64_t length;  /* declared characters, or precision of a number; -1 unknown */
    int32_t scale;   /* of a decimal; -1 unknown */
    int32_t ordinal; /* 1-based position */
    bool nullable;
    bool primary_key; /* part of it */
    bool auto_increment;
    bool
        unreadable; /* the login may not read it though it may read others of the table: left out of the sample */
    const char *
        path; /* of a sub-column: its place in the documents of the column before, ".owner.phone"; else NULL */
    /* Foreign key: what it references, or NULL. */
    const char *ref_schema, *ref_table, *ref_column;
};

struct dc_table {
    const char *catalog, *schema; /* "" where the DBMS has none */
    const char *name;
    const char *comment;
    const char *definition; /* DDL text where the catalogue query delivers it (SQLite), else NULL */
    enum dc_table_kind kind;
    int64_t rows_estimated; /* from statistics; -1 unknown */
    const char *changes; /* modification counter: the same text means the same rows; NULL unknown */
    int64_t pages;       /* storage pages from statistics; -1 unknown */
    struct dc_column *columns;
    size_t n_columns, columns_capacity;
    const char *skip_reason; /* NULL: to be sampled; else why not (out of scope, no right …) */
};

struct dc_catalog {
    struct dc_arena *arena;
    struct dc_table *tables; /* ordered by catalog, schema, name; columns by ordinal */
    size_t n_tables, tables_capacity;
};

struct dc_catalog *dc_catalog_create(void);
void dc_catalog_destroy(struct dc_catalog *catalog);
/* Adds a table (copies the texts; NULL becomes ""). The pointer is valid until the next table is added. */
struct dc_table *dc_catalog_add_table(struct dc_catalog *catalog, const char *catalog_name,
                                      const char *schema, const char *name, const char *comment,
                                      enum dc_table_kind kind);
struct dc_column *dc_table_add_column(struct dc_catalog *catalog, struct dc_table *table,
                                      const char *name, const char *comment, const char *type_name,
                                      enum dc_type_class type);
/* Sorts and indexes; call once after all is added, before dc_catalog_find. */
void dc_catalog_finish(struct dc_catalog *catalog);
struct dc_table *dc_catalog_find(const struct dc_catalog *catalog, const char *catalog_name,
                                 const char *schema,
                                 const char *table); /* exact; NULL when absent */
struct dc_column *dc_table_find_column(const struct dc_table *table, const char *name);
size_t dc_catalog_count_columns(const struct dc_catalog *catalog);

#ifdef __cplusplus
}
#endif
#endif
