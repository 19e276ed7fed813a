/* Builds the tables of the prefilter. */
#include <stdlib.h>

#include "dcscan/alloc.h"
#include "prefilter.h"

void dc_prefilter_init(struct dc_prefilter *filter, size_t n_rules)
{
    size_t n_words = (n_rules + 63) / 64;

    filter->n_words = n_words;
    filter->tables = dc_alloc((DC_PREFILTER_LENGTHS + 4 * 256) * (n_words > 0 ? n_words : 1),
                              sizeof *filter->tables);
    filter->length = filter->tables;
    filter->first = filter->length + DC_PREFILTER_LENGTHS * n_words;
    filter->last = filter->first + 256 * n_words;
    filter->low = filter->last + 256 * n_words;
    filter->high = filter->low + 256 * n_words;
}

void dc_prefilter_done(struct dc_prefilter *filter)
{
    free(filter->tables);
    filter->tables = NULL;
}

/* Whether a mask (half of the classes) has all classes that are required and none that can't occur. */
static bool fits(unsigned mask, unsigned required, unsigned allowed)
{
    return (required & ~mask) == 0 && (mask & ~allowed) == 0;
}

void dc_prefilter_add(struct dc_prefilter *filter, size_t rule,
                      const struct dc_pattern_facts *facts)
{
    size_t n_words = filter->n_words, word = rule / 64;
    uint64_t bit = UINT64_C(1) << (rule % 64);
    unsigned allowed = dc_byte_set_classes(&facts->allowed), required = facts->required;

    for (size_t size = 1; size < DC_PREFILTER_LENGTHS; size++) {
        /* The last row stands for every greater length. */
        bool short_enough = size == DC_PREFILTER_LENGTHS - 1 ? facts->most >= size
                                                             : size <= facts->most;
        bool long_enough = size == DC_PREFILTER_LENGTHS - 1 || size >= facts->least;

        if (short_enough && long_enough) {
            filter->length[size * n_words + word] |= bit;
        }
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        filter->first[byte * n_words + word] |= dc_byte_set_has(&facts->first, byte) ? bit : 0;
        filter->last[byte * n_words + word] |= dc_byte_set_has(&facts->last, byte) ? bit : 0;
        filter->low[byte * n_words + word] |= fits(byte, required & 255, allowed & 255) ? bit : 0;
        filter->high[byte * n_words + word] |= fits(byte, required >> 8, allowed >> 8) ? bit : 0;
    }
}
