/* Cells. Text of scanned databases is always written as a string: never as a formula, never as a link. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "../cell_text.h"
#include "dcscan/text.h"
#include "xlsx_internal.h"

#define ELLIPSIS         "…"
#define REPLACEMENT      0xFFFDu
#define LINE_END         0x21B5u /* ↵ */
#define BOX              0x25A1u /* □ */
#define EXACT_INTEGER    ((int64_t)1 << 53)
#define EPOCH_DAY        25569.0 /* 1970-01-01 as Excel counts days */
#define SECONDS_PER_DAY  86400.0
#define LINK_SIZE        256 /* bytes; a name of a sheet has up to 31 characters */
#define ESCAPE_SIZE      7   /* of "_x0041_" */
#define ESCAPED_LOW_LINE "_x005F"

/* Excel reads "_x0041_" in a string as "A": such a text has its low line escaped, so that a name stays what it is. */
static bool looks_escaped(const char *text)
{
    return strncmp(text, "_x", 2) == 0 && strspn(text + 2, "0123456789abcdefABCDEF") >= 4 &&
           text[6] == '_';
}

static uint32_t fit_for_xml(uint32_t code, bool one_line)
{
    if (code == '\n' && one_line) {
        return LINE_END;
    }
    if ((code < 0x20 && code != '\n' && code != '\t') || code == 0x7F) {
        return BOX;
    }
    return (code & 0xFFFE) == 0xFFFE ? REPLACEMENT : code;
}

/* Whether the text can be stored as it is. Most are short and plain, so this is the way of nearly every cell. */
static bool is_storable(const char *text, bool one_line)
{
    size_t size = strlen(text);

    if (size > XLSX_MAX_CELL_UNITS) { /* at least a byte a unit */
        return false;
    }
    for (size_t i = 0; i < size;) {
        uint32_t code;
        size_t used = dc_utf8_next(text + i, size - i, &code);

        if (fit_for_xml(code, one_line) != code || (used == 1 && code == REPLACEMENT) ||
            (code == '_' && looks_escaped(text + i))) {
            return false;
        }
        i += used;
    }
    return true;
}

static size_t units_of(uint32_t code)
{
    return code > 0xFFFF ? 2 : 1;
}

const char *xlsx_text(struct dc_strbuf *scratch, const char *text, bool one_line)
{
    size_t size = strlen(text), units = 0;
    size_t fits = 0; /* bytes of the result that leave room for the ellipsis */

    if (is_storable(text, one_line)) {
        return text;
    }
    dc_strbuf_reset(scratch);
    for (size_t i = 0; i < size && units <= XLSX_MAX_CELL_UNITS;) {
        char bytes[4];
        uint32_t code;
        size_t used = dc_utf8_next(text + i, size - i, &code);

        if (code == '_' && looks_escaped(text + i)) {
            dc_strbuf_puts(scratch, ESCAPED_LOW_LINE);
            units += ESCAPE_SIZE - 1;
        }
        code = fit_for_xml(code, one_line);
        units += units_of(code);
        dc_strbuf_append(scratch, bytes, dc_utf8_put(code, bytes));
        if (units <= XLSX_MAX_CELL_UNITS - 1) {
            fits = scratch->size;
        }
        i += used;
    }
    if (units > XLSX_MAX_CELL_UNITS) {
        scratch->size = fits;
        scratch->overflowed = false;
        dc_strbuf_puts(scratch, ELLIPSIS);
    }
    return dc_strbuf_text(scratch);
}

static lxw_error write_text(struct xlsx_writer *xlsx, lxw_col_t column, const char *text,
                            lxw_format *format)
{
    const struct dc_report_column *shown = &xlsx->table->columns[column];
    bool wraps = shown->wrap || (column == 0 && !xlsx->table->header);
    const char *stored = xlsx_text(&xlsx->text, text, !wraps);

    return worksheet_write_string(xlsx->sheet.worksheet, xlsx->sheet.row, column, stored, format);
}

static lxw_error write_blank(struct xlsx_writer *xlsx, lxw_col_t column, lxw_format *format)
{
    return worksheet_write_blank(xlsx->sheet.worksheet, xlsx->sheet.row, column, format);
}

static lxw_error write_number(struct xlsx_writer *xlsx, lxw_col_t column, double number,
                              lxw_format *format)
{
    if (!isfinite(number)) {
        return write_blank(xlsx, column, format);
    }
    return worksheet_write_number(xlsx->sheet.worksheet, xlsx->sheet.row, column, number, format);
}

/* Numbers in Excel are doubles: a larger integer stays exact as text. */
static lxw_error write_integer(struct xlsx_writer *xlsx, lxw_col_t column, int64_t integer)
{
    const struct dc_report_column *shown = &xlsx->table->columns[column];
    char text[32];

    if (integer > -EXACT_INTEGER && integer < EXACT_INTEGER) {
        return write_number(xlsx, column, (double)integer,
                            xlsx->formats[shown->fill   ? XLSX_FILL_INT
                                          : shown->wrap ? XLSX_INT_LEFT
                                                        : XLSX_INT]);
    }
    snprintf(text, sizeof text, "%" PRId64, integer);
    return write_text(xlsx, column, text, xlsx->formats[XLSX_TEXT]);
}

static lxw_error write_time(struct xlsx_writer *xlsx, lxw_col_t column, const struct dc_cell *cell)
{
    double seconds = (double)(cell->integer + cell->utc_offset);

    return write_number(xlsx, column, EPOCH_DAY + seconds / SECONDS_PER_DAY,
                        xlsx->formats[XLSX_TIME]);
}

static lxw_error write_list(struct xlsx_writer *xlsx, lxw_col_t column, const struct dc_cell *cell,
                            lxw_format *format)
{
    struct dc_strbuf joined = DC_STRBUF_INIT((size_t)4 * XLSX_MAX_CELL_UNITS);
    lxw_error error;

    cell_text_append(cell, &joined);
    error = write_text(xlsx, column, dc_strbuf_text(&joined), format);
    dc_strbuf_done(&joined);
    return error;
}

static lxw_format *text_format(const struct xlsx_writer *xlsx, lxw_col_t column)
{
    const struct dc_report_column *shown = &xlsx->table->columns[column];
    enum xlsx_format format = XLSX_TEXT;

    if (!xlsx->table->header && column == 0) {
        format = XLSX_LABEL;
    } else if (shown->fill) {
        format = XLSX_FILL_TEXT;
    } else if (shown->look == DC_LOOK_LEVEL) {
        format = XLSX_CENTRE;
    } else if (shown->wrap) {
        format = XLSX_WRAP;
    }
    return xlsx->formats[format];
}

static lxw_error write_link(struct xlsx_writer *xlsx, lxw_col_t column, const struct dc_cell *cell)
{
    const char *text = xlsx_text(&xlsx->text, cell->text, false);
    char url[LINK_SIZE];

    /* What stands beyond the first sheet of a long list cannot be led to: where that one ends is not known yet. */
    if (cell->target_row > LXW_ROW_MAX || xlsx->sheet.n_links >= DC_MAX_SHEET_LINKS) {
        return write_text(xlsx, column, cell->text, text_format(xlsx, column));
    }
    xlsx->sheet.n_links++;
    snprintf(url, sizeof url, "internal:'%s'!A%" PRId64, cell->target,
             cell->target_row > 0 ? cell->target_row : 1);
    return worksheet_write_url_opt(xlsx->sheet.worksheet, xlsx->sheet.row, column, url,
                                   xlsx->formats[XLSX_LINK], text, NULL);
}

static lxw_error write_empty(struct xlsx_writer *xlsx, lxw_col_t column)
{
    const struct dc_report_column *shown = &xlsx->table->columns[column];
    lxw_format *open = xlsx->formats[shown->look == DC_LOOK_LEVEL ? XLSX_FILL_CENTRE : XLSX_FILL];

    return write_blank(xlsx, column, shown->fill ? open : text_format(xlsx, column));
}

static lxw_error write_kind(struct xlsx_writer *xlsx, lxw_col_t column, const struct dc_cell *cell)
{
    switch (cell->kind) {
    case DC_CELL_TEXT:
    case DC_CELL_EVIDENCE:
        return cell->text[0] == '\0'
                   ? write_empty(xlsx, column)
                   : write_text(xlsx, column, cell->text, text_format(xlsx, column));
    case DC_CELL_INT:
        return write_integer(xlsx, column, cell->integer);
    case DC_CELL_REAL:
        return write_number(xlsx, column, cell->real, xlsx->formats[XLSX_REAL]);
    case DC_CELL_PERCENT:
        return write_number(xlsx, column, cell->real, xlsx->formats[XLSX_PERCENT]);
    case DC_CELL_LEVEL:
    case DC_CELL_BOOL:
        return write_text(xlsx, column, cell->text, xlsx->formats[XLSX_CENTRE]);
    case DC_CELL_TIME:
        return cell->integer == 0 ? write_empty(xlsx, column) : write_time(xlsx, column, cell);
    case DC_CELL_LIST:
        return cell->n_items == 0 ? write_empty(xlsx, column)
                                  : write_list(xlsx, column, cell, text_format(xlsx, column));
    case DC_CELL_LINK:
        return write_link(xlsx, column, cell);
    case DC_CELL_EMPTY:
        break;
    }
    return write_empty(xlsx, column);
}

enum dc_status xlsx_cell_write(struct xlsx_writer *xlsx, lxw_col_t column,
                               const struct dc_cell *cell, struct dc_err *err)
{
    return xlsx_check(xlsx, write_kind(xlsx, column, cell), err);
}
