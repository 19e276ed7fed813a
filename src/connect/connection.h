/*
 * Private to src/connect: an open connection, and what its files share.
 */
#ifndef DCSCAN_CONNECT_CONNECTION_H
#define DCSCAN_CONNECT_CONNECTION_H

#include "dcscan/connect.h"

struct dc_connection {
    const struct dc_source *source;
    const struct dc_connector_class *class_;
    struct dc_connector_connection *inner;
    const struct dc_dialect *dialect;
    struct dc_dialect own_dialect; /* the generic one with what the driver says of quoting */
    struct dc_odbc_info info;
    struct dc_limits limits; /* with the defaults put in */
    const char *read_only;   /* static texts */
    const char *warning;
    const char *assumed; /* encoding that names or comments turned out to have, or NULL */
    bool assumed_names;  /* names have it */
    char dialect_reason[192];
};

/* The connector of that name, or NULL. */
const struct dc_connector_class *dc_connector_find(const char *name);

/* The dialect's word on a failure; what the user or our own clock did stays as it is. Returns the status that holds. */
enum dc_status dc_connection_refine(const struct dc_connection *connection, enum dc_status status,
                                    struct dc_err *err);
/* Names the table in an error: table "a"."b". */
void dc_connection_name_table(const struct dc_connection *connection, const struct dc_table *table,
                              struct dc_err *err);

/* A number of rows by a question of the dialect (rows_of_table, rows_counted): -1 when it knows none. */
enum dc_status dc_connection_ask_rows(struct dc_connection *connection, const char *question,
                                      const struct dc_table *table, int64_t *rows,
                                      struct dc_err *err);

/* ---- types.c ---- */

/* The line of the dialect's type map for a type as the DBMS writes it, or NULL. */
const struct dc_dialect_type *dc_type_find(const struct dc_dialect *dialect, const char *type_name);
/* Class, length and scale of a column from its type_name, where they are not known yet. */
void dc_type_complete(const struct dc_dialect *dialect, struct dc_column *column);

#endif
