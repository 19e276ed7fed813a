#include <criterion/criterion.h>

#include "files.h"

static struct test_files files;

static void setup(void)
{
    files_init(&files);
    files_write(&files, "main.yaml",
                HEAD "leaves:\n"
                     "  - {code: Z9, " LEAF_NAMES ", level: 1, basis: b}\n"
                     "  - {code: A1, " LEAF_NAMES ", level: 1, basis: b}\n"
                     "  - {code: M5, " LEAF_NAMES ", level: 1, basis: b}\n"
                     "roles:\n  - {role: r, name: {zh: 角, en: r}}\n"
                     "weights: {w: 1.5}\n");
    files_taxonomy(&files);
}

static void teardown(void)
{
    files_done(&files);
}

TestSuite(lookup, .init = setup, .fini = teardown);

Test(lookup, an_index_is_the_place_in_the_array_in_the_order_of_the_file)
{
    cr_expect_eq(dc_taxonomy_leaf(files.taxonomy, "Z9"), 0);
    cr_expect_eq(dc_taxonomy_leaf(files.taxonomy, "A1"), 1);
    cr_expect_eq(dc_taxonomy_leaf(files.taxonomy, "M5"), 2);
}

Test(lookup, what_is_unknown_has_no_index)
{
    cr_expect_eq(dc_taxonomy_leaf(files.taxonomy, "A"), DC_NO_INDEX);
    cr_expect_eq(dc_taxonomy_leaf(files.taxonomy, ""), DC_NO_INDEX);
    cr_expect_eq(dc_taxonomy_leaf(files.taxonomy, NULL), DC_NO_INDEX);
    cr_expect_eq(dc_taxonomy_role(files.taxonomy, "R"), DC_NO_INDEX);
}

Test(lookup, an_empty_section_answers_too)
{
    cr_expect_eq(dc_taxonomy_concept(files.taxonomy, "c"), DC_NO_INDEX);
    cr_expect_eq(dc_taxonomy_subject(files.taxonomy, "s"), DC_NO_INDEX);
    cr_expect_eq(dc_taxonomy_value_rule(files.taxonomy, "v"), DC_NO_INDEX);
    cr_expect_eq(dc_taxonomy_candidate_rule(files.taxonomy, "i"), DC_NO_INDEX);
    cr_expect_null(dc_taxonomy_level_rule(files.taxonomy, "L1"));
}

Test(lookup, a_weight_that_the_files_do_not_set_is_the_callers)
{
    cr_expect_float_eq(dc_taxonomy_weight(files.taxonomy, "w", 9), 1.5, 1e-9);
    cr_expect_float_eq(dc_taxonomy_weight(files.taxonomy, "v", 9), 9, 1e-9);
}

Test(lookup, destroying_no_taxonomy_is_fine)
{
    dc_taxonomy_destroy(NULL);
    cr_expect(true);
}
