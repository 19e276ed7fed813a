/* Names of columns as people write them: SOURCE.TABLE.COLUMN, with schema and catalog where they are needed. */
#ifndef DCSCAN_SRC_CLI_COLUMN_PATH_H
#define DCSCAN_SRC_CLI_COLUMN_PATH_H

#include <stdbool.h>

#include "dcscan/alloc.h"
#include "dcscan/inventory.h"
#include "dcscan/text.h"

#define PATH_PARTS 5 /* source, catalog, schema, table, column */

/* Parts of "a.\"b.c\".d"; a doubled quote inside quotes is a quote. DC_ERR_USAGE with a hint for globs, empty and too many parts. */
struct column_path {
    const char *text; /* as typed */
    const char *parts[PATH_PARTS];
    size_t n_parts;
};
enum dc_status column_path_parse(const char *text, struct dc_arena *arena, struct column_path *out,
                                 struct dc_err *err);

/* How well a path names a column. */
enum path_match {
    PATH_NO,
    PATH_NEAR,   /* another column of the table, or one of the name elsewhere: worth suggesting */
    PATH_NOCASE, /* but for upper and lower case */
    PATH_EXACT
};
/* The column's name may stand alone, behind its table, its schema and table, and so on, the source in front or not. */
enum path_match column_path_match(const struct column_path *path,
                                  const struct dc_inventory_table *table, const char *column);

/* "source.schema.table.column", quoted where it has to be; in `arena`. */
const char *column_path_name(struct dc_arena *arena, const struct dc_inventory_table *table,
                             const char *column);
/* The same without the column. */
const char *table_path_name(struct dc_arena *arena, const struct dc_inventory_table *table);

#endif
