/* The sections of a taxonomy file: reading their items, and compiling them when all ids are known. */
#include <stdlib.h>
#include <string.h>

#include "loader.h"

const struct section *const dc_sections[N_SECTIONS] = {
    [SECTION_LEAVES] = &dc_section_leaves,
    [SECTION_LEXICON] = &dc_section_lexicon,
    [SECTION_ROLES] = &dc_section_roles,
    [SECTION_COMBINATIONS] = &dc_section_combinations,
    [SECTION_SUBJECTS] = &dc_section_subjects,
    [SECTION_KNOWN_FIELDS] = &dc_section_known_fields,
    [SECTION_KNOWN_TABLES] = &dc_section_known_tables,
    [SECTION_VALUES] = &dc_section_values,
    [SECTION_LEVEL_RULES] = &dc_section_level_rules,
    [SECTION_CANDIDATE_RULES] = &dc_section_candidate_rules,
    [SECTION_CLASS_MAPS] = &dc_section_class_maps,
    [SECTION_LEVEL_MAPS] = &dc_section_level_maps,
    [SECTION_WEIGHTS] = &dc_section_weights,
    [SECTION_OVERRIDES] = &dc_section_overrides,
};

/* An id may stand in a column of a workbook, on a command line and in a file name. */
static bool is_id(const char *id)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

    return id[0] != '\0' && id[strspn(id, allowed)] == '\0';
}

/* Notes that an overlay changes what an earlier file says. */
static void note_replacement(struct loader *loader, enum section_id section,
                             const struct item *earlier, const struct dc_yaml_node *where)
{
    struct dc_replacement *note;

    loader->replacements = dc_array_grow(loader->replacements, loader->n_replacements,
                                         &loader->replacements_capacity,
                                         sizeof *loader->replacements);
    note = &loader->replacements[loader->n_replacements++];
    *note = (struct dc_replacement){.noun = dc_sections[section]->noun,
                                    .id = dc_arena_strdup(loader->arena, where->text),
                                    .file = dc_arena_strdup(loader->arena, earlier->at->file),
                                    .by_file = dc_arena_strdup(loader->arena, where->file),
                                    .line = earlier->at->line,
                                    .by_line = where->line,
                                    .between_overlays = earlier->layer > 0};
}

void dc_loader_add(struct loader *loader, enum section_id section, const struct item *item,
                   const struct dc_yaml_node *where)
{
    struct collected *into = &loader->sections[section];
    int known = item->id == NULL ? -1 : dc_idmap_find(&into->ids, item->id);

    if (known >= 0 && into->items[known].layer == loader->layer) {
        const struct dc_yaml_node *first = into->items[known].at;

        dc_complain(loader->all, where, "%s \"%s\" is defined twice, first at %s:%zu",
                    dc_sections[section]->noun, where->text, first->file, first->line);
        return;
    }
    if (known >= 0) {
        note_replacement(loader, section, &into->items[known], where);
        into->items[known] = *item;
        return;
    }
    into->items = dc_array_grow(into->items, into->n_items, &into->capacity, sizeof *into->items);
    into->items[into->n_items] = *item;
    if (item->id != NULL) {
        dc_idmap_add(&into->ids, item->id, (int)into->n_items);
    }
    into->n_items++;
}

/* Reads one map of a section's list. What is wrong inside it is told; what can be used of it is kept for the references. */
static void collect_item(struct loader *loader, enum section_id id, const struct dc_yaml_node *node)
{
    const struct section *section = dc_sections[id];
    struct item item = {NULL, node, loader->layer, NULL};
    const struct dc_yaml_node *name;

    item.raw = dc_arena_alloc(loader->scratch, section->raw_size);
    if (section->defaults != NULL) {
        memcpy(item.raw, section->defaults, section->raw_size);
    }
    dc_yaml_read(node, section->fields, item.raw, loader->arena, loader->all);
    if (node->kind != DC_YAML_MAP) {
        return;
    }
    name = section->id_key == NULL ? node : dc_yaml_get(node, section->id_key);
    if (name == NULL || (section->id_key != NULL && name->kind != DC_YAML_SCALAR)) {
        return; /* told by the schema */
    }
    if (section->id_key != NULL) {
        item.id = name->text;
        if (!is_id(item.id)) {
            dc_complain(loader->all, name, "\"%s\" is no id: letters, digits, - _ . only", item.id);
        }
    }
    dc_loader_add(loader, id, &item, name);
}

static void collect_list(struct loader *loader, enum section_id id, const struct dc_yaml_node *node)
{
    if (node->kind != DC_YAML_LIST) {
        if (node->kind == DC_YAML_MAP || node->text_size > 0) {
            dc_complain(loader->all, node, "\"%s\" has to be a list", dc_sections[id]->key);
        }
        return;
    }
    for (size_t i = 0; i < node->n_items; i++) {
        collect_item(loader, id, node->items[i]);
    }
}

void dc_loader_collect(struct loader *loader, const struct dc_yaml_node *root)
{
    for (enum section_id id = 0; id < N_SECTIONS; id++) {
        const struct dc_yaml_node *node = dc_yaml_get(root, dc_sections[id]->key);

        if (node == NULL) {
            continue;
        }
        if (dc_sections[id]->collect != NULL) {
            dc_sections[id]->collect(loader, id, node);
        } else {
            collect_list(loader, id, node);
        }
    }
}

void dc_loader_compile(struct loader *loader)
{
    for (enum section_id id = 0; id < N_SECTIONS; id++) {
        const struct section *section = dc_sections[id];
        const struct collected *from = &loader->sections[id];
        char *array = dc_arena_alloc(loader->arena, from->n_items * section->item_size);

        memcpy((char *)loader->taxonomy + section->array, &array, sizeof array);
        memcpy((char *)loader->taxonomy + section->n_array, &from->n_items, sizeof from->n_items);
        for (size_t i = 0; i < from->n_items; i++) {
            section->compile(loader, &from->items[i], array + i * section->item_size);
        }
    }
}
