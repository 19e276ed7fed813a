/* Another form of a value: out of another encoding, or without full width. */
#include "reform.h"

#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"

#define UTF8_GROWTH 3 /* bytes that one byte of another encoding becomes at most */
#define MIN_TRIMMED \
    5 /* bytes of UTF-16 that lost a zero: shorter ones are a text with a zero in it */

void dc_reformer_wipe(struct dc_reformer *reformer)
{
    if (reformer->bytes != NULL) {
        explicit_bzero(reformer->bytes, reformer->size);
    }
}

void dc_reformer_done(struct dc_reformer *reformer)
{
    for (size_t i = 0; i < DC_N_GUESSES; i++) {
        dc_converter_destroy(reformer->converters[i]);
    }
    dc_reformer_wipe(reformer);
    free(reformer->bytes);
}

static char *reform_room(struct dc_reformer *reformer, size_t size)
{
    if (size > reformer->size) {
        if (reformer->bytes != NULL) {
            explicit_bzero(reformer->bytes, reformer->size);
        }
        free(reformer->bytes);
        reformer->bytes = dc_alloc(size, 1);
        reformer->size = size;
    }
    return reformer->bytes;
}

static void take_form(struct dc_look *look, const char *bytes, size_t size)
{
    look->bytes = bytes;
    look->size = size;
    look->mask = dc_derive(dc_class_mask(bytes, size));
}

bool dc_reform_has_zeros(const struct dc_look *look)
{
    return (look->mask & DC_CLASS_BLANK) != 0 && memchr(look->bytes, '\0', look->size) != NULL;
}

/* UTF-16 needs no converter, and what is wrong with it is marked. */
static void decode_utf16(struct dc_reformer *reformer, struct dc_look *look, bool big_endian)
{
    char *out = reform_room(reformer, UTF8_GROWTH * (look->size + 1));

    take_form(look, out,
              dc_utf16_to_utf8(look->bytes, look->size, big_endian, look->truncated, out));
}

/* Text in UTF-16 of which the first or last zero was trimmed with the blanks: decoded with it put back. */
static enum dc_guess decode_trimmed(struct dc_reformer *reformer, struct dc_look *look)
{
    size_t size = look->size + 1;
    char *whole = dc_alloc(size + 1, 1);
    enum dc_guess guess = DC_GUESS_NONE;
    struct dc_look padded = *look;

    padded.bytes = whole;
    padded.size = size;
    memcpy(whole, look->bytes, look->size);
    if (dc_text_guess(whole, size, false) == DC_GUESS_UTF16LE) {
        guess = DC_GUESS_UTF16LE;
    } else {
        memmove(whole + 1, look->bytes, look->size);
        whole[0] = '\0';
        if (dc_text_guess(whole, size, false) == DC_GUESS_UTF16BE) {
            guess = DC_GUESS_UTF16BE;
        }
    }
    if (guess != DC_GUESS_NONE) {
        decode_utf16(reformer, &padded, guess == DC_GUESS_UTF16BE);
        *look = padded;
    }
    explicit_bzero(whole, size);
    free(whole);
    return guess;
}

enum dc_guess dc_reform_decode(struct dc_reformer *reformer, struct dc_look *look)
{
    enum dc_guess guess = dc_text_guess(look->bytes, look->size, look->truncated);
    size_t room = UTF8_GROWTH * look->size;
    char *out;

    if (guess == DC_GUESS_NONE && look->size >= MIN_TRIMMED && look->size % 2 != 0 &&
        !look->truncated && dc_reform_has_zeros(look)) {
        return decode_trimmed(reformer, look);
    }
    if (guess == DC_GUESS_NONE) {
        return guess;
    }
    if (guess == DC_GUESS_UTF16LE || guess == DC_GUESS_UTF16BE) {
        decode_utf16(reformer, look, guess == DC_GUESS_UTF16BE);
        return guess;
    }
    if (reformer->converters[guess] == NULL &&
        dc_converter_create(dc_guess_encoding(guess), "UTF-8", &reformer->converters[guess],
                            NULL) != DC_OK) {
        return DC_GUESS_NONE;
    }
    out = reform_room(reformer, room);
    if (!dc_convert(reformer->converters[guess], look->bytes, look->size, look->truncated, out,
                    &room)) {
        return DC_GUESS_NONE;
    }
    take_form(look, out, room);
    return guess;
}

bool dc_reform_narrow(struct dc_reformer *reformer, struct dc_look *look)
{
    size_t size;
    char *out;

    if (memmem(look->bytes, look->size, "\xEF\xBC", 2) == NULL &&
        memmem(look->bytes, look->size, "\xEF\xBD", 2) == NULL) {
        return false;
    }
    out = look->bytes == reformer->bytes ? reformer->bytes : reform_room(reformer, look->size);
    size = dc_text_narrow(look->bytes, look->size, out);
    if (size == look->size) {
        return false;
    }
    take_form(look, out, size);
    return true;
}
