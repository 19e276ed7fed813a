/* Reads tests/vectors/<name>.tsv: lines of fields between tabs; # begins a comment line; \\ \t \n \xHH are escapes. */
#ifndef DCSCAN_TESTS_VECTORS_H
#define DCSCAN_TESTS_VECTORS_H

#include <stddef.h>

#define VECTOR_FIELDS 5

struct vector {
    char *fields[VECTOR_FIELDS]; /* decoded, terminated; NULL behind the last one */
    size_t sizes[VECTOR_FIELDS]; /* bytes; a value may hold NUL */
    size_t line;
};

struct vectors {
    struct vector *items;
    size_t n_items, capacity;
    char *text;
};

/* Aborts the test when the file can't be read. */
void vectors_load(struct vectors *vectors, const char *name);
void vectors_done(struct vectors *vectors);

#endif
