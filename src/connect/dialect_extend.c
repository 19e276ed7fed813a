/* `extends: NAME`: a dialect that says only what it has of its own; the rest stands in NAME.yaml beside it. */
#include <string.h>

#include "dcscan/text.h"
#include "dialect_load.h"

/* What makes a dialect itself is never taken over. */
static const char *const own_keys[] = {"name", "title",    "tested",  "note",
                                       "dbms", "versions", "drivers", "extends"};

static bool is_own(const char *key)
{
    for (size_t i = 0; i < sizeof own_keys / sizeof own_keys[0]; i++) {
        if (strcmp(own_keys[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/* An unquoted null takes away what the other has. */
static bool is_taken_away(const struct dc_yaml_node *item)
{
    return item->kind == DC_YAML_SCALAR && !item->quoted && strcmp(item->text, "null") == 0;
}

static void put(struct dc_yaml_node *map, const struct dc_yaml_node *key,
                const struct dc_yaml_node *item)
{
    map->keys[map->n_items] = key;
    map->items[map->n_items++] = item;
}

static const struct dc_yaml_node *merge(const struct dc_yaml_node *base,
                                        const struct dc_yaml_node *own, bool top,
                                        struct dc_arena *arena)
{
    struct dc_yaml_node *map = dc_arena_alloc(arena, sizeof *map);
    size_t capacity = base->n_items + own->n_items + 1;

    *map = *own;
    map->n_items = 0;
    map->keys = dc_arena_alloc(arena, capacity * sizeof *map->keys);
    map->items = dc_arena_alloc(arena, capacity * sizeof *map->items);
    for (size_t i = 0; i < base->n_items; i++) {
        if (!(top && is_own(base->keys[i]->text)) &&
            dc_yaml_get(own, base->keys[i]->text) == NULL) {
            put(map, base->keys[i], base->items[i]);
        }
    }
    for (size_t i = 0; i < own->n_items; i++) {
        const struct dc_yaml_node *item = own->items[i],
                                  *below = dc_yaml_get(base, own->keys[i]->text);
        bool both = top && below != NULL && below->kind == DC_YAML_MAP && item->kind == DC_YAML_MAP;

        if (!is_taken_away(item) && !(top && strcmp(own->keys[i]->text, "extends") == 0)) {
            put(map, own->keys[i], both ? merge(below, item, false, arena) : item);
        }
    }
    return map;
}

const struct dc_yaml_node *dc_dialect_extend(const char *path, const struct dc_yaml_node *root,
                                             struct dc_arena *arena, struct dc_complaints *all)
{
    const struct dc_yaml_node *name = root->kind == DC_YAML_MAP ? dc_yaml_get(root, "extends")
                                                                : NULL;
    const struct dc_yaml_node *base = NULL;
    struct dc_err err = {0};

    if (name == NULL) {
        return root;
    }
    if (name->kind != DC_YAML_SCALAR || strpbrk(name->text, "/.") != NULL) {
        dc_complain(all, name, "\"extends\" takes the name of a dialect");
        return NULL;
    }
    if (dc_yaml_load(dc_path_beside(arena, path, dc_arena_printf(arena, "%s.yaml", name->text)),
                     arena, &base, &err) != DC_OK) {
        dc_complain(all, name, "could not extend \"%s\": %s", name->text, err.message);
        return NULL;
    }
    if (base->kind != DC_YAML_MAP || dc_yaml_get(base, "extends") != NULL) {
        dc_complain(all, name, "\"%s\" cannot be extended: it is no dialect that stands alone",
                    name->text);
        return NULL;
    }
    return merge(base, root, true, arena);
}
