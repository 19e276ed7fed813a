/* --fail-on: what an inventory may not have, as the user chose. */
#ifndef DCSCAN_SRC_CLI_GATES_H
#define DCSCAN_SRC_CLI_GATES_H

#include "dcscan/report.h"

/*
 * Walks a comma-separated list of gates (NULL: none). *met tells whether the summary meets any; with `summary` NULL only the names are
 * checked. DC_ERR_USAGE on an unknown name.
 */
enum dc_status gates_check(const char *list, const struct dc_report_summary *summary, bool *met,
                           struct dc_err *err);

#endif
