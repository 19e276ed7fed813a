/* Sections `level_rules`, `candidate_rules` and `weights`. */
#include <string.h>

#include "loader.h"

/* ---- level rules ---- */

struct raw_level {
    struct dc_level_rule rule;
    const struct dc_yaml_node *name, *persons;
};

static const struct raw_level level_defaults = {.rule = {.enabled = true}};

#define AT(member) offsetof(struct raw_level, member)
static const struct dc_yaml_field level_fields[] = {
    {"rule", DC_YAML_TEXT, AT(rule.id), true, 0, 0, NULL},
    {"name", DC_YAML_NODE, AT(name), true, 0, 0, NULL},
    {"basis", DC_YAML_TEXT, AT(rule.basis), true, 0, 0, NULL},
    {"enabled", DC_YAML_BOOL, AT(rule.enabled), false, 0, 0, NULL},
    {"verify", DC_YAML_BOOL, AT(rule.verify), false, 0, 0, NULL},
    {"share", DC_YAML_REAL, AT(rule.share), false, 0, 1, NULL},
    {"words", DC_YAML_TEXTS, AT(rule.words), false, 0, 0, NULL},
    {"not_words", DC_YAML_TEXTS, AT(rule.not_words), false, 0, 0, NULL},
    {"up_words", DC_YAML_TEXTS, AT(rule.up_words), false, 0, 0, NULL},
    {"value_rules", DC_YAML_TEXTS, AT(rule.value_rules), false, 0, 0, NULL},
    {"persons", DC_YAML_NODE, AT(persons), false, 0, 0, NULL},
    {"sensitive_persons", DC_YAML_INT, AT(rule.sensitive_persons), false, 0, 1e12, NULL},
    {"rows", DC_YAML_INT, AT(rule.rows), false, 0, 1e15, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

/* Up to three thresholds, ascending. */
static void read_persons(struct loader *loader, const struct dc_yaml_node *node, int64_t out[3])
{
    bool list = node != NULL && node->kind == DC_YAML_LIST;
    size_t n = node == NULL ? 0 : list ? node->n_items : 1;

    if (n > 3) {
        dc_complain(loader->all, node, "\"persons\" has at most 3 thresholds, found %zu", n);
        n = 3;
    }
    for (size_t i = 0; i < n; i++) {
        const struct dc_yaml_node *number = list ? node->items[i] : node;

        if (dc_yaml_to_int(number, &out[i], loader->all) && out[i] <= (i == 0 ? 0 : out[i - 1])) {
            dc_complain(loader->all, number, "\"persons\" has to be ascending numbers above 0");
        }
    }
}

/* The value rules that a key names exist. */
static void check_value_rules(struct loader *loader, const struct item *item, const char *key)
{
    int *checked = NULL;
    size_t n_checked = 0;

    dc_loader_refs(loader, SECTION_VALUES, dc_yaml_get(item->at, key), &checked, &n_checked);
}

static void compile_level(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_level *raw = item->raw;
    struct dc_level_rule *rule = out;

    *rule = raw->rule;
    rule->basis = dc_loader_text(rule->basis);
    dc_loader_label(loader, raw->name, &rule->name);
    read_persons(loader, raw->persons, rule->persons);
    check_value_rules(loader, item, "value_rules");
}

const struct section dc_section_level_rules = {
    .key = "level_rules",
    .id_key = "rule",
    .noun = "level rule",
    .fields = level_fields,
    .raw_size = sizeof(struct raw_level),
    .defaults = &level_defaults,
    .array = offsetof(struct dc_taxonomy, level_rules),
    .n_array = offsetof(struct dc_taxonomy, n_level_rules),
    .item_size = sizeof(struct dc_level_rule),
    .compile = compile_level,
};

/* ---- candidate rules ---- */

struct raw_candidate {
    struct dc_candidate_rule rule;
    const struct dc_yaml_node *name, *check, *impact, *leaves, *word_leaves, *own_word_leaves,
        *not_roles;
};

#define AT(member) offsetof(struct raw_candidate, member)
static const struct dc_yaml_field candidate_fields[] = {
    {"rule", DC_YAML_TEXT, AT(rule.id), true, 0, 0, NULL},
    {"name", DC_YAML_NODE, AT(name), true, 0, 0, NULL},
    {"basis", DC_YAML_TEXT, AT(rule.basis), true, 0, 0, NULL},
    {"check", DC_YAML_NODE, AT(check), true, 0, 0, NULL},
    {"verify", DC_YAML_BOOL, AT(rule.verify), false, 0, 0, NULL},
    {"impact", DC_YAML_NODE, AT(impact), false, 0, 0, NULL},
    {"leaves", DC_YAML_NODE, AT(leaves), false, 0, 0, NULL},
    {"word_leaves", DC_YAML_NODE, AT(word_leaves), false, 0, 0, NULL},
    {"own_word_leaves", DC_YAML_NODE, AT(own_word_leaves), false, 0, 0, NULL},
    {"not_roles", DC_YAML_NODE, AT(not_roles), false, 0, 0, NULL},
    {"words", DC_YAML_TEXTS, AT(rule.words), false, 0, 0, NULL},
    {"not_words", DC_YAML_TEXTS, AT(rule.not_words), false, 0, 0, NULL},
    {"own_not_words", DC_YAML_TEXTS, AT(rule.own_not_words), false, 0, 0, NULL},
    {"near_words", DC_YAML_TEXTS, AT(rule.near_words), false, 0, 0, NULL},
    {"value_rules", DC_YAML_TEXTS, AT(rule.value_rules), false, 0, 0, NULL},
    {"near_value_rules", DC_YAML_TEXTS, AT(rule.near_value_rules), false, 0, 0, NULL},
    {"threshold", DC_YAML_INT, AT(rule.threshold), false, 0, 1e12, NULL},
    {"sensitive_threshold", DC_YAML_INT, AT(rule.sensitive_threshold), false, 0, 1e12, NULL},
    {"decimals", DC_YAML_INT, AT(rule.decimals), false, 0, 12, NULL},
    {"needs_words", DC_YAML_BOOL, AT(rule.needs_words), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

struct raw_impact {
    int object, degree;
};

const char *const dc_loader_impact_objects[DC_N_IMPACT_OBJECTS + 1] = {
    "national_security", "economy",      "social_order",
    "public_interest",   "organisation", "individual"};
static const char *const degree_words[] = {"none", "general", "serious", "very_serious", NULL};

#define AT(member) offsetof(struct raw_impact, member)
static const struct dc_yaml_field impact_fields[] = {
    {"object", DC_YAML_ENUM, AT(object), true, 0, 0, dc_loader_impact_objects},
    {"degree", DC_YAML_ENUM, AT(degree), true, 0, 0, degree_words},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

/* What a rule for important data says of the harm has to be important in the matrix. */
static struct dc_impact read_impact(struct loader *loader, const struct dc_yaml_node *node)
{
    struct raw_impact raw = {DC_IMPACT_PUBLIC_INTEREST, DC_DEGREE_NONE};
    struct dc_impact impact;

    if (node == NULL || !dc_loader_is_map(loader, node) ||
        !dc_yaml_read(node, impact_fields, &raw, loader->arena, loader->all)) {
        return (struct dc_impact){DC_IMPACT_PUBLIC_INTEREST, DC_DEGREE_NONE};
    }
    impact = (struct dc_impact){(enum dc_impact_object)raw.object,
                                (enum dc_impact_degree)raw.degree};
    if (dc_harm_grade(impact.object, impact.degree) == DC_HARM_GENERAL) {
        dc_complain(loader->all, node,
                    "harm to \"%s\" of degree \"%s\" is general data: a candidate for important "
                    "data does more",
                    dc_impact_object_name(impact.object), dc_impact_degree_name(impact.degree));
    }
    return impact;
}

/* Words and neighbours are looked for on some leaves only: keys that can have no effect are mistakes. */
static void check_words(struct loader *loader, const struct item *item,
                        const struct dc_candidate_rule *rule)
{
    bool asked = rule->needs_words || rule->n_word_leaves + rule->n_own_word_leaves > 0;
    bool near = rule->near_words.n_items + rule->near_value_rules.n_items > 0;

    if (asked && rule->words.n_items == 0 && !near) {
        dc_complain(loader->all, item->at, "candidate rule \"%s\" needs words and has none",
                    item->id);
    }
    if (near && rule->n_leaves + rule->n_word_leaves == 0) {
        dc_complain(loader->all, item->at,
                    "candidate rule \"%s\" looks at neighbours of no leaf: give \"leaves\" or "
                    "\"word_leaves\"",
                    item->id);
    }
    if (rule->sensitive_threshold > 0 && rule->threshold <= 0) {
        dc_complain(loader->all, item->at,
                    "candidate rule \"%s\" has a \"sensitive_threshold\" and no \"threshold\"",
                    item->id);
    }
}

static void compile_candidate(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_candidate *raw = item->raw;
    struct dc_candidate_rule *rule = out;

    *rule = raw->rule;
    rule->basis = dc_loader_text(rule->basis);
    dc_loader_label(loader, raw->name, &rule->name);
    dc_loader_label(loader, raw->check, &rule->check);
    rule->impact = read_impact(loader, raw->impact);
    dc_loader_refs(loader, SECTION_LEAVES, raw->leaves, &rule->leaves, &rule->n_leaves);
    dc_loader_refs(loader, SECTION_LEAVES, raw->word_leaves, &rule->word_leaves,
                   &rule->n_word_leaves);
    dc_loader_refs(loader, SECTION_LEAVES, raw->own_word_leaves, &rule->own_word_leaves,
                   &rule->n_own_word_leaves);
    dc_loader_refs(loader, SECTION_ROLES, raw->not_roles, &rule->not_roles, &rule->n_not_roles);
    check_value_rules(loader, item, "value_rules");
    check_value_rules(loader, item, "near_value_rules");
    check_words(loader, item, rule);
}

static bool contains(const int *items, size_t n_items, int item)
{
    for (size_t i = 0; i < n_items; i++) {
        if (items[i] == item) {
            return true;
        }
    }
    return false;
}

/* Adds an index to an arena array that has no room: these arrays are short and grow a few times only. */
static void append(struct dc_arena *arena, int **items, size_t *n_items, int item)
{
    int *larger = dc_arena_alloc(arena, (*n_items + 1) * sizeof *larger);

    if (*n_items > 0) {
        memcpy(larger, *items, *n_items * sizeof *larger);
    }
    larger[(*n_items)++] = item;
    *items = larger;
}

void dc_join_candidates(struct loader *loader)
{
    struct dc_taxonomy *taxonomy = loader->taxonomy;

    for (int leaf = 0; leaf < (int)taxonomy->n_leaves; leaf++) {
        struct dc_leaf *of = &taxonomy->leaves[leaf];

        for (int rule = 0; rule < (int)taxonomy->n_candidate_rules; rule++) {
            struct dc_candidate_rule *with = &taxonomy->candidate_rules[rule];
            bool here = contains(of->candidates, of->n_candidates, rule);
            bool there = contains(with->leaves, with->n_leaves, leaf) ||
                         contains(with->word_leaves, with->n_word_leaves, leaf) ||
                         contains(with->own_word_leaves, with->n_own_word_leaves, leaf);

            if (here && !there) {
                append(loader->arena, &with->leaves, &with->n_leaves, leaf);
            } else if (there && !here) {
                append(loader->arena, &of->candidates, &of->n_candidates, rule);
            }
        }
    }
}

const struct section dc_section_candidate_rules = {
    .key = "candidate_rules",
    .id_key = "rule",
    .noun = "candidate rule",
    .fields = candidate_fields,
    .raw_size = sizeof(struct raw_candidate),
    .array = offsetof(struct dc_taxonomy, candidate_rules),
    .n_array = offsetof(struct dc_taxonomy, n_candidate_rules),
    .item_size = sizeof(struct dc_candidate_rule),
    .compile = compile_candidate,
};

/* ---- weights ---- */

static void collect_weights(struct loader *loader, enum section_id section,
                            const struct dc_yaml_node *node)
{
    if ((node->kind == DC_YAML_SCALAR && node->text_size == 0) || !dc_loader_is_map(loader, node)) {
        return;
    }
    for (size_t i = 0; i < node->n_items; i++) {
        struct dc_weight *weight = dc_arena_alloc(loader->scratch, sizeof *weight);
        const struct dc_yaml_node *key = node->keys[i];
        struct item item = {key->text, key, loader->layer, weight};

        weight->name = dc_arena_strdup(loader->arena, key->text);
        if (dc_yaml_to_real(node->items[i], &weight->value, loader->all)) {
            dc_loader_add(loader, section, &item, key);
        }
    }
}

static void compile_weight(struct loader *loader, const struct item *item, void *out)
{
    (void)loader;
    *(struct dc_weight *)out = *(const struct dc_weight *)item->raw;
}

const struct section dc_section_weights = {
    .key = "weights",
    .noun = "weight",
    .raw_size = sizeof(struct dc_weight),
    .array = offsetof(struct dc_taxonomy, weights),
    .n_array = offsetof(struct dc_taxonomy, n_weights),
    .item_size = sizeof(struct dc_weight),
    .collect = collect_weights,
    .compile = compile_weight,
};
