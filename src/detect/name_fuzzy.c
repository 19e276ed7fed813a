/* Misspelled words: one edit away from a long word of the lexicon. */
#include "name_glue.h"

#define MIN_WORD    7 /* letters of the word; in shorter ones an edit makes another word */
#define MAX_LETTERS 40

struct search {
    const struct lexicon *lexicon;
    const char *letters;
    size_t size;
    const struct form_group *found;
    bool ambiguous;
};

/* Follows the rest of the letters from a node where the one edit has been spent. */
static void finish(struct search *search, uint32_t node, size_t at)
{
    const struct trie *trie = &search->lexicon->tries[SPACE_LATIN];
    const struct form_group *group;

    while (node != TRIE_NONE && at < search->size) {
        node = dc_trie_step(trie, node, search->letters[at++]);
    }
    if (node == TRIE_NONE) {
        return;
    }
    group = dc_lexicon_group(search->lexicon, SPACE_LATIN, node);
    if (group == NULL || group->kind != FORM_LISTED || group->characters < MIN_WORD ||
        trie->nodes[node].label != (uint8_t)search->letters[search->size - 1]) {
        return;
    }
    if (search->found != NULL && search->lexicon->concepts[search->found->first] !=
                                     search->lexicon->concepts[group->first]) {
        search->ambiguous = true;
    }
    search->found = group;
}

/* Spends the edit at letter `at`, with `node` reached by the letters before it. */
static void try_edits(struct search *search, uint32_t node, size_t at)
{
    const struct trie *trie = &search->lexicon->tries[SPACE_LATIN];
    const struct trie_node *of = &trie->nodes[node];

    for (uint32_t i = 0; of->first != 0 && i <= of->n_children_less_one; i++) {
        finish(search, of->first + i, at); /* a letter is missing */
        if (at < search->size && trie->nodes[of->first + i].label != (uint8_t)search->letters[at]) {
            finish(search, of->first + i, at + 1); /* another letter stands there */
        }
    }
    if (at < search->size) {
        finish(search, node, at + 1); /* a letter too many */
    }
    if (at + 1 < search->size && search->letters[at] != search->letters[at + 1]) {
        uint32_t swapped = dc_trie_step(trie, node, search->letters[at + 1]);

        if (swapped != TRIE_NONE) {
            finish(search, dc_trie_step(trie, swapped, search->letters[at]), at + 2);
        }
    }
}

const struct form_group *dc_fuzzy_find(const struct lexicon *lexicon, const char *letters,
                                       size_t size)
{
    struct search search = {lexicon, letters, size, NULL, false};
    const struct trie *trie = &lexicon->tries[SPACE_LATIN];
    uint32_t node;

    if (size + 1 < MIN_WORD || size > MAX_LETTERS) {
        return NULL;
    }
    /*
     * First and last letter have to be right. They hardly ever are the wrong ones; holding on to the first keeps the search short, and
     * what differs at the end is another word (receive, receiver).
     */
    node = dc_trie_step(trie, TRIE_ROOT, letters[0]);
    for (size_t at = 1; node != TRIE_NONE && at <= size; at++) {
        try_edits(&search, node, at);
        node = at < size ? dc_trie_step(trie, node, letters[at]) : TRIE_NONE;
    }
    return search.ambiguous ? NULL : search.found;
}
