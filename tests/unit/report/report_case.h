/*
 * What tests of reports share: the shipped definitions, an inventory, and a report of it in memory.
 */
#ifndef TESTS_REPORT_CASE_H
#define TESTS_REPORT_CASE_H

#include "layout.h"
#include "mem_inventory.h"
#include "mem_writer.h"

struct report_case {
    struct dc_report_definition *definition;
    struct mem_inventory *inventory;
    const struct dc_changes *changes; /* NULL: not compared */
    struct report_layout layout;
};

/* With the shipped definitions and an empty inventory. */
void report_case_begin(struct report_case *test);
void report_case_end(struct report_case *test);
/* Writes every table of the definitions, those outside the workbook too; after it the cells can be asked for. */
enum dc_status report_case_write(struct report_case *test, enum dc_lang lang, struct dc_err *err);
/* The text in a cell of the report; "(no cell)" where there is none. */
const char *report_case_cell(const struct report_case *test, const char *table, size_t row,
                             const char *key);

/* A folder of its own for a test; release with report_folder_remove(), which also tells whether anything was left in it. */
char *report_folder_make(void);
size_t report_folder_count(const char *folder);
void report_folder_remove(char *folder);
/* A file below the folder, in the arena. */
const char *report_file_write(struct dc_arena *arena, const char *folder, const char *name,
                              const char *text);
char *report_file_read(const char *path, size_t *size); /* release with free() */

#endif
