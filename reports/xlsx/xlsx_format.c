/* Looks of cells. */
#include <string.h>

#include "xlsx_internal.h"

#define FONT_SIZE    10
#define INK          0x000000u
#define WHITE        0xFFFFFFu
#define HEADER_FILL  0x1F4E79u
#define PEOPLE_FILL  0xBF8F00u /* header of columns that people fill */
#define EMPTY_FILL   0xFFF9E5u
#define MISSING_FILL 0xFF9999u
#define LABEL_FILL   0xEAF1F8u
#define BORDER_GREY  0xBFBFBFu
#define NOTE_GREY    0x404040u
#define LINK_BLUE    0x0563C1u
#define TITLE_COLOUR 0x1F4E79u

struct look {
    const char *number_format;
    uint32_t ink, fill; /* fill 0: none */
    uint8_t size, align, vertical;
    bool bold, wrap, border, underline, open; /* open: people may change the cell */
};

/* "_ " leaves a space behind a number, or it would touch the text of the next column. */
static const struct look LOOKS[XLSX_N_FORMATS] = {
    [XLSX_TITLE] = {NULL, TITLE_COLOUR, 0, 16, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, true,
                    false, false, false, false},
    [XLSX_HEADING] = {NULL, TITLE_COLOUR, 0, 12, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, true,
                      false, false, false, false},
    [XLSX_NOTE] = {NULL, NOTE_GREY, 0, 10, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, false, true,
                   false, false, false},
    [XLSX_HEADER] = {NULL, WHITE, HEADER_FILL, 10, LXW_ALIGN_CENTER, LXW_ALIGN_VERTICAL_CENTER,
                     true, true, true, false, false},
    [XLSX_HEADER_FILL] = {NULL, WHITE, PEOPLE_FILL, 10, LXW_ALIGN_CENTER, LXW_ALIGN_VERTICAL_CENTER,
                          true, true, true, false, false},
    [XLSX_LABEL] = {NULL, INK, LABEL_FILL, 10, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, true,
                    true, true, false, false},
    [XLSX_TEXT] = {"@", INK, 0, 10, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, false, false, true,
                   false, false},
    [XLSX_WRAP] = {"@", INK, 0, 10, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, false, true, true,
                   false, false},
    [XLSX_INT] = {"#,##0_ ", INK, 0, 10, LXW_ALIGN_RIGHT, LXW_ALIGN_VERTICAL_CENTER, false, false,
                  true, false, false},
    [XLSX_INT_LEFT] = {"#,##0", INK, 0, 10, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, false, false,
                       true, false, false},
    [XLSX_REAL] = {"0.00_ ", INK, 0, 10, LXW_ALIGN_RIGHT, LXW_ALIGN_VERTICAL_CENTER, false, false,
                   true, false, false},
    [XLSX_PERCENT] = {"0.0%_ ", INK, 0, 10, LXW_ALIGN_RIGHT, LXW_ALIGN_VERTICAL_CENTER, false,
                      false, true, false, false},
    [XLSX_TIME] = {"yyyy-mm-dd hh:mm:ss", INK, 0, 10, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER,
                   false, false, true, false, false},
    [XLSX_CENTRE] = {NULL, INK, 0, 10, LXW_ALIGN_CENTER, LXW_ALIGN_VERTICAL_CENTER, false, false,
                     true, false, false},
    [XLSX_LINK] = {"@", LINK_BLUE, 0, 10, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, false, true,
                   true, true, false},
    [XLSX_FILL] = {"@", INK, EMPTY_FILL, 10, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, false, true,
                   true, false, true},
    [XLSX_FILL_TEXT] = {"@", INK, 0, 10, LXW_ALIGN_LEFT, LXW_ALIGN_VERTICAL_CENTER, false, true,
                        true, false, true},
    [XLSX_FILL_INT] = {"#,##0_ ", INK, 0, 10, LXW_ALIGN_RIGHT, LXW_ALIGN_VERTICAL_CENTER, false,
                       false, true, false, true},
    [XLSX_FILL_CENTRE] = {"@", INK, EMPTY_FILL, 10, LXW_ALIGN_CENTER, LXW_ALIGN_VERTICAL_CENTER,
                          false, true, true, false, true},
};

static void apply(lxw_format *format, const struct look *look, const char *font)
{
    format_set_font_name(format, font);
    format_set_font_size(format, look->size);
    format_set_font_color(format, look->ink);
    format_set_align(format, look->align);
    format_set_align(format, look->vertical);
    if (look->fill != 0) {
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_bg_color(format, look->fill);
    }
    if (look->number_format != NULL) {
        format_set_num_format(format, look->number_format);
    }
    if (look->bold) {
        format_set_bold(format);
    }
    if (look->wrap) {
        format_set_text_wrap(format);
    }
    if (look->underline) {
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    }
    if (look->open) {
        format_set_unlocked(format);
    }
    if (look->border) {
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, BORDER_GREY);
    }
}

static lxw_format *level_format(struct xlsx_writer *xlsx, uint32_t colour)
{
    lxw_format *format = workbook_add_format(xlsx->workbook);

    if (format != NULL) {
        format_set_bg_color(format, colour);
    }
    return format;
}

enum dc_status xlsx_formats_create(struct xlsx_writer *xlsx, struct dc_err *err)
{
    const struct dc_report_options *options = xlsx->options;

    for (size_t i = 0; i < XLSX_N_FORMATS; i++) {
        xlsx->formats[i] = workbook_add_format(xlsx->workbook);
        if (xlsx->formats[i] == NULL) {
            return xlsx_check(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED, err);
        }
        apply(xlsx->formats[i], &LOOKS[i], options->font);
    }
    xlsx->level_formats = dc_arena_alloc(xlsx->arena,
                                         (options->n_levels + 1) * sizeof(lxw_format *));
    for (size_t i = 0; i < options->n_levels; i++) {
        xlsx->level_formats[i] = level_format(xlsx, options->levels[i].colour);
        if (xlsx->level_formats[i] == NULL) {
            return xlsx_check(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED, err);
        }
    }
    xlsx->missing_format = level_format(xlsx, MISSING_FILL);
    return xlsx->missing_format == NULL ? xlsx_check(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED, err)
                                        : DC_OK;
}

uint32_t xlsx_level_colour(const struct dc_report_options *options, const char *word)
{
    for (size_t i = 0; i < options->n_levels; i++) {
        if (strcmp(options->levels[i].word, word) == 0) {
            return options->levels[i].colour;
        }
    }
    return 0;
}
