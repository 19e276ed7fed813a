/* Ascending columns. */
#include <criterion/criterion.h>
#include <string.h>

#include "order.h"

static bool ascends(const char *const *values)
{
    struct dc_order order;

    dc_order_reset(&order);
    for (; *values != NULL; values++) {
        dc_order_take(&order, *values, strlen(*values));
    }
    return dc_order_holds(&order);
}

#define ASCENDS(...) ascends((const char *const[]){__VA_ARGS__, NULL})

Test(order, holds_for_integers_that_do_not_fall)
{
    cr_assert(ASCENDS("1", "2", "2", "10", "0011"));
    cr_assert(ASCENDS("-10", "-9", "0", "5"));
    cr_assert(ASCENDS("9999999999999999999", "10000000000000000000"));
    cr_assert_not(ASCENDS("1", "3", "2"));
    cr_assert_not(ASCENDS("-9", "-10"));
}

Test(order, holds_for_dates)
{
    cr_assert(ASCENDS("2024-03-01", "2024-03-01 08:00:00", "2024-03-02"));
    cr_assert_not(ASCENDS("2024-03-02", "2024-03-01"));
}

Test(order, needs_two_different_values_of_one_kind)
{
    cr_assert_not(ASCENDS("1", "1", "1"));
    cr_assert_not(ASCENDS("1"));
    cr_assert_not(ASCENDS("1", "2024-03-01"));
    cr_assert_not(ASCENDS("1", "2", "x"));
    cr_assert_not(ASCENDS("a", "b"));
    cr_assert_not(ASCENDS("1.5", "2.5"));
    cr_assert_not(ASCENDS("1", "11111111111111111111111111111111111111111"));
}

Test(order, forgets_the_value_when_it_breaks)
{
    static const char zeros[DC_ORDER_VALUE_SIZE];
    struct dc_order order;

    dc_order_reset(&order);
    dc_order_take(&order, "13812345678", 11);
    dc_order_take(&order, "x", 1);
    cr_assert_eq(order.kind, DC_ORDER_BROKEN);
    cr_assert_eq(memcmp(order.previous, zeros, sizeof zeros), 0);
}
