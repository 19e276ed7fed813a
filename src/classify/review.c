/*
 * What people have decided is evidence: for the column itself, for columns of that name in tables of the same kind, and along foreign
 * keys in both directions. Where people differ, each verdict has its share of the weight.
 */
#include <string.h>
#include <strings.h>

#include "classify_internal.h"

/* Decisions that speak for a column, and how many of them for each leaf. */
struct votes {
    const struct dc_decision *decisions[64];
    size_t n;
};

static bool is_verdict(const struct table_work *work, const struct dc_decision *decision)
{
    int review = work->classifier->leaves[LEAF_REVIEW];

    return decision->leaf[0] != '\0' &&
           dc_taxonomy_leaf(work_taxonomy(work), decision->leaf) != DC_NO_INDEX &&
           dc_taxonomy_leaf(work_taxonomy(work), decision->leaf) != review;
}

static const char *source_name(const struct table_work *work)
{
    const struct dc_source *source = work->context->source;

    return source == NULL || source->name == NULL ? "" : source->name;
}

static void add_vote(const struct table_work *work, struct votes *votes,
                     const struct dc_decision *decision)
{
    if (votes->n < sizeof votes->decisions / sizeof *votes->decisions &&
        is_verdict(work, decision)) {
        votes->decisions[votes->n++] = decision;
    }
}

static size_t count_leaf(const struct votes *votes, const char *leaf)
{
    size_t n = 0;

    for (size_t i = 0; i < votes->n; i++) {
        n += strcmp(votes->decisions[i]->leaf, leaf) == 0;
    }
    return n;
}

static const char *told(const struct table_work *work, const struct dc_decision *decision,
                        size_t n_same, size_t n_all)
{
    return dc_arena_printf(work->arena, "decision %lld on %s.%s (%zu of %zu)",
                           (long long)decision->id, decision->table, decision->column, n_same,
                           n_all);
}

/* One line a leaf. */
static void tell_votes(struct table_work *work, struct column_work *column,
                       const struct votes *votes, const char *rule, double weight)
{
    for (size_t i = 0; i < votes->n; i++) {
        const struct dc_decision *decision = votes->decisions[i];
        size_t n = count_leaf(votes, decision->leaf);
        struct votes before = *votes;

        before.n = i;
        if (count_leaf(&before, decision->leaf) == 0) {
            classify_add(work, column, DC_EVIDENCE_REVIEW, rule, told(work, decision, n, votes->n),
                         weight * (double)n / (double)votes->n,
                         dc_taxonomy_leaf(work_taxonomy(work), decision->leaf));
        }
    }
}

static bool same_place(const struct table_work *work, const struct dc_decision *decision)
{
    const struct dc_table *table = work->context->table;

    return strcmp(decision->source, source_name(work)) == 0 &&
           strcmp(decision->catalog, table->catalog) == 0 &&
           strcmp(decision->schema, table->schema) == 0 &&
           strcmp(decision->table, table->name) == 0;
}

static bool same_kind(const struct table_work *work, const struct column_work *column,
                      const struct dc_decision *decision)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const char *subject = work->subject == DC_NO_INDEX ? "" : taxonomy->subjects[work->subject].id;

    return (decision->type == column->column->type || decision->type == DC_TYPE_UNKNOWN) &&
           ((subject[0] != '\0' && strcmp(decision->subject, subject) == 0) ||
            strcasecmp(decision->table, work->context->table->name) == 0);
}

static void learn_from_name(struct table_work *work, struct column_work *column)
{
    size_t n;
    const struct dc_decision *const *named = dc_decisions_of_name(work->context->decisions,
                                                                  column->column->name, &n);
    struct votes votes = {.n = 0};

    for (size_t i = n; i-- > 0;) { /* the newest first */
        if (!same_place(work, named[i]) && same_kind(work, column, named[i])) {
            add_vote(work, &votes, named[i]);
        }
    }
    tell_votes(work, column, &votes, "review-name", work->classifier->weights.review_name);
}

/* The column that a foreign key references. */
static void learn_from_referenced(struct table_work *work, struct column_work *column)
{
    const struct dc_column *described = column->column;
    struct votes votes = {.n = 0};
    size_t n = 0;
    const struct dc_decision *const *named = described->ref_table == NULL ||
                                                     described->ref_column == NULL
                                                 ? NULL
                                                 : dc_decisions_of_name(work->context->decisions,
                                                                        described->ref_column, &n);

    for (size_t i = 0; i < n; i++) {
        if (strcmp(named[i]->source, source_name(work)) == 0 &&
            strcmp(named[i]->table, described->ref_table) == 0 &&
            (described->ref_schema == NULL || described->ref_schema[0] == '\0' ||
             strcmp(named[i]->schema, described->ref_schema) == 0)) {
            add_vote(work, &votes, named[i]);
        }
    }
    tell_votes(work, column, &votes, "review-reference",
               work->classifier->weights.review_reference);
}

/* Columns whose foreign keys reference this one. */
static void learn_from_referencing(struct table_work *work, struct column_work *column)
{
    const struct dc_table *table = work->context->table;
    const char *places[] = {
        dc_arena_printf(work->arena, "%s.%s.%s", table->schema, table->name, column->column->name),
        dc_arena_printf(work->arena, "%s.%s", table->name, column->column->name)};
    struct votes votes = {.n = 0};

    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        size_t n;
        const struct dc_decision *const *found = dc_decisions_of_reference(work->context->decisions,
                                                                           places[k], &n);

        for (size_t i = 0; i < n; i++) {
            if (strcmp(found[i]->source, source_name(work)) == 0) {
                add_vote(work, &votes, found[i]);
            }
        }
    }
    tell_votes(work, column, &votes, "review-referenced",
               work->classifier->weights.review_reference);
}

void classify_reviews(struct table_work *work, struct column_work *column)
{
    const struct dc_table *table = work->context->table;
    struct dc_decision key = {.source = source_name(work),
                              .catalog = table->catalog,
                              .schema = table->schema,
                              .table = table->name,
                              .column = column->column->name};
    const struct dc_decision *own;
    struct votes votes = {.n = 0};

    if (work->context->decisions == NULL) {
        return;
    }
    own = dc_decisions_of_column(work->context->decisions, &key);
    if (own != NULL && is_verdict(work, own)) {
        add_vote(work, &votes, own);
        tell_votes(work, column, &votes, "review-column", work->classifier->weights.review_column);
        return;
    }
    learn_from_name(work, column);
    learn_from_referenced(work, column);
    learn_from_referencing(work, column);
}
