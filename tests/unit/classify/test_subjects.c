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

Test(subjects, are_told_by_initials_on_both_sides_of_a_separator)
{
    static const char *const names[][4] = {{"cg_dd", "ddh", "jhrq", "D1-02"},
                                           {"xs_ddmx", "ddh", "fhsl", "D2-02"},
                                           {"sc_bg", "hgsl", "bgsj", "B2-03"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct decided *d = case_open();

        case_table(d, names[i][0], "");
        case_column(d, names[i][1], "varchar(20)", "");
        case_column(d, "wlbm", "varchar(30)", "");
        case_column(d, names[i][2], "datetime", "");
        case_decide(d);
        cr_expect_str_eq(case_leaf(d, names[i][2]), names[i][3], "%s", names[i][0]);
        case_close(d);
    }
}

Test(subjects, are_told_by_symbols_of_elements_side_by_side)
{
    struct decided *d = case_open();

    case_table(d, "t_lab", "");
    case_column(d, "heat_no", "varchar(20)", "");
    case_column(d, "c", "decimal(8,4)", "");
    case_column(d, "si_val", "decimal(8,4)", "");
    case_column(d, "mn", "decimal(8,4)", "");
    case_column(d, "p", "decimal(8,4)", "");
    case_column(d, "el_cr", "decimal(8,4)", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "c"), "B4-02");
    cr_expect_str_eq(case_leaf(d, "si_val"), "B4-02");
    case_close(d);
}

Test(subjects, single_letters_alone_are_no_elements)
{
    struct decided *d = case_open();

    case_table(d, "t_point", "");
    case_column(d, "p", "decimal(8,4)", "");
    case_column(d, "s", "decimal(8,4)", "");
    case_column(d, "c", "decimal(8,4)", "");
    case_decide(d);
    cr_expect_str_neq(case_leaf(d, "c"), "B4-02");
    case_close(d);
}

Test(subjects, are_told_by_tags_of_instruments_side_by_side)
{
    struct decided *d = case_open();

    case_table(d, "unit2_shift", "");
    case_column(d, "rec_time", "datetime", "");
    case_column(d, "TI101", "float", "");
    case_column(d, "PIC_2301_PV", "float", "");
    case_column(d, "PIC_2301_SP", "float", "");
    case_column(d, "PIC_2301_OP", "float", "");
    case_column(d, "FT302A", "float", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "TI101"), "B3-02");
    cr_expect_str_eq(case_leaf(d, "PIC_2301_PV"), "B3-02");
    cr_expect_str_eq(case_leaf(d, "FT302A"), "B3-02");
    cr_expect_str_eq(case_leaf(d, "PIC_2301_SP"), "B3-01");
    cr_expect_str_eq(case_leaf(d, "PIC_2301_OP"), "B3-02");
    case_close(d);
}

Test(subjects, numbered_columns_of_one_name_are_no_instruments)
{
    struct decided *d = case_open();

    case_table(d, "t_order_ext", "");
    case_column(d, "ATTR001", "decimal(10,2)", "");
    case_column(d, "ATTR002", "decimal(10,2)", "");
    case_column(d, "ATTR003", "decimal(10,2)", "");
    case_decide(d);
    cr_expect_str_neq(case_leaf(d, "ATTR001"), "B3-02");
    case_close(d);
}

Test(subjects, dates_and_fractions_refer_to_nothing)
{
    struct decided *d = case_open();

    case_table(d, "purchase_order", "");
    case_column(d, "po_no", "varchar(20)", "");
    case_column(d, "supplier_name", "varchar(60)", "");
    case_column(d, "stock", "datetime", "");
    case_column(d, "warehouse", "decimal(12,3)", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "stock"), "D1-02");
    cr_expect_str_eq(case_leaf(d, "warehouse"), "D1-02");
    case_close(d);
}

Test(subjects, what_a_comment_says_goes_before_initials)
{
    struct decided *d = case_open();

    case_table(d, "t_energy_month", "能耗月报");
    case_column(d, "ydl", "decimal(14,2)", "用电量");
    case_column(d, "dfje", "decimal(14,2)", "电费(万元)");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "dfje"), "D3-02");
    case_close(d);
}

Test(subjects, what_is_measured_of_a_machine_is_its_condition)
{
    struct decided *d = case_open();

    case_table(d, "BoilerData", "");
    case_column(d, "ts", "datetime", "");
    case_column(d, "steam_flow", "float", "");
    case_column(d, "furnace_temp", "float", "");
    case_column(d, "drum_pressure", "float", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "steam_flow"), "B3-02");
    case_close(d);
}

Test(subjects, decide_what_an_ambiguous_word_means)
{
    struct decided *d = case_open();

    case_table(d, "ck_rkd", "");
    case_column(d, "rkdh", "varchar(20)", "");
    case_column(d, "ph", "varchar(20)", "");
    case_column(d, "rksl", "decimal(12,3)", "");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "ph"), "B2-04");
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
