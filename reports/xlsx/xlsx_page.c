/*
 * Where the printed pages of a sheet begin. A table with its chart is kept on one page where it fits on one: a chart that is cut in the
 * middle cannot be read. Other tables go on over pages, but do not begin at the foot of one, nor in its lower half where the next one would
 * take them whole. Readers fit a sheet to the width of the paper, which says how much of its height a page takes.
 */
#include <math.h>
#include <stdlib.h>

#include "xlsx_internal.h"

/* Points of A4 and A3 in landscape, less the margins that add_sheet sets. */
#define A4_PAGE_WIDTH   784.0
#define A4_PAGE_HEIGHT  498.0
#define A3_PAGE_WIDTH   1133.0
#define A3_PAGE_HEIGHT  745.0
#define POINTS_OF_PIXEL 0.75
#define SAFE            0.95  /* readers differ in fonts */
#define DEFAULT_WIDTH   8.43  /* characters of a column that no table uses */
#define MAX_BREAKS      1000u /* Excel takes 1,023 */

double xlsx_column_pixels(double characters)
{
    return 7 * characters + 5;
}

void xlsx_row_height(struct xlsx_writer *xlsx, double points)
{
    xlsx->sheet.row_points = points;
}

void xlsx_row_end(struct xlsx_writer *xlsx)
{
    xlsx->sheet.points += xlsx->sheet.row_points;
    xlsx->sheet.row_points = XLSX_LINE_HEIGHT;
    xlsx->sheet.row++;
}

void xlsx_block_begin(struct xlsx_writer *xlsx)
{
    struct xlsx_sheet *sheet = &xlsx->sheet;

    xlsx->blocks = dc_array_grow(xlsx->blocks, sheet->n_blocks, &xlsx->blocks_capacity,
                                 sizeof *xlsx->blocks);
    xlsx->blocks[sheet->n_blocks++] = (struct xlsx_block){.row = sheet->row, .top = sheet->points};
}

void xlsx_block_end(struct xlsx_writer *xlsx, double chart_pixels)
{
    struct xlsx_block *block = &xlsx->blocks[xlsx->sheet.n_blocks - 1];

    block->has_chart = chart_pixels > 0;
    block->bottom = fmax(xlsx->sheet.points, block->top + chart_pixels * POINTS_OF_PIXEL);
}

/* Width of what is printed: columns of all tables, and charts beside them. */
static double printed_points(const struct xlsx_sheet *sheet)
{
    double pixels = 0, right = sheet->chart_right;

    for (size_t i = 0; i < sheet->n_widths; i++) {
        pixels += xlsx_column_pixels(sheet->widths[i]);
    }
    return fmax(pixels, right) * POINTS_OF_PIXEL;
}

double xlsx_columns_pixels(const struct xlsx_sheet *sheet, size_t n_columns)
{
    double pixels = 0;

    for (size_t i = 0; i < n_columns; i++) {
        pixels += xlsx_column_pixels(i < sheet->n_widths ? sheet->widths[i] : DEFAULT_WIDTH);
    }
    return pixels;
}

enum dc_status xlsx_page_breaks(struct xlsx_writer *xlsx, struct dc_err *err)
{
    const struct xlsx_sheet *sheet = &xlsx->sheet;
    double width = sheet->large_paper ? A3_PAGE_WIDTH : A4_PAGE_WIDTH;
    double height = (sheet->large_paper ? A3_PAGE_HEIGHT : A4_PAGE_HEIGHT) * SAFE /
                    fmin(1, width / fmax(1, printed_points(sheet)));
    lxw_row_t *breaks = dc_alloc(sheet->n_blocks + 1, sizeof *breaks);
    double page = 0; /* where the page begins */
    size_t n = 0;
    lxw_error error = LXW_NO_ERROR;

    for (size_t i = 0; i < sheet->n_blocks && n < MAX_BREAKS; i++) {
        const struct xlsx_block *block = &xlsx->blocks[i];
        double size = block->bottom - block->top, left = page + height - block->top;

        if (i > 0 && block->bottom > page + height &&
            (left < height / (size <= height ? 2 : 3) || (block->has_chart && size <= height))) {
            breaks[n++] = block->row;
            page = block->top;
        }
        while (block->bottom > page + height) {
            page += height;
        }
    }
    if (n > 0) {
        error = worksheet_set_h_pagebreaks(sheet->worksheet, breaks);
    }
    free(breaks);
    return xlsx_check(xlsx, error, err);
}
