/* Why a column has its category and level: for people and for programs. */
#ifndef DCSCAN_SRC_CLI_EXPLAIN_PRINT_H
#define DCSCAN_SRC_CLI_EXPLAIN_PRINT_H

#include <stdio.h>

#include "column_path.h"
#include "dcscan/classify.h"
#include "dcscan/report.h"
#include "dcscan/taxonomy.h"

/* A column of a run with what is needed to put its verdict into words. */
struct explained {
    const struct dc_run *run;
    const struct dc_inventory_column *column;
    struct dc_inventory_reader *reader; /* leaves and candidate rules of the run */
    const struct dc_taxonomy *taxonomy; /* level rules: the run keeps their ids only */
    struct dc_subject_explanation
        subject; /* by the rules of today; nothing where none was asked for */
    enum dc_lang lang;
    struct dc_arena *arena;
    bool color;
};

/* All evidence for one leaf: what it adds up to. */
struct leaf_sum {
    const char *leaf;
    double sum;
};
/* The leaves that evidence speaks for, highest sum first; in `arena`. Lines of level rules do not count. */
size_t explain_sums(const struct explained *explained, struct leaf_sum **out);
/*
 * The lines without which the runner-up would win, each alone; indexes into the finding's evidence, in `arena`. None where no single line
 * decides, or nothing else is near.
 */
size_t explain_deciding(const struct explained *explained, size_t **out);

/*
 * Fills `subject`, for the place-th column of the run, from 0. The classifier is that of the rules of today. Rewinds the reader: what it
 * handed out before is gone.
 */
enum dc_status explain_subject(struct explained *explained, const struct dc_classifier *classifier,
                               int64_t place, struct dc_err *err);
void explain_print(FILE *out, const struct explained *explained);
void explain_json(FILE *out, const struct explained *explained);

#endif
