#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/text.h"

static struct dc_arena *arena;

static void setup(void)
{
    arena = dc_arena_create(0);
}

static void teardown(void)
{
    dc_arena_destroy(arena);
}

TestSuite(text, .init = setup, .fini = teardown);

static const struct {
    const char *text, *expected, *why;
} sanitized[] = {
    {"检验 ok\n\t", "检验 ok\n\t", "line ends and tabs stay"},
    {"a\x1b[31m", "a□[31m", "escape sequences lose their escape"},
    {"a\rb", "a□b", "a carriage return rewrites a line"},
    {"a\x7f", "a□", "delete"},
    {"a\xC2\x85", "a□", "C1 control"},
    {"x\u202Egpj", "x□gpj", "direction override"},
    {"x\uFFFEy", "x□y", "XML has no U+FFFE"},
    {"a\xE6\xA3z", "a\uFFFD\uFFFDz", "a cut character"},
    {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", "a surrogate"},
    {"\uFFFD", "\uFFFD", "a replacement that was there"},
};

Test(text, sanitize_makes_any_bytes_fit_to_show)
{
    for (size_t i = 0; i < sizeof sanitized / sizeof sanitized[0]; i++) {
        const char *text = sanitized[i].text;
        bool changed;
        char *clean = dc_text_sanitize(arena, text, strlen(text), &changed);

        cr_expect_str_eq(clean, sanitized[i].expected, "%s", sanitized[i].why);
        cr_expect_eq(changed, strcmp(text, clean) != 0, "%s", sanitized[i].why);
    }
}

Test(text, sanitize_shows_a_nul_and_goes_on)
{
    cr_expect_str_eq(dc_text_sanitize(arena, "a\0b", 3, NULL), "a□b");
    cr_expect_str_eq(dc_text_sanitize(arena, "", 0, NULL), "");
}

static const struct {
    const char *text, *expected, *why;
} folded[] = {
    {NULL, "", "NULL"},
    {"", "", "nothing"},
    {"  Order_No \r\n", "order_no", "ASCII: lower case, trimmed"},
    {" 　检验 记录　", "检验 记录", "ideographic spaces are trimmed"},
    {"ＱＴＹ（件）", "qty(件)", "full width"},
    {"㎡", "m2", "compatibility forms"},
    {"Straße", "strasse", "full case folding"},
    {"ＩＤ\u200B号", "id号", "zero-width space is ignored"},
    {"É", "é", "composed"},
    {"E\u0301", "é", "decomposed comes out composed"},
    {"①号机", "1号机", "circled digits"},
    {"ⅲ", "iii", "Roman numerals"},
    {"A\x80检", "a\uFFFD检", "an invalid byte does not lose the rest"},
};

Test(text, fold_gives_the_comparable_form)
{
    for (size_t i = 0; i < sizeof folded / sizeof folded[0]; i++) {
        cr_expect_str_eq(dc_text_fold(arena, folded[i].text), folded[i].expected, "%s",
                         folded[i].why);
    }
}

Test(text, equal_nocase_knows_ascii_case_and_null)
{
    cr_expect(dc_text_equal_nocase("AbC_1", "aBc_1"));
    cr_expect_not(dc_text_equal_nocase("abc", "abcd"));
    cr_expect_not(dc_text_equal_nocase("abcd", "abc"));
    cr_expect_not(dc_text_equal_nocase("É", "é"));
    cr_expect_not(dc_text_equal_nocase("@", "`"));
    cr_expect(dc_text_equal_nocase(NULL, NULL));
    cr_expect_not(dc_text_equal_nocase(NULL, ""));
}

static const struct {
    const char *pattern, *text;
    bool match;
} globs[] = {
    {"", "", true},
    {"", "a", false},
    {"*", "", true},
    {"*", "anything", true},
    {"a*", "abc", true},
    {"a*", "ba", false},
    {"*c", "abc", true},
    {"*b*", "abc", true},
    {"a*c*e", "abcde", true},
    {"a*c*e", "abcdf", false},
    {"**a**", "xay", true},
    {"?", "", false},
    {"?", "检", true},
    {"??", "检验", true},
    {"a?c", "abc", true},
    {"TMP_*", "tmp_order", true},
    {"tmp_*", "TMP_ORDER", true},
    {"*.tmp_*", "mes.tmp_x", true},
    {"*.tmp_*", "mes.order", false},
    {"[abc]x", "bx", true},
    {"[abc]x", "dx", false},
    {"[a-c]x", "Bx", true},
    {"[!a-c]x", "bx", false},
    {"[!a-c]x", "dx", true},
    {"[^a-c]x", "dx", true},
    {"[]x]", "]", true},
    {"[]x]", "x", true},
    {"[a-]", "-", true},
    {"[检-验]", "检", true},
    {"[检验]单", "验单", true},
    {"[abc", "[abc", true},
    {"a[", "a[", true},
    {"\\*", "*", true},
    {"\\*", "x", false},
    {"\\[a]", "[a]", true},
    {"a\\", "a\\", true},
    {"[\\]]", "]", true},
    {"检*单", "检验记录单", true},
    {"a\xE6*", "a\xE6z", true},
};

Test(text, glob_matches_like_a_shell_without_case)
{
    for (size_t i = 0; i < sizeof globs / sizeof globs[0]; i++) {
        cr_expect_eq(dc_glob_match(globs[i].pattern, globs[i].text), globs[i].match,
                     "pattern %s, text %s", globs[i].pattern, globs[i].text);
    }
}

Test(text, glob_with_many_stars_ends_soon)
{
    char text[2001];

    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    cr_expect_not(dc_glob_match("*a*a*a*a*a*a*a*a*a*a*b", text));
}

static const struct {
    const char *text, *expected;
} lowered[] = {
    {"AbC_9", "abc_9"},   {"物料Code", "物料code"},     {"GRÖSSE", "grösse"},
    {"ẞ ＡＢ", "ß ａｂ"}, {"a\xE6\xA3Z", "a\xE6\xA3z"}, {"", ""},
};

Test(text, lower_changes_letters_only)
{
    for (size_t i = 0; i < sizeof lowered / sizeof lowered[0]; i++) {
        cr_assert_str_eq(dc_text_lower(arena, lowered[i].text), lowered[i].expected, "%s",
                         lowered[i].text);
    }
}
