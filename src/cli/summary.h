/* The short summary after a scan or report, in the user's language. */
#ifndef DCSCAN_SRC_CLI_SUMMARY_H
#define DCSCAN_SRC_CLI_SUMMARY_H

#include <stdio.h>

#include "dcscan/report.h"
#include "dcscan/rollup.h"

void summary_print(FILE *out, const struct dc_report_summary *summary, enum dc_lang lang,
                   bool color);
/* The highest level in force of each source and the column that decides it, the highest first; nothing where nothing was decided. */
void summary_print_rollup(FILE *out, const struct dc_rollup *rollup, enum dc_lang lang);
/* The thresholds of persons that the run reaches (level rule L8), a line each; nothing where it reaches none. */
void summary_print_persons(FILE *out, const struct dc_person_note *notes, size_t n_notes,
                           enum dc_lang lang);

#endif
