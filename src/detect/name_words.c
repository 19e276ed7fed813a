/*
 * Words of a text. Every word of the lexicon that fits between two edges is a way from its start to its end; longer words score higher
 * than the same letters in two shorter ones, unread letters score nothing; the best way from the start to the end of the text is taken.
 */
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "name_glue.h"
#include "name_read.h"

#define UNREACHED  (-1)
#define LETTER     10 /* score of a letter explained; a Chinese character counts as two */
#define WORD_COST  7  /* of every word, so that fewer words win */
#define GLUE_COST  6  /* of a token cut open */
#define FUZZY_COST 30

/* The best way to a byte of the text. */
struct way {
    int score;
    uint32_t from;
    const struct form_group *group;   /* the word read on the way; NULL: none */
    const struct name_pieces *pieces; /* or several, cut out of one token */
    bool fuzzy;
};

struct search {
    const struct name_reader *reader;
    const char *folded;
    size_t size;
    struct way *ways; /* size + 1 */
};

/* What a match has passed on its way over several tokens. */
struct crossing {
    bool separator, camel;
    bool
        single; /* a token of one letter next to a gap: more likely a prefix than a part of the word */
};

static void relax(struct search *search, size_t from, size_t to, const struct way *way, int score)
{
    struct way *there = &search->ways[to];

    score += search->ways[from].score;
    if (score > there->score) {
        *there = *way;
        there->score = score;
        there->from = (uint32_t)from;
    }
}

static void relax_word(struct search *search, size_t from, size_t to,
                       const struct form_group *group, int score)
{
    relax(search, from, to, &(struct way){.group = group}, score);
}

/* ---- Latin ---- */

static int latin_score(const struct form_group *group)
{
    int score = group->characters * LETTER - WORD_COST;

    switch (group->kind) {
    case FORM_LISTED:
        return score;
    case FORM_SKELETON:
    case FORM_PINYIN:
    case FORM_PINYIN_GIVEN:
        return score - 3;
    default:
        return score - 1;
    }
}

/* Whether a form may be read over what it crossed. Abbreviations and given pinyin are one token of the identifier. */
static bool is_allowed(const struct name_reader *reader, const struct form_group *group,
                       const struct crossing *crossing)
{
    switch (group->kind) {
    case FORM_LISTED:
    case FORM_INFLECTED:
        return group->phrase ||
               (!crossing->single && (!crossing->separator || group->characters >= 5));
    case FORM_ABBREVIATION:
        return !crossing->separator && !crossing->single &&
               (!crossing->camel || group->characters >= 3);
    case FORM_PINYIN_GIVEN:
        return reader->identifier && !crossing->separator && !crossing->single;
    case FORM_SKELETON:
        return reader->identifier && !crossing->single && (group->phrase || !crossing->separator);
    case FORM_PINYIN:
        return reader->identifier && !crossing->single && group->characters >= 4;
    default:
        return false;
    }
}

/* The start of the token behind a gap at `at`, or 0 where a word cannot go on: one sign that joins words, no more. */
static size_t next_token(const struct search *search, size_t at)
{
    bool joint = at + 1 < search->size && strchr("_- ./", search->folded[at]) != NULL;

    return joint && dc_is_latin(search->folded[at + 1]) ? at + 1 : 0;
}

static void note_crossing(const struct search *search, size_t left, size_t gap, size_t right,
                          struct crossing *crossing)
{
    const struct name_text *text = search->reader->text;

    if (text->edges[right] == EDGE_DIGIT) {
        return;
    }
    crossing->separator = crossing->separator || right > gap;
    crossing->camel = crossing->camel || right == gap;
    if ((gap - left == 1 && dc_name_is_prefix_letter(search->folded[left])) ||
        (right > gap && dc_token_end(text, right) - right == 1)) {
        crossing->single = true;
    }
}

/* All words that start with the token at `from`. Returns whether one of them is just this token. */
static bool try_latin(struct search *search, size_t from)
{
    const struct lexicon *lexicon = search->reader->lexicon;
    const struct name_text *text = search->reader->text;
    struct crossing crossing = {false, false, false};
    uint32_t node = TRIE_ROOT;
    size_t token = from, at = from;
    bool whole = false;

    while (at < search->size) {
        const struct form_group *group;
        size_t right;

        node = dc_trie_step(&lexicon->tries[SPACE_LATIN], node, search->folded[at++]);
        if (node == TRIE_NONE) {
            break;
        }
        if (text->edges[at] == EDGE_NONE) {
            continue;
        }
        group = dc_lexicon_group(lexicon, SPACE_LATIN, node);
        if (group != NULL && is_allowed(search->reader, group, &crossing)) {
            relax_word(search, from, at, group, latin_score(group));
            whole = whole || token == from;
        }
        right = at < search->size && dc_is_latin(search->folded[at]) ? at : next_token(search, at);
        if (right == 0) {
            break;
        }
        note_crossing(search, token, at, right, &crossing);
        token = at = right;
    }
    return whole;
}

static void try_glued(struct search *search, size_t from, size_t to)
{
    struct name_pieces pieces;
    struct name_pieces *kept;
    int score = -GLUE_COST;

    if (!dc_glue_cut(search->reader->lexicon, search->reader->text, from, to,
                     search->reader->identifier, &pieces)) {
        const struct form_group *near = dc_fuzzy_find(search->reader->lexicon,
                                                      search->folded + from, to - from);

        if (near != NULL) {
            relax(search, from, to, &(struct way){.group = near, .fuzzy = true},
                  (int)(to - from) * LETTER - FUZZY_COST);
        }
        return;
    }
    for (size_t i = 0; i < pieces.n_items; i++) {
        score += (int)(pieces.items[i].end - pieces.items[i].start) * LETTER - WORD_COST;
    }
    kept = dc_arena_alloc(search->reader->arena, sizeof *kept);
    *kept = pieces;
    relax(search, from, to, &(struct way){.pieces = kept}, score);
}

/* ---- Chinese ---- */

static bool is_foreign(char byte)
{
    return (unsigned char)byte >= 0x80;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Whether a Chinese word of two characters or more starts here. */
static bool starts_long_word(const struct search *search, size_t at)
{
    const struct lexicon *lexicon = search->reader->lexicon;
    uint32_t node = TRIE_ROOT;

    while (at < search->size) {
        const struct form_group *group;

        node = dc_trie_step(&lexicon->tries[SPACE_HAN], node, search->folded[at++]);
        if (node == TRIE_NONE) {
            return false;
        }
        group = dc_lexicon_group(lexicon, SPACE_HAN, node);
        if (group != NULL && group->characters > 1) {
            return true;
        }
    }
    return false;
}

/*
 * A word of one character is inside other words more often than it stands for itself: it counts at the end of a run (炉号), or between
 * the run's start or a word, and a word (总金额).
 */
static bool is_single_allowed(const struct search *search, size_t from, size_t to)
{
    bool ends = to == search->size || !is_foreign(search->folded[to]);
    bool starts = from == 0 || !is_foreign(search->folded[from - 1]);

    return ends || ((starts || search->ways[from].group != NULL) && starts_long_word(search, to));
}

/* Whether a word may end in front of byte `at`, of which the byte before belongs to it. */
static bool is_han_end(const struct search *search, size_t at)
{
    return is_foreign(search->folded[at - 1])
               ? at == search->size || !is_continuation(search->folded[at])
               : search->reader->text->edges[at] != EDGE_NONE;
}

/* A blank or underscore between Latin and Chinese parts of one word: VIN 码, bom_编号. */
static bool is_mixed_gap(const struct search *search, size_t at)
{
    return at > 0 && at + 1 < search->size && strchr(" _-", search->folded[at]) != NULL &&
           is_foreign(search->folded[at - 1]) != is_foreign(search->folded[at + 1]);
}

/* All Chinese words that start at `from`, which is a Chinese character or the start of a token. */
static void try_han(struct search *search, size_t from)
{
    const struct lexicon *lexicon = search->reader->lexicon;
    uint32_t node = TRIE_ROOT;
    int units = 0;

    for (size_t at = from; at < search->size;) {
        const struct form_group *group;

        if (at > from && is_mixed_gap(search, at)) {
            at++;
        }
        node = dc_trie_step(&lexicon->tries[SPACE_HAN], node, search->folded[at]);
        if (node == TRIE_NONE) {
            return;
        }
        units += is_foreign(search->folded[at]) ? (is_continuation(search->folded[at]) ? 0 : 2) : 1;
        at++;
        group = dc_lexicon_group(lexicon, SPACE_HAN, node);
        if (group != NULL && is_han_end(search, at) &&
            (group->characters > 1 || is_single_allowed(search, from, at))) {
            relax_word(search, from, at, group, units * LETTER - WORD_COST);
        }
    }
}

/* ---- pinyin initials over several short tokens ---- */

#define JOINT_LETTERS \
    4 /* letters of a word that initials on both sides of a separator make: cg_dd */
#define SHORT_TOKEN 5

/* What people put behind the word that a table is about: detail, head, line, information, record, list. */
static bool is_table_ending(const char *letters, size_t size)
{
    static const char *const endings[] = {"b",  "d",  "h",  "mx", "zb", "fb", "xx",
                                          "jl", "lb", "ls", "hz", "dj", "tz", "mxb"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (strlen(endings[i]) == size && memcmp(endings[i], letters, size) == 0) {
            return true;
        }
    }
    return false;
}

/* Word that initials of [from, …) make over at least two tokens: cg_dd, cg_ddmx (采购订单, 采购订单明细). */
static void try_joint_initials(struct search *search, size_t from)
{
    const struct lexicon *lexicon = search->reader->lexicon;
    const struct name_text *text = search->reader->text;
    uint32_t node = TRIE_ROOT;
    size_t letters = 0, token = from, end = dc_token_end(text, from);

    for (size_t at = from; at < search->size && end - token >= 2 && end - token <= SHORT_TOKEN;) {
        const struct form_group *group;

        node = dc_trie_step(&lexicon->tries[SPACE_INITIALS], node, search->folded[at++]);
        if (node == TRIE_NONE) {
            return;
        }
        letters++;
        group = letters < JOINT_LETTERS || token == from
                    ? NULL
                    : dc_lexicon_group(lexicon, SPACE_INITIALS, node);
        if (group != NULL && (at == end || is_table_ending(search->folded + at, end - at))) {
            relax_word(search, from, end, group, (int)letters * LETTER - WORD_COST - 2);
        }
        if (at == end) {
            token = next_token(search, at);
            if (token == 0) {
                return;
            }
            at = token;
            end = dc_token_end(text, token);
        }
    }
}

/* ---- the best way ---- */

/* Bytes of the character or token that is passed unread at `at`. */
static size_t unread_size(const struct search *search, size_t at)
{
    uint32_t code;

    if (dc_is_latin(search->folded[at])) {
        return dc_token_end(search->reader->text, at) - at;
    }
    return dc_utf8_next(search->folded + at, search->size - at, &code);
}

static void step(struct search *search, size_t at)
{
    size_t next = at + unread_size(search, at);

    relax(search, at, next, &(struct way){.group = NULL}, 0);
    if (is_foreign(search->folded[at])) {
        try_han(search, at);
    } else if (dc_is_latin(search->folded[at])) {
        try_han(search, at);
        if (search->reader->identifier) {
            try_joint_initials(search, at);
        }
        if (!try_latin(search, at) && dc_token_is_letters(search->reader->text, at, next)) {
            try_glued(search, at, next);
        }
    }
}

struct dc_name_hit *dc_name_hit_add(const struct name_reader *reader, struct name_hits *hits,
                                    size_t start, size_t end, const struct form_group *group,
                                    int choice)
{
    struct dc_name_hit *hit = &hits->items[hits->n_items++];

    *hit = (struct dc_name_hit){.concept = choice,
                                .start = (uint32_t)start,
                                .end = (uint32_t)end,
                                .characters = group->characters};
    hit->abbreviation = group->kind == FORM_ABBREVIATION || group->kind == FORM_SKELETON;
    hit->initials = group->kind == FORM_INITIALS;
    hit->pinyin = hit->initials || group->kind == FORM_PINYIN || group->kind == FORM_PINYIN_GIVEN;
    if (group->n_concepts > 1) {
        hit->alternatives = reader->lexicon->concepts + group->first;
        hit->n_alternatives = group->n_concepts;
    }
    return hit;
}

static void add_way(const struct search *search, const struct way *way, size_t end,
                    struct name_hits *hits)
{
    const struct name_reader *reader = search->reader;
    const int *concepts = reader->lexicon->concepts;

    /* Backwards here as well: the whole row is turned round afterwards. */
    for (size_t i = way->pieces == NULL ? 0 : way->pieces->n_items; i-- > 0;) {
        const struct name_piece *piece = &way->pieces->items[i];

        dc_name_hit_add(reader, hits, piece->start, piece->end, piece->group,
                        concepts[piece->group->first])
            ->glued = true;
    }
    if (way->group != NULL) {
        dc_name_hit_add(reader, hits, way->from, end, way->group, concepts[way->group->first])
            ->fuzzy = way->fuzzy;
    }
}

static void turn_round(struct name_hits *hits)
{
    for (size_t i = 0, j = hits->n_items; i + 1 < j; i++) {
        struct dc_name_hit hit = hits->items[i];

        hits->items[i] = hits->items[--j];
        hits->items[j] = hit;
    }
}

void dc_name_read_words(const struct name_reader *reader, struct name_hits *hits)
{
    struct search search = {reader, reader->text->folded, reader->text->size, NULL};

    search.ways = dc_arena_alloc(reader->arena, (search.size + 1) * sizeof *search.ways);
    for (size_t i = 1; i <= search.size; i++) {
        search.ways[i].score = UNREACHED;
    }
    for (size_t at = 0; at < search.size; at++) {
        if (search.ways[at].score != UNREACHED) {
            step(&search, at);
        }
    }
    for (size_t at = search.size; at > 0; at = search.ways[at].from) {
        add_way(&search, &search.ways[at], at, hits);
    }
    turn_round(hits);
}
