/* Texts to indexes. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "idmap.h"

#define FIRST_SLOTS 64

void dc_idmap_done(struct idmap *map)
{
    free(map->slots);
    *map = (struct idmap){NULL, 0, 0};
}

/* The slot of a key, or the free one where it would go. */
static struct idmap_slot *find_slot(const struct idmap *map, const char *key)
{
    size_t mask = map->n_slots - 1;
    size_t at = (size_t)dc_hash64(key, strlen(key)) & mask;

    while (map->slots[at].key != NULL && strcmp(map->slots[at].key, key) != 0) {
        at = (at + 1) & mask;
    }
    return &map->slots[at];
}

int dc_idmap_find(const struct idmap *map, const char *key)
{
    const struct idmap_slot *slot;

    if (map->n_slots == 0 || key == NULL) {
        return -1;
    }
    slot = find_slot(map, key);
    return slot->key == NULL ? -1 : slot->index;
}

static void grow(struct idmap *map)
{
    struct idmap larger = {NULL, map->n_slots == 0 ? FIRST_SLOTS : map->n_slots * 2, map->n_used};

    larger.slots = dc_alloc(larger.n_slots, sizeof *larger.slots);
    for (size_t i = 0; i < map->n_slots; i++) {
        if (map->slots[i].key != NULL) {
            *find_slot(&larger, map->slots[i].key) = map->slots[i];
        }
    }
    free(map->slots);
    *map = larger;
}

void dc_idmap_add(struct idmap *map, const char *key, int index)
{
    if (map->n_used * 2 >= map->n_slots) {
        grow(map);
    }
    *find_slot(map, key) = (struct idmap_slot){key, index};
    map->n_used++;
}
