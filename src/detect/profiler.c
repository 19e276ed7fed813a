/*
 * Counts a table's sample column by column. Each cell costs a hash and a look into the column's table of distinct values; what a value is
 * (rules, shape, example) is found out at its first occurrence. Values with the same answers share a verdict, whose cells are counted, so
 * that repeats cost one increment. Nothing is allocated for a cell.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "distinct.h"
#include "mask.h"
#include "matcher.h"
#include "order.h"
#include "reform.h"
#include "shape.h"

#define ENTROPY_VALUES 64  /* distinct values that are counted byte by byte */
#define ENTROPY_BYTES  256 /* of each */
#define MAX_VERDICTS   65535
#define KEPT_COLUMNS   64 /* tables up to this width leave their memory to the next one */

/* Told apart from a whole value with the same bytes. */
#define PREFIX_MARK UINT64_C(0x9E3779B97F4A7C15)

/* The answers that some values of a column have in common. */
struct verdict {
    struct dc_rule_bits pattern, passed;
    bool masked, invalid;
    enum dc_guess guess;
    uint32_t cells, distinct;
};

struct column {
    struct dc_distinct values;
    struct verdict *verdicts; /* payload of a value minus 1 */
    size_t n_verdicts, capacity;
    size_t last_verdict;
    /* Values beyond those that are kept apart are counted at once. */
    struct dc_rule_count *spill; /* by rule; NULL before the first one */
    int64_t spill_masked, spill_invalid, spill_guessed[DC_N_GUESSES];
    struct dc_order order;
    bool named;
    int64_t rows, nulls, empties, truncated;
    int64_t characters; /* of distinct values */
    uint32_t length_min, length_max;
    int32_t decimals_max;
    uint32_t n_seen; /* distinct values looked at for examples */
    uint32_t shapes[DC_N_SHAPES];
    uint32_t bytes[256]; /* histogram of the first distinct values */
    char examples[DC_MAX_EXAMPLES][DC_EXAMPLE_SIZE];
};

struct dc_profiler {
    const struct dc_value_matcher *matcher;
    const struct dc_taxonomy *taxonomy;
    struct dc_match_scratch *scratch;
    struct column *columns;
    size_t n_columns, capacity;
    struct dc_distinct_spare spare;
    struct dc_rule_bits seen; /* rules that passed anywhere in the table */
    struct dc_reformer reformer;
};

struct dc_profiler *dc_profiler_create(const struct dc_value_matcher *matcher)
{
    struct dc_profiler *profiler = dc_alloc(1, sizeof *profiler);

    profiler->matcher = matcher;
    profiler->taxonomy = dc_value_matcher_taxonomy(matcher);
    profiler->scratch = dc_match_scratch_create(matcher);
    return profiler;
}

static void column_done(struct column *column)
{
    dc_distinct_wipe(&column->values);
    dc_distinct_done(&column->values);
    free(column->verdicts);
    free(column->spill);
    column->verdicts = NULL;
    column->spill = NULL;
    column->capacity = 0;
}

static void drop_columns(struct dc_profiler *profiler)
{
    for (size_t i = 0; i < profiler->capacity; i++) {
        column_done(&profiler->columns[i]);
    }
    free(profiler->columns);
    profiler->columns = NULL;
    profiler->capacity = 0;
}

void dc_profiler_destroy(struct dc_profiler *profiler)
{
    if (profiler == NULL) {
        return;
    }
    drop_columns(profiler);
    dc_reformer_done(&profiler->reformer);
    dc_distinct_spare_done(&profiler->spare);
    dc_match_scratch_destroy(profiler->scratch);
    free(profiler);
}

/* A column as before its first cell, with the memory that it has. */
static void column_reset(struct column *column)
{
    struct column fresh;

    free(column->spill);
    fresh = (struct column){.values = column->values,
                            .verdicts = column->verdicts,
                            .capacity = column->capacity,
                            .decimals_max = -1};

    *column = fresh;
    dc_distinct_reset(&column->values);
    dc_order_reset(&column->order);
}

void dc_profiler_begin(struct dc_profiler *profiler, const struct dc_table *table)
{
    while (profiler->capacity < table->n_columns) {
        profiler->columns = dc_array_grow(profiler->columns, profiler->capacity,
                                          &profiler->capacity, sizeof *profiler->columns);
    }
    profiler->n_columns = table->n_columns;
    profiler->seen = (struct dc_rule_bits){{0}};
    for (size_t i = 0; i < profiler->n_columns; i++) {
        column_reset(&profiler->columns[i]);
    }
}

static bool is_padding(char byte)
{
    return byte == ' ' || byte == '\0' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Without the blanks and NULs that fixed-length types and careless programs leave around a value. */
static void trim(struct dc_value *value)
{
    while (value->size > 0 && !value->truncated && is_padding(value->bytes[value->size - 1])) {
        value->size--;
    }
    while (value->size > 0 && is_padding(value->bytes[0])) {
        value->bytes++;
        value->size--;
    }
}

static bool same_bits(const struct dc_rule_bits *a, const struct dc_rule_bits *b)
{
    uint64_t differing = 0;

    for (size_t i = 0; i < DC_RULE_WORDS; i++) {
        differing |= a->words[i] ^ b->words[i];
    }
    return differing == 0;
}

static bool same_verdict(const struct verdict *a, const struct verdict *b)
{
    return a->masked == b->masked && a->invalid == b->invalid && a->guess == b->guess &&
           same_bits(&a->pattern, &b->pattern) && same_bits(&a->passed, &b->passed);
}

/* Index of the verdict with these answers; columns have few, and mostly the last one again. */
static size_t find_verdict(struct column *column, const struct verdict *wanted)
{
    if (column->n_verdicts > 0 && same_verdict(&column->verdicts[column->last_verdict], wanted)) {
        return column->last_verdict;
    }
    for (size_t i = 0; i < column->n_verdicts; i++) {
        if (same_verdict(&column->verdicts[i], wanted)) {
            return column->last_verdict = i;
        }
    }
    column->verdicts = dc_array_grow(column->verdicts, column->n_verdicts, &column->capacity,
                                     sizeof *column->verdicts);
    column->verdicts[column->n_verdicts] = *wanted;
    column->verdicts[column->n_verdicts].cells = 0;
    return column->last_verdict = column->n_verdicts++;
}

/* Style of the weightiest rule that a value passed; of none where no rule knows it. */
static enum dc_mask_style mask_style(const struct dc_profiler *profiler,
                                     const struct dc_rule_bits *passed)
{
    enum dc_mask_style style = DC_MASK_NONE;
    double best = -HUGE_VAL;

    for (size_t word = 0; word < DC_RULE_WORDS; word++) {
        for (uint64_t left = passed->words[word]; left != 0; left &= left - 1) {
            const struct dc_value_rule *rule =
                &profiler->taxonomy->value_rules[64 * word + (size_t)__builtin_ctzll(left)];

            if (rule->weight > best) {
                best = rule->weight;
                style = rule->mask;
            }
        }
    }
    return style;
}

/* Examples are spread over the sample: the first distinct values, then the 16th, 64th, 256th … each in the place of an older one. */
static void take_example(const struct dc_profiler *profiler, struct column *column,
                         const struct dc_look *look, const struct dc_rule_bits *passed)
{
    uint32_t n = column->n_seen++;
    bool power_of_four = (n & (n - 1)) == 0 && (n & 0x55555550u) != 0;
    size_t place = n < DC_MAX_EXAMPLES ? n : ((size_t)__builtin_ctz(n) / 2) % DC_MAX_EXAMPLES;

    if (n < DC_MAX_EXAMPLES || power_of_four) {
        dc_mask_value(look->bytes, look->size, look->truncated, mask_style(profiler, passed),
                      column->examples[place]);
    }
}

static void take_histogram(struct column *column, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size && i < ENTROPY_BYTES; i++) {
        column->bytes[(unsigned char)bytes[i]]++;
    }
}

/* Counters of distinct values. */
static void count_value(struct column *column, const struct dc_look *look,
                        const struct dc_value_shape *shape)
{
    uint32_t length = shape->characters;

    column->length_min = column->values.n_values == 0 || length < column->length_min
                             ? length
                             : column->length_min;
    column->length_max = length > column->length_max ? length : column->length_max;
    column->characters += length;
    column->decimals_max = shape->decimals > column->decimals_max ? shape->decimals
                                                                  : column->decimals_max;
    for (uint32_t left = shape->bits; left != 0; left &= left - 1) {
        column->shapes[__builtin_ctz(left)]++;
    }
    if (column->values.n_values < ENTROPY_VALUES) {
        take_histogram(column, look->bytes, look->size);
    }
}

static void add_rule_counts(const struct verdict *verdict, struct dc_rule_count *rules)
{
    for (size_t word = 0; word < DC_RULE_WORDS; word++) {
        for (uint64_t left = verdict->pattern.words[word]; left != 0; left &= left - 1) {
            size_t rule = 64 * word + (size_t)__builtin_ctzll(left);

            rules[rule].pattern_distinct += verdict->distinct;
            if (dc_rule_bits_has(&verdict->passed, rule)) {
                rules[rule].matched += verdict->cells;
                rules[rule].distinct += verdict->distinct;
            }
        }
    }
}

static void count_at_once(const struct dc_profiler *profiler, struct column *column,
                          const struct verdict *verdict)
{
    if (column->spill == NULL) {
        column->spill = dc_alloc(profiler->taxonomy->n_value_rules + 1, sizeof *column->spill);
    }
    add_rule_counts(verdict, column->spill);
    column->spill_masked += verdict->masked;
    column->spill_invalid += verdict->invalid;
    column->spill_guessed[verdict->guess]++;
}

/* Whether a prefix is invalid by more than a character that the cut split. */
static bool is_invalid(const struct dc_look *look)
{
    for (size_t back = 1; look->truncated && back <= 3 && back <= look->size; back++) {
        if (dc_utf8_valid(look->bytes, look->size - back)) {
            return false;
        }
    }
    return !look->valid;
}

/* Finds out all about a value. */
static struct verdict judge(struct dc_profiler *profiler, struct dc_look *look,
                            struct dc_value_shape *shape)
{
    struct verdict verdict = {.cells = 1};

    dc_value_shape(look->bytes, look->size, (uint16_t)look->mask, shape);
    look->valid = shape->valid;
    if ((!look->valid && is_invalid(look)) || dc_reform_has_zeros(look)) {
        verdict.guess = dc_reform_decode(&profiler->reformer, look);
        dc_value_shape(look->bytes, look->size, (uint16_t)look->mask, shape);
        look->valid = shape->valid;
    }
    if (look->valid && dc_reform_narrow(&profiler->reformer, look)) {
        dc_value_shape(look->bytes, look->size, (uint16_t)look->mask, shape);
    }
    dc_value_match_look(profiler->matcher, profiler->scratch, look, &verdict.pattern,
                        &verdict.passed);
    verdict.masked = shape->masked;
    verdict.invalid = !look->valid && is_invalid(look);
    for (size_t i = 0; i < DC_RULE_WORDS; i++) {
        profiler->seen.words[i] |= verdict.passed.words[i];
    }
    return verdict;
}

/* A value that was not seen before, or that can't be kept apart because there are too many. */
static void take_new_value(struct dc_profiler *profiler, struct column *column,
                           const struct dc_value *value, uint64_t hash)
{
    struct dc_look look = {
        value->bytes,     value->size, dc_derive(dc_class_mask(value->bytes, value->size)),
        value->truncated, true,        column->named};
    struct dc_value_shape shape;
    struct verdict verdict = judge(profiler, &look, &shape);
    size_t index;

    if (dc_distinct_is_full(&column->values)) {
        count_at_once(profiler, column, &verdict);
        return;
    }
    index = find_verdict(column, &verdict);
    column->verdicts[index].cells++;
    column->verdicts[index].distinct++;
    take_example(profiler, column, &look, &verdict.passed);
    count_value(column, &look, &shape);
    dc_distinct_add(&column->values, &profiler->spare, hash, (uint16_t)(index + 1));
}

static void take_cell(struct dc_profiler *profiler, struct column *column, struct dc_value value)
{
    uint64_t hash, known;

    if (value.null) {
        column->nulls++;
        return;
    }
    trim(&value);
    if (value.size == 0) {
        column->empties++;
        return;
    }
    column->truncated += value.truncated;
    if (column->order.kind != DC_ORDER_BROKEN) {
        dc_order_take(&column->order, value.bytes, value.size);
    }
    hash = dc_hash64(value.bytes, value.size) ^ (value.truncated ? PREFIX_MARK : 0);
    known = *dc_distinct_slot(&column->values, hash) & DC_DISTINCT_PAYLOAD;
    if (known != 0) {
        column->verdicts[known - 1].cells++;
    } else {
        take_new_value(profiler, column, &value, hash);
    }
}

void dc_profiler_add(struct dc_profiler *profiler, const struct dc_block *block)
{
    size_t n_columns = block->n_columns < profiler->n_columns ? block->n_columns
                                                              : profiler->n_columns;

    for (size_t i = 0; i < n_columns; i++) {
        const struct dc_block_column *from = &block->columns[i];
        struct column *column = &profiler->columns[i];

        if (!from->fetched) {
            continue;
        }
        column->rows += (int64_t)block->n_rows;
        for (size_t row = 0; row < block->n_rows; row++) {
            take_cell(profiler, column, dc_block_value(from, row));
        }
    }
}

void dc_profiler_set_named(struct dc_profiler *profiler, size_t column)
{
    profiler->columns[column].named = true;
}

size_t dc_profiler_add_column(struct dc_profiler *profiler)
{
    if (profiler->n_columns == profiler->capacity) {
        profiler->columns = dc_array_grow(profiler->columns, profiler->capacity,
                                          &profiler->capacity, sizeof *profiler->columns);
    }
    column_reset(&profiler->columns[profiler->n_columns]);
    return profiler->n_columns++;
}

void dc_profiler_add_value(struct dc_profiler *profiler, size_t column, struct dc_value value)
{
    profiler->columns[column].rows++;
    take_cell(profiler, &profiler->columns[column], value);
}

void dc_profiler_add_nulls(struct dc_profiler *profiler, size_t column, int64_t n)
{
    profiler->columns[column].rows += n > 0 ? n : 0;
    profiler->columns[column].nulls += n > 0 ? n : 0;
}

int64_t dc_profiler_rows(const struct dc_profiler *profiler, size_t column)
{
    return profiler->columns[column].rows;
}

bool dc_profiler_has_seen(const struct dc_profiler *profiler, size_t rule)
{
    return dc_rule_bits_has(&profiler->seen, rule);
}

/* Shannon's entropy of the bytes counted, in bits per byte. */
static double entropy(const uint32_t counts[256])
{
    double total = 0, bits = 0;

    for (size_t i = 0; i < 256; i++) {
        total += counts[i];
    }
    for (size_t i = 0; i < 256 && total > 0; i++) {
        double share = counts[i] / total;

        bits -= share > 0 ? share * log2(share) : 0;
    }
    return bits;
}

static void sum_up(const struct column *column, size_t n_rules, struct dc_arena *arena,
                   struct dc_profile *out)
{
    struct dc_rule_count *rules = dc_arena_alloc(arena,
                                                 (n_rules > 0 ? n_rules : 1) * sizeof *rules);

    for (size_t i = 0; i < column->n_verdicts; i++) {
        const struct verdict *verdict = &column->verdicts[i];

        add_rule_counts(verdict, rules);
        out->masked += verdict->masked ? verdict->cells : 0;
        out->invalid += verdict->invalid ? verdict->cells : 0;
        out->read_as_gb18030 += verdict->guess == DC_GUESS_GB18030 ? verdict->cells : 0;
        out->read_as_latin1 += verdict->guess == DC_GUESS_LATIN1 ? verdict->cells : 0;
        out->read_as_utf16 += verdict->guess >= DC_GUESS_UTF16LE ? verdict->cells : 0;
    }
    for (size_t i = 0; column->spill != NULL && i < n_rules; i++) {
        rules[i].matched += column->spill[i].matched;
    }
    out->read_as_gb18030 += column->spill_guessed[DC_GUESS_GB18030];
    out->read_as_latin1 += column->spill_guessed[DC_GUESS_LATIN1];
    out->read_as_utf16 += column->spill_guessed[DC_GUESS_UTF16LE] +
                          column->spill_guessed[DC_GUESS_UTF16BE];
    out->masked += column->spill_masked;
    out->invalid += column->spill_invalid;
    out->rules = rules;
    out->n_rules = n_rules;
}

static void write_profile(const struct column *column, struct dc_profile *out)
{
    size_t n_values = column->values.n_values;

    out->rows = column->rows;
    out->nulls = column->nulls;
    out->empties = column->empties;
    out->truncated = column->truncated;
    out->distinct = (int64_t)n_values;
    out->distinct_capped = column->spill != NULL;
    out->length_min = column->length_min;
    out->length_max = column->length_max;
    out->length_mean = n_values > 0 ? (double)column->characters / (double)n_values : 0;
    out->decimals_max = column->decimals_max;
    out->digits_entropy = entropy(column->bytes);
    out->ascending = dc_order_holds(&column->order);
    memcpy(&out->shapes, column->shapes, sizeof out->shapes);
    memcpy(out->examples, column->examples, sizeof out->examples);
}

/* Overwrites everything that stems from values. */
static void column_wipe(struct column *column)
{
    dc_distinct_wipe(&column->values);
    dc_order_reset(&column->order);
    explicit_bzero(column->bytes, sizeof column->bytes);
    explicit_bzero(column->examples, sizeof column->examples);
}

struct dc_profile *dc_profiler_end(struct dc_profiler *profiler, struct dc_arena *arena)
{
    size_t n_columns = profiler->n_columns;
    struct dc_profile *profiles = dc_arena_alloc(arena, (n_columns > 0 ? n_columns : 1) *
                                                            sizeof *profiles);

    for (size_t i = 0; i < n_columns; i++) {
        struct column *column = &profiler->columns[i];

        write_profile(column, &profiles[i]);
        sum_up(column, profiler->taxonomy->n_value_rules, arena, &profiles[i]);
        column_wipe(column);
    }
    if (n_columns > KEPT_COLUMNS) {
        drop_columns(profiler);
    }
    dc_reformer_wipe(&profiler->reformer);
    profiler->n_columns = 0;
    return profiles;
}
