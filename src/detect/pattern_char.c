/* Characters, escapes and classes of patterns. */
#include <string.h>

#include "dcscan/text.h"
#include "check_util.h"
#include "pattern_char.h"

#define HIGH_FIRST 0x80u

void dc_char_set_init(struct dc_char_set *set, bool caseless)
{
    *set = (struct dc_char_set){.caseless = caseless, .empty = true};
    set->facts.known = true;
}

static struct dc_size_range with_choice(struct dc_size_range range, size_t size, bool first)
{
    range.least = first || size < range.least ? size : range.least;
    range.most = size > range.most ? size : range.most;
    return range;
}

/* One more choice: a character of `size` bytes whose classes are `classes`; `byte` is 0 beyond ASCII. */
static void add_choice(struct dc_char_set *set, size_t size, uint32_t classes, unsigned byte)
{
    struct dc_pattern_facts *facts = &set->facts;
    size_t digits = dc_is_digit((char)byte) ? 1 : 0;

    facts->size = with_choice(facts->size, size, set->empty);
    facts->points = with_choice(facts->points, byte == '.', set->empty);
    facts->hyphens = with_choice(facts->hyphens, byte == '-', set->empty);
    facts->least_digits = set->empty || digits < facts->least_digits ? digits : facts->least_digits;
    facts->required = set->empty ? dc_derive(classes) : facts->required & dc_derive(classes);
    facts->allowed = (uint16_t)(facts->allowed | classes);
    set->empty = false;
}

static void add_ascii(struct dc_char_set *set, unsigned byte)
{
    set->ascii[byte / 64] |= UINT64_C(1) << (byte % 64);
    dc_key_set_add_range(&set->facts.first, byte, byte);
    add_choice(set, 1, dc_byte_classes[byte], byte);
}

/* Characters beyond ASCII, by the ends of the ranges that UTF-8 writes with 2, 3 and 4 bytes. */
static void add_high(struct dc_char_set *set, uint32_t first, uint32_t last)
{
    static const uint32_t ends[] = {0x7F, 0x7FF, 0xFFFF, DC_LAST_CODE};

    dc_key_set_add_range(&set->facts.first, first, last);
    for (size_t size = 2; size <= 4; size++) {
        if (first <= ends[size - 1] && last > ends[size - 2]) {
            add_choice(set, size, DC_CLASS_HIGH, 0);
        }
    }
}

/* Blocks of characters without case: signs, CJK from the radicals to the unified ideographs, and their compatibility forms. */
static bool is_caseless_block(uint32_t first, uint32_t last)
{
    static const struct dc_number_range blocks[] = {
        {0xA0, 0xB4},     {0xB6, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},     {0x2010, 0x2125},
        {0x2200, 0x23FF}, {0x25A0, 0x27FF}, {0x2E80, 0x9FFF}, {0xF900, 0xFAFF}, {0xFF00, 0xFF20},
    };

    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        if (first >= (uint32_t)blocks[i].first && last <= (uint32_t)blocks[i].last) {
            return true;
        }
    }
    return false;
}

static void add_ascii_folded(struct dc_char_set *set, unsigned byte)
{
    add_ascii(set, byte);
    if (!set->caseless || !dc_is_letter((char)byte)) {
        return;
    }
    add_ascii(set, byte ^ 0x20);
    /* In UTF mode k and s have a third form each: the Kelvin sign and the long s. */
    if ((byte | 0x20) == 'k') {
        add_high(set, 0x212A, 0x212A);
    } else if ((byte | 0x20) == 's') {
        add_high(set, 0x017F, 0x017F);
    }
}

void dc_char_set_add(struct dc_char_set *set, uint32_t first, uint32_t last)
{
    for (uint32_t code = first; code <= last && code < HIGH_FIRST; code++) {
        add_ascii_folded(set, code);
    }
    if (last < HIGH_FIRST) {
        return;
    }
    if (first < HIGH_FIRST) {
        first = HIGH_FIRST;
    }
    if (set->caseless && !is_caseless_block(first, last)) {
        /* The other case may lie anywhere, in ASCII too. */
        set->wider = true;
        add_high(set, HIGH_FIRST, DC_LAST_CODE);
        for (unsigned byte = 'a'; byte <= 'z'; byte++) {
            add_ascii_folded(set, byte);
        }
        return;
    }
    add_high(set, first, last);
}

static void add_all(struct dc_char_set *set)
{
    set->wider = true;
    dc_char_set_add(set, 0, DC_LAST_CODE);
}

static void add_word(struct dc_char_set *set)
{
    dc_char_set_add(set, '0', '9');
    dc_char_set_add(set, 'A', 'Z');
    dc_char_set_add(set, 'a', 'z');
    dc_char_set_add(set, '_', '_');
}

/* \d \w \s without Unicode properties; of their opposites only that they are one character. */
static bool add_kind(struct dc_char_set *set, char kind)
{
    switch (kind) {
    case 'd':
        dc_char_set_add(set, '0', '9');
        return true;
    case 'w':
        add_word(set);
        return true;
    case 's':
        dc_char_set_add(set, '\t', '\r');
        dc_char_set_add(set, ' ', ' ');
        return true;
    case 'D':
    case 'W':
    case 'S':
    case 'h':
    case 'H':
    case 'v':
    case 'V':
    case 'N':
        add_all(set);
        return true;
    default:
        return false;
    }
}

/* \xHH and \x{H…} behind the x. */
static bool read_hex(const char **at, uint32_t *code)
{
    bool braces = **at == '{';
    size_t most = braces ? 6 : 2, n_digits = 0;

    *at += braces ? 1 : 0;
    for (*code = 0; n_digits < most && dc_is_hex(**at); n_digits++, ++*at) {
        int digit = dc_alnum_value(**at);

        *code = *code * 16 + (uint32_t)digit;
    }
    if (n_digits == 0 || *code > DC_LAST_CODE || (braces && *(*at)++ != '}')) {
        return false;
    }
    return true;
}

/* An escape for a single character. */
static bool read_escaped_code(const char **at, uint32_t *code)
{
    static const char letters[] = "tnrfea", codes[] = "\t\n\r\f\x1b\a";
    const char *letter;
    char escaped = (*at)[1];

    if (escaped == '\0') {
        return false;
    }
    *at += 2;
    if (escaped == 'x') {
        return read_hex(at, code);
    }
    letter = strchr(letters, escaped);
    if (letter != NULL) {
        *code = (unsigned char)codes[letter - letters];
        return true;
    }
    *code = (unsigned char)escaped;
    return !dc_is_alnum(escaped) && (unsigned char)escaped < HIGH_FIRST;
}

/* \p{…} and \P{…}: one character, any. */
static bool skip_property(const char **at)
{
    const char *end;

    if ((*at)[1] != 'p' && (*at)[1] != 'P') {
        return false;
    }
    if ((*at)[2] != '{') {
        *at += (*at)[2] == '\0' ? 2 : 3;
        return true;
    }
    end = strchr(*at, '}');
    *at = end == NULL ? *at + 3 : end + 1;
    return true;
}

bool dc_char_set_add_escape(struct dc_char_set *set, const char **at)
{
    uint32_t code;

    if (add_kind(set, (*at)[1])) {
        *at += 2;
        return true;
    }
    if (skip_property(at)) {
        add_all(set);
        return true;
    }
    if (!read_escaped_code(at, &code)) {
        return false;
    }
    dc_char_set_add(set, code, code);
    return true;
}

/* One character inside a class, escaped or plain. */
static bool read_class_code(const char **at, uint32_t *code)
{
    if (**at == '\\') {
        return read_escaped_code(at, code);
    }
    *at += dc_utf8_next(*at, strlen(*at), code);
    return true;
}

/* One member of a class: a kind, a character or a range. */
static bool add_member(struct dc_char_set *set, const char **at)
{
    uint32_t first, last;

    if (**at == '\\' && (add_kind(set, (*at)[1]) || (*at)[1] == 'p' || (*at)[1] == 'P')) {
        if (skip_property(at)) {
            add_all(set);
        } else {
            *at += 2;
        }
        return **at != '-' || (*at)[1] == ']'; /* a range from a kind: not known */
    }
    if ((**at == '[' && (*at)[1] != '\0' && strchr(":.=", (*at)[1]) != NULL) ||
        !read_class_code(at, &first)) {
        return false;
    }
    last = first;
    if (**at == '-' && (*at)[1] != ']' && (*at)[1] != '\0') {
        ++*at;
        if ((**at == '\\' && (*at)[1] != '\0' && strchr("dwsDWShHvVNpP", (*at)[1]) != NULL) ||
            !read_class_code(at, &last) || last < first) {
            return false;
        }
    }
    dc_char_set_add(set, first, last);
    return true;
}

/* Everything but the ASCII bytes that were named; characters beyond ASCII may all be meant. */
static void negate(struct dc_char_set *set)
{
    const uint64_t named[2] = {set->ascii[0], set->ascii[1]};

    dc_char_set_init(set, false);
    for (unsigned byte = 0; byte < HIGH_FIRST; byte++) {
        if ((named[byte / 64] >> (byte % 64) & 1) == 0) {
            add_ascii(set, byte);
        }
    }
    add_high(set, HIGH_FIRST, DC_LAST_CODE);
}

bool dc_char_set_add_class(struct dc_char_set *set, const char **at)
{
    bool negated = (*at)[1] == '^', first = true;

    *at += negated ? 2 : 1;
    while (**at != ']' || first) {
        if (**at == '\0' || !add_member(set, at)) {
            return false;
        }
        first = false;
    }
    ++*at;
    if (negated) {
        if (set->wider) {
            return false;
        }
        negate(set);
    }
    return true;
}

struct dc_pattern_facts dc_char_set_facts(const struct dc_char_set *set)
{
    struct dc_pattern_facts facts = set->facts;

    facts.last = facts.first;
    return facts;
}
