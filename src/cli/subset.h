/* A part of a stored run: what --source, --level, --class and --changed-only ask for. */
#ifndef DCSCAN_SRC_CLI_SUBSET_H
#define DCSCAN_SRC_CLI_SUBSET_H

#include "dcscan/compare.h"
#include "dcscan/inventory_filter.h"
#include "session.h"

struct subset_options {
    struct dc_texts sources, levels, classes;
    bool changed_only;
};

struct subset {
    struct dc_inventory_filter filter;
    struct dc_inventory_reader *reader;
    const struct dc_changes *changes; /* since earlier runs, of that part */
    struct dc_changes own;
    const char *text; /* what was asked for, for the cover; NULL: all. In the session's arena. */
};

/* Understands the options, DC_ERR_USAGE when it cannot; before any run is read. */
enum dc_status subset_check(const struct subset_options *options, struct dc_err *err);
/* Puts a filter over the reader, which stays the caller's as do the changes since earlier runs; subset->reader is it, or the reader itself when nothing is asked for; the same of the changes. */
enum dc_status subset_open(struct session *session, const struct subset_options *options,
                           const struct dc_changes *changes, struct dc_inventory_reader *reader,
                           struct subset *subset, struct dc_err *err);
void subset_done(struct subset *subset, const struct dc_inventory_reader *reader);

#endif
