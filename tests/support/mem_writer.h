/*
 * A report format in memory: keeps every cell as text, so that tests can ask what a report says. A second implementation of
 * include/dcscan/provider/report_writer.h that knows nothing of files.
 */
#ifndef TESTS_MEM_WRITER_H
#define TESTS_MEM_WRITER_H

#include "dcscan/provider/report_writer.h"

extern const struct dc_report_writer_class mem_writer_class; /* open() takes any options */

size_t mem_writer_n_tables(const struct dc_report_writer *writer);
size_t mem_writer_n_rows(const struct dc_report_writer *writer, const char *table);
/*
 * The cell of a column: "" when empty, numbers with %.15g, a level as its word, a list joined by "|", a link as its text. NULL when there
 * is no such table, row or column.
 */
const char *mem_writer_cell(const struct dc_report_writer *writer, const char *table, size_t row,
                            const char *key);
const struct dc_report_table *mem_writer_table(const struct dc_report_writer *writer,
                                               const char *table);

#endif
