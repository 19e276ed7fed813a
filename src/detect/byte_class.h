/* Private to src/detect: sets of bytes, and the 16 classes into which the prefilter sorts them. */
#ifndef DCSCAN_DETECT_BYTE_CLASS_H
#define DCSCAN_DETECT_BYTE_CLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Chosen so that the values of databases fall apart: numbers, dates, times, codes, hashes, addresses, prose. */
enum dc_byte_class {
    DC_CLASS_DIGIT = 1 << 0,
    DC_CLASS_UPPER_HEX = 1 << 1, /* A–F */
    DC_CLASS_UPPER = 1 << 2,     /* G–Z */
    DC_CLASS_LOWER_HEX = 1 << 3, /* a–f */
    DC_CLASS_LOWER = 1 << 4,     /* g–z */
    DC_CLASS_HYPHEN = 1 << 5,    /* - _ */
    DC_CLASS_POINT = 1 << 6,
    DC_CLASS_COLON = 1 << 7,
    DC_CLASS_AT = 1 << 8,
    DC_CLASS_SLASH = 1 << 9,
    DC_CLASS_SEMICOLON = 1 << 10,
    DC_CLASS_EQUALS = 1 << 11,
    DC_CLASS_BLANK = 1 << 12,   /* blank and control characters */
    DC_CLASS_BRACKET = 1 << 13, /* ( ) */
    DC_CLASS_MARK = 1 << 14,    /* other ASCII */
    DC_CLASS_HIGH = 1 << 15     /* not ASCII */
};

#define DC_CLASS_LETTER (DC_CLASS_UPPER_HEX | DC_CLASS_UPPER | DC_CLASS_LOWER_HEX | DC_CLASS_LOWER)

extern const uint16_t dc_byte_classes[256];

/* Classes of all bytes of a value. */
static inline uint16_t dc_class_mask(const char *bytes, size_t size)
{
    const unsigned char *at = (const unsigned char *)bytes;
    unsigned mask_a = 0, mask_b = 0;
    size_t i = 0;

    for (; i + 4 <= size; i += 4) {
        mask_a |= (unsigned)dc_byte_classes[at[i]] | dc_byte_classes[at[i + 1]];
        mask_b |= (unsigned)dc_byte_classes[at[i + 2]] | dc_byte_classes[at[i + 3]];
    }
    for (; i < size; i++) {
        mask_a |= dc_byte_classes[at[i]];
    }
    return (uint16_t)(mask_a | mask_b);
}

/* Text of several words or fields, in which something may be hidden; a code, a number or a time of day is none. */
static inline bool dc_is_text_like(uint16_t mask)
{
    return (mask & (DC_CLASS_HIGH | DC_CLASS_MARK | DC_CLASS_EQUALS | DC_CLASS_SEMICOLON |
                    DC_CLASS_BRACKET)) != 0 ||
           ((mask & DC_CLASS_BLANK) != 0 && (mask & DC_CLASS_LETTER) != 0) ||
           ((mask & DC_CLASS_AT) != 0 && (mask & (DC_CLASS_COLON | DC_CLASS_SLASH)) != 0);
}

struct dc_byte_set {
    uint64_t words[4];
};

static inline void dc_byte_set_add(struct dc_byte_set *set, unsigned byte)
{
    set->words[byte >> 6 & 3] |= UINT64_C(1) << (byte & 63);
}

static inline bool dc_byte_set_has(const struct dc_byte_set *set, unsigned byte)
{
    return (set->words[byte >> 6 & 3] >> (byte & 63) & 1) != 0;
}

void dc_byte_set_add_range(struct dc_byte_set *set, unsigned first, unsigned last);
void dc_byte_set_unite(struct dc_byte_set *set, const struct dc_byte_set *other);
/* Classes of which at least one byte is in the set. */
uint16_t dc_byte_set_classes(const struct dc_byte_set *set);

#endif
