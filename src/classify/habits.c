/* What the columns of a table say of each other's names: the language they are in, and codes with their descriptions. */
#include <string.h>

#include "classify_internal.h"

#define ENGLISH_COLUMNS 4 /* from which the language of a table is known */
#define SHORT_INITIALS  3 /* letters that may as well shorten an English word */

/* ---- a table of English names holds no pinyin initials ---- */

static bool is_latin_word(const struct word *word)
{
    return !word->initials && !word->pinyin && (unsigned char)word->text[0] < 0x80;
}

/* The columns whose names are read in English, and those in pinyin or Chinese. */
static void count_languages(const struct table_work *work, size_t *english, size_t *chinese)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        const struct reading *reading = &work->columns[i].readings[FROM_NAME];
        size_t n = 0;

        for (size_t k = 0; k < reading->n_words; k++) {
            n += is_latin_word(&reading->words[k]);
        }
        *english += reading->n_words > 0 && n == reading->n_words && reading->covered > 0.6;
        *chinese += n < reading->n_words;
    }
}

void classify_doubt_initials(struct table_work *work)
{
    size_t english = 0, chinese = 0;

    count_languages(work, &english, &chinese);
    if (english < ENGLISH_COLUMNS || english < 3 * chinese) {
        return;
    }
    for (size_t i = 0; i < work->n_columns; i++) {
        struct reading *reading = &work->columns[i].readings[FROM_NAME];

        for (size_t k = 0; k < reading->n_words; k++) {
            struct word *word = &reading->words[k];

            if (word->initials && strlen(word->text) <= SHORT_INITIALS) {
                word->strength *= work->classifier->weights.against;
            }
        }
    }
}

/* ---- the description behind a code is the name of what the code stands for ---- */

static int role_at(const struct table_work *work, size_t column)
{
    return work->columns[column].meanings[FROM_NAME].role;
}

static bool has_name(const struct table_work *work)
{
    static const enum known_role names[] = {ROLE_NAME, ROLE_SHORT_NAME, ROLE_PERSON_NAME,
                                            ROLE_COMPANY_NAME};

    for (size_t i = 0; i < work->n_columns; i++) {
        if (classify_is_one_of(work->classifier, role_at(work, i), names,
                               sizeof names / sizeof *names)) {
            return true;
        }
    }
    return false;
}

static bool is_code(const struct table_work *work, size_t column)
{
    static const enum known_role codes[] = {ROLE_NUMBER, ROLE_REFERENCE, ROLE_KEY,
                                            ROLE_COUNT_OR_NUMBER};

    return work->columns[column].column->type == DC_TYPE_TEXT &&
           classify_is_one_of(work->classifier, role_at(work, column), codes,
                              sizeof codes / sizeof *codes);
}

void classify_name_descriptions(struct table_work *work)
{
    if (has_name(work)) {
        return;
    }
    for (size_t i = 1; i < work->n_columns; i++) {
        struct column_work *column = &work->columns[i];
        struct meaning *meaning = &column->meanings[FROM_NAME];

        if (classify_is_role(work->classifier, meaning->role, ROLE_DESCRIPTION) &&
            column->column->type == DC_TYPE_TEXT && column->meanings[FROM_COMMENT].strength <= 0 &&
            is_code(work, i - 1)) {
            meaning->role = work->classifier->roles[ROLE_NAME];
            return;
        }
    }
}
