/* Sheets: where tables stand on them, how they print, what colours and helps them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "xlsx_internal.h"

#define MAX_NAME_UNITS 31u
#define LINE_HEIGHT    XLSX_LINE_HEIGHT
#define MAX_DATA_LINES 8.0 /* of a row in a long list */
#define CHARACTER_WIDTH \
    1.08 /* of a Latin letter, in characters that a column is measured in; fonts differ */
#define HAN_WIDTH             1.95  /* of a Chinese character: 13.3 of 7 pixels */
#define CELL_PADDING          0.3   /* characters that the borders take of a column */
#define MAX_ROW_HEIGHT        409.0 /* Excel's limit */
#define TITLE_HEIGHT          30.0
#define HEADING_HEIGHT        24.0
#define NOTE_WIDTH            110.0 /* characters a note spreads over, when the table is as wide */
#define GAP_ROWS              2u    /* between tables of a sheet */
#define PAPER_A4              9
#define PAPER_A3              8
#define A4_WIDTH              200.0 /* characters from which a page would be too small on A4 */
#define MAX_HEADER            255u
#define MAX_FROZEN_CHARACTERS 115.0

/* ---- names ---- */

static size_t utf16_length(const char *text, size_t size)
{
    size_t units = 0;

    for (size_t i = 0; i < size;) {
        uint32_t code;

        i += dc_utf8_next(text + i, size - i, &code);
        units += code > 0xFFFF ? 2 : 1;
    }
    return units;
}

/* "name (2)", the name cut so that all of it fits. */
static char *continued_name(struct xlsx_writer *xlsx, const char *name, int part)
{
    char *suffix = dc_arena_printf(xlsx->arena, " (%d)", part);
    size_t size = strlen(name);

    while (utf16_length(name, size) + strlen(suffix) > MAX_NAME_UNITS) {
        size = dc_utf8_cut(name, size, size - 1);
    }
    return dc_arena_printf(xlsx->arena, "%.*s%s", (int)size, name, suffix);
}

/* ---- the printed page ---- */

static void append_escaped(struct dc_strbuf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        dc_strbuf_puts(out, *text == '&' ? "&" : "");
        dc_strbuf_putc(out, *text);
    }
}

static enum dc_status set_page_texts(struct xlsx_writer *xlsx, const char *name, struct dc_err *err)
{
    const struct dc_report_options *options = xlsx->options;
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_HEADER);
    lxw_error error;

    dc_strbuf_puts(&text, "&L&B");
    append_escaped(&text, options->security_label);
    dc_strbuf_puts(&text, "&B&C");
    append_escaped(&text, options->title);
    dc_strbuf_puts(&text, "&R");
    append_escaped(&text, name);
    error = worksheet_set_header(xlsx->sheet.worksheet, dc_strbuf_text(&text));
    dc_strbuf_done(&text);
    if (error == LXW_NO_ERROR && options->page_footer != NULL) {
        dc_strbuf_printf(&text, "&C%s", options->page_footer);
        error = worksheet_set_footer(xlsx->sheet.worksheet, dc_strbuf_text(&text));
        dc_strbuf_done(&text);
    }
    return xlsx_check(xlsx, error, err);
}

/* Against mistakes, without a password: what people decide stays open, and they may filter and size as they like. */
static void protect(lxw_worksheet *worksheet)
{
    lxw_protection allowed = {.format_cells = LXW_TRUE,
                              .format_columns = LXW_TRUE,
                              .format_rows = LXW_TRUE,
                              .sort = LXW_TRUE,
                              .autofilter = LXW_TRUE};

    worksheet_protect(worksheet, NULL, &allowed);
}

static enum dc_status add_sheet(struct xlsx_writer *xlsx, const char *name, int part,
                                struct dc_err *err)
{
    int kept = xlsx_silence_begin();
    lxw_worksheet *worksheet = workbook_add_worksheet(xlsx->workbook, name);
    enum dc_status status = DC_OK;

    xlsx_silence_end(kept);
    if (worksheet == NULL) {
        return dc_err_set(err, DC_ERR_OUTPUT, "could not write \"%s\": sheet \"%s\" was refused",
                          xlsx->file.path, name);
    }
    if (xlsx->sheet.worksheet != NULL) {
        status = xlsx_page_breaks(xlsx, err);
    }
    xlsx->sheets = dc_array_grow(xlsx->sheets, xlsx->n_sheets, &xlsx->sheets_capacity,
                                 sizeof *xlsx->sheets);
    xlsx->sheets[xlsx->n_sheets++] = worksheet;
    xlsx->sheet = (struct xlsx_sheet){
        .worksheet = worksheet, .part = part, .row_points = XLSX_LINE_HEIGHT};
    worksheet_set_landscape(worksheet);
    worksheet_fit_to_pages(worksheet, 1, 0);
    worksheet_set_margins(worksheet, 0.4, 0.4, 0.75, 0.6);
    worksheet_gridlines(worksheet, LXW_HIDE_ALL_GRIDLINES);
    protect(worksheet);
    if (xlsx->table->hidden) {
        worksheet_hide(worksheet);
    }
    /* Versions and codes are texts on purpose. */
    worksheet_ignore_errors(worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    if (xlsx->table->tab_colour != 0) {
        worksheet_set_tab_color(worksheet, xlsx->table->tab_colour);
    }
    return status == DC_OK ? set_page_texts(xlsx, name, err) : status;
}

/* ---- above the rows ---- */

double xlsx_lines(const char *text, double width)
{
    double lines = 0;

    while (text != NULL && lines < MAX_ROW_HEIGHT / LINE_HEIGHT) {
        const char *end = strchr(text, '\n');
        char line[1024];
        size_t size = end == NULL ? strlen(text) : (size_t)(end - text);
        size_t kept = dc_utf8_cut(text, size, sizeof line - 1);
        double n, wide, characters;

        memcpy(line, text, kept);
        line[kept] = '\0';
        n = (double)dc_utf8_length(line, kept);
        wide = (double)dc_utf8_width(line) - n;
        characters = HAN_WIDTH * wide + CHARACTER_WIDTH * (n - wide) + (double)(size - kept);
        lines += fmax(1, ceil(characters / (width - CELL_PADDING)));
        text = end == NULL ? NULL : end + 1;
    }
    return lines;
}

static double row_height(double lines, double extra)
{
    return fmin(MAX_ROW_HEIGHT, lines * LINE_HEIGHT + extra);
}

static lxw_error set_height(struct xlsx_writer *xlsx, double points)
{
    xlsx_row_height(xlsx, points);
    return worksheet_set_row(xlsx->sheet.worksheet, xlsx->sheet.row, points, NULL);
}

/* Widths of a sheet's columns are the largest that its tables ask for. */
static enum dc_status set_widths(struct xlsx_writer *xlsx, struct dc_err *err)
{
    struct xlsx_sheet *sheet = &xlsx->sheet;
    lxw_error error = LXW_NO_ERROR;

    for (size_t i = 0; error == LXW_NO_ERROR && i < xlsx->table->n_columns; i++) {
        const struct dc_report_column *column = &xlsx->table->columns[i];
        lxw_row_col_options hidden = {.hidden = column->hidden};

        sheet->widths[i] = fmax(sheet->widths[i], column->width);
        error = worksheet_set_column_opt(sheet->worksheet, (lxw_col_t)i, (lxw_col_t)i,
                                         sheet->widths[i], NULL, &hidden);
    }
    if (sheet->n_widths < xlsx->table->n_columns) {
        sheet->n_widths = xlsx->table->n_columns;
    }
    return xlsx_check(xlsx, error, err);
}

static size_t n_printed(const struct xlsx_writer *xlsx)
{
    size_t printed = xlsx->table->printed_columns;

    return printed > 0 && printed < xlsx->sheet.n_widths ? printed : xlsx->sheet.n_widths;
}

static double printed_width(const struct xlsx_writer *xlsx)
{
    const struct xlsx_sheet *sheet = &xlsx->sheet;
    double width = 0;

    for (size_t i = 0; i < n_printed(xlsx); i++) {
        width += sheet->widths[i];
    }
    return width;
}

/* A text over as many columns as make it readable; a single column cannot be merged. */
static enum dc_status write_across(struct xlsx_writer *xlsx, const char *text,
                                   enum xlsx_format format, double extra, struct dc_err *err)
{
    struct xlsx_sheet *sheet = &xlsx->sheet;
    lxw_format *look = xlsx->formats[format];
    const char *stored = xlsx_text(&xlsx->text, text, false);
    lxw_col_t last = 0;
    double width = sheet->widths[0];
    lxw_error error;

    while (width < NOTE_WIDTH && (size_t)last + 1 < sheet->n_widths) {
        width += sheet->widths[++last];
    }
    error = set_height(xlsx, row_height(xlsx_lines(text, 0.96 * width), extra));
    if (error == LXW_NO_ERROR && last > 0) {
        error = worksheet_merge_range(sheet->worksheet, sheet->row, 0, sheet->row, last, stored,
                                      look);
    } else if (error == LXW_NO_ERROR) {
        error = worksheet_write_string(sheet->worksheet, sheet->row, 0, stored, look);
    }
    xlsx_row_end(xlsx);
    return xlsx_check(xlsx, error, err);
}

static enum dc_status write_title(struct xlsx_writer *xlsx, struct dc_err *err)
{
    struct xlsx_sheet *sheet = &xlsx->sheet;
    bool first = sheet->n_tables == 0;
    lxw_error error = set_height(xlsx, first ? TITLE_HEIGHT : HEADING_HEIGHT);

    if (error == LXW_NO_ERROR) {
        error = worksheet_write_string(sheet->worksheet, sheet->row, 0,
                                       xlsx_text(&xlsx->text, xlsx->table->title, true),
                                       xlsx->formats[first ? XLSX_TITLE : XLSX_HEADING]);
    }
    xlsx_row_end(xlsx);
    return xlsx_check(xlsx, error, err);
}

static lxw_error write_help(struct xlsx_writer *xlsx, lxw_col_t column, const char *help)
{
    lxw_comment_options look = {.author = (char *)(uintptr_t)xlsx->options->author,
                                .width = 260,
                                .height = 90,
                                .font_size = 9};

    if (help[0] == '\0') {
        return LXW_NO_ERROR;
    }
    return worksheet_write_comment_opt(xlsx->sheet.worksheet, xlsx->sheet.row, column, help, &look);
}

static enum dc_status write_header(struct xlsx_writer *xlsx, struct dc_err *err)
{
    const struct dc_report_table *table = xlsx->table;
    struct xlsx_sheet *sheet = &xlsx->sheet;
    lxw_error error;
    double lines = 1;

    for (size_t i = 0; i < table->n_columns; i++) {
        /* The filter's button takes room beside the title. */
        lines = fmax(lines, xlsx_lines(table->columns[i].title, fmax(1, sheet->widths[i] - 2)));
    }
    error = set_height(xlsx, row_height(lines, 8));
    for (size_t i = 0; error == LXW_NO_ERROR && i < table->n_columns; i++) {
        const struct dc_report_column *column = &table->columns[i];

        error = worksheet_write_string(
            sheet->worksheet, sheet->row, (lxw_col_t)i,
            xlsx_text(&xlsx->text, column->title, false),
            xlsx->formats[column->kind == DC_CELL_EMPTY ? XLSX_HEADER_FILL : XLSX_HEADER]);
        if (error == LXW_NO_ERROR) {
            error = write_help(xlsx, (lxw_col_t)i, column->help);
        }
    }
    xlsx_row_end(xlsx);
    return xlsx_check(xlsx, error, err);
}

/* The header stays in view and on every printed page; the first columns too, as long as they leave room for others. */
static enum dc_status freeze(struct xlsx_writer *xlsx, struct dc_err *err)
{
    struct xlsx_sheet *sheet = &xlsx->sheet;
    double width = 0;
    lxw_col_t frozen = 0;

    while (frozen < xlsx->table->frozen_columns && frozen < xlsx->table->n_columns &&
           width + sheet->widths[frozen] <= MAX_FROZEN_CHARACTERS) {
        width += sheet->widths[frozen++];
    }
    worksheet_freeze_panes(sheet->worksheet, sheet->first_row, frozen);
    return xlsx_check(
        xlsx, worksheet_repeat_rows(sheet->worksheet, sheet->first_row - 1, sheet->first_row - 1),
        err);
}

/* Title, note and header of the table at the current row. */
static enum dc_status write_top(struct xlsx_writer *xlsx, struct dc_err *err)
{
    const struct dc_report_table *table = xlsx->table;
    struct xlsx_sheet *sheet = &xlsx->sheet;
    enum dc_status status = set_widths(xlsx, err);

    sheet->top = sheet->row;
    xlsx_block_begin(xlsx);
    if (status == DC_OK && table->title[0] != '\0') {
        status = write_title(xlsx, err);
    }
    if (status == DC_OK && table->note[0] != '\0') {
        status = write_across(xlsx, table->note, XLSX_NOTE, 4, err);
    }
    if (status == DC_OK && table->header) {
        status = write_header(xlsx, err);
    }
    sheet->first_row = sheet->row;
    sheet->n_tables++;
    sheet->large_paper = printed_width(xlsx) > A4_WIDTH;
    worksheet_set_paper(sheet->worksheet, sheet->large_paper ? PAPER_A3 : PAPER_A4);
    return status == DC_OK && table->filter && table->header ? freeze(xlsx, err) : status;
}

enum dc_status xlsx_table_begin(struct xlsx_writer *xlsx, const struct dc_report_table *before,
                                struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (before == NULL || strcmp(before->sheet, xlsx->table->sheet) != 0) {
        status = add_sheet(xlsx, xlsx->table->sheet, 1, err);
    } else {
        lxw_row_t next = xlsx->sheet.row + GAP_ROWS;

        next = next < xlsx->sheet.chart_ends ? xlsx->sheet.chart_ends : next;
        while (xlsx->sheet.row < next) {
            xlsx_row_end(xlsx);
        }
    }
    memset(xlsx->point_colours, 0, sizeof xlsx->point_colours);
    return status == DC_OK ? write_top(xlsx, err) : status;
}

enum dc_status xlsx_table_continue(struct xlsx_writer *xlsx, struct dc_err *err)
{
    int part = xlsx->sheet.part + 1;
    enum dc_status status = xlsx_table_end(xlsx, err);

    if (status == DC_OK) {
        status = add_sheet(xlsx, continued_name(xlsx, xlsx->table->sheet, part), part, err);
    }
    return status == DC_OK ? write_top(xlsx, err) : status;
}

static bool is_prose(const struct dc_cell *cell)
{
    return cell->kind == DC_CELL_TEXT || cell->kind == DC_CELL_EVIDENCE ||
           cell->kind == DC_CELL_LINK;
}

/* Items are joined, and broken between one another. They are masked examples and codes: stars are narrow. */
static double list_lines(const struct dc_cell *cell, double width)
{
    double lines = 1, used = 0;

    for (size_t i = 0; i < cell->n_items; i++) {
        double item = (double)dc_utf8_width(cell->items[i]) + 1; /* with its comma */

        if (used > 0 && used + item > width) {
            lines++;
            used = 0;
        }
        used += item;
        if (used > width + 1) {
            lines += ceil(used / width) - 1;
            used = fmod(used, width);
        }
    }
    return lines;
}

enum dc_status xlsx_row_begin(struct xlsx_writer *xlsx, const struct dc_cell *cells,
                              struct dc_err *err)
{
    const struct dc_report_table *table = xlsx->table;
    struct xlsx_sheet *sheet = &xlsx->sheet;
    double lines = 1;

    for (size_t i = 0; i < table->n_columns; i++) {
        bool wraps = table->columns[i].wrap || table->columns[i].fill || (i == 0 && !table->header);

        if (wraps && cells[i].kind == DC_CELL_LIST) {
            lines = fmax(lines, list_lines(&cells[i], sheet->widths[i]));
        } else if (wraps && is_prose(&cells[i])) {
            lines = fmax(lines, xlsx_lines(cells[i].text, sheet->widths[i]));
        }
    }
    if (lines <= 1 && table->filter) {
        return DC_OK;
    }
    if (lines <= 1) { /* said, since readers differ in it, and where pages begin depends on it */
        return xlsx_check(xlsx, set_height(xlsx, XLSX_LINE_HEIGHT), err);
    }
    lines = table->filter ? fmin(lines, MAX_DATA_LINES) : lines;
    return xlsx_check(xlsx, set_height(xlsx, row_height(lines, 2)), err);
}

/* ---- over the rows written ---- */

static lxw_error colour_levels(struct xlsx_writer *xlsx, lxw_col_t column)
{
    const struct dc_report_options *options = xlsx->options;
    lxw_error error = LXW_NO_ERROR;

    for (size_t i = 0; error == LXW_NO_ERROR && i < options->n_levels; i++) {
        lxw_conditional_format rule = {
            .type = LXW_CONDITIONAL_TYPE_CELL,
            .criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
            .value_string = dc_arena_printf(xlsx->arena, "\"%s\"", options->levels[i].word),
            .format = xlsx->level_formats[i],
        };

        error = worksheet_conditional_format_range(xlsx->sheet.worksheet, xlsx->sheet.first_row,
                                                   column, xlsx->sheet.row - 1, column, &rule);
    }
    return error;
}

/* From 0 to 1, so that bars of different sheets mean the same. */
static lxw_error draw_bars(struct xlsx_writer *xlsx, lxw_col_t column)
{
    lxw_conditional_format rule = {
        .type = LXW_CONDITIONAL_DATA_BAR,
        .data_bar_2010 = LXW_TRUE,
        .bar_solid = LXW_TRUE,
        .bar_color = 0x9DC3E6,
        .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
        .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
        .min_value = 0,
        .max_value = 1,
    };

    return worksheet_conditional_format_range(xlsx->sheet.worksheet, xlsx->sheet.first_row, column,
                                              xlsx->sheet.row - 1, column, &rule);
}

/* One scale over all columns of that look from this one on, so that classes can be compared. */
static lxw_error draw_heat(struct xlsx_writer *xlsx, lxw_col_t column)
{
    const struct dc_report_table *table = xlsx->table;
    size_t last = column;
    lxw_conditional_format rule = {
        .type = LXW_CONDITIONAL_2_COLOR_SCALE, .min_color = 0xFFFFFF, .max_color = 0xF4B183};

    if (column > 0 && table->columns[column - 1].look == DC_LOOK_HEAT) {
        return LXW_NO_ERROR;
    }
    while (last + 1 < table->n_columns && table->columns[last + 1].look == DC_LOOK_HEAT) {
        last++;
    }
    return worksheet_conditional_format_range(xlsx->sheet.worksheet, xlsx->sheet.first_row, column,
                                              xlsx->sheet.row - 1, (lxw_col_t)last, &rule);
}

static lxw_error finish_column(struct xlsx_writer *xlsx, lxw_col_t column)
{
    const struct dc_report_column *shown = &xlsx->table->columns[column];
    lxw_error error = LXW_NO_ERROR;

    if (shown->look == DC_LOOK_LEVEL) {
        error = colour_levels(xlsx, column);
    } else if (shown->look == DC_LOOK_BAR) {
        error = draw_bars(xlsx, column);
    } else if (shown->look == DC_LOOK_HEAT) {
        error = draw_heat(xlsx, column);
    }
    return error == LXW_NO_ERROR ? xlsx_choices_offer(xlsx, column) : error;
}

/* What is for the screen stays off the paper: columns behind the first ones, or all rows. */
static lxw_error limit_paper(struct xlsx_writer *xlsx, bool any)
{
    const struct dc_report_table *table = xlsx->table;
    const struct xlsx_sheet *sheet = &xlsx->sheet;
    lxw_row_t last = table->screen_only && sheet->first_row > 0 ? sheet->first_row - 1
                     : any                                      ? sheet->row - 1
                                                                : sheet->first_row;

    if (table->printed_columns == 0 && !table->screen_only) {
        return LXW_NO_ERROR;
    }
    return worksheet_print_area(sheet->worksheet, 0, 0, last, (lxw_col_t)(n_printed(xlsx) - 1));
}

enum dc_status xlsx_table_end(struct xlsx_writer *xlsx, struct dc_err *err)
{
    const struct dc_report_table *table = xlsx->table;
    struct xlsx_sheet *sheet = &xlsx->sheet;
    bool any = sheet->row > sheet->first_row;
    lxw_error error = LXW_NO_ERROR;
    enum dc_status status;

    for (size_t i = 0; any && error == LXW_NO_ERROR && i < table->n_columns; i++) {
        error = finish_column(xlsx, (lxw_col_t)i);
    }
    if (error == LXW_NO_ERROR && table->filter && table->header) {
        error = worksheet_autofilter(sheet->worksheet, sheet->first_row - 1, 0,
                                     any ? sheet->row - 1 : sheet->first_row,
                                     (lxw_col_t)(table->n_columns - 1));
    }
    if (error == LXW_NO_ERROR) {
        error = limit_paper(xlsx, any);
    }
    if (error == LXW_NO_ERROR && any && table->list != NULL) {
        error = xlsx_list_name(xlsx);
    }
    xlsx_block_end(xlsx, 0);
    status = xlsx_check(xlsx, error, err);
    return status == DC_OK && any && table->chart != DC_CHART_NONE ? xlsx_chart_insert(xlsx, err)
                                                                   : status;
}
