/*
 * A growing text with a hard maximum, so that hostile names and values can neither overflow nor exhaust memory.
 * When an append would pass the maximum, the text is cut at a UTF-8 character boundary and `overflowed` is set.
 */
#ifndef DCSCAN_STRBUF_H
#define DCSCAN_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct dc_strbuf {
    char *text;      /* always terminated once anything was appended; NULL before; owned */
    size_t size;     /* bytes without the terminator */
    size_t capacity; /* bytes allocated */
    size_t maximum;  /* bytes without the terminator */
    bool overflowed;
};

#define DC_STRBUF_INIT(max)      \
    {                            \
        NULL, 0, 0, (max), false \
    }

void dc_strbuf_init(struct dc_strbuf *buf, size_t maximum);
void dc_strbuf_done(struct dc_strbuf *buf);
void dc_strbuf_reset(struct dc_strbuf *buf);
void dc_strbuf_append(struct dc_strbuf *buf, const char *text, size_t size);
void dc_strbuf_puts(struct dc_strbuf *buf, const char *text); /* NULL counts as "" */
void dc_strbuf_putc(struct dc_strbuf *buf, char byte);
void dc_strbuf_printf(struct dc_strbuf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void dc_strbuf_vprintf(struct dc_strbuf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* The text, never NULL; valid until the next change. */
const char *dc_strbuf_text(const struct dc_strbuf *buf);
/* Hands the text over (release with free()); the buffer is empty afterwards. Never NULL. */
char *dc_strbuf_take(struct dc_strbuf *buf);

#ifdef __cplusplus
}
#endif
#endif
