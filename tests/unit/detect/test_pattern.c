/* What the analyser says of patterns. That it never says too much is tested with the matcher. */
#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/text.h"
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
    uint32_t required;
    const char *first, *last; /* some characters that must be in the sets */
    const char *not_first, *not_last;
};

#define LOWER_HEX (DC_CLASS_LOWER_HEX | DC_HAS_LETTER | DC_HAS_NON_DIGIT | DC_HAS_NON_NUMBER)
#define LOWER     (DC_CLASS_LOWER | DC_HAS_LETTER | DC_HAS_NON_DIGIT | DC_HAS_NON_NUMBER)
#define UPPER_HEX \
    (DC_CLASS_UPPER_HEX | DC_HAS_UPPER | DC_HAS_LETTER | DC_HAS_NON_DIGIT | DC_HAS_NON_NUMBER)
#define HIGH        (DC_CLASS_HIGH | DC_HAS_NON_DIGIT | DC_HAS_NON_NUMBER)
#define SIGN(class) (DC_CLASS_##class | DC_HAS_NON_DIGIT)

static const struct expectation expectations[] = {
    {"abc", 3, 3, LOWER_HEX, "a", "c", "b", "b"},
    {"a|bcd", 1, 3, LOWER_HEX, "ab", "ad", "c", "b"},
    {"\\d{4}-\\d{2}", 7, 7, DC_CLASS_DIGIT | SIGN(HYPHEN), "09", "09", "-", "-"},
    {"a?b*c+", 1, DC_UNBOUNDED, LOWER_HEX, "abc", "c", "d", "ab"},
    {"(?:x{2,3}y){2}", 6, 8, LOWER, "x", "y", "y", "x"},
    {"[1-9]\\d{16}[\\dXx]", 18, 18, DC_CLASS_DIGIT, "19", "0Xx", "0", "-"},
    {"张.", 4, 7, HIGH, "张", "a张", "a李", ""},
    {"[省市]", 3, 3, HIGH, "省市", "省市", "县", "县"},
    {"[一-龥]{2}", 6, 6, HIGH, "张李", "省市", "a", "9"},
    {"(?=a)b(?!c)", 1, 1, LOWER_HEX, "b", "b", "a", "c"},
    {"^\\d+$", 1, DC_UNBOUNDED, DC_CLASS_DIGIT, "0", "9", "a", "a"},
    {"a@(?:b|c)\\.d", 5, 5, LOWER_HEX | DC_CLASS_AT | DC_CLASS_POINT, "a", "d", "@", "b"},
    {"[^0-9]", 1, 4, DC_HAS_NON_DIGIT, "a张", "a张", "0", "9"},
    {"\\x41\\x{4e00}", 4, 4, UPPER_HEX | HIGH, "A", "一", "一", "A"},
    {"[\\w.-]{1,3}", 1, 3, 0, "aZ_.-", "0", "@", "@"},
    {"[aG]", 1, 1, DC_HAS_LETTER | DC_HAS_NON_DIGIT | DC_HAS_NON_NUMBER, "aG", "aG", "b", "b"},
    {"[AG]", 1, 1, DC_HAS_UPPER | DC_HAS_LETTER | DC_HAS_NON_DIGIT | DC_HAS_NON_NUMBER, "AG", "AG",
     "a", "a"},
    {"1[*x张]2", 3, 5, DC_CLASS_DIGIT | DC_HAS_NON_DIGIT | DC_HAS_NON_NUMBER, "1", "2", "2", "1"},
    {"1[.-]2", 3, 3, DC_CLASS_DIGIT | DC_HAS_NON_DIGIT, "1", "2", "2", "1"},
    {"a[=:]b", 3, 3, LOWER_HEX | DC_HAS_ASSIGNMENT, "a", "b", "b", "a"},
    {"", 0, 0, 0, "", "", "a", "a"},
};

static void expect_characters(const struct dc_key_set *set, const char *in, const char *out,
                              const char *pattern)
{
    uint32_t code;

    for (size_t used; *in != '\0'; in += used) {
        used = dc_utf8_next(in, strlen(in), &code);
        cr_expect(dc_key_set_has(set, dc_first_key(in)), "%s: %.*s is missing", pattern, (int)used,
                  in);
    }
    for (size_t used; *out != '\0'; out += used) {
        used = dc_utf8_next(out, strlen(out), &code);
        cr_expect_not(dc_key_set_has(set, dc_first_key(out)), "%s: %.*s is too much", pattern,
                      (int)used, out);
    }
}

Test(pattern, tells_length_classes_and_ends)
{
    for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++) {
        const struct expectation *e = &expectations[i];
        struct dc_pattern_facts facts = facts_of(e->pattern);

        cr_expect(facts.known, "%s", e->pattern);
        cr_expect_eq(facts.size.least, e->least, "%s: least %zu", e->pattern, facts.size.least);
        cr_expect_eq(facts.size.most, e->most, "%s: most %zu", e->pattern, facts.size.most);
        cr_expect_eq(facts.required, e->required, "%s: required %x", e->pattern, facts.required);
        expect_characters(&facts.first, e->first, e->not_first, e->pattern);
        expect_characters(&facts.last, e->last, e->not_last, e->pattern);
    }
}

Test(pattern, counts_points_hyphens_and_digits)
{
    struct dc_pattern_facts facts = facts_of("\\d{1,3}(?:\\.\\d{1,3}){3}(?:-[a.])?");

    cr_assert_eq(facts.points.least, 3);
    cr_assert_eq(facts.points.most, 4);
    cr_assert_eq(facts.hyphens.least, 0);
    cr_assert_eq(facts.hyphens.most, 1);
    cr_assert_eq(facts.least_digits, 4);
    facts = facts_of("[\\d.]+|-");
    cr_assert_eq(facts.points.least, 0);
    cr_assert_eq(facts.points.most, DC_UNBOUNDED);
    cr_assert_eq(facts.least_digits, 0);
    facts = facts_of("[^.]*[\\x{4e00}-\\x{9fff}]");
    cr_assert_eq(facts.points.most, 0);
}

/* Both ends of a text give the same small number to the same character. */
Test(keys, are_those_of_the_characters)
{
    static const char *const characters[] = {"a", "~", "é", "张", "一", "\uFF0C", "😀"};

    for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
        struct dc_key_set set = {{0}};
        uint32_t code;

        dc_utf8_next(characters[i], strlen(characters[i]), &code);
        dc_key_set_add_range(&set, code, code);
        cr_expect(dc_key_set_has(&set, dc_first_key(characters[i])), "%s", characters[i]);
        cr_expect(dc_key_set_has(&set, dc_last_key(characters[i], strlen(characters[i]))), "%s",
                  characters[i]);
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
        cr_expect(facts.size.least == 0 && facts.size.most == DC_UNBOUNDED && facts.required == 0,
                  "%s", patterns[i]);
        cr_expect(dc_key_set_has(&facts.first, 0) &&
                      dc_key_set_has(&facts.last, DC_ASCII_KEY + 127),
                  "%s", patterns[i]);
    }
}

Test(pattern, knows_the_other_forms_of_letters_without_case)
{
    struct dc_pattern_facts facts;

    dc_pattern_analyse("ks", true, &facts);
    cr_assert_eq(facts.size.least, 2);
    cr_assert_eq(facts.size.most, 5); /* Kelvin sign and long s */
    cr_assert(dc_key_set_has(&facts.first, dc_first_key("K")) &&
              dc_key_set_has(&facts.first, dc_first_key("\u212A")));
    cr_assert(dc_key_set_has(&facts.last, dc_first_key("S")) &&
              dc_key_set_has(&facts.last, dc_first_key("ſ")));
    dc_pattern_analyse("张℃a", true, &facts);
    cr_assert_eq(facts.size.most, 7); /* no case, so no other length */
    dc_pattern_analyse("é", true, &facts);
    cr_assert(dc_key_set_has(&facts.first, dc_first_key("É")));
}

Test(pattern, does_not_overflow_on_big_quantifiers)
{
    struct dc_pattern_facts facts = facts_of(
        "(?:(?:(?:(?:a{60000}){60000}){60000}){60000}){60000}");

    cr_assert(facts.known);
    cr_assert_eq(facts.size.most, DC_UNBOUNDED);
    cr_assert_eq(facts.size.least, DC_UNBOUNDED);
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

Test(byte_classes, count_bytes_like_a_simple_loop)
{
    char text[40];

    for (size_t size = 0; size <= sizeof text; size++) {
        for (unsigned round = 0; round < 200; round++) {
            size_t points = 0, digits = 0;

            for (size_t i = 0; i < size; i++) {
                text[i] = (char)((i * 7 + round * 31) * (round + 3) % 256);
                text[i] = round % 3 == 0 ? ".0189:/a"[(unsigned char)text[i] % 8] : text[i];
                points += text[i] == '.';
                digits += text[i] >= '0' && text[i] <= '9';
            }
            cr_assert_eq(dc_count_byte(text, size, '.'), points);
            cr_assert_eq(dc_count_digits(text, size), digits);
        }
    }
}
