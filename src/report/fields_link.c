/* Fields that lead from one list of the workbook to the row of another. */
#include "layout.h"

#define TABLES  "tables"
#define COLUMNS "columns"

/* Rows that stand above those of a list, which begins its sheet: a writer gives one each to title, note and header. */
static int64_t rows_above(const struct report_layout *layout, const struct report_table_def *list)
{
    return (list->title.in[layout->lang][0] != '\0') + (list->note.in[layout->lang][0] != '\0') +
           list->header;
}

/* A text that leads to a row of a list where the workbook has that list; elsewhere it is a text. */
static void set_link(const struct report_row *row, struct dc_cell *cell, const char *list,
                     int64_t to, const char *text)
{
    const struct report_layout *layout = row->layout;
    const struct report_sheet_def *sheet = NULL;
    const struct report_table_def *table = report_find_table(layout->definition, list, &sheet);

    report_set_text(cell, text);
    if (to > 0 && table != NULL && table == &sheet->tables[0] && layout->tally->counted &&
        report_sheet_is_wanted(layout, sheet)) {
        *cell = (struct dc_cell){.kind = DC_CELL_LINK,
                                 .text = text,
                                 .target = sheet->title.in[layout->lang],
                                 .target_row = rows_above(layout, table) + to};
    }
}

/* From a table to its first column. */
static void table_columns(const struct report_row *row, struct dc_cell *cell)
{
    set_link(row, cell, COLUMNS, row->table->n_columns > 0 ? row->column_row : 0, row->table->name);
}

/* From a column back to its table: only the first one of each where there are more than a sheet can link. */
static void column_table(const struct report_row *row, struct dc_cell *cell)
{
    bool few = row->layout->tally->n_handed_out <= DC_MAX_SHEET_LINKS;

    set_link(row, cell, TABLES, few || row->first_column ? row->table_index + 1 : 0,
             row->table->name);
}

/* From another list to the column in the list of all. */
static void column_row(const struct report_row *row, struct dc_cell *cell)
{
    set_link(row, cell, COLUMNS, row->column_row, row->column->name);
}

const struct report_field report_fields_link[] = {
    FIELD_FILL("table.to_columns", DC_CELL_LINK, SCOPE_TABLE, table_columns),
    FIELD_FILL("column.to_table", DC_CELL_LINK, SCOPE_COLUMN, column_table),
    FIELD_FILL("column.to_row", DC_CELL_LINK, SCOPE_COLUMN, column_row),
    FIELD_END,
};
