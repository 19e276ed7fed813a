/* What export, import, check and compacting share. */
#ifndef STORE_UPKEEP_H
#define STORE_UPKEEP_H

#include "store_internal.h"

/* Records of an export that are no rows. */
#define STORE_EXPORT_HEAD "dcscan-store"
#define STORE_EXPORT_FOOT "end"
/* How lists were made to texts (json.c). */
#define STORE_JSON_TEXT (JSON_COMPACT | JSON_REAL_PRECISION(8))

/* What a failed fetch left. */
enum dc_status store_status_of(const struct dc_err *err);

/* Numbers that a kept statement gives, row after row and within a row; release items with free(). */
struct store_numbers {
    int64_t *items;
    size_t n, capacity;
};
/* `parent` is its parameter, for those of the statements that have one. */
enum dc_status store_numbers_read(struct dc_store *store, enum store_statement id, int64_t parent,
                                  struct store_numbers *out, struct dc_err *err);

/* The same with all parameters given. */
enum dc_status store_numbers_ask(struct dc_store *store, enum store_statement id,
                                 struct store_params *params, struct store_numbers *out,
                                 struct dc_err *err);

/* check.c. How many rows refer to what is missing, of the first kind that has any, and what they are. */
enum dc_status store_count_orphans(struct dc_store *store, int64_t *n, const char **text,
                                   struct dc_err *err);

/* open.c. Connects to a store that is there, with its schema as it is, and what version that has (0: none). */
enum dc_status store_open_unchecked(const char *where, struct dc_store **out, struct dc_err *err);
enum dc_status store_read_version(struct dc_store *store, int64_t *version, struct dc_err *err);

/* All that is read until the end of it is of one moment. */
enum dc_status store_begin_snapshot(struct dc_store *store, struct dc_err *err);
void store_end_snapshot(struct dc_store *store);

#endif
