/* Native charts beside their tables. */
#include <math.h>
#include <stdint.h>

#include "xlsx_internal.h"

#define CHART_WIDTH  520
#define CHART_HEIGHT 300
#define ROW_HEIGHT   20 /* pixels of a default row */
#define BAR_COLOUR   0x2E75B6u
#define BAR_HEIGHT   26 /* pixels a bar needs with its label */

/* Points of the series in the colours of the levels their rows are about. */
static lxw_error colour_points(struct xlsx_writer *xlsx, lxw_chart_series *series, size_t n_points)
{
    lxw_chart_fill fills[XLSX_MAX_CHART_POINTS] = {0};
    lxw_chart_point points[XLSX_MAX_CHART_POINTS] = {0};
    lxw_chart_point *list[XLSX_MAX_CHART_POINTS + 1] = {NULL};

    for (size_t i = 0; i < n_points && i < XLSX_MAX_CHART_POINTS; i++) {
        fills[i].color = xlsx->point_colours[i] != 0 ? xlsx->point_colours[i] : BAR_COLOUR;
        points[i].fill = &fills[i];
        list[i] = &points[i];
    }
    return chart_series_set_points(series, list);
}

static void set_fonts(struct xlsx_writer *xlsx, lxw_chart *chart, lxw_chart_series *series)
{
    char *name = dc_arena_strdup(xlsx->arena, xlsx->options->font);
    lxw_chart_font title = {.name = name, .size = 12, .bold = LXW_TRUE};
    lxw_chart_font text = {.name = name, .size = 9};

    chart_title_set_name_font(chart, &title);
    chart_series_set_labels_font(series, &text);
    chart_legend_set_font(chart, &text);
    chart_axis_set_num_font(chart->x_axis, &text);
    chart_axis_set_num_font(chart->y_axis, &text);
}

static void set_look(struct xlsx_writer *xlsx, lxw_chart *chart, lxw_chart_series *series)
{
    const struct dc_report_table *table = xlsx->table;
    bool percent = table->columns[table->chart_column].kind == DC_CELL_PERCENT;

    chart_title_set_name(chart, table->chart_title);
    chart_series_set_labels(series);
    set_fonts(xlsx, chart, series);
    if (xlsx->table->chart == DC_CHART_PIE) {
        chart_series_set_labels_options(series, LXW_FALSE, LXW_FALSE, LXW_FALSE);
        chart_series_set_labels_percentage(series);
        return;
    }
    chart_legend_set_position(chart, table->chart_last > table->chart_column
                                         ? LXW_CHART_LEGEND_BOTTOM
                                         : LXW_CHART_LEGEND_NONE);
    /* Of a bar chart the vertical axis has the categories; reversed, the first row is on top. */
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
    chart_axis_off(chart->x_axis); /* the bars have their numbers */
    chart_series_set_labels_num_format(
        series, percent ? "0%" : "#,##0;;"); /* a bar that is not there has no number */
    chart_set_series_gap(chart, 40);
}

static uint8_t type_of(enum dc_chart_kind kind)
{
    return kind == DC_CHART_PIE       ? LXW_CHART_DOUGHNUT
           : kind == DC_CHART_STACKED ? LXW_CHART_BAR_STACKED
                                      : LXW_CHART_BAR;
}

/* One of several series has the colour of the level that its column is about, or one of its own. */
static void colour_series(struct xlsx_writer *xlsx, lxw_chart_series *series, size_t column)
{
    static const uint32_t colours[] = {BAR_COLOUR, 0xC00000u, 0xED7D31u, 0x7F7F7Fu};
    size_t place = column - xlsx->table->chart_column;
    uint32_t level = xlsx_level_colour(xlsx->options, xlsx->table->columns[column].title);
    lxw_chart_fill fill = {
        .color = level != 0 ? level : colours[place % (sizeof colours / sizeof colours[0])]};

    chart_series_set_fill(series, &fill);
}

static lxw_error add_series(struct xlsx_writer *xlsx, lxw_chart *chart, size_t column,
                            size_t n_points)
{
    const struct dc_report_table *table = xlsx->table;
    const struct xlsx_sheet *sheet = &xlsx->sheet;
    lxw_row_t last = sheet->row - 1;
    lxw_col_t value = (lxw_col_t)column;
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    lxw_error error = LXW_NO_ERROR;

    if (series == NULL) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    chart_series_set_categories(series, table->sheet, sheet->first_row, 0, last, 0);
    chart_series_set_values(series, table->sheet, sheet->first_row, value, last, value);
    if (table->chart_last > table->chart_column) {
        chart_series_set_name(series, table->columns[column].title);
        colour_series(xlsx, series, column);
    } else {
        error = colour_points(xlsx, series, n_points);
    }
    set_look(xlsx, chart, series);
    return error;
}

static lxw_chart *make_chart(struct xlsx_writer *xlsx, size_t n_points)
{
    const struct dc_report_table *table = xlsx->table;
    lxw_chart *chart = workbook_add_chart(xlsx->workbook, type_of(table->chart));
    lxw_error error = chart == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR;

    for (size_t i = table->chart_column; error == LXW_NO_ERROR && i <= table->chart_last; i++) {
        error = add_series(xlsx, chart, i, n_points);
    }
    return error == LXW_NO_ERROR ? chart : NULL;
}

enum dc_status xlsx_chart_insert(struct xlsx_writer *xlsx, struct dc_err *err)
{
    struct xlsx_sheet *sheet = &xlsx->sheet;
    size_t n_points = sheet->row - sheet->first_row;
    lxw_chart *chart = make_chart(xlsx, n_points);
    lxw_chart_options place = {.x_offset = 20, .y_offset = 4};
    bool many = xlsx->table->chart == DC_CHART_BAR &&
                xlsx->table->chart_last > xlsx->table->chart_column;
    size_t height = n_points * BAR_HEIGHT * (many ? 2 : 1) + 70;

    if (chart == NULL) {
        return xlsx_check(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED, err);
    }
    if (height < CHART_HEIGHT || xlsx->table->chart == DC_CHART_PIE) {
        height = CHART_HEIGHT;
    }
    place.x_scale = CHART_WIDTH / 480.0;
    place.y_scale = (double)height / 288.0;
    xlsx_block_end(xlsx, (double)height + 8);
    sheet->chart_right = fmax(
        sheet->chart_right, xlsx_columns_pixels(sheet, xlsx->table->n_columns) + CHART_WIDTH + 20);
    sheet->chart_ends = sheet->top + (lxw_row_t)(height / ROW_HEIGHT) + 2;
    return xlsx_check(xlsx,
                      worksheet_insert_chart_opt(sheet->worksheet, sheet->top,
                                                 (lxw_col_t)xlsx->table->n_columns, chart, &place),
                      err);
}
