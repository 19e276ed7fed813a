#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "permutation.h"
#include "sampler.h"

#define MAX_KEYS_TEXT ((size_t)64 * 1024)
#define BATCH_KEYS    1000 /* keys a statement */
#define DRAWS_PER_ROW \
    50 /* keys drawn at most for each row wanted: enough for a key of which one in fifty is in use */
#define MIN_DENSITY   0.02 /* sparser keys are left: most draws would miss */
#define ENOUGH        0.95 /* of the rows wanted: not worth another statement for the rest */
#define MAX_KEY_RANGE ((uint64_t)1 << 62)
#define SHOWN_KEYS    3 /* in the statement kept for the inventory */

/* ---- blocks ---- */

static void count_bytes(struct sampler *sampler, const struct dc_block *block)
{
    int64_t bytes = 0;

    for (size_t i = 0; i < block->n_columns; i++) {
        const struct dc_block_column *column = &block->columns[i];
        int64_t room = column->stride > 0 ? (int64_t)column->stride - 1 : 0;

        for (size_t r = 0; column->fetched && r < block->n_rows; r++) {
            int64_t length = column->lengths[r];

            bytes += length == DC_CELL_NULL ? 0 : length < 0 || length > room ? room : length;
        }
    }
    sampler->info->bytes_read += bytes;
}

/* Gives a block on with a column for each of the table's, in the table's order. */
static void hand_over(struct sampler *sampler, const struct dc_block *block)
{
    const struct dc_selection *selection = &sampler->selection;
    struct dc_block whole = {block->n_rows, sampler->table->n_columns, sampler->expanded};

    for (size_t i = 0; i < selection->n_selected; i++) {
        sampler->expanded[selection->columns[i]] = block->columns[i];
    }
    count_bytes(sampler, block);
    sampler->info->rows_read += (int64_t)block->n_rows;
    if (!sampler->take(sampler->user, &whole)) {
        sampler->info->cut = true;
    }
}

static bool is_kept(struct sampler *sampler)
{
    uint64_t parts[2] = {sampler->seed, (uint64_t)sampler->n_passed++};

    return (double)(dc_hash64(parts, sizeof parts) >> 11) < sampler->kept * 9007199254740992.0;
}

/* A block of which most rows go by: what stays is handed over row by row. */
static void thin(struct sampler *sampler, const struct dc_block *block)
{
    struct dc_block_column *columns = dc_arena_alloc(sampler->arena,
                                                     block->n_columns * sizeof *columns);

    for (size_t r = 0; r < block->n_rows; r++) {
        if (!is_kept(sampler)) {
            continue;
        }
        for (size_t i = 0; i < block->n_columns; i++) {
            columns[i] = block->columns[i];
            columns[i].data += r * columns[i].stride;
            columns[i].lengths += r;
        }
        hand_over(sampler, &(struct dc_block){1, block->n_columns, columns});
    }
}

static bool is_at_bound(struct sampler *sampler)
{
    if (sampler->info->cut || sampler->info->rows_read >= sampler->row_bound ||
        sampler->info->bytes_read >= sampler->byte_bound ||
        dc_clock_seconds() >= sampler->deadline) {
        sampler->info->cut = true;
    }
    return sampler->info->cut;
}

/* ---- statements ---- */

static int64_t seconds_left(const struct sampler *sampler)
{
    double left = ceil(sampler->deadline - dc_clock_seconds());

    return left < 1 ? 1 : (int64_t)left;
}

void dc_sampler_tell(const struct sampler *sampler, const char *statement)
{
    if (sampler->options->on_sent != NULL) {
        sampler->options->on_sent(sampler->options->sent_user, statement);
    }
}

/* Sends a statement and takes its rows to their end or to a bound. */
static enum dc_status send(struct sampler *sampler, const struct dc_sample_request *request)
{
    const struct dc_connector_class *class_ = sampler->connection->class_;
    struct dc_connector_connection *inner = sampler->connection->inner;
    enum dc_fetch fetch = DC_FETCH_END;
    enum dc_status status;
    struct dc_block block;

    sampler->err = (struct dc_err){0};
    dc_sampler_tell(sampler, request->statement);
    status = class_->sample_begin(inner, request, &sampler->err);
    if (status != DC_OK) {
        return dc_connection_refine(sampler->connection, status, &sampler->err);
    }
    while (!is_at_bound(sampler) &&
           (fetch = class_->sample_next(inner, &block, &sampler->err)) == DC_FETCH_ROWS) {
        (sampler->kept > 0 ? thin : hand_over)(sampler, &block);
    }
    class_->sample_end(inner);
    return fetch == DC_FETCH_ERROR
               ? dc_connection_refine(sampler->connection, sampler->err.status, &sampler->err)
               : DC_OK;
}

/*
 * Whether a statement that failed is to be sent again, after the pause that is made here: the dialect says so, no row of it has been
 * handed over, and there is time left.
 */
static bool is_worth_again(struct sampler *sampler, int n_retries, int64_t rows_before)
{
    double pause = dc_retry_pause(n_retries);

    if (n_retries >= DC_MAX_RETRIES || sampler->info->rows_read > rows_before ||
        dc_connection_action(sampler->connection, &sampler->err) != DC_ACTION_RETRY ||
        dc_clock_seconds() + pause >= sampler->deadline) {
        return false;
    }
    dc_retry_wait(pause);
    sampler->info->n_retries++;
    return true;
}

/* What the source still allows goes before what the statement may yield. */
static int64_t rows_allowed(const struct sampler *sampler, int64_t max_rows)
{
    int64_t left = sampler->row_bound - sampler->info->rows_read;

    if (sampler->options->max_rows == 0 || sampler->kept > 0) {
        return max_rows;
    }
    left = left < 1 ? 1 : left;
    return max_rows == 0 || max_rows > left ? left : max_rows;
}

enum dc_status dc_sampler_run(struct sampler *sampler, const char *statement, int64_t max_rows)
{
    struct dc_sample_request request = {
        .table = sampler->table,
        .statement = statement,
        .selected = sampler->selection.columns,
        .value_bytes = sampler->selection.value_bytes,
        .n_selected = sampler->selection.n_selected,
        .max_rows = rows_allowed(sampler, max_rows),
        .timeout_seconds = seconds_left(sampler),
    };
    int64_t rows_before = sampler->info->rows_read;
    enum dc_status status = send(sampler, &request);

    for (int i = 0; status != DC_OK && is_worth_again(sampler, i, rows_before); i++) {
        request.timeout_seconds = seconds_left(sampler);
        status = send(sampler, &request);
    }
    return status;
}

struct dc_fill dc_sampler_fill(const struct sampler *sampler,
                               const struct dc_dialect_sampling *sampling)
{
    int64_t wanted = sampler->info->rows_asked;

    return (struct dc_fill){
        .dialect = sampler->connection->dialect,
        .table = sampler->table,
        .columns = sampler->selection.list,
        .shares = dc_plan_shares(sampling->method, sampler->rows, sampler->table->pages, wanted),
        .limit = dc_plan_limit(sampling, sampler->table, sampler->rows, wanted),
        .seed = (uint32_t)(sampler->seed & 0x7FFFFFFF),
    };
}

enum dc_status dc_sampler_too_long(struct sampler *sampler)
{
    return dc_err_set(&sampler->err, DC_ERR_UNSUPPORTED,
                      "could not sample: the statement would be too long");
}

/* ---- one statement: whole, head, the DBMS's own sample, a filter over all rows ---- */

/* What a bounded statement turned out to be: all there is, or the first rows of more. */
static enum dc_sample_method judge_bounded(int64_t n_rows, int64_t limit)
{
    return n_rows < limit ? DC_SAMPLE_WHOLE : DC_SAMPLE_HEAD;
}

static enum dc_status sample_at_once(struct sampler *sampler,
                                     const struct dc_dialect_sampling *sampling, bool dry,
                                     bool *settled)
{
    bool bounded = sampling->method == DC_SAMPLE_WHOLE || sampling->method == DC_SAMPLE_HEAD;
    struct dc_fill fill = dc_sampler_fill(sampler, sampling);
    const char *statement = dc_plan_statement(sampling->statement, &fill, sampler->arena);
    int64_t before = sampler->info->rows_read, n_rows;
    bool bounds_itself = !bounded || strstr(sampling->statement, "{limit}") != NULL;
    enum dc_status status;

    if (statement == NULL) {
        return dc_sampler_too_long(sampler);
    }
    sampler->info->method = sampling->method;
    sampler->info->statement = statement;
    *settled = true;
    if (dry) {
        dc_sampler_tell(sampler, statement);
        return DC_OK;
    }
    sampler->kept = sampling->thinned_here ? fill.shares.fraction : 0;
    sampler->n_passed = 0;
    status = dc_sampler_run(sampler, statement, bounds_itself ? 0 : fill.limit);
    if (sampler->kept > 0 && sampler->info->cut) {
        sampler->info->method = DC_SAMPLE_HEAD; /* of what comes first, thinned */
    }
    sampler->kept = 0;
    n_rows = sampler->info->rows_read - before;
    if (bounded && status == DC_OK && !sampler->info->cut) {
        sampler->info->method = judge_bounded(n_rows, fill.limit);
    } else if (status == DC_OK && !sampler->info->cut && 4 * n_rows < sampler->info->rows_asked) {
        /* So few: the statistics are wrong, the table is small. The next way takes it as one of unknown size. */
        sampler->rows = -1;
        *settled = false;
    }
    return status;
}

/* ---- random keys ---- */

struct key_draw {
    const struct dc_dialect_sampling *sampling;
    const char *key; /* as the statement names it */
    int64_t low;
    struct dc_permutation permutation;
    uint64_t drawn;
    int64_t got;
    double density; /* share of keys that are in use, as known so far */
};

const char *dc_sampler_key(const struct sampler *sampler,
                           const struct dc_dialect_sampling *sampling)
{
    struct dc_strbuf name = DC_STRBUF_INIT(MAX_KEYS_TEXT);
    const char *key;

    if (sampling->key != NULL) {
        return sampling->key;
    }
    dc_quote_identifier(sampler->connection->dialect, dc_plan_key(sampler->table)->name, &name);
    key = dc_arena_strdup(sampler->arena, dc_strbuf_text(&name));
    dc_strbuf_done(&name);
    return key;
}

static enum dc_status ask_bound(struct sampler *sampler, const char *text, const char *key,
                                int64_t *out, bool *is_null)
{
    struct dc_connection *connection = sampler->connection;
    const struct dc_fill fill = {
        .dialect = connection->dialect, .table = sampler->table, .columns = "", .key = key};
    const char *sql = dc_plan_statement(text, &fill, sampler->arena);
    enum dc_status status;

    if (sql == NULL || connection->class_->scalar == NULL) {
        return DC_ERR_UNSUPPORTED;
    }
    dc_sampler_tell(sampler, sql);
    if (sampler->options->dry) {
        return DC_OK;
    }
    status = connection->class_->scalar(connection->inner, sql, seconds_left(sampler), out, is_null,
                                        &sampler->err);
    return status == DC_OK ? DC_OK : dc_connection_refine(connection, status, &sampler->err);
}

enum dc_status dc_sampler_bounds(struct sampler *sampler, const char *key, int64_t *low,
                                 int64_t *high, bool *known)
{
    const struct dc_dialect_catalogue *catalogue = &sampler->connection->dialect->catalogue;
    bool no_low = true, no_high = true;
    enum dc_status status = ask_bound(sampler, catalogue->min_key, key, low, &no_low);

    if (status == DC_OK) {
        status = ask_bound(sampler, catalogue->max_key, key, high, &no_high);
    }
    *known = status == DC_OK && !no_low && !no_high && *high >= *low &&
             (uint64_t)*high - (uint64_t)*low < MAX_KEY_RANGE;
    return status;
}

/* Whether keys can be drawn: bounds are known and most of what lies between is in use. */
static enum dc_status prepare_draw(struct sampler *sampler, struct key_draw *draw, bool *possible)
{
    int64_t high = 0;
    uint64_t range;
    enum dc_status status = dc_sampler_bounds(sampler, draw->key, &draw->low, &high, possible);

    if (!*possible) {
        return status;
    }
    range = (uint64_t)high - (uint64_t)draw->low + 1;
    draw->density = sampler->rows > 0 ? fmin((double)sampler->rows / (double)range, 1) : 1;
    dc_permutation_init(&draw->permutation, range, sampler->seed);
    *possible = draw->density >= MIN_DENSITY;
    return DC_OK;
}

static size_t batch_size(const struct sampler *sampler, const struct key_draw *draw)
{
    double missing = (double)(sampler->info->rows_asked - draw->got);
    double left = (double)(draw->permutation.range - draw->drawn);
    double wanted = fmax(ceil(missing / draw->density * (draw->density < 1 ? 1.05 : 1)), 20);

    return (size_t)fmin(fmin(wanted, BATCH_KEYS), left);
}

static int compare_keys(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

/* The next keys, sorted, so that the DBMS meets its pages in their order. */
static void put_keys(const struct key_draw *draw, size_t n_keys, struct dc_strbuf *out)
{
    int64_t keys[BATCH_KEYS];

    for (size_t i = 0; i < n_keys; i++) {
        keys[i] = (int64_t)((uint64_t)draw->low +
                            dc_permutation_at(&draw->permutation, draw->drawn + i));
    }
    qsort(keys, n_keys, sizeof keys[0], compare_keys);
    for (size_t i = 0; i < n_keys; i++) {
        dc_strbuf_printf(out, "%s%" PRId64, i > 0 ? "," : "", keys[i]);
    }
}

static const char *fill_keys(const struct sampler *sampler, const struct key_draw *draw,
                             const char *keys)
{
    struct dc_fill fill = dc_sampler_fill(sampler, draw->sampling);

    fill.key = draw->key;
    fill.keys = keys;
    return dc_plan_statement(draw->sampling->statement, &fill, sampler->arena);
}

static enum dc_status draw_batch(struct sampler *sampler, struct key_draw *draw)
{
    struct dc_strbuf keys = DC_STRBUF_INIT(MAX_KEYS_TEXT);
    size_t n_keys = batch_size(sampler, draw);
    int64_t before = sampler->info->rows_read;
    const char *statement;
    enum dc_status status;

    put_keys(draw, n_keys, &keys);
    statement = fill_keys(sampler, draw, dc_strbuf_text(&keys));
    dc_strbuf_done(&keys);
    if (statement == NULL) {
        return dc_sampler_too_long(sampler);
    }
    status = dc_sampler_run(sampler, statement, 0);
    draw->drawn += n_keys;
    draw->got += sampler->info->rows_read - before;
    draw->density = fmax((double)draw->got / (double)draw->drawn, MIN_DENSITY / 2);
    return status;
}

/* The statement as the inventory shows it: a few keys, and how many there were. */
static void show_keys(struct sampler *sampler, const struct key_draw *draw)
{
    struct dc_strbuf keys = DC_STRBUF_INIT(256);
    size_t n_shown = draw->drawn < SHOWN_KEYS ? (size_t)draw->drawn : SHOWN_KEYS;

    if (n_shown > 0) {
        for (size_t i = 0; i < n_shown; i++) {
            dc_strbuf_printf(
                &keys, "%" PRId64 ", ",
                (int64_t)((uint64_t)draw->low + dc_permutation_at(&draw->permutation, i)));
        }
        dc_strbuf_printf(&keys, "… %" PRIu64 " random keys", draw->drawn);
    } else {
        dc_strbuf_puts(&keys, "… random keys");
    }
    sampler->info->method = DC_SAMPLE_RANDOM_KEYS;
    sampler->info->statement = fill_keys(sampler, draw, dc_strbuf_text(&keys));
    dc_strbuf_done(&keys);
}

static bool wants_more(const struct sampler *sampler, const struct key_draw *draw)
{
    int64_t wanted = sampler->info->rows_asked;

    return !sampler->info->cut && (double)draw->got < ENOUGH * (double)wanted &&
           draw->drawn < draw->permutation.range &&
           draw->drawn < (uint64_t)wanted * DRAWS_PER_ROW &&
           (draw->drawn < BATCH_KEYS || draw->density >= MIN_DENSITY);
}

/* Whether what was drawn will do as a sample. A key space that was drawn empty is the whole table. */
static bool is_settled(struct sampler *sampler, const struct key_draw *draw)
{
    bool all = draw->drawn >= draw->permutation.range;

    if (all && !sampler->info->cut) {
        sampler->info->method = DC_SAMPLE_WHOLE;
    }
    return all || sampler->info->cut || 4 * draw->got >= sampler->info->rows_asked;
}

/* The keys turned out sparse, so the size that was believed is wrong: a bounded count, where the dialect has one, or unknown. */
static enum dc_status count_again(struct sampler *sampler)
{
    struct dc_connection *connection = sampler->connection;
    const char *question = connection->dialect->catalogue.rows_counted;
    enum dc_status status = DC_OK;

    sampler->rows = -1;
    if (question != NULL) {
        status = dc_connection_ask_rows(connection, question, sampler->table, &sampler->rows,
                                        &sampler->err);
    }
    return status == DC_ERR_READ ? DC_OK : status;
}

static enum dc_status sample_keys(struct sampler *sampler,
                                  const struct dc_dialect_sampling *sampling, bool dry,
                                  bool *settled)
{
    struct key_draw draw = {.sampling = sampling, .key = dc_sampler_key(sampler, sampling)};
    bool possible = true;
    enum dc_status status = prepare_draw(sampler, &draw, &possible);

    *settled = dry;
    if (dry) {
        show_keys(sampler, &draw);
        dc_sampler_tell(sampler, sampler->info->statement);
        return DC_OK;
    }
    if (status == DC_ERR_READ || status == DC_ERR_UNSUPPORTED) {
        /* No such pseudo-column, a key that is no number after all: the next way may serve. */
        return DC_OK;
    }
    if (status != DC_OK || !possible) {
        return status;
    }
    do {
        status = draw_batch(sampler, &draw);
    } while (status == DC_OK && wants_more(sampler, &draw));
    if (status == DC_ERR_READ && draw.got == 0 && sampler->connection->dialect->n_dbms_names == 0) {
        /* A DBMS of which nothing is known takes no such statement. */
        return DC_OK;
    }
    show_keys(sampler, &draw);
    if (status != DC_OK) {
        return status;
    }
    *settled = is_settled(sampler, &draw);
    return *settled ? DC_OK : count_again(sampler);
}

/* ---- the table ---- */

static bool is_way(const struct sampler *sampler, const struct dc_dialect_sampling *sampling)
{
    return dc_plan_applies(sampling, sampler->table, sampler->rows, sampler->info->rows_asked) &&
           !(sampling->method == DC_SAMPLE_RANDOM_KEYS && !dc_sampler_has_windows(sampling) &&
             sampler->keys_failed);
}

static enum dc_status sample_by_preference(struct sampler *sampler, bool dry)
{
    const struct dc_dialect *dialect = sampler->connection->dialect;
    enum dc_status status = DC_OK;
    bool settled = false;

    for (size_t i = 0; i < dialect->n_samplings && !settled && status == DC_OK;) {
        const struct dc_dialect_sampling *sampling = &dialect->samplings[i++];
        bool windows = dc_sampler_has_windows(sampling);
        bool by_keys = sampling->method == DC_SAMPLE_RANDOM_KEYS && !windows;

        if (!is_way(sampler, sampling)) {
            continue;
        }
        status = windows   ? dc_sampler_windows(sampler, sampling, dry, &settled)
                 : by_keys ? sample_keys(sampler, sampling, dry, &settled)
                           : sample_at_once(sampler, sampling, dry, &settled);
        if (by_keys && !settled) {
            /* Keys that fail may have taught the true size, for which a way passed over may be the right one. */
            sampler->keys_failed = true;
            i = 0;
        }
    }
    if (status == DC_OK && !settled && sampler->info->method == DC_SAMPLE_NONE) {
        status = dc_err_set(&sampler->err, DC_ERR_UNSUPPORTED,
                            "could not sample: the dialect \"%s\" has no way that fits the table",
                            dialect->name);
    }
    return status;
}

/* Each table draws its own numbers, the same ones for the same seed. */
static uint64_t seed_of(uint64_t seed, const struct dc_table *table)
{
    uint64_t parts[3] = {seed, dc_hash64(table->schema, strlen(table->schema)),
                         dc_hash64(table->name, strlen(table->name))};

    return dc_hash64(parts, sizeof parts);
}

static double seconds_of(const struct sampler *sampler, const struct dc_limits *limits)
{
    double bound = sampler->options->max_seconds;

    return bound > 0 ? fmin(bound, (double)limits->table_seconds) : (double)limits->table_seconds;
}

static int64_t bounded(int64_t bound, int64_t left)
{
    return left > 0 && left < bound ? left : bound;
}

static void start(struct sampler *sampler, uint64_t seed)
{
    const struct dc_limits *limits = &sampler->connection->limits;

    dc_selection_make(sampler->connection->dialect, sampler->table, limits->value_bytes,
                      sampler->arena, &sampler->selection);
    sampler->expanded = dc_arena_alloc(sampler->arena,
                                       (sampler->table->n_columns + 1) * sizeof *sampler->expanded);
    sampler->seed = seed_of(seed, sampler->table);
    sampler->rows = sampler->table->rows_estimated;
    /* Above what a bounded statement asks for, so that reaching its limit is told apart from being cut. */
    sampler->row_bound = bounded((DC_GUARD_FACTOR + 1) * limits->sample_rows,
                                 sampler->options->max_rows);
    sampler->byte_bound = bounded(limits->table_bytes, sampler->options->max_bytes);
    sampler->deadline = dc_clock_seconds() + seconds_of(sampler, limits);
    *sampler->info = (struct dc_sample_info){
        .method = DC_SAMPLE_NONE,
        .rows_asked = bounded(limits->sample_rows, sampler->options->max_rows)};
}

enum dc_status dc_connection_sample(struct dc_connection *connection, const struct dc_table *table,
                                    const struct dc_sample_options *options, struct dc_arena *arena,
                                    dc_take_block_fn *take, void *user, struct dc_sample_info *info,
                                    struct dc_err *err)
{
    struct sampler sampler = {.connection = connection,
                              .table = table,
                              .arena = arena,
                              .take = take,
                              .user = user,
                              .info = info,
                              .options = options};
    double started = dc_clock_seconds();
    int64_t n_before = connection->inner->n_statements;
    enum dc_status status = DC_OK;

    start(&sampler, options->seed);
    if (sampler.selection.n_selected > 0) {
        status = sample_by_preference(&sampler, options->dry);
    }
    info->seconds = dc_clock_seconds() - started;
    info->n_statements = connection->inner->n_statements - n_before;
    if (status != DC_OK && err != NULL) {
        *err = sampler.err;
        dc_connection_name_table(connection, table, err);
        dc_err_add_object(err, "source \"%s\"", connection->source->name);
    }
    return status;
}
