/*
 * Confidence that a person can rely on: of the columns said 0.9, nine in ten are right. It grows with the margin between the winner
 * and the runner-up, relative to the winner; the points of the line stand in weights.yaml and were fitted on labelled columns.
 */
#include <math.h>

#include "classify_internal.h"

#define THIN \
    1.0 /* added to the score, so that little evidence gives a small margin even without a rival */

double classify_confidence(const struct dc_classifier *classifier, double score, double second)
{
    double margin = score <= 0 ? 0 : fmax(0, (score - second) / (score + THIN));
    const struct confidence_step *steps = classifier->steps;
    size_t n = classifier->n_steps;

    if (margin <= steps[0].margin) {
        return steps[0].confidence;
    }
    for (size_t i = 1; i < n; i++) {
        if (margin <= steps[i].margin) {
            double part = (margin - steps[i - 1].margin) / (steps[i].margin - steps[i - 1].margin);

            return steps[i - 1].confidence + part * (steps[i].confidence - steps[i - 1].confidence);
        }
    }
    return steps[n - 1].confidence;
}
