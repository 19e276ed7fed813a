/* UTF-8, one character at a time. Strict: no surrogates, no overlong forms, nothing above U+10FFFF (Unicode 15, table 3-7). */
#include <string.h>
#include <utf8proc.h>

#include "dcscan/text.h"

#define REPLACEMENT 0xFFFDu

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Bytes of the character that a first byte announces; 0 when it can't be a first byte. */
static size_t announced(unsigned char byte)
{
    if (byte < 0x80) {
        return 1;
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        return 2;
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        return 3;
    }
    return byte >= 0xF0 && byte <= 0xF4 ? 4 : 0;
}

size_t dc_utf8_next(const char *text, size_t size, uint32_t *code)
{
    /* Smallest code point of each length: below it the form is overlong. */
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text;
    size_t n = size == 0 ? 0 : announced(bytes[0]);
    uint32_t value;

    *code = REPLACEMENT;
    if (n == 0 || n > size) {
        return 1;
    }
    value = n == 1 ? bytes[0] : bytes[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if (!is_continuation(bytes[i])) {
            return 1;
        }
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    if (value < smallest[n] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        return 1;
    }
    *code = value;
    return n;
}

/* Whether an answer of dc_utf8_next stands for an invalid byte, not for a U+FFFD in the text (three bytes). */
static bool is_stray(size_t used, uint32_t code)
{
    return used == 1 && code == REPLACEMENT;
}

bool dc_utf8_valid(const char *text, size_t size)
{
    size_t used, i = 0;
    uint32_t code;

    while (i < size) {
        if ((unsigned char)text[i] < 0x80) {
            i++;
            continue;
        }
        used = dc_utf8_next(text + i, size - i, &code);
        if (is_stray(used, code)) {
            return false;
        }
        i += used;
    }
    return true;
}

size_t dc_utf8_length(const char *text, size_t size)
{
    size_t length = 0;
    uint32_t code;

    for (size_t i = 0; i < size; length++) {
        i += dc_utf8_next(text + i, size - i, &code);
    }
    return length;
}

size_t dc_utf8_width(const char *text)
{
    size_t size = strlen(text), width = 0;
    uint32_t code;

    for (size_t i = 0; i < size;) {
        int columns;

        i += dc_utf8_next(text + i, size - i, &code);
        columns = utf8proc_charwidth((utf8proc_int32_t)code);
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

size_t dc_utf8_cut(const char *text, size_t size, size_t maximum)
{
    const unsigned char *bytes = (const unsigned char *)text;

    if (size <= maximum) {
        return size;
    }
    /* The first byte of a character that the cut would split is at most three bytes back. */
    for (size_t back = 1; back <= 3 && back <= maximum && is_continuation(bytes[maximum]); back++) {
        size_t start = maximum - back;

        if (!is_continuation(bytes[start])) {
            return announced(bytes[start]) > back ? start : maximum;
        }
    }
    return maximum;
}

size_t dc_utf8_put(uint32_t code, char *out)
{
    static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return dc_utf8_put(REPLACEMENT, out);
    }
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)(marks[n] | code);
    return n;
}

bool dc_is_han(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x3007, 0x3007},   /* 〇, written among the others in numbers */
        {0x3400, 0x4DBF},   /* extension A */
        {0x4E00, 0x9FFF},   /* unified */
        {0xF900, 0xFAFF},   /* compatibility; twelve of them are unified */
        {0x20000, 0x2A6DF}, /* extension B */
        {0x2A700, 0x2EE5D}, /* extensions C, D, E, F, I */
        {0x2F800, 0x2FA1F}, /* compatibility supplement */
        {0x30000, 0x323AF}, /* extensions G, H */
    };

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return false;
}
