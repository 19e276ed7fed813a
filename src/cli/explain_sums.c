/* Adding the evidence up again, and asking what would be without a line of it. */
#include <stdlib.h>
#include <string.h>

#include "explain_print.h"

static bool counts(const struct dc_evidence *line)
{
    return line->kind < DC_EVIDENCE_LEVEL && line->leaf[0] != '\0';
}

static int by_sum(const void *a, const void *b)
{
    double left = ((const struct leaf_sum *)a)->sum, right = ((const struct leaf_sum *)b)->sum;

    return left > right ? -1 : left < right;
}

size_t explain_sums(const struct explained *explained, struct leaf_sum **out)
{
    const struct dc_finding *finding = &explained->column->finding;
    struct leaf_sum *sums = dc_arena_alloc(explained->arena,
                                           (finding->n_evidence + 1) * sizeof *sums);
    size_t n = 0;

    for (size_t i = 0; i < finding->n_evidence; i++) {
        const struct dc_evidence *line = &finding->evidence[i];
        size_t at = 0;

        if (!counts(line)) {
            continue;
        }
        while (at < n && strcmp(sums[at].leaf, line->leaf) != 0) {
            at++;
        }
        if (at == n) {
            sums[n++] = (struct leaf_sum){line->leaf, 0};
        }
        sums[at].sum += line->weight;
    }
    if (n > 1) {
        qsort(sums, n, sizeof *sums, by_sum);
    }
    *out = sums;
    return n;
}

size_t explain_deciding(const struct explained *explained, size_t **out)
{
    const struct dc_finding *finding = &explained->column->finding;
    struct leaf_sum *sums;
    size_t n_sums = explain_sums(explained, &sums), n = 0;
    size_t *lines = dc_arena_alloc(explained->arena, (finding->n_evidence + 1) * sizeof *lines);

    for (size_t i = 0; n_sums > 1 && i < finding->n_evidence; i++) {
        const struct dc_evidence *line = &finding->evidence[i];

        if (counts(line) && strcmp(line->leaf, sums[0].leaf) == 0 &&
            sums[0].sum - line->weight < sums[1].sum) {
            lines[n++] = i;
        }
    }
    *out = lines;
    return n;
}
