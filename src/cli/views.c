#include "views.h"

static struct dc_class_view view_of(const struct dc_taxonomy *taxonomy,
                                    const struct dc_class_map *map, size_t class_,
                                    struct dc_arena *arena)
{
    const char **codes = dc_arena_alloc(arena, (taxonomy->n_leaves + 1) * sizeof *codes);
    struct dc_class_view view = {.standard_zh = map->name.zh,
                                 .standard_en = map->name.en,
                                 .class_zh = map->classes[class_].zh,
                                 .class_en = map->classes[class_].en,
                                 .basis = map->basis,
                                 .verify = map->verify,
                                 .leaves = {codes, 0}};

    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        if (map->of_leaf[i] == (int)class_) {
            codes[view.leaves.n_items++] = taxonomy->leaves[i].code;
        }
    }
    return view;
}

const struct dc_class_view *views_of(const struct dc_taxonomy *taxonomy, struct dc_arena *arena,
                                     size_t *n)
{
    struct dc_class_view *views;
    size_t capacity = 0;

    for (size_t i = 0; i < taxonomy->n_class_maps; i++) {
        capacity += taxonomy->class_maps[i].n_classes;
    }
    views = dc_arena_alloc(arena, (capacity + 1) * sizeof *views);
    *n = 0;
    for (size_t i = 0; i < taxonomy->n_class_maps; i++) {
        const struct dc_class_map *map = &taxonomy->class_maps[i];

        for (size_t j = 0; j < map->n_classes; j++) {
            views[(*n)++] = view_of(taxonomy, map, j, arena);
        }
    }
    return views;
}
