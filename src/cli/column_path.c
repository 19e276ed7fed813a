#include "column_path.h"

#include <string.h>

/* ---- reading ---- */

/* One part at *at, which moves behind it and its point. */
static const char *read_part(const char **at, struct dc_arena *arena)
{
    const char *from = *at;
    char *out = dc_arena_alloc(arena, strlen(from) + 1);
    size_t n = 0;
    bool quoted = *from == '"';

    from += quoted;
    while (*from != '\0' && (quoted ? *from != '"' || from[1] == '"' : *from != '.')) {
        from += quoted && *from == '"';
        out[n++] = *from++;
    }
    out[n] = '\0';
    from += quoted && *from == '"';
    *at = from;
    return out;
}

/* "items[*]" is a place in documents. */
static bool has_wildcard(const char *text)
{
    for (const char *at = strpbrk(text, "*?"); at != NULL; at = strpbrk(at + 1, "*?")) {
        if (at == text || at[-1] != '[') {
            return true;
        }
    }
    return false;
}

enum dc_status column_path_parse(const char *text, struct dc_arena *arena, struct column_path *out,
                                 struct dc_err *err)
{
    const char *at = text;

    *out = (struct column_path){.text = text};
    if (has_wildcard(text) && strchr(text, '"') == NULL) {
        dc_err_set(err, DC_ERR_USAGE, "could not explain \"%s\": one column at a time", text);
        dc_err_set_hint(err, "give SOURCE.TABLE.COLUMN without * and ?");
        return DC_ERR_USAGE;
    }
    for (;;) {
        if (out->n_parts == PATH_PARTS) {
            return dc_err_set(err, DC_ERR_USAGE, "\"%s\" has more than %d parts", text, PATH_PARTS);
        }
        out->parts[out->n_parts] = read_part(&at, arena);
        if (out->parts[out->n_parts++][0] == '\0') {
            return dc_err_set(err, DC_ERR_USAGE, "\"%s\" has an empty part", text);
        }
        if (*at == '\0') {
            return DC_OK;
        }
        if (*at++ != '.') {
            return dc_err_set(err, DC_ERR_USAGE, "\"%s\": a point is wanted behind a quoted part",
                              text);
        }
    }
}

/* ---- comparing ---- */

typedef bool equal_texts(const char *a, const char *b);

static bool is_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* Whether the parts are a row of names that a column goes by: some of them may be left out in front of the table. */
static bool is_named(const struct column_path *path, const char *const names[PATH_PARTS],
                     equal_texts *equal)
{
    size_t part = path->n_parts, optional = PATH_PARTS - 2;

    if (!equal(path->parts[--part], names[PATH_PARTS - 1])) {
        return false;
    }
    if (part > 0 && !equal(path->parts[--part], names[PATH_PARTS - 2])) {
        return false;
    }
    while (part > 0) {
        part--;
        while (optional > 0 && !equal(path->parts[part], names[optional - 1])) {
            optional--;
        }
        if (optional == 0) {
            return false;
        }
        optional--;
    }
    return true;
}

/* Names without points may be typed as they stand, points and all. */
static bool is_typed(const struct column_path *path, const struct dc_inventory_table *table,
                     const char *column)
{
    const char *rest = path->text;
    const char *const names[] = {table->source, table->name};

    for (size_t i = 0; i < 2; i++) {
        size_t size = strlen(names[i]);

        if (strncmp(rest, names[i], size) != 0 || rest[size] != '.') {
            return false;
        }
        rest += size + 1;
    }
    return strcmp(rest, column) == 0;
}

enum path_match column_path_match(const struct column_path *path,
                                  const struct dc_inventory_table *table, const char *column)
{
    const char *const names[PATH_PARTS] = {table->source, table->catalog, table->schema,
                                           table->name, column};
    const char *last = path->parts[path->n_parts - 1];

    if (is_named(path, names, is_equal) || is_typed(path, table, column)) {
        return PATH_EXACT;
    }
    if (is_named(path, names, dc_text_equal_nocase)) {
        return PATH_NOCASE;
    }
    if (path->n_parts > 1 && !dc_text_equal_nocase(path->parts[path->n_parts - 2], table->name)) {
        return dc_text_equal_nocase(last, column) ? PATH_NEAR : PATH_NO;
    }
    return path->n_parts > 1 || (strlen(last) >= 4 && strstr(column, last) != NULL) ? PATH_NEAR
                                                                                    : PATH_NO;
}

/* ---- writing ---- */

static const char *quoted(struct dc_arena *arena, const char *part)
{
    char *out, *to;

    if (part[0] != '\0' && strpbrk(part, ".\"") == NULL) {
        return part;
    }
    out = to = dc_arena_alloc(arena, strlen(part) * 2 + 3);
    *to++ = '"';
    for (; *part != '\0'; part++) {
        if (*part == '"') {
            *to++ = '"';
        }
        *to++ = *part;
    }
    *to++ = '"';
    *to = '\0';
    return out;
}

const char *table_path_name(struct dc_arena *arena, const struct dc_inventory_table *table)
{
    const char *schema = table->schema[0] == '\0' ? "" : quoted(arena, table->schema);

    return dc_arena_printf(arena, "%s.%s%s%s", quoted(arena, table->source), schema,
                           schema[0] == '\0' ? "" : ".", quoted(arena, table->name));
}

const char *column_path_name(struct dc_arena *arena, const struct dc_inventory_table *table,
                             const char *column)
{
    return dc_arena_printf(arena, "%s.%s", table_path_name(arena, table), quoted(arena, column));
}
