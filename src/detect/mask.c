/* Masking: decides which characters may be seen, by style, within a budget; everything else becomes a star. */
#include <string.h>

#include "dcscan/text.h"
#include "check_util.h"
#include "mask.h"

#define MAX_SHOWN 40 /* characters of an example */

struct shown {
    const char *bytes;
    size_t n_characters;
    size_t start[MAX_SHOWN];
    size_t sizes[MAX_SHOWN];
    uint32_t codes[MAX_SHOWN]; /* 0 for what can't be printed */
    bool clear[MAX_SHOWN];
    bool cut; /* there is more than is shown */
};

static bool is_printable(uint32_t code)
{
    return code >= ' ' && !(code >= 0x7F && code < 0xA0) && code != 0xFFFD;
}

static void read_characters(const char *bytes, size_t size, struct shown *shown)
{
    size_t at = 0;

    shown->bytes = bytes;
    shown->n_characters = 0;
    while (at < size && shown->n_characters < MAX_SHOWN) {
        uint32_t code;
        size_t n = shown->n_characters++, used = dc_utf8_next(bytes + at, size - at, &code);

        shown->start[n] = at;
        shown->sizes[n] = used;
        shown->codes[n] = is_printable(code) ? code : 0;
        shown->clear[n] = false;
        at += used;
    }
    shown->cut = at < size;
}

/* Makes one character visible when the budget has room; a star in the value is none to hide. */
static bool reveal(struct shown *shown, size_t at, size_t *budget)
{
    if (shown->codes[at] == 0 || shown->codes[at] == '*' || shown->clear[at] || *budget == 0) {
        return false;
    }
    shown->clear[at] = true;
    --*budget;
    return true;
}

static bool is_structure(uint32_t code)
{
    return code != 0 && code < 0x80 && strchr(" -_./:@#()+,;=\\", (int)code) != NULL;
}

/* Marks between the parts of a value show its form; either all of them or none. */
static void reveal_structure(struct shown *shown, size_t *budget)
{
    size_t n_marks = 0;

    for (size_t i = 0; i < shown->n_characters; i++) {
        n_marks += is_structure(shown->codes[i]);
    }
    for (size_t i = 0; n_marks <= *budget && i < shown->n_characters; i++) {
        if (is_structure(shown->codes[i])) {
            reveal(shown, i, budget);
            n_marks--;
        }
    }
}

static bool is_digit_code(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19);
}

/* Letters at both ends, up to the first digit or the budget's end; numbers and dates have none. */
static void reveal_letters(struct shown *shown, size_t budget)
{
    size_t tail = budget / 2;
    size_t head = budget - tail;

    for (size_t i = 0; i < shown->n_characters && head > 0 && !is_digit_code(shown->codes[i]);
         i++) {
        reveal(shown, i, &head);
    }
    tail = shown->cut ? 0 : tail;
    for (size_t i = shown->n_characters; i-- > 0 && tail > 0 && !is_digit_code(shown->codes[i]);) {
        reveal(shown, i, &tail);
    }
}

static void reveal_ends(struct shown *shown, size_t budget)
{
    size_t tail = shown->cut ? 0 : budget / 2;
    size_t head = budget - budget / 2;

    for (size_t i = 0; i < shown->n_characters && head > 0; i++) {
        reveal(shown, i, &head);
    }
    for (size_t i = shown->n_characters; i-- > 0 && tail > 0;) {
        reveal(shown, i, &tail);
    }
}

/* First character, the sign, and the last label of the domain where the budget allows. */
static void reveal_email(struct shown *shown, size_t budget)
{
    size_t point = shown->n_characters;

    reveal(shown, 0, &budget);
    for (size_t i = 0; i < shown->n_characters; i++) {
        if (shown->codes[i] == '@') {
            reveal(shown, i, &budget);
        }
        point = shown->codes[i] == '.' ? i : point;
    }
    if (!shown->cut && shown->n_characters - point <= budget) {
        for (size_t i = point; i < shown->n_characters; i++) {
            reveal(shown, i, &budget);
        }
    }
}

/* What may be shown as it is: short ASCII codes, and words that are flags. */
static bool is_harmless(const char *bytes, size_t size)
{
    static const char *const flags[] = {"是", "否", "有", "无"};

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (size == strlen(flags[i]) && memcmp(bytes, flags[i], size) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] < ' ' || bytes[i] > '~') {
            return false;
        }
    }
    return size <= 3;
}

static void choose(struct shown *shown, enum dc_mask_style style)
{
    size_t budget = shown->n_characters / 3;

    switch (style) {
    case DC_MASK_MIDDLE:
        reveal_ends(shown, budget);
        break;
    case DC_MASK_NAME:
        budget = budget > 1 ? 1 : budget;
        reveal(shown, 0, &budget);
        break;
    case DC_MASK_EMAIL:
        reveal_email(shown, budget);
        break;
    case DC_MASK_ALL:
        break;
    case DC_MASK_NONE:
        reveal_structure(shown, &budget);
        reveal_letters(shown, budget);
        break;
    }
}

static void copy_text(char out[DC_EXAMPLE_SIZE], const char *text, size_t size)
{
    memcpy(out, text, size);
    out[size] = '\0';
}

static void write_shown(const struct shown *shown, bool more, char out[DC_EXAMPLE_SIZE])
{
    static const char dots[] = "…";
    size_t used = 0;

    for (size_t i = 0; i < shown->n_characters; i++) {
        if (shown->clear[i]) {
            memcpy(out + used, shown->bytes + shown->start[i], shown->sizes[i]);
            used += shown->sizes[i];
        } else {
            out[used++] = '*';
        }
    }
    copy_text(out + used, dots, more ? sizeof dots - 1 : 0);
}

/* A third of 40 characters of four bytes, stars for the rest, the dots. */
_Static_assert(MAX_SHOWN / 3 * 4 + MAX_SHOWN - MAX_SHOWN / 3 + 4 <= DC_EXAMPLE_SIZE,
               "an example fits");

void dc_mask_value(const char *bytes, size_t size, bool truncated, enum dc_mask_style style,
                   char out[DC_EXAMPLE_SIZE])
{
    static const char hidden[] = "******";
    struct shown shown;

    if (style == DC_MASK_ALL) {
        /* Of a value that is those very stars, another number of them. */
        bool same = size == sizeof hidden - 1 && memcmp(bytes, hidden, size) == 0;

        copy_text(out, hidden, sizeof hidden - (same ? 2 : 1));
        return;
    }
    if (style == DC_MASK_NONE && !truncated && is_harmless(bytes, size)) {
        copy_text(out, bytes, size);
        return;
    }
    read_characters(bytes, size, &shown);
    choose(&shown, style);
    write_shown(&shown, shown.cut || truncated, out);
    if (strlen(out) == size && memcmp(out, bytes, size) == 0) {
        dc_mask_value(bytes, size, truncated, DC_MASK_ALL, out);
    }
}
