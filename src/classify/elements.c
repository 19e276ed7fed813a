/*
 * Chemical composition: columns C, Si, Mn, P, S … are the contents of an analysis. A letter alone means nothing; several symbols side by
 * side in one table, the common ones of an alloy among them, do.
 */
#include <ctype.h>
#include <string.h>

#include "dcscan/text.h"

#include "classify_internal.h"

#define ENOUGH        4 /* symbols in a table */
#define ENOUGH_COMMON 2 /* of those that any analysis of an alloy has */
#define MAX_SYMBOL    2

static bool is_in(const char *list, const char *token, size_t size)
{
    char wanted[12] = {' '};

    if (size == 0 || size + 3 > sizeof wanted) {
        return false;
    }
    memcpy(wanted + 1, token, size);
    wanted[size + 1] = ' ';
    return strstr(list, wanted) != NULL;
}

static bool is_symbol(const char *token, size_t size)
{
    return size <= MAX_SYMBOL &&
           is_in(" c si mn p s cr ni mo cu al ti v nb w b n o h co sn as sb pb zn "
                 "fe mg ca ce zr bi ag sr cd ta ",
                 token, size);
}

static bool is_common(const char *token, size_t size)
{
    return is_in(" si mn cr ni cu fe mg al zn ", token, size);
}

/* What stands beside a symbol and leaves it one: value, content, percent, element. */
static bool is_beside(const char *token, size_t size)
{
    return is_in(
        " el elem element chem val value pct percent content cont hl cf ys result res rate ", token,
        size);
}

/* The symbol a column is named after ("c", "SI_VAL", "el_mn"), or NULL. */
static const char *symbol_of(struct dc_arena *arena, const char *name, size_t *size)
{
    const char *text = dc_text_fold(arena, name), *found = NULL;

    while (*text != '\0') {
        size_t n = 0;

        while (isalpha((unsigned char)text[n]) != 0) {
            n++;
        }
        if (n == 0 && strchr("_- %.", *text) == NULL) {
            return NULL;
        }
        if (n > 0 && found == NULL && is_symbol(text, n)) {
            found = text;
            *size = n;
        } else if (n > 0 && !is_beside(text, n)) {
            return NULL;
        }
        text += n == 0 ? 1 : n;
    }
    return found;
}

void classify_read_elements(struct table_work *work)
{
    int concept = dc_taxonomy_concept(work_taxonomy(work), "chemical_element");
    bool *named = dc_arena_alloc(work->arena, work->n_columns + 1);
    size_t n = 0, n_common = 0;

    if (concept == DC_NO_INDEX) {
        return;
    }
    for (size_t i = 0; i < work->n_columns; i++) {
        size_t size = 0;
        const char *symbol = symbol_of(work->arena, work->columns[i].column->name, &size);

        named[i] = symbol != NULL && work->columns[i].readings[FROM_COMMENT].n_words == 0;
        n += named[i];
        n_common += named[i] && is_common(symbol, size);
    }
    for (size_t i = 0; n >= ENOUGH && n_common >= ENOUGH_COMMON && i < work->n_columns; i++) {
        struct reading *reading = &work->columns[i].readings[FROM_NAME];

        if (named[i]) {
            reading->words = dc_arena_alloc(work->arena, sizeof *reading->words);
            reading->words[0] = (struct word){
                .concept = concept, .strength = 1.0, .text = work->columns[i].column->name};
            reading->n_words = 1;
            reading->covered = 1.0;
        }
    }
}
