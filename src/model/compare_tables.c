/*
 * Tables that only one of two runs has: which of them are the same under another name. A pair has the same columns and values alike, and neither
 * fits any other table: of copies and of tables by the month nobody can tell which became which.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "compare_internal.h"
#include "dcscan/text.h"

/* Of the columns that were read in both runs so many have values alike. */
#define NEAR_SHARE 0.75
/* A table whose name or comment says that it is the same one may have been altered meanwhile: so many columns are as they were. */
#define SAME_SHARE   0.80
#define SAME_COLUMNS 3
/* A table grows, but it does not become another. */
#define MOST_TIMES_ROWS 2
#define FEW_ROWS        10

/* What of a table is looked at first, for each pair of them. */
struct outline {
    uint64_t columns, name, comment; /* hashes; comment 0: none */
};

/* Of each table, how many fit it, and the last of those. */
struct partner {
    size_t n, other;
};

struct pairing {
    const struct compared_table *gone, *come;
    size_t n_gone, n_come;
    struct outline *outlines_gone, *outlines_come;
    struct partner *of_gone, *of_come;
};

/* ---- kept tables ---- */

static struct compared_column copy_column(struct dc_arena *arena,
                                          const struct compared_column *column)
{
    struct compared_column copy = *column;
    const char **important = dc_arena_alloc(arena, (column->n_important + 1) * sizeof *important);

    for (size_t i = 0; i < column->n_important; i++) {
        important[i] = dc_arena_strdup(arena, column->important[i]);
    }
    copy.important = important;
    copy.name = dc_arena_strdup(arena, column->name);
    copy.comment = dc_arena_strdup(arena, column->comment);
    copy.type_name = dc_arena_strdup(arena, column->type_name);
    copy.leaf = dc_arena_strdup(arena, column->leaf);
    copy.marks = dc_arena_strdup(arena, column->marks);
    return copy;
}

void compare_keep(struct comparison *comparison, struct compared_tables *tables,
                  const struct compared_table *table)
{
    struct dc_arena *arena = comparison->kept;
    struct compared_table copy = *table;

    copy.source = dc_arena_strdup(arena, table->source);
    copy.catalog = dc_arena_strdup(arena, table->catalog);
    copy.schema = dc_arena_strdup(arena, table->schema);
    copy.name = dc_arena_strdup(arena, table->name);
    copy.comment = dc_arena_strdup(arena, table->comment);
    copy.leaf = dc_arena_strdup(arena, table->leaf);
    copy.capacity = 0;
    copy.columns = dc_arena_alloc(arena, (table->n_columns + 1) * sizeof *copy.columns);
    for (size_t i = 0; i < table->n_columns; i++) {
        copy.columns[i] = copy_column(arena, &table->columns[i]);
    }
    tables->items = dc_array_grow(tables->items, tables->n, &tables->capacity,
                                  sizeof *tables->items);
    tables->items[tables->n++] = copy;
}

/* ---- whether two are one ---- */

static uint64_t add_hash(uint64_t hash, const char *text)
{
    return hash * 31 + dc_hash64(text, strlen(text));
}

static struct outline *outlines_of(struct dc_arena *arena, const struct compared_tables *tables)
{
    struct outline *outlines = dc_arena_alloc(arena, (tables->n + 1) * sizeof *outlines);

    for (size_t i = 0; i < tables->n; i++) {
        const struct compared_table *table = &tables->items[i];

        outlines[i] = (struct outline){.name = add_hash(1, table->name)};
        outlines[i].comment = table->comment[0] == '\0' ? 0 : add_hash(1, table->comment);
        for (size_t j = 0; j < table->n_columns; j++) {
            outlines[i].columns = add_hash(add_hash(outlines[i].columns, table->columns[j].name),
                                           table->columns[j].type_name);
        }
    }
    return outlines;
}

/* Those of a number or a month are no renamed ones: "log_2025" did not become "log_2026". */
static bool differ_in_digits(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (isdigit((unsigned char)*a)) {
            a++;
        }
        while (isdigit((unsigned char)*b)) {
            b++;
        }
        if (*a != *b || *a == '\0') {
            return *a == *b;
        }
    }
}

static const struct compared_column *find(const struct compared_table *table, const char *name)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return &table->columns[i];
        }
    }
    return NULL;
}

/* What the columns of two tables have in common. */
struct likeness {
    size_t n_same;         /* of the same name and type */
    size_t n_read, n_near; /* of these: with rows in both runs; with values alike */
};

static struct likeness liken(const struct compared_table *gone, const struct compared_table *come)
{
    struct likeness like = {0, 0, 0};

    for (size_t i = 0; i < gone->n_columns; i++) {
        const struct compared_column *a = &gone->columns[i], *b = find(come, a->name);

        if (b == NULL || strcmp(a->type_name, b->type_name) != 0) {
            continue;
        }
        like.n_same++;
        if (a->read && b->read && (a->rows > 0 || b->rows > 0)) {
            like.n_read++;
            like.n_near += compare_is_near(a, b);
        }
    }
    return like;
}

static bool same_rows(const struct compared_table *gone, const struct compared_table *come)
{
    int64_t a = gone->rows_estimated, b = come->rows_estimated;
    int64_t less = a < b ? a : b, more = a < b ? b : a;

    return less < 0 || more <= MOST_TIMES_ROWS * less + FEW_ROWS;
}

static bool fit(const struct compared_table *gone, const struct compared_table *come,
                bool same_columns, bool same_comment, bool moved)
{
    struct likeness like = liken(gone, come);
    size_t most = gone->n_columns > come->n_columns ? gone->n_columns : come->n_columns;

    if (like.n_same == 0 || (double)like.n_near < NEAR_SHARE * (double)like.n_read) {
        return false;
    }
    if (!same_columns || like.n_same < most) {
        return (moved || same_comment) && like.n_same >= SAME_COLUMNS &&
               (double)like.n_same >= SAME_SHARE * (double)most;
    }
    /* The same columns alone prove little: many tables are id and name. */
    return moved || same_comment || like.n_near > 0 ||
           (gone->rows_estimated > 0 && gone->rows_estimated == come->rows_estimated);
}

/* `moved`: of those with the same name in another place, else of all. */
static bool is_pair(const struct pairing *pairing, size_t i, size_t j, bool moved)
{
    const struct outline *a = &pairing->outlines_gone[i], *b = &pairing->outlines_come[j];
    const struct compared_table *gone = &pairing->gone[i], *come = &pairing->come[j];
    bool same_columns = a->columns == b->columns;
    bool same_comment = a->comment != 0 && a->comment == b->comment;

    if ((moved ? a->name != b->name : !same_columns && !same_comment) || gone->kind != come->kind ||
        strcmp(gone->source, come->source) != 0) {
        return false;
    }
    if (!moved && ((a->comment != 0 && b->comment != 0 && !same_comment) ||
                   differ_in_digits(gone->name, come->name))) {
        return false;
    }
    return same_rows(gone, come) && fit(gone, come, same_columns, same_comment, moved);
}

/* ---- the pairs ---- */

/* "table", with schema and catalogue where they differ. */
static const char *path_of(struct dc_arena *arena, const struct compared_table *table,
                           const struct compared_table *other)
{
    bool catalogs = strcmp(table->catalog, other->catalog) != 0;

    if (catalogs) {
        return dc_arena_printf(arena, "%s.%s%s%s", table->catalog, table->schema,
                               table->schema[0] == '\0' ? "" : ".", table->name);
    }
    return strcmp(table->schema, other->schema) != 0
               ? dc_arena_printf(arena, "%s.%s", table->schema, table->name)
               : table->name;
}

static void tell_pair(struct comparison *comparison, struct compared_table *gone,
                      struct compared_table *come)
{
    compare_add(comparison, DC_CHANGE_TABLE_RENAMED, come, NULL,
                path_of(comparison->kept, gone, come), path_of(comparison->kept, come, gone));
    if (gone->decided[0] != '\0' && come->decided[0] == '\0') {
        compare_add(comparison, DC_CHANGE_REVIEW_GONE, come, NULL, gone->decided,
                    dc_arena_printf(comparison->kept, "%d", come->level));
    }
    compare_table(comparison, gone, come);
}

/* Pairs that are the only ones for both sides, among those that are not paired yet: partner.n is SIZE_MAX then. */
static void pair(struct comparison *comparison, struct pairing *pairing, bool moved)
{
    for (size_t i = 0; i < pairing->n_gone; i++) {
        for (size_t j = 0; pairing->of_gone[i].n != SIZE_MAX && j < pairing->n_come; j++) {
            if (pairing->of_come[j].n != SIZE_MAX && is_pair(pairing, i, j, moved)) {
                pairing->of_gone[i] = (struct partner){pairing->of_gone[i].n + 1, j};
                pairing->of_come[j] = (struct partner){pairing->of_come[j].n + 1, i};
            }
        }
    }
    for (size_t i = 0; i < pairing->n_gone; i++) {
        struct partner *here = &pairing->of_gone[i], *there = &pairing->of_come[here->other];

        if (here->n == 1 && there->n == 1) {
            tell_pair(comparison, &comparison->gone.items[i], &comparison->come.items[here->other]);
            here->n = there->n = SIZE_MAX;
        } else if (here->n != SIZE_MAX) {
            here->n = 0;
        }
    }
    for (size_t j = 0; j < pairing->n_come; j++) {
        if (pairing->of_come[j].n != SIZE_MAX) {
            pairing->of_come[j].n = 0;
        }
    }
}

static void tell_single(struct comparison *comparison, const struct compared_table *table,
                        bool gone)
{
    compare_add(comparison, gone ? DC_CHANGE_TABLE_GONE : DC_CHANGE_TABLE_NEW, table, NULL, "", "");
    compare_all_important(comparison, table, gone);
}

void compare_kept(struct comparison *comparison)
{
    struct compared_tables *gone = &comparison->gone, *come = &comparison->come;
    struct pairing pairing = {
        .gone = gone->items,
        .come = come->items,
        .n_gone = gone->n,
        .n_come = come->n,
        .outlines_gone = outlines_of(comparison->kept, gone),
        .outlines_come = outlines_of(comparison->kept, come),
        .of_gone = dc_arena_alloc(comparison->kept, (gone->n + 1) * sizeof *pairing.of_gone),
        .of_come = dc_arena_alloc(comparison->kept, (come->n + 1) * sizeof *pairing.of_come)};

    pair(comparison, &pairing, true);
    pair(comparison, &pairing, false);
    for (size_t i = 0; i < gone->n; i++) {
        if (pairing.of_gone[i].n != SIZE_MAX) {
            tell_single(comparison, &gone->items[i], true);
        }
    }
    for (size_t j = 0; j < come->n; j++) {
        if (pairing.of_come[j].n != SIZE_MAX) {
            tell_single(comparison, &come->items[j], false);
        }
    }
}
