/*
 * Cells as text, the same in every format that shows text.
 */
#ifndef REPORTS_CELL_TEXT_H
#define REPORTS_CELL_TEXT_H

#include "dcscan/provider/report_writer.h"
#include "dcscan/strbuf.h"

/* Appends what a cell says; numbers in full, times as "2026-01-31 16:15:00" in the options' zone, nothing for empty cells. */
void cell_text_append(const struct dc_cell *cell, struct dc_strbuf *out);
/* Whether a spreadsheet would take a text for a formula when it reads it from a file without types (CWE-1236). */
bool cell_text_like_formula(const char *text);

#endif
