/* Field and table names of well-known systems. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "name_read.h"

#define MAX_NAME 128 /* bytes; longer names belong to no well-known system */

struct known_name {
    const char *name; /* lower case */
    int index;
};

struct name_index_known {
    const struct dc_taxonomy *taxonomy;
    struct dc_arena *arena;
    struct known_name *fields; /* sorted by name, then by index */
    struct known_name *tables; /* plain names, likewise */
    size_t n_tables;
    bool has_prefix[DC_KNOWN_PREFIX_MAX +
                    1]; /* some field stands behind a prefix of so many letters */
};

/* A copy without capitals; false when it has no room. */
static bool to_lower(const char *name, char out[MAX_NAME])
{
    size_t i = 0;

    for (; name[i] != '\0' && i + 1 < MAX_NAME; i++) {
        out[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + ('a' - 'A') : name[i]);
    }
    out[i] = '\0';
    return name[i] == '\0';
}

static bool is_glob(const char *name)
{
    return strpbrk(name, "*?[") != NULL;
}

static int by_name(const void *a, const void *b)
{
    const struct known_name *left = a, *right = b;
    int order = strcmp(left->name, right->name);

    return order != 0 ? order : (left->index > right->index) - (left->index < right->index);
}

static const char *lower_copy(struct dc_arena *arena, const char *name)
{
    char lower[MAX_NAME];

    return dc_arena_strdup(arena, to_lower(name, lower) ? lower : name);
}

struct name_index_known *dc_name_known_create(const struct dc_taxonomy *taxonomy)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct name_index_known *known = dc_arena_alloc(arena, sizeof *known);
    size_t n_fields = taxonomy->n_known_fields;

    known->taxonomy = taxonomy;
    known->arena = arena;
    known->fields = dc_arena_alloc(arena, (n_fields + 1) * sizeof *known->fields);
    known->tables = dc_arena_alloc(arena, (taxonomy->n_known_tables + 1) * sizeof *known->tables);
    for (size_t i = 0; i < n_fields; i++) {
        known->fields[i] = (struct known_name){lower_copy(arena, taxonomy->known_fields[i].name),
                                               (int)i};
        known->has_prefix[taxonomy->known_fields[i].prefix] = true;
    }
    for (size_t i = 0; i < taxonomy->n_known_tables; i++) {
        if (!is_glob(taxonomy->known_tables[i].name)) {
            known->tables[known->n_tables++] = (struct known_name){
                lower_copy(arena, taxonomy->known_tables[i].name), (int)i};
        }
    }
    qsort(known->fields, n_fields, sizeof *known->fields, by_name);
    qsort(known->tables, known->n_tables, sizeof *known->tables, by_name);
    return known;
}

void dc_name_known_destroy(struct name_index_known *known)
{
    if (known != NULL) {
        dc_arena_destroy(known->arena);
    }
}

/* The first of the names that is not less than `name`. */
static size_t first_of(const struct known_name *names, size_t n_names, const char *name)
{
    size_t low = 0, high = n_names;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(names[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_valid_in(const struct dc_known_field *field, const char *table)
{
    for (size_t i = 0; i < field->tables.n_items; i++) {
        if (dc_glob_match(field->tables.items[i], table)) {
            return true;
        }
    }
    return false;
}

/* The field of this name, behind a prefix of so many letters. */
static int find_field(const struct name_index_known *known, const char *table, const char *lower,
                      int64_t prefix)
{
    size_t n = known->taxonomy->n_known_fields;
    int anywhere = DC_NO_INDEX;

    for (size_t i = first_of(known->fields, n, lower);
         i < n && strcmp(known->fields[i].name, lower) == 0; i++) {
        const struct dc_known_field *field = &known->taxonomy->known_fields[known->fields[i].index];

        if (field->prefix != prefix) {
            continue;
        }
        if (field->tables.n_items == 0) {
            anywhere = anywhere == DC_NO_INDEX ? known->fields[i].index : anywhere;
        } else if (table != NULL && is_valid_in(field, table)) {
            return known->fields[i].index;
        }
    }
    return anywhere;
}

int dc_name_known_field(const struct dc_name_index *index, const char *table, const char *column)
{
    const struct name_index_known *known = index->known;
    char lower[MAX_NAME];
    int field;

    if (!to_lower(column, lower)) {
        return DC_NO_INDEX;
    }
    field = find_field(known, table, lower, 0);
    for (int prefix = 1; field == DC_NO_INDEX && prefix <= DC_KNOWN_PREFIX_MAX; prefix++) {
        if (lower[prefix - 1] == '\0') {
            break;
        }
        if (known->has_prefix[prefix]) {
            field = find_field(known, table, lower + prefix, prefix);
        }
    }
    return field;
}

int dc_name_known_table(const struct dc_name_index *index, const char *table)
{
    const struct name_index_known *known = index->known;
    const struct dc_taxonomy *taxonomy = known->taxonomy;
    char lower[MAX_NAME];

    if (to_lower(table, lower)) {
        size_t i = first_of(known->tables, known->n_tables, lower);

        if (i < known->n_tables && strcmp(known->tables[i].name, lower) == 0) {
            return known->tables[i].index;
        }
    }
    for (size_t i = 0; i < taxonomy->n_known_tables; i++) {
        if (is_glob(taxonomy->known_tables[i].name) &&
            dc_glob_match(taxonomy->known_tables[i].name, table)) {
            return (int)i;
        }
    }
    return DC_NO_INDEX;
}
