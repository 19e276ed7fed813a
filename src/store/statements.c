#include "statements.h"

#include "dcscan/text.h"

/* ---- schema ---- */

/*
 * Truth values are 0 and 1; numbers of enumerations are written as words. Lists (marks, examples, evidence, columns of a planned table) are
 * JSON; json.c says what stands in them.
 */
static const char *const version_1[] = {
    "CREATE TABLE schema_version (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)",

    "CREATE TABLE run ("
    "id BIGINT NOT NULL PRIMARY KEY, started_at BIGINT NOT NULL, finished_at BIGINT NOT NULL, "
    "program_version $TEXT NOT NULL, pcre2_version $TEXT NOT NULL, odbc_version $TEXT NOT NULL, "
    "taxonomy_name $TEXT NOT NULL, taxonomy_version $TEXT NOT NULL, taxonomy_hash $TEXT NOT NULL, "
    "taxonomy_title_zh $TEXT NOT NULL, taxonomy_title_en $TEXT NOT NULL, host $TEXT NOT NULL, "
    "account $TEXT NOT NULL, seed BIGINT NOT NULL, complete BIGINT NOT NULL)",

    "CREATE TABLE run_source ("
    "run_id BIGINT NOT NULL REFERENCES run (id), name $TEXT NOT NULL, "
    "about_system $TEXT NOT NULL, about_plant $TEXT NOT NULL, about_department $TEXT NOT NULL, "
    "about_owner $TEXT NOT NULL, about_contact $TEXT NOT NULL, about_purpose $TEXT NOT NULL, "
    "about_manner $TEXT NOT NULL, about_scope $TEXT NOT NULL, about_retention $TEXT NOT NULL, "
    "about_storage $TEXT NOT NULL, about_sharing $TEXT NOT NULL, about_export $TEXT NOT NULL, "
    "about_protection $TEXT NOT NULL, about_mlps $TEXT NOT NULL, "
    "dbms $TEXT NOT NULL, dbms_version $TEXT NOT NULL, driver $TEXT NOT NULL, dialect $TEXT NOT "
    "NULL, "
    "login $TEXT NOT NULL, encoding $TEXT NOT NULL, state $TEXT NOT NULL, error $TEXT NOT NULL, "
    "read_only $TEXT NOT NULL, n_tables BIGINT NOT NULL, n_tables_read BIGINT NOT NULL, "
    "n_columns BIGINT NOT NULL, rows_read BIGINT NOT NULL, bytes_read BIGINT NOT NULL, "
    "n_statements BIGINT NOT NULL, seconds DOUBLE PRECISION NOT NULL, level BIGINT NOT NULL, "
    "PRIMARY KEY (run_id, name))",

    "CREATE TABLE run_leaf ("
    "run_id BIGINT NOT NULL REFERENCES run (id), code $TEXT NOT NULL, "
    "name_zh $TEXT NOT NULL, name_en $TEXT NOT NULL, class1_zh $TEXT NOT NULL, class1_en $TEXT NOT "
    "NULL, "
    "class2_zh $TEXT NOT NULL, class2_en $TEXT NOT NULL, miit_zh $TEXT NOT NULL, miit_en $TEXT NOT "
    "NULL, "
    "basis $TEXT NOT NULL, default_level BIGINT NOT NULL, verify BIGINT NOT NULL, "
    "PRIMARY KEY (run_id, code))",

    "CREATE TABLE run_candidate ("
    "run_id BIGINT NOT NULL REFERENCES run (id), id $TEXT NOT NULL, "
    "name_zh $TEXT NOT NULL, name_en $TEXT NOT NULL, basis $TEXT NOT NULL, "
    "check_zh $TEXT NOT NULL, check_en $TEXT NOT NULL, verify BIGINT NOT NULL, "
    "PRIMARY KEY (run_id, id))",

    /* state: planned, done, unreadable, skipped. columns: what the catalogue said, until the findings say it. */
    "CREATE TABLE task ("
    "id BIGINT NOT NULL PRIMARY KEY, run_id BIGINT NOT NULL REFERENCES run (id), source $TEXT NOT "
    "NULL, "
    "catalog_name $TEXT NOT NULL, schema_name $TEXT NOT NULL, table_name $TEXT NOT NULL, "
    "comment $TEXT NOT NULL, kind $TEXT NOT NULL, rows_estimated BIGINT NOT NULL, n_columns BIGINT "
    "NOT NULL, "
    "columns $TEXT NOT NULL, state $TEXT NOT NULL, reason $TEXT NOT NULL, "
    "sample_method $TEXT NOT NULL, sample_statement $TEXT NOT NULL, rows_asked BIGINT NOT NULL, "
    "rows_read BIGINT NOT NULL, bytes_read BIGINT NOT NULL, seconds DOUBLE PRECISION NOT NULL, cut "
    "BIGINT NOT NULL, "
    "subject $TEXT NOT NULL, subject_name_zh $TEXT NOT NULL, subject_name_en $TEXT NOT NULL, "
    "subject_score DOUBLE PRECISION NOT NULL, level BIGINT NOT NULL, level_column $TEXT NOT NULL, "
    "leaf $TEXT NOT NULL, "
    "n_personal BIGINT NOT NULL, n_sensitive BIGINT NOT NULL, n_important BIGINT NOT NULL, "
    "n_review BIGINT NOT NULL, "
    "UNIQUE (run_id, source, catalog_name, schema_name, table_name))",

    "CREATE TABLE finding ("
    "task_id BIGINT NOT NULL REFERENCES task (id), place BIGINT NOT NULL, "
    "column_name $TEXT NOT NULL, comment $TEXT NOT NULL, type_name $TEXT NOT NULL, type_class "
    "$TEXT NOT NULL, "
    "ordinal BIGINT NOT NULL, nullable BIGINT NOT NULL, primary_key BIGINT NOT NULL, reference "
    "$TEXT NOT NULL, "
    "rows_seen BIGINT NOT NULL, nulls BIGINT NOT NULL, empties BIGINT NOT NULL, truncated BIGINT "
    "NOT NULL, "
    "masked BIGINT NOT NULL, distinct_seen BIGINT NOT NULL, distinct_capped BIGINT NOT NULL, "
    "length_min BIGINT NOT NULL, length_max BIGINT NOT NULL, length_mean DOUBLE PRECISION NOT "
    "NULL, "
    "decimals_max BIGINT NOT NULL, entropy DOUBLE PRECISION NOT NULL, ascending BIGINT NOT NULL, "
    "shapes $TEXT NOT NULL, examples $TEXT NOT NULL, "
    "status $TEXT NOT NULL, reason $TEXT NOT NULL, leaf $TEXT NOT NULL, runner_up $TEXT NOT NULL, "
    "level_reference BIGINT NOT NULL, level BIGINT NOT NULL, level_reason $TEXT NOT NULL, pi $TEXT "
    "NOT NULL, "
    "important $TEXT NOT NULL, confidence DOUBLE PRECISION NOT NULL, to_review BIGINT NOT NULL, "
    "decided_by $TEXT NOT NULL, marks $TEXT NOT NULL, evidence $TEXT NOT NULL, "
    "PRIMARY KEY (task_id, place))",
    NULL,
};

/* What a table cost its source. */
static const char *const version_2[] = {
    "ALTER TABLE task ADD COLUMN n_statements BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE task ADD COLUMN n_retries BIGINT NOT NULL DEFAULT 0",
    NULL,
};

/* Decisions of people. What is undone stays, with the batch that undid it: the log is complete. */
static const char *const version_decisions[] = {
    "CREATE TABLE decision_batch ("
    "id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, undo BIGINT NOT NULL, account $TEXT NOT "
    "NULL, host $TEXT NOT NULL, file $TEXT NOT NULL, file_hash $TEXT NOT NULL, run_id BIGINT NOT "
    "NULL, note $TEXT NOT NULL, n_decisions BIGINT NOT NULL)",

    "CREATE TABLE decision ("
    "id BIGINT NOT NULL PRIMARY KEY, batch_id BIGINT NOT NULL REFERENCES decision_batch (id), "
    "undone BIGINT NOT NULL, decided_at BIGINT NOT NULL, run_id BIGINT NOT NULL, reviewer $TEXT "
    "NOT "
    "NULL, reason $TEXT NOT NULL, source $TEXT NOT NULL, catalog_name $TEXT NOT NULL, schema_name "
    "$TEXT NOT NULL, table_name $TEXT NOT NULL, column_name $TEXT NOT NULL, leaf $TEXT NOT NULL, "
    "level $TEXT NOT NULL, pi $TEXT NOT NULL, proposed_leaf $TEXT NOT NULL, proposed_level BIGINT "
    "NOT NULL, type_name $TEXT NOT NULL, comment $TEXT NOT NULL, masked BIGINT NOT NULL, "
    "rows_estimated BIGINT NOT NULL, type_class $TEXT NOT NULL, subject $TEXT NOT NULL, reference "
    "$TEXT NOT NULL)",

    "CREATE INDEX decision_column ON decision (source, table_name, column_name)",
    NULL,
};

/*
 * Tasks that workers share. A task with open = 1 is still to be done; whoever holds its lease does it. What the catalogue said of its
 * columns is kept in full, so that a worker that did not list the source can sample it, and so that it can be decided again later.
 */
static const char *const version_4[] = {
    /* label: what those who join call it. kind: scan, regrade; "" of older versions, whose runs cannot be gone on with. rules: the value rules whose counters the findings hold. */
    "ALTER TABLE run ADD COLUMN kind $TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE run ADD COLUMN label $TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE run ADD COLUMN based_on BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE run ADD COLUMN rules $TEXT NOT NULL DEFAULT ''",

    "ALTER TABLE task ADD COLUMN pages BIGINT NOT NULL DEFAULT -1",
    "ALTER TABLE task ADD COLUMN exact_names $TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE task ADD COLUMN open BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE task ADD COLUMN lease_owner $TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE task ADD COLUMN lease_until BIGINT NOT NULL DEFAULT 0",
    /* What was found when the table last looked the same: the task that holds the findings, its run, and when it was sampled. */
    "ALTER TABLE task ADD COLUMN fingerprint $TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE task ADD COLUMN changes $TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE task ADD COLUMN sampled_at BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE task ADD COLUMN findings_of BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE task ADD COLUMN carried_from BIGINT NOT NULL DEFAULT 0",
    "CREATE INDEX task_open ON task (run_id, source, open, id)",
    "CREATE INDEX task_findings_of ON task (findings_of)",

    "ALTER TABLE finding ADD COLUMN detail $TEXT NOT NULL DEFAULT ''",

    /* state: open, planned, failed. scope: what of the settings decides what is found. */
    "CREATE TABLE plan ("
    "run_id BIGINT NOT NULL REFERENCES run (id), source $TEXT NOT NULL, state $TEXT NOT NULL, "
    "scope $TEXT NOT NULL, lease_owner $TEXT NOT NULL, lease_until BIGINT NOT NULL, "
    "PRIMARY KEY (run_id, source))",

    /* A connection to a source, of all that the workers of a run may have. */
    "CREATE TABLE seat ("
    "run_id BIGINT NOT NULL REFERENCES run (id), source $TEXT NOT NULL, lease_owner $TEXT NOT "
    "NULL, "
    "number BIGINT NOT NULL, lease_until BIGINT NOT NULL, "
    "PRIMARY KEY (run_id, source, lease_owner, number))",
    NULL,
};

/* thresholds: JSON of the numbers of persons that L8 had; "" of older runs. */
static const char *const version_5[] = {
    "ALTER TABLE run ADD COLUMN thresholds $TEXT NOT NULL DEFAULT ''",
    NULL,
};

static const struct store_migration migrations[] = {
    {1, version_1}, {2, version_2}, {3, version_decisions}, {4, version_4}, {5, version_5},
};

const struct store_migration *store_migrations(size_t *n)
{
    *n = sizeof migrations / sizeof migrations[0];
    return migrations;
}

const char store_insert_version[] =
    "INSERT INTO schema_version (version, applied_at) VALUES (?, ?)";

/* ---- statements ---- */

/* Columns of a table in the order in which write.c, tasks.c and the readers put and get them. */
#define RUN                                                                                        \
    "id, started_at, finished_at, program_version, pcre2_version, odbc_version, taxonomy_name, "   \
    "taxonomy_version, taxonomy_hash, taxonomy_title_zh, taxonomy_title_en, host, account, seed, " \
    "complete, kind, label, based_on, rules, thresholds"
#define SOURCE                                                                                    \
    "name, about_system, about_plant, about_department, about_owner, about_contact, "             \
    "about_purpose, "                                                                             \
    "about_manner, about_scope, about_retention, about_storage, about_sharing, about_export, "    \
    "about_protection, about_mlps, dbms, dbms_version, driver, dialect, login, encoding, state, " \
    "error, read_only, n_tables, n_tables_read, n_columns, rows_read, bytes_read, n_statements, " \
    "seconds, level"
#define LEAF                                                                                 \
    "code, name_zh, name_en, class1_zh, class1_en, class2_zh, class2_en, miit_zh, miit_en, " \
    "basis, "                                                                                \
    "default_level, verify"
#define CANDIDATE "id, name_zh, name_en, basis, check_zh, check_en, verify"
#define TASK                                                                                    \
    "source, catalog_name, schema_name, table_name, comment, kind, rows_estimated, n_columns, " \
    "columns, state, reason"
#define TASK_RESULT                                                                               \
    "sample_method, sample_statement, rows_asked, rows_read, bytes_read, seconds, cut, subject, " \
    "subject_name_zh, subject_name_en, subject_score, level, level_column, leaf, n_personal, "    \
    "n_sensitive, n_important, n_review, n_statements, n_retries"
#define TASK_HISTORY \
    "pages, exact_names, open, fingerprint, changes, sampled_at, findings_of, carried_from"
#define FINDING                                                                                  \
    "column_name, comment, type_name, type_class, ordinal, nullable, primary_key, reference, "   \
    "rows_seen, nulls, empties, truncated, masked, distinct_seen, distinct_capped, length_min, " \
    "length_max, length_mean, decimals_max, entropy, ascending, shapes, examples, status, "      \
    "reason, "                                                                                   \
    "leaf, runner_up, level_reference, level, level_reason, pi, important, confidence, "         \
    "to_review, "                                                                                \
    "decided_by, marks, evidence, detail"
#define BATCH "id, at, undo, account, host, file, file_hash, run_id, note, n_decisions"
#define DECISION                                                                             \
    "id, batch_id, undone, decided_at, run_id, reviewer, reason, source, catalog_name, "     \
    "schema_name, table_name, column_name, leaf, level, pi, proposed_leaf, proposed_level, " \
    "type_name, comment, masked, rows_estimated, type_class, subject, reference"
#define Q5        "?, ?, ?, ?, ?"
#define Q10       Q5 ", " Q5
#define Q30       Q10 ", " Q10 ", " Q10
#define Q_FINDING "(" Q30 ", " Q10 ")"

static const char *const statements[STORE_N_STATEMENTS] = {
    [STORE_NEXT_RUN_ID] = "SELECT COALESCE(MAX(id), 0) + 1 FROM run",
    [STORE_INSERT_RUN] = "INSERT INTO run (" RUN ") VALUES (" Q10 ", " Q10 ")",
    [STORE_INSERT_LEAF] = "INSERT INTO run_leaf (run_id, " LEAF ") VALUES (" Q10 ", ?, ?, ?)",
    [STORE_INSERT_CANDIDATE] = "INSERT INTO run_candidate (run_id, " CANDIDATE ") VALUES (" Q5
                               ", ?, ?, ?)",
    [STORE_DELETE_SOURCE] = "DELETE FROM run_source WHERE run_id = ? AND name = ?",
    [STORE_INSERT_SOURCE] = "INSERT INTO run_source (run_id, " SOURCE ") VALUES (" Q30 ", ?, ?, ?)",
    [STORE_END_RUN] = "UPDATE run SET finished_at = ?, complete = ? WHERE id = ? "
                      "AND finished_at = 0",
    [STORE_LATEST_RUN] = "SELECT COALESCE(MAX(id), 0) FROM run",
    [STORE_LATEST_ENDED_RUN] = "SELECT COALESCE(MAX(id), 0) FROM run WHERE finished_at <> 0",
    [STORE_EARLIER_RUN] = "SELECT COALESCE(MAX(r.id), 0) FROM run r JOIN run_source s ON "
                          "s.run_id = r.id WHERE r.finished_at <> 0 AND r.id < ? AND s.name = ? "
                          "AND (s.n_tables > 0 OR s.state NOT IN ('unreachable', 'not reached'))",
    [STORE_NEXT_TASK_ID] = "SELECT COALESCE(MAX(id), 0) + 1 FROM task",
    /* A source that was lost and opened again is planned again: what is there stays. */
    [STORE_INSERT_TASK] =
        "INSERT INTO task (id, run_id, " TASK ", " TASK_RESULT ", " TASK_HISTORY ") VALUES (" Q30
        ", " Q10 ", ?) "
        "ON CONFLICT (run_id, source, catalog_name, schema_name, table_name) DO NOTHING",
    /* What was found when it last looked the same holds: the findings stay with the task that has them. */
    [STORE_CARRY_TASK] =
        "INSERT INTO task (id, run_id, " TASK ", " TASK_RESULT ", " TASK_HISTORY
        ") SELECT CAST(? AS BIGINT), CAST(? AS BIGINT), " TASK ", " TASK_RESULT
        ", pages, exact_names, 0, fingerprint, changes, sampled_at, "
        "CASE findings_of WHEN 0 THEN id ELSE findings_of END, "
        "CASE carried_from WHEN 0 THEN run_id ELSE carried_from END FROM task WHERE id = ? "
        "ON CONFLICT (run_id, source, catalog_name, schema_name, table_name) DO NOTHING",
    [STORE_BASE_RUN] =
        "SELECT COALESCE(MAX(run.id), 0) FROM run JOIN plan ON plan.run_id = run.id "
        "WHERE plan.source = ? AND plan.state = 'planned' AND run.finished_at <> 0 AND run.id < ?",
    [STORE_FIND_TASK] = "SELECT id FROM task WHERE run_id = ? AND source = ? AND catalog_name = ? "
                        "AND schema_name = ? AND table_name = ?",
    [STORE_DELETE_FINDINGS] = "DELETE FROM finding WHERE task_id = ?",
    [STORE_UPDATE_TASK] =
        "UPDATE task SET n_columns = ?, columns = ?, state = ?, reason = ?, sample_method = ?, "
        "sample_statement = ?, rows_asked = ?, rows_read = ?, bytes_read = ?, seconds = ?, "
        "cut = ?, subject = ?, subject_name_zh = ?, subject_name_en = ?, subject_score = ?, "
        "level = ?, level_column = ?, leaf = ?, n_personal = ?, n_sensitive = ?, "
        "n_important = ?, n_review = ?, n_statements = ?, n_retries = ?, open = 0, lease_owner = "
        "'', lease_until = 0, "
        "sampled_at = ?, findings_of = 0, carried_from = ?, fingerprint = CASE WHEN ? = '' THEN "
        "fingerprint ELSE ? END WHERE id = ?",
    /* Without names of columns: drivers that parse a statement at every execution save a quarter of its time. */
    [STORE_INSERT_FINDING] = "INSERT INTO finding VALUES " Q_FINDING,
    [STORE_INSERT_FINDINGS] = "INSERT INTO finding VALUES " Q_FINDING ", " Q_FINDING ", " Q_FINDING
                              ", " Q_FINDING,
    /* ---- tasks shared by workers; lease.c ---- */
    [STORE_INSERT_PLAN] = "INSERT INTO plan (run_id, source, state, scope, lease_owner, "
                          "lease_until) VALUES (?, ?, 'open', ?, '', 0) "
                          "ON CONFLICT (run_id, source) DO NOTHING",
    [STORE_CLAIM_PLAN] =
        "UPDATE plan SET lease_owner = ?, lease_until = $NOW + ? "
        "WHERE run_id = ? AND source = ? AND state = 'open' AND (lease_until < $NOW OR "
        "lease_owner = ?)",
    [STORE_OWNS_PLAN] = "SELECT 1 FROM plan WHERE run_id = ? AND source = ? AND state = 'open' "
                        "AND lease_owner = ?",
    [STORE_PLAN_STATE] = "SELECT CASE state WHEN 'planned' THEN 1 WHEN 'failed' THEN 2 ELSE 0 END "
                         "FROM plan WHERE run_id = ? AND source = ?",
    [STORE_END_PLAN] = "UPDATE plan SET state = ?, lease_owner = '', lease_until = 0 "
                       "WHERE run_id = ? AND source = ?",
    [STORE_DROP_OLD_SEATS] = "DELETE FROM seat WHERE run_id = ? AND source = ? AND lease_until < "
                             "$NOW",
    [STORE_COUNT_SEATS] = "SELECT COUNT(*) FROM seat WHERE run_id = ? AND source = ?",
    [STORE_COUNT_OTHER_SEATS] = "SELECT COUNT(*) FROM seat WHERE run_id = ? AND source = ? AND "
                                "lease_owner <> ? AND lease_until >= $NOW",
    [STORE_INSERT_SEAT] = "INSERT INTO seat (run_id, source, lease_owner, number, lease_until) "
                          "VALUES (?, ?, ?, ?, $NOW + ?)",
    [STORE_DELETE_SEAT] = "DELETE FROM seat WHERE run_id = ? AND source = ? AND lease_owner = ? "
                          "AND number = ?",
    [STORE_OPEN_TASK] =
        "SELECT id FROM task WHERE run_id = ? AND source = ? AND open = 1 AND (lease_until < $NOW "
        "OR lease_owner = ?) ORDER BY id LIMIT 1 $SKIP_LOCKED",
    [STORE_READ_TASK] = "SELECT id, " TASK ", " TASK_RESULT ", " TASK_HISTORY
                        " FROM task WHERE id = ?",
    [STORE_LEASE_TASK] = "UPDATE task SET lease_owner = ?, lease_until = $NOW + ? WHERE id = ?",
    [STORE_OWNS_TASK] = "SELECT 1 FROM task WHERE id = ? AND open = 1 AND lease_owner = ? "
                        "$FOR_UPDATE",
    [STORE_RENEW_TASKS] = "UPDATE task SET lease_until = $NOW + ? WHERE run_id = ? AND open = 1 "
                          "AND lease_owner = ?",
    [STORE_RENEW_SEATS] = "UPDATE seat SET lease_until = $NOW + ? WHERE run_id = ? AND "
                          "lease_owner = ?",
    [STORE_RENEW_PLANS] = "UPDATE plan SET lease_until = $NOW + ? WHERE run_id = ? AND "
                          "lease_owner = ?",
    /* An empty owner stands for all of them. */
    [STORE_RELEASE_TASKS] = "UPDATE task SET lease_owner = '', lease_until = 0 WHERE run_id = ? "
                            "AND open = 1 AND (lease_owner = ? OR ? = '')",
    [STORE_RELEASE_SEATS] = "DELETE FROM seat WHERE run_id = ? AND (lease_owner = ? OR ? = '')",
    [STORE_RELEASE_PLANS] = "UPDATE plan SET lease_owner = '', lease_until = 0 WHERE run_id = ? "
                            "AND (lease_owner = ? OR ? = '')",
    /* A source that could not be opened is tried again by a run that goes on. */
    [STORE_REOPEN_PLANS] = "UPDATE plan SET state = 'open' WHERE run_id = ? AND state = 'failed'",
    [STORE_RELEASE_TASK] = "UPDATE task SET lease_owner = '', lease_until = 0 WHERE id = ? "
                           "AND open = 1 AND lease_owner = ?",
    [STORE_COUNT_OPEN] = "SELECT COUNT(*) FROM task WHERE run_id = ? AND source = ? AND open = 1",
    [STORE_SPENT_ROWS] = "SELECT COALESCE(SUM(rows_read), 0) FROM task WHERE run_id = ? AND source "
                         "= ? AND carried_from = 0",
    [STORE_SPENT_BYTES] = "SELECT COALESCE(SUM(bytes_read), 0) FROM task WHERE run_id = ? AND "
                          "source = ? AND carried_from = 0",
    [STORE_SPENT_SINCE] =
        "SELECT COALESCE(MIN(sampled_at - seconds), 0) FROM task WHERE run_id = ? AND source = ? "
        "AND carried_from = 0 AND open = 0 AND sampled_at > 0",
    [STORE_SOURCE_LEFT] =
        "SELECT (SELECT COUNT(*) FROM plan WHERE run_id = ? AND source = ? AND state = 'open') + "
        "(SELECT COUNT(*) FROM (SELECT 1 FROM task WHERE run_id = ? AND source = ? AND open = 1 "
        "LIMIT 1) AS rest)",
    [STORE_COUNT_SOURCE] =
        "UPDATE run_source SET n_statements = n_statements + ?, seconds = seconds + ?, "
        "error = CASE WHEN ? = '' THEN error ELSE ? END, "
        "n_tables = (SELECT COUNT(*) FROM task WHERE run_id = ? AND source = ?), "
        "n_tables_read = (SELECT COUNT(*) FROM task WHERE run_id = ? AND source = ? AND state = "
        "'done'), "
        "n_columns = (SELECT COALESCE(SUM(n_columns), 0) FROM task WHERE run_id = ? AND source = "
        "?), "
        "rows_read = (SELECT COALESCE(SUM(rows_read), 0) FROM task WHERE run_id = ? AND source = ? "
        "AND carried_from = 0), "
        "bytes_read = (SELECT COALESCE(SUM(bytes_read), 0) FROM task WHERE run_id = ? AND source = "
        "? AND carried_from = 0), "
        "level = (SELECT COALESCE(MAX(level), 0) FROM task WHERE run_id = ? AND source = ?) "
        "WHERE run_id = ? AND name = ?",
    [STORE_JUDGE_SOURCE] =
        "UPDATE run_source SET state = CASE "
        "WHEN n_tables_read = n_tables THEN 'ok' ELSE 'partial' END "
        "WHERE run_id = ? AND name = ? AND EXISTS (SELECT 1 FROM plan WHERE plan.run_id = "
        "run_source.run_id AND plan.source = run_source.name AND plan.state = 'planned')",
    [STORE_TOTAL_SOURCES] = "SELECT COUNT(*) FROM plan WHERE run_id = ?",
    [STORE_TOTAL_FAILED] = "SELECT COUNT(*) FROM plan WHERE run_id = ? AND state <> 'planned'",
    [STORE_TOTAL_UNPLANNED] = "SELECT COUNT(*) FROM plan WHERE run_id = ? AND state = 'open'",
    [STORE_TOTAL_TABLES] = "SELECT COUNT(*) FROM task WHERE run_id = ?",
    [STORE_TOTAL_COLUMNS] = "SELECT COALESCE(SUM(n_columns), 0) FROM task WHERE run_id = ?",
    [STORE_TOTAL_UNREAD] = "SELECT COUNT(*) FROM task WHERE run_id = ? AND open = 0 AND state <> "
                           "'done'",
    [STORE_TOTAL_CARRIED] = "SELECT COUNT(*) FROM task WHERE run_id = ? AND carried_from <> 0",
    [STORE_TOTAL_OPEN] = "SELECT COUNT(*) FROM task WHERE run_id = ? AND open = 1",
    [STORE_TOTAL_ENDED] = "SELECT COUNT(*) FROM task WHERE run_id = ? AND open = 0",
    [STORE_UNFINISHED_RUN] = "SELECT COALESCE(MAX(id), 0) FROM run WHERE finished_at = 0 AND kind "
                             "= 'scan'",
    [STORE_LABELLED_RUN] = "SELECT COALESCE(MAX(id), 0) FROM run WHERE label = ?",
    [STORE_LIST_RUNS] = "SELECT id FROM run ORDER BY id",
    [STORE_LIST_TASKS] = "SELECT id, findings_of FROM task WHERE run_id = ? ORDER BY id",
    [STORE_LIST_BATCHES] = "SELECT id FROM decision_batch ORDER BY id",
    [STORE_COUNT_RUNS_OF_ID] = "SELECT COUNT(*) FROM run WHERE id = ?",
    [STORE_COUNT_BATCHES_OF_ID] = "SELECT COUNT(*) FROM decision_batch WHERE id = ?",
    [STORE_COUNT_DECISIONS_OF_ID] = "SELECT COUNT(*) FROM decision WHERE id = ?",
    [STORE_LAST_TASK_ID] = "SELECT COALESCE(MAX(id), 0) FROM task",
    /* ---- dropping of runs; keep.c ---- */
    /* begun before ?, not among the newest ? runs, and nothing needs them. */
    [STORE_LIST_DROPPABLE] =
        "SELECT id FROM run WHERE started_at < ? AND id NOT IN (SELECT id FROM run ORDER BY id "
        "DESC LIMIT ?) "
        /* of each source the newest that was read in full, and the two newest that were listed */
        "AND id NOT IN (SELECT MAX(s.run_id) FROM run_source s JOIN run r ON r.id = s.run_id WHERE "
        "r.finished_at <> 0 AND s.state = 'ok' GROUP BY s.name) "
        "AND NOT EXISTS (SELECT 1 FROM run_source s WHERE s.run_id = run.id AND run.finished_at "
        "<> 0 AND (s.n_tables > 0 OR s.state NOT IN ('unreachable', 'not reached')) AND (SELECT "
        "COUNT(*) FROM run_source n JOIN run r ON r.id = n.run_id WHERE n.name = s.name AND "
        "n.run_id > s.run_id AND r.finished_at <> 0 AND (n.n_tables > 0 OR n.state NOT IN "
        "('unreachable', 'not reached'))) < 2) "
        "AND id <> (SELECT COALESCE(MAX(id), 0) FROM run WHERE finished_at = 0 AND kind = 'scan') "
        "AND id NOT IN (SELECT d.run_id FROM decision d WHERE d.undone = 0 AND NOT EXISTS (SELECT "
        "1 FROM decision n WHERE n.source = d.source AND n.catalog_name = d.catalog_name AND "
        "n.schema_name = d.schema_name AND n.table_name = d.table_name AND n.column_name = "
        "d.column_name AND n.id > d.id AND n.undone = 0)) ORDER BY id",
    /* A table that is still to be decided again from what one of this run holds is read instead: an heir must keep what it takes. */
    [STORE_OPEN_LOSE_BASIS] =
        "UPDATE task SET findings_of = 0, carried_from = 0 WHERE open = 1 AND findings_of IN "
        "(SELECT t.id FROM task t WHERE t.run_id = ?)",
    /* The oldest table of another run that took over the findings of one of this run is their heir. */
    [STORE_HEIRS_TAKE_FINDINGS] =
        "UPDATE finding SET task_id = (SELECT MIN(h.id) FROM task h WHERE h.findings_of = "
        "finding.task_id) WHERE task_id IN (SELECT t.id FROM task t WHERE t.run_id = ? AND EXISTS "
        "(SELECT 1 FROM task h WHERE h.findings_of = t.id))",
    [STORE_OTHERS_FOLLOW_HEIRS] =
        "UPDATE task SET findings_of = (SELECT MIN(h.id) FROM task h WHERE h.findings_of = "
        "task.findings_of) WHERE findings_of IN (SELECT t.id FROM task t WHERE t.run_id = ?) AND "
        "id <> (SELECT MIN(h.id) FROM task h WHERE h.findings_of = task.findings_of)",
    [STORE_HEIRS_OWN_FINDINGS] =
        "UPDATE task SET findings_of = 0 WHERE findings_of IN (SELECT t.id FROM task t WHERE "
        "t.run_id = ?)",
    [STORE_DELETE_RUN_FINDINGS] =
        "DELETE FROM finding WHERE task_id IN (SELECT id FROM task WHERE run_id = ?)",
    [STORE_DELETE_RUN_TASKS] = "DELETE FROM task WHERE run_id = ?",
    [STORE_DELETE_RUN_PLANS] = "DELETE FROM plan WHERE run_id = ?",
    [STORE_DELETE_RUN_SEATS] = "DELETE FROM seat WHERE run_id = ?",
    [STORE_DELETE_RUN_SOURCES] = "DELETE FROM run_source WHERE run_id = ?",
    [STORE_DELETE_RUN_LEAVES] = "DELETE FROM run_leaf WHERE run_id = ?",
    [STORE_DELETE_RUN_CANDIDATES] = "DELETE FROM run_candidate WHERE run_id = ?",
    [STORE_DELETE_RUN] = "DELETE FROM run WHERE id = ?",
    [STORE_SELECT_RUN] = "SELECT " RUN " FROM run WHERE id = ?",
    [STORE_SELECT_SOURCES] = "SELECT " SOURCE " FROM run_source WHERE run_id = ? ORDER BY name",
    [STORE_SELECT_LEAVES] = "SELECT " LEAF " FROM run_leaf WHERE run_id = ? ORDER BY code",
    [STORE_SELECT_CANDIDATES] = "SELECT " CANDIDATE
                                " FROM run_candidate WHERE run_id = ? ORDER BY id",
    [STORE_SELECT_TASK_IDS] = "SELECT id FROM task WHERE run_id = ? "
                              "ORDER BY source, catalog_name, schema_name, table_name",
    [STORE_SELECT_TASK] = "SELECT id, " TASK ", " TASK_RESULT ", " TASK_HISTORY
                          " FROM task WHERE id = ?",
    [STORE_SELECT_PAST] =
        "SELECT id, catalog_name, schema_name, table_name, fingerprint, changes, rows_estimated, "
        "sampled_at, CASE findings_of WHEN 0 THEN id ELSE findings_of END, CASE carried_from WHEN "
        "0 "
        "THEN run_id ELSE carried_from END FROM task WHERE run_id = ? AND source = ? AND state = "
        "'done' AND open = 0 AND "
        "fingerprint <> '' ORDER BY catalog_name, schema_name, table_name",
    [STORE_READ_BASIS] = "SELECT " TASK_RESULT ", sampled_at, CASE carried_from WHEN 0 THEN run_id "
                         "ELSE carried_from END FROM task WHERE id = ?",
    [STORE_READ_FINDINGS] = "SELECT " FINDING " FROM finding WHERE task_id = ? ORDER BY place",
    [STORE_SELECT_SCOPES] = "SELECT source, scope FROM plan WHERE run_id = ? ORDER BY source",
    [STORE_NEXT_BATCH_ID] = "SELECT COALESCE(MAX(id), 0) + 1 FROM decision_batch",
    [STORE_INSERT_BATCH] = "INSERT INTO decision_batch (" BATCH ") VALUES (" Q10 ")",
    [STORE_NEWEST_DECISION] = "SELECT COALESCE(MAX(id), 0) FROM decision",
    [STORE_INSERT_DECISION] = "INSERT INTO decision (" DECISION ") VALUES (" Q10 ", " Q10
                              ", ?, ?, ?, ?)",
    [STORE_COUNT_DECISIONS_IN_FORCE] =
        "SELECT COUNT(*) FROM decision WHERE undone = 0 AND run_id <= ?",
    [STORE_COUNT_DECISION] = "SELECT COUNT(*) FROM decision WHERE id = ? AND undone = 0",
    [STORE_UNDO_DECISION] = "UPDATE decision SET undone = ? WHERE id = ?",
    [STORE_COUNT_BATCH] = "SELECT COUNT(*) FROM decision WHERE batch_id = ? AND undone = 0",
    [STORE_UNDO_BATCH] = "UPDATE decision SET undone = ? WHERE batch_id = ? AND undone = 0",
    [STORE_SELECT_FINDINGS] = "SELECT " FINDING " FROM finding WHERE task_id = ? ORDER BY place",
    /* The number is the lowest id. */
    [STORE_SELECT_DECISIONS] = "SELECT " DECISION " FROM decision WHERE id >= ? ORDER BY id",
    /* The last of a column that is not undone. */
    [STORE_SELECT_DECISIONS_IN_FORCE] =
        "SELECT " DECISION " FROM decision d WHERE id >= ? AND undone = 0 AND NOT EXISTS (SELECT 1 "
        "FROM decision n WHERE n.source = d.source AND n.catalog_name = d.catalog_name AND "
        "n.schema_name = d.schema_name AND n.table_name = d.table_name AND n.column_name = "
        "d.column_name AND n.id > d.id AND n.undone = 0) ORDER BY id",
    [STORE_SELECT_DECISIONS_OF_TABLE] =
        "SELECT " DECISION " FROM decision WHERE source = ? AND catalog_name = ? AND schema_name = "
        "? AND table_name = ? AND run_id <= ? AND undone = 0 ORDER BY column_name, id",
    [STORE_SELECT_BATCHES] = "SELECT " BATCH " FROM decision_batch WHERE id >= ? ORDER BY id",
};

const char *store_statement_sql(enum store_statement statement)
{
    return statements[statement];
}

/* ---- dialects ---- */

static const char *const sqlite_session[] = {NULL};

/* A schema of its own keeps plain table names out of the way of other programs. */
/* A server may be set to answer before a commit is safe: what it then loses in a crash this program would take for done. */
static const char *const postgresql_session[] = {"SET search_path TO dcscan",
                                                 "SET synchronous_commit TO on",
                                                 "SET client_min_messages TO warning", NULL};

/* The log of writes is emptied into the file first and after, so that the file alone tells the size. */
static const char *const sqlite_compact[] = {"PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM",
                                             "PRAGMA wal_checkpoint(TRUNCATE)", NULL};

static const char *const postgresql_compact[] = {"VACUUM (FULL, ANALYZE) finding",
                                                 "VACUUM (FULL, ANALYZE) task",
                                                 "VACUUM (FULL, ANALYZE) plan",
                                                 "VACUUM (FULL, ANALYZE) seat",
                                                 "VACUUM (FULL, ANALYZE) run_source",
                                                 "VACUUM (FULL, ANALYZE) run_leaf",
                                                 "VACUUM (FULL, ANALYZE) run_candidate",
                                                 "VACUUM (FULL, ANALYZE) run",
                                                 NULL};

static const struct store_dialect dialects[] = {
    {
        .dbms = "sqlite*",
        .name = "SQLite",
        .text_type = "TEXT",
        .session = sqlite_session,
        .has_schema =
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
        .file = "SELECT file FROM pragma_database_list WHERE name = 'main'",
        /* A transaction that begins by reading and then wants to write is refused when another wrote meanwhile. */
        .begin = "BEGIN IMMEDIATE",
        .commit = "COMMIT",
        .rollback = "ROLLBACK",
        .snapshot = "BEGIN",
        .size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        .compact = sqlite_compact,
        .integrity = "SELECT integrity_check FROM pragma_integrity_check",
        .now = "CAST(strftime('%s', 'now') AS INTEGER)",
        .skip_locked = "",
        .for_update = "",
    },
    {
        .dbms = "postgresql*",
        .name = "PostgreSQL",
        .text_type = "TEXT COLLATE \"C\"",
        .session = postgresql_session,
        .has_schema = "SELECT COUNT(*) FROM pg_catalog.pg_tables WHERE schemaname = 'dcscan' AND "
                      "tablename = 'schema_version'",
        .prelude = "CREATE SCHEMA IF NOT EXISTS dcscan",
        /* The number is "dcscan" in ASCII. The server gives the lock back when the session ends, however it ends. */
        .lock = "SELECT CASE WHEN pg_try_advisory_lock(110378300432750) THEN 1 ELSE 0 END",
        .unlock = "SELECT CASE WHEN pg_advisory_unlock(110378300432750) THEN 1 ELSE 0 END",
        .share = "SELECT CASE WHEN pg_try_advisory_lock_shared(110378300432751) THEN 1 ELSE 0 END",
        .unshare = "SELECT CASE WHEN pg_advisory_unlock_shared(110378300432751) THEN 1 ELSE 0 END",
        .probe = "SELECT CASE WHEN pg_try_advisory_lock(110378300432751) THEN 1 ELSE 0 END",
        .unprobe = "SELECT CASE WHEN pg_advisory_unlock(110378300432751) THEN 1 ELSE 0 END",
        .serialise = "SELECT COUNT(*) FROM (SELECT pg_advisory_xact_lock(110378300432752)) AS held",
        .snapshot = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        .size = "SELECT CAST(COALESCE(SUM(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM "
                "pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                "WHERE n.nspname = 'dcscan' AND c.relkind = 'r'",
        .compact = postgresql_compact,
        .now = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS BIGINT)",
        .skip_locked = "FOR UPDATE SKIP LOCKED",
        .for_update = "FOR UPDATE",
    },
};

const struct store_dialect *store_dialect_of(const char *dbms)
{
    for (size_t i = 0; i < sizeof dialects / sizeof dialects[0]; i++) {
        if (dc_glob_match(dialects[i].dbms, dbms)) {
            return &dialects[i];
        }
    }
    return NULL;
}
