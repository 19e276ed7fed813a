/* Private to src/connect: a table being sampled, and what the ways to sample share. */
#ifndef DCSCAN_CONNECT_SAMPLER_H
#define DCSCAN_CONNECT_SAMPLER_H

#include "connection.h"
#include "plan.h"

/* One table being sampled. */
struct sampler {
    struct dc_connection *connection;
    const struct dc_table *table;
    struct dc_arena *arena;
    dc_take_block_fn *take;
    void *user;
    struct dc_sample_info *info;
    const struct dc_sample_options *options;
    struct dc_err err; /* of the last failure, also of one that another way made good */
    struct dc_selection selection;
    struct dc_block_column *expanded; /* one a column of the table */
    uint64_t seed;
    int64_t rows;      /* of the table, as far as it can be believed; -1 unknown */
    bool keys_failed;  /* random keys have been tried in vain */
    int64_t row_bound; /* rows taken at most, whatever the statements yield */
    int64_t byte_bound;
    double kept; /* share of the rows that are kept, each by its number and the seed; 0: all */
    int64_t n_passed;
    double deadline;
};

/* Runs one statement, again where that may help. max_rows: at most so many of it; 0: all. */
enum dc_status dc_sampler_run(struct sampler *sampler, const char *statement, int64_t max_rows);
void dc_sampler_tell(const struct sampler *sampler, const char *statement);
struct dc_fill dc_sampler_fill(const struct sampler *sampler,
                               const struct dc_dialect_sampling *sampling);
enum dc_status dc_sampler_too_long(struct sampler *sampler);
/* The key as statements name it, and its ends; *known: they are there and not too far apart. Dry: told, not asked. */
const char *dc_sampler_key(const struct sampler *sampler,
                           const struct dc_dialect_sampling *sampling);
enum dc_status dc_sampler_bounds(struct sampler *sampler, const char *key, int64_t *low,
                                 int64_t *high, bool *known);

/* sample_windows.c: the first rows of each of many ranges of the key. */
bool dc_sampler_has_windows(const struct dc_dialect_sampling *sampling);
enum dc_status dc_sampler_windows(struct sampler *sampler,
                                  const struct dc_dialect_sampling *sampling, bool dry,
                                  bool *settled);

#endif
