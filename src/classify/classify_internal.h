/*
 * Private to the classify layer.
 *
 * A table is decided in this order, one file a step:
 *   reading.c    words of names and comments, one reading a source of words;  elements.c  symbols of chemical elements;
 *   instruments.c  tags of instruments
 *   meaning.c    what a reading says: role, object it refers to, or a term that denotes a leaf by itself
 *   subject.c    what the table is about, from all readings together
 *   leaf.c       role × object × subject → leaf (border rules X1 to X10)
 *   values.c     value rules, with the check digits' base rate discounted;  nameless.c  what they say where names say nothing
 *   review.c     decisions of people
 *   traits.c     declared type, statistics, keys and neighbours
 *   score.c      evidence lines → one score a leaf → leaf, runner-up, confidence
 *   grade.c      level rules L3 to L5 and L9;  together.c  L6 and L7;  candidate.c  ID01 to ID16;  impact.c  whom harm would reach;  rollup.c  the table's own verdict
 */
#ifndef DCSCAN_CLASSIFY_INTERNAL_H
#define DCSCAN_CLASSIFY_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/classify.h"
#include "dcscan/source.h"

/* ---- what the engine knows of the taxonomy by name (setup.c) ---- */

/* Roles that the engine treats in a way of their own; taxonomies/…/roles.yaml defines them. */
enum known_role {
    ROLE_KEY,
    ROLE_PARENT_KEY,
    ROLE_AUDIT_TIME,
    ROLE_AUDIT_USER,
    ROLE_DELETE_MARK,
    ROLE_TENANT_KEY,
    ROLE_SORT_ORDER,
    ROLE_TECHNICAL,
    ROLE_VERSION,
    ROLE_STATUS,
    ROLE_TYPE_CODE,
    ROLE_FLAG,
    ROLE_LEVEL,
    ROLE_CATEGORY,
    ROLE_REMARK,
    ROLE_DESCRIPTION,
    ROLE_CONTENT,
    ROLE_ATTACHMENT,
    ROLE_EXTENSION,
    ROLE_NUMBER,
    ROLE_COUNT_OR_NUMBER,
    ROLE_NAME,
    ROLE_SHORT_NAME,
    ROLE_QUANTITY,
    ROLE_DATE,
    ROLE_VALUE,
    ROLE_DURATION,
    ROLE_RATE,
    ROLE_LIMIT,
    ROLE_SCORE,
    ROLE_REFERENCE,
    ROLE_PERSON_NAME,
    ROLE_EXPIRY_DATE,
    ROLE_ACTUAL_DATE,
    ROLE_PLAN_DATE,
    ROLE_PERSON,
    ROLE_LOGIN,
    ROLE_COMPANY_NAME,
    ROLE_URL,
    ROLE_ADDRESS,
    ROLE_COORDINATE,
    N_KNOWN_ROLES
};

/* How a role finds its leaf when the column names an object other than the table's subject. */
enum role_group {
    GROUP_DOCUMENT,  /* quantities, dates, results: attributes of the document in hand */
    GROUP_NAMING,    /* names, codes, specifications: follow the object they name (X9) */
    GROUP_MONEY,     /* prices and amounts: by the kind of business the document is (X3) */
    GROUP_PERSONAL,  /* persons and contacts: personal information (X3) */
    GROUP_TECHNICAL, /* keys, audit columns, states, flags, free text */
    N_ROLE_GROUPS
};

enum known_leaf {
    LEAF_KEY,    /* Z1-01 */
    LEAF_CODE,   /* Z1-02 */
    LEAF_TEXT,   /* Z1-03 */
    LEAF_REVIEW, /* Z1-04 */
    N_KNOWN_LEAVES
};

/* Weights of the combination; the names and what each means stand in weights.yaml. */
struct weights {
    double comment, comment_rest, name, known;
    double subject_table, subject_comment, subject_column, subject_hint, subject_side,
        subject_settled, subject_context, subject_value;
    double subject_minimum, subject_sure;
    double table, table_fallback, table_values, object_second, relation, key_type, flag_type, type,
        statistics, neighbour;
    double form_abbreviation, form_pinyin, form_glued, form_fuzzy, form_initials_2, form_initials_3,
        form_initials_4, form_weak, form_cut;
    double against, minimum, review, doubt, candidate;
    double review_column, review_name, review_reference;
    double value_proof, free_text_share, masked_share;
};

#define N_CONFIDENCE_STEPS 8
/* Confidence grows with the margin of the winner: points of a line, ascending in both. */
struct confidence_step {
    double margin, confidence;
};

/* concept → subjects it speaks for. */
struct hint {
    int subject;
    double weight;
};
struct hint_list {
    const struct hint *items;
    size_t n_items;
};

struct dc_classifier {
    const struct dc_taxonomy *taxonomy;
    const struct dc_name_index *index;
    struct dc_arena *arena;
    int roles[N_KNOWN_ROLES]; /* role indexes; DC_NO_INDEX where the taxonomy has none */
    int leaves[N_KNOWN_LEAVES];
    enum role_group *groups; /* one a role */
    int *own_leaves; /* n_subjects × n_roles: the leaf a subject gives a role, or DC_NO_INDEX */
    struct hint_list *table_hints;  /* one a concept: in_table */
    struct hint_list *column_hints; /* one a concept: in_columns */
    struct hint_list
        *combinations; /* one a concept: combinations that begin with it (subject = index) */
    struct weights weights;
    struct confidence_step steps[N_CONFIDENCE_STEPS];
    size_t n_steps;
};

bool classify_setup(struct dc_classifier *classifier);
/* The leaf a subject gives a role explicitly, or DC_NO_INDEX. */
int classify_own_leaf(const struct dc_classifier *classifier, int subject, int role);
static inline bool classify_is_role(const struct dc_classifier *classifier, int role,
                                    enum known_role known)
{
    return role != DC_NO_INDEX && classifier->roles[known] == role;
}

static inline bool classify_is_one_of(const struct dc_classifier *classifier, int role,
                                      const enum known_role *roles, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (classify_is_role(classifier, role, roles[i])) {
            return true;
        }
    }
    return false;
}

/* ---- readings ---- */

enum word_source { FROM_KNOWN, FROM_COMMENT, FROM_NAME, N_WORD_SOURCES };

/* A word that means a concept. */
struct word {
    int concept;
    double strength; /* 0…1: how sure the form makes the meaning */
    const char *text;
    uint32_t start; /* of a name or comment: where it stands */
    const int *alternatives;
    size_t n_alternatives;
    bool initials, pinyin;
};

struct reading {
    struct word
        *words; /* in order; of a comment those of the head, or all where the head has none */
    size_t n_words;
    struct word *rest; /* of a comment: words behind the head */
    size_t n_rest;
    double covered;
    int unit_role; /* of a unit that ends the name of a numeric column and is left out of it, or DC_NO_INDEX */
    bool code_list; /* comment explains codes: "0 正常 1 停用" */
};

/* What a reading says of its column. */
struct meaning {
    int role;   /* or DC_NO_INDEX */
    int object; /* subject it refers to, or DC_NO_INDEX */
    int leaf;   /* leaf denoted by a term, or DC_NO_INDEX */
    int aside; /* leaf of a term that is only named in passing ("password changed at"), or DC_NO_INDEX */
    double strength; /* 0…1; 0: it says nothing */
    bool weak;       /* the object rests on a weak word */
    const char *rule, *detail;
};

/* ---- the column and the table in work ---- */

struct column_work {
    const struct dc_column *column;
    const struct dc_profile *profile; /* NULL: not sampled */
    struct reading readings[N_WORD_SOURCES];
    struct meaning meanings[N_WORD_SOURCES];
    int known_leaf; /* of a known field, or DC_NO_INDEX */
    int proven;     /* leaf that the values prove to be personal, or DC_NO_INDEX */
    const char *known_system;
    struct dc_evidence *evidence;
    size_t n_evidence, evidence_capacity;
    /* verdict */
    int leaf, runner_up;
    double score, second, confidence;
    enum dc_pi pi; /* mark that roles and value rules bring */
    int role;      /* the role that decided, or DC_NO_INDEX */
    bool masked, encrypted;
    /* of a column of values: the highest that a name beside it asks for */
    int tag_level;
    enum dc_pi tag_pi;
};

/* Who speaks for subjects just now, and what was said; only where somebody wants to know. */
struct subject_trace {
    struct dc_subject_reason *reasons;
    size_t n, capacity;
    const char *kind, *word, *column;
};

struct table_work {
    const struct dc_classifier *classifier;
    const struct dc_table_context *context;
    struct dc_arena *arena; /* of the caller */
    struct column_work *columns;
    size_t n_columns;
    struct reading name, comment;
    double *subject_scores; /* one a subject */
    int subject, second_subject;
    double subject_score, subject_strength; /* strength 0…1 */
    struct subject_trace *trace;            /* NULL in scans */
    bool subject_by_values;                 /* no name spoke for it */
    double initials_share; /* share of columns read through initials: they support one another */
    size_t n_instruments;  /* columns named after tags of instruments */
};

static inline const struct dc_taxonomy *work_taxonomy(const struct table_work *work)
{
    return work->classifier->taxonomy;
}
static inline const struct dc_concept *work_concept(const struct table_work *work, int concept)
{
    return &work->classifier->taxonomy->concepts[concept];
}

/* Whether two leaves are of one class ("C2-01", "C2-02"); none is of no class. */
static inline bool classify_same_class(const struct dc_taxonomy *taxonomy, int a, int b)
{
    return a != DC_NO_INDEX && b != DC_NO_INDEX &&
           strncmp(taxonomy->leaves[a].code, taxonomy->leaves[b].code, 2) == 0;
}
static inline bool classify_is_numeric(enum dc_type_class type)
{
    return type == DC_TYPE_INTEGER || type == DC_TYPE_DECIMAL || type == DC_TYPE_REAL;
}

/* reading.c */
void classify_read_table(struct table_work *work);
/* units.c: copy of an identifier without the unit it ends in (weight_kg), and the role of that; the identifier itself without one. */
const char *classify_drop_unit(struct table_work *work, const char *name, int *role);
/* elements.c: columns named after chemical elements, where several stand together. */
void classify_read_elements(struct table_work *work);
/* instruments.c: columns named after tags of instruments (TI101, PIC2301_SP), where several stand together. */
void classify_read_instruments(struct table_work *work);
/* Picks what ambiguous words mean, once the subject is known. */
void classify_settle_words(struct table_work *work);
/* meaning.c */
/* Says no more than that something has a name, a number, a value. */
bool classify_is_bare(const struct table_work *work, const struct meaning *meaning);
/* Or that there is room for something: attribute, property, extension. */
bool classify_is_generic(const struct table_work *work, const struct meaning *meaning);
/* Whether the values seen, if any, can be degrees: three decimals, or whole numbers of 1e-6 degrees. */
bool classify_can_be_degrees(const struct column_work *column);
void classify_meanings(struct table_work *work);
void classify_meanings_of(struct table_work *work, struct column_work *column);
/* habits.c */
void classify_doubt_initials(struct table_work *work);
void classify_name_descriptions(struct table_work *work);
/* subject.c */
void classify_own_words(struct table_work *work);
void classify_subject(struct table_work *work);
/* subject_trace.c: without a trace they do nothing. */
void classify_trace_about(const struct table_work *work, const char *kind, const char *word,
                          const char *column);
void classify_trace_add(const struct table_work *work, int subject, double weight);
/* Scales what was added from `first` on for a subject: hints by one factor, all else by the other. */
void classify_trace_scale(const struct table_work *work, size_t first, int subject, double votes,
                          double hints);
/* Scores and reasons, in the arena of the work. */
void classify_trace_tell(const struct table_work *work, struct dc_subject_explanation *out);
static inline size_t classify_trace_mark(const struct table_work *work)
{
    return work->trace == NULL ? 0 : work->trace->n;
}
/* leaf.c */
int classify_leaf_of(const struct table_work *work, int role, int object);
void classify_names(struct table_work *work, struct column_work *column);
/* Only what the meaning of the column's name says, without its table. */
void classify_meaning_alone(struct table_work *work, struct column_work *column);
/* The role as far as the column's type can hold it; else the one it gives way to. */
int classify_fit_role(const struct dc_classifier *classifier, const struct dc_column *column,
                      int role);
/* values.c */
/* 0…1: how far a column's hits count for a rule: their share, their number, and what chance would give. */
double classify_rule_factor(const struct dc_value_rule *rule, const struct dc_rule_count *count,
                            const struct dc_profile *profile);
void classify_values(struct table_work *work, struct column_work *column);
/* traits.c */
void classify_traits(struct table_work *work, struct column_work *column);
/* tags.c: what the names beside a column of values say of it */
void classify_tags(struct table_work *work, struct column_work *column);
/* nameless.c */
/* Columns whose names differ from this one's by a final number only, itself among them; 0 without one. */
size_t classify_count_series(const struct table_work *work, const struct column_work *column);
size_t classify_count_columns(const struct table_work *work);
/* A letter and a number is no word where nearly all columns are called so. */
void classify_forget_letters(struct table_work *work);
/* Neither name nor comment says what the column is. */
bool classify_is_nameless(const struct table_work *work, const struct column_work *column);
/* Whether most of what a column holds passes a value rule. */
bool classify_holds(const struct column_work *column, const struct dc_taxonomy *taxonomy,
                    size_t rule);
/* Whether another column holds what the rule has to stand beside; true where it needs nothing. */
bool classify_is_beside(const struct table_work *work, const struct column_work *column,
                        const struct dc_value_rule *rule);
/* What the values say of the table's subject. */
void classify_speak_values(struct table_work *work);
/* The declared type; of a text that holds nothing but numbers or dates theirs. */
enum dc_type_class classify_type_of_values(const struct column_work *column);
/* relation.c */
void classify_relations(struct table_work *work, struct column_work *column);
/* review.c */
void classify_reviews(struct table_work *work, struct column_work *column);
/* score.c */
struct line {
    enum dc_evidence_kind kind;
    const char *rule, *detail;
    double weight;
    int leaf;
    int64_t matched, tested, distinct;
};
void classify_add_line(struct table_work *work, struct column_work *column,
                       const struct line *line);
/* A line of evidence without counts; weights near 0 and unknown leaves are left out. */
void classify_add(struct table_work *work, struct column_work *column, enum dc_evidence_kind kind,
                  const char *rule, const char *detail, double weight, int leaf);
void classify_score(struct table_work *work, struct column_work *column,
                    struct dc_finding *finding);
/* confidence.c */
double classify_confidence(const struct dc_classifier *classifier, double score, double second);
/* grade.c */
void classify_grade(struct table_work *work, struct column_work *column,
                    struct dc_finding *finding);
/* Whether the taxonomy has the level rule and it is enabled. */
bool classify_has_rule(const struct table_work *work, const char *id);
/* Moves the level, names the rule as its reason and tells it as evidence. */
void classify_move_level(struct table_work *work, struct column_work *column,
                         struct dc_finding *finding, const char *rule, int level);
void classify_add_mark(struct table_work *work, struct dc_finding *finding, const char *mark);
/* together.c: rules on the columns of a table together, when each has its leaf and level. */
void classify_statistics(struct table_work *work, struct dc_finding *findings);
void classify_combined_marks(struct table_work *work, struct dc_finding *findings);
/* The lowest level that the marks of personal information leave (L3). */
int classify_floor(const struct table_work *work, enum dc_pi pi);
/* override.c: the leaf before grading, the level after it (never below the floor of personal information). */
void classify_override_leaf(struct table_work *work, struct column_work *column,
                            struct dc_finding *finding);
void classify_override_level(struct table_work *work, struct column_work *column,
                             struct dc_finding *finding);
/* candidate.c */
void classify_candidates(struct table_work *work, struct column_work *column,
                         struct dc_finding *finding);
/* Rows of the table, as far as known; -1: unknown. */
int64_t classify_rows_of(const struct table_work *work, const struct column_work *column);
/* Different persons that the column tells of: each row is one where no sample says otherwise. */
int64_t classify_persons_of(const struct table_work *work, const struct column_work *column);
/* impact.c: scale of the table and whom harm would reach; after the candidates. */
void classify_impacts(struct table_work *work, struct dc_finding *findings);
/* rollup.c */
void classify_documents(struct table_work *work, struct dc_finding *findings);
void classify_rollup(struct table_work *work, const struct dc_finding *findings,
                     struct dc_table_finding *out);
/* words.c: whether one of the words stands in a text and not inside one of not_words. Chinese ones anywhere, others as whole words. */
const char *classify_find_word(struct dc_arena *arena, const char *text,
                               const struct dc_texts *words, const struct dc_texts *not_words);

#endif
