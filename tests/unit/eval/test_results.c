#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "eval_internal.h"

static struct dc_eval_results *results;

static void setup(void)
{
    results = dc_eval_results_create();
}

static void teardown(void)
{
    dc_eval_results_destroy(results);
}

TestSuite(results, .init = setup, .fini = teardown);

static void add(const char *schema, const char *column, const char *category)
{
    struct dc_eval_row row = {.source = "Plant",
                              .schema = schema,
                              .table = "Orders",
                              .column = column,
                              .category = category};

    dc_eval_results_add(results, &row);
}

static const char *said(const char *schema, const char *table, const char *column)
{
    struct dc_eval_label label = {
        .source = "plant", .key = "", .schema = schema, .table = table, .column = column};
    const struct dc_eval_row *row = eval_find(results, &label);

    return row == NULL ? "" : row->category;
}

Test(results, case_blanks_and_quotes_make_no_difference)
{
    add("", "Größe", "X1-01");
    cr_assert_str_eq(said("", " \"ORDERS\" ", "[gRÖße]"), "X1-01");
    cr_assert_str_eq(said("", "orders", "gro"), "");
}

Test(results, the_last_verdict_on_a_column_counts)
{
    add("", "c", "X1-01");
    cr_assert_str_eq(said("", "orders", "c"), "X1-01");
    add("", "c", "X1-02");
    cr_assert_str_eq(said("", "orders", "c"), "X1-02");
}

Test(results, a_schema_is_told_apart_where_the_label_names_one)
{
    add("a", "c", "X1-01");
    add("b", "c", "X1-02");
    cr_assert_str_eq(said("a", "orders", "c"), "X1-01");
    cr_assert_str_eq(said("b", "orders", "c"), "X1-02");
    cr_assert_str_eq(said("other", "orders", "c"), "X1-02", "else whatever the schema");
}

Test(results, a_label_may_carry_a_hash_in_place_of_names)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_eval_label label = {.source = "plant"};

    add("a", "c", "X1-01");
    label.key = eval_hash_key(arena, "PLANT", "A", "orders", "C") + 2;
    cr_assert_str_eq(eval_find(results, &label)->category, "X1-01");
    label.key = eval_hash_key(arena, "plant", "", "orders", "c") + 2;
    cr_assert_str_eq(eval_find(results, &label)->category, "X1-01");
    label.key = "0123456789abcdef01234567";
    cr_assert_null(eval_find(results, &label));
    dc_arena_destroy(arena);
}

Test(results, the_hash_is_that_of_the_names)
{
    struct dc_arena *arena = dc_arena_create(0);

    /* printf 's|x|t|c' | sha256sum */
    cr_assert_str_eq(eval_hash_key(arena, "S", "x", "`t`", "c"), "h\x01"
                                                                 "3faa95075534e2e4600c5b24");
    dc_arena_destroy(arena);
}

static enum dc_status read_text(const char *text, struct dc_err *err)
{
    char path[] = "/tmp/dcscan-results-XXXXXX";
    FILE *file = fdopen(mkstemp(path), "w");
    enum dc_status status;

    fputs(text, file);
    fclose(file);
    status = dc_eval_results_read(results, path, err);
    unlink(path);
    return status;
}

static const struct {
    const char *members;
    bool has_level, has_confidence, important;
    int level;
    const char *pi;
} lines[] = {
    {"\"level\":3,\"confidence\":0.5,\"important\":[\"ID01\"],\"pi\":\"personal\"", true, true,
     true, 3, "personal"},
    {"\"level\":\"G4\",\"confidence\":\"0.5\",\"important\":[]", true, true, false, 4, "none"},
    {"\"level\":null,\"confidence\":null,\"important\":null,\"pi\":null", false, false, false, 0,
     "none"},
    {"\"level\":\"high\",\"confidence\":\"much\",\"important\":true,\"pi\":\"\"", false, false,
     true, 0, "none"},
};

Test(results, json_lines_are_read_in_their_forms)
{
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct dc_eval_label label = {
            .source = "s", .key = "", .schema = "", .table = "t", .column = "c"};
        const struct dc_eval_row *row;
        char text[512];

        snprintf(text, sizeof text, "\n{\"source\":\"s\",\"table\":\"t\",\"column\":\"c\",%s}\n",
                 lines[i].members);
        cr_assert_eq(read_text(text, NULL), DC_OK);
        row = eval_find(results, &label);
        cr_assert_eq(row->has_level, lines[i].has_level, "%zu", i);
        cr_assert(!row->has_level || row->level == lines[i].level, "%zu", i);
        cr_assert_eq(row->has_confidence, lines[i].has_confidence, "%zu", i);
        cr_assert_eq(row->important, lines[i].important, "%zu", i);
        cr_assert_str_eq(row->pi, lines[i].pi, "%zu", i);
    }
}

Test(results, a_line_that_is_no_object_is_told)
{
    struct dc_err err = {0};

    cr_assert_eq(read_text("{\"source\":\"s\"}\n[1]\n", &err), DC_ERR_CONFIG);
    cr_assert(strstr(err.message, ":2: not a JSON object"), "%s", err.message);
}
