/* Masked examples: what they look like, and what they never show. */
#include <criterion/criterion.h>
#include <string.h>

#include "corpus.h"
#include "dcscan/text.h"
#include "mask.h"
#include "rules.h"

static const struct {
    const char *value;
    enum dc_mask_style style;
    const char *expected;
} masks[] = {
    {"13812345678", DC_MASK_MIDDLE, "13********8"},
    {"420106198503090123", DC_MASK_MIDDLE, "420************123"},
    {"王伟", DC_MASK_NAME, "**"},
    {"李秀英", DC_MASK_NAME, "李**"},
    {"武汉光谷精密机械有限公司", DC_MASK_NAME, "武***********"},
    {"zhang.wei@example.com", DC_MASK_EMAIL, "z********@*******.com"},
    {"a@b.cn", DC_MASK_EMAIL, "a@****"},
    {"secret", DC_MASK_ALL, "******"},
    {"******", DC_MASK_ALL, "*****"},
    {"a", DC_MASK_ALL, "******"},
    {"12345.67", DC_MASK_NONE, "*****.**"},
    {"2024-03-01", DC_MASK_NONE, "****-**-**"},
    {"2024-03-01 08:15:00", DC_MASK_NONE, "****-**-** **:**:**"},
    {"WO20240301001", DC_MASK_NONE, "WO***********"},
    {"WO-2024-0001", DC_MASK_NONE, "W*-****-****"},
    {"PENDING", DC_MASK_NONE, "P*****G"},
    {"轴承座", DC_MASK_NONE, "轴**"},
    {"王伟", DC_MASK_NONE, "**"},
    {"男", DC_MASK_NONE, "*"},
    {"是", DC_MASK_NONE, "是"},
    {"1", DC_MASK_NONE, "1"},
    {"KG", DC_MASK_NONE, "KG"},
    {"ABC", DC_MASK_NONE, "ABC"},
    {"ABCD", DC_MASK_NONE, "A***"},
    {"********", DC_MASK_NONE, "******"},
    {"张\xE4\xBC", DC_MASK_NONE, "张**"},
    {"a\tb\nc\x01"
     "def",
     DC_MASK_NONE, "a*b*****f"},
};

Test(mask, writes_what_the_style_says)
{
    char out[DC_EXAMPLE_SIZE];

    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++) {
        dc_mask_value(masks[i].value, strlen(masks[i].value), false, masks[i].style, out);
        cr_expect_str_eq(out, masks[i].expected, "\"%s\" gives \"%s\"", masks[i].value, out);
    }
}

Test(mask, shows_that_something_was_cut)
{
    char out[DC_EXAMPLE_SIZE];
    char text[200];

    dc_mask_value("ABC", 3, true, DC_MASK_NONE, out);
    cr_assert_str_eq(out, "A**…");
    memset(text, 'x', sizeof text);
    dc_mask_value(text, sizeof text, false, DC_MASK_MIDDLE, out);
    cr_assert_str_eq(out, "xxxxxxx*********************************…");
}

/* Characters of an example that stand at their own places; a value's own stars and the dots of a cut are none. */
static size_t count_clear(const char *out, size_t *n_characters)
{
    size_t n_clear = 0, size = strlen(out);
    uint32_t code;

    *n_characters = 0;
    for (size_t at = 0; at < size; ++*n_characters) {
        at += dc_utf8_next(out + at, size - at, &code);
        n_clear += code != '*';
    }
    return n_clear;
}

static void expect_safe(const char *value, size_t size, enum dc_mask_style style)
{
    char out[DC_EXAMPLE_SIZE];
    size_t n_characters, n_clear, n_raw = dc_utf8_length(value, size);
    bool cut;

    memset(out, 'Z', sizeof out);
    dc_mask_value(value, size, false, style, out);
    cr_assert_not_null(memchr(out, '\0', sizeof out));
    cr_assert(dc_utf8_valid(out, strlen(out)));
    cut = strlen(out) > 3 && strcmp(out + strlen(out) - 3, "…") == 0;
    n_clear = count_clear(out, &n_characters) - (cut ? 1 : 0);
    if (n_raw > 3) {
        cr_expect(strlen(out) != size || memcmp(out, value, size) != 0,
                  "\"%.*s\" is shown as it is", (int)size, value);
    }
    if (n_raw > 3 || style != DC_MASK_NONE) {
        cr_expect_leq(3 * n_clear, n_characters - (cut ? 1 : 0), "\"%.*s\" gives \"%s\"", (int)size,
                      value, out);
    }
}

Test(mask, never_shows_more_than_a_third)
{
    struct dc_taxonomy *taxonomy = rules_load();
    struct corpus corpus;
    char value[CORPUS_VALUE_SIZE];

    corpus_init(&corpus, 3, taxonomy);
    for (size_t i = 0; i < 50000; i++) {
        size_t size = corpus_next(&corpus, value);

        expect_safe(value, size, (enum dc_mask_style)corpus_random(&corpus, DC_MASK_NONE + 1));
    }
    rules_destroy(taxonomy);
}

Test(mask, shows_no_digit_of_an_unknown_value)
{
    struct dc_taxonomy *taxonomy = rules_load();
    struct corpus corpus;
    char value[CORPUS_VALUE_SIZE], out[DC_EXAMPLE_SIZE];

    corpus_init(&corpus, 4, taxonomy);
    for (size_t i = 0; i < 20000; i++) {
        size_t size = corpus_next(&corpus, value);

        dc_mask_value(value, size, false, DC_MASK_NONE, out);
        if (size > 3) {
            cr_expect_eq(strcspn(out, "0123456789"), strlen(out), "\"%.*s\" gives \"%s\"",
                         (int)size, value, out);
        }
    }
    rules_destroy(taxonomy);
}
