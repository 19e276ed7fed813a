#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "connection.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "ddl_comments.h"

#define MAX_STATEMENT   65536
#define MAX_REPORT_ROWS 8192

static bool is_system_schema(const struct dc_dialect *dialect, const char *schema)
{
    for (size_t i = 0; i < dialect->n_system_schemas; i++) {
        if (dc_glob_match(dialect->system_schemas[i], schema)) {
            return true;
        }
    }
    return false;
}

/* Whether a glob of the source names the schema outright: "pg_catalog.*", not "*.*". */
static bool is_named(const struct dc_source *source, const char *schema)
{
    size_t size = strlen(schema);

    for (size_t i = 0; i < source->n_include; i++) {
        const char *dot = strchr(source->include[i], '.'), *start = source->include[i];

        if (dot != NULL && strchr(dot + 1, '.') != NULL) {
            start = dot + 1;
            dot = strchr(start, '.');
        }
        if (dot != NULL && (size_t)(dot - start) == size && strncasecmp(start, schema, size) == 0) {
            return true;
        }
    }
    return false;
}

/* A DBMS whose schemas are databases shows all of them; who named one to connect to meant that one. */
static bool is_other_database(const struct dc_connection *connection, const struct dc_table *table)
{
    return connection->dialect->database_is_schema && connection->source->n_include == 0 &&
           connection->info.database[0] != '\0' &&
           strcmp(connection->info.database, table->schema) != 0;
}

static bool is_in_scope(const struct dc_connection *connection, const struct dc_table *table)
{
    if (is_system_schema(connection->dialect, table->schema) &&
        !is_named(connection->source, table->schema)) {
        return false;
    }
    return !is_other_database(connection, table) &&
           dc_source_includes(connection->source, table->catalog, table->schema, table->name);
}

static void drop_out_of_scope(const struct dc_connection *connection, struct dc_catalog *catalog)
{
    size_t n = 0;

    for (size_t i = 0; i < catalog->n_tables; i++) {
        if (is_in_scope(connection, &catalog->tables[i])) {
            catalog->tables[n++] = catalog->tables[i];
        } else {
            free(catalog->tables[i].columns);
        }
    }
    catalog->n_tables = n;
}

/* "1234 bytes, 60000 rows": the number before `unit`; -1: none. */
static int64_t number_before(const char *text, const char *unit)
{
    const char *end = strstr(text, unit), *start;

    if (end == NULL) {
        return -1;
    }
    while (end > text && end[-1] == ' ') {
        end--;
    }
    for (start = end; start > text && start[-1] >= '0' && start[-1] <= '9';) {
        start--;
    }
    return start < end ? strtoll(start, NULL, 10) : -1;
}

static int64_t find_rows(const struct dc_dialect_catalogue *catalogue,
                         const struct dc_text_rows *report)
{
    const char *wanted = catalogue->rows_row != NULL ? catalogue->rows_row : "";
    size_t column = (size_t)catalogue->rows_column - 1;

    for (size_t i = 0; i < report->n_rows && column < report->n_columns; i++) {
        const char *const *row = &report->cells[i * report->n_columns];
        const char *text = row[column];

        if (strcmp(row[0] != NULL ? row[0] : "", wanted) == 0 && text != NULL && *text != '\0') {
            return catalogue->rows_unit != NULL ? number_before(text, catalogue->rows_unit)
                                                : (int64_t)fmin(strtod(text, NULL), 9e18);
        }
    }
    return -1;
}

/* What a report says of a table. */
static enum dc_status ask_report(struct dc_connection *connection, const char *sql, int64_t *rows,
                                 struct dc_err *err)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_text_rows report = {0};
    enum dc_status status = connection->class_->texts(connection->inner, sql,
                                                      connection->limits.table_seconds,
                                                      MAX_REPORT_ROWS, arena, &report, err);

    if (status == DC_OK) {
        *rows = find_rows(&connection->dialect->catalogue, &report);
    }
    dc_arena_destroy(arena);
    return status;
}

enum dc_status dc_connection_ask_rows(struct dc_connection *connection, const char *question,
                                      const struct dc_table *table, int64_t *rows,
                                      struct dc_err *err)
{
    struct dc_strbuf name = DC_STRBUF_INIT(MAX_STATEMENT), literal = DC_STRBUF_INIT(MAX_STATEMENT),
                     sql = DC_STRBUF_INIT(MAX_STATEMENT);
    enum dc_status status;
    bool is_null = true;
    int64_t answer = -1;

    dc_quote_table(connection->dialect, table, &name);
    dc_quote_literal(dc_strbuf_text(&name), &literal);
    dc_template_fill(question,
                     (struct dc_filling[]){{"table", dc_strbuf_text(&name)},
                                           {"qualified_text", dc_strbuf_text(&literal)}},
                     2, &sql);
    if (question == connection->dialect->catalogue.rows_of_table &&
        connection->dialect->catalogue.rows_column > 0 && connection->class_->texts != NULL) {
        status = ask_report(connection, dc_strbuf_text(&sql), &answer, err);
        is_null = false;
    } else {
        status = connection->class_->scalar(connection->inner, dc_strbuf_text(&sql),
                                            connection->limits.table_seconds, &answer, &is_null,
                                            err);
    }
    dc_strbuf_done(&name);
    dc_strbuf_done(&literal);
    dc_strbuf_done(&sql);
    if (status != DC_OK) {
        return dc_connection_refine(connection, status, err);
    }
    *rows = is_null || answer < 0 ? -1 : answer;
    return DC_OK;
}

/* Unknown stays unknown when the question fails: a table without rowid, a right that is missing. */
static enum dc_status estimate(struct dc_connection *connection, const char *question,
                               struct dc_table *table, struct dc_err *err)
{
    struct dc_err local = {0};
    int64_t rows = -1;
    enum dc_status status = dc_connection_ask_rows(connection, question, table, &rows, &local);

    if (status == DC_ERR_LOST || status == DC_ERR_CANCELLED) {
        if (err != NULL) {
            *err = local;
        }
        return status;
    }
    table->rows_estimated = status == DC_OK ? rows : -1;
    return DC_OK;
}

static bool wants_estimate(const struct dc_connection *connection, const struct dc_table *table)
{
    return table->rows_estimated < 0 && table->kind == DC_TABLE_BASE &&
           table->skip_reason == NULL && connection->class_->scalar != NULL;
}

static enum dc_status estimate_if_unknown(struct dc_connection *connection, struct dc_table *table,
                                          struct dc_err *err)
{
    const char *const questions[] = {connection->dialect->catalogue.rows_of_table,
                                     connection->dialect->catalogue.rows_counted};
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < 2 && status == DC_OK; i++) {
        if (questions[i] != NULL && wants_estimate(connection, table)) {
            status = estimate(connection, questions[i], table, err);
        }
    }
    return status;
}

/* A table of which no column may be read, or even seen, is not one in which nothing was found. */
static void judge_rights(struct dc_table *table)
{
    size_t n = 0;

    if (table->n_columns == 0 && table->skip_reason == NULL) {
        table->skip_reason = "it has no column that the login can see";
    }
    for (size_t i = 0; i < table->n_columns; i++) {
        n += table->columns[i].unreadable;
    }
    if (n > 0 && n == table->n_columns && table->skip_reason == NULL) {
        table->skip_reason = "the login may not read it";
    }
}

static enum dc_status complete(struct dc_connection *connection, struct dc_catalog *catalog,
                               struct dc_err *err)
{
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < catalog->n_tables && status == DC_OK; i++) {
        struct dc_table *table = &catalog->tables[i];

        for (size_t k = 0; k < table->n_columns; k++) {
            dc_type_complete(connection->dialect, &table->columns[k]);
        }
        judge_rights(table);
        if (connection->dialect->catalogue.comments_in_definition && table->definition != NULL) {
            dc_ddl_comments(catalog, table);
        }
        status = estimate_if_unknown(connection, table, err);
    }
    return status;
}

/* ---- texts of an encoding that nobody told ---- */

static bool is_ascii(const char *text)
{
    while (*text != '\0' && (unsigned char)*text < 0x80) {
        text++;
    }
    return *text == '\0';
}

/* What the names that are not ASCII are: all of them GB18030, or not. */
struct name_count {
    size_t n_gb18030, n_other;
};

static void count_name(struct name_count *count, const char *name)
{
    if (name == NULL || is_ascii(name)) {
        return;
    }
    if (!dc_utf8_valid(name, strlen(name)) &&
        dc_text_guess(name, strlen(name), false) == DC_GUESS_GB18030) {
        count->n_gb18030++;
    } else {
        count->n_other++;
    }
}

static bool has_gb18030_names(const struct dc_catalog *catalog)
{
    struct name_count count = {0};

    for (size_t i = 0; i < catalog->n_tables; i++) {
        const struct dc_table *table = &catalog->tables[i];

        count_name(&count, table->schema);
        count_name(&count, table->name);
        for (size_t k = 0; k < table->n_columns; k++) {
            count_name(&count, table->columns[k].name);
        }
    }
    return count.n_gb18030 > 0 && count.n_other == 0;
}

/* *text as UTF-8 where it is GB18030; *found tells that it was. What is neither stays as it is. */
static void repair(struct dc_arena *arena, const char **text, bool *found)
{
    size_t size = *text == NULL ? 0 : strlen(*text);
    const char *decoded = NULL;

    if (size > 0 && !dc_utf8_valid(*text, size) &&
        dc_text_guess(*text, size, false) == DC_GUESS_GB18030 &&
        dc_text_decode(arena, "GB18030", *text, size, &decoded, NULL) == DC_OK) {
        *text = decoded;
        *found = true;
    }
}

static void repair_names(struct dc_arena *arena, struct dc_table *table, bool *found)
{
    repair(arena, &table->catalog, found);
    repair(arena, &table->schema, found);
    repair(arena, &table->name, found);
    for (size_t i = 0; i < table->n_columns; i++) {
        repair(arena, &table->columns[i].name, found);
        repair(arena, &table->columns[i].ref_schema, found);
        repair(arena, &table->columns[i].ref_table, found);
        repair(arena, &table->columns[i].ref_column, found);
    }
}

static void repair_comments(struct dc_arena *arena, struct dc_table *table, bool *found)
{
    repair(arena, &table->comment, found);
    for (size_t i = 0; i < table->n_columns; i++) {
        repair(arena, &table->columns[i].comment, found);
    }
}

/* Names that were read as GB18030 are sent so, too; where some are in it and some are not, all are sent as they came. */
static enum dc_status repair_texts(struct dc_connection *connection, struct dc_catalog *catalog,
                                   struct dc_err *err)
{
    bool names = has_gb18030_names(catalog), found = false;

    for (size_t i = 0; i < catalog->n_tables; i++) {
        repair_comments(catalog->arena, &catalog->tables[i], &found);
        if (names) {
            repair_names(catalog->arena, &catalog->tables[i], &found);
        }
    }
    connection->assumed = found ? "GB18030" : NULL;
    connection->assumed_names = names;
    return names ? dc_connection_assume(connection, "GB18030", err) : DC_OK;
}

static enum dc_status list_once(struct dc_connection *connection, struct dc_catalog **out,
                                struct dc_err *err)
{
    struct dc_catalog *catalog = dc_catalog_create();
    enum dc_status status = connection->class_->list(connection->inner, connection->source, catalog,
                                                     err);

    if (status == DC_OK) {
        status = repair_texts(connection, catalog, err);
    }
    if (status == DC_OK) {
        drop_out_of_scope(connection, catalog);
        status = complete(connection, catalog, err);
    }
    if (status != DC_OK) {
        dc_catalog_destroy(catalog);
        return dc_connection_refine(connection, status, err);
    }
    dc_catalog_finish(catalog);
    *out = catalog;
    return DC_OK;
}

enum dc_status dc_connection_list(struct dc_connection *connection, struct dc_catalog **out,
                                  struct dc_err *err)
{
    struct dc_err local = {0};
    enum dc_status status = list_once(connection, out, &local);

    for (int i = 0; status != DC_OK && i < DC_MAX_RETRIES &&
                    dc_connection_action(connection, &local) == DC_ACTION_RETRY;
         i++) {
        dc_retry_wait(dc_retry_pause(i));
        local = (struct dc_err){0};
        status = list_once(connection, out, &local);
    }
    if (status != DC_OK && err != NULL) {
        *err = local;
        dc_err_add_object(err, "source \"%s\"", connection->source->name);
    }
    return status;
}
