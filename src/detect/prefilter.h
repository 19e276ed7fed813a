/*
 * Private to src/detect: which rules are worth trying on a value, from its length, its first and last byte and the classes of its bytes.
 * Tables of bit sets with one bit a rule; a rule that the filter leaves out cannot match.
 */
#ifndef DCSCAN_DETECT_PREFILTER_H
#define DCSCAN_DETECT_PREFILTER_H

#include "dcscan/detect.h"
#include "pattern.h"

#define DC_PREFILTER_LENGTHS 257 /* the last: 256 bytes and more */

struct dc_prefilter {
    size_t n_words; /* of a bit set: rules / 64 */
    /* Rows of n_words; one allocation, `tables`, owned. */
    uint64_t *tables;
    uint64_t *length, *first, *last, *low, *high;
};

/* Room for n_rules rules, none of them a candidate yet. */
void dc_prefilter_init(struct dc_prefilter *filter, size_t n_rules);
void dc_prefilter_done(struct dc_prefilter *filter);
/* Makes a rule a candidate for whole values that its facts allow. */
void dc_prefilter_add(struct dc_prefilter *filter, size_t rule,
                      const struct dc_pattern_facts *facts);

/* Candidates for a value of size > 0 with these classes; `out` has n_words words. */
static inline void dc_prefilter_run(const struct dc_prefilter *filter, const char *bytes,
                                    size_t size, uint16_t mask, uint64_t *out)
{
    size_t n_words = filter->n_words;
    const uint64_t *length = filter->length + (size < 256 ? size : 256) * n_words;
    const uint64_t *first = filter->first + (unsigned char)bytes[0] * n_words;
    const uint64_t *last = filter->last + (unsigned char)bytes[size - 1] * n_words;
    const uint64_t *low = filter->low + (mask & 255u) * n_words;
    const uint64_t *high = filter->high + (size_t)(mask >> 8) * n_words;

    for (size_t i = 0; i < n_words; i++) {
        out[i] = length[i] & first[i] & last[i] & low[i] & high[i];
    }
}

#endif
