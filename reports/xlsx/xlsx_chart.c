/* Native charts beside their tables. */
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
    chart_title_set_name(chart, xlsx->table->chart_title);
    chart_series_set_labels(series);
    set_fonts(xlsx, chart, series);
    if (xlsx->table->chart == DC_CHART_PIE) {
        chart_series_set_labels_options(series, LXW_FALSE, LXW_FALSE, LXW_FALSE);
        chart_series_set_labels_percentage(series);
        return;
    }
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    /* Of a bar chart the vertical axis has the categories; reversed, the first row is on top. */
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
    chart_axis_off(chart->x_axis); /* the bars have their numbers */
    chart_series_set_labels_num_format(series, "#,##0");
    chart_set_series_gap(chart, 40);
}

static lxw_chart *make_chart(struct xlsx_writer *xlsx, size_t n_points)
{
    const struct dc_report_table *table = xlsx->table;
    const struct xlsx_sheet *sheet = &xlsx->sheet;
    lxw_col_t value = (lxw_col_t)table->chart_column;
    lxw_row_t last = sheet->row - 1;
    bool pie = table->chart == DC_CHART_PIE;
    lxw_chart *chart = workbook_add_chart(xlsx->workbook, pie ? LXW_CHART_DOUGHNUT : LXW_CHART_BAR);
    lxw_chart_series *series = chart == NULL ? NULL : chart_add_series(chart, NULL, NULL);

    if (series == NULL) {
        return NULL;
    }
    chart_series_set_categories(series, table->sheet, sheet->first_row, 0, last, 0);
    chart_series_set_values(series, table->sheet, sheet->first_row, value, last, value);
    if (colour_points(xlsx, series, n_points) != LXW_NO_ERROR) {
        return NULL;
    }
    set_look(xlsx, chart, series);
    return chart;
}

enum dc_status xlsx_chart_insert(struct xlsx_writer *xlsx, struct dc_err *err)
{
    struct xlsx_sheet *sheet = &xlsx->sheet;
    size_t n_points = sheet->row - sheet->first_row;
    lxw_chart *chart = make_chart(xlsx, n_points);
    lxw_chart_options place = {.x_offset = 20, .y_offset = 4};
    size_t height = n_points * BAR_HEIGHT + 70;

    if (chart == NULL) {
        return xlsx_check(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED, err);
    }
    if (height < CHART_HEIGHT || xlsx->table->chart == DC_CHART_PIE) {
        height = CHART_HEIGHT;
    }
    place.x_scale = CHART_WIDTH / 480.0;
    place.y_scale = (double)height / 288.0;
    sheet->chart_ends = sheet->top + (lxw_row_t)(height / ROW_HEIGHT) + 2;
    return xlsx_check(xlsx,
                      worksheet_insert_chart_opt(sheet->worksheet, sheet->top,
                                                 (lxw_col_t)xlsx->table->n_columns, chart, &place),
                      err);
}
