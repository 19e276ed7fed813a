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
    struct dc_limits given = {7, 8, 9, 10, 11, 17, 12, 13, 14, 15, 16, {60, 120}};
    struct dc_limits limits = dc_limits_effective(&given);

    cr_expect_eq(limits.sample_rows, 7);
    cr_expect_eq(limits.value_bytes, 8);
    cr_expect_eq(limits.table_bytes, 9);
    cr_expect_eq(limits.table_seconds, 10);
    cr_expect_eq(limits.connect_seconds, 11);
    cr_expect_eq(limits.reconnect_seconds, 17);
    cr_expect_eq(limits.pause_milliseconds, 12);
    cr_expect_eq(limits.connections, 13);
    cr_expect_eq(limits.source_seconds, 14);
    cr_expect_eq(limits.source_rows, 15);
    cr_expect_eq(limits.source_bytes, 16);
    cr_expect_eq(limits.window.from, 60);
    cr_expect_eq(limits.window.to, 120);
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

static const struct {
    const char *text;
    bool good;
    int32_t from, to;
    const char *written;
} windows[] = {
    {"22:00-05:00", true, 1320, 300, "22:00-05:00"},
    {" 8:30 - 12:05 ", true, 510, 725, "08:30-12:05"},
    {"00:00-24:00", true, 0, 1440, "00:00-24:00"},
    {"22:00", false, 0, 0, ""},
    {"22:00-", false, 0, 0, ""},
    {"22:00-22:00", false, 0, 0, ""},
    {"24:00-05:00", false, 0, 0, ""},
    {"22:60-05:00", false, 0, 0, ""},
    {"22:0-05:00", false, 0, 0, ""},
    {"22-05", false, 0, 0, ""},
    {"22:00-05:00 daily", false, 0, 0, ""},
    {"-22:00-05:00", false, 0, 0, ""},
    {"", false, 0, 0, ""},
};

Test(source, a_window_is_two_times_of_the_day)
{
    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
        struct dc_window window = {0, 0};
        char text[DC_WINDOW_TEXT_SIZE];

        cr_expect_eq(dc_window_parse(windows[i].text, &window), windows[i].good, "%s",
                     windows[i].text);
        cr_expect_eq(window.from, windows[i].from, "%s", windows[i].text);
        cr_expect_eq(window.to, windows[i].to, "%s", windows[i].text);
        cr_expect_str_eq(dc_window_text(&window, text), windows[i].written);
    }
}

Test(source, a_window_may_cross_midnight_and_its_end_is_outside)
{
    struct dc_window night = {1320, 300}, day = {510, 725}, none = {0, 0};

    cr_expect(dc_window_contains(&night, 1320));
    cr_expect(dc_window_contains(&night, 0));
    cr_expect(dc_window_contains(&night, 299));
    cr_expect_not(dc_window_contains(&night, 300));
    cr_expect_not(dc_window_contains(&night, 1319));
    cr_expect(dc_window_contains(&day, 510));
    cr_expect_not(dc_window_contains(&day, 725));
    cr_expect_not(dc_window_contains(&day, 0));
    cr_expect(dc_window_contains(&none, 700), "without a window it is always open");
}
