/* Rows to the program: bound blocks and SQLGetData, with what goes wrong on the way. */
#include <string.h>

#include "driver.h"

/* What the driver says of a value's length. `room`: bytes that fit. */
static SQLLEN said_length(const struct cell *cell, size_t room)
{
    bool fits = cell->size <= room;

    switch (cell->says) {
    case SAYS_NO_TOTAL:
        return fits ? (SQLLEN)cell->size : SQL_NO_TOTAL;
    case SAYS_SHORT:
        return (SQLLEN)(cell->size / 2);
    case SAYS_LONG:
        return (SQLLEN)cell->size + 1000;
    case SAYS_NEGATIVE:
        return -77;
    case SAYS_SILENT:
        return (SQLLEN)(fits ? cell->size : room);
    default:
        return (SQLLEN)cell->size;
    }
}

/* Bytes of what ends a text. */
static size_t end_of(const struct cell *cell)
{
    return cell->unit > 0 ? cell->unit : 1;
}

/* Copies as much as fits behind `offset` and ends it with a zero; tells how many bytes. */
static size_t put_bytes(const struct cell *cell, size_t offset, char *out, size_t room)
{
    size_t left = cell->size - offset, end = end_of(cell), size;

    if (room < end) {
        return 0;
    }
    size = left < room - end ? left : (room - end) / end * end;
    for (size_t i = 0; cell->is_fill && i < size; i++) {
        out[i] = i % end == 0 ? 'x' : '\0';
    }
    if (!cell->is_fill) {
        memcpy(out, cell->bytes + offset, size);
    }
    memset(out + size, 0, end);
    return size;
}

/* One bound cell; true when it was cut. */
static bool put_bound(struct statement *statement, size_t column, size_t row)
{
    const struct binding *binding = &statement->bindings[column];
    struct cell cell = binding->type == SQL_C_WCHAR ? result_cell_wide(statement->result, column)
                                                    : result_cell(statement->result, column);
    size_t room = (size_t)binding->room, end = end_of(&cell);

    if (cell.null) {
        if (binding->lengths != NULL) {
            binding->lengths[row] = SQL_NULL_DATA;
        }
        return false;
    }
    put_bytes(&cell, 0, binding->buffer + row * room, room);
    if (binding->lengths != NULL) {
        binding->lengths[row] = said_length(&cell, room > end ? room - end : 0);
    }
    return cell.size + end > room && cell.says != SAYS_SILENT;
}

enum row_fate { ROW_GOOD, ROW_CUT, ROW_BAD, ROW_END, ROW_FAILED };

/* The faults of fetching the row that comes next. */
static enum row_fate meet_fault(struct statement *statement)
{
    const struct script_table *table = statement->table;
    int64_t row = statement->result->n_given;

    if (statement->result->kind != ROWS_SAMPLE || !faults_on(table)) {
        return ROW_GOOD;
    }
    if (table->lost_at > 0 && row >= table->lost_at) {
        statement->connection->lost = true;
        diag_set(&statement->diags, "08S01", 0, "communication link failure");
        return ROW_FAILED;
    }
    if (table->hangs == HANGS_FETCH && row >= table->hang_row && !wait_for(statement, -1)) {
        return ROW_FAILED;
    }
    return table->bad_row > 0 && row == table->bad_row ? ROW_BAD : ROW_GOOD;
}

static enum row_fate fetch_row(struct statement *statement, size_t row)
{
    enum row_fate fate;

    if (!result_next(statement->result)) {
        return ROW_END;
    }
    fate = meet_fault(statement);
    for (size_t i = 0; fate < ROW_BAD && i < statement->n_bindings; i++) {
        if (statement->bindings[i].buffer != NULL && i < statement->result->n_columns &&
            put_bound(statement, i, row)) {
            fate = ROW_CUT;
        }
    }
    return fate;
}

static void note_row(struct statement *statement, size_t row, SQLUSMALLINT state)
{
    if (statement->status != NULL) {
        statement->status[row] = state;
    }
}

static bool is_lost(struct statement *statement)
{
    if (statement->connection->lost) {
        diag_set(&statement->diags, "08S01", 0, "communication link failure");
    }
    return statement->connection->lost;
}

static SQLRETURN finish_block(struct statement *statement, size_t n, bool cut, bool bad)
{
    const struct script_table *table = statement->table;
    bool warned = false;

    for (size_t i = n; i < statement->array_size; i++) {
        note_row(statement, i, SQL_ROW_NOROW);
    }
    if (n == 0) {
        return SQL_NO_DATA;
    }
    if (bad) {
        diag_set(&statement->diags, "HY000", 0, "a row could not be read");
    }
    if (cut) {
        diag_set(&statement->diags, "01004", 0, "string data, right truncated");
    }
    if (faults_on(table) && table->warns.n_items > 0) {
        diag_records(&statement->diags, &table->warns);
        warned = true;
    }
    return cut || bad || warned ? SQL_SUCCESS_WITH_INFO : SQL_SUCCESS;
}

SQLRETURN fetch_block(struct statement *statement)
{
    bool cut = false, bad = false;
    size_t n = 0;

    if (statement->result == NULL) {
        return diag_set(&statement->diags, "24000", 0, "invalid cursor state");
    }
    if (is_lost(statement)) {
        return SQL_ERROR;
    }
    statement->piece.column = statement->piece.offset = 0;
    statement->piece.done = false;
    while (n < statement->array_size &&
           (statement->max_rows == 0 || statement->result->n_given < (int64_t)statement->max_rows ||
            statement->result->kind != ROWS_SAMPLE)) {
        enum row_fate fate = fetch_row(statement, n);

        if (fate == ROW_FAILED) {
            return SQL_ERROR;
        }
        if (fate == ROW_END) {
            break;
        }
        note_row(statement, n++,
                 fate == ROW_BAD   ? SQL_ROW_ERROR
                 : fate == ROW_CUT ? SQL_ROW_SUCCESS_WITH_INFO
                                   : SQL_ROW_SUCCESS);
        cut = cut || fate == ROW_CUT;
        bad = bad || fate == ROW_BAD;
    }
    if (statement->fetched != NULL) {
        *statement->fetched = n;
    }
    statement->positioned = n > 0;
    return finish_block(statement, n, cut, bad);
}

/* ---- SQLGetData ---- */

static SQLRETURN get_piece(struct statement *statement, const struct cell *cell, SQLPOINTER out,
                           SQLLEN room, SQLLEN *length)
{
    size_t offset = statement->piece.offset, size;
    struct cell rest = *cell;

    if (statement->piece.done || (offset > 0 && offset >= cell->size)) {
        return SQL_NO_DATA;
    }
    size = put_bytes(cell, offset, out, (size_t)room);
    rest.size = cell->size - offset;
    if (length != NULL) {
        size_t end = end_of(cell);

        *length = said_length(&rest, (size_t)room > end ? (size_t)room - end : 0);
    }
    statement->piece.offset = offset + size;
    statement->piece.done = statement->piece.offset >= cell->size;
    if (!statement->piece.done && cell->says != SAYS_SILENT) {
        diag_set(&statement->diags, "01004", 0, "string data, right truncated");
        return SQL_SUCCESS_WITH_INFO;
    }
    return SQL_SUCCESS;
}

SQLRETURN get_data(struct statement *statement, SQLUSMALLINT number, SQLSMALLINT type,
                   SQLPOINTER out, SQLLEN room, SQLLEN *length)
{
    struct cell cell;

    if (statement->result == NULL || !statement->positioned || number == 0 ||
        number > statement->result->n_columns || statement->array_size > 1) {
        return diag_set(&statement->diags, "24000", 0, "invalid cursor state");
    }
    if (type != SQL_C_CHAR && type != SQL_C_WCHAR && type != SQL_C_DEFAULT) {
        return diag_set(&statement->diags, "HYC00", 0, "only text is handed out");
    }
    if (is_lost(statement)) {
        return SQL_ERROR;
    }
    if (statement->piece.column != number) {
        statement->piece.column = number;
        statement->piece.offset = 0;
        statement->piece.done = false;
    }
    cell = type == SQL_C_WCHAR ? result_cell_wide(statement->result, number - 1U)
                               : result_cell(statement->result, number - 1U);
    if (cell.null) {
        if (length != NULL) {
            *length = SQL_NULL_DATA;
        }
        return SQL_SUCCESS;
    }
    return get_piece(statement, &cell, out, room, length);
}
