/* What "dcscan eval" shows, for people and for programs. */
#ifndef DCSCAN_SRC_CLI_EVAL_PRINT_H
#define DCSCAN_SRC_CLI_EVAL_PRINT_H

#include <stdio.h>

#include "dcscan/eval.h"
#include "dcscan/report.h"

/* Figures by source, classes, confusions, calibration, at most `n_misses` confusions and misses. */
void eval_print(FILE *out, const struct dc_eval_report *report, size_t n_misses, enum dc_lang lang);
/* The same as one JSON object; figures in full, null where there is nothing to divide by. */
void eval_print_json(FILE *out, const struct dc_eval_report *report, size_t n_misses);

#endif
