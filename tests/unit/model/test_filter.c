#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/inventory_filter.h"
#include "mem_inventory.h"

static struct mem_inventory *inventory;
static struct dc_inventory_reader *reader;

static void setup(void)
{
    static const struct dc_leaf_text leaf = {
        .code = "P1-02", .class1_zh = "个人信息", .class1_en = "Personal information"};

    inventory = mem_inventory_create();
    mem_inventory_add_leaf(inventory, &leaf);
    mem_inventory_add_source(inventory, "hr");
    mem_inventory_add_source(inventory, "mes-1");
    mem_inventory_add_table(inventory, "hr", "", "staff");
    mem_inventory_add_column(inventory, "phone", "P1-02", 3);
    mem_inventory_add_column(inventory, "id", "Z1-01", 1);
    mem_inventory_add_table(inventory, "mes-1", "", "orders");
    mem_inventory_add_column(inventory, "no", "B2-02", 2);
    mem_inventory_add_column(inventory, "photo", "", 0)->finding.status = DC_COLUMN_SKIPPED;
    reader = NULL;
}

static void teardown(void)
{
    if (reader != NULL) {
        reader->class_->destroy(reader);
    }
    mem_inventory_destroy(inventory);
}

TestSuite(inventory_filter, .init = setup, .fini = teardown);

/* "source.table(columns told):column column;" of all that the filter hands out. */
static const char *handed_out(const struct dc_inventory_filter *filter)
{
    struct dc_arena *arena = mem_inventory_arena(inventory);
    const struct dc_inventory_table *table;
    const struct dc_inventory_column *column;
    const char *text = "";

    cr_assert_eq(dc_inventory_filter_open(mem_inventory_reader(inventory), filter, &reader, NULL),
                 DC_OK);
    cr_assert_eq(reader->class_->rewind(reader, NULL), DC_OK);
    while (reader->class_->next_table(reader, &table, NULL) == DC_OK && table != NULL) {
        text = dc_arena_printf(arena, "%s%s.%s(%d):", text, table->source, table->name,
                               (int)table->n_columns);
        while (reader->class_->next_column(reader, &column, NULL) == DC_OK && column != NULL) {
            text = dc_arena_printf(arena, "%s %s", text, column->name);
        }
        text = dc_arena_printf(arena, "%s;", text);
    }
    return text;
}

Test(inventory_filter, a_source_is_chosen_by_its_name_or_a_glob)
{
    const char *globs[] = {"mes-*"};
    struct dc_inventory_filter filter = {.sources = {globs, 1}};
    const struct dc_run_source *source;

    cr_expect_str_eq(handed_out(&filter), "mes-1.orders(2): no photo;");
    reader->class_->rewind(reader, NULL);
    reader->class_->next_source(reader, &source, NULL);
    cr_expect_str_eq(source->name, "mes-1");
    reader->class_->next_source(reader, &source, NULL);
    cr_expect_null(source);
}

Test(inventory_filter, levels_leave_out_columns_and_tables_without_any)
{
    struct dc_inventory_filter filter = {.levels = 1u << 3 | 1u << 4};

    cr_expect_str_eq(handed_out(&filter), "hr.staff(1): phone;");
}

Test(inventory_filter, a_column_that_was_not_read_is_no_undecided_one)
{
    struct dc_inventory_filter filter = {.levels = 1u << 0};

    cr_expect_str_eq(handed_out(&filter), "");
}

Test(inventory_filter, a_class_is_a_glob_of_codes_or_a_name)
{
    const char *globs[] = {"B2-*", "Personal information"};
    struct dc_inventory_filter filter = {.classes = {globs, 2}};

    cr_expect_str_eq(handed_out(&filter), "hr.staff(1): phone;mes-1.orders(1): no;");
}

static bool is_id(const void *context, const struct dc_inventory_column *column)
{
    return strcmp(column->name, context) == 0;
}

Test(inventory_filter, questions_hold_together)
{
    struct dc_inventory_filter filter = {
        .levels = 1u << 1 | 1u << 2, .keep = is_id, .context = "id"};

    cr_expect_str_eq(handed_out(&filter), "hr.staff(1): id;");
    cr_expect_not(dc_inventory_filter_is_empty(&filter));
}

Test(inventory_filter, counts_of_sources_and_tables_are_of_what_is_left)
{
    const struct dc_inventory_filter filter = {.levels = 1u << 3};
    const struct dc_inventory_table *table;
    const struct dc_run_source *source;
    struct dc_inventory_table *staff;

    mem_inventory_add_source(inventory, "lost")->state = "unreachable";
    staff = mem_inventory_add_table(inventory, "hr", "", "pay");
    mem_inventory_add_column(inventory, "amount", "P1-02", 3)->finding.pi = DC_PI_SENSITIVE;
    mem_inventory_add_column(inventory, "owner", "P1-02", 2)->finding.pi = DC_PI_PERSONAL;
    staff->finding.n_personal = 2;
    staff->finding.level = 3;
    staff->sample.rows_read = 40;
    cr_expect_str_eq(handed_out(&filter), "hr.staff(1): phone;hr.pay(1): amount;");
    reader->class_->rewind(reader, NULL);
    reader->class_->next_source(reader, &source, NULL);
    cr_expect_eq(source->n_tables, 2);
    cr_expect_eq(source->n_columns, 2);
    cr_expect_eq(source->rows_read, 40);
    cr_expect_eq(source->level, 3);
    reader->class_->next_source(reader, &source, NULL);
    cr_expect_str_eq(source->name, "lost", "of mes-1 nothing is left; what was not opened stays");
    reader->class_->next_table(reader, &table, NULL);
    reader->class_->next_table(reader, &table, NULL);
    cr_expect_eq(table->finding.n_personal, 1);
    cr_expect_eq(table->finding.n_sensitive, 1);
}

Test(inventory_filter, a_reader_that_fails_is_told)
{
    struct dc_inventory_filter filter = {.levels = 2};

    mem_inventory_fail_at_column(inventory, 2);
    cr_expect_eq(dc_inventory_filter_open(mem_inventory_reader(inventory), &filter, &reader, NULL),
                 DC_ERR_READ);
    cr_expect_null(reader);
}
