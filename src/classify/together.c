/* Level rules that look at the columns of a table together: statistics (L6) and what is sensitive in combination (L7). */
#include <string.h>

#include "classify_internal.h"

#define HIGHEST 4

static bool is_leaf(const struct dc_finding *finding, const char *code)
{
    return finding->leaf != NULL && strcmp(finding->leaf, code) == 0;
}

/* ---- L6: statistics ---- */

/* A sum, an average, a count or a share: what statistics are made of. */
static bool is_measure(const struct table_work *work, const struct column_work *column)
{
    static const enum known_role measures[] = {ROLE_QUANTITY, ROLE_COUNT_OR_NUMBER, ROLE_VALUE,
                                               ROLE_RATE, ROLE_SCORE};
    enum dc_type_class type = column->column->type;

    if (column->role == DC_NO_INDEX || type == DC_TYPE_TEXT || type == DC_TYPE_LONG_TEXT) {
        return false;
    }
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
        if (classify_is_role(work->classifier, column->role, measures[i])) {
            return true;
        }
    }
    return work->classifier->groups[column->role] == GROUP_MONEY ||
           strstr(work_taxonomy(work)->roles[column->role].id, "quantity") != NULL;
}

/* The number of a document, a plate, a terminal … */
static bool is_number(const struct table_work *work, int role)
{
    return role != DC_NO_INDEX && !classify_is_role(work->classifier, role, ROLE_COUNT_OR_NUMBER) &&
           strstr(work_taxonomy(work)->roles[role].id, "number") != NULL;
}

/* A person, a vehicle, a piece or a document that a row can be told by: such rows are no statistics. */
static bool is_identifier(const struct table_work *work, const struct column_work *column,
                          const struct dc_finding *finding)
{
    return (finding->pi != DC_PI_NONE &&
            !classify_is_role(work->classifier, column->role, ROLE_AUDIT_USER)) ||
           is_leaf(finding, "E1-01") || is_leaf(finding, "B2-04") || is_number(work, column->role);
}

static bool has_identifier(const struct table_work *work, const struct dc_finding *findings)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        if (is_identifier(work, &work->columns[i], &findings[i])) {
            return true;
        }
    }
    return false;
}

/* At least half of what is no technical remainder. */
static bool is_mostly_measures(const struct table_work *work)
{
    size_t n = 0, n_measures = 0;

    for (size_t i = 0; i < work->n_columns; i++) {
        int leaf = work->columns[i].leaf;

        n += leaf != DC_NO_INDEX && !work_taxonomy(work)->leaves[leaf].technical;
        n_measures += is_measure(work, &work->columns[i]);
    }
    return n_measures > 0 && 2 * n_measures >= n;
}

static bool has_word(const struct table_work *work, const struct dc_texts *words,
                     const struct dc_texts *not_words)
{
    const struct dc_table *table = work->context->table;

    return classify_find_word(work->arena, table->comment, words, not_words) != NULL ||
           classify_find_word(work->arena, table->name, words, not_words) != NULL;
}

/* A table that its words call statistics, whose rows tell no single thing, of a subject of statistics or mostly of measures. */
static bool is_statistics(const struct table_work *work, const struct dc_finding *findings,
                          const struct dc_level_rule *rule)
{
    bool of_subject = work->subject != DC_NO_INDEX &&
                      work_taxonomy(work)->subjects[work->subject].statistics;

    return has_word(work, &rule->words, &rule->not_words) && !has_identifier(work, findings) &&
           (of_subject || is_mostly_measures(work));
}

/* Sums over many go one down; of large groups of people, or of where they and their vehicles went, one up. */
static void move_measure(struct table_work *work, struct column_work *column,
                         struct dc_finding *finding, bool up)
{
    if (finding->level_reason == NULL || strcmp(finding->level_reason, "L9") == 0 ||
        !is_measure(work, column)) {
        return;
    }
    if (up && finding->level > 0 && finding->level < HIGHEST) {
        classify_move_level(work, column, finding, "L6", finding->level + 1);
    } else if (!up && finding->level > 2) {
        classify_move_level(work, column, finding, "L6", finding->level - 1);
    }
}

void classify_statistics(struct table_work *work, struct dc_finding *findings)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(work_taxonomy(work), "L6");

    if (rule == NULL || !rule->enabled || !is_statistics(work, findings, rule)) {
        return;
    }
    for (size_t i = 0; i < work->n_columns; i++) {
        move_measure(work, &work->columns[i], &findings[i], has_word(work, &rule->up_words, NULL));
    }
}

/* ---- L7: combinations ---- */

static bool has_leaf(const struct dc_finding *findings, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++) {
        if (is_leaf(&findings[i], code)) {
            return true;
        }
    }
    return false;
}

static void mark_leaf(struct table_work *work, struct dc_finding *findings, const char *code)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        if (is_leaf(&findings[i], code)) {
            classify_add_mark(work, &findings[i], "组合敏感");
        }
    }
}

static bool is_place(const struct table_work *work, size_t column)
{
    static const char *const roles[] = {"coordinate", "address", "position"};
    int role = work->columns[column].role;

    for (size_t i = 0; role != DC_NO_INDEX && i < sizeof roles / sizeof *roles; i++) {
        if (strcmp(work_taxonomy(work)->roles[role].id, roles[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Where a vehicle or person that can be told went is a track, sensitive personal information (汽车规定 3, 43697 6.4). */
static void mark_tracks(struct table_work *work, struct dc_finding *findings)
{
    bool told = has_leaf(findings, work->n_columns, "E1-01") ||
                has_leaf(findings, work->n_columns, "P1-05") ||
                has_leaf(findings, work->n_columns, "P1-07") ||
                has_leaf(findings, work->n_columns, "P1-04");

    for (size_t i = 0; told && i < work->n_columns; i++) {
        if (is_leaf(&findings[i], "E1-03") && is_place(work, i)) {
            findings[i].pi = DC_PI_SENSITIVE;
            classify_add_mark(work, &findings[i], "组合敏感");
        }
    }
}

void classify_combined_marks(struct table_work *work, struct dc_finding *findings)
{
    static const char *const pairs[][2] = {
        {"P1-03", "P1-01"}, {"P1-03", "P1-02"}, {"P1-02", "P2-05"}};

    if (!classify_has_rule(work, "L7")) {
        return;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (has_leaf(findings, work->n_columns, pairs[i][0]) &&
            has_leaf(findings, work->n_columns, pairs[i][1])) {
            mark_leaf(work, findings, pairs[i][0]);
            mark_leaf(work, findings, pairs[i][1]);
        }
    }
    mark_tracks(work, findings);
}
