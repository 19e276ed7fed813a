/* Impact analysis, GB/T 43697-2024 6.4 and 6.5: whom harm would reach, how badly, and the grade that follows. */
#ifndef DCSCAN_IMPACT_H
#define DCSCAN_IMPACT_H

#include "dcscan/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

enum dc_harm_grade { DC_HARM_GENERAL, DC_HARM_IMPORTANT, DC_HARM_CORE };
/* The matrix of 6.5. No harm is general data whatever the object. */
enum dc_harm_grade dc_harm_grade(enum dc_impact_object object, enum dc_impact_degree degree);
/*
 * What a level of general data (1…4; 0: undecided, no harm told) stands for: the rights of individuals for personal information, of the
 * organisation for all else; no, general, serious or especially serious harm (annex H). Always general data in the matrix: what
 * endangers more is a candidate, for people to grade.
 */
struct dc_impact dc_impact_of(enum dc_pi pi, int level);

/* Where scale begins to matter; 0: never. The first three ascend. */
struct dc_scale_steps {
    int64_t persons[3];        /* large, very large, mass */
    int64_t sensitive_persons; /* large, of sensitive personal information */
    int64_t rows;              /* large, where nobody is concerned */
};
/* `number`: different persons, or rows where `pi` is none; below 0: unknown, and so are 0 persons. */
enum dc_scale dc_scale_of(enum dc_pi pi, int64_t number, const struct dc_scale_steps *steps);
/*
 * Whom harm to personal information would reach beyond the individuals. From a large scale on the public interest, generally; seriously for
 * a mass (the duties of processors of important data begin there: 条例 28) and where `vehicles`, that is where more persons than the rules
 * of vehicle data allow meet data of vehicles (汽车规定 3(5)).
 */
struct dc_impact dc_impact_reach(enum dc_scale scale, bool vehicles);
/* The least harm to the object that has the grade in the matrix; no harm where none has: that of an organisation is never important. */
struct dc_impact dc_impact_least(enum dc_impact_object object, enum dc_harm_grade grade);

#ifdef __cplusplus
}
#endif
#endif
