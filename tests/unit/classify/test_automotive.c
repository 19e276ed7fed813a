/* The overlay for makers and operators of vehicles (taxonomies/automotive.yaml). */
#include <criterion/criterion.h>
#include <string.h>

#include "case.h"

static struct decided *d;

static void open_case(void)
{
    d = case_open_with(TEST_ROOT "/taxonomies/automotive.yaml");
}

static void close_case(void)
{
    case_close(d);
}

TestSuite(automotive, .init = open_case, .fini = close_case);

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

static void decide_one(const char *table, const char *comment, const char *column,
                       const char *column_comment)
{
    case_table(d, table, comment);
    case_column(d, column, "varchar(200)", column_comment);
    case_decide(d);
}

Test(automotive, faces_and_plates_outside_are_sensitive_and_candidates)
{
    decide_one("road_image", "车外影像采集", "face_region", "车外人脸");
    cr_expect_str_eq(case_leaf(d, "face_region"), "E1-11");
    cr_expect_eq(case_finding(d, "face_region")->pi, DC_PI_SENSITIVE);
    cr_expect_eq(case_finding(d, "face_region")->level, 4);
    cr_expect(fired("face_region", "ID01"));
}

Test(automotive, faces_of_staff_are_not_outside)
{
    decide_one("hr_employee", "员工", "face_feature", "人脸特征");
    cr_expect_str_neq(case_leaf(d, "face_feature"), "E1-11");
    cr_expect_not(fired("face_feature", "ID01"));
}

Test(automotive, the_charging_network_is_level_four_and_a_candidate)
{
    decide_one("charge_order", "充电订单", "charge_energy", "充电电量");
    cr_expect_str_eq(case_leaf(d, "charge_energy"), "E1-09");
    cr_expect_eq(case_finding(d, "charge_energy")->level, 4);
    cr_expect(fired("charge_energy", "ID03"));
}

Test(automotive, items_of_gbt_32960_are_running_data)
{
    static const char *const items[] = {
        "vehicle_stat", "charge_stat", "run_mode",  "speed",       "odo",         "tot_volt",
        "tot_curr",     "soc",         "dcdc_stat", "gear",        "accel_pedal", "brake_pedal",
        "motor_index",  "ctl_temp",    "motor_rev", "motor_status"};

    case_table(d, "rtm_vehicle_data", "");
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        case_column(d, items[i], "decimal(10,2)", "");
    }
    case_decide(d);
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        cr_expect_str_eq(case_leaf(d, items[i]), "E1-02", "%s: %s", items[i],
                         case_leaf(d, items[i]));
    }
}

static bool owners_fire(int64_t rows)
{
    case_table(d, "vehicle_owner", "车主信息");
    case_column(d, "owner_mobile", "varchar(11)", "车主手机号");
    d->table->rows_estimated = rows;
    case_decide(d);
    return fired("owner_mobile", "ID16");
}

Test(automotive, more_than_a_hundred_thousand_persons_are_a_candidate)
{
    cr_expect_not(owners_fire(100000));
    cr_expect(owners_fire(100001));
}

Test(automotive, traffic_that_reflects_the_economy_is_a_candidate_and_a_single_trip_is_not)
{
    decide_one("vehicle_heat", "全市车流热力图", "vehicle_count", "车辆数");
    cr_expect(fired("vehicle_count", "ID02"));
    decide_one("vehicle_trip", "行程", "trip_km", "行驶里程");
    cr_expect_not(fired("trip_km", "ID02"));
}

static const struct dc_class_map *map_of(const char *id)
{
    for (size_t i = 0; i < d->taxonomy->n_class_maps; i++) {
        if (strcmp(d->taxonomy->class_maps[i].id, id) == 0) {
            return &d->taxonomy->class_maps[i];
        }
    }
    cr_assert_fail("no map %s", id);
    return NULL;
}

Test(automotive, every_leaf_has_its_place_in_the_rules)
{
    static const char *const maps[] = {"automotive-rules", "ydt-3751"};

    for (size_t m = 0; m < 2; m++) {
        for (size_t i = 0; i < d->taxonomy->n_leaves; i++) {
            cr_expect_neq(dc_class_map_label(map_of(maps[m]), (int)i)->zh[0], '\0', "%s %s",
                          maps[m], d->taxonomy->leaves[i].code);
        }
    }
    cr_expect_not_null(strstr(
        dc_class_map_label(map_of("automotive-rules"), dc_taxonomy_leaf(d->taxonomy, "E1-09"))->zh,
        "（三）"));
}
