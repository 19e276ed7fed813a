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

/* Coordinates too coarse to place anything; columns without decimals are not held to it. */
static bool is_too_coarse(const struct column_work *column, const struct dc_candidate_rule *rule)
{
    return rule->decimals > 0 && column->profile != NULL && column->profile->decimals_max > 0 &&
           column->profile->shapes.decimal > 0 && column->profile->decimals_max < rule->decimals;
}

static bool fires(struct table_work *work, const struct column_work *column,
                  const struct dc_candidate_rule *rule)
{
    bool by_leaf = has_index(rule->leaves, rule->n_leaves, column->leaf);
    bool by_word_leaf = has_index(rule->word_leaves, rule->n_word_leaves, column->leaf);
    bool word = false;

    if (!by_leaf && !by_word_leaf && !has_value(work, column, &rule->value_rules)) {
        return false;
    }
    if (!is_large_enough(work, column, rule) || is_too_coarse(column, rule)) {
        return false;
    }
    if (rule->not_words.n_items > 0 && has_word(work, column, &rule->not_words, NULL)) {
        return false;
    }
    if ((by_leaf && rule->needs_words) || (!by_leaf && by_word_leaf)) {
        word = has_word(work, column, &rule->words, &rule->not_words);
    }
    return (by_leaf && (!rule->needs_words || word)) || (by_word_leaf && word) ||
           has_value(work, column, &rule->value_rules);
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
