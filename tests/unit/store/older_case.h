/* Stores of older versions of the schema, as those left them (tests/vectors/store). */
#ifndef OLDER_CASE_H
#define OLDER_CASE_H

#include "store_case.h"

/* Fills an empty place. `text_type`: what stands for TEXT there; `before`: run first, NULL-terminated. Asserts that it worked. */
void older_make(const char *connection, int version, const char *text_type,
                const char *const *before);
/* Opens that store as `c` would: it is brought up to date, tells what it held, and takes a new run. */
void older_check(struct store_case *c, const char *where, int version);

#endif
