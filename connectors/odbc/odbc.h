/* Private to the ODBC connector: a connection, and what its files share. */
#ifndef DCSCAN_CONNECTORS_ODBC_H
#define DCSCAN_CONNECTORS_ODBC_H

#include "dcscan/provider/odbc_connector.h"

struct odbc {
    struct dc_connector_connection base;
    struct dc_odbc_connection *connection;
    const struct dc_dialect *dialect;
    bool encoding_told;        /* by the source, which goes before the dialect */
    int64_t catalogue_seconds; /* time-out of catalogue queries */
    struct dc_odbc_buffers *buffers;
    struct dc_odbc_statement *sample; /* the open one, or NULL */
    int64_t rows_left; /* of it; drivers have been seen to go past SQL_ATTR_MAX_ROWS */
};

/* A statement on its way out, counted. */
enum dc_status odbc_query(struct odbc *odbc, const char *sql, struct dc_odbc_statement **out,
                          struct dc_err *err);

/* A cell of a catalogue row; "" for NULL. */
static inline const char *odbc_cell(struct dc_odbc_statement *row, size_t column)
{
    const char *value = dc_odbc_text(row, column);

    return value != NULL ? value : "";
}

/* Fills a catalogue by the dialect's queries (list_queries.c), or by the catalogue functions of ODBC (list_functions.c). */
enum dc_status odbc_list_by_queries(struct odbc *odbc, struct dc_catalog *catalog,
                                    struct dc_err *err);
enum dc_status odbc_list_by_functions(struct odbc *odbc, struct dc_catalog *catalog,
                                      struct dc_err *err);

#endif
