/*
 * Rows one by one, each value whole: for catalogue queries and the store, where texts may be long and columns are few.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "internal.h"

#define FIRST_CAPACITY 256
#define MAX_VALUE      ((size_t)16 * 1024 * 1024)

static void make_room(struct dc_odbc_cell *cell, size_t wanted)
{
    size_t capacity = cell->capacity > 0 ? cell->capacity : FIRST_CAPACITY;
    char *text;

    while (capacity < wanted && capacity < MAX_VALUE) {
        capacity *= 2;
    }
    if (capacity > cell->capacity) {
        text = dc_alloc(capacity, 1);
        if (cell->text != NULL) {
            memcpy(text, cell->text, cell->size);
            free(cell->text);
        }
        cell->text = text;
        cell->capacity = capacity;
    }
}

/* Bytes behind cell->size, a whole number of units. */
static size_t room_of(const struct dc_odbc_cell *cell, size_t unit)
{
    return (cell->capacity - cell->size) / unit * unit;
}

/* Size of what a call has put behind cell->size: all that is left, or as much as there was room for. `end`: bytes of what ends it. */
static size_t piece_size(const struct dc_odbc_cell *cell, size_t end, SQLLEN indicator)
{
    size_t room = room_of(cell, end) - end;

    if (indicator == SQL_NO_TOTAL || (indicator >= 0 && (size_t)indicator > room)) {
        return room;
    }
    return indicator > 0 ? (size_t)indicator : 0;
}

static void decode(struct dc_odbc_connection *connection, bool wide, struct dc_odbc_cell *cell)
{
    size_t size = 0;
    char *text = wide ? dc_odbc_widened(cell->text, cell->size, &size)
                      : dc_odbc_decode(connection, cell->text, cell->size, &size);

    if (text != NULL) {
        explicit_bzero(cell->text, cell->capacity);
        free(cell->text);
        *cell = (struct dc_odbc_cell){text, size, size + 1, false};
    }
}

static bool read_cell(struct dc_odbc_statement *statement, size_t column, struct dc_odbc_cell *cell)
{
    bool wide = statement->wide != NULL && statement->wide[column];
    size_t end = wide ? sizeof(SQLWCHAR) : 1;
    SQLRETURN rc;

    cell->size = 0;
    cell->null = false;
    make_room(cell, FIRST_CAPACITY);
    do {
        SQLLEN indicator = 0;

        rc = SQLGetData(statement->handle, (SQLUSMALLINT)(column + 1),
                        wide ? SQL_C_WCHAR : SQL_C_CHAR, cell->text + cell->size,
                        (SQLLEN)room_of(cell, end), &indicator);
        if (rc == SQL_NO_DATA) {
            break;
        }
        if (!dc_odbc_succeeded(rc)) {
            return false;
        }
        if (indicator == SQL_NULL_DATA) {
            cell->null = true;
            break;
        }
        cell->size += piece_size(cell, end, indicator);
        if (rc == SQL_SUCCESS_WITH_INFO && cell->capacity < MAX_VALUE) {
            make_room(cell,
                      indicator > 0 ? cell->size + (size_t)indicator + end : 2 * cell->capacity);
        }
    } while (rc == SQL_SUCCESS_WITH_INFO && cell->size + end < cell->capacity);
    cell->text[cell->size] = '\0';
    decode(statement->connection, wide, cell);
    return true;
}

enum dc_fetch dc_odbc_row(struct dc_odbc_statement *statement, struct dc_err *err)
{
    SQLRETURN rc = SQL_ERROR;

    if (statement->n_columns == 0) {
        return DC_FETCH_END;
    }
    if (statement->n_cells < statement->n_columns) {
        free(statement->cells);
        statement->cells = dc_alloc(statement->n_columns, sizeof *statement->cells);
        statement->n_cells = statement->n_columns;
        free(statement->wide);
        statement->wide = dc_odbc_wide_columns(statement);
    }
    if (dc_odbc_watch_enter(statement, true)) {
        rc = SQLFetch(statement->handle);
        dc_odbc_watch_leave(statement);
    }
    if (rc == SQL_NO_DATA) {
        return DC_FETCH_END;
    }
    if (!dc_odbc_succeeded(rc)) {
        dc_odbc_fail(statement, "fetch a row", err);
        return DC_FETCH_ERROR;
    }
    for (size_t i = 0; i < statement->n_columns; i++) {
        if (!read_cell(statement, i, &statement->cells[i])) {
            dc_odbc_fail(statement, "read a value", err);
            return DC_FETCH_ERROR;
        }
    }
    return DC_FETCH_ROWS;
}

const char *dc_odbc_text(struct dc_odbc_statement *statement, size_t column)
{
    if (column >= statement->n_cells || statement->cells[column].null) {
        return NULL;
    }
    return statement->cells[column].text;
}

int64_t dc_odbc_int(struct dc_odbc_statement *statement, size_t column, int64_t fallback)
{
    const char *text = dc_odbc_text(statement, column);
    char *end;
    long long value;

    if (text == NULL || *text == '\0') {
        return fallback;
    }
    errno = 0;
    value = strtoll(text, &end, 10);
    if (end == text || errno == ERANGE) {
        return fallback;
    }
    /* A DBMS without integers answers 12.0 or 1.2e+06. */
    if (*end == '.' || *end == 'e' || *end == 'E') {
        double real = strtod(text, NULL);

        return real > -9e18 && real < 9e18 ? (int64_t)real : fallback;
    }
    return value;
}

double dc_odbc_real(struct dc_odbc_statement *statement, size_t column, double fallback)
{
    const char *text = dc_odbc_text(statement, column);
    char *end;
    double value;

    if (text == NULL) {
        return fallback;
    }
    value = strtod(text, &end);
    return end == text ? fallback : value;
}
