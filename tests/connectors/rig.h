/*
 * The conformance suite's rig: a DBMS with a schema of its own, filled from tables that a test writes down as data, and a connection
 * of the kind that dcscan uses. What differs from DBMS to DBMS stands in one row each (rig.c).
 */
#ifndef DCSCAN_TEST_CONNECTORS_RIG_H
#define DCSCAN_TEST_CONNECTORS_RIG_H

#include <criterion/criterion.h>

#include "dcscan/connect.h"
#include "dcscan/provider/mem_connector.h"
#include "dcscan/strbuf.h"

/* PLAYED: by the scripted driver (tests/driver), for each dialect as the DBMS it is for. */
enum dbms_kind {
    DBMS_MEM,
    DBMS_SQLITE,
    DBMS_POSTGRESQL,
    DBMS_MARIADB,
    DBMS_PLAYED_ACCESS,
    DBMS_PLAYED_CLICKHOUSE,
    DBMS_PLAYED_DB2,
    DBMS_PLAYED_DM,
    DBMS_PLAYED_GENERIC,
    DBMS_PLAYED_HANA,
    DBMS_PLAYED_HIVE,
    DBMS_PLAYED_KINGBASE,
    DBMS_PLAYED_MYSQL,
    DBMS_PLAYED_OCEANBASE_MYSQL,
    DBMS_PLAYED_OCEANBASE_ORACLE,
    DBMS_PLAYED_OPENGAUSS,
    DBMS_PLAYED_OPENGAUSS_PSQLODBC,
    DBMS_PLAYED_ORACLE,
    DBMS_PLAYED_POSTGRESQL,
    DBMS_PLAYED_SPARK,
    DBMS_PLAYED_SQLSERVER,
    DBMS_PLAYED_TDENGINE,
    DBMS_PLAYED_TIDB,
    DBMS_PLAYED_TRINO
};

struct dbms {
    enum dbms_kind kind;
    const char *name;
    const char *
        environment; /* holds the connection string; the tests skip when it is not set. NULL: always there */
    const char *quote;
    const char *numbers; /* a table expression with one column n that counts from 1 to %d */
    const char *endless; /* a query that goes on for minutes */
    bool has_rights;     /* tables can be withheld from a login */
    bool no_seed;        /* its random samples cannot be repeated */
    bool ranges;         /* … by the first rows of many ranges of the key, a statement each */
    bool random;         /* large tables are sampled at random */
    bool no_sizes, no_references; /* the dialect has no question for them */
    bool no_keys, no_column_comments, no_lengths,
        long_texts;        /* varchar without a bound is a long text */
    bool no_dates;         /* a date is a time stamp there */
    bool decimal_integers; /* integers are decimals without decimals */
    bool column_rights;    /* the catalogue tells which columns may be read */
};

/* A dialect, the driver's answers that select it, and its names for integer, varchar, text, blob, decimal and date. */
struct played {
    enum dbms_kind kind;
    const char *dialect, *dbms, *version, *driver;
    const char *types[6];
};

const struct dbms *dbms_of(enum dbms_kind kind);

struct conf_column {
    const char *name, *type, *comment; /* type: of standard SQL */
    bool key;
    const char *ref_table, *ref_column; /* or NULL */
};

struct conf_table {
    const char *name, *comment;
    const struct conf_column *columns;
    size_t n_columns, n_rows;
    dc_mem_cell_fn *cell;
};

#define MAX_CONF_TABLES 16

struct rig {
    const struct dbms *dbms;
    char schema[64], path[64], gone_path[80], connection_string[512], include[80];
    const char *includes[1];
    char *admin_password;
    struct dc_odbc_connection *admin;
    struct dc_mem_table mem_tables[MAX_CONF_TABLES];
    struct dc_mem_column mem_columns[MAX_CONF_TABLES][8];
    struct dc_mem_database mem;
    struct dc_arena *arena;
    struct dc_complaints complaints;
    struct dc_dialects *dialects;
    struct dc_source source;
    struct dc_strbuf script; /* tables, of a DBMS that is played */
    struct dc_connection *connection;
    struct dc_catalog *catalog;
    struct dc_err err;
};

/* A schema of its own; skips the test when there is no such DBMS. */
void rig_make(struct rig *rig, enum dbms_kind kind);
/* Creates a table and its rows. */
void rig_add(struct rig *rig, const struct conf_table *table);
/* A table of `n` rows (id, v): v is `head…` in the first n_head rows, `tail…` after them. `spread`: keys are large and far apart. */
void rig_add_numbered(struct rig *rig, const char *name, int n, int n_head, bool spread);
/* A view with one column n that goes on for minutes; one over a table that is gone, where such a thing can be. */
void rig_add_endless(struct rig *rig, const char *name);
void rig_add_broken_view(struct rig *rig, const char *name);
/* Takes the right to read a table, or one of its columns, from the login. A DBMS that is played has to know before rig_connect. */
void rig_withhold(struct rig *rig, const char *table);
void rig_withhold_column(struct rig *rig, const char *table, const char *kept,
                         const char *withheld);
/* Drops a table; of a DBMS that is played: one that rig_may_drop was called for before rig_connect. */
void rig_may_drop(struct rig *rig, const char *table);
void rig_drop(struct rig *rig, const char *table);
/* A statement as the administrator; {schema} and {quote} are replaced. */
void rig_do(struct rig *rig, const char *sql);
/* Connects as dcscan does and lists; after all tables are there. */
void rig_connect(struct rig *rig);
/* Whether the scripted driver plays the DBMS: what it plays is settled when the connection opens. */
bool rig_is_played(const struct rig *rig);
const struct dc_table *rig_table(struct rig *rig, const char *name);
void rig_done(struct rig *rig);

/* What a sample delivered. */
struct taken {
    struct dc_sample_info info;
    size_t n_rows, n_heads, n_nulls, n_empty, n_truncated;
    char **cells; /* of the first rows, row by row; NULL is NULL */
    size_t n_kept, n_columns;
};
#define MAX_KEPT 8000
enum dc_status rig_sample(struct rig *rig, const char *table, uint64_t seed, struct taken *out);
const char *taken_cell(const struct taken *taken, size_t row, size_t column);
void taken_done(struct taken *taken);

/* ---- rig_scripted.c: what is played ---- */

void rig_scripted_make(struct rig *rig);
void rig_scripted_add(struct rig *rig, const struct conf_table *table);
void rig_scripted_add_numbered(struct rig *rig, const char *name, int n, int n_head, bool spread);
void rig_scripted_add_endless(struct rig *rig, const char *name);
void rig_scripted_withhold(struct rig *rig, const char *table);
void rig_scripted_withhold_column(struct rig *rig, const char *column);
void rig_scripted_may_drop(struct rig *rig, const char *table);
void rig_scripted_drop(const struct rig *rig);
void rig_scripted_write(struct rig *rig);
/* That the driver's answers have selected the dialect they should. */
void rig_scripted_check(const struct rig *rig);
void rig_scripted_done(struct rig *rig);

/* One check, once for each DBMS. */
#define CONFORMANCE(check_name)                      \
    static void check_##check_name(struct rig *rig); \
    CONFORMS(mem, DBMS_MEM, check_name)              \
    CONFORMS_TO_SQL(check_name)                      \
    static void check_##check_name(struct rig *rig)
/* … but for the one in memory, which reads no statements. */
#define CONFORMANCE_SQL(check_name)                  \
    static void check_##check_name(struct rig *rig); \
    CONFORMS_TO_SQL(check_name)                      \
    static void check_##check_name(struct rig *rig)
/* … and those that are played. */
#define CONFORMANCE_SERVER(check_name)               \
    static void check_##check_name(struct rig *rig); \
    CONFORMS_AT_SERVERS(check_name)                  \
    static void check_##check_name(struct rig *rig)
#define CONFORMS_AT_SERVERS(check_name)               \
    CONFORMS(sqlite, DBMS_SQLITE, check_name)         \
    CONFORMS(postgresql, DBMS_POSTGRESQL, check_name) \
    CONFORMS(mariadb, DBMS_MARIADB, check_name)
#define CONFORMS_TO_SQL(check_name)                                                 \
    CONFORMS_AT_SERVERS(check_name)                                                 \
    CONFORMS(played_access, DBMS_PLAYED_ACCESS, check_name)                         \
    CONFORMS(played_clickhouse, DBMS_PLAYED_CLICKHOUSE, check_name)                 \
    CONFORMS(played_db2, DBMS_PLAYED_DB2, check_name)                               \
    CONFORMS(played_dm, DBMS_PLAYED_DM, check_name)                                 \
    CONFORMS(played_generic, DBMS_PLAYED_GENERIC, check_name)                       \
    CONFORMS(played_hana, DBMS_PLAYED_HANA, check_name)                             \
    CONFORMS(played_hive, DBMS_PLAYED_HIVE, check_name)                             \
    CONFORMS(played_kingbase, DBMS_PLAYED_KINGBASE, check_name)                     \
    CONFORMS(played_mysql, DBMS_PLAYED_MYSQL, check_name)                           \
    CONFORMS(played_oceanbase_mysql, DBMS_PLAYED_OCEANBASE_MYSQL, check_name)       \
    CONFORMS(played_oceanbase_oracle, DBMS_PLAYED_OCEANBASE_ORACLE, check_name)     \
    CONFORMS(played_opengauss, DBMS_PLAYED_OPENGAUSS, check_name)                   \
    CONFORMS(played_opengauss_psqlodbc, DBMS_PLAYED_OPENGAUSS_PSQLODBC, check_name) \
    CONFORMS(played_oracle, DBMS_PLAYED_ORACLE, check_name)                         \
    CONFORMS(played_postgresql, DBMS_PLAYED_POSTGRESQL, check_name)                 \
    CONFORMS(played_spark, DBMS_PLAYED_SPARK, check_name)                           \
    CONFORMS(played_sqlserver, DBMS_PLAYED_SQLSERVER, check_name)                   \
    CONFORMS(played_tdengine, DBMS_PLAYED_TDENGINE, check_name)                     \
    CONFORMS(played_tidb, DBMS_PLAYED_TIDB, check_name)                             \
    CONFORMS(played_trino, DBMS_PLAYED_TRINO, check_name)
#define CONFORMS(suite, kind, check_name)   \
    Test(suite, check_name, .timeout = 120) \
    {                                       \
        struct rig rig;                     \
                                            \
        rig_make(&rig, kind);               \
        check_##check_name(&rig);           \
        rig_done(&rig);                     \
    }

#endif
