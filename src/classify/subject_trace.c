/* Why a table is about what it is about, for those who ask. Scans keep no trace. */
#include <math.h>
#include <stdlib.h>

#include "classify_internal.h"

#define NOTHING 1e-9

void classify_trace_about(const struct table_work *work, const char *kind, const char *word,
                          const char *column)
{
    if (work->trace != NULL) {
        work->trace->kind = kind;
        work->trace->word = word == NULL ? "" : word;
        work->trace->column = column;
    }
}

void classify_trace_add(const struct table_work *work, int subject, double weight)
{
    struct subject_trace *trace = work->trace;

    if (trace == NULL || subject == DC_NO_INDEX) {
        return;
    }
    trace->reasons = dc_array_grow(trace->reasons, trace->n, &trace->capacity,
                                   sizeof *trace->reasons);
    trace->reasons[trace->n++] = (struct dc_subject_reason){
        .subject = work_taxonomy(work)->subjects[subject].id,
        .kind = trace->kind,
        .word = dc_arena_strdup(work->arena, trace->word),
        .column = dc_arena_strdup(work->arena, trace->column),
        .weight = weight,
    };
}

void classify_trace_scale(const struct table_work *work, size_t first, int subject, double votes,
                          double hints)
{
    struct subject_trace *trace = work->trace;

    for (size_t i = first; trace != NULL && i < trace->n; i++) {
        struct dc_subject_reason *reason = &trace->reasons[i];

        if (reason->subject == work_taxonomy(work)->subjects[subject].id) {
            reason->weight *= strcmp(reason->kind, "hint") == 0 ? hints : votes;
        }
    }
}

/* ---- told ---- */

static bool same(const struct dc_subject_reason *a, const struct dc_subject_reason *b)
{
    return strcmp(a->subject, b->subject) == 0 && strcmp(a->kind, b->kind) == 0 &&
           strcmp(a->word, b->word) == 0 && strcmp(a->column, b->column) == 0;
}

static int by_weight(const void *a, const void *b)
{
    double left = ((const struct dc_subject_reason *)a)->weight,
           right = ((const struct dc_subject_reason *)b)->weight;

    return left > right ? -1 : left < right;
}

static int by_score(const void *a, const void *b)
{
    double left = ((const struct dc_subject_score *)a)->score,
           right = ((const struct dc_subject_score *)b)->score;

    return left > right ? -1 : left < right;
}

/* The same word of the same place once, with the sum of what it gave. */
static void tell_reasons(const struct subject_trace *trace, struct dc_arena *arena,
                         struct dc_subject_explanation *out)
{
    struct dc_subject_reason *reasons = dc_arena_alloc(arena, (trace->n + 1) * sizeof *reasons);
    size_t n = 0;

    for (size_t i = 0; i < trace->n; i++) {
        size_t at = 0;

        while (at < n && !same(&reasons[at], &trace->reasons[i])) {
            at++;
        }
        if (at == n) {
            reasons[n++] = trace->reasons[i];
        } else {
            reasons[at].weight += trace->reasons[i].weight;
        }
    }
    qsort(reasons, n, sizeof *reasons, by_weight);
    out->reasons = reasons;
    out->n_reasons = n;
}

static void tell_scores(const struct table_work *work, struct dc_subject_explanation *out)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    struct dc_subject_score *scores = dc_arena_alloc(work->arena,
                                                     (taxonomy->n_subjects + 1) * sizeof *scores);

    for (size_t s = 0; s < taxonomy->n_subjects; s++) {
        if (work->subject_scores[s] > NOTHING) {
            scores[out->n_scores++] = (struct dc_subject_score){
                taxonomy->subjects[s].id, taxonomy->subjects[s].name, work->subject_scores[s]};
        }
    }
    qsort(scores, out->n_scores, sizeof *scores, by_score);
    out->scores = scores;
}

void classify_trace_tell(const struct table_work *work, struct dc_subject_explanation *out)
{
    tell_reasons(work->trace, work->arena, out);
    tell_scores(work, out);
}
