/* A trie of byte strings in one block of memory, built once from sorted keys. Private to the detect layer. */
#ifndef DCSCAN_DETECT_NAME_TRIE_H
#define DCSCAN_DETECT_NAME_TRIE_H

#include <stddef.h>
#include <stdint.h>

#define TRIE_NONE UINT32_MAX
#define TRIE_ROOT 0u

struct trie_node {
    uint32_t first;              /* children stand side by side from here, sorted by label */
    int32_t value;               /* of the key that ends here, or -1 */
    uint8_t label;               /* byte on the edge that leads here */
    uint8_t n_children_less_one; /* meaningless where first is 0 */
};

struct trie {
    struct trie_node
        *nodes; /* nodes[0] is the root, which is nobody's child: first == 0 means no children */
    size_t n_nodes;
    uint32_t fan[256]; /* children of the root by label, TRIE_NONE where there is none */
};

/* A key with its value. */
struct trie_key {
    const char *text; /* not empty */
    size_t size;
    int32_t value; /* ≥ 0 */
};

/* Builds from keys sorted by bytes, each once. */
void dc_trie_init(struct trie *trie, const struct trie_key *keys, size_t n_keys);
void dc_trie_done(struct trie *trie);
/* The node one byte further, or TRIE_NONE. */
uint32_t dc_trie_step(const struct trie *trie, uint32_t node, char byte);

#endif
