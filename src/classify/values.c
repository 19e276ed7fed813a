/*
 * Value rules as evidence. A rule counts fully from its share of the filled cells on, and only with enough distinct values: the same
 * value a hundred times proves nothing. Where a check passes by chance for a share of any column's values, passing at that share is
 * no evidence either: the more so the fewer values there are.
 */
#include <math.h>
#include <string.h>

#include "classify_internal.h"

#define GENUINE_PASS   0.98 /* share of genuine numbers that pass their check: a few are mistyped */
#define SECRET_MENTION 2.5  /* one is enough, whatever else the column is called */
#define PROOF          0.8  /* of a rule's full weight */
#define ENOUGH         3.0  /* log-likelihood ratio from which a check is proof: about 20 to 1 */

/* 0…1: how far the check's passes go beyond chance. */
static double beyond_chance(const struct dc_value_rule *rule, const struct dc_rule_count *count)
{
    double passed = count->distinct;
    double failed = count->pattern_distinct > count->distinct
                        ? (double)(count->pattern_distinct - count->distinct)
                        : 0;
    double ratio;

    if (rule->check == NULL || rule->chance <= 0 || rule->chance >= GENUINE_PASS) {
        return 1.0;
    }
    ratio = passed * log(GENUINE_PASS / rule->chance) +
            failed * log((1 - GENUINE_PASS) / (1 - rule->chance));
    return fmax(0, fmin(1.0, ratio / ENOUGH));
}

/* Few distinct hits prove little, unless the column has no more values. */
static double enough_distinct(const struct dc_value_rule *rule, const struct dc_rule_count *count,
                              const struct dc_profile *profile)
{
    int64_t needed = rule->distinct > 0 ? rule->distinct : 1;

    if (count->distinct >= needed) {
        return 1.0;
    }
    return count->distinct > 0 && profile->distinct < needed ? 0.4 : 0;
}

/* The object that the column's names refer to: whose name or number the values are. */
static int object_of(const struct column_work *column)
{
    for (int source = 0; source < N_WORD_SOURCES; source++) {
        if (column->meanings[source].strength > 0 &&
            column->meanings[source].object != DC_NO_INDEX) {
            return column->meanings[source].object;
        }
    }
    return DC_NO_INDEX;
}

/* Whether one of the concepts stands in the column's name or comment. */
static bool names_one(const struct column_work *column, const int *concepts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (int source = 0; source < N_WORD_SOURCES; source++) {
            const struct reading *reading = &column->readings[source];

            for (size_t k = 0; k < reading->n_words; k++) {
                if (reading->words[k].concept == concepts[i]) {
                    return true;
                }
            }
        }
    }
    return false;
}

static bool says_nothing(const struct column_work *column)
{
    for (int source = 0; source < N_WORD_SOURCES; source++) {
        if (column->meanings[source].strength > 0) {
            return false;
        }
    }
    return true;
}

/* What a pattern without a check digit needs beside its hits, where business numbers fit it as well. */
static bool has_support(const struct table_work *work, const struct column_work *column,
                        const struct dc_value_rule *rule)
{
    if (rule->n_needs == 0 || names_one(column, rule->needs_indexes, rule->n_needs)) {
        return true;
    }
    return work->subject == DC_NO_INDEX
               ? says_nothing(column)
               : work_taxonomy(work)->subjects[work->subject].person ||
                     work_taxonomy(work)->subjects[work->subject].leaf == rule->leaf;
}

/* A rule that only finds its kind inside longer text does not make the column one: it marks it. */
static bool is_mention(const struct dc_value_rule *rule)
{
    return rule->scope == DC_VALUE_CONTAINS && rule->share < 0.2;
}

/* Text that mentions a person stays text and is marked; a setting that holds a secret is one (X3). */
static double mention_factor(const struct table_work *work, const struct dc_value_rule *rule,
                             int leaf)
{
    if (!is_mention(rule)) {
        return 1.0;
    }
    if (rule->pi != DC_PI_NONE) {
        return 0.2;
    }
    return leaf != DC_NO_INDEX && strcmp(work_taxonomy(work)->leaves[leaf].code, "D6-03") == 0
               ? SECRET_MENTION
               : 0.5;
}

static void mark(struct column_work *column, const struct dc_value_rule *rule, double factor)
{
    if (factor >= 0.5 && rule->pi > column->pi) {
        column->pi = rule->pi;
    }
}

/* Values that are personal beyond doubt: what a bare name says of them gives way. */
static void note_proof(struct column_work *column, const struct dc_value_rule *rule, int leaf,
                       double factor)
{
    if (rule->check != NULL && rule->pi != DC_PI_NONE && !is_mention(rule) && factor >= PROOF) {
        column->proven = leaf;
    }
}

static void add_rule(struct table_work *work, struct column_work *column, size_t index)
{
    const struct dc_value_rule *rule = &work_taxonomy(work)->value_rules[index];
    const struct dc_profile *profile = column->profile;
    const struct dc_rule_count *count = &profile->rules[index];
    int64_t filled = dc_profile_filled(profile);
    double share = (double)count->matched / (double)filled;
    double factor = (rule->share > 0 ? fmin(1.0, share / rule->share) : 1.0) *
                    enough_distinct(rule, count, profile) * beyond_chance(rule, count);
    int leaf = rule->leaf != DC_NO_INDEX ? rule->leaf
                                         : classify_leaf_of(work, rule->role, object_of(column));
    struct line line = {rule->check == NULL ? DC_EVIDENCE_VALUE : DC_EVIDENCE_CHECKSUM,
                        rule->id,
                        "",
                        0,
                        leaf,
                        count->matched,
                        filled,
                        count->distinct};

    if (names_one(column, rule->not_indexes, rule->not_concepts.n_items) ||
        !has_support(work, column, rule)) {
        factor *= work->classifier->weights.against;
    }
    note_proof(column, rule, leaf, factor);
    mark(column, rule, factor);
    /* far below its share a rule is noise: the odd value of another kind */
    if (!is_mention(rule) && factor < 0.35) {
        return;
    }
    line.weight = rule->weight * factor * mention_factor(work, rule, leaf);
    classify_add_line(work, column, &line);
}

void classify_values(struct table_work *work, struct column_work *column)
{
    const struct dc_profile *profile = column->profile;

    if (profile == NULL || dc_profile_filled(profile) <= 0) {
        return;
    }
    for (size_t i = 0; i < profile->n_rules && i < work_taxonomy(work)->n_value_rules; i++) {
        if (profile->rules[i].matched > 0) {
            add_rule(work, column, i);
        }
    }
}
