/* Tables and columns whose names say nothing. */
#include <criterion/criterion.h>
#include <string.h>

#include "case.h"

static struct decided *d;

static void open_case(void)
{
    d = case_open();
}

static void close_case(void)
{
    case_close(d);
}

TestSuite(nameless, .init = open_case, .fini = close_case);

/* A column of 200 rows with 100 values, all of which pass the rule. */
static struct dc_profile *all_pass(const char *column, const char *rule)
{
    struct dc_profile *profile = case_profile(d, column, 200, 100);

    case_count(d, column, rule, 200, 100, 100);
    return profile;
}

static void columns(const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        case_column(d, names[i], "varchar(80)", "");
    }
}

static void open_table(const char *table)
{
    static const char *const names[] = {"c1", "c2", "c3", "c4", "c5"};

    case_table(d, table, "");
    columns(names, 5);
}

Test(nameless, values_tell_what_a_table_is_about_and_so_what_the_rest_of_it_is)
{
    open_table("t001");
    all_pass("c1", "cn-id");
    all_pass("c2", "gender");
    all_pass("c3", "education");
    all_pass("c5", "ethnicity");
    case_profile(d, "c4", 200, 100);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "c4"), "P1-04");
    cr_expect_str_eq(case_finding(d, "c4")->evidence[0].rule, "employee");
    cr_expect(case_finding(d, "c4")->confidence < 0.9);
}

Test(nameless, one_column_of_persons_makes_no_table_of_persons)
{
    open_table("t001");
    all_pass("c1", "person-name");
    case_profile(d, "c4", 200, 100);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "c4"), "Z1-04");
}

Test(nameless, values_do_not_outvote_the_name_of_a_table)
{
    open_table("work_order");
    all_pass("c1", "cn-id");
    all_pass("c2", "gender");
    all_pass("c3", "education");
    case_profile(d, "c4", 200, 100);
    case_decide(d);
    cr_expect_str_neq(case_leaf(d, "c4"), "P1-04");
}

Test(nameless, a_letter_and_a_number_is_no_word_where_all_columns_are_called_so)
{
    static const char *const names[] = {"d1", "d2", "d3", "d4", "d8"};

    case_table(d, "x_2024_05", "");
    columns(names, 5);
    all_pass("d8", "firmware-file");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "d8"), "A1-05");
}

Test(nameless, vocabulary_speaks_only_where_no_name_does)
{
    open_table("t001");
    case_column(d, "supplier_name", "varchar(80)", "供应商名称");
    all_pass("c1", "job-title");
    all_pass("supplier_name", "job-title");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "c1"), "P1-04");
    cr_expect_str_eq(case_leaf(d, "supplier_name"), "D1-01");
}

Test(nameless, a_long_number_beside_banks_is_an_account)
{
    open_table("t001");
    all_pass("c1", "bank-name");
    all_pass("c2", "account-beside");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "c2"), "D3-03");
}

Test(nameless, a_long_number_beside_nothing_is_none)
{
    open_table("t001");
    all_pass("c2", "account-beside");
    case_profile(d, "c1", 200, 100);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "c2"), "Z1-04");
}

Test(nameless, a_heading_that_came_along_tells_the_column)
{
    open_table("sheet2");
    case_profile(d, "c1", 200, 100);
    case_count(d, "c1", "heading-pay", 1, 1, 1);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "c1"), "D4-03");
    cr_expect_eq(case_finding(d, "c1")->pi, DC_PI_SENSITIVE);
}

Test(nameless, a_list_of_headings_is_none)
{
    open_table("sheet2");
    case_profile(d, "c1", 200, 100);
    case_count(d, "c1", "heading-pay", 12, 6, 6);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "c1"), "Z1-04");
}

Test(nameless, values_of_several_kinds_of_persons_are_as_sensitive_as_the_worst)
{
    case_table(d, "t_kv", "");
    case_column(d, "qx", "varchar(500)", "");
    case_profile(d, "qx", 300, 280);
    case_count(d, "qx", "person-name", 60, 55, 55);
    case_count(d, "qx", "cn-mobile", 60, 60, 60);
    case_count(d, "qx", "cn-id", 40, 40, 40);
    case_count(d, "qx", "email", 30, 30, 30);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "qx"), "P1-03");
    cr_expect_eq(case_finding(d, "qx")->pi, DC_PI_SENSITIVE);
}

Test(nameless, checks_that_pass_by_chance_are_no_mixture_of_persons)
{
    case_table(d, "zzqq", "");
    case_column(d, "qx", "varchar(500)", "");
    case_profile(d, "qx", 300, 280);
    case_count(d, "qx", "cn-id", 9, 8, 100);
    case_count(d, "qx", "bank-card", 9, 9, 100);
    case_count(d, "qx", "cn-mobile", 150, 80, 100);
    case_decide(d);
    cr_expect_str_neq(case_leaf(d, "qx"), "P1-03");
    cr_expect_neq(case_finding(d, "qx")->pi, DC_PI_SENSITIVE);
}

Test(nameless, text_of_which_every_row_names_a_person_is_of_persons)
{
    case_table(d, "zzqq", "");
    case_column(d, "qx", "varchar(500)", "");
    case_profile(d, "qx", 300, 280)->shapes.sentence = 280;
    case_count(d, "qx", "text-cn-id", 300, 280, 280);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "qx"), "P1-03");
}

Test(nameless, numbers_of_seventeen_digits_in_a_whole_number_are_keys)
{
    struct dc_profile *profile;

    case_table(d, "t010", "");
    case_column(d, "h8", "bigint", "");
    profile = case_profile(d, "h8", 200, 200);
    profile->shapes.integer = 200;
    profile->length_min = profile->length_max = 19;
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "h8"), "Z1-01");
}
