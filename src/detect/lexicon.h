/*
 * The lexicon compiled for reading names: every form in which a concept's words can appear, in three tries. Private to the detect layer.
 *
 *   latin     English words and phrases (letters and digits run together), their inflections, abbreviations, pinyin
 *   initials  first letters of the pinyin of Chinese words
 *   han       Chinese words, which may have Latin letters in them
 */
#ifndef DCSCAN_DETECT_LEXICON_H
#define DCSCAN_DETECT_LEXICON_H

#include "dcscan/taxonomy.h"
#include "name_trie.h"

/* How a form came about, in falling order of trust: where forms of several kinds are spelled alike, only the best kind is kept. */
enum form_kind {
    FORM_LISTED,       /* English word as listed */
    FORM_ABBREVIATION, /* as listed */
    FORM_PINYIN_GIVEN, /* as listed */
    FORM_INFLECTED,    /* plural, -ing, -ed of a listed word */
    FORM_SKELETON,     /* a listed word without its vowels: cntct, brnd, shpmnt */
    FORM_PINYIN,       /* derived from a Chinese word */
    FORM_INITIALS,     /* derived */
    FORM_HAN,          /* Chinese word as listed */
    FORM_ALSO          /* word of another concept that can mean this one too */
};

/* All forms spelled alike. */
struct form_group {
    enum form_kind kind;
    bool phrase;                /* listed with a blank inside */
    uint16_t characters;        /* Chinese characters of a Chinese word; letters of others */
    uint32_t first, n_concepts; /* what it can mean: concepts[first …], the likeliest first */
};

enum form_space { SPACE_LATIN, SPACE_INITIALS, SPACE_HAN, N_SPACES };

struct lexicon {
    const struct dc_taxonomy *taxonomy;
    struct trie tries[N_SPACES]; /* values are indexes in groups */
    struct form_group *groups;
    size_t n_groups, groups_capacity;
    int *concepts;
    size_t n_concepts, concepts_capacity;
};

void dc_lexicon_init(struct lexicon *lexicon, const struct dc_taxonomy *taxonomy);
void dc_lexicon_done(struct lexicon *lexicon);

/* The group that ends at a node, or NULL. */
const struct form_group *dc_lexicon_group(const struct lexicon *lexicon, enum form_space space,
                                          uint32_t node);

/* ---- lexicon_forms.c ---- */

/* A form before it is grouped. */
struct form {
    const char *key;
    uint32_t size;
    int concept;
    enum form_kind kind;
    bool phrase;
    uint16_t characters;
    uint16_t
        rank; /* of the word it comes from in its concept's list: what a concept means most stands first */
};

struct forms {
    struct form *items;
    size_t n_items, capacity;
    struct dc_arena *arena; /* keys */
};

/* All forms of a concept, each into its space. */
void dc_forms_add_concept(struct forms spaces[N_SPACES], const struct dc_taxonomy *taxonomy,
                          int concept);
void dc_forms_add(struct forms *forms, struct form form);

/* ---- lexicon_pinyin.c ---- */

/* Full pinyin and initials of a Chinese word (its key), all readings of its characters as far as their number is bounded. */
void dc_forms_add_pinyin(struct forms spaces[N_SPACES], const struct form *word);

#endif
