#include "plan.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "connection.h"
#include "dcscan/strbuf.h"

#define MAX_STATEMENT ((size_t)4 * 1024 * 1024)
#define MIN_PAGES     260.0
#define MAX_PAGES     1000.0
#define ROWS_PER_PAGE 80.0 /* where the pages are unknown */

/* ---- columns ---- */

static bool is_selected(const struct dc_column *column)
{
    return column->type != DC_TYPE_BINARY && column->type != DC_TYPE_SPATIAL && !column->unreadable;
}

/*
 * Long texts are cut by the DBMS where the dialect knows how: one character more than is kept, so that what was cut still does not fit and
 * is marked as cut.
 */
static void put_column(const struct dc_dialect *dialect, const struct dc_column *column,
                       int64_t value_bytes, struct dc_strbuf *out)
{
    const struct dc_dialect_type *type = dc_type_find(dialect, column->type_name);
    struct dc_strbuf name = DC_STRBUF_INIT(MAX_STATEMENT);
    char chars[24];

    dc_quote_identifier(dialect, column->name, &name);
    if (type == NULL || type->select == NULL) {
        dc_strbuf_puts(out, dc_strbuf_text(&name));
    } else {
        snprintf(chars, sizeof chars, "%" PRId64, value_bytes + 1);
        dc_template_fill(type->select,
                         (struct dc_filling[]){{"column", dc_strbuf_text(&name)}, {"chars", chars}},
                         2, out);
    }
    dc_strbuf_done(&name);
}

static int64_t bytes_of(const struct dc_column *column, int64_t value_bytes)
{
    bool document = column->type == DC_TYPE_JSON || column->type == DC_TYPE_XML;

    return document ? DC_DOCUMENT_FACTOR * value_bytes : value_bytes;
}

void dc_selection_make(const struct dc_dialect *dialect, const struct dc_table *table,
                       int64_t value_bytes, struct dc_arena *arena, struct dc_selection *out)
{
    struct dc_strbuf list = DC_STRBUF_INIT(MAX_STATEMENT);

    *out = (struct dc_selection){0};
    out->columns = dc_arena_alloc(arena, (table->n_columns + 1) * sizeof *out->columns);
    out->value_bytes = dc_arena_alloc(arena, (table->n_columns + 1) * sizeof *out->value_bytes);
    for (size_t i = 0; i < table->n_columns; i++) {
        if (!is_selected(&table->columns[i])) {
            continue;
        }
        dc_strbuf_puts(&list, out->n_selected > 0 ? ", " : "");
        put_column(dialect, &table->columns[i], bytes_of(&table->columns[i], value_bytes), &list);
        out->columns[out->n_selected] = i;
        out->value_bytes[out->n_selected++] = (size_t)bytes_of(&table->columns[i], value_bytes);
    }
    out->list = dc_arena_strdup(arena, dc_strbuf_text(&list));
    dc_strbuf_done(&list);
}

static bool is_integer(const struct dc_column *column)
{
    return column->type == DC_TYPE_INTEGER ||
           (column->type == DC_TYPE_DECIMAL && column->scale == 0);
}

const struct dc_column *dc_plan_key(const struct dc_table *table)
{
    const struct dc_column *key = NULL, *counter = NULL;
    size_t n_key_columns = 0;

    for (size_t i = 0; i < table->n_columns; i++) {
        const struct dc_column *column = &table->columns[i];

        if (column->primary_key) {
            key = column;
            n_key_columns++;
        }
        if (column->auto_increment && is_integer(column)) {
            counter = column;
        }
    }
    return n_key_columns == 1 && is_integer(key) ? key : counter;
}

/* ---- how much ---- */

bool dc_plan_applies(const struct dc_dialect_sampling *sampling, const struct dc_table *table,
                     int64_t rows, int64_t rows_wanted)
{
    if (sampling->base_tables_only && table->kind != DC_TABLE_BASE) {
        return false;
    }
    if (sampling->needs_integer_key && sampling->key == NULL && dc_plan_key(table) == NULL) {
        return false;
    }
    switch (sampling->method) {
    case DC_SAMPLE_WHOLE:
        if (rows < 0 || rows > DC_WHOLE_FACTOR * rows_wanted) {
            return false;
        }
        break;
    case DC_SAMPLE_TABLESAMPLE:
    case DC_SAMPLE_RANDOM_ROWS:
        /* The shares are worked out from the size. */
        if (rows < 0) {
            return false;
        }
        break;
    default:
        break;
    }
    if (rows < 0) {
        return sampling->rows_min == 0 && sampling->rows_max == 0;
    }
    return rows >= sampling->rows_min && (sampling->rows_max == 0 || rows <= sampling->rows_max);
}

/*
 * A sample by pages is cheap but clustered: a page's rows are alike. Measured on 5 million rows: 13 pages give a standard deviation
 * eight times that of independent rows, 130 pages thinned to one row in ten two and a half times. So ten times the rows wanted are
 * read where that takes between 260 and 1,000 pages, and thinned.
 */
struct dc_shares dc_plan_shares(enum dc_sample_method method, int64_t rows, int64_t pages,
                                int64_t rows_wanted)
{
    double n = (double)rows_wanted, all = fmax((double)rows, 1), read = 1;

    if (method == DC_SAMPLE_TABLESAMPLE) {
        double n_pages = pages > 0 ? (double)pages : ceil(all / ROWS_PER_PAGE);
        double by_rows = fmin(10 * n / all, MAX_PAGES / n_pages);

        read = fmin(fmax(fmax(by_rows, MIN_PAGES / n_pages), 1.2 * n / all), 1);
    }
    return (struct dc_shares){100 * read, fmin(1.02 * n / (all * read), 1)};
}

int64_t dc_plan_limit(const struct dc_dialect_sampling *sampling, const struct dc_table *table,
                      int64_t rows, int64_t rows_wanted)
{
    bool is_small = rows >= 0 && rows <= DC_WHOLE_FACTOR * rows_wanted;

    if (sampling->method == DC_SAMPLE_WHOLE || is_small) {
        return DC_GUARD_FACTOR * rows_wanted;
    }
    /* Of a table of unknown size so much that a small one comes whole. A view may be dear: it gives no more than is wanted. */
    return rows < 0 && table->kind == DC_TABLE_BASE ? DC_WHOLE_FACTOR * rows_wanted : rows_wanted;
}

/* ---- text ---- */

/* Enough digits for a share of any table, in a form that every SQL reads: no exponent, no locale's comma. */
static void put_share(double share, char out[32])
{
    int64_t scaled = (int64_t)(fmin(fmax(share, 0), 100) * 1e9);
    size_t size;

    snprintf(out, 32, "%" PRId64 ".%09" PRId64, scaled / 1000000000, scaled % 1000000000);
    size = strlen(out);
    while (out[size - 1] == '0' && out[size - 2] != '.') {
        out[--size] = '\0';
    }
}

const char *dc_plan_statement(const char *text, const struct dc_fill *fill, struct dc_arena *arena)
{
    struct dc_strbuf table = DC_STRBUF_INIT(MAX_STATEMENT), out = DC_STRBUF_INIT(MAX_STATEMENT);
    char percent[32], fraction[32], limit[24], seed[24];
    const struct dc_filling fillings[] = {
        {"columns", fill->columns},
        {"key", fill->key != NULL ? fill->key : ""},
        {"keys", fill->keys != NULL ? fill->keys : ""},
        {"low", fill->low != NULL ? fill->low : ""},
        {"high", fill->high != NULL ? fill->high : ""},
        {"percent", percent},
        {"fraction", fraction},
        {"limit", limit},
        {"seed", seed},
        {"table", NULL},
    };
    struct dc_filling filled[sizeof fillings / sizeof fillings[0]];
    const size_t n = sizeof fillings / sizeof fillings[0];
    const char *statement = NULL;

    put_share(fill->shares.percent, percent);
    put_share(fill->shares.fraction, fraction);
    snprintf(limit, sizeof limit, "%" PRId64, fill->limit);
    snprintf(seed, sizeof seed, "%" PRIu32, fill->seed);
    dc_quote_table(fill->dialect, fill->table, &table);
    memcpy(filled, fillings, sizeof fillings);
    filled[n - 1].text = dc_strbuf_text(&table);
    dc_template_fill(text, filled, n, &out);
    if (!out.overflowed && !table.overflowed) {
        statement = dc_arena_strdup(arena, dc_strbuf_text(&out));
    }
    dc_strbuf_done(&table);
    dc_strbuf_done(&out);
    return statement;
}
