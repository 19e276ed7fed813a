/*
 * A block of sampled rows by column, as a block cursor delivers it. Raw values live here and nowhere else: the memory belongs to
 * the connector, is overwritten by the next block, and is wiped at the end of the table.
 */
#ifndef DCSCAN_SAMPLE_H
#define DCSCAN_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DC_CELL_NULL     (-1) /* SQL_NULL_DATA */
#define DC_CELL_NO_TOTAL (-4) /* SQL_NO_TOTAL: cut, full length unknown */

/* Which columns are read as UTF-16, because the driver's other texts lose characters. */
enum dc_wide {
    DC_WIDE_NONE,
    DC_WIDE_DESCRIBED, /* those that the driver describes as such: SQL_WCHAR and its kin, graphic types */
    DC_WIDE_TEXT       /* all texts */
};

struct dc_block_column {
    const char *
        data; /* row r starts at data + r * stride; text in UTF-8 (see `encoding` of the connection) */
    size_t stride; /* bytes per cell, terminator included */
    const int64_t
        *lengths; /* per row: DC_CELL_NULL, DC_CELL_NO_TOTAL, or bytes of the full value */
    bool fetched; /* false: the column was not asked for (binary, or left out by the plan) */
};

struct dc_block {
    size_t n_rows, n_columns;
    const struct dc_block_column *columns;
};

struct dc_value {
    const char *bytes; /* not terminated by contract; NULL when null */
    size_t size;       /* bytes present */
    bool null;
    bool truncated; /* only a prefix is present: not a whole value */
};

static inline struct dc_value dc_block_value(const struct dc_block_column *column, size_t row)
{
    struct dc_value value = {NULL, 0, true, false};
    int64_t length = column->lengths[row];
    size_t room = column->stride > 0 ? column->stride - 1 : 0;

    if (length == DC_CELL_NULL) {
        return value;
    }
    value.null = false;
    value.bytes = column->data + row * column->stride;
    if (length < 0 || (size_t)length > room) {
        value.size = room;
        value.truncated = true;
    } else {
        value.size = (size_t)length;
    }
    return value;
}

/* How a table was sampled; kept with its findings, so that an auditor can recompute and judge it. */
enum dc_sample_method {
    DC_SAMPLE_NONE,        /* not sampled: names only */
    DC_SAMPLE_WHOLE,       /* the whole table was read */
    DC_SAMPLE_TABLESAMPLE, /* the DBMS's own sampling clause, thinned at random */
    DC_SAMPLE_RANDOM_KEYS, /* random keys that may miss */
    DC_SAMPLE_RANDOM_ROWS, /* random filter over a full pass of a bounded table */
    DC_SAMPLE_HEAD,        /* first rows only: biased, said so in the inventory */
    DC_N_SAMPLE_METHODS
};
const char *dc_sample_method_name(
    enum dc_sample_method method); /* "none", "whole", "tablesample" … */

struct dc_sample_info {
    enum dc_sample_method method;
    const char *
        statement; /* the SELECT as sent (random keys shortened); owned by the plan or the inventory row */
    int64_t rows_asked, rows_read, bytes_read;
    double seconds;
    bool cut; /* a bound (bytes, seconds) ended the sample early */
    int64_t
        n_statements; /* sent for the table; questions for the bounds of a key and repetitions count */
    int64_t n_retries; /* of them repetitions, because the DBMS said that trying again may help */
};

#ifdef __cplusplus
}
#endif
#endif
