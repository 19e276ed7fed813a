/*
 * Pinyin initials: gysmc is gys (供应商) and mc (名称). Two letters can mean many things, so a token counts only when words cover all of it,
 * three letters or more are read in a row, and a row of short words ends in an attribute, as names do. "id" at the end is the English word
 * behind the initials of a thing: yhid, sbid.
 */
#include <string.h>

#include "name_read.h"

#define MAX_LETTERS 12
#define MAX_TOKENS  16
#define UNREACHED   (-1)

/* The best row of words for the first letters of a token. */
struct cut {
    int score;
    size_t from;
    const struct form_group *group;
    int choice;
};

/* A token read as initials. */
struct token {
    size_t start, end;
    struct cut cuts[MAX_LETTERS + 1];
    bool all_long;  /* every word has three letters or more */
    bool ends_well; /* the last word is an attribute or speaks for itself */
};

static bool is_attribute(const struct name_reader *reader, int concept)
{
    enum dc_concept_kind kind = reader->lexicon->taxonomy->concepts[concept].kind;

    return kind == DC_CONCEPT_ATTRIBUTE || kind == DC_CONCEPT_TERM;
}

/* Of what a form can mean, the likeliest at its place: an attribute at the end of a name, anything else before. */
static int choose(const struct name_reader *reader, const struct form_group *group, bool last)
{
    const int *concepts = reader->lexicon->concepts + group->first;

    for (size_t i = 0; i < group->n_concepts; i++) {
        if (is_attribute(reader, concepts[i]) == last) {
            return concepts[i];
        }
    }
    return concepts[0];
}

static void try_words(const struct name_reader *reader, struct token *token, size_t from, bool last)
{
    const struct trie *trie = &reader->lexicon->tries[SPACE_INITIALS];
    const char *letters = reader->text->folded + token->start;
    size_t size = token->end - token->start;
    uint32_t node = TRIE_ROOT;

    for (size_t at = from; at < size; at++) {
        const struct form_group *group;
        struct cut cut = {0, from, NULL, 0};
        size_t length = at + 1 - from;

        node = dc_trie_step(trie, node, letters[at]);
        if (node == TRIE_NONE) {
            return;
        }
        group = length < 2 ? NULL : dc_lexicon_group(reader->lexicon, SPACE_INITIALS, node);
        if (group == NULL) {
            continue;
        }
        cut.group = group;
        cut.choice = choose(reader, group, last && at + 1 == size && from > 0);
        /* Longer words win by the square; an attribute in its place decides between equals. */
        cut.score = token->cuts[from].score + (int)(length * length) * 4 +
                    (is_attribute(reader, cut.choice) == (at + 1 == size) ? 1 : 0);
        /* Of equal ways the one whose first word is longer: 采购订单 明细, not 采购 订单明细. */
        if (cut.score >= token->cuts[at + 1].score) {
            token->cuts[at + 1] = cut;
        }
    }
}

static bool is_vowel(char letter)
{
    return letter == 'a' || letter == 'e' || letter == 'o';
}

/* Whether an English word can begin with these consonants. */
static bool is_onset(const char *letters, size_t size)
{
    static const char onsets[] =
        " bl br ch cl cr dr fl fr gl gr kn ph pl pr sc sh sk sl sm sn sp st sw th tr tw wh wr "
        "sch scr shr spl spr str thr ";
    char wanted[6] = {' '};

    if (size <= 1) {
        return true;
    }
    if (size > 3) {
        return false;
    }
    memcpy(wanted + 1, letters, size);
    wanted[size + 1] = ' ';
    return strstr(onsets, wanted) != NULL;
}

/*
 * Whether a token sounds like an English word: send, sell, node. Initials with a vowel among them hardly ever do (fkje, xse, ajbh): they begin
 * or end with consonants that English never has together. (With i, u or v a token is no row of initials anyway.)
 */
static bool is_pronounceable(const char *letters, size_t size)
{
    size_t first = 0, last = size;

    while (first < size && !is_vowel(letters[first])) {
        first++;
    }
    while (last > first && !is_vowel(letters[last - 1])) {
        last--;
    }
    return first < size && is_onset(letters, first) && size - last <= 2;
}

/* Reads one token; false when words do not cover all of it. `last`: nothing follows it in the name. */
static bool read_token(const struct name_reader *reader, struct token *token, bool last)
{
    size_t size = token->end - token->start;

    if (size < 2 || size > MAX_LETTERS ||
        !dc_token_is_letters(reader->text, token->start, token->end) ||
        (size > 2 && is_pronounceable(reader->text->folded + token->start, size))) {
        return false;
    }
    token->cuts[0] = (struct cut){0, 0, NULL, 0};
    for (size_t i = 1; i <= size; i++) {
        token->cuts[i].score = UNREACHED;
    }
    for (size_t i = 0; i < size; i++) {
        if (token->cuts[i].score != UNREACHED) {
            try_words(reader, token, i, last);
        }
    }
    if (token->cuts[size].score == UNREACHED) {
        return false;
    }
    token->all_long = true;
    for (size_t at = size; at > 0; at = token->cuts[at].from) {
        token->all_long = token->all_long && at - token->cuts[at].from >= 3;
    }
    token->ends_well = is_attribute(reader, token->cuts[size].choice);
    return true;
}

/* ---- id ---- */

/* Whether a token is consonants and "id": letters that begin no English word (grid, skid). */
static bool ends_in_id(const struct name_text *text, size_t start, size_t end)
{
    const char *letters = text->folded + start;
    size_t before = end - start < 4 ? 0 : end - start - 2;

    if (before == 0 || memcmp(letters + before, "id", 2) != 0 || is_onset(letters, before)) {
        return false;
    }
    for (size_t i = 0; i < before; i++) {
        if (is_vowel(letters[i]) || strchr("iuv", letters[i]) != NULL || !dc_is_latin(letters[i])) {
            return false;
        }
    }
    return true;
}

static const struct form_group *find_id(const struct lexicon *lexicon)
{
    const struct trie *trie = &lexicon->tries[SPACE_LATIN];
    uint32_t node = dc_trie_step(trie, TRIE_ROOT, 'i');

    node = node == TRIE_NONE ? TRIE_NONE : dc_trie_step(trie, node, 'd');
    return node == TRIE_NONE ? NULL : dc_lexicon_group(lexicon, SPACE_LATIN, node);
}

static void move_last(struct name_hits *hits, size_t place)
{
    struct dc_name_hit hit = hits->items[hits->n_items - 1];

    memmove(&hits->items[place + 1], &hits->items[place], (hits->n_items - 1 - place) * sizeof hit);
    hits->items[place] = hit;
}

/* Adds the hit of the word "id" that ends at `end`; returns how many were added. */
static size_t insert_id(const struct name_reader *reader, struct name_hits *hits, size_t place,
                        size_t end)
{
    const struct form_group *group = find_id(reader->lexicon);

    if (group == NULL) {
        return 0;
    }
    dc_name_hit_add(reader, hits, end - 2, end, group, reader->lexicon->concepts[group->first]);
    move_last(hits, place);
    return 1;
}

/* ---- rows ---- */

/* Puts the words of a token in front of the hit at `place`; returns how many they are. */
static size_t insert(const struct name_reader *reader, const struct token *token,
                     struct name_hits *hits, size_t place)
{
    size_t n = 0;

    for (size_t at = token->end - token->start; at > 0; at = token->cuts[at].from) {
        const struct cut *cut = &token->cuts[at];

        dc_name_hit_add(reader, hits, token->start + cut->from, token->start + at, cut->group,
                        cut->choice);
        move_last(hits, place);
        n++;
    }
    return n;
}

/* Tokens next to each other, all read as initials. */
struct row {
    struct token tokens[MAX_TOKENS];
    size_t n_tokens, letters;
    size_t beside; /* letters of tokens next to it that were read as pinyin */
    size_t place;  /* among the hits */
};

/* Keeps what makes sense of a row, and starts a new one. Returns how many hits were added. */
static size_t close_row(const struct name_reader *reader, struct row *row, struct name_hits *hits)
{
    size_t place = row->place;

    for (size_t i = 0; row->letters + row->beside >= 3 && i < row->n_tokens; i++) {
        const struct token *token = &row->tokens[i];
        bool single = token->cuts[token->end - token->start].from == 0;

        /* A word alone in its token is cut by the writer; several in one token are our guess. */
        if (single || token->all_long || token->ends_well) {
            place += insert(reader, token, hits, place);
        }
    }
    row->n_tokens = row->letters = row->beside = 0;
    return place - row->place;
}

/* Letters of the token at [start, end) if it is one word read as pinyin, else 0: what stands beside it is pinyin too. */
static size_t pinyin_letters(const struct name_hits *hits, size_t next, size_t start, size_t end)
{
    return next < hits->n_items && hits->items[next].start <= start &&
                   hits->items[next].end >= end && hits->items[next].pinyin
               ? end - start
               : 0;
}

/* Whether a hit touches bytes from `start` to `end`; *next is the first hit not wholly in front of them. */
static bool is_read(const struct name_hits *hits, size_t start, size_t end, size_t *next)
{
    while (*next < hits->n_items && hits->items[*next].end <= start) {
        (*next)++;
    }
    return *next < hits->n_items && hits->items[*next].start < end;
}

void dc_name_read_initials(const struct name_reader *reader, size_t from, struct name_hits *hits)
{
    const struct name_text *text = reader->text;
    struct row row = {.n_tokens = 0};
    size_t next = 0;

    for (size_t at = from, end; at < text->size; at = end) {
        struct token *token = &row.tokens[row.n_tokens];
        bool read;

        if (!dc_is_latin(text->folded[at])) {
            end = at + 1;
            if ((unsigned char)text->folded[at] >= 0x80) {
                next += close_row(reader, &row, hits); /* Chinese words may have been read here */
            }
            continue;
        }
        end = dc_token_end(text, at);
        read = is_read(hits, at, end, &next);
        *token = (struct token){.start = at, .end = end};
        if (read) {
            size_t beside = pinyin_letters(hits, next, at, end);

            row.beside += beside;
            next += close_row(reader, &row, hits);
            row.beside = beside;
            continue;
        }
        if (ends_in_id(text, at, end)) {
            token->end = end - 2;
            row.beside += 2;
            if (read_token(reader, token, false)) {
                row.place = row.n_tokens++ == 0 ? next : row.place;
                row.letters += token->end - at;
            }
            next += close_row(reader, &row, hits);
            next += insert_id(reader, hits, next, end);
            continue;
        }
        if (!read_token(reader, token, end == text->size)) {
            next += close_row(reader, &row, hits);
            continue;
        }
        row.place = row.n_tokens == 0 ? next : row.place;
        row.letters += end - at;
        if (++row.n_tokens == MAX_TOKENS) {
            next += close_row(reader, &row, hits);
        }
    }
    close_row(reader, &row, hits);
}
