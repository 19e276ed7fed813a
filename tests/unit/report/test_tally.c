#include <criterion/criterion.h>

#include "demo_inventory.h"
#include "report_case.h"

static struct mem_inventory *inventory;

static void setup(void)
{
    inventory = mem_inventory_create();
}

static void teardown(void)
{
    mem_inventory_destroy(inventory);
}

TestSuite(report_tally, .init = setup, .fini = teardown);

Test(report_tally, the_summary_counts_what_the_demo_has)
{
    struct dc_report_summary summary = {0};
    struct dc_err err = {0};

    demo_inventory_fill(inventory);
    cr_assert_eq(dc_report_summarise(mem_inventory_reader(inventory), &summary, &err), DC_OK);
    cr_expect_eq(summary.n_sources, 3);
    cr_expect_eq(summary.n_sources_failed, 1);
    cr_expect_eq(summary.n_tables, 6);
    cr_expect_eq(summary.n_tables_unread, 1);
    cr_expect_eq(summary.n_columns, 18);
    cr_expect_eq(summary.n_columns_unread, 2);
    cr_expect_eq(summary.by_level[0] + summary.by_level[1] + summary.by_level[2] +
                     summary.by_level[3] + summary.by_level[4],
                 16);
    cr_expect_eq(summary.by_level[4], 4);
    cr_expect_eq(summary.n_personal, 3);
    cr_expect_eq(summary.n_sensitive, 1);
    cr_expect_eq(summary.n_important, 3);
    cr_expect_eq(summary.n_review, 1);
    cr_expect_eq(summary.rows_read, 3400);
}

Test(report_tally, the_summary_can_be_made_again_from_the_same_reader)
{
    struct dc_report_summary first = {0}, second = {0};
    struct dc_err err = {0};

    demo_inventory_fill(inventory);
    cr_assert_eq(dc_report_summarise(mem_inventory_reader(inventory), &first, &err), DC_OK);
    cr_assert_eq(dc_report_summarise(mem_inventory_reader(inventory), &second, &err), DC_OK);
    cr_expect_eq(first.n_columns, second.n_columns);
    cr_expect_eq(first.n_sources, second.n_sources);
}

Test(report_tally, an_empty_run_counts_nothing)
{
    struct dc_report_summary summary = {.n_columns = 7};
    struct dc_err err = {0};

    cr_assert_eq(dc_report_summarise(mem_inventory_reader(inventory), &summary, &err), DC_OK);
    cr_expect_eq(summary.n_columns, 0);
    cr_expect_eq(summary.n_tables, 0);
}

Test(report_tally, a_failure_leaves_the_summary_untouched)
{
    struct dc_report_summary summary = {.n_columns = 7};
    struct dc_err err = {0};

    demo_inventory_fill(inventory);
    mem_inventory_fail_at_column(inventory, 3);
    cr_assert_eq(dc_report_summarise(mem_inventory_reader(inventory), &summary, &err), DC_ERR_READ);
    cr_expect_eq(summary.n_columns, 7);
}

/* A table whose task was not done tells how many columns it has, but hands none out. */
Test(report_tally, columns_that_are_not_handed_out_count_as_unread)
{
    struct dc_report_summary summary = {0};
    struct dc_err err = {0};
    struct dc_inventory_table *table = mem_inventory_add_table(inventory, "mes", "", "t");

    table->status = DC_COLUMN_SKIPPED;
    table->n_columns = 12;
    cr_assert_eq(dc_report_summarise(mem_inventory_reader(inventory), &summary, &err), DC_OK);
    cr_expect_eq(summary.n_columns, 12);
    cr_expect_eq(summary.n_columns_unread, 12);
}

struct order_case {
    const char *less, *more;
};

static const struct order_case ORDERS[] = {
    {"L2", "L10"},    {"A1-03", "B1-01"}, {"B1-02", "B1-10"}, {"B1", "B1-02"},
    {"ID01", "ID02"}, {"", "A"},          {"Z1-04", "~"},
};

Test(report_tally, codes_are_ordered_by_the_numbers_in_them)
{
    for (size_t i = 0; i < sizeof ORDERS / sizeof ORDERS[0]; i++) {
        cr_expect_lt(report_code_compare(ORDERS[i].less, ORDERS[i].more), 0, "%s", ORDERS[i].less);
        cr_expect_gt(report_code_compare(ORDERS[i].more, ORDERS[i].less), 0, "%s", ORDERS[i].less);
        cr_expect_eq(report_code_compare(ORDERS[i].less, ORDERS[i].less), 0, "%s", ORDERS[i].less);
    }
}

/* Two tables of a source and one of another that has no system: persons are bounded from both sides. */
Test(report_tally, persons_and_systems_are_counted_by_source)
{
    struct report_tally *tally = report_tally_create();
    struct dc_inventory_reader *reader = mem_inventory_reader(inventory);
    struct dc_err err = {0};

    mem_inventory_add_source(inventory, "hr")->about[DC_ABOUT_SYSTEM] = "HR";
    mem_inventory_add_source(inventory, "old");
    for (int i = 0; i < 3; i++) {
        struct dc_inventory_table *table = mem_inventory_add_table(inventory, i < 2 ? "hr" : "old",
                                                                   "", i == 0 ? "a" : "b");
        struct dc_inventory_column *column = mem_inventory_add_column(inventory, "phone", "P1-02",
                                                                      2);

        table->rows_estimated = 100 * (i + 1);
        column->finding.pi = i == 1 ? DC_PI_SENSITIVE : DC_PI_PERSONAL;
        column->profile.rows = column->profile.distinct = 100 * (i + 1);
        column->profile.nulls = column->profile.empties = 0;
    }
    cr_assert_eq(report_tally_sources(tally, reader, &err), DC_OK);
    cr_assert_eq(report_tally_count(tally, reader, &err), DC_OK);
    cr_expect_eq(report_tally_source(tally, "hr")->persons.counts.all.low, 200);
    cr_expect_eq(report_tally_source(tally, "hr")->persons.counts.all.high, 300);
    cr_expect_eq(report_tally_source(tally, "hr")->persons.counts.sensitive.high, 200);
    cr_expect_eq(tally->persons.all.low, 300);
    cr_expect_eq(tally->persons.all.high, 600);
    cr_expect_eq(tally->table_persons[2], 300);
    cr_assert_eq(tally->systems.n_items, 2);
    cr_expect_str_eq(tally->systems.items[0].code, "");
    cr_expect_str_eq(tally->systems.items[1].code, "HR");
    cr_expect_eq(tally->systems.items[1].n_personal, 2);
    cr_expect_eq(tally->systems.items[1].by_level[2], 2);
    report_tally_destroy(tally);
}
