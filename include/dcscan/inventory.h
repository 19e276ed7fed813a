/*
 * The inventory (清单) of a run: rows as stored and reported. The reader streams, so a million columns fit in little memory.
 */
#ifndef DCSCAN_INVENTORY_H
#define DCSCAN_INVENTORY_H

#include "dcscan/catalog.h"
#include "dcscan/decision.h"
#include "dcscan/finding.h"
#include "dcscan/profile.h"
#include "dcscan/sample.h"
#include "dcscan/source.h"
#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Numbers of persons from which level rule L8 gives a note; 0: gives none. */
struct dc_person_thresholds {
    int64_t vehicles;            /* more than: important data of vehicles */
    int64_t contract;            /* from: standard contract or certification before export */
    int64_t assessment;          /* from: security assessment before export */
    int64_t sensitive;           /* from, of sensitive information: security assessment */
    int64_t large_scale_handler; /* from: duties of processors of important data */
};

/* A run and the versions that made it. Times are UTC seconds since the epoch. */
struct dc_run {
    int64_t id;
    int64_t started_at, finished_at; /* finished_at 0: not finished */
    const char *program_version, *pcre2_version, *odbc_version;
    const char *taxonomy_name, *taxonomy_version, *taxonomy_hash; /* SHA-256 over the files, hex */
    const char *taxonomy_title_zh, *taxonomy_title_en;
    const char *host, *account; /* machine and user that ran it */
    uint64_t seed;
    bool complete; /* everything in scope was read */
    int64_t
        newest_batch; /* newest import or undoing of people's decisions when it was read; 0: none */
    const char *
        kind; /* "scan"; "regrade": decided again from the profiles of `based_on`; "" of old runs */
    const char *label; /* what those who join it call it; "" */
    int64_t based_on;  /* the run whose profiles a regrade used; 0 else */
    const char *
        rules; /* JSON {value rule: hash of its definition}: what the counters of the findings count */
    /* Of L8 as it was then; not given by runs of older versions, which have those of the regulations. */
    bool has_thresholds;
    struct dc_person_thresholds thresholds;
};

/* A source of the run and how it went. */
struct dc_run_source {
    const char *name;
    const char *about[DC_N_ABOUT]; /* "" where not given */
    const char *dbms, *dbms_version, *driver, *dialect, *login;
    const char *encoding;  /* of the connection's text */
    const char *state;     /* "ok", "partial", "unreachable", "not reached" */
    const char *error;     /* "" when ok */
    const char *read_only; /* what was asserted: "session", "connection", "none" */
    int64_t n_tables, n_tables_read, n_columns, rows_read, bytes_read, n_statements;
    double seconds;
    int level;         /* highest table */
    const char *scope; /* hash of the settings that decide what is found; not read back */
};

/* A leaf as it was when the run was made, so that old runs stay readable after the taxonomy changes. */
struct dc_leaf_text {
    const char *code, *name_zh, *name_en, *class1_zh, *class1_en, *class2_zh, *class2_en, *miit_zh,
        *miit_en, *basis;
    int default_level;
    bool verify; /* its basis still has to be compared with the official text */
};

/* A candidate rule for important data as it was when the run was made. */
struct dc_candidate_text {
    const char *id, *name_zh, *name_en, *basis, *check_zh,
        *check_en; /* check: what a person must verify */
    bool verify;
};

struct dc_inventory_table {
    int64_t id;
    const char *source, *catalog, *schema, *name, *comment;
    enum dc_table_kind kind;
    enum dc_column_status status;
    const char *reason;
    int64_t rows_estimated;
    int64_t n_columns;
    struct dc_sample_info sample;
    struct dc_table_finding finding;    /* with the decisions of people about its columns */
    const struct dc_decision *decision; /* about the table as a whole, or NULL */
    unsigned decision_changed;          /* DC_BASIS_… that are otherwise now */
    int proposed_level;                 /* finding.level without decisions */
    enum dc_final_level
        beyond; /* IMPORTANT or CORE where a person set that for the table or one of its columns, else NONE */
    const char *
        proposed_column; /* that decides the proposed level; "" when none; NULL: as `finding` says */
    /* That decides the level in force; "" where a person spoke of the table as a whole; NULL: as `finding` says. */
    const char *in_force_column;
    int64_t pages;      /* storage pages when it was planned; -1 unknown */
    int64_t sampled_at; /* UTC; 0 unknown */
    int64_t
        carried_from; /* the run in which it was read, when it had not changed since; 0: this one */
    const char *fingerprint,
        *changes; /* what it looked like then: see scan/refresh.c; "" unknown */
};

/* A value rule that matched in a column. */
struct dc_rule_tally {
    const char *rule;
    const char *
        check; /* name of its built-in check, "" when it has none; NULL: the version that made the run did not keep it */
    struct dc_rule_count count;
};

/* A value rule that profiles count. */
struct dc_counted_rule {
    const char *id;
    const char *check; /* name of its built-in check, or NULL */
};

/* What a later decision needs beside what reports show. */
struct dc_column_detail {
    int64_t length;
    int32_t scale;
    bool auto_increment, unreadable;
    const char *path; /* of a sub-column, as in struct dc_column; else NULL */
    const char *ref_schema, *ref_table, *ref_column;        /* NULL: no foreign key */
    int64_t invalid;                                        /* cells that were not valid UTF-8 */
    int64_t read_as_gb18030, read_as_latin1, read_as_utf16; /* as in struct dc_profile */
    const char *tags;                                       /* as in struct dc_profile, or NULL */
    bool profiled;                                          /* false: never sampled */
    const struct dc_rule_tally *tallies; /* rules that matched nothing are left out */
    size_t n_tallies;
};

struct dc_inventory_column {
    const struct dc_inventory_table *table;
    const char *name, *comment, *type_name;
    enum dc_type_class type;
    int32_t ordinal;
    bool nullable, primary_key;
    const char *reference;              /* "schema.table.column" of a foreign key, or "" */
    struct dc_profile profile;          /* rules is NULL here */
    struct dc_finding finding;          /* as decided by a person where there is a decision */
    const struct dc_decision *decision; /* in force for this run, or NULL */
    unsigned decision_changed;          /* DC_BASIS_… that are otherwise now: it comes up again */
    const char
        *proposed_leaf; /* what the program found; the same as `finding` without a decision */
    int proposed_level;
    struct dc_column_detail detail;
};

/* Levels in force, whether or not people decided. DC_FINAL_NONE and "" where it was not read. */
enum dc_final_level dc_column_in_force(const struct dc_inventory_column *column);
enum dc_final_level dc_table_in_force(const struct dc_inventory_table *table);
const char *dc_table_in_force_column(const struct dc_inventory_table *table);

/* What a decision about it would rest on. Texts are those of the table and the column. */
struct dc_basis dc_basis_of_column(const struct dc_inventory_table *table,
                                   const struct dc_inventory_column *column);
struct dc_basis dc_basis_of_table(const struct dc_inventory_table *table);

/*
 * Reads a run. Texts handed out are valid until the next call of the same function (for a table: until the next table).
 * DC_OK with *out = NULL at the end. Every function is mandatory; `destroy` takes NULL.
 */
struct dc_inventory_reader {
    const struct dc_inventory_reader_class *class_;
    unsigned
        spared; /* bits of enum dc_column_part, set by whoever goes over the columns; 0: all is wanted */
};

/* What a reader may leave empty in columns, because nobody looks at it this time: it takes longer to read than all the rest. */
enum dc_column_part {
    DC_PART_EVIDENCE = 1 << 0, /* finding.evidence, n_evidence */
    DC_PART_EXAMPLES = 1 << 1, /* profile.examples */
    DC_PART_SHAPES = 1 << 2    /* profile.shapes */
};

struct dc_inventory_reader_class {
    enum dc_status (*run)(struct dc_inventory_reader *reader, const struct dc_run **out,
                          struct dc_err *err);
    /* Rewinds the cursor concerned. */
    enum dc_status (*rewind)(struct dc_inventory_reader *reader, struct dc_err *err);
    enum dc_status (*next_source)(struct dc_inventory_reader *reader,
                                  const struct dc_run_source **out, struct dc_err *err);
    /* Leaves and candidate rules of the run, by code: NULL when unknown. Valid while the reader lives. */
    const struct dc_leaf_text *(*leaf)(struct dc_inventory_reader *reader, const char *code);
    /* The leaves of the run by code, the n-th from 0; NULL beyond the last. */
    const struct dc_leaf_text *(*leaf_at)(struct dc_inventory_reader *reader, size_t index);
    const struct dc_candidate_text *(*candidate)(struct dc_inventory_reader *reader,
                                                 const char *id);
    /* Tables by source, catalog, schema, name; after each, its columns by ordinal through next_column. */
    enum dc_status (*next_table)(struct dc_inventory_reader *reader,
                                 const struct dc_inventory_table **out, struct dc_err *err);
    /* Columns of the table handed out last. */
    enum dc_status (*next_column)(struct dc_inventory_reader *reader,
                                  const struct dc_inventory_column **out, struct dc_err *err);
    void (*destroy)(struct dc_inventory_reader *reader);
};

/* What a worker commits in one transaction when a table is done. `columns` has table->n_columns entries. */
struct dc_table_result {
    const struct dc_table *table;
    enum dc_column_status status;
    const char *reason;
    struct dc_sample_info sample;
    struct dc_table_finding finding;
    const struct dc_profile *profiles; /* NULL when not sampled */
    const struct dc_finding *findings;
    int64_t sampled_at;      /* UTC; 0: now */
    int64_t carried_from;    /* the run that read it; 0: this one */
    const char *fingerprint; /* of all that was found depends on; NULL: that planned stays */
    const struct dc_counted_rule *rules; /* the value rules that profiles count; NULL: not kept */
};

#ifdef __cplusplus
}
#endif
#endif
