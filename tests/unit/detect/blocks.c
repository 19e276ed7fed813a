/* Blocks of rows from texts. */
#include <string.h>

#include "blocks.h"

void block_put(struct test_column *column, size_t row, const char *bytes, size_t size)
{
    char *cell = column->data + row * BLOCK_STRIDE;
    size_t present = size < BLOCK_STRIDE ? size : BLOCK_STRIDE - 1;

    column->column = (struct dc_block_column){column->data, BLOCK_STRIDE, column->lengths, true};
    column->lengths[row] = bytes == NULL ? DC_CELL_NULL : (int64_t)size;
    if (bytes != NULL) {
        memcpy(cell, bytes, present);
        cell[present] = '\0';
    }
}
