/* The table of distinct values. */
#include <criterion/criterion.h>

#include "distinct.h"

/* Spreads numbers over 64 bits as a hash would. */
static uint64_t hash_of(uint64_t n)
{
    n = (n + 1) * UINT64_C(0x9E3779B97F4A7C15);
    return n ^ n >> 29;
}

static bool is_there(const struct dc_distinct *table, uint64_t n)
{
    return *dc_distinct_slot(table, hash_of(n)) != 0;
}

Test(distinct, keeps_what_was_added_while_it_grows)
{
    struct dc_distinct table = {0};
    struct dc_distinct_spare spare = {0};

    dc_distinct_reset(&table);
    for (uint64_t n = 0; n < DC_DISTINCT_MOST; n++) {
        cr_assert_not(is_there(&table, n));
        cr_assert_not(dc_distinct_is_full(&table));
        dc_distinct_add(&table, &spare, hash_of(n), (uint16_t)(n % 65535 + 1));
    }
    cr_assert(dc_distinct_is_full(&table));
    for (uint64_t n = 0; n < DC_DISTINCT_MOST; n++) {
        cr_assert_eq(*dc_distinct_slot(&table, hash_of(n)) & DC_DISTINCT_PAYLOAD, n % 65535 + 1);
    }
    cr_assert_not(is_there(&table, DC_DISTINCT_MOST));
    dc_distinct_done(&table);
    dc_distinct_spare_done(&spare);
}

Test(distinct, is_empty_and_small_after_a_reset)
{
    struct dc_distinct table = {0};
    struct dc_distinct_spare spare = {0};

    dc_distinct_reset(&table);
    for (uint64_t n = 0; n < 1000; n++) {
        dc_distinct_add(&table, &spare, hash_of(n), 1);
    }
    dc_distinct_wipe(&table);
    dc_distinct_reset(&table);
    cr_assert_eq(table.n_slots, DC_DISTINCT_FIRST);
    for (uint64_t n = 0; n < 1000; n++) {
        cr_assert_not(is_there(&table, n));
        dc_distinct_add(&table, &spare, hash_of(n), 1);
    }
    cr_assert_eq(table.n_values, 1000);
    dc_distinct_done(&table);
    dc_distinct_spare_done(&spare);
}

Test(distinct, leaves_nothing_behind_when_wiped)
{
    struct dc_distinct table = {0};
    struct dc_distinct_spare spare = {0};

    dc_distinct_reset(&table);
    for (uint64_t n = 0; n < 1000; n++) {
        dc_distinct_add(&table, &spare, hash_of(n), 1);
    }
    dc_distinct_wipe(&table);
    for (size_t i = 0; i < table.n_slots; i++) {
        cr_assert_eq(table.slots[i], 0);
    }
    for (size_t i = 0; i < spare.capacity; i++) {
        cr_assert_eq(spare.slots[i], 0);
    }
    dc_distinct_done(&table);
    dc_distinct_spare_done(&spare);
}

Test(distinct, takes_a_hash_of_zeros)
{
    struct dc_distinct table = {0};
    struct dc_distinct_spare spare = {0};

    dc_distinct_reset(&table);
    cr_assert_eq(*dc_distinct_slot(&table, 0), 0);
    dc_distinct_add(&table, &spare, 0, 7);
    cr_assert_eq(*dc_distinct_slot(&table, 0), 7);
    dc_distinct_done(&table);
    dc_distinct_spare_done(&spare);
}
