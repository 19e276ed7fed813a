/*
 * Every SQL text of the store. They are portable between SQLite and PostgreSQL and pure ASCII (driver managers recode statements by the
 * locale); what differs stands in struct store_dialect and nowhere else.
 */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include <stddef.h>

/* Statements are prepared once and kept for the store's life. */
enum store_statement {
    STORE_NEXT_RUN_ID,
    STORE_INSERT_RUN,
    STORE_INSERT_LEAF,
    STORE_INSERT_CANDIDATE,
    STORE_DELETE_SOURCE,
    STORE_INSERT_SOURCE,
    STORE_END_RUN,
    STORE_LATEST_RUN,
    STORE_LATEST_ENDED_RUN,
    STORE_EARLIER_RUN,
    STORE_NEXT_TASK_ID,
    STORE_INSERT_TASK,
    STORE_FIND_TASK,
    STORE_DELETE_FINDINGS,
    STORE_UPDATE_TASK,
    STORE_INSERT_FINDING,
    STORE_NEXT_BATCH_ID,
    STORE_INSERT_BATCH,
    STORE_NEWEST_DECISION,
    STORE_INSERT_DECISION,
    STORE_COUNT_DECISIONS_IN_FORCE,
    STORE_COUNT_DECISION,
    STORE_UNDO_DECISION,
    STORE_COUNT_BATCH,
    STORE_UNDO_BATCH,
    STORE_N_KEPT, /* those below are prepared by each reader for itself */
    STORE_SELECT_RUN = STORE_N_KEPT,
    STORE_SELECT_SOURCES,
    STORE_SELECT_LEAVES,
    STORE_SELECT_CANDIDATES,
    STORE_SELECT_TASK_IDS,
    STORE_SELECT_TASK,
    STORE_SELECT_FINDINGS,
    STORE_SELECT_DECISIONS,
    STORE_SELECT_DECISIONS_IN_FORCE,
    STORE_SELECT_DECISIONS_OF_TABLE,
    STORE_SELECT_BATCHES,
    STORE_N_STATEMENTS
};

const char *store_statement_sql(enum store_statement statement);

/* A step of the schema: from version - 1 to `version`. Texts may hold $TEXT, the dialect's type of a text that sorts by bytes. */
struct store_migration {
    int version;
    const char *const *sql; /* NULL-terminated */
};

/* In order of version, the last one is DC_STORE_SCHEMA_VERSION. */
const struct store_migration *store_migrations(size_t *n);
extern const char store_insert_version[];

/* What differs between the DBMS that can keep an inventory. */
struct store_dialect {
    const char *dbms;           /* glob on what the driver calls the DBMS */
    const char *text_type;      /* for $TEXT */
    const char *const *session; /* run at once after connecting; NULL-terminated */
    const char *has_schema;     /* one row, one integer: 1 when schema_version is there */
    const char *prelude;        /* before the first migration, or NULL */
    const char
        *file; /* one row, one text: the file that the store is, to lock it by; NULL: no file */
    const char *lock,
        *unlock; /* one row, one integer: 1 when taken; NULL: a file is locked instead */
};

/* NULL when no inventory can be kept there. */
const struct store_dialect *store_dialect_of(const char *dbms);

#endif
