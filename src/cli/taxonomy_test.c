/* Examples of value rules, run. */
#include <stdio.h>
#include <string.h>

#include "taxonomy_views.h"

static bool passes(const struct rules *rules, struct dc_match_scratch *scratch, size_t rule,
                   const char *text)
{
    struct dc_rule_bits pattern, passed;

    dc_value_match(rules->matcher, scratch, text, strlen(text), false, &pattern, &passed);
    return (passed.words[rule / 64] >> (rule % 64) & 1) != 0;
}

static void tell(const struct dc_value_rule *rule, const struct dc_example *example)
{
    fprintf(stderr, "%s:%zu:%zu: rule \"%s\": \"%s\" %s\n", rule->file, example->line,
            example->column, rule->id, example->text,
            example->match ? "does not match" : "matches, and should not");
}

static json_t *failure_of(const struct dc_value_rule *rule, const struct dc_example *example)
{
    return json_pack("{s:s, s:s, s:b, s:s, s:I, s:I}", "rule", rule->id, "example", example->text,
                     "match", example->match, "file", rule->file, "line", (json_int_t)example->line,
                     "column", (json_int_t)example->column);
}

/* Examples of one rule; returns how many fail. */
static size_t test_rule(const struct rules *rules, struct dc_match_scratch *scratch, size_t index,
                        json_t *failures)
{
    const struct dc_value_rule *rule = &rules->taxonomy->value_rules[index];
    size_t n_failed = 0;

    for (size_t i = 0; i < rule->n_examples; i++) {
        const struct dc_example *example = &rule->examples[i];

        if (passes(rules, scratch, index, example->text) != example->match) {
            n_failed++;
            tell(rule, example);
            json_array_append_new(failures, failure_of(rule, example));
        }
    }
    return n_failed;
}

size_t taxonomy_test(const struct rules *rules, bool json)
{
    struct dc_match_scratch *scratch = dc_match_scratch_create(rules->matcher);
    json_t *failures = json_array();
    size_t n_examples = 0, n_failed = 0;

    for (size_t i = 0; i < rules->taxonomy->n_value_rules; i++) {
        n_examples += rules->taxonomy->value_rules[i].n_examples;
        n_failed += test_rule(rules, scratch, i, failures);
    }
    dc_match_scratch_destroy(scratch);
    if (json) {
        taxonomy_json_out(json_pack(
            "{s:I, s:I, s:I, s:O}", "rules", (json_int_t)rules->taxonomy->n_value_rules, "examples",
            (json_int_t)n_examples, "failed", (json_int_t)n_failed, "failures", failures));
    } else {
        printf("%zu rules, %zu examples, %zu failed\n", rules->taxonomy->n_value_rules, n_examples,
               n_failed);
    }
    json_decref(failures);
    return n_failed;
}
