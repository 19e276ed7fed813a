/*
 * CSV after RFC 4180: comma, CRLF, quotes where needed; with a byte order mark, without which Excel takes UTF-8 for the local
 * code page. One table a file.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../cell_text.h"
#include "../output_file.h"
#include "csv_writer.h"
#include "dcscan/alloc.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define MAX_CELL_SIZE   ((size_t)1 << 20)

struct csv_writer {
    struct dc_report_writer base;
    const struct dc_report_options *options;
    const struct dc_report_table *table;
    struct output_file file;
    struct dc_strbuf text;
};

static struct csv_writer *csv_of(struct dc_report_writer *writer)
{
    return (struct csv_writer *)writer; /* base is the first member */
}

static enum dc_status csv_open(const struct dc_report_options *options,
                               struct dc_report_writer **out, struct dc_err *err)
{
    struct csv_writer *csv = dc_alloc(1, sizeof *csv);
    enum dc_status status = output_file_open(&csv->file, options->path, err);

    csv->base.class_ = &csv_writer_class;
    csv->options = options;
    dc_strbuf_init(&csv->text, MAX_CELL_SIZE);
    if (status == DC_OK) {
        status = output_file_stream(&csv->file, err);
    }
    if (status != DC_OK) {
        csv_writer_class.destroy(&csv->base);
        return status;
    }
    fputs(options->without_bom ? "" : BYTE_ORDER_MARK, csv->file.stream);
    *out = &csv->base;
    return DC_OK;
}

/* A semicolon or tab would split the cell where the local list separator is one of them. */
static bool needs_quotes(const char *text)
{
    size_t size = strlen(text);

    return strpbrk(text, "\",;\t\r\n") != NULL ||
           (size > 0 && (text[0] == ' ' || text[size - 1] == ' '));
}

static void write_cell(FILE *stream, const char *text, bool first, bool guard)
{
    bool quotes = needs_quotes(text);

    if (!first) {
        putc(',', stream);
    }
    if (quotes) {
        putc('"', stream);
    }
    if (guard && cell_text_like_formula(text)) {
        putc('\'', stream);
    }
    for (const char *byte = text; *byte != '\0'; byte++) {
        if (*byte == '"') {
            putc('"', stream);
        }
        putc(*byte, stream);
    }
    if (quotes) {
        putc('"', stream);
    }
}

static enum dc_status end_row(struct csv_writer *csv, struct dc_err *err)
{
    fputs("\r\n", csv->file.stream);
    if (ferror(csv->file.stream)) {
        return output_file_fail(&csv->file, errno == 0 ? EIO : errno, err);
    }
    return DC_OK;
}

static enum dc_status csv_begin_table(struct dc_report_writer *writer,
                                      const struct dc_report_table *table, struct dc_err *err)
{
    struct csv_writer *csv = csv_of(writer);

    csv->table = table;
    errno = 0; /* what fails first says why */
    for (size_t i = 0; i < table->n_columns; i++) {
        write_cell(csv->file.stream, table->columns[i].title, i == 0, true);
    }
    return end_row(csv, err);
}

static enum dc_status csv_add_row(struct dc_report_writer *writer, const struct dc_cell *cells,
                                  size_t n_cells, struct dc_err *err)
{
    struct csv_writer *csv = csv_of(writer);

    errno = 0;
    for (size_t i = 0; i < n_cells; i++) {
        bool text = cells[i].kind == DC_CELL_TEXT || cells[i].kind == DC_CELL_LIST ||
                    cells[i].kind == DC_CELL_EVIDENCE || cells[i].kind == DC_CELL_LINK;

        dc_strbuf_reset(&csv->text);
        cell_text_append(&cells[i], &csv->text);
        write_cell(csv->file.stream, dc_strbuf_text(&csv->text), i == 0,
                   text && !csv->table->columns[i].exact);
    }
    return end_row(csv, err);
}

static enum dc_status csv_commit(struct dc_report_writer *writer, struct dc_err *err)
{
    return output_file_commit(&csv_of(writer)->file, err);
}

static void csv_destroy(struct dc_report_writer *writer)
{
    struct csv_writer *csv = csv_of(writer);

    if (csv == NULL) {
        return;
    }
    output_file_done(&csv->file);
    dc_strbuf_done(&csv->text);
    free(csv);
}

const struct dc_report_writer_class csv_writer_class = {
    .name = "csv",
    .extension = ".csv",
    .only_table = "columns",
    .any_table = true,
    .open = csv_open,
    .begin_table = csv_begin_table,
    .add_row = csv_add_row,
    .commit = csv_commit,
    .destroy = csv_destroy,
};
