/*
 * The verdict on a column and on a table, with everything a person needs to recompute it. Codes are those of the taxonomy.
 */
#ifndef DCSCAN_FINDING_H
#define DCSCAN_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum dc_column_status { DC_COLUMN_OK, DC_COLUMN_UNREADABLE, DC_COLUMN_SKIPPED };
enum dc_pi { DC_PI_NONE, DC_PI_PERSONAL, DC_PI_SENSITIVE };
enum dc_decider { DC_BY_MACHINE, DC_BY_PERSON };

const char *dc_column_status_name(enum dc_column_status status); /* "ok", "unreadable", "skipped" */
const char *dc_pi_name(enum dc_pi pi);                /* "none", "personal", "sensitive" */
const char *dc_decider_name(enum dc_decider decider); /* "machine", "person" */

/* ---- impact (GB/T 43697-2024 6.4; functions: impact.h) ---- */

enum dc_impact_object {
    DC_IMPACT_NATIONAL_SECURITY,
    DC_IMPACT_ECONOMY,
    DC_IMPACT_SOCIAL_ORDER,
    DC_IMPACT_PUBLIC_INTEREST,
    DC_IMPACT_ORGANISATION,
    DC_IMPACT_INDIVIDUAL,
    DC_N_IMPACT_OBJECTS
};
enum dc_impact_degree {
    DC_DEGREE_NONE,
    DC_DEGREE_GENERAL,
    DC_DEGREE_SERIOUS,
    DC_DEGREE_VERY_SERIOUS,
    DC_N_IMPACT_DEGREES
};
struct dc_impact {
    enum dc_impact_object object;
    enum dc_impact_degree degree;
};
/*
 * How many different persons a table is about, in the steps of level rule L8; where nobody is concerned, whether it has many rows. Unknown
 * where no sample tells.
 */
enum dc_scale {
    DC_SCALE_UNKNOWN,
    DC_SCALE_SMALL,
    DC_SCALE_LARGE,      /* from 100,000 persons, or 10,000 of sensitive information */
    DC_SCALE_VERY_LARGE, /* from 1,000,000 */
    DC_SCALE_MASS,       /* from 10,000,000 */
    DC_N_SCALES
};
/* "national_security" …; "none", "general" …; "unknown", "small" … */
const char *dc_impact_object_name(enum dc_impact_object object);
const char *dc_impact_degree_name(enum dc_impact_degree degree);
const char *dc_scale_name(enum dc_scale scale);

/* Kinds of evidence, in order of trust (border rule X2). */
enum dc_evidence_kind {
    DC_EVIDENCE_REVIEW,   /* a decision of a person about it, its name or what it references */
    DC_EVIDENCE_CHECKSUM, /* value rule with a check digit or other proof */
    DC_EVIDENCE_COMMENT,
    DC_EVIDENCE_NAME,
    DC_EVIDENCE_TABLE,     /* subject of the table */
    DC_EVIDENCE_VALUE,     /* value rule without a check */
    DC_EVIDENCE_NEIGHBOUR, /* other columns of the table */
    DC_EVIDENCE_RELATION,  /* foreign key */
    DC_EVIDENCE_TYPE,
    DC_EVIDENCE_STATISTICS,
    DC_EVIDENCE_LEVEL,     /* a level rule that changed the level */
    DC_EVIDENCE_CANDIDATE, /* a candidate rule for important data that fired, and on what */
    DC_N_EVIDENCE_KINDS
};
const char *dc_evidence_kind_name(
    enum dc_evidence_kind kind); /* "review", "checksum", "comment" … */

/* One line of evidence. Texts hold names of rules, lexicon words and counts, never values. */
struct dc_evidence {
    enum dc_evidence_kind kind;
    const char *rule; /* id of the rule, concept or subject that spoke */
    const char
        *detail;   /* what it spoke on: the word of the name or comment, the neighbour; may be "" */
    double weight; /* what it adds to the score of `leaf`; negative: against */
    const char *leaf;                  /* the leaf it speaks for, or "" */
    int64_t matched, tested, distinct; /* counts of a value rule; -1 where they do not apply */
};

/* Level 一般1–4级 = 1…4; 0 where not decided. 重要 and 核心 are set by people only. */
struct dc_finding {
    enum dc_column_status status;
    const char *reason;    /* why unreadable or skipped; "" when ok */
    const char *leaf;      /* code; "Z1-04" when evidence is not enough; "" unless ok */
    const char *runner_up; /* code or "" */
    int level_reference; /* reference minimum level: default of the leaf with the floors of the guide */
    int level;           /* proposed level after the level rules */
    const char
        *level_reason; /* rule and clause that made the level, e.g. "L1", "L4"; "" unless ok */
    enum dc_pi pi;
    const char *const *important; /* ids of candidate rules that fired, e.g. "ID01" */
    size_t n_important;
    double confidence; /* 0…1 */
    bool to_review;    /* below the taxonomy's threshold, or Z1-04 */
    enum dc_decider decided_by;
    const struct dc_evidence *evidence; /* strongest first */
    size_t n_evidence;
    const char *marks; /* comma-separated marks such as "已加密", "组合敏感"; "" when none */
    enum dc_scale scale; /* of its table */
    /*
     * Whom harm would reach beyond those that the level stands for (dc_impact_of), for its scale or for a candidate rule that fired; no harm
     * where it reaches nobody else. Important or core in the matrix only where a candidate rule fired.
     */
    struct dc_impact reach;
};

struct dc_table_finding {
    const char *subject; /* id of the table's subject, or "" */
    const char *subject_name_zh, *subject_name_en;
    double subject_score;
    int level; /* highest column (就高从严, T/WHCSA 003-2024 3.4); 0 when no column was decided */
    const char *level_column; /* the column that decides it; "" when none */
    const char *leaf;         /* the leaf most of its columns have (Z left out), or "" */
    int n_personal, n_sensitive, n_important, n_review;
};

#ifdef __cplusplus
}
#endif
#endif
