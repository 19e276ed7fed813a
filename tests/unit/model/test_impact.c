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
