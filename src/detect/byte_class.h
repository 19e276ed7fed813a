/* Private to src/detect: the 16 classes of bytes by which the prefilter tells values apart, and what else it looks at. */
#ifndef DCSCAN_DETECT_BYTE_CLASS_H
#define DCSCAN_DETECT_BYTE_CLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

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

/*
 * What follows from the classes, and counts of two bytes: told apart from them so that a pattern can demand "some letter", which no single
 * class says. Bits above the classes in a mask of 32.
 */
#define DC_HAS_LETTER     (UINT32_C(1) << 16)
#define DC_HAS_UPPER      (UINT32_C(1) << 17)
#define DC_HAS_NON_DIGIT  (UINT32_C(1) << 18)
#define DC_HAS_NON_NUMBER (UINT32_C(1) << 19) /* a byte other than a digit, point or hyphen */
#define DC_HAS_ASSIGNMENT (UINT32_C(1) << 20) /* = or : */

#define DC_CLASS_LETTER (DC_CLASS_UPPER_HEX | DC_CLASS_UPPER | DC_CLASS_LOWER_HEX | DC_CLASS_LOWER)
#define DC_CLASS_NUMBER (DC_CLASS_DIGIT | DC_CLASS_POINT | DC_CLASS_HYPHEN)

/* Classes with what follows from them. */
static inline uint32_t dc_derive(uint32_t classes)
{
    return classes | ((classes & DC_CLASS_LETTER) != 0 ? DC_HAS_LETTER : 0) |
           ((classes & (DC_CLASS_UPPER_HEX | DC_CLASS_UPPER)) != 0 ? DC_HAS_UPPER : 0) |
           ((classes & ~(uint32_t)DC_CLASS_DIGIT) != 0 ? DC_HAS_NON_DIGIT : 0) |
           ((classes & ~(uint32_t)DC_CLASS_NUMBER) != 0 ? DC_HAS_NON_NUMBER : 0) |
           ((classes & (DC_CLASS_EQUALS | DC_CLASS_COLON)) != 0 ? DC_HAS_ASSIGNMENT : 0);
}

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
static inline bool dc_is_text_like(uint32_t mask)
{
    return (mask & (DC_CLASS_HIGH | DC_CLASS_MARK | DC_CLASS_EQUALS | DC_CLASS_SEMICOLON |
                    DC_CLASS_BRACKET)) != 0 ||
           ((mask & DC_CLASS_BLANK) != 0 && (mask & DC_CLASS_LETTER) != 0) ||
           ((mask & DC_CLASS_AT) != 0 && (mask & (DC_CLASS_COLON | DC_CLASS_SLASH)) != 0);
}

/* Eight bytes at once: the high bit of each byte that is 0, respectively below 10. */
#define DC_EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline uint64_t dc_zero_bytes(uint64_t eight)
{
    return ~(((eight & DC_EACH_BYTE(0x7F)) + DC_EACH_BYTE(0x7F)) | eight) & DC_EACH_BYTE(0x80);
}

static inline uint64_t dc_bytes_below_ten(uint64_t eight)
{
    return ~(((eight & DC_EACH_BYTE(0x7F)) + DC_EACH_BYTE(0x76)) | eight) & DC_EACH_BYTE(0x80);
}

static inline uint64_t dc_eight_bytes(const char *bytes)
{
    uint64_t eight;

    memcpy(&eight, bytes, sizeof eight);
    return eight;
}

/* How many of the eight high bits are set, without relying on an instruction for it. */
static inline size_t dc_count_high_bits(uint64_t bits)
{
    return (size_t)((bits >> 7) * DC_EACH_BYTE(1) >> 56);
}

static inline size_t dc_count_byte(const char *bytes, size_t size, char wanted)
{
    uint64_t pattern = DC_EACH_BYTE((unsigned char)wanted);
    size_t n = 0, i = 0;

    for (; i + 8 <= size; i += 8) {
        n += dc_count_high_bits(dc_zero_bytes(dc_eight_bytes(bytes + i) ^ pattern));
    }
    for (; i < size; i++) {
        n += bytes[i] == wanted;
    }
    return n;
}

static inline size_t dc_count_digits(const char *bytes, size_t size)
{
    size_t n = 0, i = 0;

    for (; i + 8 <= size; i += 8) {
        n += dc_count_high_bits(dc_bytes_below_ten(dc_eight_bytes(bytes + i) ^ DC_EACH_BYTE('0')));
    }
    for (; i < size; i++) {
        n += (unsigned char)(bytes[i] - '0') < 10;
    }
    return n;
}

/*
 * A character at an end of a value as a small number: the byte itself above 1024, or the last ten bits of a character beyond ASCII. Two Chinese
 * words rarely end in the same one.
 */
#define DC_N_KEYS    1152u
#define DC_ASCII_KEY 1024u

static inline unsigned dc_key_of_tail(const unsigned char *end)
{
    return (end[-2] & 15u) << 6 | (end[-1] & 63u);
}

/* Of valid UTF-8 with size > 0. */
static inline unsigned dc_first_key(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;

    return at[0] < 0x80 ? DC_ASCII_KEY + at[0]
                        : dc_key_of_tail(at + (at[0] >= 0xF0   ? 4
                                               : at[0] >= 0xE0 ? 3
                                                               : 2));
}

static inline unsigned dc_last_key(const char *bytes, size_t size)
{
    const unsigned char *end = (const unsigned char *)bytes + size;

    return end[-1] < 0x80 ? DC_ASCII_KEY + end[-1] : dc_key_of_tail(end);
}

struct dc_key_set {
    uint64_t words[DC_N_KEYS / 64];
};

static inline void dc_key_set_add(struct dc_key_set *set, unsigned key)
{
    set->words[key / 64] |= UINT64_C(1) << (key % 64);
}

static inline bool dc_key_set_has(const struct dc_key_set *set, unsigned key)
{
    return (set->words[key / 64] >> (key % 64) & 1) != 0;
}

/* The keys of the characters first…last. */
void dc_key_set_add_range(struct dc_key_set *set, uint32_t first, uint32_t last);
void dc_key_set_unite(struct dc_key_set *set, const struct dc_key_set *other);

#endif
