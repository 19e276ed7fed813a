/*
 * Decides the columns of a stored run again, by another taxonomy, from the profiles that are stored: no source is asked anything.
 */
#ifndef DCSCAN_REGRADE_H
#define DCSCAN_REGRADE_H

#include "dcscan/scan.h"

#ifdef __cplusplus
extern "C" {
#endif

struct dc_regrade_outcome {
    int64_t run_id; /* the new run; its `based_on` is the old one */
    int64_t n_tables, n_columns;
    int64_t n_changed; /* columns that have another leaf, level, marks or candidates now */
    /* Value rules that the old run did not count: new ones, or such that count something else now. Only a scan can count them. */
    int64_t n_rules_uncounted;
    const char *rules_uncounted; /* their ids, comma-separated; in `arena` */
    bool complete;
};

/*
 * `tools->dialects` is not used. DC_ERR_USAGE when the run has not ended, or is of a version that did not keep the counters. A failure of the
 * store ends it, and the new run stays unfinished.
 */
enum dc_status dc_regrade(const struct dc_scan_tools *tools, int64_t run_id, struct dc_arena *arena,
                          struct dc_regrade_outcome *out, struct dc_err *err);

#ifdef __cplusplus
}
#endif
#endif
