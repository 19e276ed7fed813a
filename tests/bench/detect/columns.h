/* The columns of the benchmark: what tables of a plant hold, in the proportions in which they hold it. */
#ifndef DCSCAN_BENCH_COLUMNS_H
#define DCSCAN_BENCH_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

size_t bench_n_columns(void);
/*
 * The value of a column in a row of a table, written into the cell (terminated); its bytes, or DC_CELL_NULL. The same for the same
 * arguments, so that nothing has to be kept.
 */
int64_t bench_value(size_t column, uint64_t table, uint64_t row, char *cell, size_t room);

#endif
