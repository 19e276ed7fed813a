/* Candidates for important data (疑似重要数据): flags for a person to check, as far as one column with its table can tell. */
#include <string.h>

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

/* One of the rule's words in the column's own name or comment. */
static bool has_own_word(struct table_work *work, const struct column_work *column,
                         const struct dc_texts *words, const struct dc_texts *not_words)
{
    return classify_find_word(work->arena, column->column->comment, words, not_words) != NULL ||
           classify_find_word(work->arena, column->column->name, words, not_words) != NULL;
}

/* One of the rule's words in the name or comment of the column or its table. */
static bool has_word(struct table_work *work, const struct column_work *column,
                     const struct dc_texts *words, const struct dc_texts *not_words)
{
    const char *texts[] = {column->column->comment, column->column->name,
                           work->context->table->comment, work->context->table->name};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (classify_find_word(work->arena, texts[i], words, not_words) != NULL) {
            return true;
        }
    }
    return false;
}

static bool has_value(const struct table_work *work, const struct column_work *column,
                      const struct dc_texts *rules)
{
    for (size_t i = 0; column->profile != NULL && i < rules->n_items; i++) {
        int index = dc_taxonomy_value_rule(work_taxonomy(work), rules->items[i]);

        if (index != DC_NO_INDEX && (size_t)index < column->profile->n_rules &&
            column->profile->rules[index].matched > 0) {
            return true;
        }
    }
    return false;
}

/* Rows of the table, as far as known: each row of a table of persons is one. */
static int64_t rows_of(const struct table_work *work, const struct column_work *column)
{
    int64_t estimated = work->context->table->rows_estimated;
    int64_t sampled = column->profile == NULL ? -1 : column->profile->rows;

    return estimated > sampled ? estimated : sampled;
}

static bool is_large_enough(const struct table_work *work, const struct column_work *column,
                            const struct dc_candidate_rule *rule)
{
    return rule->threshold <= 0 || rows_of(work, column) >= rule->threshold;
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

/* By its leaf, with the words that the rule asks for there. */
static bool fits_leaf(struct table_work *work, const struct column_work *column,
                      const struct dc_candidate_rule *rule)
{
    if (has_index(rule->leaves, rule->n_leaves, column->leaf) && !rule->needs_words) {
        return true;
    }
    if (has_index(rule->leaves, rule->n_leaves, column->leaf) ||
        has_index(rule->word_leaves, rule->n_word_leaves, column->leaf)) {
        return has_word(work, column, &rule->words, &rule->not_words);
    }
    return has_index(rule->own_word_leaves, rule->n_own_word_leaves, column->leaf) &&
           has_own_word(work, column, &rule->words, &rule->not_words);
}

/* What stands beside the data that is meant: its dates, states, units. */
static bool is_beside(const struct column_work *column, const struct dc_candidate_rule *rule)
{
    return column->role != DC_NO_INDEX &&
           has_index(rule->not_roles, rule->n_not_roles, column->role);
}

static bool fires(struct table_work *work, const struct column_work *column,
                  const struct dc_candidate_rule *rule)
{
    if (is_beside(column, rule) || !is_large_enough(work, column, rule) ||
        is_too_coarse(work, column, rule)) {
        return false;
    }
    if (!fits_leaf(work, column, rule) && !has_value(work, column, &rule->value_rules)) {
        return false;
    }
    return rule->not_words.n_items == 0 || !has_word(work, column, &rule->not_words, NULL);
}

void classify_candidates(struct table_work *work, struct column_work *column,
                         struct dc_finding *finding)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const char **fired = dc_arena_alloc(work->arena,
                                        (taxonomy->n_candidate_rules + 1) * sizeof *fired);

    for (size_t i = 0; i < taxonomy->n_candidate_rules; i++) {
        if (fires(work, column, &taxonomy->candidate_rules[i])) {
            fired[finding->n_important++] = taxonomy->candidate_rules[i].id;
        }
    }
    finding->important = fired;
}
