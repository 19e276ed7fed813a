/* A trie in one block of memory: levels are laid out one after the other, so children are neighbours. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "name_trie.h"

/* The keys below a node that waits for its children. */
struct range {
    uint32_t from, to, depth;
};

struct building {
    const struct trie_key *keys;
    struct trie *trie;
    struct range *ranges; /* one a node, in the same order */
};

/* Bytes that two keys have in common at their start. */
static size_t common_size(const struct trie_key *a, const struct trie_key *b)
{
    size_t size = a->size < b->size ? a->size : b->size;
    size_t i = 0;

    while (i < size && a->text[i] == b->text[i]) {
        i++;
    }
    return i;
}

/* Every byte that a key does not share with the one before it makes a node. */
static size_t count_nodes(const struct trie_key *keys, size_t n_keys)
{
    size_t n = 1;

    for (size_t i = 0; i < n_keys; i++) {
        n += keys[i].size - (i == 0 ? 0 : common_size(&keys[i - 1], &keys[i]));
    }
    return n;
}

static void add_node(struct building *building, uint8_t label, struct range range)
{
    size_t n = building->trie->n_nodes++;

    building->trie->nodes[n] = (struct trie_node){0, -1, label, 0};
    building->ranges[n] = range;
}

static uint8_t byte_at(const struct trie_key *key, size_t depth)
{
    return (uint8_t)key->text[depth];
}

/* Appends the children of a node; the key that ends at the node itself is the first of its range. */
static void add_children(struct building *building, size_t node)
{
    struct range range = building->ranges[node];
    uint32_t from = range.from;
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
        uint32_t to = from + 1;

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
    size_t n_nodes = count_nodes(keys, n_keys);

    *trie = (struct trie){.nodes = dc_alloc(n_nodes, sizeof *trie->nodes)};
    building.ranges = dc_alloc(n_nodes, sizeof *building.ranges);
    add_node(&building, 0, (struct range){0, (uint32_t)n_keys, 0});
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
