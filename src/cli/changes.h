/* What changed between stored runs: found, told to people, told to programs. */
#ifndef DCSCAN_SRC_CLI_CHANGES_H
#define DCSCAN_SRC_CLI_CHANGES_H

#include <stdio.h>

#include "dcscan/compare.h"
#include "session.h"

/*
 * What changed in a run since the earlier ones of its sources: each source is compared with the newest earlier run that ended and could
 * list it. Texts lie in the session's arena. Release with dc_changes_done.
 */
enum dc_status changes_since_earlier(struct session *session, int64_t run_id,
                                     struct dc_inventory_reader *reader, struct dc_changes *changes,
                                     struct dc_err *err);
/* What differs between two runs that the user named. */
enum dc_status changes_between(struct session *session, int64_t older, int64_t newer,
                               struct dc_changes *changes, struct dc_err *err);

/* Changes with what is needed to put them into words. */
struct told_changes {
    const struct dc_changes *changes;
    const struct dc_report_definition *definition; /* words of the kinds, levels and clauses */
    int64_t run_id;                                /* the newer run */
    enum dc_lang lang;
    struct dc_arena *arena;
    bool color;
};

/* All of it, table by table. */
void changes_print(FILE *out, const struct told_changes *told);
/* What was compared, and counts by kind with the clause of what asks for grading again. Nothing where there is no earlier run. */
void changes_print_summary(FILE *out, const struct told_changes *told);
/* One JSON object a line and change. False when it could not be written. */
bool changes_json(FILE *out, const struct told_changes *told);

#endif
