/* Sections `known_fields` and `known_tables`: groups by system, each line of which becomes an item of its own. */
#include <string.h>

#include "dcscan/strbuf.h"
#include "loader.h"

#define MAX_KEY 1024

struct raw_known {
    const char *system, *name;
    struct dc_texts tables;
    int64_t prefix;
    const struct dc_yaml_node *means; /* concepts or {leaf: CODE}; subject of a table */
};

struct group {
    const char *system;
    struct dc_texts tables;
    int64_t prefix;
    const struct dc_yaml_node *lines;
};

#define AT(member) offsetof(struct group, member)
static const struct dc_yaml_field field_group[] = {
    {"system", DC_YAML_TEXT, AT(system), true, 0, 0, NULL},
    {"tables", DC_YAML_TEXTS, AT(tables), false, 0, 0, NULL},
    {"prefix", DC_YAML_INT, AT(prefix), false, 1, DC_KNOWN_PREFIX_MAX, NULL},
    {"fields", DC_YAML_NODE, AT(lines), true, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
static const struct dc_yaml_field table_group[] = {
    {"system", DC_YAML_TEXT, AT(system), true, 0, 0, NULL},
    {"tables", DC_YAML_NODE, AT(lines), true, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

/* What makes a line the same as another one: system, name without case, and the tables it is valid in. */
static const char *line_id(struct loader *loader, const struct group *group, const char *name)
{
    struct dc_strbuf id = DC_STRBUF_INIT(MAX_KEY);
    const char *text;

    dc_strbuf_printf(&id, "%s/", dc_loader_text(group->system));
    for (const char *byte = name; *byte != '\0'; byte++) {
        dc_strbuf_putc(&id, (char)(*byte >= 'A' && *byte <= 'Z' ? *byte + ('a' - 'A') : *byte));
    }
    for (size_t i = 0; i < group->tables.n_items; i++) {
        dc_strbuf_printf(&id, "@%s", group->tables.items[i]);
    }
    text = dc_arena_strdup(loader->scratch, dc_strbuf_text(&id));
    dc_strbuf_done(&id);
    return text;
}

static void collect_group(struct loader *loader, enum section_id section,
                          const struct dc_yaml_node *node, const struct dc_yaml_field *fields)
{
    struct group group = {NULL, {NULL, 0}, 0, NULL};

    dc_yaml_read(node, fields, &group, loader->arena, loader->all);
    if (group.lines == NULL || !dc_loader_is_map(loader, group.lines)) {
        return;
    }
    for (size_t i = 0; i < group.lines->n_items; i++) {
        const struct dc_yaml_node *key = group.lines->keys[i];
        struct raw_known *raw = dc_arena_alloc(loader->scratch, sizeof *raw);
        struct item item = {line_id(loader, &group, key->text), key, loader->layer, raw};

        *raw = (struct raw_known){dc_loader_text(group.system),
                                  dc_arena_strdup(loader->arena, key->text), group.tables,
                                  group.prefix, group.lines->items[i]};
        dc_loader_add(loader, section, &item, key);
    }
}

static void collect_groups(struct loader *loader, enum section_id section,
                           const struct dc_yaml_node *node)
{
    const struct dc_yaml_field *fields = section == SECTION_KNOWN_FIELDS ? field_group
                                                                         : table_group;

    if (node->kind != DC_YAML_LIST) {
        if (node->kind == DC_YAML_MAP || node->text_size > 0) {
            dc_complain(loader->all, node, "\"%s\" has to be a list", dc_sections[section]->key);
        }
        return;
    }
    for (size_t i = 0; i < node->n_items; i++) {
        collect_group(loader, section, node->items[i], fields);
    }
}

static void compile_field(struct loader *loader, const struct item *item, void *out)
{
    static const struct dc_yaml_field fields[] = {
        {"leaf", DC_YAML_IGNORE, 0, true, 0, 0, NULL},
        {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    };
    const struct raw_known *raw = item->raw;
    struct dc_known_field *field = out;

    *field = (struct dc_known_field){raw->system, raw->name,   NULL,       0,
                                     DC_NO_INDEX, raw->tables, raw->prefix};
    if (raw->means->kind != DC_YAML_MAP) {
        dc_loader_refs(loader, SECTION_LEXICON, raw->means, &field->concepts, &field->n_concepts);
        return;
    }
    dc_yaml_read(raw->means, fields, field, loader->arena, loader->all);
    field->leaf = dc_loader_ref(loader, SECTION_LEAVES, dc_yaml_get(raw->means, "leaf"));
}

static void compile_table(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_known *raw = item->raw;
    struct dc_known_table *table = out;

    *table = (struct dc_known_table){raw->system, raw->name,
                                     dc_loader_ref(loader, SECTION_SUBJECTS, raw->means)};
}

const struct section dc_section_known_fields = {
    .key = "known_fields",
    .noun = "known field",
    .raw_size = sizeof(struct raw_known),
    .array = offsetof(struct dc_taxonomy, known_fields),
    .n_array = offsetof(struct dc_taxonomy, n_known_fields),
    .item_size = sizeof(struct dc_known_field),
    .collect = collect_groups,
    .compile = compile_field,
};

const struct section dc_section_known_tables = {
    .key = "known_tables",
    .noun = "known table",
    .raw_size = sizeof(struct raw_known),
    .array = offsetof(struct dc_taxonomy, known_tables),
    .n_array = offsetof(struct dc_taxonomy, n_known_tables),
    .item_size = sizeof(struct dc_known_table),
    .collect = collect_groups,
    .compile = compile_table,
};
