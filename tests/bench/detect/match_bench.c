/*
 * What looking at a value costs: nanoseconds a cell on an invented mix of columns, in interleaved rounds, medians. Blocks are filled as a driver
 * would fill them (64 rows, cells of 256 bytes, the same memory again and again), so values are as warm as they are after a fetch.
 *
 * usage: match_bench                   all ways
 *        match_bench WAY [TABLES]      one way alone, for callgrind: touch, hash, match, profile, jit
 *        match_bench columns           prefilter and profiler column by column
 * With BENCH_NAMELESS in the environment the profiler takes the columns for such without names, and tries the rules for them too.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "columns.h"
#include "dcscan/alloc.h"
#include "dcscan/detect.h"
#include "dcscan/text.h"
#include "matcher.h"
#include "rules.h"

#define ROWS          1000
#define BLOCK_OF_ROWS 64
#define STRIDE        256
#define ROUNDS        7
#define MOST_TABLES   40

struct bench {
    struct dc_taxonomy *taxonomy;
    struct dc_value_matcher *matcher;
    struct dc_match_scratch *scratch;
    struct dc_profiler *profiler;
    struct dc_arena *arena;
    struct dc_block_column *columns;
    struct dc_block block;
    size_t n_columns;
    size_t first_column; /* of the mix: 0, or the only one */
    uint64_t sum;        /* keeps the compiler from leaving work out */
    uint64_t n_hits;     /* must be the same in all ways that look for rules */
};

typedef void way_fn(struct bench *bench);

/* The bare minimum: length, first and last byte. */
static void touch(struct bench *bench)
{
    for (size_t i = 0; i < bench->n_columns; i++) {
        for (size_t row = 0; row < bench->block.n_rows; row++) {
            struct dc_value value = dc_block_value(&bench->columns[i], row);

            if (value.size > 0) {
                bench->sum += value.size + (unsigned char)value.bytes[0] +
                              (unsigned char)value.bytes[value.size - 1];
            }
        }
    }
}

static void hash(struct bench *bench)
{
    for (size_t i = 0; i < bench->n_columns; i++) {
        for (size_t row = 0; row < bench->block.n_rows; row++) {
            struct dc_value value = dc_block_value(&bench->columns[i], row);

            bench->sum += value.null ? 0 : dc_hash64(value.bytes, value.size);
        }
    }
}

static void count_hits(struct bench *bench, const struct dc_rule_bits *passed)
{
    for (size_t word = 0; word < DC_RULE_WORDS; word++) {
        bench->n_hits += (uint64_t)__builtin_popcountll(passed->words[word]);
    }
}

/* Every cell through the prefilter, no memory of values. */
static void match(struct bench *bench)
{
    struct dc_rule_bits pattern, passed;

    for (size_t i = 0; i < bench->n_columns; i++) {
        for (size_t row = 0; row < bench->block.n_rows; row++) {
            struct dc_value value = dc_block_value(&bench->columns[i], row);

            dc_value_match(bench->matcher, bench->scratch, value.bytes, value.size, value.truncated,
                           &pattern, &passed);
            count_hits(bench, &passed);
        }
    }
}

/* Every pattern on every cell: what a simple loop does, with JIT. */
static void jit(struct bench *bench)
{
    struct dc_rule_bits pattern, passed;

    for (size_t i = 0; i < bench->n_columns; i++) {
        for (size_t row = 0; row < bench->block.n_rows; row++) {
            struct dc_value value = dc_block_value(&bench->columns[i], row);
            struct dc_look look = dc_look_at(value.bytes, value.size, value.truncated);

            dc_value_match_slow(bench->matcher, bench->scratch, &look, &pattern, &passed);
            count_hits(bench, &passed);
        }
    }
}

static void profile(struct bench *bench)
{
    dc_profiler_add(bench->profiler, &bench->block);
}

static const struct way {
    const char *name, *what;
    way_fn *run;
} ways[] = {
    {"touch", "length, first and last byte", touch},
    {"hash", "64-bit hash", hash},
    {"match", "all rules, prefilter, every cell", match},
    {"profile", "the whole profiler", profile},
    {"jit", "all rules, pcre2_jit_match, every cell", jit},
};
#define N_WAYS (sizeof ways / sizeof *ways)

/* Lays rows first…first+n of a table into the block. */
static void fill(struct bench *bench, uint64_t table, size_t first, size_t n_rows)
{
    for (size_t i = 0; i < bench->n_columns; i++) {
        struct dc_block_column *column = &bench->columns[i];

        for (size_t row = 0; row < n_rows; row++) {
            char *cell = (char *)column->data + row * STRIDE;

            ((int64_t *)column->lengths)[row] = bench_value(bench->first_column + i, table,
                                                            first + row, cell, STRIDE);
        }
    }
    bench->block.n_rows = n_rows;
}

/* Of this thread, so that a busy machine does not count. */
static double cpu_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Seconds that one way takes for one table, filling apart. */
static double run_table(struct bench *bench, const struct way *way, uint64_t table)
{
    struct dc_table described = {.n_columns = bench->n_columns};
    double seconds = 0, started = cpu_seconds();

    dc_profiler_begin(bench->profiler, &described);
    for (size_t column = 0; column < bench->n_columns && getenv("BENCH_NAMELESS") == NULL;
         column++) {
        dc_profiler_set_named(bench->profiler, column);
    }
    seconds += way->run == profile ? cpu_seconds() - started : 0;
    for (size_t row = 0; row < ROWS; row += BLOCK_OF_ROWS) {
        fill(bench, table, row, ROWS - row < BLOCK_OF_ROWS ? ROWS - row : BLOCK_OF_ROWS);
        started = cpu_seconds();
        way->run(bench);
        seconds += cpu_seconds() - started;
    }
    started = cpu_seconds();
    bench->sum += (uint64_t)dc_profiler_end(bench->profiler, bench->arena)[0].rows;
    seconds += way->run == profile ? cpu_seconds() - started : 0;
    dc_arena_reset(bench->arena);
    return seconds;
}

static double run_way(struct bench *bench, const struct way *way, uint64_t n_tables)
{
    double seconds = 0;

    bench->n_hits = 0;
    for (uint64_t table = 0; table < n_tables; table++) {
        seconds += run_table(bench, way, table);
    }
    return seconds / (double)(n_tables * ROWS * bench->n_columns) * 1e9;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return left < right ? -1 : left > right;
}

static void compare(struct bench *bench)
{
    double rounds[N_WAYS][ROUNDS];
    uint64_t hits[N_WAYS];

    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < N_WAYS; i++) {
            rounds[i][round] = run_way(bench, &ways[i], ways[i].run == jit ? 2 : MOST_TABLES);
            hits[i] = bench->n_hits;
        }
    }
    printf("%zu rules, %s; %zu columns x %d rows, ns a cell, median of %d rounds (least)\n",
           bench->taxonomy->n_value_rules, dc_value_matcher_version(bench->matcher),
           bench->n_columns, ROWS, ROUNDS);
    for (size_t i = 0; i < N_WAYS; i++) {
        qsort(rounds[i], ROUNDS, sizeof rounds[i][0], by_size);
        printf("%-40s %8.1f (%.1f)  hits %" PRIu64 "\n", ways[i].what, rounds[i][ROUNDS / 2],
               rounds[i][0], hits[i]);
    }
}

/* Where the time goes: each column of the mix alone. */
static void compare_columns(struct bench *bench)
{
    size_t n_columns = bench->n_columns;

    bench->n_columns = bench->block.n_columns = 1;
    for (bench->first_column = 0; bench->first_column < n_columns; bench->first_column++) {
        double matching = run_way(bench, &ways[2], 10), profiling = run_way(bench, &ways[3], 10);
        char value[STRIDE];

        bench_value(bench->first_column, 0, 1, value, sizeof value);
        printf("match %8.1f  profile %8.1f  %s\n", matching, profiling, value);
    }
    bench->first_column = 0;
    bench->n_columns = bench->block.n_columns = n_columns;
}

static void open_bench(struct bench *bench)
{
    *bench = (struct bench){.taxonomy = rules_load_all(), .n_columns = bench_n_columns()};
    bench->matcher = rules_matcher(bench->taxonomy);
    bench->scratch = dc_match_scratch_create(bench->matcher);
    bench->profiler = dc_profiler_create(bench->matcher);
    bench->arena = dc_arena_create(0);
    bench->columns = dc_alloc(bench->n_columns, sizeof *bench->columns);
    for (size_t i = 0; i < bench->n_columns; i++) {
        bench->columns[i] = (struct dc_block_column){
            .data = dc_alloc(BLOCK_OF_ROWS, STRIDE),
            .stride = STRIDE,
            .lengths = dc_alloc(BLOCK_OF_ROWS, sizeof(int64_t)),
            .fetched = true};
    }
    bench->block = (struct dc_block){0, bench->n_columns, bench->columns};
}

static void close_bench(struct bench *bench)
{
    for (size_t i = 0; i < bench->n_columns; i++) {
        free((char *)bench->columns[i].data);
        free((int64_t *)bench->columns[i].lengths);
    }
    free(bench->columns);
    dc_arena_destroy(bench->arena);
    dc_profiler_destroy(bench->profiler);
    dc_match_scratch_destroy(bench->scratch);
    dc_value_matcher_destroy(bench->matcher);
    rules_destroy(bench->taxonomy);
}

static int run_one(struct bench *bench, const char *name, uint64_t n_tables)
{
    for (size_t i = 0; i < N_WAYS; i++) {
        if (strcmp(ways[i].name, name) == 0) {
            printf("%s: %.1f ns a cell, hits %" PRIu64 "\n", name,
                   run_way(bench, &ways[i], n_tables), bench->n_hits);
            return 0;
        }
    }
    fprintf(stderr, "match_bench: no way \"%s\"\n", name);
    return 2;
}

int main(int argc, char **argv)
{
    struct bench bench;
    int code = 0;

    open_bench(&bench);
    if (argc > 1 && strcmp(argv[1], "columns") == 0) {
        compare_columns(&bench);
    } else if (argc > 1) {
        code = run_one(&bench, argv[1], argc > 2 ? strtoull(argv[2], NULL, 10) : MOST_TABLES);
    } else {
        compare(&bench);
    }
    close_bench(&bench);
    return code;
}
