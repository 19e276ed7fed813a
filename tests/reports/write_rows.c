/*
 * Writes a workbook of one table with a column of numbers from 1, as many rows as told; with "links" each leads to the row of its number.
 *
 * usage: write_rows PATH ROWS [links]
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/provider/report_writer.h"

static const struct dc_report_column COLUMN = {
    .key = "number", .title = "Number", .help = "", .width = 12, .kind = DC_CELL_INT};
static const struct dc_report_table TABLE = {
    .id = "rows",
    .sheet = "Rows",
    .title = "",
    .note = "",
    .columns = &COLUMN,
    .n_columns = 1,
    .header = true,
    .filter = true,
    .chart_title = "",
};

static enum dc_status write_rows(struct dc_report_writer *writer, int64_t n_rows, bool links,
                                 struct dc_err *err)
{
    enum dc_status status = writer->class_->begin_table(writer, &TABLE, err);

    for (int64_t i = 1; status == DC_OK && i <= n_rows; i++) {
        struct dc_cell cell = {.kind = DC_CELL_INT, .integer = i};
        char text[24];

        snprintf(text, sizeof text, "%" PRId64, i);
        if (links) {
            cell = (struct dc_cell){
                .kind = DC_CELL_LINK, .text = text, .target = "Rows", .target_row = i + 1};
        }
        status = writer->class_->add_row(writer, &cell, 1, err);
    }
    return status == DC_OK ? writer->class_->commit(writer, err) : status;
}

int main(int argc, char **argv)
{
    const struct dc_report_writer_class *const *classes = dc_report_writer_classes();
    struct dc_report_options options = {.path = argc > 1 ? argv[1] : "",
                                        .title = "",
                                        .author = "",
                                        .subject = "",
                                        .security_label = "",
                                        .lang = "en",
                                        .font = "Calibri",
                                        .created_at = 1};
    struct dc_report_writer *writer = NULL;
    struct dc_err err = {0};
    enum dc_status status;

    if (argc != 3 && (argc != 4 || strcmp(argv[3], "links") != 0)) {
        fprintf(stderr, "usage: %s PATH ROWS [links]\n", argv[0]);
        return EXIT_FAILURE;
    }
    while (strcmp((*classes)->name, "xlsx") != 0) {
        classes++;
    }
    status = (*classes)->open(&options, &writer, &err);
    if (status == DC_OK) {
        status = write_rows(writer, strtoll(argv[2], NULL, 10), argc == 4, &err);
    }
    (*classes)->destroy(writer);
    if (status != DC_OK) {
        fprintf(stderr, "%s\n", err.message);
    }
    return status == DC_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
