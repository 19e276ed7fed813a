/* Blocks of rows from texts, as a connector would deliver them. */
#ifndef DCSCAN_TESTS_BLOCKS_H
#define DCSCAN_TESTS_BLOCKS_H

#include "dcscan/sample.h"

#define BLOCK_ROWS   64
#define BLOCK_STRIDE 64 /* so that values above 63 bytes are truncated */

struct test_column {
    char data[BLOCK_ROWS * BLOCK_STRIDE];
    int64_t lengths[BLOCK_ROWS];
    struct dc_block_column column;
};

/* Puts a value (NULL: SQL NULL) into a row; longer ones are cut as a driver cuts them. */
void block_put(struct test_column *column, size_t row, const char *bytes, size_t size);

#endif
