/* Section `overrides`: a plant's own decisions for columns by pattern of source, table and column. */
#include <strings.h>

#include "loader.h"

struct raw_override {
    struct dc_override override;
    int64_t level;
};

static const struct raw_override defaults = {
    .override = {.source = "*", .schema = "*", .table = "*", .column = "*"}};

#define AT(member) offsetof(struct raw_override, member)
static const struct dc_yaml_field fields[] = {
    {"override", DC_YAML_TEXT, AT(override.id), true, 0, 0, NULL},
    {"source", DC_YAML_TEXT, AT(override.source), false, 0, 0, NULL},
    {"schema", DC_YAML_TEXT, AT(override.schema), false, 0, 0, NULL},
    {"table", DC_YAML_TEXT, AT(override.table), false, 0, 0, NULL},
    {"column", DC_YAML_TEXT, AT(override.column), false, 0, 0, NULL},
    {"leaf", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"level", DC_YAML_INT, AT(level), false, 1, 4, NULL},
    {"reason", DC_YAML_TEXT, AT(override.reason), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

static void compile(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_override *raw = item->raw;
    struct dc_override *override = out;

    *override = raw->override;
    override->level = (int)raw->level;
    override->leaf = dc_loader_ref_key(loader, SECTION_LEAVES, item, "leaf");
    override->reason = dc_loader_text(override->reason);
    if (dc_yaml_get(item->at, "leaf") == NULL && dc_yaml_get(item->at, "level") == NULL) {
        dc_complain(loader->all, item->at, "override \"%s\" gives neither \"leaf\" nor \"level\"",
                    item->id);
    }
    if (dc_yaml_get(item->at, "source") == NULL && dc_yaml_get(item->at, "table") == NULL &&
        dc_yaml_get(item->at, "column") == NULL) {
        dc_complain(loader->all, item->at,
                    "override \"%s\" would decide every column: give \"source\", \"table\" or "
                    "\"column\"",
                    item->id);
    }
}

static bool same_columns(const struct dc_override *a, const struct dc_override *b)
{
    return strcasecmp(a->source, b->source) == 0 && strcasecmp(a->schema, b->schema) == 0 &&
           strcasecmp(a->table, b->table) == 0 && strcasecmp(a->column, b->column) == 0;
}

static bool decide_alike(const struct dc_override *a, const struct dc_override *b)
{
    return (a->leaf == b->leaf || a->leaf == DC_NO_INDEX || b->leaf == DC_NO_INDEX) &&
           (a->level == b->level || a->level == 0 || b->level == 0);
}

void dc_check_overrides(struct loader *loader)
{
    const struct item *items = loader->sections[SECTION_OVERRIDES].items;
    const struct dc_override *all = loader->taxonomy->overrides;

    for (size_t i = 1; i < loader->taxonomy->n_overrides; i++) {
        for (size_t k = 0; k < i; k++) {
            if (items[i].layer == items[k].layer && same_columns(&all[i], &all[k]) &&
                !decide_alike(&all[i], &all[k])) {
                dc_complain(loader->all, items[i].at,
                            "overrides \"%s\" and \"%s\" (%s:%zu) decide the same columns "
                            "differently",
                            all[i].id, all[k].id, items[k].at->file, items[k].at->line);
            }
        }
    }
}

const struct section dc_section_overrides = {
    .key = "overrides",
    .id_key = "override",
    .noun = "override",
    .fields = fields,
    .raw_size = sizeof(struct raw_override),
    .defaults = &defaults,
    .array = offsetof(struct dc_taxonomy, overrides),
    .n_array = offsetof(struct dc_taxonomy, n_overrides),
    .item_size = sizeof(struct dc_override),
    .compile = compile,
};
