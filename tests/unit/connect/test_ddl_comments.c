#include "ddl_comments.h"
#include "support/vectors.h"

static struct dc_table *make_table(struct dc_catalog *catalog, const char *definition)
{
    struct dc_table *table = dc_catalog_add_table(catalog, "", "", "t", "", DC_TABLE_BASE);
    static const char *const names[] = {"a", "b", "c"};

    for (size_t i = 0; i < 3; i++) {
        dc_table_add_column(catalog, table, names[i], "", "TEXT", DC_TYPE_TEXT);
    }
    table->definition = definition;
    return table;
}

static const char *comment_of(const struct dc_table *table, const char *name)
{
    return strcmp(name, "table") == 0 ? table->comment : dc_table_find_column(table, name)->comment;
}

static void check(char **fields)
{
    struct dc_catalog *catalog = dc_catalog_create();
    struct dc_table *table = make_table(catalog, fields[0]);

    dc_ddl_comments(catalog, table);
    cr_expect_str_eq(comment_of(table, fields[1]), fields[2], "%s: want \"%s\", got \"%s\" (%s)",
                     fields[0], fields[2], comment_of(table, fields[1]), fields[3]);
    dc_catalog_destroy(catalog);
}

Test(ddl_comments, each_comment_goes_where_people_mean_it)
{
    cr_expect_gt(for_each_vector("ddl_comments.tsv", 4, check), 30);
}

Test(ddl_comments, any_prefix_of_a_definition_is_read_without_harm)
{
    static const char whole[] =
        "CREATE TABLE [t] ( -- x\n a TEXT DEFAULT 'it''s', -- 甲\n \"b\" INT CHECK (b > (1)), "
        "/* 乙 */ `c` TEXT -- 丙\n)";
    char text[sizeof whole];

    for (size_t i = 0; i < sizeof whole; i++) {
        struct dc_catalog *catalog = dc_catalog_create();

        memcpy(text, whole, i);
        text[i] = '\0';
        dc_ddl_comments(catalog, make_table(catalog, text));
        dc_catalog_destroy(catalog);
    }
}

Test(ddl_comments, a_table_without_text_keeps_what_it_has)
{
    struct dc_catalog *catalog = dc_catalog_create();
    struct dc_table *table = make_table(catalog, NULL);

    dc_ddl_comments(catalog, table);
    cr_expect_str_eq(table->comment, "");
    dc_catalog_destroy(catalog);
}
