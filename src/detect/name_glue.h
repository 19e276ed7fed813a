/* Cutting a token of glued words into pieces, and finding a word one edit away. Private to the detect layer. */
#ifndef DCSCAN_DETECT_NAME_GLUE_H
#define DCSCAN_DETECT_NAME_GLUE_H

#include "lexicon.h"
#include "name_text.h"

#define MAX_PIECES 8

struct name_piece {
    size_t start, end;
    const struct form_group *group;
};

struct name_pieces {
    struct name_piece items[MAX_PIECES]; /* left to right */
    size_t n_items;
};

/*
 * Cuts text[start, end), letters only, which is no word itself, into words; false when it makes no sense. With `pinyin`, words in pinyin
 * count too. Short words count only beside long ones, and unless they are long and explain most of it, words have to cover the whole token:
 * so "vin" is never seen in "province".
 */
bool dc_glue_cut(const struct lexicon *lexicon, const struct name_text *text, size_t start,
                 size_t end, bool pinyin, struct name_pieces *out);

/* The listed word of at least 7 letters that is one edit (replaced, missing, added, swapped letter) away, if it is the only one. */
const struct form_group *dc_fuzzy_find(const struct lexicon *lexicon, const char *letters,
                                       size_t size);

#endif
