/* Level rules L1, L3 to L5 and L9, on one column. */
#include <string.h>

#include "classify_internal.h"

#define LOWEST          1
#define FLOOR_PERSONAL  2
#define FLOOR_SENSITIVE 4
#define NEARLY_ALL      0.95

bool classify_has_rule(const struct table_work *work, const char *id)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(work_taxonomy(work), id);

    return rule != NULL && rule->enabled;
}

int classify_floor(const struct table_work *work, enum dc_pi pi)
{
    if (pi == DC_PI_NONE || !classify_has_rule(work, "L3")) {
        return LOWEST;
    }
    return pi == DC_PI_SENSITIVE ? FLOOR_SENSITIVE : FLOOR_PERSONAL;
}

void classify_move_level(struct table_work *work, struct column_work *column,
                         struct dc_finding *finding, const char *rule, int level)
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

void classify_add_mark(struct table_work *work, struct dc_finding *finding, const char *mark)
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
        classify_add_mark(work, finding, "已脱敏");
        if (finding->level - 1 >= lowest) {
            classify_move_level(work, column, finding, "L4", finding->level - 1);
        }
    }
}

/* ---- L5: hashed or encrypted ---- */

/* What a value rule that L5 names takes nearly everywhere: $2a$10$…, {SHA}… */
static bool is_known_hash(const struct table_work *work, const struct dc_profile *profile,
                          int64_t filled)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(work_taxonomy(work), "L5");

    for (size_t i = 0; i < rule->value_rules.n_items; i++) {
        int index = dc_taxonomy_value_rule(work_taxonomy(work), rule->value_rules.items[i]);

        if (index != DC_NO_INDEX && (size_t)index < profile->n_rules &&
            (double)profile->rules[index].matched >= NEARLY_ALL * (double)filled) {
            return true;
        }
    }
    return false;
}

static bool looks_encrypted(const struct table_work *work, const struct column_work *column)
{
    const struct dc_profile *profile = column->profile;
    int64_t filled = profile == NULL ? 0 : dc_profile_filled(profile);
    uint32_t coded;

    if (filled <= 0 || profile->distinct <= 0 || column->column->type == DC_TYPE_UUID) {
        return false;
    }
    coded = profile->shapes.base64ish > profile->shapes.hex ? profile->shapes.base64ish
                                                            : profile->shapes.hex;
    return (profile->length_min >= 24 && (double)coded >= NEARLY_ALL * (double)profile->distinct &&
            profile->digits_entropy > 3.0) ||
           is_known_hash(work, profile, filled);
}

static void mark_encrypted(struct table_work *work, struct column_work *column,
                           struct dc_finding *finding)
{
    const struct dc_leaf *leaf = &work_taxonomy(work)->leaves[column->leaf];

    if (classify_has_rule(work, "L5") && !leaf->technical && looks_encrypted(work, column)) {
        column->encrypted = true;
        classify_add_mark(work, finding, "已加密");
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
        classify_move_level(work, column, finding, "L9", LOWEST);
    }
}

/* L1: the highest of what a column of values holds counts, as the names beside it tell. */
static void raise_for_tags(struct table_work *work, struct column_work *column,
                           struct dc_finding *finding)
{
    if (column->tag_pi > finding->pi) {
        finding->pi = column->tag_pi;
    }
    if (column->tag_level > finding->level) {
        classify_move_level(work, column, finding, "L1", column->tag_level);
    }
}

/* ---- L1: between two leaves that are near, the higher level until a person decides ---- */

static void raise_doubtful(struct table_work *work, struct column_work *column,
                           struct dc_finding *finding)
{
    const struct dc_leaf *other;

    if (column->runner_up == DC_NO_INDEX || finding->decided_by != DC_BY_MACHINE ||
        finding->confidence >= work->classifier->weights.doubt) {
        return;
    }
    other = &work_taxonomy(work)->leaves[column->runner_up];
    if (other->level > finding->level) {
        classify_move_level(work, column, finding, "L1", other->level);
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
        classify_move_level(work, column, finding, "L3", classify_floor(work, finding->pi));
    }
    finding->level_reference = finding->level;
    if (leaf->level == 0) {
        return;
    }
    raise_doubtful(work, column, finding);
    mark_encrypted(work, column, finding);
    lower_masked(work, column, finding);
    lower_published(work, column, finding);
    raise_for_tags(work, column, finding);
}
