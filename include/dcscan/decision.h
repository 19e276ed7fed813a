/*
 * Decisions of people about columns and tables: made in a workbook, kept in the store, applied to every later run. What a person decided
 * stands until a person decides otherwise; when what it rested on has changed (type, comment, masking, volume) it comes up again.
 */
#ifndef DCSCAN_DECISION_H
#define DCSCAN_DECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "dcscan/catalog.h"
#include "dcscan/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The final level (最终级别): general 1 to 4, and the two that people alone set. */
enum dc_final_level {
    DC_FINAL_NONE,
    DC_FINAL_1,
    DC_FINAL_2,
    DC_FINAL_3,
    DC_FINAL_4,
    DC_FINAL_IMPORTANT, /* 重要数据 */
    DC_FINAL_CORE,      /* 核心数据 */
    DC_N_FINAL_LEVELS
};
/* "0", "1" … "4", "important", "core": the codes of the words of levels. */
const char *dc_final_level_name(enum dc_final_level level);
bool dc_final_level_parse(const char *name, enum dc_final_level *out);
/* As a general level: 4 for important and core, which are handled no less strictly. */
int dc_final_level_general(enum dc_final_level level);

/* What a decision rested on. */
struct dc_basis {
    const char *type_name, *comment;
    int masked;             /* 1, 0; -1 not known: not sampled */
    int64_t rows_estimated; /* -1 unknown */
};

/* Bits: what has changed. Volume counts from DC_VOLUME_SHARE (compare.h). */
#define DC_BASIS_TYPE    1u
#define DC_BASIS_COMMENT 2u
#define DC_BASIS_MASKING 4u
#define DC_BASIS_VOLUME  8u
#define DC_N_BASIS       4
unsigned dc_basis_compare(const struct dc_basis *then, const struct dc_basis *now);
/* "type", "comment", "masking", "volume" by the number of the bit. */
const char *dc_basis_change_name(int bit);

struct dc_decision {
    int64_t id, batch;  /* batch: the import it came with */
    int64_t undone;     /* the batch that undid it; 0: none */
    int64_t decided_at; /* UTC seconds since the epoch */
    int64_t run_id;     /* of the workbook it was made in; earlier runs are left as they were */
    const char *reviewer, *reason;
    const char *source, *catalog, *schema, *table;
    const char *column; /* "": the table as a whole */
    const char *leaf;   /* "" of a table */
    enum dc_final_level level;
    enum dc_pi pi; /* what the leaf brings with it */
    /* What the program had proposed, and what of the column the person saw. */
    const char *proposed_leaf;
    int proposed_level;
    struct dc_basis basis;
    enum dc_type_class type;
    const char *subject;   /* id of the table's subject, or "" */
    const char *reference; /* "schema.table.column" of a foreign key, or "" */
};

/* Order by source, catalog, schema, table, column: negative, 0, positive. */
int dc_decision_compare(const struct dc_decision *a, const struct dc_decision *b);

/*
 * Decisions in force, for those who learn from them. Immutable; `items` outlive it. Lists are by id; *n tells how many.
 */
struct dc_decisions;
struct dc_decisions *dc_decisions_create(const struct dc_decision *items, size_t n);
void dc_decisions_destroy(struct dc_decisions *decisions);
/* That about a column, of which `key` says source, catalog, schema, table and column; NULL when there is none. */
const struct dc_decision *dc_decisions_of_column(const struct dc_decisions *decisions,
                                                 const struct dc_decision *key);
/* Those about columns of a name, whatever its case. */
const struct dc_decision *const *dc_decisions_of_name(const struct dc_decisions *decisions,
                                                      const char *column, size_t *n);
/* Those about columns whose foreign key references "schema.table.column". */
const struct dc_decision *const *dc_decisions_of_reference(const struct dc_decisions *decisions,
                                                           const char *reference, size_t *n);

/* What belongs together in the log: one import, or one undoing. Texts are never NULL. */
struct dc_decision_batch {
    int64_t id;
    int64_t at;                   /* UTC seconds since the epoch */
    bool undo;                    /* else an import */
    const char *account, *host;   /* who ran it, where */
    const char *file, *file_hash; /* of an import: name and SHA-256 of the workbook */
    int64_t run_id;               /* of the workbook; 0 of an undoing */
    const char *note;             /* why: of an undoing */
    int64_t n_decisions;          /* made or undone */
};

#ifdef __cplusplus
}
#endif
#endif
