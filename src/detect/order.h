/* Private to src/detect: whether the values of a column ascend in the order of the sample. Holds one raw value: to be wiped. */
#ifndef DCSCAN_DETECT_ORDER_H
#define DCSCAN_DETECT_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#define DC_ORDER_VALUE_SIZE 40

enum dc_order_kind { DC_ORDER_FRESH, DC_ORDER_INTEGERS, DC_ORDER_DATES, DC_ORDER_BROKEN };

struct dc_order {
    enum dc_order_kind kind;
    bool rising; /* two different values were seen */
    size_t size;
    char previous[DC_ORDER_VALUE_SIZE];
};

void dc_order_reset(struct dc_order *order);
/* Takes the next value. Cheap once the order is broken: callers may skip the call then. */
void dc_order_take(struct dc_order *order, const char *bytes, size_t size);
bool dc_order_holds(const struct dc_order *order);

#endif
