/*
 * Tasks that workers share: who plans a source, who has which table, who has a connection. A lease is a name and a time by the clock of the
 * DBMS; a worker that lives renews it, and what it held is free again when it does not.
 */
#include <string.h>

#include "store_internal.h"

/* ---- planning ---- */

enum dc_status store_owns_plan(struct dc_store *store, int64_t run_id, const char *source,
                               const char *owner, int64_t *mine, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, run_id);
    store_put_text(&params, source);
    store_put_text(&params, owner);
    return store_ask(store, STORE_OWNS_PLAN, &params, 0, mine, err);
}

enum dc_status dc_store_claim_plan(struct dc_store *store, int64_t run_id, const char *source,
                                   const char *owner, int64_t lease_seconds,
                                   enum dc_store_plan *out, struct dc_err *err)
{
    static const enum dc_store_plan states[] = {DC_PLAN_ELSEWHERE, DC_PLAN_DONE, DC_PLAN_FAILED};
    const int64_t gone = -1;
    struct store_params params = {.store = store};
    int64_t state = 0, mine = 0;
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    store_put_text(&params, owner);
    store_put_int(&params, lease_seconds);
    store_put_int(&params, run_id);
    store_put_text(&params, source);
    store_put_text(&params, owner);
    status = store_run(store, STORE_CLAIM_PLAN, &params, err);
    if (status == DC_OK) {
        status = store_owns_plan(store, run_id, source, owner, &mine, err);
    }
    if (status == DC_OK) {
        store_put_int(&params, run_id);
        store_put_text(&params, source);
        status = store_ask(store, STORE_PLAN_STATE, &params, gone, &state, err);
    }
    status = store_finish(store, status, err);
    if (status == DC_OK && state == gone) {
        dc_err_set(err, DC_ERR_INTERNAL,
                   "could not go on with run %lld: its source \"%s\" is no longer in the store",
                   (long long)run_id, source);
        dc_err_set_hint(err, "the store lost it, or somebody deleted it: begin a new run");
        return DC_ERR_INTERNAL;
    }
    if (status == DC_OK) {
        *out = mine != 0 ? DC_PLAN_MINE : states[state];
    }
    return status;
}

enum dc_status dc_store_fail_plan(struct dc_store *store, int64_t run_id, const char *owner,
                                  const struct dc_run_source *source, struct dc_err *err)
{
    struct store_params params = {.store = store};
    int64_t mine = 0;
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    status = store_owns_plan(store, run_id, source->name, owner, &mine, err);
    if (status == DC_OK && mine != 0) {
        status = store_write_source(store, run_id, source, err);
    }
    if (status == DC_OK && mine != 0) {
        store_put_text(&params, "failed");
        store_put_int(&params, run_id);
        store_put_text(&params, source->name);
        status = store_run(store, STORE_END_PLAN, &params, err);
    }
    return store_finish(store, status, err);
}

/* ---- connections ---- */

static enum dc_status run_on_seat(struct dc_store *store, enum store_statement id,
                                  const struct dc_store_seat *seat, int64_t lease_seconds,
                                  struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, seat->run_id);
    store_put_text(&params, seat->source);
    if (id != STORE_DROP_OLD_SEATS) {
        store_put_text(&params, seat->owner);
        store_put_int(&params, seat->number);
    }
    if (id == STORE_INSERT_SEAT) {
        store_put_int(&params, lease_seconds);
    }
    return store_run(store, id, &params, err);
}

enum dc_status dc_store_take_seat(struct dc_store *store, const struct dc_store_seat *seat,
                                  int64_t limit, int64_t lease_seconds, bool *taken,
                                  struct dc_err *err)
{
    struct store_params params = {.store = store};
    int64_t n_taken = 0;
    enum dc_status status = store_begin_alone(store, err);

    if (status != DC_OK) {
        return status;
    }
    status = run_on_seat(store, STORE_DROP_OLD_SEATS, seat, 0, err);
    /* One of the same name is left of a call whose answer was lost. */
    if (status == DC_OK) {
        status = run_on_seat(store, STORE_DELETE_SEAT, seat, 0, err);
    }
    if (status == DC_OK) {
        store_put_int(&params, seat->run_id);
        store_put_text(&params, seat->source);
        status = store_ask(store, STORE_COUNT_SEATS, &params, 0, &n_taken, err);
    }
    if (status == DC_OK && n_taken < limit) {
        status = run_on_seat(store, STORE_INSERT_SEAT, seat, lease_seconds, err);
    }
    status = store_finish(store, status, err);
    if (status == DC_OK) {
        *taken = n_taken < limit;
    }
    return status;
}

enum dc_status dc_store_leave_seat(struct dc_store *store, const struct dc_store_seat *seat,
                                   struct dc_err *err)
{
    enum dc_status status = store_begin(store, err);

    return status != DC_OK
               ? status
               : store_finish(store, run_on_seat(store, STORE_DELETE_SEAT, seat, 0, err), err);
}

enum dc_status dc_store_other_seats(struct dc_store *store, int64_t run_id, const char *source,
                                    const char *owner, int64_t *n, struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status;

    store_put_int(&params, run_id);
    store_put_text(&params, source);
    store_put_text(&params, owner);
    status = store_ask(store, STORE_COUNT_OTHER_SEATS, &params, 0, n, err);
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

/* ---- tables ---- */

static enum dc_status find_open(struct dc_store *store, int64_t run_id, const char *source,
                                const char *owner, int64_t *task_id, struct dc_err *err)
{
    struct store_params params = {.store = store};

    store_put_int(&params, run_id);
    store_put_text(&params, source);
    store_put_text(&params, owner);
    return store_ask(store, STORE_OPEN_TASK, &params, 0, task_id, err);
}

static enum dc_status lease(struct dc_store *store, const char *owner, struct dc_store_next *next,
                            struct dc_err *err)
{
    struct store_params params = {.store = store};
    int64_t id = 0;
    enum dc_status status = find_open(store, next->run_id, next->source, owner, &id, err);

    if (status == DC_OK && id != 0) {
        store_put_text(&params, owner);
        store_put_int(&params, next->lease_seconds);
        store_put_int(&params, id);
        status = store_run(store, STORE_LEASE_TASK, &params, err);
    }
    next->task_id = id;
    return status;
}

enum dc_status dc_store_lease_task(struct dc_store *store, const char *owner,
                                   struct dc_store_next *next, struct dc_err *err)
{
    enum dc_status status = store_begin(store, err);

    if (status == DC_OK) {
        status = store_finish(store, lease(store, owner, next, err), err);
    }
    next->task_id = status == DC_OK ? next->task_id : 0;
    return status;
}

/* The columns stand in the order of TASK. */
static void take_task(struct store_row *row, struct dc_catalog *catalog, struct dc_store_task *out)
{
    const char *catalog_name, *schema, *name, *comment, *columns, *state, *reason;
    enum dc_table_kind kind;
    struct dc_table *table;
    int64_t rows_estimated;

    store_get_int(row);  /* id */
    store_get_text(row); /* source */
    catalog_name = store_get_text(row);
    schema = store_get_text(row);
    name = store_get_text(row);
    comment = store_get_text(row);
    kind = (enum dc_table_kind)store_get_word(row, store_kind_word, STORE_N_KINDS, DC_TABLE_OTHER);
    rows_estimated = store_get_int(row);
    store_get_int(row); /* number of columns */
    columns = store_get_text(row);
    state = store_get_text(row);
    reason = store_get_text(row);
    table = dc_catalog_add_table(catalog, catalog_name, schema, name, comment, kind);
    table->rows_estimated = rows_estimated;
    table->skip_reason = strcmp(state, STORE_PLANNED) == 0 ? NULL : reason;
    store_decode_table(catalog, table, columns);
    row->next += STORE_N_RESULT_COLUMNS;
    table->pages = store_get_int(row);
    store_decode_names(catalog->arena, store_get_text(row), table);
    store_get_int(row); /* open */
    out->fingerprint = store_get_text(row);
    store_get_text(row); /* changes */
    store_get_int(row);  /* sampled at */
    out->basis = store_get_int(row);
    out->table = table;
}

enum dc_status dc_store_read_task(struct dc_store *store, int64_t task_id,
                                  struct dc_catalog *catalog, struct dc_store_task *out,
                                  struct dc_err *err)
{
    struct dc_odbc_param param = {.kind = DC_ODBC_INT, .integer = task_id};
    struct dc_odbc_statement *statement;
    enum dc_status status = store_prepared(store, STORE_READ_TASK, &statement, err);
    enum dc_fetch fetch;

    if (status == DC_OK) {
        status = dc_odbc_run(statement, &param, 1, err);
    }
    if (status != DC_OK) {
        return store_fail_read(store, status, err);
    }
    fetch = dc_odbc_row(statement, err);
    if (fetch == DC_FETCH_ROWS) {
        struct store_row row = {statement, 0, catalog->arena};

        take_task(&row, catalog, out);
        fetch = dc_odbc_row(statement, err); /* to the end: no cursor stays open */
        return fetch == DC_FETCH_ERROR
                   ? store_fail_read(store, err != NULL ? err->status : DC_ERR_READ, err)
                   : DC_OK;
    }
    if (fetch == DC_FETCH_END) {
        dc_err_set(err, DC_ERR_INTERNAL, "could not read task %lld: it is gone",
                   (long long)task_id);
    }
    return store_fail_read(store, err != NULL ? err->status : DC_ERR_READ, err);
}

enum dc_status dc_store_commit_task(struct dc_store *store, int64_t task_id, const char *owner,
                                    const struct dc_table_result *result, bool *kept,
                                    struct dc_store_next *next, struct dc_err *err)
{
    struct store_params params = {.store = store};
    int64_t mine = 0;
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    next->task_id = 0;
    store_put_int(&params, task_id);
    store_put_text(&params, owner);
    status = store_ask(store, STORE_OWNS_TASK, &params, 0, &mine, err);
    if (status == DC_OK && mine != 0) {
        status = store_write_result(store, task_id, result, err);
    }
    if (status == DC_OK) {
        status = lease(store, owner, next, err);
    }
    status = store_finish(store, status, err);
    if (status == DC_OK) {
        *kept = mine != 0;
    } else {
        next->task_id = 0;
    }
    return status;
}

enum dc_status dc_store_release_task(struct dc_store *store, int64_t task_id, const char *owner,
                                     struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    store_put_int(&params, task_id);
    store_put_text(&params, owner);
    return store_finish(store, store_run(store, STORE_RELEASE_TASK, &params, err), err);
}

/* ---- all that a worker holds ---- */

enum dc_status dc_store_renew(struct dc_store *store, int64_t run_id, const char *owner,
                              int64_t lease_seconds, struct dc_err *err)
{
    static const enum store_statement ids[] = {STORE_RENEW_TASKS, STORE_RENEW_SEATS,
                                               STORE_RENEW_PLANS};
    struct store_params params = {.store = store};
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    for (size_t i = 0; i < sizeof ids / sizeof ids[0] && status == DC_OK; i++) {
        store_put_int(&params, lease_seconds);
        store_put_int(&params, run_id);
        store_put_text(&params, owner);
        status = store_run(store, ids[i], &params, err);
    }
    return store_finish(store, status, err);
}

enum dc_status dc_store_release(struct dc_store *store, int64_t run_id, const char *owner,
                                struct dc_err *err)
{
    static const enum store_statement ids[] = {STORE_RELEASE_TASKS, STORE_RELEASE_SEATS,
                                               STORE_RELEASE_PLANS};
    struct store_params params = {.store = store};
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    for (size_t i = 0; i < sizeof ids / sizeof ids[0] && status == DC_OK; i++) {
        store_put_int(&params, run_id);
        store_put_text(&params, owner);
        store_put_text(&params, owner);
        status = store_run(store, ids[i], &params, err);
    }
    return store_finish(store, status, err);
}

/* ---- what is left ---- */

static void put_run_and_source(struct store_params *params, int64_t run_id, const char *source)
{
    store_put_int(params, run_id);
    store_put_text(params, source);
}

enum dc_status dc_store_source_left(struct dc_store *store, int64_t run_id, const char *source,
                                    bool *left, struct dc_err *err)
{
    struct store_params params = {.store = store};
    int64_t n = 0;
    enum dc_status status;

    put_run_and_source(&params, run_id, source);
    put_run_and_source(&params, run_id, source);
    status = store_ask(store, STORE_SOURCE_LEFT, &params, 0, &n, err);
    if (status != DC_OK) {
        return store_fail_read(store, status, err);
    }
    *left = n > 0;
    return DC_OK;
}

enum dc_status dc_store_count_open(struct dc_store *store, int64_t run_id, const char *source,
                                   int64_t *n, struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status;

    put_run_and_source(&params, run_id, source);
    status = store_ask(store, STORE_COUNT_OPEN, &params, 0, n, err);
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

enum dc_status dc_store_spent(struct dc_store *store, int64_t run_id, const char *source,
                              struct dc_store_spent *out, struct dc_err *err)
{
    const struct {
        enum store_statement id;
        int64_t *number;
    } numbers[] = {{STORE_SPENT_ROWS, &out->rows},
                   {STORE_SPENT_BYTES, &out->bytes},
                   {STORE_SPENT_SINCE, &out->since}};
    struct store_params params = {.store = store};
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0] && status == DC_OK; i++) {
        put_run_and_source(&params, run_id, source);
        status = store_ask(store, numbers[i].id, &params, 0, numbers[i].number, err);
    }
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

enum dc_status dc_store_count_source(struct dc_store *store, int64_t run_id, const char *source,
                                     const char *error, int64_t n_statements, double seconds,
                                     struct dc_err *err)
{
    struct store_params params = {.store = store};
    enum dc_status status = store_begin(store, err);

    if (status != DC_OK) {
        return status;
    }
    store_put_int(&params, n_statements);
    store_put_real(&params, seconds);
    store_put_text(&params, error);
    store_put_text(&params, error);
    for (int i = 0; i < 7; i++) {
        put_run_and_source(&params, run_id, source);
    }
    status = store_run(store, STORE_COUNT_SOURCE, &params, err);
    if (status == DC_OK) {
        put_run_and_source(&params, run_id, source);
        status = store_run(store, STORE_JUDGE_SOURCE, &params, err);
    }
    return store_finish(store, status, err);
}

enum dc_status dc_store_total(struct dc_store *store, int64_t run_id, struct dc_store_totals *out,
                              struct dc_err *err)
{
    const struct {
        enum store_statement id;
        int64_t *number;
    } numbers[] = {{STORE_TOTAL_SOURCES, &out->n_sources},     {STORE_TOTAL_FAILED, &out->n_failed},
                   {STORE_TOTAL_UNPLANNED, &out->n_unplanned}, {STORE_TOTAL_TABLES, &out->n_tables},
                   {STORE_TOTAL_COLUMNS, &out->n_columns},     {STORE_TOTAL_UNREAD, &out->n_unread},
                   {STORE_TOTAL_OPEN, &out->n_open},           {STORE_TOTAL_ENDED, &out->n_ended},
                   {STORE_TOTAL_CARRIED, &out->n_carried}};
    struct store_params params = {.store = store};
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0] && status == DC_OK; i++) {
        store_put_int(&params, run_id);
        status = store_ask(store, numbers[i].id, &params, 0, numbers[i].number, err);
    }
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}
