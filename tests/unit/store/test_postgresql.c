/* The store in PostgreSQL: what differs from a SQLite file. Skipped without DCSCAN_TEST_POSTGRESQL (tests/support/servers.sh). */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dcscan/text.h"
#include "decision_case.h"
#include "older_case.h"
#include "store_case.h"
#include "store_internal.h"

static struct store_case c;
static char database[64];

/* A connection string of the administrator for a database; asserts that the environment tells all it takes. */
static void admin_string(char *out, size_t size, const char *to)
{
    const char *base = getenv("DCSCAN_TEST_POSTGRESQL"), *user = getenv("DCSCAN_TEST_ADMIN");
    const char *file = getenv("DCSCAN_TEST_ADMIN_PASSWORD_FILE"), *end;
    char *password = NULL;
    size_t length;

    cr_assert_not_null(user);
    cr_assert_not_null(file);
    cr_assert_eq(dc_file_read(file, 200, &password, &length, NULL), DC_OK);
    password[strcspn(password, "\r\n")] = '\0';
    end = strstr(base, ";Database=");
    cr_assert_not_null(end);
    snprintf(out, size, "%.*s;Database=%s;UID=%s;PWD=%s", (int)(end - base), base, to, user,
             password);
    free(password);
}

static void execute_as_admin(const char *sql)
{
    char text[400];
    struct dc_odbc_open request = {.connection_string = text};
    struct dc_odbc_connection *connection = NULL;
    struct dc_err err = {0};

    admin_string(text, sizeof text, "postgres");
    cr_assert_eq(dc_odbc_open(&request, &connection, &err), DC_OK, "%s", err.message);
    cr_assert_eq(dc_odbc_execute(connection, sql, &err), DC_OK, "%s", err.message);
    dc_odbc_close(connection);
}

/* A database of its own, so that tests of the connectors never see it. */
static void setup(void)
{
    char sql[200], string[400], where[500];

    if (getenv("DCSCAN_TEST_POSTGRESQL") == NULL) {
        cr_skip_test("DCSCAN_TEST_POSTGRESQL is not set");
    }
    snprintf(database, sizeof database, "dcscan_store_%ld", (long)getpid());
    snprintf(sql, sizeof sql, "CREATE DATABASE %s ENCODING 'UTF8' TEMPLATE template0", database);
    execute_as_admin(sql);
    admin_string(string, sizeof string, database);
    snprintf(where, sizeof where, "odbc:%s", string);
    case_init_at(&c, where);
}

static void teardown(void)
{
    char sql[200];

    if (database[0] != '\0') {
        case_done(&c);
        snprintf(sql, sizeof sql, "DROP DATABASE %s", database);
        execute_as_admin(sql);
    }
}

TestSuite(store_postgresql, .init = setup, .fini = teardown);

Test(store_postgresql, findings_come_back_as_they_went)
{
    struct dc_table_result result;
    struct dc_inventory_reader *reader;
    const struct dc_inventory_table *table;
    const struct dc_inventory_column *column;

    case_begin(&c);
    result = case_result(&c, "bom");
    case_commit(&c, &result);
    case_reopen(&c);
    reader = case_read(&c);
    table = case_next_table(reader);
    cr_expect_str_eq(table->comment, "it's a \"BOM\"");
    cr_expect_str_eq(table->finding.subject_name_zh, "物料清单");
    cr_expect_float_eq(table->sample.seconds, 0.75, 1e-12);
    column = case_next_column(reader);
    cr_expect_str_eq(column->comment, "零件");
    cr_expect_eq(
        memcmp(&column->profile.shapes, &result.profiles[0].shapes, sizeof column->profile.shapes),
        0);
    cr_expect_str_eq(column->profile.examples[2], "\"*'*\\");
    cr_expect_float_eq(column->finding.confidence, 0.875, 1e-12);
    cr_expect_str_eq(column->finding.evidence[1].detail, "零件\n\"号\"");
    cr_expect_str_eq(case_next_column(reader)->name, "数量");
    cr_expect_str_eq(case_next_table(reader)->reason, "not reached");
    cr_expect_str_eq(case_next_column(reader)->name, "id");
    reader->class_->destroy(reader);
}

Test(store_postgresql, long_and_invalid_texts_are_stored)
{
    static char comment[60001];
    struct dc_catalog *catalog = dc_catalog_create();
    struct dc_inventory_reader *reader;
    struct dc_table *table;

    for (size_t i = 0; i + 3 < sizeof comment; i += 3) {
        memcpy(comment + i, "注", 3);
    }
    case_begin(&c);
    table = dc_catalog_add_table(catalog, "", "", "😀\xFF", comment, DC_TABLE_BASE);
    cr_assert_eq(dc_store_plan(c.store, c.run_id, "mes", catalog, NULL), DC_OK);
    case_commit(&c, &(struct dc_table_result){.table = table});
    reader = case_read(&c);
    table = NULL;
    cr_expect_str_eq(case_next_table(reader)->name, "😀\uFFFD");
    reader->class_->rewind(reader, NULL);
    cr_expect_str_eq(case_next_table(reader)->comment, comment);
    reader->class_->destroy(reader);
    dc_catalog_destroy(catalog);
}

Test(store_postgresql, a_failed_commit_leaves_the_store_usable)
{
    struct dc_table_result result;
    struct dc_err err = {0};

    case_begin(&c);
    result = case_result(&c, "bom");
    cr_expect_eq(dc_store_commit_table(c.store, c.run_id, "other", &result, &err), DC_ERR_INTERNAL);
    case_commit(&c, &result);
}

static enum dc_status begin_elsewhere(struct dc_err *err)
{
    struct dc_run run = {.program_version = "other"};
    struct dc_store *other = NULL;
    int64_t run_id = 0;
    enum dc_status status = dc_store_open(c.path, &other, err);

    if (status == DC_OK) {
        status = dc_store_begin_run(other, &(struct dc_store_start){.run = &run}, &run_id, err);
    }
    dc_store_close(other);
    return status;
}

Test(store_postgresql, a_second_run_is_kept_out_until_the_first_ends)
{
    struct dc_err err = {0};
    char text[4096];

    case_begin_bare(&c);
    cr_expect_eq(begin_elsewhere(&err), DC_ERR_LOCKED, "%s", err.message);
    dc_err_format(&err, text, sizeof text);
    cr_expect_null(strstr(text, "PWD"), "%s", text);
    cr_assert_eq(dc_store_end_run(c.store, c.run_id, 1, true, NULL), DC_OK);
    cr_expect_eq(begin_elsewhere(&err), DC_OK, "%s", err.message);
}

Test(store_postgresql, the_earlier_run_of_a_source_is_found)
{
    struct dc_run_source source = {.name = "mes", .state = "ok", .n_tables = 2};
    struct dc_err err = {0};
    int64_t earlier = -1, latest = -1;

    case_begin(&c);
    cr_assert_eq(dc_store_put_source(c.store, c.run_id, &source, &err), DC_OK, "%s", err.message);
    cr_assert_eq(dc_store_earlier_run(c.store, c.run_id + 1, "mes", &earlier, &err), DC_OK, "%s",
                 err.message);
    cr_expect_eq(earlier, 0, "it has not ended");
    cr_assert_eq(dc_store_end_run(c.store, c.run_id, 1769847400, true, &err), DC_OK);
    cr_assert_eq(dc_store_earlier_run(c.store, c.run_id + 1, "mes", &earlier, &err), DC_OK);
    cr_expect_eq(earlier, c.run_id);
    cr_assert_eq(dc_store_latest_ended_run(c.store, &latest, &err), DC_OK, "%s", err.message);
    cr_expect_eq(latest, c.run_id);
}

Test(store_postgresql, the_lock_of_a_dead_process_is_gone_with_it)
{
    struct dc_err err = {0};
    int how = -1;
    pid_t child;

    dc_store_close(c.store);
    c.store = NULL;
    child = fork();
    if (child == 0) {
        case_reopen(&c);
        case_begin_bare(&c);
        _exit(0);
    }
    waitpid(child, &how, 0);
    cr_assert(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    /* The server sees the end of the connection a moment later. */
    for (int i = 0; i < 50 && begin_elsewhere(&err) == DC_ERR_LOCKED; i++) {
        usleep(100 * 1000);
    }
    cr_expect_eq(begin_elsewhere(&err), DC_OK, "%s", err.message);
}

Test(store_postgresql, decisions_come_back_as_they_went)
{
    case_begin(&c);
    decisions_come_back_as_they_went(&c);
}

Test(store_postgresql, decisions_are_undone_alone_or_by_import)
{
    case_begin(&c);
    decisions_are_undone_alone_or_by_import(&c);
}

static void check_older(int version)
{
    static const char *const before[] = {"DROP SCHEMA dcscan CASCADE", "CREATE SCHEMA dcscan",
                                         "SET search_path TO dcscan", NULL};

    dc_store_close(c.store);
    c.store = NULL;
    older_make(c.path + strlen("odbc:"), version, "TEXT COLLATE \"C\"", before);
    older_check(&c, c.path, version);
}

Test(store_postgresql, the_first_version_is_brought_up_to_date)
{
    check_older(1);
}

Test(store_postgresql, the_second_version_is_brought_up_to_date)
{
    check_older(2);
}

Test(store_postgresql, the_third_version_is_brought_up_to_date)
{
    check_older(3);
}

Test(store_postgresql, the_fourth_version_is_brought_up_to_date)
{
    check_older(4);
}

Test(store_postgresql, a_newer_schema_is_refused_with_both_versions)
{
    struct dc_store *store = NULL;
    struct dc_err err = {0};
    int64_t ignored;

    store_ask_once(c.store, "INSERT INTO schema_version VALUES (99, 1) RETURNING version", &ignored,
                   NULL);
    cr_expect_eq(dc_store_open(c.path, &store, &err), DC_ERR_CONFIG);
    cr_expect_not_null(strstr(err.message, "schema version 99, this program knows"), "%s",
                       err.message);
    cr_expect_not_null(strstr(err.hint, "the version of dcscan that made it"), "%s", err.hint);
}
