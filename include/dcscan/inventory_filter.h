/*
 * A part of an inventory: a reader that hands out only the sources, and only the columns, that one asks for. Counts made through it are
 * counts of that part.
 */
#ifndef DCSCAN_INVENTORY_FILTER_H
#define DCSCAN_INVENTORY_FILTER_H

#include "dcscan/alloc.h"
#include "dcscan/inventory.h"
#include "dcscan/yaml.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeroed: everything. What is set has to hold together. */
struct dc_inventory_filter {
    struct dc_texts sources; /* globs on names of sources */
    unsigned levels;         /* bits 0 (undecided) to 4 */
    struct dc_texts
        classes; /* globs on codes of leaves, "B1-*", or names of first classes in either language */
    /* Any other question; NULL: none. */
    bool (*keep)(const void *context, const struct dc_inventory_column *column);
    const void *context;
};
bool dc_inventory_filter_is_empty(const struct dc_inventory_filter *filter);

/* Whether a thing of that source, level (0 undecided) and leaf (code, or "") is of the part, as far as the filter asks for these. */
bool dc_inventory_filter_takes(const struct dc_inventory_filter *filter,
                               struct dc_inventory_reader *reader, const char *source, int level,
                               const char *leaf);

/*
 * Reads the inner reader once to count what is left of each table: tables of which nothing is left are not handed out, unless the filter
 * asks for sources only. A column that was not read has neither level nor class. What is told of a source (tables, columns, rows, bytes,
 * statements, seconds, highest level) is counted over what is left of it; a source of which nothing is left is not handed out, unless it
 * could not be opened: nobody knows what it would have. The inner reader and the filter stay the caller's and
 * outlive the new reader. On failure *out is untouched.
 */
enum dc_status dc_inventory_filter_open(struct dc_inventory_reader *inner,
                                        const struct dc_inventory_filter *filter,
                                        struct dc_inventory_reader **out, struct dc_err *err);

#ifdef __cplusplus
}
#endif
#endif
