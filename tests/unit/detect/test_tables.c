/* Tables that are searched by halves have to be in order. They are private to their files, so the files are part of this test. */
#include <criterion/criterion.h>
#include <string.h>

#include "check_address.c"
#include "check_person_name.c"
#include "check_vehicle.c"

static void expect_ascending_characters(const char *what, const char *text, size_t size)
{
    cr_assert(size > 0 && size % 3 == 0, "%s", what);
    for (size_t i = 3; i < size; i += 3) {
        cr_expect_lt(memcmp(text + i - 3, text + i, 3), 0, "%s: %.3s before %.3s", what,
                     text + i - 3, text + i);
    }
}

static void expect_ascending_words(const char *what, const char *const *words_in_order,
                                   size_t n_words)
{
    for (size_t i = 1; i < n_words; i++) {
        cr_expect_lt(strcmp(words_in_order[i - 1], words_in_order[i]), 0, "%s: %s before %s", what,
                     words_in_order[i - 1], words_in_order[i]);
    }
}

#define ASCENDING_CHARACTERS(table) expect_ascending_characters(#table, table, sizeof table - 1)
#define ASCENDING_WORDS(table) \
    expect_ascending_words(#table, table, sizeof(table) / sizeof *(table))

Test(tables, are_in_order)
{
    ASCENDING_CHARACTERS(surnames);
    ASCENDING_CHARACTERS(given_characters);
    ASCENDING_CHARACTERS(thing_characters);
    ASCENDING_CHARACTERS(plate_provinces);
    ASCENDING_CHARACTERS(plate_endings);
    ASCENDING_CHARACTERS(part_beginnings);
    ASCENDING_WORDS(words);
    ASCENDING_WORDS(compound_surnames);
    ASCENDING_WORDS(latin_surnames);
    ASCENDING_WORDS(first_names);
}

Test(tables, name_no_character_both_of_names_and_of_things)
{
    for (size_t i = 0; i + 3 < sizeof thing_characters; i += 3) {
        cr_expect_not(is_given(thing_characters + i), "%.3s", thing_characters + i);
    }
}

Test(tables, of_addresses_know_how_each_word_begins)
{
    for (size_t i = 0; i < sizeof address_parts / sizeof *address_parts; i++) {
        cr_expect(
            dc_in_characters(address_parts[i].word, part_beginnings, sizeof part_beginnings - 1),
            "%s", address_parts[i].word);
    }
}
