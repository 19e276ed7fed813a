/*
 * For those who write a report format. A writer knows tables of typed cells and nothing else. Users call include/dcscan/report.h.
 *
 * Nothing appears at the path until `commit` succeeds: a writer works on a temporary file beside it and renames. Cells' texts are valid UTF-8
 * without control characters other than \n and \t, but they come from scanned databases: they may begin with = + - @ and may be
 * longer than a format allows. A writer keeps them as text, never as a formula or a link out of the file, and cuts visibly where the
 * format has a limit. A writer never prints.
 */
#ifndef DCSCAN_PROVIDER_REPORT_WRITER_H
#define DCSCAN_PROVIDER_REPORT_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/finding.h"
#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum dc_cell_kind {
    DC_CELL_EMPTY, /* unknown or not applicable; JSON null */
    DC_CELL_TEXT,
    DC_CELL_INT,
    DC_CELL_REAL,
    DC_CELL_PERCENT,  /* 0…1 */
    DC_CELL_LEVEL,    /* integer 1…4, 0 undecided; `text` is its word in the report's language */
    DC_CELL_TIME,     /* UTC seconds since the epoch; 0: empty */
    DC_CELL_BOOL,     /* integer 0 or 1; `text` is its word in the report's language */
    DC_CELL_LIST,     /* items, shown joined by ", " where the format has no lists */
    DC_CELL_EVIDENCE, /* a list of objects where the format has them, else `text` */
    DC_CELL_LINK /* `text`, leading to the sheet named in `target` where the format has sheets; a text elsewhere */
};

struct dc_cell {
    enum dc_cell_kind kind;
    const char *text;   /* TEXT, LEVEL, BOOL, EVIDENCE, LINK */
    const char *target; /* LINK: name of a sheet of the same report, never a text of a database */
    int64_t
        target_row; /* LINK: its row, from 1, when title, note and header of the first table take one each; 0: its top */
    int64_t integer;          /* INT, LEVEL, TIME, BOOL */
    int32_t utc_offset;       /* TIME: seconds east of UTC in which this moment is shown */
    double real;              /* REAL, PERCENT */
    const char *const *items; /* LIST */
    size_t n_items;
    const struct dc_evidence *evidence; /* EVIDENCE */
    size_t n_evidence;
};

/* Links that a sheet of a spreadsheet can have (Excel: 65,530). A writer shows further ones as text. */
#define DC_MAX_SHEET_LINKS 65530

enum dc_column_look {
    DC_LOOK_PLAIN,
    DC_LOOK_LEVEL, /* coloured by the words of options->levels, whoever writes them: the machine or a person later */
    DC_LOOK_BAR, /* numbers with a bar */
    DC_LOOK_HEAT /* counts, the darker the more; columns with this look side by side share a scale */
};

struct dc_report_column {
    const char *key;        /* stable, English: the JSON name */
    const char *title;      /* in the report's language */
    const char *help;       /* what the column says, for a comment on its header; "" for none */
    double width;           /* in characters of the default font; a Chinese character takes two */
    enum dc_cell_kind kind; /* of its filled cells; EMPTY: only people fill it */
    enum dc_column_look look;
    bool wrap;   /* long texts break into lines */
    bool fill;   /* for people to fill: empty cells are marked */
    bool exact;  /* a key that is read back: never altered. It never begins with = + - @ */
    bool hidden; /* kept for reading back, not shown */
    const char *const *choices; /* what may be filled in; NULL: anything */
    size_t n_choices;
    const char *
        choices_list; /* id of the table whose first column has the choices, where the format has such lists; NULL for none */
    bool guarded; /* a choice other than what proposed_column says needs a text in reason_column */
    size_t proposed_column, reason_column;
    const char *choice_title, *choice_note; /* what is shown when one chooses; NULL for none */
};

enum dc_chart_kind {
    DC_CHART_NONE,
    DC_CHART_PIE,
    DC_CHART_BAR,
    DC_CHART_STACKED /* a bar a row, made of several columns */
};

/* One table of a report. Tables with the same `sheet` follow one another and stand below one another on one sheet. */
struct dc_report_table {
    const char *id; /* "columns": writers of one table take the one named by their class */
    const char *
        sheet; /* sheet name, 1 to 31 characters (UTF-16 units), fit for a sheet, in the report's language */
    const char *title; /* above the table; "" for none */
    const char *note;  /* a paragraph under the title; "" for none */
    const struct dc_report_column *columns;
    size_t n_columns;
    bool header;            /* column titles are shown */
    bool filter;            /* autofilter and frozen header */
    size_t frozen_columns;  /* with filter: columns that stay in view */
    size_t printed_columns; /* the first ones, which make a page readable; 0: all */
    bool screen_only;       /* too long for paper: what is printed ends with its header */
    bool hidden;            /* its sheet is kept for the drop-downs of others, not shown */
    const char
        *list; /* its first column has choices for others: their choices_list; NULL for none */
    uint32_t tab_colour;      /* 0xRRGGBB of the sheet's tab; 0: none */
    enum dc_chart_kind chart; /* of the numbers of chart_column by the first column */
    size_t chart_column,
        chart_last; /* the last one of several side by side, of stacked bars and bars */
    const char *chart_title;
};

/* A level as a word of the report's language and the colour behind it (0xRRGGBB). */
struct dc_level_style {
    const char *word;
    uint32_t colour;
};

/* A named text kept in the document's properties. */
struct dc_report_property {
    const char *name, *value;
};

struct dc_report_options {
    const char *path;
    const char *title, *author, *subject; /* document properties */
    const char *security_label;           /* in the page header, e.g. "内部资料" */
    const char *lang;                     /* "zh" or "en" */
    const char *font;                     /* of all cells */
    int64_t created_at;                   /* UTC; fixed for reproducible files */
    const char *page_footer; /* "第 &P 页 / 共 &N 页" in the report's language, or NULL */
    const struct dc_level_style *levels;
    size_t n_levels;
    const struct dc_report_property *properties;
    size_t n_properties;
    bool without_bom; /* texts without byte order mark */
};

/* First member of every writer's own struct. */
struct dc_report_writer {
    const struct dc_report_writer_class *class_;
};

struct dc_report_writer_class {
    const char *name;      /* "xlsx" */
    const char *extension; /* ".xlsx": chosen by the ending of the path */
    const char *
        only_table; /* id of the one table it takes ("columns"), or NULL: all that stand in a workbook */
    bool any_table; /* with only_table: takes another one as well, when that is asked for */
    bool to_stdout; /* whether the path "-" means standard output */
    /*
     * Mandatory. Opens a temporary file beside options->path. DC_ERR_OUTPUT when that cannot be written. The options outlive the writer.
     */
    enum dc_status (*open)(const struct dc_report_options *options, struct dc_report_writer **out,
                           struct dc_err *err);
    /* Mandatory. Ends the table before, begins another. `table` outlives the writer. */
    enum dc_status (*begin_table)(struct dc_report_writer *writer,
                                  const struct dc_report_table *table, struct dc_err *err);
    /* Mandatory. One cell per column of the table; not kept. Any cell may be EMPTY or TEXT instead of its column's kind. */
    enum dc_status (*add_row)(struct dc_report_writer *writer, const struct dc_cell *cells,
                              size_t n_cells, struct dc_err *err);
    /* Mandatory. Completes the file and puts it at the path (fsync, then rename). After it only destroy is called. */
    enum dc_status (*commit)(struct dc_report_writer *writer, struct dc_err *err);
    /*
     * Mandatory; takes NULL. Releases; without a successful commit the temporary file is removed and nothing appears at the path.
     */
    void (*destroy)(struct dc_report_writer *writer);
};

/* All formats, ended by NULL; the array stands in reports/writers.c. */
const struct dc_report_writer_class *const *dc_report_writer_classes(void);

#ifdef __cplusplus
}
#endif
#endif
