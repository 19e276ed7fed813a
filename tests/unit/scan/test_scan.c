#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/provider/mem_connector.h"
#include "dcscan/scan.h"

#define N_TABLES 6
#define N_ROWS   130

/* The scan's tools and a store in a file of their own, made once a test. */
static struct dc_taxonomy *taxonomy;
static struct dc_value_matcher *matcher;
static struct dc_name_index *names;
static struct dc_classifier *classifier;
static struct dc_dialects *dialects;
static struct dc_store *store;
static struct dc_arena *arena;
static char store_path[64], lock_path[80];

static const struct dc_mem_column columns[] = {
    {.name = "id", .type_name = "integer", .type = DC_TYPE_INTEGER, .primary_key = true},
    {.name = "mobile", .comment = "手机号", .type_name = "varchar(20)", .type = DC_TYPE_TEXT},
};

static const char *cell(const void *user, size_t row, size_t column, char *buffer, size_t size)
{
    (void)user;
    snprintf(buffer, size, column == 0 ? "%zu" : "1380000%04zu", row);
    return buffer;
}

/* Six tables alike; tests give some of them faults or names. */
static struct dc_mem_table tables[N_TABLES];
static const char *const table_names[N_TABLES] = {"a", "b", "c", "d", "e", "f"};
static struct dc_mem_database database;
static char address[DC_MEM_ADDRESS_SIZE];

static void make_database(void)
{
    for (size_t i = 0; i < N_TABLES; i++) {
        tables[i] = (struct dc_mem_table){.schema = "s",
                                          .name = table_names[i],
                                          .columns = columns,
                                          .n_columns = 2,
                                          .cell = cell,
                                          .n_rows = N_ROWS};
    }
    database = (struct dc_mem_database){.tables = tables, .n_tables = N_TABLES};
    dc_mem_address(&database, address);
}

static void setup(void)
{
    struct dc_err err = {0};
    struct dc_complaints complaints;

    arena = dc_arena_create(0);
    dc_complaints_init(&complaints, arena);
    cr_assert_eq(dc_taxonomy_load(TEST_ROOT "/taxonomies/whcsa-003-2024.yaml", NULL, 0, &taxonomy,
                                  &complaints, &err),
                 DC_OK, "%s", err.message);
    cr_assert_eq(dc_value_matcher_create(taxonomy, &matcher, &complaints, &err), DC_OK);
    cr_assert_eq(dc_name_index_create(taxonomy, &names, &err), DC_OK);
    classifier = dc_classifier_create(taxonomy, names);
    cr_assert_eq(dc_dialects_load(TEST_ROOT "/connectors/dialects", &dialects, &complaints, &err),
                 DC_OK, "%s", err.message);
    dc_complaints_done(&complaints);
    snprintf(store_path, sizeof store_path, "/tmp/dcscan-scan-%d.db", (int)getpid());
    snprintf(lock_path, sizeof lock_path, "%s.lock", store_path);
    unlink(store_path);
    cr_assert_eq(dc_store_open(store_path, &store, &err), DC_OK, "%s", err.message);
    make_database();
}

static void teardown(void)
{
    dc_store_close(store);
    dc_dialects_destroy(dialects);
    dc_classifier_destroy(classifier);
    dc_name_index_destroy(names);
    dc_value_matcher_destroy(matcher);
    dc_taxonomy_destroy(taxonomy);
    dc_arena_destroy(arena);
    unlink(store_path);
    unlink(lock_path);
}

TestSuite(scan, .init = setup, .fini = teardown);

struct seen {
    int64_t n_opened, n_failed, n_done, n_warnings, n_statements, last_total;
};

static void on_event(void *user, const struct dc_scan_event *event)
{
    struct seen *seen = user;

    seen->n_opened += event->kind == DC_SCAN_SOURCE_OPENED;
    seen->n_failed += event->kind == DC_SCAN_SOURCE_FAILED;
    seen->n_done += event->kind == DC_SCAN_TABLE_DONE;
    seen->n_warnings += event->kind == DC_SCAN_WARNING;
    seen->n_statements += event->kind == DC_SCAN_STATEMENT;
    seen->last_total = event->total;
}

static struct dc_source source_of(const char *name, const char *where)
{
    return (struct dc_source){.name = name, .connector = "mem", .connection = where};
}

/* What the scan takes for the time of the day: a minute more whenever a table is done. */
static int32_t minute_of(void *user)
{
    const struct seen *seen = user;

    return (int32_t)(1320 + seen->n_done) % DC_MINUTES_A_DAY;
}

static struct dc_scan_outcome run(const struct dc_source *sources, size_t n, int64_t jobs,
                                  struct seen *seen)
{
    struct dc_scan_tools tools = {taxonomy, matcher, classifier, dialects, store};
    struct dc_scan_request request = {.sources = sources,
                                      .n_sources = n,
                                      .jobs = jobs,
                                      .seed = 1,
                                      .on_event = on_event,
                                      .user = seen,
                                      .minute_of_day = minute_of};
    struct dc_scan_outcome outcome = {0};
    struct dc_err err = {0};
    struct dc_scan *scan = dc_scan_create(&tools, &request);

    cr_assert_eq(dc_scan_run(scan, &outcome, &err), DC_OK, "%s", err.message);
    dc_scan_destroy(scan);
    return outcome;
}

/* The stored tables as "name:status:rows" words, in order. */
static const char *stored(int64_t run_id)
{
    struct dc_inventory_reader *reader = NULL;
    const struct dc_inventory_table *table = NULL;
    struct dc_err err = {0};
    const char *text = "";

    cr_assert_eq(dc_store_read_run(store, run_id, &reader, &err), DC_OK, "%s", err.message);
    while (reader->class_->next_table(reader, &table, &err) == DC_OK && table != NULL) {
        text = dc_arena_printf(arena, "%s%s:%s:%lld ", text, table->name,
                               dc_column_status_name(table->status),
                               (long long)table->sample.rows_read);
    }
    reader->class_->destroy(reader);
    return text;
}

Test(scan, reads_every_table_of_every_source_once)
{
    struct dc_source sources[] = {source_of("one", address), source_of("two", address)};
    struct seen seen = {0};
    struct dc_scan_outcome outcome = run(sources, 2, 2, &seen);

    cr_assert(outcome.complete);
    cr_assert_eq(outcome.n_tables, 2 * N_TABLES);
    cr_assert_eq(seen.n_done, 2 * N_TABLES);
    cr_assert_eq(seen.n_statements, 2 * N_TABLES);
    cr_assert_str_eq(stored(outcome.run_id),
                     "a:ok:130 b:ok:130 c:ok:130 d:ok:130 e:ok:130 f:ok:130 "
                     "a:ok:130 b:ok:130 c:ok:130 d:ok:130 e:ok:130 f:ok:130 ");
}

Test(scan, finds_the_same_with_several_connections_to_one_source)
{
    struct dc_source alone = source_of("one", address), many = source_of("one", address);
    struct seen seen = {0};

    many.limits.connections = 3;
    struct dc_scan_outcome first = run(&alone, 1, 1, &seen);
    struct dc_scan_outcome second = run(&many, 1, 4, &seen);
    cr_assert(second.complete);
    cr_assert_str_eq(stored(first.run_id), stored(second.run_id));
}

Test(scan, goes_on_when_a_source_cannot_be_opened)
{
    struct dc_mem_database closed = {.at_open = DC_ERR_CONNECT};
    char closed_address[DC_MEM_ADDRESS_SIZE];
    struct dc_source sources[] = {source_of("closed", dc_mem_address(&closed, closed_address)),
                                  source_of("open", address)};
    struct seen seen = {0};
    struct dc_scan_outcome outcome = run(sources, 2, 1, &seen);

    cr_assert_not(outcome.complete);
    cr_assert_eq(outcome.n_sources_failed, 1);
    cr_assert_eq(seen.n_failed, 1);
    cr_assert_eq(seen.n_done, N_TABLES);
}

Test(scan, keeps_a_table_that_cannot_be_read_with_its_reason)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    tables[1].fault = (struct dc_mem_fault){.at_begin = DC_ERR_DENIED, .sqlstate = "42501"};
    tables[3].fault = (struct dc_mem_fault){.at_block = DC_ERR_READ, .block = 1};
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    cr_assert_not(outcome.complete);
    cr_assert_eq(outcome.n_tables_unread, 2);
    cr_assert(strstr(stored(outcome.run_id), "b:unreadable:0 c:ok:130 d:unreadable:") != NULL, "%s",
              stored(outcome.run_id));
}

Test(scan, opens_a_lost_connection_again_and_goes_on)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    tables[2].fault = (struct dc_mem_fault){.at_block = DC_ERR_LOST};
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    cr_assert_eq(outcome.n_tables_unread, 1);
    cr_assert(strstr(stored(outcome.run_id), "c:unreadable:0 d:ok:130 e:ok:130") != NULL, "%s",
              stored(outcome.run_id));
}

Test(scan, gives_up_a_source_that_keeps_breaking_and_says_so_for_each_table)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    for (size_t i = 1; i < N_TABLES; i++) {
        tables[i].fault = (struct dc_mem_fault){.at_begin = DC_ERR_LOST};
    }
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    cr_assert_eq(outcome.n_tables_unread, N_TABLES - 1);
    cr_assert_eq(seen.n_failed, 1);
    cr_assert_eq(seen.n_done, N_TABLES, "also those that were given up");
    cr_assert_str_eq(stored(outcome.run_id), "a:ok:130 b:unreadable:0 c:unreadable:0 "
                                             "d:unreadable:0 e:unreadable:0 f:unreadable:0 ");
}

Test(scan, keeps_nothing_of_a_table_with_a_state_secret_mark)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    tables[0].comment = "绝密 试制记录";
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    cr_assert_eq(outcome.n_tables_unread, 1);
    cr_assert_eq(seen.n_warnings, 1);
    cr_assert_eq(seen.n_statements, N_TABLES - 1, "the table is not sampled");
    cr_assert(strncmp(stored(outcome.run_id), "a:skipped:0 b:ok", 16) == 0);
}

/* A mark in the first row; counts the rows that were asked for. */
static const char *marked_cell(const void *user, size_t row, size_t column, char *buffer,
                               size_t size)
{
    size_t *n_rows = *(size_t *const *)user;

    *n_rows = row + 1 > *n_rows ? row + 1 : *n_rows;
    snprintf(buffer, size, column == 0 ? "%zu" : row == 0 ? "机密★10年" : "1380000%04zu", row);
    return buffer;
}

Test(scan, stops_sampling_at_the_first_state_secret_mark)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};
    size_t n_rows = 0, *counter = &n_rows;

    tables[0].cell = marked_cell;
    tables[0].user = &counter;
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    cr_expect_eq(outcome.n_tables_unread, 1);
    cr_expect_gt(n_rows, 0);
    cr_expect_lt(n_rows, N_ROWS, "%zu rows were read", n_rows);
    cr_expect(strncmp(stored(outcome.run_id), "a:skipped:0 b:ok", 16) == 0);
}

Test(scan, plans_only_when_dry)
{
    struct dc_source source = source_of("one", address);
    struct dc_scan_tools tools = {taxonomy, matcher, classifier, dialects, NULL};
    struct seen seen = {0};
    struct dc_scan_request request = {.sources = &source,
                                      .n_sources = 1,
                                      .seed = 1,
                                      .dry = true,
                                      .on_event = on_event,
                                      .user = &seen};
    struct dc_scan_outcome outcome = {0};
    struct dc_scan *scan = dc_scan_create(&tools, &request);

    cr_assert_eq(dc_scan_run(scan, &outcome, NULL), DC_OK);
    cr_assert_eq(seen.n_statements, N_TABLES + 1, "one of the catalogue, one a table");
    dc_scan_destroy(scan);
}

static void cancel_at_first_table(void *user, const struct dc_scan_event *event)
{
    struct dc_scan **scan = user;

    if (event->kind == DC_SCAN_TABLE_DONE && *scan != NULL) {
        struct dc_scan *running = *scan;

        *scan = NULL;
        dc_scan_cancel(running);
    }
}

Test(scan, ends_soon_when_cancelled_and_keeps_what_was_done)
{
    struct dc_source source = source_of("one", address);
    struct dc_scan_tools tools = {taxonomy, matcher, classifier, dialects, store};
    struct dc_scan *scan = NULL;
    struct dc_scan_request request = {.sources = &source,
                                      .n_sources = 1,
                                      .seed = 1,
                                      .on_event = cancel_at_first_table,
                                      .user = &scan};
    struct dc_scan_outcome outcome = {0};
    struct dc_scan *made = scan = dc_scan_create(&tools, &request);

    cr_assert_eq(dc_scan_run(made, &outcome, NULL), DC_OK);
    dc_scan_destroy(made);
    cr_assert(outcome.interrupted);
    cr_assert_str_eq(stored(outcome.run_id), "a:ok:130 b:skipped:0 c:skipped:0 d:skipped:0 "
                                             "e:skipped:0 f:skipped:0 ");
}

/* ---- a login that can write ---- */

static const char *may_insert[] = {"INSERT on s.a"};
static const struct dc_text_rows insert_right = {may_insert, 1, 1};

Test(scan, a_login_that_can_write_is_warned_of_once_a_source)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    database.dbms_name = "PostgreSQL";
    database.answer = &insert_right;
    source.limits.connections = 3;
    struct dc_scan_outcome outcome = run(&source, 1, 3, &seen);
    cr_expect(outcome.complete);
    cr_expect_eq(seen.n_warnings, 1);
}

Test(scan, a_login_that_can_write_is_refused_where_it_may_not)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    database.dbms_name = "PostgreSQL";
    database.answer = &insert_right;
    source.require_read_only = true;
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    cr_expect_not(outcome.complete);
    cr_expect_eq(outcome.n_sources_failed, 1);
    cr_expect_eq(seen.n_failed, 1);
    cr_expect_eq(seen.n_done, 0, "not a table is read");
}

/* ---- failures that trying again may heal ---- */

/* rows, statements and repetitions of table b, with the state of all in `stored`. */
static struct dc_sample_info sample_of_b(int64_t run_id)
{
    struct dc_inventory_reader *reader = NULL;
    const struct dc_inventory_table *table = NULL;
    struct dc_sample_info info = {0};
    struct dc_err err = {0};

    cr_assert_eq(dc_store_read_run(store, run_id, &reader, &err), DC_OK, "%s", err.message);
    while (reader->class_->next_table(reader, &table, &err) == DC_OK && table != NULL) {
        if (strcmp(table->name, "b") == 0) {
            info = table->sample;
            info.statement = "";
        }
    }
    reader->class_->destroy(reader);
    return info;
}

Test(scan, a_deadlock_in_mid_table_is_tried_again_with_an_empty_profile)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    database.dbms_name = "MariaDB";
    tables[1].fault = (struct dc_mem_fault){
        .at_block = DC_ERR_READ, .block = 1, .n_blocks = 2, .sqlstate = "40001"};
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    struct dc_sample_info info = sample_of_b(outcome.run_id);

    cr_expect(outcome.complete);
    cr_expect_eq(info.rows_read, N_ROWS, "rows of broken samples do not count twice");
    cr_expect_eq(info.n_statements, 3);
    cr_expect_eq(info.n_retries, 2);
    cr_expect_gt(info.bytes_read, sample_of_b(outcome.run_id).rows_read * 12,
                 "what was read in vain is a load all the same");
}

Test(scan, a_deadlock_that_stays_is_given_up_after_a_few_times)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    database.dbms_name = "MariaDB";
    tables[1].fault = (struct dc_mem_fault){
        .at_block = DC_ERR_READ, .block = 1, .sqlstate = "40001"};
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    struct dc_sample_info info = sample_of_b(outcome.run_id);

    cr_expect_eq(outcome.n_tables_unread, 1);
    cr_expect_eq(info.n_statements, 1 + DC_MAX_RETRIES);
    cr_expect_eq(info.n_retries, DC_MAX_RETRIES);
    cr_expect_eq(seen.n_done, N_TABLES, "the others are read");
}

/* ---- budgets ---- */

/* The reason of the last table stored, and the state and error of the first source. */
struct told {
    const char *reason, *state, *error;
    int64_t n_statements;
};

static struct told told_of(int64_t run_id)
{
    struct dc_inventory_reader *reader = NULL;
    const struct dc_inventory_table *table = NULL;
    const struct dc_run_source *source = NULL;
    struct told told = {.reason = ""};
    struct dc_err err = {0};

    cr_assert_eq(dc_store_read_run(store, run_id, &reader, &err), DC_OK, "%s", err.message);
    cr_assert_eq(reader->class_->next_source(reader, &source, &err), DC_OK);
    told.state = dc_arena_strdup(arena, source->state);
    told.error = dc_arena_strdup(arena, source->error);
    told.n_statements = source->n_statements;
    while (reader->class_->next_table(reader, &table, &err) == DC_OK && table != NULL) {
        told.reason = dc_arena_strdup(arena, table->reason);
    }
    reader->class_->destroy(reader);
    return told;
}

static const char two_read[] = "a:ok:130 b:ok:130 c:skipped:0 d:skipped:0 e:skipped:0 f:skipped:0 ";

Test(scan, leaves_the_tables_that_a_budget_of_rows_no_longer_lets_in)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    source.limits.source_rows = N_ROWS + 1;
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    struct told told = told_of(outcome.run_id);

    cr_expect_str_eq(stored(outcome.run_id),
                     "a:ok:130 b:ok:1 c:skipped:0 d:skipped:0 e:skipped:0 f:skipped:0 ");
    cr_expect_not(outcome.complete);
    cr_expect_eq(outcome.n_tables_left, N_TABLES - 2);
    cr_expect_eq(seen.n_warnings, 1, "it is told once, not for every table");
    cr_expect_str_eq(told.reason, "the rows allowed for the source were used up");
    cr_expect_str_eq(told.state, "partial");
}

Test(scan, a_budget_bounds_the_table_in_hand_too)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    source.limits.source_rows = 130 + 7;
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);

    cr_expect_str_eq(stored(outcome.run_id),
                     "a:ok:130 b:ok:7 c:skipped:0 d:skipped:0 e:skipped:0 f:skipped:0 ");
}

Test(scan, leaves_the_tables_that_a_budget_of_bytes_no_longer_lets_in)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    source.limits.source_bytes = N_ROWS * 14; /* a table has some 1,800 bytes */
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);

    cr_expect_str_eq(stored(outcome.run_id),
                     "a:ok:130 b:ok:64 c:skipped:0 d:skipped:0 e:skipped:0 f:skipped:0 ");
    cr_expect_str_eq(told_of(outcome.run_id).reason,
                     "the bytes allowed for the source were used up");
}

Test(scan, leaves_the_tables_that_a_budget_of_seconds_no_longer_lets_in, .timeout = 30)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    tables[1].fault.seconds = 0.4; /* a block; 130 rows are several */
    source.limits.source_seconds = 1;
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);

    cr_expect_str_eq(stored(outcome.run_id), two_read);
    cr_expect_str_eq(told_of(outcome.run_id).reason,
                     "the seconds allowed for the source were used up");
}

Test(scan, a_budget_is_of_each_source_alone)
{
    struct dc_source sources[] = {source_of("one", address), source_of("two", address)};
    struct seen seen = {0};

    sources[0].limits.source_rows = 1;
    struct dc_scan_outcome outcome = run(sources, 2, 2, &seen);

    cr_expect_eq(outcome.n_tables_left, N_TABLES - 1);
    cr_expect_eq(outcome.n_tables_unread, N_TABLES - 1);
}

Test(scan, a_budget_holds_over_several_connections)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    source.limits.connections = 3;
    source.limits.source_rows = 1;
    struct dc_scan_outcome outcome = run(&source, 1, 3, &seen);

    cr_expect_geq(outcome.n_tables_left, N_TABLES - 3, "each connection ends the table it is at");
    cr_expect_eq(seen.n_done, N_TABLES);
}

Test(scan, opens_no_source_outside_its_window)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    source.limits.window = (struct dc_window){60, 1320};
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);
    struct told told = told_of(outcome.run_id);

    cr_expect_not(outcome.complete);
    cr_expect_eq(outcome.n_sources_closed, 1);
    cr_expect_eq(seen.n_opened + seen.n_failed, 0);
    cr_expect_str_eq(told.state, "not reached");
    cr_expect_str_eq(told.error, "outside the time window of the source");
    cr_expect_eq(told.n_statements, 0);
}

Test(scan, stops_after_the_table_during_which_the_window_closes)
{
    struct dc_source source = source_of("one", address);
    struct seen seen = {0};

    source.limits.window = (struct dc_window){1300, 1322};
    struct dc_scan_outcome outcome = run(&source, 1, 1, &seen);

    cr_expect_str_eq(stored(outcome.run_id), two_read);
    cr_expect_str_eq(told_of(outcome.run_id).reason, "the time window of the source had closed");
    cr_expect_eq(outcome.n_tables_left, N_TABLES - 2);
}
