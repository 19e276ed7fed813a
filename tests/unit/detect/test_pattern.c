/* What the analyser says of patterns. That it never says too much is tested with the matcher. */
#include <criterion/criterion.h>
#include <string.h>

#include "pattern.h"

static struct dc_pattern_facts facts_of(const char *pattern)
{
    struct dc_pattern_facts facts;

    dc_pattern_analyse(pattern, false, &facts);
    return facts;
}

struct expectation {
    const char *pattern;
    size_t least, most;
    unsigned required;
    const char *first, *last; /* some bytes that must be in the sets */
    const char *not_first, *not_last;
};

static const struct expectation expectations[] = {
    {"abc", 3, 3, DC_CLASS_LOWER_HEX, "a", "c", "b", "b"},
    {"a|bcd", 1, 3, DC_CLASS_LOWER_HEX, "ab", "ad", "c", "b"},
    {"\\d{4}-\\d{2}", 7, 7, DC_CLASS_DIGIT | DC_CLASS_HYPHEN, "09", "09", "-", "-"},
    {"a?b*c+", 1, DC_UNBOUNDED, DC_CLASS_LOWER_HEX, "abc", "c", "d", "ab"},
    {"(?:x{2,3}y){2}", 6, 8, DC_CLASS_LOWER, "x", "y", "y", "x"},
    {"[1-9]\\d{16}[\\dXx]", 18, 18, DC_CLASS_DIGIT, "19", "0Xx", "0", "-"},
    {"张.", 4, 7, DC_CLASS_HIGH, "\xE5", "a\x80", "a", ""},
    {"[省市]", 3, 3, DC_CLASS_HIGH, "\xE7\xE5", "\x81\x82", "\xE6", "\x83"},
    {"(?=a)b(?!c)", 1, 1, DC_CLASS_LOWER_HEX, "b", "b", "a", "c"},
    {"^\\d+$", 1, DC_UNBOUNDED, DC_CLASS_DIGIT, "0", "9", "a", "a"},
    {"a@(?:b|c)\\.d", 5, 5, DC_CLASS_LOWER_HEX | DC_CLASS_AT | DC_CLASS_POINT, "a", "d", "@", "b"},
    {"[^0-9]", 1, 4, 0, "a\xE5", "a\xBF", "0", "9"},
    {"\\x41\\x{4e00}", 4, 4, DC_CLASS_UPPER_HEX | DC_CLASS_HIGH, "A", "\x80", "\xE4", "A"},
    {"[\\w.-]{1,3}", 1, 3, 0, "aZ_.-", "0", "@", "@"},
    {"", 0, 0, 0, "", "", "a", "a"},
};

static void expect_bytes(const struct dc_byte_set *set, const char *in, const char *out,
                         const char *pattern)
{
    for (; *in != '\0'; in++) {
        cr_expect(dc_byte_set_has(set, (unsigned char)*in), "%s: byte %02x is missing", pattern,
                  (unsigned char)*in);
    }
    for (; *out != '\0'; out++) {
        cr_expect_not(dc_byte_set_has(set, (unsigned char)*out), "%s: byte %02x is too much",
                      pattern, (unsigned char)*out);
    }
}

Test(pattern, tells_length_classes_and_ends)
{
    for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++) {
        const struct expectation *e = &expectations[i];
        struct dc_pattern_facts facts = facts_of(e->pattern);

        cr_expect(facts.known, "%s", e->pattern);
        cr_expect_eq(facts.least, e->least, "%s: least %zu", e->pattern, facts.least);
        cr_expect_eq(facts.most, e->most, "%s: most %zu", e->pattern, facts.most);
        cr_expect_eq(facts.required, e->required, "%s: required %04x", e->pattern, facts.required);
        expect_bytes(&facts.first, e->first, e->not_first, e->pattern);
        expect_bytes(&facts.last, e->last, e->not_last, e->pattern);
    }
}

Test(pattern, says_nothing_of_what_it_does_not_know)
{
    static const char *const patterns[] = {
        "(a)\\1",  "(?i)a",  "[[:alpha:]]", "\\Qa\\E", "a{2}{3}", "(?|a|b)", "\\R",
        "(*UCP)a", "[^\\D]", "a{,3}",       "\\X",     "(?#c)a",  "a)",      "(a",
        "[a",      "*a",     "\\",          "(?R)?",   "[\\d-z]", "(?(1)a)"};

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct dc_pattern_facts facts = facts_of(patterns[i]);

        cr_expect_not(facts.known, "%s", patterns[i]);
        cr_expect(facts.least == 0 && facts.most == DC_UNBOUNDED && facts.required == 0, "%s",
                  patterns[i]);
        cr_expect(dc_byte_set_has(&facts.first, 0) && dc_byte_set_has(&facts.last, 255), "%s",
                  patterns[i]);
    }
}

Test(pattern, knows_the_other_forms_of_letters_without_case)
{
    struct dc_pattern_facts facts;

    dc_pattern_analyse("ks", true, &facts);
    cr_assert_eq(facts.least, 2);
    cr_assert_eq(facts.most, 5); /* Kelvin sign and long s */
    cr_assert(dc_byte_set_has(&facts.first, 'K') && dc_byte_set_has(&facts.first, 0xE2));
    cr_assert(dc_byte_set_has(&facts.last, 'S') && dc_byte_set_has(&facts.last, 0xBF));
    dc_pattern_analyse("张a", true, &facts);
    cr_assert_eq(facts.most, 4);
}

Test(pattern, does_not_overflow_on_big_quantifiers)
{
    struct dc_pattern_facts facts = facts_of(
        "(?:(?:(?:(?:a{60000}){60000}){60000}){60000}){60000}");

    cr_assert(facts.known);
    cr_assert_eq(facts.most, DC_UNBOUNDED);
    cr_assert_eq(facts.least, DC_UNBOUNDED);
}

Test(pattern, gives_up_on_deep_nesting)
{
    char text[4096];

    memset(text, '(', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    cr_assert_not(facts_of(text).known);
}

/* The table is written out; here it is derived again from its description. */
static uint16_t described_class(unsigned byte)
{
    static const struct {
        const char *bytes;
        uint16_t class;
    } named[] = {{"0123456789", DC_CLASS_DIGIT},
                 {"ABCDEF", DC_CLASS_UPPER_HEX},
                 {"abcdef", DC_CLASS_LOWER_HEX},
                 {"-_", DC_CLASS_HYPHEN},
                 {".", DC_CLASS_POINT},
                 {":", DC_CLASS_COLON},
                 {"@", DC_CLASS_AT},
                 {"/", DC_CLASS_SLASH},
                 {";", DC_CLASS_SEMICOLON},
                 {"=", DC_CLASS_EQUALS},
                 {"()", DC_CLASS_BRACKET}};

    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (byte != 0 && byte < 0x80 && strchr(named[i].bytes, (int)byte) != NULL) {
            return named[i].class;
        }
    }
    if (byte >= 0x80) {
        return DC_CLASS_HIGH;
    }
    if (byte <= ' ' || byte == 0x7F) {
        return DC_CLASS_BLANK;
    }
    return byte >= 'A' && byte <= 'Z'   ? DC_CLASS_UPPER
           : byte >= 'a' && byte <= 'z' ? DC_CLASS_LOWER
                                        : DC_CLASS_MARK;
}

Test(byte_classes, are_as_described)
{
    for (unsigned byte = 0; byte < 256; byte++) {
        cr_expect_eq(dc_byte_classes[byte], described_class(byte), "byte %02x", byte);
    }
}

Test(byte_classes, of_a_value_are_those_of_all_its_bytes)
{
    cr_assert_eq(dc_class_mask("", 0), 0);
    cr_assert_eq(dc_class_mask("1", 1), DC_CLASS_DIGIT);
    cr_assert_eq(dc_class_mask("1aZ-.", 5), DC_CLASS_DIGIT | DC_CLASS_LOWER_HEX | DC_CLASS_UPPER |
                                                DC_CLASS_HYPHEN | DC_CLASS_POINT);
}
