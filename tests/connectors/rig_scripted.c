/* DBMS that no test machine has, played by the scripted driver: each dialect gets the answers that select it and its own type names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "rig.h"

#define MAX_SCRIPT ((size_t)8 * 1024 * 1024)
#define MAX_CELL   4096

/* Types in the order integer, varchar, text, blob, decimal, date. */
static const struct played played[] = {
    {DBMS_PLAYED_ACCESS,
     "access",
     "MDBTools",
     "1.0",
     "libmdbodbc.so",
     {"Long Integer", "Text", "Memo/Hyperlink", "OLE", "Numeric", "DateTime"}},
    {DBMS_PLAYED_CLICKHOUSE,
     "clickhouse",
     "ClickHouse",
     "23.8.1.1",
     "libclickhouseodbcw.so",
     {"Int32", "String", "String", "AggregateFunction(uniq, String)", "Decimal(10, 2)", "Date"}},
    {DBMS_PLAYED_DB2,
     "db2",
     "DB2/LINUXX8664",
     "11.05.0900",
     "libdb2o.so.1",
     {"INTEGER", "VARCHAR", "CLOB", "BLOB", "DECIMAL", "DATE"}},
    {DBMS_PLAYED_DM,
     "dm",
     "DM DBMS",
     "8.1.3.62",
     "libdodbc.so",
     {"INTEGER", "VARCHAR", "CLOB", "BLOB", "DECIMAL", "DATE"}},
    {DBMS_PLAYED_GENERIC,
     "generic",
     "Something Else",
     "1.0",
     "libelse.so",
     {"INTEGER", "VARCHAR", "LONGVARCHAR", "BLOB", "DECIMAL", "DATE"}},
    {DBMS_PLAYED_HANA,
     "hana",
     "HDB",
     "2.00.059",
     "libodbcHDB.so",
     {"INTEGER", "NVARCHAR", "NCLOB", "BLOB", "DECIMAL", "DATE"}},
    {DBMS_PLAYED_HIVE,
     "hive",
     "Apache Hive",
     "3.1.3",
     "libclouderahiveodbc64.so",
     {"int", "varchar", "string", "binary", "decimal", "date"}},
    {DBMS_PLAYED_KINGBASE,
     "kingbase",
     "KingbaseES",
     "V008R006",
     "kdbodbcw.so",
     {"integer", "character varying", "text", "bytea", "numeric", "date"}},
    {DBMS_PLAYED_MYSQL,
     "mysql",
     "MySQL",
     "8.0.35",
     "libmyodbc8w.so",
     {"int", "varchar", "longtext", "longblob", "decimal", "date"}},
    {DBMS_PLAYED_OCEANBASE_MYSQL,
     "oceanbase_mysql",
     "MySQL",
     "5.7.25-OceanBase-v4.2.1",
     "libmyodbc8w.so",
     {"int", "varchar", "longtext", "longblob", "decimal", "date"}},
    {DBMS_PLAYED_OCEANBASE_ORACLE,
     "oceanbase_oracle",
     "Oracle",
     "4.2.1",
     "libobodbc.so",
     {"NUMBER", "VARCHAR2", "CLOB", "BLOB", "NUMBER", "DATE"}},
    {DBMS_PLAYED_OPENGAUSS,
     "opengauss",
     "openGauss",
     "5.0.0",
     "psqlodbcw.so",
     {"integer", "character varying", "text", "bytea", "numeric", "date"}},
    {DBMS_PLAYED_OPENGAUSS_PSQLODBC,
     "opengauss_psqlodbc",
     "PostgreSQL",
     "9.2.4",
     "psqlodbcw.so",
     {"integer", "character varying", "text", "bytea", "numeric", "date"}},
    {DBMS_PLAYED_ORACLE,
     "oracle",
     "Oracle",
     "19.00.0000",
     "libsqora.so.19.1",
     {"NUMBER", "VARCHAR2", "CLOB", "BLOB", "NUMBER", "DATE"}},
    {DBMS_PLAYED_POSTGRESQL,
     "postgresql",
     "PostgreSQL",
     "16.1",
     "psqlodbcw.so",
     {"integer", "character varying", "text", "bytea", "numeric", "date"}},
    {DBMS_PLAYED_SPARK,
     "spark",
     "Spark SQL",
     "3.5.0",
     "libsparkodbc_sb64.so",
     {"int", "varchar", "string", "binary", "decimal", "date"}},
    {DBMS_PLAYED_SQLSERVER,
     "sqlserver",
     "Microsoft SQL Server",
     "15.00.4365",
     "libtdsodbc.so",
     {"int", "nvarchar", "ntext", "varbinary", "decimal", "date"}},
    {DBMS_PLAYED_TDENGINE,
     "tdengine",
     "TDengine",
     "3.2.0.0",
     "libtaosodbc.so",
     {"INT", "VARCHAR", "NCHAR", "VARBINARY", "DECIMAL(10,2)", "TIMESTAMP"}},
    {DBMS_PLAYED_TIDB,
     "tidb",
     "MySQL",
     "8.0.11-TiDB-v7.5.0",
     "libmyodbc8w.so",
     {"int", "varchar", "longtext", "longblob", "decimal", "date"}},
    {DBMS_PLAYED_TRINO,
     "trino",
     "Trino",
     "435",
     "libtrinoodbc.so",
     {"integer", "varchar", "varchar", "varbinary", "decimal", "date"}},
};

static const struct played *played_of(const struct rig *rig)
{
    for (size_t i = 0; i < sizeof played / sizeof played[0]; i++) {
        if (played[i].kind == rig->dbms->kind) {
            return &played[i];
        }
    }
    cr_assert_fail("no such DBMS is played");
    return NULL;
}

static const struct dc_dialect *dialect_of(const struct rig *rig)
{
    return dc_dialects_find(rig->dialects, played_of(rig)->dialect);
}

void rig_scripted_make(struct rig *rig)
{
    int file;

    snprintf(rig->path, sizeof rig->path, "/tmp/dcscan-conf-XXXXXX");
    file = mkstemp(rig->path);
    cr_assert_geq(file, 0);
    close(file);
    snprintf(rig->gone_path, sizeof rig->gone_path, "%s.gone", rig->path);
    snprintf(rig->connection_string, sizeof rig->connection_string, "Driver=Scripted;Script=%s",
             rig->path);
    rig->source.connection = rig->connection_string;
    snprintf(rig->schema, sizeof rig->schema, "%s", dialect_of(rig)->has_schemas ? "plant" : "");
    dc_strbuf_init(&rig->script, MAX_SCRIPT);
}

/* ---- the script ---- */

static void put_text(struct dc_strbuf *out, const char *text)
{
    dc_strbuf_putc(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            dc_strbuf_putc(out, '\\');
        }
        dc_strbuf_putc(out, *text);
    }
    dc_strbuf_putc(out, '"');
}

/* Place of a type of the standard among the played types; its size and scale. */
static size_t type_of(const char *type, int *size, int *scale)
{
    static const struct {
        const char *glob;
        int size, scale, code;
    } types[] = {{"int*", 10, 0, 4},   {"varchar*", -1, -1, 12}, {"text", -1, -1, -1},
                 {"blob", -1, -1, -4}, {"decimal*", 10, 2, 3},   {"date", -1, -1, 91}};
    const char *open = strchr(type, '(');

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (dc_glob_match(types[i].glob, type)) {
            *scale = types[i].scale;
            *size = open != NULL && types[i].size < 0 ? (int)strtol(open + 1, NULL, 10)
                                                      : types[i].size;
            return i;
        }
    }
    cr_assert_fail("no such type: %s", type);
    return 0;
}

static void put_column(const struct rig *rig, const struct conf_column *column)
{
    static const int codes[] = {4, 12, -1, -4, 3, 91};
    struct dc_strbuf *out = (struct dc_strbuf *)&rig->script;
    int size = -1, scale = -1;
    size_t type = type_of(column->type, &size, &scale);
    int code = type == 5 && rig->dbms->no_dates ? 93 : codes[type];

    dc_strbuf_puts(out, "{\"name\": ");
    put_text(out, column->name);
    dc_strbuf_puts(out, ", \"type\": ");
    put_text(out, played_of(rig)->types[type]);
    dc_strbuf_printf(out, ", \"code\": %d, \"size\": %d, \"scale\": %d", code, size, scale);
    if (column->comment != NULL) {
        dc_strbuf_puts(out, ", \"comment\": ");
        put_text(out, column->comment);
    }
    if (column->key) {
        dc_strbuf_puts(out, ", \"key\": true");
    }
    if (column->ref_table != NULL) {
        dc_strbuf_printf(out, ", \"references\": \"%s.%s\"", column->ref_table, column->ref_column);
    }
}

static void put_values(const struct rig *rig, const struct conf_table *table, size_t column)
{
    struct dc_strbuf *out = (struct dc_strbuf *)&rig->script;
    char buffer[MAX_CELL];

    dc_strbuf_puts(out, table->n_rows > 0 ? ", \"values\": [" : "");
    for (size_t row = 0; row < table->n_rows; row++) {
        const char *text = table->cell(NULL, row, column, buffer, sizeof buffer);

        dc_strbuf_puts(out, row > 0 ? "," : "");
        put_text(out, text != NULL ? text : "{null}");
    }
    dc_strbuf_puts(out, table->n_rows > 0 ? "]}" : "}");
}

static void begin_table(struct rig *rig, const char *name, const char *comment, size_t n_rows)
{
    struct dc_strbuf *out = &rig->script;

    dc_strbuf_printf(out, "  - {\"schema\": \"%s\", \"rows\": %zu, \"name\": ", rig->schema,
                     n_rows);
    put_text(out, name);
    if (comment != NULL) {
        dc_strbuf_puts(out, ", \"comment\": ");
        put_text(out, comment);
    }
    dc_strbuf_puts(out, ", \"columns\": [");
}

void rig_scripted_add(struct rig *rig, const struct conf_table *table)
{
    begin_table(rig, table->name, table->comment, table->n_rows);
    for (size_t i = 0; i < table->n_columns; i++) {
        dc_strbuf_puts(&rig->script, i > 0 ? ",\n    " : "");
        put_column(rig, &table->columns[i]);
        put_values(rig, table, i);
    }
    dc_strbuf_puts(&rig->script, "]}\n");
}

void rig_scripted_add_numbered(struct rig *rig, const char *name, int n, int n_head, bool spread)
{
    static const struct conf_column id = {.name = "id", .type = "integer", .key = true},
                                    v = {.name = "v", .type = "varchar(40)"};

    begin_table(rig, name, NULL, (size_t)n);
    put_column(rig, &id);
    dc_strbuf_puts(&rig->script, spread ? ", \"start\": 100007000001, \"step\": 7000001},"
                                        : ", \"start\": 1, \"step\": 1},");
    put_column(rig, &v);
    dc_strbuf_printf(&rig->script,
                     ", \"value\": \"tail{n}\", \"head\": %d, \"head_value\": \"head{n}\"}]}\n",
                     n_head);
}

void rig_scripted_add_endless(struct rig *rig, const char *name)
{
    begin_table(rig, name, NULL, 1);
    dc_strbuf_printf(&rig->script,
                     "{\"name\": \"n\", \"type\": \"%s\"}], \"kind\": \"VIEW\", \"estimate\": -1, "
                     "\"hangs\": \"execute\"}\n",
                     played_of(rig)->types[0]);
}

/* What the dialect takes for a missing right. */
static const struct dc_dialect_sqlstate *denied_state(const struct rig *rig)
{
    static const struct dc_dialect_sqlstate fallback = {"42501", 0, DC_ERR_DENIED,
                                                        DC_ACTION_SKIP_TABLE};
    const struct dc_dialect *dialect = dialect_of(rig);

    for (size_t i = 0; i < dialect->n_sqlstates; i++) {
        if (dialect->sqlstates[i].status == DC_ERR_DENIED &&
            strlen(dialect->sqlstates[i].sqlstate) == 5) {
            return &dialect->sqlstates[i];
        }
    }
    return &fallback;
}

/* Puts text behind what follows `"name": "NAME"`, which stands in front of the columns. */
static void change(struct rig *rig, const char *name, const char *text)
{
    struct dc_strbuf mark = DC_STRBUF_INIT(256), changed = DC_STRBUF_INIT(MAX_SCRIPT);
    const char *script = dc_strbuf_text(&rig->script), *at;

    dc_strbuf_puts(&mark, "\"name\": ");
    put_text(&mark, name);
    at = strstr(script, dc_strbuf_text(&mark));
    cr_assert_not_null(at, "%s", name);
    at += mark.size;
    dc_strbuf_append(&changed, script, (size_t)(at - script));
    dc_strbuf_puts(&changed, text);
    dc_strbuf_puts(&changed, at);
    dc_strbuf_done(&rig->script);
    dc_strbuf_done(&mark);
    rig->script = changed;
}

void rig_scripted_withhold(struct rig *rig, const char *table)
{
    const struct dc_dialect_sqlstate *state = denied_state(rig);
    char text[256];

    snprintf(text, sizeof text,
             ", \"fails\": {\"state\": \"%s\", \"native\": %d, \"message\": \"not for you\"}",
             state->sqlstate, state->native_code);
    change(rig, table, text);
}

void rig_scripted_withhold_column(struct rig *rig, const char *column)
{
    change(rig, column, ", \"unreadable\": true");
}

void rig_scripted_may_drop(struct rig *rig, const char *table)
{
    char text[256];

    snprintf(text, sizeof text,
             ", \"when\": \"%s\", \"fails\": {\"state\": \"42S02\", \"message\": \"%s is not "
             "there\"}",
             rig->gone_path, table);
    change(rig, table, text);
}

void rig_scripted_drop(const struct rig *rig)
{
    FILE *file = fopen(rig->gone_path, "w");

    cr_assert_not_null(file);
    fclose(file);
}

void rig_scripted_write(struct rig *rig)
{
    const struct played *who = played_of(rig);
    const struct dc_dialect_sqlstate *state = denied_state(rig);
    FILE *file = fopen(rig->path, "w");

    cr_assert_not_null(file);
    fprintf(file,
            "dialect: " TEST_ROOT "/connectors/dialects/%s.yaml\n"
            "info: {dbms: \"%s\", version: \"%s\", driver: \"%s\", database: \"%s\"}\n"
            "read_only: '1'\n"
            "timeouts: %s\n"
            "denied: {state: '%s', native: %d, message: 'not for you'}\n"
            "tables:\n%s",
            who->dialect, who->dbms, who->version, who->driver, rig->schema,
            rig->dbms->kind % 2 == 0 ? "true" : "false", state->sqlstate, state->native_code,
            dc_strbuf_text(&rig->script));
    fclose(file);
}

void rig_scripted_check(const struct rig *rig)
{
    cr_assert_str_eq(dc_connection_dialect(rig->connection)->name, played_of(rig)->dialect);
}

void rig_scripted_done(struct rig *rig)
{
    unlink(rig->gone_path);
    dc_strbuf_done(&rig->script);
}
