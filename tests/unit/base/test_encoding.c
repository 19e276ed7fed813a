#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/text.h"

static const struct {
    const char *encoding, *bytes;
    size_t size;
    const char *expected, *why;
} vectors[] = {
    {"GB18030", "\xBC\xEC\xD1\xE9", 4, "检验", "two bytes"},
    {"GB18030", "\x95\x32\x82\x36", 4, "𠀀", "four bytes: extension B"},
    {"GB18030", "a\x80\x31\x30", 0, "", "nothing asked, nothing given"},
    {"GBK", "\xBC\xEC", 2, "检", "GBK"},
    {"GB18030", "\xA1\xA1", 2, "\u3000", "ideographic space"},
    {"BIG5", "\xC0\xCB", 2, "檢", "Big5"},
    {"UTF-16LE", "\xC0\x68\x41\x00", 4, "检A", "UTF-16"},
    {"ISO-8859-1", "\xE9", 1, "é", "one byte to two"},
    {"UTF-8", "检", 3, "检", "already UTF-8"},
};

Test(encoding, text_of_other_encodings_becomes_utf8)
{
    struct dc_arena *arena = dc_arena_create(0);

    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        struct dc_err err = {0};
        const char *out = NULL;

        cr_assert_eq(dc_text_decode(arena, vectors[i].encoding, vectors[i].bytes, vectors[i].size,
                                    &out, &err),
                     DC_OK, "%s: %s", vectors[i].why, err.message);
        cr_expect_str_eq(out, vectors[i].expected, "%s", vectors[i].why);
    }
    dc_arena_destroy(arena);
}

Test(encoding, bytes_that_do_not_fit_are_a_read_error_that_says_where)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_err err = {0};
    const char *out = "untouched";

    cr_expect_eq(dc_text_decode(arena, "GB18030", "ok\xFF\xFF", 4, &out, &err), DC_ERR_READ);
    cr_expect_str_eq(out, "untouched");
    cr_expect_not_null(strstr(err.message, "byte 3 of 4"), "%s", err.message);
    cr_expect_eq(dc_text_decode(arena, "GB18030", "\xBC", 1, &out, &err), DC_ERR_READ);
    cr_expect_eq(dc_text_decode(arena, "UTF-8", "\xC0\x80", 2, &out, &err), DC_ERR_READ);
    dc_arena_destroy(arena);
}

Test(encoding, an_unknown_encoding_is_told_by_name)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_err err = {0};
    const char *out;

    cr_expect_eq(dc_text_decode(arena, "EBCDIC-9999", "a", 1, &out, &err), DC_ERR_UNSUPPORTED);
    cr_expect_not_null(strstr(err.message, "\"EBCDIC-9999\""));
    dc_arena_destroy(arena);
}

Test(encoding, a_long_text_is_decoded_whole)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_err err = {0};
    char bytes[20000];
    const char *out = NULL;

    for (size_t i = 0; i < sizeof bytes; i += 2) {
        memcpy(bytes + i, "\xBC\xEC", 2);
    }
    cr_assert_eq(dc_text_decode(arena, "GB18030", bytes, sizeof bytes, &out, &err), DC_OK);
    cr_expect_eq(strlen(out), 30000);
    dc_arena_destroy(arena);
}

/* ---- a converter that is kept ---- */

static struct dc_converter *converter(const char *from, const char *to)
{
    struct dc_converter *made = NULL;

    cr_assert_eq(dc_converter_create(from, to, &made, NULL), DC_OK);
    return made;
}

Test(encoding, a_converter_serves_again_and_again_in_both_directions)
{
    struct dc_converter *in = converter("GB18030", "UTF-8"), *out = converter("UTF-8", "GB18030");
    char encoded[64], decoded[64];
    size_t encoded_size = sizeof encoded, decoded_size = sizeof decoded;

    for (int i = 0; i < 3; i++) {
        encoded_size = sizeof encoded;
        decoded_size = sizeof decoded;
        cr_assert(dc_convert(out, "制动卡钳", 12, false, encoded, &encoded_size));
        cr_assert_eq(encoded_size, 8);
        cr_assert(dc_convert(in, encoded, encoded_size, false, decoded, &decoded_size));
        cr_assert_eq(decoded_size, 12);
        cr_expect_arr_eq(decoded, "制动卡钳", 12);
    }
    dc_converter_destroy(in);
    dc_converter_destroy(out);
    dc_converter_destroy(NULL);
}

Test(encoding, a_cut_character_is_left_out_only_where_a_cut_is_expected)
{
    struct dc_converter *in = converter("GB18030", "UTF-8");
    char decoded[64];
    size_t size = sizeof decoded;

    cr_expect_not(dc_convert(in, "\xD6\xC6\xB6", 3, false, decoded, &size));
    size = sizeof decoded;
    cr_assert(dc_convert(in, "\xD6\xC6\xB6", 3, true, decoded, &size));
    cr_expect_eq(size, 3, "one character of UTF-8");
    size = sizeof decoded;
    cr_expect_not(dc_convert(in, "\xFF\xFF", 2, true, decoded, &size), "no character at all");
    size = 2;
    cr_expect_not(dc_convert(in, "\xD6\xC6", 2, false, decoded, &size), "no room");
    dc_converter_destroy(in);
}

Test(encoding, a_converter_for_an_unknown_encoding_names_it)
{
    struct dc_converter *none = NULL;
    struct dc_err err = {0};

    cr_expect_eq(dc_converter_create("KLINGON-8", "UTF-8", &none, &err), DC_ERR_CONFIG);
    cr_expect_not_null(strstr(err.message, "KLINGON-8"), "%s", err.message);
    cr_expect_eq(dc_converter_create("UTF-8", "KLINGON-8", &none, &err), DC_ERR_CONFIG);
    cr_expect_not_null(strstr(err.message, "KLINGON-8"), "%s", err.message);
    cr_expect_null(none);
}

Test(encoding, what_nobody_told_is_told_by_its_form)
{
    static const struct {
        const char *bytes;
        bool cut;
        enum dc_guess guess;
    } cases[] = {
        {"\xD6\xE1\xB3\xD0", false, DC_GUESS_GB18030},                    /* 轴承 */
        {"\xD6\xE1\xB3", true, DC_GUESS_GB18030},                         /* cut in a character */
        {"\xD6\xE1\xB3", false, DC_GUESS_NONE},                           /* broken off */
        {"M1\xB9\xA4\xD7\xB0-\x81\x30\x81\x30", false, DC_GUESS_GB18030}, /* of four bytes, too */
        {"M\xFCller", false, DC_GUESS_LATIN1},                            /* fits GB18030 by form */
        {"Stra\xDF"
         "e",
         false, DC_GUESS_LATIN1},
        {"\xFF", false, DC_GUESS_NONE},
        {"\xFF\xFE\xFF", false, DC_GUESS_NONE},
        {"abc\x80\x01", false, DC_GUESS_NONE},
        {"", false, DC_GUESS_NONE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_expect_eq(dc_text_guess(cases[i].bytes, strlen(cases[i].bytes), cases[i].cut),
                     cases[i].guess, "case %zu", i);
    }
}

Test(encoding, full_width_becomes_ascii_where_it_belongs_to_numbers_and_words)
{
    static const char *const cases[][2] = {{"１３８ＡＢｚ", "138ABz"},
                                           {"ｌｉ．ｗｅｉ＠ａ－ｂ．ｃｎ", "li.wei@a-b.cn"},
                                           {"（甲）：乙", "（甲）：乙"},
                                           {"plain", "plain"}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[128];
        size_t size = dc_text_narrow(cases[i][0], strlen(cases[i][0]), out);

        cr_expect_eq(size, strlen(cases[i][1]));
        cr_expect_eq(memcmp(out, cases[i][1], size), 0, "%s", cases[i][0]);
    }
}
