#include "permutation.h"

/*
 * A Feistel network of four rounds over the smallest even number of bits that holds the range; a number that falls outside is sent through
 * again until it falls inside, which keeps it a permutation and takes four rounds through on average at most.
 */

/* splitmix64 */
static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

void dc_permutation_init(struct dc_permutation *permutation, uint64_t range, uint64_t seed)
{
    unsigned bits = 2;

    while (bits < 62 && ((uint64_t)1 << bits) < range) {
        bits += 2;
    }
    permutation->range = range;
    permutation->half_bits = bits / 2;
    for (unsigned i = 0; i < 4; i++) {
        seed = mix(seed + i);
        permutation->keys[i] = seed;
    }
}

static uint64_t once(const struct dc_permutation *permutation, uint64_t index)
{
    uint64_t mask = ((uint64_t)1 << permutation->half_bits) - 1;
    uint64_t left = index >> permutation->half_bits, right = index & mask;

    for (unsigned i = 0; i < 4; i++) {
        uint64_t next = left ^ (mix(right ^ permutation->keys[i]) & mask);

        left = right;
        right = next;
    }
    return (left << permutation->half_bits) | right;
}

uint64_t dc_permutation_at(const struct dc_permutation *permutation, uint64_t index)
{
    do {
        index = once(permutation, index);
    } while (index >= permutation->range);
    return index;
}
