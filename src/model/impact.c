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
