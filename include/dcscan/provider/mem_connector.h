/*
 * A database in memory, for tests of the layers above: tables, rows and faults as a test writes them down. It is reached like any other
 * source, with source->connector "mem" and source->connection the address that dc_mem_address writes:
 *
 *     static const struct dc_mem_column columns[] = {{.name = "id", .type_name = "integer"}, {.name = "名称", .type_name = "text"}};
 *     static const char *const cells[] = {"1", "卡钳", "2", NULL};
 *     static const struct dc_mem_table tables[] = {{.name = "parts", .columns = columns, .n_columns = 2, .cells = cells, .n_rows = 2}};
 *     static const struct dc_mem_database database = {.tables = tables, .n_tables = 1};
 *     char address[DC_MEM_ADDRESS_SIZE];
 *     struct dc_source source = {.name = "s", .connector = "mem", .connection = dc_mem_address(&database, address)};
 *
 * Statements are not read: a sample delivers the rows of the table asked for, in their order, up to the rows the request allows. The
 * database and all it points to must outlive the connection; connections of several threads may share it.
 */
#ifndef DCSCAN_PROVIDER_MEM_CONNECTOR_H
#define DCSCAN_PROVIDER_MEM_CONNECTOR_H

#include "dcscan/provider/connector.h"

#ifdef __cplusplus
extern "C" {
#endif

struct dc_mem_column {
    const char *name, *comment, *type_name; /* NULL counts as "" */
    enum dc_type_class type;                /* DC_TYPE_UNKNOWN: by the dialect's type map */
    bool primary_key, unreadable;
    const char *ref_schema, *ref_table, *ref_column; /* or NULL */
};

/* What goes wrong with a table. DC_OK: nothing. */
struct dc_mem_fault {
    enum dc_status at_begin; /* the statement is refused */
    int n_begins;            /* … so many times in a connection, then it works; 0: always */
    enum dc_status
        at_block; /* the fetch of block number `block` (from 0) fails; DC_ERR_LOST ends the connection */
    size_t block;
    int n_blocks; /* … so many times in a connection, then it works; 0: always */
    double
        seconds; /* each block takes so long; with more than the request's time-out it fails with DC_ERR_TIMEOUT */
    const char *sqlstate; /* of the failure, or NULL */
    int32_t native_code;
};

/*
 * Writes a cell into buffer (terminated) and returns it, or returns NULL for NULL. For tables too large to be written down.
 */
typedef const char *dc_mem_cell_fn(const void *user, size_t row, size_t column, char *buffer,
                                   size_t size);

struct dc_mem_table {
    const char *catalog, *schema, *name, *comment;
    enum dc_table_kind kind;
    const struct dc_mem_column *columns;
    size_t n_columns;
    const char *const *cells; /* row by row, n_columns each, NULL is NULL; or … */
    dc_mem_cell_fn *cell;
    const void *user;
    size_t n_rows;
    bool rows_unknown; /* the catalogue does not tell how many */
    const char *skip_reason;
    struct dc_mem_fault fault;
};

struct dc_mem_database {
    const char
        *dbms_name; /* what the dialect is chosen by; NULL: "Memory", which gets the generic one */
    const char *user_name;  /* or NULL */
    const char *password;   /* the one that opens it, or NULL: any */
    enum dc_status at_open; /* DC_OK, or why it does not open */
    enum dc_status at_list; /* DC_OK, or why the catalogue cannot be read */
    bool writable;          /* the session cannot be made read only */
    /* What a query for texts answers, whatever it asks; NULL: such queries fail. */
    const struct dc_text_rows *answer;
    const struct dc_mem_table *tables;
    size_t n_tables;
};

#define DC_MEM_ADDRESS_SIZE 64
/* The source->connection of a database, valid in this process only: one that was made elsewhere is refused. Returns out. */
const char *dc_mem_address(const struct dc_mem_database *database, char out[DC_MEM_ADDRESS_SIZE]);

extern const struct dc_connector_class dc_mem_connector; /* "mem" */

#ifdef __cplusplus
}
#endif
#endif
