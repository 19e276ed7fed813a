#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/source.h"

/* One glob against one table. */
static const struct {
    const char *glob, *catalog, *schema, *table;
    bool included;
    const char *why;
} rows[] = {
    {"order*", "erp", "dbo", "orders", true, "no dot: the table alone"},
    {"ORDER*", "erp", "dbo", "orders", true, "case does not count"},
    {"dbo", "erp", "dbo", "orders", false, "a schema alone is no table"},
    {"dbo.*", "erp", "dbo", "orders", true, "one dot: schema and table"},
    {"erp.*", "erp", "dbo", "orders", false, "one dot is not the catalog where there is a schema"},
    {"erp.*", "erp", "", "orders", true, "one dot: catalog and table where there is no schema"},
    {"erp.*", "erp", NULL, "orders", true, "NULL is no schema"},
    {"*.tmp_*", "", "", "tmp_x", true, "one dot where there is neither"},
    {"main.*", NULL, NULL, "x", false, "a schema that is not there"},
    {"erp.dbo.*", "erp", "dbo", "orders", true, "two dots: all three"},
    {"crm.dbo.*", "erp", "dbo", "orders", false, "another catalog"},
    {"*.*.orders", "erp", "dbo", "orders", true, "stars for the rest"},
    {"erp..orders", "erp", "", "orders", true, "two dots around no schema"},
    {"a\\.b", "erp", "dbo", "a.b", true, "a dot of the name, behind a backslash"},
    {"a[.]b", "erp", "dbo", "a.b", true, "a dot of the name, in a set"},
    {"dbo.a.b", "erp", "dbo", "a.b", false, "two dots are catalog, schema and table"},
    {"质量.*", "", "质量", "检验记录", true, "Chinese names"},
};

Test(source, the_dots_of_a_glob_say_what_it_is_matched_against)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *globs[] = {rows[i].glob};
        struct dc_source source = {.include = globs, .n_include = 1};

        cr_expect_eq(dc_source_includes(&source, rows[i].catalog, rows[i].schema, rows[i].table),
                     rows[i].included, "%s", rows[i].why);
    }
}

Test(source, without_globs_everything_is_included)
{
    struct dc_source source = {0};

    cr_expect(dc_source_includes(&source, "erp", "dbo", "orders"));
    cr_expect(dc_source_includes(&source, NULL, NULL, "orders"));
}

Test(source, exclude_wins_over_include)
{
    const char *include[] = {"mes.*", "erp.orders"};
    const char *exclude[] = {"*.tmp_*", "*_bak"};
    struct dc_source source = {
        .include = include, .n_include = 2, .exclude = exclude, .n_exclude = 2};

    cr_expect(dc_source_includes(&source, "mes", "", "work_order"));
    cr_expect(dc_source_includes(&source, "erp", "", "orders"));
    cr_expect_not(dc_source_includes(&source, "erp", "", "prices"));
    cr_expect_not(dc_source_includes(&source, "mes", "", "tmp_1"));
    cr_expect_not(dc_source_includes(&source, "mes", "", "work_order_bak"));
}

Test(source, exclude_alone_leaves_the_rest)
{
    const char *exclude[] = {"*_bak"};
    struct dc_source source = {.exclude = exclude, .n_exclude = 1};

    cr_expect(dc_source_includes(&source, "mes", "", "work_order"));
    cr_expect_not(dc_source_includes(&source, "mes", "", "work_order_bak"));
}

Test(source, limits_left_out_get_their_defaults)
{
    struct dc_limits none = {0};
    struct dc_limits limits = dc_limits_effective(&none);

    cr_expect_eq(limits.sample_rows, DC_DEFAULT_SAMPLE_ROWS);
    cr_expect_eq(limits.value_bytes, DC_DEFAULT_VALUE_BYTES);
    cr_expect_eq(limits.table_bytes, DC_DEFAULT_TABLE_BYTES);
    cr_expect_eq(limits.table_seconds, DC_DEFAULT_TABLE_SECONDS);
    cr_expect_eq(limits.connect_seconds, DC_DEFAULT_CONNECT_SECONDS);
    cr_expect_eq(limits.pause_milliseconds, 0);
    cr_expect_eq(limits.connections, DC_DEFAULT_CONNECTIONS);
}

Test(source, limits_given_stay)
{
    struct dc_limits given = {7, 8, 9, 10, 11, 12, 13};
    struct dc_limits limits = dc_limits_effective(&given);

    cr_expect_eq(limits.sample_rows, 7);
    cr_expect_eq(limits.value_bytes, 8);
    cr_expect_eq(limits.table_bytes, 9);
    cr_expect_eq(limits.table_seconds, 10);
    cr_expect_eq(limits.connect_seconds, 11);
    cr_expect_eq(limits.pause_milliseconds, 12);
    cr_expect_eq(limits.connections, 13);
}

Test(source, every_key_of_about_has_its_own_name)
{
    cr_expect_str_eq(dc_about_key(DC_ABOUT_SYSTEM), "system");
    cr_expect_str_eq(dc_about_key(DC_ABOUT_MLPS), "mlps");
    for (int a = 0; a < DC_N_ABOUT; a++) {
        for (int b = 0; b < a; b++) {
            cr_expect_str_neq(dc_about_key((enum dc_about)a), dc_about_key((enum dc_about)b));
        }
    }
    cr_expect_str_eq(dc_about_key(DC_N_ABOUT), "");
}
