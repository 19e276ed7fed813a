/*
 * The report under way: the run, what was counted over it, and the writer that takes the tables.
 */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "definition.h"
#include "tally.h"

struct report_layout {
    const struct dc_report_definition *definition;
    enum dc_lang lang;
    struct dc_inventory_reader *reader;
    const struct dc_run *run;
    struct report_tally *tally; /* sources always; counts only for workbooks */
    int64_t created_at;
    struct dc_person_thresholds thresholds; /* of L8 */
    const struct dc_changes *changes;       /* NULL: not compared */
    const struct dc_class_view *views;
    size_t n_views;
    const char *subset;            /* or NULL */
    const struct dc_texts *sheets; /* ids; NULL or none: all */
    struct dc_arena *arena;        /* as long as the report */
    struct dc_arena *scratch;      /* texts of a row */
    struct dc_report_writer *writer;
};

/* Whether a sheet is asked for; hidden ones always are, as others depend on them. */
bool report_sheet_is_wanted(const struct report_layout *layout,
                            const struct report_sheet_def *sheet);
/* Whether a source of the run was compared with an earlier one, and the phrase that says why not. */
bool report_is_compared(const struct report_layout *layout);
const char *report_why_not_compared(const struct report_layout *layout);
/* Writes one table. `sheet` and its table outlive the writer. */
enum dc_status report_table_write(struct report_layout *layout,
                                  const struct report_sheet_def *sheet,
                                  const struct report_table_def *table, struct dc_err *err);
/* Calls of the rows of a table, in order. */
struct report_table_run;
/* Takes one row: fills its cells and hands them on. */
enum dc_status report_row_take(struct report_table_run *table, struct report_row *row,
                               struct dc_err *err);
/* Goes over the rows of a table definition (rows.c). */
enum dc_status report_rows_walk(struct report_layout *layout, const struct report_table_def *def,
                                struct report_table_run *table, struct dc_err *err);

#endif
