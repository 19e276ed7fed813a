/* Invented values for tests and benchmarks of the matcher: deterministic, from a seed. */
#ifndef DCSCAN_TESTS_CORPUS_H
#define DCSCAN_TESTS_CORPUS_H

#include <stddef.h>
#include <stdint.h>

#include "dcscan/taxonomy.h"

#define CORPUS_VALUE_SIZE 400

struct corpus {
    uint64_t state;
    const struct dc_taxonomy *taxonomy; /* its examples are the seeds */
};

void corpus_init(struct corpus *corpus, uint64_t seed, const struct dc_taxonomy *taxonomy);
uint64_t corpus_random(struct corpus *corpus, uint64_t below);
/* The next value into out; returns its size (0…CORPUS_VALUE_SIZE): examples, examples changed in places, cut, joined, and texts of random bytes. */
size_t corpus_next(struct corpus *corpus, char out[CORPUS_VALUE_SIZE]);

#endif
