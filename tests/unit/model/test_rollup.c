/* 就高从严: column → table → schema → source, with the column that decides, and with what people decided. */
#include <criterion/criterion.h>

#include "dcscan/rollup.h"
#include "mem_inventory.h"

static struct mem_inventory *inventory;
static struct dc_rollup rollup;

static void setup(void)
{
    inventory = mem_inventory_create();
    dc_rollup_init(&rollup);
}

static void teardown(void)
{
    dc_rollup_done(&rollup);
    mem_inventory_destroy(inventory);
}

TestSuite(rollup, .init = setup, .fini = teardown);

static struct dc_inventory_table *add(const char *source, const char *schema, const char *name,
                                      int level, const char *column)
{
    struct dc_inventory_table *table = mem_inventory_add_table(inventory, source, schema, name);

    table->finding.level = level;
    table->finding.level_column = column;
    return table;
}

static void roll(void)
{
    cr_assert_eq(dc_rollup_read(&rollup, mem_inventory_reader(inventory), NULL), DC_OK);
}

static void expect(const struct dc_rollup_entry *entry, enum dc_final_level level,
                   const char *decider)
{
    cr_assert_not_null(entry);
    cr_expect_eq(entry->level, level, "%s.%s is %d", entry->source, entry->schema, entry->level);
    cr_expect_str_eq(dc_rollup_decider(entry, rollup.arena), decider);
}

Test(rollup, schemas_and_sources_take_their_highest_table)
{
    add("mes", "dbo", "orders", 2, "qty");
    add("mes", "dbo", "recipe", 3, "temperature");
    add("mes", "hr", "staff", 4, "id_card");
    add("erp", "dbo", "unit", 1, "name");
    roll();
    cr_expect_eq(rollup.n_schemas, 3);
    expect(&rollup.schemas[0], DC_FINAL_3, "dbo.recipe.temperature");
    expect(&rollup.schemas[1], DC_FINAL_4, "hr.staff.id_card");
    expect(dc_rollup_source(&rollup, "mes"), DC_FINAL_4, "hr.staff.id_card");
    expect(dc_rollup_source(&rollup, "erp"), DC_FINAL_1, "dbo.unit.name");
    cr_expect_null(dc_rollup_source(&rollup, "wms"));
    cr_expect_eq(rollup.schemas[0].n_tables, 2);
}

Test(rollup, the_first_of_equals_decides)
{
    add("mes", "dbo", "a", 3, "x");
    add("mes", "dbo", "b", 3, "y");
    roll();
    expect(&rollup.schemas[0], DC_FINAL_3, "dbo.a.x");
}

Test(rollup, what_people_decided_is_in_force_and_reaches_the_source)
{
    struct dc_inventory_table *table = add("mes", "dbo", "recipe", 4, "temperature");

    table->beyond = DC_FINAL_IMPORTANT;
    table->in_force_column = "curve";
    add("mes", "dbo", "staff", 4, "id_card");
    roll();
    expect(dc_rollup_source(&rollup, "mes"), DC_FINAL_IMPORTANT, "dbo.recipe.curve");
}

Test(rollup, people_may_lower_it_too)
{
    struct dc_inventory_table *table = add("mes", "dbo", "recipe", 4, "temperature");

    table->finding.level = 2;
    table->in_force_column = "";
    add("mes", "dbo", "orders", 1, "qty");
    roll();
    expect(dc_rollup_source(&rollup, "mes"), DC_FINAL_2, "dbo.recipe");
}

Test(rollup, tables_that_were_not_read_decide_nothing)
{
    struct dc_inventory_table *table = add("mes", "dbo", "staff", 4, "id_card");

    table->status = DC_COLUMN_SKIPPED;
    roll();
    expect(dc_rollup_source(&rollup, "mes"), DC_FINAL_NONE, "");
    cr_expect_eq(rollup.schemas[0].n_tables, 0);
    cr_expect_str_eq(dc_table_in_force_column(table), "");
}

Test(rollup, a_column_is_in_force_as_people_said)
{
    struct dc_inventory_column *column;
    struct dc_decision decision = {.level = DC_FINAL_CORE};

    add("mes", "dbo", "recipe", 3, "c");
    column = mem_inventory_add_column(inventory, "c", "A1-03", 3);
    cr_expect_eq(dc_column_in_force(column), DC_FINAL_3);
    column->decision = &decision;
    cr_expect_eq(dc_column_in_force(column), DC_FINAL_CORE);
    column->finding.status = DC_COLUMN_UNREADABLE;
    cr_expect_eq(dc_column_in_force(column), DC_FINAL_NONE);
}
