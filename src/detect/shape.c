/* Shapes of values: numbers, dates, flags, codes, prose. Runs once per distinct value of a sample. */
#include <string.h>

#include "dcscan/text.h"
#include "check_util.h"
#include "shape.h"

_Static_assert(DC_N_SHAPES <= 32, "a value's shapes fit 32 bits");

#define HEX_CLASSES (DC_CLASS_DIGIT | DC_CLASS_UPPER_HEX | DC_CLASS_LOWER_HEX)
#define NUMBER_CLASSES                                                                        \
    (DC_CLASS_DIGIT | DC_CLASS_HYPHEN | DC_CLASS_POINT | DC_CLASS_MARK | DC_CLASS_UPPER_HEX | \
     DC_CLASS_LOWER_HEX)
#define CODE_CLASSES                                                                           \
    (DC_CLASS_DIGIT | DC_CLASS_UPPER_HEX | DC_CLASS_UPPER | DC_CLASS_HYPHEN | DC_CLASS_POINT | \
     DC_CLASS_SLASH)
#define BASE64_CLASSES                                                                     \
    (DC_CLASS_DIGIT | DC_CLASS_LETTER | DC_CLASS_MARK | DC_CLASS_SLASH | DC_CLASS_HYPHEN | \
     DC_CLASS_EQUALS)
#define UPPER_CLASSES (DC_CLASS_UPPER_HEX | DC_CLASS_UPPER)
#define LOWER_CLASSES (DC_CLASS_LOWER_HEX | DC_CLASS_LOWER)

static size_t skip_digits(const char *bytes, size_t size, size_t at)
{
    while (at < size && dc_is_digit(bytes[at])) {
        at++;
    }
    return at;
}

/* e+05 and the like; the place behind it, or `at` when there is none. */
static size_t skip_exponent(const char *bytes, size_t size, size_t at)
{
    size_t digits = at + 1;

    if (at >= size || (bytes[at] != 'e' && bytes[at] != 'E')) {
        return at;
    }
    digits += digits < size && (bytes[digits] == '+' || bytes[digits] == '-') ? 1 : 0;
    return digits < size && skip_digits(bytes, size, digits) == size ? size : at;
}

void dc_number_read(const char *bytes, size_t size, struct dc_number *out)
{
    size_t start = size > 0 && (bytes[0] == '-' || bytes[0] == '+') ? 1 : 0;
    size_t point = skip_digits(bytes, size, start), end;

    *out = (struct dc_number){DC_NUMBER_NONE, false, 0, 0};
    if (point == start &&
        !(point + 1 < size && bytes[point] == '.' && dc_is_digit(bytes[point + 1]))) {
        return;
    }
    out->whole = point - start;
    out->negative = bytes[0] == '-';
    if (point == size) {
        out->kind = DC_NUMBER_INTEGER;
        return;
    }
    end = bytes[point] == '.' ? skip_digits(bytes, size, point + 1) : point;
    if (skip_exponent(bytes, size, end) != size) {
        return;
    }
    out->kind = DC_NUMBER_DECIMAL;
    while (end > point + 1 && bytes[end - 1] == '0') {
        end--;
    }
    out->decimals = end > point ? (int32_t)(end - point - 1) : 0;
}

/* One or two digits for a number from `least` to `most`; false when there are none. */
static bool read_two(const char *bytes, size_t size, size_t *at, int least, int most)
{
    int value;

    if (*at >= size || !dc_is_digit(bytes[*at])) {
        return false;
    }
    value = bytes[(*at)++] - '0';
    if (*at < size && dc_is_digit(bytes[*at])) {
        value = 10 * value + bytes[(*at)++] - '0';
    }
    return value >= least && value <= most;
}

/* Time of day behind a date: hh:mm, hh:mm:ss, with fraction and zone. */
static bool is_time(const char *bytes, size_t size, bool *midnight)
{
    size_t at = 0;

    if (!read_two(bytes, size, &at, 0, 24) || at >= size || bytes[at++] != ':' ||
        !read_two(bytes, size, &at, 0, 59)) {
        return false;
    }
    if (at < size && bytes[at] == ':') {
        at++;
        if (!read_two(bytes, size, &at, 0, 60)) {
            return false;
        }
    }
    *midnight = true;
    for (size_t i = 0; i < at; i++) {
        *midnight &= bytes[i] == '0' || bytes[i] == ':';
    }
    if (at < size && bytes[at] == '.') {
        at = skip_digits(bytes, size, at + 1);
    }
    return at == size || dc_is_one_of(bytes[at], "Zz+- ");
}

bool dc_date_read(const char *bytes, size_t size, bool *midnight)
{
    size_t at = 5;

    if (size < 8 || (bytes[4] != '-' && bytes[4] != '/' && bytes[4] != '.') ||
        !dc_all_digits(bytes, 4)) {
        return false;
    }
    if (!read_two(bytes, size, &at, 1, 12) || at >= size || bytes[at++] != bytes[4] ||
        !read_two(bytes, size, &at, 1, 31)) {
        return false;
    }
    *midnight = true;
    if (at == size) {
        return true;
    }
    return (bytes[at] == ' ' || bytes[at] == 'T') &&
           is_time(bytes + at + 1, size - at - 1, midnight);
}

static void add_number(const char *bytes, size_t size, struct dc_value_shape *out)
{
    struct dc_number number;

    dc_number_read(bytes, size, &number);
    if (number.kind == DC_NUMBER_NONE) {
        return;
    }
    out->decimals = number.decimals;
    out->bits &= ~DC_SHAPE_BIT(all_upper_alnum); /* 1E5 is no code */
    out->bits |= number.kind == DC_NUMBER_INTEGER ? DC_SHAPE_BIT(integer) : DC_SHAPE_BIT(decimal);
    out->bits |= number.negative ? DC_SHAPE_BIT(negative) : 0;
    if (number.decimals >= 3 && number.whole <= 3 && dc_is_digit(bytes[0])) {
        int32_t whole = dc_digits_value(bytes, number.whole);

        out->bits |= whole >= 3 && whole < 54 ? DC_SHAPE_BIT(lat_range) : 0;
        out->bits |= whole >= 73 && whole < 136 ? DC_SHAPE_BIT(lng_range) : 0;
    }
}

static void add_date(const char *bytes, size_t size, struct dc_value_shape *out)
{
    bool midnight;

    if (dc_date_read(bytes, size, &midnight)) {
        out->bits |= DC_SHAPE_BIT(date) | (midnight ? DC_SHAPE_BIT(midnight) : 0);
    }
}

static bool is_flag_word(const char *bytes, size_t size)
{
    static const char *const words[] = {"true", "false", "TRUE", "FALSE", "True", "False", "yes",
                                        "no",   "YES",   "NO",   "Yes",   "No",   "on",    "off",
                                        "ON",   "OFF",   "是",   "否",    "有",   "无"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (bytes[0] == words[i][0] && size == strlen(words[i]) &&
            memcmp(bytes, words[i], size) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_flag(const char *bytes, size_t size)
{
    if (size == 1) {
        return dc_is_one_of(bytes[0], "01YNynTFtf");
    }
    return size <= 5 && !dc_is_digit(bytes[0]) && is_flag_word(bytes, size);
}

/* Hexadecimal digits, or base64 with all of upper case, lower case and digits, 16 bytes and more. */
static void add_random_look(const char *bytes, size_t size, uint16_t mask,
                            struct dc_value_shape *out)
{
    if ((mask & ~HEX_CLASSES) == 0 && (mask & DC_CLASS_LETTER) != 0) {
        out->bits |= DC_SHAPE_BIT(hex) |
                     ((mask & DC_CLASS_DIGIT) != 0 ? DC_SHAPE_BIT(base64ish) : 0);
        return;
    }
    if ((mask & ~BASE64_CLASSES) != 0 || (mask & DC_CLASS_DIGIT) == 0 ||
        (mask & UPPER_CLASSES) == 0 || (mask & LOWER_CLASSES) == 0) {
        return;
    }
    for (size_t i = 0; i < size; i++) {
        if (!dc_is_alnum(bytes[i]) && !dc_is_one_of(bytes[i], "+/=-_")) {
            return;
        }
    }
    out->bits |= DC_SHAPE_BIT(base64ish);
}

static void add_markup(const char *bytes, size_t size, struct dc_value_shape *out)
{
    char first = bytes[0], last = bytes[size - 1];

    if ((first == '{' && last == '}') || (first == '[' && last == ']')) {
        out->bits |= DC_SHAPE_BIT(json);
    } else if (first == '<' && last == '>' && size >= 3) {
        out->bits |= DC_SHAPE_BIT(xml);
    }
}

/* What one pass over the characters counts. */
struct character_counts {
    uint32_t characters, han, blanks, prose_marks;
    uint32_t stars, run, longest_run;  /* characters that stand for hidden ones */
    uint32_t crosses, longest_crosses; /* x or X in a row */
    bool valid;
};

static bool is_prose_mark(uint32_t code)
{
    return code == 0xFF0C || code == 0x3002 || code == 0xFF1B || code == 0x3001 || code == 0xFF1A ||
           code == 0xFF01 || code == 0xFF1F;
}

static bool is_star(uint32_t code)
{
    return code == '*' || code == 0x25CF || code == 0x25CB || code == 0xFF0A || code == 0x2588 ||
           code == 0x25A0;
}

static void count_character(struct character_counts *counts, uint32_t code)
{
    counts->characters++;
    counts->blanks += code == ' ';
    if (is_star(code)) {
        counts->stars++;
        counts->run++;
        counts->longest_run = counts->run > counts->longest_run ? counts->run : counts->longest_run;
    } else {
        counts->run = 0;
    }
    counts->crosses = code == 'x' || code == 'X' ? counts->crosses + 1 : 0;
    counts->longest_crosses = counts->crosses > counts->longest_crosses ? counts->crosses
                                                                        : counts->longest_crosses;
}

/* Chinese is written with three bytes, of which the first is E3…E9: decoded here, the rest by the general function. */
static size_t next_character(const char *bytes, size_t size, uint32_t *code)
{
    const unsigned char *at = (const unsigned char *)bytes;

    if (size >= 3 && at[0] >= 0xE3 && at[0] <= 0xE9 && (at[1] & 0xC0) == 0x80 &&
        (at[2] & 0xC0) == 0x80) {
        *code = (at[0] & 15u) << 12 | (at[1] & 63u) << 6 | (at[2] & 63u);
        return 3;
    }
    return dc_utf8_next(bytes, size, code);
}

/* The ideographs of everyday use without a call; the rarer ones by the general function. */
static bool is_han(uint32_t code)
{
    return (code >= 0x4E00 && code <= 0x9FFF) ||
           ((code < 0x3000 || code > 0x303F) && dc_is_han(code));
}

static void count_characters(const char *bytes, size_t size, struct character_counts *counts)
{
    *counts = (struct character_counts){.valid = true};
    for (size_t at = 0; at < size;) {
        uint32_t code = (unsigned char)bytes[at];
        size_t used = 1;

        if (code >= 0x80) {
            used = next_character(bytes + at, size - at, &code);
            counts->valid &= used > 1;
            counts->han += is_han(code);
            counts->prose_marks += is_prose_mark(code);
        }
        count_character(counts, code);
        at += used;
    }
}

/* Whether a value hides something: stars in a row, one star beside Chinese, or a row of x among digits; not a text with a few of them. */
static bool is_masked(const struct character_counts *counts, uint16_t mask)
{
    if (counts->longest_run >= 2 ||
        (counts->stars == 1 && counts->han > 0 && counts->characters <= 4)) {
        return counts->characters <= 64 && counts->stars * 6 >= counts->characters;
    }
    return counts->longest_crosses >= 4 && (mask & DC_CLASS_DIGIT) != 0 &&
           (mask & ~(DC_CLASS_DIGIT | DC_CLASS_UPPER | DC_CLASS_LOWER | DC_CLASS_BLANK |
                     DC_CLASS_HYPHEN)) == 0;
}

/* What the counts of a text say. */
static void add_counts(const struct character_counts *counts, uint16_t mask,
                       struct dc_value_shape *out)
{
    out->characters = counts->characters;
    out->valid = counts->valid;
    out->masked = is_masked(counts, mask);
    out->bits |= counts->han > 0 ? DC_SHAPE_BIT(has_han) : 0;
    out->bits |= counts->han > 0 && counts->han == counts->characters ? DC_SHAPE_BIT(all_han) : 0;
    out->bits |= counts->blanks > 0 ? DC_SHAPE_BIT(has_space) : 0;
    out->bits |= out->masked ? DC_SHAPE_BIT(has_star) : 0;
    if (counts->characters >= 12 &&
        (counts->prose_marks > 0 ||
         (counts->blanks >= 2 && (mask & (DC_CLASS_LETTER | DC_CLASS_HIGH)) != 0))) {
        out->bits |= DC_SHAPE_BIT(sentence);
    }
}

/* Whether each character has to be looked at: beyond ASCII, where a star may be, and in numbers masked with x, which have one in the middle. */
static bool needs_every_character(const char *bytes, size_t size, uint16_t mask)
{
    return (mask & (DC_CLASS_HIGH | DC_CLASS_MARK)) != 0 || bytes[size / 2] == 'x' ||
           bytes[size / 2] == 'X';
}

static void add_text(const char *bytes, size_t size, uint16_t mask, struct dc_value_shape *out)
{
    struct character_counts counts = {.characters = (uint32_t)size, .valid = true};

    if (needs_every_character(bytes, size, mask)) {
        count_characters(bytes, size, &counts);
    } else if ((mask & DC_CLASS_BLANK) != 0) {
        counts.blanks = (uint32_t)dc_count_byte(bytes, size, ' ');
    } else {
        return;
    }
    add_counts(&counts, mask, out);
    if ((mask & DC_CLASS_MARK) != 0) {
        add_markup(bytes, size, out);
    }
}

void dc_value_shape(const char *bytes, size_t size, uint16_t mask, struct dc_value_shape *out)
{
    uint32_t bits = (mask & DC_CLASS_LETTER) != 0 ? DC_SHAPE_BIT(has_letter) : 0;

    if ((mask & ~CODE_CLASSES) == 0 && (mask & UPPER_CLASSES) != 0) {
        bits |= DC_SHAPE_BIT(all_upper_alnum);
    }
    *out = (struct dc_value_shape){bits, (uint32_t)size, -1, true, false};
    if ((mask & DC_CLASS_DIGIT) != 0 && (mask & ~NUMBER_CLASSES) == 0) {
        add_number(bytes, size, out);
    }
    if (size >= 8 && dc_is_digit(bytes[0]) &&
        (mask & (DC_CLASS_HYPHEN | DC_CLASS_SLASH | DC_CLASS_POINT)) != 0) {
        add_date(bytes, size, out);
    }
    if ((mask &
         (DC_CLASS_HIGH | DC_CLASS_BLANK | DC_CLASS_MARK | DC_CLASS_UPPER | DC_CLASS_LOWER)) != 0) {
        add_text(bytes, size, mask, out);
    }
    if (size >= 16) {
        add_random_look(bytes, size, mask, out);
    }
    out->bits |= is_flag(bytes, size) ? DC_SHAPE_BIT(zero_or_one) : 0;
    out->bits |= out->characters <= 4 ? DC_SHAPE_BIT(short_text) : 0;
    out->bits |= out->characters > 64 ? DC_SHAPE_BIT(long_text) : 0;
}
