/* A growing text with a hard maximum. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"

void dc_strbuf_init(struct dc_strbuf *buf, size_t maximum)
{
    *buf = (struct dc_strbuf)DC_STRBUF_INIT(maximum);
}

void dc_strbuf_done(struct dc_strbuf *buf)
{
    free(buf->text);
    dc_strbuf_init(buf, buf->maximum);
}

void dc_strbuf_reset(struct dc_strbuf *buf)
{
    buf->size = 0;
    buf->overflowed = false;
    if (buf->text != NULL) {
        buf->text[0] = '\0';
    }
}

/* Room for `size` bytes in all, one byte of look-ahead for the cut, and the terminator. */
static void reserve(struct dc_strbuf *buf, size_t size)
{
    size_t wanted = size + 2;
    size_t capacity = buf->capacity < 64 ? 64 : buf->capacity;
    char *text;

    if (wanted <= buf->capacity) {
        return;
    }
    while (capacity < wanted) {
        capacity = capacity > SIZE_MAX / 2 ? wanted : capacity * 2;
    }
    text = realloc(buf->text, capacity);
    if (wanted < size || text == NULL) {
        abort();
    }
    buf->text = text;
    buf->capacity = capacity;
}

/* Takes what still fits and cuts an unfinished character, also one whose first bytes came with an earlier append. */
static void append_cut(struct dc_strbuf *buf, const char *text)
{
    size_t room = buf->maximum - buf->size;

    reserve(buf, buf->maximum);
    memcpy(buf->text + buf->size, text, room + 1);
    buf->size = dc_utf8_cut(buf->text, buf->maximum + 1, buf->maximum);
    buf->text[buf->size] = '\0';
    buf->overflowed = true;
}

void dc_strbuf_append(struct dc_strbuf *buf, const char *text, size_t size)
{
    /* What was cut stays cut: a later, shorter piece would otherwise stand behind a gap. */
    if (buf->overflowed) {
        return;
    }
    if (size > buf->maximum - buf->size) {
        append_cut(buf, text);
        return;
    }
    reserve(buf, buf->size + size);
    if (size > 0) {
        memcpy(buf->text + buf->size, text, size);
    }
    buf->size += size;
    buf->text[buf->size] = '\0';
}

void dc_strbuf_puts(struct dc_strbuf *buf, const char *text)
{
    if (text != NULL) {
        dc_strbuf_append(buf, text, strlen(text));
    }
}

void dc_strbuf_putc(struct dc_strbuf *buf, char byte)
{
    dc_strbuf_append(buf, &byte, 1);
}

void dc_strbuf_vprintf(struct dc_strbuf *buf, const char *format, va_list args)
{
    char small[256];
    char *large = NULL;
    va_list again;
    int length;

    va_copy(again, args);
    length = vsnprintf(small, sizeof small, format, args);
    if (length < 0) {
        abort();
    }
    if ((size_t)length >= sizeof small) {
        large = dc_alloc((size_t)length + 1, 1);
        vsnprintf(large, (size_t)length + 1, format, again);
    }
    va_end(again);
    dc_strbuf_append(buf, large == NULL ? small : large, (size_t)length);
    free(large);
}

void dc_strbuf_printf(struct dc_strbuf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    dc_strbuf_vprintf(buf, format, args);
    va_end(args);
}

const char *dc_strbuf_text(const struct dc_strbuf *buf)
{
    return buf->text == NULL ? "" : buf->text;
}

char *dc_strbuf_take(struct dc_strbuf *buf)
{
    char *text = buf->text == NULL ? dc_strdup("") : buf->text;

    dc_strbuf_init(buf, buf->maximum);
    return text;
}
