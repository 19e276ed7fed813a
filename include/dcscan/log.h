/*
 * Log lines for people or machines. A log is a value passed to those that need one, not a global. Lines go to one FILE* or two that the
 * command line owns; a line is written whole (thread-safe). Raw cell values, passwords and connection strings are never logged.
 */
#ifndef DCSCAN_LOG_H
#define DCSCAN_LOG_H

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

enum dc_log_level { DC_LOG_ERROR, DC_LOG_WARNING, DC_LOG_INFO, DC_LOG_DEBUG };
/* TIMED: human lines in a file, with the local time in front. JOURNAL: human lines with the priority that the systemd journal reads. */
enum dc_log_format { DC_LOG_HUMAN, DC_LOG_JSON, DC_LOG_TIMED, DC_LOG_JOURNAL };

struct dc_log;
struct dc_log *dc_log_create(FILE *stream, enum dc_log_level threshold, enum dc_log_format format);
void dc_log_destroy(struct dc_log *log); /* does not close the streams */
/* Lines go to a second stream as well, with a threshold and format of its own. Call before the log is shared, once. */
void dc_log_add_stream(struct dc_log *log, FILE *stream, enum dc_log_level threshold,
                       enum dc_log_format format);
/* `log` may be NULL: nothing is written. Human form: "dcscan: warning: TEXT"; JSON: {"time","level","message"}. */
void dc_log_write(struct dc_log *log, enum dc_log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#ifdef __cplusplus
}
#endif
#endif
