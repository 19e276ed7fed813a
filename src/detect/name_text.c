/* Folding of names and comments, and the edges of their tokens. */
#include <string.h>

#include "dcscan/text.h"
#include "name_text.h"

bool dc_is_latin_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool dc_is_latin(char byte)
{
    return dc_is_latin_letter(byte) || is_digit(byte);
}

static bool is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_ascii(char byte)
{
    return (unsigned char)byte < 0x80;
}

/* Whether a camel token starts at source[at]: aB, and the last capital of ABc (but not of the plural ABs). */
static bool is_camel_start(const char *source, size_t size, size_t at)
{
    char before = at > 0 ? source[at - 1] : '\0';
    char after = at + 1 < size ? source[at + 1] : '\0';
    char second = at + 2 < size ? source[at + 2] : '\0';

    if (!is_upper(source[at])) {
        return false;
    }
    if (dc_is_latin_letter(before)) {
        return true;
    }
    return is_upper(before) && dc_is_latin_letter(after) &&
           !(after == 's' && !dc_is_latin_letter(second));
}

/* Bytes of source from `at` on that are not ASCII. */
static size_t foreign_size(const char *source, size_t size, size_t at)
{
    size_t end = at;

    while (end < size && !is_ascii(source[end])) {
        end++;
    }
    return end - at;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* U+4E00 to U+9FFF are their own folded form, and nearly all that is met: UTF-8 E4 B8 80 to E9 BF BF. */
static bool is_plain_han(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i += 3) {
        unsigned char lead = (unsigned char)text[i];

        if (i + 3 > size || lead < 0xE4 || lead > 0xE9 || !is_continuation(text[i + 1]) ||
            !is_continuation(text[i + 2]) || (lead == 0xE4 && (unsigned char)text[i + 1] < 0xB8)) {
            return false;
        }
    }
    return true;
}

/* A run of other than ASCII, folded. One that folds to nothing (a wide blank) still separates. */
static const char *fold_foreign(struct dc_arena *arena, const char *text, size_t size)
{
    char *run = dc_arena_strndup(arena, text, size);
    const char *folded = is_plain_han(run, size) ? run : dc_text_fold(arena, run);

    return folded[0] == '\0' ? " " : folded;
}

struct folding {
    struct name_text *text;
    size_t capacity;
};

static void append(struct folding *folding, const char *bytes, size_t size, enum name_edge edge)
{
    struct name_text *text = folding->text;
    size_t room = folding->capacity - text->size;

    if (size > room) {
        size = dc_utf8_cut(bytes, size, room);
    }
    if (size > 0) {
        text->edges[text->size] = (uint8_t)edge;
        memcpy(text->folded + text->size, bytes, size);
        text->size += size;
    }
}

static char lower(char byte)
{
    return is_upper(byte) ? (char)(byte + ('a' - 'A')) : byte;
}

enum byte_class { BYTE_OTHER, BYTE_LETTER, BYTE_DIGIT, BYTE_FOREIGN };

static enum byte_class class_of(char byte)
{
    return !is_ascii(byte)            ? BYTE_FOREIGN
           : dc_is_latin_letter(byte) ? BYTE_LETTER
           : is_digit(byte)           ? BYTE_DIGIT
                                      : BYTE_OTHER;
}

/* The edges that the folded bytes themselves show; those of camel case are there already. */
static void set_edges(struct name_text *text)
{
    for (size_t i = 1; i < text->size; i++) {
        enum byte_class before = class_of(text->folded[i - 1]), here = class_of(text->folded[i]);

        if (before == here && here != BYTE_OTHER) {
            continue;
        }
        if ((before == BYTE_LETTER && here == BYTE_DIGIT) ||
            (before == BYTE_DIGIT && here == BYTE_LETTER)) {
            text->edges[i] = EDGE_DIGIT;
        } else {
            text->edges[i] = EDGE_HARD;
        }
    }
    text->edges[0] = EDGE_HARD;
    text->edges[text->size] = EDGE_HARD;
}

void dc_name_text_init(struct name_text *text, const char *source, size_t maximum,
                       struct dc_arena *arena)
{
    size_t size = source == NULL ? 0 : strnlen(source, maximum);
    /* Folding can make a text several times longer, rarely so: room for four times, then it is cut. */
    struct folding folding = {text, size > maximum / 4 ? maximum : size * 4};

    size = size < maximum ? size : dc_utf8_cut(source, size, maximum - 1);
    *text = (struct name_text){dc_arena_alloc(arena, folding.capacity + 1), 0,
                               dc_arena_alloc(arena, folding.capacity + 1)};
    for (size_t i = 0; i < size;) {
        size_t foreign = foreign_size(source, size, i);

        if (foreign > 0) {
            const char *folded = fold_foreign(arena, source + i, foreign);

            append(&folding, folded, strlen(folded), EDGE_NONE);
            i += foreign;
        } else {
            char byte = lower(source[i]);

            append(&folding, &byte, 1, is_camel_start(source, size, i) ? EDGE_CAMEL : EDGE_NONE);
            i++;
        }
    }
    text->folded[text->size] = '\0';
    set_edges(text);
}

size_t dc_token_end(const struct name_text *text, size_t at)
{
    do {
        at++;
    } while (at < text->size && text->edges[at] == EDGE_NONE);
    return at;
}

bool dc_token_is_letters(const struct name_text *text, size_t at, size_t end)
{
    while (at < end && dc_is_latin_letter(text->folded[at])) {
        at++;
    }
    return at == end;
}
