/* dcscan scan: what its files share. */
#ifndef DCSCAN_SRC_CLI_CMD_SCAN_H
#define DCSCAN_SRC_CLI_CMD_SCAN_H

#include "changes.h"
#include "named_source.h"

struct scan_arguments {
    struct cli_common common;
    struct session_options session;
    const char *security_label, *statements, *fail_on, *summary, *on_finish;
    struct login_options login;
    struct dc_texts include, exclude;
    struct dc_limits limits;
    const char *window;
    const char *resume, *join; /* resume "": the last unfinished run */
    const char *since, *stale;
    int64_t jobs, seed, lease;
    bool require_read_only, dry_run, reproducible, full;
};

struct scan_session {
    const struct scan_arguments *arguments;
    struct session base;
    struct dc_source *sources;
    size_t n_sources;
    FILE *statements;
    /* Of the stored run, once it was read back. */
    struct dc_report_summary summary;
    struct dc_changes changes;
};

/*
 * scan_sources.c: fills session->sources. DC_ERR_USAGE when there is none, or when a connection string on the command line holds a password
 * (other users can read command lines).
 */
enum dc_status scan_choose_sources(struct scan_session *session, struct dc_texts operands,
                                   struct dc_err *err);

/*
 * scan_run.c: which run to go on with, into `request`; a new one where the command line says nothing. DC_ERR_USAGE when there is none such.
 */
enum dc_status scan_choose_run(struct scan_session *session, struct dc_scan_request *request,
                               struct dc_err *err);
/* refresh.c: which findings of earlier runs may be carried over, into `request`. DC_ERR_USAGE. */
enum dc_status scan_choose_refresh(const struct scan_arguments *arguments,
                                   struct dc_scan_request *request, struct dc_err *err);
/* After an attempt to begin the run of a label: whether somebody else was faster, so that it may be joined; waits a moment. */
bool scan_was_begun(struct scan_session *session, const struct dc_scan_request *request,
                    enum dc_status status);

#endif
