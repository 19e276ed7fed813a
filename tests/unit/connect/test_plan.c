#include <criterion/criterion.h>
#include <string.h>

#include "plan.h"

static struct dc_column columns[] = {
    {.name = "id", .type_name = "bigint", .type = DC_TYPE_INTEGER, .primary_key = true},
    {.name = "note", .type_name = "text", .type = DC_TYPE_LONG_TEXT},
    {.name = "photo", .type_name = "blob", .type = DC_TYPE_BINARY},
    {.name = "salary", .type_name = "int", .type = DC_TYPE_INTEGER, .unreadable = true},
    {.name = "place", .type_name = "point", .type = DC_TYPE_SPATIAL},
    {.name = "a \"b\"", .type_name = "what", .type = DC_TYPE_UNKNOWN},
};

static const struct dc_dialect_type types[] = {
    {"text", DC_TYPE_LONG_TEXT, "left({column}, {chars})"},
    {"*", DC_TYPE_UNKNOWN, NULL},
};

static const struct dc_dialect dialect = {
    .name = "d", .quote_open = "\"", .quote_close = "\"", .types = types, .n_types = 2};

static struct dc_table table_of(int64_t rows, int64_t pages)
{
    return (struct dc_table){.catalog = "",
                             .schema = "",
                             .name = "t",
                             .columns = columns,
                             .n_columns = sizeof columns / sizeof columns[0],
                             .rows_estimated = rows,
                             .pages = pages};
}

Test(plan, only_what_can_be_read_as_text_is_selected_and_long_texts_are_cut_at_the_source)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_table table = table_of(10, -1);
    struct dc_selection selection;

    dc_selection_make(&dialect, &table, 256, arena, &selection);
    cr_expect_str_eq(selection.list, "\"id\", left(\"note\", 257), \"a \"\"b\"\"\"");
    cr_assert_eq(selection.n_selected, 3);
    cr_expect_eq(selection.columns[2], 5);
    cr_expect_eq(selection.value_bytes[1], 256);
    dc_arena_destroy(arena);
}

/* Ways in the order of a dialect, sizes, and whether each is meant for it with 1,000 rows wanted. */
static const struct {
    struct dc_dialect_sampling sampling;
    int64_t rows;
    enum dc_table_kind kind;
    bool applies;
} ways[] = {
    {{.method = DC_SAMPLE_WHOLE}, 0, DC_TABLE_BASE, true},
    {{.method = DC_SAMPLE_WHOLE}, 3000, DC_TABLE_BASE, true},
    {{.method = DC_SAMPLE_WHOLE}, 3001, DC_TABLE_BASE, false},
    {{.method = DC_SAMPLE_WHOLE}, -1, DC_TABLE_BASE, false},
    {{.method = DC_SAMPLE_TABLESAMPLE}, 3001, DC_TABLE_BASE, true},
    {{.method = DC_SAMPLE_TABLESAMPLE}, -1, DC_TABLE_BASE, false},
    {{.method = DC_SAMPLE_TABLESAMPLE, .base_tables_only = true}, 3001, DC_TABLE_VIEW, false},
    {{.method = DC_SAMPLE_RANDOM_KEYS, .needs_integer_key = true}, -1, DC_TABLE_BASE, true},
    {{.method = DC_SAMPLE_RANDOM_ROWS, .rows_max = 2000000}, 2000000, DC_TABLE_BASE, true},
    {{.method = DC_SAMPLE_RANDOM_ROWS, .rows_max = 2000000}, 2000001, DC_TABLE_BASE, false},
    {{.method = DC_SAMPLE_RANDOM_ROWS, .rows_max = 2000000}, -1, DC_TABLE_BASE, false},
    {{.method = DC_SAMPLE_HEAD}, -1, DC_TABLE_VIEW, true},
    {{.method = DC_SAMPLE_HEAD, .rows_min = 10}, 9, DC_TABLE_BASE, false},
    {{.method = DC_SAMPLE_HEAD, .rows_min = 10}, -1, DC_TABLE_BASE, false},
};

Test(plan, a_way_serves_the_sizes_and_kinds_it_is_meant_for)
{
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct dc_table table = table_of(ways[i].rows, -1);

        table.kind = ways[i].kind;
        cr_expect_eq(dc_plan_applies(&ways[i].sampling, &table, ways[i].rows, 1000),
                     ways[i].applies, "line %zu", i);
    }
}

Test(plan, random_keys_need_a_single_integer_key)
{
    struct dc_column composite[] = {{.name = "a", .type = DC_TYPE_INTEGER, .primary_key = true},
                                    {.name = "b", .type = DC_TYPE_INTEGER, .primary_key = true}};
    struct dc_column text[] = {{.name = "a", .type = DC_TYPE_TEXT, .primary_key = true}};
    struct dc_column counter[] = {{.name = "a", .type = DC_TYPE_TEXT, .primary_key = true},
                                  {.name = "n", .type = DC_TYPE_INTEGER, .auto_increment = true}};
    struct dc_column number[] = {
        {.name = "a", .type = DC_TYPE_DECIMAL, .primary_key = true, .scale = 0}};
    struct dc_table table = {.columns = composite, .n_columns = 2};

    cr_expect_null(dc_plan_key(&table));
    table = (struct dc_table){.columns = text, .n_columns = 1};
    cr_expect_null(dc_plan_key(&table));
    table = (struct dc_table){.columns = counter, .n_columns = 2};
    cr_expect_str_eq(dc_plan_key(&table)->name, "n");
    table = (struct dc_table){.columns = number, .n_columns = 1};
    cr_expect_str_eq(dc_plan_key(&table)->name, "a");
}

/* Rows, pages: share of the pages in percent, and of their rows, for 1,000 rows. */
static const struct {
    int64_t rows, pages;
    double percent, fraction;
} shares[] = {
    {5000000, 71484, 0.36371, 0.05609}, /* 260 pages */
    {60000, 325, 80, 0.02125},          /* … of 325 */
    {5000, 50, 100, 0.204},             /* few pages: all of them */
    {1000000, 1000000, 0.12, 0.85},     /* a page a row: not more than is needed */
    {100000, -1, 20.8, 0.04904},        /* pages unknown: 80 rows each */
};

Test(plan, pages_are_many_enough_to_spread_and_few_enough_to_disturb_nobody)
{
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        struct dc_shares got = dc_plan_shares(DC_SAMPLE_TABLESAMPLE, shares[i].rows,
                                              shares[i].pages, 1000);

        cr_expect_float_eq(got.percent, shares[i].percent, shares[i].percent / 1000, "%zu: %g", i,
                           got.percent);
        cr_expect_float_eq(got.fraction, shares[i].fraction, shares[i].fraction / 1000, "%zu: %g",
                           i, got.fraction);
        cr_expect_float_eq(got.percent / 100 * got.fraction * (double)shares[i].rows, 1020, 1,
                           "line %zu", i);
    }
}

Test(plan, a_filter_over_all_rows_keeps_the_rows_wanted)
{
    struct dc_shares got = dc_plan_shares(DC_SAMPLE_RANDOM_ROWS, 60000, 325, 1000);

    cr_expect_float_eq(got.percent, 100, 1e-9);
    cr_expect_float_eq(got.fraction, 0.017, 1e-9);
}

Test(plan, statements_of_unknown_size_are_bounded)
{
    struct dc_dialect_sampling whole = {.method = DC_SAMPLE_WHOLE},
                               head = {.method = DC_SAMPLE_HEAD};
    struct dc_table table = table_of(-1, -1), view = table;

    view.kind = DC_TABLE_VIEW;
    cr_expect_eq(dc_plan_limit(&whole, &table, 100, 1000), 4000);
    cr_expect_eq(dc_plan_limit(&head, &table, 100, 1000), 4000, "known to be small: whole");
    cr_expect_eq(dc_plan_limit(&head, &table, -1, 1000), 3000);
    cr_expect_eq(dc_plan_limit(&head, &table, 5000000, 1000), 1000);
    cr_expect_eq(dc_plan_limit(&head, &view, -1, 1000), 1000);
}

Test(plan, placeholders_become_text_without_exponents)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_table table = table_of(1, 1);
    struct dc_fill fill = {.dialect = &dialect,
                           .table = &table,
                           .columns = "\"{limit}\"",
                           .shares = {0.0002, 1e-9},
                           .limit = 7,
                           .seed = 99};

    cr_expect_str_eq(
        dc_plan_statement("{columns} {table} {percent} {fraction} {limit} {seed} {key}", &fill,
                          arena),
        "\"{limit}\" \"t\" 0.0002 0.000000001 7 99 ");
    fill.shares = (struct dc_shares){100, 1};
    cr_expect_str_eq(dc_plan_statement("{percent} {fraction}", &fill, arena), "100.0 1.0");
    dc_arena_destroy(arena);
}
