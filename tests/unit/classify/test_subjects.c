/* What a table is about. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "case.h"

struct subject_case {
    const char *table, *comment, *subject;
};

static const struct subject_case cases[] = {
    {"sup_info", "供应商信息", "supplier"},
    {"t_gys", "", "supplier"},
    {"WorkOrder", "", "work_order"},
    {"pro_workorder_bom", "工单BOM", "mbom"},
    {"cg_rkd_mx", "采购入库单明细", "stock_in"},
    {"qc_iqc_line", "", "inspection"},
    {"sb_wx_gd", "设备维修工单", "maintenance"},
    {"bd_psndoc", "", "employee"},
    {"QRTZ_TRIGGERS", "", "scheduled_job"},
    {"act_hi_taskinst", "", "workflow_engine"},
    {"sys_dict_data", "", "dictionary"},
    {"rdrecord01", "", "stock_in"},
    {"t_ICItem", "", "material"},
    {"hr_salary_month", "", "payroll"},
    {"gps_track_202401", "", "vehicle_position"},
};

ParameterizedTestParameters(subjects, are_told_by_name_and_comment)
{
    static size_t indexes[sizeof cases / sizeof *cases];

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        indexes[i] = i;
    }
    return cr_make_param_array(size_t, indexes, sizeof cases / sizeof *cases);
}

ParameterizedTest(size_t *index, subjects, are_told_by_name_and_comment)
{
    struct decided *d = case_open();

    case_table(d, cases[*index].table, cases[*index].comment);
    case_column(d, "id", "bigint", "");
    case_decide(d);
    cr_expect_str_eq(d->verdict.subject, cases[*index].subject, "%s: %s", cases[*index].table,
                     d->verdict.subject);
    case_close(d);
}

Test(subjects, are_told_by_columns_where_the_table_has_no_name)
{
    struct decided *d = case_open();

    case_table(d, "t0017", "");
    case_column(d, "vin", "varchar(17)", "");
    case_column(d, "soc", "int", "");
    case_column(d, "tot_volt", "decimal(6,1)", "");
    case_column(d, "odo", "decimal(10,1)", "");
    case_decide(d);
    cr_expect_str_eq(d->verdict.subject, "vehicle_telemetry");
    case_close(d);
}

Test(subjects, names_of_a_known_system_need_its_columns)
{
    struct decided *d = case_open();

    case_table(d, "EKPO", "");
    case_column(d, "EBELN", "varchar(10)", "");
    case_column(d, "MATNR", "varchar(18)", "");
    case_column(d, "NETPR", "decimal(11,2)", "");
    case_decide(d);
    cr_expect_str_eq(d->verdict.subject, "purchase_order");
    cr_expect_str_eq(case_leaf(d, "NETPR"), "D1-03");
    case_close(d);
}

Test(subjects, are_told_by_the_system_where_two_are_near)
{
    struct decided *d = case_open();

    d->source.about[DC_ABOUT_SYSTEM] = "PLM";
    case_table(d, "bom_line", "");
    case_column(d, "parent_item", "varchar(40)", "");
    case_column(d, "child_item", "varchar(40)", "");
    case_column(d, "ref_designator", "varchar(40)", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "child_item"), "A1-02");
    case_close(d);
}

Test(subjects, do_not_follow_what_a_document_only_refers_to)
{
    struct decided *d = case_open();

    case_table(d, "zz_line", "");
    case_column(d, "material_code", "varchar(40)", "");
    case_column(d, "warehouse_code", "varchar(40)", "");
    case_column(d, "stock_qty", "decimal(12,3)", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "stock_qty"), "C2-01");
    case_close(d);
}
