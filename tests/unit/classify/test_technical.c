/* Keys, audit columns, states, flags, free text: half of every database. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "case.h"

struct technical {
    const char *name, *type, *comment, *codes;
};

static const struct technical columns[] = {
    {"id", "bigint", "", "Z1-01"},
    {"guid", "varchar(36)", "", "Z1-01"},
    {"supplier_id", "bigint", "供应商ID", "Z1-01"},
    {"parent_id", "bigint", "父主键", "Z1-01"},
    {"create_time", "datetime", "创建时间", "Z1-01"},
    {"gmt_modified", "datetime", "", "Z1-01"},
    {"CrtDt", "datetime", "", "Z1-01"},
    {"cjsj", "datetime", "", "Z1-01"},
    {"upd_tm", "datetime", "", "Z1-01"},
    {"row_version", "int", "", "Z1-01"},
    {"sort_no", "int", "排序", "Z1-01"},
    {"del_flag", "char(1)", "删除标志", "Z1-01"},
    {"is_deleted", "bool", "", "Z1-01"},
    {"DEL_IND", "char(1)", "", "Z1-01"},
    {"tenant_id", "bigint", "租户编号", "Z1-01"},
    {"create_by", "varchar(20)", "创建人", "P1-05|P1-04"},
    {"creator", "bigint", "", "Z1-01"},
    {"status", "varchar(4)", "状态", "Z1-02"},
    {"order_type", "varchar(4)", "单据类型", "Z1-02"},
    {"is_leader", "int", "是否主管", "Z1-02"},
    {"enabled", "bool", "", "Z1-02"},
    {"zt", "varchar(2)", "", "Z1-02"},
    {"flow_state", "int", "流程状态（0草稿 1审批中 2完成）", "Z1-02"},
    {"remark", "varchar(500)", "备注", "Z1-03"},
    {"description", "text", "", "Z1-03"},
    {"attach_path", "varchar(200)", "附件路径", "Z1-03"},
    {"attr1", "varchar(100)", "预留字段1", "Z1-03"},
    {"bz", "varchar(200)", "", "Z1-03"},
};

ParameterizedTestParameters(technical, is_told_in_a_business_table)
{
    static size_t indexes[sizeof columns / sizeof *columns];

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        indexes[i] = i;
    }
    return cr_make_param_array(size_t, indexes, sizeof columns / sizeof *columns);
}

ParameterizedTest(size_t *index, technical, is_told_in_a_business_table)
{
    const struct technical *column = &columns[*index];
    struct decided *d = case_open();

    case_table(d, "pur_order", "采购订单");
    case_column(d, "order_no", "varchar(30)", "采购单号");
    case_column(d, column->name, column->type, column->comment);
    case_decide(d);
    cr_expect(case_is_one_of(case_leaf(d, column->name), column->codes), "%s: %s, not %s",
              column->name, case_leaf(d, column->name), column->codes);
    case_close(d);
}

Test(technical, a_counting_auto_increment_is_a_key_whatever_its_name)
{
    struct decided *d = case_open();
    struct dc_column *column;

    case_table(d, "dict_data", "字典数据");
    column = case_column(d, "dict_code", "bigint", "字典编码");
    column->auto_increment = column->primary_key = true;
    case_column(d, "dict_label", "varchar(50)", "字典标签");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "dict_code"), "Z1-01");
    cr_expect_str_eq(case_leaf(d, "dict_label"), "D6-07");
    case_close(d);
}

Test(technical, an_id_that_holds_business_numbers_is_none)
{
    struct decided *d = case_open();
    struct dc_profile *profile;

    case_table(d, "equipment", "设备台账");
    case_column(d, "equipment_id", "varchar(20)", "");
    profile = case_profile(d, "equipment_id", 300, 300);
    profile->shapes.all_upper_alnum = 300;
    profile->shapes.has_letter = 300;
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "equipment_id"), "C1-01");
    case_close(d);
}

Test(technical, a_series_of_numbered_columns_is_room_for_a_site)
{
    struct decided *d = case_open();

    case_table(d, "stock_in", "入库单");
    case_column(d, "doc_no", "varchar(20)", "入库单号");
    case_column(d, "qx1", "varchar(50)", "");
    case_column(d, "qx2", "varchar(50)", "");
    case_column(d, "qx3", "varchar(50)", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "qx2"), "Z1-03");
    case_close(d);
}

Test(technical, the_id_of_an_account_that_is_a_word_is_its_login)
{
    struct decided *d = case_open();
    struct dc_profile *profile;

    case_table(d, "portal_user", "");
    case_column(d, "user_id", "varchar(30)", "");
    case_column(d, "password", "varchar(80)", "");
    case_column(d, "last_login_time", "datetime", "");
    profile = case_profile(d, "user_id", 300, 300);
    profile->shapes.has_letter = 300;
    profile->length_min = 4;
    profile->length_max = 12;
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "user_id"), "P1-05");
    case_close(d);
}
