#include <pthread.h>

#include "dcscan/text.h"
#include "rig.h"

#define ENDLESS \
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

Test(watch, a_statement_ends_when_its_time_is_up, .timeout = 30)
{
    struct rig rig = rig_open();
    struct dc_odbc_statement *statement = NULL;
    struct dc_err err = {0};
    double start = dc_clock_seconds();

    cr_expect_eq(dc_odbc_query(rig.connection, ENDLESS, 1, &statement, &err), DC_ERR_TIMEOUT);
    cr_expect_lt(dc_clock_seconds() - start, 10);
    cr_expect_not_null(strstr(err.message, "not done within 1 s"), "%s", err.message);
    rig_do(&rig, "SELECT 1");
    rig_close(&rig);
}

static void *cancel_soon(void *connection)
{
    usleep(200000);
    dc_odbc_cancel(connection);
    return NULL;
}

Test(watch, another_thread_cancels_what_runs_and_the_connection_still_serves, .timeout = 30)
{
    struct rig rig = rig_open();
    struct dc_odbc_statement *statement = NULL;
    struct dc_err err = {0};
    pthread_t thread;

    pthread_create(&thread, NULL, cancel_soon, rig.connection);
    cr_expect_eq(dc_odbc_query(rig.connection, ENDLESS, 0, &statement, &err), DC_ERR_CANCELLED);
    pthread_join(thread, NULL);
    rig_do(&rig, "SELECT 1");
    rig_close(&rig);
}

Test(watch, a_cancel_that_comes_too_early_meets_the_next_statement_once)
{
    struct rig rig = rig_open();
    struct dc_err err = {0};

    dc_odbc_cancel(rig.connection);
    cr_expect_eq(dc_odbc_execute(rig.connection, "SELECT 1", &err), DC_ERR_CANCELLED);
    cr_expect_str_eq(err.message, "could not run the statement: cancelled");
    cr_expect_eq(dc_odbc_execute(rig.connection, "SELECT 1", &err), DC_OK);
    rig_close(&rig);
}

static void *cancel_often(void *connection)
{
    for (int i = 0; i < 300; i++) {
        usleep(500);
        dc_odbc_cancel(connection);
    }
    return NULL;
}

/* Races of cancel with every stage of a statement: nothing crashes (sanitizers watch), nothing but a cancel is reported. */
Test(watch, cancelling_at_any_moment_is_safe, .timeout = 60)
{
    struct rig rig = rig_open();
    pthread_t thread;
    size_t n_cancelled = 0;

    rig_do(&rig, "CREATE TABLE t (a)");
    pthread_create(&thread, NULL, cancel_often, rig.connection);
    for (int i = 0; i < 500; i++) {
        struct dc_odbc_statement *statement = NULL;
        struct dc_err err = {0};
        enum dc_status status = dc_odbc_query(rig.connection,
                                              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT "
                                              "i + 1 FROM n WHERE i < 1000) SELECT i FROM n",
                                              5, &statement, &err);

        if (status == DC_OK) {
            while (dc_odbc_row(statement, &err) == DC_FETCH_ROWS) {
            }
            dc_odbc_statement_destroy(statement);
        }
        n_cancelled += err.status == DC_ERR_CANCELLED;
        cr_expect(err.status == DC_OK || err.status == DC_ERR_CANCELLED, "%s", err.message);
    }
    pthread_join(thread, NULL);
    cr_expect_gt(n_cancelled, 0);
    rig_close(&rig);
}

struct work {
    struct rig *rig;
    size_t rows;
};

static void *read_all(void *argument)
{
    struct work *work = argument;
    struct dc_odbc_connection *connection = NULL;
    struct dc_odbc_statement *statement = NULL;

    cr_assert_eq(rig_connect(work->rig, true, &connection, NULL), DC_OK);
    cr_assert_eq(dc_odbc_query(connection, "SELECT a FROM t", 10, &statement, NULL), DC_OK);
    while (dc_odbc_row(statement, NULL) == DC_FETCH_ROWS) {
        work->rows++;
    }
    dc_odbc_statement_destroy(statement);
    dc_odbc_close(connection);
    return NULL;
}

Test(watch, connections_of_several_threads_do_not_meet)
{
    struct rig rig = rig_open();
    struct work works[4];
    pthread_t threads[4];

    rig_do(&rig, "CREATE TABLE t (a)");
    rig_do(&rig, "INSERT INTO t WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                 "WHERE i < 500) "
                 "SELECT i FROM n");
    for (size_t i = 0; i < 4; i++) {
        works[i] = (struct work){&rig, 0};
        pthread_create(&threads[i], NULL, read_all, &works[i]);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        cr_expect_eq(works[i].rows, 500);
    }
    rig_close(&rig);
}
