/* The lexicon compiled for reading names: forms are gathered, sorted, grouped by spelling, and laid out as tries. */
#include <stdlib.h>
#include <string.h>

#include "lexicon.h"

static int by_spelling(const struct form *a, const struct form *b)
{
    size_t size = a->size < b->size ? a->size : b->size;
    int order = memcmp(a->key, b->key, size);

    return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

/* Same spelling: the better kind, then the earlier concept. */
static int by_form(const void *a, const void *b)
{
    const struct form *left = a, *right = b;
    int order = by_spelling(left, right);

    if (order == 0) {
        order = (left->kind > right->kind) - (left->kind < right->kind);
    }
    return order != 0 ? order : (left->concept > right->concept) - (left->concept < right->concept);
}

static void add_meaning(struct lexicon *lexicon, struct form_group *group, int concept)
{
    lexicon->concepts = dc_array_grow(lexicon->concepts, lexicon->n_concepts,
                                      &lexicon->concepts_capacity, sizeof *lexicon->concepts);
    lexicon->concepts[lexicon->n_concepts++] = concept;
    group->n_concepts++;
}

static bool has_meaning(const struct lexicon *lexicon, const struct form_group *group, int concept)
{
    for (size_t i = 0; i < group->n_concepts; i++) {
        if (lexicon->concepts[group->first + i] == concept) {
            return true;
        }
    }
    return false;
}

/* What speaks for a concept where several share a form: not being weak, then being a thing or its attribute. Lower is likelier. */
static int likeliness(const struct dc_concept *concept)
{
    return (concept->weak ? 4 : 0) + (concept->kind == DC_CONCEPT_MODIFIER ? 1 : 0);
}

/* Moves the likeliest concept of a group to its front; the others keep their order. */
static void order_meanings(struct lexicon *lexicon, const struct form_group *group)
{
    int *meanings = lexicon->concepts + group->first;
    size_t best = 0;
    int chosen;

    for (size_t i = 1; i < group->n_concepts; i++) {
        if (likeliness(&lexicon->taxonomy->concepts[meanings[i]]) <
            likeliness(&lexicon->taxonomy->concepts[meanings[best]])) {
            best = i;
        }
    }
    chosen = meanings[best];
    memmove(meanings + 1, meanings, best * sizeof *meanings);
    meanings[0] = chosen;
}

/*
 * Makes one group of forms that are all spelled alike and sorted; returns its index. Forms of a worse kind than the first are dropped, but
 * for initials: there a given form only comes first, as what else the letters can mean is still worth knowing.
 */
static int32_t add_group(struct lexicon *lexicon, enum form_space space, const struct form *forms,
                         size_t n_forms)
{
    struct form_group group = {forms[0].kind, false, forms[0].characters,
                               (uint32_t)lexicon->n_concepts, 0};
    bool all = space == SPACE_INITIALS;

    for (size_t i = 0; i < n_forms && (all || forms[i].kind == forms[0].kind); i++) {
        group.phrase = group.phrase || forms[i].phrase;
        if (!has_meaning(lexicon, &group, forms[i].concept)) {
            add_meaning(lexicon, &group, forms[i].concept);
        }
    }
    if (all) {
        group.kind = FORM_INITIALS;
    }
    if (forms[0].kind != FORM_PINYIN_GIVEN) {
        order_meanings(lexicon, &group);
    }
    lexicon->groups = dc_array_grow(lexicon->groups, lexicon->n_groups, &lexicon->groups_capacity,
                                    sizeof *lexicon->groups);
    lexicon->groups[lexicon->n_groups] = group;
    return (int32_t)lexicon->n_groups++;
}

static void build_space(struct lexicon *lexicon, enum form_space space, struct forms *forms)
{
    struct trie_key *keys = dc_alloc(forms->n_items + 1, sizeof *keys);
    size_t n_keys = 0;

    if (forms->n_items > 0) {
        qsort(forms->items, forms->n_items, sizeof *forms->items, by_form);
    }
    for (size_t from = 0, to; from < forms->n_items; from = to) {
        const struct form *first = &forms->items[from];

        for (to = from + 1; to < forms->n_items && by_spelling(first, &forms->items[to]) == 0;) {
            to++;
        }
        keys[n_keys++] = (struct trie_key){first->key, first->size,
                                           add_group(lexicon, space, first, to - from)};
    }
    dc_trie_init(&lexicon->tries[space], keys, n_keys);
    free(keys);
}

void dc_lexicon_init(struct lexicon *lexicon, const struct dc_taxonomy *taxonomy)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct forms spaces[N_SPACES];

    *lexicon = (struct lexicon){.taxonomy = taxonomy};
    for (size_t i = 0; i < N_SPACES; i++) {
        spaces[i] = (struct forms){NULL, 0, 0, arena};
    }
    for (int concept = 0; concept < (int)taxonomy->n_concepts; concept ++) {
        dc_forms_add_concept(spaces, taxonomy, concept);
    }
    for (enum form_space space = 0; space < N_SPACES; space++) {
        build_space(lexicon, space, &spaces[space]);
        free(spaces[space].items);
    }
    dc_arena_destroy(arena);
}

void dc_lexicon_done(struct lexicon *lexicon)
{
    for (size_t i = 0; i < N_SPACES; i++) {
        dc_trie_done(&lexicon->tries[i]);
    }
    free(lexicon->groups);
    free(lexicon->concepts);
}

const struct form_group *dc_lexicon_group(const struct lexicon *lexicon, enum form_space space,
                                          uint32_t node)
{
    int32_t value = lexicon->tries[space].nodes[node].value;

    return value < 0 ? NULL : &lexicon->groups[value];
}
