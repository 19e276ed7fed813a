/* Evidence lines, and the one score a leaf that they add up to. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"

#define NOTHING 0.02 /* lines below it say nothing to a reader */

void classify_add_line(struct table_work *work, struct column_work *column, const struct line *line)
{
    struct dc_evidence *grown;

    if (line->leaf == DC_NO_INDEX || fabs(line->weight) < NOTHING) {
        return;
    }
    if (column->n_evidence == column->evidence_capacity) {
        size_t capacity = column->evidence_capacity == 0 ? 8 : column->evidence_capacity * 2;

        grown = dc_arena_alloc(work->arena, capacity * sizeof *grown);
        if (column->n_evidence > 0) {
            memcpy(grown, column->evidence, column->n_evidence * sizeof *grown);
        }
        column->evidence = grown;
        column->evidence_capacity = capacity;
    }
    column->evidence[column->n_evidence++] = (struct dc_evidence){
        .kind = line->kind,
        .rule = line->rule,
        .detail = line->detail == NULL ? "" : line->detail,
        .weight = line->weight,
        .leaf = work_taxonomy(work)->leaves[line->leaf].code,
        .matched = line->matched,
        .tested = line->tested,
        .distinct = line->distinct};
}

void classify_add(struct table_work *work, struct column_work *column, enum dc_evidence_kind kind,
                  const char *rule, const char *detail, double weight, int leaf)
{
    struct line line = {kind, rule, detail, weight, leaf, -1, -1, -1};

    classify_add_line(work, column, &line);
}

/* Strongest first; of equal ones the more trusted kind, then the order in which they came. */
static int by_weight(const void *a, const void *b)
{
    const struct dc_evidence *left = a, *right = b;
    double difference = fabs(right->weight) - fabs(left->weight);

    if (difference != 0) {
        return difference > 0 ? 1 : -1;
    }
    if (left->kind != right->kind) {
        return left->kind < right->kind ? -1 : 1;
    }
    return strcmp(left->leaf, right->leaf);
}

static double sum_for(const struct column_work *column, const char *leaf)
{
    double sum = 0;

    for (size_t i = 0; i < column->n_evidence; i++) {
        if (strcmp(column->evidence[i].leaf, leaf) == 0) {
            sum += column->evidence[i].weight;
        }
    }
    return sum;
}

static void rank(struct table_work *work, struct column_work *column)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);

    column->leaf = column->runner_up = DC_NO_INDEX;
    column->score = column->second = 0;
    for (size_t i = 0; i < column->n_evidence; i++) {
        const char *code = column->evidence[i].leaf;
        double sum = sum_for(column, code);
        int leaf = dc_taxonomy_leaf(taxonomy, code);

        if (leaf == column->leaf || leaf == column->runner_up || sum <= 0) {
            continue;
        }
        if (sum > column->score) {
            column->runner_up = column->leaf;
            column->second = column->score;
            column->leaf = leaf;
            column->score = sum;
        } else if (sum > column->second) {
            column->runner_up = leaf;
            column->second = sum;
        }
    }
}

/* X10: not enough evidence is no verdict. */
static void refuse_guess(struct table_work *work, struct column_work *column)
{
    if (column->leaf == DC_NO_INDEX || column->score < work->classifier->weights.minimum) {
        column->runner_up = column->leaf;
        column->second = column->score;
        column->leaf = work->classifier->leaves[LEAF_REVIEW];
        column->score = 0;
    }
}

void classify_score(struct table_work *work, struct column_work *column, struct dc_finding *finding)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const struct dc_classifier *classifier = work->classifier;
    bool review;

    if (column->n_evidence > 1) {
        qsort(column->evidence, column->n_evidence, sizeof *column->evidence, by_weight);
    }
    rank(work, column);
    refuse_guess(work, column);
    review = column->leaf == classifier->leaves[LEAF_REVIEW];
    *finding = (struct dc_finding){
        .status = DC_COLUMN_OK,
        .reason = "",
        .leaf = column->leaf == DC_NO_INDEX ? "Z1-04" : taxonomy->leaves[column->leaf].code,
        .runner_up = column->runner_up == DC_NO_INDEX ? ""
                                                      : taxonomy->leaves[column->runner_up].code,
        .level_reason = "",
        .confidence = review ? classifier->steps[0].confidence
                             : classify_confidence(classifier, column->score, column->second),
        .decided_by = DC_BY_MACHINE,
        .evidence = column->evidence,
        .n_evidence = column->n_evidence,
        .marks = ""};
    finding->to_review = review || finding->confidence < classifier->weights.review;
}
