/* Builds the tables of the prefilter. */
#include <stdlib.h>

#include "dcscan/alloc.h"
#include "prefilter.h"

void dc_prefilter_init(struct dc_prefilter *filter, size_t n_rules)
{
    size_t n_words = (n_rules + 63) / 64;

    filter->n_words = n_words;
    filter->tables = dc_alloc(
        (DC_PREFILTER_LENGTHS + 2 * DC_N_KEYS + 2 * 256 + DC_PREFILTER_RESTS) *
            (n_words > 0 ? n_words : 1),
        sizeof *filter->tables);
    filter->length = filter->tables;
    filter->first = filter->length + DC_PREFILTER_LENGTHS * n_words;
    filter->last = filter->first + DC_N_KEYS * n_words;
    filter->low = filter->last + DC_N_KEYS * n_words;
    filter->high = filter->low + 256 * n_words;
    filter->rest = filter->high + 256 * n_words;
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

/* Whether a count, whose greatest stands for every greater one too, lies in a range. */
static bool reaches(struct dc_size_range range, size_t count, size_t greatest)
{
    return count < greatest ? count >= range.least && count <= range.most : range.most >= greatest;
}

/* Sets the rule's bit in a row of a table when it is wanted. */
static void set_bit(const struct dc_prefilter *filter, uint64_t *table, size_t row, size_t rule,
                    bool wanted)
{
    table[row * filter->n_words + rule / 64] |= wanted ? UINT64_C(1) << (rule % 64) : 0;
}

void dc_prefilter_add(struct dc_prefilter *filter, size_t rule,
                      const struct dc_pattern_facts *facts)
{
    unsigned allowed = facts->allowed, required = facts->required;

    for (size_t size = 1; size < DC_PREFILTER_LENGTHS; size++) {
        set_bit(filter, filter->length, size, rule,
                reaches(facts->size, size, DC_PREFILTER_LENGTHS - 1));
    }
    for (unsigned key = 0; key < DC_N_KEYS; key++) {
        set_bit(filter, filter->first, key, rule, dc_key_set_has(&facts->first, key));
        set_bit(filter, filter->last, key, rule, dc_key_set_has(&facts->last, key));
    }
    for (unsigned row = 0; row < 256; row++) {
        set_bit(filter, filter->low, row, rule, fits(row, required & 255, allowed & 255));
        set_bit(filter, filter->high, row, rule, fits(row, required >> 8 & 255, allowed >> 8));
    }
    for (unsigned row = 0; row < DC_PREFILTER_RESTS; row++) {
        set_bit(filter, filter->rest, row, rule,
                fits(row & 31, required >> 16, 31) && reaches(facts->points, row >> 5 & 3, 3) &&
                    reaches(facts->hyphens, row >> 7, 3));
    }
}
