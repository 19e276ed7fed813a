/*
 * Tables and columns whose names say nothing: c1, c2, c3 …, f_01, attr3. What the values of some columns prove then tells what the table is
 * about, and which rules may speak for a column that no word speaks for.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "classify_internal.h"

#define SERIES     3   /* columns that make a series */
#define MOST       0.7 /* share of a table's columns from which it has no names */
#define HOLDS      0.5 /* of a rule's full weight: the column holds such values */
#define MOST_VALUE 3.0 /* that values can say for one subject */

/* ---- numbered series ---- */

/* Bytes of a name without its final digits; 0 where it has none, or nothing else. */
static size_t numbered_stem(const char *name)
{
    size_t size = strlen(name), stem = size;

    while (stem > 0 && isdigit((unsigned char)name[stem - 1]) != 0) {
        stem--;
    }
    return stem == size ? 0 : stem;
}

size_t classify_count_series(const struct table_work *work, const struct column_work *column)
{
    const char *name = column->column->name;
    size_t stem = numbered_stem(name), n = 0;

    for (size_t i = 0; stem > 0 && i < work->n_columns; i++) {
        const char *other = work->columns[i].column->name;

        n += numbered_stem(other) == stem && strncasecmp(name, other, stem) == 0;
    }
    return n;
}

/* A letter and a number: c1, F2, v_3. Phases, axes and steps are called so as well, beside columns with names. */
static bool is_letter_and_number(const struct column_work *column)
{
    size_t stem = numbered_stem(column->column->name);

    return (stem == 1 || (stem == 2 && column->column->name[1] == '_')) &&
           isalpha((unsigned char)column->column->name[0]) != 0 && column->column->path == NULL &&
           column->readings[FROM_COMMENT].n_words == 0;
}

void classify_forget_letters(struct table_work *work)
{
    size_t n = 0;

    for (size_t i = 0; i < work->n_columns; i++) {
        n += is_letter_and_number(&work->columns[i]);
    }
    if (n < SERIES || (double)n < MOST * (double)classify_count_columns(work)) {
        return;
    }
    for (size_t i = 0; i < work->n_columns; i++) {
        if (is_letter_and_number(&work->columns[i])) {
            work->columns[i].readings[FROM_NAME].n_words = 0;
            work->columns[i].readings[FROM_NAME].unit_role = DC_NO_INDEX;
        }
    }
}

bool classify_is_nameless(const struct table_work *work, const struct column_work *column)
{
    bool series = classify_count_series(work, column) >= SERIES;

    if (column->known_leaf != DC_NO_INDEX) {
        return false;
    }
    for (int source = 0; source < N_WORD_SOURCES; source++) {
        const struct meaning *meaning = &column->meanings[source];

        if (meaning->strength > 0 && !(series && classify_is_generic(work, meaning))) {
            return false;
        }
    }
    return true;
}

/* ---- what the columns hold ---- */

bool classify_holds(const struct column_work *column, const struct dc_taxonomy *taxonomy,
                    size_t rule)
{
    const struct dc_profile *profile = column->profile;

    return profile != NULL && rule < profile->n_rules && profile->rules[rule].matched > 0 &&
           classify_rule_factor(&taxonomy->value_rules[rule], &profile->rules[rule], profile) >=
               HOLDS;
}

bool classify_is_beside(const struct table_work *work, const struct column_work *column,
                        const struct dc_value_rule *rule)
{
    for (size_t i = 0; i < rule->n_beside; i++) {
        for (size_t k = 0; k < work->n_columns; k++) {
            if (&work->columns[k] != column &&
                classify_holds(&work->columns[k], work_taxonomy(work), (size_t)rule->beside[i])) {
                return true;
            }
        }
    }
    return rule->n_beside == 0;
}

/* Columns of the table itself: keys of documents are columns of their own (catalog.h). */
size_t classify_count_columns(const struct table_work *work)
{
    size_t n = 0;

    for (size_t i = 0; i < work->n_columns; i++) {
        n += work->columns[i].column->path == NULL;
    }
    return n;
}

static bool is_held(const struct table_work *work, size_t rule)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        const struct column_work *column = &work->columns[i];

        if (classify_holds(column, work_taxonomy(work), rule) &&
            classify_is_beside(work, column, &work_taxonomy(work)->value_rules[rule])) {
            return true;
        }
    }
    return false;
}

/* No more than the bound, whatever the rules together say. */
static void speak(struct table_work *work, const struct dc_subject_weight *said, double *votes)
{
    double added = fmin(said->weight, MOST_VALUE - votes[said->subject]) *
                   work->classifier->weights.subject_value;

    votes[said->subject] += said->weight;
    if (added > 0) {
        work->subject_scores[said->subject] += added;
        classify_trace_add(work, said->subject, added);
    }
}

/* A rule speaks once, however many columns hold its values. */
void classify_speak_values(struct table_work *work)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    double *votes = dc_arena_alloc(work->arena, (taxonomy->n_subjects + 1) * sizeof *votes);

    for (size_t r = 0; r < taxonomy->n_value_rules; r++) {
        const struct dc_value_rule *rule = &taxonomy->value_rules[r];

        if (rule->n_speaks_for == 0 || !is_held(work, r)) {
            continue;
        }
        classify_trace_about(work, "values", rule->id, "");
        for (size_t i = 0; i < rule->n_speaks_for; i++) {
            speak(work, &rule->speaks_for[i], votes);
        }
    }
}

/* ---- types ---- */

enum dc_type_class classify_type_of_values(const struct column_work *column)
{
    const struct dc_profile *profile = column->profile;
    enum dc_type_class type = column->column->type;
    uint32_t distinct, numbers;

    if (type != DC_TYPE_TEXT || profile == NULL || profile->distinct <= 0) {
        return type;
    }
    distinct = (uint32_t)profile->distinct;
    numbers = profile->shapes.integer + profile->shapes.decimal;
    if (profile->shapes.date >= distinct) {
        return DC_TYPE_TIMESTAMP;
    }
    return numbers < distinct            ? type
           : profile->shapes.decimal > 0 ? DC_TYPE_DECIMAL
                                         : DC_TYPE_INTEGER;
}
