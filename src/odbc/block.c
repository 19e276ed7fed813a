/*
 * The block cursor: every column bound as text into one piece of memory, column after column, so that what follows reads a column's
 * values one behind the other.
 */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "internal.h"

struct dc_odbc_buffers *dc_odbc_buffers_create(void)
{
    return dc_alloc(1, sizeof(struct dc_odbc_buffers));
}

void dc_odbc_buffers_wipe(struct dc_odbc_buffers *buffers)
{
    if (buffers->memory != NULL) {
        explicit_bzero(buffers->memory, buffers->memory_used);
    }
    buffers->memory_used = 0;
    if (buffers->scratch != NULL) {
        explicit_bzero(buffers->scratch, buffers->scratch_size);
    }
}

void dc_odbc_buffers_destroy(struct dc_odbc_buffers *buffers)
{
    if (buffers == NULL) {
        return;
    }
    dc_odbc_buffers_wipe(buffers);
    free(buffers->memory);
    free(buffers->scratch);
    free(buffers->lengths);
    free(buffers->row_status);
    free(buffers->columns);
    free(buffers);
}

/* `items` with room for `wanted` of them; what they held is of no use any more. */
static void *room_for(void *items, size_t *capacity, size_t wanted, size_t item_size)
{
    if (wanted <= *capacity) {
        return items;
    }
    free(items);
    *capacity = wanted;
    return dc_alloc(wanted, item_size);
}

/* Bytes that a column takes in the block: two for one where it is wide, and the next one begins evenly. */
static size_t column_bytes(const bool *wide, size_t column, size_t n_rows, size_t value_bytes)
{
    size_t size = value_bytes > 0 ? n_rows * (value_bytes + 1) : 0;

    return wide == NULL ? size : wide[column] ? 2 * size : size + size % 2;
}

static void reserve(struct dc_odbc_buffers *buffers, const bool *wide, size_t n_rows,
                    const size_t *value_bytes, size_t n_columns)
{
    size_t size = 0, longest = 0;

    for (size_t i = 0; i < n_columns; i++) {
        longest = value_bytes[i] > longest ? value_bytes[i] : longest;
        size += column_bytes(wide, i, n_rows, value_bytes[i]);
    }
    dc_odbc_buffers_wipe(buffers);
    buffers->memory = room_for(buffers->memory, &buffers->memory_size, size, 1);
    buffers->memory_used = size;
    buffers->scratch = room_for(buffers->scratch, &buffers->scratch_size, 4 * longest + 16, 1);
    buffers->lengths = room_for(buffers->lengths, &buffers->lengths_capacity, n_rows * n_columns,
                                sizeof *buffers->lengths);
    buffers->row_status = room_for(buffers->row_status, &buffers->status_capacity, n_rows,
                                   sizeof *buffers->row_status);
    buffers->columns = room_for(buffers->columns, &buffers->columns_capacity, n_columns,
                                sizeof *buffers->columns);
}

static void lay_out(struct dc_odbc_buffers *buffers, const bool *wide, size_t n_rows,
                    const size_t *value_bytes, size_t n_columns)
{
    char *data = buffers->memory;

    for (size_t i = 0; i < n_columns; i++) {
        size_t stride = value_bytes[i] > 0 ? value_bytes[i] + 1 : 0;

        buffers->columns[i] = (struct dc_block_column){data, stride, buffers->lengths + i * n_rows,
                                                       stride > 0};
        data += column_bytes(wide, i, n_rows, value_bytes[i]);
    }
}

/* The driver's word on how many rows a block has; 1 where it knows no blocks. */
static size_t set_block_rows(struct dc_odbc_statement *statement, size_t wanted)
{
    SQLULEN took = 0;

    SQLSetStmtAttr(statement->handle, SQL_ATTR_ROW_BIND_TYPE, (SQLPOINTER)SQL_BIND_BY_COLUMN,
                   SQL_IS_UINTEGER);
    if (wanted > 1) {
        SQLSetStmtAttr(statement->handle, SQL_ATTR_ROW_ARRAY_SIZE, (SQLPOINTER)(uintptr_t)wanted,
                       SQL_IS_UINTEGER);
        SQLGetStmtAttr(statement->handle, SQL_ATTR_ROW_ARRAY_SIZE, &took, SQL_IS_UINTEGER, NULL);
        if (took > 0 && took <= wanted) {
            return (size_t)took;
        }
    }
    SQLSetStmtAttr(statement->handle, SQL_ATTR_ROW_ARRAY_SIZE, (SQLPOINTER)1, SQL_IS_UINTEGER);
    return 1;
}

/* As which a column is handed over, and the room for one of its values. */
static SQLSMALLINT form_of(const struct dc_odbc_statement *statement, size_t column, SQLLEN *room)
{
    bool wide = statement->wide != NULL && statement->wide[column];

    *room = (SQLLEN)(statement->buffers->columns[column].stride * (wide ? 2 : 1));
    return wide ? SQL_C_WCHAR : SQL_C_CHAR;
}

static bool bind_columns(struct dc_odbc_statement *statement)
{
    struct dc_odbc_buffers *buffers = statement->buffers;

    for (size_t i = 0; i < statement->n_block_columns; i++) {
        const struct dc_block_column *column = &buffers->columns[i];
        SQLLEN room;
        SQLSMALLINT form = form_of(statement, i, &room);

        if (column->fetched && !dc_odbc_succeeded(SQLBindCol(
                                   statement->handle, (SQLUSMALLINT)(i + 1), form,
                                   (SQLPOINTER)column->data, room, (SQLLEN *)column->lengths))) {
            return false;
        }
    }
    return true;
}

enum dc_status dc_odbc_bind_block(struct dc_odbc_statement *statement,
                                  struct dc_odbc_buffers *buffers, size_t n_rows,
                                  const size_t *value_bytes, size_t n_columns, struct dc_err *err)
{
    if (n_columns != statement->n_columns || n_rows == 0) {
        return dc_err_set(err, DC_ERR_INTERNAL,
                          "could not bind a block: %zu columns are given, the result has %zu",
                          n_columns, statement->n_columns);
    }
    n_rows = set_block_rows(statement, n_rows);
    statement->buffers = buffers;
    statement->n_block_columns = n_columns;
    statement->block_rows = n_rows;
    free(statement->wide);
    statement->wide = dc_odbc_wide_columns(statement);
    reserve(buffers, statement->wide, n_rows, value_bytes, n_columns);
    lay_out(buffers, statement->wide, n_rows, value_bytes, n_columns);
    SQLSetStmtAttr(statement->handle, SQL_ATTR_ROW_STATUS_PTR, buffers->row_status, SQL_IS_POINTER);
    SQLSetStmtAttr(statement->handle, SQL_ATTR_ROWS_FETCHED_PTR, &statement->rows_fetched,
                   SQL_IS_POINTER);
    statement->piecewise = !bind_columns(statement);
    if (statement->piecewise) {
        SQLFreeStmt(statement->handle, SQL_UNBIND);
        statement->block_rows = set_block_rows(statement, 1);
    }
    return DC_OK;
}

/* In the order of the columns, since many drivers know no other. A value's first piece is all that is kept of it. */
static bool read_pieces(struct dc_odbc_statement *statement)
{
    for (size_t i = 0; i < statement->n_block_columns; i++) {
        const struct dc_block_column *column = &statement->buffers->columns[i];
        SQLLEN room;
        SQLSMALLINT form = form_of(statement, i, &room);

        if (column->fetched && !dc_odbc_succeeded(SQLGetData(
                                   statement->handle, (SQLUSMALLINT)(i + 1), form,
                                   (SQLPOINTER)column->data, room, (SQLLEN *)column->lengths))) {
            return false;
        }
    }
    return true;
}

static bool has_bad_row(const struct dc_odbc_statement *statement)
{
    for (size_t i = 0; i < statement->rows_fetched; i++) {
        if (statement->buffers->row_status[i] == SQL_ROW_ERROR) {
            return true;
        }
    }
    return false;
}

static SQLRETURN fetch(struct dc_odbc_statement *statement)
{
    SQLRETURN rc = SQL_ERROR;

    statement->rows_fetched = 0;
    if (dc_odbc_watch_enter(statement, true)) {
        rc = SQLFetch(statement->handle);
        dc_odbc_watch_leave(statement);
    }
    return rc;
}

enum dc_fetch dc_odbc_block(struct dc_odbc_statement *statement, struct dc_block *out,
                            struct dc_err *err)
{
    SQLRETURN rc = fetch(statement);

    if (rc == SQL_NO_DATA) {
        return DC_FETCH_END;
    }
    /* A row in error among good ones comes as a success with information: it is a failure all the same. */
    if (!dc_odbc_succeeded(rc) || (rc == SQL_SUCCESS_WITH_INFO && has_bad_row(statement))) {
        dc_odbc_fail(statement, "fetch rows", err);
        return DC_FETCH_ERROR;
    }
    if (statement->piecewise && !read_pieces(statement)) {
        dc_odbc_fail(statement, "read a value", err);
        return DC_FETCH_ERROR;
    }
    if (statement->block_rows == 1) {
        statement->rows_fetched = 1;
    }
    dc_odbc_decode_block(statement);
    dc_odbc_narrow_block(statement);
    *out = (struct dc_block){(size_t)statement->rows_fetched, statement->n_block_columns,
                             statement->buffers->columns};
    return DC_FETCH_ROWS;
}
