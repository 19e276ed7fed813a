/* Results: rows that are made one by one, so that a catalogue of a hundred thousand tables costs nothing. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "driver.h"

#define MAX_TEXT ((size_t)16 * 1024 * 1024)

struct result *result_create(const struct script *script, enum rows_of kind)
{
    struct result *result = dc_alloc(1, sizeof *result);

    result->kind = kind;
    result->script = script;
    result->arena = dc_arena_create(4096);
    result->copy = 1;
    result->converter = script->encoding != NULL ? iconv_open(script->encoding, "UTF-8")
                                                 : (iconv_t)-1;
    dc_strbuf_init(&result->scratch, MAX_TEXT);
    dc_strbuf_init(&result->converted, MAX_TEXT);
    dc_strbuf_init(&result->wide, MAX_TEXT);
    return result;
}

void result_destroy(struct result *result)
{
    if (result == NULL) {
        return;
    }
    if (result->converter != (iconv_t)-1) {
        iconv_close(result->converter);
    }
    dc_strbuf_done(&result->scratch);
    dc_strbuf_done(&result->converted);
    dc_strbuf_done(&result->wide);
    dc_arena_destroy(result->arena);
    free(result);
}

/* ---- the next row ---- */

static const struct script_table *current(const struct result *result)
{
    return &result->script->tables[result->at_table];
}

/* Whether the current column has a row in an answer of this kind. */
static bool is_asked(const struct result *result)
{
    const struct script_column *column = &current(result)->columns[result->at_column];

    switch (result->kind) {
    case ROWS_KEYS:
        return column->key;
    case ROWS_REFERENCES:
        return column->ref_table != NULL;
    default:
        return true;
    }
}

static bool is_named(struct result *result)
{
    const struct script_table *table = current(result);

    if (result->only_table == NULL) {
        return true;
    }
    dc_strbuf_reset(&result->scratch);
    script_fill(table->name, result->copy, &result->scratch);
    return strcmp(dc_strbuf_text(&result->scratch), result->only_table) == 0 &&
           (result->only_schema == NULL || strcmp(table->schema, result->only_schema) == 0);
}

/* To the next table or copy; false behind the last. */
static bool next_table(struct result *result)
{
    do {
        if (!result->begun) {
            result->begun = true;
        } else if (result->copy < current(result)->repeat) {
            result->copy++;
        } else {
            result->at_table++;
            result->copy = 1;
        }
    } while (result->at_table < result->script->n_tables && !is_named(result));
    result->at_column = 0;
    return result->at_table < result->script->n_tables;
}

static bool next_column(struct result *result)
{
    bool inside = result->begun;

    for (;;) {
        if (inside) {
            result->at_column++;
        } else if (!next_table(result)) {
            return false;
        }
        inside = result->at_column < current(result)->n_columns;
        if (inside && is_asked(result)) {
            return true;
        }
    }
}

bool result_next(struct result *result)
{
    switch (result->kind) {
    case ROWS_GRID:
        return result->at_grid++ < result->n_grid;
    case ROWS_TABLES:
        return next_table(result);
    case ROWS_SAMPLE:
        return sample_next(result);
    default:
        return next_column(result);
    }
}

/* ---- cells ---- */

static struct cell of_text(const char *text)
{
    return (struct cell){
        .bytes = text, .size = text != NULL ? strlen(text) : 0, .null = text == NULL};
}

/* `text` as the script's encoding has it; what that cannot express becomes "?". */
static struct cell encode(struct result *result, struct cell cell)
{
    char *in = (char *)cell.bytes;
    size_t left = cell.size;

    if (result->converter == (iconv_t)-1 || cell.null || cell.is_fill || cell.size == 0) {
        return cell;
    }
    dc_strbuf_reset(&result->converted);
    iconv(result->converter, NULL, NULL, NULL, NULL);
    while (left > 0) {
        char piece[256], *out = piece;
        size_t room = sizeof piece;

        if (iconv(result->converter, &in, &left, &out, &room) == (size_t)-1 && errno != E2BIG) {
            size_t bad = dc_utf8_next(in, left, &(uint32_t){0});

            *out++ = '?';
            in += bad;
            left -= bad;
        }
        dc_strbuf_append(&result->converted, piece, (size_t)(out - piece));
    }
    cell.bytes = dc_strbuf_text(&result->converted);
    cell.size = result->converted.size;
    return cell;
}

char *script_decode(const struct script *script, const char *text)
{
    size_t left = strlen(text), room = 4 * left;
    char *decoded = dc_alloc(room + 1, 1), *in = (char *)text, *out = decoded;
    iconv_t converter = script->encoding != NULL ? iconv_open("UTF-8", script->encoding)
                                                 : (iconv_t)-1;
    bool good = converter != (iconv_t)-1 && iconv(converter, &in, &left, &out, &room) != (size_t)-1;

    if (converter != (iconv_t)-1) {
        iconv_close(converter);
    }
    if (!good) {
        free(decoded);
        return dc_strdup(text);
    }
    *out = '\0';
    return decoded;
}

/* As LEFT(x, n) would: characters, not bytes. */
static struct cell cut(struct cell cell, size_t characters)
{
    size_t n = 0, at = 0;

    if (characters == 0 || cell.null) {
        return cell;
    }
    if (cell.is_fill) {
        cell.size = cell.size < characters ? cell.size : characters;
        return cell;
    }
    while (at < cell.size && n < characters) {
        at += dc_utf8_next(cell.bytes + at, cell.size - at, &(uint32_t){0});
        n++;
    }
    cell.size = at;
    return cell;
}

static bool is_bytes(const struct result *result, size_t column)
{
    return result->kind == ROWS_SAMPLE && result->picked[column].column->bytes.n_items > 0;
}

/* In UTF-8. */
static struct cell plain_cell(struct result *result, size_t column)
{
    const struct picked *picked;

    switch (result->kind) {
    case ROWS_GRID:
        return of_text(result->grid[result->at_grid - 1][column]);
    case ROWS_SAMPLE:
        picked = &result->picked[column];
        return cut(value_make(picked->column, result->row, &result->scratch), picked->characters);
    default:
        return field_cell(result, result->fields[column]);
    }
}

/* As drivers do that have no place for a character. */
static struct cell lose(struct result *result, struct cell cell)
{
    if (cell.null || cell.is_fill) {
        return cell;
    }
    dc_strbuf_reset(&result->converted);
    for (size_t i = 0; i < cell.size;) {
        size_t used = dc_utf8_next(cell.bytes + i, cell.size - i, &(uint32_t){0});

        dc_strbuf_putc(&result->converted, used > 1 ? '?' : cell.bytes[i]);
        i += used;
    }
    cell.bytes = dc_strbuf_text(&result->converted);
    cell.size = result->converted.size;
    return cell;
}

struct cell result_cell(struct result *result, size_t column)
{
    struct cell cell = plain_cell(result, column);

    if (is_bytes(result, column)) {
        return cell;
    }
    return result->script->lossy != LOSSY_NOTHING ? lose(result, cell) : encode(result, cell);
}

struct cell result_cell_wide(struct result *result, size_t column)
{
    struct cell cell = plain_cell(result, column);
    uint16_t *units;

    cell.unit = 2;
    if (cell.null || is_bytes(result, column)) {
        return cell;
    }
    if (cell.is_fill) {
        cell.size *= 2;
        return cell;
    }
    units = dc_alloc(cell.size + 1, sizeof *units);
    dc_strbuf_reset(&result->wide);
    dc_strbuf_append(&result->wide, (const char *)units,
                     2 * dc_utf8_to_utf16(cell.bytes, cell.size, units));
    free(units);
    cell.bytes = dc_strbuf_text(&result->wide);
    cell.size = result->wide.size;
    return cell;
}

SQLSMALLINT result_type(const struct result *result, size_t column)
{
    return result->picked != NULL && result->picked[column].column->code != 0
               ? (SQLSMALLINT)result->picked[column].column->code
               : SQL_VARCHAR;
}

/* ---- what the catalogue tells ---- */

static struct cell filled(struct result *result, const char *text)
{
    if (text == NULL) {
        return of_text(NULL);
    }
    dc_strbuf_reset(&result->scratch);
    script_fill(text, result->copy, &result->scratch);
    return of_text(dc_strbuf_text(&result->scratch));
}

static struct cell number(struct result *result, int64_t value)
{
    if (value < 0) {
        return of_text(NULL);
    }
    dc_strbuf_reset(&result->scratch);
    dc_strbuf_printf(&result->scratch, "%lld", (long long)value);
    return of_text(dc_strbuf_text(&result->scratch));
}

static struct cell signed_number(struct result *result, int64_t value)
{
    dc_strbuf_reset(&result->scratch);
    dc_strbuf_printf(&result->scratch, "%lld", (long long)value);
    return of_text(dc_strbuf_text(&result->scratch));
}

static struct cell table_cell(struct result *result, enum field field)
{
    const struct script_table *table = current(result);

    switch (field) {
    case F_CATALOG:
        return filled(result, table->catalog);
    case F_SCHEMA:
        return filled(result, table->schema);
    case F_TABLE:
        return filled(result, table->name);
    case F_TABLE_COMMENT:
        return filled(result, table->comment);
    case F_KIND:
    case F_ODBC_KIND:
        return of_text(table->kind);
    case F_ROWS:
        return number(result, table->estimate);
    case F_PAGES:
        return number(result, table->pages);
    case F_DEFINITION:
        return filled(result, table->definition);
    case F_TABLE_READABLE:
        return of_text(table->unreadable ? "0" : "1");
    default:
        return of_text(NULL);
    }
}

static struct cell column_cell(struct result *result, enum field field)
{
    const struct script_column *column = &current(result)->columns[result->at_column];

    switch (field) {
    case F_COLUMN:
        return filled(result, column->name);
    case F_COLUMN_COMMENT:
        return filled(result, column->comment);
    case F_TYPE:
        return of_text(column->type);
    case F_CODE:
        return signed_number(result, column->code);
    case F_SIZE:
        return number(result, column->size);
    case F_SCALE:
        return number(result, column->scale);
    case F_ORDINAL:
        return number(result, (int64_t)result->at_column + 1);
    case F_NULLABLE:
        return of_text(column->key ? "0" : "1");
    case F_KEY:
        return of_text(column->key ? "1" : "0");
    case F_COUNTER:
        return of_text(column->counter ? "1" : "0");
    case F_COLUMN_READABLE:
        return of_text(column->unreadable ? "0" : "1");
    case F_REF_SCHEMA:
        return filled(result,
                      column->ref_schema != NULL ? column->ref_schema : current(result)->schema);
    case F_REF_TABLE:
        return filled(result, column->ref_table);
    case F_REF_COLUMN:
        return of_text(column->ref_column);
    default:
        return of_text(NULL);
    }
}

struct cell field_cell(struct result *result, enum field field)
{
    switch (field) {
    case F_NULL:
        return of_text(NULL);
    case F_ONE:
        return of_text("1");
    case F_ZERO:
        return of_text("0");
    case F_YES:
        return of_text("YES");
    default:
        return field < F_COLUMN ? table_cell(result, field) : column_cell(result, field);
    }
}
