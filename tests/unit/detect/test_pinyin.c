#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "pinyin.h"

struct example {
    const char *character, *readings; /* common ones first, rare ones in brackets */
};

static const struct example examples[] = {
    {"供", "gong"},
    {"单", "dan (chan) (shan)"},
    {"重", "zhong chong"},
    {"长", "zhang chang"},
    {"行", "xing hang (heng)"},
    {"率", "lv lu shuai"},
    {"女", "nv nu"},
    {"略", "lve lue"},
    {"调", "diao tiao"},
    {"铣", "xi (xian)"},
    {"一", "yi"},
    {"龥", "yu"},
    {"A", ""},
    {"。", ""},
    {"ア", ""},
};

static void put_readings(const char *character, struct dc_strbuf *out)
{
    struct pinyin_reading readings[PINYIN_MAX];
    uint32_t code;
    size_t n;

    dc_utf8_next(character, strlen(character), &code);
    n = dc_pinyin_readings(code, readings);
    for (size_t i = 0; i < n; i++) {
        cr_expect_eq(readings[i].size, strlen(readings[i].letters));
        dc_strbuf_printf(out, readings[i].rare ? "%s(%s)" : "%s%s", i == 0 ? "" : " ",
                         readings[i].letters);
    }
}

Test(pinyin, characters_have_their_readings_common_ones_first)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct dc_strbuf out = DC_STRBUF_INIT(256);

        put_readings(examples[i].character, &out);
        cr_expect_str_eq(dc_strbuf_text(&out), examples[i].readings, "%s: %s",
                         examples[i].character, dc_strbuf_text(&out));
        dc_strbuf_done(&out);
    }
}

Test(pinyin, every_reading_is_a_syllable_of_small_letters)
{
    struct pinyin_reading readings[PINYIN_MAX];
    size_t n_characters = 0;

    for (uint32_t code = PINYIN_FIRST; code <= PINYIN_LAST; code++) {
        size_t n = dc_pinyin_readings(code, readings);

        n_characters += n > 0;
        for (size_t i = 0; i < n; i++) {
            cr_assert_gt(readings[i].size, 0);
            cr_assert_eq(strspn(readings[i].letters, "abcdefghijklmnopqrstuvwxyz"),
                         readings[i].size);
        }
    }
    cr_expect_gt(n_characters, 20000);
}

Test(pinyin, the_first_reading_is_never_rare)
{
    struct pinyin_reading readings[PINYIN_MAX];

    for (uint32_t code = PINYIN_FIRST; code <= PINYIN_LAST; code++) {
        if (dc_pinyin_readings(code, readings) > 0) {
            cr_assert_not(readings[0].rare, "U+%04X", code);
        }
    }
}
