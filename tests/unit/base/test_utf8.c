#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/text.h"

/* Bytes, whether they are valid, characters counted (a stray byte counts one). */
static const struct {
    const char *bytes;
    bool valid;
    size_t length;
    const char *why;
} vectors[] = {
    {"", true, 0, "nothing"},
    {"abc", true, 3, "ASCII"},
    {"检验", true, 2, "three bytes each"},
    {"é", true, 1, "two bytes"},
    {"😀", true, 1, "four bytes"},
    {"\xEF\xBF\xBD", true, 1, "U+FFFD itself"},
    {"\xEF\xBF\xBF", true, 1, "a noncharacter is valid UTF-8"},
    {"\xF4\x8F\xBF\xBF", true, 1, "U+10FFFF"},
    {"\x80", false, 1, "a lone continuation byte"},
    {"\xC0\x80", false, 2, "overlong NUL"},
    {"\xC1\xBF", false, 2, "overlong two bytes"},
    {"\xE0\x9F\xBF", false, 3, "overlong three bytes"},
    {"\xF0\x8F\xBF\xBF", false, 4, "overlong four bytes"},
    {"\xED\xA0\x80", false, 3, "first surrogate"},
    {"\xED\xBF\xBF", false, 3, "last surrogate"},
    {"\xED\x9F\xBF", true, 1, "just below the surrogates"},
    {"\xEE\x80\x80", true, 1, "just above the surrogates"},
    {"\xF4\x90\x80\x80", false, 4, "above U+10FFFF"},
    {"\xF5\x80\x80\x80", false, 4, "no such first byte"},
    {"\xFF", false, 1, "never a byte of UTF-8"},
    {"\xE6\xA3", false, 2, "cut short"},
    {"a\xE6\xA3z", false, 4, "cut short in the middle"},
};

Test(utf8, validity_and_length_follow_the_standard)
{
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        size_t size = strlen(vectors[i].bytes);

        cr_expect_eq(dc_utf8_valid(vectors[i].bytes, size), vectors[i].valid, "%s", vectors[i].why);
        cr_expect_eq(dc_utf8_length(vectors[i].bytes, size), vectors[i].length, "%s",
                     vectors[i].why);
    }
}

Test(utf8, a_nul_is_a_character_like_others)
{
    cr_expect(dc_utf8_valid("a\0b", 3));
    cr_expect_eq(dc_utf8_length("a\0b", 3), 3);
}

Test(utf8, next_stays_within_the_size)
{
    uint32_t code;

    cr_expect_eq(dc_utf8_next("检", 2, &code), 1);
    cr_expect_eq(code, 0xFFFD);
    cr_expect_eq(dc_utf8_next("检", 3, &code), 3);
    cr_expect_eq(code, 0x68C0);
}

Test(utf8, put_and_next_are_inverse)
{
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        uint32_t back;
        size_t n = dc_utf8_put(code, bytes);
        bool surrogate = code >= 0xD800 && code <= 0xDFFF;

        cr_assert_eq(dc_utf8_next(bytes, n, &back), n);
        cr_assert_eq(back, surrogate ? 0xFFFD : code);
    }
}

Test(utf8, put_of_what_is_no_character_gives_the_replacement)
{
    char bytes[4];

    cr_expect_eq(dc_utf8_put(0x110000, bytes), 3);
    cr_expect_eq(memcmp(bytes, "\xEF\xBF\xBD", 3), 0);
}

Test(utf8, cut_falls_before_the_character_that_does_not_fit)
{
    const char *text = "a检😀";
    const size_t expected[] = {0, 1, 1, 1, 4, 4, 4, 4, 8, 8};

    for (size_t maximum = 0; maximum < 10; maximum++) {
        cr_expect_eq(dc_utf8_cut(text, 8, maximum), expected[maximum], "maximum %zu", maximum);
    }
}

Test(utf8, cut_of_invalid_bytes_is_at_the_maximum)
{
    cr_expect_eq(dc_utf8_cut("\x80\x80\x80\x80\x80\x80", 6, 5), 5);
    cr_expect_eq(dc_utf8_cut("a\x80\x80", 3, 2), 2);
}

Test(utf8, width_counts_two_for_wide_and_none_for_combining)
{
    cr_expect_eq(dc_utf8_width("abc"), 3);
    cr_expect_eq(dc_utf8_width("检验a"), 5);
    cr_expect_eq(dc_utf8_width("ＡＢ"), 4);
    cr_expect_eq(dc_utf8_width("e\u0301"), 1);
    cr_expect_eq(dc_utf8_width("\x80"), 1);
}

Test(utf8, han_covers_the_extensions_and_nothing_else)
{
    const uint32_t yes[] = {0x3007,  0x3400,  0x4E00,  0x9FFF, 0xF900,
                            0x20000, 0x2A700, 0x30000, 0x323AF};
    const uint32_t no[] = {'a', 0x3001, 0x3042, 0x30A2, 0xAC00, 0xFF21, 0x1F600};

    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        cr_expect(dc_is_han(yes[i]), "U+%X", yes[i]);
    }
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        cr_expect_not(dc_is_han(no[i]), "U+%X", no[i]);
    }
}
