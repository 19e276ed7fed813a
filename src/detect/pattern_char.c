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

/* One more choice: `classes` are those of its bytes. */
static void add_choice(struct dc_char_set *set, size_t least, size_t most, uint16_t classes)
{
    struct dc_pattern_facts *facts = &set->facts;

    facts->least = set->empty || least < facts->least ? least : facts->least;
    facts->most = most > facts->most ? most : facts->most;
    facts->required = set->empty ? classes : facts->required & classes;
    set->empty = false;
}

static void add_ascii(struct dc_char_set *set, unsigned byte)
{
    dc_byte_set_add(&set->ascii, byte);
    dc_byte_set_add(&set->facts.first, byte);
    dc_byte_set_add(&set->facts.last, byte);
    dc_byte_set_add(&set->facts.allowed, byte);
    add_choice(set, 1, 1, dc_byte_classes[byte]);
}

static void add_exact(struct dc_char_set *set, uint32_t code)
{
    char bytes[4];
    size_t size = dc_utf8_put(code, bytes);

    for (size_t i = 0; i < size; i++) {
        dc_byte_set_add(&set->facts.allowed, (unsigned char)bytes[i]);
    }
    dc_byte_set_add(&set->facts.first, (unsigned char)bytes[0]);
    dc_byte_set_add(&set->facts.last, (unsigned char)bytes[size - 1]);
    add_choice(set, size, size, DC_CLASS_HIGH);
}

/* Characters first…last, all written with `size` bytes: lead bytes exactly, the others anything. */
static void add_block(struct dc_char_set *set, uint32_t first, uint32_t last, size_t size)
{
    char low[4], high[4];

    dc_utf8_put(first, low);
    dc_utf8_put(last, high);
    dc_byte_set_add_range(&set->facts.first, (unsigned char)low[0], (unsigned char)high[0]);
    dc_byte_set_add_range(&set->facts.allowed, (unsigned char)low[0], (unsigned char)high[0]);
    dc_byte_set_add_range(&set->facts.allowed, 0x80, 0xBF);
    dc_byte_set_add_range(&set->facts.last, 0x80, 0xBF);
    add_choice(set, size, size, DC_CLASS_HIGH);
}

static void add_high(struct dc_char_set *set, uint32_t first, uint32_t last)
{
    /* Ends of the ranges that UTF-8 writes with 2, 3 and 4 bytes. */
    static const uint32_t ends[] = {0x7F, 0x7FF, 0xFFFF, DC_LAST_CODE};

    if (last - first < 64) {
        for (uint32_t code = first; code <= last; code++) {
            add_exact(set, code);
        }
        return;
    }
    for (size_t size = 2; size <= 4; size++) {
        uint32_t low = first > ends[size - 2] ? first : ends[size - 2] + 1;
        uint32_t high = last < ends[size - 1] ? last : ends[size - 1];

        if (low <= high) {
            add_block(set, low, high, size);
        }
    }
}

/* Characters without case: general punctuation, everything from CJK radicals to the unified ideographs, their compatibility forms. */
static bool is_caseless_block(uint32_t first, uint32_t last)
{
    return (first >= 0x2010 && last <= 0x205F) || (first >= 0x2E80 && last <= 0x9FFF) ||
           (first >= 0xF900 && last <= 0xFAFF) || (first >= 0xFF00 && last <= 0xFF20);
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
        add_exact(set, 0x212A);
    } else if ((byte | 0x20) == 's') {
        add_exact(set, 0x017F);
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
    struct dc_byte_set named = set->ascii;

    dc_char_set_init(set, false);
    for (unsigned byte = 0; byte < HIGH_FIRST; byte++) {
        if (!dc_byte_set_has(&named, byte)) {
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
    return set->facts;
}
