#include <criterion/criterion.h>
#include <stdio.h>

#include "dcscan/catalog.h"

static struct dc_catalog *catalog;

static void setup(void)
{
    catalog = dc_catalog_create();
}

static void teardown(void)
{
    dc_catalog_destroy(catalog);
}

TestSuite(catalog, .init = setup, .fini = teardown);

static struct dc_table *add(const char *catalog_name, const char *schema, const char *name)
{
    return dc_catalog_add_table(catalog, catalog_name, schema, name, NULL, DC_TABLE_BASE);
}

Test(catalog, texts_are_copied_and_missing_ones_are_empty)
{
    char name[] = "orders";
    struct dc_table *table = add(NULL, NULL, name);

    name[0] = 'x';
    cr_expect_str_eq(table->name, "orders");
    cr_expect_str_eq(table->catalog, "");
    cr_expect_str_eq(table->schema, "");
    cr_expect_str_eq(table->comment, "");
    cr_expect_null(table->definition);
    cr_expect_null(table->skip_reason);
}

Test(catalog, what_is_not_known_says_so)
{
    struct dc_table *table = add("erp", "dbo", "orders");
    struct dc_column *column = dc_table_add_column(catalog, table, "id", NULL, NULL,
                                                   DC_TYPE_INTEGER);

    cr_expect_eq(table->rows_estimated, -1);
    cr_expect_eq(table->pages, -1);
    cr_expect_eq(column->length, -1);
    cr_expect_eq(column->scale, -1);
    cr_expect_eq(column->ordinal, 1);
    cr_expect(column->nullable);
    cr_expect_str_eq(column->comment, "");
    cr_expect_null(column->ref_table);
}

Test(catalog, finish_orders_tables_by_catalog_schema_and_name)
{
    add("b", "", "a");
    add("a", "z", "a");
    add("a", "y", "b");
    add("a", "y", "a");
    dc_catalog_finish(catalog);
    cr_expect_str_eq(catalog->tables[0].schema, "y");
    cr_expect_str_eq(catalog->tables[0].name, "a");
    cr_expect_str_eq(catalog->tables[1].name, "b");
    cr_expect_str_eq(catalog->tables[2].schema, "z");
    cr_expect_str_eq(catalog->tables[3].catalog, "b");
}

Test(catalog, finish_orders_columns_by_ordinal)
{
    struct dc_table *table = add("", "", "t");

    dc_table_add_column(catalog, table, "third", "", "int", DC_TYPE_INTEGER)->ordinal = 3;
    dc_table_add_column(catalog, table, "first", "", "int", DC_TYPE_INTEGER)->ordinal = 1;
    dc_table_add_column(catalog, table, "second", "", "int", DC_TYPE_INTEGER)->ordinal = 2;
    dc_catalog_finish(catalog);
    cr_expect_str_eq(table->columns[0].name, "first");
    cr_expect_str_eq(table->columns[1].name, "second");
    cr_expect_str_eq(table->columns[2].name, "third");
}

Test(catalog, find_is_exact)
{
    char name[16];

    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "t%d", i);
        add("erp", i % 2 == 0 ? "dbo" : "", name);
    }
    dc_catalog_finish(catalog);
    cr_expect_str_eq(dc_catalog_find(catalog, "erp", "dbo", "t42")->name, "t42");
    cr_expect_str_eq(dc_catalog_find(catalog, "erp", NULL, "t499")->name, "t499");
    cr_expect_null(dc_catalog_find(catalog, "erp", "dbo", "t43"));
    cr_expect_null(dc_catalog_find(catalog, "erp", "dbo", "T42"));
    cr_expect_null(dc_catalog_find(catalog, NULL, "dbo", "t42"));
}

Test(catalog, columns_are_found_and_counted)
{
    struct dc_table *table = add("", "", "t");

    for (int i = 0; i < 20; i++) {
        char name[16];

        snprintf(name, sizeof name, "c%d", i);
        dc_table_add_column(catalog, table, name, "", "text", DC_TYPE_TEXT);
    }
    add("", "", "empty");
    cr_expect_eq(dc_catalog_count_columns(catalog), 20);
    cr_expect_eq(dc_table_find_column(&catalog->tables[0], "c7")->ordinal, 8);
    cr_expect_null(dc_table_find_column(&catalog->tables[0], "C7"));
}

Test(catalog, an_empty_catalogue_is_fine)
{
    dc_catalog_finish(catalog);
    cr_expect_null(dc_catalog_find(catalog, "", "", "t"));
    cr_expect_eq(dc_catalog_count_columns(catalog), 0);
    dc_catalog_destroy(NULL);
}
