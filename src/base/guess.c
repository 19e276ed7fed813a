/* Text whose encoding nobody told: told by its form. And digits and letters in full width. */
#include <string.h>

#include "dcscan/text.h"

static bool between(unsigned char byte, unsigned char low, unsigned char high)
{
    return byte >= low && byte <= high;
}

/* Bytes of the GB18030 character at text[0..size): 0 when it is none, 5 when the text ends within it. *common: of GB 2312. */
static size_t gb_character(const unsigned char *text, size_t size, bool *common)
{
    *common = false;
    if (text[0] < 0x80) {
        return 1;
    }
    if (!between(text[0], 0x81, 0xFE)) {
        return 0;
    }
    if (size < 2) {
        return 5;
    }
    if (between(text[1], 0x30, 0x39)) {
        if (size < 4) {
            return 5;
        }
        return between(text[2], 0x81, 0xFE) && between(text[3], 0x30, 0x39) ? 4 : 0;
    }
    *common = between(text[1], 0xA1, 0xFE) &&
              (between(text[0], 0xB0, 0xF7) || between(text[0], 0xA1, 0xA3));
    return between(text[1], 0x40, 0xFE) && text[1] != 0x7F ? 2 : 0;
}

/* Most of what is not ASCII must be characters in use: Latin text fits the form of GB18030 now and then, its words do not. */
static bool is_gb18030(const unsigned char *text, size_t size, bool cut)
{
    size_t n_wide = 0, n_common = 0;

    for (size_t i = 0; i < size;) {
        bool common;
        size_t used = gb_character(text + i, size - i, &common);

        if (used == 0 || (used == 5 && !cut)) {
            return false;
        }
        if (used == 5) {
            break;
        }
        n_wide += used > 1;
        n_common += common;
        i += used;
    }
    return n_common > 0 && 2 * n_common > n_wide;
}

/* Words of ASCII letters with an accent here and there, and no control characters. */
static bool is_latin1(const unsigned char *text, size_t size)
{
    size_t n_letters = 0, n_high = 0;

    for (size_t i = 0; i < size; i++) {
        if (between(text[i], 0x7F, 0x9F) ||
            (text[i] < 0x20 && text[i] != '\t' && text[i] != '\n' && text[i] != '\r')) {
            return false;
        }
        n_letters += between((unsigned char)(text[i] | 0x20), 'a', 'z');
        n_high += text[i] >= 0xA0;
    }
    return n_high > 0 && n_letters >= n_high;
}

static bool is_marked(const unsigned char *bytes, size_t size, bool big_endian)
{
    return size >= 4 && bytes[0] == (big_endian ? 0xFE : 0xFF) &&
           bytes[1] == (big_endian ? 0xFF : 0xFE);
}

/* Text of other scripts than Latin has no zeros and cannot be told from other encodings without its mark. */
static bool is_utf16(const unsigned char *bytes, size_t size, bool cut, bool big_endian)
{
    size_t n_units = size / 2, n_ascii = 0;

    if (size < 4 || (size % 2 != 0 && !cut)) {
        return false;
    }
    for (size_t i = 0; i < n_units; i++) {
        unsigned char high = bytes[2 * i + !big_endian], low = bytes[2 * i + big_endian];

        if (low == 0 && high == 0) {
            return false;
        }
        n_ascii += high == 0 && (between(low, 0x20, 0x7E) || between(low, '\t', '\r'));
    }
    return is_marked(bytes, size, big_endian) || 2 * n_ascii >= n_units;
}

enum dc_guess dc_text_guess(const char *text, size_t size, bool cut)
{
    const unsigned char *bytes = (const unsigned char *)text;

    if (is_utf16(bytes, size, cut, false)) {
        return DC_GUESS_UTF16LE;
    }
    if (is_utf16(bytes, size, cut, true)) {
        return DC_GUESS_UTF16BE;
    }
    return is_gb18030(bytes, size, cut) ? DC_GUESS_GB18030
           : is_latin1(bytes, size)     ? DC_GUESS_LATIN1
                                        : DC_GUESS_NONE;
}

const char *dc_guess_encoding(enum dc_guess guess)
{
    static const char *const names[DC_N_GUESSES] = {
        NULL, "GB18030", "ISO-8859-1", "UTF-16LE", "UTF-16BE",
    };

    return names[guess];
}

/* What U+FF01 … U+FF5E stands for where it belongs to numbers, words, addresses; else 0. */
static char narrow_of(uint32_t code)
{
    char narrow = code >= 0xFF01 && code <= 0xFF5E ? (char)(code - 0xFEE0) : '\0';
    bool kept = (narrow >= '0' && narrow <= '9') || (narrow >= 'A' && narrow <= 'Z') ||
                (narrow >= 'a' && narrow <= 'z') ||
                (narrow != '\0' && strchr("@.-_+/", narrow) != NULL);

    return kept ? narrow : '\0';
}

size_t dc_text_narrow(const char *text, size_t size, char *out)
{
    size_t written = 0;

    for (size_t i = 0; i < size;) {
        uint32_t code = 0;
        size_t used = dc_utf8_next(text + i, size - i, &code);
        char narrow = narrow_of(code);

        if (narrow != '\0') {
            out[written++] = narrow;
        } else {
            memmove(out + written, text + i, used);
            written += used;
        }
        i += used;
    }
    return written;
}
