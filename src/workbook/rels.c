/* Relations: which part of the package is what. Only parts of the package count; a target outside is never followed. */
#include <stdlib.h>
#include <string.h>

#include "workbook_internal.h"

#define MAX_RELATIONS 20000

struct reading {
    struct relations *relations;
    struct xml *xml;
    struct dc_err *err;
};

/* "worksheets/sheet1.xml" in "xl/", "/xl/worksheets/sheet1.xml", "../xl/…" → the name in the zip. */
static const char *resolve(struct dc_arena *arena, const char *folder, const char *target)
{
    size_t size = strlen(folder);

    if (target[0] == '/') {
        return dc_arena_strdup(arena, target + 1);
    }
    while (strncmp(target, "../", 3) == 0) {
        target += 3;
        while (size > 0 && folder[size - 1] == '/') {
            size--;
        }
        while (size > 0 && folder[size - 1] != '/') {
            size--;
        }
    }
    return dc_arena_printf(arena, "%.*s%s", (int)size, folder, target);
}

static void on_start(void *user, const char *name, const char **attributes)
{
    struct reading *reading = user;
    struct relations *relations = reading->relations;
    const char *target = xml_attribute(attributes, "Target"), *id = xml_attribute(attributes, "Id");
    const char *type = xml_attribute(attributes, "Type");
    const char *mode = xml_attribute(attributes, "TargetMode");

    if (strcmp(name, "Relationship") != 0 || target == NULL || id == NULL || type == NULL ||
        (mode != NULL && strcmp(mode, "External") == 0)) {
        return;
    }
    if (relations->n_items == MAX_RELATIONS) {
        dc_err_set(reading->err, DC_ERR_CONFIG, "it has more than %d relations", MAX_RELATIONS);
        xml_fail(reading->xml, DC_ERR_CONFIG);
        return;
    }
    relations->items = dc_array_grow(relations->items, relations->n_items, &relations->capacity,
                                     sizeof *relations->items);
    relations->items[relations->n_items++] = (struct relation){
        .id = dc_arena_strdup(relations->arena, id),
        .type = dc_arena_strdup(relations->arena, type),
        .target = resolve(relations->arena, relations->folder, target)};
}

static const struct xml_events events = {.start = on_start};

enum dc_status relations_read(struct package *package, const char *part, struct dc_arena *arena,
                              struct relations *out, struct dc_err *err)
{
    const char *slash = strrchr(part, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - part) + 1;
    struct reading reading = {.relations = out, .err = err};
    bool found;

    *out = (struct relations){.arena = arena, .folder = dc_arena_strndup(arena, part, size)};
    return package_parse(package,
                         dc_arena_printf(arena, "%s_rels/%s.rels", out->folder, part + size),
                         &events, &reading, &reading.xml, &found, err);
}

const char *relations_by_id(const struct relations *relations, const char *id)
{
    for (size_t i = 0; i < relations->n_items; i++) {
        if (strcmp(relations->items[i].id, id) == 0) {
            return relations->items[i].target;
        }
    }
    return NULL;
}

const char *relations_by_type(const struct relations *relations, const char *ending)
{
    size_t size = strlen(ending);

    for (size_t i = 0; i < relations->n_items; i++) {
        const char *type = relations->items[i].type;

        if (strlen(type) >= size && strcmp(type + strlen(type) - size, ending) == 0) {
            return relations->items[i].target;
        }
    }
    return NULL;
}
