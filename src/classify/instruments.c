/*
 * Columns of a control system are named after its instruments (ISA-5.1, GB/T 2625): what is measured, what is done with it, the number of
 * the loop: TI101, PIC_2301_PV, FT302.SP. One such name may be anything; several of different kinds side by side are a table of tags.
 */
#include <ctype.h>
#include <string.h>

#include "classify_internal.h"

#define ENOUGH       3 /* tags in a table */
#define MOST_LETTERS 5
#define MOST_DIGITS  6
#define FEW_DIGITS   3 /* without a sign between; fewer are the numbers of words: PIC01 */

enum tag_part { PART_MEASURED, PART_SET, N_TAG_PARTS };

struct tag_ending {
    const char *text;
    enum tag_part part;
};

/* A tag without an ending is the measured value; what a controller puts out is recorded like one. */
static const struct tag_ending endings[] = {
    {"", PART_MEASURED},     {"PV", PART_MEASURED},    {"PVAL", PART_MEASURED},
    {"VAL", PART_MEASURED},  {"VALUE", PART_MEASURED}, {"AVG", PART_MEASURED},
    {"MEAS", PART_MEASURED}, {"SP", PART_SET},         {"SV", PART_SET},
    {"SET", PART_SET},       {"SETP", PART_SET},       {"OP", PART_MEASURED},
    {"OUT", PART_MEASURED},  {"MV", PART_MEASURED},    {"CV", PART_MEASURED},
    {"CO", PART_MEASURED}};

struct tag {
    size_t letters;
    enum tag_part part;
};

/* First the variable (temperature, pressure, flow, level …), then one to four functions (indicate, transmit, control …). */
static bool is_instrument(const char *letters, size_t size)
{
    if (size < 2 || size > MOST_LETTERS || strchr("TPFLASVWIJDQ", letters[0]) == NULL) {
        return false;
    }
    for (size_t i = 1; i < size; i++) {
        if (strchr("ICTERSYAHLVDQ", letters[i]) == NULL) {
            return false;
        }
    }
    return true;
}

static bool read_ending(const char *text, enum tag_part *part)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (strcmp(endings[i].text, text) == 0) {
            *part = endings[i].part;
            return true;
        }
    }
    return false;
}

static size_t skip_sign(const char *name, size_t at)
{
    return at + (name[at] != '\0' && strchr("_-.", name[at]) != NULL);
}

/* Whether an identifier is a tag; instruments are written in capitals. */
static bool read_tag(const char *name, struct tag *out)
{
    size_t letters = 0, at, digits;

    while (isupper((unsigned char)name[letters])) {
        letters++;
    }
    at = skip_sign(name, letters);
    digits = strspn(name + at, "0123456789");
    if (!is_instrument(name, letters) || digits > MOST_DIGITS ||
        digits < (at > letters ? FEW_DIGITS - 1 : FEW_DIGITS)) {
        return false;
    }
    at += digits;
    /* the second of two equal instruments: TI101B */
    at += name[at] >= 'A' && name[at] <= 'D' && !isalnum((unsigned char)name[at + 1]);
    out->letters = letters;
    return read_ending(name + skip_sign(name, at), &out->part);
}

static void take_tag(struct table_work *work, struct column_work *column, int concept)
{
    struct reading *reading = &column->readings[FROM_NAME];

    reading->words = dc_arena_alloc(work->arena, sizeof *reading->words);
    reading->words[0] = (struct word){
        .concept = concept, .strength = 1.0, .text = column->column->name};
    reading->n_words = 1;
    reading->covered = 1.0;
}

static bool is_tag(const struct column_work *column, struct tag *out)
{
    return column->readings[FROM_COMMENT].n_words == 0 &&
           classify_is_numeric(column->column->type) && read_tag(column->column->name, out);
}

/* Several tags, of at least two kinds: a family of numbered columns is none. */
static bool has_tags(const struct table_work *work)
{
    const char *first = NULL;
    size_t n = 0, first_size = 0;
    bool differ = false;
    struct tag tag;

    for (size_t i = 0; i < work->n_columns; i++) {
        const char *name = work->columns[i].column->name;

        if (!is_tag(&work->columns[i], &tag)) {
            continue;
        }
        if (n++ == 0) {
            first = name;
            first_size = tag.letters;
        }
        differ = differ || tag.letters != first_size || strncmp(name, first, first_size) != 0;
    }
    return n >= ENOUGH && differ;
}

void classify_read_instruments(struct table_work *work)
{
    static const char *const ids[N_TAG_PARTS] = {
        [PART_MEASURED] = "measured_value", [PART_SET] = "set_value"};

    work->n_instruments = 0;
    if (!has_tags(work)) {
        return;
    }
    for (size_t i = 0; i < work->n_columns; i++) {
        struct tag tag;
        int concept = is_tag(&work->columns[i], &tag)
                          ? dc_taxonomy_concept(work_taxonomy(work), ids[tag.part])
                          : DC_NO_INDEX;

        if (concept != DC_NO_INDEX) {
            take_tag(work, &work->columns[i], concept);
            work->n_instruments++;
        }
    }
}
