/* The built-in checks against tests/vectors/checks.tsv, and what must hold for every check. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/detect.h"
#include "vectors.h"

enum { CHECK, VALUE, EXPECTED, WHY };

Test(checks, decide_the_vectors_as_expected)
{
    struct vectors all;

    vectors_load(&all, "checks");
    for (size_t i = 0; i < all.n_items; i++) {
        struct vector *v = &all.items[i];
        dc_check_fn *check = dc_check_find(v->fields[CHECK]);

        cr_assert_not_null(check, "line %zu: no check \"%s\"", v->line, v->fields[CHECK]);
        cr_expect_eq(check(v->fields[VALUE], v->sizes[VALUE]),
                     strcmp(v->fields[EXPECTED], "yes") == 0, "line %zu: %s(\"%s\") is not %s: %s",
                     v->line, v->fields[CHECK], v->fields[VALUE], v->fields[EXPECTED],
                     v->fields[WHY]);
    }
    vectors_done(&all);
}

static size_t count(const struct vectors *all, const char *check, const char *expected)
{
    size_t n = 0;

    for (size_t i = 0; i < all->n_items; i++) {
        n += strcmp(all->items[i].fields[CHECK], check) == 0 &&
             strcmp(all->items[i].fields[EXPECTED], expected) == 0;
    }
    return n;
}

Test(checks, all_have_positives_and_near_misses)
{
    struct vectors all;

    vectors_load(&all, "checks");
    for (const char *const *name = dc_check_names(); *name != NULL; name++) {
        cr_expect_geq(count(&all, *name, "yes"), 2, "%s has too few positives", *name);
        cr_expect_geq(count(&all, *name, "no"), 3, "%s has too few near misses", *name);
    }
    vectors_done(&all);
}

/* A copy without a byte behind it, so that the sanitizer sees a read past the end. */
static bool check_copy(dc_check_fn *check, const char *bytes, size_t size)
{
    char *copy = malloc(size > 0 ? size : 1);
    bool passed;

    memcpy(copy, bytes, size);
    passed = check(copy, size);
    free(copy);
    return passed;
}

Test(checks, read_nothing_past_the_value_whatever_is_cut_off)
{
    struct vectors all;
    size_t n_passed = 0;

    vectors_load(&all, "checks");
    for (const char *const *name = dc_check_names(); *name != NULL; name++) {
        dc_check_fn *check = dc_check_find(*name);

        for (size_t i = 0; i < all.n_items; i++) {
            for (size_t size = 0; size <= all.items[i].sizes[VALUE]; size++) {
                n_passed += check_copy(check, all.items[i].fields[VALUE], size);
            }
        }
    }
    cr_assert_gt(n_passed, all.n_items / 4);
    vectors_done(&all);
}

Test(checks, survive_any_byte_in_any_place)
{
    static const char bytes[] = {'\0', '*', '-',        '.',        ':',       '/',
                                 '=',  '@', (char)0x80, (char)0xE5, (char)0xFF};
    struct vectors all;
    size_t n_passed = 0;

    vectors_load(&all, "checks");
    for (size_t i = 0; i < all.n_items; i++) {
        dc_check_fn *check = dc_check_find(all.items[i].fields[CHECK]);

        for (size_t at = 0; at < all.items[i].sizes[VALUE]; at++) {
            char kept = all.items[i].fields[VALUE][at];

            all.items[i].fields[VALUE][at] = bytes[(i + at) % sizeof bytes];
            n_passed += check_copy(check, all.items[i].fields[VALUE], all.items[i].sizes[VALUE]);
            all.items[i].fields[VALUE][at] = kept;
        }
    }
    cr_assert_gt(n_passed, 0);
    vectors_done(&all);
}

/* Check digits find every single wrong digit; that is what they are for. */
Test(checks, find_every_wrong_digit)
{
    static const char *const names[] = {"cn_id", "uscc",  "luhn",      "bank_card",
                                        "imei",  "iccid", "ec_number", "patent"};
    struct vectors all;

    vectors_load(&all, "checks");
    for (size_t i = 0; i < all.n_items; i++) {
        struct vector *v = &all.items[i];

        for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
            if (strcmp(v->fields[CHECK], names[n]) != 0 ||
                strcmp(v->fields[EXPECTED], "yes") != 0) {
                continue;
            }
            for (char *at = v->fields[VALUE]; *at != '\0'; at++) {
                char kept = *at;

                if (kept >= '0' && kept <= '9') {
                    *at = kept == '9' ? '0' : (char)(kept + 1);
                    cr_expect_not(dc_check_find(names[n])(v->fields[VALUE], v->sizes[VALUE]),
                                  "%s(\"%s\")", names[n], v->fields[VALUE]);
                    *at = kept;
                }
            }
        }
    }
    vectors_done(&all);
}

Test(checks, are_found_by_name_only)
{
    cr_assert_null(dc_check_find("no_such_check"));
    cr_assert_null(dc_check_find(NULL));
    cr_assert_null(dc_check_find(""));
}
