/* The shipped value rules: their own examples, the vectors, and what the prefilter may never do. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/detect.h"
#include "matcher.h"
#include "rules.h"
#include "vectors.h"

struct fixture {
    struct dc_taxonomy *taxonomy;
    struct dc_value_matcher *matcher;
    struct dc_match_scratch *scratch;
};

static struct fixture open_rules(void)
{
    struct fixture f = {.taxonomy = rules_load()};

    f.matcher = rules_matcher(f.taxonomy);
    f.scratch = dc_match_scratch_create(f.matcher);
    return f;
}

static void close_rules(struct fixture *f)
{
    dc_match_scratch_destroy(f->scratch);
    dc_value_matcher_destroy(f->matcher);
    rules_destroy(f->taxonomy);
}

static bool passes(struct fixture *f, size_t rule, const char *bytes, size_t size)
{
    struct dc_rule_bits pattern, passed;

    dc_value_match(f->matcher, f->scratch, bytes, size, false, &pattern, &passed);
    return dc_rule_bits_has(&passed, rule);
}

Test(values, hold_to_their_own_examples)
{
    struct fixture f = open_rules();

    for (size_t i = 0; i < f.taxonomy->n_value_rules; i++) {
        const struct dc_value_rule *rule = &f.taxonomy->value_rules[i];

        for (size_t n = 0; n < rule->n_examples; n++) {
            const char *text = rule->examples[n].text;

            cr_expect_eq(passes(&f, i, text, strlen(text)), rule->examples[n].match, "%s on \"%s\"",
                         rule->id, text);
        }
    }
    close_rules(&f);
}

Test(values, have_examples_of_both_kinds)
{
    struct fixture f = open_rules();

    cr_assert_geq(f.taxonomy->n_value_rules, 60);
    for (size_t i = 0; i < f.taxonomy->n_value_rules; i++) {
        const struct dc_value_rule *rule = &f.taxonomy->value_rules[i];
        size_t n_match = 0;

        for (size_t n = 0; n < rule->n_examples; n++) {
            n_match += rule->examples[n].match;
        }
        cr_expect_gt(n_match, 0, "%s has no example", rule->id);
        cr_expect_gt(rule->n_examples, n_match, "%s has no near miss", rule->id);
    }
    close_rules(&f);
}

Test(values, decide_the_vectors_as_expected)
{
    enum { RULE, VALUE, EXPECTED, WHY };
    struct fixture f = open_rules();
    struct vectors all;

    vectors_load(&all, "values_match");
    for (size_t i = 0; i < all.n_items; i++) {
        struct vector *v = &all.items[i];
        bool expected = strcmp(v->fields[EXPECTED], "yes") == 0;

        cr_expect_eq(
            passes(&f, rules_index(f.taxonomy, v->fields[RULE]), v->fields[VALUE], v->sizes[VALUE]),
            expected, "line %zu: %s on \"%s\": %s", v->line, v->fields[RULE], v->fields[VALUE],
            v->fields[WHY]);
    }
    vectors_done(&all);
    close_rules(&f);
}

/* Values that no rule may take for something: what databases hold most of. */
Test(values, leave_ordinary_values_alone)
{
    enum { VALUE, ALLOWED };
    struct fixture f = open_rules();
    struct vectors all;

    vectors_load(&all, "values_ordinary");
    for (size_t i = 0; i < all.n_items; i++) {
        struct vector *v = &all.items[i];

        for (size_t rule = 0; rule < f.taxonomy->n_value_rules; rule++) {
            const char *id = f.taxonomy->value_rules[rule].id;

            if (v->fields[ALLOWED] != NULL && strcmp(v->fields[ALLOWED], id) == 0) {
                continue;
            }
            cr_expect_not(passes(&f, rule, v->fields[VALUE], v->sizes[VALUE]),
                          "line %zu: \"%s\" is no %s", v->line, v->fields[VALUE], id);
        }
    }
    vectors_done(&all);
    close_rules(&f);
}
