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
#define EVERY_ROW      0.9
#define MOST_HEADINGS  4 /* distinct values from which one of them can be a heading */
#define SEVERAL        3 /* kinds of personal information that are no accident */
#define HALF           0.5
#define ENOUGH         3.0 /* log-likelihood ratio from which a check is proof: about 20 to 1 */

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

double classify_rule_factor(const struct dc_value_rule *rule, const struct dc_rule_count *count,
                            const struct dc_profile *profile)
{
    double share = (double)count->matched / (double)dc_profile_filled(profile);

    return (rule->share > 0 ? fmin(1.0, share / rule->share) : 1.0) *
           enough_distinct(rule, count, profile) * beyond_chance(rule, count);
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
                     classify_same_class(work_taxonomy(work), rule->leaf,
                                         work_taxonomy(work)->subjects[work->subject].leaf);
}

/* A rule that only finds its kind inside longer text does not make the column one: it marks it. */
static bool is_mention(const struct dc_value_rule *rule)
{
    return rule->scope == DC_VALUE_CONTAINS && rule->share < 0.2;
}

/*
 * Text that mentions a person stays text and is marked; where every row does, the rows are of persons whatever their form. A setting that
 * holds a secret is one (X3).
 */
static double mention_factor(const struct table_work *work, const struct dc_value_rule *rule,
                             int leaf, double share)
{
    if (!is_mention(rule) ||
        (rule->pi != DC_PI_NONE && rule->check != NULL && share >= EVERY_ROW)) {
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

/* A rule that says neither speaks for what the names say; values alone say no more than it does. */
static int leaf_of_rule(const struct table_work *work, const struct column_work *column,
                        const struct dc_value_rule *rule)
{
    if (rule->leaf != DC_NO_INDEX) {
        return rule->leaf;
    }
    return rule->role == DC_NO_INDEX && work->subject_by_values
               ? DC_NO_INDEX
               : classify_leaf_of(work, rule->role, object_of(column));
}

/* One value that is met once among others: the first row of a sheet that was read in as data. */
static bool is_heading(const struct dc_rule_count *count, const struct dc_profile *profile)
{
    return count->distinct == 1 && profile->distinct >= MOST_HEADINGS;
}

static void add_rule(struct table_work *work, struct column_work *column, size_t index)
{
    const struct dc_value_rule *rule = &work_taxonomy(work)->value_rules[index];
    const struct dc_profile *profile = column->profile;
    const struct dc_rule_count *count = &profile->rules[index];
    int64_t filled = dc_profile_filled(profile);
    double factor = classify_rule_factor(rule, count, profile);
    int leaf = leaf_of_rule(work, column, rule);
    struct line line = {rule->check == NULL ? DC_EVIDENCE_VALUE : DC_EVIDENCE_CHECKSUM,
                        rule->id,
                        "",
                        0,
                        leaf,
                        count->matched,
                        filled,
                        count->distinct};

    if ((rule->nameless && !classify_is_nameless(work, column)) ||
        !classify_is_beside(work, column, rule) || (rule->heading && !is_heading(count, profile))) {
        return;
    }
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
    line.weight = rule->weight * factor *
                  mention_factor(work, rule, leaf, (double)count->matched / (double)filled);
    classify_add_line(work, column, &line);
}

/* ---- values of several kinds ---- */

/* A rule that proves a whole value to belong to a person. */
static bool is_personal(const struct dc_value_rule *rule)
{
    return rule->scope == DC_VALUE_WHOLE && rule->pi != DC_PI_NONE && rule->check != NULL &&
           !rule->nameless && rule->n_needs == 0;
}

/*
 * The value column of a table of attributes: a name in one row, a telephone in the next. No kind reaches its share; together they are what
 * the column holds, and it is as sensitive as the most sensitive of them.
 */
static void add_mixed(struct table_work *work, struct column_work *column)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const struct dc_profile *profile = column->profile;
    const struct dc_value_rule *strictest = NULL;
    int64_t filled = dc_profile_filled(profile);
    struct line line = {
        .kind = DC_EVIDENCE_CHECKSUM, .rule = "mixed-personal", .detail = "", .tested = filled};
    size_t n_kinds = 0;

    for (size_t i = 0; i < profile->n_rules && i < taxonomy->n_value_rules; i++) {
        const struct dc_value_rule *rule = &taxonomy->value_rules[i];
        const struct dc_rule_count *count = &profile->rules[i];

        if (count->matched == 0 || !is_personal(rule) ||
            (double)count->distinct < rule->chance * (double)count->pattern_distinct) {
            continue;
        }
        n_kinds++;
        line.matched += count->matched;
        line.distinct += count->distinct;
        if (rule->leaf != DC_NO_INDEX && (strictest == NULL || rule->pi > strictest->pi)) {
            strictest = rule;
        }
    }
    if (strictest != NULL && n_kinds >= SEVERAL && (double)line.matched >= HALF * (double)filled) {
        line.leaf = strictest->leaf;
        line.weight = strictest->weight;
        mark(column, strictest, 1.0);
        classify_add_line(work, column, &line);
    }
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
    add_mixed(work, column);
}
