/* Words of rules in texts: Chinese ones anywhere, others as whole words. */
#include <ctype.h>
#include <string.h>

#include "dcscan/text.h"

#include "classify_internal.h"

static bool is_word_byte(char byte)
{
    return isalnum((unsigned char)byte) != 0;
}

/* Next place of a folded word in a folded text, or NULL. */
static const char *next_place(const char *text, const char *from, const char *word)
{
    bool latin = (unsigned char)word[0] < 0x80 && is_word_byte(word[0]);

    for (const char *at = strstr(from, word); at != NULL; at = strstr(at + 1, word)) {
        const char *end = at + strlen(word);

        if (!latin || ((at == text || !is_word_byte(at[-1])) && !is_word_byte(*end))) {
            return at;
        }
    }
    return NULL;
}

/* Whether [at, at + size) lies inside a place of one of the words. */
static bool inside(struct dc_arena *arena, const char *text, const char *at, size_t size,
                   const struct dc_texts *words)
{
    for (size_t i = 0; words != NULL && i < words->n_items; i++) {
        const char *word = dc_text_fold(arena, words->items[i]);
        const char *place = word[0] == '\0' ? NULL : next_place(text, text, word);

        for (; place != NULL; place = next_place(text, place + 1, word)) {
            if (place <= at && at + size <= place + strlen(word)) {
                return true;
            }
        }
    }
    return false;
}

/* Identifiers are words apart: camel case and separators become blanks. */
static const char *spread(struct dc_arena *arena, const char *text)
{
    size_t size = strlen(text), n = 0;
    char *out = dc_arena_alloc(arena, size * 2 + 1);

    for (size_t i = 0; i < size; i++) {
        bool camel = i > 0 && isupper((unsigned char)text[i]) != 0 &&
                     islower((unsigned char)text[i - 1]) != 0;

        if (camel) {
            out[n++] = ' ';
        }
        out[n++] = text[i] == '_' || text[i] == '-' ? ' ' : text[i];
    }
    out[n] = '\0';
    return dc_text_fold(arena, out);
}

const char *classify_find_word(struct dc_arena *arena, const char *text,
                               const struct dc_texts *words, const struct dc_texts *not_words)
{
    const char *spaced;

    if (text == NULL || text[0] == '\0' || words->n_items == 0) {
        return NULL;
    }
    spaced = spread(arena, text);
    for (size_t i = 0; i < words->n_items; i++) {
        const char *word = dc_text_fold(arena, words->items[i]);
        const char *place = word[0] == '\0' ? NULL : next_place(spaced, spaced, word);

        for (; place != NULL; place = next_place(spaced, place + 1, word)) {
            if (!inside(arena, spaced, place, strlen(word), not_words)) {
                return words->items[i];
            }
        }
    }
    return NULL;
}
