/*
 * What only running the rules shows: patterns that take far too long on text that almost matches, and rules of an exclusive group of which two
 * take the same example. For who checks a taxonomy; a scan is safe without, since every match is bounded (matcher.c).
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "check.h"
#include "dcscan/detect.h"

#define MOST_STEPS   50000u /* of PCRE2 on a subject: honest patterns need some hundred */
#define REPEATED     48     /* how often a piece is repeated */
#define SUBJECT_SIZE 1024
#define MOST_PLACES  24 /* of an example that are repeated */

struct prober {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

static pcre2_code *compile(const struct dc_value_rule *rule, int *error, PCRE2_SIZE *at)
{
    uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY |
                       (rule->caseless ? PCRE2_CASELESS : 0) |
                       (rule->scope == DC_VALUE_WHOLE ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0);

    return pcre2_compile((PCRE2_SPTR)rule->pattern, PCRE2_ZERO_TERMINATED, options, error, at,
                         NULL);
}

bool dc_value_rule_judge(const struct dc_value_rule *rule, char *reason, size_t size)
{
    PCRE2_UCHAR text[200];
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = compile(rule, &error, &at);

    if (code == NULL) {
        pcre2_get_error_message(error, text, sizeof text);
        snprintf(reason, size, "bad pattern at byte %zu: %s", at + 1, (const char *)text);
        return true;
    }
    pcre2_code_free(code);
    if (rule->check != NULL && dc_check_find(rule->check) == NULL) {
        snprintf(reason, size, "no such check");
        return true;
    }
    return false;
}

static bool prober_init(struct prober *prober, const struct dc_value_rule *rule)
{
    int error;
    PCRE2_SIZE at;

    prober->code = compile(rule, &error, &at);
    if (prober->code == NULL) {
        return false; /* told by the matcher */
    }
    prober->data = pcre2_match_data_create(2, NULL);
    prober->context = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(prober->context, MOST_STEPS);
    return true;
}

static void prober_done(struct prober *prober)
{
    pcre2_match_context_free(prober->context);
    pcre2_match_data_free(prober->data);
    pcre2_code_free(prober->code);
}

/* An end that matches nothing, and has every sign that PCRE2 might look for before it tries at all. */
static const char tail[] = "\x01 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\x01";

/* `start` once, `piece` many times, and the tail. */
static bool is_slow(const struct prober *prober, const char *start, size_t start_size,
                    const char *piece, size_t piece_size)
{
    char subject[SUBJECT_SIZE];
    size_t size = 0;

    if (start_size + piece_size + sizeof tail > sizeof subject) {
        return false;
    }
    memcpy(subject, start, start_size);
    size = start_size;
    for (size_t i = 0; i < REPEATED && size + piece_size + sizeof tail < sizeof subject; i++) {
        memcpy(subject + size, piece, piece_size);
        size += piece_size;
    }
    memcpy(subject + size, tail, sizeof tail - 1);
    size += sizeof tail - 1;
    return pcre2_match(prober->code, (PCRE2_SPTR)subject, size, 0, PCRE2_NO_JIT, prober->data,
                       prober->context) == PCRE2_ERROR_MATCHLIMIT;
}

static size_t character_size(const char *text)
{
    size_t size = 1;

    while (((unsigned char)text[size] & 0xC0) == 0x80) {
        size++;
    }
    return size;
}

/* Every character of an example many times in its place, and the example itself many times. */
static bool is_slow_near(const struct prober *prober, const char *example)
{
    size_t n = 0;

    if (is_slow(prober, "", 0, example, strlen(example))) {
        return true;
    }
    for (const char *at = example; *at != '\0' && n < MOST_PLACES; at += character_size(at), n++) {
        if (is_slow(prober, example, (size_t)(at - example), at, character_size(at))) {
            return true;
        }
    }
    return false;
}

static bool is_slow_rule(const struct dc_value_rule *rule)
{
    static const char *const pieces[] = {"a", "A",  "1",  " ",  ".",  "-",  "_",  ",",  "/",
                                         "*", "中", "a1", "a ", "1,", "1.", "a.", "a-", "中 "};
    struct prober prober;
    bool slow = false;

    if (!prober_init(&prober, rule)) {
        return false;
    }
    for (size_t i = 0; !slow && i < sizeof pieces / sizeof *pieces; i++) {
        slow = is_slow(&prober, "", 0, pieces[i], strlen(pieces[i]));
    }
    for (size_t i = 0; !slow && i < rule->n_examples; i++) {
        slow = is_slow_near(&prober, rule->examples[i].text);
    }
    prober_done(&prober);
    return slow;
}

static void complain(struct dc_complaints *complaints, const struct dc_value_rule *rule,
                     size_t line, size_t column, const char *text)
{
    struct dc_yaml_node at = {.file = rule->file, .line = line, .column = column};

    dc_complain(complaints, &at, "value rule \"%s\": %s", rule->id, text);
}

static void probe_speed(const struct dc_taxonomy *taxonomy, struct dc_complaints *complaints)
{
    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        const struct dc_value_rule *rule = &taxonomy->value_rules[i];

        if (is_slow_rule(rule)) {
            complain(complaints, rule, rule->pattern_line, rule->pattern_column,
                     "the pattern needs more than 50000 steps on short text that almost matches "
                     "(catastrophic backtracking)");
        }
    }
}

/* ---- exclusive groups ---- */

/* Tells of each other rule of the group that takes the example. */
static void probe_example(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                          const struct dc_taxonomy *taxonomy, size_t index,
                          const struct dc_example *example, struct dc_complaints *complaints)
{
    const struct dc_value_rule *rule = &taxonomy->value_rules[index];
    struct dc_rule_bits pattern, passed;

    dc_value_match(matcher, scratch, example->text, strlen(example->text), false, &pattern,
                   &passed);
    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        const struct dc_value_rule *other = &taxonomy->value_rules[i];
        char text[512];

        if (i != index && other->exclusive != NULL &&
            strcmp(other->exclusive, rule->exclusive) == 0 &&
            (passed.words[i / 64] >> (i % 64) & 1) != 0) {
            snprintf(text, sizeof text,
                     "its example \"%s\" is taken by \"%s\" too, of the same exclusive group "
                     "\"%s\"",
                     example->text, other->id, rule->exclusive);
            complain(complaints, rule, example->line, example->column, text);
        }
    }
}

static void probe_groups(const struct dc_value_matcher *matcher, const struct dc_taxonomy *taxonomy,
                         struct dc_complaints *complaints)
{
    struct dc_match_scratch *scratch = dc_match_scratch_create(matcher);

    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        const struct dc_value_rule *rule = &taxonomy->value_rules[i];

        for (size_t k = 0; rule->exclusive != NULL && k < rule->n_examples; k++) {
            if (rule->examples[k].match) {
                probe_example(matcher, scratch, taxonomy, i, &rule->examples[k], complaints);
            }
        }
    }
    dc_match_scratch_destroy(scratch);
}

void dc_value_rules_probe(const struct dc_taxonomy *taxonomy,
                          const struct dc_value_matcher *matcher, struct dc_complaints *complaints)
{
    probe_speed(taxonomy, complaints);
    probe_groups(matcher, taxonomy, complaints);
}
