/* The taxonomy as JSON. */
#include <stdio.h>

#include "dcscan/impact.h"
#include "taxonomy_views.h"

void taxonomy_json_out(json_t *json)
{
    json_dumpf(json, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(json);
}

json_t *taxonomy_label_json(const struct dc_label *label)
{
    return json_pack("{s:s, s:s}", "zh", label->zh == NULL ? "" : label->zh, "en",
                     label->en == NULL ? "" : label->en);
}

static json_t *leaf_of(const struct dc_taxonomy *taxonomy, int index)
{
    const struct dc_leaf *leaf = &taxonomy->leaves[index];
    json_t *candidates = json_array(), *maps = json_object();

    for (size_t i = 0; i < leaf->n_candidates; i++) {
        json_array_append_new(candidates,
                              json_string(taxonomy->candidate_rules[leaf->candidates[i]].id));
    }
    for (size_t i = 0; i < taxonomy->n_class_maps; i++) {
        const struct dc_class_map *map = &taxonomy->class_maps[i];

        json_object_set_new(maps, map->id, taxonomy_label_json(dc_class_map_label(map, index)));
    }
    json_t *object = json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:i, s:s, s:s, s:b, s:s, s:s, s:b, s:o, s:o}", "code",
        leaf->code, "name", taxonomy_label_json(&leaf->name), "class1",
        taxonomy_label_json(&leaf->class1), "class2", taxonomy_label_json(&leaf->class2), "miit",
        taxonomy_label_json(&leaf->miit), "level", leaf->level, "pi", dc_pi_name(leaf->pi), "basis",
        leaf->basis, "verify", leaf->verify, "elements", leaf->elements, "boundary", leaf->boundary,
        "technical", leaf->technical, "candidates", candidates, "maps", maps);
    struct dc_impact impact = dc_impact_of(leaf->pi, leaf->level);
    enum dc_impact_object reach = leaf->pi != DC_PI_NONE ? DC_IMPACT_PUBLIC_INTEREST : leaf->reach;

    json_object_set_new(object, "impact_object",
                        leaf->level == 0 ? json_null()
                                         : json_string(dc_impact_object_name(impact.object)));
    json_object_set_new(object, "impact_degree",
                        leaf->level == 0 ? json_null()
                                         : json_string(dc_impact_degree_name(impact.degree)));
    json_object_set_new(object, "impact_at_scale",
                        reach == DC_N_IMPACT_OBJECTS ? json_null()
                                                     : json_string(dc_impact_object_name(reach)));
    return object;
}

void taxonomy_list_json(const struct dc_taxonomy *taxonomy)
{
    json_t *list = json_array();

    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        json_array_append_new(list, leaf_of(taxonomy, (int)i));
    }
    taxonomy_json_out(list);
}

void taxonomy_show_json(const struct dc_taxonomy *taxonomy, int leaf)
{
    taxonomy_json_out(leaf_of(taxonomy, leaf));
}

static json_t *class_map_of(const struct dc_taxonomy *taxonomy, const struct dc_class_map *map)
{
    json_t *leaves = json_object();

    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_label *label = dc_class_map_label(map, (int)i);

        if (label->zh[0] != '\0') {
            json_object_set_new(leaves, taxonomy->leaves[i].code, taxonomy_label_json(label));
        }
    }
    return json_pack("{s:s, s:o, s:s, s:b, s:b, s:o}", "map", map->id, "name",
                     taxonomy_label_json(&map->name), "basis", map->basis, "verify", map->verify,
                     "slot", map->slot, "leaves", leaves);
}

static json_t *level_map_of(const struct dc_level_map *map)
{
    static const char *const keys[DC_N_LEVELS] = {"general_1", "general_2", "general_3",
                                                  "general_4", "important", "core"};
    json_t *levels = json_object();

    for (int i = 0; i < DC_N_LEVELS; i++) {
        json_object_set_new(levels, keys[i], taxonomy_label_json(&map->levels[i]));
    }
    return json_pack("{s:s, s:o, s:s, s:b, s:b, s:o}", "map", map->id, "name",
                     taxonomy_label_json(&map->name), "basis", map->basis, "verify", map->verify,
                     "slot", map->slot, "levels", levels);
}

void taxonomy_map_json(const struct dc_taxonomy *taxonomy)
{
    json_t *classes = json_array(), *levels = json_array();

    for (size_t i = 0; i < taxonomy->n_class_maps; i++) {
        json_array_append_new(classes, class_map_of(taxonomy, &taxonomy->class_maps[i]));
    }
    for (size_t i = 0; i < taxonomy->n_level_maps; i++) {
        json_array_append_new(levels, level_map_of(&taxonomy->level_maps[i]));
    }
    taxonomy_json_out(json_pack("{s:o, s:o}", "class_maps", classes, "level_maps", levels));
}
