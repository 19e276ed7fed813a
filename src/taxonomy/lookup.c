/* Finding the taxonomy's parts by code or id: sorted arrays of indexes, searched by halves. */
#include <stdlib.h>
#include <string.h>

#include "loader.h"

struct entry {
    const char *id;
    int index;
};

struct entries {
    struct entry *items; /* sorted by id */
    size_t n_items;
};

struct dc_taxonomy_index {
    struct entries leaves, concepts, subjects, roles, value_rules, level_rules, candidate_rules,
        weights;
};

static int by_id(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;

    return strcmp(left->id, right->id);
}

/* `ids` points to the id inside the first item; the ids of the others follow at every `item_size` bytes. */
static struct entries sorted(struct dc_arena *arena, const void *items, size_t n_items,
                             size_t item_size, size_t id_at)
{
    struct entries out = {dc_arena_alloc(arena, n_items * sizeof(struct entry)), n_items};

    for (size_t i = 0; i < n_items; i++) {
        memcpy(&out.items[i].id, (const char *)items + i * item_size + id_at, sizeof(char *));
        out.items[i].index = (int)i;
    }
    if (n_items > 0) {
        qsort(out.items, n_items, sizeof *out.items, by_id);
    }
    return out;
}

#define SORTED(array, type, id)                                                        \
    sorted(taxonomy->arena, taxonomy->array, taxonomy->n_##array, sizeof(struct type), \
           offsetof(struct type, id))

void dc_taxonomy_index(struct dc_taxonomy *taxonomy)
{
    struct dc_taxonomy_index *index = dc_arena_alloc(taxonomy->arena, sizeof *index);

    index->leaves = SORTED(leaves, dc_leaf, code);
    index->concepts = SORTED(concepts, dc_concept, id);
    index->subjects = SORTED(subjects, dc_subject, id);
    index->roles = SORTED(roles, dc_role, id);
    index->value_rules = SORTED(value_rules, dc_value_rule, id);
    index->level_rules = SORTED(level_rules, dc_level_rule, id);
    index->candidate_rules = SORTED(candidate_rules, dc_candidate_rule, id);
    index->weights = SORTED(weights, dc_weight, name);
    taxonomy->index = index;
}

static int find(const struct entries *entries, const char *id)
{
    struct entry wanted = {id, 0};
    const struct entry *found = NULL;

    if (id != NULL && entries->n_items > 0) {
        found = bsearch(&wanted, entries->items, entries->n_items, sizeof wanted, by_id);
    }
    return found == NULL ? DC_NO_INDEX : found->index;
}

int dc_taxonomy_leaf(const struct dc_taxonomy *taxonomy, const char *code)
{
    return find(&taxonomy->index->leaves, code);
}

int dc_taxonomy_concept(const struct dc_taxonomy *taxonomy, const char *id)
{
    return find(&taxonomy->index->concepts, id);
}

int dc_taxonomy_subject(const struct dc_taxonomy *taxonomy, const char *id)
{
    return find(&taxonomy->index->subjects, id);
}

int dc_taxonomy_role(const struct dc_taxonomy *taxonomy, const char *id)
{
    return find(&taxonomy->index->roles, id);
}

int dc_taxonomy_value_rule(const struct dc_taxonomy *taxonomy, const char *id)
{
    return find(&taxonomy->index->value_rules, id);
}

int dc_taxonomy_candidate_rule(const struct dc_taxonomy *taxonomy, const char *id)
{
    return find(&taxonomy->index->candidate_rules, id);
}

const struct dc_level_rule *dc_taxonomy_level_rule(const struct dc_taxonomy *taxonomy,
                                                   const char *id)
{
    int index = find(&taxonomy->index->level_rules, id);

    return index == DC_NO_INDEX ? NULL : &taxonomy->level_rules[index];
}

struct dc_scale_steps dc_taxonomy_scale_steps(const struct dc_taxonomy *taxonomy)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(taxonomy, "L8");

    if (rule == NULL || !rule->enabled) {
        return (struct dc_scale_steps){{0, 0, 0}, 0, 0};
    }
    return (struct dc_scale_steps){{rule->persons[0], rule->persons[1], rule->persons[2]},
                                   rule->sensitive_persons,
                                   rule->rows};
}

double dc_taxonomy_weight(const struct dc_taxonomy *taxonomy, const char *name, double fallback)
{
    int index = find(&taxonomy->index->weights, name);

    return index == DC_NO_INDEX ? fallback : taxonomy->weights[index].value;
}
