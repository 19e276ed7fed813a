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

static int level_of_settings(const char *type, const char *key)
{
    case_table(d, "sys_setting", "系统参数");
    case_column(d, "setting_value", type, "参数值");
    case_column(d, key, "json string", "")->path = strchr(key, '.');
    case_decide(d);
    return case_finding(d, "setting_value")->level;
}

Test(levels, l1_a_password_is_not_excused_by_the_column_of_text_around_it)
{
    cr_expect_eq(level_of_settings("varchar(2000)", "setting_value$.smtp_password"), 4);
}

Test(levels, l1_what_else_stands_in_a_column_of_text_does_not_raise_it)
{
    cr_expect_lt(level_of_settings("varchar(2000)", "setting_value$.smtp_host"), 3);
}

Test(levels, l1_a_column_of_documents_has_the_highest_level_of_its_keys)
{
    cr_expect_eq(level_of_settings("json", "setting_value$.smtp_host"), 3);
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

static const char *marks_of_hash(const char *rule, uint32_t matched)
{
    case_table(d, "sys_user", "用户");
    case_column(d, "password", "varchar(100)", "密码");
    case_profile(d, "password", 200, 200);
    case_count(d, "password", rule, matched, matched, matched);
    case_decide(d);
    cr_expect_eq(case_finding(d, "password")->level, 4);
    return case_finding(d, "password")->marks;
}

Test(levels, l5_known_forms_of_hashes_are_marked_where_nearly_all_are)
{
    cr_expect_not_null(strstr(marks_of_hash("password-hash", 200), "已加密"));
    cr_expect_null(strstr(marks_of_hash("password-hash", 120), "已加密"), "some are in clear");
}

static const struct dc_finding *coded(const char *type, int64_t length, double entropy)
{
    struct dc_profile *profile;

    case_table(d, "plm_formula", "配方");
    case_column(d, "content_ratio", type, "组分含量");
    profile = case_profile(d, "content_ratio", 200, 200);
    profile->length_min = profile->length_max = length;
    profile->shapes.base64ish = 200;
    profile->digits_entropy = entropy;
    case_decide(d);
    return case_finding(d, "content_ratio");
}

Test(levels, l5_encrypted_business_columns_keep_their_level_and_are_marked)
{
    const struct dc_finding *finding = coded("varchar(200)", 44, 5.8);

    cr_expect_eq(finding->level, finding->level_reference);
    cr_expect_not_null(strstr(finding->marks, "已加密"));
}

Test(levels, l5_short_codes_and_plain_text_are_not_encrypted)
{
    cr_expect_null(strstr(coded("varchar(200)", 16, 5.8)->marks, "已加密"), "short");
    cr_expect_null(strstr(coded("varchar(200)", 44, 2.1)->marks, "已加密"), "not at random");
    cr_expect_null(strstr(coded("uuid", 44, 5.8)->marks, "已加密"), "a UUID");
}

static const struct dc_finding *statistic(const char *table, const char *comment,
                                          const char *beside)
{
    case_table(d, table, comment);
    case_column(d, "stat_month", "varchar(7)", "统计月份");
    case_column(d, "sale_amount", "decimal(16,2)", "销售金额");
    case_column(d, "sale_qty", "decimal(16,2)", "销售数量");
    if (beside != NULL) {
        case_column(d, "beside", "varchar(40)", beside);
    }
    case_decide(d);
    return case_finding(d, "sale_amount");
}

Test(levels, l6_sums_over_many_go_down_one)
{
    const struct dc_finding *finding = statistic("sales_stat_month", "销售经营统计月报", NULL);

    cr_expect_eq(finding->level, finding->level_reference - 1, "%d", finding->level);
    cr_expect_str_eq(finding->level_reason, "L6");
}

Test(levels, l6_rows_that_tell_a_person_or_document_are_no_statistics)
{
    const struct dc_finding *finding = statistic("sales_stat_month", "销售经营统计月报",
                                                 "员工姓名");

    cr_expect_eq(finding->level, finding->level_reference);
    finding = statistic("sales_stat_month", "销售经营统计月报", "单据编号");
    cr_expect_eq(finding->level, finding->level_reference);
}

Test(levels, l6_needs_a_word_of_statistics)
{
    const struct dc_finding *finding = statistic("sd_order_item", "销售订单明细", NULL);

    cr_expect_eq(finding->level, finding->level_reference);
    cr_expect_str_neq(finding->level_reason, "L6");
}

static const struct dc_finding *crowd(const char *comment)
{
    case_table(d, "stat_day", comment);
    case_column(d, "stat_date", "date", "统计日期");
    case_column(d, "visit_qty", "int", "数量");
    case_column(d, "visit_rate", "decimal(8,3)", "占比");
    case_decide(d);
    return case_finding(d, "visit_qty");
}

Test(levels, l6_statistics_of_large_groups_and_tracks_go_up_one)
{
    const struct dc_finding *finding = crowd("园区人流出行统计");

    cr_expect_eq(finding->level, finding->level_reference + 1, "%d", finding->level);
    cr_expect_str_eq(finding->level_reason, "L6");
    finding = crowd("园区绿化统计");
    cr_expect_leq(finding->level, finding->level_reference);
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

/* Whether the first of two columns of a table of persons is marked. */
static bool is_combined(const char *first, const char *second)
{
    case_table(d, "hr_employee", "员工");
    case_column(d, "a", "varchar(40)", first);
    case_column(d, "b", "varchar(40)", second);
    case_decide(d);
    return strstr(case_finding(d, "a")->marks, "组合敏感") != NULL;
}

Test(levels, l7_know_each_pair_and_no_other)
{
    cr_expect(is_combined("身份证号", "姓名"));
    cr_expect(is_combined("身份证号", "手机号"));
    cr_expect(is_combined("手机号", "工资卡号"));
    cr_expect_not(is_combined("身份证号", "部门名称"));
    cr_expect_not(is_combined("姓名", "手机号"));
    cr_expect_not(is_combined("手机号", "学历"));
}

Test(levels, l7_where_a_known_vehicle_went_is_a_track)
{
    case_table(d, "vehicle_track", "车辆轨迹");
    case_column(d, "vin", "varchar(17)", "车架号");
    case_column(d, "lng", "decimal(10,6)", "经度");
    case_decide(d);
    cr_expect_eq(case_finding(d, "lng")->pi, DC_PI_SENSITIVE);
    case_table(d, "vehicle_track", "车辆轨迹");
    case_column(d, "lng", "decimal(10,6)", "经度");
    case_decide(d);
    cr_expect_eq(case_finding(d, "lng")->pi, DC_PI_NONE, "nobody's");
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

Test(levels, l9_catalogues_and_plant_structure_are_level_one_by_default)
{
    case_table(d, "md_material", "物料主数据");
    case_column(d, "material_name", "varchar(80)", "物料名称");
    case_decide(d);
    cr_expect_eq(case_finding(d, "material_name")->level, 1);
    cr_expect_str_eq(case_finding(d, "material_name")->level_reason, "L1");
    case_table(d, "md_line", "产线");
    case_column(d, "line_name", "varchar(80)", "产线名称");
    case_decide(d);
    cr_expect_eq(case_finding(d, "line_name")->level, 1);
}

Test(levels, l9_publishing_lowers_no_personal_information)
{
    case_table(d, "hr_employee", "员工（已公示）");
    case_column(d, "real_name", "varchar(20)", "姓名");
    case_decide(d);
    cr_expect_eq(case_finding(d, "real_name")->level, 2);
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

static bool is_secret_column(const char *comment)
{
    const char *word = NULL;

    case_table(d, "doc", "文件");
    case_column(d, "a", "varchar(20)", comment);
    return dc_classify_state_secret(d->classifier, d->table, &word);
}

Test(levels, l10_reads_comments_of_columns_up_to_what_explains_them)
{
    cr_expect(is_secret_column("机密文件编号"));
    cr_expect(is_secret_column("绝密★启用前"));
    cr_expect_not(is_secret_column("密级（1 公开 2 秘密 3 机密）"));
    cr_expect_not(is_secret_column("机密性"));
    cr_expect_not(is_secret_column("★必填"));
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
