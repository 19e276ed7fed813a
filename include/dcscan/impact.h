/* Impact analysis, GB/T 43697-2024 6.4 and 6.5: whom harm would reach, how badly, and the grade that follows. */
#ifndef DCSCAN_IMPACT_H
#define DCSCAN_IMPACT_H

#include "dcscan/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

enum dc_impact_object {
    DC_IMPACT_NATIONAL_SECURITY,
    DC_IMPACT_ECONOMY,
    DC_IMPACT_SOCIAL_ORDER,
    DC_IMPACT_PUBLIC_INTEREST,
    DC_IMPACT_ORGANISATION,
    DC_IMPACT_INDIVIDUAL,
    DC_N_IMPACT_OBJECTS
};
enum dc_impact_degree {
    DC_DEGREE_NONE,
    DC_DEGREE_GENERAL,
    DC_DEGREE_SERIOUS,
    DC_DEGREE_VERY_SERIOUS,
    DC_N_IMPACT_DEGREES
};
enum dc_harm_grade { DC_HARM_GENERAL, DC_HARM_IMPORTANT, DC_HARM_CORE };
struct dc_impact {
    enum dc_impact_object object;
    enum dc_impact_degree degree;
};
/* The matrix of 6.5. No harm is general data whatever the object. */
enum dc_harm_grade dc_harm_grade(enum dc_impact_object object, enum dc_impact_degree degree);
/*
 * What a level of general data (1…4; 0: undecided, no harm told) stands for: the rights of individuals for personal information, of the
 * organisation for all else; no, general, serious or especially serious harm (annex H). Always general data in the matrix: what
 * endangers more is a candidate, for people to grade.
 */
struct dc_impact dc_impact_of(enum dc_pi pi, int level);

#ifdef __cplusplus
}
#endif
#endif
