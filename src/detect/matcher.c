/*
 * Value rules on one value. Each rule is compiled once (PCRE2 with JIT where the system allows it); a prefilter decides which of them are
 * tried; a check runs only after its pattern has matched. Matching is bounded by PCRE2's limits: a pattern that runs into one counts as
 * not matching.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "matcher.h"

#define MAX_RULES       (64 * DC_RULE_WORDS)
#define MATCH_LIMIT     100000u
#define DEPTH_LIMIT     1000u
#define HEAP_LIMIT_KIB  4096u
#define JIT_STACK_SMALL ((size_t)32 * 1024)
#define JIT_STACK_LARGE ((size_t)256 * 1024)
#define MAX_FOUND       32 /* places in one text at which a rule's check is tried */

struct compiled_rule {
    pcre2_code *code;
    dc_check_fn *check; /* or NULL */
    size_t index;       /* in the taxonomy */
    size_t least;       /* bytes of a match */
    size_t least_digits;
    uint32_t required;      /* classes of a match */
    bool has_group;         /* the first group is what the check sees */
    uint32_t match_options; /* of the interpreter */
};

struct dc_value_matcher {
    const struct dc_taxonomy *taxonomy;
    struct compiled_rule rules[MAX_RULES]; /* by index of the taxonomy */
    size_t n_rules;
    struct compiled_rule
        searches[MAX_RULES]; /* the rules of scope `contains` among them; codes borrowed */
    size_t n_searches;
    struct dc_prefilter filter;   /* the rules of scope `whole` */
    struct dc_rule_bits nameless; /* rules that named columns are not asked */
    bool jit;
    char version[64];
};

struct dc_match_scratch {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

#define TEXT_OF(macro) TEXT_OF_(macro)
#define TEXT_OF_(text) #text

const char *dc_pcre2_version(void)
{
    return TEXT_OF(PCRE2_MAJOR) "." TEXT_OF(PCRE2_MINOR) " " TEXT_OF(PCRE2_DATE);
}

static void complain(struct dc_complaints *complaints, const struct dc_value_rule *rule,
                     const char *text)
{
    struct dc_yaml_node at = {.file = rule->file != NULL ? rule->file : "",
                              .line = rule->pattern_line > 0 ? rule->pattern_line : rule->line,
                              .column = rule->pattern_column > 0 ? rule->pattern_column : 1};

    if (complaints != NULL) {
        dc_complain(complaints, &at, "value rule \"%s\": %s", rule->id, text);
    }
}

static void complain_pattern(struct dc_complaints *complaints, const struct dc_value_rule *rule,
                             int code, size_t at)
{
    PCRE2_UCHAR reason[200];
    char text[300];

    pcre2_get_error_message(code, reason, sizeof reason);
    snprintf(text, sizeof text, "bad pattern at byte %zu: %s", at + 1, (const char *)reason);
    complain(complaints, rule, text);
}

static bool has_group(const pcre2_code *code)
{
    uint32_t n_groups = 0;

    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &n_groups);
    return n_groups > 0;
}

/* Compiles one rule into matcher->rules; false after a complaint. */
static bool compile_rule(struct dc_value_matcher *matcher, size_t index,
                         struct dc_complaints *complaints)
{
    const struct dc_value_rule *rule = &matcher->taxonomy->value_rules[index];
    struct compiled_rule *out = &matcher->rules[index];
    uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY;
    int error;
    PCRE2_SIZE at;

    out->index = index;
    out->check = dc_check_find(rule->check);
    if (rule->check != NULL && out->check == NULL) {
        complain(complaints, rule, "no such check");
        return false;
    }
    options |= rule->caseless ? PCRE2_CASELESS : 0;
    /* Whole rules see valid UTF-8 only: what is anchored in text with invalid bytes, JIT and interpreter don't agree on. */
    options |= rule->scope == DC_VALUE_WHOLE ? PCRE2_ANCHORED | PCRE2_ENDANCHORED
                                             : PCRE2_MATCH_INVALID_UTF;
    out->match_options = PCRE2_NO_JIT | (rule->scope == DC_VALUE_WHOLE ? PCRE2_NO_UTF_CHECK : 0);
    out->code = pcre2_compile((PCRE2_SPTR)rule->pattern, PCRE2_ZERO_TERMINATED, options, &error,
                              &at, NULL);
    if (out->code == NULL) {
        complain_pattern(complaints, rule, error, at);
        return false;
    }
    out->has_group = has_group(out->code);
    if (matcher->jit && pcre2_jit_compile(out->code, PCRE2_JIT_COMPLETE) != 0) {
        matcher->jit =
            false; /* no executable memory, or no JIT: the interpreter gives the same answers */
    }
    return true;
}

static void add_to_filters(struct dc_value_matcher *matcher, size_t index)
{
    const struct dc_value_rule *rule = &matcher->taxonomy->value_rules[index];
    struct dc_pattern_facts facts;

    dc_pattern_analyse(rule->pattern, rule->caseless, &facts);
    matcher->rules[index].least = facts.size.least;
    matcher->rules[index].least_digits = facts.least_digits;
    matcher->rules[index].required = facts.required;
    if (rule->nameless) {
        dc_rule_bits_add(&matcher->nameless, index);
    }
    if (rule->scope == DC_VALUE_CONTAINS) {
        matcher->searches[matcher->n_searches++] = matcher->rules[index];
    } else {
        dc_prefilter_add(&matcher->filter, index, &facts);
    }
}

static bool compile_all(struct dc_value_matcher *matcher, struct dc_complaints *complaints)
{
    bool good = true;

    if (matcher->taxonomy->n_value_rules > MAX_RULES) {
        complain(complaints, &matcher->taxonomy->value_rules[MAX_RULES],
                 "more than 384 value rules");
        return false;
    }
    matcher->n_rules = matcher->taxonomy->n_value_rules;
    dc_prefilter_init(&matcher->filter, matcher->n_rules);
    for (size_t i = 0; i < matcher->n_rules; i++) {
        if (compile_rule(matcher, i, complaints)) {
            add_to_filters(matcher, i);
        } else {
            good = false;
        }
    }
    return good;
}

static void write_version(struct dc_value_matcher *matcher)
{
    char library[48] = "";

    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) <= (int)sizeof library) {
        pcre2_config(PCRE2_CONFIG_VERSION, library);
    }
    snprintf(matcher->version, sizeof matcher->version, "%s%s", library,
             matcher->jit ? " (JIT)" : "");
}

enum dc_status dc_value_matcher_create(const struct dc_taxonomy *taxonomy,
                                       struct dc_value_matcher **out,
                                       struct dc_complaints *complaints, struct dc_err *err)
{
    struct dc_value_matcher *matcher = dc_alloc(1, sizeof *matcher);
    uint32_t jit = 0;

    matcher->taxonomy = taxonomy;
    pcre2_config(PCRE2_CONFIG_JIT, &jit);
    matcher->jit = jit != 0;
    if (!compile_all(matcher, complaints)) {
        dc_value_matcher_destroy(matcher);
        return dc_err_set(err, DC_ERR_CONFIG,
                          "could not compile the value rules: bad patterns or checks");
    }
    write_version(matcher);
    *out = matcher;
    return DC_OK;
}

void dc_value_matcher_destroy(struct dc_value_matcher *matcher)
{
    if (matcher == NULL) {
        return;
    }
    for (size_t i = 0; i < matcher->n_rules; i++) {
        pcre2_code_free(matcher->rules[i].code);
    }
    dc_prefilter_done(&matcher->filter);
    free(matcher);
}

void dc_value_matcher_forget_jit(struct dc_value_matcher *matcher)
{
    matcher->jit = false;
    write_version(matcher);
}

const char *dc_value_matcher_version(const struct dc_value_matcher *matcher)
{
    return matcher->version;
}

const struct dc_taxonomy *dc_value_matcher_taxonomy(const struct dc_value_matcher *matcher)
{
    return matcher->taxonomy;
}

/* PCRE2 returns NULL only when memory is out, which ends the process everywhere else too (alloc.h). */
static void *must_have(void *object)
{
    if (object == NULL) {
        abort();
    }
    return object;
}

struct dc_match_scratch *dc_match_scratch_create(const struct dc_value_matcher *matcher)
{
    struct dc_match_scratch *scratch = dc_alloc(1, sizeof *scratch);

    scratch->data = must_have(pcre2_match_data_create(2, NULL));
    scratch->context = must_have(pcre2_match_context_create(NULL));
    pcre2_set_match_limit(scratch->context, MATCH_LIMIT);
    pcre2_set_depth_limit(scratch->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(scratch->context, HEAP_LIMIT_KIB);
    if (matcher->jit) {
        scratch->stack = must_have(pcre2_jit_stack_create(JIT_STACK_SMALL, JIT_STACK_LARGE, NULL));
        pcre2_jit_stack_assign(scratch->context, NULL, scratch->stack);
    }
    return scratch;
}

void dc_match_scratch_destroy(struct dc_match_scratch *scratch)
{
    if (scratch == NULL) {
        return;
    }
    pcre2_jit_stack_free(scratch->stack);
    pcre2_match_context_free(scratch->context);
    pcre2_match_data_free(scratch->data);
    free(scratch);
}

static inline bool run(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                       const struct compiled_rule *rule, const char *bytes, size_t size,
                       size_t start)
{
    if (matcher->jit) {
        return pcre2_jit_match(rule->code, (PCRE2_SPTR)bytes, size, start, 0, scratch->data,
                               scratch->context) >= 0;
    }
    return pcre2_match(rule->code, (PCRE2_SPTR)bytes, size, start, rule->match_options,
                       scratch->data, scratch->context) >= 0;
}

static inline void try_whole(const struct dc_value_matcher *matcher,
                             struct dc_match_scratch *scratch, size_t index,
                             const struct dc_look *look, struct dc_rule_bits *pattern,
                             struct dc_rule_bits *passed)
{
    const struct compiled_rule *rule = &matcher->rules[index];

    if (!run(matcher, scratch, rule, look->bytes, look->size, 0)) {
        return;
    }
    dc_rule_bits_add(pattern, index);
    if (rule->check == NULL || rule->check(look->bytes, look->size)) {
        dc_rule_bits_add(passed, index);
    }
}

/* The part to be checked: the first group where the pattern has one that took part, else the whole match. */
static void found_part(const struct compiled_rule *rule, struct dc_match_scratch *scratch,
                       size_t *start, size_t *end)
{
    const PCRE2_SIZE *places = pcre2_get_ovector_pointer(scratch->data);
    size_t pair = rule->has_group && places[2] != PCRE2_UNSET ? 1 : 0;

    *start = places[2 * pair];
    *end = places[2 * pair + 1];
}

/* Tries a rule at one place after the other until its check passes. */
static void try_search(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                       const struct compiled_rule *rule, const struct dc_look *look,
                       struct dc_rule_bits *pattern, struct dc_rule_bits *passed)
{
    size_t at = 0;

    for (int n = 0; n < MAX_FOUND && at < look->size; n++) {
        size_t start, end, match_end;

        if (!run(matcher, scratch, rule, look->bytes, look->size, at)) {
            return;
        }
        match_end = pcre2_get_ovector_pointer(scratch->data)[1];
        if (look->truncated && match_end >= look->size) {
            return; /* what follows behind the cut might belong to it */
        }
        found_part(rule, scratch, &start, &end);
        dc_rule_bits_add(pattern, rule->index);
        if (rule->check == NULL ||
            (start <= end && rule->check(look->bytes + start, end - start))) {
            dc_rule_bits_add(passed, rule->index);
            return;
        }
        at = match_end > at ? match_end : at + 1;
    }
}

static inline bool wants_whole(const struct dc_look *look)
{
    return look->size > 0 && !look->truncated && look->valid;
}

static void search_text(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                        const struct dc_look *look, struct dc_rule_bits *pattern,
                        struct dc_rule_bits *passed)
{
    size_t n_digits = (look->mask & DC_CLASS_DIGIT) != 0 ? dc_count_digits(look->bytes, look->size)
                                                         : 0;

    for (size_t i = 0; i < matcher->n_searches; i++) {
        const struct compiled_rule *rule = &matcher->searches[i];

        if (!(look->named && dc_rule_bits_has(&matcher->nameless, rule->index)) &&
            look->size >= rule->least && n_digits >= rule->least_digits &&
            (rule->required & ~look->mask) == 0) {
            try_search(matcher, scratch, rule, look, pattern, passed);
        }
    }
}

void dc_value_match_look(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                         const struct dc_look *look, struct dc_rule_bits *pattern,
                         struct dc_rule_bits *passed)
{
    uint64_t candidates[DC_RULE_WORDS];

    *pattern = *passed = (struct dc_rule_bits){{0}};
    if (wants_whole(look)) {
        dc_prefilter_run(&matcher->filter, look, candidates);
        for (size_t word = 0; word < matcher->filter.n_words; word++) {
            candidates[word] &= look->named ? ~matcher->nameless.words[word] : UINT64_MAX;
            for (uint64_t left = candidates[word]; left != 0; left &= left - 1) {
                try_whole(matcher, scratch, 64 * word + (size_t)__builtin_ctzll(left), look,
                          pattern, passed);
            }
        }
    }
    if (dc_is_text_like(look->mask)) {
        search_text(matcher, scratch, look, pattern, passed);
    }
}

void dc_value_match_slow(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                         const struct dc_look *look, struct dc_rule_bits *pattern,
                         struct dc_rule_bits *passed)
{
    *pattern = *passed = (struct dc_rule_bits){{0}};
    for (size_t i = 0; i < matcher->n_rules; i++) {
        if (matcher->taxonomy->value_rules[i].scope == DC_VALUE_WHOLE) {
            if (wants_whole(look)) {
                try_whole(matcher, scratch, i, look, pattern, passed);
            }
        } else if (dc_is_text_like(look->mask)) {
            try_search(matcher, scratch, &matcher->rules[i], look, pattern, passed);
        }
    }
}

struct dc_look dc_look_at(const char *bytes, size_t size, bool truncated)
{
    struct dc_look look = {bytes,     size, dc_derive(dc_class_mask(bytes, size)),
                           truncated, true, false};

    if ((look.mask & DC_CLASS_HIGH) != 0) {
        look.valid = dc_utf8_valid(bytes, size);
    }
    return look;
}

void dc_value_match(const struct dc_value_matcher *matcher, struct dc_match_scratch *scratch,
                    const char *bytes, size_t size, bool truncated, struct dc_rule_bits *pattern,
                    struct dc_rule_bits *passed)
{
    struct dc_look look = dc_look_at(bytes, size, truncated);

    dc_value_match_look(matcher, scratch, &look, pattern, passed);
}
