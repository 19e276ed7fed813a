/* JSON Lines: one object a row, its names the keys of the columns. One table a file. */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "../output_file.h"
#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "jsonl_writer.h"

/* Digits of a real: what a counter of at most 32 bits can make good. */
#define PRECISION 6

struct jsonl_writer {
    struct dc_report_writer base;
    const struct dc_report_options *options;
    const struct dc_report_table *table;
    struct output_file file;
};

static struct jsonl_writer *jsonl_of(struct dc_report_writer *writer)
{
    return (struct jsonl_writer *)writer; /* base is the first member */
}

static enum dc_status jsonl_open(const struct dc_report_options *options,
                                 struct dc_report_writer **out, struct dc_err *err)
{
    struct jsonl_writer *jsonl = dc_alloc(1, sizeof *jsonl);
    bool to_stdout = options->path[0] == '-' && options->path[1] == '\0';
    enum dc_status status = to_stdout ? output_file_open_stdout(&jsonl->file, err)
                                      : output_file_open(&jsonl->file, options->path, err);

    jsonl->base.class_ = &jsonl_writer_class;
    jsonl->options = options;
    if (status == DC_OK) {
        status = output_file_stream(&jsonl->file, err);
    }
    if (status != DC_OK) {
        jsonl_writer_class.destroy(&jsonl->base);
        return status;
    }
    *out = &jsonl->base;
    return DC_OK;
}

static enum dc_status jsonl_begin_table(struct dc_report_writer *writer,
                                        const struct dc_report_table *table, struct dc_err *err)
{
    (void)err;
    jsonl_of(writer)->table = table;
    return DC_OK;
}

/* A count that does not apply is null, never -1. */
static json_t *count(int64_t value)
{
    return value < 0 ? json_null() : json_integer(value);
}

static json_t *real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *time_text(int64_t at)
{
    char text[DC_TIME_TEXT_SIZE];

    if (at == 0) {
        return json_null();
    }
    dc_time_text(at, text);
    return json_string(text);
}

static json_t *list(const struct dc_cell *cell)
{
    json_t *array = json_array();

    for (size_t i = 0; i < cell->n_items; i++) {
        json_array_append_new(array, json_string(cell->items[i]));
    }
    return array;
}

static json_t *evidence(const struct dc_cell *cell)
{
    json_t *array = json_array();

    for (size_t i = 0; i < cell->n_evidence; i++) {
        const struct dc_evidence *line = &cell->evidence[i];
        json_t *object = json_object();

        json_object_set_new(object, "kind", json_string(dc_evidence_kind_name(line->kind)));
        json_object_set_new(object, "rule", json_string(line->rule));
        json_object_set_new(object, "weight", real(line->weight));
        json_object_set_new(object, "matched", count(line->matched));
        json_object_set_new(object, "tested", count(line->tested));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *value_of(const struct dc_cell *cell)
{
    switch (cell->kind) {
    case DC_CELL_TEXT:
    case DC_CELL_LINK:
        return json_string(cell->text);
    case DC_CELL_INT:
        return json_integer(cell->integer);
    case DC_CELL_TIME:
        return time_text(cell->integer);
    case DC_CELL_LEVEL:
        return cell->integer > 0 ? json_integer(cell->integer) : json_null();
    case DC_CELL_REAL:
    case DC_CELL_PERCENT:
        return real(cell->real);
    case DC_CELL_BOOL:
        return json_boolean(cell->integer != 0);
    case DC_CELL_LIST:
        return list(cell);
    case DC_CELL_EVIDENCE:
        return evidence(cell);
    case DC_CELL_EMPTY:
        break;
    }
    return json_null();
}

static enum dc_status jsonl_add_row(struct dc_report_writer *writer, const struct dc_cell *cells,
                                    size_t n_cells, struct dc_err *err)
{
    struct jsonl_writer *jsonl = jsonl_of(writer);
    json_t *object = json_object();
    int failed = 0;

    for (size_t i = 0; i < n_cells; i++) {
        failed |= json_object_set_new(object, jsonl->table->columns[i].key, value_of(&cells[i]));
    }
    errno = 0;
    if (failed == 0) {
        failed = json_dumpf(object, jsonl->file.stream,
                            JSON_COMPACT | JSON_REAL_PRECISION(PRECISION));
        putc('\n', jsonl->file.stream);
    }
    json_decref(object);
    if (failed != 0 || ferror(jsonl->file.stream)) {
        return output_file_fail(&jsonl->file, errno == 0 ? EILSEQ : errno, err);
    }
    return DC_OK;
}

static enum dc_status jsonl_commit(struct dc_report_writer *writer, struct dc_err *err)
{
    return output_file_commit(&jsonl_of(writer)->file, err);
}

static void jsonl_destroy(struct dc_report_writer *writer)
{
    struct jsonl_writer *jsonl = jsonl_of(writer);

    if (jsonl == NULL) {
        return;
    }
    output_file_done(&jsonl->file);
    free(jsonl);
}

const struct dc_report_writer_class jsonl_writer_class = {
    .name = "jsonl",
    .extension = ".jsonl",
    .only_table = "records",
    .to_stdout = true,
    .open = jsonl_open,
    .begin_table = jsonl_begin_table,
    .add_row = jsonl_add_row,
    .commit = jsonl_commit,
    .destroy = jsonl_destroy,
};
