/*
 * Lays an inventory out as tables of typed cells by reports/definitions and hands them to a writer chosen by the file's ending.
 */
#ifndef DCSCAN_REPORT_H
#define DCSCAN_REPORT_H

#include "dcscan/alloc.h"
#include "dcscan/compare.h"
#include "dcscan/inventory.h"
#include "dcscan/persons.h"
#include "dcscan/status.h"
#include "dcscan/yaml.h"

#ifdef __cplusplus
extern "C" {
#endif

enum dc_lang { DC_LANG_ZH, DC_LANG_EN };

struct dc_report_definition; /* immutable */
/*
 * Reads the definitions of a folder (reports/README.md has the schema). All complaints are collected; `complaints` may be NULL. Any gives
 * DC_ERR_CONFIG and leaves *out untouched.
 */
enum dc_status dc_report_definition_load(const char *folder, struct dc_report_definition **out,
                                         struct dc_complaints *complaints, struct dc_err *err);
void dc_report_definition_destroy(struct dc_report_definition *definition);

/* The word of a code in a group of words.yaml; the code itself where there is none. */
const char *dc_report_word(const struct dc_report_definition *definition, enum dc_lang lang,
                           const char *group, const char *code);

/* Whether the ending of a path names a format: DC_ERR_USAGE with the list of formats when not. "-" is jsonl on standard output. */
enum dc_status dc_report_check_path(const char *path, struct dc_err *err);

/* A class of another standard and the leaves that stand in it. */
struct dc_class_view {
    const char *standard_zh, *standard_en; /* side by side, as are the next two */
    const char *class_zh, *class_en;
    const char *basis;
    bool verify; /* the basis still has to be compared with the official text */
    struct dc_texts leaves;
};

/* Whether the workbook has all these sheets: DC_ERR_USAGE with the list of sheets when not. */
enum dc_status dc_report_check_sheets(const struct dc_report_definition *definition,
                                      const struct dc_texts *sheets, struct dc_err *err);

struct dc_report_request {
    const char *path;
    enum dc_lang lang;
    bool reproducible;          /* created_at = the run's start */
    const char *security_label; /* NULL: the language's default */
    const struct dc_changes
        *changes;           /* since earlier runs; NULL: not compared, which the report says */
    const char *subset;     /* what of the run the reader hands out, for the cover; NULL: all */
    struct dc_texts sheets; /* ids of the sheets to write; none: all */
    bool without_bom;       /* csv without byte order mark */
    const struct dc_class_view *views; /* classes of other standards, by the rules of today */
    size_t n_views;
};
/*
 * Writes one file in the format of its ending: workbooks have all sheets or those asked for, the others one row a column; csv with one
 * sheet asked for has its list. The reader is rewound as often as
 * needed and stays the caller's. Memory does not grow with the inventory. Nothing appears at the path unless the file is complete, and an
 * old file there stays as it was; a symbolic link is followed, anything that is no regular file is refused. DC_ERR_USAGE for an
 * unknown ending or sheet, DC_ERR_OUTPUT when it cannot be written, else what the reader says.
 */
enum dc_status dc_report_write(const struct dc_report_definition *definition,
                               struct dc_inventory_reader *reader,
                               const struct dc_report_request *request, struct dc_err *err);

/* Counts for the summary on the terminal. */
struct dc_report_summary {
    int64_t n_sources, n_sources_failed, n_tables, n_tables_unread, n_columns, n_columns_unread;
    int64_t by_level[5]; /* 0: undecided */
    int64_t n_personal, n_sensitive, n_important, n_review;
    int64_t rows_read, bytes_read;
};
/* One pass over the run; the reader is rewound and stays the caller's. On failure *out is untouched. */
enum dc_status dc_report_summarise(struct dc_inventory_reader *reader,
                                   struct dc_report_summary *out, struct dc_err *err);

/* ---- for those who read a workbook back ---- */

struct dc_report_form_column {
    const char *key, *titles[2]; /* by enum dc_lang */
};
/* A table that people fill in and whose rows are told apart by a column "key". */
struct dc_report_form {
    const char *table;
    const struct dc_report_form_column *columns;
    size_t n_columns;
};
/* All of the definitions. The array lies in `arena`, its texts in the definitions. */
const struct dc_report_form *dc_report_forms(const struct dc_report_definition *definition,
                                             struct dc_arena *arena, size_t *n);
/* The code that a word of a group stands for, in either language, whatever its case and width; NULL when none. */
const char *dc_report_word_code(const struct dc_report_definition *definition, const char *group,
                                const char *text);

#ifdef __cplusplus
}
#endif
#endif
