/* One table of a report: cells of its rows, straight to the writer, or sorted first where that is asked for and few rows are. */
#include <stdlib.h>
#include <string.h>

#include "layout.h"

#define MAX_COLUMNS   256
#define MAX_SORTED    20000       /* rows; above it they come as they are */
#define SCRATCH_BYTES (64 * 1024) /* texts of rows are forgotten when they pass this */

struct sorted_row {
    double by;
    size_t index; /* in order of coming: equal rows stay in it */
    struct dc_cell *cells;
};

/* A column of the file: one of the definition, or one of several that stand for the classes of the run. */
struct shown_column {
    const struct report_column_def *def;
    const struct report_group *each;
};

struct report_table_run {
    struct report_layout *layout;
    const struct report_table_def *def;
    struct shown_column *columns;
    size_t n_columns;
    int64_t n_rows;
    bool sorting;
    struct sorted_row *rows; /* when sorting */
    size_t n_kept, kept_capacity;
    struct dc_arena *kept;
};

/* ---- the table as the writer sees it ---- */

static const char *const *choices_of(const struct report_layout *layout, const char *group,
                                     size_t *n)
{
    size_t n_words;
    const struct report_word *words = report_words(layout->definition, group, &n_words);
    const char **choices = dc_arena_alloc(layout->arena, (n_words + 1) * sizeof *choices);

    *n = 0;
    for (size_t i = 0; i < n_words; i++) {
        if (strcmp(words[i].code, "0") != 0) { /* "undecided" is nothing that a person decides */
            choices[(*n)++] = words[i].text.in[layout->lang];
        }
    }
    return choices;
}

static void add_choices(const struct report_layout *layout, const struct report_column_def *def,
                        struct dc_report_column *column)
{
    const struct dc_report_definition *definition = layout->definition;
    bool guarded = def->changes != NULL;

    column->choices = choices_of(layout, def->choices, &column->n_choices);
    column->choices_list = report_has_list(definition, def->choices) ? def->choices : NULL;
    column->guarded = guarded;
    column->proposed_column = def->changes_column;
    column->reason_column = def->reason_column;
    column->choice_title = report_word(definition, layout->lang, "phrase",
                                       guarded ? "reason_first" : "choose");
    column->choice_note = report_word(definition, layout->lang, "phrase",
                                      guarded ? "reason_note" : "choose_note");
}

static struct dc_report_column column_for_writer(const struct report_layout *layout,
                                                 const struct report_column_def *def)
{
    struct dc_report_column column = {
        .key = def->key,
        .title = def->title.in[layout->lang],
        .help = def->help.in[layout->lang],
        .width = def->width,
        .kind = def->field == NULL ? DC_CELL_EMPTY : def->field->kind,
        .look = (enum dc_column_look)def->look,
        .wrap = def->wrap,
        .fill = def->fill,
        .exact = def->exact,
        .hidden = def->hidden,
    };

    if (def->choices != NULL) {
        add_choices(layout, def, &column);
    }
    return column;
}

/* The name of a class heads the column that stands for it. */
static struct dc_report_column column_of_class(const struct report_layout *layout,
                                               const struct shown_column *shown)
{
    struct dc_report_column column = column_for_writer(layout, shown->def);
    const struct report_row row = {.layout = layout, .group = shown->each};
    struct dc_cell cell = {.kind = DC_CELL_EMPTY};

    report_field_fill(report_field_find("group.class1"), &row, &cell);
    column.title = cell.text == NULL ? "" : dc_arena_strdup(layout->arena, cell.text);
    column.key = dc_arena_printf(layout->arena, "%s:%s", shown->def->key, shown->each->code);
    return column;
}

static void show_columns(struct report_table_run *table)
{
    const struct report_table_def *def = table->def;
    const struct report_groups *classes = &table->layout->tally->classes;

    table->columns = dc_arena_alloc(table->layout->arena,
                                    (def->n_columns + classes->n_items) * sizeof *table->columns);
    for (size_t i = 0; i < def->n_columns; i++) {
        for (size_t j = 0; j < (def->columns[i].each ? classes->n_items : 1); j++) {
            table->columns[table->n_columns++] = (struct shown_column){
                &def->columns[i], def->columns[i].each ? &classes->items[j] : NULL};
        }
    }
}

static struct dc_report_table *table_for_writer(const struct report_table_run *shown,
                                                const struct report_sheet_def *sheet)
{
    const struct report_layout *layout = shown->layout;
    const struct report_table_def *def = shown->def;
    struct dc_report_table *table = dc_arena_alloc(layout->arena, sizeof *table);
    struct dc_report_column *columns = dc_arena_alloc(layout->arena,
                                                      shown->n_columns * sizeof *columns);

    for (size_t i = 0; i < shown->n_columns; i++) {
        columns[i] = shown->columns[i].each == NULL
                         ? column_for_writer(layout, shown->columns[i].def)
                         : column_of_class(layout, &shown->columns[i]);
    }
    *table = (struct dc_report_table){
        .id = def->id,
        .sheet = sheet->title.in[layout->lang],
        .title = def->title.in[layout->lang],
        .note = def->note.in[layout->lang],
        .columns = columns,
        .n_columns = shown->n_columns,
        .header = def->header,
        .filter = def->filter,
        .frozen_columns = (size_t)def->frozen,
        .printed_columns = (size_t)def->printed,
        .screen_only = def->screen,
        .hidden = sheet->hidden,
        .list = def->list,
        .tab_colour = sheet->tab_colour,
        .chart = (enum dc_chart_kind)def->chart,
        .chart_column = def->chart_column,
        .chart_last = def->chart_last,
        .chart_title = def->chart_title.in[layout->lang],
    };
    return table;
}

/* ---- rows ---- */

static void fill_cells(struct report_table_run *table, struct report_row *row,
                       struct dc_cell *cells)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct report_field *field = table->columns[i].def->field;

        cells[i] = (struct dc_cell){.kind = DC_CELL_EMPTY};
        row->each = table->columns[i].each;
        if (field != NULL) {
            report_field_fill(field, row, &cells[i]);
        }
    }
}

/* A cell that outlives its row. Lists of objects are left out: formats that have them take no sorted tables. */
static struct dc_cell keep_cell(struct dc_arena *arena, const struct dc_cell *cell)
{
    struct dc_cell kept = *cell;
    const char **items = dc_arena_alloc(arena, (cell->n_items + 1) * sizeof *items);

    kept.text = dc_arena_strdup(arena, cell->text);
    kept.target = dc_arena_strdup(arena, cell->target);
    for (size_t i = 0; i < cell->n_items; i++) {
        items[i] = dc_arena_strdup(arena, cell->items[i]);
    }
    kept.items = items;
    kept.evidence = NULL;
    kept.n_evidence = 0;
    return kept;
}

static void keep_row(struct report_table_run *table, const struct dc_cell *cells)
{
    const struct dc_cell *by = &cells[table->def->sort_column];
    struct sorted_row *row;

    table->rows = dc_array_grow(table->rows, table->n_kept, &table->kept_capacity,
                                sizeof *table->rows);
    row = &table->rows[table->n_kept];
    row->index = table->n_kept++;
    row->by = by->kind == DC_CELL_INT ? (double)by->integer : by->real;
    row->cells = dc_arena_alloc(table->kept, table->n_columns * sizeof *row->cells);
    for (size_t i = 0; i < table->n_columns; i++) {
        row->cells[i] = keep_cell(table->kept, &cells[i]);
    }
}

enum dc_status report_row_take(struct report_table_run *table, struct report_row *row,
                               struct dc_err *err)
{
    struct report_layout *layout = table->layout;
    struct dc_cell cells[MAX_COLUMNS];
    enum dc_status status = DC_OK;

    row->layout = layout;
    row->number = ++table->n_rows;
    fill_cells(table, row, cells);
    if (table->sorting) {
        keep_row(table, cells);
    } else {
        status = layout->writer->class_->add_row(layout->writer, cells, table->n_columns, err);
    }
    if (dc_arena_used(layout->scratch) > SCRATCH_BYTES) {
        dc_arena_reset(layout->scratch);
    }
    return status;
}

static int compare_rows(const void *a, const void *b)
{
    const struct sorted_row *left = a, *right = b;

    if (left->by < right->by || left->by > right->by) {
        return left->by < right->by ? -1 : 1;
    }
    return (left->index > right->index) - (left->index < right->index);
}

/* Numbers of rows are given anew, in the order in which they are read. */
static void number_row(const struct report_table_run *table, struct dc_cell *cells, size_t number)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct report_field *field = table->columns[i].def->field;

        if (field != NULL && strcmp(field->name, "row.number") == 0) {
            cells[i].integer = (int64_t)number;
        }
    }
}

static enum dc_status write_sorted(struct report_table_run *table, struct dc_err *err)
{
    struct dc_report_writer *writer = table->layout->writer;
    enum dc_status status = DC_OK;

    if (table->n_kept > 0) {
        qsort(table->rows, table->n_kept, sizeof *table->rows, compare_rows);
    }
    for (size_t i = 0; status == DC_OK && i < table->n_kept; i++) {
        number_row(table, table->rows[i].cells, i + 1);
        status = writer->class_->add_row(writer, table->rows[i].cells, table->n_columns, err);
    }
    return status;
}

/* "Nothing found" is a row of its own: an empty sheet would leave open whether anything was looked at. */
static enum dc_status write_empty(struct report_table_run *table, struct dc_err *err)
{
    struct dc_report_writer *writer = table->layout->writer;
    struct dc_cell cells[MAX_COLUMNS] = {{.kind = DC_CELL_EMPTY}};
    const char *text = table->def->empty.in[table->layout->lang];

    if ((table->def->rows == ROWS_CHANGES || table->def->rows == ROWS_CHANGE_KINDS ||
         (table->def->rows == ROWS_COMPARED && table->layout->changes == NULL)) &&
        !report_is_compared(table->layout)) {
        text = report_word(table->layout->definition, table->layout->lang, "phrase",
                           report_why_not_compared(table->layout));
    }
    if (table->n_rows > 0 || text[0] == '\0') {
        return DC_OK;
    }
    cells[0] = (struct dc_cell){.kind = DC_CELL_TEXT, .text = text};
    return writer->class_->add_row(writer, cells, table->n_columns, err);
}

/* How many rows a sorted table would hold at most. */
static bool may_sort(const struct report_layout *layout, const struct report_table_def *def)
{
    const struct dc_report_summary *summary = &layout->tally->summary;
    int64_t most = def->where == WHERE_PERSONAL    ? summary->n_personal
                   : def->where == WHERE_SENSITIVE ? summary->n_sensitive
                   : def->where == WHERE_REVIEW    ? summary->n_review
                                                   : summary->n_columns;

    return def->sort != NULL && layout->tally->counted && most <= MAX_SORTED;
}

/* What no column of the table shows need not be read. */
static unsigned parts_spared(const struct report_table_def *def)
{
    unsigned spared = DC_PART_EVIDENCE | DC_PART_EXAMPLES | DC_PART_SHAPES;

    if (def->rows == ROWS_EVIDENCE) {
        spared &= ~(unsigned)DC_PART_EVIDENCE;
    }
    for (size_t i = 0; i < def->n_columns; i++) {
        const struct report_field *field = def->columns[i].field;

        spared &= ~(field == NULL                                  ? 0u
                    : strcmp(field->name, "finding.evidence") == 0 ? (unsigned)DC_PART_EVIDENCE
                    : strcmp(field->name, "profile.examples") == 0 ? (unsigned)DC_PART_EXAMPLES
                                                                   : 0u);
    }
    return spared;
}

enum dc_status report_table_write(struct report_layout *layout,
                                  const struct report_sheet_def *sheet,
                                  const struct report_table_def *def, struct dc_err *err)
{
    struct report_table_run table = {
        .layout = layout, .def = def, .sorting = may_sort(layout, def)};
    enum dc_status status;

    show_columns(&table);
    if (table.n_columns > MAX_COLUMNS) {
        return dc_err_set(err, DC_ERR_CONFIG, "table \"%s\" has %zu columns, %d is the most",
                          def->id, table.n_columns, MAX_COLUMNS);
    }
    status = layout->writer->class_->begin_table(layout->writer, table_for_writer(&table, sheet),
                                                 err);
    if (status != DC_OK) {
        return status;
    }
    table.kept = dc_arena_create(0);
    layout->reader->spared = parts_spared(def);
    status = report_rows_walk(layout, def, &table, err);
    layout->reader->spared = 0;
    if (status == DC_OK && table.sorting) {
        status = write_sorted(&table, err);
    }
    if (status == DC_OK) {
        status = write_empty(&table, err);
    }
    free(table.rows);
    dc_arena_destroy(table.kept);
    dc_arena_reset(layout->scratch);
    return status;
}
