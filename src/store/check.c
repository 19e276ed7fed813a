/* Whether a store is sound. Nothing is changed, not even its schema. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/store_upkeep.h"
#include "dcscan/strbuf.h"
#include "tables.h"
#include "upkeep.h"

const char *dc_store_severity_name(enum dc_store_severity severity)
{
    return severity == DC_STORE_NOTE ? "note" : "problem";
}

/* ---- what is asked of the store ---- */

struct check {
    const char *word;
    enum dc_store_severity severity;
    const char *sql;  /* one row, one integer: how many; may hold $NOW */
    const char *text; /* what they are */
};

#define ORPHANS(table, column, parent, key)                                                      \
    "SELECT COUNT(*) FROM " table " c WHERE NOT EXISTS (SELECT 1 FROM " parent " p WHERE p." key \
    " = c." column ")"

static const struct check orphans[] = {
    {"orphans", DC_STORE_PROBLEM, ORPHANS("run_source", "run_id", "run", "id"),
     "sources whose run is missing"},
    {"orphans", DC_STORE_PROBLEM, ORPHANS("run_leaf", "run_id", "run", "id"),
     "categories whose run is missing"},
    {"orphans", DC_STORE_PROBLEM, ORPHANS("run_candidate", "run_id", "run", "id"),
     "candidate rules whose run is missing"},
    {"orphans", DC_STORE_PROBLEM, ORPHANS("plan", "run_id", "run", "id"),
     "plans whose run is missing"},
    {"orphans", DC_STORE_PROBLEM, ORPHANS("seat", "run_id", "run", "id"),
     "connections whose run is missing"},
    {"orphans", DC_STORE_PROBLEM, ORPHANS("task", "run_id", "run", "id"),
     "tables whose run is missing"},
    {"orphans", DC_STORE_PROBLEM, ORPHANS("finding", "task_id", "task", "id"),
     "columns whose table is missing"},
    {"orphans", DC_STORE_PROBLEM,
     "SELECT COUNT(*) FROM task c WHERE findings_of <> 0 AND NOT EXISTS (SELECT 1 FROM task p "
     "WHERE p.id = c.findings_of)",
     "tables whose findings lie with a table that is missing"},
    {"reviews", DC_STORE_PROBLEM, ORPHANS("decision", "batch_id", "decision_batch", "id"),
     "decisions of people that are not in the log"},
    {"reviews", DC_STORE_PROBLEM,
     "SELECT COUNT(*) FROM decision c WHERE undone <> 0 AND NOT EXISTS (SELECT 1 FROM "
     "decision_batch p WHERE p.id = c.undone AND p.undo <> 0)",
     "decisions of people whose undoing is not in the log"},
};

/* Of runs that have ended: the counters of one that is under way lag behind. */
static const struct check contradictions[] = {
    {"counters", DC_STORE_PROBLEM,
     "SELECT COUNT(*) FROM run_source s JOIN run r ON r.id = s.run_id WHERE r.finished_at <> 0 AND "
     "r.kind <> '' AND (s.n_tables <> (SELECT COUNT(*) FROM task t WHERE t.run_id = s.run_id AND "
     "t.source = s.name) OR s.n_tables_read <> (SELECT COUNT(*) FROM task t WHERE t.run_id = "
     "s.run_id AND t.source = s.name AND t.state = 'done') OR s.n_columns <> (SELECT "
     "COALESCE(SUM(n_columns), 0) FROM task t WHERE t.run_id = s.run_id AND t.source = s.name))",
     "sources whose counts of tables or columns are not those of their tables"},
    {"counters", DC_STORE_PROBLEM,
     "SELECT COUNT(*) FROM task t WHERE t.open = 0 AND t.state <> 'planned' AND t.columns = '' AND "
     "t.n_columns <> (SELECT COUNT(*) FROM finding f WHERE f.task_id = CASE WHEN t.findings_of = 0 "
     "THEN t.id ELSE t.findings_of END)",
     "tables that have more or fewer columns than were found"},
    {"counters", DC_STORE_PROBLEM,
     "SELECT COUNT(*) FROM run r WHERE r.finished_at <> 0 AND r.complete <> 0 AND (EXISTS (SELECT "
     "1 FROM task t WHERE t.run_id = r.id AND (t.open <> 0 OR t.state <> 'done') AND t.state <> "
     "'skipped') OR EXISTS (SELECT 1 FROM plan p WHERE p.run_id = r.id AND p.state <> 'planned'))",
     "runs called complete with tables that were not read"},
    {"counters", DC_STORE_PROBLEM,
     "SELECT COUNT(*) FROM decision_batch b WHERE b.n_decisions <> (SELECT COUNT(*) FROM decision "
     "d WHERE CASE WHEN b.undo = 0 THEN d.batch_id ELSE d.undone END = b.id)",
     "entries of the log whose number of decisions is another"},
    {"runs", DC_STORE_NOTE,
     "SELECT COUNT(*) FROM run WHERE finished_at <> 0 AND finished_at < started_at",
     "runs that ended before they began: the clock was set back"},
    {"runs", DC_STORE_NOTE, "SELECT COUNT(*) FROM run WHERE finished_at = 0",
     "runs that are under way or were not finished (\"dcscan scan --resume\")"},
    {"leases", DC_STORE_NOTE,
     "SELECT (SELECT COUNT(*) FROM task WHERE open <> 0 AND lease_owner <> '' AND lease_until < "
     "$NOW) + (SELECT COUNT(*) FROM plan WHERE lease_owner <> '' AND lease_until < $NOW) + (SELECT "
     "COUNT(*) FROM seat WHERE lease_until < $NOW)",
     "leases that ran out: their worker died, others may take them"},
    {"leases", DC_STORE_PROBLEM, "SELECT COUNT(*) FROM task WHERE open = 0 AND lease_owner <> ''",
     "leases of tables that are done"},
};

/* ---- remarks ---- */

struct checking {
    struct dc_store *store;
    struct dc_arena *arena;
    struct dc_store_health *health;
    size_t capacity;
};

static void remark(struct checking *checking, const struct check *check, int64_t n,
                   const char *text)
{
    struct dc_store_health *health = checking->health;
    struct dc_store_remark *longer;

    if (health->n_remarks == checking->capacity) { /* in the arena: few grow beyond the first */
        checking->capacity = checking->capacity * 2 + 16;
        longer = dc_arena_alloc(checking->arena, checking->capacity * sizeof *longer);
        if (health->n_remarks > 0) {
            memcpy(longer, health->remarks, health->n_remarks * sizeof *longer);
        }
        health->remarks = longer;
    }
    health->remarks[health->n_remarks++] = (struct dc_store_remark){
        check->severity, check->word, n, dc_arena_strdup(checking->arena, text)};
    health->n_problems += check->severity == DC_STORE_PROBLEM;
}

static enum dc_status ask(struct dc_store *store, const struct check *check, int64_t *n,
                          struct dc_err *err)
{
    char *sql = store_expand(store->dialect, check->sql);
    enum dc_status status = store_ask_once(store, sql, n, err);

    free(sql);
    return status;
}

static enum dc_status ask_all(struct checking *checking, const struct check *checks,
                              size_t n_checks, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < n_checks && status == DC_OK; i++) {
        int64_t n = 0;

        status = ask(checking->store, &checks[i], &n, err);
        if (status == DC_OK && n > 0) {
            remark(checking, &checks[i], n, checks[i].text);
        }
    }
    return status;
}

enum dc_status store_count_orphans(struct dc_store *store, int64_t *n, const char **text,
                                   struct dc_err *err)
{
    enum dc_status status = DC_OK;

    *n = 0;
    for (size_t i = 0; i < sizeof orphans / sizeof orphans[0] && status == DC_OK && *n == 0; i++) {
        status = ask(store, &orphans[i], n, err);
        *text = orphans[i].text;
    }
    return status;
}

/* ---- what the DBMS says ---- */

#define MOST_DAMAGES 20

static enum dc_status ask_integrity(struct checking *checking, struct dc_err *err)
{
    static const struct check damaged = {"integrity", DC_STORE_PROBLEM, NULL, NULL};
    struct dc_odbc_statement *statement = NULL;
    enum dc_fetch fetch = DC_FETCH_ROWS;
    enum dc_status status;

    if (checking->store->dialect->integrity == NULL) {
        return DC_OK;
    }
    status = dc_odbc_query(checking->store->connection, checking->store->dialect->integrity, 0,
                           &statement, err);
    if (status != DC_OK) {
        return status;
    }
    for (int i = 0; i < MOST_DAMAGES && (fetch = dc_odbc_row(statement, err)) == DC_FETCH_ROWS;
         i++) {
        const char *text = dc_odbc_text(statement, 0);

        if (text != NULL && strcmp(text, "ok") != 0) {
            remark(checking, &damaged, 1, text);
        }
    }
    dc_odbc_statement_destroy(statement);
    return fetch == DC_FETCH_ERROR ? store_status_of(err) : DC_OK;
}

/* A column that is missing shows when it is asked for. */
static size_t check_tables(struct checking *checking)
{
    static const struct check missing = {"schema", DC_STORE_PROBLEM, NULL, NULL};
    size_t n = 0;

    for (enum store_table_id id = 0; id < STORE_N_TABLES; id++) {
        struct dc_odbc_param none = {.kind = DC_ODBC_INT, .integer = 0};
        struct dc_odbc_statement *statement = NULL;
        struct dc_err err = {0};
        enum dc_status status = dc_odbc_prepare(
            checking->store->connection, store_table_select(checking->arena, store_table(id)), 0,
            &statement, &err);

        if (status == DC_OK) {
            status = dc_odbc_run(statement, &none, 1, &err);
        }
        if (status != DC_OK) {
            remark(checking, &missing, 1, err.message);
            n++;
        }
        dc_odbc_statement_destroy(statement);
    }
    return n;
}

static enum dc_status count_all(struct checking *checking, struct dc_err *err)
{
    const struct {
        const char *sql;
        int64_t *n;
    } counts[] = {{"SELECT COUNT(*) FROM run", &checking->health->n_runs},
                  {"SELECT COUNT(*) FROM task", &checking->health->n_tables},
                  {"SELECT COALESCE(SUM(n_columns), 0) FROM task", &checking->health->n_columns},
                  {"SELECT COUNT(*) FROM decision", &checking->health->n_decisions},
                  {checking->store->dialect->size, &checking->health->bytes}};
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < sizeof counts / sizeof counts[0] && status == DC_OK; i++) {
        status = store_ask_once(checking->store, counts[i].sql, counts[i].n, err);
    }
    return status;
}

static enum dc_status check_contents(struct checking *checking, struct dc_err *err)
{
    enum dc_status status = count_all(checking, err);

    if (status == DC_OK) {
        status = ask_all(checking, orphans, sizeof orphans / sizeof orphans[0], err);
    }
    if (status == DC_OK) {
        status = ask_all(checking, contradictions, sizeof contradictions / sizeof contradictions[0],
                         err);
    }
    return status;
}

static enum dc_status check_version(struct checking *checking, bool *present, struct dc_err *err)
{
    static const struct check none = {"schema", DC_STORE_PROBLEM, NULL, NULL};
    static const struct check older = {"schema", DC_STORE_NOTE, NULL, NULL};
    struct dc_store_health *health = checking->health;
    struct dc_arena *arena = checking->arena;
    enum dc_status status = store_read_version(checking->store, &health->version, err);

    *present = status == DC_OK && health->version == DC_STORE_SCHEMA_VERSION;
    if (status != DC_OK || *present) {
        return status;
    }
    if (health->version == 0) {
        remark(checking, &none, 1, "there is no inventory in it");
    } else if (health->version > DC_STORE_SCHEMA_VERSION) {
        remark(checking, &none, 1,
               dc_arena_printf(arena, "it has schema version %lld, this program knows %d",
                               (long long)health->version, DC_STORE_SCHEMA_VERSION));
    } else {
        remark(checking, &older, 1,
               dc_arena_printf(arena,
                               "it has schema version %lld; the next command brings it to %d, "
                               "after which its contents can be checked",
                               (long long)health->version, DC_STORE_SCHEMA_VERSION));
    }
    return status;
}

/* Within one snapshot: what is counted belongs together while others write. */
static enum dc_status check_all(struct checking *checking, struct dc_err *err)
{
    bool present = false;
    enum dc_status status = check_version(checking, &present, err);

    if (status == DC_OK) {
        status = ask_integrity(checking, err);
    }
    if (status != DC_OK || !present || check_tables(checking) > 0) {
        return status;
    }
    status = store_begin_snapshot(checking->store, err);
    if (status == DC_OK) {
        status = check_contents(checking, err);
        store_end_snapshot(checking->store);
    }
    return status;
}

/* A file so damaged that nothing can be asked is told as such. */
static enum dc_status told_damage(struct checking *checking, enum dc_status status,
                                  struct dc_err *err)
{
    static const struct check damaged = {"integrity", DC_STORE_PROBLEM, NULL, NULL};
    struct dc_err failure = *err;

    if (strstr(failure.message, "malformed") == NULL &&
        strstr(failure.message, "not a database") == NULL) {
        return status;
    }
    remark(checking, &damaged, 1, failure.message);
    *err = (struct dc_err){0};
    return DC_OK;
}

enum dc_status dc_store_check(const char *where, struct dc_arena *arena,
                              struct dc_store_health *out, struct dc_err *err)
{
    struct checking checking = {.arena = arena, .health = out};
    struct dc_err failure = {0};
    enum dc_status status;

    memset(out, 0, sizeof *out);
    status = store_open_unchecked(where, &checking.store, &failure);
    if (status == DC_OK) {
        out->dbms = checking.store->dialect->name;
        status = check_all(&checking, &failure);
    }
    if (status != DC_OK) {
        status = told_damage(&checking, status, &failure);
    }
    if (status != DC_OK && checking.store != NULL) {
        status = store_fail_read(checking.store, status, &failure);
    }
    if (status != DC_OK && err != NULL) {
        *err = failure;
    }
    dc_store_close(checking.store);
    return status;
}
