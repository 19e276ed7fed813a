#include <criterion/criterion.h>

#include "dcscan/connect.h"

static const struct {
    const char *open, *close, *name, *quoted;
} names[] = {
    {"\"", "\"", "order", "\"order\""},
    {"\"", "\"", "with \"quotes\"", "\"with \"\"quotes\"\"\""},
    {"\"", "\"", "a; drop table b --", "\"a; drop table b --\""},
    {"`", "`", "检验`记录", "`检验``记录`"},
    {"`", "`", "with \"quotes\"", "`with \"quotes\"`"},
    {"[", "]", "a]b[c", "[a]]b[c]"},
    {"\"", "\"", "100%?{table}", "\"100%?{table}\""},
    {"\"", "\"", "", "\"\""},
    {"", "", "plain", "plain"},
};

Test(quote, a_name_comes_out_as_one_name_whatever_it_holds)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct dc_dialect dialect = {.quote_open = names[i].open, .quote_close = names[i].close};
        struct dc_strbuf out = DC_STRBUF_INIT(1024);

        dc_quote_identifier(&dialect, names[i].name, &out);
        cr_expect_str_eq(dc_strbuf_text(&out), names[i].quoted);
        dc_strbuf_done(&out);
    }
}

static const struct {
    bool catalogs, schemas;
    const char *expected;
} parts[] = {
    {false, false, "\"t\""},
    {false, true, "\"s\".\"t\""},
    {true, false, "\"c\".\"t\""},
    {true, true, "\"c\".\"s\".\"t\""},
};

Test(quote, a_table_has_the_parts_the_dialect_has)
{
    struct dc_table table = {.catalog = "c", .schema = "s", .name = "t"};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct dc_dialect dialect = {.quote_open = "\"",
                                     .quote_close = "\"",
                                     .has_catalogs = parts[i].catalogs,
                                     .has_schemas = parts[i].schemas};
        struct dc_strbuf out = DC_STRBUF_INIT(1024);

        dc_quote_table(&dialect, &table, &out);
        cr_expect_str_eq(dc_strbuf_text(&out), parts[i].expected);
        dc_strbuf_done(&out);
    }
}

Test(quote, parts_that_a_table_lacks_are_left_out)
{
    struct dc_table table = {.catalog = "", .schema = "", .name = "t"};
    struct dc_dialect dialect = {
        .quote_open = "\"", .quote_close = "\"", .has_catalogs = true, .has_schemas = true};
    struct dc_strbuf out = DC_STRBUF_INIT(1024);

    dc_quote_table(&dialect, &table, &out);
    cr_expect_str_eq(dc_strbuf_text(&out), "\"t\"");
    dc_strbuf_done(&out);
}

static void expect_filled(const char *text, const char *expected)
{
    struct dc_filling fillings[] = {{"table", "\"a{limit}\""}, {"limit", "10"}};
    struct dc_strbuf out = DC_STRBUF_INIT(1024);

    dc_template_fill(text, fillings, 2, &out);
    cr_expect_str_eq(dc_strbuf_text(&out), expected);
    dc_strbuf_done(&out);
}

Test(quote, placeholders_inside_names_are_left_alone)
{
    expect_filled("SELECT * FROM {table} LIMIT {limit}", "SELECT * FROM \"a{limit}\" LIMIT 10");
}

Test(quote, what_is_no_placeholder_stays)
{
    expect_filled("{} { {other} {limit", "{} { {other} {limit");
    expect_filled("", "");
}

Test(quote, literals_double_their_quotes)
{
    struct dc_strbuf out = DC_STRBUF_INIT(1024);

    dc_quote_literal("it's", &out);
    dc_quote_literal(NULL, &out);
    cr_expect_str_eq(dc_strbuf_text(&out), "'it''s'NULL");
    dc_strbuf_done(&out);
}
