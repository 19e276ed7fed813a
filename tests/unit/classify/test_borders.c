/* Border rules X1 to X10. */
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

TestSuite(borders, .init = open_case, .fini = close_case);

static void expect(const char *column, const char *codes)
{
    cr_expect(case_is_one_of(case_leaf(d, column), codes), "%s: %s, not %s", column,
              case_leaf(d, column), codes);
}

Test(borders, x1_gives_every_column_one_leaf_and_the_mark_beside_it)
{
    case_table(d, "hr_employee", "员工信息");
    case_column(d, "id_card", "varchar(18)", "身份证号");
    case_column(d, "mobile", "varchar(11)", "手机号");
    case_column(d, "hobby_code", "varchar(10)", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "id_card"), "P1-03");
    cr_expect_eq(case_finding(d, "id_card")->pi, DC_PI_SENSITIVE);
    cr_expect_eq(case_finding(d, "mobile")->pi, DC_PI_PERSONAL);
    cr_expect_neq(case_leaf(d, "hobby_code")[0], '\0');
}

Test(borders, x2_trusts_a_checksum_more_than_a_comment)
{
    case_table(d, "t_misc", "");
    case_column(d, "c1", "varchar(20)", "设备编号");
    case_profile(d, "c1", 500, 480);
    case_count(d, "c1", "cn-id", 490, 470, 480);
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "c1"), "P1-03");
    cr_expect_eq(case_finding(d, "c1")->evidence[0].kind, DC_EVIDENCE_CHECKSUM);
}

Test(borders, x2_trusts_a_comment_more_than_a_name)
{
    case_table(d, "t_x", "物料主数据");
    case_column(d, "operator", "varchar(40)", "物料名称");
    case_decide(d);
    expect("operator", "D2-05");
}

Test(borders, x3_lets_content_beat_its_carrier)
{
    case_table(d, "sys_config", "系统参数");
    case_column(d, "config_key", "varchar(50)", "参数键名");
    case_column(d, "db_password", "varchar(100)", "数据库密码");
    case_table(d, "contract_mst", "合同台账");
    case_column(d, "contract_no", "varchar(30)", "合同编号");
    case_column(d, "unit_price", "decimal(12,4)", "单价");
    case_column(d, "link_phone", "varchar(20)", "联系电话");
    case_decide(d);
    expect("contract_no", "D5-01");
    expect("link_phone", "P1-02");
    case_table(d, "sys_config", "系统参数");
    case_column(d, "db_password", "varchar(100)", "数据库密码");
    case_decide(d);
    expect("db_password", "D6-03");
}

Test(borders, x4_tells_set_commanded_measured_and_inspected_values_apart)
{
    case_table(d, "process_param", "工艺参数");
    case_column(d, "set_value", "decimal(10,3)", "设定值");
    case_column(d, "upper_limit", "decimal(10,3)", "上限");
    case_decide(d);
    expect("set_value", "B1-02");
    expect("upper_limit", "B1-02");
    case_table(d, "control_command", "控制指令");
    case_column(d, "set_value", "decimal(10,3)", "设定值");
    case_decide(d);
    expect("set_value", "B3-01");
    case_table(d, "sensor_data", "测点数据");
    case_column(d, "tag_value", "double", "测量值");
    case_decide(d);
    expect("tag_value", "B3-02");
    case_table(d, "inspection_record", "检验记录");
    case_column(d, "measured_value", "decimal(10,3)", "实测值");
    case_column(d, "upper_limit", "decimal(10,3)", "上限");
    case_decide(d);
    expect("measured_value", "B4-02");
    expect("upper_limit", "B4-01");
}

Test(borders, x5_tells_planned_done_and_summed_apart)
{
    case_table(d, "production_plan", "生产计划");
    case_column(d, "plan_qty", "decimal(12,3)", "计划数量");
    case_column(d, "finish_qty", "decimal(12,3)", "完成数量");
    case_decide(d);
    expect("plan_qty", "B2-01");
    expect("finish_qty", "B2-03");
    case_table(d, "kpi_month", "经营指标月报");
    case_column(d, "kpi_value", "decimal(16,2)", "指标值");
    case_decide(d);
    expect("kpi_value", "D5-02");
}

Test(borders, x6_tells_own_sold_and_connected_equipment_apart)
{
    case_table(d, "eam_equipment", "设备台账");
    case_column(d, "eq_name", "varchar(60)", "设备名称");
    case_decide(d);
    expect("eq_name", "C1-01");
    case_table(d, "service_order", "售后服务单");
    case_column(d, "fault_desc", "varchar(200)", "故障描述");
    case_decide(d);
    expect("fault_desc", "C3-02");
    case_table(d, "tsp_vehicle", "车辆档案信息");
    case_column(d, "vin", "varchar(17)", "车架号");
    case_column(d, "plate_no", "varchar(10)", "车牌号");
    case_decide(d);
    expect("vin", "E1-01");
    expect("plate_no", "P1-07"); /* of a connected vehicle: whose it is can be told by it */
}

Test(borders, x7_tells_accounts_of_firms_and_of_persons_apart)
{
    case_table(d, "supplier", "供应商");
    case_column(d, "bank_account", "varchar(30)", "银行账号");
    case_column(d, "credit_code", "varchar(18)", "统一社会信用代码");
    case_decide(d);
    expect("bank_account", "D3-03");
    expect("credit_code", "D1-01");
    case_table(d, "hr_employee", "员工");
    case_column(d, "bank_account", "varchar(30)", "银行账号");
    case_decide(d);
    expect("bank_account", "P2-05");
}

Test(borders, x8_keeps_names_and_units_of_products_public)
{
    case_table(d, "md_material", "物料主数据");
    case_column(d, "material_name", "varchar(80)", "物料名称");
    case_column(d, "spec", "varchar(80)", "规格型号");
    case_column(d, "unit", "varchar(10)", "计量单位");
    case_decide(d);
    expect("material_name", "D2-05");
    expect("spec", "D2-05");
    expect("unit", "D2-05");
    cr_expect_eq(case_finding(d, "material_name")->level, 1);
}

Test(borders, x9_lets_a_reference_follow_its_object_and_keeps_the_document_second)
{
    case_table(d, "work_order", "生产工单");
    case_column(d, "customer_name", "varchar(80)", "客户名称");
    case_column(d, "customer_id", "bigint", "客户ID");
    case_decide(d);
    expect("customer_name", "D2-01");
    cr_expect_str_eq(case_finding(d, "customer_name")->runner_up, "B2-02");
    expect("customer_id", "Z1-01");
}

Test(borders, x9_lets_a_foreign_key_take_the_leaf_of_what_it_references)
{
    struct dc_column *column;

    case_table(d, "t_q7", "");
    column = case_column(d, "zz_ref", "varchar(20)", "");
    column->ref_schema = "";
    column->ref_table = "supplier";
    column->ref_column = "supplier_code";
    column = case_column(d, "yy_ref", "bigint", "");
    column->ref_schema = "";
    column->ref_table = "supplier";
    column->ref_column = "id";
    case_decide(d);
    expect("zz_ref", "D1-01");
    expect("yy_ref", "Z1-01");
}

Test(borders, x10_leaves_what_nobody_could_tell_to_a_person)
{
    case_table(d, "zzqq", "");
    case_column(d, "qx17", "varchar(20)", "");
    case_column(d, "id_card_no", "varchar(18)", "身份证号");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "qx17"), "Z1-04");
    cr_expect(case_finding(d, "qx17")->to_review);
    cr_expect_eq(case_finding(d, "qx17")->level, 4, "the table's highest level protects it");
    cr_expect_str_eq(case_finding(d, "qx17")->level_reason, "X10");
}
