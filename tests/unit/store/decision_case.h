/* Tests of decisions that every DBMS has to pass. */
#ifndef DECISION_CASE_H
#define DECISION_CASE_H

#include "store_case.h"

struct dc_decision_batch case_batch(void);
/* Column of table "bom": core, category A1-01, on what the catalogue of the case says. */
struct dc_decision case_decision(const struct store_case *c, const char *column);
/* Adds them as one batch; asserts that it worked. Returns the batch. */
int64_t case_decide(struct store_case *c, const struct dc_decision *decisions, size_t n);

void decisions_come_back_as_they_went(struct store_case *c);
void decisions_are_undone_alone_or_by_import(struct store_case *c);

#endif
