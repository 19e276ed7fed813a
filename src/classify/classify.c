/* Front of the classifier: a table in, findings out. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

#include "classify_internal.h"

struct dc_classifier *dc_classifier_create(const struct dc_taxonomy *taxonomy,
                                           const struct dc_name_index *index)
{
    struct dc_classifier *classifier = dc_alloc(1, sizeof *classifier);

    classifier->taxonomy = taxonomy;
    classifier->index = index;
    classifier->arena = dc_arena_create(0);
    classify_setup(classifier);
    return classifier;
}

void dc_classifier_destroy(struct dc_classifier *classifier)
{
    if (classifier != NULL) {
        dc_arena_destroy(classifier->arena);
        free(classifier);
    }
}

static void begin(struct table_work *work, const struct dc_classifier *classifier,
                  const struct dc_table_context *context, struct dc_arena *arena)
{
    *work = (struct table_work){.classifier = classifier,
                                .context = context,
                                .arena = arena,
                                .n_columns = context->table->n_columns,
                                .subject = DC_NO_INDEX,
                                .second_subject = DC_NO_INDEX};
    work->columns = dc_arena_alloc(arena, (work->n_columns + 1) * sizeof *work->columns);
    work->subject_scores = dc_arena_alloc(arena, (classifier->taxonomy->n_subjects + 1) *
                                                     sizeof *work->subject_scores);
    for (size_t i = 0; i < work->n_columns; i++) {
        work->columns[i].column = &context->table->columns[i];
        work->columns[i].profile = context->profiles == NULL ? NULL : &context->profiles[i];
        work->columns[i].leaf = work->columns[i].runner_up = DC_NO_INDEX;
        work->columns[i].role = work->columns[i].proven = DC_NO_INDEX;
    }
}

/* Words, then what they say and the subject; ambiguous words are settled by it and all is read once more. */
static void understand(struct table_work *work)
{
    classify_read_table(work);
    classify_doubt_initials(work);
    classify_own_words(work);
    classify_meanings(work);
    classify_subject(work);
    classify_settle_words(work);
    classify_meanings(work);
    classify_subject(work);
    classify_meanings(work);
    classify_name_descriptions(work);
}

static void decide(struct table_work *work, struct column_work *column, struct dc_finding *finding)
{
    classify_values(work, column);
    classify_names(work, column);
    classify_traits(work, column);
    classify_relations(work, column);
    classify_tags(work, column);
    classify_reviews(work, column);
    classify_score(work, column, finding);
    classify_override_leaf(work, column, finding);
    column->confidence = finding->confidence;
    classify_grade(work, column, finding);
}

/* What the plant decided itself stands above every level rule. */
static void conclude(struct table_work *work, struct dc_finding *findings)
{
    classify_statistics(work, findings);
    for (size_t i = 0; i < work->n_columns; i++) {
        classify_override_level(work, &work->columns[i], &findings[i]);
        classify_candidates(work, &work->columns[i], &findings[i]);
    }
    classify_combined_marks(work, findings);
    classify_impacts(work, findings);
}

/* X10: until a person decides, the table's highest level protects a column that could not be told. */
static void protect_undecided(struct dc_finding *findings, size_t n, int level)
{
    for (size_t i = 0; i < n; i++) {
        if (findings[i].level == 0) {
            findings[i].level = level > 0 ? level : 2;
            findings[i].level_reference = findings[i].level;
        }
    }
}

void dc_classify_table(const struct dc_classifier *classifier,
                       const struct dc_table_context *context, struct dc_arena *arena,
                       struct dc_finding *findings, struct dc_table_finding *table_finding)
{
    struct table_work work;

    begin(&work, classifier, context, arena);
    understand(&work);
    for (size_t i = 0; i < work.n_columns; i++) {
        decide(&work, &work.columns[i], &findings[i]);
    }
    conclude(&work, findings);
    classify_documents(&work, findings);
    classify_rollup(&work, findings, table_finding);
    protect_undecided(findings, work.n_columns, table_finding->level);
}

/* ---- why ---- */

/* What the column would be if the table were about its second subject. */
static void ask_otherwise(struct table_work *work, size_t column,
                          struct dc_subject_explanation *out)
{
    struct dc_finding finding;

    out->other_subject = out->other_leaf = "";
    if (work->second_subject == DC_NO_INDEX || column >= work->n_columns) {
        return;
    }
    work->subject = work->second_subject;
    work->trace = NULL;
    classify_meanings(work);
    decide(work, &work->columns[column], &finding);
    out->other_subject = work_taxonomy(work)->subjects[work->second_subject].id;
    out->other_leaf = finding.leaf;
}

void dc_classify_explain_subject(const struct dc_classifier *classifier,
                                 const struct dc_table_context *context, size_t column,
                                 struct dc_arena *arena, struct dc_subject_explanation *out)
{
    struct subject_trace trace = {.kind = "", .word = "", .column = ""};
    struct table_work work;

    *out = (struct dc_subject_explanation){.n_scores = 0};
    begin(&work, classifier, context, arena);
    work.trace = &trace;
    understand(&work);
    classify_trace_tell(&work, out);
    ask_otherwise(&work, column, out);
    free(trace.reasons);
}

/* ---- names before values ---- */

void dc_classify_set_named(const struct dc_classifier *classifier, const struct dc_table *table,
                           struct dc_profiler *profiler)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_table_context context = {.table = table};
    struct table_work work;

    begin(&work, classifier, &context, arena);
    classify_read_table(&work);
    classify_meanings(&work);
    for (size_t i = 0; i < work.n_columns; i++) {
        if (!classify_is_nameless(&work, &work.columns[i])) {
            dc_profiler_set_named(profiler, i);
        }
    }
    dc_arena_destroy(arena);
}

/* ---- L10 ---- */

/* A comment up to what explains it: "密级（1 秘密 2 机密）" names a column of levels, not a secret. */
static const char *head_of(struct dc_arena *arena, const char *comment)
{
    static const char *const signs[] = {"（", "(", "：", ":", "，", ",", "；", ";", "[", "【", " "};
    size_t size = comment == NULL ? 0 : strlen(comment);

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = comment == NULL ? NULL : strstr(comment, signs[i]);

        if (at != NULL && (size_t)(at - comment) < size) {
            size = (size_t)(at - comment);
        }
    }
    return dc_arena_printf(arena, "%.*s", (int)size, comment == NULL ? "" : comment);
}

static const char *secret_in(struct dc_arena *arena, const struct dc_level_rule *rule,
                             const struct dc_table *table)
{
    const char *word = classify_find_word(arena, table->name, &rule->words, &rule->not_words);

    if (word == NULL) {
        word = classify_find_word(arena, table->comment, &rule->words, &rule->not_words);
    }
    for (size_t i = 0; word == NULL && i < table->n_columns; i++) {
        const struct dc_column *column = &table->columns[i];

        word = classify_find_word(arena, column->name, &rule->words, &rule->not_words);
        if (word == NULL) {
            word = classify_find_word(arena, head_of(arena, column->comment), &rule->words,
                                      &rule->not_words);
            word = word == NULL || strcmp(word, "★") == 0 ? NULL : word; /* "★必填": obligatory */
        }
    }
    return word;
}

bool dc_classify_state_secret(const struct dc_classifier *classifier, const struct dc_table *table,
                              const char **word)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(classifier->taxonomy, "L10");
    struct dc_arena *arena;
    const char *found;

    if (rule == NULL || !rule->enabled) {
        return false;
    }
    arena = dc_arena_create(0);
    found = secret_in(arena, rule, table);
    if (found != NULL && word != NULL) {
        *word = found;
    }
    dc_arena_destroy(arena);
    return found != NULL;
}

bool dc_classify_state_secret_seen(const struct dc_classifier *classifier,
                                   const struct dc_profiler *profiler, const char **rule)
{
    const struct dc_level_rule *level = dc_taxonomy_level_rule(classifier->taxonomy, "L10");

    for (size_t i = 0; level != NULL && level->enabled && i < level->value_rules.n_items; i++) {
        int index = dc_taxonomy_value_rule(classifier->taxonomy, level->value_rules.items[i]);

        if (index != DC_NO_INDEX && dc_profiler_has_seen(profiler, (size_t)index)) {
            *rule = level->value_rules.items[i];
            return true;
        }
    }
    return false;
}
