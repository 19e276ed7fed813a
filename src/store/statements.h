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
    STORE_CARRY_TASK,
    STORE_BASE_RUN,
    STORE_FIND_TASK,
    STORE_DELETE_FINDINGS,
    STORE_UPDATE_TASK,
    STORE_INSERT_FINDING,
    STORE_INSERT_FINDINGS, /* STORE_FINDINGS_AT_ONCE of them */
    STORE_NEXT_BATCH_ID,
    STORE_INSERT_BATCH,
    STORE_NEWEST_DECISION,
    STORE_INSERT_DECISION,
    STORE_COUNT_DECISIONS_IN_FORCE,
    STORE_COUNT_DECISION,
    STORE_UNDO_DECISION,
    STORE_COUNT_BATCH,
    STORE_UNDO_BATCH,
    STORE_INSERT_PLAN,
    STORE_CLAIM_PLAN,
    STORE_OWNS_PLAN,
    STORE_PLAN_STATE,
    STORE_END_PLAN,
    STORE_DROP_OLD_SEATS,
    STORE_COUNT_SEATS,
    STORE_COUNT_OTHER_SEATS,
    STORE_INSERT_SEAT,
    STORE_DELETE_SEAT,
    STORE_OPEN_TASK,
    STORE_READ_TASK,
    STORE_LEASE_TASK,
    STORE_OWNS_TASK,
    STORE_RENEW_TASKS,
    STORE_RENEW_SEATS,
    STORE_RENEW_PLANS,
    STORE_RELEASE_TASKS,
    STORE_RELEASE_SEATS,
    STORE_RELEASE_PLANS,
    STORE_REOPEN_PLANS,
    STORE_RELEASE_TASK,
    STORE_SOURCE_LEFT,
    STORE_COUNT_OPEN,
    STORE_SPENT_ROWS,
    STORE_SPENT_BYTES,
    STORE_SPENT_SINCE,
    STORE_COUNT_SOURCE,
    STORE_JUDGE_SOURCE,
    STORE_TOTAL_SOURCES,
    STORE_TOTAL_FAILED,
    STORE_TOTAL_UNPLANNED,
    STORE_TOTAL_TABLES,
    STORE_TOTAL_COLUMNS,
    STORE_TOTAL_UNREAD,
    STORE_TOTAL_CARRIED,
    STORE_TOTAL_OPEN,
    STORE_TOTAL_ENDED,
    STORE_UNFINISHED_RUN,
    STORE_LABELLED_RUN,
    STORE_LIST_RUNS,
    STORE_LIST_TASKS,
    STORE_LIST_BATCHES,
    STORE_LIST_DROPPABLE,
    STORE_COUNT_RUNS_OF_ID,
    STORE_COUNT_BATCHES_OF_ID,
    STORE_COUNT_DECISIONS_OF_ID,
    STORE_LAST_TASK_ID,
    STORE_OPEN_LOSE_BASIS,
    STORE_HEIRS_TAKE_FINDINGS,
    STORE_OTHERS_FOLLOW_HEIRS,
    STORE_HEIRS_OWN_FINDINGS,
    STORE_DELETE_RUN_FINDINGS,
    STORE_DELETE_RUN_TASKS,
    STORE_DELETE_RUN_PLANS,
    STORE_DELETE_RUN_SEATS,
    STORE_DELETE_RUN_SOURCES,
    STORE_DELETE_RUN_LEAVES,
    STORE_DELETE_RUN_CANDIDATES,
    STORE_DELETE_RUN,
    STORE_READ_BASIS,
    STORE_READ_FINDINGS,
    STORE_N_KEPT, /* those below are prepared by each reader for itself */
    STORE_SELECT_RUN = STORE_N_KEPT,
    STORE_SELECT_SOURCES,
    STORE_SELECT_LEAVES,
    STORE_SELECT_CANDIDATES,
    STORE_SELECT_TASK_IDS,
    STORE_SELECT_TASK,
    STORE_SELECT_PAST,
    STORE_SELECT_SCOPES,
    STORE_SELECT_FINDINGS,
    STORE_SELECT_DECISIONS,
    STORE_SELECT_DECISIONS_IN_FORCE,
    STORE_SELECT_DECISIONS_OF_TABLE,
    STORE_SELECT_BATCHES,
    STORE_N_STATEMENTS
};

/* Columns between those that plan a task and those of its history. */
#define STORE_N_RESULT_COLUMNS 20
/* Columns of a finding, and how many findings go into the store with one statement. */
#define STORE_N_FINDING_COLUMNS 40
#define STORE_FINDINGS_AT_ONCE  4

/* May hold $NOW, $SKIP_LOCKED and $FOR_UPDATE: store_expand puts the dialect's words. */
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
    const char *name;           /* as it is shown */
    const char *text_type;      /* for $TEXT */
    const char *const *session; /* run at once after connecting; NULL-terminated */
    const char *has_schema;     /* one row, one integer: 1 when schema_version is there */
    const char *prelude;        /* before the first migration, or NULL */
    const char
        *file; /* one row, one text: the file that the store is, to lock it by; NULL: no file */
    const char *lock,
        *unlock; /* one row, one integer: 1 when taken; NULL: a file is locked instead */
    /* The same for a hold that the joined share, and whether anybody has it. */
    const char *share, *unshare, *probe, *unprobe;
    const char *begin, *commit, *rollback; /* NULL: the driver's own */
    const char *
        serialise; /* within a transaction: keeps others that ask for the same out until it ends; NULL: every transaction does */
    const char *
        snapshot; /* begins a transaction, or the first statement of one of the driver's, that reads what was there at its beginning */
    const char *size;           /* one row, one integer: bytes that the store takes */
    const char *const *compact; /* gives room back that is not used; NULL-terminated */
    const char
        *integrity;  /* rows of one text: "ok", or what is damaged; NULL: it has no such check */
    const char *now; /* seconds since the epoch by the clock of the DBMS */
    const char *skip_locked, *for_update;
};

/* NULL when no inventory can be kept there. */
const struct store_dialect *store_dialect_of(const char *dbms);

#endif
