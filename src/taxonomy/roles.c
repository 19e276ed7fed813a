/* Sections `roles` and `combinations`. */
#include "loader.h"

/* ---- roles ---- */

struct raw_role {
    struct dc_role role;
    int pi;
    const struct dc_yaml_node *name, *types;
};

static const char *const pi_words[] = {"none", "personal", "sensitive", NULL};

#define AT(member) offsetof(struct raw_role, member)
static const struct dc_yaml_field role_fields[] = {
    {"role", DC_YAML_TEXT, AT(role.id), true, 0, 0, NULL},
    {"name", DC_YAML_NODE, AT(name), true, 0, 0, NULL},
    {"leaf", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"overrides", DC_YAML_BOOL, AT(role.overrides), false, 0, 0, NULL},
    {"types", DC_YAML_NODE, AT(types), false, 0, 0, NULL},
    {"units", DC_YAML_TEXTS, AT(role.units), false, 0, 0, NULL},
    {"pi", DC_YAML_ENUM, AT(pi), false, 0, 0, pi_words},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

/* Type classes as bits; a single one may stand without a list. */
static uint32_t types_of(struct loader *loader, const struct dc_yaml_node *node)
{
    uint32_t bits = 0;
    bool list = node != NULL && node->kind == DC_YAML_LIST;
    size_t n = node == NULL ? 0 : list ? node->n_items : 1;

    for (size_t i = 0; i < n; i++) {
        const struct dc_yaml_node *word = list ? node->items[i] : node;
        enum dc_type_class type;

        if (word->kind != DC_YAML_SCALAR || !dc_type_class_parse(word->text, &type)) {
            dc_complain(loader->all, word, "unknown type class \"%s\"", dc_loader_text(word->text));
        } else {
            bits |= 1U << type;
        }
    }
    return bits;
}

static void compile_role(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_role *raw = item->raw;
    struct dc_role *role = out;

    *role = raw->role;
    role->pi = (enum dc_pi)raw->pi;
    role->leaf = dc_loader_ref_key(loader, SECTION_LEAVES, item, "leaf");
    role->types = types_of(loader, raw->types);
    dc_loader_label(loader, raw->name, &role->name);
}

const struct section dc_section_roles = {
    .key = "roles",
    .id_key = "role",
    .noun = "role",
    .fields = role_fields,
    .raw_size = sizeof(struct raw_role),
    .array = offsetof(struct dc_taxonomy, roles),
    .n_array = offsetof(struct dc_taxonomy, n_roles),
    .item_size = sizeof(struct dc_role),
    .compile = compile_role,
};

/* ---- combinations ---- */

struct raw_combination {
    struct dc_combination combination;
    const struct dc_yaml_node *concepts;
};

static const struct raw_combination combination_defaults = {.combination = {.weight = 1.0}};

#define AT(member) offsetof(struct raw_combination, member)
static const struct dc_yaml_field combination_fields[] = {
    {"all", DC_YAML_NODE, AT(concepts), true, 0, 0, NULL},
    {"ordered", DC_YAML_BOOL, AT(combination.ordered), false, 0, 0, NULL},
    {"subject", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"role", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"leaf", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"weight", DC_YAML_REAL, AT(combination.weight), false, -100, 100, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

static void compile_combination(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_combination *raw = item->raw;
    struct dc_combination *combination = out;
    bool role = dc_yaml_get(item->at, "role") != NULL;
    bool leaf = dc_yaml_get(item->at, "leaf") != NULL;

    *combination = raw->combination;
    combination->subject = dc_loader_ref_key(loader, SECTION_SUBJECTS, item, "subject");
    combination->role = dc_loader_ref_key(loader, SECTION_ROLES, item, "role");
    combination->leaf = dc_loader_ref_key(loader, SECTION_LEAVES, item, "leaf");
    dc_loader_refs(loader, SECTION_LEXICON, raw->concepts, &combination->concepts,
                   &combination->n_concepts);
    if (role == leaf) {
        dc_complain(loader->all, item->at, "a combination makes a role or a leaf, %s",
                    role ? "not both" : "found neither");
    }
}

const struct section dc_section_combinations = {
    .key = "combinations",
    .noun = "combination",
    .fields = combination_fields,
    .raw_size = sizeof(struct raw_combination),
    .defaults = &combination_defaults,
    .array = offsetof(struct dc_taxonomy, combinations),
    .n_array = offsetof(struct dc_taxonomy, n_combinations),
    .item_size = sizeof(struct dc_combination),
    .compile = compile_combination,
};
