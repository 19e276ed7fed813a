/* The lexicon compiled for reading names: forms are gathered, sorted, grouped by spelling, and laid out as tries. */
#include <stdlib.h>
#include <string.h>

#include "lexicon.h"

/* A form with the first bytes of its key as a number, so that sorting hardly ever has to look at the key. */
struct sortable {
    uint64_t start;
    const struct form *form;
};

static uint64_t start_of(const struct form *form)
{
    uint64_t start = 0;

    for (size_t i = 0; i < sizeof start; i++) {
        start = start << 8 | (i < form->size ? (unsigned char)form->key[i] : 0U);
    }
    return start;
}

static int by_spelling(const struct sortable *a, const struct sortable *b)
{
    size_t size = a->form->size < b->form->size ? a->form->size : b->form->size;
    int order;

    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    order = size <= sizeof a->start ? 0 : memcmp(a->form->key, b->form->key, size);
    return order != 0 ? order : (a->form->size > b->form->size) - (a->form->size < b->form->size);
}

static int compare(int a, int b)
{
    return (a > b) - (a < b);
}

/* Same spelling: the better kind, then the word that stands further in front in its concept, then the earlier concept. */
static int by_form(const void *a, const void *b)
{
    const struct sortable *left = a, *right = b;
    int order = by_spelling(left, right);

    if (order == 0) {
        order = compare((int)left->form->kind, (int)right->form->kind);
    }
    if (order == 0) {
        order = compare(left->form->rank, right->form->rank);
    }
    if (order == 0) {
        order = compare(left->form->concept, right->form->concept);
    }
    return order;
}

static struct sortable *sorted(const struct forms *forms)
{
    struct sortable *out = dc_alloc(forms->n_items + 1, sizeof *out);

    for (size_t i = 0; i < forms->n_items; i++) {
        out[i] = (struct sortable){start_of(&forms->items[i]), &forms->items[i]};
    }
    qsort(out, forms->n_items, sizeof *out, by_form);
    return out;
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
 * for words that can mean another concept too, and for initials: there a given form only comes first, as what else the letters can mean is still worth knowing.
 */
static int32_t add_group(struct lexicon *lexicon, enum form_space space,
                         const struct sortable *forms, size_t n_forms)
{
    const struct form *first = forms[0].form;
    struct form_group group = {first->kind, false, first->characters, (uint32_t)lexicon->n_concepts,
                               0};
    bool all = space == SPACE_INITIALS;

    for (size_t i = 0; i < n_forms; i++) {
        if (!all && forms[i].form->kind != first->kind && forms[i].form->kind != FORM_ALSO) {
            continue;
        }
        group.phrase = group.phrase || forms[i].form->phrase;
        if (!has_meaning(lexicon, &group, forms[i].form->concept)) {
            add_meaning(lexicon, &group, forms[i].form->concept);
        }
    }
    if (all) {
        group.kind = FORM_INITIALS;
    }
    if (first->kind != FORM_PINYIN_GIVEN) {
        order_meanings(lexicon, &group);
    }
    lexicon->groups = dc_array_grow(lexicon->groups, lexicon->n_groups, &lexicon->groups_capacity,
                                    sizeof *lexicon->groups);
    lexicon->groups[lexicon->n_groups] = group;
    return (int32_t)lexicon->n_groups++;
}

static void build_space(struct lexicon *lexicon, enum form_space space, const struct forms *forms)
{
    struct trie_key *keys = dc_alloc(forms->n_items + 1, sizeof *keys);
    struct sortable *order = sorted(forms);
    size_t n_keys = 0;

    for (size_t from = 0, to; from < forms->n_items; from = to) {
        const struct form *first = order[from].form;

        for (to = from + 1; to < forms->n_items && by_spelling(&order[from], &order[to]) == 0;) {
            to++;
        }
        keys[n_keys++] = (struct trie_key){first->key, first->size,
                                           add_group(lexicon, space, &order[from], to - from)};
    }
    dc_trie_init(&lexicon->tries[space], keys, n_keys);
    free(order);
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
