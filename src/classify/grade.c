/* Level rules L3 to L9 on one column, and the marks of L7. */
#include <string.h>

#include "classify_internal.h"

#define LOWEST          1
#define FLOOR_PERSONAL  2
#define FLOOR_SENSITIVE 4

static bool is_enabled(const struct table_work *work, const char *id)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(work_taxonomy(work), id);

    return rule != NULL && rule->enabled;
}

int classify_floor(const struct table_work *work, enum dc_pi pi)
{
    if (pi == DC_PI_NONE || !is_enabled(work, "L3")) {
        return LOWEST;
    }
    return pi == DC_PI_SENSITIVE ? FLOOR_SENSITIVE : FLOOR_PERSONAL;
}

static void move(struct table_work *work, struct column_work *column, struct dc_finding *finding,
                 const char *rule, int level)
{
    struct line line = {DC_EVIDENCE_LEVEL,
                        rule,
                        dc_arena_printf(work->arena, "%d → %d", finding->level, level),
                        1.0,
                        column->leaf,
                        -1,
                        -1,
                        -1};

    if (level == finding->level) {
        return;
    }
    finding->level = level;
    finding->level_reason = rule;
    classify_add_line(work, column, &line);
    finding->evidence = column->evidence;
    finding->n_evidence = column->n_evidence;
}

static void add_mark(struct table_work *work, struct dc_finding *finding, const char *mark)
{
    if (strstr(finding->marks, mark) == NULL) {
        finding->marks = finding->marks[0] == '\0'
                             ? mark
                             : dc_arena_printf(work->arena, "%s,%s", finding->marks, mark);
    }
}

/* ---- L4: masked ---- */

static bool is_masked(const struct table_work *work, const struct column_work *column)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(work_taxonomy(work), "L4");
    int64_t filled = column->profile == NULL ? 0 : dc_profile_filled(column->profile);
    double share = rule != NULL && rule->share > 0 ? rule->share
                                                   : work->classifier->weights.masked_share;

    return rule != NULL && rule->enabled && filled > 0 &&
           (double)column->profile->masked >= share * (double)filled;
}

static void lower_masked(struct table_work *work, struct column_work *column,
                         struct dc_finding *finding)
{
    int lowest = finding->pi == DC_PI_NONE ? LOWEST : FLOOR_PERSONAL;

    if (is_masked(work, column)) {
        add_mark(work, finding, "已脱敏");
        if (finding->level - 1 >= lowest) {
            move(work, column, finding, "L4", finding->level - 1);
        }
    }
}

/* ---- L5: hashed or encrypted ---- */

static bool looks_encrypted(const struct column_work *column)
{
    const struct dc_profile *profile = column->profile;
    int64_t filled = profile == NULL ? 0 : dc_profile_filled(profile);
    uint32_t coded;

    if (filled <= 0 || profile->distinct <= 0 || column->column->type == DC_TYPE_UUID) {
        return false;
    }
    coded = profile->shapes.base64ish > profile->shapes.hex ? profile->shapes.base64ish
                                                            : profile->shapes.hex;
    return profile->length_min >= 24 && (double)coded >= 0.95 * (double)profile->distinct &&
           profile->digits_entropy > 3.0;
}

static void mark_encrypted(struct table_work *work, struct column_work *column,
                           struct dc_finding *finding)
{
    const struct dc_leaf *leaf = &work_taxonomy(work)->leaves[column->leaf];

    if (is_enabled(work, "L5") && !leaf->technical && looks_encrypted(column)) {
        column->encrypted = true;
        add_mark(work, finding, "已加密");
    }
}

/* ---- L6: statistics ---- */

static bool is_statistics(const struct table_work *work)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(work_taxonomy(work), "L6");
    const struct dc_table *table = work->context->table;

    return rule != NULL && rule->enabled && work->subject != DC_NO_INDEX &&
           work_taxonomy(work)->subjects[work->subject].statistics &&
           (classify_find_word(work->arena, table->comment, &rule->words, &rule->not_words) !=
                NULL ||
            classify_find_word(work->arena, table->name, &rule->words, &rule->not_words) != NULL);
}

/* Sums over many go one down, unless persons or tracks stand behind them. */
static void lower_statistics(struct table_work *work, struct column_work *column,
                             struct dc_finding *finding)
{
    if (finding->pi == DC_PI_NONE && finding->level > 2 && column->role != DC_NO_INDEX &&
        work->classifier->groups[column->role] == GROUP_MONEY && is_statistics(work)) {
        move(work, column, finding, "L6", finding->level - 1);
    }
}

/* ---- L9: published ---- */

static void lower_published(struct table_work *work, struct column_work *column,
                            struct dc_finding *finding)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(work_taxonomy(work), "L9");

    if (rule == NULL || !rule->enabled || finding->level <= LOWEST || finding->pi != DC_PI_NONE) {
        return;
    }
    if (classify_find_word(work->arena, work->context->table->comment, &rule->words,
                           &rule->not_words) != NULL ||
        classify_find_word(work->arena, column->column->comment, &rule->words, &rule->not_words) !=
            NULL) {
        move(work, column, finding, "L9", LOWEST);
    }
}

void classify_grade(struct table_work *work, struct column_work *column, struct dc_finding *finding)
{
    const struct dc_leaf *leaf;

    if (column->leaf == DC_NO_INDEX) {
        return;
    }
    leaf = &work_taxonomy(work)->leaves[column->leaf];
    finding->pi = leaf->pi > column->pi ? leaf->pi : column->pi;
    finding->level = leaf->level;
    finding->level_reason = leaf->level == 0 ? "X10" : "L1";
    if (leaf->level > 0 && finding->level < classify_floor(work, finding->pi)) {
        move(work, column, finding, "L3", classify_floor(work, finding->pi));
    }
    finding->level_reference = finding->level;
    if (leaf->level == 0) {
        return;
    }
    mark_encrypted(work, column, finding);
    lower_masked(work, column, finding);
    lower_statistics(work, column, finding);
    lower_published(work, column, finding);
}

/* ---- L7: combinations ---- */

static bool has_leaf(const struct dc_finding *findings, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(findings[i].leaf, code) == 0) {
            return true;
        }
    }
    return false;
}

static void mark_leaf(struct table_work *work, struct dc_finding *findings, const char *code)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        if (strcmp(findings[i].leaf, code) == 0) {
            add_mark(work, &findings[i], "组合敏感");
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
        if (strcmp(findings[i].leaf, "E1-03") == 0 && is_place(work, i)) {
            findings[i].pi = DC_PI_SENSITIVE;
            add_mark(work, &findings[i], "组合敏感");
        }
    }
}

void classify_combined_marks(struct table_work *work, struct dc_finding *findings)
{
    static const char *const pairs[][2] = {
        {"P1-03", "P1-01"}, {"P1-03", "P1-02"}, {"P1-02", "P2-05"}};

    if (!is_enabled(work, "L7")) {
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
