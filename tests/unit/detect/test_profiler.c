/* Profiles of small samples: every counter, and that nothing raw comes out or stays. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blocks.h"
#include "corpus.h"
#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "distinct.h"
#include "matcher.h"
#include "rules.h"

struct fixture {
    struct dc_taxonomy *taxonomy;
    struct dc_value_matcher *matcher;
    struct dc_profiler *profiler;
    struct dc_arena *arena;
    struct test_column column;
    size_t n_rows; /* in the block that is being filled */
};

static void begin(struct fixture *f, size_t n_columns)
{
    struct dc_table table = {.n_columns = n_columns};

    dc_profiler_begin(f->profiler, &table);
    f->n_rows = 0;
}

static struct fixture *open_profiler(const char *rules)
{
    struct fixture *f = dc_alloc(1, sizeof *f);

    f->taxonomy = rules != NULL ? rules_parse(rules) : rules_load();
    f->matcher = rules_matcher(f->taxonomy);
    f->profiler = dc_profiler_create(f->matcher);
    f->arena = dc_arena_create(0);
    begin(f, 1);
    return f;
}

static void close_profiler(struct fixture *f)
{
    dc_arena_destroy(f->arena);
    dc_profiler_destroy(f->profiler);
    dc_value_matcher_destroy(f->matcher);
    rules_destroy(f->taxonomy);
    free(f);
}

static void flush(struct fixture *f)
{
    struct dc_block block = {f->n_rows, 1, &f->column.column};

    dc_profiler_add(f->profiler, &block);
    f->n_rows = 0;
}

static void put(struct fixture *f, const char *bytes, size_t size)
{
    block_put(&f->column, f->n_rows++, bytes, size);
    if (f->n_rows == BLOCK_ROWS) {
        flush(f);
    }
}

static struct dc_profile *finish(struct fixture *f)
{
    flush(f);
    return dc_profiler_end(f->profiler, f->arena);
}

/* Profile of one column of texts; NULL in the array is the end, "NULL" stands for SQL NULL. */
static struct dc_profile *profile_of(struct fixture *f, const char *const *values)
{
    for (; *values != NULL; values++) {
        put(f, strcmp(*values, "NULL") == 0 ? NULL : *values, strlen(*values));
    }
    return finish(f);
}

#define PROFILE(f, ...) profile_of(f, (const char *const[]){__VA_ARGS__, NULL})

static const char one_rule[] = "values: [{rule: digits, pattern: '\\d{11}', check: luhn}]";

Test(profiler, tells_nulls_from_empty_cells)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p = PROFILE(f, "a", "NULL", "", "   ", "NULL", "b");

    cr_assert_eq(p->rows, 6);
    cr_assert_eq(p->nulls, 2);
    cr_assert_eq(p->empties, 2);
    cr_assert_eq(p->distinct, 2);
    cr_assert_eq(dc_profile_filled(p), 2);
    close_profiler(f);
}

Test(profiler, counts_rules_by_cells_and_by_distinct_values)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p = PROFILE(f, "79927398713", "79927398713", "79927398710", "49927398716",
                                   "x", "79927398713");

    cr_assert_eq(p->n_rules, 1);
    cr_assert_eq(p->rules[0].matched, 4);
    cr_assert_eq(p->rules[0].distinct, 2);
    cr_assert_eq(p->rules[0].pattern_distinct, 3);
    cr_assert_eq(p->distinct, 4);
    close_profiler(f);
}

Test(profiler, takes_padding_for_no_part_of_a_value)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p = PROFILE(f, "79927398713", "79927398713    ", " 79927398713",
                                   "79927398713\n");

    cr_assert_eq(p->distinct, 1);
    cr_assert_eq(p->rules[0].matched, 4);
    cr_assert_eq(p->length_max, 11);
    close_profiler(f);
}

Test(profiler, takes_a_nul_at_the_end_for_padding_and_inside_for_a_byte)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p;

    put(f, "79927398713\0\0", 13);
    put(f, "799\0", 4);
    put(f,
        "7\0"
        "9",
        3);
    put(f, "\0\0", 2);
    p = finish(f);
    cr_assert_eq(p->rules[0].matched, 1);
    cr_assert_eq(p->distinct, 3);
    cr_assert_eq(p->empties, 1);
    cr_assert_eq(p->length_min, 3);
    close_profiler(f);
}

Test(profiler, keeps_cut_values_from_whole_rules_and_apart)
{
    struct fixture *f = open_profiler(
        "values: [{rule: any, pattern: 'a+'}, {rule: in, pattern: 'b', scope: contains}]");
    char text[100];
    struct dc_profile *p;

    memset(text, 'a', sizeof text);
    text[3] = 'b';
    text[4] = ' ';
    put(f, text, sizeof text);
    put(f, text, BLOCK_STRIDE - 1);
    p = finish(f);
    cr_assert_eq(p->truncated, 1);
    cr_assert_eq(p->distinct, 2);
    cr_assert_eq(p->rules[0].matched, 0);
    cr_assert_eq(p->rules[1].matched, 2);
    close_profiler(f);
}

Test(profiler, takes_a_length_that_the_driver_did_not_know_for_a_cut)
{
    struct fixture *f = open_profiler(one_rule);

    put(f, "79927398713", 11);
    f->column.lengths[0] = DC_CELL_NO_TOTAL;
    cr_assert_eq(finish(f)->truncated, 1);
    close_profiler(f);
}

Test(profiler, counts_invalid_text_but_not_the_character_that_a_cut_splits)
{
    struct fixture *f = open_profiler(one_rule);
    char text[90];
    struct dc_profile *p;

    for (size_t i = 0; i < sizeof text; i += 3) {
        memcpy(text + i, "张", 3);
    }
    put(f, text + 1, sizeof text - 1); /* begins inside a character */
    memcpy(text, "a", 1);
    put(f, "\xD6\xE1\xB3\xD0", 4); /* GB 18030 */
    put(f, "轴承", 6);
    memmove(text, "ab", 2);
    memmove(text + 2, "张张张张张张张张张张张张张张张张张张张张张张张张张张张张张", 87);
    put(f, text, 89); /* 2 + 87 bytes: cut at 63, one byte into a character */
    p = finish(f);
    cr_assert_eq(p->invalid, 1);
    cr_assert_eq(p->read_as_gb18030, 1);
    cr_assert_eq(p->truncated, 2);
    close_profiler(f);
}

Test(profiler, measures_length_decimals_and_order)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p = PROFILE(f, "1", "22", "4444");

    cr_assert_eq(p->length_min, 1);
    cr_assert_eq(p->length_max, 4);
    cr_assert_float_eq(p->length_mean, 7.0 / 3, 1e-9);
    cr_assert_eq(p->decimals_max, 0);
    cr_assert(p->ascending);
    cr_assert_eq(p->shapes.integer, 3);
    begin(f, 1);
    p = PROFILE(f, "3.25", "1.5", "x");
    cr_assert_eq(p->decimals_max, 2);
    cr_assert_not(p->ascending);
    cr_assert_eq(p->shapes.decimal, 2);
    begin(f, 1);
    cr_assert_eq(PROFILE(f, "x")->decimals_max, -1);
    close_profiler(f);
}

Test(profiler, counts_shapes_once_a_value)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p = PROFILE(f, "是", "否", "是", "是", "轴承");

    cr_assert_eq(p->shapes.zero_or_one, 2);
    cr_assert_eq(p->shapes.has_han, 3);
    close_profiler(f);
}

Test(profiler, counts_masked_cells)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p = PROFILE(f, "138****0001", "138****0001", "张**", "13812345678");

    cr_assert_eq(p->masked, 3);
    cr_assert_eq(p->shapes.has_star, 2);
    close_profiler(f);
}

Test(profiler, finds_random_text_more_surprising_than_words)
{
    struct fixture *f = open_profiler(one_rule);
    double words = PROFILE(f, "aaaa", "aaab", "abab")->digits_entropy;

    begin(f, 1);
    cr_assert_gt(PROFILE(f, "d41d8cd98f00b204e9800998ecf8427e", "9e107d9d372bb6826bd81d3542a419d6")
                     ->digits_entropy,
                 3.0);
    cr_assert_lt(words, 1.0);
    begin(f, 1);
    cr_assert_float_eq(PROFILE(f, "NULL")->digits_entropy, 0, 1e-9);
    close_profiler(f);
}

Test(profiler, leaves_a_column_that_was_not_fetched_empty)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_block_column columns[2] = {{NULL, 0, NULL, false}, {NULL, 0, NULL, false}};
    struct dc_block block = {3, 2, columns};
    struct dc_profile *p;

    put(f, "a", 1);
    columns[1] = f->column.column;
    block.n_rows = 1;
    begin(f, 2);
    dc_profiler_add(f->profiler, &block);
    p = dc_profiler_end(f->profiler, f->arena);
    cr_assert_eq(p[0].rows, 0);
    cr_assert_eq(p[0].decimals_max, -1);
    cr_assert_eq(p[1].rows, 1);
    close_profiler(f);
}

Test(profiler, starts_every_table_afresh)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p;

    PROFILE(f, "79927398713", "NULL", "138****0001");
    begin(f, 3);
    p = dc_profiler_end(f->profiler, f->arena);
    cr_assert_eq(p[0].rows + p[0].nulls + p[0].distinct + p[0].masked + p[0].rules[0].matched, 0);
    cr_assert_eq(p[0].examples[0][0], '\0');
    cr_assert_eq(p[2].rows, 0);
    close_profiler(f);
}

static struct dc_profile *profile_of_numbers(struct fixture *f, uint64_t n_values, int rounds)
{
    char text[24];

    begin(f, 1);
    for (int round = 0; round < rounds; round++) {
        for (uint64_t n = 0; n < n_values; n++) {
            put(f, text,
                (size_t)snprintf(text, sizeof text, "%lu", (unsigned long)(n + 10000000000)));
        }
    }
    return finish(f);
}

Test(profiler, goes_on_counting_cells_when_values_are_too_many_to_keep_apart)
{
    struct fixture *f = open_profiler(
        "values: [{rule: all, pattern: '\\d+'}, {rule: luhn, pattern: '\\d+', check: luhn}]");
    struct dc_profile *p = profile_of_numbers(f, 2 * DC_DISTINCT_MOST, 2);

    cr_assert(p->distinct_capped);
    cr_assert_eq(p->distinct, DC_DISTINCT_MOST);
    cr_assert_eq(p->rules[0].matched, 4 * DC_DISTINCT_MOST);
    cr_assert_float_eq(p->rules[1].matched, 0.4 * DC_DISTINCT_MOST, 4);
    p = profile_of_numbers(f, DC_DISTINCT_MOST, 2);
    cr_assert_not(p->distinct_capped);
    cr_assert_eq(p->rules[0].distinct, DC_DISTINCT_MOST);
    close_profiler(f);
}

Test(profiler, says_at_once_that_a_rule_was_met)
{
    struct fixture *f = open_profiler(NULL);
    size_t mark = rules_index(f->taxonomy, "state-secret-mark");

    put(f, "一般文件", 12);
    flush(f);
    cr_assert_not(dc_profiler_has_seen(f->profiler, mark));
    put(f, "试验报告 机密★20年", strlen("试验报告 机密★20年"));
    flush(f);
    cr_assert(dc_profiler_has_seen(f->profiler, mark));
    finish(f);
    begin(f, 1);
    cr_assert_not(dc_profiler_has_seen(f->profiler, mark));
    finish(f);
    close_profiler(f);
}

Test(profiler, asks_no_rule_for_nameless_columns_of_a_column_with_a_name)
{
    struct fixture *f = open_profiler(
        "values: [{rule: word, pattern: 'a+', nameless: true}, {rule: any, pattern: '[ab]+'}]");
    struct dc_profile *p = PROFILE(f, "aa", "b");

    cr_expect_eq(p->rules[0].matched, 1);
    begin(f, 1);
    dc_profiler_set_named(f->profiler, 0);
    p = PROFILE(f, "aa", "b");
    cr_expect_eq(p->rules[0].matched, 0);
    cr_expect_eq(p->rules[1].matched, 2);
    begin(f, 1);
    p = PROFILE(f, "aa", "b");
    cr_expect_eq(p->rules[0].matched, 1, "a name was kept for the next table");
    close_profiler(f);
}

Test(profiler, masks_examples_by_the_rule_that_they_pass)
{
    struct fixture *f = open_profiler(NULL);
    struct dc_profile *p = PROFILE(f, "420106198503090123", "13812345678", "zhang.wei@example.com");

    cr_assert_str_eq(p->examples[0], "420************123");
    cr_assert_str_eq(p->examples[1], "13********8");
    cr_assert_str_eq(p->examples[2], "z********@*******.com");
    close_profiler(f);
}

Test(profiler, spreads_its_examples_over_the_sample)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p;
    char text[24];

    for (int i = 0; i < 1000; i++) {
        put(f, text,
            (size_t)snprintf(text, sizeof text, "%cCODE%d",
                             i < 3     ? 'A'
                             : i < 30  ? 'B'
                             : i < 100 ? 'C'
                                       : 'D',
                             i));
    }
    p = finish(f);
    cr_assert_eq(p->examples[0][0], 'C'); /* the 64th */
    cr_assert_eq(p->examples[1][0], 'D'); /* the 256th */
    cr_assert_eq(p->examples[2][0], 'B'); /* the 16th */
    close_profiler(f);
}

/* Whether a profile, taken as bytes, holds a text. */
static bool holds(const void *bytes, size_t size, const char *text)
{
    return memmem(bytes, size, text, strlen(text)) != NULL;
}

Test(profiler, lets_no_raw_value_out)
{
    struct fixture *f = open_profiler(NULL);
    struct corpus corpus;
    char values[200][CORPUS_VALUE_SIZE + 1];
    struct dc_profile *p;

    corpus_init(&corpus, 21, f->taxonomy);
    for (size_t i = 0; i < 200; i++) {
        size_t size = corpus_next(&corpus, values[i]);

        values[i][size] = '\0';
        put(f, values[i], size);
    }
    p = finish(f);
    for (size_t i = 0; i < 200; i++) {
        if (strlen(values[i]) > 3 && dc_utf8_length(values[i], strlen(values[i])) > 3) {
            cr_expect_not(holds(p->examples, sizeof p->examples, values[i]), "%s", values[i]);
        }
    }
    close_profiler(f);
}

/* The same sums the slow way: rule by rule over all cells, distinct values in an array. */
/* Whether the profiler shows the matcher another form of a value. */
static bool is_reformed(const char *value, size_t size)
{
    char narrow[CORPUS_VALUE_SIZE];

    return (!dc_utf8_valid(value, size) && dc_text_guess(value, size, false) != DC_GUESS_NONE) ||
           dc_text_narrow(value, size, narrow) != size;
}

Test(profiler, reads_full_width_digits_as_digits_whatever_the_encoding)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p;

    put(f, "１２３", 9);
    put(f, "\xA3\xB1\xA3\xB2\xA3\xB4", 6); /* １２４ in GB 18030 */
    p = finish(f);
    cr_assert_eq(p->shapes.integer, 2);
    cr_assert_eq(p->invalid, 0);
    cr_assert_eq(p->read_as_gb18030, 1);
    cr_assert_eq(p->length_max, 3);
    close_profiler(f);
}

Test(profiler, sums_up_what_the_matcher_says_of_each_value)
{
    struct fixture *f = open_profiler(NULL);
    struct dc_match_scratch *scratch = dc_match_scratch_create(f->matcher);
    uint32_t *matched = dc_alloc(f->taxonomy->n_value_rules, sizeof *matched);
    struct dc_profile *p;
    struct corpus corpus;
    char value[CORPUS_VALUE_SIZE];

    corpus_init(&corpus, 33, f->taxonomy);
    for (size_t i = 0; i < 3000; i++) {
        size_t size = corpus_next(&corpus, value) % BLOCK_STRIDE;
        struct dc_rule_bits pattern, passed;

        value[0] = 'A'; /* nothing to trim */
        value[size > 0 ? size - 1 : 0] = '0';
        if (is_reformed(value, size)) {
            continue;
        }
        dc_value_match(f->matcher, scratch, value, size, false, &pattern, &passed);
        for (size_t rule = 0; rule < f->taxonomy->n_value_rules; rule++) {
            matched[rule] += dc_rule_bits_has(&passed, rule);
        }
        put(f, value, size);
    }
    p = finish(f);
    for (size_t rule = 0; rule < f->taxonomy->n_value_rules; rule++) {
        cr_expect_eq(p->rules[rule].matched, matched[rule], "%s",
                     f->taxonomy->value_rules[rule].id);
        cr_expect_leq(p->rules[rule].distinct, p->rules[rule].matched);
        cr_expect_leq(p->rules[rule].distinct, p->rules[rule].pattern_distinct);
    }
    free(matched);
    dc_match_scratch_destroy(scratch);
    close_profiler(f);
}

Test(profiler, takes_wide_tables_and_narrow_ones_after_each_other)
{
    struct fixture *f = open_profiler(one_rule);
    struct dc_profile *p;

    for (size_t n_columns = 1; n_columns <= 1000; n_columns *= 10) {
        begin(f, n_columns);
        put(f, "79927398713", 11);
        p = finish(f);
        cr_assert_eq(p[0].rules[0].matched, 1);
        cr_assert_eq(p[n_columns - 1].rows, n_columns == 1 ? 1 : 0);
    }
    begin(f, 0);
    cr_assert_not_null(dc_profiler_end(f->profiler, f->arena));
    begin(f, 1);
    cr_assert_eq(PROFILE(f, "a", "b")->distinct, 2);
    close_profiler(f);
}
