/*
 * Private to src/detect: the distinct values of one column, as 48 bits of hash with 16 bits of payload, so that whatever was found out
 * about a value is found out once. Open addressing; grows by doubling up to a bound.
 */
#ifndef DCSCAN_DETECT_DISTINCT_H
#define DCSCAN_DETECT_DISTINCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DC_DISTINCT_FIRST 256u   /* slots of a fresh table */
#define DC_DISTINCT_MOST  16384u /* values that are kept apart */

struct dc_distinct {
    uint64_t *slots; /* 0: free */
    size_t n_slots;  /* in use: a power of two */
    size_t capacity; /* allocated */
    size_t n_values;
};

/* Room for reuse between tables: one per profiler. */
struct dc_distinct_spare {
    uint64_t *slots;
    size_t capacity;
};

void dc_distinct_reset(struct dc_distinct *table); /* empties; allocates when fresh */
void dc_distinct_wipe(struct dc_distinct *table);  /* overwrites what was in use */
void dc_distinct_done(struct dc_distinct *table);
void dc_distinct_spare_done(struct dc_distinct_spare *spare);

#define DC_DISTINCT_PAYLOAD UINT64_C(0xFFFF)

/* The slot of a hash: taken by it, or free. */
static inline uint64_t *dc_distinct_slot(const struct dc_distinct *table, uint64_t hash)
{
    size_t place = (size_t)(hash >> 16) & (table->n_slots - 1);

    while (table->slots[place] != 0 && ((table->slots[place] ^ hash) & ~DC_DISTINCT_PAYLOAD) != 0) {
        place = (place + 1) & (table->n_slots - 1);
    }
    return &table->slots[place];
}

static inline bool dc_distinct_is_full(const struct dc_distinct *table)
{
    return table->n_values >= DC_DISTINCT_MOST;
}

/* Adds a hash that is not there and whose table is not full; payload 1…65535. */
void dc_distinct_add(struct dc_distinct *table, struct dc_distinct_spare *spare, uint64_t hash,
                     uint16_t payload);

#endif
