/* Statements and catalogue calls, with the delays and faults that the script puts on them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "driver.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

bool faults_on(const struct script_table *table)
{
    return table != NULL && (table->when == NULL || access(table->when, F_OK) == 0);
}

/* ---- waiting ---- */

static struct timespec later(int64_t milliseconds)
{
    struct timespec when;

    clock_gettime(CLOCK_REALTIME, &when);
    when.tv_sec += milliseconds / 1000;
    when.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (when.tv_nsec >= 1000000000) {
        when.tv_sec++;
        when.tv_nsec -= 1000000000;
    }
    return when;
}

bool wait_for(struct statement *statement, int64_t milliseconds)
{
    bool timed = statement->seconds > 0 &&
                 (milliseconds < 0 || milliseconds > (int64_t)statement->seconds * 1000);
    struct timespec until = later(timed ? (int64_t)statement->seconds * 1000 : milliseconds);
    bool cancelled;
    int rc = 0;

    pthread_mutex_lock(&statement->lock);
    while (!statement->cancelled && rc != ETIMEDOUT) {
        rc = milliseconds < 0 && !timed
                 ? pthread_cond_wait(&statement->wake, &statement->lock)
                 : pthread_cond_timedwait(&statement->wake, &statement->lock, &until);
    }
    cancelled = statement->cancelled;
    statement->cancelled = false;
    pthread_mutex_unlock(&statement->lock);
    if (cancelled) {
        log_call(statement->connection, "cancelled", "");
        diag_set(&statement->diags, "HY008", 0, "operation cancelled");
    } else if (timed) {
        diag_set(&statement->diags, "HYT00", 0, "timeout expired");
    }
    return !cancelled && !timed;
}

/* ---- statements ---- */

static SQLRETURN begin(struct statement *statement)
{
    pthread_mutex_lock(&statement->lock);
    statement->cancelled = false;
    pthread_mutex_unlock(&statement->lock);
    statement_close(statement);
    if (statement->connection->lost) {
        return diag_set(&statement->diags, "08S01", 0, "communication link failure");
    }
    return SQL_SUCCESS;
}

/* A table's faults at execution. */
static SQLRETURN suffer(struct statement *statement, const struct script_table *table)
{
    struct script_table *own = (struct script_table *)table;

    if (!faults_on(table)) {
        return SQL_SUCCESS;
    }
    if ((table->delay_ms > 0 && !wait_for(statement, table->delay_ms)) ||
        (table->hangs == HANGS_EXECUTE && !wait_for(statement, -1))) {
        return SQL_ERROR;
    }
    if (table->fails.n_items == 0 || table->fails_times < 0) {
        return SQL_SUCCESS;
    }
    /* Counted down to below zero: then the table is well again. */
    if (table->fails_times > 0 && --own->fails_times == 0) {
        own->fails_times = -1;
    }
    return diag_records(&statement->diags, &table->fails);
}

SQLRETURN execute(struct statement *statement, const char *text)
{
    struct answer answer;
    SQLRETURN rc = begin(statement);
    char *plain;

    log_call(statement->connection, "SQLExecDirect", text);
    if (rc != SQL_SUCCESS) {
        return rc;
    }
    plain = script_decode(statement->connection->script, text);
    answer = answer_statement(statement->connection->script, plain);
    free(plain);
    if (answer.delay_ms > 0 || answer.hangs) {
        rc = wait_for(statement, answer.hangs ? -1 : answer.delay_ms) ? SQL_SUCCESS : SQL_ERROR;
    }
    if (rc == SQL_SUCCESS && answer.fails != NULL) {
        rc = diag_records(&statement->diags, answer.fails);
    }
    if (rc == SQL_SUCCESS) {
        rc = suffer(statement, answer.table);
    }
    if (rc != SQL_SUCCESS) {
        result_destroy(answer.result);
        return rc;
    }
    statement->result = answer.result;
    statement->table = answer.table;
    return SQL_SUCCESS;
}

/* ---- catalogue functions ---- */

static const enum field tables_fields[] = {F_CATALOG, F_SCHEMA, F_TABLE, F_ODBC_KIND,
                                           F_TABLE_COMMENT};
static const enum field columns_fields[] = {
    F_CATALOG, F_SCHEMA,   F_TABLE,          F_COLUMN, F_CODE, F_TYPE, F_SIZE, F_SIZE,    F_SCALE,
    F_NULL,    F_NULLABLE, F_COLUMN_COMMENT, F_NULL,   F_CODE, F_NULL, F_SIZE, F_ORDINAL, F_YES};
static const enum field primary_fields[] = {F_CATALOG, F_SCHEMA,  F_TABLE,
                                            F_COLUMN,  F_ORDINAL, F_NULL};
static const enum field foreign_fields[] = {
    F_CATALOG, F_REF_SCHEMA, F_REF_TABLE, F_REF_COLUMN, F_CATALOG, F_SCHEMA, F_TABLE,
    F_COLUMN,  F_ONE,        F_ONE,       F_ONE,        F_NULL,    F_NULL,   F_NULL};
/* One row a table, the one of its size: SQL_TABLE_STAT is 0. */
static const enum field statistics_fields[] = {F_CATALOG, F_SCHEMA, F_TABLE, F_NULL, F_NULL,
                                               F_NULL,    F_ZERO,   F_NULL,  F_NULL, F_NULL,
                                               F_ROWS,    F_PAGES,  F_NULL};

static const struct {
    const char *name;
    enum rows_of kind;
    const enum field *fields;
    size_t n_fields;
    bool about_keys;
} calls[] = {
    [CALL_TABLES] = {"SQLTables", ROWS_TABLES, tables_fields, N(tables_fields), false},
    [CALL_COLUMNS] = {"SQLColumns", ROWS_COLUMNS, columns_fields, N(columns_fields), false},
    [CALL_PRIMARY_KEYS] = {"SQLPrimaryKeys", ROWS_KEYS, primary_fields, N(primary_fields), true},
    [CALL_FOREIGN_KEYS] = {"SQLForeignKeys", ROWS_REFERENCES, foreign_fields, N(foreign_fields),
                           true},
    [CALL_STATISTICS] = {"SQLStatistics", ROWS_TABLES, statistics_fields, N(statistics_fields),
                         false},
};

SQLRETURN catalogue(struct statement *statement, enum catalogue_call call, const char *schema,
                    const char *table)
{
    const struct script *script = statement->connection->script;
    SQLRETURN rc = begin(statement);
    struct result *result;

    log_call(statement->connection, calls[call].name, table != NULL ? table : "");
    if (rc != SQL_SUCCESS) {
        return rc;
    }
    if (!script->functions || (calls[call].about_keys && !script->keys)) {
        return diag_set(&statement->diags, "HYC00", 0, "optional feature not implemented");
    }
    result = result_create(script, calls[call].kind);
    result->fields = calls[call].fields;
    result->n_columns = calls[call].n_fields;
    result->only_schema = schema != NULL && *schema != '\0' ? dc_arena_strdup(result->arena, schema)
                                                            : NULL;
    result->only_table = table != NULL && *table != '\0' ? dc_arena_strdup(result->arena, table)
                                                         : NULL;
    statement->result = result;
    return SQL_SUCCESS;
}
