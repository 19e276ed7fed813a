/*
 * Hostile values: the matcher, all checks, the masking and the profiler on bytes from a fuzzer. Whatever comes in, the prefilter leaves out no
 * rule that would match, no example shows a value, and the sanitizers stay quiet.
 *
 * Input: a byte of flags (bit 0: the value is a prefix), then the cells of a column between bytes 0x1E.
 *
 * libFuzzer: build this file and the rules with clang -fsanitize=fuzzer,address and run it on tests/fuzz/corpus/match.
 * AFL++: build it together with replay.c and run it on a file (@@). The test suite replays the corpus.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blocks.h"
#include "dcscan/alloc.h"
#include "dcscan/detect.h"
#include "dcscan/text.h"
#include "fuzz.h"
#include "mask.h"
#include "matcher.h"
#include "rules.h"

#define SEPARATOR 0x1E

struct target {
    struct dc_taxonomy *taxonomy;
    struct dc_value_matcher *matcher;
    struct dc_match_scratch *scratch;
    struct dc_profiler *profiler;
    struct dc_arena *arena;
};

static void require(bool truth, const char *what)
{
    if (!truth) {
        fprintf(stderr, "fuzz_match: %s\n", what);
        abort();
    }
}

/* Made once: a fuzzer calls its target a million times. */
static struct target *target;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    target = dc_alloc(1, sizeof *target);
    target->taxonomy = rules_load_all();
    target->matcher = rules_matcher(target->taxonomy);
    target->scratch = dc_match_scratch_create(target->matcher);
    target->profiler = dc_profiler_create(target->matcher);
    target->arena = dc_arena_create(0);
    return 0;
}

static void check_value(const char *bytes, size_t size)
{
    for (const char *const *name = dc_check_names(); *name != NULL; name++) {
        dc_check_find (*name)(bytes, size);
    }
}

static void match_value(const char *bytes, size_t size, bool truncated)
{
    struct dc_rule_bits pattern, passed, slow_pattern, slow_passed;
    struct dc_look look = dc_look_at(bytes, size, truncated);

    dc_value_match(target->matcher, target->scratch, bytes, size, truncated, &pattern, &passed);
    dc_value_match_slow(target->matcher, target->scratch, &look, &slow_pattern, &slow_passed);
    require(memcmp(&pattern, &slow_pattern, sizeof pattern) == 0,
            "the prefilter left out a pattern that matches");
    require(memcmp(&passed, &slow_passed, sizeof passed) == 0,
            "the prefilter left out a rule that passes");
}

static void mask_value(const char *bytes, size_t size)
{
    char out[DC_EXAMPLE_SIZE];

    for (int style = DC_MASK_MIDDLE; style <= DC_MASK_NONE; style++) {
        dc_mask_value(bytes, size, false, (enum dc_mask_style)style, out);
        require(memchr(out, '\0', sizeof out) != NULL, "an example has no end");
        require(dc_utf8_valid(out, strlen(out)), "an example is not valid UTF-8");
        require(dc_utf8_length(bytes, size) <= 3 || strlen(out) != size ||
                    memcmp(out, bytes, size) != 0,
                "an example shows a value");
    }
}

static void profile_value(const char *bytes, size_t size)
{
    struct dc_table table = {.n_columns = 1};
    struct test_column column;
    struct dc_profile *profile;
    size_t n_rows = 0;

    dc_profiler_begin(target->profiler, &table);
    for (const char *at = bytes, *end = bytes + size; at <= end && n_rows < BLOCK_ROWS;) {
        const char *stop = at < end ? memchr(at, SEPARATOR, (size_t)(end - at)) : NULL;

        stop = stop == NULL ? end : stop;
        block_put(&column, n_rows++, at, (size_t)(stop - at));
        at = stop + 1;
    }
    dc_profiler_add(target->profiler, &(struct dc_block){n_rows, 1, &column.column});
    profile = dc_profiler_end(target->profiler, target->arena);
    require(profile->rows == (int64_t)n_rows, "rows were lost");
    require(profile->distinct <= dc_profile_filled(profile), "more values than cells");
    dc_arena_reset(target->arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *value;

    if (size < 2 || size > 4096) {
        return 0;
    }
    /* A copy of the exact size, so that a read past the end is seen. */
    value = dc_alloc(size - 1, 1);
    memcpy(value, data + 1, size - 1);
    check_value(value, size - 1);
    match_value(value, size - 1, (data[0] & 1) != 0);
    mask_value(value, size - 1);
    profile_value(value, size - 1);
    free(value);
    return 0;
}
