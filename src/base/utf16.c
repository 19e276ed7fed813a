/* UTF-16 into UTF-8, whatever is wrong with it. */
#include "dcscan/text.h"

#define BYTE_ORDER_MARK 0xFEFFu
#define SWAPPED_MARK    0xFFFEu

static bool is_high(uint32_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low(uint32_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

static uint32_t unit_at(const char *bytes, bool big_endian)
{
    const unsigned char *at = (const unsigned char *)bytes;

    return big_endian ? (uint32_t)at[0] << 8 | at[1] : (uint32_t)at[1] << 8 | at[0];
}

/* The order that a mark in front tells; *used: its bytes. */
static bool order_of(const char *bytes, size_t size, bool big_endian, size_t *used)
{
    uint32_t first = size >= 2 ? unit_at(bytes, big_endian) : 0;

    *used = first == BYTE_ORDER_MARK || first == SWAPPED_MARK ? 2 : 0;
    return first == SWAPPED_MARK ? !big_endian : big_endian;
}

/* What stands for half a character: bytes that neither UTF-8 nor GB18030 nor words of Latin-1 have. */
static size_t put_bad(char *out)
{
    out[0] = (char)0xFF;
    out[1] = (char)0x80;
    return 2;
}

size_t dc_utf16_to_utf8(const char *bytes, size_t size, bool big_endian, bool cut, char *out)
{
    size_t at, written = 0;
    bool order = order_of(bytes, size, big_endian, &at);

    for (; at + 2 <= size; at += 2) {
        uint32_t unit = unit_at(bytes + at, order);
        uint32_t next = at + 4 <= size ? unit_at(bytes + at + 2, order) : 0;

        if (is_high(unit) && is_low(next)) {
            written += dc_utf8_put(0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00),
                                   out + written);
            at += 2;
        } else if (is_high(unit) && cut && at + 4 > size) {
            return written;
        } else if (is_high(unit) || is_low(unit)) {
            written += put_bad(out + written);
        } else {
            written += dc_utf8_put(unit, out + written);
        }
    }
    return at < size && !cut ? written + put_bad(out + written) : written;
}

size_t dc_utf8_to_utf16(const char *text, size_t size, uint16_t *out)
{
    size_t n = 0;

    for (size_t i = 0; i < size;) {
        uint32_t code = 0;

        i += dc_utf8_next(text + i, size - i, &code);
        if (code >= 0x10000) {
            out[n++] = (uint16_t)(0xD800 + ((code - 0x10000) >> 10));
            out[n++] = (uint16_t)(0xDC00 + ((code - 0x10000) & 0x3FF));
        } else {
            out[n++] = (uint16_t)code;
        }
    }
    return n;
}
