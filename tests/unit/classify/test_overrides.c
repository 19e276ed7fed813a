/* Overrides by pattern of source, table and column (overrides.yaml beside this file). */
#include <criterion/criterion.h>
#include <string.h>

#include "case.h"

static struct decided *d;

static void open_case(void)
{
    d = case_open_with(TEST_ROOT "/tests/unit/classify/overrides.yaml");
}

static void close_case(void)
{
    case_close(d);
}

TestSuite(overrides, .init = open_case, .fini = close_case);

static bool tells(const char *column, const char *detail)
{
    const struct dc_finding *finding = case_finding(d, column);

    for (size_t i = 0; i < finding->n_evidence; i++) {
        if (strcmp(finding->evidence[i].detail, detail) == 0) {
            return true;
        }
    }
    return false;
}

Test(overrides, decide_the_leaf_its_level_and_the_table)
{
    case_table(d, "MD_Material", "物料主数据");
    case_column(d, "material_code", "varchar(40)", "物料编码");
    case_column(d, "remark", "varchar(500)", "备注");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "material_code"), "A1-03");
    cr_expect_eq(case_finding(d, "material_code")->level, 4);
    cr_expect_not(case_finding(d, "material_code")->to_review);
    cr_expect(tells("material_code", "decided by override recipes"));
    cr_expect_eq(d->verdict.level, 4);
    cr_expect_str_neq(case_leaf(d, "remark"), "A1-03");
}

Test(overrides, that_stand_later_go_before)
{
    case_table(d, "md_material", "物料主数据");
    case_column(d, "material_name", "varchar(80)", "物料名称");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "material_name"), "A1-01");
    cr_expect(tells("material_name", "decided by override one-recipe"));
}

Test(overrides, lower_a_level_and_leave_the_leaf)
{
    case_table(d, "md_unit", "供应商");
    case_column(d, "bank_account", "varchar(30)", "银行账号");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "bank_account"), "D3-03");
    cr_expect_eq(case_finding(d, "bank_account")->level, 2);
    cr_expect_eq(case_finding(d, "bank_account")->level_reference, 4);
    cr_expect_str_eq(case_finding(d, "bank_account")->level_reason, "low-units");
}

Test(overrides, never_go_below_the_floor_of_personal_information)
{
    case_table(d, "md_person", "员工");
    case_column(d, "id_card_no", "varchar(18)", "身份证号");
    case_decide(d);
    cr_expect_eq(case_finding(d, "id_card_no")->level, 4);
    cr_expect_str_eq(case_finding(d, "id_card_no")->level_reason, "L3");
}

Test(overrides, of_other_sources_change_nothing)
{
    case_table(d, "supplier", "供应商");
    case_column(d, "supplier_name", "varchar(80)", "供应商名称");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "supplier_name"), "D1-01");
    cr_expect_eq(case_finding(d, "supplier_name")->level, 2);
}

/* ---- the example that a plant copies ---- */

static void open_site(void)
{
    d = case_open_with(TEST_ROOT "/taxonomies/site.example.yaml");
}

TestSuite(site, .init = open_site, .fini = close_case);

Test(site, leaves_words_and_values_of_the_plant_are_known)
{
    case_table(d, "trial", "烧结杯试验");
    case_column(d, "basicity", "decimal(8,3)", "碱度");
    case_column(d, "code", "varchar(20)", "");
    case_profile(d, "basicity", 200, 150);
    case_profile(d, "code", 200, 200);
    case_count(d, "code", "sinter-trial-number", 200, 200, 200);
    case_decide(d);
    cr_expect_str_eq(d->verdict.subject, "sinter_trial");
    cr_expect_str_eq(case_leaf(d, "code"), "S1-01");
}

Test(site, levels_of_the_plant_go_before_the_shipped_ones)
{
    case_table(d, "mould", "模具台账");
    case_column(d, "mould_name", "varchar(60)", "模具名称");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "mould_name"), "C1-03");
    cr_expect_eq(case_finding(d, "mould_name")->level, 3);
}

Test(site, patterns_of_the_plant_decide_leaf_and_level)
{
    case_table(d, "spt_recipe_2026", "");
    case_column(d, "x1", "decimal(8,3)", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "x1"), "A1-03");
    cr_expect_eq(case_finding(d, "x1")->level, 4);
    cr_expect(tells("x1", "decided by override sinter-recipes"));
}

Test(site, parameters_of_level_rules_are_the_plants)
{
    struct dc_profile *profile;

    case_table(d, "hr_employee", "员工");
    case_column(d, "mobile", "varchar(20)", "手机号");
    profile = case_profile(d, "mobile", 1000, 900);
    profile->masked = 970;
    case_decide(d);
    cr_expect_eq(case_finding(d, "mobile")->level, 3, "97 %% are masked, the plant wants 99 %%");
}
