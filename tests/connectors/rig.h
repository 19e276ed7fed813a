/*
 * The conformance suite's rig: a DBMS with a schema of its own, filled from tables that a test writes down as data, and a connection
 * of the kind that dcscan uses. What differs from DBMS to DBMS stands in one row each (rig.c).
 */
#ifndef DCSCAN_TEST_CONNECTORS_RIG_H
#define DCSCAN_TEST_CONNECTORS_RIG_H

#include <criterion/criterion.h>

#include "dcscan/connect.h"
#include "dcscan/provider/mem_connector.h"

enum dbms_kind { DBMS_MEM, DBMS_SQLITE, DBMS_POSTGRESQL, DBMS_MARIADB };

struct dbms {
    enum dbms_kind kind;
    const char *name;
    const char *
        environment; /* holds the connection string; the tests skip when it is not set. NULL: always there */
    const char *quote;
    const char *numbers; /* a table expression with one column n that counts from 1 to %d */
    const char *endless; /* a query that goes on for minutes */
    bool has_rights;     /* tables can be withheld from a login */
    bool random;         /* large tables are sampled at random */
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
    char schema[64], path[64], connection_string[512], include[80];
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
    struct dc_connection *connection;
    struct dc_catalog *catalog;
    struct dc_err err;
};

/* A schema of its own; skips the test when there is no such DBMS. */
void rig_make(struct rig *rig, enum dbms_kind kind);
/* Creates a table and its rows. */
void rig_add(struct rig *rig, const struct conf_table *table);
/* A table of `n` rows (id, v) made by SQL: v is `head…` in the first n_head rows, `tail…` after them. */
void rig_add_numbered(struct rig *rig, const char *name, int n, int n_head);
/* A statement as the administrator; {schema} and {quote} are replaced. */
void rig_do(struct rig *rig, const char *sql);
/* Connects as dcscan does and lists; after all tables are there. */
void rig_connect(struct rig *rig);
const struct dc_table *rig_table(struct rig *rig, const char *name);
void rig_done(struct rig *rig);

/* What a sample delivered. */
struct taken {
    struct dc_sample_info info;
    size_t n_rows, n_heads, n_nulls, n_empty, n_truncated;
    char **cells; /* of the first rows, row by row; NULL is NULL */
    size_t n_kept, n_columns;
};
#define MAX_KEPT 4000
enum dc_status rig_sample(struct rig *rig, const char *table, uint64_t seed, struct taken *out);
const char *taken_cell(const struct taken *taken, size_t row, size_t column);
void taken_done(struct taken *taken);

/* One check, once for each DBMS. */
#define CONFORMANCE(check_name)                       \
    static void check_##check_name(struct rig *rig);  \
    CONFORMS(mem, DBMS_MEM, check_name)               \
    CONFORMS(sqlite, DBMS_SQLITE, check_name)         \
    CONFORMS(postgresql, DBMS_POSTGRESQL, check_name) \
    CONFORMS(mariadb, DBMS_MARIADB, check_name)       \
    static void check_##check_name(struct rig *rig)
/* … but for the one in memory, which reads no statements. */
#define CONFORMANCE_SQL(check_name)                   \
    static void check_##check_name(struct rig *rig);  \
    CONFORMS(sqlite, DBMS_SQLITE, check_name)         \
    CONFORMS(postgresql, DBMS_POSTGRESQL, check_name) \
    CONFORMS(mariadb, DBMS_MARIADB, check_name)       \
    static void check_##check_name(struct rig *rig)
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
