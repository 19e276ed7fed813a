/* The forms in which listed words appear: English with its inflections, abbreviations, given pinyin, Chinese. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "lexicon.h"

#define MAX_INFLECTED 12 /* letters; longer words are hardly verbs */
#define MIN_LONG_WORD 4  /* letters of words whose vowels are dropped */
#define MIN_SKELETON  4  /* letters left of a word; fewer could be of any */
#define MIN_PHRASE    5  /* letters left of a phrase */

void dc_forms_add(struct forms *forms, struct form form)
{
    forms->items = dc_array_grow(forms->items, forms->n_items, &forms->capacity,
                                 sizeof *forms->items);
    forms->items[forms->n_items++] = form;
}

static bool is_letter(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_letter_or_digit(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9');
}

static bool is_vowel(char byte)
{
    return byte != '\0' && strchr("aeiou", byte) != NULL;
}

/* Letters and digits of a folded text run together; *blank tells whether anything stood between them. */
static char *squeeze(struct dc_arena *arena, const char *folded, size_t *size, bool *blank)
{
    char *out = dc_arena_alloc(arena, strlen(folded) + 1);

    *size = 0;
    *blank = false;
    for (const char *byte = folded; *byte != '\0'; byte++) {
        if (is_letter_or_digit(*byte)) {
            out[(*size)++] = *byte;
        } else {
            *blank = true;
        }
    }
    return out;
}

/* One more form of a word: its first `keep` letters and an ending. */
static void add_ending(struct forms *forms, const struct form *word, size_t keep,
                       const char *ending)
{
    struct form form = *word;

    form.key = dc_arena_printf(forms->arena, "%.*s%s", (int)keep, word->key, ending);
    form.size = (uint32_t)strlen(form.key);
    form.characters = (uint16_t)form.size;
    if (word->kind == FORM_LISTED) {
        form.kind = FORM_INFLECTED;
    }
    dc_forms_add(forms, form);
}

static bool ends_in(const struct form *word, const char *ending)
{
    size_t size = strlen(ending);

    return word->size > size && memcmp(word->key + word->size - size, ending, size) == 0;
}

/* Plural of a singular, singular of a plural. */
static void add_numbers(struct forms *forms, const struct form *word)
{
    char last = word->key[word->size - 1];
    char before = word->key[word->size - 2];

    if (ends_in(word, "ies")) {
        add_ending(forms, word, word->size - 3, "y");
    } else if (last == 's' && strchr("siu", before) == NULL) {
        if (word->size == 2) {
            return; /* os: no plural of a letter */
        }
        add_ending(forms, word, word->size - 1, "");
    } else if (last == 's' || last == 'x' || last == 'z' || ends_in(word, "ch") ||
               ends_in(word, "sh")) {
        add_ending(forms, word, word->size, "es");
    } else if (last == 'y' && !is_vowel(before)) {
        add_ending(forms, word, word->size - 1, "ies");
    } else if (is_letter(last)) {
        add_ending(forms, word, word->size, "s");
    }
}

/* ship → shipping, plan → planned: one short syllable doubles its last letter. */
static bool doubles_last(const struct form *word)
{
    const char *end = word->key + word->size;

    return word->size >= 3 && word->size <= 5 && !is_vowel(end[-1]) && is_vowel(end[-2]) &&
           !is_vowel(end[-3]) && strchr("wxy", end[-1]) == NULL;
}

/* The -ing and -ed forms, as if every word were a verb: those of nouns are never met, and cost a few nodes only. */
static void add_verb_forms(struct forms *forms, const struct form *word)
{
    char last = word->key[word->size - 1];

    if (word->size > MAX_INFLECTED || ends_in(word, "ing") || ends_in(word, "ed") ||
        ends_in(word, "ion") || ends_in(word, "ment") || last == 's') {
        return;
    }
    if (last == 'e') {
        add_ending(forms, word, word->size - 1, "ing");
        add_ending(forms, word, word->size, "d");
        return;
    }
    add_ending(forms, word, word->size, "ing");
    if (last == 'y' && !is_vowel(word->key[word->size - 2])) {
        add_ending(forms, word, word->size - 1, "ied");
    } else {
        add_ending(forms, word, word->size, "ed");
    }
    if (doubles_last(word)) {
        char doubled[5] = {last, 'i', 'n', 'g', '\0'};

        add_ending(forms, word, word->size, doubled);
        memcpy(doubled + 1, "ed", sizeof "ed");
        add_ending(forms, word, word->size, doubled);
    }
}

static bool all_letters(const struct form *word)
{
    for (size_t i = 0; i < word->size; i++) {
        if (!is_letter(word->key[i])) {
            return false;
        }
    }
    return true;
}

/* Appends a word's first letter and the consonants behind it, or a short word as it is; of a pair one only, unless `pairs`. */
static size_t add_consonants(const char *word, size_t size, bool pairs, char *out)
{
    size_t n = 0;

    if (size < MIN_LONG_WORD) {
        memcpy(out, word, size);
        return size;
    }
    for (size_t i = 0; i < size; i++) {
        if (i == 0 || (!is_vowel(word[i]) && (pairs || word[i] != out[n - 1]))) {
            out[n++] = word[i];
        }
    }
    return n;
}

/* The consonants of all words of a folded text; 0 where something else than letters is in it. */
static size_t join_consonants(const char *folded, bool pairs, char *out)
{
    size_t size = 0;

    for (const char *at = folded; *at != '\0';) {
        size_t letters = strspn(at, "abcdefghijklmnopqrstuvwxyz");

        if (letters == 0 && *at != ' ') {
            return 0;
        }
        size += add_consonants(at, letters, pairs, out + size);
        at += letters + (letters == 0);
    }
    return size;
}

/* cntct, spplr, splr, cntct phn: what is left of a word or phrase when its vowels are dropped, as people shorten names. */
static void add_skeletons(struct forms *forms, const struct form *word, const char *folded)
{
    size_t before = 0;

    for (int pairs = 1; pairs >= 0; pairs--) {
        char *key = dc_arena_alloc(forms->arena, word->size + 1);
        size_t size = join_consonants(folded, pairs != 0, key);
        struct form form = *word;

        if (size == before || size + 2 > word->size ||
            size < (word->phrase ? MIN_PHRASE : MIN_SKELETON)) {
            continue;
        }
        form.key = key;
        form.size = (uint32_t)size;
        form.characters = (uint16_t)size;
        form.kind = FORM_SKELETON;
        dc_forms_add(forms, form);
        before = size;
    }
}

/* Adds a word with its inflections; returns it; size 0 when it has no letters. */
static struct form add_latin(struct forms *forms, const char *text, int concept,
                             enum form_kind kind)
{
    struct form form = {.concept = concept, .kind = kind};
    const char *folded = dc_text_fold(forms->arena, text);
    size_t size;

    form.key = squeeze(forms->arena, folded, &size, &form.phrase);
    form.size = (uint32_t)size;
    form.characters = (uint16_t)size;
    if (size == 0 || size > UINT16_MAX) {
        form.size = 0;
        return form;
    }
    dc_forms_add(forms, form);
    if (kind == FORM_LISTED ? size >= 2 : kind == FORM_ABBREVIATION && size >= 3) {
        add_numbers(forms, &form);
    }
    if (kind == FORM_LISTED && size >= 3 && !form.phrase && all_letters(&form)) {
        add_verb_forms(forms, &form);
    }
    if (kind == FORM_LISTED) {
        add_skeletons(forms, &form, folded);
    }
    return form;
}

/* A folded Chinese word without blanks. */
static char *han_word(struct dc_arena *arena, const char *text)
{
    char *word = dc_text_fold(arena, text);
    size_t n = 0;

    for (const char *byte = word; *byte != '\0'; byte++) {
        if (*byte != ' ') {
            word[n++] = *byte;
        }
    }
    word[n] = '\0';
    return word;
}

static void add_han(struct forms spaces[N_SPACES], const struct dc_taxonomy *taxonomy, int concept,
                    size_t rank)
{
    const struct dc_concept *of = &taxonomy->concepts[concept];
    const char *word = han_word(spaces[SPACE_HAN].arena, of->zh.items[rank]);
    struct form form = {.key = word, .concept = concept, .kind = FORM_HAN, .rank = (uint16_t)rank};

    form.size = (uint32_t)strlen(word);
    form.characters = (uint16_t)dc_utf8_length(word, form.size);
    if (form.size == 0) {
        return;
    }
    dc_forms_add(&spaces[SPACE_HAN], form);
    if (!of->no_pinyin) {
        dc_forms_add_pinyin(spaces, &form);
    }
}

/* Words of other concepts that can mean this one too. */
static void add_also(struct forms spaces[N_SPACES], const char *text, int concept)
{
    struct form form = {.concept = concept, .kind = FORM_ALSO};

    if (is_letter_or_digit(dc_text_fold(spaces[SPACE_HAN].arena, text)[0])) {
        form = add_latin(&spaces[SPACE_LATIN], text, concept, FORM_ALSO);
        if (form.size >= 3) {
            add_numbers(&spaces[SPACE_LATIN], &form);
        }
        return;
    }
    form.key = han_word(spaces[SPACE_HAN].arena, text);
    form.size = (uint32_t)strlen(form.key);
    form.characters = (uint16_t)dc_utf8_length(form.key, form.size);
    dc_forms_add(&spaces[SPACE_HAN], form);
}

/* Given pinyin is read as a whole token like an abbreviation, and may be a part of a sequence of initials. */
static void add_given_pinyin(struct forms spaces[N_SPACES], const char *text, int concept)
{
    struct form form = add_latin(&spaces[SPACE_LATIN], text, concept, FORM_PINYIN_GIVEN);

    if (form.size > 0) {
        dc_forms_add(&spaces[SPACE_INITIALS], form);
    }
}

void dc_forms_add_concept(struct forms spaces[N_SPACES], const struct dc_taxonomy *taxonomy,
                          int concept)
{
    const struct dc_concept *of = &taxonomy->concepts[concept];

    for (size_t i = 0; i < of->zh.n_items; i++) {
        add_han(spaces, taxonomy, concept, i);
    }
    for (size_t i = 0; i < of->en.n_items; i++) {
        add_latin(&spaces[SPACE_LATIN], of->en.items[i], concept, FORM_LISTED);
    }
    for (size_t i = 0; i < of->abbr.n_items; i++) {
        add_latin(&spaces[SPACE_LATIN], of->abbr.items[i], concept, FORM_ABBREVIATION);
    }
    for (size_t i = 0; i < of->pinyin.n_items; i++) {
        add_given_pinyin(spaces, of->pinyin.items[i], concept);
    }
    for (size_t i = 0; i < of->also.n_items; i++) {
        add_also(spaces, of->also.items[i], concept);
    }
}
