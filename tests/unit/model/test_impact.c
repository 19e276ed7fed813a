/* The matrix of GB/T 43697-2024 6.5, walked through. */
#include <criterion/criterion.h>

#include "dcscan/impact.h"

enum { G = DC_HARM_GENERAL, I = DC_HARM_IMPORTANT, C = DC_HARM_CORE };

Test(impact, the_matrix_is_that_of_the_standard)
{
    /* columns: none, general, serious, especially serious */
    static const int matrix[DC_N_IMPACT_OBJECTS][DC_N_IMPACT_DEGREES] = {
        [DC_IMPACT_NATIONAL_SECURITY] = {G, I, C, C}, [DC_IMPACT_ECONOMY] = {G, G, I, C},
        [DC_IMPACT_SOCIAL_ORDER] = {G, G, I, C},      [DC_IMPACT_PUBLIC_INTEREST] = {G, G, I, C},
        [DC_IMPACT_ORGANISATION] = {G, G, G, G},      [DC_IMPACT_INDIVIDUAL] = {G, G, G, G}};

    for (int object = 0; object < DC_N_IMPACT_OBJECTS; object++) {
        for (int degree = 0; degree < DC_N_IMPACT_DEGREES; degree++) {
            cr_expect_eq(
                (int)dc_harm_grade((enum dc_impact_object)object, (enum dc_impact_degree)degree),
                matrix[object][degree], "object %d, degree %d", object, degree);
        }
    }
}

Test(impact, more_harm_never_means_a_lower_grade)
{
    for (int object = 0; object < DC_N_IMPACT_OBJECTS; object++) {
        for (int degree = 1; degree < DC_N_IMPACT_DEGREES; degree++) {
            cr_expect_geq(
                (int)dc_harm_grade((enum dc_impact_object)object, (enum dc_impact_degree)degree),
                (int)dc_harm_grade((enum dc_impact_object)object,
                                   (enum dc_impact_degree)(degree - 1)));
        }
    }
}

Test(impact, a_proposed_level_is_always_general_data)
{
    for (int pi = DC_PI_NONE; pi <= DC_PI_SENSITIVE; pi++) {
        for (int level = 0; level <= 4; level++) {
            struct dc_impact impact = dc_impact_of((enum dc_pi)pi, level);

            cr_expect_eq((int)dc_harm_grade(impact.object, impact.degree), G);
            cr_expect_eq(impact.object,
                         pi == DC_PI_NONE ? DC_IMPACT_ORGANISATION : DC_IMPACT_INDIVIDUAL);
            cr_expect_eq((int)impact.degree, level <= 1 ? 0 : level - 1, "level %d", level);
        }
    }
}

Test(impact, an_unknown_level_tells_of_no_harm)
{
    cr_expect_eq(dc_impact_of(DC_PI_NONE, 9).degree, DC_DEGREE_NONE);
    cr_expect_eq(dc_impact_of(DC_PI_NONE, -1).degree, DC_DEGREE_NONE);
}

/* ---- scale ---- */

static const struct dc_scale_steps steps = {{100000, 1000000, 10000000}, 10000, 1000000};

struct scale_case {
    enum dc_pi pi;
    int64_t number;
    enum dc_scale scale;
};

static const struct scale_case scales[] = {
    {DC_PI_PERSONAL, -1, DC_SCALE_UNKNOWN},
    {DC_PI_PERSONAL, 0, DC_SCALE_UNKNOWN},
    {DC_PI_PERSONAL, 1, DC_SCALE_SMALL},
    {DC_PI_PERSONAL, 99999, DC_SCALE_SMALL},
    {DC_PI_PERSONAL, 100000, DC_SCALE_LARGE},
    {DC_PI_PERSONAL, 1000000, DC_SCALE_VERY_LARGE},
    {DC_PI_PERSONAL, 10000000, DC_SCALE_MASS},
    {DC_PI_SENSITIVE, 9999, DC_SCALE_SMALL},
    {DC_PI_SENSITIVE, 10000, DC_SCALE_LARGE},
    {DC_PI_SENSITIVE, 1000000, DC_SCALE_VERY_LARGE},
    {DC_PI_NONE, -1, DC_SCALE_UNKNOWN},
    {DC_PI_NONE, 0, DC_SCALE_SMALL},
    {DC_PI_NONE, 999999, DC_SCALE_SMALL},
    {DC_PI_NONE, 1000000, DC_SCALE_LARGE},
    {DC_PI_NONE, INT64_C(1) << 40, DC_SCALE_LARGE},
};

Test(impact, scale_goes_by_persons_or_rows)
{
    static const struct dc_scale_steps none = {{0, 0, 0}, 0, 0};

    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        cr_expect_eq((int)dc_scale_of(scales[i].pi, scales[i].number, &steps), (int)scales[i].scale,
                     "%lld", (long long)scales[i].number);
        cr_expect_leq((int)dc_scale_of(scales[i].pi, scales[i].number, &none), DC_SCALE_SMALL);
    }
}

Test(impact, scale_alone_is_general_data_but_for_a_mass_and_vehicles)
{
    for (int scale = DC_SCALE_UNKNOWN; scale < DC_N_SCALES; scale++) {
        struct dc_impact reach = dc_impact_reach((enum dc_scale)scale, false);
        struct dc_impact vehicles = dc_impact_reach((enum dc_scale)scale, true);

        cr_expect_eq(reach.degree != DC_DEGREE_NONE, scale >= DC_SCALE_LARGE);
        cr_expect_eq((int)dc_harm_grade(reach.object, reach.degree),
                     scale == DC_SCALE_MASS ? I : G);
        cr_expect_eq((int)dc_harm_grade(vehicles.object, vehicles.degree),
                     scale >= DC_SCALE_LARGE ? I : G);
    }
}

Test(impact, the_least_harm_of_a_grade_is_the_first_in_its_row)
{
    cr_expect_eq(dc_impact_least(DC_IMPACT_NATIONAL_SECURITY, DC_HARM_IMPORTANT).degree,
                 DC_DEGREE_GENERAL);
    cr_expect_eq(dc_impact_least(DC_IMPACT_NATIONAL_SECURITY, DC_HARM_CORE).degree,
                 DC_DEGREE_SERIOUS);
    cr_expect_eq(dc_impact_least(DC_IMPACT_ECONOMY, DC_HARM_IMPORTANT).degree, DC_DEGREE_SERIOUS);
    cr_expect_eq(dc_impact_least(DC_IMPACT_ECONOMY, DC_HARM_CORE).degree, DC_DEGREE_VERY_SERIOUS);
    cr_expect_eq(dc_impact_least(DC_IMPACT_ORGANISATION, DC_HARM_IMPORTANT).degree, DC_DEGREE_NONE);
}
