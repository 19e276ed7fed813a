/* Candidates for important data. */
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

TestSuite(candidates, .init = open_case, .fini = close_case);

static bool fired(const char *column, const char *rule)
{
    const struct dc_finding *finding = case_finding(d, column);

    for (size_t i = 0; i < finding->n_important; i++) {
        if (strcmp(finding->important[i], rule) == 0) {
            return true;
        }
    }
    return false;
}

static void decide_one(const char *table, const char *comment, const char *column, const char *type,
                       const char *column_comment)
{
    case_table(d, table, comment);
    case_column(d, column, type, column_comment);
    case_decide(d);
}

Test(candidates, id01_fires_on_tracks_of_vehicles)
{
    decide_one("vehicle_track", "车辆轨迹", "lng", "decimal(10,6)", "经度");
    cr_expect(fired("lng", "ID01"));
}

Test(candidates, id01_leaves_coarse_coordinates)
{
    struct dc_profile *profile;

    case_table(d, "vehicle_track", "车辆轨迹");
    case_column(d, "lng", "decimal(10,2)", "经度");
    profile = case_profile(d, "lng", 500, 400);
    profile->shapes.decimal = 400;
    profile->decimals_max = 2;
    case_decide(d);
    cr_expect_not(fired("lng", "ID01"));
}

Test(candidates, id04_needs_a_word_of_its_list)
{
    decide_one("capacity", "稀土产能统计", "capacity_qty", "decimal(12,2)", "产能");
    cr_expect(fired("capacity_qty", "ID04"));
    decide_one("capacity", "螺栓产能统计", "capacity_qty", "decimal(12,2)", "产能");
    cr_expect_not(fired("capacity_qty", "ID04"));
}

Test(candidates, id05_fires_on_hazardous_stores)
{
    decide_one("hazmat", "重大危险源", "store_qty", "decimal(12,2)", "储存量");
    cr_expect(fired("store_qty", "ID05"));
}

Test(candidates, id08_fires_on_control_systems_configuration)
{
    decide_one("plc_point", "PLC点表", "register_addr", "varchar(20)", "寄存器地址");
    cr_expect(fired("register_addr", "ID08"));
}

Test(candidates, id16_counts_persons)
{
    case_table(d, "member", "会员信息");
    case_column(d, "mobile", "varchar(11)", "手机号");
    d->table->rows_estimated = 250000;
    case_decide(d);
    cr_expect(fired("mobile", "ID16"));
    d->table->rows_estimated = 2500;
    case_decide(d);
    cr_expect_not(fired("mobile", "ID16"));
}

Test(candidates, are_a_flag_and_never_a_level)
{
    decide_one("capacity", "稀土产能统计", "capacity_qty", "decimal(12,2)", "产能");
    cr_expect_leq(case_finding(d, "capacity_qty")->level, 4);
    cr_expect_str_eq(case_finding(d, "capacity_qty")->level_reason, "L1");
    cr_expect_eq(d->verdict.n_important, 1);
}
