/* What is done when a scan has ended, however it ended: the summary for programs, the user's own command. */
#ifndef DCSCAN_SRC_CLI_RUN_END_H
#define DCSCAN_SRC_CLI_RUN_END_H

#include "cmd_scan.h"

struct run_end {
    int64_t run_id; /* 0: no run was begun */
    int code;       /* enum cli_exit */
    int64_t started_at,
        finished_at; /* UTC seconds, of the program; a clock that was set may turn them round */
    double seconds;  /* by a clock that cannot be set */
};

/* "complete", "gate", "usage", "configuration", "no-source", "incomplete", "output", "locked", "interrupted" */
const char *run_end_outcome(int code);

/*
 * Writes a JSON object to `path` ("-": standard output), complete or not at all. What the store cannot tell any more is left out: a
 * summary of a failure is wanted most.
 */
enum dc_status run_summary_write(struct scan_session *session, const struct run_end *end,
                                 const char *path, struct dc_err *err);

/*
 * Runs `command`, the user's own text, by sh -c, and waits for it, five minutes at most. What is to tell goes in environment variables that
 * hold numbers, UTC times, fixed words and paths that the user gave: nothing that comes from a database. Its standard input is empty, its
 * output goes to our standard error. Returns false, with a warning in the log, when it could not be run or did not end well.
 */
bool run_hook(struct console *console, const char *command, const struct run_end *end,
              const struct dc_changes *changes, const char *summary_path);

#endif
