/* The two functions that libFuzzer calls and that every fuzz target here has. */
#ifndef DCSCAN_TESTS_FUZZ_H
#define DCSCAN_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
/* 0; aborts the process when something is wrong. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
