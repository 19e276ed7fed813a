/* Impact by scale and by candidate rules (GB/T 43697-2024 6.4), when leaves, levels and flags of a table are settled. */
#include <string.h>

#include "dcscan/impact.h"
#include "dcscan/inventory.h"
#include "dcscan/persons.h"

#include "classify_internal.h"

/* Different persons that the table is about, as level rule L8 counts them; 0: nobody was met. */
static struct dc_table_persons count_persons(const struct table_work *work,
                                             const struct dc_finding *findings)
{
    const struct dc_inventory_table table = {
        .rows_estimated = work->context->table->rows_estimated};
    struct dc_table_persons persons = {0};

    for (size_t i = 0; i < work->n_columns; i++) {
        struct dc_inventory_column column = {.table = &table, .finding = findings[i]};

        column.reference = work->columns[i].column->ref_table == NULL ? "" : "it refers";
        if (work->columns[i].profile != NULL) {
            column.profile = *work->columns[i].profile;
        }
        dc_table_persons_take(&persons, &column);
    }
    return persons;
}

static enum dc_scale scale_of(const struct table_work *work, const struct column_work *column,
                              const struct dc_finding *finding,
                              const struct dc_table_persons *table,
                              const struct dc_scale_steps *steps)
{
    int64_t number = table->persons;

    if (finding->pi == DC_PI_NONE) {
        number = classify_rows_of(work, column);
    } else if (number == 0 && column->profile != NULL && column->profile->rows > 0) {
        number = classify_persons_of(work, column); /* no identifier stands beside it */
    }
    return dc_scale_of(finding->pi, number, steps);
}

static struct dc_impact reach_of(const struct table_work *work, const struct column_work *column,
                                 const struct dc_finding *finding, bool vehicles)
{
    enum dc_impact_object object = work_taxonomy(work)->leaves[column->leaf].reach;

    if (finding->pi != DC_PI_NONE) {
        return dc_impact_reach(finding->scale, vehicles);
    }
    return object != DC_N_IMPACT_OBJECTS && finding->scale >= DC_SCALE_LARGE
               ? (struct dc_impact){object, DC_DEGREE_GENERAL}
               : (struct dc_impact){DC_IMPACT_PUBLIC_INTEREST, DC_DEGREE_NONE};
}

/* The gravest harm of which a rule that fired speaks; without such a rule nothing is more than general data. */
static void weigh_candidates(const struct dc_taxonomy *taxonomy, struct dc_finding *finding)
{
    struct dc_impact *reach = &finding->reach;

    if (finding->n_important == 0 &&
        dc_harm_grade(reach->object, reach->degree) > DC_HARM_GENERAL) {
        reach->degree = DC_DEGREE_GENERAL;
    }
    for (size_t i = 0; i < finding->n_important; i++) {
        int rule = dc_taxonomy_candidate_rule(taxonomy, finding->important[i]);
        struct dc_impact impact = taxonomy->candidate_rules[rule].impact;

        if (dc_harm_grade(impact.object, impact.degree) >
            dc_harm_grade(reach->object, reach->degree)) {
            *reach = impact;
        }
    }
}

void classify_impacts(struct table_work *work, struct dc_finding *findings)
{
    struct dc_scale_steps steps = dc_taxonomy_scale_steps(work_taxonomy(work));
    struct dc_table_persons persons = count_persons(work, findings);
    bool vehicles = persons.vehicle && steps.persons[0] > 0 && persons.persons > steps.persons[0];

    for (size_t i = 0; i < work->n_columns; i++) {
        if (work->columns[i].leaf == DC_NO_INDEX) {
            continue;
        }
        findings[i].scale = scale_of(work, &work->columns[i], &findings[i], &persons, &steps);
        findings[i].reach = reach_of(work, &work->columns[i], &findings[i], vehicles);
        weigh_candidates(work_taxonomy(work), &findings[i]);
    }
}
