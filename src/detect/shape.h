/* Private to src/detect: what one value looks like, whatever it means. */
#ifndef DCSCAN_DETECT_SHAPE_H
#define DCSCAN_DETECT_SHAPE_H

#include <stddef.h>

#include "dcscan/profile.h"
#include "byte_class.h"

/* Places of the counters of struct dc_shape_counts: a value's shapes are a set of bits in their order. */
#define DC_SHAPE_PLACE(member) (offsetof(struct dc_shape_counts, member) / sizeof(uint32_t))
#define DC_SHAPE_BIT(member)   (UINT32_C(1) << DC_SHAPE_PLACE(member))
#define DC_N_SHAPES            (sizeof(struct dc_shape_counts) / sizeof(uint32_t))

struct dc_value_shape {
    uint32_t bits;       /* DC_SHAPE_BIT(…) */
    uint32_t characters; /* stray bytes count one each */
    int32_t decimals;    /* without trailing zeros; -1 when no number */
    bool valid;          /* UTF-8 */
    bool masked;
};

/* A value of size > 0 whose byte classes are `mask`. */
void dc_value_shape(const char *bytes, size_t size, uint16_t mask, struct dc_value_shape *out);

/* A number read from a whole value. */
enum dc_number_kind { DC_NUMBER_NONE, DC_NUMBER_INTEGER, DC_NUMBER_DECIMAL };
/* Optional sign, digits, optional point and digits, optional exponent. */
struct dc_number {
    enum dc_number_kind kind;
    bool negative;
    int32_t decimals; /* without trailing zeros */
    size_t whole;     /* digits before the point */
};
void dc_number_read(const char *bytes, size_t size, struct dc_number *out);

/* ISO-like date with - / or . between, with or without time of day. */
bool dc_date_read(const char *bytes, size_t size, bool *midnight);

#endif
