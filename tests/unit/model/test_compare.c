/* Two runs compared. */
#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/compare.h"
#include "mem_inventory.h"

static struct mem_inventory *older, *newer;
static struct dc_arena *arena;
static struct dc_changes changes;

static struct dc_inventory_column *add(struct mem_inventory *inventory, const char *name)
{
    struct dc_inventory_column *column = mem_inventory_add_column(inventory, name, "D2-01", 2);

    column->type_name = "varchar(20)";
    column->profile.rows = column->profile.distinct = 100;
    column->profile.nulls = 0;
    return column;
}

static void setup(void)
{
    struct mem_inventory **both[] = {&older, &newer};

    arena = dc_arena_create(0);
    for (size_t i = 0; i < 2; i++) {
        *both[i] = mem_inventory_create();
        mem_inventory_add_source(*both[i], "mes")->state = "ok";
        mem_inventory_add_table(*both[i], "mes", "s", "t")->rows_estimated = 1000;
        add(*both[i], "a");
    }
}

static void teardown(void)
{
    dc_changes_done(&changes);
    mem_inventory_destroy(older);
    mem_inventory_destroy(newer);
    dc_arena_destroy(arena);
}

TestSuite(compare, .init = setup, .fini = teardown);

/* The only change, or NULL when there is none. */
static const struct dc_change *compare(void)
{
    dc_changes_done(&changes);
    cr_assert_eq(dc_compare_runs(mem_inventory_reader(older), mem_inventory_reader(newer), NULL,
                                 arena, &changes, NULL),
                 DC_OK);
    cr_assert_leq(changes.n_items, 1, "%zu changes", changes.n_items);
    return changes.n_items == 1 ? &changes.items[0] : NULL;
}

static void expect(enum dc_change_kind kind, const char *column, const char *before,
                   const char *after)
{
    const struct dc_change *change = compare();

    cr_assert_not_null(change);
    cr_expect_str_eq(dc_change_kind_name(change->kind), dc_change_kind_name(kind));
    cr_expect_str_eq(change->column, column);
    cr_expect_str_eq(change->before, before);
    cr_expect_str_eq(change->after, after);
    cr_expect_eq(changes.counts[kind], 1);
}

Test(compare, finds_nothing_between_equal_runs)
{
    cr_expect_null(compare());
}

Test(compare, tells_new_and_gone_tables)
{
    mem_inventory_add_table(newer, "mes", "s", "u");
    expect(DC_CHANGE_TABLE_NEW, "", "", "");
    mem_inventory_add_table(older, "mes", "s", "u");
    mem_inventory_add_table(older, "mes", "s", "v");
    expect(DC_CHANGE_TABLE_GONE, "", "", "");
    cr_expect_str_eq(changes.items[0].table, "v");
}

Test(compare, takes_a_source_that_could_not_be_listed_for_neither_new_nor_gone)
{
    mem_inventory_add_source(older, "wms")->state = "ok";
    mem_inventory_add_source(newer, "wms")->state = "unreachable";
    mem_inventory_add_table(older, "wms", "s", "stock");
    cr_expect_null(compare());
    cr_assert_eq(changes.n_sources, 2);
    dc_changes_sort(&changes);
    cr_expect_str_eq(changes.sources[1].name, "wms");
    cr_expect_eq(changes.sources[1].newer_run, 0);
    cr_expect_neq(changes.sources[1].older_run, 0);
}

Test(compare, looks_only_at_the_sources_that_are_asked_for)
{
    const char *const names[] = {"wms"};
    const struct dc_texts only = {(const char **)names, 1};

    mem_inventory_add_source(older, "wms")->state = "ok";
    mem_inventory_add_source(newer, "wms")->state = "ok";
    mem_inventory_add_table(newer, "mes", "s", "new in mes");
    mem_inventory_add_table(newer, "wms", "s", "new in wms");
    cr_assert_eq(dc_compare_runs(mem_inventory_reader(older), mem_inventory_reader(newer), &only,
                                 arena, &changes, NULL),
                 DC_OK);
    cr_assert_eq(changes.n_items, 1);
    cr_expect_str_eq(changes.items[0].table, "new in wms");
    cr_expect_eq(changes.n_sources, 1);
}

Test(compare, tells_when_the_rules_changed)
{
    compare();
    cr_expect_not(changes.rules_changed);
    mem_inventory_run(newer)->taxonomy_hash = "another";
    compare();
    cr_expect(changes.rules_changed);
}

Test(compare, what_several_comparisons_add_is_put_in_order)
{
    static const char *const tables[] = {"b", "a"};

    for (size_t i = 0; i < 2; i++) {
        mem_inventory_destroy(newer);
        newer = mem_inventory_create();
        mem_inventory_add_source(newer, "mes")->state = "ok";
        mem_inventory_add_table(newer, "mes", "s", tables[i]);
        cr_assert_eq(dc_compare_runs(mem_inventory_reader(older), mem_inventory_reader(newer), NULL,
                                     arena, &changes, NULL),
                     DC_OK);
    }
    dc_changes_sort(&changes);
    cr_assert_eq(changes.n_items, 4); /* a and b are new, t is gone twice */
    cr_expect_str_eq(changes.items[0].table, "a");
    cr_expect_str_eq(changes.items[1].table, "b");
    cr_expect_str_eq(changes.items[3].table, "t");
    cr_expect_eq(changes.counts[DC_CHANGE_TABLE_GONE], 2);
    cr_expect_eq(dc_changes_triggers(&changes), 2);
}

Test(compare, tells_a_volume_that_changed_by_thirty_percent)
{
    static const struct {
        int64_t before, after;
        bool told;
    } cases[] = {{1000, 1299, false}, {1000, 1300, true}, {1000, 701, false},
                 {1000, 700, true},   {0, 5, true},       {-1, 5000, false}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        teardown();
        setup();
        mem_inventory_add_table(older, "mes", "s", "u")->rows_estimated = cases[i].before;
        mem_inventory_add_table(newer, "mes", "s", "u")->rows_estimated = cases[i].after;
        cr_expect_eq(compare() != NULL, cases[i].told, "case %zu", i);
    }
}

Test(compare, tells_new_and_gone_columns)
{
    add(newer, "b")->ordinal = 2;
    expect(DC_CHANGE_COLUMN_NEW, "b", "", "varchar(20)");
    add(older, "b")->ordinal = 2;
    add(older, "c")->ordinal = 3;
    expect(DC_CHANGE_COLUMN_GONE, "c", "varchar(20)", "");
}

Test(compare, takes_a_column_of_the_same_place_type_and_values_as_renamed)
{
    add(older, "b")->ordinal = 2;
    add(newer, "bb")->ordinal = 2;
    expect(DC_CHANGE_COLUMN_RENAMED, "bb", "b", "bb");
}

Test(compare, does_not_take_other_values_at_the_same_place_as_renamed)
{
    add(older, "b")->ordinal = 2;
    struct dc_inventory_column *other = add(newer, "bb");
    other->ordinal = 2;
    other->profile.distinct = 3;
    dc_changes_done(&changes);
    cr_assert_eq(dc_compare_runs(mem_inventory_reader(older), mem_inventory_reader(newer), NULL,
                                 arena, &changes, NULL),
                 DC_OK);
    cr_expect_eq(changes.counts[DC_CHANGE_COLUMN_NEW], 1);
    cr_expect_eq(changes.counts[DC_CHANGE_COLUMN_GONE], 1);
}

Test(compare, tells_what_changed_of_a_column)
{
    add(older, "b");
    struct dc_inventory_column *column = add(newer, "b");

    column->type_name = "text";
    expect(DC_CHANGE_TYPE, "b", "varchar(20)", "text");
    column->type_name = "varchar(20)";
    column->comment = "客户";
    expect(DC_CHANGE_COMMENT, "b", "", "客户");
    column->comment = "";
    column->finding.leaf = "D2-02";
    expect(DC_CHANGE_LEAF, "b", "D2-01", "D2-02");
    column->finding.leaf = "D2-01";
    column->finding.level = 3;
    expect(DC_CHANGE_LEVEL_UP, "b", "2", "3");
    column->finding.level = 1;
    expect(DC_CHANGE_LEVEL_DOWN, "b", "2", "1");
    column->finding.level = 2;
    column->finding.pi = DC_PI_PERSONAL;
    expect(DC_CHANGE_PERSONAL, "b", "none", "personal");
}

Test(compare, tells_masking_that_came_or_went_apart_from_other_marks)
{
    struct dc_inventory_column *before = add(older, "b"), *after = add(newer, "b");

    after->finding.marks = "已脱敏";
    expect(DC_CHANGE_MASKING_NEW, "b", "", "已脱敏");
    before->finding.marks = "已脱敏";
    after->finding.marks = "";
    expect(DC_CHANGE_MASKING_GONE, "b", "已脱敏", "");
    after->finding.marks = "已脱敏,组合敏感";
    expect(DC_CHANGE_MARKS, "b", "已脱敏", "已脱敏,组合敏感");
}

Test(compare, tells_candidate_rules_that_newly_fire_or_no_longer_do)
{
    struct dc_inventory_column *before = add(older, "b"), *after = add(newer, "b");

    mem_inventory_add_important(newer, after, "ID04");
    expect(DC_CHANGE_IMPORTANT_NEW, "b", "", "ID04");
    mem_inventory_add_important(older, before, "ID04");
    mem_inventory_add_important(older, before, "ID08");
    expect(DC_CHANGE_IMPORTANT_GONE, "b", "ID08", "");
}

/* How many changes of a kind there are between the runs. */
static size_t count(enum dc_change_kind kind)
{
    dc_changes_done(&changes);
    cr_assert_eq(dc_compare_runs(mem_inventory_reader(older), mem_inventory_reader(newer), NULL,
                                 arena, &changes, NULL),
                 DC_OK);
    return changes.counts[kind];
}

Test(compare, tells_candidate_rules_on_what_is_new_and_what_is_gone)
{
    mem_inventory_add_important(newer, add(newer, "new column"), "ID04");
    mem_inventory_add_table(newer, "mes", "s", "new table");
    mem_inventory_add_important(newer, add(newer, "c"), "ID01");
    mem_inventory_add_table(older, "mes", "s", "gone table");
    mem_inventory_add_important(older, add(older, "d"), "ID02");
    cr_expect_eq(count(DC_CHANGE_IMPORTANT_NEW), 2);
    cr_expect_eq(count(DC_CHANGE_IMPORTANT_GONE), 1);
}

/* ---- renamed tables ---- */

/* A table of three columns with values, in a schema. */
static struct dc_inventory_table *add_table(struct mem_inventory *inventory, const char *schema,
                                            const char *name)
{
    static const char *const columns[] = {"id", "name", "qty"};
    struct dc_inventory_table *table = mem_inventory_add_table(inventory, "mes", schema, name);

    table->rows_estimated = 500;
    for (size_t i = 0; i < 3; i++) {
        struct dc_inventory_column *column = add(inventory, columns[i]);

        column->ordinal = (int32_t)i + 1;
        column->profile.distinct = (int64_t)i * 40 + 1;
    }
    return table;
}

Test(compare, takes_a_table_of_the_same_columns_and_values_as_renamed)
{
    add_table(older, "s", "order");
    add_table(newer, "s", "work_order");
    expect(DC_CHANGE_TABLE_RENAMED, "", "order", "work_order");
    cr_expect_str_eq(changes.items[0].table, "work_order");
}

Test(compare, tells_the_schema_of_a_table_that_was_moved)
{
    add_table(older, "s", "order");
    add_table(newer, "archive", "order");
    expect(DC_CHANGE_TABLE_RENAMED, "", "s.order", "archive.order");
}

Test(compare, pairs_moved_tables_by_name_where_their_columns_are_all_alike)
{
    static const char *const names[] = {"orders", "parts", "stock"};

    for (size_t i = 0; i < 3; i++) {
        add_table(older, "s", names[i]);
        add_table(newer, "archive", names[2 - i]);
    }
    cr_expect_eq(count(DC_CHANGE_TABLE_RENAMED), 3);
    cr_expect_eq(changes.n_items, 3);
}

Test(compare, takes_no_table_as_renamed_that_could_have_become_two)
{
    add_table(older, "s", "order");
    add_table(newer, "s", "order_a");
    add_table(newer, "s", "order_b");
    cr_expect_eq(count(DC_CHANGE_TABLE_RENAMED), 0);
    cr_expect_eq(changes.counts[DC_CHANGE_TABLE_NEW], 2);
    cr_expect_eq(changes.counts[DC_CHANGE_TABLE_GONE], 1);
}

Test(compare, takes_no_table_as_renamed_that_another_could_have_become)
{
    add_table(older, "s", "order_a");
    add_table(older, "s", "order_b");
    add_table(newer, "s", "order");
    cr_expect_eq(count(DC_CHANGE_TABLE_RENAMED), 0);
    cr_expect_eq(changes.counts[DC_CHANGE_TABLE_GONE], 2);
}

/* What keeps two tables from being one. */
static void other_values(struct dc_inventory_table *table)
{
    (void)table;
    for (int i = 0; i < 2; i++) { /* two columns more, with other values than before */
        add(newer, i == 0 ? "x" : "y");
    }
}

static void other_comment(struct dc_inventory_table *table)
{
    table->comment = "another";
}

static void many_rows(struct dc_inventory_table *table)
{
    table->rows_estimated = 50000;
}

static void view(struct dc_inventory_table *table)
{
    table->kind = DC_TABLE_VIEW;
}

Test(compare, does_not_take_another_table_as_renamed)
{
    static const struct {
        const char *name;
        void (*change)(struct dc_inventory_table *table);
    } cases[] = {{"other", other_values},
                 {"other", other_comment},
                 {"other", many_rows},
                 {"other", view},
                 {"order_2026", NULL}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dc_inventory_table *table;

        teardown();
        setup();
        add_table(older, "s", "order_2025")->comment = "orders";
        table = add_table(newer, "s", cases[i].name);
        table->comment = "orders";
        if (cases[i].change != NULL) {
            cases[i].change(table);
        }
        cr_expect_eq(count(DC_CHANGE_TABLE_RENAMED), 0, "case %zu", i);
        cr_expect_eq(changes.counts[DC_CHANGE_TABLE_NEW], 1, "case %zu", i);
    }
}

Test(compare, does_not_take_the_same_columns_with_other_values_as_renamed)
{
    add_table(older, "s", "order");
    mem_inventory_add_table(newer, "mes", "s", "part")->rows_estimated = 500;
    add(newer, "id")->profile.distinct = 99;
    add(newer, "name")->profile.distinct = 2;
    add(newer, "qty")->profile.distinct = 3;
    cr_expect_eq(count(DC_CHANGE_TABLE_RENAMED), 0);
}

Test(compare, takes_a_moved_table_with_one_column_more_as_moved)
{
    struct dc_inventory_table *before = add_table(older, "s", "order");

    add(older, "note");
    before->comment = "";
    add_table(newer, "archive", "order");
    add(newer, "note");
    add(newer, "remark");
    cr_expect_eq(count(DC_CHANGE_TABLE_RENAMED), 1);
    cr_expect_eq(changes.counts[DC_CHANGE_COLUMN_NEW], 1);
    cr_expect_eq(changes.n_items, 2);
}

Test(compare, tells_what_changed_of_a_renamed_table)
{
    add_table(older, "s", "order");
    add(older, "note");
    add_table(newer, "s", "work_order")->rows_estimated = 800;
    add(newer, "note")->finding.level = 3;
    cr_expect_eq(count(DC_CHANGE_TABLE_RENAMED), 1);
    cr_expect_eq(changes.counts[DC_CHANGE_VOLUME], 1);
    cr_expect_eq(changes.counts[DC_CHANGE_LEVEL_UP], 1);
    cr_expect_eq(changes.n_items, 3);
}

Test(compare, tells_decisions_of_people_that_a_renamed_table_left_behind)
{
    static const struct dc_decision decision = {.level = DC_FINAL_IMPORTANT},
                                    of_table = {.level = DC_FINAL_3};
    struct dc_inventory_table *table = add_table(older, "s", "order");
    struct dc_inventory_column *column = add(older, "note");

    table->decision = &of_table;
    column->decision = &decision;
    column->finding.decided_by = DC_BY_PERSON;
    column->finding.leaf = "D1-01";
    add_table(newer, "s", "work_order")->finding.level = 2;
    add(newer, "note");
    cr_expect_eq(count(DC_CHANGE_REVIEW_GONE), 2);
    cr_assert_eq(changes.n_items, 4); /* and the leaf is another */
    cr_expect_str_eq(changes.items[1].before, "3");
    cr_expect_str_eq(changes.items[1].after, "2");
    cr_expect_str_eq(changes.items[3].before, "D1-01, important");
    cr_expect_str_eq(changes.items[3].after, "D2-01, 2");
}

Test(compare, tells_the_level_of_a_table_where_both_runs_decided_it)
{
    struct dc_inventory_table *before = mem_inventory_add_table(older, "mes", "s", "u"),
                              *after = mem_inventory_add_table(newer, "mes", "s", "u");

    after->finding.level = 3;
    cr_expect_null(compare());
    before->finding.level = 2;
    expect(DC_CHANGE_LEVEL_UP, "", "2", "3");
    cr_expect_eq(changes.items[0].level, 3);
    after->status = DC_COLUMN_UNREADABLE;
    cr_expect_null(compare());
}

Test(compare, a_new_column_comes_with_its_verdict)
{
    struct dc_inventory_column *column = add(newer, "b");

    column->finding.pi = DC_PI_SENSITIVE;
    column->finding.level = 4;
    cr_assert_not_null(compare());
    cr_expect_eq(changes.items[0].level, 4);
    cr_expect_eq(changes.items[0].pi, DC_PI_SENSITIVE);
    cr_expect_str_eq(changes.items[0].leaf, "D2-01");
}

Test(compare, does_not_compare_verdicts_of_what_was_not_read)
{
    add(older, "b");
    struct dc_inventory_column *column = add(newer, "b");

    column->finding.status = DC_COLUMN_UNREADABLE;
    column->finding.level = 4;
    cr_expect_null(compare());
}
