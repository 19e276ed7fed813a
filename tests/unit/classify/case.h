/* A table written in a test, decided by the shipped taxonomy. */
#ifndef DCSCAN_TESTS_CLASSIFY_CASE_H
#define DCSCAN_TESTS_CLASSIFY_CASE_H

#include "dcscan/classify.h"
#include "dcscan/source.h"

#define MAX_CASE_COLUMNS 64

struct decided {
    struct dc_arena *arena;
    struct dc_taxonomy *taxonomy;
    struct dc_name_index *index;
    struct dc_classifier *classifier;
    struct dc_catalog *catalog;
    struct dc_table *table;
    struct dc_source source;
    struct dc_decisions *decisions; /* of people, or NULL; the test's */
    struct dc_profile *profiles;    /* NULL until case_profile */
    struct dc_finding findings[MAX_CASE_COLUMNS];
    struct dc_table_finding verdict;
};

/* Loads the shipped taxonomy; aborts the test when it is refused. */
struct decided *case_open(void);
/* The same with an overlay. */
struct decided *case_open_with(const char *overlay);
void case_close(struct decided *decided);
void case_table(struct decided *decided, const char *name, const char *comment);
/* Types as SQL writes them: varchar(20), char(1), int, decimal(12,2), double, bool, date, datetime, text, json, uuid, blob. */
struct dc_column *case_column(struct decided *decided, const char *name, const char *type,
                              const char *comment);
/* The profile of the last column: `rows` filled cells, `distinct` values. Call for every column once a table has profiles. */
struct dc_profile *case_profile(struct decided *decided, const char *column, int64_t rows,
                                int64_t distinct);
/* What a value rule counted in a profile. */
void case_count(struct decided *decided, const char *column, const char *rule, uint32_t matched,
                uint32_t distinct, uint32_t pattern_distinct);
void case_decide(struct decided *decided);
/* Why the table is about what it is about: the reasons add up to the scores, and the scores are those of the verdict. */
void case_expect_explained(struct decided *decided);
const struct dc_finding *case_finding(const struct decided *decided, const char *column);
const char *case_leaf(const struct decided *decided, const char *column);
/* Whether the code is one of those in "A|B|C". */
bool case_is_one_of(const char *leaf, const char *codes);

#endif
