/* Ascending integers and dates. */
#include <string.h>

#include "check_util.h"
#include "order.h"
#include "shape.h"

void dc_order_reset(struct dc_order *order)
{
    explicit_bzero(order, sizeof *order);
    order->kind = DC_ORDER_FRESH;
}

static enum dc_order_kind kind_of(const char *bytes, size_t size)
{
    size_t sign = bytes[0] == '-' ? 1 : 0;
    bool midnight;

    if (size > sign && dc_all_digits(bytes + sign, size - sign)) {
        return DC_ORDER_INTEGERS;
    }
    return dc_date_read(bytes, size, &midnight) ? DC_ORDER_DATES : DC_ORDER_BROKEN;
}

static int compare_digits(const char *a, size_t a_size, const char *b, size_t b_size)
{
    while (a_size > 1 && *a == '0') {
        a++;
        a_size--;
    }
    while (b_size > 1 && *b == '0') {
        b++;
        b_size--;
    }
    if (a_size != b_size) {
        return a_size < b_size ? -1 : 1;
    }
    return memcmp(a, b, a_size);
}

static int compare_integers(const char *a, size_t a_size, const char *b, size_t b_size)
{
    bool a_negative = *a == '-', b_negative = *b == '-';

    if (a_negative != b_negative) {
        return a_negative ? -1 : 1;
    }
    return a_negative ? compare_digits(b + 1, b_size - 1, a + 1, a_size - 1)
                      : compare_digits(a, a_size, b, b_size);
}

/* Dates of one form compare as texts; a shorter one without time of day comes before its own day's times. */
static int compare_dates(const char *a, size_t a_size, const char *b, size_t b_size)
{
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);

    return order != 0 ? order : a_size < b_size ? -1 : a_size > b_size ? 1 : 0;
}

void dc_order_take(struct dc_order *order, const char *bytes, size_t size)
{
    enum dc_order_kind kind = size <= sizeof order->previous ? kind_of(bytes, size)
                                                             : DC_ORDER_BROKEN;

    if (order->kind != DC_ORDER_FRESH) {
        int step = kind != order->kind || kind == DC_ORDER_BROKEN ? -1
                   : kind == DC_ORDER_INTEGERS
                       ? compare_integers(bytes, size, order->previous, order->size)
                       : compare_dates(bytes, size, order->previous, order->size);

        kind = step < 0 ? DC_ORDER_BROKEN : kind;
        order->rising |= step > 0;
    }
    if (kind == DC_ORDER_BROKEN) {
        dc_order_reset(order);
    } else {
        memcpy(order->previous, bytes, size);
        order->size = size;
    }
    order->kind = kind;
}

bool dc_order_holds(const struct dc_order *order)
{
    return order->rising && (order->kind == DC_ORDER_INTEGERS || order->kind == DC_ORDER_DATES);
}
