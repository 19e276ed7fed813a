/* Forms of text: fit to show, fit to compare, and matched by globs. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "dcscan/text.h"

#define BOX 0x25A1u /* □ */

/* What a terminal would obey or XML refuse. Direction overrides count too: they make a name read as another one. */
static bool is_unfit(uint32_t code)
{
    if (code == '\n' || code == '\t') {
        return false;
    }
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || (code & 0xFFFE) == 0xFFFE;
}

char *dc_text_sanitize(struct dc_arena *arena, const char *text, size_t size, bool *changed)
{
    /* An invalid byte grows from one byte to three, and nothing grows more. */
    char *out = dc_arena_alloc(arena, size * 3 + 1);
    size_t n = 0;
    bool any = false;

    for (size_t i = 0; i < size;) {
        uint32_t code;
        size_t used = dc_utf8_next(text + i, size - i, &code);
        bool unfit = is_unfit(code);

        any = any || unfit || (used == 1 && code == 0xFFFD);
        n += dc_utf8_put(unfit ? BOX : code, out + n);
        i += used;
    }
    if (changed != NULL) {
        *changed = any;
    }
    return out;
}

static char ascii_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* A trimmed copy in the arena. */
static char *copy_trimmed(struct dc_arena *arena, const char *text, size_t size)
{
    while (size > 0 && is_blank(text[0])) {
        text++;
        size--;
    }
    while (size > 0 && is_blank(text[size - 1])) {
        size--;
    }
    return dc_arena_strndup(arena, text, size);
}

static bool is_ascii(const char *text, size_t size)
{
    unsigned char bits = 0;

    for (size_t i = 0; i < size; i++) {
        bits |= (unsigned char)text[i];
    }
    return bits < 0x80;
}

char *dc_text_fold(struct dc_arena *arena, const char *text)
{
    size_t size = text == NULL ? 0 : strlen(text);
    utf8proc_uint8_t *folded;
    char *copy;

    /* Most names are ASCII, where folding is lower case. */
    if (is_ascii(text, size)) {
        copy = copy_trimmed(arena, size == 0 ? "" : text, size);
        for (char *byte = copy; *byte != '\0'; byte++) {
            *byte = ascii_lower(*byte);
        }
        return copy;
    }
    folded = utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)text);
    if (folded == NULL) { /* invalid UTF-8 */
        folded = utf8proc_NFKC_Casefold(
            (const utf8proc_uint8_t *)dc_text_sanitize(arena, text, size, NULL));
    }
    if (folded == NULL) {
        abort();
    }
    copy = copy_trimmed(arena, (const char *)folded, strlen((const char *)folded));
    free(folded);
    return copy;
}

char *dc_text_lower(struct dc_arena *arena, const char *text)
{
    size_t size = strlen(text), n = 0;
    /* No character grows to more than one and a half times its bytes; an invalid byte stays as it is. */
    char *out = dc_arena_alloc(arena, size * 3 + 1);

    for (size_t i = 0; i < size;) {
        uint32_t code;
        size_t used = dc_utf8_next(text + i, size - i, &code);

        if (used == 1) {
            out[n++] = ascii_lower(text[i]);
        } else {
            n += dc_utf8_put((uint32_t)utf8proc_tolower((utf8proc_int32_t)code), out + n);
        }
        i += used;
    }
    return out;
}

bool dc_text_equal_nocase(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return a == b;
    }
    while (*a != '\0' && ascii_lower(*a) == ascii_lower(*b)) {
        a++;
        b++;
    }
    return ascii_lower(*a) == ascii_lower(*b);
}
