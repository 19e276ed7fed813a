/* The script: YAML by the tables below. README.md tells what the keys mean. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/connect/dialect_load.h"
#include "dcscan/alloc.h"
#include "driver.h"

#define MAX_COUNT 9e15

#define FIELD(type, key, of, member)                              \
    {                                                             \
        key, type, offsetof(struct of, member), false, 0, 0, NULL \
    }
#define WORDS(key, of, member) FIELD(DC_YAML_TEXT, key, of, member)
#define TEXTS(key, of, member) FIELD(DC_YAML_TEXTS, key, of, member)
#define FLAG(key, of, member)  FIELD(DC_YAML_BOOL, key, of, member)
#define COUNT(key, of, member)                                                            \
    {                                                                                     \
        key, DC_YAML_INT, offsetof(struct of, member), false, -MAX_COUNT, MAX_COUNT, NULL \
    }
#define NODE(key, of, member) FIELD(DC_YAML_NODE, key, of, member)
#define WORD(key, of, member, words)                                       \
    {                                                                      \
        key, DC_YAML_ENUM, offsetof(struct of, member), false, 0, 0, words \
    }
#define END                                        \
    {                                              \
        NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL \
    }

struct script_text {
    const char *dialect, *encoding, *read_only_answer;
    bool blocks, binds, timeouts, max_rows, functions, keys, deaf;
    int lossy;
    const struct dc_yaml_node *info, *connect, *tables, *answers, *denied, *missing;
};
struct table_text {
    struct script_table table;
    const struct dc_yaml_node *columns, *fails, *warns;
};
struct column_text {
    struct script_column column;
    const char *references;
};
struct answer_text {
    struct script_answer answer;
    const struct dc_yaml_node *rows, *fails;
};
struct connect_text {
    struct script_connect connect;
    const struct dc_yaml_node *fails;
};

static const char *const says_words[] = {"exact",    "no_total", "short", "long",
                                         "negative", "silent",   NULL};
static const char *const lossy_words[] = {"nothing", "results", "all", NULL};
static const char *const hang_words[] = {"never", "execute", "fetch", NULL};

static const struct dc_yaml_field script_fields[] = {
    WORDS("dialect", script_text, dialect),
    WORDS("encoding", script_text, encoding),
    WORDS("read_only", script_text, read_only_answer),
    FLAG("blocks", script_text, blocks),
    FLAG("binds", script_text, binds),
    FLAG("timeouts", script_text, timeouts),
    FLAG("max_rows", script_text, max_rows),
    FLAG("functions", script_text, functions),
    FLAG("keys", script_text, keys),
    FLAG("deaf", script_text, deaf),
    WORD("lossy", script_text, lossy, lossy_words),
    NODE("info", script_text, info),
    NODE("connect", script_text, connect),
    NODE("tables", script_text, tables),
    NODE("answers", script_text, answers),
    NODE("denied", script_text, denied),
    NODE("missing", script_text, missing),
    END,
};

static const struct dc_yaml_field info_fields[] = {
    WORDS("dbms", script_info, dbms),
    WORDS("version", script_info, version),
    WORDS("driver", script_info, driver),
    WORDS("driver_version", script_info, driver_version),
    WORDS("quote", script_info, quote),
    WORDS("database", script_info, database),
    WORDS("user", script_info, user),
    FLAG("read_only", script_info, read_only),
    END,
};

static const struct dc_yaml_field connect_fields[] = {
    NODE("fails", connect_text, fails),
    COUNT("at_most", connect_text, connect.at_most),
    COUNT("delay_ms", connect_text, connect.delay_ms),
    END,
};

static const struct dc_yaml_field record_fields[] = {
    WORDS("state", record, state),
    WORDS("message", record, message),
    COUNT("native", record, native),
    END,
};

static const struct dc_yaml_field table_fields[] = {
    WORDS("catalog", table_text, table.catalog),
    WORDS("schema", table_text, table.schema),
    WORDS("name", table_text, table.name),
    WORDS("comment", table_text, table.comment),
    WORDS("kind", table_text, table.kind),
    WORDS("definition", table_text, table.definition),
    COUNT("repeat", table_text, table.repeat),
    COUNT("rows", table_text, table.rows),
    COUNT("estimate", table_text, table.estimate),
    COUNT("pages", table_text, table.pages),
    FLAG("unreadable", table_text, table.unreadable),
    NODE("columns", table_text, columns),
    WORDS("when", table_text, table.when),
    NODE("fails", table_text, fails),
    COUNT("fails_times", table_text, table.fails_times),
    NODE("warns", table_text, warns),
    COUNT("lost_at", table_text, table.lost_at),
    COUNT("bad_row", table_text, table.bad_row),
    WORD("hangs", table_text, table.hangs, hang_words),
    COUNT("hang_row", table_text, table.hang_row),
    COUNT("delay_ms", table_text, table.delay_ms),
    END,
};

static const struct dc_yaml_field column_fields[] = {
    WORDS("name", column_text, column.name),
    WORDS("comment", column_text, column.comment),
    WORDS("type", column_text, column.type),
    COUNT("code", column_text, column.code),
    COUNT("size", column_text, column.size),
    COUNT("scale", column_text, column.scale),
    FLAG("key", column_text, column.key),
    FLAG("counter", column_text, column.counter),
    FLAG("unreadable", column_text, column.unreadable),
    WORDS("references", column_text, references),
    COUNT("lob", column_text, column.lob),
    TEXTS("bytes", column_text, column.bytes),
    TEXTS("values", column_text, column.values),
    WORDS("value", column_text, column.value),
    WORDS("head_value", column_text, column.head_value),
    COUNT("head", column_text, column.head),
    COUNT("start", column_text, column.start),
    COUNT("step", column_text, column.step),
    COUNT("null_every", column_text, column.null_every),
    COUNT("empty_every", column_text, column.empty_every),
    WORD("says", column_text, column.says, says_words),
    END,
};

static const struct dc_yaml_field answer_fields[] = {
    WORDS("match", answer_text, answer.match),
    TEXTS("columns", answer_text, answer.columns),
    NODE("rows", answer_text, rows),
    NODE("fails", answer_text, fails),
    COUNT("delay_ms", answer_text, answer.delay_ms),
    FLAG("hangs", answer_text, answer.hangs),
    END,
};

struct loader {
    struct script *script;
    struct dc_complaints all;
};

static void *take(struct loader *loader, size_t count, size_t size)
{
    return dc_arena_alloc(loader->script->arena, (count + 1) * size);
}

static void read_map(struct loader *loader, const struct dc_yaml_node *map,
                     const struct dc_yaml_field *fields, void *out)
{
    if (map != NULL) {
        dc_yaml_read(map, fields, out, loader->script->arena, &loader->all);
    }
}

static size_t n_items(const struct dc_yaml_node *list)
{
    return list != NULL && list->kind == DC_YAML_LIST ? list->n_items : 0;
}

/* "hex:4142": bytes that YAML cannot hold. */
static const char *plain(struct loader *loader, const char *text)
{
    struct dc_strbuf bytes = DC_STRBUF_INIT(4096);

    if (text == NULL || strncmp(text, "hex:", 4) != 0) {
        return text;
    }
    value_put_hex(text + 4, &bytes);
    text = dc_arena_strdup(loader->script->arena, dc_strbuf_text(&bytes));
    dc_strbuf_done(&bytes);
    return text;
}

/* One record or a list of them. */
static struct records read_records(struct loader *loader, const struct dc_yaml_node *node)
{
    struct records records = {0};

    if (node == NULL) {
        return records;
    }
    records.n_items = node->kind == DC_YAML_MAP ? 1 : n_items(node);
    records.items = take(loader, records.n_items, sizeof *records.items);
    for (size_t i = 0; i < records.n_items; i++) {
        records.items[i].state = "HY000";
        records.items[i].message = "as the script says";
        read_map(loader, node->kind == DC_YAML_MAP ? node : node->items[i], record_fields,
                 &records.items[i]);
        records.items[i].message = plain(loader, records.items[i].message);
    }
    return records;
}

/* "schema.table.column" or "table.column" */
static void read_reference(struct loader *loader, const char *text, struct script_column *column)
{
    char *copy = dc_arena_strdup(loader->script->arena, text), *dot = strrchr(copy, '.');

    if (dot == NULL) {
        dc_complain(&loader->all, NULL, "%s: references \"%s\" is no table.column",
                    loader->script->path, text);
        return;
    }
    *dot = '\0';
    column->ref_column = dot + 1;
    dot = strrchr(copy, '.');
    column->ref_table = dot != NULL ? dot + 1 : copy;
    if (dot != NULL) {
        *dot = '\0';
        column->ref_schema = copy;
    }
}

/* ODBC's numbers of types, by the first words of their names, for scripts that leave `code` out. */
static int64_t code_of(const char *type)
{
    static const struct {
        const char *glob;
        int64_t code;
    } codes[] = {{"*blob*", -4},     {"*binary*", -3},  {"raw*", -3},
                 {"bytea*", -4},     {"*clob*", -1},    {"*text*", -1},
                 {"*char*", 12},     {"*string*", 12},  {"bigint*", -5},
                 {"*int*", 4},       {"number*", 3},    {"*decimal*", 3},
                 {"numeric*", 3},    {"float*", 8},     {"double*", 8},
                 {"real*", 7},       {"datetime*", 93}, {"date*", 91},
                 {"timestamp*", 93}, {"time*", 92},     {"uniqueidentifier*", -11},
                 {"uuid*", -11},     {"bool*", -7},     {"bit*", -7}};

    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (dc_glob_match(codes[i].glob, type)) {
            return codes[i].code;
        }
    }
    return 12;
}

static void read_columns(struct loader *loader, const struct dc_yaml_node *list,
                         struct script_table *table)
{
    table->n_columns = n_items(list);
    table->columns = take(loader, table->n_columns, sizeof *table->columns);
    for (size_t i = 0; i < table->n_columns; i++) {
        struct column_text text = {
            .column = {
                .name = "c", .type = "varchar", .size = -1, .scale = -1, .lob = -1, .step = 0}};

        read_map(loader, list->items[i], column_fields, &text);
        text.column.name = plain(loader, text.column.name);
        text.column.comment = plain(loader, text.column.comment);
        text.column.sequence = text.column.step != 0;
        if (text.column.code == 0) {
            text.column.code = code_of(text.column.type);
        }
        if (text.references != NULL) {
            read_reference(loader, text.references, &text.column);
        }
        table->columns[i] = text.column;
    }
}

static void read_tables(struct loader *loader, const struct dc_yaml_node *list)
{
    struct script *script = loader->script;

    script->n_tables = n_items(list);
    script->tables = take(loader, script->n_tables, sizeof *script->tables);
    for (size_t i = 0; i < script->n_tables; i++) {
        struct table_text text = {.table = {.catalog = "",
                                            .schema = "",
                                            .name = "t",
                                            .kind = "TABLE",
                                            .repeat = 1,
                                            .estimate = -2,
                                            .pages = -1}};

        read_map(loader, list->items[i], table_fields, &text);
        if (text.table.estimate == -2) {
            text.table.estimate = text.table.rows;
        }
        text.table.name = plain(loader, text.table.name);
        text.table.comment = plain(loader, text.table.comment);
        text.table.fails = read_records(loader, text.fails);
        text.table.warns = read_records(loader, text.warns);
        read_columns(loader, text.columns, &text.table);
        script->tables[i] = text.table;
    }
}

static const char **read_row(struct loader *loader, const struct dc_yaml_node *row)
{
    size_t n = n_items(row);
    const char **cells = take(loader, n, sizeof *cells);

    for (size_t i = 0; i < n; i++) {
        const struct dc_yaml_node *cell = row->items[i];
        bool null = cell->kind != DC_YAML_SCALAR ||
                    (!cell->quoted && (strcmp(cell->text, "null") == 0 || cell->text[0] == '\0'));

        cells[i] = null ? NULL : cell->text;
    }
    return cells;
}

static void read_answers(struct loader *loader, const struct dc_yaml_node *list)
{
    struct script *script = loader->script;

    script->n_answers = n_items(list);
    script->answers = take(loader, script->n_answers, sizeof *script->answers);
    for (size_t i = 0; i < script->n_answers; i++) {
        struct answer_text text = {.answer = {.match = ""}};

        read_map(loader, list->items[i], answer_fields, &text);
        text.answer.n_rows = n_items(text.rows);
        text.answer.rows = take(loader, text.answer.n_rows, sizeof *text.answer.rows);
        for (size_t r = 0; r < text.answer.n_rows; r++) {
            text.answer.rows[r] = read_row(loader, text.rows->items[r]);
        }
        text.answer.fails = read_records(loader, text.fails);
        script->answers[i] = text.answer;
    }
}

static void read_dialect(struct loader *loader, const char *path)
{
    struct script *script = loader->script;

    if (path != NULL) {
        script->dialect_path = dc_path_beside(script->arena, script->path, path);
        script->has_dialect = dc_dialect_read(script->dialect_path, script->arena, &script->dialect,
                                              &loader->all);
    }
}

static void read_script(struct loader *loader, const struct dc_yaml_node *root)
{
    struct script *script = loader->script;
    struct script_text text = {.blocks = true,
                               .binds = true,
                               .timeouts = true,
                               .max_rows = true,
                               .functions = true,
                               .keys = true};
    struct connect_text connect = {0};

    script->info = (struct script_info){.dbms = "Scripted",
                                        .version = "1.0",
                                        .driver_version = "1",
                                        .driver = "libscripted.so",
                                        .quote = "\"",
                                        .database = "",
                                        .user = "reader"};
    read_map(loader, root, script_fields, &text);
    read_map(loader, text.info, info_fields, &script->info);
    read_map(loader, text.connect, connect_fields, &connect);
    script->connect = connect.connect;
    script->connect.fails = read_records(loader, connect.fails);
    script->encoding = text.encoding;
    script->read_only_answer = text.read_only_answer;
    script->blocks = text.blocks;
    script->binds = text.binds;
    script->timeouts = text.timeouts;
    script->max_rows = text.max_rows;
    script->functions = text.functions;
    script->keys = text.keys;
    script->deaf = text.deaf;
    script->lossy = text.lossy;
    script->denied = read_records(loader, text.denied);
    script->missing = read_records(loader, text.missing);
    read_dialect(loader, text.dialect);
    read_tables(loader, text.tables);
    read_answers(loader, text.answers);
}

struct script *script_load(const char *path, struct dc_strbuf *problem)
{
    struct script *script = dc_alloc(1, sizeof *script);
    struct loader loader = {.script = script};
    const struct dc_yaml_node *root = NULL;
    struct dc_err err = {0};
    bool good;

    script->arena = dc_arena_create(0);
    script->path = dc_arena_strdup(script->arena, path);
    dc_complaints_init(&loader.all, script->arena);
    if (dc_yaml_load(path, script->arena, &root, &err) != DC_OK) {
        dc_strbuf_puts(problem, err.message);
    } else {
        read_script(&loader, root);
    }
    for (size_t i = 0; i < loader.all.n_lines; i++) {
        dc_strbuf_printf(problem, "%s%s", i > 0 ? "; " : "", loader.all.lines[i]);
    }
    dc_complaints_done(&loader.all);
    good = problem->size == 0;
    if (!good) {
        script_destroy(script);
    }
    return good ? script : NULL;
}

void script_destroy(struct script *script)
{
    if (script != NULL) {
        dc_arena_destroy(script->arena);
        free(script);
    }
}

/* "{n}", "{i}", "{n:6}": returns what stands behind it, or NULL when it is none of them. */
static const char *put_number(const char *at, int64_t number, struct dc_strbuf *out)
{
    int width = 0;

    if (at[0] != '{' || (at[1] != 'n' && at[1] != 'i')) {
        return NULL;
    }
    at += 2;
    if (*at == ':') {
        width = (int)strtol(at + 1, (char **)&at, 10);
    }
    if (*at != '}') {
        return NULL;
    }
    dc_strbuf_printf(out, "%0*lld", width, (long long)number);
    return at + 1;
}

void script_fill(const char *text, int64_t number, struct dc_strbuf *out)
{
    while (*text != '\0') {
        const char *behind = put_number(text, number, out);

        if (behind == NULL) {
            dc_strbuf_putc(out, *text++);
        } else {
            text = behind;
        }
    }
}

static bool is_copy(const char *pattern, const char *name, int64_t copy, struct dc_strbuf *scratch)
{
    dc_strbuf_reset(scratch);
    script_fill(pattern, copy, scratch);
    return strcmp(dc_strbuf_text(scratch), name) == 0;
}

const struct script_table *script_find(const struct script *script, const char *schema,
                                       const char *name, int64_t *copy)
{
    struct dc_strbuf scratch = DC_STRBUF_INIT(4096);
    const struct script_table *found = NULL;

    for (size_t i = 0; i < script->n_tables && found == NULL; i++) {
        const struct script_table *table = &script->tables[i];

        for (int64_t k = 1; k <= table->repeat && found == NULL; k++) {
            if (is_copy(table->name, name, k, &scratch) &&
                (schema == NULL || *schema == '\0' ||
                 is_copy(table->schema, schema, k, &scratch))) {
                found = table;
                *copy = k;
            }
        }
    }
    dc_strbuf_done(&scratch);
    return found;
}
