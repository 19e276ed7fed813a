/* What "dcscan review" shows. */
#ifndef DCSCAN_SRC_CLI_REVIEW_PRINT_H
#define DCSCAN_SRC_CLI_REVIEW_PRINT_H

#include <stdio.h>

#include "dcscan/report.h"
#include "dcscan/review.h"

/* Where a decision stands in the newest run. */
struct review_state {
    bool seen;        /* the run has the column */
    unsigned changed; /* DC_BASIS_… */
};

struct review_print {
    FILE *out;
    enum dc_lang lang;
    bool json;
    struct dc_arena *arena;
};

/* The outcome of an import, for people, and every problem. */
void review_print_result(const struct review_print *print, const struct dc_review_result *result,
                         const struct dc_review_request *request);
/* One decision; `state` may be NULL. */
void review_print_decision(const struct review_print *print, const struct dc_decision *decision,
                           const struct review_state *state);
void review_print_batch(const struct review_print *print, const struct dc_decision_batch *batch);

#endif
