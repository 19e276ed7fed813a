#include <criterion/criterion.h>
#include <string.h>

#include "name_trie.h"

static int32_t find(const struct trie *trie, const char *text)
{
    uint32_t node = TRIE_ROOT;

    for (; *text != '\0' && node != TRIE_NONE; text++) {
        node = dc_trie_step(trie, node, *text);
    }
    return node == TRIE_NONE ? -2 : trie->nodes[node].value;
}

Test(name_trie, finds_what_was_put_in_and_nothing_else)
{
    const struct trie_key keys[] = {{"a", 1, 0}, {"ab", 2, 1}, {"abcd", 4, 2},
                                    {"b", 1, 3}, {"zz", 2, 4}, {"\xE4\xB8\xAD", 3, 5}};
    struct trie trie;

    dc_trie_init(&trie, keys, sizeof keys / sizeof *keys);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        cr_expect_eq(find(&trie, keys[i].text), keys[i].value, "%s", keys[i].text);
    }
    cr_expect_eq(find(&trie, "abc"), -1, "a prefix has no value");
    cr_expect_eq(find(&trie, "ac"), -2);
    cr_expect_eq(find(&trie, "abcde"), -2);
    cr_expect_eq(find(&trie, "c"), -2);
    dc_trie_done(&trie);
}

Test(name_trie, a_node_can_have_every_byte_as_a_child)
{
    char texts[255][3] = {{0}};
    struct trie_key keys[255];
    struct trie trie;

    for (int i = 0; i < 255; i++) {
        texts[i][0] = 'x';
        texts[i][1] = (char)(i + 1);
        keys[i] = (struct trie_key){texts[i], 2, i};
    }
    dc_trie_init(&trie, keys, 255);
    for (int i = 0; i < 255; i++) {
        cr_expect_eq(find(&trie, texts[i]), i);
    }
    dc_trie_done(&trie);
}

Test(name_trie, an_empty_one_finds_nothing)
{
    struct trie trie;

    dc_trie_init(&trie, NULL, 0);
    cr_expect_eq(find(&trie, "a"), -2);
    dc_trie_done(&trie);
}
