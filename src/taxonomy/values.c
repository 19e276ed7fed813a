/* Section `values`. Patterns are compiled by the value detectors; here only what can be said of their text. */
#include <string.h>

#include "loader.h"

struct raw_value {
    struct dc_value_rule rule;
    int scope, pi, mask;
    const struct dc_yaml_node *name, *not_concepts, *needs, *beside, *speaks_for;
    struct dc_texts match, no_match;
};

static const char *const scope_words[] = {"whole", "contains", NULL};
static const char *const pi_words[] = {"none", "personal", "sensitive", NULL};
static const char *const mask_words[] = {"middle", "all", "name", "email", "none", NULL};

static const struct raw_value defaults = {.rule = {.weight = 1.0, .share = 0.8, .distinct = 1}};

#define AT(member) offsetof(struct raw_value, member)
static const struct dc_yaml_field fields[] = {
    {"rule", DC_YAML_TEXT, AT(rule.id), true, 0, 0, NULL},
    {"name", DC_YAML_NODE, AT(name), true, 0, 0, NULL},
    {"pattern", DC_YAML_TEXT, AT(rule.pattern), true, 0, 0, NULL},
    {"caseless", DC_YAML_BOOL, AT(rule.caseless), false, 0, 0, NULL},
    {"check", DC_YAML_TEXT, AT(rule.check), false, 0, 0, NULL},
    {"scope", DC_YAML_ENUM, AT(scope), false, 0, 0, scope_words},
    {"leaf", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"role", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"pi", DC_YAML_ENUM, AT(pi), false, 0, 0, pi_words},
    {"weight", DC_YAML_REAL, AT(rule.weight), false, -100, 100, NULL},
    {"share", DC_YAML_REAL, AT(rule.share), false, 0.001, 1, NULL},
    {"distinct", DC_YAML_INT, AT(rule.distinct), false, 1, 1e6, NULL},
    {"exclusive", DC_YAML_TEXT, AT(rule.exclusive), false, 0, 0, NULL},
    {"chance", DC_YAML_REAL, AT(rule.chance), false, 0, 1, NULL},
    {"mask", DC_YAML_ENUM, AT(mask), false, 0, 0, mask_words},
    {"not", DC_YAML_NODE, AT(not_concepts), false, 0, 0, NULL},
    {"needs", DC_YAML_NODE, AT(needs), false, 0, 0, NULL},
    {"nameless", DC_YAML_BOOL, AT(rule.nameless), false, 0, 0, NULL},
    {"heading", DC_YAML_BOOL, AT(rule.heading), false, 0, 0, NULL},
    {"beside", DC_YAML_NODE, AT(beside), false, 0, 0, NULL},
    {"speaks_for", DC_YAML_NODE, AT(speaks_for), false, 0, 0, NULL},
    {"match", DC_YAML_TEXTS, AT(match), false, 0, 0, NULL},
    {"no_match", DC_YAML_TEXTS, AT(no_match), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

/* `node` is the list the texts were read from, or the one text. */
static void add_examples(const struct dc_texts *texts, const struct dc_yaml_node *node, bool match,
                         struct dc_value_rule *rule)
{
    for (size_t i = 0; i < texts->n_items; i++) {
        const struct dc_yaml_node *at = node->kind == DC_YAML_LIST ? node->items[i] : node;

        rule->examples[rule->n_examples++] = (struct dc_example){texts->items[i], match, at->line,
                                                                 at->column};
    }
}

static void check_pattern(struct loader *loader, const struct item *item, const char *pattern)
{
    size_t start, size;

    if (pattern != NULL && dc_pattern_version_dependent(pattern, &start, &size)) {
        dc_complain(loader->all, dc_yaml_get(item->at, "pattern"),
                    "\"%.*s\" at byte %zu of the pattern means different things to different "
                    "versions of PCRE2",
                    (int)size, pattern + start, start + 1);
    }
    if (pattern != NULL && dc_pattern_repeats_itself(pattern, &start)) {
        dc_complain(loader->all, dc_yaml_get(item->at, "pattern"),
                    "\"%c\" at byte %zu of the pattern repeats what may be a repetition only: on "
                    "text that almost matches it would try for ever",
                    pattern[start], start + 1);
    }
}

/* Concept ids that speak against the rule: checked, and kept both as texts and as indexes. */
static void read_not(struct loader *loader, const struct dc_yaml_node *node,
                     struct dc_value_rule *rule)
{
    size_t n = 0;

    dc_loader_refs(loader, SECTION_LEXICON, node, &rule->not_indexes, &n);
    rule->not_concepts.items = dc_arena_alloc(loader->arena, n * sizeof *rule->not_concepts.items);
    for (size_t i = 0; i < n; i++) {
        const struct item *concept = &loader->sections[SECTION_LEXICON].items[rule->not_indexes[i]];

        rule->not_concepts.items[i] = dc_arena_strdup(loader->arena, concept->id);
    }
    rule->not_concepts.n_items = n;
}

/* {subject: weight} */
static void read_speaks_for(struct loader *loader, const struct dc_yaml_node *node,
                            struct dc_value_rule *rule)
{
    if (node == NULL || !dc_loader_is_map(loader, node)) {
        return;
    }
    rule->speaks_for = dc_arena_alloc(loader->arena, node->n_items * sizeof *rule->speaks_for);
    for (size_t i = 0; i < node->n_items; i++) {
        int subject = dc_loader_ref(loader, SECTION_SUBJECTS, node->keys[i]);
        double weight;

        if (dc_yaml_to_real(node->items[i], &weight, loader->all) && subject != DC_NO_INDEX) {
            rule->speaks_for[rule->n_speaks_for++] = (struct dc_subject_weight){subject, weight};
        }
    }
}

static void compile(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_value *raw = item->raw;
    struct dc_value_rule *rule = out;

    *rule = raw->rule;
    rule->pattern = dc_loader_text(rule->pattern);
    rule->scope = (enum dc_value_scope)raw->scope;
    rule->pi = (enum dc_pi)raw->pi;
    rule->mask = (enum dc_mask_style)raw->mask;
    rule->leaf = dc_loader_ref_key(loader, SECTION_LEAVES, item, "leaf");
    rule->role = dc_loader_ref_key(loader, SECTION_ROLES, item, "role");
    rule->file = dc_arena_strdup(loader->arena, item->at->file);
    rule->line = rule->pattern_line = item->at->line;
    rule->pattern_column = 1;
    if (dc_yaml_get(item->at, "pattern") != NULL) {
        rule->pattern_line = dc_yaml_get(item->at, "pattern")->line;
        rule->pattern_column = dc_yaml_get(item->at, "pattern")->column;
    }
    rule->examples = dc_arena_alloc(loader->arena, (raw->match.n_items + raw->no_match.n_items) *
                                                       sizeof *rule->examples);
    add_examples(&raw->match, dc_yaml_get(item->at, "match"), true, rule);
    add_examples(&raw->no_match, dc_yaml_get(item->at, "no_match"), false, rule);
    dc_loader_label(loader, raw->name, &rule->name);
    read_not(loader, raw->not_concepts, rule);
    dc_loader_refs(loader, SECTION_LEXICON, raw->needs, &rule->needs_indexes, &rule->n_needs);
    dc_loader_refs(loader, SECTION_VALUES, raw->beside, &rule->beside, &rule->n_beside);
    read_speaks_for(loader, raw->speaks_for, rule);
    check_pattern(loader, item, raw->rule.pattern);
}

/* ---- rules that contradict one another ---- */

static bool same_text(const char *a, const char *b)
{
    return (a == NULL || b == NULL) ? a == b : strcmp(a, b) == 0;
}

static bool take_the_same(const struct dc_value_rule *a, const struct dc_value_rule *b)
{
    return strcmp(a->pattern, b->pattern) == 0 && a->caseless == b->caseless &&
           a->scope == b->scope && same_text(a->check, b->check);
}

void dc_check_values(struct loader *loader)
{
    const struct item *items = loader->sections[SECTION_VALUES].items;
    const struct dc_value_rule *all = loader->taxonomy->value_rules;

    for (size_t i = 1; i < loader->taxonomy->n_value_rules; i++) {
        for (size_t k = 0; k < i; k++) {
            if (take_the_same(&all[i], &all[k]) &&
                (all[i].leaf != all[k].leaf || all[i].role != all[k].role)) {
                dc_complain(loader->all, items[i].at,
                            "value rules \"%s\" and \"%s\" (%s:%zu) take the same values and "
                            "say different things",
                            all[i].id, all[k].id, items[k].at->file, items[k].at->line);
            }
        }
    }
}

const struct section dc_section_values = {
    .key = "values",
    .id_key = "rule",
    .noun = "value rule",
    .fields = fields,
    .raw_size = sizeof(struct raw_value),
    .defaults = &defaults,
    .array = offsetof(struct dc_taxonomy, value_rules),
    .n_array = offsetof(struct dc_taxonomy, n_value_rules),
    .item_size = sizeof(struct dc_value_rule),
    .compile = compile,
};
