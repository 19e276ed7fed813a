/* Level rules L1 to L10. */
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

TestSuite(levels, .init = open_case, .fini = close_case);

Test(levels, l1_take_the_leafs_default_and_the_tables_highest)
{
    case_table(d, "supplier", "供应商");
    case_column(d, "supplier_name", "varchar(80)", "供应商名称");
    case_column(d, "bank_account", "varchar(30)", "银行账号");
    case_decide(d);
    cr_expect_eq(case_finding(d, "supplier_name")->level, 2);
    cr_expect_str_eq(case_finding(d, "supplier_name")->level_reason, "L1");
    cr_expect_eq(d->verdict.level, 4);
    cr_expect_str_eq(d->verdict.level_column, "bank_account");
}

Test(levels, l2_technical_columns_never_raise_a_table)
{
    case_table(d, "md_material", "物料主数据");
    case_column(d, "material_name", "varchar(80)", "物料名称");
    case_column(d, "remark", "varchar(500)", "备注");
    case_decide(d);
    cr_expect_eq(case_finding(d, "remark")->level, 2);
    cr_expect_eq(d->verdict.level, 1);
    cr_expect_str_eq(d->verdict.level_column, "material_name");
}

Test(levels, l3_keep_the_floors_of_personal_information)
{
    case_table(d, "stock_in", "入库单");
    case_column(d, "remark", "varchar(500)", "备注");
    case_profile(d, "remark", 500, 400);
    case_count(d, "remark", "text-cn-id", 40, 40, 40);
    case_decide(d);
    cr_expect_eq(case_finding(d, "remark")->pi, DC_PI_SENSITIVE);
    cr_expect_eq(case_finding(d, "remark")->level, 4);
    cr_expect_str_eq(case_finding(d, "remark")->level_reason, "L3");
}

static const struct dc_finding *masked_phone(int64_t masked)
{
    struct dc_profile *profile;

    case_table(d, "hr_employee", "员工");
    case_column(d, "mobile", "varchar(20)", "手机号");
    profile = case_profile(d, "mobile", 1000, 900);
    profile->masked = masked;
    case_decide(d);
    return case_finding(d, "mobile");
}

Test(levels, l4_masked_values_go_down_one_and_keep_their_reference)
{
    const struct dc_finding *finding = masked_phone(980);

    cr_expect_eq(finding->level_reference, 3);
    cr_expect_eq(finding->level, 2);
    cr_expect_str_eq(finding->level_reason, "L4");
    cr_expect_not_null(strstr(finding->marks, "已脱敏"));
}

Test(levels, l4_needs_nearly_all_of_the_sample)
{
    cr_expect_eq(masked_phone(900)->level, 3);
}

Test(levels, l4_never_goes_below_two_for_personal_information)
{
    struct dc_profile *profile;

    case_table(d, "hr_employee", "员工");
    case_column(d, "real_name", "varchar(20)", "姓名");
    profile = case_profile(d, "real_name", 1000, 900);
    profile->masked = 1000;
    case_decide(d);
    cr_expect_eq(case_finding(d, "real_name")->level, 2);
}

Test(levels, l5_hashes_keep_their_level_and_are_marked)
{
    struct dc_profile *profile;

    case_table(d, "sys_user", "用户");
    case_column(d, "password", "varchar(100)", "密码");
    profile = case_profile(d, "password", 200, 200);
    profile->length_min = profile->length_max = 64;
    profile->shapes.hex = 200;
    profile->digits_entropy = 3.9;
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "password"), "D6-03");
    cr_expect_eq(case_finding(d, "password")->level, 4);
    cr_expect_not_null(strstr(case_finding(d, "password")->marks, "已加密"));
}

Test(levels, l6_sums_over_many_go_down_one)
{
    case_table(d, "sales_stat_month", "销售经营统计月报");
    case_column(d, "kpi_name", "varchar(60)", "指标名称");
    case_column(d, "sale_amount", "decimal(16,2)", "销售金额");
    case_decide(d);
    cr_expect_leq(case_finding(d, "sale_amount")->level,
                  case_finding(d, "sale_amount")->level_reference);
}

Test(levels, l7_mark_what_is_sensitive_together)
{
    case_table(d, "hr_employee", "员工");
    case_column(d, "id_card", "varchar(18)", "身份证号");
    case_column(d, "real_name", "varchar(20)", "姓名");
    case_column(d, "remark", "varchar(200)", "备注");
    case_decide(d);
    cr_expect_not_null(strstr(case_finding(d, "id_card")->marks, "组合敏感"));
    cr_expect_not_null(strstr(case_finding(d, "real_name")->marks, "组合敏感"));
    cr_expect_null(strstr(case_finding(d, "remark")->marks, "组合敏感"));
}

Test(levels, l9_published_data_goes_down_to_one)
{
    case_table(d, "patent", "专利台账（已公告）");
    case_column(d, "patent_no", "varchar(30)", "专利号");
    case_decide(d);
    cr_expect_eq(case_finding(d, "patent_no")->level, 1);
    cr_expect_str_eq(case_finding(d, "patent_no")->level_reason, "L9");
    case_table(d, "patent", "专利台账（未公开）");
    case_column(d, "patent_no", "varchar(30)", "专利号");
    case_decide(d);
    cr_expect_eq(case_finding(d, "patent_no")->level, 3);
}

static bool is_secret(const char *name, const char *comment)
{
    const char *word = NULL;

    case_table(d, name, comment);
    case_column(d, "a", "varchar(20)", "");
    return dc_classify_state_secret(d->classifier, d->table, &word) && word != NULL;
}

Test(levels, l10_sees_marks_of_state_secrets_in_names_and_comments)
{
    cr_expect(is_secret("jm_doc", "机密文件登记"));
    cr_expect(is_secret("绝密资料", ""));
}

Test(levels, l10_does_not_stop_at_business_secrets)
{
    cr_expect_not(is_secret("trade_secret", "商业秘密登记"));
    cr_expect_not(is_secret("sys_user", "用户"));
}

Test(levels, a_rule_that_moved_the_level_is_among_the_evidence)
{
    const struct dc_finding *finding = masked_phone(1000);
    bool found = false;

    for (size_t i = 0; i < finding->n_evidence; i++) {
        found = found || (finding->evidence[i].kind == DC_EVIDENCE_LEVEL &&
                          strcmp(finding->evidence[i].rule, "L4") == 0);
    }
    cr_expect(found);
}
