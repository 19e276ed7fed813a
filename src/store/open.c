/* Opening a store and bringing its schema up to date. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/store_upkeep.h"
#include "store_internal.h"
#include "upkeep.h"

#define LOGIN_SECONDS 15
#define LOCK_ATTEMPTS 50
#define LOCK_PAUSE    (100 * 1000 * 1000) /* nanoseconds */

enum dc_status store_read_version(struct dc_store *store, int64_t *version, struct dc_err *err)
{
    int64_t there = 0;
    enum dc_status status = store_ask_once(store, store->dialect->has_schema, &there, err);

    if (status == DC_OK && there > 0) {
        return store_ask_once(store, "SELECT COALESCE(MAX(version), 0) FROM schema_version",
                              version, err);
    }
    *version = 0;
    return status;
}

static enum dc_status execute_ddl(struct dc_store *store, const char *sql, struct dc_err *err)
{
    char *text = store_expand(store->dialect, sql);
    enum dc_status status = dc_odbc_execute(store->connection, text, err);

    free(text);
    return status;
}

static enum dc_status record_version(struct dc_store *store, int version, struct dc_err *err)
{
    struct dc_odbc_param params[] = {{.kind = DC_ODBC_INT, .integer = version},
                                     {.kind = DC_ODBC_INT, .integer = (int64_t)time(NULL)}};
    struct dc_odbc_statement *statement = NULL;
    enum dc_status status = dc_odbc_prepare(store->connection, store_insert_version, 0, &statement,
                                            err);

    if (status == DC_OK) {
        status = dc_odbc_run(statement, params, 2, err);
        dc_odbc_statement_destroy(statement);
    }
    return status;
}

/* All steps above `version`, together or not at all. */
static enum dc_status migrate(struct dc_store *store, int64_t version, struct dc_err *err)
{
    size_t n;
    const struct store_migration *steps = store_migrations(&n);
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    if (version == 0 && store->dialect->prelude != NULL) {
        status = dc_odbc_execute(store->connection, store->dialect->prelude, err);
    }
    for (size_t i = 0; i < n && status == DC_OK; i++) {
        if (steps[i].version <= version) {
            continue;
        }
        for (const char *const *sql = steps[i].sql; *sql != NULL && status == DC_OK; sql++) {
            status = execute_ddl(store, *sql, err);
        }
        if (status == DC_OK) {
            status = record_version(store, steps[i].version, err);
        }
    }
    return store_finish(store, status, err);
}

static bool is_current(struct dc_store *store)
{
    int64_t version = 0;

    return store_read_version(store, &version, NULL) == DC_OK && version == DC_STORE_SCHEMA_VERSION;
}

/* Another process may be at the same work, for a moment, and begin a run at once; a run of an older program holds the lock for long. */
static enum dc_status lock_patiently(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status = store_lock(store, err);

    for (int i = 0; i < LOCK_ATTEMPTS && status == DC_ERR_LOCKED && !is_current(store); i++) {
        nanosleep(&(struct timespec){.tv_nsec = LOCK_PAUSE}, NULL);
        status = store_lock(store, err);
    }
    return status;
}

static enum dc_status fail_newer(const struct dc_store *store, int64_t version, struct dc_err *err)
{
    dc_err_set(
        err, DC_ERR_CONFIG,
        "could not use the inventory \"%s\": it has schema version %lld, this program knows %d",
        store->place.shown, (long long)version, DC_STORE_SCHEMA_VERSION);
    dc_err_set_hint(err, "use the version of dcscan that made it, or another file with --store");
    return DC_ERR_CONFIG;
}

static enum dc_status update_schema(struct dc_store *store, struct dc_err *err)
{
    int64_t version = 0;
    enum dc_status status = lock_patiently(store, err);

    if (status == DC_ERR_LOCKED && is_current(store)) {
        if (err != NULL) {
            *err = (struct dc_err){0};
        }
        return DC_OK;
    }
    if (status != DC_OK) {
        return status;
    }
    status = store_read_version(store, &version,
                                err); /* again: somebody else may have done it meanwhile */
    if (status != DC_OK) {
        status = store_fail_read(store, status, err);
    } else if (version < DC_STORE_SCHEMA_VERSION) {
        status = migrate(store, version, err);
    }
    store_unlock(store);
    return status;
}

static enum dc_status check_schema(struct dc_store *store, struct dc_err *err)
{
    int64_t version = 0;
    enum dc_status status = store_read_version(store, &version, err);

    if (status != DC_OK) {
        return store_fail_read(store, DC_ERR_CONNECT, err);
    }
    if (version > DC_STORE_SCHEMA_VERSION) {
        return fail_newer(store, version, err);
    }
    return version < DC_STORE_SCHEMA_VERSION ? update_schema(store, err) : DC_OK;
}

static enum dc_status recognise(struct dc_store *store, struct dc_err *err)
{
    struct dc_odbc_info info;
    enum dc_status status = dc_odbc_info(store->connection, &info, err);

    if (status != DC_OK) {
        return store_fail_read(store, status, err);
    }
    store->dialect = store_dialect_of(info.dbms_name);
    if (store->dialect == NULL) {
        return dc_err_set(
            err, DC_ERR_UNSUPPORTED,
            "could not open the inventory: it can be kept in SQLite or PostgreSQL, not in \"%s\"",
            info.dbms_name);
    }
    for (const char *const *sql = store->dialect->session; *sql != NULL && status == DC_OK; sql++) {
        status = dc_odbc_execute(store->connection, *sql, err);
    }
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

static enum dc_status connect_only(struct dc_store *store, struct dc_err *err)
{
    struct dc_odbc_open request = {.dsn = store->place.dsn,
                                   .connection_string = store->place.connection,
                                   .login_seconds = LOGIN_SECONDS};
    enum dc_status status = dc_odbc_open(&request, &store->connection, err);

    if (status != DC_OK) {
        return store_fail_read(store, status, err);
    }
    return recognise(store, err);
}

enum dc_status store_reconnect(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status;

    store_drop_statements(store);
    dc_odbc_close(store->connection);
    store->connection = NULL;
    status = connect_only(store, err);
    if (status != DC_OK) {
        dc_odbc_close(store->connection);
        store->connection = NULL;
    }
    return status;
}

static enum dc_status connect_store(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status = connect_only(store, err);

    return status == DC_OK ? check_schema(store, err) : status;
}

enum dc_status dc_store_open(const char *where, struct dc_store **out, struct dc_err *err)
{
    struct dc_store *store = dc_alloc(1, sizeof *store);
    enum dc_status status = store_place_init(&store->place, where, err);

    store->scratch = dc_arena_create(0);
    if (status == DC_OK) {
        status = connect_store(store, err);
    }
    if (status != DC_OK) {
        dc_store_close(store);
        return status;
    }
    *out = store;
    return DC_OK;
}

/* A file that is missing is not made by those who only look. */
static enum dc_status check_there(const char *where, struct dc_err *err)
{
    if (strncmp(where, STORE_ODBC_PREFIX, strlen(STORE_ODBC_PREFIX)) == 0 ||
        access(where, F_OK) == 0) {
        return DC_OK;
    }
    dc_err_set(err, DC_ERR_CONNECT, "could not open the inventory \"%s\": there is none", where);
    dc_err_set_hint(err, "--store names another; \"dcscan scan\" makes one");
    return DC_ERR_CONNECT;
}

enum dc_status dc_store_open_existing(const char *where, struct dc_store **out, struct dc_err *err)
{
    enum dc_status status = check_there(where, err);

    return status == DC_OK ? dc_store_open(where, out, err) : status;
}

enum dc_status store_open_unchecked(const char *where, struct dc_store **out, struct dc_err *err)
{
    struct dc_store *store;
    enum dc_status status = check_there(where, err);

    if (status != DC_OK) {
        return status;
    }
    store = dc_alloc(1, sizeof *store);
    status = store_place_init(&store->place, where, err);
    store->scratch = dc_arena_create(0);
    if (status == DC_OK) {
        status = connect_only(store, err);
    }
    if (status != DC_OK) {
        dc_store_close(store);
        return status;
    }
    *out = store;
    return DC_OK;
}

void dc_store_close(struct dc_store *store)
{
    if (store == NULL) {
        return;
    }
    store_drop_statements(store);
    store_unlock(store);
    dc_odbc_close(store->connection);
    store_place_done(&store->place);
    dc_arena_destroy(store->scratch);
    free(store);
}
