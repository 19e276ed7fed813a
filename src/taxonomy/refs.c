/* References between items, and small shapes that several sections share. */
#include <string.h>

#include "loader.h"

#define MAX_ID 64 /* longer ids get no suggestion */

const char *dc_loader_text(const char *text)
{
    return text == NULL ? "" : text;
}

bool dc_loader_is_map(struct loader *loader, const struct dc_yaml_node *node)
{
    if (node->kind == DC_YAML_MAP) {
        return true;
    }
    dc_complain(loader->all, node, "expected a map of keys and values");
    return false;
}

/* ---- suggestions ---- */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits (insert, delete, replace, swap of neighbours) between two ids of at most MAX_ID bytes. */
static size_t distance(const char *a, const char *b)
{
    size_t table[3][MAX_ID + 1]; /* rows i - 2, i - 1 and i of the edit table, by turns */
    size_t n_a = strlen(a), n_b = strlen(b);

    for (size_t j = 0; j <= n_b; j++) {
        table[0][j] = j;
    }
    for (size_t i = 1; i <= n_a; i++) {
        size_t *row = table[i % 3], *above = table[(i + 2) % 3], *before = table[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            row[j] = smaller(above[j - 1] + (a[i - 1] != b[j - 1]),
                             smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = smaller(row[j], before[j - 2] + 1);
            }
        }
    }
    return table[n_a % 3][n_b];
}

/* The id nearest to a text: at most a third of it edited, two edits at most; NULL when none is near. */
static const char *nearest(const struct collected *among, const char *text)
{
    const char *best = NULL;
    size_t third = strlen(text) / 3;
    size_t bound = third < 1 ? 2 : third > 2 ? 3 : third + 1;

    for (size_t i = 0; strlen(text) <= MAX_ID && i < among->n_items; i++) {
        const char *id = among->items[i].id;

        if (id != NULL && strlen(id) <= MAX_ID && distance(text, id) < bound) {
            bound = distance(text, id);
            best = id;
        }
    }
    return best;
}

/* ---- references ---- */

int dc_loader_ref(struct loader *loader, enum section_id section, const struct dc_yaml_node *node)
{
    const struct collected *among = &loader->sections[section];
    const char *noun = dc_sections[section]->noun;
    const char *near;
    int index;

    if (node == NULL) {
        return DC_NO_INDEX;
    }
    if (node->kind != DC_YAML_SCALAR) {
        dc_complain(loader->all, node, "expected the id of a %s", noun);
        return DC_NO_INDEX;
    }
    index = dc_idmap_find(&among->ids, node->text);
    if (index < 0) {
        near = nearest(among, node->text);
        dc_complain(loader->all, node, "unknown %s \"%s\"%s%s%s", noun, node->text,
                    near == NULL ? "" : "; did you mean \"", dc_loader_text(near),
                    near == NULL ? "" : "\"?");
        return DC_NO_INDEX;
    }
    return index;
}

int dc_loader_ref_key(struct loader *loader, enum section_id section, const struct item *item,
                      const char *key)
{
    return dc_loader_ref(loader, section, dc_yaml_get(item->at, key));
}

void dc_loader_refs(struct loader *loader, enum section_id section, const struct dc_yaml_node *node,
                    int **out, size_t *n_out)
{
    const struct dc_yaml_node *const *items;
    size_t n;

    if (node == NULL) {
        return;
    }
    items = node->kind == DC_YAML_LIST ? node->items : &node;
    n = node->kind == DC_YAML_LIST ? node->n_items : 1;
    *out = dc_arena_alloc(loader->arena, n * sizeof **out);
    *n_out = 0;
    for (size_t i = 0; i < n; i++) {
        int index = dc_loader_ref(loader, section, items[i]);

        if (index != DC_NO_INDEX) {
            (*out)[(*n_out)++] = index;
        }
    }
}

/* ---- labels ---- */

void dc_loader_label(struct loader *loader, const struct dc_yaml_node *node, struct dc_label *out)
{
    static const struct dc_yaml_field fields[] = {
        {"zh", DC_YAML_TEXT, offsetof(struct dc_label, zh), true, 0, 0, NULL},
        {"en", DC_YAML_TEXT, offsetof(struct dc_label, en), true, 0, 0, NULL},
        {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    };

    *out = (struct dc_label){NULL, NULL};
    if (node != NULL) {
        dc_yaml_read(node, fields, out, loader->arena, loader->all);
    }
    out->zh = dc_loader_text(out->zh);
    out->en = dc_loader_text(out->en);
}
