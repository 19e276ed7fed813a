/* Pinyin of Chinese words: every way to read and to spell them, within a bound. */
#include <string.h>

#include "dcscan/text.h"
#include "lexicon.h"
#include "pinyin.h"

#define MAX_CHARACTERS 10 /* of a word; longer ones are never spelled out in identifiers */
#define MAX_PRODUCT \
    8 /* spellings of a word up to which all combinations of its characters' readings are taken */
#define MAX_KEY 96

/* One character of a word: its spellings, or the Latin letter that it is. */
struct place {
    struct pinyin_reading readings[PINYIN_MAX];
    size_t n_readings;
    size_t n_initials; /* different first letters among the common readings */
    char initials[PINYIN_MAX];
};

static void set_initials(struct place *place)
{
    for (size_t i = 0; i < place->n_readings; i++) {
        char letter = place->readings[i].letters[0];

        if (place->readings[i].rare || letter == '\0') {
            continue;
        }
        if (memchr(place->initials, letter, place->n_initials) == NULL) {
            place->initials[place->n_initials++] = letter;
        }
    }
}

/* The places of a word; 0 when a character has no pinyin and is no letter or digit, or there are too many. */
static size_t read_places(const char *word, struct place places[MAX_CHARACTERS])
{
    size_t size = strlen(word), n = 0;

    for (size_t i = 0; i < size;) {
        uint32_t code;
        struct place *place = &places[n];

        i += dc_utf8_next(word + i, size - i, &code);
        if (n == MAX_CHARACTERS) {
            return 0;
        }
        memset(place, 0, sizeof *place);
        if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
            place->readings[0] = (struct pinyin_reading){{(char)code}, 1, false};
            place->n_readings = 1;
        } else {
            place->n_readings = dc_pinyin_readings(code, place->readings);
        }
        if (place->n_readings == 0) {
            return 0;
        }
        set_initials(place);
        n++;
    }
    return n;
}

/* How many ways a place can be written: letters where initials are wanted, else spellings. */
static size_t n_choices(const struct place *place, bool initials)
{
    return initials ? place->n_initials : place->n_readings;
}

static size_t write_place(const struct place *place, size_t choice, bool initials, char *out)
{
    if (initials) {
        out[0] = place->initials[choice];
        return 1;
    }
    memcpy(out, place->readings[choice].letters, place->readings[choice].size);
    return place->readings[choice].size;
}

static void add_spelling(struct forms *forms, const struct place *places, const size_t *choices,
                         size_t n_places, bool initials, const struct form *word)
{
    struct form form = *word;
    char key[MAX_KEY];
    size_t size = 0;

    for (size_t i = 0; i < n_places; i++) {
        size += write_place(&places[i], choices[i], initials, key + size);
    }
    form.kind = initials ? FORM_INITIALS : FORM_PINYIN;
    form.key = dc_arena_strndup(forms->arena, key, size);
    form.size = (uint32_t)size;
    form.characters = (uint16_t)size;
    dc_forms_add(forms, form);
}

/* Every combination of choices, like a number whose digits have a base of their own each. */
static void add_product(struct forms *forms, const struct place *places, size_t n_places,
                        bool initials, const struct form *word)
{
    size_t choices[MAX_CHARACTERS] = {0};
    size_t i = 0;

    while (i < n_places) {
        add_spelling(forms, places, choices, n_places, initials, word);
        for (i = 0; i < n_places && ++choices[i] == n_choices(&places[i], initials); i++) {
            choices[i] = 0;
        }
    }
}

/* The commonest readings, then one character at a time read otherwise. */
static void add_single_changes(struct forms *forms, const struct place *places, size_t n_places,
                               bool initials, const struct form *word)
{
    size_t choices[MAX_CHARACTERS] = {0};

    add_spelling(forms, places, choices, n_places, initials, word);
    for (size_t i = 0; i < n_places; i++) {
        for (choices[i] = 1; choices[i] < n_choices(&places[i], initials); choices[i]++) {
            add_spelling(forms, places, choices, n_places, initials, word);
        }
        choices[i] = 0;
    }
}

static void add_ways(struct forms *forms, const struct place *places, size_t n_places,
                     bool initials, const struct form *word)
{
    size_t ways = 1;

    for (size_t i = 0; i < n_places; i++) {
        ways *= n_choices(&places[i], initials);
    }
    if (ways == 0) {
        return; /* a character without a common reading has no initial */
    }
    if (ways <= MAX_PRODUCT) {
        add_product(forms, places, n_places, initials, word);
    } else {
        add_single_changes(forms, places, n_places, initials, word);
    }
}

void dc_forms_add_pinyin(struct forms spaces[N_SPACES], const struct form *word)
{
    struct place places[MAX_CHARACTERS];
    size_t n = read_places(word->key, places);

    /* One syllable alone is too often an English word or a part of one. */
    if (n < 2) {
        return;
    }
    add_ways(&spaces[SPACE_LATIN], places, n, false, word);
    add_ways(&spaces[SPACE_INITIALS], places, n, true, word);
}
