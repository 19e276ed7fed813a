/*
 * Impact analysis (GB/T 43697-2024 6.4, 6.5): the whole matrix of leaf, level and scale. An overlay made here gives a column "c_<leaf>_<level>" its
 * leaf and level, so that every leaf is met at every level at every scale.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "case.h"
#include "dcscan/impact.h"

#define SAMPLED 1000

static struct decided *d;

static void write_overlay(char path[])
{
    struct decided *plain = case_open();
    int file = mkstemps(path, 5);
    FILE *out = file < 0 ? NULL : fdopen(file, "w");

    cr_assert_not_null(out);
    fputs("overlay: matrix\noverrides:\n", out);
    for (size_t i = 0; i < plain->taxonomy->n_leaves; i++) {
        for (int level = 1; level <= 4; level++) {
            fprintf(out, "  - {override: o%zu-%d, column: c_%zu_%d, leaf: %s, level: %d}\n", i,
                    level, i, level, plain->taxonomy->leaves[i].code, level);
        }
    }
    fclose(out);
    case_close(plain);
}

static void open_case(void)
{
    char path[] = "/tmp/dcscan-matrix-XXXXXX.yaml";

    write_overlay(path);
    d = case_open_with(path);
    unlink(path);
}

static void close_case(void)
{
    case_close(d);
}

TestSuite(impacts, .init = open_case, .fini = close_case);

/* A table of one column whose rows are all different. */
static const struct dc_finding *decide(size_t leaf, int level, int64_t rows)
{
    char name[32];

    snprintf(name, sizeof name, "c_%zu_%d", leaf, level);
    case_table(d, "x_data", "");
    case_column(d, name, "varchar(40)", "");
    d->table->rows_estimated = rows;
    if (rows >= SAMPLED) {
        case_profile(d, name, SAMPLED, SAMPLED);
    }
    case_decide(d);
    cr_assert_str_eq(case_leaf(d, name), d->taxonomy->leaves[leaf].code);
    return case_finding(d, name);
}

struct step {
    int64_t rows;
    enum dc_scale persons, sensitive, others;
};

static const struct step steps[] = {
    {-1, DC_SCALE_UNKNOWN, DC_SCALE_UNKNOWN, DC_SCALE_UNKNOWN},
    {5000, DC_SCALE_SMALL, DC_SCALE_SMALL, DC_SCALE_SMALL},
    {10000, DC_SCALE_SMALL, DC_SCALE_LARGE, DC_SCALE_SMALL},
    {100000, DC_SCALE_LARGE, DC_SCALE_LARGE, DC_SCALE_SMALL},
    {1000000, DC_SCALE_VERY_LARGE, DC_SCALE_VERY_LARGE, DC_SCALE_LARGE},
    {10000000, DC_SCALE_MASS, DC_SCALE_MASS, DC_SCALE_LARGE},
};
enum { N_STEPS = sizeof steps / sizeof *steps };

static enum dc_scale scale_at(const struct step *step, enum dc_pi pi)
{
    return pi == DC_PI_NONE        ? step->others
           : pi == DC_PI_SENSITIVE ? step->sensitive
                                   : step->persons;
}

/* What the matrix has to say of the harm beyond, from the leaf, the scale and the rules that fired. */
static void expect_reach(const struct dc_leaf *leaf, const struct dc_finding *finding)
{
    enum dc_harm_grade grade = dc_harm_grade(finding->reach.object, finding->reach.degree);
    bool beyond = finding->reach.degree != DC_DEGREE_NONE;

    cr_expect_eq(grade, finding->n_important == 0 ? DC_HARM_GENERAL : grade, "%s", leaf->code);
    if (finding->n_important > 0) {
        return;
    }
    if (finding->pi != DC_PI_NONE) {
        cr_expect_eq(beyond, finding->scale >= DC_SCALE_LARGE, "%s", leaf->code);
        cr_expect_eq(finding->reach.object, DC_IMPACT_PUBLIC_INTEREST, "%s", leaf->code);
    } else {
        cr_expect_eq(beyond, finding->scale >= DC_SCALE_LARGE && leaf->reach != DC_N_IMPACT_OBJECTS,
                     "%s", leaf->code);
        cr_expect(!beyond || finding->reach.object == leaf->reach, "%s", leaf->code);
    }
}

Test(impacts, every_leaf_at_every_level_and_scale_agrees_with_the_matrix, .timeout = 120)
{
    size_t n_beyond = 0, n_important = 0;

    for (size_t leaf = 0; leaf < d->taxonomy->n_leaves; leaf++) {
        for (int level = 1; level <= 4; level++) {
            for (int i = 0; i < N_STEPS; i++) {
                const struct dc_finding *finding = decide(leaf, level, steps[i].rows);
                struct dc_impact main = dc_impact_of(finding->pi, finding->level);

                cr_expect_eq((int)finding->scale, (int)scale_at(&steps[i], finding->pi),
                             "%s with %lld rows", finding->leaf, (long long)steps[i].rows);
                cr_expect_eq((int)dc_harm_grade(main.object, main.degree), DC_HARM_GENERAL);
                cr_expect_eq((int)main.degree, finding->level - 1, "%s", finding->leaf);
                expect_reach(&d->taxonomy->leaves[leaf], finding);
                n_beyond += finding->reach.degree != DC_DEGREE_NONE;
                n_important += finding->n_important > 0;
            }
        }
    }
    cr_expect_gt(n_beyond, 100);
    cr_expect_gt(n_important, 50);
}

Test(impacts, a_larger_scale_never_means_less_harm)
{
    for (size_t leaf = 0; leaf < d->taxonomy->n_leaves; leaf++) {
        enum dc_impact_degree before = DC_DEGREE_NONE;

        for (int i = 1; i < N_STEPS; i++) {
            const struct dc_finding *finding = decide(leaf, 4, steps[i].rows);

            cr_expect_geq((int)finding->reach.degree, (int)before, "%s", finding->leaf);
            before = finding->reach.degree;
        }
    }
}

/* ---- what makes it ---- */

static const struct dc_finding *owners(int64_t rows, bool with_vehicle)
{
    case_table(d, "car_owner", "车主");
    case_column(d, "owner_mobile", "varchar(20)", "车主手机号");
    if (with_vehicle) {
        case_column(d, "vin", "varchar(17)", "车架号");
    }
    d->table->rows_estimated = rows;
    case_profile(d, "owner_mobile", SAMPLED, SAMPLED);
    if (with_vehicle) {
        case_profile(d, "vin", SAMPLED, SAMPLED);
    }
    case_decide(d);
    return case_finding(d, "owner_mobile");
}

Test(impacts, many_persons_with_vehicles_are_grave_and_a_candidate)
{
    const struct dc_finding *finding = owners(150000, true);

    cr_expect_eq(finding->scale, DC_SCALE_LARGE);
    cr_expect_eq(finding->reach.object, DC_IMPACT_PUBLIC_INTEREST);
    cr_expect_eq(finding->reach.degree, DC_DEGREE_SERIOUS);
    cr_expect_gt(finding->n_important, 0);
    cr_expect_leq(finding->level, 4);
}

Test(impacts, without_vehicles_as_many_persons_are_general_data)
{
    const struct dc_finding *finding = owners(150000, false);

    cr_expect_eq(finding->scale, DC_SCALE_LARGE);
    cr_expect_eq(finding->reach.degree, DC_DEGREE_GENERAL);
}

Test(impacts, the_persons_of_the_table_count_for_all_its_personal_columns)
{
    case_table(d, "crm_member", "会员");
    case_column(d, "mobile", "varchar(20)", "手机号");
    case_column(d, "birthday", "date", "出生日期");
    d->table->rows_estimated = 2000000;
    case_profile(d, "mobile", SAMPLED, SAMPLED);
    case_profile(d, "birthday", SAMPLED, 40);
    case_decide(d);
    cr_expect_eq(case_finding(d, "birthday")->scale, DC_SCALE_VERY_LARGE);
}

Test(impacts, a_candidate_names_whom_its_rule_names)
{
    case_table(d, "capacity", "稀土产能统计");
    case_column(d, "capacity_qty", "decimal(12,2)", "产能");
    case_decide(d);
    cr_expect_gt(case_finding(d, "capacity_qty")->n_important, 0);
    cr_expect_eq(case_finding(d, "capacity_qty")->reach.object, DC_IMPACT_ECONOMY);
    cr_expect_eq(case_finding(d, "capacity_qty")->reach.degree, DC_DEGREE_SERIOUS);
}
