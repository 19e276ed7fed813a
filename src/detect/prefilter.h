/*
 * Private to src/detect: which rules are worth trying on a value, from its length, the characters at its ends, the classes of its
 * bytes and how often a point and a hyphen occur. Tables of bit sets with one bit a rule; a rule that the filter leaves out cannot match.
 */
#ifndef DCSCAN_DETECT_PREFILTER_H
#define DCSCAN_DETECT_PREFILTER_H

#include "dcscan/detect.h"
#include "pattern.h"

#define DC_PREFILTER_LENGTHS 257 /* the last: 256 bytes and more */

/* A value as the filter sees it. */
struct dc_look {
    const char *bytes;
    size_t size;
    uint32_t mask;  /* classes of its bytes with what follows from them */
    bool truncated; /* a prefix: whole rules don't apply */
    bool valid;     /* valid UTF-8: whole rules apply to nothing else */
    bool named;     /* of a column whose name says what it is: nameless rules don't apply */
};

struct dc_prefilter {
    size_t n_words; /* of a bit set: rules / 64 */
    /* Rows of n_words; one allocation, `tables`, owned. */
    uint64_t *tables;
    uint64_t *length, *first, *last, *low, *high, *rest;
};

/* Room for n_rules rules, none of them a candidate yet. */
void dc_prefilter_init(struct dc_prefilter *filter, size_t n_rules);
void dc_prefilter_done(struct dc_prefilter *filter);
/* Makes a rule a candidate for whole values that its facts allow. */
void dc_prefilter_add(struct dc_prefilter *filter, size_t rule,
                      const struct dc_pattern_facts *facts);

#define DC_PREFILTER_RESTS 512 /* rows of the table `rest` */

/* Row of the table `rest`: five bits that follow from the classes, 0, 1, 2, 3 and more points, the same for hyphens. */
static inline size_t dc_rest_row(uint32_t mask, size_t points, size_t hyphens)
{
    return (mask >> 16 & 31u) | (points < 3 ? points : 3) << 5 | (hyphens < 3 ? hyphens : 3) << 7;
}

static inline size_t dc_rest_of(const struct dc_look *look)
{
    size_t points = (look->mask & DC_CLASS_POINT) != 0 ? dc_count_byte(look->bytes, look->size, '.')
                                                       : 0;
    size_t hyphens = (look->mask & DC_CLASS_HYPHEN) != 0
                         ? dc_count_byte(look->bytes, look->size, '-')
                         : 0;

    return dc_rest_row(look->mask, points, hyphens);
}

/* Candidates for a valid value of size > 0; `out` has n_words words. */
static inline void dc_prefilter_run(const struct dc_prefilter *filter, const struct dc_look *look,
                                    uint64_t *out)
{
    size_t n_words = filter->n_words;
    const uint64_t *length = filter->length + (look->size < 256 ? look->size : 256) * n_words;
    const uint64_t *first = filter->first + dc_first_key(look->bytes) * n_words;
    const uint64_t *last = filter->last + dc_last_key(look->bytes, look->size) * n_words;
    const uint64_t *low = filter->low + (look->mask & 255u) * n_words;
    const uint64_t *high = filter->high + (look->mask >> 8 & 255u) * n_words;
    const uint64_t *rest;
    uint64_t any = 0;

    for (size_t i = 0; i < n_words; i++) {
        any |= out[i] = length[i] & first[i] & last[i] & low[i] & high[i];
    }
    if (any == 0) {
        return;
    }
    rest = filter->rest + dc_rest_of(look) * n_words;
    for (size_t i = 0; i < n_words; i++) {
        out[i] &= rest[i];
    }
}

#endif
