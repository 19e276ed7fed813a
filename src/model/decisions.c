/* Decisions in force, found by column, by name and by the column they reference. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dcscan/alloc.h"
#include "dcscan/decision.h"

struct dc_decisions {
    size_t n;
    const struct dc_decision **by_column, **by_name, **by_reference;
};

static int compare_names(const struct dc_decision *a, const struct dc_decision *b)
{
    return strcasecmp(a->column, b->column);
}

static int compare_references(const struct dc_decision *a, const struct dc_decision *b)
{
    return strcmp(a->reference, b->reference);
}

static int by_column(const void *a, const void *b)
{
    return dc_decision_compare(*(const struct dc_decision *const *)a,
                               *(const struct dc_decision *const *)b);
}

/* Equal names and references stand by id. */
static int by_id(const struct dc_decision *a, const struct dc_decision *b)
{
    return (a->id > b->id) - (a->id < b->id);
}

static int by_name(const void *a, const void *b)
{
    const struct dc_decision *left = *(const struct dc_decision *const *)a;
    const struct dc_decision *right = *(const struct dc_decision *const *)b;
    int order = compare_names(left, right);

    return order != 0 ? order : by_id(left, right);
}

static int by_reference(const void *a, const void *b)
{
    const struct dc_decision *left = *(const struct dc_decision *const *)a;
    const struct dc_decision *right = *(const struct dc_decision *const *)b;
    int order = compare_references(left, right);

    return order != 0 ? order : by_id(left, right);
}

static const struct dc_decision **sorted(const struct dc_decision *items, size_t n,
                                         int (*order)(const void *a, const void *b))
{
    const struct dc_decision **list = dc_alloc(n + 1, sizeof *list);

    for (size_t i = 0; i < n; i++) {
        list[i] = &items[i];
    }
    if (n > 0) {
        qsort(list, n, sizeof *list, order);
    }
    return list;
}

struct dc_decisions *dc_decisions_create(const struct dc_decision *items, size_t n)
{
    struct dc_decisions *decisions = dc_alloc(1, sizeof *decisions);

    decisions->n = n;
    decisions->by_column = sorted(items, n, by_column);
    decisions->by_name = sorted(items, n, by_name);
    decisions->by_reference = sorted(items, n, by_reference);
    return decisions;
}

void dc_decisions_destroy(struct dc_decisions *decisions)
{
    if (decisions != NULL) {
        free(decisions->by_column);
        free(decisions->by_name);
        free(decisions->by_reference);
        free(decisions);
    }
}

/* Those that are equal to `key` in a list of that order. */
static const struct dc_decision *const *find(
    const struct dc_decision *const *list, size_t n_list, const struct dc_decision *key,
    int (*compare)(const struct dc_decision *a, const struct dc_decision *b), size_t *n)
{
    size_t low = 0, high = n_list;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare(list[middle], key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *n = 0;
    while (low + *n < n_list && compare(list[low + *n], key) == 0) {
        ++*n;
    }
    return &list[low];
}

const struct dc_decision *dc_decisions_of_column(const struct dc_decisions *decisions,
                                                 const struct dc_decision *key)
{
    size_t n;
    const struct dc_decision *const *found = find(decisions->by_column, decisions->n, key,
                                                  dc_decision_compare, &n);

    return n == 0 ? NULL : found[n - 1];
}

const struct dc_decision *const *dc_decisions_of_name(const struct dc_decisions *decisions,
                                                      const char *column, size_t *n)
{
    struct dc_decision key = {.column = column};

    return find(decisions->by_name, decisions->n, &key, compare_names, n);
}

const struct dc_decision *const *dc_decisions_of_reference(const struct dc_decisions *decisions,
                                                           const char *reference, size_t *n)
{
    struct dc_decision key = {.reference = reference};

    return find(decisions->by_reference, decisions->n, &key, compare_references, n);
}
