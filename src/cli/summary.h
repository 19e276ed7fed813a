/* The short summary after a scan or report, in the user's language. */
#ifndef DCSCAN_SRC_CLI_SUMMARY_H
#define DCSCAN_SRC_CLI_SUMMARY_H

#include <stdio.h>

#include "dcscan/report.h"

void summary_print(FILE *out, const struct dc_report_summary *summary, enum dc_lang lang,
                   bool color);

#endif
