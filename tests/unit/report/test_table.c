#include <criterion/criterion.h>
#include <string.h>

#include "demo_inventory.h"
#include "report_case.h"

static struct report_case test;

static void setup(void)
{
    report_case_begin(&test);
}

static void teardown(void)
{
    report_case_end(&test);
}

TestSuite(report_table, .init = setup, .fini = teardown);

static void write_demo(void)
{
    struct dc_err err = {0};

    demo_inventory_fill(test.inventory);
    cr_assert_eq(report_case_write(&test, DC_LANG_EN, &err), DC_OK, "%s", err.message);
}

/* The row of a table in whose column a text stands; the number of rows when there is none. */
static size_t row_with(const char *table, const char *key, const char *text)
{
    size_t n = mem_writer_n_rows(test.layout.writer, table), row = 0;

    while (row < n && strcmp(report_case_cell(&test, table, row, key), text) != 0) {
        row++;
    }
    return row;
}

static void expect_cell(const char *table, const char *at_key, const char *at, const char *key,
                        const char *text)
{
    cr_expect_str_eq(report_case_cell(&test, table, row_with(table, at_key, at), key), text,
                     "%s of %s in %s: %s", key, at, table,
                     report_case_cell(&test, table, row_with(table, at_key, at), key));
}

struct count_case {
    const char *table;
    size_t n_rows;
};

static const struct count_case COUNTS[] = {
    {"columns", 18},   {"records", 18},      {"tables", 6},          {"sampling", 6},
    {"sources", 3},    {"source_list", 3},   {"personal", 3},        {"review", 1},
    {"important", 4},  {"unread", 3},        {"candidate_rules", 4}, {"level_rules", 11},
    {"levels", 5},     {"classes", 5},       {"leaves", 12},         {"evidence", 22},
    {"contents", 17},  {"sensitive", 1},     {"filing", 2},          {"heat", 2},
    {"systems", 3},    {"export_duties", 6}, {"export_sources", 3},  {"export_exemptions", 7},
    {"level_list", 6}, {"yes_no_list", 2},   {"comparison", 3},      {"compared", 1},
    {"changes", 1},    {"change_kinds", 1},
};

Test(report_table, every_table_has_its_rows)
{
    write_demo();
    for (size_t i = 0; i < sizeof COUNTS / sizeof COUNTS[0]; i++) {
        cr_expect_eq(mem_writer_n_rows(test.layout.writer, COUNTS[i].table), COUNTS[i].n_rows,
                     "%s: %zu", COUNTS[i].table,
                     mem_writer_n_rows(test.layout.writer, COUNTS[i].table));
    }
}

Test(report_table, a_column_row_joins_source_table_leaf_and_verdict)
{
    write_demo();
    expect_cell("columns", "column", "id_card", "system", "MES");
    expect_cell("columns", "column", "id_card", "plant", "武汉一厂");
    expect_cell("columns", "column", "id_card", "dbms", "MariaDB");
    expect_cell("columns", "column", "id_card", "class1", "Personal information");
    expect_cell("columns", "column", "id_card", "category_name", "Identity and document numbers");
    expect_cell("columns", "column", "id_card", "level", "General 4");
    expect_cell("columns", "column", "id_card", "level_reason", "L3 floor of personal information");
    expect_cell("columns", "column", "id_card", "pi", "sensitive personal");
    expect_cell("columns", "column", "id_card", "examples", "4201**********1234");
    expect_cell("columns", "column", "id_card", "final_level", "");
    expect_cell("columns", "column", "id_card", "key", "mes-wuhan//mes/sys_user/id_card");
    expect_cell("columns", "column", "id_card", "updated", "2026-01-01");
}

Test(report_table, numbers_come_from_one_count_over_the_run)
{
    write_demo();
    expect_cell("numbers", "item", "Tables", "number", "6");
    expect_cell("numbers", "item", "Tables not read", "number", "1");
    expect_cell("numbers", "item", "Columns", "number", "18");
    expect_cell("numbers", "item", "Columns not read", "number", "2");
    expect_cell("numbers", "item", "of them not reached", "number", "1");
    expect_cell("numbers", "item", "of them sensitive", "number", "1");
    expect_cell("numbers", "item", "Candidates for important data", "number", "3");
    expect_cell("levels", "level", "General 4", "columns", "4");
    expect_cell("levels", "level", "Undecided", "columns", "1");
    expect_cell("classes", "class", "Personal information", "columns", "3");
    expect_cell("sources_numbers", "source", "mes-wuhan", "level4", "3");
    expect_cell("level_rules", "rule", "L3", "columns", "1");
    expect_cell("candidate_rules", "rule", "ID08", "columns", "2");
    expect_cell("candidate_rules", "rule", "ID04", "columns", "0");
}

Test(report_table, levels_stand_highest_first_and_classes_in_the_order_of_codes)
{
    write_demo();
    cr_expect_str_eq(report_case_cell(&test, "levels", 0, "level"), "General 4");
    cr_expect_str_eq(report_case_cell(&test, "levels", 4, "level"), "Undecided");
    cr_expect_str_eq(report_case_cell(&test, "classes", 0, "class"), "R&D data");
    cr_expect_str_eq(report_case_cell(&test, "classes", 4, "class"), "Technical remainder");
    cr_expect_str_eq(report_case_cell(&test, "level_rules", 9, "rule"), "L10");
}

Test(report_table, what_was_not_read_has_a_row_with_its_reason)
{
    write_demo();
    expect_cell("unread", "object", "source", "source", "plm");
    expect_cell("unread", "object", "table", "table", "v_big_report");
    expect_cell("unread", "object", "table", "reason",
                "could not read: canceling statement due to statement timeout [57014]");
    expect_cell("unread", "object", "table", "columns", "1");
    expect_cell("unread", "object", "column", "column", "snapshot");
    expect_cell("unread", "object", "column", "reason", "二进制内容不读取");
}

Test(report_table, known_reasons_are_worded_for_people_only)
{
    struct dc_err err = {0};
    struct dc_inventory_table *table = mem_inventory_add_table(test.inventory, "mes", "", "t");
    struct dc_inventory_column *column = mem_inventory_add_column(test.inventory, "c", "", 0);

    table->status = column->finding.status = DC_COLUMN_SKIPPED;
    table->reason = column->finding.reason = "not reached";
    cr_assert_eq(report_case_write(&test, DC_LANG_ZH, &err), DC_OK);
    cr_expect_str_eq(report_case_cell(&test, "unread", 0, "reason"), "扫描结束前未轮到");
    cr_expect_str_eq(report_case_cell(&test, "records", 0, "reason"), "not reached");
}

Test(report_table, the_rule_that_stopped_a_reading_is_counted)
{
    struct dc_err err = {0};
    struct dc_inventory_table *table = mem_inventory_add_table(test.inventory, "mes", "", "t");
    struct dc_inventory_column *column = mem_inventory_add_column(test.inventory, "c", "", 0);

    table->status = column->finding.status = DC_COLUMN_SKIPPED;
    column->finding.level_reason = "L10";
    cr_assert_eq(report_case_write(&test, DC_LANG_EN, &err), DC_OK);
    expect_cell("level_rules", "rule", "L10", "columns", "1");
    cr_expect_str_eq(report_case_cell(&test, "columns", 0, "level_reason"), "");
}

Test(report_table, a_rule_that_the_run_does_not_explain_is_listed_by_its_id)
{
    write_demo();
    expect_cell("important", "rule", "ID99", "rule_name", "");
    expect_cell("candidate_rules", "rule", "ID99", "columns", "1");
}

Test(report_table, nothing_unread_is_said_in_so_many_words)
{
    struct dc_err err = {0};

    mem_inventory_add_source(test.inventory, "mes");
    cr_assert_eq(report_case_write(&test, DC_LANG_EN, &err), DC_OK);
    cr_expect_eq(mem_writer_n_rows(test.layout.writer, "unread"), 1);
    cr_expect_str_eq(report_case_cell(&test, "unread", 0, "number"),
                     "none: all sources, tables and columns in scope were read");
    cr_expect_eq(mem_writer_n_rows(test.layout.writer, "records"),
                 0); /* other programs read it: no words there */
}

static void add_review(const char *name, double confidence)
{
    struct dc_inventory_column *column = mem_inventory_add_column(test.inventory, name, "Z1-04", 0);

    column->finding.to_review = true;
    column->finding.confidence = confidence;
}

Test(report_table, the_least_certain_come_first_and_are_numbered_so)
{
    static const char *const order[] = {"low", "same1", "same2", "high"};
    struct dc_err err = {0};

    mem_inventory_add_table(test.inventory, "mes", "", "t");
    add_review("high", 0.6);
    add_review("same1", 0.3);
    add_review("low", 0.1);
    add_review("same2", 0.3);
    cr_assert_eq(report_case_write(&test, DC_LANG_EN, &err), DC_OK);
    for (size_t i = 0; i < 4; i++) {
        cr_expect_str_eq(report_case_cell(&test, "review", i, "column"), order[i]);
        cr_expect_str_eq(report_case_cell(&test, "review", i, "number"),
                         dc_arena_printf(test.layout.arena, "%zu", i + 1));
    }
}

Test(report_table, too_many_rows_to_sort_come_as_they_are)
{
    struct dc_err err = {0};

    mem_inventory_add_table(test.inventory, "mes", "", "t");
    add_review("high", 0.6);
    add_review("low", 0.1);
    mem_inventory_repeat(test.inventory, 10001);
    cr_assert_eq(report_case_write(&test, DC_LANG_EN, &err), DC_OK);
    cr_expect_eq(mem_writer_n_rows(test.layout.writer, "review"), 20002);
    cr_expect_str_eq(report_case_cell(&test, "review", 0, "column"), "high");
    cr_expect_str_eq(report_case_cell(&test, "review", 20001, "number"), "20002");
}

Test(report_table, a_table_of_no_known_source_is_shown_without_it)
{
    struct dc_err err = {0};

    mem_inventory_add_table(test.inventory, "gone", "", "t");
    mem_inventory_add_column(test.inventory, "c", "X9-99", 2);
    cr_assert_eq(report_case_write(&test, DC_LANG_ZH, &err), DC_OK);
    cr_expect_str_eq(report_case_cell(&test, "columns", 0, "source"), "gone");
    cr_expect_str_eq(report_case_cell(&test, "columns", 0, "system"), "");
    cr_expect_str_eq(report_case_cell(&test, "columns", 0, "category"), "X9-99");
    cr_expect_str_eq(report_case_cell(&test, "classes", 0, "class"), "（未归类）");
}

Test(report_table, a_failing_reader_ends_the_report)
{
    struct dc_err err = {0};

    demo_inventory_fill(test.inventory);
    mem_inventory_fail_at_column(test.inventory, 40);
    cr_expect_eq(report_case_write(&test, DC_LANG_EN, &err), DC_ERR_READ);
    cr_expect(strstr(err.message, "could not read the store") != NULL, "%s", err.message);
}

Test(report_table, people_fill_in_levels_from_a_list_without_undecided)
{
    const struct dc_report_table *table;
    const struct dc_report_column *column = NULL;

    write_demo();
    table = mem_writer_table(test.layout.writer, "columns");
    for (size_t i = 0; i < table->n_columns; i++) {
        column = strcmp(table->columns[i].key, "final_level") == 0 ? &table->columns[i] : column;
    }
    cr_assert_not_null(column);
    cr_expect_eq(column->n_choices, 6);
    cr_expect_str_eq(column->choices[0], "General 1");
    cr_expect_str_eq(column->choices[5], "Core");
    cr_expect(column->fill);
}

static void write_changes(enum dc_lang lang)
{
    struct dc_err err = {0};

    test.changes = demo_changes();
    demo_inventory_fill(test.inventory);
    cr_assert_eq(report_case_write(&test, lang, &err), DC_OK, "%s", err.message);
}

Test(report_table, without_a_comparison_the_sheet_says_so)
{
    write_demo();
    cr_expect_str_eq(report_case_cell(&test, "changes", 0, "kind"),
                     "not compared with an earlier run");
    cr_expect_str_eq(report_case_cell(&test, "comparison", 0, "content"),
                     "not compared with an earlier run");
}

Test(report_table, without_changes_the_sheet_says_so)
{
    static struct dc_compared_source source = {"mes-wuhan", 3, 7, 1767225600};
    static const struct dc_changes none = {.sources = &source, .n_sources = 1};
    struct dc_err err = {0};

    test.changes = &none;
    demo_inventory_fill(test.inventory);
    cr_assert_eq(report_case_write(&test, DC_LANG_EN, &err), DC_OK, "%s", err.message);
    cr_expect_str_eq(report_case_cell(&test, "change_kinds", 0, "kind"), "no change");
    cr_expect_str_eq(report_case_cell(&test, "changes", 0, "kind"), "no change");
    cr_expect_str_eq(report_case_cell(&test, "comparison", 0, "content"), "0");
}

Test(report_table, nothing_to_compare_with_is_not_told_as_no_change)
{
    static const struct dc_changes none;
    struct dc_err err = {0};

    test.changes = &none;
    demo_inventory_fill(test.inventory);
    cr_assert_eq(report_case_write(&test, DC_LANG_EN, &err), DC_OK, "%s", err.message);
    cr_expect_str_eq(report_case_cell(&test, "changes", 0, "kind"), "no earlier run in the store");
    cr_expect_str_eq(report_case_cell(&test, "comparison", 0, "content"),
                     "no earlier run in the store");
}

Test(report_table, changes_are_told_in_words_with_their_clause)
{
    write_changes(DC_LANG_EN);
    cr_expect_eq(mem_writer_n_rows(test.layout.writer, "changes"), demo_changes()->n_items);
    cr_expect_eq(mem_writer_n_rows(test.layout.writer, "change_kinds"), DC_N_CHANGE_KINDS);
    expect_cell("changes", "kind", "volume changed", "before", "125,000");
    expect_cell("changes", "kind", "volume changed", "regrade", "yes");
    expect_cell("changes", "kind", "level raised", "after", "General 3");
    expect_cell("changes", "kind", "personal information changed", "after", "personal");
    expect_cell("changes", "kind", "column gone", "key", "mes-wuhan/mes//pro_workorder/a%2Fb");
    expect_cell("changes", "kind", "table gone", "basis", "");
    expect_cell("changes", "kind", "table gone", "regrade", "no");
    expect_cell("change_kinds", "kind", "new table", "count", "1");
    expect_cell("compared", "source", "mes-wuhan", "run", "41");
    expect_cell("compared", "source", "erp", "run", "no earlier run in the store");
    expect_cell("compared", "source", "erp", "started_at", "");
    cr_expect_not_null(strstr(
        report_case_cell(&test, "changes", row_with("changes", "kind", "column gone"), "basis"),
        "annex J: key fields removed"));
    cr_expect_not_null(
        strstr(report_case_cell(&test, "comparison", 2, "content"), "different rules"));
}
