/* dcscan taxonomy show of a rule: what it does, what it rests on, and what of it can be changed. */
#include <stdio.h>
#include <string.h>

#include "dcscan/text.h"
#include "taxonomy_views.h"

enum { LABEL_WIDTH = 14, LINE_WIDTH = 100 };

/* ---- text ---- */

static void print_field(const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        printf("  %-*s %s\n", LABEL_WIDTH, label, text);
    }
}

static void print_basis(const char *basis, bool verify)
{
    printf("  %-*s %s%s\n", LABEL_WIDTH, "basis", basis, verify ? TAXONOMY_TO_BE_VERIFIED : "");
}

/* One word of a list; goes on in a new line where the old one is full. Returns where the line ends. */
static size_t print_word(const char *label, const char *word, size_t at)
{
    size_t width = dc_utf8_width(word);

    if (at == 0) {
        printf("  %-*s %s", LABEL_WIDTH, label, word);
        return LABEL_WIDTH + 3 + width;
    }
    if (at + 2 + width > LINE_WIDTH) {
        printf(",\n  %-*s %s", LABEL_WIDTH, "", word);
        return LABEL_WIDTH + 3 + width;
    }
    printf(", %s", word);
    return at + 2 + width;
}

static void print_texts(const char *label, const struct dc_texts *texts)
{
    size_t at = 0;

    for (size_t i = 0; i < texts->n_items; i++) {
        at = print_word(label, texts->items[i], at);
    }
    if (at > 0) {
        putchar('\n');
    }
}

static void print_leaves(const struct dc_taxonomy *taxonomy, const char *label, const int *leaves,
                         size_t n)
{
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        at = print_word(label, taxonomy->leaves[leaves[i]].code, at);
    }
    if (at > 0) {
        putchar('\n');
    }
}

static void print_number(const char *label, int64_t number)
{
    if (number > 0) {
        printf("  %-*s %lld\n", LABEL_WIDTH, label, (long long)number);
    }
}

static void show_candidate(const struct dc_taxonomy *taxonomy, const struct dc_candidate_rule *rule)
{
    printf("%s %s / %s\n", rule->id, rule->name.zh, rule->name.en);
    print_basis(rule->basis, rule->verify);
    print_field("check", rule->check.zh);
    print_field("", rule->check.en);
    if (rule->impact.degree != DC_DEGREE_NONE) {
        printf("  %-*s ", LABEL_WIDTH, "impact");
        taxonomy_print_impact(rule->impact);
    }
    print_leaves(taxonomy, rule->needs_words ? "leaves + words" : "leaves", rule->leaves,
                 rule->n_leaves);
    print_leaves(taxonomy, "word leaves", rule->word_leaves, rule->n_word_leaves);
    print_leaves(taxonomy, "own words", rule->own_word_leaves, rule->n_own_word_leaves);
    print_texts("words", &rule->words);
    print_texts("not words", &rule->not_words);
    print_texts("own not words", &rule->own_not_words);
    print_texts("near words", &rule->near_words);
    print_texts("values", &rule->value_rules);
    print_texts("near values", &rule->near_value_rules);
    print_number("threshold", rule->threshold);
    print_number("of sensitive", rule->sensitive_threshold);
    print_number("decimals", rule->decimals);
}

static void show_level(const struct dc_level_rule *rule)
{
    printf("%s %s / %s%s\n", rule->id, rule->name.zh, rule->name.en,
           rule->enabled ? "" : " (off / 停用)");
    print_basis(rule->basis, rule->verify);
    if (rule->share > 0) {
        printf("  %-*s %.0f %%\n", LABEL_WIDTH, "share", 100 * rule->share);
    }
    print_texts("words", &rule->words);
    print_texts("not words", &rule->not_words);
    print_texts("up words", &rule->up_words);
    print_texts("values", &rule->value_rules);
    for (size_t i = 0; i < 3; i++) {
        print_number(i == 0 ? "persons" : "", rule->persons[i]);
    }
    print_number("of sensitive", rule->sensitive_persons);
}

static void show_value(const struct dc_taxonomy *taxonomy, const struct dc_value_rule *rule)
{
    printf("%s %s / %s\n", rule->id, rule->name.zh, rule->name.en);
    print_field("pattern", rule->pattern);
    print_field("check", rule->check);
    print_field("speaks for", rule->leaf != DC_NO_INDEX   ? taxonomy->leaves[rule->leaf].code
                              : rule->role != DC_NO_INDEX ? taxonomy->roles[rule->role].id
                                                          : "");
    print_field("personal", rule->pi == DC_PI_NONE ? "" : dc_pi_name(rule->pi));
    print_texts("not", &rule->not_concepts);
    for (size_t i = 0; i < rule->n_examples; i++) {
        print_field(rule->examples[i].match ? "match" : "no match", rule->examples[i].text);
    }
    printf("  %-*s %s:%zu\n", LABEL_WIDTH, "stands in", rule->file, rule->line);
}

/* ---- JSON ---- */

static json_t *texts_of(const struct dc_texts *texts)
{
    json_t *list = json_array();

    for (size_t i = 0; i < texts->n_items; i++) {
        json_array_append_new(list, json_string(texts->items[i]));
    }
    return list;
}

static json_t *codes_of(const struct dc_taxonomy *taxonomy, const int *leaves, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_array_append_new(list, json_string(taxonomy->leaves[leaves[i]].code));
    }
    return list;
}

static json_t *candidate_of(const struct dc_taxonomy *taxonomy,
                            const struct dc_candidate_rule *rule)
{
    json_t *object = json_pack(
        "{s:s, s:o, s:s, s:b, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:I}",
        "rule", rule->id, "name", taxonomy_label_json(&rule->name), "basis", rule->basis, "verify",
        rule->verify, "check", taxonomy_label_json(&rule->check), "leaves",
        codes_of(taxonomy, rule->leaves, rule->n_leaves), "word_leaves",
        codes_of(taxonomy, rule->word_leaves, rule->n_word_leaves), "own_word_leaves",
        codes_of(taxonomy, rule->own_word_leaves, rule->n_own_word_leaves), "needs_words",
        rule->needs_words, "words", texts_of(&rule->words), "not_words", texts_of(&rule->not_words),
        "near_words", texts_of(&rule->near_words), "value_rules", texts_of(&rule->value_rules),
        "near_value_rules", texts_of(&rule->near_value_rules), "threshold",
        (json_int_t)rule->threshold, "sensitive_threshold", (json_int_t)rule->sensitive_threshold,
        "decimals", (json_int_t)rule->decimals);

    json_object_set_new(object, "own_not_words", texts_of(&rule->own_not_words));
    json_object_set_new(object, "impact",
                        rule->impact.degree == DC_DEGREE_NONE
                            ? json_null()
                            : json_pack("{s:s, s:s}", "object",
                                        dc_impact_object_name(rule->impact.object), "degree",
                                        dc_impact_degree_name(rule->impact.degree)));
    return object;
}

static json_t *level_of(const struct dc_level_rule *rule)
{
    json_t *persons = json_array();

    for (size_t i = 0; i < 3 && rule->persons[i] > 0; i++) {
        json_array_append_new(persons, json_integer(rule->persons[i]));
    }
    return json_pack("{s:s, s:o, s:s, s:b, s:b, s:f, s:o, s:o, s:o, s:o, s:o, s:I}", "rule",
                     rule->id, "name", taxonomy_label_json(&rule->name), "basis", rule->basis,
                     "verify", rule->verify, "enabled", rule->enabled, "share", rule->share,
                     "words", texts_of(&rule->words), "not_words", texts_of(&rule->not_words),
                     "up_words", texts_of(&rule->up_words), "value_rules",
                     texts_of(&rule->value_rules), "persons", persons, "sensitive_persons",
                     (json_int_t)rule->sensitive_persons);
}

static json_t *value_of(const struct dc_taxonomy *taxonomy, const struct dc_value_rule *rule)
{
    json_t *match = json_array(), *no_match = json_array();

    for (size_t i = 0; i < rule->n_examples; i++) {
        json_array_append_new(rule->examples[i].match ? match : no_match,
                              json_string(rule->examples[i].text));
    }
    return json_pack("{s:s, s:o, s:s, s:s?, s:s?, s:s?, s:s, s:o, s:o, s:o, s:s, s:I}", "rule",
                     rule->id, "name", taxonomy_label_json(&rule->name), "pattern", rule->pattern,
                     "check", rule->check, "leaf",
                     rule->leaf == DC_NO_INDEX ? NULL : taxonomy->leaves[rule->leaf].code, "role",
                     rule->role == DC_NO_INDEX ? NULL : taxonomy->roles[rule->role].id, "pi",
                     dc_pi_name(rule->pi), "not", texts_of(&rule->not_concepts), "match", match,
                     "no_match", no_match, "file", rule->file, "line", (json_int_t)rule->line);
}

/* ---- the front ---- */

bool taxonomy_show_rule(const struct dc_taxonomy *taxonomy, const char *id, bool json)
{
    int candidate = dc_taxonomy_candidate_rule(taxonomy, id);
    int value = dc_taxonomy_value_rule(taxonomy, id);
    const struct dc_level_rule *level = dc_taxonomy_level_rule(taxonomy, id);

    if (candidate != DC_NO_INDEX) {
        const struct dc_candidate_rule *rule = &taxonomy->candidate_rules[candidate];

        json ? taxonomy_json_out(candidate_of(taxonomy, rule)) : show_candidate(taxonomy, rule);
    } else if (level != NULL) {
        json ? taxonomy_json_out(level_of(level)) : show_level(level);
    } else if (value != DC_NO_INDEX) {
        const struct dc_value_rule *rule = &taxonomy->value_rules[value];

        json ? taxonomy_json_out(value_of(taxonomy, rule)) : show_value(taxonomy, rule);
    }
    return candidate != DC_NO_INDEX || level != NULL || value != DC_NO_INDEX;
}

void taxonomy_list_rules(const struct dc_taxonomy *taxonomy, enum dc_lang lang)
{
    for (size_t i = 0; i < taxonomy->n_level_rules; i++) {
        const struct dc_level_rule *rule = &taxonomy->level_rules[i];

        printf("%-6s %c %s\n", rule->id, rule->verify ? '*' : ' ',
               lang == DC_LANG_EN ? rule->name.en : rule->name.zh);
    }
    for (size_t i = 0; i < taxonomy->n_candidate_rules; i++) {
        const struct dc_candidate_rule *rule = &taxonomy->candidate_rules[i];

        printf("%-6s %c %s\n", rule->id, rule->verify ? '*' : ' ',
               lang == DC_LANG_EN ? rule->name.en : rule->name.zh);
    }
}

void taxonomy_list_rules_json(const struct dc_taxonomy *taxonomy)
{
    json_t *levels = json_array(), *candidates = json_array(), *values = json_array();

    for (size_t i = 0; i < taxonomy->n_level_rules; i++) {
        json_array_append_new(levels, level_of(&taxonomy->level_rules[i]));
    }
    for (size_t i = 0; i < taxonomy->n_candidate_rules; i++) {
        json_array_append_new(candidates, candidate_of(taxonomy, &taxonomy->candidate_rules[i]));
    }
    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        json_array_append_new(values, value_of(taxonomy, &taxonomy->value_rules[i]));
    }
    taxonomy_json_out(json_pack("{s:o, s:o, s:o}", "level_rules", levels, "candidate_rules",
                                candidates, "value_rules", values));
}
