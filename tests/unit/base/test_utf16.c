#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/text.h"

/* Half a pair, and what is left of a unit. */
#define BAD "\xFF\x80"

static const struct {
    const char *bytes;
    size_t size;
    bool big_endian, cut;
    const char *expected, *why;
} vectors[] = {
    {"A\0\xC0\x68", 4, false, false, "A检", "the order that is told"},
    {"\0A\x68\xC0", 4, true, false, "A检", "the other one"},
    {"\xFF\xFE\xC0\x68", 4, false, false, "检", "a mark is no character"},
    {"\xFE\xFF\x68\xC0", 4, false, false, "检", "a mark goes before what is told"},
    {"\xFF\xFE\xC0\x68", 4, true, false, "检", "so it does the other way round"},
    {"\x40\xD8\x00\xDC", 4, false, false, "𠀀", "a pair"},
    {"\xD8\x40\xDC\x00", 4, true, false, "𠀀", "a pair of the other order"},
    {"\xFF\xDB\xFF\xDF", 4, false, false, "\U0010FFFF", "the last pair"},
    {"A\0\x40\xD8", 4, false, false, "A" BAD, "the first half at the end"},
    {"A\0\x40\xD8", 4, false, true, "A", "cut in the middle of a pair"},
    {"\x40\xD8"
     "A\0",
     4, false, false, BAD "A", "the first half alone"},
    {"\x00\xDC"
     "A\0",
     4, false, true, BAD "A", "the second half alone, also where it is cut"},
    {"\x00\xDC\x40\xD8", 4, false, false, BAD BAD, "the halves the wrong way round"},
    {"\x40\xD8\x40\xD8\x00\xDC", 6, false, false, BAD "𠀀", "a half before a pair"},
    {"A\0B", 3, false, false, "A" BAD, "an odd byte"},
    {"A\0B", 3, false, true, "A", "an odd byte where it was cut"},
    {"A", 1, false, false, BAD, "half a unit"},
    {"", 0, false, false, "", "nothing"},
    {"\xFF\xFE", 2, false, false, "", "a mark alone"},
    {"\xFF\xFF", 2, false, false, "\uFFFF", "no character, but a code"},
};

Test(utf16, whatever_comes_in_utf16_is_utf8_or_marked)
{
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        char out[32];
        size_t size = dc_utf16_to_utf8(vectors[i].bytes, vectors[i].size, vectors[i].big_endian,
                                       vectors[i].cut, out);

        cr_expect_eq(size, strlen(vectors[i].expected), "%s: %zu bytes", vectors[i].why, size);
        cr_expect_eq(memcmp(out, vectors[i].expected, size), 0, "%s", vectors[i].why);
        cr_expect_eq(dc_utf8_valid(out, size), strstr(vectors[i].expected, BAD) == NULL, "%s",
                     vectors[i].why);
    }
}

Test(utf16, no_unit_takes_more_room_than_is_promised)
{
    for (uint32_t first = 0; first < 0x10000; first += 7) {
        const char bytes[] = {(char)(first & 0xFF), (char)(first >> 8), '\x01', '\xDC', 'x'};
        char out[9 + 1];

        memset(out, '#', sizeof out);
        cr_assert_leq(dc_utf16_to_utf8(bytes, sizeof bytes, false, false, out), 9);
        cr_assert_eq(out[9], '#', "%x", first);
    }
}

Test(utf16, utf8_goes_there_and_back)
{
    const char *text = "SELECT \"客户\", '𠀀\U0010FFFF' FROM é";
    uint16_t units[64];
    char back[3 * 64];
    size_t n = dc_utf8_to_utf16(text, strlen(text), units);
    size_t size = dc_utf16_to_utf8((const char *)units, 2 * n,
                                   __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__, false, back);

    cr_expect_eq(size, strlen(text));
    cr_expect_eq(memcmp(back, text, size), 0);
    cr_expect_eq(dc_utf8_to_utf16("a\xFF", 2, units), 2);
    cr_expect_eq(units[1], 0xFFFD, "what is no character is marked as such");
}

Test(utf16, its_bytes_are_told_by_their_zeros_or_their_mark)
{
    static const struct {
        const char *bytes;
        size_t size;
        bool cut;
        enum dc_guess expected;
    } cases[] = {
        {"1\0003\0008\0", 6, false, DC_GUESS_UTF16LE},
        {"\0001\0003\0008", 6, false, DC_GUESS_UTF16BE},
        {"\xFF\xFE\xC0\x68", 4, false, DC_GUESS_UTF16LE},
        {"\xFE\xFF\x68\xC0", 4, false, DC_GUESS_UTF16BE},
        {"A\0\xC0\x68", 4, false, DC_GUESS_UTF16LE},
        {"1\0003\0008\0009", 7, true, DC_GUESS_UTF16LE},
        {"1\0003\0008\0009", 7, false, DC_GUESS_NONE},
        {"a\0z", 3, false, DC_GUESS_NONE},
        {"\0\0\0\0", 4, false, DC_GUESS_NONE},
        {"1\0\0\0002\0\0\0", 8, false, DC_GUESS_NONE},
        {"ab\0\0", 4, false, DC_GUESS_NONE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_expect_eq(dc_text_guess(cases[i].bytes, cases[i].size, cases[i].cut), cases[i].expected,
                     "%zu", i);
    }
    cr_expect_str_eq(dc_guess_encoding(DC_GUESS_UTF16BE), "UTF-16BE");
}
