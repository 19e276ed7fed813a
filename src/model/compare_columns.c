/* The columns of a table in two runs: paired by name, then as renamed, then compared. */
#include <math.h>
#include <string.h>

#include "compare_internal.h"

#define MASKED "已脱敏"
/* Profiles this near are those of the same column under another name. */
#define NEAR_SHARE  0.10
#define NEAR_LENGTH 0.25

bool compare_is_near(const struct compared_column *a, const struct compared_column *b)
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
           (older->ordinal == newer->ordinal || commented) && compare_is_near(older, newer);
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

/* The rules that fire on one column and not on the other (NULL: on none). */
static void add_important(struct comparison *comparison, const struct compared_table *table,
                          const struct compared_column *column, const struct compared_column *other,
                          bool gone)
{
    for (size_t i = 0; column->read && i < column->n_important; i++) {
        const char *id = column->important[i];

        if (other == NULL || !has_important(other, id)) {
            compare_add(comparison, gone ? DC_CHANGE_IMPORTANT_GONE : DC_CHANGE_IMPORTANT_NEW,
                        table, gone && other != NULL ? other : column, gone ? id : "",
                        gone ? "" : id);
        }
    }
}

void compare_all_important(struct comparison *comparison, const struct compared_table *table,
                           bool gone)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        add_important(comparison, table, &table->columns[i], NULL, gone);
    }
}

static void compare_marks(struct comparison *comparison, const struct compared_table *table,
                          const struct compared_column *older, const struct compared_column *newer)
{
    bool before = strstr(older->marks, MASKED) != NULL,
         after = strstr(newer->marks, MASKED) != NULL;

    if (before != after) {
        compare_add(comparison, after ? DC_CHANGE_MASKING_NEW : DC_CHANGE_MASKING_GONE, table,
                    newer, older->marks, newer->marks);
    } else if (strcmp(older->marks, newer->marks) != 0) {
        compare_add(comparison, DC_CHANGE_MARKS, table, newer, older->marks, newer->marks);
    }
}

static void compare_verdict(struct comparison *comparison, const struct compared_table *table,
                            const struct compared_column *older,
                            const struct compared_column *newer)
{
    if (strcmp(older->leaf, newer->leaf) != 0) {
        compare_add(comparison, DC_CHANGE_LEAF, table, newer, older->leaf, newer->leaf);
    }
    compare_level(comparison, table, newer, older->level, newer->level);
    if (older->decided[0] != '\0' && newer->decided[0] == '\0') {
        compare_add(comparison, DC_CHANGE_REVIEW_GONE, table, newer,
                    dc_arena_printf(comparison->arena, "%s, %s", older->leaf, older->decided),
                    dc_arena_printf(comparison->arena, "%s, %d", newer->leaf, newer->level));
    }
    if (older->pi != newer->pi) {
        compare_add(comparison, DC_CHANGE_PERSONAL, table, newer, dc_pi_name(older->pi),
                    dc_pi_name(newer->pi));
    }
    compare_marks(comparison, table, older, newer);
    add_important(comparison, table, newer, older, false);
    add_important(comparison, table, older, newer, true);
}

static void compare_pair(struct comparison *comparison, const struct compared_table *table,
                         const struct compared_column *older, const struct compared_column *newer)
{
    if (strcmp(older->type_name, newer->type_name) != 0) {
        compare_add(comparison, DC_CHANGE_TYPE, table, newer, older->type_name, newer->type_name);
    }
    if (strcmp(older->comment, newer->comment) != 0) {
        compare_add(comparison, DC_CHANGE_COMMENT, table, newer, older->comment, newer->comment);
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
            compare_add(comparison, DC_CHANGE_COLUMN_NEW, newer, column, "", column->type_name);
            add_important(comparison, newer, column, NULL, false);
            return;
        }
        compare_add(comparison, DC_CHANGE_COLUMN_RENAMED, newer, column, partner->name,
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
            compare_add(comparison, DC_CHANGE_COLUMN_GONE, newer, &older->columns[i],
                        older->columns[i].type_name, "");
            add_important(comparison, newer, &older->columns[i], NULL, true);
        }
    }
}
