/* Excel workbooks through libxlsxwriter. */
#include "xlsx_writer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "xlsx_internal.h"

/* Rows of a sheet whose file would pass 4 GiB, which a plain zip cannot hold, go to the next sheet. */
#define MAX_SHEET_BYTES ((off_t)3 << 30)
#define CHECK_BYTES_AT  4096u /* rows; a power of two */

#define MAX_PROPERTY_LENGTH 255u

static struct xlsx_writer *xlsx_of(struct dc_report_writer *writer)
{
    return (struct xlsx_writer *)writer; /* base is the first member */
}

enum dc_status xlsx_check(struct xlsx_writer *xlsx, lxw_error error, struct dc_err *err)
{
    if (error == LXW_NO_ERROR) {
        return DC_OK;
    }
    return dc_err_set(err, DC_ERR_OUTPUT, "could not write \"%s\": %s", xlsx->file.path,
                      lxw_strerror(error));
}

static enum dc_status set_properties(struct xlsx_writer *xlsx, struct dc_err *err)
{
    const struct dc_report_options *options = xlsx->options;
    lxw_doc_properties properties = {
        .title = dc_arena_strdup(xlsx->arena, options->title),
        .author = dc_arena_strdup(xlsx->arena, options->author),
        .subject = dc_arena_strdup(xlsx->arena, options->subject),
        .status = dc_arena_strdup(xlsx->arena, options->security_label),
        .created = (time_t)options->created_at,
    };
    lxw_error error = workbook_set_properties(xlsx->workbook, &properties);

    for (size_t i = 0; error == LXW_NO_ERROR && i < options->n_properties; i++) {
        const struct dc_report_property *property = &options->properties[i];

        if (strlen(property->value) <= MAX_PROPERTY_LENGTH) {
            error = workbook_set_custom_property_string(xlsx->workbook, property->name,
                                                        property->value);
        }
    }
    return xlsx_check(xlsx, error, err);
}

static enum dc_status start_workbook(struct xlsx_writer *xlsx, struct dc_err *err)
{
    /* Beside the result there is room for it, and a temporary folder in memory is spared. */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = xlsx->file.folder};
    enum dc_status status;

    xlsx->workbook = workbook_new_opt(xlsx->file.temporary, &options);
    if (xlsx->workbook == NULL) {
        return xlsx_check(xlsx, LXW_ERROR_MEMORY_MALLOC_FAILED, err);
    }
    status = set_properties(xlsx, err);
    return status == DC_OK ? xlsx_formats_create(xlsx, err) : status;
}

static enum dc_status xlsx_open(const struct dc_report_options *options,
                                struct dc_report_writer **out, struct dc_err *err)
{
    struct xlsx_writer *xlsx = dc_alloc(1, sizeof *xlsx);
    enum dc_status status;

    xlsx->base.class_ = &xlsx_writer_class;
    xlsx->options = options;
    xlsx->arena = dc_arena_create(0);
    dc_strbuf_init(&xlsx->text, (size_t)4 * XLSX_MAX_CELL_UNITS);
    status = output_file_open(&xlsx->file, options->path, err);
    if (status == DC_OK) {
        status = start_workbook(xlsx, err);
    }
    if (status != DC_OK) {
        xlsx_writer_class.destroy(&xlsx->base);
        return status;
    }
    *out = &xlsx->base;
    return DC_OK;
}

static enum dc_status xlsx_begin_table(struct dc_report_writer *writer,
                                       const struct dc_report_table *table, struct dc_err *err)
{
    struct xlsx_writer *xlsx = xlsx_of(writer);
    const struct dc_report_table *before = xlsx->table;
    enum dc_status status = DC_OK;

    if (table->n_columns == 0 || table->n_columns > XLSX_MAX_COLUMNS) {
        return dc_err_set(err, DC_ERR_OUTPUT, "could not write table \"%s\": %zu columns",
                          table->id, table->n_columns);
    }
    if (before != NULL) {
        status = xlsx_table_end(xlsx, err);
    }
    xlsx->table = table;
    return status == DC_OK ? xlsx_table_begin(xlsx, before, err) : status;
}

static bool sheet_is_full(const struct xlsx_sheet *sheet)
{
    return sheet->row >= LXW_ROW_MAX ||
           (sheet->row % CHECK_BYTES_AT == 0 &&
            ftello(sheet->worksheet->optimize_tmpfile) > MAX_SHEET_BYTES);
}

/* A level word in the first cell gives its row's slice of a chart the level's colour. */
static void note_point(struct xlsx_writer *xlsx, const struct dc_cell *first)
{
    size_t point = xlsx->sheet.row - xlsx->sheet.first_row;

    if (xlsx->table->chart != DC_CHART_NONE && point < XLSX_MAX_CHART_POINTS) {
        xlsx->point_colours[point] = first->text == NULL
                                         ? 0
                                         : xlsx_level_colour(xlsx->options, first->text);
    }
}

static enum dc_status xlsx_add_row(struct dc_report_writer *writer, const struct dc_cell *cells,
                                   size_t n_cells, struct dc_err *err)
{
    struct xlsx_writer *xlsx = xlsx_of(writer);
    enum dc_status status = DC_OK;

    if (sheet_is_full(&xlsx->sheet)) {
        status = xlsx_table_continue(xlsx, err);
    }
    if (status == DC_OK) {
        note_point(xlsx, &cells[0]);
    }
    if (status == DC_OK) {
        status = xlsx_row_begin(xlsx, cells, err);
    }
    for (size_t i = 0; status == DC_OK && i < n_cells; i++) {
        status = xlsx_cell_write(xlsx, (lxw_col_t)i, &cells[i], err);
    }
    xlsx_row_end(xlsx);
    /* The library does not look whether its temporary file took the row. */
    if (status == DC_OK && ferror(xlsx->sheet.worksheet->optimize_tmpfile)) {
        status = output_file_fail(&xlsx->file, errno == 0 ? EIO : errno, err);
    }
    return status;
}

static enum dc_status xlsx_commit(struct dc_report_writer *writer, struct dc_err *err)
{
    struct xlsx_writer *xlsx = xlsx_of(writer);
    enum dc_status status = xlsx->table == NULL ? DC_OK : xlsx_table_end(xlsx, err);

    if (status == DC_OK && xlsx->sheet.worksheet != NULL) {
        status = xlsx_page_breaks(xlsx, err);
    }
    if (status == DC_OK) {
        status = xlsx_close(xlsx, err);
    }
    return status == DC_OK ? output_file_commit(&xlsx->file, err) : status;
}

/* The library closes its temporary files only when it assembles the workbook. */
static void abandon_workbook(struct xlsx_writer *xlsx)
{
    for (size_t i = 0; xlsx->workbook != NULL && i < xlsx->n_sheets; i++) {
        (void)fclose(xlsx->sheets[i]->optimize_tmpfile);
        xlsx->sheets[i]->optimize_tmpfile = NULL;
    }
    lxw_workbook_free(xlsx->workbook);
}

static void xlsx_destroy(struct dc_report_writer *writer)
{
    struct xlsx_writer *xlsx = xlsx_of(writer);

    if (xlsx == NULL) {
        return;
    }
    abandon_workbook(xlsx);
    output_file_done(&xlsx->file);
    dc_strbuf_done(&xlsx->text);
    dc_arena_destroy(xlsx->arena);
    free(xlsx->sheets);
    free(xlsx->blocks);
    free(xlsx);
}

const struct dc_report_writer_class xlsx_writer_class = {
    .name = "xlsx",
    .extension = ".xlsx",
    .open = xlsx_open,
    .begin_table = xlsx_begin_table,
    .add_row = xlsx_add_row,
    .commit = xlsx_commit,
    .destroy = xlsx_destroy,
};
