#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "eval_internal.h"

#define HEADER "corpus,schema,table,column,category,alternates,level,level_alt,pi,important\n"

static struct dc_arena *arena;
static struct dc_eval_labels labels;
static char path[] = "/tmp/dcscan-labels-XXXXXX";

static void setup(void)
{
    arena = dc_arena_create(0);
    dc_eval_labels_init(&labels, arena);
    close(mkstemp(path));
}

static void teardown(void)
{
    unlink(path);
    dc_eval_labels_done(&labels);
    dc_arena_destroy(arena);
}

TestSuite(labels, .init = setup, .fini = teardown);

static enum dc_status read_text(const char *text, struct dc_err *err)
{
    FILE *file = fopen(path, "we");

    fputs(text, file);
    fclose(file);
    return dc_eval_labels_read(&labels, path, err);
}

Test(labels, alternatives_are_told_apart)
{
    cr_assert_eq(read_text(HEADER "s,x,t,c,B1-02,B1-03 | Z1-01|,G3,G2|1,personal|none,yes\n", NULL),
                 DC_OK);
    cr_assert_eq(labels.n_items, 1);
    cr_assert_eq(labels.items[0].leaves.n_items, 3);
    cr_assert_str_eq(labels.items[0].leaves.items[2], "Z1-01");
    cr_assert_eq(labels.items[0].levels, 1u << 3 | 1u << 2 | 1u << 1);
    cr_assert_eq(labels.items[0].pi, DC_EVAL_PI_NONE | DC_EVAL_PI_PERSONAL);
    cr_assert(labels.items[0].important);
}

Test(labels, quotes_line_ends_and_a_byte_order_mark_are_read)
{
    cr_assert_eq(read_text("\xEF\xBB\xBF" HEADER
                           "s,,\"t, \"\"1\"\"\",\"a\nb\",D1-01,,G2,,none,no\r\n"
                           "\r\ns,,t,c2,D1-01,,G2",
                           NULL),
                 DC_OK);
    cr_assert_eq(labels.n_items, 2);
    cr_assert_str_eq(labels.items[0].table, "t, \"1\"");
    cr_assert_str_eq(labels.items[0].column, "a\nb");
    cr_assert_eq(labels.items[1].pi, DC_EVAL_PI_NONE);
}

Test(labels, columns_may_come_in_any_order_with_others_between)
{
    cr_assert_eq(read_text("why,level,category,column,table,corpus\nso,G4,P2-01,c,t,s\n", NULL),
                 DC_OK);
    cr_assert_str_eq(labels.items[0].source, "s");
    cr_assert_eq(labels.items[0].levels, 1u << 4);
}

static const struct {
    const char *text, *complaint;
} refused[] = {
    {"", ":1: there is no column \"corpus\""},
    {"corpus,table,column,level\n", "no column \"category\""},
    {"corpus,category,level,table\n", "neither a key nor a column \"column\""},
    {HEADER "s,,t,c,,,G2,,none,no\n", ":2: there is no category for \"c\""},
    {HEADER "s,,t,c,A1-01,,high,,none,no\n", ":2: levels are G1 to G4, not \"high\""},
    {HEADER "s,,t,c,A1-01,,G1,G77,none,no\n", "not \"G77\""},
    {HEADER "\n\ns,,t,c,A1-01,,G1,,some,no\n", ":4: \"pi\" is none, personal or sensitive"},
};

Test(labels, what_is_no_label_is_told_with_its_line)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct dc_err err = {0};

        cr_assert_eq(read_text(refused[i].text, &err), DC_ERR_CONFIG, "%zu", i);
        cr_assert(strstr(err.message, refused[i].complaint), "%s", err.message);
        cr_assert_eq(labels.n_items, 0, "nothing of a bad file is kept");
    }
}

Test(labels, several_files_add_up)
{
    cr_assert_eq(read_text(HEADER "s,,t,a,A1-01,,G1,,none,no\n", NULL), DC_OK);
    cr_assert_eq(read_text(HEADER "s,,t,b,A1-01,,G1,,none,no\n", NULL), DC_OK);
    cr_assert_eq(labels.n_items, 2);
}

Test(labels, a_missing_file_is_told_by_name)
{
    struct dc_err err = {0};

    cr_assert_neq(dc_eval_labels_read(&labels, "/nowhere/labels.csv", &err), DC_OK);
    cr_assert(strstr(err.message, "/nowhere/labels.csv"), "%s", err.message);
}
