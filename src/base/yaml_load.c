/*
 * YAML text into a tree. Events, not libyaml's documents: only they tell where an alias stands. Aliased nodes are shared, not copied; what
 * they would weigh written out is counted, so that a small file cannot become a tree that nobody can walk.
 */
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "dcscan/text.h"
#include "dcscan/yaml.h"

#define MAX_FILE_SIZE ((size_t)64 * 1024 * 1024)
#define MAX_DEPTH     100
#define MAX_EXPANDED  ((size_t)4 * 1000 * 1000) /* nodes, aliases written out */

/* A subtree with what an alias to it costs. */
struct built {
    const struct dc_yaml_node *node;
    size_t height;  /* levels: 1 for a scalar */
    size_t n_nodes; /* with aliases written out */
};

struct anchor {
    char *name;
    struct built built; /* node NULL while its own content is being read */
};

struct loader {
    yaml_parser_t parser;
    struct dc_arena *arena;
    const char *file;
    const char *text; /* without a byte order mark */
    size_t size;
    struct anchor *anchors;
    size_t n_anchors, anchors_capacity;
    struct dc_err *err;
};

/* A collection being read. */
struct children {
    const struct dc_yaml_node **keys, **items;
    size_t n_items, items_capacity, n_keys, keys_capacity;
};

static enum dc_status read_node(struct loader *loader, yaml_event_t *event, size_t depth,
                                struct built *out);

static enum dc_status fail_at(struct loader *loader, yaml_mark_t mark, const char *what)
{
    return dc_err_set(loader->err, DC_ERR_CONFIG, "%s:%zu:%zu: %s", loader->file, mark.line + 1,
                      mark.column + 1, what);
}

/* Where a byte stands, for faults that libyaml finds before it counts lines. */
static yaml_mark_t mark_of_offset(const struct loader *loader, size_t offset)
{
    yaml_mark_t mark = {offset, 0, 0};
    const char *start = loader->text;

    for (size_t i = 0; i < offset && i < loader->size; i++) {
        if (loader->text[i] == '\n') {
            mark.line++;
            start = loader->text + i + 1;
        }
    }
    mark.column = dc_utf8_length(start, (size_t)(loader->text + offset - start));
    return mark;
}

static enum dc_status fail_parse(struct loader *loader)
{
    const yaml_parser_t *parser = &loader->parser;
    const char *problem = parser->problem == NULL ? "not valid YAML" : parser->problem;
    const char *context = parser->context == NULL ? "" : parser->context;
    yaml_mark_t mark = parser->problem_mark;
    enum dc_status status;

    if (parser->error == YAML_MEMORY_ERROR) {
        abort();
    }
    if (parser->error == YAML_READER_ERROR) {
        mark = mark_of_offset(loader, parser->problem_offset);
    }
    status = dc_err_set(loader->err, DC_ERR_CONFIG, "%s:%zu:%zu: %s%s%s", loader->file,
                        mark.line + 1, mark.column + 1, context, context[0] == '\0' ? "" : ": ",
                        problem);
    if (mark.index < loader->size && parser->error == YAML_SCANNER_ERROR &&
        memchr(loader->text, '\t', loader->size) != NULL &&
        strstr(problem, "cannot start") != NULL) {
        dc_err_set_hint(loader->err, "YAML is indented with spaces, never with tabs");
    }
    return status;
}

static enum dc_status next_event(struct loader *loader, yaml_event_t *event)
{
    return yaml_parser_parse(&loader->parser, event) ? DC_OK : fail_parse(loader);
}

static struct dc_yaml_node *create_node(struct loader *loader, enum dc_yaml_kind kind,
                                        yaml_mark_t mark)
{
    struct dc_yaml_node *node = dc_arena_alloc(loader->arena, sizeof *node);

    node->kind = kind;
    node->file = loader->file;
    node->line = mark.line + 1;
    node->column = mark.column + 1;
    return node;
}

/* ---- anchors ---- */

/* Index of the anchor; the last one of a name counts. n_anchors when unknown. */
static size_t find_anchor(const struct loader *loader, const char *name)
{
    for (size_t i = loader->n_anchors; i > 0; i--) {
        if (strcmp(loader->anchors[i - 1].name, name) == 0) {
            return i - 1;
        }
    }
    return loader->n_anchors;
}

static size_t open_anchor(struct loader *loader, const yaml_char_t *name)
{
    struct anchor *anchor;

    loader->anchors = dc_array_grow(loader->anchors, loader->n_anchors, &loader->anchors_capacity,
                                    sizeof *loader->anchors);
    anchor = &loader->anchors[loader->n_anchors];
    anchor->name = dc_strdup((const char *)name);
    return loader->n_anchors++;
}

static enum dc_status read_alias(struct loader *loader, const yaml_event_t *event, size_t depth,
                                 struct built *out)
{
    size_t index = find_anchor(loader, (const char *)event->data.alias.anchor);

    if (index == loader->n_anchors) {
        return fail_at(loader, event->start_mark, "alias to an anchor that was not set before");
    }
    if (loader->anchors[index].built.node == NULL) {
        return fail_at(loader, event->start_mark, "alias to a node that contains it");
    }
    *out = loader->anchors[index].built;
    if (depth + out->height - 1 > MAX_DEPTH) {
        return fail_at(loader, event->start_mark, "nested too deeply (more than 100 levels)");
    }
    return DC_OK;
}

/* ---- scalars ---- */

static enum dc_status read_scalar(struct loader *loader, const yaml_event_t *event,
                                  struct built *out)
{
    struct dc_yaml_node *node = create_node(loader, DC_YAML_SCALAR, event->start_mark);
    size_t size = event->data.scalar.length;
    char *text;

    if (memchr(event->data.scalar.value, '\0', size) != NULL) {
        return fail_at(loader, event->start_mark, "a text with a NUL character");
    }
    text = dc_arena_alloc(loader->arena, size + 1);
    memcpy(text, event->data.scalar.value, size);
    node->text = text;
    node->text_size = size;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    *out = (struct built){node, 1, 1};
    return DC_OK;
}

/* ---- collections ---- */

static int compare_keys(const void *left, const void *right)
{
    const struct dc_yaml_node *a = *(const struct dc_yaml_node *const *)left;
    const struct dc_yaml_node *b = *(const struct dc_yaml_node *const *)right;
    int order = strcmp(a->text, b->text);

    if (order != 0) {
        return order;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return a->column < b->column ? -1 : a->column > b->column;
}

/* The first key in the file that repeats an earlier one. */
static enum dc_status check_keys(struct loader *loader, const struct children *all)
{
    const struct dc_yaml_node *found = NULL, *earlier = NULL;
    const struct dc_yaml_node **sorted = dc_alloc(all->n_keys, sizeof *sorted);
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < all->n_keys; i++) {
        sorted[i] = all->keys[i];
    }
    qsort(sorted, all->n_keys, sizeof *sorted, compare_keys);
    for (size_t i = 1; i < all->n_keys; i++) {
        if (strcmp(sorted[i - 1]->text, sorted[i]->text) == 0 &&
            (found == NULL || sorted[i]->line < found->line)) {
            earlier = sorted[i - 1];
            found = sorted[i];
        }
    }
    if (found != NULL) {
        status = dc_err_set(loader->err, DC_ERR_CONFIG,
                            "%s:%zu:%zu: key \"%s\" was already given in line %zu", loader->file,
                            found->line, found->column, found->text, earlier->line);
    }
    free(sorted);
    return status;
}

static enum dc_status add_key(struct loader *loader, yaml_mark_t mark,
                              const struct dc_yaml_node *key, struct children *all)
{
    if (key->kind != DC_YAML_SCALAR) {
        return fail_at(loader, mark, "a key has to be a text");
    }
    if (!key->quoted && strcmp(key->text, "<<") == 0) {
        return fail_at(loader, mark, "merge keys (<<) are not supported; write the keys out");
    }
    all->keys = dc_array_grow(all->keys, all->n_keys, &all->keys_capacity, sizeof *all->keys);
    all->keys[all->n_keys++] = key;
    return DC_OK;
}

/* Files a child that was read: a key, a value or an item. */
static enum dc_status add_child(struct loader *loader, yaml_mark_t mark, const struct built *child,
                                bool is_map, struct children *all, struct built *whole)
{
    if (is_map && all->n_keys == all->n_items) {
        return add_key(loader, mark, child->node, all);
    }
    all->items = dc_array_grow(all->items, all->n_items, &all->items_capacity, sizeof *all->items);
    all->items[all->n_items++] = child->node;
    whole->n_nodes += child->n_nodes;
    whole->height = child->height + 1 > whole->height ? child->height + 1 : whole->height;
    return whole->n_nodes <= MAX_EXPANDED
               ? DC_OK
               : fail_at(loader, mark, "more than 4,000,000 nodes, aliases written out");
}

static enum dc_status read_children(struct loader *loader, bool is_map, size_t depth,
                                    struct children *all, struct built *whole)
{
    yaml_event_type_t end = is_map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    enum dc_status status;

    for (;;) {
        struct built child = {0};
        yaml_event_t event;
        yaml_mark_t mark;

        status = next_event(loader, &event);
        if (status != DC_OK) {
            return status;
        }
        if (event.type == end) {
            yaml_event_delete(&event);
            return DC_OK;
        }
        mark = event.start_mark;
        status = read_node(loader, &event, depth + 1, &child);
        if (status == DC_OK) {
            status = add_child(loader, mark, &child, is_map, all, whole);
        }
        if (status != DC_OK) {
            return status;
        }
    }
}

static const struct dc_yaml_node **copy_nodes(struct dc_arena *arena,
                                              const struct dc_yaml_node **nodes, size_t n)
{
    const struct dc_yaml_node **copy = dc_arena_alloc(arena, n * sizeof *copy);

    for (size_t i = 0; i < n; i++) {
        copy[i] = nodes[i];
    }
    return copy;
}

static enum dc_status read_collection(struct loader *loader, yaml_mark_t mark, bool is_map,
                                      size_t depth, struct built *out)
{
    struct dc_yaml_node *node = create_node(loader, is_map ? DC_YAML_MAP : DC_YAML_LIST, mark);
    struct children all = {0};
    struct built whole = {node, 1, 1};
    enum dc_status status;

    if (depth > MAX_DEPTH) {
        return fail_at(loader, mark, "nested too deeply (more than 100 levels)");
    }
    status = read_children(loader, is_map, depth, &all, &whole);
    if (status == DC_OK && is_map) {
        status = check_keys(loader, &all);
    }
    if (status == DC_OK) {
        node->n_items = all.n_items;
        node->items = copy_nodes(loader->arena, all.items, all.n_items);
        node->keys = is_map ? copy_nodes(loader->arena, all.keys, all.n_keys) : NULL;
        *out = whole;
    }
    free(all.keys);
    free(all.items);
    return status;
}

/* ---- any node ---- */

struct properties {
    const yaml_char_t *anchor, *tag;
};

static struct properties properties_of(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return (struct properties){event->data.scalar.anchor, event->data.scalar.tag};
    case YAML_SEQUENCE_START_EVENT:
        return (struct properties){event->data.sequence_start.anchor,
                                   event->data.sequence_start.tag};
    case YAML_MAPPING_START_EVENT:
        return (struct properties){event->data.mapping_start.anchor, event->data.mapping_start.tag};
    default:
        return (struct properties){NULL, NULL};
    }
}

static enum dc_status read_content(struct loader *loader, const yaml_event_t *event, size_t depth,
                                   struct built *out)
{
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return read_alias(loader, event, depth, out);
    case YAML_SCALAR_EVENT:
        return read_scalar(loader, event, out);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return read_collection(loader, event->start_mark, event->type == YAML_MAPPING_START_EVENT,
                               depth, out);
    default:
        return fail_at(loader, event->start_mark, "unexpected end of the document");
    }
}

/* Reads the node that begins with `event` and releases the event. */
static enum dc_status read_node(struct loader *loader, yaml_event_t *event, size_t depth,
                                struct built *out)
{
    struct properties given = properties_of(event);
    enum dc_status status;
    size_t anchor = 0;

    if (given.tag != NULL) {
        status = fail_at(loader, event->start_mark, "tags (!) are not supported");
        yaml_event_delete(event);
        return status;
    }
    if (given.anchor != NULL) {
        anchor = open_anchor(loader, given.anchor);
    }
    status = read_content(loader, event, depth, out);
    if (status == DC_OK && given.anchor != NULL) {
        loader->anchors[anchor].built = *out;
    }
    yaml_event_delete(event);
    return status;
}

/* Skips the events of stream and document that stand before a node; *found tells whether one follows in `event`. */
static enum dc_status next_root(struct loader *loader, yaml_event_t *event, bool *found)
{
    enum dc_status status = next_event(loader, event);

    while (status == DC_OK &&
           (event->type == YAML_STREAM_START_EVENT || event->type == YAML_DOCUMENT_START_EVENT ||
            event->type == YAML_DOCUMENT_END_EVENT)) {
        yaml_event_delete(event);
        status = next_event(loader, event);
    }
    if (status != DC_OK) {
        return status;
    }
    *found = event->type != YAML_STREAM_END_EVENT;
    if (!*found) {
        yaml_event_delete(event);
    }
    return DC_OK;
}

static enum dc_status read_document(struct loader *loader, const struct dc_yaml_node **root)
{
    yaml_mark_t top = {0, 0, 0};
    struct built built = {0};
    bool found = false;
    yaml_event_t event;
    enum dc_status status = next_root(loader, &event, &found);

    if (status == DC_OK && !found) {
        return fail_at(loader, top, "nothing in the file");
    }
    if (status == DC_OK) {
        status = read_node(loader, &event, 1, &built);
    }
    if (status == DC_OK) {
        status = next_root(loader, &event, &found);
    }
    if (status == DC_OK && found) {
        status = fail_at(loader, event.start_mark, "more than one document");
        yaml_event_delete(&event);
    }
    if (status == DC_OK) {
        *root = built.node;
    }
    return status;
}

static size_t first_invalid(const char *text, size_t size)
{
    size_t used, i = 0;
    uint32_t code;

    for (; i < size; i += used) {
        used = dc_utf8_next(text + i, size - i, &code);
        if (used == 1 && code == 0xFFFD) {
            break;
        }
    }
    return i;
}

enum dc_status dc_yaml_parse(const char *name, const char *text, size_t size,
                             struct dc_arena *arena, const struct dc_yaml_node **root,
                             struct dc_err *err)
{
    size_t skip = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    struct loader loader = {.arena = arena, .text = text + skip, .size = size - skip, .err = err};
    size_t invalid = first_invalid(loader.text, loader.size);
    enum dc_status status;

    loader.file = dc_arena_strdup(arena, name);
    if (invalid < loader.size) {
        return fail_at(&loader, mark_of_offset(&loader, invalid), "not valid UTF-8");
    }
    if (!yaml_parser_initialize(&loader.parser)) {
        abort();
    }
    yaml_parser_set_encoding(&loader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&loader.parser, (const unsigned char *)loader.text, loader.size);
    status = read_document(&loader, root);
    yaml_parser_delete(&loader.parser);
    for (size_t i = 0; i < loader.n_anchors; i++) {
        free(loader.anchors[i].name);
    }
    free(loader.anchors);
    return status;
}

enum dc_status dc_yaml_load(const char *path, struct dc_arena *arena,
                            const struct dc_yaml_node **root, struct dc_err *err)
{
    char *text = NULL;
    size_t size = 0;
    enum dc_status status = dc_file_read(path, MAX_FILE_SIZE, &text, &size, err);

    if (status != DC_OK) {
        return status;
    }
    status = dc_yaml_parse(path, text, size, arena, root, err);
    explicit_bzero(text, size); /* a configuration may hold passwords */
    free(text);
    return status;
}

const struct dc_yaml_node *dc_yaml_get(const struct dc_yaml_node *map, const char *key)
{
    if (map == NULL || map->kind != DC_YAML_MAP) {
        return NULL;
    }
    for (size_t i = 0; i < map->n_items; i++) {
        if (strcmp(map->keys[i]->text, key) == 0) {
            return map->items[i];
        }
    }
    return NULL;
}
