/*
 * For those who write a report format. A writer knows tables of typed cells and nothing else. Users call include/dcscan/report.h.
 *
 * Nothing appears at the path until `commit` succeeds: a writer works on a temporary file beside it and renames. Cells' texts are valid UTF-8
 * without control characters other than \n and \t, but may begin with = + - @ and may be longer than a format allows: the
 * writer keeps them as text, never as a formula or link, and cuts visibly where the format has a limit.
 */
#ifndef DCSCAN_PROVIDER_REPORT_WRITER_H
#define DCSCAN_PROVIDER_REPORT_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum dc_cell_kind {
    DC_CELL_EMPTY,
    DC_CELL_TEXT,
    DC_CELL_INT,
    DC_CELL_REAL,
    DC_CELL_PERCENT, /* 0…1 */
    DC_CELL_LEVEL,   /* integer 1…4, 0 undecided: coloured */
    DC_CELL_TIME,    /* UTC seconds since the epoch; 0: empty */
    DC_CELL_BOOL,
    DC_CELL_LIST, /* items, shown joined by ", " where the format has no lists */
    DC_CELL_EVIDENCE /* lines of a list of objects; JSON Lines keeps the objects, others show `text` */
};

struct dc_cell {
    enum dc_cell_kind kind;
    const char *text;               /* TEXT, EVIDENCE */
    int64_t integer;                /* INT, LEVEL, TIME, BOOL */
    double real;                    /* REAL, PERCENT */
    const char *const *items;       /* LIST */
    size_t n_items;
    const struct dc_evidence *evidence; /* EVIDENCE */
    size_t n_evidence;
};

enum dc_column_hint { DC_HINT_NONE, DC_HINT_LEVEL, DC_HINT_BAR, DC_HINT_WRAP, DC_HINT_FILL /* empty cells are for people to fill */ };

struct dc_report_column {
    const char *key;   /* stable, English: the JSON name */
    const char *title; /* in the report's language */
    double width;      /* characters */
    enum dc_column_hint hint;
    enum dc_cell_kind kind;
};

enum dc_chart_kind { DC_CHART_NONE, DC_CHART_PIE, DC_CHART_BAR };

/* One table of a report. Tables with the same `sheet` stand below one another on one sheet. */
struct dc_report_table {
    const char *id;    /* "columns": writers of one table (jsonl, csv) take the one named in their options */
    const char *sheet; /* sheet name, ≤ 31 characters, in the report's language */
    const char *title; /* above the table; "" for none */
    const char *note;  /* a paragraph under the title; "" for none */
    const struct dc_report_column *columns;
    size_t n_columns;
    bool filter;       /* autofilter and frozen header */
    enum dc_chart_kind chart; /* of the table's last numeric column by its first column */
    const char *chart_title;
};

struct dc_report_options {
    const char *path;
    const char *title, *author, *subject; /* document properties */
    const char *security_label; /* in the page header, e.g. "内部资料" */
    const char *lang;  /* "zh" or "en" */
    int64_t created_at; /* UTC; fixed for reproducible files */
    const char *page_footer; /* "第 &P 页 / 共 &N 页" in the report's language, or NULL */
};

/* First member of every writer's own struct. */
struct dc_report_writer {
    const struct dc_report_writer_class *class_;
};

struct dc_report_writer_class {
    const char *name;      /* "xlsx" */
    const char *extension; /* ".xlsx": chosen by the ending of the path */
    const char *only_table; /* id of the one table it takes ("columns"), or NULL: all */
    /* Mandatory. Opens a temporary file beside options->path. DC_ERR_OUTPUT when that cannot be written. The options outlive the writer. */
    enum dc_status (*open)(const struct dc_report_options *options, struct dc_report_writer **out, struct dc_err *err);
    /* Mandatory. `table` outlives the writer. */
    enum dc_status (*begin_table)(struct dc_report_writer *writer, const struct dc_report_table *table, struct dc_err *err);
    /* Mandatory. One cell per column of the table; not kept. */
    enum dc_status (*add_row)(struct dc_report_writer *writer, const struct dc_cell *cells, size_t n_cells, struct dc_err *err);
    /* Mandatory. Completes the file and puts it at the path (rename; fsync before). After it only destroy is called. */
    enum dc_status (*commit)(struct dc_report_writer *writer, struct dc_err *err);
    /* Mandatory. Releases; without a successful commit the temporary file is removed and nothing appears at the path. */
    void (*destroy)(struct dc_report_writer *writer);
};

#ifdef __cplusplus
}
#endif
#endif
