/* Candidates for important data (疑似重要数据): flags for a person to check, as far as one column with its table can tell. */
#include <string.h>

#include "dcscan/persons.h"

#include "classify_internal.h"

static bool has_index(const int *indexes, size_t n, int index)
{
    for (size_t i = 0; i < n; i++) {
        if (indexes[i] == index) {
            return true;
        }
    }
    return false;
}

/* One of the words in the name or comment of a column, or NULL. */
static const char *column_word(struct table_work *work, const struct dc_column *column,
                               const struct dc_texts *words, const struct dc_texts *not_words)
{
    const char *word = classify_find_word(work->arena, column->comment, words, not_words);

    return word != NULL ? word : classify_find_word(work->arena, column->name, words, not_words);
}

/* One of the words in what surrounds the table: "scada" as the system, as the schema. */
static const char *word_around(struct table_work *work, const struct dc_texts *words,
                               const struct dc_texts *not_words)
{
    const struct dc_table_context *context = work->context;
    const char *places[] = {context->table->schema, context->table->catalog,
                            context->source == NULL ? NULL
                                                    : context->source->about[DC_ABOUT_SYSTEM]};
    const char *word = NULL;

    for (size_t i = 0; word == NULL && i < sizeof places / sizeof *places; i++) {
        word = classify_find_word(work->arena, places[i], words, not_words);
    }
    return word;
}

/* One of the rule's words in the name or comment of the column or its table, or around it; or NULL. */
static const char *any_word(struct table_work *work, const struct column_work *column,
                            const struct dc_texts *words, const struct dc_texts *not_words)
{
    const struct dc_table *table = work->context->table;
    const char *word = column_word(work, column->column, words, not_words);

    if (word == NULL) {
        word = classify_find_word(work->arena, table->comment, words, not_words);
    }
    if (word == NULL) {
        word = classify_find_word(work->arena, table->name, words, not_words);
    }
    return word != NULL ? word : word_around(work, words, not_words);
}

/* ---- values ---- */

static bool has_hits(const struct table_work *work, const struct column_work *column, int rule,
                     double share)
{
    const struct dc_profile *profile = column->profile;

    return rule != DC_NO_INDEX && profile != NULL && (size_t)rule < profile->n_rules &&
           profile->rules[rule].matched > 0 &&
           (double)profile->rules[rule].matched >= share * (double)dc_profile_filled(profile) &&
           work_taxonomy(work)->value_rules[rule].distinct <= profile->rules[rule].distinct;
}

/* The first of the rules that hit in the column's own values, or NULL: one hit is enough. */
static const char *own_value(const struct table_work *work, const struct column_work *column,
                             const struct dc_texts *rules)
{
    for (size_t i = 0; i < rules->n_items; i++) {
        int index = dc_taxonomy_value_rule(work_taxonomy(work), rules->items[i]);

        if (index != DC_NO_INDEX && column->profile != NULL &&
            (size_t)index < column->profile->n_rules && column->profile->rules[index].matched > 0) {
            return rules->items[i];
        }
    }
    return NULL;
}

/* ---- neighbours ---- */

/* What another column of the table says in its name, its comment or its values, told with its name; or NULL. */
static const char *near_by(struct table_work *work, const struct column_work *column,
                           const struct dc_candidate_rule *rule)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        const struct column_work *other = &work->columns[i];
        const char *found = other == column ? NULL
                                            : column_word(work, other->column, &rule->near_words,
                                                          &rule->not_words);

        for (size_t k = 0; other != column && found == NULL && k < rule->near_value_rules.n_items;
             k++) {
            int index = dc_taxonomy_value_rule(work_taxonomy(work),
                                               rule->near_value_rules.items[k]);

            if (index != DC_NO_INDEX &&
                has_hits(work, other, index, work_taxonomy(work)->value_rules[index].share)) {
                found = rule->near_value_rules.items[k];
            }
        }
        if (found != NULL) {
            return dc_arena_printf(work->arena, "%s: %s", other->column->name, found);
        }
    }
    return NULL;
}

/* ---- number and precision ---- */

int64_t classify_rows_of(const struct table_work *work, const struct column_work *column)
{
    int64_t estimated = work->context->table->rows_estimated;
    int64_t sampled = column->profile == NULL ? -1 : column->profile->rows;

    return estimated > sampled ? estimated : sampled;
}

int64_t classify_persons_of(const struct table_work *work, const struct column_work *column)
{
    const struct dc_profile *profile = column->profile;
    int64_t rows = classify_rows_of(work, column);
    int64_t filled = profile == NULL ? 0 : dc_profile_filled(profile);

    if (filled <= 0 || profile->distinct <= 0 || rows < 0) {
        return rows;
    }
    rows = (int64_t)((double)rows * (double)filled / (double)profile->rows);
    return dc_estimate_distinct(filled, profile->distinct, rows);
}

/* An unknown number is no ground for a rule of persons; other rules fire, and a person sees the number. */
static bool is_large_enough(const struct table_work *work, const struct column_work *column,
                            const struct dc_finding *finding, const struct dc_candidate_rule *rule)
{
    int64_t threshold = finding->pi == DC_PI_SENSITIVE && rule->sensitive_threshold > 0
                            ? rule->sensitive_threshold
                            : rule->threshold;
    int64_t rows = classify_rows_of(work, column);

    if (threshold <= 0) {
        return true;
    }
    return finding->pi == DC_PI_NONE ? rows < 0 || rows >= threshold
                                     : classify_persons_of(work, column) >= threshold;
}

/* Coordinates too coarse to place anything; heights, and columns without decimals, are not held to it. */
static bool is_too_coarse(const struct table_work *work, const struct column_work *column,
                          const struct dc_candidate_rule *rule)
{
    return rule->decimals > 0 && column->role != DC_NO_INDEX &&
           strcmp(work_taxonomy(work)->roles[column->role].id, "coordinate") == 0 &&
           column->profile != NULL && column->profile->decimals_max > 0 &&
           column->profile->shapes.decimal > 0 && column->profile->decimals_max < rule->decimals;
}

/* ---- the rule ---- */

/* What the words of the rule find where the rule looks for them on this leaf, or NULL. */
static const char *worded(struct table_work *work, const struct column_work *column,
                          const struct dc_candidate_rule *rule)
{
    const char *found = NULL;

    if (has_index(rule->leaves, rule->n_leaves, column->leaf) ||
        has_index(rule->word_leaves, rule->n_word_leaves, column->leaf)) {
        found = any_word(work, column, &rule->words, &rule->not_words);
        return found != NULL ? found : near_by(work, column, rule);
    }
    if (has_index(rule->own_word_leaves, rule->n_own_word_leaves, column->leaf)) {
        found = column_word(work, column->column, &rule->words, &rule->not_words);
    }
    return found;
}

/* What stands beside the data that is meant: its dates, states, units, or what the rule's own_not_words name. */
static bool is_beside(struct table_work *work, const struct column_work *column,
                      const struct dc_candidate_rule *rule)
{
    return (column->role != DC_NO_INDEX &&
            has_index(rule->not_roles, rule->n_not_roles, column->role)) ||
           (rule->own_not_words.n_items > 0 &&
            column_word(work, column->column, &rule->own_not_words, NULL) != NULL);
}

/* Whether the leaf is sure enough to be the only reason: by the column itself, or by another one that has it too. */
static bool is_sure(const struct table_work *work, const struct column_work *column)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        const struct column_work *other = &work->columns[i];

        if (other->leaf == column->leaf &&
            other->confidence >= work->classifier->weights.candidate) {
            return true;
        }
    }
    return false;
}

/*
 * Why the rule fires on the column, or NULL: a word, a neighbour, a value rule, or the leaf alone. Near a place that a word names as sensitive
 * coarse coordinates count as well.
 */
static const char *reason_of(struct table_work *work, const struct column_work *column,
                             const struct dc_finding *finding, const struct dc_candidate_rule *rule)
{
    const char *reason;

    if (is_beside(work, column, rule) || !is_large_enough(work, column, finding, rule) ||
        (rule->not_words.n_items > 0 && any_word(work, column, &rule->not_words, NULL) != NULL)) {
        return NULL;
    }
    reason = worded(work, column, rule);
    if (reason == NULL) {
        reason = own_value(work, column, &rule->value_rules);
    }
    if (reason == NULL && !rule->needs_words && !is_too_coarse(work, column, rule) &&
        is_sure(work, column) && has_index(rule->leaves, rule->n_leaves, column->leaf)) {
        reason = work_taxonomy(work)->leaves[column->leaf].code;
    }
    return reason;
}

static void tell(struct table_work *work, struct column_work *column, struct dc_finding *finding,
                 const char *rule, const char *reason)
{
    struct line line = {DC_EVIDENCE_CANDIDATE, rule, reason, 1.0, column->leaf, -1, -1, -1};

    classify_add_line(work, column, &line);
    finding->evidence = column->evidence;
    finding->n_evidence = column->n_evidence;
}

void classify_candidates(struct table_work *work, struct column_work *column,
                         struct dc_finding *finding)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const char **fired = dc_arena_alloc(work->arena,
                                        (taxonomy->n_candidate_rules + 1) * sizeof *fired);

    for (size_t i = 0; i < taxonomy->n_candidate_rules; i++) {
        const struct dc_candidate_rule *rule = &taxonomy->candidate_rules[i];
        const char *reason = reason_of(work, column, finding, rule);

        if (reason != NULL) {
            fired[finding->n_important++] = rule->id;
            tell(work, column, finding, rule->id, reason);
        }
    }
    finding->important = fired;
}
