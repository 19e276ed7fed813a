/* The distinct values of one column. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "distinct.h"

void dc_distinct_reset(struct dc_distinct *table)
{
    if (table->slots == NULL) {
        table->capacity = DC_DISTINCT_FIRST;
        table->slots = dc_alloc(table->capacity, sizeof *table->slots);
    }
    memset(table->slots, 0, DC_DISTINCT_FIRST * sizeof *table->slots);
    table->n_slots = DC_DISTINCT_FIRST;
    table->n_values = 0;
}

void dc_distinct_wipe(struct dc_distinct *table)
{
    if (table->slots != NULL) {
        explicit_bzero(table->slots, table->n_slots * sizeof *table->slots);
    }
    table->n_values = 0;
}

void dc_distinct_done(struct dc_distinct *table)
{
    free(table->slots);
    *table = (struct dc_distinct){NULL, 0, 0, 0};
}

void dc_distinct_spare_done(struct dc_distinct_spare *spare)
{
    free(spare->slots);
    *spare = (struct dc_distinct_spare){NULL, 0};
}

static uint64_t *spare_room(struct dc_distinct_spare *spare, size_t n_slots)
{
    if (spare->capacity < n_slots) {
        free(spare->slots);
        spare->slots = dc_alloc(n_slots, sizeof *spare->slots);
        spare->capacity = n_slots;
    }
    return spare->slots;
}

/* Room for twice as many slots; what is in the old ones goes through the spare. */
static void grow(struct dc_distinct *table, struct dc_distinct_spare *spare)
{
    size_t n_old = table->n_slots;
    uint64_t *old = spare_room(spare, n_old);

    memcpy(old, table->slots, n_old * sizeof *old);
    table->n_slots = 2 * n_old;
    if (table->capacity < table->n_slots) {
        explicit_bzero(table->slots, n_old * sizeof *table->slots);
        free(table->slots);
        table->slots = dc_alloc(table->n_slots, sizeof *table->slots);
        table->capacity = table->n_slots;
    } else {
        memset(table->slots, 0, table->n_slots * sizeof *table->slots);
    }
    for (size_t i = 0; i < n_old; i++) {
        if (old[i] != 0) {
            *dc_distinct_slot(table, old[i]) = old[i];
        }
    }
    explicit_bzero(old, n_old * sizeof *old);
}

void dc_distinct_add(struct dc_distinct *table, struct dc_distinct_spare *spare, uint64_t hash,
                     uint16_t payload)
{
    if (2 * (table->n_values + 1) > table->n_slots) {
        grow(table, spare);
    }
    *dc_distinct_slot(table, hash) = (hash & ~DC_DISTINCT_PAYLOAD) | payload;
    table->n_values++;
}
