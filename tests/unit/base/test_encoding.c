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
