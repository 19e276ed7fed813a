/* Memory that never fails: exhaustion ends the process (see the header for why that is right here). */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"

void *dc_alloc(size_t count, size_t size)
{
    size_t total;
    void *memory;

    if (__builtin_mul_overflow(count, size, &total)) {
        abort();
    }
    /* One byte at least, so that no caller meets calloc's licence to answer NULL for nothing. */
    memory = calloc(total == 0 ? 1 : total, 1);
    if (memory == NULL) {
        abort();
    }
    return memory;
}

char *dc_strdup(const char *text)
{
    return text == NULL ? NULL : dc_strndup(text, strlen(text));
}

char *dc_strndup(const char *text, size_t size)
{
    char *copy;
    size_t n;

    if (text == NULL) {
        return NULL;
    }
    n = strnlen(text, size);
    copy = dc_alloc(n + 1, 1);
    memcpy(copy, text, n);
    return copy;
}

void *dc_array_grow(void *items, size_t n_items, size_t *capacity, size_t item_size)
{
    size_t larger = *capacity < 8 ? 8 : *capacity * 2;
    char *grown;

    if (n_items < *capacity) {
        return items;
    }
    if (larger <= *capacity || n_items >= larger) {
        abort();
    }
    grown = reallocarray(items, larger, item_size);
    if (grown == NULL) {
        abort();
    }
    memset(grown + n_items * item_size, 0, (larger - n_items) * item_size);
    *capacity = larger;
    return grown;
}
