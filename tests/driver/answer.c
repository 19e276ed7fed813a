/* What a statement gets: the script's own answers first, then what the dialect's queries ask for. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dcscan/alloc.h"
#include "driver.h"

static const enum field tables_fields[] = {F_CATALOG,       F_SCHEMA,     F_TABLE,
                                           F_TABLE_COMMENT, F_KIND,       F_ROWS,
                                           F_PAGES,         F_DEFINITION, F_TABLE_READABLE};
static const enum field columns_fields[] = {
    F_CATALOG, F_SCHEMA,  F_TABLE,    F_COLUMN, F_COLUMN_COMMENT, F_TYPE,           F_SIZE,
    F_SCALE,   F_ORDINAL, F_NULLABLE, F_KEY,    F_COUNTER,        F_COLUMN_READABLE};
static const enum field references_fields[] = {F_CATALOG,    F_SCHEMA,    F_TABLE,     F_COLUMN,
                                               F_REF_SCHEMA, F_REF_TABLE, F_REF_COLUMN};
static const enum field estimates_fields[] = {F_SCHEMA, F_TABLE, F_ROWS, F_PAGES};

#define N(array) (sizeof(array) / sizeof((array)[0]))

/* What a query selects as a constant is that constant, whatever stands there in the script. */
static enum field constant_or(enum field field, const char *part, size_t size)
{
    while (size > 0 && strchr(" \n", *part) != NULL) {
        part++;
        size--;
    }
    while (size > 0 && strchr(" \n", part[size - 1]) != NULL) {
        size--;
    }
    if (size == 4 && strncasecmp(part, "NULL", 4) == 0) {
        return F_NULL;
    }
    return size == 1 && (*part == '0' || *part == '1') ? *part == '0' ? F_ZERO : F_ONE : field;
}

/* As many columns as the statement selects: a query that asks for too few gets too few. */
static struct result *list_of(const struct script *script, enum rows_of kind,
                              const enum field *fields, size_t n_fields, const char *statement)
{
    struct result *result = result_create(script, kind);
    size_t n = count_selected(statement);
    const char *list = selected(statement);
    enum field *own = dc_arena_alloc(result->arena, n_fields * sizeof *own);

    memcpy(own, fields, n_fields * sizeof *own);
    for (size_t i = 0; i < n && i < n_fields; i++) {
        size_t size = list_part(list);

        /* The last one ends at FROM: never a constant in any dialect. */
        own[i] = i + 1 < n ? constant_or(fields[i], list, size) : fields[i];
        list += size + 1;
    }
    result->fields = own;
    result->n_columns = n > 0 && n < n_fields ? n : n_fields;
    return result;
}

struct result *answer_scalar(const struct script *script, const char *text)
{
    struct result *result = result_create(script, ROWS_GRID);

    result->grid = dc_arena_alloc(result->arena, sizeof *result->grid);
    result->grid[0] = dc_arena_alloc(result->arena, sizeof *result->grid[0]);
    result->grid[0][0] = dc_arena_strdup(result->arena, text);
    result->n_grid = result->n_columns = 1;
    return result;
}

static const struct records no_such_table = {&(struct record){"42S02", "there is no such table", 0},
                                             1};
static const struct records no_answer = {
    &(struct record){"42000", "the script has no answer to this statement", 0}, 1};

/* ---- names ---- */

/* The next part of a qualified name without its quotes; *at moves behind it and its dot. */
static char *next_part(const struct script *script, const char **at, struct dc_arena *arena)
{
    const struct dc_dialect *dialect = &script->dialect;
    bool own = script->has_dialect && dialect->quote_open[0] != '\0';
    char open = own ? dialect->quote_open[0] : script->info.quote[0];
    char close = own ? dialect->quote_close[0] : open == '[' ? ']' : open;
    char *part = dc_arena_alloc(arena, strlen(*at) + 1), *to = part;
    bool quoted = open != '\0' && **at == open;

    for (*at += quoted; **at != '\0'; (*at)++) {
        if (quoted && **at == close) {
            if ((*at)[1] != close) {
                (*at)++;
                break;
            }
            (*at)++;
        } else if (!quoted && **at == '.') {
            break;
        }
        *to++ = **at;
    }
    *at += **at == '.';
    return part;
}

const struct script_table *find_named(const struct script *script, const char *name, int64_t *copy,
                                      struct dc_arena *arena)
{
    const char *schema = NULL, *table = next_part(script, &name, arena);

    while (*name != '\0') {
        schema = table;
        table = next_part(script, &name, arena);
    }
    return script_find(script, schema, table, copy);
}

/* 'it''s' without its quotes. */
static char *plain_literal(const char *literal, struct dc_arena *arena)
{
    char *plain = dc_arena_alloc(arena, strlen(literal) + 1), *to = plain;

    for (literal += *literal == '\''; *literal != '\0'; literal++) {
        if (*literal == '\'' && *++literal == '\0') {
            break;
        }
        *to++ = *literal;
    }
    return plain;
}

/* ---- the dialect's queries ---- */

static bool is(const char *query, const char *statement)
{
    return query != NULL && strcmp(query, statement) == 0;
}

static bool answer_lists(const struct script *script, const char *statement, struct answer *out)
{
    const struct dc_dialect_catalogue *queries = &script->dialect.catalogue;

    if (is(queries->tables, statement)) {
        out->result = list_of(script, ROWS_TABLES, tables_fields, N(tables_fields), statement);
    } else if (is(queries->columns, statement)) {
        out->result = list_of(script, ROWS_COLUMNS, columns_fields, N(columns_fields), statement);
    } else if (is(queries->references, statement)) {
        out->result = list_of(script, ROWS_REFERENCES, references_fields, N(references_fields),
                              statement);
    } else if (is(queries->estimates, statement)) {
        out->result = list_of(script, ROWS_TABLES, estimates_fields, N(estimates_fields),
                              statement);
    }
    return out->result != NULL;
}

static bool answer_columns_of_table(const struct script *script, const char *statement,
                                    struct answer *out)
{
    const char *query = script->dialect.catalogue.columns_of_table, *text;
    struct captures captures;

    if (query == NULL || !template_match(query, statement, &captures)) {
        return false;
    }
    out->result = list_of(script, ROWS_COLUMNS, columns_fields, N(columns_fields), statement);
    text = capture_text(&captures, "table_text", out->result->arena);
    out->result->only_table = text != NULL ? plain_literal(text, out->result->arena) : NULL;
    text = capture_text(&captures, "schema_text", out->result->arena);
    out->result->only_schema = text != NULL ? plain_literal(text, out->result->arena) : NULL;
    return true;
}

static bool answer_session(const struct script *script, const char *statement, struct answer *out)
{
    const struct dc_dialect *dialect = &script->dialect;
    struct captures captures;

    if (is(dialect->read_only_check, statement)) {
        out->result = answer_scalar(script, script->read_only_answer);
        return true;
    }
    for (size_t i = 0; i < dialect->n_session; i++) {
        if (template_match(dialect->session[i].sql, statement, &captures)) {
            return true;
        }
    }
    return false;
}

static const struct script_column *key_of(const struct script *script,
                                          const struct script_table *table, const char *key,
                                          struct dc_arena *arena)
{
    const char *name = next_part(script, &key, arena);

    for (size_t i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return &table->columns[i];
        }
    }
    return NULL;
}

/* The ends of a key; what is no column of the table counts its rows. */
static const char *bound_of(const struct script *script, const struct script_table *table,
                            const char *key, bool high, struct dc_arena *arena)
{
    const struct script_column *column = key_of(script, table, key, arena);
    int64_t start = column != NULL && column->sequence ? column->start : 1;
    int64_t step = column != NULL && column->sequence ? column->step : 1;

    if (table->rows == 0) {
        return NULL;
    }
    return dc_arena_printf(arena, "%lld",
                           (long long)(high ? start + step * (table->rows - 1) : start));
}

struct question {
    const char *text;
    bool is_bound, high, counts, reports;
};

/* A report on a table, one line of which tells its rows. */
static struct result *answer_report(const struct script *script, const char *rows)
{
    const struct dc_dialect_catalogue *catalogue = &script->dialect.catalogue;
    struct result *result = result_create(script, ROWS_GRID);
    size_t n = (size_t)catalogue->rows_column;
    const char *unit = catalogue->rows_unit;

    result->grid = dc_arena_alloc(result->arena, 2 * sizeof *result->grid);
    for (size_t i = 0; i < 2; i++) {
        result->grid[i] = dc_arena_alloc(result->arena, n * sizeof *result->grid[i]);
        memset(result->grid[i], 0, n * sizeof *result->grid[i]);
    }
    result->grid[0][0] = "id";
    result->grid[0][n - 1] = "7";
    result->grid[1][0] = *catalogue->rows_row != '\0' ? catalogue->rows_row : NULL;
    result->grid[1][n - 1] = rows == NULL   ? NULL
                             : unit == NULL ? dc_arena_printf(result->arena, "%s.0", rows)
                                            : dc_arena_printf(result->arena, "1048576 bytes, %s %s",
                                                              rows, unit);
    result->n_grid = 2;
    result->n_columns = n;
    return result;
}

static void answer_question(const struct script *script, const struct question *question,
                            const struct captures *captures, struct answer *out)
{
    struct dc_arena *arena = dc_arena_create(4096);
    const char *name = capture_text(captures, "table", arena), *text = NULL;
    const struct script_table *table;
    int64_t copy;

    if (name == NULL) {
        name = plain_literal(capture_text(captures, "qualified_text", arena), arena);
    }
    table = find_named(script, name, &copy, arena);
    if (table == NULL) {
        out->fails = script->missing.n_items > 0 ? &script->missing : &no_such_table;
    } else {
        out->table = table;
        if (question->is_bound) {
            text = bound_of(script, table, capture_text(captures, "key", arena), question->high,
                            arena);
        } else if (question->counts || table->estimate >= 0) {
            text = dc_arena_printf(arena, "%lld",
                                   (long long)(question->counts ? table->rows : table->estimate));
        }
        out->result = question->reports ? answer_report(script, text) : answer_scalar(script, text);
    }
    dc_arena_destroy(arena);
}

static bool answer_per_table(const struct script *script, const char *statement, struct answer *out)
{
    const struct dc_dialect_catalogue *queries = &script->dialect.catalogue;
    const struct question questions[] = {
        {queries->rows_of_table, false, false, false, queries->rows_column > 0},
        {queries->rows_counted, false, false, true, false},
        {queries->min_key, true, false, false, false},
        {queries->max_key, true, true, false, false}};
    struct captures captures;

    for (size_t i = 0; i < N(questions); i++) {
        if (questions[i].text != NULL && template_match(questions[i].text, statement, &captures)) {
            answer_question(script, &questions[i], &captures, out);
            return true;
        }
    }
    return false;
}

/* ---- the script's own answers ---- */

static bool answer_scripted(const struct script *script, const char *statement, struct answer *out)
{
    for (size_t i = 0; i < script->n_answers; i++) {
        const struct script_answer *answer = &script->answers[i];

        if (!dc_glob_match(answer->match, statement)) {
            continue;
        }
        out->delay_ms = answer->delay_ms;
        out->hangs = answer->hangs;
        if (answer->fails.n_items > 0) {
            out->fails = &answer->fails;
        } else if (answer->columns.n_items > 0) {
            out->result = result_create(script, ROWS_GRID);
            out->result->names = answer->columns.items;
            out->result->n_columns = answer->columns.n_items;
            out->result->grid = answer->rows;
            out->result->n_grid = answer->n_rows;
        }
        return true;
    }
    return false;
}

struct answer answer_statement(const struct script *script, const char *statement)
{
    struct answer out = {0};

    if (answer_scripted(script, statement, &out)) {
        return out;
    }
    if (script->has_dialect &&
        (answer_session(script, statement, &out) || answer_lists(script, statement, &out) ||
         answer_columns_of_table(script, statement, &out) ||
         answer_per_table(script, statement, &out) || answer_sampling(script, statement, &out))) {
        return out;
    }
    out.fails = &no_answer;
    return out;
}
