/* A name or comment prepared for reading: folded, with the edges of its tokens. Private to the detect layer. */
#ifndef DCSCAN_DETECT_NAME_TEXT_H
#define DCSCAN_DETECT_NAME_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/alloc.h"

/* What lies in front of a byte of the folded text. */
enum name_edge {
    EDGE_NONE,  /* the inside of a token */
    EDGE_CAMEL, /* userID: before I */
    EDGE_DIGIT, /* between letters and digits */
    EDGE_HARD   /* start, end, a separator, or a change between Latin and Chinese */
};

struct name_text {
    char *folded; /* terminated */
    size_t size;
    uint8_t *edges; /* size + 1 of enum name_edge */
};

/* Folds at most `maximum` bytes of a text; what folding makes longer is cut again. */
void dc_name_text_init(struct name_text *text, const char *source, size_t maximum,
                       struct dc_arena *arena);

bool dc_is_latin_letter(char byte); /* a to z: the text is folded */
bool dc_is_latin(char byte);        /* letter or digit */
/* End of the token that starts at `at`, which stands on a Latin letter or digit. */
size_t dc_token_end(const struct name_text *text, size_t at);
/* Whether bytes [at, end) are letters only. */
bool dc_token_is_letters(const struct name_text *text, size_t at, size_t end);

#endif
