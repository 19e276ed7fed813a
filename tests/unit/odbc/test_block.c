#include "rig.h"

#define NUMBERS                                                                                 \
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %zu) SELECT i, " \
    "'v' || i FROM n"

/* Reads `n` numbered rows in blocks and checks every cell. */
static void read_rows(struct rig *rig, size_t n, size_t block_rows)
{
    struct dc_odbc_buffers *buffers = dc_odbc_buffers_create();
    struct dc_odbc_statement *statement = NULL;
    const size_t value_bytes[] = {20, 20};
    struct dc_block block;
    char sql[256], expected[32];
    size_t seen = 0;

    snprintf(sql, sizeof sql, n > 0 ? NUMBERS : "SELECT 1, 2 LIMIT %zu", n);
    cr_assert_eq(dc_odbc_query(rig->connection, sql, 0, &statement, NULL), DC_OK);
    cr_assert_eq(dc_odbc_bind_block(statement, buffers, block_rows, value_bytes, 2, NULL), DC_OK);
    while (dc_odbc_block(statement, &block, NULL) == DC_FETCH_ROWS) {
        cr_assert_leq(block.n_rows, block_rows);
        for (size_t r = 0; r < block.n_rows; r++) {
            struct dc_value value = dc_block_value(&block.columns[1], r);

            snprintf(expected, sizeof expected, "v%zu", ++seen);
            cr_assert_eq(value.size, strlen(expected));
            cr_assert_eq(memcmp(value.bytes, expected, value.size), 0);
        }
    }
    cr_expect_eq(seen, n);
    dc_odbc_statement_destroy(statement);
    dc_odbc_buffers_destroy(buffers);
}

Test(block, every_row_comes_once_whatever_the_number)
{
    struct rig rig = rig_open();
    const size_t counts[] = {0, 1, 63, 64, 65, 128, 1000};

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        read_rows(&rig, counts[i], 64);
        read_rows(&rig, counts[i], 1);
    }
    rig_close(&rig);
}

/* The first block of a statement of one row. */
static struct dc_odbc_statement *one_row(struct rig *rig, const char *sql,
                                         struct dc_odbc_buffers *buffers, const size_t *value_bytes,
                                         size_t n_columns, struct dc_block *block)
{
    struct dc_odbc_statement *statement = NULL;

    cr_assert_eq(dc_odbc_query(rig->connection, sql, 0, &statement, NULL), DC_OK);
    cr_assert_eq(dc_odbc_bind_block(statement, buffers, 64, value_bytes, n_columns, NULL), DC_OK);
    cr_assert_eq(dc_odbc_block(statement, block, NULL), DC_FETCH_ROWS);
    cr_assert_eq(block->n_rows, 1);
    return statement;
}

Test(block, null_is_not_empty)
{
    struct rig rig = rig_open();
    struct dc_odbc_buffers *buffers = dc_odbc_buffers_create();
    const size_t value_bytes[] = {8, 8, 8};
    struct dc_block block;
    struct dc_odbc_statement *statement = one_row(&rig, "SELECT NULL, '', '零件'", buffers,
                                                  value_bytes, 3, &block);

    cr_expect(dc_block_value(&block.columns[0], 0).null);
    cr_expect_not(dc_block_value(&block.columns[1], 0).null);
    cr_expect_eq(dc_block_value(&block.columns[1], 0).size, 0);
    cr_expect_eq(memcmp(dc_block_value(&block.columns[2], 0).bytes, "零件", 6), 0);
    dc_odbc_statement_destroy(statement);
    dc_odbc_buffers_destroy(buffers);
    rig_close(&rig);
}

Test(block, a_value_longer_than_its_room_is_marked)
{
    struct rig rig = rig_open();
    struct dc_odbc_buffers *buffers = dc_odbc_buffers_create();
    const size_t value_bytes[] = {4, 4};
    struct dc_block block;
    struct dc_odbc_statement *statement = one_row(&rig, "SELECT 'abcd', 'abcde'", buffers,
                                                  value_bytes, 2, &block);

    cr_expect_not(dc_block_value(&block.columns[0], 0).truncated, "it just fits");
    cr_expect_eq(dc_block_value(&block.columns[0], 0).size, 4);
    cr_expect(dc_block_value(&block.columns[1], 0).truncated);
    cr_expect_eq(dc_block_value(&block.columns[1], 0).size, 4);
    cr_expect_eq(block.columns[1].lengths[0], 5, "the full length is known");
    dc_odbc_statement_destroy(statement);
    dc_odbc_buffers_destroy(buffers);
    rig_close(&rig);
}

Test(block, a_column_without_room_is_not_fetched)
{
    struct rig rig = rig_open();
    struct dc_odbc_buffers *buffers = dc_odbc_buffers_create();
    const size_t value_bytes[] = {8, 0, 8};
    struct dc_block block;
    struct dc_odbc_statement *statement = one_row(&rig, "SELECT 1, 2, 3", buffers, value_bytes, 3,
                                                  &block);

    cr_expect(block.columns[0].fetched);
    cr_expect_not(block.columns[1].fetched);
    cr_expect_eq(dc_block_value(&block.columns[2], 0).bytes[0], '3');
    dc_odbc_statement_destroy(statement);
    dc_odbc_buffers_destroy(buffers);
    rig_close(&rig);
}

Test(block, wiping_leaves_nothing_of_the_values)
{
    struct rig rig = rig_open();
    struct dc_odbc_buffers *buffers = dc_odbc_buffers_create();
    const size_t value_bytes[] = {30};
    struct dc_block block;
    struct dc_odbc_statement *statement = one_row(&rig, "SELECT '420106198503090123'", buffers,
                                                  value_bytes, 1, &block);
    const char *cell = block.columns[0].data;

    cr_assert_eq(memcmp(cell, "4201", 4), 0);
    dc_odbc_statement_destroy(statement);
    dc_odbc_buffers_wipe(buffers);
    for (size_t i = 0; i < 30; i++) {
        cr_assert_eq(cell[i], 0);
    }
    dc_odbc_buffers_destroy(buffers);
    rig_close(&rig);
}

Test(block, a_wrong_number_of_columns_is_refused)
{
    struct rig rig = rig_open();
    struct dc_odbc_buffers *buffers = dc_odbc_buffers_create();
    struct dc_odbc_statement *statement = NULL;
    const size_t value_bytes[] = {8};

    cr_assert_eq(dc_odbc_query(rig.connection, "SELECT 1, 2", 0, &statement, NULL), DC_OK);
    cr_expect_eq(dc_odbc_bind_block(statement, buffers, 64, value_bytes, 1, NULL), DC_ERR_INTERNAL);
    dc_odbc_statement_destroy(statement);
    dc_odbc_buffers_destroy(buffers);
    rig_close(&rig);
}
