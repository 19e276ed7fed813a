/* Reading a prepared text: the best row of words that explains it. Private to the detect layer. */
#ifndef DCSCAN_DETECT_NAME_READ_H
#define DCSCAN_DETECT_NAME_READ_H

#include "dcscan/detect.h"
#include "lexicon.h"
#include "name_text.h"

struct name_index_known;

struct dc_name_index {
    struct lexicon lexicon;
    struct name_index_known *known;
};

/* Hits as they are found; `items` has room for one hit a byte of the text. */
struct name_hits {
    struct dc_name_hit *items;
    size_t n_items;
};

struct name_reader {
    const struct lexicon *lexicon;
    const struct name_text *text;
    struct dc_arena *arena;
    bool identifier; /* pinyin counts, prefixes are known */
};

/* Adds the hit for a group read at [start, end). `choice` is one of the group's concepts. */
struct dc_name_hit *dc_name_hit_add(const struct name_reader *reader, struct name_hits *hits,
                                    size_t start, size_t end, const struct form_group *group,
                                    int choice);
/* Everything but initials, left to right. */
void dc_name_read_words(const struct name_reader *reader, struct name_hits *hits);
/* Adds, in place, what unread tokens mean as pinyin initials. `from`: bytes in front of it are a dropped prefix. */
void dc_name_read_initials(const struct name_reader *reader, size_t from, struct name_hits *hits);

/* Whether a single letter is one that people put in front of names to tell a type. */
bool dc_name_is_prefix_letter(char letter);
/* End of a leading token that only says what kind of thing is named (t_, tbl_, F of FName), with the separator behind it; 0: there is none. */
size_t dc_name_prefix_end(const struct name_text *text);

/* Where the head of a comment ends. */
size_t dc_comment_head(const struct name_text *text);

struct name_index_known *dc_name_known_create(const struct dc_taxonomy *taxonomy);
void dc_name_known_destroy(struct name_index_known *known);

#endif
