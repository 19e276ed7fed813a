/* Words written without a gap: "suppliername", "custcode", "isdeleted". */
#include <string.h>

#include "name_glue.h"

#define MIN_TOKEN       5  /* letters of a token that is worth cutting */
#define MAX_TOKEN       64 /* longer ones are no identifiers of people */
#define MIN_PARTIAL     9  /* letters of a token of which a part may stay unexplained */
#define PARTIAL_WORD    5  /* letters of the words that may explain such a token */
#define LONG_WORD       7  /* letters of a word that is hardly in a token by chance */
#define MIN_GAP         3 /* letters of what stays unexplained: fewer are an ending of the word itself */
#define MAX_ABBREVIATED 9 /* letters of a token that may begin with an abbreviation of three */
#define NEVER           (-1000000)

/* The best way to cut the first letters of a token. */
struct cut {
    int score;
    size_t from;
    const struct form_group *group; /* NULL: a letter left unexplained */
};

struct cutting {
    const struct lexicon *lexicon;
    const char *letters;
    size_t size;
    bool pinyin;
    struct cut cuts[MAX_TOKEN + 1];
};

static bool is_english(const struct form_group *group)
{
    return group->kind == FORM_LISTED || group->kind == FORM_INFLECTED;
}

/* What short words at the end of a token are more often: the ending of one long word (pack-age, descript-or). */
static bool is_short_ending(const char *letters, size_t size)
{
    static const char endings[] = " age al an ant as ate ble ed en ent er es ful ic in ing ion is "
                                  "ism ist ive ly on or ous ry ty us ";
    char wanted[6] = {' '};

    memcpy(wanted + 1, letters, size);
    wanted[size + 1] = ' ';
    return strstr(endings, wanted) != NULL;
}

static bool is_verb_form(const struct form_group *group, const char *letters, size_t size)
{
    return group->kind == FORM_INFLECTED && size > 3 &&
           (memcmp(letters + size - 2, "ed", 2) == 0 || memcmp(letters + size - 3, "ing", 3) == 0);
}

/*
 * Whether a word of the lexicon may be a piece at this place. Two letters stand only at an end, beside a long rest ("orderid", "isdeleted");
 * abbreviations of three letters begin or end a token, and begin only one of two words ("invcode", not "ext-ended-time").
 */
static bool may_be_piece(const struct cutting *cutting, size_t from, size_t to,
                         const struct form_group *group)
{
    size_t size = to - from;
    bool last = to == cutting->size;

    if (group->kind == FORM_PINYIN) {
        return cutting->pinyin && size >= 4;
    }
    if (group->kind == FORM_PINYIN_GIVEN) {
        return cutting->pinyin && size >= 3;
    }
    if (size <= 3 && last && is_short_ending(cutting->letters + from, size)) {
        return false;
    }
    if (is_verb_form(group, cutting->letters + from, size) &&
        from - cutting->cuts[from].from == 3) {
        return false; /* ext-ended, not "ended" */
    }
    if (size == 2) {
        return last ? from >= 4 : from == 0 && cutting->size - to >= 6;
    }
    if (size == 3 && group->kind == FORM_ABBREVIATION) {
        return last || (from == 0 && cutting->size <= MAX_ABBREVIATED);
    }
    return size >= 3;
}

/* Longer words are surer, fewer are likelier. */
static int piece_score(const struct form_group *group, size_t size)
{
    int score = (int)size * 10 - 7 - (size <= 3 ? 12 : 0);

    return is_english(group) ? score : score - 3;
}

static void relax(struct cutting *cutting, size_t from, size_t to, const struct form_group *group,
                  int score)
{
    score += cutting->cuts[from].score;
    if (score > cutting->cuts[to].score) {
        cutting->cuts[to] = (struct cut){score, from, group};
    }
}

/* All words that start at a letter of the token; `partial` takes the long English ones only. */
static void try_words(struct cutting *cutting, size_t from, bool partial)
{
    uint32_t node = TRIE_ROOT;

    for (size_t at = from; at < cutting->size; at++) {
        const struct form_group *group;

        node = dc_trie_step(&cutting->lexicon->tries[SPACE_LATIN], node, cutting->letters[at]);
        if (node == TRIE_NONE) {
            return;
        }
        group = dc_lexicon_group(cutting->lexicon, SPACE_LATIN, node);
        if (group == NULL) {
            continue;
        }
        if (partial ? is_english(group) && at + 1 - from >= PARTIAL_WORD
                    : may_be_piece(cutting, from, at + 1, group)) {
            relax(cutting, from, at + 1, group, piece_score(group, at + 1 - from));
        }
    }
}

static void cut_all(struct cutting *cutting, bool partial)
{
    cutting->cuts[0] = (struct cut){0, 0, NULL};
    for (size_t i = 1; i <= cutting->size; i++) {
        cutting->cuts[i] = (struct cut){NEVER, 0, NULL};
    }
    for (size_t i = 0; i < cutting->size; i++) {
        if (cutting->cuts[i].score <= NEVER) {
            continue;
        }
        try_words(cutting, i, partial);
        if (partial) {
            relax(cutting, i, i + 1, NULL, 0);
        }
    }
}

/* Reads the pieces off the best cut; false when there are too many. */
static bool collect(const struct cutting *cutting, size_t start, struct name_pieces *out)
{
    out->n_items = 0;
    for (size_t at = cutting->size; at > 0; at = cutting->cuts[at].from) {
        const struct cut *cut = &cutting->cuts[at];

        if (cut->group == NULL) {
            continue;
        }
        if (out->n_items == MAX_PIECES) {
            return false;
        }
        memmove(out->items + 1, out->items, out->n_items * sizeof *out->items);
        out->items[0] = (struct name_piece){start + cut->from, start + at, cut->group};
        out->n_items++;
    }
    return out->n_items > 0;
}

/* Whole cover makes sense when one piece at least is a long one. */
static bool is_sound(const struct name_pieces *pieces)
{
    for (size_t i = 0; i < pieces->n_items; i++) {
        if (pieces->items[i].end - pieces->items[i].start >= 4) {
            return true;
        }
    }
    return false;
}

/* What stays unexplained at the end of a token is often just how a word ends: product-ivity, person-ality. */
static bool is_ending(const char *letters, size_t size)
{
    static const char *const endings[] = {
        "able",  "ality", "ally", "ance",  "ant",     "ation", "ative", "ence",  "ful",
        "ial",   "ible",  "ical", "ified", "ion",     "ional", "ish",   "ism",   "ist",
        "istic", "ity",   "ive",  "ivity", "ization", "ized",  "izer",  "izing", "less",
        "ment",  "ness",  "ship", "sion",  "tion",    "ures",  "ward"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (size == strlen(endings[i]) && memcmp(letters, endings[i], size) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * Partial cover makes sense when six letters in ten are explained, or four by long words, and every gap is long enough to be a word of its own.
 */
static bool is_mostly_covered(const struct cutting *cutting, size_t start,
                              const struct name_pieces *pieces)
{
    size_t covered = 0, at = start;
    bool all_long = true;

    for (size_t i = 0; i <= pieces->n_items; i++) {
        size_t next = i < pieces->n_items ? pieces->items[i].start : start + cutting->size;

        if (next > at &&
            (next - at < MIN_GAP || is_ending(cutting->letters + (at - start), next - at))) {
            return false;
        }
        if (i < pieces->n_items) {
            at = pieces->items[i].end;
            covered += at - next;
            all_long = all_long && at - next >= LONG_WORD;
        }
    }
    return covered * 10 >= cutting->size * (all_long ? 4U : 6U);
}

/* A small letter in front that only tells the type or the system: fnumber, cvencode. The rest has to be a word for sure. */
static bool cut_behind_letter(struct cutting *cutting, size_t start, struct name_pieces *out)
{
    if (cutting->size < 7 || memchr("bcdfinsv", cutting->letters[0], 8) == NULL) {
        return false;
    }
    cutting->letters++;
    cutting->size--;
    cut_all(cutting, false);
    return cutting->cuts[cutting->size].score > 0 && collect(cutting, start + 1, out) &&
           is_sound(out);
}

bool dc_glue_cut(const struct lexicon *lexicon, const struct name_text *text, size_t start,
                 size_t end, bool pinyin, struct name_pieces *out)
{
    struct cutting cutting;

    if (end - start < MIN_TOKEN || end - start > MAX_TOKEN) {
        return false;
    }
    cutting.lexicon = lexicon;
    cutting.letters = text->folded + start;
    cutting.size = end - start;
    cutting.pinyin = pinyin;
    cut_all(&cutting, false);
    if (cutting.cuts[cutting.size].score > 0 && collect(&cutting, start, out) && is_sound(out)) {
        return true;
    }
    if (cutting.size >= MIN_PARTIAL) {
        cut_all(&cutting, true);
        if (collect(&cutting, start, out) && is_mostly_covered(&cutting, start, out)) {
            return true;
        }
    }
    return cut_behind_letter(&cutting, start, out);
}
