/*
 * What reports/definitions say: sheets, tables, columns and words. Immutable once loaded; all texts lie in its arena.
 */
#ifndef REPORT_DEFINITION_H
#define REPORT_DEFINITION_H

#include "dcscan/provider/report_writer.h"
#include "dcscan/report.h"
#include "fields.h"

#define N_LANGS 2
/* Times are shown in the zone of the machine, with the offset of their day. */
#define LOCAL_ZONE INT32_MAX

/* A text in both languages of the reports, by enum dc_lang. */
struct report_text {
    const char *in[N_LANGS];
};

/* What a row of a table is. */
enum report_rows {
    ROWS_FACTS,    /* the definition's own `facts` */
    ROWS_CONTENTS, /* the sheets of the workbook */
    ROWS_SOURCES,
    ROWS_TABLES,
    ROWS_COLUMNS,         /* by `where` */
    ROWS_CANDIDATES,      /* a column × a candidate rule that fired on it */
    ROWS_EVIDENCE,        /* a column × a line of its evidence */
    ROWS_UNREAD,          /* sources, tables and columns that were not read */
    ROWS_LEVELS,          /* counts of columns by level, highest first */
    ROWS_CLASSES,         /* … by first class */
    ROWS_LEAVES,          /* … by leaf, those in use */
    ROWS_LEVEL_RULES,     /* … by level rule */
    ROWS_CANDIDATE_RULES, /* … by candidate rule */
    ROWS_WORDS,           /* words of a group that people may choose */
    ROWS_ALL_LEAVES,      /* leaves of the run, in use or not */
    ROWS_SYSTEMS,         /* sources together by system … */
    ROWS_PLANTS,          /* … and by plant */
    ROWS_KINDS,           /* a source × a leaf among its candidates for important data */
    ROWS_VIEWS,           /* classes of other standards */
    ROWS_SCHEMAS,         /* schemas with their highest level */
    ROWS_DUTIES,          /* duties by the number of persons */
    ROWS_COMPARED,        /* sources, each with the earlier run that it is compared with */
    ROWS_CHANGE_KINDS,    /* kinds of changes that are there */
    ROWS_CHANGES,
    N_ROWS
};

enum report_where { WHERE_ALL, WHERE_PERSONAL, WHERE_SENSITIVE, WHERE_REVIEW };

struct report_column_def {
    const char *key;
    struct report_text title, help;
    double width;
    const struct report_field *field;
    int look; /* enum dc_column_look */
    bool wrap, fill, exact, hidden;
    bool each;           /* stands once for each first class of the run, behind all other columns */
    const char *choices; /* group of words or id of a code list, or NULL */
    const char *changes, *reason; /* keys of the proposal that a choice changes and of its reason */
    size_t changes_column, reason_column;
};

struct report_fact {
    struct report_text title, text;   /* text, or … */
    const struct report_field *field; /* … a field of the run; neither: for people to fill */
};

struct report_table_def {
    const char *id;
    struct report_text title, note,
        empty;       /* empty: shown in a row of its own when there are no rows */
    int rows, where; /* enum report_rows, report_where */
    const char
        *sort; /* key of the column by which rows are sorted, smallest first; NULL: as they come */
    size_t sort_column;
    struct report_column_def *columns;
    size_t n_columns;
    struct report_fact *facts;
    size_t n_facts;
    struct dc_texts codes; /* candidate rules that are listed even where they did not fire */
    const char *words;     /* of rows: words, the group */
    const char *list;      /* its first column is offered to columns with `choices` of this id */
    bool header, filter;
    bool screen; /* on paper no more than its header */
    int64_t frozen, printed;
    int chart; /* enum dc_chart_kind */
    struct report_text chart_title;
    size_t chart_column, chart_last;
};

struct report_sheet_def {
    const char *id;
    struct report_text title, about;
    int64_t order;
    bool workbook; /* false: its table is for the formats of one table */
    bool hidden;   /* not shown */
    uint32_t tab_colour;
    struct report_table_def *tables;
    size_t n_tables;
};

/* A word of a coded value. */
struct report_word {
    const char *group, *code;
    struct report_text text;
};

/* Level words from the lowest: "0", "1" … "4", "important", "core". */
#define N_LEVEL_COLOURS 7

struct report_settings {
    struct report_text title, subject, security_label, page_footer, font;
    int32_t utc_offset[N_LANGS]; /* seconds east of UTC, or LOCAL_ZONE */
    uint32_t level_colours[N_LEVEL_COLOURS];
};

struct dc_report_definition {
    struct dc_arena *arena;
    struct report_settings settings;
    struct report_sheet_def *sheets; /* by order */
    size_t n_sheets, sheets_capacity;
    struct report_word *words; /* by group, as written in the file */
    size_t n_words, words_capacity;
    bool has_settings;
};

/* The word of a code; the code itself where there is none. */
const char *report_word(const struct dc_report_definition *definition, enum dc_lang lang,
                        const char *group, const char *code);
/* The words of a group: the first, and how many; NULL when there is none. */
const struct report_word *report_words(const struct dc_report_definition *definition,
                                       const char *group, size_t *n_words);
/* The table of that id and its sheet; NULL when there is none. */
const struct report_table_def *report_find_table(const struct dc_report_definition *definition,
                                                 const char *id,
                                                 const struct report_sheet_def **sheet);
/* Whether a table of the workbook has the choices of that id. */
bool report_has_list(const struct dc_report_definition *definition, const char *id);
/* Codes of the level colours, lowest first. */
const char *report_level_code(size_t index);
/* What a row of this kind is about: bits of enum report_scope. */
unsigned report_rows_scope(int rows);

/* ---- loading; the parts that read one file each ---- */

struct report_loading {
    struct dc_report_definition *definition;
    struct dc_arena *arena;
    struct dc_complaints *all;
};

/* The three kinds of files: `sheet:`, `words:` and `report:`. */
void report_load_sheet(struct report_loading *loading, const struct dc_yaml_node *root);
void report_load_words(struct report_loading *loading, const struct dc_yaml_node *node);
void report_load_settings(struct report_loading *loading, const struct dc_yaml_node *node);
/* {zh: …, en: …} */
void report_load_text(struct report_loading *loading, const struct dc_yaml_node *node,
                      struct report_text *out);
/* "#1F4E79" */
bool report_load_colour(struct report_loading *loading, const struct dc_yaml_node *node,
                        uint32_t *out);
/* What can be said only when all files are read; `at` names the folder. */
void report_check(struct report_loading *loading, const char *folder);

#endif
