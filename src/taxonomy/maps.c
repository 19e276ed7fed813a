/* Sections `class_maps` and `level_maps`: the same leaves and levels in the words of other standards. */
#include <string.h>

#include "dcscan/text.h"
#include "loader.h"

/* ---- class maps ---- */

struct raw_map {
    struct dc_class_map map;
    const struct dc_yaml_node *name, *classes;
};

#define AT(member) offsetof(struct raw_map, member)
static const struct dc_yaml_field map_fields[] = {
    {"map", DC_YAML_TEXT, AT(map.id), true, 0, 0, NULL},
    {"name", DC_YAML_NODE, AT(name), true, 0, 0, NULL},
    {"basis", DC_YAML_TEXT, AT(map.basis), true, 0, 0, NULL},
    {"verify", DC_YAML_BOOL, AT(map.verify), false, 0, 0, NULL},
    {"slot", DC_YAML_BOOL, AT(map.slot), false, 0, 0, NULL},
    {"classes", DC_YAML_NODE, AT(classes), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

struct raw_class {
    const struct dc_yaml_node *class_, *leaves;
};

#define AT(member) offsetof(struct raw_class, member)
static const struct dc_yaml_field class_fields[] = {
    {"class", DC_YAML_NODE, AT(class_), true, 0, 0, NULL},
    {"leaves", DC_YAML_NODE, AT(leaves), true, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

/* Gives the leaves that a glob names to a class, unless a class in front has them. */
static void take_leaves(struct loader *loader, struct dc_class_map *map, int class_,
                        const struct dc_yaml_node *glob)
{
    const struct collected *leaves = &loader->sections[SECTION_LEAVES];
    bool any = false;

    if (glob->kind != DC_YAML_SCALAR) {
        dc_complain(loader->all, glob, "expected a code of leaves, * and ? allowed");
        return;
    }
    for (size_t i = 0; i < leaves->n_items; i++) {
        if (dc_glob_match(glob->text, leaves->items[i].id)) {
            map->of_leaf[i] = map->of_leaf[i] == DC_NO_INDEX ? class_ : map->of_leaf[i];
            any = true;
        }
    }
    if (!any) {
        dc_complain(loader->all, glob, "no leaf is called \"%s\"", glob->text);
    }
}

static void read_class(struct loader *loader, struct dc_class_map *map, int class_,
                       const struct dc_yaml_node *node)
{
    struct raw_class raw = {NULL, NULL};

    if (!dc_loader_is_map(loader, node)) {
        return;
    }
    dc_yaml_read(node, class_fields, &raw, loader->arena, loader->all);
    dc_loader_label(loader, raw.class_, &map->classes[class_]);
    if (raw.leaves == NULL) {
        return;
    }
    if (raw.leaves->kind == DC_YAML_SCALAR) {
        take_leaves(loader, map, class_, raw.leaves);
    }
    for (size_t i = 0; raw.leaves->kind == DC_YAML_LIST && i < raw.leaves->n_items; i++) {
        take_leaves(loader, map, class_, raw.leaves->items[i]);
    }
}

/*
 * A map says something of every leaf that its own or an earlier layer has; only a slot may be empty, which waits for a text not at hand.
 * Leaves that a plant adds on top have no class elsewhere until the plant gives them one.
 */
static void check_complete(struct loader *loader, const struct item *item,
                           const struct dc_class_map *map)
{
    const struct collected *leaves = &loader->sections[SECTION_LEAVES];

    for (size_t i = 0; !map->slot && i < leaves->n_items; i++) {
        if (map->of_leaf[i] == DC_NO_INDEX && leaves->items[i].layer <= item->layer) {
            dc_complain(loader->all, item->at, "class map \"%s\" says nothing of leaf \"%s\"",
                        item->id, leaves->items[i].id);
        }
    }
}

static void compile_map(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_map *raw = item->raw;
    const struct dc_yaml_node *classes = raw->classes;
    size_t n_leaves = loader->sections[SECTION_LEAVES].n_items;
    struct dc_class_map *map = out;

    *map = raw->map;
    map->basis = dc_loader_text(map->basis);
    dc_loader_label(loader, raw->name, &map->name);
    map->of_leaf = dc_arena_alloc(loader->arena, (n_leaves + 1) * sizeof *map->of_leaf);
    for (size_t i = 0; i < n_leaves; i++) {
        map->of_leaf[i] = DC_NO_INDEX;
    }
    if (classes != NULL && classes->kind != DC_YAML_LIST) {
        dc_complain(loader->all, classes, "\"classes\" has to be a list");
        return;
    }
    map->n_classes = classes == NULL ? 0 : classes->n_items;
    map->classes = dc_arena_alloc(loader->arena, (map->n_classes + 1) * sizeof *map->classes);
    for (size_t i = 0; i < map->n_classes; i++) {
        read_class(loader, map, (int)i, classes->items[i]);
    }
    check_complete(loader, item, map);
}

const struct section dc_section_class_maps = {
    .key = "class_maps",
    .id_key = "map",
    .noun = "class map",
    .fields = map_fields,
    .raw_size = sizeof(struct raw_map),
    .array = offsetof(struct dc_taxonomy, class_maps),
    .n_array = offsetof(struct dc_taxonomy, n_class_maps),
    .item_size = sizeof(struct dc_class_map),
    .compile = compile_map,
};

/* ---- level maps ---- */

struct raw_level_map {
    struct dc_level_map map;
    const struct dc_yaml_node *name, *levels[DC_N_LEVELS];
};

#define AT(member) offsetof(struct raw_level_map, member)
static const struct dc_yaml_field level_map_fields[] = {
    {"map", DC_YAML_TEXT, AT(map.id), true, 0, 0, NULL},
    {"name", DC_YAML_NODE, AT(name), true, 0, 0, NULL},
    {"basis", DC_YAML_TEXT, AT(map.basis), true, 0, 0, NULL},
    {"verify", DC_YAML_BOOL, AT(map.verify), false, 0, 0, NULL},
    {"slot", DC_YAML_BOOL, AT(map.slot), false, 0, 0, NULL},
    {"general_1", DC_YAML_NODE, AT(levels[DC_LEVEL_GENERAL_1]), false, 0, 0, NULL},
    {"general_2", DC_YAML_NODE, AT(levels[DC_LEVEL_GENERAL_2]), false, 0, 0, NULL},
    {"general_3", DC_YAML_NODE, AT(levels[DC_LEVEL_GENERAL_3]), false, 0, 0, NULL},
    {"general_4", DC_YAML_NODE, AT(levels[DC_LEVEL_GENERAL_4]), false, 0, 0, NULL},
    {"important", DC_YAML_NODE, AT(levels[DC_LEVEL_IMPORTANT]), false, 0, 0, NULL},
    {"core", DC_YAML_NODE, AT(levels[DC_LEVEL_CORE]), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

static void compile_level_map(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_level_map *raw = item->raw;
    struct dc_level_map *map = out;

    *map = raw->map;
    map->basis = dc_loader_text(map->basis);
    dc_loader_label(loader, raw->name, &map->name);
    for (int i = 0; i < DC_N_LEVELS; i++) {
        if (raw->levels[i] == NULL && !map->slot) {
            dc_complain(loader->all, item->at, "level map \"%s\" says nothing of \"%s\"", item->id,
                        level_map_fields[i + 5].key);
        }
        dc_loader_label(loader, raw->levels[i], &map->levels[i]);
    }
}

const struct section dc_section_level_maps = {
    .key = "level_maps",
    .id_key = "map",
    .noun = "level map",
    .fields = level_map_fields,
    .raw_size = sizeof(struct raw_level_map),
    .array = offsetof(struct dc_taxonomy, level_maps),
    .n_array = offsetof(struct dc_taxonomy, n_level_maps),
    .item_size = sizeof(struct dc_level_map),
    .compile = compile_level_map,
};

/* ---- look-ups ---- */

const struct dc_label *dc_class_map_label(const struct dc_class_map *map, int leaf)
{
    static const struct dc_label none = {"", ""};

    return leaf == DC_NO_INDEX || map->of_leaf[leaf] == DC_NO_INDEX
               ? &none
               : &map->classes[map->of_leaf[leaf]];
}
