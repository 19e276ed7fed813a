/* Records of a CSV text. */
#include <string.h>

#include "eval_internal.h"

static bool at_line_end(const struct eval_csv *csv)
{
    return csv->at == csv->end || *csv->at == '\n' || *csv->at == '\r';
}

static void skip_line_end(struct eval_csv *csv)
{
    if (csv->at < csv->end && *csv->at == '\r') {
        csv->at++;
        if (csv->at < csv->end && *csv->at == '\n') {
            csv->at++;
        }
    } else if (csv->at < csv->end) {
        csv->at++;
    }
    csv->line++;
}

/* Reads up to the closing quote; a doubled one stands for itself. */
static size_t read_quoted(struct eval_csv *csv, char *out)
{
    size_t n = 0;

    csv->at++;
    while (csv->at < csv->end) {
        if (*csv->at == '"') {
            csv->at++;
            if (csv->at == csv->end || *csv->at != '"') {
                break;
            }
        }
        csv->line += *csv->at == '\n';
        out[n++] = *csv->at++;
    }
    return n;
}

static const char *read_field(struct eval_csv *csv)
{
    size_t longest = (size_t)(csv->end - csv->at);
    const char *start = csv->at;
    char *out;
    size_t n = 0;

    if (longest == 0 || *csv->at != '"') {
        while (!at_line_end(csv) && *csv->at != ',') {
            csv->at++;
        }
        return dc_arena_strndup(csv->arena, start, (size_t)(csv->at - start));
    }
    for (const char *quote = csv->at + 1; quote < csv->end; quote++) {
        if (*quote == '"' && (quote + 1 == csv->end || quote[1] != '"')) {
            longest = (size_t)(quote - csv->at) + strcspn(quote, ",\r\n");
            break;
        }
        quote += *quote == '"';
    }
    out = dc_arena_alloc(csv->arena, longest + 1);
    n = read_quoted(csv, out);
    while (!at_line_end(csv) && *csv->at != ',') {
        out[n++] = *csv->at++;
    }
    return out;
}

bool eval_csv_next(struct eval_csv *csv, struct dc_texts *fields)
{
    const char *items[64];
    size_t n = 0;

    while (csv->at < csv->end && at_line_end(csv)) {
        skip_line_end(csv);
    }
    csv->began_at = csv->line;
    if (csv->at == csv->end) {
        return false;
    }
    for (bool more = true; more;) {
        const char *field = read_field(csv);

        if (n < sizeof items / sizeof *items) {
            items[n++] = field;
        }
        more = csv->at < csv->end && *csv->at == ',';
        csv->at += more;
    }
    if (csv->at < csv->end) {
        skip_line_end(csv);
    }
    fields->items = dc_arena_alloc(csv->arena, n * sizeof *fields->items);
    memcpy(fields->items, items, n * sizeof *items);
    fields->n_items = n;
    return true;
}
