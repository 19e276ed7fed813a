/*
 * Status codes and the caller-owned error that goes with them.
 *
 * Every function that can fail returns enum dc_status and takes `struct dc_err *err` last. On success `err` is untouched; on
 * failure it is filled and all other outputs are untouched. The lowest layer that knows the cause writes the message
 * ("could not X: reason", lower case, quoted names, no secrets); layers above add the object with dc_err_add_object() and never
 * overwrite. `err` may be NULL where the caller does not care. Libraries never print.
 */
#ifndef DCSCAN_STATUS_H
#define DCSCAN_STATUS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum dc_status {
    DC_OK = 0,
    DC_ERR_USAGE,       /* the caller's arguments or the command line are wrong */
    DC_ERR_CONFIG,      /* configuration, dialect, report or taxonomy file is wrong */
    DC_ERR_CONNECT,     /* a source or the store could not be opened */
    DC_ERR_READ,        /* a statement or a fetch failed; the connection may still serve */
    DC_ERR_LOST,        /* the connection is gone; nothing more can be read through it */
    DC_ERR_TIMEOUT,     /* a statement or lock time-out fired */
    DC_ERR_DENIED,      /* the login may not read the object */
    DC_ERR_CANCELLED,   /* cancelled by the user */
    DC_ERR_OUTPUT,      /* an output could not be written */
    DC_ERR_LOCKED,      /* another run holds the store */
    DC_ERR_UNSUPPORTED, /* the driver or this build cannot do it */
    DC_ERR_INTERNAL     /* a broken promise inside the program */
};

#define DC_ERR_MESSAGE_SIZE 2048
#define DC_ERR_OBJECT_SIZE  512
#define DC_ERR_HINT_SIZE    512

/* One failure. Plain memory: initialise with `= {0}`; needs no release. Texts are UTF-8, cut at a character when too long. */
struct dc_err {
    enum dc_status status;
    char message
        [DC_ERR_MESSAGE_SIZE]; /* what failed and why; several diagnostic records are joined by "; " */
    char object
        [DC_ERR_OBJECT_SIZE]; /* what it was about, outermost first: source "mes", table "a"."b" */
    char hint[DC_ERR_HINT_SIZE]; /* what the user can do; may be empty */
    char sqlstate[6];            /* of the first diagnostic record; empty outside databases */
    int32_t native_code;         /* of the first diagnostic record */
};

/* Fills `err` (when not NULL) and returns `status`, so that `return dc_err_set(err, …)` reads well. */
enum dc_status dc_err_set(struct dc_err *err, enum dc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
enum dc_status dc_err_setv(struct dc_err *err, enum dc_status status, const char *format,
                           va_list args) __attribute__((format(printf, 3, 0)));
/* Puts `object: ` in front of what is known of the object. */
void dc_err_add_object(struct dc_err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void dc_err_set_hint(struct dc_err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* "config", "connect" …: stable lower-case word of a status, for logs and tests. */
const char *dc_status_name(enum dc_status status);
/* Writes "OBJECT: MESSAGE [SQLSTATE]" into buffer (always terminated). Returns buffer. */
const char *dc_err_format(const struct dc_err *err, char *buffer, size_t size);

#ifdef __cplusplus
}
#endif
#endif
