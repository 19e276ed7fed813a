#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/strbuf.h"

Test(strbuf, an_empty_buffer_has_a_text)
{
    struct dc_strbuf buf = DC_STRBUF_INIT(10);

    cr_expect_str_eq(dc_strbuf_text(&buf), "");
    dc_strbuf_puts(&buf, NULL);
    cr_expect_eq(buf.size, 0);
    dc_strbuf_done(&buf);
}

Test(strbuf, appends_grow_the_text)
{
    struct dc_strbuf buf = DC_STRBUF_INIT(100000);

    for (int i = 0; i < 10000; i++) {
        dc_strbuf_printf(&buf, "%d,", i % 10);
    }
    dc_strbuf_putc(&buf, '.');
    cr_expect_eq(buf.size, 20001);
    cr_expect_eq(strlen(buf.text), 20001);
    cr_expect_not(buf.overflowed);
    dc_strbuf_done(&buf);
}

Test(strbuf, exactly_the_maximum_fits)
{
    struct dc_strbuf buf = DC_STRBUF_INIT(6);

    dc_strbuf_puts(&buf, "检验");
    cr_expect_not(buf.overflowed);
    cr_expect_str_eq(dc_strbuf_text(&buf), "检验");
    dc_strbuf_append(&buf, "", 0);
    cr_expect_not(buf.overflowed);
    dc_strbuf_putc(&buf, 'x');
    cr_expect(buf.overflowed);
    cr_expect_str_eq(dc_strbuf_text(&buf), "检验");
    dc_strbuf_done(&buf);
}

/* Text in front, text appended, maximum, what has to be left. */
static const struct {
    const char *before, *text;
    size_t maximum;
    const char *expected;
} cuts[] = {
    {"", "检验", 5, "检"}, {"", "检验", 4, "检"},   {"", "检验", 3, "检"},  {"", "检验", 2, ""},
    {"", "检验", 0, ""},   {"a", "检验", 5, "a检"}, {"ab", "é", 3, "ab"},   {"ab", "😀", 5, "ab"},
    {"ab", "😀", 6, "ab😀"}, {"ab", "cd", 3, "abc"},  {"abc", "é", 3, "abc"},
};

Test(strbuf, a_cut_falls_between_characters)
{
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        struct dc_strbuf buf = DC_STRBUF_INIT(cuts[i].maximum);

        dc_strbuf_puts(&buf, cuts[i].before);
        dc_strbuf_puts(&buf, cuts[i].text);
        cr_expect_str_eq(dc_strbuf_text(&buf), cuts[i].expected, "row %zu", i);
        cr_expect_eq(buf.size, strlen(cuts[i].expected), "row %zu", i);
        dc_strbuf_done(&buf);
    }
}

Test(strbuf, a_character_given_byte_by_byte_is_not_left_unfinished)
{
    struct dc_strbuf buf = DC_STRBUF_INIT(4);

    for (const char *byte = "检验"; *byte != '\0'; byte++) {
        dc_strbuf_putc(&buf, *byte);
    }
    cr_expect(buf.overflowed);
    cr_expect_str_eq(dc_strbuf_text(&buf), "检");
    dc_strbuf_done(&buf);
}

Test(strbuf, nothing_is_added_behind_a_cut)
{
    struct dc_strbuf buf = DC_STRBUF_INIT(5);

    dc_strbuf_puts(&buf, "检验");
    dc_strbuf_puts(&buf, "x");
    cr_expect_str_eq(dc_strbuf_text(&buf), "检");
    dc_strbuf_reset(&buf);
    cr_expect_not(buf.overflowed);
    dc_strbuf_puts(&buf, "x");
    cr_expect_str_eq(dc_strbuf_text(&buf), "x");
    dc_strbuf_done(&buf);
}

Test(strbuf, a_long_format_is_cut_too)
{
    struct dc_strbuf buf = DC_STRBUF_INIT(300);

    dc_strbuf_printf(&buf, "%0400d", 1);
    cr_expect_eq(buf.size, 300);
    cr_expect(buf.overflowed);
    dc_strbuf_done(&buf);
}

Test(strbuf, take_hands_the_text_over)
{
    struct dc_strbuf buf;
    char *text;

    dc_strbuf_init(&buf, 50);
    dc_strbuf_puts(&buf, "leaf");
    text = dc_strbuf_take(&buf);
    cr_expect_str_eq(text, "leaf");
    cr_expect_eq(buf.size, 0);
    free(text);
    text = dc_strbuf_take(&buf);
    cr_expect_str_eq(text, "");
    free(text);
    dc_strbuf_puts(&buf, "again");
    cr_expect_str_eq(dc_strbuf_text(&buf), "again");
    dc_strbuf_done(&buf);
}
