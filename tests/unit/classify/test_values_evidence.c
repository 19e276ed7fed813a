/* What values prove, and what they don't. */
#include <criterion/criterion.h>
#include <string.h>

#include "case.h"

static struct decided *d;

static void open_case(void)
{
    d = case_open();
    case_table(d, "zzqq", "");
    case_column(d, "qx", "varchar(40)", "");
}

static void close_case(void)
{
    case_close(d);
}

TestSuite(values_evidence, .init = open_case, .fini = close_case);

Test(values_evidence, decide_a_column_whose_name_says_nothing)
{
    case_profile(d, "qx", 500, 480);
    case_count(d, "qx", "cn-id", 490, 470, 480);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "qx"), "P1-03");
    cr_expect_eq(case_finding(d, "qx")->pi, DC_PI_SENSITIVE);
    cr_expect_eq(case_finding(d, "qx")->level, 4);
    cr_expect_eq(case_finding(d, "qx")->evidence[0].matched, 490);
    cr_expect_eq(case_finding(d, "qx")->evidence[0].tested, 500);
}

Test(values_evidence, a_check_passed_at_its_chance_rate_is_no_evidence)
{
    /* 18-digit order numbers: one in eleven passes */
    case_profile(d, "qx", 500, 500);
    case_count(d, "qx", "cn-id", 45, 45, 500);
    case_decide(d);
    cr_expect_str_neq(case_leaf(d, "qx"), "P1-03");
    cr_expect_eq(case_finding(d, "qx")->pi, DC_PI_NONE);
}

Test(values_evidence, the_same_value_many_times_proves_nothing)
{
    case_profile(d, "qx", 500, 40);
    case_count(d, "qx", "cn-id", 480, 1, 1);
    case_decide(d);
    cr_expect_str_neq(case_leaf(d, "qx"), "P1-03");
}

Test(values_evidence, a_few_hits_among_other_values_do_not_make_a_column)
{
    case_profile(d, "qx", 1000, 900);
    case_count(d, "qx", "cn-mobile", 20, 20, 20);
    case_decide(d);
    cr_expect_str_neq(case_leaf(d, "qx"), "P1-02");
}

Test(values_evidence, telephones_hidden_in_remarks_mark_the_column_and_leave_its_leaf)
{
    struct dc_profile *profile;

    case_table(d, "stock_in", "入库单");
    case_column(d, "remark", "varchar(500)", "备注");
    profile = case_profile(d, "remark", 500, 400);
    profile->shapes.sentence = 380;
    case_count(d, "remark", "text-cn-mobile", 30, 30, 30);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "remark"), "Z1-03");
    cr_expect_eq(case_finding(d, "remark")->pi, DC_PI_PERSONAL);
    cr_expect_geq(case_finding(d, "remark")->level, 2);
}

Test(values_evidence, a_secret_in_a_settings_value_raises_it)
{
    case_table(d, "sys_config", "系统参数");
    case_column(d, "config_value", "varchar(500)", "参数键值");
    case_profile(d, "config_value", 100, 100);
    case_count(d, "config_value", "text-secret", 6, 6, 6);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "config_value"), "D6-03");
    cr_expect_eq(case_finding(d, "config_value")->level, 4);
}

Test(values_evidence, names_of_firms_follow_the_object_that_the_column_names)
{
    case_table(d, "outgoing_inspection", "出货检验");
    case_column(d, "customer_name", "varchar(80)", "客户名称");
    case_profile(d, "customer_name", 300, 60);
    case_count(d, "customer_name", "company-name", 290, 55, 60);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "customer_name"), "D2-01");
}

Test(values_evidence, two_values_of_a_flag_speak_for_a_code)
{
    struct dc_profile *profile = case_profile(d, "qx", 400, 2);

    profile->shapes.zero_or_one = 2;
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "qx"), "Z1-02");
}

Test(values_evidence, an_empty_table_is_decided_by_its_names)
{
    case_table(d, "supplier", "供应商");
    case_column(d, "supplier_name", "varchar(80)", "供应商名称");
    case_profile(d, "supplier_name", 0, 0);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "supplier_name"), "D1-01");
}
