/* The dialect's sampling statements, carried out on rows that are made. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "driver.h"

static const struct records no_such_column = {
    &(struct record){"42S22", "there is no such column", 0}, 1};
static const struct records no_such_table = {&(struct record){"42S02", "there is no such table", 0},
                                             1};
static const struct records not_allowed = {&(struct record){"42501", "permission denied", 0}, 1};

/* A name as the statement quotes it. */
static const char *quoted(const struct script *script, const char *name, struct dc_strbuf *out)
{
    const struct dc_dialect *dialect = &script->dialect;
    bool own = dialect->quote_open[0] != '\0';
    const char *open = own ? dialect->quote_open : script->info.quote;
    const char *close = own ? dialect->quote_close : *open == '[' ? "]" : open;

    dc_strbuf_reset(out);
    dc_strbuf_puts(out, open);
    for (; *name != '\0'; name++) {
        dc_strbuf_putc(out, *name);
        if (*name == *close) {
            dc_strbuf_putc(out, *name);
        }
    }
    dc_strbuf_puts(out, close);
    return dc_strbuf_text(out);
}

/* The last number of an expression such as SUBSTR("x", 1, 257); 0 where it is too small to be a length. */
static size_t last_number(const char *text)
{
    size_t found = 0;

    for (const char *at = text; *at != '\0'; at++) {
        bool in_word = at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '_');

        if (*at >= '0' && *at <= '9' && !in_word) {
            char *end;
            unsigned long value = strtoul(at, &end, 10);

            found = value > 8 ? value : found;
            at = end - 1;
        }
    }
    return found;
}

/* The longest column name that stands in the expression, and how much of it is wanted. */
static struct picked pick(const struct script *script, const struct script_table *table,
                          const char *expression)
{
    struct picked picked = {NULL, 0};
    struct dc_strbuf name = DC_STRBUF_INIT(4096);
    size_t best = 0;

    for (size_t i = 0; i < table->n_columns; i++) {
        const char *text = quoted(script, table->columns[i].name, &name), *at;

        at = strstr(expression, text);
        if (at != NULL && strlen(text) > best) {
            best = strlen(text);
            picked.column = &table->columns[i];
            picked.characters = strcmp(expression, text) == 0 ? 0 : last_number(at + best);
        }
    }
    dc_strbuf_done(&name);
    return picked;
}

static const struct records *pick_all(struct result *result, const struct script_table *table,
                                      const char *list)
{
    size_t capacity = strlen(list) / 2 + 1;

    result->picked = dc_arena_alloc(result->arena, capacity * sizeof *result->picked);
    while (*list != '\0') {
        size_t size = list_part(list);
        const char *expression = dc_arena_strndup(result->arena, list, size);
        struct picked picked = pick(result->script, table, expression + strspn(expression, " "));

        if (picked.column == NULL) {
            return &no_such_column;
        }
        if (picked.column->unreadable) {
            return result->script->denied.n_items > 0 ? &result->script->denied : &not_allowed;
        }
        result->picked[result->n_columns++] = picked;
        list += size + (list[size] == ',');
        list += strspn(list, " ");
    }
    return NULL;
}

static double share_of(const char *text, double divisor)
{
    return text != NULL ? strtod(text, NULL) / divisor : 1;
}

static void plan_key(struct result *result, const char *key)
{
    struct sample_plan *plan = &result->plan;
    struct dc_strbuf name = DC_STRBUF_INIT(4096);

    plan->key_start = plan->key_step = 1;
    for (size_t i = 0; i < result->table->n_columns; i++) {
        const struct script_column *column = &result->table->columns[i];

        if (column->sequence && strcmp(quoted(result->script, column->name, &name), key) == 0) {
            plan->key_start = column->start;
            plan->key_step = column->step;
        }
    }
    dc_strbuf_done(&name);
}

static void plan_keys(struct result *result, const char *keys)
{
    struct sample_plan *plan = &result->plan;

    plan->keys = dc_arena_alloc(result->arena, (strlen(keys) + 1) * sizeof *plan->keys);
    while (*keys != '\0') {
        char *end;

        plan->keys[plan->n_keys++] = strtoll(keys, &end, 10);
        keys = *end == ',' ? end + 1 : end + strlen(end);
    }
}

static void plan_sample(struct result *result, const struct captures *captures)
{
    struct sample_plan *plan = &result->plan;
    const char *limit = capture_text(captures, "limit", result->arena);
    const char *seed = capture_text(captures, "seed", result->arena);
    const char *keys = capture_text(captures, "keys", result->arena);
    const char *low = capture_text(captures, "low", result->arena);
    const char *high = capture_text(captures, "high", result->arena);

    plan->page_share = share_of(capture_text(captures, "percent", result->arena), 100);
    plan->row_share = share_of(capture_text(captures, "fraction", result->arena), 1);
    plan->limit = limit != NULL ? strtoll(limit, NULL, 10) : 0;
    plan->seed = seed != NULL ? strtoull(seed, NULL, 10) : 1;
    if (capture_text(captures, "key", result->arena) != NULL) {
        plan_key(result, capture_text(captures, "key", result->arena));
    }
    if (keys != NULL) {
        plan_keys(result, keys);
    }
    plan->is_range = low != NULL && high != NULL;
    plan->low = plan->is_range ? strtoll(low, NULL, 10) : 0;
    plan->high = plan->is_range ? strtoll(high, NULL, 10) : 0;
}

static void give_sample(const struct script *script, const struct captures *captures,
                        struct answer *out)
{
    struct result *result = result_create(script, ROWS_SAMPLE);
    int64_t copy = 1;

    result->table = find_named(script, capture_text(captures, "table", result->arena), &copy,
                               result->arena);
    if (result->table == NULL) {
        out->fails = script->missing.n_items > 0 ? &script->missing : &no_such_table;
    } else if (result->table->unreadable) {
        out->fails = script->denied.n_items > 0 ? &script->denied : &not_allowed;
    } else {
        out->fails = pick_all(result, result->table,
                              capture_text(captures, "columns", result->arena));
    }
    if (out->fails != NULL) {
        result_destroy(result);
        return;
    }
    plan_sample(result, captures);
    out->table = result->table;
    out->result = result;
}

/* A number where a number belongs: "SELECT {columns} FROM {table}" would fit any statement. */
static bool is_plausible(const struct captures *captures)
{
    static const char *const numbers[] = {"limit", "percent", "fraction", "seed", "low", "high"};

    for (size_t i = 0; i < captures->n_items; i++) {
        const struct capture *capture = &captures->items[i];

        if (strcmp(capture->name, "table") == 0 &&
            memmem(capture->text, capture->size, " WHERE ", 7) != NULL) {
            return false;
        }

        for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
            if (strcmp(capture->name, numbers[k]) == 0 &&
                strspn(capture->text, "0123456789.") < capture->size) {
                return false;
            }
        }
    }
    return true;
}

bool answer_sampling(const struct script *script, const char *statement, struct answer *out)
{
    const struct dc_dialect *dialect = &script->dialect;
    struct captures captures;

    for (size_t i = 0; i < dialect->n_samplings; i++) {
        const char *text = dialect->samplings[i].statement;

        if (template_match(text, statement, &captures) && is_plausible(&captures)) {
            give_sample(script, &captures, out);
            return true;
        }
    }
    return false;
}
