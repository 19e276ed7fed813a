/* Value rules without the rest of a taxonomy. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/yaml.h"
#include "rules.h"

struct raw_rule {
    const char *id, *pattern, *check;
    bool caseless, nameless;
    int scope, mask;
    double chance, weight;
    struct dc_texts match, no_match;
};

static const char *const scopes[] = {"whole", "contains", NULL};
static const char *const masks[] = {"middle", "all", "name", "email", "none", NULL};

#define AT(member) offsetof(struct raw_rule, member)
#define IGNORED(key)                              \
    {                                             \
        key, DC_YAML_IGNORE, 0, false, 0, 0, NULL \
    }
static const struct dc_yaml_field fields[] = {
    {"rule", DC_YAML_TEXT, AT(id), true, 0, 0, NULL},
    {"pattern", DC_YAML_TEXT, AT(pattern), true, 0, 0, NULL},
    {"caseless", DC_YAML_BOOL, AT(caseless), false, 0, 0, NULL},
    {"check", DC_YAML_TEXT, AT(check), false, 0, 0, NULL},
    {"nameless", DC_YAML_BOOL, AT(nameless), false, 0, 0, NULL},
    {"scope", DC_YAML_ENUM, AT(scope), false, 0, 0, scopes},
    {"mask", DC_YAML_ENUM, AT(mask), false, 0, 0, masks},
    {"chance", DC_YAML_REAL, AT(chance), false, 0, 1, NULL},
    {"weight", DC_YAML_REAL, AT(weight), false, -100, 100, NULL},
    {"match", DC_YAML_TEXTS, AT(match), false, 0, 0, NULL},
    {"no_match", DC_YAML_TEXTS, AT(no_match), false, 0, 0, NULL},
    IGNORED("name"),
    IGNORED("leaf"),
    IGNORED("role"),
    IGNORED("pi"),
    IGNORED("share"),
    IGNORED("distinct"),
    IGNORED("not"),
    IGNORED("needs"),
    IGNORED("exclusive"),
    IGNORED("heading"),
    IGNORED("beside"),
    IGNORED("speaks_for"),
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

/* Ends a test or a fuzzer: both report an abort. */
static _Noreturn void give_up(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    abort();
}

static void add_examples(struct dc_value_rule *rule, const struct dc_texts *texts, bool match)
{
    for (size_t i = 0; i < texts->n_items; i++) {
        rule->examples[rule->n_examples++] = (struct dc_example){texts->items[i], match, 0, 0};
    }
}

static void read_rule(const struct dc_yaml_node *node, struct dc_arena *arena,
                      struct dc_complaints *complaints, struct dc_value_rule *rule)
{
    struct raw_rule raw = {.weight = 1};

    dc_yaml_read(node, fields, &raw, arena, complaints);
    rule->id = raw.id;
    rule->pattern = raw.pattern;
    rule->check = raw.check;
    rule->caseless = raw.caseless;
    rule->nameless = raw.nameless;
    rule->scope = (enum dc_value_scope)raw.scope;
    rule->mask = (enum dc_mask_style)raw.mask;
    rule->chance = raw.chance;
    rule->weight = raw.weight;
    rule->leaf = rule->role = DC_NO_INDEX;
    rule->file = node->file;
    rule->line = node->line;
    rule->examples = dc_arena_alloc(arena, (raw.match.n_items + raw.no_match.n_items) *
                                               sizeof *rule->examples);
    add_examples(rule, &raw.match, true);
    add_examples(rule, &raw.no_match, false);
}

static const struct dc_yaml_node *values_of(const struct dc_yaml_node *root)
{
    const struct dc_yaml_node *values = dc_yaml_get(root, "values");

    if (values == NULL) {
        give_up("rules", "no section \"values\"");
    }
    return values;
}

static void add_rules(struct dc_taxonomy *taxonomy, const struct dc_yaml_node *root)
{
    const struct dc_yaml_node *values = values_of(root);
    size_t n = taxonomy->n_value_rules;
    struct dc_value_rule *rules = dc_arena_alloc(taxonomy->arena,
                                                 (n + values->n_items) * sizeof *rules);
    struct dc_complaints complaints;

    dc_complaints_init(&complaints, taxonomy->arena);
    for (size_t i = 0; i < n; i++) {
        rules[i] = taxonomy->value_rules[i];
    }
    for (size_t i = 0; i < values->n_items; i++) {
        read_rule(values->items[i], taxonomy->arena, &complaints, &rules[n + i]);
    }
    if (complaints.n_lines > 0) {
        give_up("rules", complaints.lines[0]);
    }
    dc_complaints_done(&complaints);
    taxonomy->value_rules = rules;
    taxonomy->n_value_rules = n + values->n_items;
}

static struct dc_taxonomy *build(const struct dc_yaml_node *root, struct dc_arena *arena)
{
    struct dc_taxonomy *taxonomy = dc_alloc(1, sizeof *taxonomy);

    taxonomy->arena = arena;
    add_rules(taxonomy, root);
    return taxonomy;
}

static const struct dc_yaml_node *read_file(const char *path, struct dc_arena *arena)
{
    const struct dc_yaml_node *root;
    struct dc_err err = {0};

    if (dc_yaml_load(path, arena, &root, &err) != DC_OK) {
        give_up("rules", err.message);
    }
    return root;
}

struct dc_taxonomy *rules_load(void)
{
    struct dc_arena *arena = dc_arena_create(0);

    return build(read_file(TEST_ROOT "/taxonomies/whcsa-003-2024/values.yaml", arena), arena);
}

struct dc_taxonomy *rules_load_all(void)
{
    struct dc_taxonomy *taxonomy = rules_load();

    add_rules(taxonomy, read_file(TEST_ROOT "/taxonomies/whcsa-003-2024/values-nameless.yaml",
                                  taxonomy->arena));
    return taxonomy;
}

struct dc_taxonomy *rules_parse(const char *text)
{
    struct dc_arena *arena = dc_arena_create(0);
    const struct dc_yaml_node *root;
    struct dc_err err = {0};

    if (dc_yaml_parse("rules", text, strlen(text), arena, &root, &err) != DC_OK) {
        give_up("rules", err.message);
    }
    return build(root, arena);
}

void rules_destroy(struct dc_taxonomy *taxonomy)
{
    dc_arena_destroy(taxonomy->arena);
    free(taxonomy);
}

size_t rules_index(const struct dc_taxonomy *taxonomy, const char *id)
{
    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        if (strcmp(taxonomy->value_rules[i].id, id) == 0) {
            return i;
        }
    }
    give_up("no such rule", id);
}

struct dc_value_matcher *rules_matcher(const struct dc_taxonomy *taxonomy)
{
    struct dc_value_matcher *matcher = NULL;
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_complaints complaints;
    struct dc_err err = {0};

    dc_complaints_init(&complaints, arena);
    if (dc_value_matcher_create(taxonomy, &matcher, &complaints, &err) != DC_OK) {
        give_up(err.message, complaints.n_lines > 0 ? complaints.lines[0] : "");
    }
    dc_complaints_done(&complaints);
    dc_arena_destroy(arena);
    return matcher;
}
