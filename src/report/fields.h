/*
 * Fields: what a column of a report can show. One table maps names ("table.name") to what fills a cell.
 */
#ifndef REPORT_FIELDS_H
#define REPORT_FIELDS_H

#include "dcscan/compare.h"
#include "dcscan/inventory.h"
#include "dcscan/provider/report_writer.h"
#include "dcscan/report.h"
#include "dcscan/rollup.h"

/* What a row can be about. A field needs one of these; a row of a table offers several. */
enum report_scope {
    SCOPE_RUN = 1 << 0, /* offered by every row */
    SCOPE_SOURCE = 1 << 1,
    SCOPE_TABLE = 1 << 2,
    SCOPE_COLUMN = 1 << 3,
    SCOPE_LEAF = 1 << 4,
    SCOPE_EVIDENCE = 1 << 5,
    SCOPE_CANDIDATE = 1 << 6,
    SCOPE_GROUP = 1 << 7,
    SCOPE_UNREAD = 1 << 8,
    SCOPE_FACT = 1 << 9,
    SCOPE_CONTENTS = 1 << 10,
    SCOPE_WORD = 1 << 11,
    SCOPE_DUTY = 1 << 12,
    SCOPE_EACH = 1 << 13, /* a column of its own for each class */
    SCOPE_CHANGE = 1 << 14,
    SCOPE_COMPARED = 1 << 15,
    SCOPE_VIEW = 1 << 16,  /* a class of another standard */
    SCOPE_ROLLUP = 1 << 17 /* a schema with its highest level */
};

struct report_layout;
struct report_source;
struct report_group;
struct report_fact;
struct report_sheet_def;
struct report_word;

/* Something that was not read. */
struct report_unread {
    const char *kind;   /* code of the words group "object": "source", "table", "column" */
    const char *status; /* code of the words groups "source_state" or "status" */
    const char *reason;
    int64_t n_tables, n_columns; /* that are missing with it; -1 where it is not known */
};

/* What one row is about; pointers outside its scope are NULL. */
struct report_row {
    const struct report_layout *layout;
    const struct report_source *source; /* NULL also where the run knows no such source */
    const struct dc_inventory_table *table;
    const struct dc_inventory_column *column;
    const struct dc_leaf_text *leaf; /* NULL also where the run knows no such leaf */
    const struct dc_evidence *evidence;
    const struct dc_rule_tally *tally; /* counters of a value rule, where the store has kept them */
    bool only_counted;                 /* the rule matched and was no evidence */
    const char *candidate_id;
    const struct dc_candidate_text *candidate; /* NULL also where the run knows no such rule */
    const struct report_group *group;
    const struct report_unread *unread;
    const struct report_fact *fact;
    const struct report_sheet_def *sheet;
    const struct report_word *word;
    const struct dc_change *change; /* of a kind of changes: with nothing but its kind */
    const struct dc_compared_source *compared;
    const struct dc_person_duty *duty;
    const struct dc_class_view *view;
    const struct dc_rollup_entry *rollup;
    const struct report_group *each; /* of a column that stands once for each class */
    int64_t table_index;             /* in the reader's order, from 0; of rows of a table */
    int64_t number;                  /* of the row within its table, from 1 */
    int64_t
        column_row; /* of the column, or the table's first one, in the list of all columns, from 1; 0: not known */
    bool first_column; /* of its table */
};

/* Fills a cell that is empty before. Texts live until the next row. */
typedef void report_fill_fn(const struct report_row *row, struct dc_cell *cell);

enum report_storage {
    STORED_NOT, /* `fill` makes the cell */
    STORED_TEXT,
    STORED_LABEL, /* two texts, zh and en, one behind the other */
    STORED_INT64, /* below zero: unknown */
    STORED_INT,
    STORED_DOUBLE
};

struct report_field {
    const char *name;
    enum dc_cell_kind kind; /* of its filled cells */
    unsigned scope;         /* one bit of enum report_scope */
    enum report_storage storage;
    size_t offset; /* in the struct of its scope */
    report_fill_fn *fill;
};

const struct report_field *report_field_find(const char *name); /* NULL: unknown */
size_t report_field_count(void);
const struct report_field *report_field_at(size_t index);
/* Fills a cell, its texts made fit to show. */
void report_field_fill(const struct report_field *field, const struct report_row *row,
                       struct dc_cell *cell);

/* The families of fields, ended by a name of NULL. */
extern const struct report_field report_fields_run[];
extern const struct report_field report_fields_source[];
extern const struct report_field report_fields_table[];
extern const struct report_field report_fields_column[];
extern const struct report_field report_fields_finding[];
extern const struct report_field report_fields_group[];
extern const struct report_field report_fields_persons[];
extern const struct report_field report_fields_change[];
extern const struct report_field report_fields_review[];
extern const struct report_field report_fields_link[];
extern const struct report_field report_fields_rollup[];

/* ---- for those who write fields ---- */

#define FIELD_TEXT(name, scope, type, member)                                \
    {                                                                        \
        name, DC_CELL_TEXT, scope, STORED_TEXT, offsetof(type, member), NULL \
    }
#define FIELD_LABEL(name, scope, type, member)                                     \
    {                                                                              \
        name, DC_CELL_TEXT, scope, STORED_LABEL, offsetof(type, member##_zh), NULL \
    }
#define FIELD_COUNT(name, scope, type, member)                               \
    {                                                                        \
        name, DC_CELL_INT, scope, STORED_INT64, offsetof(type, member), NULL \
    }
#define FIELD_INT(name, scope, type, member)                               \
    {                                                                      \
        name, DC_CELL_INT, scope, STORED_INT, offsetof(type, member), NULL \
    }
#define FIELD_REAL(name, scope, type, member)                                  \
    {                                                                          \
        name, DC_CELL_REAL, scope, STORED_DOUBLE, offsetof(type, member), NULL \
    }
#define FIELD_FILL(name, kind, scope, function)    \
    {                                              \
        name, kind, scope, STORED_NOT, 0, function \
    }
#define FIELD_END                                   \
    {                                               \
        NULL, DC_CELL_EMPTY, 0, STORED_NOT, 0, NULL \
    }

void report_set_text(struct dc_cell *cell, const char *text); /* NULL: stays empty */
void report_set_int(struct dc_cell *cell, int64_t value);     /* below zero: stays empty */
void report_set_share(struct dc_cell *cell, int64_t part,
                      int64_t whole); /* whole 0 or less: stays empty */
/* A moment in the zone that the definitions ask for. */
void report_set_time(const struct report_row *row, struct dc_cell *cell, int64_t at);
void report_set_level(const struct report_row *row, struct dc_cell *cell, int level);
/* A level as decided: enum dc_final_level as an integer, 0 undecided. As a number important and core count as 4. */
void report_set_final(const struct report_row *row, struct dc_cell *cell, int level);
void report_set_bool(const struct report_row *row, struct dc_cell *cell, bool value);
/* The word of a code in the report's language. */
void report_set_word(const struct report_row *row, struct dc_cell *cell, const char *group,
                     const char *code);
/* "12.3%" or "0.30%"; never rounded down, as it bounds from above. */
const char *report_percent_text(const struct report_row *row, double share);
/* A phrase of the words group "phrase" with {1}, {2} … replaced by `values`. */
const char *report_phrase(const struct report_row *row, const char *code, const char *const *values,
                          size_t n_values);
/* A count as text: "12,345". */
const char *report_count_text(const struct report_row *row, int64_t count);
/* The reading of two texts by the report's language, the other one where it is missing. */
const char *report_pick(const struct report_row *row, const char *zh, const char *en);
/* Stable key of the row's table, or of a column of it: "source/catalog/schema/table/column", parts escaped, safe in a spreadsheet. */
const char *report_key(const struct report_row *row, const char *column);
/* One line for a person about one line of evidence. */
const char *report_evidence_text(const struct report_row *row, const struct dc_evidence *evidence);

#endif
