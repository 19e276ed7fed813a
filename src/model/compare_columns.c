/* The columns of a table in two runs: paired by name, then as renamed, then compared. */
#include <math.h>
#include <string.h>

#include "compare_internal.h"

#define MASKED "已脱敏"
/* Profiles this near are those of the same column under another name. */
#define NEAR_SHARE  0.10
#define NEAR_LENGTH 0.25

static bool is_near(const struct compared_column *a, const struct compared_column *b)
{
    double length = a->length_mean > b->length_mean ? a->length_mean : b->length_mean;

    if (a->rows <= 0 || b->rows <= 0) {
        return a->rows == b->rows;
    }
    return fabs((double)a->nulls / (double)a->rows - (double)b->nulls / (double)b->rows) <=
               NEAR_SHARE &&
           fabs((double)a->distinct / (double)a->rows - (double)b->distinct / (double)b->rows) <=
               NEAR_SHARE &&
           fabs(a->length_mean - b->length_mean) <= NEAR_LENGTH * length;
}

/* The same type, at the same place or with the same comment, and values alike. */
static bool is_renamed(const struct compared_column *older, const struct compared_column *newer)
{
    bool commented = older->comment[0] != '\0' && strcmp(older->comment, newer->comment) == 0;

    return strcmp(older->type_name, newer->type_name) == 0 &&
           (older->ordinal == newer->ordinal || commented) && is_near(older, newer);
}

static struct compared_column *find_name(const struct compared_table *table, const char *name)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (!table->columns[i].paired && strcmp(table->columns[i].name, name) == 0) {
            return &table->columns[i];
        }
    }
    return NULL;
}

static struct compared_column *find_renamed(const struct compared_table *older,
                                            const struct compared_table *newer,
                                            const struct compared_column *column)
{
    for (size_t i = 0; i < older->n_columns; i++) {
        struct compared_column *candidate = &older->columns[i];

        if (!candidate->paired && find_name(newer, candidate->name) == NULL &&
            is_renamed(candidate, column)) {
            return candidate;
        }
    }
    return NULL;
}

static bool has_important(const struct compared_column *column, const char *id)
{
    for (size_t i = 0; i < column->n_important; i++) {
        if (strcmp(column->important[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static void compare_important(struct comparison *comparison, const struct compared_table *table,
                              const struct compared_column *older,
                              const struct compared_column *newer)
{
    for (size_t i = 0; i < newer->n_important; i++) {
        if (!has_important(older, newer->important[i])) {
            compare_add(comparison, DC_CHANGE_IMPORTANT_NEW, table, newer->name, "",
                        newer->important[i]);
        }
    }
    for (size_t i = 0; i < older->n_important; i++) {
        if (!has_important(newer, older->important[i])) {
            compare_add(comparison, DC_CHANGE_IMPORTANT_GONE, table, newer->name,
                        older->important[i], "");
        }
    }
}

static void compare_marks(struct comparison *comparison, const struct compared_table *table,
                          const struct compared_column *older, const struct compared_column *newer)
{
    bool before = strstr(older->marks, MASKED) != NULL,
         after = strstr(newer->marks, MASKED) != NULL;

    if (before != after) {
        compare_add(comparison, after ? DC_CHANGE_MASKING_NEW : DC_CHANGE_MASKING_GONE, table,
                    newer->name, older->marks, newer->marks);
    } else if (strcmp(older->marks, newer->marks) != 0) {
        compare_add(comparison, DC_CHANGE_MARKS, table, newer->name, older->marks, newer->marks);
    }
}

static void compare_verdict(struct comparison *comparison, const struct compared_table *table,
                            const struct compared_column *older,
                            const struct compared_column *newer)
{
    struct dc_arena *arena = comparison->arena;

    if (strcmp(older->leaf, newer->leaf) != 0) {
        compare_add(comparison, DC_CHANGE_LEAF, table, newer->name, older->leaf, newer->leaf);
    }
    if (older->level != newer->level) {
        compare_add(comparison,
                    newer->level > older->level ? DC_CHANGE_LEVEL_UP : DC_CHANGE_LEVEL_DOWN, table,
                    newer->name, dc_arena_printf(arena, "%d", older->level),
                    dc_arena_printf(arena, "%d", newer->level));
    }
    if (older->pi != newer->pi) {
        compare_add(comparison, DC_CHANGE_PERSONAL, table, newer->name, dc_pi_name(older->pi),
                    dc_pi_name(newer->pi));
    }
    compare_marks(comparison, table, older, newer);
    compare_important(comparison, table, older, newer);
}

static void compare_pair(struct comparison *comparison, const struct compared_table *table,
                         const struct compared_column *older, const struct compared_column *newer)
{
    if (strcmp(older->type_name, newer->type_name) != 0) {
        compare_add(comparison, DC_CHANGE_TYPE, table, newer->name, older->type_name,
                    newer->type_name);
    }
    if (strcmp(older->comment, newer->comment) != 0) {
        compare_add(comparison, DC_CHANGE_COMMENT, table, newer->name, older->comment,
                    newer->comment);
    }
    if (older->read && newer->read) {
        compare_verdict(comparison, table, older, newer);
    }
}

static void compare_column(struct comparison *comparison, struct compared_table *older,
                           const struct compared_table *newer, const struct compared_column *column)
{
    struct compared_column *partner = find_name(older, column->name);

    if (partner == NULL) {
        partner = find_renamed(older, newer, column);
        if (partner == NULL) {
            compare_add(comparison, DC_CHANGE_COLUMN_NEW, newer, column->name, "",
                        column->type_name);
            return;
        }
        compare_add(comparison, DC_CHANGE_COLUMN_RENAMED, newer, column->name, partner->name,
                    column->name);
    }
    partner->paired = true;
    compare_pair(comparison, newer, partner, column);
}

void compare_columns(struct comparison *comparison, struct compared_table *older,
                     struct compared_table *newer)
{
    for (size_t i = 0; i < newer->n_columns; i++) {
        compare_column(comparison, older, newer, &newer->columns[i]);
    }
    for (size_t i = 0; i < older->n_columns; i++) {
        if (!older->columns[i].paired) {
            compare_add(comparison, DC_CHANGE_COLUMN_GONE, newer, older->columns[i].name,
                        older->columns[i].type_name, "");
        }
    }
}
