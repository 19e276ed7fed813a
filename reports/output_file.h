/*
 * The file a writer works on: a temporary one beside the path, put in its place when it is complete. Shared by the formats.
 */
#ifndef REPORTS_OUTPUT_FILE_H
#define REPORTS_OUTPUT_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "dcscan/status.h"

struct output_file {
    char *path; /* where the file will stand, symbolic links followed; NULL for standard output */
    char *temporary; /* a way to it; NULL for standard output and after the commit */
    bool
        unnamed; /* it has no name in the folder yet, so that nothing stays when the process ends */
    char *folder; /* of both */
    int fd;       /* of the temporary file, or -1 */
    FILE *stream; /* buffered, for writers that asked for one; or NULL */
};

/* Creates the temporary file. DC_ERR_OUTPUT, with nothing left behind, when the path cannot be written later either. */
enum dc_status output_file_open(struct output_file *file, const char *path, struct dc_err *err);
/* Standard output instead of a file: nothing is renamed. */
enum dc_status output_file_open_stdout(struct output_file *file, struct dc_err *err);
/* Makes `stream` available. */
enum dc_status output_file_stream(struct output_file *file, struct dc_err *err);
/* Flushes to the disk and renames. */
enum dc_status output_file_commit(struct output_file *file, struct dc_err *err);
/* DC_ERR_OUTPUT "could not write PATH: reason of errno value `error`". */
enum dc_status output_file_fail(const struct output_file *file, int error, struct dc_err *err);
/* Closes and, unless committed, removes the temporary file. */
void output_file_done(struct output_file *file);

#endif
