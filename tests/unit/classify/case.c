#include "case.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

struct type_word {
    const char *word;
    enum dc_type_class type;
};

static const struct type_word type_words[] = {
    {"bool", DC_TYPE_BOOLEAN},        {"bit", DC_TYPE_BOOLEAN},
    {"tinyint(1)", DC_TYPE_BOOLEAN},  {"datetime", DC_TYPE_TIMESTAMP},
    {"timestamp", DC_TYPE_TIMESTAMP}, {"date", DC_TYPE_DATE},
    {"time", DC_TYPE_TIME},           {"decimal", DC_TYPE_DECIMAL},
    {"double", DC_TYPE_REAL},         {"float", DC_TYPE_REAL},
    {"text", DC_TYPE_LONG_TEXT},      {"json", DC_TYPE_JSON},
    {"uuid", DC_TYPE_UUID},           {"blob", DC_TYPE_BINARY},
    {"varchar", DC_TYPE_TEXT},        {"nvarchar", DC_TYPE_TEXT},
    {"char", DC_TYPE_TEXT},           {"bigint", DC_TYPE_INTEGER},
    {"smallint", DC_TYPE_INTEGER},    {"int", DC_TYPE_INTEGER}};

static enum dc_type_class type_of(const char *name)
{
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++) {
        if (strncmp(name, type_words[i].word, strlen(type_words[i].word)) == 0) {
            return type_words[i].type;
        }
    }
    cr_assert_fail("no type \"%s\"", name);
    return DC_TYPE_UNKNOWN;
}

struct decided *case_open_with(const char *overlay)
{
    struct decided *decided = dc_alloc(1, sizeof *decided);
    struct dc_err err = {0};

    decided->arena = dc_arena_create(0);
    cr_assert_eq(dc_taxonomy_load(TEST_ROOT "/taxonomies/whcsa-003-2024.yaml", &overlay,
                                  overlay != NULL, &decided->taxonomy, NULL, &err),
                 DC_OK, "%s", err.message);
    cr_assert_eq(dc_name_index_create(decided->taxonomy, &decided->index, &err), DC_OK);
    decided->classifier = dc_classifier_create(decided->taxonomy, decided->index);
    decided->source.name = "test";
    return decided;
}

struct decided *case_open(void)
{
    return case_open_with(NULL);
}

void case_close(struct decided *decided)
{
    dc_classifier_destroy(decided->classifier);
    dc_name_index_destroy(decided->index);
    dc_taxonomy_destroy(decided->taxonomy);
    dc_catalog_destroy(decided->catalog);
    dc_arena_destroy(decided->arena);
    free(decided);
}

void case_table(struct decided *decided, const char *name, const char *comment)
{
    dc_catalog_destroy(decided->catalog);
    decided->catalog = dc_catalog_create();
    decided->table = dc_catalog_add_table(decided->catalog, "", "", name, comment, DC_TABLE_BASE);
    decided->table->rows_estimated = -1;
    decided->profiles = NULL;
}

struct dc_column *case_column(struct decided *decided, const char *name, const char *type,
                              const char *comment)
{
    const char *open = strchr(type, '(');
    const char *comma = open == NULL ? NULL : strchr(open, ',');
    struct dc_column *column;

    cr_assert_lt(decided->table->n_columns, MAX_CASE_COLUMNS);
    column = dc_table_add_column(decided->catalog, decided->table, name, comment, type,
                                 type_of(type));
    column->ordinal = (int32_t)decided->table->n_columns;
    column->length = open == NULL ? -1 : strtol(open + 1, NULL, 10);
    column->scale = comma == NULL ? -1 : (int32_t)strtol(comma + 1, NULL, 10);
    return column;
}

static size_t index_of(const struct decided *decided, const char *column)
{
    for (size_t i = 0; i < decided->table->n_columns; i++) {
        if (strcmp(decided->table->columns[i].name, column) == 0) {
            return i;
        }
    }
    cr_assert_fail("no column \"%s\"", column);
    return 0;
}

static void make_profiles(struct decided *decided)
{
    size_t n_rules = decided->taxonomy->n_value_rules;

    decided->profiles = dc_arena_alloc(decided->arena,
                                       decided->table->n_columns * sizeof *decided->profiles);
    for (size_t i = 0; i < decided->table->n_columns; i++) {
        decided->profiles[i].n_rules = n_rules;
        decided->profiles[i].rules = dc_arena_alloc(decided->arena,
                                                    n_rules * sizeof *decided->profiles[i].rules);
        decided->profiles[i].decimals_max = -1;
    }
}

struct dc_profile *case_profile(struct decided *decided, const char *column, int64_t rows,
                                int64_t distinct)
{
    struct dc_profile *profile;

    if (decided->profiles == NULL) {
        make_profiles(decided);
    }
    profile = &decided->profiles[index_of(decided, column)];
    profile->rows = rows;
    profile->distinct = distinct;
    profile->length_min = profile->length_max = 8;
    return profile;
}

void case_count(struct decided *decided, const char *column, const char *rule, uint32_t matched,
                uint32_t distinct, uint32_t pattern_distinct)
{
    int index = dc_taxonomy_value_rule(decided->taxonomy, rule);
    struct dc_profile *profile = &decided->profiles[index_of(decided, column)];
    struct dc_rule_count count = {matched, distinct, pattern_distinct};

    cr_assert_neq(index, DC_NO_INDEX, "no value rule \"%s\"", rule);
    memcpy((char *)(uintptr_t)profile->rules + (size_t)index * sizeof count, &count, sizeof count);
}

void case_decide(struct decided *decided)
{
    struct dc_table_context context = {.source = &decided->source,
                                       .catalog = decided->catalog,
                                       .table = decided->table,
                                       .profiles = decided->profiles,
                                       .decisions = decided->decisions};

    dc_classify_table(decided->classifier, &context, decided->arena, decided->findings,
                      &decided->verdict);
}

static double sum_of(const struct dc_subject_explanation *told, const char *subject)
{
    double sum = 0;

    for (size_t i = 0; i < told->n_reasons; i++) {
        sum += strcmp(told->reasons[i].subject, subject) == 0 ? told->reasons[i].weight : 0;
    }
    return sum;
}

void case_expect_explained(struct decided *decided)
{
    struct dc_table_context context = {.source = &decided->source,
                                       .catalog = decided->catalog,
                                       .table = decided->table,
                                       .profiles = decided->profiles,
                                       .decisions = decided->decisions};
    const char *name = decided->table->name;
    struct dc_subject_explanation told;

    dc_classify_explain_subject(decided->classifier, &context, 0, decided->arena, &told);
    for (size_t i = 0; i < told.n_scores; i++) {
        cr_expect_float_eq(sum_of(&told, told.scores[i].subject), told.scores[i].score, 1e-6,
                           "%s: %s", name, told.scores[i].subject);
        cr_expect(i == 0 || told.scores[i].score <= told.scores[i - 1].score, "%s", name);
    }
    if (decided->verdict.subject[0] != '\0') {
        cr_assert_gt(told.n_scores, 0, "%s", name);
        cr_expect_float_eq(told.scores[0].score, decided->verdict.subject_score, 1e-6, "%s", name);
        cr_expect_neq(told.other_leaf, NULL);
    }
}

const struct dc_finding *case_finding(const struct decided *decided, const char *column)
{
    return &decided->findings[index_of(decided, column)];
}

const char *case_leaf(const struct decided *decided, const char *column)
{
    return case_finding(decided, column)->leaf;
}

bool case_is_one_of(const char *leaf, const char *codes)
{
    size_t size = strlen(leaf);

    for (const char *at = strstr(codes, leaf); at != NULL; at = strstr(at + 1, leaf)) {
        if ((at == codes || at[-1] == '|') && (at[size] == '|' || at[size] == '\0')) {
            return true;
        }
    }
    return false;
}
