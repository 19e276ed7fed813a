#include "dialect_load.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

/* The tables below say what stands in a file of connectors/dialects; connectors/README.md says what it means. */

struct identifiers_text {
    const char *quote, *quote_close;
    bool catalogs, schemas, database_is_schema;
};

struct dialect_text {
    const char *name, *title, *read_only_check, *note;
    int tested, wide;
    struct dc_texts dbms, versions, drivers, system_schemas;
    const struct dc_yaml_node *lacks, *identifiers, *catalogue, *session, *login, *sampling, *types,
        *sqlstates;
};

struct login_text {
    struct dc_texts can_write;
    const char *grants, *missing, *encoding, *clock;
    bool none;
};

struct sampling_text {
    int method;
    const char *statement, *key;
    int64_t rows_min, rows_max;
    bool needs_integer_key, base_tables_only, thinned_here;
};

struct type_text {
    struct dc_texts match;
    int type;
    const char *select;
};

struct sqlstate_text {
    const char *state;
    int64_t native;
    int status, action;
};

struct statement_text {
    const char *sql;
    bool optional;
};

#define TEXT(of, key, member, required)                                      \
    {                                                                        \
        key, DC_YAML_TEXT, offsetof(struct of, member), required, 0, 0, NULL \
    }
#define BOOL(of, key, member)                                             \
    {                                                                     \
        key, DC_YAML_BOOL, offsetof(struct of, member), false, 0, 0, NULL \
    }
#define TEXTS(of, key, member, required)                                      \
    {                                                                         \
        key, DC_YAML_TEXTS, offsetof(struct of, member), required, 0, 0, NULL \
    }
#define NODE(of, key, member, required)                                      \
    {                                                                        \
        key, DC_YAML_NODE, offsetof(struct of, member), required, 0, 0, NULL \
    }
#define INT(of, key, member, low, high)                                       \
    {                                                                         \
        key, DC_YAML_INT, offsetof(struct of, member), false, low, high, NULL \
    }
#define ENUM(of, key, member, required, words)                                \
    {                                                                         \
        key, DC_YAML_ENUM, offsetof(struct of, member), required, 0, 0, words \
    }
#define END                                        \
    {                                              \
        NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL \
    }

/* In the order of the enums they stand for, each ended by NULL. */
static const char *const tested_words[] = {"server", "scripted", "untested", NULL};
static const char *const wide_words[] = {"none", "described", "text", NULL};
static const char *const method_words[] = {"none",        "whole", "tablesample", "random_keys",
                                           "random_rows", "head",  NULL};
static const char *const action_words[] = {"skip_table", "retry", "stop_source", NULL};
static const char *const status_words[] = {"read",      "lost",        "timeout", "denied",
                                           "cancelled", "unsupported", NULL};
static const enum dc_status statuses[] = {DC_ERR_READ,   DC_ERR_LOST,      DC_ERR_TIMEOUT,
                                          DC_ERR_DENIED, DC_ERR_CANCELLED, DC_ERR_UNSUPPORTED};
static const char *const type_words[] = {
    "unknown", "text",      "long_text", "integer", "decimal", "real", "boolean", "date",
    "time",    "timestamp", "binary",    "uuid",    "json",    "xml",  "spatial", NULL};
_Static_assert(sizeof type_words / sizeof type_words[0] == DC_N_TYPE_CLASSES + 1, "a word a class");
_Static_assert(sizeof method_words / sizeof method_words[0] == DC_N_SAMPLE_METHODS + 1,
               "a word a method");

static const struct dc_yaml_field dialect_fields[] = {
    TEXT(dialect_text, "name", name, true),
    TEXT(dialect_text, "title", title, true),
    ENUM(dialect_text, "tested", tested, true, tested_words),
    TEXT(dialect_text, "note", note, false),
    TEXTS(dialect_text, "dbms", dbms, false),
    TEXTS(dialect_text, "versions", versions, false),
    TEXTS(dialect_text, "drivers", drivers, false),
    NODE(dialect_text, "lacks", lacks, false), /* for people, and a test that reads it */
    ENUM(dialect_text, "wide", wide, false, wide_words),
    NODE(dialect_text, "identifiers", identifiers, true),
    NODE(dialect_text, "catalogue", catalogue, false),
    TEXTS(dialect_text, "system_schemas", system_schemas, false),
    NODE(dialect_text, "session", session, false),
    TEXT(dialect_text, "read_only_check", read_only_check, false),
    NODE(dialect_text, "login", login, false),
    NODE(dialect_text, "sampling", sampling, true),
    NODE(dialect_text, "types", types, true),
    NODE(dialect_text, "sqlstates", sqlstates, false),
    END,
};

static const struct dc_yaml_field identifiers_fields[] = {
    TEXT(identifiers_text, "quote", quote, true),
    TEXT(identifiers_text, "quote_close", quote_close, false),
    BOOL(identifiers_text, "catalogs", catalogs),
    BOOL(identifiers_text, "schemas", schemas),
    BOOL(identifiers_text, "database_is_schema", database_is_schema),
    END,
};

static const struct dc_yaml_field catalogue_fields[] = {
    TEXT(dc_dialect_catalogue, "tables", tables, false),
    TEXT(dc_dialect_catalogue, "columns", columns, false),
    TEXT(dc_dialect_catalogue, "references", references, false),
    TEXT(dc_dialect_catalogue, "estimates", estimates, false),
    TEXT(dc_dialect_catalogue, "changes", changes, false),
    TEXT(dc_dialect_catalogue, "columns_of_table", columns_of_table, false),
    TEXT(dc_dialect_catalogue, "rows_of_table", rows_of_table, false),
    INT(dc_dialect_catalogue, "rows_column", rows_column, 1, 100),
    TEXT(dc_dialect_catalogue, "rows_row", rows_row, false),
    TEXT(dc_dialect_catalogue, "rows_unit", rows_unit, false),
    TEXT(dc_dialect_catalogue, "rows_counted", rows_counted, false),
    TEXT(dc_dialect_catalogue, "min_key", min_key, false),
    TEXT(dc_dialect_catalogue, "max_key", max_key, false),
    BOOL(dc_dialect_catalogue, "comments_in_definition", comments_in_definition),
    END,
};

static const struct dc_yaml_field login_fields[] = {
    TEXTS(login_text, "can_write", can_write, false),
    TEXT(login_text, "grants", grants, false),
    TEXT(login_text, "missing", missing, false),
    TEXT(login_text, "encoding", encoding, false),
    TEXT(login_text, "clock", clock, false),
    BOOL(login_text, "none", none),
    END,
};

static const struct dc_yaml_field sampling_fields[] = {
    ENUM(sampling_text, "method", method, true, method_words),
    TEXT(sampling_text, "statement", statement, true),
    INT(sampling_text, "rows_min", rows_min, 0, 9e15),
    INT(sampling_text, "rows_max", rows_max, 0, 9e15),
    BOOL(sampling_text, "needs_integer_key", needs_integer_key),
    TEXT(sampling_text, "key", key, false),
    BOOL(sampling_text, "base_tables_only", base_tables_only),
    BOOL(sampling_text, "thinned_here", thinned_here),
    END,
};

static const struct dc_yaml_field type_fields[] = {
    TEXTS(type_text, "match", match, true),
    ENUM(type_text, "class", type, true, type_words),
    TEXT(type_text, "select", select, false),
    END,
};

static const struct dc_yaml_field sqlstate_fields[] = {
    TEXT(sqlstate_text, "state", state, true),
    INT(sqlstate_text, "native", native, -2147483648.0, 2147483647.0),
    ENUM(sqlstate_text, "status", status, true, status_words),
    ENUM(sqlstate_text, "action", action, false, action_words),
    END,
};

static const struct dc_yaml_field statement_fields[] = {
    TEXT(statement_text, "sql", sql, true),
    BOOL(statement_text, "optional", optional),
    END,
};

struct reader {
    struct dc_arena *arena;
    struct dc_complaints *all;
    bool good;
};

static void complain(struct reader *reader, const struct dc_yaml_node *at, const char *subject,
                     const char *problem)
{
    dc_complain(reader->all, at, "%s %s", subject, problem);
    reader->good = false;
}

static void read_map(struct reader *reader, const struct dc_yaml_node *map,
                     const struct dc_yaml_field *fields, void *out)
{
    if (!dc_yaml_read(map, fields, out, reader->arena, reader->all)) {
        reader->good = false;
    }
}

/* A list of maps, or nothing. */
static size_t n_items(struct reader *reader, const struct dc_yaml_node *list)
{
    if (list == NULL) {
        return 0;
    }
    if (list->kind != DC_YAML_LIST) {
        complain(reader, list, "this", "must be a list");
        return 0;
    }
    return list->n_items;
}

/* A template must carry what its method lives by; any other {word} is a slip of the pen. */
static void check_placeholders(struct reader *reader, const struct dc_yaml_node *at,
                               const char *text, const char *const *known)
{
    for (const char *open = strchr(text, '{'); open != NULL; open = strchr(open + 1, '{')) {
        size_t size = strspn(open + 1, "abcdefghijklmnopqrstuvwxyz_");
        bool found = open[1 + size] != '}' || size == 0;

        for (size_t i = 0; !found && known[i] != NULL; i++) {
            found = strlen(known[i]) == size && strncmp(known[i], open + 1, size) == 0;
        }
        if (!found) {
            complain(reader, at, "unknown placeholder",
                     dc_arena_strndup(reader->arena, open, size + 2));
        }
    }
}

static void require(struct reader *reader, const struct dc_yaml_node *at, const char *text,
                    const char *placeholder)
{
    if (strstr(text, placeholder) == NULL) {
        complain(reader, at, "the statement lacks", placeholder);
    }
}

static void read_identifiers(struct reader *reader, const struct dc_yaml_node *node,
                             struct dc_dialect *out)
{
    struct identifiers_text text = {0};

    read_map(reader, node, identifiers_fields, &text);
    out->quote_open = text.quote;
    out->quote_close = text.quote_close != NULL ? text.quote_close : text.quote;
    out->has_catalogs = text.catalogs;
    out->has_schemas = text.schemas;
    out->database_is_schema = text.database_is_schema;
    if (reader->good && (strlen(out->quote_open) > 1 || strlen(out->quote_close) > 1)) {
        complain(reader, node, "a quote", "is one character, or empty: the driver is asked");
    }
}

static void check_per_table(struct reader *reader, const struct dc_yaml_node *map, const char *key,
                            const char *text)
{
    static const char *const known[] = {"table", "qualified_text", "key", NULL};

    if (text != NULL) {
        check_placeholders(reader, dc_yaml_get(map, key), text, known);
        require(reader, dc_yaml_get(map, key), text,
                strstr(text, "{qualified_text}") != NULL ? "" : "{table}");
    }
}

static void read_catalogue(struct reader *reader, const struct dc_yaml_node *node,
                           struct dc_dialect *out)
{
    static const char *const of_table[] = {"table_text", "schema_text", NULL};
    struct dc_dialect_catalogue *catalogue = &out->catalogue;

    if (node == NULL) {
        return;
    }
    read_map(reader, node, catalogue_fields, catalogue);
    if (!reader->good) {
        return;
    }
    if ((catalogue->tables == NULL) != (catalogue->columns == NULL)) {
        complain(reader, node, "\"tables\" and \"columns\"", "belong together");
    }
    check_per_table(reader, node, "rows_of_table", catalogue->rows_of_table);
    check_per_table(reader, node, "rows_counted", catalogue->rows_counted);
    check_per_table(reader, node, "min_key", catalogue->min_key);
    check_per_table(reader, node, "max_key", catalogue->max_key);
    if (catalogue->columns_of_table != NULL) {
        check_placeholders(reader, dc_yaml_get(node, "columns_of_table"),
                           catalogue->columns_of_table, of_table);
    }
    if ((catalogue->min_key == NULL) != (catalogue->max_key == NULL)) {
        complain(reader, node, "min_key and max_key", "belong together");
    }
}

/* An entry is a statement, or a map that says more of it. */
static void read_session(struct reader *reader, const struct dc_yaml_node *list,
                         struct dc_dialect *out)
{
    static const char *const known[] = {"timeout_ms", "timeout_s", NULL};
    size_t n = n_items(reader, list);
    struct dc_dialect_statement *statements = dc_arena_alloc(reader->arena,
                                                             (n + 1) * sizeof *statements);

    for (size_t i = 0; i < n; i++) {
        const struct dc_yaml_node *item = list->items[i];
        struct statement_text text = {0};

        if (item->kind == DC_YAML_SCALAR) {
            text.sql = item->text;
        } else {
            read_map(reader, item, statement_fields, &text);
        }
        if (text.sql != NULL) {
            check_placeholders(reader, item, text.sql, known);
        }
        statements[i] = (struct dc_dialect_statement){text.sql, text.optional};
    }
    out->session = statements;
    out->n_session = n;
}

static void read_login(struct reader *reader, const struct dc_yaml_node *node,
                       struct dc_dialect *out)
{
    struct login_text text = {0};

    if (node == NULL) {
        return;
    }
    read_map(reader, node, login_fields, &text);
    if (text.none && (text.can_write.n_items > 0 || text.grants != NULL)) {
        complain(reader, node, "a DBMS without logins", "has no rights to ask for");
    }
    if (text.grants != NULL && text.can_write.n_items > 0) {
        complain(reader, node, "can_write and grants", "are two ways to ask the same");
    }
    out->login = (struct dc_dialect_login){text.can_write.items,
                                           text.can_write.n_items,
                                           text.grants,
                                           text.missing,
                                           text.encoding,
                                           text.clock,
                                           text.none};
}

static void check_sampling(struct reader *reader, const struct dc_yaml_node *item,
                           const struct dc_dialect *dialect,
                           const struct dc_dialect_sampling *sampling)
{
    static const char *const known[] = {"columns", "table", "limit", "percent", "fraction", "seed",
                                        "key",     "keys",  "low",   "high",    NULL};

    check_placeholders(reader, item, sampling->statement, known);
    require(reader, item, sampling->statement, "{columns}");
    require(reader, item, sampling->statement, "{table}");
    if (sampling->method == DC_SAMPLE_RANDOM_KEYS) {
        bool ranges = strstr(sampling->statement, "{low}") != NULL;

        require(reader, item, sampling->statement, ranges ? "{high}" : "{keys}");
        require(reader, item, sampling->statement, "{key}");
        if (dialect->catalogue.min_key == NULL) {
            complain(reader, item, "random keys need", "min_key and max_key in the catalogue");
        }
    } else if (sampling->method == DC_SAMPLE_RANDOM_ROWS ||
               sampling->method == DC_SAMPLE_TABLESAMPLE) {
        require(reader, item, sampling->statement, sampling->thinned_here ? "" : "{fraction}");
        /* A limit on a sample takes its first rows, in the order of the pages: measured, a sample that is all head. */
        if (strstr(sampling->statement, "{limit}") != NULL) {
            complain(reader, item, "{limit}", "makes a random sample one of the first rows");
        }
    }
}

static void read_sampling(struct reader *reader, const struct dc_yaml_node *list,
                          struct dc_dialect *out)
{
    size_t n = n_items(reader, list);
    struct dc_dialect_sampling *samplings = dc_arena_alloc(reader->arena,
                                                           (n + 1) * sizeof *samplings);

    for (size_t i = 0; i < n; i++) {
        struct sampling_text text = {0};
        bool before = reader->good;

        reader->good = true;
        read_map(reader, list->items[i], sampling_fields, &text);
        samplings[i] = (struct dc_dialect_sampling){(enum dc_sample_method)text.method,
                                                    text.statement,
                                                    text.rows_min,
                                                    text.rows_max,
                                                    text.needs_integer_key,
                                                    text.key,
                                                    text.base_tables_only,
                                                    text.thinned_here};
        if (reader->good) {
            check_sampling(reader, list->items[i], out, &samplings[i]);
        }
        reader->good = reader->good && before;
    }
    if (list != NULL && n == 0) {
        complain(reader, list, "at least one way to sample", "is needed");
    }
    out->samplings = samplings;
    out->n_samplings = n;
}

/* One line of the type map a pattern, so that looking a type up is one walk. */
static void read_types(struct reader *reader, const struct dc_yaml_node *list,
                       struct dc_dialect *out)
{
    static const char *const known[] = {"column", "chars", NULL};
    size_t n = n_items(reader, list), n_types = 0, capacity = 0;
    struct dc_dialect_type *types = NULL;

    for (size_t i = 0; i < n; i++) {
        struct type_text text = {0};

        read_map(reader, list->items[i], type_fields, &text);
        if (text.select != NULL) {
            check_placeholders(reader, list->items[i], text.select, known);
            require(reader, list->items[i], text.select, "{column}");
        }
        for (size_t k = 0; k < text.match.n_items; k++) {
            types = dc_array_grow(types, n_types, &capacity, sizeof *types);
            types[n_types++] = (struct dc_dialect_type){text.match.items[k],
                                                        (enum dc_type_class)text.type, text.select};
        }
    }
    if (n_types > 0) {
        struct dc_dialect_type *kept = dc_arena_alloc(reader->arena, n_types * sizeof *kept);

        memcpy(kept, types, n_types * sizeof *kept);
        out->types = kept;
    }
    free(types);
    out->n_types = n_types;
}

static void read_sqlstates(struct reader *reader, const struct dc_yaml_node *list,
                           struct dc_dialect *out)
{
    size_t n = n_items(reader, list);
    struct dc_dialect_sqlstate *states = dc_arena_alloc(reader->arena, (n + 1) * sizeof *states);

    for (size_t i = 0; i < n; i++) {
        struct sqlstate_text text = {0};
        size_t size;

        read_map(reader, list->items[i], sqlstate_fields, &text);
        size = text.state != NULL ? strlen(text.state) : 5;
        if (size != 5 && size != 2) {
            complain(reader, list->items[i], text.state,
                     "is neither a SQLSTATE nor a class of two characters");
        }
        states[i] = (struct dc_dialect_sqlstate){text.state, (int32_t)text.native,
                                                 statuses[text.status],
                                                 (enum dc_sqlstate_action)text.action};
    }
    out->sqlstates = states;
    out->n_sqlstates = n;
}

bool dc_dialect_read(const char *path, struct dc_arena *arena, struct dc_dialect *out,
                     struct dc_complaints *all)
{
    struct reader reader = {arena, all, true};
    struct dialect_text text = {0};
    const struct dc_yaml_node *root = NULL;
    struct dc_err err = {0};

    if (dc_yaml_load(path, arena, &root, &err) != DC_OK) {
        /* The place stands in the message already. */
        dc_complain(all, NULL, "%s", err.message);
        return false;
    }
    root = dc_dialect_extend(path, root, arena, all);
    if (root == NULL) {
        return false;
    }
    read_map(&reader, root, dialect_fields, &text);
    if (!reader.good) {
        return false;
    }
    *out = (struct dc_dialect){
        .name = text.name, .title = text.title, .tested = tested_words[text.tested]};
    out->wide = (enum dc_wide)text.wide;
    out->dbms_names = text.dbms.items;
    out->n_dbms_names = text.dbms.n_items;
    out->versions = text.versions.items;
    out->n_versions = text.versions.n_items;
    out->drivers = text.drivers.items;
    out->n_drivers = text.drivers.n_items;
    out->system_schemas = text.system_schemas.items;
    out->n_system_schemas = text.system_schemas.n_items;
    out->read_only_check = text.read_only_check;
    read_identifiers(&reader, text.identifiers, out);
    read_catalogue(&reader, text.catalogue, out);
    read_session(&reader, text.session, out);
    read_login(&reader, text.login, out);
    read_sampling(&reader, text.sampling, out);
    read_types(&reader, text.types, out);
    read_sqlstates(&reader, text.sqlstates, out);
    return reader.good;
}
