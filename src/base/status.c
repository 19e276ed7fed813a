/* Status codes and the caller-owned error. */
#include <stdio.h>
#include <string.h>

#include "dcscan/status.h"
#include "dcscan/text.h"

static void format_cut(char *out, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

/* Formats into out[0..size), cut at a character. Through a buffer of its own: the arguments may point into `out`. */
static void format_cut(char *out, size_t size, const char *format, va_list args)
{
    char whole[DC_ERR_MESSAGE_SIZE + 4];
    int length = vsnprintf(whole, sizeof whole, format, args);
    size_t n = length < 0 ? 0 : (size_t)length;

    if (n >= sizeof whole) {
        n = sizeof whole - 1;
    }
    n = dc_utf8_cut(whole, n, size - 1);
    memcpy(out, whole, n);
    out[n] = '\0';
}

enum dc_status dc_err_setv(struct dc_err *err, enum dc_status status, const char *format,
                           va_list args)
{
    if (err != NULL) {
        char message[DC_ERR_MESSAGE_SIZE];

        format_cut(message, sizeof message, format, args);
        memset(err, 0, sizeof *err);
        err->status = status;
        memcpy(err->message, message, sizeof message);
    }
    return status;
}

enum dc_status dc_err_set(struct dc_err *err, enum dc_status status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    dc_err_setv(err, status, format, args);
    va_end(args);
    return status;
}

void dc_err_add_object(struct dc_err *err, const char *format, ...)
{
    char outer[DC_ERR_OBJECT_SIZE];
    char both[2 * DC_ERR_OBJECT_SIZE + 2];
    size_t n;
    va_list args;

    if (err == NULL) {
        return;
    }
    va_start(args, format);
    format_cut(outer, sizeof outer, format, args);
    va_end(args);
    snprintf(both, sizeof both, "%s%s%s", outer, err->object[0] != '\0' ? ": " : "", err->object);
    n = dc_utf8_cut(both, strlen(both), sizeof err->object - 1);
    memcpy(err->object, both, n);
    err->object[n] = '\0';
}

void dc_err_set_hint(struct dc_err *err, const char *format, ...)
{
    va_list args;

    if (err == NULL) {
        return;
    }
    va_start(args, format);
    format_cut(err->hint, sizeof err->hint, format, args);
    va_end(args);
}

const char *dc_status_name(enum dc_status status)
{
    static const char *const names[] = {
        [DC_OK] = "ok",
        [DC_ERR_USAGE] = "usage",
        [DC_ERR_CONFIG] = "config",
        [DC_ERR_CONNECT] = "connect",
        [DC_ERR_READ] = "read",
        [DC_ERR_LOST] = "lost",
        [DC_ERR_TIMEOUT] = "timeout",
        [DC_ERR_DENIED] = "denied",
        [DC_ERR_CANCELLED] = "cancelled",
        [DC_ERR_OUTPUT] = "output",
        [DC_ERR_LOCKED] = "locked",
        [DC_ERR_UNSUPPORTED] = "unsupported",
        [DC_ERR_INTERNAL] = "internal",
    };
    size_t index = (size_t)status;

    return index < sizeof names / sizeof names[0] ? names[index] : "unknown";
}

const char *dc_err_format(const struct dc_err *err, char *buffer, size_t size)
{
    char whole[DC_ERR_OBJECT_SIZE + DC_ERR_MESSAGE_SIZE + 16];
    size_t n;

    if (size == 0) {
        return buffer;
    }
    snprintf(whole, sizeof whole, "%s%s%s%s%s%s", err->object, err->object[0] != '\0' ? ": " : "",
             err->message, err->sqlstate[0] != '\0' ? " [" : "", err->sqlstate,
             err->sqlstate[0] != '\0' ? "]" : "");
    n = dc_utf8_cut(whole, strlen(whole), size - 1);
    memcpy(buffer, whole, n);
    buffer[n] = '\0';
    return buffer;
}
