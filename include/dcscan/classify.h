/*
 * The decision: a table with its profiles in, findings out. Pure: no database, no files, no clock.
 */
#ifndef DCSCAN_CLASSIFY_H
#define DCSCAN_CLASSIFY_H

#include "dcscan/catalog.h"
#include "dcscan/decision.h"
#include "dcscan/detect.h"
#include "dcscan/finding.h"
#include "dcscan/profile.h"
#include "dcscan/sample.h"
#include "dcscan/taxonomy.h"

#ifdef __cplusplus
extern "C" {
#endif

struct dc_classifier;
/* The taxonomy and index must outlive the classifier. Immutable, shared by threads. */
struct dc_classifier *dc_classifier_create(const struct dc_taxonomy *taxonomy,
                                           const struct dc_name_index *index);
void dc_classifier_destroy(struct dc_classifier *classifier);

/*
 * Names inside values: in a table of names and values (parameter and setting, tag and measurement) the names in the sample say what the
 * values are. They are read while the sample passes; concepts are kept of them, no text.
 */
#define DC_MAX_TAGS 256 /* distinct names read */
struct dc_tag_reader;   /* per worker; reused for table after table */
/* The classifier must outlive it. */
struct dc_tag_reader *dc_tag_reader_create(const struct dc_classifier *classifier);
void dc_tag_reader_destroy(struct dc_tag_reader *reader);
void dc_tag_reader_begin(struct dc_tag_reader *reader, const struct dc_table *table);
void dc_tag_reader_add(struct dc_tag_reader *reader, const struct dc_block *block);
/*
 * What was read, as `tags` of the profiles of the columns of values, in `arena`. `profiles` are those of `table`, which is that of the
 * beginning or one with sub-columns.
 */
void dc_tag_reader_end(struct dc_tag_reader *reader, const struct dc_table *table,
                       struct dc_arena *arena, struct dc_profile *profiles);

/* What is known around a table when it is decided. */
struct dc_table_context {
    const struct dc_source *source; /* its `about` texts may speak (system: PLM) */
    const struct dc_catalog
        *catalog; /* for foreign keys and name prefixes shared by many tables; may be NULL */
    const struct dc_table *table;
    const struct dc_profile
        *profiles; /* table->n_columns, or NULL when not sampled: decided by names */
    const struct dc_decisions *decisions; /* of people, to learn from; may be NULL */
};

/*
 * Decides all columns of a table. `findings` has room for table->n_columns. All texts go into `arena`.
 */
void dc_classify_table(const struct dc_classifier *classifier,
                       const struct dc_table_context *context, struct dc_arena *arena,
                       struct dc_finding *findings, struct dc_table_finding *table_finding);

/* Something that spoke for a subject of a table. Texts are names, words and ids, never values. */
struct dc_subject_reason {
    const char *subject; /* id */
    /*
     * "settled" (the name of the table alone), "table_name", "table_comment", "surroundings" (system, source, schema), "column" (an object that a
     * column names), "term" (a column that denotes the subject's leaf), "hint" (a word among the columns), "measured" (many measured
     * quantities), "becomes" (another subject that handed its score over), "values" (a value rule that the values of a column pass).
     */
    const char *kind;
    const char *word;   /* the word, concept, name or subject; "" where there is none */
    const char *column; /* "" where no single column spoke */
    double
        weight; /* what it adds to the score; of many columns that agree no more than the bound counts, shared among them */
};
struct dc_subject_score {
    const char *subject;
    struct dc_label name;
    double score; /* the sum of its reasons */
};
struct dc_subject_explanation {
    const struct dc_subject_score *scores; /* above 0, the highest first */
    size_t n_scores;
    const struct dc_subject_reason *reasons; /* the strongest first */
    size_t n_reasons;
    /* The leaf the column would have if the table were about the second of the scores that leads elsewhere; "" where none does. */
    const char *other_subject, *other_leaf;
};
/*
 * Why the table is about what it is about: the scoring of subjects once more, told. `column` is an index of the table's columns. All texts go
 * into `arena` or are the taxonomy's.
 */
void dc_classify_explain_subject(const struct dc_classifier *classifier,
                                 const struct dc_table_context *context, size_t column,
                                 struct dc_arena *arena, struct dc_subject_explanation *out);

/* Tells a profiler that has begun a table which of its columns have names that say something, so that fewer value rules are tried. */
void dc_classify_set_named(const struct dc_classifier *classifier, const struct dc_table *table,
                           struct dc_profiler *profiler);

/* Whether a state-secret mark (level rule L10) stands in the table's name or comments: such a table is not sampled, nothing of it kept. */
bool dc_classify_state_secret(const struct dc_classifier *classifier, const struct dc_table *table,
                              const char **word);
/*
 * The same in what a profiler has seen so far, by the value rules that L10 names, so that sampling can stop at the first mark; *rule is the
 * id of the one that hit.
 */
bool dc_classify_state_secret_seen(const struct dc_classifier *classifier,
                                   const struct dc_profiler *profiler, const char **rule);

#ifdef __cplusplus
}
#endif
#endif
