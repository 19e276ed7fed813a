#include "dcscan/impact.h"

/* GB/T 43697-2024 6.5: rows are objects, columns degrees. */
enum dc_harm_grade dc_harm_grade(enum dc_impact_object object, enum dc_impact_degree degree)
{
    static const enum dc_harm_grade matrix[DC_N_IMPACT_OBJECTS][DC_N_IMPACT_DEGREES] = {
        [DC_IMPACT_NATIONAL_SECURITY] = {DC_HARM_GENERAL, DC_HARM_IMPORTANT, DC_HARM_CORE,
                                         DC_HARM_CORE},
        [DC_IMPACT_ECONOMY] = {DC_HARM_GENERAL, DC_HARM_GENERAL, DC_HARM_IMPORTANT, DC_HARM_CORE},
        [DC_IMPACT_SOCIAL_ORDER] = {DC_HARM_GENERAL, DC_HARM_GENERAL, DC_HARM_IMPORTANT,
                                    DC_HARM_CORE},
        [DC_IMPACT_PUBLIC_INTEREST] = {DC_HARM_GENERAL, DC_HARM_GENERAL, DC_HARM_IMPORTANT,
                                       DC_HARM_CORE},
        [DC_IMPACT_ORGANISATION] = {DC_HARM_GENERAL, DC_HARM_GENERAL, DC_HARM_GENERAL,
                                    DC_HARM_GENERAL},
        [DC_IMPACT_INDIVIDUAL] = {DC_HARM_GENERAL, DC_HARM_GENERAL, DC_HARM_GENERAL,
                                  DC_HARM_GENERAL},
    };

    return matrix[object][degree];
}

struct dc_impact dc_impact_of(enum dc_pi pi, int level)
{
    static const enum dc_impact_degree degrees[] = {DC_DEGREE_NONE, DC_DEGREE_NONE,
                                                    DC_DEGREE_GENERAL, DC_DEGREE_SERIOUS,
                                                    DC_DEGREE_VERY_SERIOUS};

    return (struct dc_impact){pi == DC_PI_NONE ? DC_IMPACT_ORGANISATION : DC_IMPACT_INDIVIDUAL,
                              degrees[level >= 0 && level <= 4 ? level : 0]};
}

/* ---- scale ---- */

enum dc_scale dc_scale_of(enum dc_pi pi, int64_t number, const struct dc_scale_steps *steps)
{
    enum dc_scale scale = DC_SCALE_SMALL;

    if (number < 0 || (pi != DC_PI_NONE && number == 0)) {
        return DC_SCALE_UNKNOWN;
    }
    if (pi == DC_PI_NONE) {
        return steps->rows > 0 && number >= steps->rows ? DC_SCALE_LARGE : DC_SCALE_SMALL;
    }
    if (pi == DC_PI_SENSITIVE && steps->sensitive_persons > 0 &&
        number >= steps->sensitive_persons) {
        scale = DC_SCALE_LARGE;
    }
    for (int i = 0; i < 3; i++) {
        if (steps->persons[i] > 0 && number >= steps->persons[i]) {
            scale = (enum dc_scale)((int)DC_SCALE_LARGE + i);
        }
    }
    return scale;
}

struct dc_impact dc_impact_reach(enum dc_scale scale, bool vehicles)
{
    struct dc_impact reach = {DC_IMPACT_PUBLIC_INTEREST, DC_DEGREE_NONE};

    if (scale >= DC_SCALE_LARGE) {
        reach.degree = scale == DC_SCALE_MASS || vehicles ? DC_DEGREE_SERIOUS : DC_DEGREE_GENERAL;
    }
    return reach;
}

struct dc_impact dc_impact_least(enum dc_impact_object object, enum dc_harm_grade grade)
{
    for (int degree = DC_DEGREE_GENERAL; degree < DC_N_IMPACT_DEGREES; degree++) {
        if (dc_harm_grade(object, (enum dc_impact_degree)degree) >= grade) {
            return (struct dc_impact){object, (enum dc_impact_degree)degree};
        }
    }
    return (struct dc_impact){object, DC_DEGREE_NONE};
}
