/* Words of level and candidate rules in texts. */
#include <criterion/criterion.h>

#include "classify_internal.h"

static const char *find(const char *text, const char *word, const char *not_word)
{
    static struct dc_arena *arena;
    const char *items[] = {word}, *others[] = {not_word};
    struct dc_texts words = {items, 1}, not_words = {others, not_word == NULL ? 0 : 1};

    arena = arena == NULL ? dc_arena_create(0) : arena;
    return classify_find_word(arena, text, &words, &not_words);
}

Test(find_word, finds_chinese_anywhere)
{
    cr_expect_not_null(find("稀土产能统计", "稀土", NULL));
    cr_expect_null(find("稀有土地", "稀土", NULL));
}

Test(find_word, finds_latin_words_only_whole)
{
    cr_expect_not_null(find("plc_point", "PLC", NULL));
    cr_expect_not_null(find("ScadaConfig", "scada", NULL));
    cr_expect_null(find("topics", "ics", NULL));
    cr_expect_not_null(find("core_switch topology", "topology", NULL));
}

Test(find_word, leaves_words_inside_longer_ones_that_are_excepted)
{
    cr_expect_null(find("商业秘密登记", "秘密", "商业秘密"));
    cr_expect_not_null(find("商业秘密与国家秘密", "秘密", "商业秘密"));
}

Test(find_word, finds_nothing_in_nothing)
{
    cr_expect_null(find("", "秘密", NULL));
    cr_expect_null(find(NULL, "秘密", NULL));
}
