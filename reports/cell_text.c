/* Cells as text. */
#include "cell_text.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "dcscan/text.h"

static void append_time(int64_t at, int32_t utc_offset, struct dc_strbuf *out)
{
    time_t seconds = (time_t)(at + utc_offset);
    struct tm parts;
    char text[64];

    if (at != 0 && gmtime_r(&seconds, &parts) != NULL &&
        strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts) > 0) {
        dc_strbuf_puts(out, text);
    }
}

static void append_items(const struct dc_cell *cell, struct dc_strbuf *out)
{
    for (size_t i = 0; i < cell->n_items; i++) {
        dc_strbuf_puts(out, i == 0 ? "" : ", ");
        dc_strbuf_puts(out, cell->items[i]);
    }
}

void cell_text_append(const struct dc_cell *cell, struct dc_strbuf *out)
{
    switch (cell->kind) {
    case DC_CELL_EMPTY:
        break;
    case DC_CELL_INT:
        dc_strbuf_printf(out, "%" PRId64, cell->integer);
        break;
    case DC_CELL_REAL:
    case DC_CELL_PERCENT:
        dc_strbuf_printf(out, "%.6g", cell->real);
        break;
    case DC_CELL_TIME:
        append_time(cell->integer, cell->utc_offset, out);
        break;
    case DC_CELL_LIST:
        append_items(cell, out);
        break;
    case DC_CELL_TEXT:
    case DC_CELL_LEVEL:
    case DC_CELL_BOOL:
    case DC_CELL_EVIDENCE:
    case DC_CELL_LINK:
        dc_strbuf_puts(out, cell->text);
        break;
    }
}

bool cell_text_like_formula(const char *text)
{
    uint32_t code;

    /* Some spreadsheets skip blanks first, and East Asian versions take the full-width signs as well. */
    if (*text == '\t' || *text == '\n' || *text == '\r') {
        return true;
    }
    text += strspn(text, " ");
    dc_utf8_next(text, strlen(text), &code);
    return code == '=' || code == '+' || code == '-' || code == '@' || code == 0xFF1D ||
           code == 0xFF0B || code == 0xFF0D || code == 0xFF20;
}
