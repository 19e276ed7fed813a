/*
 * The first rows of each of many ranges of the key: for keys that are far apart, where random numbers meet none, and for times. Ranges
 * follow each other from end to end of the key and are cut at random places, so that a small table comes whole; what lies within one is
 * taken from its beginning, so rows are as clustered as a page's.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "dcscan/text.h"
#include "permutation.h"
#include "sampler.h"

#define N_WINDOWS 25

bool dc_sampler_has_windows(const struct dc_dialect_sampling *sampling)
{
    return strstr(sampling->statement, "{low}") != NULL;
}

struct windows {
    const struct dc_dialect_sampling *sampling;
    const char *key;
    int64_t low, high; /* ends of the key, both in it */
    int64_t rows;      /* of each */
    uint64_t width;
    uint64_t seed;
};

/* Where a window begins: within its share of the key, the first one at its start, the one behind the last beyond its end. */
static int64_t start_of(const struct windows *windows, size_t index)
{
    uint64_t parts[2] = {windows->seed, index};
    uint64_t jitter = index > 0 ? dc_hash64(parts, sizeof parts) % windows->width : 0;

    return (int64_t)((uint64_t)windows->low + index * windows->width + jitter);
}

static const char *statement_of(const struct sampler *sampler, const struct windows *windows,
                                const char *low, const char *high)
{
    struct dc_fill fill = dc_sampler_fill(sampler, windows->sampling);

    fill.key = windows->key;
    fill.low = low;
    fill.high = high;
    fill.limit = windows->rows;
    return dc_plan_statement(windows->sampling->statement, &fill, sampler->arena);
}

/* *full: it may hold more than was taken. */
static enum dc_status take_window(struct sampler *sampler, const struct windows *windows,
                                  size_t index, bool *full)
{
    bool is_last = index + 1 == N_WINDOWS;
    int64_t before = sampler->info->rows_read,
            end = is_last ? windows->high + 1 : start_of(windows, index + 1);
    char low[24], high[24];
    const char *statement;
    enum dc_status status;

    if (start_of(windows, index) > windows->high) {
        return DC_OK;
    }
    snprintf(low, sizeof low, "%" PRId64, start_of(windows, index));
    snprintf(high, sizeof high, "%" PRId64, end > windows->high ? windows->high + 1 : end);
    statement = statement_of(sampler, windows, low, high);
    if (statement == NULL) {
        return dc_sampler_too_long(sampler);
    }
    status = dc_sampler_run(sampler, statement, windows->rows);
    *full = *full || sampler->info->rows_read - before >= windows->rows;
    return status;
}

enum dc_status dc_sampler_windows(struct sampler *sampler,
                                  const struct dc_dialect_sampling *sampling, bool dry,
                                  bool *settled)
{
    struct windows windows = {.sampling = sampling, .seed = sampler->seed};
    int64_t before = sampler->info->rows_read;
    bool known = false, full = false;
    enum dc_status status;

    windows.key = dc_sampler_key(sampler, sampling);
    windows.rows = (sampler->info->rows_asked + N_WINDOWS - 1) / N_WINDOWS;
    status = dc_sampler_bounds(sampler, windows.key, &windows.low, &windows.high, &known);
    if (dry || known) {
        sampler->info->method = DC_SAMPLE_RANDOM_KEYS;
        sampler->info->statement = statement_of(sampler, &windows, "…", "…");
        *settled = dry;
    }
    if (dry) {
        dc_sampler_tell(sampler, sampler->info->statement);
        return DC_OK;
    }
    if (!known) {
        /* No such pseudo-column, an empty table: the next way may serve. */
        return status == DC_ERR_READ || status == DC_ERR_UNSUPPORTED ? DC_OK : status;
    }
    windows.width = ((uint64_t)windows.high - (uint64_t)windows.low) / N_WINDOWS + 1;
    for (size_t i = 0; i < N_WINDOWS && status == DC_OK && !sampler->info->cut; i++) {
        status = take_window(sampler, &windows, i, &full);
    }
    if (status == DC_ERR_READ && sampler->info->rows_read == before) {
        return DC_OK;
    }
    if (status == DC_OK && !full && !sampler->info->cut) {
        sampler->info->method = DC_SAMPLE_WHOLE;
    }
    *settled = status == DC_OK;
    return status;
}
