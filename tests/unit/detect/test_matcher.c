/* The matcher: prefilter against brute force, scopes, groups, cut values, invalid bytes, bad rules, limits. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus.h"
#include "dcscan/alloc.h"
#include "dcscan/detect.h"
#include "dcscan/yaml.h"
#include "matcher.h"
#include "rules.h"

struct fixture {
    struct dc_taxonomy *taxonomy;
    struct dc_value_matcher *matcher;
    struct dc_match_scratch *scratch;
    struct dc_rule_bits pattern, passed;
    struct dc_rule_bits slow_pattern, slow_passed;
};

static struct fixture open_rules(const char *text)
{
    struct fixture f = {.taxonomy = text != NULL ? rules_parse(text) : rules_load_all()};

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

/* Whether rule 0 passes, and whether its pattern matches. */
static bool matches(struct fixture *f, const char *text)
{
    dc_value_match(f->matcher, f->scratch, text, strlen(text), false, &f->pattern, &f->passed);
    return dc_rule_bits_has(&f->passed, 0);
}

static bool matches_cut(struct fixture *f, const char *text)
{
    dc_value_match(f->matcher, f->scratch, text, strlen(text), true, &f->pattern, &f->passed);
    return dc_rule_bits_has(&f->passed, 0);
}

static bool same(const struct dc_rule_bits *a, const struct dc_rule_bits *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* Runs both ways; whether they agree. */
static bool agree(struct fixture *f, const char *bytes, size_t size, bool truncated)
{
    struct dc_look look = dc_look_at(bytes, size, truncated);

    dc_value_match(f->matcher, f->scratch, bytes, size, truncated, &f->pattern, &f->passed);
    dc_value_match_slow(f->matcher, f->scratch, &look, &f->slow_pattern, &f->slow_passed);
    return same(&f->pattern, &f->slow_pattern) && same(&f->passed, &f->slow_passed);
}

/* Fast and slow on n values; the values with at least one hit are counted. */
static size_t compare(struct fixture *f, uint64_t seed, size_t n)
{
    struct corpus corpus;
    char value[CORPUS_VALUE_SIZE];
    size_t n_hits = 0;

    corpus_init(&corpus, seed, f->taxonomy);
    for (size_t i = 0; i < n; i++) {
        size_t size = corpus_next(&corpus, value);

        cr_expect(agree(f, value, size, corpus_random(&corpus, 8) == 0), "value %zu: \"%.*s\"", i,
                  (int)size, value);
        n_hits += !same(&f->pattern, &(struct dc_rule_bits){{0}});
    }
    return n_hits;
}

Test(matcher, gives_with_the_prefilter_what_it_gives_without)
{
    struct fixture f = open_rules(NULL);

    cr_assert_gt(compare(&f, 1, 60000), 15000);
    close_rules(&f);
}

/* Patterns that an analyser gets wrong if it can. */
static const char odd_patterns[] =
    "values:\n"
    "  - {rule: r01, pattern: 'a|b|'}\n"
    "  - {rule: r03, pattern: '[^\\D5]+'}\n"
    "  - {rule: r04, pattern: 'k+s*', caseless: true}\n"
    "  - {rule: r05, pattern: '[^k]{2}', caseless: true}\n"
    "  - {rule: r06, pattern: 'é+', caseless: true}\n"
    "  - {rule: r07, pattern: '(a)\\1'}\n"
    "  - {rule: r08, pattern: '(?i)ab'}\n"
    "  - {rule: r09, pattern: '\\d+(?=5)5|(?<!1)2.*'}\n"
    "  - {rule: r10, pattern: '[]a-]+'}\n"
    "  - {rule: r11, pattern: '[[:digit:]]+'}\n"
    "  - {rule: r12, pattern: '\\p{Han}+'}\n"
    "  - {rule: r13, pattern: '[张王]\\x{4e00}?.'}\n"
    "  - {rule: r14, pattern: 'a{0}b{2,}'}\n"
    "  - {rule: r15, pattern: '\\Qa.b\\E|\\x41\\x{42}'}\n"
    "  - {rule: r16, pattern: '(?:\\w+\\s?)*!?'}\n"
    "  - {rule: r17, pattern: '(?>a+)b?|(?P<n>c)'}\n"
    "  - {rule: r18, pattern: '.{3}'}\n"
    "  - {rule: r19, pattern: '[\\x{80}-\\x{10ffff}]+'}\n"
    "  - {rule: r20, pattern: '\\R|a\\h?b'}\n"
    "  - {rule: r21, pattern: '[a-z&&[^b]]+'}\n"
    "  - {rule: r22, pattern: 'x{,3}'}\n"
    "  - {rule: r23, pattern: '[Å-Ö]+', caseless: true}\n"
    "  - {rule: r24, pattern: '^a$|^\\d+$'}\n"
    "  - {rule: r25, pattern: '\\d{2,3}?\\d++[^\\d]?'}\n"
    "  - {rule: r26, pattern: '1', scope: contains}\n"
    "  - {rule: r27, pattern: '[^a]\\.', scope: contains}\n"
    "  - {rule: r28, pattern: '(?:张|b)(?=.)', scope: contains, caseless: true}\n";

/* Short texts over the characters that the odd patterns are about. */
static size_t short_text(struct corpus *corpus, char *out)
{
    static const char *const parts[] = {"a", "b", "k", "K",      "s",  "S",    "1",  "2",  "5",
                                        "é", "É", "ſ", "\u212A", "张", "王",   "一", "-",  "]",
                                        ".", " ", "!", "c",      "x",  "{,3}", "\n", "\r", "å",
                                        "Å", "[", "&", "A",      "B",  "\xFF"};
    size_t size = 0;

    for (uint64_t n = corpus_random(corpus, 6); n > 0; n--) {
        const char *part = parts[corpus_random(corpus, sizeof parts / sizeof *parts)];

        memcpy(out + size, part, strlen(part));
        size += strlen(part);
    }
    return size;
}

static void compare_odd_patterns(struct fixture *f)
{
    struct dc_rule_bits all = {{0}};
    struct corpus corpus;
    char text[64];

    corpus_init(&corpus, 5, f->taxonomy);
    for (size_t i = 0; i < 200000; i++) {
        size_t size = short_text(&corpus, text);

        cr_assert(agree(f, text, size, false), "rules %lx on \"%.*s\"",
                  (unsigned long)(f->passed.words[0] ^ f->slow_passed.words[0]), (int)size, text);
        all.words[0] |= f->passed.words[0];
    }
    for (size_t i = 0; i < f->taxonomy->n_value_rules; i++) {
        cr_expect(dc_rule_bits_has(&all, i), "%s matched nothing: nothing was compared",
                  f->taxonomy->value_rules[i].id);
    }
}

Test(matcher, is_never_misled_by_an_odd_pattern)
{
    struct fixture f = open_rules(odd_patterns);

    compare_odd_patterns(&f);
    close_rules(&f);
}

Test(matcher, answers_the_same_without_jit)
{
    struct fixture jit = open_rules(NULL), plain = {.taxonomy = jit.taxonomy};
    struct corpus corpus;
    char value[CORPUS_VALUE_SIZE];

    plain.matcher = rules_matcher(plain.taxonomy);
    dc_value_matcher_forget_jit(plain.matcher);
    plain.scratch = dc_match_scratch_create(plain.matcher);
    cr_assert_null(strstr(dc_value_matcher_version(plain.matcher), "JIT"));
    corpus_init(&corpus, 9, jit.taxonomy);
    for (size_t i = 0; i < 20000; i++) {
        size_t size = corpus_next(&corpus, value);

        dc_value_match(jit.matcher, jit.scratch, value, size, false, &jit.pattern, &jit.passed);
        dc_value_match(plain.matcher, plain.scratch, value, size, false, &plain.pattern,
                       &plain.passed);
        cr_expect(same(&jit.pattern, &plain.pattern) && same(&jit.passed, &plain.passed),
                  "\"%.*s\"", (int)size, value);
    }
    dc_match_scratch_destroy(plain.scratch);
    dc_value_matcher_destroy(plain.matcher);
    close_rules(&jit);
}

Test(matcher, takes_no_invalid_text_for_a_whole_value)
{
    struct fixture f = open_rules("values: [{rule: r, pattern: '.+'}]");

    cr_assert(matches(&f, "张"));
    cr_assert_not(matches(&f, "张\xE5\xBC"));
    cr_assert_not(matches(&f, "\xFF"));
    close_rules(&f);
}

Test(matcher, needs_the_whole_value_for_a_whole_rule)
{
    struct fixture f = open_rules("values: [{rule: r, pattern: 'a+|ab'}]");

    cr_assert(matches(&f, "aaa") && matches(&f, "ab"));
    cr_assert_not(matches(&f, "aab"));
    cr_assert_not(matches(&f, "aaa\n"));
    cr_assert_not(matches(&f, "xaaa"));
    close_rules(&f);
}

Test(matcher, tells_a_pattern_hit_from_a_passed_check)
{
    struct fixture f = open_rules("values: [{rule: r, pattern: '\\d{11}', check: luhn}]");

    cr_assert_not(matches(&f, "79927398710"));
    cr_assert(dc_rule_bits_has(&f.pattern, 0));
    cr_assert(matches(&f, "79927398713"));
    cr_assert_not(matches(&f, "7992739871"));
    cr_assert_not(dc_rule_bits_has(&f.pattern, 0));
    close_rules(&f);
}

Test(matcher, checks_the_first_group_of_a_search_and_tries_every_place)
{
    struct fixture f = open_rules(
        "values: [{rule: r, pattern: 'no\\.(\\d{11})', check: luhn, scope: contains}]");

    cr_assert(matches(&f, "see no.79927398713, please"));
    cr_assert(matches(&f, "no.79927398710 and no.79927398713"));
    cr_assert_not(matches(&f, "no.79927398710 and no.79927398711"));
    close_rules(&f);
}

Test(matcher, checks_the_whole_match_of_a_search_without_groups_whatever_ran_before)
{
    struct fixture f = open_rules(
        "values: [{rule: r, pattern: '\\d{11}', check: luhn, scope: contains}, "
        "{rule: s, pattern: '.*(no).*'}]");

    cr_assert(matches(&f, "no 79927398713"));
    cr_assert(matches(&f, "no 79927398713"));
    close_rules(&f);
}

Test(matcher, searches_in_text_only)
{
    struct fixture f = open_rules("values: [{rule: r, pattern: '\\d{3}', scope: contains}]");

    cr_assert(matches(&f, "room 123"));
    cr_assert(matches(&f, "a=123"));
    cr_assert(matches(&f, "张123"));
    cr_assert_not(matches(&f, "123"));
    cr_assert_not(matches(&f, "2024-03-01 08:15:00"));
    cr_assert_not(matches(&f, "A-123"));
    close_rules(&f);
}

Test(matcher, never_takes_a_cut_value_for_a_whole_one)
{
    struct fixture f = open_rules(
        "values: [{rule: r, pattern: '\\d{3}'}, {rule: s, pattern: '\\d{3}', scope: contains}]");

    cr_assert_not(matches_cut(&f, "123"));
    close_rules(&f);
}

Test(matcher, ignores_what_touches_the_cut)
{
    struct fixture f = open_rules("values: [{rule: r, pattern: '\\d{3,}', scope: contains}]");

    cr_assert(matches_cut(&f, "no 123 and"));
    cr_assert_not(matches_cut(&f, "no 123"));
    cr_assert(matches(&f, "no 123"));
    close_rules(&f);
}

Test(matcher, goes_on_behind_invalid_bytes)
{
    struct fixture f = open_rules("values: [{rule: r, pattern: '张\\d+', scope: contains}]");

    cr_assert(matches(&f, "\xE5\xBC 张12"));
    cr_assert(matches(&f, "张12\xFF\xFE"));
    cr_assert_not(matches(&f, "\xE5\xBC\xFF 12"));
    close_rules(&f);
}

Test(matcher, ends_a_match_that_would_take_for_ever)
{
    struct fixture f = open_rules("values: [{rule: r, pattern: '(?:a+)+b'}, {rule: s, pattern: "
                                  "'(?:a+)+!', scope: contains}]");
    char text[CORPUS_VALUE_SIZE];

    memset(text, 'a', sizeof text);
    text[sizeof text - 2] = ' ';
    text[sizeof text - 1] = '\0';
    cr_assert_not(matches(&f, text));
    text[sizeof text - 2] = 'c';
    cr_assert_not(matches(&f, text));
    close_rules(&f);
}

Test(matcher, is_quiet_about_nothing)
{
    struct fixture f = open_rules("values: [{rule: r, pattern: '.*'}]");

    cr_assert_not(matches(&f, ""));
    close_rules(&f);
}

/* Complaints of a bad rule, as one text. */
static void expect_complaint(const char *rules, const char *expected)
{
    struct dc_taxonomy *taxonomy = rules_parse(rules);
    struct dc_value_matcher *matcher = NULL;
    struct dc_complaints complaints;
    struct dc_err err = {0};

    dc_complaints_init(&complaints, taxonomy->arena);
    cr_assert_eq(dc_value_matcher_create(taxonomy, &matcher, &complaints, &err), DC_ERR_CONFIG);
    cr_assert_null(matcher);
    cr_assert_eq(complaints.n_lines, 1);
    cr_assert_not_null(strstr(complaints.lines[0], expected), "%s", complaints.lines[0]);
    dc_complaints_done(&complaints);
    rules_destroy(taxonomy);
}

Test(matcher, says_where_a_pattern_is_bad)
{
    expect_complaint("values:\n  - {rule: good, pattern: 'a'}\n  - {rule: bad, pattern: 'a(b'}\n",
                     "rules:3:");
    expect_complaint("values: [{rule: bad, pattern: 'a(b'}]",
                     "value rule \"bad\": bad pattern at byte 4: missing");
    expect_complaint("values: [{rule: bad, pattern: 'a', check: nonesuch}]", "no such check");
}

Test(matcher, refuses_more_rules_than_its_sets_hold)
{
    char *text = dc_alloc(20000, 1);
    size_t size = (size_t)snprintf(text, 20000, "values:\n");

    for (int i = 0; i < 385; i++) {
        size += (size_t)snprintf(text + size, 20000 - size, "  - {rule: r%d, pattern: 'a%d'}\n", i,
                                 i);
    }
    expect_complaint(text, "more than 384 value rules");
    free(text);
}

Test(matcher, handles_as_many_rules_as_its_sets_hold)
{
    char *text = dc_alloc(20000, 1);
    size_t size = (size_t)snprintf(text, 20000, "values:\n");
    struct fixture f;

    for (int i = 0; i < 256; i++) {
        size += (size_t)snprintf(text + size, 20000 - size, "  - {rule: r%d, pattern: 'a%d'}\n", i,
                                 255 - i);
    }
    f = open_rules(text);
    cr_assert(matches(&f, "a255"));
    cr_assert_not(matches(&f, "a0"));
    cr_assert(dc_rule_bits_has(&f.passed, 255));
    close_rules(&f);
    free(text);
}

Test(matcher, names_its_library)
{
    struct fixture f = open_rules("values: [{rule: r, pattern: 'a'}]");

    cr_assert_eq(strncmp(dc_value_matcher_version(f.matcher), "10.", 3), 0);
    cr_assert_eq(strncmp(dc_pcre2_version(), "10.", 3), 0);
    close_rules(&f);
}
