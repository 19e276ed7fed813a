/* Texts to indexes: an open-addressing hash map. Grows; memory by malloc, keys are the caller's. Private to the taxonomy layer. */
#ifndef DCSCAN_TAXONOMY_IDMAP_H
#define DCSCAN_TAXONOMY_IDMAP_H

#include <stddef.h>

struct idmap_slot {
    const char *key; /* NULL: free */
    int index;
};

struct idmap {
    struct idmap_slot *slots;
    size_t n_slots; /* a power of two, or 0 */
    size_t n_used;
};

void dc_idmap_done(struct idmap *map);
/* The index stored under the key, or -1. */
int dc_idmap_find(const struct idmap *map, const char *key);
/* Stores an index under a key that is not in the map yet. */
void dc_idmap_add(struct idmap *map, const char *key, int index);

#endif
