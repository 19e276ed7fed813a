/* Section `leaves`. */
#include <string.h>

#include "loader.h"

struct raw_leaf {
    struct dc_leaf leaf;
    int pi, reach;
    const struct dc_yaml_node *name, *classes, *miit, *level, *candidates;
};

static const struct raw_leaf defaults = {.reach = DC_N_IMPACT_OBJECTS};

static const char *const pi_words[] = {"none", "personal", "sensitive", NULL};

#define AT(member) offsetof(struct raw_leaf, member)
static const struct dc_yaml_field fields[] = {
    {"code", DC_YAML_TEXT, AT(leaf.code), true, 0, 0, NULL},
    {"name", DC_YAML_NODE, AT(name), true, 0, 0, NULL},
    {"class", DC_YAML_NODE, AT(classes), true, 0, 0, NULL},
    {"miit", DC_YAML_NODE, AT(miit), true, 0, 0, NULL},
    {"level", DC_YAML_NODE, AT(level), true, 0, 0, NULL},
    {"pi", DC_YAML_ENUM, AT(pi), false, 0, 0, pi_words},
    {"basis", DC_YAML_TEXT, AT(leaf.basis), true, 0, 0, NULL},
    {"elements", DC_YAML_TEXT, AT(leaf.elements), false, 0, 0, NULL},
    {"boundary", DC_YAML_TEXT, AT(leaf.boundary), false, 0, 0, NULL},
    {"technical", DC_YAML_BOOL, AT(leaf.technical), false, 0, 0, NULL},
    {"verify", DC_YAML_BOOL, AT(leaf.verify), false, 0, 0, NULL},
    {"reach", DC_YAML_ENUM, AT(reach), false, 0, 0, dc_loader_impact_objects},
    {"candidates", DC_YAML_NODE, AT(candidates), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

static int level_of(struct loader *loader, const struct dc_yaml_node *node)
{
    if (node == NULL) {
        return 0;
    }
    if (node->kind == DC_YAML_SCALAR && strcmp(node->text, "none") == 0) {
        return 0;
    }
    if (node->kind == DC_YAML_SCALAR && node->text_size == 1 && node->text[0] >= '1' &&
        node->text[0] <= '4') {
        return node->text[0] - '0';
    }
    dc_complain(loader->all, node, "a level is 1, 2, 3, 4 or none, found %s%s%s",
                node->kind == DC_YAML_SCALAR ? "\"" : "",
                node->kind == DC_YAML_SCALAR ? node->text : "a list or map",
                node->kind == DC_YAML_SCALAR ? "\"" : "");
    return 0;
}

static void read_classes(struct loader *loader, const struct dc_yaml_node *node,
                         struct dc_leaf *leaf)
{
    bool pair = node != NULL && node->kind == DC_YAML_LIST && node->n_items == 2;

    if (node != NULL && !pair) {
        dc_complain(loader->all, node, "\"class\" has to be a list of two: first and second class");
    }
    dc_loader_label(loader, pair ? node->items[0] : NULL, &leaf->class1);
    dc_loader_label(loader, pair ? node->items[1] : NULL, &leaf->class2);
}

/* Harm at its least must leave the leaf general data, whatever its scale: what is more is a candidate. */
static void check_reach(struct loader *loader, const struct item *item, const struct dc_leaf *leaf)
{
    if (leaf->reach == DC_N_IMPACT_OBJECTS) {
        return;
    }
    if (dc_harm_grade(leaf->reach, DC_DEGREE_GENERAL) != DC_HARM_GENERAL) {
        dc_complain(loader->all, dc_yaml_get(item->at, "reach"),
                    "harm to \"%s\" is never general data: a candidate rule is the place for it",
                    dc_impact_object_name(leaf->reach));
    } else if (leaf->reach >= DC_IMPACT_ORGANISATION) {
        dc_complain(loader->all, dc_yaml_get(item->at, "reach"),
                    "\"reach\" is whom harm would reach beyond \"%s\"",
                    dc_impact_object_name(leaf->reach));
    } else if (leaf->pi != DC_PI_NONE) {
        dc_complain(loader->all, dc_yaml_get(item->at, "reach"),
                    "what harm to personal information reaches follows from the number of persons");
    }
}

static void compile(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_leaf *raw = item->raw;
    struct dc_leaf *leaf = out;

    *leaf = raw->leaf;
    leaf->pi = (enum dc_pi)raw->pi;
    leaf->reach = (enum dc_impact_object)raw->reach;
    check_reach(loader, item, leaf);
    leaf->level = level_of(loader, raw->level);
    leaf->basis = dc_loader_text(leaf->basis);
    leaf->elements = dc_loader_text(leaf->elements);
    leaf->boundary = dc_loader_text(leaf->boundary);
    dc_loader_label(loader, raw->name, &leaf->name);
    dc_loader_label(loader, raw->miit, &leaf->miit);
    read_classes(loader, raw->classes, leaf);
    dc_loader_refs(loader, SECTION_CANDIDATE_RULES, raw->candidates, &leaf->candidates,
                   &leaf->n_candidates);
}

const struct section dc_section_leaves = {
    .key = "leaves",
    .id_key = "code",
    .noun = "leaf",
    .fields = fields,
    .raw_size = sizeof(struct raw_leaf),
    .defaults = &defaults,
    .array = offsetof(struct dc_taxonomy, leaves),
    .n_array = offsetof(struct dc_taxonomy, n_leaves),
    .item_size = sizeof(struct dc_leaf),
    .compile = compile,
};
