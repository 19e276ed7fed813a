/* Coordinates. */
#include <string.h>

#include "check.h"
#include "check_util.h"

struct coordinate {
    double value;
    size_t decimals; /* digits behind the point, trailing zeros left out */
};

/* A plain decimal number [-]d{1,3}.d+ at the front; the bytes used, or 0. */
static size_t read_decimal(const char *bytes, size_t size, struct coordinate *out)
{
    size_t at = 0, start, point;
    double scale = 1;

    *out = (struct coordinate){0, 0};
    if (size > 0 && (bytes[0] == '-' || bytes[0] == '+')) {
        at = 1;
    }
    for (start = at; at < size && at - start < 4 && dc_is_digit(bytes[at]); at++) {
        out->value = out->value * 10 + (bytes[at] - '0');
    }
    if (at == start || at - start > 3 || at >= size || bytes[at] != '.') {
        return 0;
    }
    for (point = at++; at < size && dc_is_digit(bytes[at]); at++) {
        scale /= 10;
        out->value += scale * (bytes[at] - '0');
        if (bytes[at] != '0') {
            out->decimals = at - point;
        }
    }
    if (bytes[0] == '-') {
        out->value = -out->value;
    }
    return at > point + 1 ? at : 0;
}

/* Mainland, Taiwan and the islands, in WGS-84 or GCJ-02, which differ by less than 0.01 degrees. */
static bool is_cn_latitude(double value)
{
    return value >= 3.0 && value <= 54.0;
}

static bool is_cn_longitude(double value)
{
    return value >= 73.0 && value <= 136.0;
}

/* What stands between the two numbers: commas, semicolons, blanks, a slash, the Chinese comma. */
static size_t skip_between(const char *bytes, size_t size)
{
    size_t at = 0;

    for (;;) {
        if (at < size && dc_is_one_of(bytes[at], ",; /|\t")) {
            at++;
        } else if (dc_has_prefix(bytes + at, size - at, "，")) {
            at += 3;
        } else {
            return at;
        }
    }
}

static bool is_world_pair(double latitude, double longitude)
{
    return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
}

/*
 * Two decimals in one text: within China's ranges in either order, or anywhere on Earth when both have four decimals or more. Brackets and the POINT of
 * WKT around them are allowed.
 */
bool dc_check_lat_lng_pair(const char *bytes, size_t size)
{
    struct coordinate a, b;
    size_t used, between;

    while (size > 0 && !dc_is_digit(bytes[0]) && bytes[0] != '-') {
        bytes++;
        size--;
    }
    used = read_decimal(bytes, size, &a);
    between = skip_between(bytes + used, size - used);
    if (used == 0 || between == 0 ||
        read_decimal(bytes + used + between, size - used - between, &b) == 0) {
        return false;
    }
    if (a.decimals >= 1 && b.decimals >= 1 &&
        ((is_cn_latitude(a.value) && is_cn_longitude(b.value)) ||
         (is_cn_longitude(a.value) && is_cn_latitude(b.value)))) {
        return true;
    }
    return a.decimals >= 4 && b.decimals >= 4 &&
           (is_world_pair(a.value, b.value) || is_world_pair(b.value, a.value));
}

/* One number alone needs four decimals (about ten metres) to look like a coordinate. */
bool dc_check_cn_latitude(const char *bytes, size_t size)
{
    struct coordinate a;

    return read_decimal(bytes, size, &a) == size && size > 0 && a.decimals >= 4 &&
           is_cn_latitude(a.value);
}

bool dc_check_cn_longitude(const char *bytes, size_t size)
{
    struct coordinate a;

    return read_decimal(bytes, size, &a) == size && size > 0 && a.decimals >= 4 &&
           is_cn_longitude(a.value);
}
