/* The class maps of the rules as a report takes them. */
#ifndef DCSCAN_SRC_CLI_VIEWS_H
#define DCSCAN_SRC_CLI_VIEWS_H

#include "dcscan/report.h"
#include "dcscan/taxonomy.h"

/* A view a class of each map; *n of them, in `arena`. Slots that wait for a text have none. */
const struct dc_class_view *views_of(const struct dc_taxonomy *taxonomy, struct dc_arena *arena,
                                     size_t *n);

#endif
