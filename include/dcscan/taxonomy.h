/*
 * The taxonomy: all rules and knowledge that dcscan decides by, read from the files of taxonomies/, checked, and immutable afterwards.
 * The files' schema is described key by key in taxonomies/README.md. Texts and arrays are owned by the taxonomy.
 *
 * How the parts work together (DESIGN.md section 4; T/WHCSA 003-2024 clauses 4.3 to 4.5):
 *   a table name, its comment and its columns make a SUBJECT ("supplier", "work order");
 *   a column's comment, name, type and neighbours make a ROLE ("price", "name", "audit time") and maybe an OBJECT it refers to;
 *   subject × role gives the LEAF; terms that denote a leaf by themselves and value rules speak for theirs directly.
 */
#ifndef DCSCAN_TAXONOMY_H
#define DCSCAN_TAXONOMY_H

#include "dcscan/catalog.h"
#include "dcscan/finding.h"
#include "dcscan/impact.h"
#include "dcscan/status.h"
#include "dcscan/yaml.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DC_NO_INDEX (-1) /* "none" where an int indexes an array of the taxonomy */

/* A name in both languages of the reports. */
struct dc_label {
    const char *zh, *en;
};

struct dc_leaf {
    const char *code; /* "B2-02" */
    struct dc_label name, class1, class2, miit;
    int level;                               /* 1…4; 0: left to a person (Z1-04) */
    const char *basis, *elements, *boundary; /* short texts for the method sheet */
    enum dc_pi pi;                           /* the mark its columns carry by default */
    bool technical;                          /* Z leaves: never raise a table (L2) */
    bool verify;                             /* basis marked "to be verified" */
    /* Whom harm to a large amount of it would reach beyond the organisation, generally; DC_N_IMPACT_OBJECTS: nobody. */
    enum dc_impact_object reach;
    int *candidates; /* indexes of candidate rules that may fire on it: named here or there */
    size_t n_candidates;
};

/* What a concept is in a name such as "plan / supplier / name / code". */
enum dc_concept_kind {
    DC_CONCEPT_OBJECT,    /* a thing a table can be about: supplier, work order */
    DC_CONCEPT_ATTRIBUTE, /* name, code, price, date: makes a role */
    DC_CONCEPT_MODIFIER,  /* plan, actual, maximum, total, old */
    DC_CONCEPT_TERM       /* denotes a leaf by itself: ID card number, salary, password */
};

/* One meaning with the words for it. */
struct dc_concept {
    const char *id;
    enum dc_concept_kind kind;
    struct dc_texts zh;     /* Chinese words, found anywhere; pinyin is derived from them */
    struct dc_texts en;     /* English words and phrases ("work order"), inflected too */
    struct dc_texts abbr;   /* abbreviations: whole tokens of identifiers only (qty, wo, po) */
    struct dc_texts pinyin; /* pinyin forms that derivation does not give */
    struct dc_texts
        also;       /* words of other concepts that can mean this one too: the table decides */
    bool weak;      /* its short forms are ambiguous: counts only with a second signal */
    bool no_pinyin; /* derive none */
    int role;       /* index, or DC_NO_INDEX */
    int subject;    /* subject that this object names, or DC_NO_INDEX */
    int leaf;       /* leaf it denotes, or DC_NO_INDEX */
};

/* A weighted concept. */
struct dc_concept_weight {
    int concept;
    double weight;
};

/* role → leaf within a subject. */
struct dc_role_leaf {
    int role, leaf;
};

struct dc_concept_subject {
    int concept, subject;
};

struct dc_subject_weight {
    int subject;
    double weight;
};
struct dc_subject {
    const char *id;
    struct dc_label name;
    int leaf;                           /* what its business columns are */
    struct dc_texts table_names;        /* globs on table names that settle it (qrtz_*, sys_menu) */
    struct dc_concept_weight *in_table; /* concepts in table name and comment */
    size_t n_in_table;
    struct dc_concept_weight *in_columns; /* concepts among its columns */
    size_t n_in_columns;
    struct dc_concept_subject *
        becomes; /* what it is where the concept is read: alarms with a VIN are those of vehicles (X6) */
    size_t n_becomes;
    struct dc_role_leaf *roles; /* where a role has another leaf than `leaf` in this subject */
    size_t n_roles;
    bool person;     /* its rows are natural persons: name and phone are personal */
    bool technical;  /* framework table: menus, dictionaries, jobs, logs */
    bool statistics; /* aggregated rows (L6) */
};

struct dc_role {
    const char *id;
    struct dc_label name;
    int leaf;       /* wherever the subject does not say otherwise; DC_NO_INDEX: the subject's */
    bool overrides; /* content beats carrier (X3): wins over the subject */
    uint32_t types; /* allowed type classes as bits 1 << dc_type_class; 0: any */
    enum dc_pi pi;  /* mark it brings */
    struct dc_texts units; /* last parts of the names of numeric columns: weight_kg */
};

/* Concepts that together make a role or a leaf: [plan, date] → plan_date. All must occur in the name or comment. */
struct dc_combination {
    int *concepts;
    size_t n_concepts;
    bool ordered;   /* in this order */
    int subject;    /* only in tables of this subject, or DC_NO_INDEX */
    int role, leaf; /* one of them set */
    double weight;
};

/* A field or table name of a well-known system (SAP, Kingdee, Yonyou, GB/T 32960 …). */
#define DC_KNOWN_PREFIX_MAX 8
struct dc_known_field {
    const char *system, *name; /* compared without case */
    int *concepts;             /* what the name means, in order; may be empty when leaf is set */
    size_t n_concepts;
    int leaf;               /* or DC_NO_INDEX */
    struct dc_texts tables; /* globs of tables it is valid in; none: anywhere */
    int64_t
        prefix; /* letters that stand for the table in front of `name` (F4211.SDLITM, 2); 0: none */
};
struct dc_known_table {
    const char *system, *name; /* glob, without case */
    int subject;
};

enum dc_value_scope { DC_VALUE_WHOLE, DC_VALUE_CONTAINS };
/* How a matching value is masked in examples. */
enum dc_mask_style { DC_MASK_MIDDLE, DC_MASK_ALL, DC_MASK_NAME, DC_MASK_EMAIL, DC_MASK_NONE };

struct dc_example {
    const char *text;
    bool match;          /* expected */
    size_t line, column; /* where it stands in its rule's file */
};

/* A rule on values: a PCRE2 pattern and, where there is one, a check. */
struct dc_value_rule {
    const char *id; /* "cn-id" */
    struct dc_label name;
    const char *pattern; /* PCRE2, UTF, anchored at both ends when scope is whole */
    bool caseless;
    const char *check; /* name of a built-in check ("cn_id", "luhn", "vin" …) or NULL */
    enum dc_value_scope scope;
    int leaf, role; /* what it speaks for; DC_NO_INDEX where not */
    enum dc_pi pi;
    double weight;    /* at full share */
    double share;     /* share of filled cells from which it counts fully */
    int64_t distinct; /* distinct hits it needs */
    double chance;    /* share of random pattern hits that pass the check; 0: negligible */
    enum dc_mask_style mask;
    struct dc_texts not_concepts; /* concept ids that speak against it in name or comment */
    int *not_indexes;             /* the same as indexes; not_concepts.n_items of them */
    /*
     * Concepts of which one has to stand in name or comment where the table is about neither persons nor the rule's leaf: a pattern without
     * a check digit that business numbers fit as well. A column that says nothing, in a table that says nothing, needs none.
     */
    int *needs_indexes;
    size_t n_needs;
    /* What a table without names of its own is about where one of its columns holds such values: VINs and positions are vehicles. */
    struct dc_subject_weight *speaks_for;
    size_t n_speaks_for;
    bool heading;  /* a heading that came along as a row: one value only, beside others */
    bool nameless; /* speaks only for columns of which neither name nor comment says anything */
    int *
        beside; /* value rules of which another column of the table has to hold one; none: any table */
    size_t n_beside;
    struct dc_example *examples;
    size_t n_examples;
    const char *exclusive; /* name of a group of which only one may take a value; or NULL */
    const char *file;      /* where it stands, for messages */
    size_t line, pattern_line, pattern_column;
};

/* A level rule L1–L10 with its parameters (STANDARDS.md section 8). */
struct dc_level_rule {
    const char *id;
    struct dc_label name;
    const char *basis;
    bool enabled, verify;
    double share;              /* L4: share of masked values */
    struct dc_texts words;     /* L6 statistics, L9 published, L10 state-secret marks */
    struct dc_texts not_words; /* a word inside one of these does not count (商业秘密) */
    struct dc_texts up_words;  /* L6: of large groups and tracks, whose statistics go up */
    struct dc_texts
        value_rules;           /* L5: rules whose hits are hashes; L10: whose hit is such a mark */
    int64_t persons[3];        /* L8 thresholds, ascending; 0 unused */
    int64_t sensitive_persons; /* L8 threshold for sensitive personal information; 0 unused */
    int64_t rows; /* L8: from which a table without persons is of a large scale; 0 unused */
};

/* A candidate rule for important data ID01–ID16. It raises a flag for a person, never a level. */
struct dc_candidate_rule {
    const char *id;
    struct dc_label name, check; /* check: what a person must verify */
    const char *basis;
    bool verify;
    /* Whom harm would reach where the flag proves right, important at least in the matrix; no harm where only the scale tells (ID16). */
    struct dc_impact impact;
    /*
     * Fires on a column whose leaf is among `leaves` (with needs_words: only where a word stands too), or among `word_leaves` where a word
     * stands, or among `own_word_leaves` where a word stands in the column's own name or comment, or on which one of the value rules hit;
     * never where one of not_words stands or the column's role is among `not_roles`. Words are looked for in name and comment of table
     * and column, and in the names of schema, catalog and system: Chinese ones anywhere, others as whole words. On `leaves` and `word_leaves` neighbours speak too: one of near_words in
     * the name or comment of another column of the table, or one of near_value_rules met there with its share and distinct values.
     */
    int *leaves;
    size_t n_leaves;
    int *word_leaves;
    size_t n_word_leaves;
    int *own_word_leaves;
    size_t n_own_word_leaves;
    int *not_roles;
    size_t n_not_roles;
    struct dc_texts words, not_words, near_words;
    struct dc_texts own_not_words; /* never where one stands in the column's own name or comment */
    struct dc_texts value_rules, near_value_rules; /* ids */
    /*
     * From which it fires; 0: any. Rows of the table, or the estimated different persons where the column is personal information, for
     * which sensitive_threshold may give another number. Unknown rows count as enough, unknown persons do not.
     */
    int64_t threshold, sensitive_threshold;
    int64_t decimals; /* of coordinates, from which it fires without a word; 0: any; other columns
                         are exempt */
    bool needs_words;
};

/*
 * The leaves in the classes of another standard (MIIT measures, five domains, personal information of GB/T 43697 …). A slot may be empty: it
 * waits for a text that is not at hand, such as the informative annexes of T/WHCSA 003-2024.
 */
struct dc_class_map {
    const char *id;
    struct dc_label name;
    const char *basis;
    bool verify, slot;
    struct dc_label *classes;
    size_t n_classes;
    int *of_leaf; /* one a leaf: index in classes, or DC_NO_INDEX */
};
/* What the map calls a leaf; empty texts where it says nothing. */
const struct dc_label *dc_class_map_label(const struct dc_class_map *map, int leaf);

/* The ladder of dcscan: general data 1 to 4 (GB/T 43697-2024 annex H), then what people alone set. */
enum dc_ladder {
    DC_LEVEL_GENERAL_1,
    DC_LEVEL_GENERAL_2,
    DC_LEVEL_GENERAL_3,
    DC_LEVEL_GENERAL_4,
    DC_LEVEL_IMPORTANT,
    DC_LEVEL_CORE,
    DC_N_LEVELS
};
/* The ladder in the words of another standard. */
struct dc_level_map {
    const char *id;
    struct dc_label name;
    const char *basis;
    bool verify, slot;
    struct dc_label levels[DC_N_LEVELS];
};

/* Named weights and thresholds of the combination. */
struct dc_weight {
    const char *name;
    double value;
};

/* What a plant has decided itself for columns by pattern. Of several that fit, the last in the order of the files decides. */
struct dc_override {
    const char *id;
    const char *source, *schema, *table, *column; /* globs, without case; "*": any */
    int leaf;                                     /* or DC_NO_INDEX: stays as found */
    int level;                                    /* 1…4, or 0: by the level rules */
    const char *reason; /* who decided it and where it is written; "" allowed */
};

/* An item of one file that took the place of an item of an earlier one with the same code or id. */
struct dc_replacement {
    const char *noun, *id;      /* "candidate rule", "ID06" */
    const char *file, *by_file; /* where the item stood, where what took its place stands */
    size_t line, by_line;
    bool between_overlays; /* both are of overlays: two people changed the same thing */
};

struct dc_taxonomy_index;

struct dc_taxonomy {
    struct dc_arena *arena;
    const struct dc_taxonomy_index *index; /* of ids; used by the look-ups below */
    const char *name, *version, *hash; /* SHA-256 over the contents of all files in order, hex */
    struct dc_label title;
    struct dc_texts standards, files;
    struct dc_leaf *leaves;
    size_t n_leaves;
    struct dc_concept *concepts;
    size_t n_concepts;
    struct dc_subject *subjects;
    size_t n_subjects;
    struct dc_role *roles;
    size_t n_roles;
    struct dc_combination *combinations;
    size_t n_combinations;
    struct dc_known_field *known_fields;
    size_t n_known_fields;
    struct dc_known_table *known_tables;
    size_t n_known_tables;
    struct dc_value_rule *value_rules;
    size_t n_value_rules;
    struct dc_level_rule *level_rules;
    size_t n_level_rules;
    struct dc_candidate_rule *candidate_rules;
    size_t n_candidate_rules;
    struct dc_class_map *class_maps;
    size_t n_class_maps;
    struct dc_level_map *level_maps;
    size_t n_level_maps;
    struct dc_override *overrides;
    size_t n_overrides;
    struct dc_weight *weights;
    size_t n_weights;
    struct dc_replacement *replacements; /* in the order of the files */
    size_t n_replacements;
};

/*
 * Loads the main file and what it includes, then overlays (later files override earlier ones by code or id). Every complaint of
 * every file is collected in `complaints` (may be NULL); any complaint gives DC_ERR_CONFIG and *out stays untouched.
 */
enum dc_status dc_taxonomy_load(const char *path, const char *const *overlays, size_t n_overlays,
                                struct dc_taxonomy **out, struct dc_complaints *complaints,
                                struct dc_err *err);
/* What is wrong with the pattern or check of a rule beyond what its text shows; false where nothing is. */
typedef bool dc_value_judge_fn(const struct dc_value_rule *rule, char *reason, size_t size);
/*
 * The same; where something is refused, `judge` (dc_value_rule_judge of detect.h) is asked of every value rule too, so that one call tells all
 * that is wrong. Without complaints nobody is asked: compiling the matcher asks the same.
 */
enum dc_status dc_taxonomy_load_judged(const char *path, const char *const *overlays,
                                       size_t n_overlays, dc_value_judge_fn *judge,
                                       struct dc_taxonomy **out, struct dc_complaints *complaints,
                                       struct dc_err *err);
void dc_taxonomy_destroy(struct dc_taxonomy *taxonomy);

/* Indexes by code or id; DC_NO_INDEX when unknown. */
int dc_taxonomy_leaf(const struct dc_taxonomy *taxonomy, const char *code);
int dc_taxonomy_concept(const struct dc_taxonomy *taxonomy, const char *id);
int dc_taxonomy_subject(const struct dc_taxonomy *taxonomy, const char *id);
int dc_taxonomy_role(const struct dc_taxonomy *taxonomy, const char *id);
int dc_taxonomy_value_rule(const struct dc_taxonomy *taxonomy, const char *id);
int dc_taxonomy_candidate_rule(const struct dc_taxonomy *taxonomy, const char *id);
const struct dc_level_rule *dc_taxonomy_level_rule(const struct dc_taxonomy *taxonomy,
                                                   const char *id);
/* The steps of L8; all 0 where it is not enabled. */
struct dc_scale_steps dc_taxonomy_scale_steps(const struct dc_taxonomy *taxonomy);
/* A named weight; `fallback` when the files do not set it. */
double dc_taxonomy_weight(const struct dc_taxonomy *taxonomy, const char *name, double fallback);

#ifdef __cplusplus
}
#endif
#endif
