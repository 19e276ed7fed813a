/* --fail-on: what an inventory, or what changed since an earlier run, may not have, as the user chose. */
#ifndef DCSCAN_SRC_CLI_GATES_H
#define DCSCAN_SRC_CLI_GATES_H

#include "dcscan/compare.h"
#include "dcscan/report.h"

/* What the words are looked up in. */
struct gate_facts {
    const struct dc_report_summary *summary; /* NULL: the words about an inventory are unknown */
    const struct dc_changes *changes;        /* NULL: nothing to compare with, so nothing changed */
};

/*
 * Walks a comma-separated list of gates (NULL: none). *met tells whether any is met; it may be NULL when only the words are to be checked.
 * DC_ERR_USAGE on an unknown word, with all of them in the hint.
 */
enum dc_status gates_check(const char *list, const struct gate_facts *facts, bool *met,
                           struct dc_err *err);

#endif
