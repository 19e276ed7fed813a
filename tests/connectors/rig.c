#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"

#define MAX_SQL     ((size_t)1024 * 1024)
#define INSERT_ROWS 200
#define MAX_CELL    4096

#define PLAYED(which, dialect, ...)                                                             \
    {                                                                                           \
        .kind = DBMS_PLAYED_##which, .name = "played " dialect, .has_rights = true, __VA_ARGS__ \
    }

static const struct dbms all_dbms[] = {
    {.kind = DBMS_MEM, .name = "mem", .quote = "\""},
    {.kind = DBMS_SQLITE,
     .name = "sqlite",
     .quote = "\"",
     .numbers = "(WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < %d) "
                "SELECT n FROM c)",
     .endless = "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) AS "
                "n FROM c",
     .random = true},
    {.kind = DBMS_POSTGRESQL,
     .name = "postgresql",
     .environment = "DCSCAN_TEST_POSTGRESQL",
     .quote = "\"",
     .numbers = "generate_series(1, %d) AS s (n)",
     .endless = "SELECT 1 AS n FROM pg_sleep(300)",
     .has_rights = true,
     .column_rights = true,
     .random = true},
    {.kind = DBMS_MARIADB,
     .name = "mariadb",
     .environment = "DCSCAN_TEST_MARIADB",
     .quote = "`",
     .numbers = "(SELECT seq AS n FROM seq_1_to_%d) s",
     .endless = "SELECT sleep(300) AS n",
     .has_rights = true,
     .column_rights = true,
     .random = true},
    PLAYED(ACCESS, "access", .random = true, .no_dates = true),
    PLAYED(CLICKHOUSE, "clickhouse", .random = true, .no_references = true, .no_lengths = true,
           .long_texts = true),
    PLAYED(DB2, "db2", .random = true),
    PLAYED(DM, "dm", .random = true),
    PLAYED(GENERIC, "generic", .random = true, .no_sizes = true),
    PLAYED(HANA, "hana", .random = true),
    PLAYED(HIVE, "hive", .random = true),
    PLAYED(KINGBASE, "kingbase", .random = true, .column_rights = true),
    PLAYED(MYSQL, "mysql", .random = true, .column_rights = true),
    PLAYED(OCEANBASE_MYSQL, "oceanbase_mysql", .random = true, .column_rights = true),
    PLAYED(OCEANBASE_ORACLE, "oceanbase_oracle", .random = true, .no_dates = true,
           .decimal_integers = true),
    PLAYED(OPENGAUSS, "opengauss", .random = true, .column_rights = true),
    PLAYED(OPENGAUSS_PSQLODBC, "opengauss_psqlodbc", .random = true, .column_rights = true),
    PLAYED(ORACLE, "oracle", .random = true, .no_dates = true, .decimal_integers = true),
    PLAYED(POSTGRESQL, "postgresql", .random = true, .column_rights = true),
    PLAYED(SPARK, "spark", .random = true),
    PLAYED(SQLSERVER, "sqlserver", .random = true),
    PLAYED(TDENGINE, "tdengine", .random = true, .ranges = true, .no_references = true,
           .no_dates = true, .no_keys = true, .no_column_comments = true),
    PLAYED(TIDB, "tidb", .random = true, .column_rights = true),
    PLAYED(TRINO, "trino", .random = true, .no_seed = true, .no_references = true, .no_keys = true,
           .long_texts = true),
};

static bool is_played(const struct rig *rig)
{
    return rig->dbms->kind >= DBMS_PLAYED_ACCESS;
}

const struct dbms *dbms_of(enum dbms_kind kind)
{
    return &all_dbms[kind];
}

/* ---- making ---- */

static char *first_line_of(const char *variable)
{
    const char *path = getenv(variable);
    char *content = NULL;
    size_t size;

    if (path == NULL || dc_file_read(path, 4096, &content, &size, NULL) != DC_OK) {
        return NULL;
    }
    content[strcspn(content, "\r\n")] = '\0';
    return content;
}

static void open_admin(struct rig *rig)
{
    struct dc_odbc_open request = {.connection_string = rig->connection_string,
                                   .login_seconds = 10};

    if (rig->dbms->environment != NULL) {
        request.user = getenv("DCSCAN_TEST_ADMIN");
        request.password = rig->admin_password = first_line_of("DCSCAN_TEST_ADMIN_PASSWORD_FILE");
    }
    if (dc_odbc_open(&request, &rig->admin, &rig->err) != DC_OK && rig->dbms->environment == NULL) {
        unlink(rig->path);
        cr_skip_test("no ODBC driver for %s: %s", rig->dbms->name, rig->err.message);
    }
    cr_assert_not_null(rig->admin, "%s", rig->err.message);
}

static void make_sqlite(struct rig *rig)
{
    int file;

    snprintf(rig->path, sizeof rig->path, "/tmp/dcscan-conf-XXXXXX");
    file = mkstemp(rig->path);
    cr_assert_geq(file, 0);
    close(file);
    snprintf(rig->connection_string, sizeof rig->connection_string, "Driver=SQLite3;Database=%s",
             rig->path);
    rig->source.connection = rig->connection_string;
}

static void make_server(struct rig *rig)
{
    const char *text = getenv(rig->dbms->environment);

    if (text == NULL) {
        cr_skip_test("%s is not set", rig->dbms->environment);
    }
    snprintf(rig->connection_string, sizeof rig->connection_string, "%s", text);
    snprintf(rig->schema, sizeof rig->schema, "conf %d", (int)getpid());
    snprintf(rig->include, sizeof rig->include, "%s.*", rig->schema);
    rig->includes[0] = rig->include;
    rig->source.connection = rig->connection_string;
    rig->source.include = rig->includes;
    rig->source.n_include = 1;
    rig->source.user = getenv("DCSCAN_TEST_USER");
    rig->source.secret = (struct dc_secret){DC_SECRET_FILE, getenv("DCSCAN_TEST_PASSWORD_FILE")};
}

void rig_make(struct rig *rig, enum dbms_kind kind)
{
    *rig = (struct rig){.dbms = dbms_of(kind), .arena = dc_arena_create(0)};
    rig->source.name = rig->dbms->name;
    rig->source.connector = kind == DBMS_MEM ? "mem" : "odbc";
    dc_complaints_init(&rig->complaints, rig->arena);
    cr_assert_eq(dc_dialects_load(TEST_ROOT "/connectors/dialects", &rig->dialects,
                                  &rig->complaints, &rig->err),
                 DC_OK, "%s", rig->err.message);
    if (kind == DBMS_MEM) {
        rig->source.connection = dc_mem_address(&rig->mem, rig->connection_string);
        rig->mem.tables = rig->mem_tables;
        return;
    }
    if (is_played(rig)) {
        rig_scripted_make(rig);
        return;
    }
    if (kind == DBMS_SQLITE) {
        make_sqlite(rig);
    } else {
        make_server(rig);
    }
    open_admin(rig);
    if (rig->schema[0] != '\0') {
        rig_do(rig, "CREATE SCHEMA {schema}");
    }
    if (kind == DBMS_POSTGRESQL) {
        rig_do(rig, "GRANT USAGE ON SCHEMA {schema} TO {reader}");
        rig_do(rig,
               "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO {reader}");
    }
}

/* ---- filling ---- */

static void quote(const struct rig *rig, const char *name, struct dc_strbuf *out)
{
    struct dc_dialect dialect = {.quote_open = rig->dbms->quote, .quote_close = rig->dbms->quote};

    dc_quote_identifier(&dialect, name, out);
}

void rig_do(struct rig *rig, const char *sql)
{
    struct dc_strbuf schema = DC_STRBUF_INIT(MAX_SQL), full = DC_STRBUF_INIT(MAX_SQL);
    const char *reader = getenv("DCSCAN_TEST_USER");

    quote(rig, rig->schema, &schema);
    dc_template_fill(sql,
                     (struct dc_filling[]){{"schema", dc_strbuf_text(&schema)},
                                           {"q", rig->dbms->quote},
                                           {"reader", reader != NULL ? reader : ""}},
                     3, &full);
    cr_assert_eq(dc_odbc_execute(rig->admin, dc_strbuf_text(&full), &rig->err), DC_OK, "%.300s: %s",
                 dc_strbuf_text(&full), rig->err.message);
    dc_strbuf_done(&schema);
    dc_strbuf_done(&full);
}

static void put_table(const struct rig *rig, const char *name, struct dc_strbuf *out)
{
    if (rig->schema[0] != '\0') {
        quote(rig, rig->schema, out);
        dc_strbuf_putc(out, '.');
    }
    quote(rig, name, out);
}

static void put_column(const struct rig *rig, const struct conf_column *column, bool last,
                       struct dc_strbuf *out)
{
    quote(rig, column->name, out);
    dc_strbuf_printf(out, " %s%s",
                     rig->dbms->kind == DBMS_POSTGRESQL && strcmp(column->type, "blob") == 0
                         ? "bytea"
                         : column->type,
                     column->key ? " PRIMARY KEY" : "");
    if (rig->dbms->kind == DBMS_MARIADB && column->comment != NULL) {
        dc_strbuf_puts(out, " COMMENT ");
        dc_quote_literal(column->comment, out);
    }
    dc_strbuf_puts(out, last ? "" : ",");
    if (rig->dbms->kind == DBMS_SQLITE && column->comment != NULL) {
        dc_strbuf_printf(out, " -- %s", column->comment);
    }
    dc_strbuf_puts(out, "\n");
}

static void put_reference(const struct rig *rig, const struct conf_column *column,
                          struct dc_strbuf *out)
{
    dc_strbuf_puts(out, ", FOREIGN KEY (");
    quote(rig, column->name, out);
    dc_strbuf_puts(out, ") REFERENCES ");
    if (rig->dbms->kind == DBMS_SQLITE) {
        quote(rig, column->ref_table, out);
    } else {
        put_table(rig, column->ref_table, out);
    }
    dc_strbuf_puts(out, " (");
    quote(rig, column->ref_column, out);
    dc_strbuf_puts(out, ")");
}

static void create(struct rig *rig, const struct conf_table *table)
{
    struct dc_strbuf sql = DC_STRBUF_INIT(MAX_SQL);

    dc_strbuf_puts(&sql, "CREATE TABLE ");
    put_table(rig, table->name, &sql);
    dc_strbuf_puts(&sql, " (");
    if (rig->dbms->kind == DBMS_SQLITE && table->comment != NULL) {
        dc_strbuf_printf(&sql, " -- %s", table->comment);
    }
    dc_strbuf_puts(&sql, "\n");
    for (size_t i = 0; i < table->n_columns; i++) {
        put_column(rig, &table->columns[i], i + 1 == table->n_columns, &sql);
    }
    for (size_t i = 0; i < table->n_columns; i++) {
        if (table->columns[i].ref_table != NULL) {
            put_reference(rig, &table->columns[i], &sql);
        }
    }
    dc_strbuf_puts(&sql, ")");
    if (rig->dbms->kind == DBMS_MARIADB && table->comment != NULL) {
        dc_strbuf_puts(&sql, " COMMENT ");
        dc_quote_literal(table->comment, &sql);
    }
    cr_assert_eq(dc_odbc_execute(rig->admin, dc_strbuf_text(&sql), &rig->err), DC_OK, "%s: %s",
                 dc_strbuf_text(&sql), rig->err.message);
    dc_strbuf_done(&sql);
}

/* PostgreSQL has its comments in statements of their own. */
static void comment_on(struct rig *rig, const struct conf_table *table,
                       const struct conf_column *column)
{
    const char *text = column != NULL ? column->comment : table->comment;
    struct dc_strbuf sql = DC_STRBUF_INIT(MAX_SQL);

    if (text == NULL || rig->dbms->kind != DBMS_POSTGRESQL) {
        return;
    }
    dc_strbuf_puts(&sql, column != NULL ? "COMMENT ON COLUMN " : "COMMENT ON TABLE ");
    put_table(rig, table->name, &sql);
    if (column != NULL) {
        dc_strbuf_putc(&sql, '.');
        quote(rig, column->name, &sql);
    }
    dc_strbuf_puts(&sql, " IS ");
    dc_quote_literal(text, &sql);
    cr_assert_eq(dc_odbc_execute(rig->admin, dc_strbuf_text(&sql), &rig->err), DC_OK, "%s",
                 rig->err.message);
    dc_strbuf_done(&sql);
}

static void put_row(const struct conf_table *table, size_t row, struct dc_strbuf *sql)
{
    char buffer[MAX_CELL];

    for (size_t i = 0; i < table->n_columns; i++) {
        dc_strbuf_puts(sql, i > 0 ? "," : "(");
        dc_quote_literal(table->cell(NULL, row, i, buffer, sizeof buffer), sql);
    }
    dc_strbuf_puts(sql, ")");
}

static void insert(struct rig *rig, const struct conf_table *table)
{
    for (size_t row = 0; row < table->n_rows;) {
        struct dc_strbuf sql = DC_STRBUF_INIT(MAX_SQL);

        dc_strbuf_puts(&sql, "INSERT INTO ");
        put_table(rig, table->name, &sql);
        dc_strbuf_puts(&sql, " VALUES ");
        for (size_t i = 0; i < INSERT_ROWS && row < table->n_rows; i++) {
            dc_strbuf_puts(&sql, i > 0 ? "," : "");
            put_row(table, row++, &sql);
        }
        cr_assert_eq(dc_odbc_execute(rig->admin, dc_strbuf_text(&sql), &rig->err), DC_OK, "%s",
                     rig->err.message);
        dc_strbuf_done(&sql);
    }
}

static void analyze(struct rig *rig, const char *name)
{
    struct dc_strbuf sql = DC_STRBUF_INIT(MAX_SQL);

    if (rig->dbms->kind != DBMS_SQLITE) {
        dc_strbuf_puts(&sql, rig->dbms->kind == DBMS_MARIADB ? "ANALYZE LOCAL TABLE " : "ANALYZE ");
        put_table(rig, name, &sql);
        cr_assert_eq(dc_odbc_execute(rig->admin, dc_strbuf_text(&sql), &rig->err), DC_OK, "%s",
                     rig->err.message);
    }
    dc_strbuf_done(&sql);
}

/* MariaDB has no default rights. */
static void grant(struct rig *rig, const char *name)
{
    struct dc_strbuf sql = DC_STRBUF_INIT(MAX_SQL);

    if (rig->dbms->kind == DBMS_MARIADB) {
        dc_strbuf_puts(&sql, "GRANT SELECT ON ");
        put_table(rig, name, &sql);
        dc_strbuf_printf(&sql, " TO '%s'@'%%'", getenv("DCSCAN_TEST_USER"));
        cr_assert_eq(dc_odbc_execute(rig->admin, dc_strbuf_text(&sql), &rig->err), DC_OK, "%s",
                     rig->err.message);
    }
    dc_strbuf_done(&sql);
}

static void add_to_memory(struct rig *rig, const struct conf_table *table)
{
    size_t n = rig->mem.n_tables++;
    struct dc_mem_column *columns = rig->mem_columns[n];

    for (size_t i = 0; i < table->n_columns; i++) {
        columns[i] = (struct dc_mem_column){
            .name = table->columns[i].name,
            .comment = table->columns[i].comment,
            .type_name = table->columns[i].type,
            .type = dc_glob_match("blob*", table->columns[i].type) ? DC_TYPE_BINARY : DC_TYPE_TEXT,
            .primary_key = table->columns[i].key,
            .ref_table = table->columns[i].ref_table,
            .ref_column = table->columns[i].ref_column};
    }
    rig->mem_tables[n] = (struct dc_mem_table){.name = table->name,
                                               .comment = table->comment,
                                               .columns = columns,
                                               .n_columns = table->n_columns,
                                               .n_rows = table->n_rows,
                                               .cell = table->cell};
}

void rig_add(struct rig *rig, const struct conf_table *table)
{
    if (rig->dbms->kind == DBMS_MEM) {
        add_to_memory(rig, table);
        return;
    }
    if (is_played(rig)) {
        rig_scripted_add(rig, table);
        return;
    }
    create(rig, table);
    comment_on(rig, table, NULL);
    for (size_t i = 0; i < table->n_columns; i++) {
        comment_on(rig, table, &table->columns[i]);
    }
    insert(rig, table);
    grant(rig, table->name);
    analyze(rig, table->name);
}

static void do_with(struct rig *rig, const char *before, const char *table, const char *after);

/* Large and sparse: 7,000,001 apart. */
static void spread_keys(struct rig *rig, const char *name)
{
    if (rig->dbms->kind == DBMS_POSTGRESQL) {
        do_with(rig, "ALTER TABLE ", name, " ALTER COLUMN id TYPE bigint");
    } else if (rig->dbms->kind == DBMS_MARIADB) {
        do_with(rig, "ALTER TABLE ", name, " MODIFY id bigint");
    }
    do_with(rig, "UPDATE ", name, " SET id = 100000000000 + 7000001 * id");
}

static void add_numbered(struct rig *rig, const char *name, int n, int n_head)
{
    struct dc_strbuf sql = DC_STRBUF_INIT(MAX_SQL);
    const bool concat = rig->dbms->kind == DBMS_MARIADB;
    char numbers[256];

    snprintf(numbers, sizeof numbers, "%s", rig->dbms->numbers);
    dc_strbuf_puts(&sql, "CREATE TABLE ");
    put_table(rig, name, &sql);
    dc_strbuf_puts(&sql, " (id integer PRIMARY KEY, v varchar(40))");
    cr_assert_eq(dc_odbc_execute(rig->admin, dc_strbuf_text(&sql), &rig->err), DC_OK, "%s",
                 rig->err.message);
    dc_strbuf_reset(&sql);
    dc_strbuf_puts(&sql, "INSERT INTO ");
    put_table(rig, name, &sql);
    dc_strbuf_printf(
        &sql,
        concat ? " SELECT n, concat(CASE WHEN n <= %d THEN 'head' ELSE 'tail' END, n) FROM "
               : " SELECT n, CASE WHEN n <= %d THEN 'head' ELSE 'tail' END || n FROM ",
        n_head);
    /* The expression's %d is the only one in it. */
    dc_strbuf_append(&sql, numbers, (size_t)(strstr(numbers, "%d") - numbers));
    dc_strbuf_printf(&sql, "%d%s", n, strstr(numbers, "%d") + 2);
    cr_assert_eq(dc_odbc_execute(rig->admin, dc_strbuf_text(&sql), &rig->err), DC_OK, "%s",
                 rig->err.message);
    dc_strbuf_done(&sql);
    grant(rig, name);
    analyze(rig, name);
}

void rig_add_numbered(struct rig *rig, const char *name, int n, int n_head, bool spread)
{
    if (is_played(rig)) {
        rig_scripted_add_numbered(rig, name, n, n_head, spread);
        return;
    }
    add_numbered(rig, name, n, n_head);
    if (spread) {
        spread_keys(rig, name);
    }
}

/* ---- changing ---- */

/* A statement on one table: "DROP TABLE " in front of its name, the rest behind. */
static void do_with(struct rig *rig, const char *before, const char *table, const char *after)
{
    char sql[1024];

    snprintf(sql, sizeof sql, "%s%s%s%s", before, rig->schema[0] != '\0' ? "{schema}." : "", table,
             after);
    rig_do(rig, sql);
}

static const char *from_reader(const struct rig *rig)
{
    return rig->dbms->kind == DBMS_MARIADB ? " FROM '{reader}'@'%'" : " FROM {reader}";
}

void rig_add_endless(struct rig *rig, const char *name)
{
    char after[512];

    if (is_played(rig)) {
        rig_scripted_add_endless(rig, name);
        return;
    }
    snprintf(after, sizeof after, " AS %s", rig->dbms->endless);
    do_with(rig, "CREATE VIEW ", name, after);
    if (rig->dbms->kind == DBMS_MARIADB) {
        do_with(rig, "GRANT SELECT ON ", name, " TO '{reader}'@'%'");
    }
}

void rig_add_broken_view(struct rig *rig, const char *name)
{
    static const struct conf_column column = {.name = "id", .type = "integer"};
    const struct conf_table gone = {.name = "gone", .columns = &column, .n_columns = 1};

    /* PostgreSQL drops no table that a view needs. */
    if (!is_played(rig) && rig->dbms->kind != DBMS_POSTGRESQL) {
        rig_add(rig, &gone);
        do_with(rig, "CREATE VIEW ", name,
                rig->schema[0] != '\0' ? " AS SELECT id FROM {schema}.gone"
                                       : " AS SELECT id FROM gone");
        do_with(rig, "DROP TABLE ", "gone", "");
    }
}

void rig_withhold(struct rig *rig, const char *table)
{
    if (is_played(rig)) {
        rig_scripted_withhold(rig, table);
    } else {
        do_with(rig, "REVOKE SELECT ON ", table, from_reader(rig));
    }
}

void rig_withhold_column(struct rig *rig, const char *table, const char *kept, const char *withheld)
{
    char before[64];

    if (is_played(rig)) {
        rig_scripted_withhold_column(rig, withheld);
        return;
    }
    rig_withhold(rig, table);
    snprintf(before, sizeof before, "GRANT SELECT (%s) ON ", kept);
    do_with(rig, before, table,
            rig->dbms->kind == DBMS_MARIADB ? " TO '{reader}'@'%'" : " TO {reader}");
}

void rig_may_drop(struct rig *rig, const char *table)
{
    if (is_played(rig)) {
        rig_scripted_may_drop(rig, table);
    }
}

void rig_drop(struct rig *rig, const char *table)
{
    if (is_played(rig)) {
        rig_scripted_drop(rig);
    } else {
        do_with(rig, "DROP TABLE ", table, "");
    }
}

/* ---- using ---- */

void rig_connect(struct rig *rig)
{
    if (is_played(rig)) {
        rig_scripted_write(rig);
    }
    cr_assert_eq(dc_connection_open(&rig->source, rig->dialects, &rig->connection, &rig->err),
                 DC_OK, "%s", rig->err.message);
    cr_assert_eq(dc_connection_list(rig->connection, &rig->catalog, &rig->err), DC_OK, "%s",
                 rig->err.message);
}

bool rig_is_played(const struct rig *rig)
{
    return is_played(rig);
}

const struct dc_table *rig_table(struct rig *rig, const char *name)
{
    const struct dc_table *table = dc_catalog_find(rig->catalog, "", rig->schema, name);

    cr_assert_not_null(table, "no table %s", name);
    return table;
}

static void take_cell(struct taken *taken, const struct dc_value *value)
{
    taken->n_nulls += value->null;
    taken->n_empty += !value->null && value->size == 0;
    taken->n_truncated += value->truncated;
    taken->n_heads += !value->null && value->size > 4 && memcmp(value->bytes, "head", 4) == 0;
    if (taken->n_kept < MAX_KEPT) {
        taken->cells[taken->n_kept++] = value->null ? NULL : dc_strndup(value->bytes, value->size);
    }
}

static bool take(void *user, const struct dc_block *block)
{
    struct taken *taken = user;

    taken->n_columns = block->n_columns;
    taken->n_rows += block->n_rows;
    for (size_t r = 0; r < block->n_rows; r++) {
        for (size_t c = 0; c < block->n_columns; c++) {
            struct dc_value value = {NULL, 0, true, false};

            if (block->columns[c].fetched) {
                value = dc_block_value(&block->columns[c], r);
            }
            take_cell(taken, &value);
        }
    }
    return true;
}

enum dc_status rig_sample(struct rig *rig, const char *table, uint64_t seed, struct taken *out)
{
    const struct dc_sample_options options = {.seed = seed};

    *out = (struct taken){.cells = dc_alloc(MAX_KEPT, sizeof *out->cells)};
    rig->err = (struct dc_err){0};
    return dc_connection_sample(rig->connection, rig_table(rig, table), &options, rig->arena, take,
                                out, &out->info, &rig->err);
}

const char *taken_cell(const struct taken *taken, size_t row, size_t column)
{
    cr_assert_lt(row * taken->n_columns + column, taken->n_kept);
    return taken->cells[row * taken->n_columns + column];
}

void taken_done(struct taken *taken)
{
    for (size_t i = 0; i < taken->n_kept; i++) {
        free(taken->cells[i]);
    }
    free(taken->cells);
}

void rig_done(struct rig *rig)
{
    dc_catalog_destroy(rig->catalog);
    dc_connection_close(rig->connection);
    if (is_played(rig)) {
        rig_scripted_done(rig);
    } else if (rig->schema[0] != '\0') {
        rig_do(rig, rig->dbms->kind == DBMS_MARIADB ? "DROP SCHEMA {schema}"
                                                    : "DROP SCHEMA {schema} CASCADE");
    }
    dc_odbc_close(rig->admin);
    dc_secret_wipe(rig->admin_password);
    if (rig->path[0] != '\0') {
        unlink(rig->path);
    }
    dc_dialects_destroy(rig->dialects);
    dc_complaints_done(&rig->complaints);
    dc_arena_destroy(rig->arena);
}
