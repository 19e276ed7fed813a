/* The table's own verdict: the highest of its columns counts (T/WHCSA 003-2024 3.4); technical columns never raise it (L2). */
#include <string.h>

#include "classify_internal.h"

static bool raises(const struct table_work *work, const struct dc_finding *finding)
{
    int leaf = dc_taxonomy_leaf(work_taxonomy(work), finding->leaf);
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(work_taxonomy(work), "L2");

    return leaf != DC_NO_INDEX && (!work_taxonomy(work)->leaves[leaf].technical ||
                                   finding->pi != DC_PI_NONE || (rule != NULL && !rule->enabled));
}

static void take_highest(const struct table_work *work, const struct dc_finding *findings,
                         bool technical_too, struct dc_table_finding *out)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        if (findings[i].level > out->level && (technical_too || raises(work, &findings[i]))) {
            out->level = findings[i].level;
            out->level_column = work->columns[i].column->name;
        }
    }
}

static void take_commonest(const struct table_work *work, const struct dc_finding *findings,
                           struct dc_table_finding *out)
{
    size_t best = 0;

    for (size_t i = 0; i < work->n_columns; i++) {
        int leaf = dc_taxonomy_leaf(work_taxonomy(work), findings[i].leaf);
        size_t n = 0;

        if (leaf == DC_NO_INDEX || work_taxonomy(work)->leaves[leaf].technical) {
            continue;
        }
        for (size_t k = 0; k < work->n_columns; k++) {
            n += strcmp(findings[k].leaf, findings[i].leaf) == 0;
        }
        if (n > best) {
            best = n;
            out->leaf = findings[i].leaf;
        }
    }
}

static void count(const struct dc_finding *finding, struct dc_table_finding *out)
{
    out->n_personal += finding->pi != DC_PI_NONE;
    out->n_sensitive += finding->pi == DC_PI_SENSITIVE;
    out->n_important += finding->n_important > 0;
    out->n_review += finding->to_review;
}

static bool is_declared_document(const struct dc_column *column)
{
    return column->type == DC_TYPE_JSON || column->type == DC_TYPE_XML;
}

/*
 * L1: a column of documents holds what its sub-columns hold, so their highest mark is its own at least, and their highest level where the
 * column is declared to hold documents. (In a column of text they are what happens to stand in it; the table takes their level all the same.)
 * What is at the highest level, keys and passwords before all, is not excused by the type of the column around it.
 */
#define NEVER_HIDDEN 4
void classify_documents(struct table_work *work, struct dc_finding *findings)
{
    size_t parent = 0;

    for (size_t i = 0; i < work->n_columns; i++) {
        if (work->columns[i].column->path == NULL) {
            parent = i;
            continue;
        }
        if (findings[i].pi > findings[parent].pi) {
            findings[parent].pi = findings[i].pi;
        }
        if (findings[i].level > findings[parent].level &&
            (findings[i].level >= NEVER_HIDDEN ||
             is_declared_document(work->columns[parent].column))) {
            findings[parent].level = findings[i].level;
            findings[parent].level_reason = "L1";
        }
    }
}

void classify_rollup(struct table_work *work, const struct dc_finding *findings,
                     struct dc_table_finding *out)
{
    const struct dc_subject *subject = work->subject == DC_NO_INDEX
                                           ? NULL
                                           : &work_taxonomy(work)->subjects[work->subject];

    *out = (struct dc_table_finding){.subject = subject == NULL ? "" : subject->id,
                                     .subject_name_zh = subject == NULL ? "" : subject->name.zh,
                                     .subject_name_en = subject == NULL ? "" : subject->name.en,
                                     .subject_score = work->subject_score,
                                     .level_column = "",
                                     .leaf = ""};
    take_highest(work, findings, false, out);
    if (out->level == 0) {
        take_highest(work, findings, true, out);
    }
    take_commonest(work, findings, out);
    for (size_t i = 0; i < work->n_columns; i++) {
        count(&findings[i], out);
    }
}
