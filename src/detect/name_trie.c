/* A trie in one block of memory: levels are laid out one after the other, so children are neighbours. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "name_trie.h"

/* The keys below a node that waits for its children. */
struct range {
    size_t from, to, depth;
};

struct building {
    const struct trie_key *keys;
    struct trie *trie;
    struct range *ranges; /* one a node, in the same order */
    size_t capacity, range_capacity;
};

static void add_node(struct building *building, uint8_t label, struct range range)
{
    struct trie *trie = building->trie;
    size_t n = trie->n_nodes;

    trie->nodes = dc_array_grow(trie->nodes, n, &building->capacity, sizeof *trie->nodes);
    building->ranges = dc_array_grow(building->ranges, n, &building->range_capacity,
                                     sizeof *building->ranges);
    trie->nodes[n] = (struct trie_node){0, -1, label, 0};
    building->ranges[n] = range;
    trie->n_nodes++;
}

static uint8_t byte_at(const struct trie_key *key, size_t depth)
{
    return (uint8_t)key->text[depth];
}

/* Appends the children of a node; the key that ends at the node itself is the first of its range. */
static void add_children(struct building *building, size_t node)
{
    struct range range = building->ranges[node];
    size_t from = range.from;
    size_t n = 0;

    if (from < range.to && building->keys[from].size == range.depth) {
        building->trie->nodes[node].value = building->keys[from].value;
        from++;
    }
    if (from < range.to) {
        building->trie->nodes[node].first = (uint32_t)building->trie->n_nodes;
    }
    while (from < range.to) {
        uint8_t label = byte_at(&building->keys[from], range.depth);
        size_t to = from + 1;

        while (to < range.to && byte_at(&building->keys[to], range.depth) == label) {
            to++;
        }
        add_node(building, label, (struct range){from, to, range.depth + 1});
        from = to;
        n++;
    }
    building->trie->nodes[node].n_children_less_one = (uint8_t)(n == 0 ? 0 : n - 1);
}

void dc_trie_init(struct trie *trie, const struct trie_key *keys, size_t n_keys)
{
    struct building building = {.keys = keys, .trie = trie};
    const struct trie_node *root;

    *trie = (struct trie){.nodes = NULL};
    add_node(&building, 0, (struct range){0, n_keys, 0});
    for (size_t node = 0; node < trie->n_nodes; node++) {
        add_children(&building, node);
    }
    free(building.ranges);
    memset(trie->fan, 0xFF, sizeof trie->fan);
    root = &trie->nodes[TRIE_ROOT];
    for (uint32_t i = 0; root->first != 0 && i <= root->n_children_less_one; i++) {
        trie->fan[trie->nodes[root->first + i].label] = root->first + i;
    }
}

void dc_trie_done(struct trie *trie)
{
    free(trie->nodes);
    trie->nodes = NULL;
}

uint32_t dc_trie_step(const struct trie *trie, uint32_t node, char byte)
{
    uint8_t label = (uint8_t)byte;
    uint32_t low, high;

    if (node == TRIE_ROOT) {
        return trie->fan[label];
    }
    low = trie->nodes[node].first;
    if (low == 0) {
        return TRIE_NONE;
    }
    high = low + trie->nodes[node].n_children_less_one;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (trie->nodes[middle].label < label) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return trie->nodes[low].label == label ? low : TRIE_NONE;
}
