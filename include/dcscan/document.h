/*
 * Documents inside values: cells that hold JSON or XML are taken apart, and the scalars at one place in them make a sub-column,
 * `extra$.owner.phone`, that is profiled like any column. Keys that are no names (numbers, dates, persons as keys of a map) make none: a
 * name must look like one and occur in several documents.
 */
#ifndef DCSCAN_DOCUMENT_H
#define DCSCAN_DOCUMENT_H

#include "dcscan/detect.h"

#ifdef __cplusplus
extern "C" {
#endif

#define DC_MAX_SUBCOLUMNS     64   /* of one column; what comes later is not looked at */
#define DC_MAX_ALL_SUBCOLUMNS 256  /* of one table */
#define DC_MAX_DOCUMENT_DEPTH 6    /* keys and arrays in one another */
#define DC_MAX_DOCUMENT_NODES 2000 /* scalars taken of one document */

/* What a scalar is, as JSON has it; all of XML is text. */
enum dc_scalar_kind {
    DC_SCALAR_TEXT,
    DC_SCALAR_INTEGER,
    DC_SCALAR_NUMBER,
    DC_SCALAR_BOOLEAN,
    DC_SCALAR_NULL,
    DC_N_SCALAR_KINDS
};

/*
 * Called with each scalar: `path` is its place, ".owner.phone", ".items[*].sku", "['two words']", ".order.@id" (an attribute). False ends
 * the walk.
 */
typedef bool dc_scalar_fn(void *user, const char *path, enum dc_scalar_kind kind, const char *bytes,
                          size_t size);
/*
 * Walks a JSON object or array or an XML element; of one that was cut, as far as it goes. Returns whether it was one: false when it does
 * not begin like one, or is malformed before its end. What was called until then has been called.
 */
bool dc_document_walk(const char *bytes, size_t size, bool truncated, dc_scalar_fn *take,
                      void *user);

struct dc_documents; /* per worker; reused for table after table */
struct dc_documents *dc_documents_create(void);
void dc_documents_destroy(struct dc_documents *documents);
/* After dc_profiler_begin, with the same table. Both must outlive dc_documents_end. */
void dc_documents_begin(struct dc_documents *documents, struct dc_profiler *profiler,
                        const struct dc_table *table);
/* After dc_profiler_add, with the same block. */
void dc_documents_add(struct dc_documents *documents, const struct dc_block *block);
/*
 * Ends the profiler's table. Returns the table itself where there are no sub-columns, else a copy in `arena` in which they stand behind
 * their columns; *profiles has one for each of its columns. A sub-column has NULL where a row has no such key.
 */
const struct dc_table *dc_documents_end(struct dc_documents *documents, struct dc_arena *arena,
                                        struct dc_profile **profiles);

#ifdef __cplusplus
}
#endif
#endif
