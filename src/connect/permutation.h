/*
 * Private to src/connect: the numbers 0 to range-1 in a random order that a seed decides, one by one, each once, without a list of them.
 */
#ifndef DCSCAN_CONNECT_PERMUTATION_H
#define DCSCAN_CONNECT_PERMUTATION_H

#include <stdint.h>

struct dc_permutation {
    uint64_t range;
    uint64_t keys[4];
    unsigned half_bits;
};

/* range: 1 to 2^62. */
void dc_permutation_init(struct dc_permutation *permutation, uint64_t range, uint64_t seed);
/* The number at place index < range. */
uint64_t dc_permutation_at(const struct dc_permutation *permutation, uint64_t index);

#endif
