/*
 * Parts of the workbook writer. libxlsxwriter runs in its constant-memory mode: each row goes to a temporary file of its sheet when the
 * next one begins, so rows come in order and a million of them need no more memory than ten.
 */
#ifndef REPORTS_XLSX_INTERNAL_H
#define REPORTS_XLSX_INTERNAL_H

#include <xlsxwriter.h>

#include "../output_file.h"
#include "dcscan/alloc.h"
#include "dcscan/provider/report_writer.h"
#include "dcscan/strbuf.h"

#define XLSX_MAX_COLUMNS      256    /* of one table; far below the 16,384 of a sheet */
#define XLSX_MAX_CELL_UNITS   32767u /* UTF-16 units in a cell */
#define XLSX_MAX_CHART_POINTS 64

/* Looks of cells. */
enum xlsx_format {
    XLSX_TITLE,   /* first title of a sheet */
    XLSX_HEADING, /* title of a further table */
    XLSX_NOTE,
    XLSX_HEADER,
    XLSX_HEADER_FILL, /* of a column that people fill */
    XLSX_LABEL,       /* first column of a table without header */
    XLSX_TEXT,
    XLSX_WRAP,
    XLSX_INT,
    XLSX_INT_LEFT, /* among prose */
    XLSX_REAL,
    XLSX_PERCENT,
    XLSX_TIME,
    XLSX_CENTRE,
    XLSX_LINK,
    XLSX_FILL,      /* empty, for people to fill */
    XLSX_FILL_TEXT, /* filled already, people may correct it */
    XLSX_FILL_CENTRE,
    XLSX_FILL_INT,
    XLSX_N_FORMATS
};

#define XLSX_LINE_HEIGHT 15.0 /* points of a row of one line */

/* A table with its chart: its first row, and where it begins and ends in points from the top of the sheet. */
struct xlsx_block {
    lxw_row_t row;
    double top, bottom;
    bool has_chart;
};

/* The sheet being written and the table on it. */
struct xlsx_sheet {
    lxw_worksheet *worksheet;
    lxw_row_t row;        /* next row to write */
    lxw_row_t top;        /* first row of the table: its title, note or header */
    lxw_row_t first_row;  /* first data row of the table */
    lxw_row_t chart_ends; /* first row below all charts so far */
    size_t n_links;
    double points;      /* height of the rows so far */
    double row_points;  /* of the row to come */
    double chart_right; /* pixels to the right end of the charts */
    size_t n_blocks;
    bool large_paper; /* A3 */
    int part;         /* 1, or the number in "name (2)" */
    double widths[XLSX_MAX_COLUMNS];
    size_t n_widths;
    size_t n_tables;
};

struct xlsx_writer {
    struct dc_report_writer base;
    const struct dc_report_options *options;
    struct output_file file;
    lxw_workbook *workbook; /* NULL after close */
    lxw_format *formats[XLSX_N_FORMATS];
    lxw_format **level_formats; /* one per level of the options */
    lxw_format *missing_format; /* of a reason that a changed decision lacks */
    const struct dc_report_table *table;
    struct xlsx_sheet sheet;
    lxw_worksheet **sheets; /* all, in order */
    size_t n_sheets, sheets_capacity;
    struct xlsx_block *blocks; /* of the sheet being written */
    size_t blocks_capacity;
    struct dc_strbuf text; /* scratch of one cell */
    struct dc_arena *arena;
    uint32_t point_colours
        [XLSX_MAX_CHART_POINTS]; /* of the table's rows, by the level word in their first cell; 0: none */
};

/* DC_OK, or DC_ERR_OUTPUT with what the library says. */
enum dc_status xlsx_check(struct xlsx_writer *xlsx, lxw_error error, struct dc_err *err);

/* xlsx_format.c */
enum dc_status xlsx_formats_create(struct xlsx_writer *xlsx, struct dc_err *err);
uint32_t xlsx_level_colour(const struct dc_report_options *options,
                           const char *word); /* 0: no level */

/* xlsx_cell.c */

/*
 * The text as Excel stores it: cut visibly at 32,767 UTF-16 units, what XML cannot hold replaced, a literal "_x0041_" escaped; on one line
 * line ends show as "↵", which cells that do not wrap would hide or draw over their neighbours. Valid until the next call, or the text
 * itself when nothing had to change.
 */
const char *xlsx_text(struct dc_strbuf *scratch, const char *text, bool one_line);
enum dc_status xlsx_cell_write(struct xlsx_writer *xlsx, lxw_col_t column,
                               const struct dc_cell *cell, struct dc_err *err);

/* Lines that a text takes in a column of that many characters. */
double xlsx_lines(const char *text, double width);

/* xlsx_sheet.c */

/* The height of the row to come, when one of its cells breaks into lines: readers differ in whether they find it themselves. */
enum dc_status xlsx_row_begin(struct xlsx_writer *xlsx, const struct dc_cell *cells,
                              struct dc_err *err);

/* Puts the title, note and header of xlsx->table on its sheet, which is made when it is not the current one. */
enum dc_status xlsx_table_begin(struct xlsx_writer *xlsx, const struct dc_report_table *before,
                                struct dc_err *err);
/* Filter, colours, drop-downs and chart over the rows written. */
enum dc_status xlsx_table_end(struct xlsx_writer *xlsx, struct dc_err *err);
/* Goes on with the table on a sheet "name (2)" when the current one is full. */
enum dc_status xlsx_table_continue(struct xlsx_writer *xlsx, struct dc_err *err);

/* xlsx_page.c */

double xlsx_column_pixels(double characters);
/* From the left end of the sheet to behind its first columns. */
double xlsx_columns_pixels(const struct xlsx_sheet *sheet, size_t n_columns);
/* The height of the row to come, and its end. */
void xlsx_row_height(struct xlsx_writer *xlsx, double points);
void xlsx_row_end(struct xlsx_writer *xlsx);
/* A table that is kept on one page where it fits, with its chart (0: none). */
void xlsx_block_begin(struct xlsx_writer *xlsx);
void xlsx_block_end(struct xlsx_writer *xlsx, double chart_pixels);
/* Sets the page breaks of the sheet, which is complete. */
enum dc_status xlsx_page_breaks(struct xlsx_writer *xlsx, struct dc_err *err);

/* xlsx_choice.c */

/* Offers the choices of a column in its rows, and asks for the reason of one that differs from the proposal. */
lxw_error xlsx_choices_offer(struct xlsx_writer *xlsx, lxw_col_t column);
/* Names the first column of the table's rows, for the drop-downs of other sheets. */
lxw_error xlsx_list_name(struct xlsx_writer *xlsx);

/* xlsx_chart.c */
enum dc_status xlsx_chart_insert(struct xlsx_writer *xlsx, struct dc_err *err);

/* xlsx_close.c */

/*
 * The library prints some failures by itself. While `silence` lasts, file descriptor 2 leads nowhere; reports are written when the workers
 * of a scan have ended, so no other thread's message is lost.
 */
int xlsx_silence_begin(void);
void xlsx_silence_end(int kept);
/* Assembles the file and makes sure that nothing of it is missing. xlsx->workbook is gone afterwards. */
enum dc_status xlsx_close(struct xlsx_writer *xlsx, struct dc_err *err);

#endif
