/* The front of the connectors, on databases in memory. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/connect.h"
#include "dcscan/provider/mem_connector.h"
#include "dcscan/text.h"

static const struct dc_mem_column two_columns[] = {
    {.name = "id", .type_name = "json", .primary_key = true},
    {.name = "名称", .type = DC_TYPE_TEXT}};
static const char *const two_rows[] = {"1", "卡钳", "2", NULL};

/* Row r of a large table: its number, and whether it is one of the first 5,000. */
static const char *numbered(const void *user, size_t row, size_t column, char *buffer, size_t size)
{
    (void)user;
    snprintf(buffer, size, column == 0 ? "%zu" : row < 5000 ? "head%zu" : "tail%zu", row);
    return buffer;
}

#define TABLE(...)                                                                          \
    {                                                                                       \
        .columns = two_columns, .n_columns = 2, .cells = two_rows, .n_rows = 2, __VA_ARGS__ \
    }
#define LARGE(...)                                                                             \
    {                                                                                          \
        .columns = two_columns, .n_columns = 2, .cell = numbered, .n_rows = 60000, __VA_ARGS__ \
    }

struct rig {
    struct dc_arena *arena;
    struct dc_complaints complaints;
    struct dc_dialects *dialects;
    char address[DC_MEM_ADDRESS_SIZE];
    struct dc_source source;
    struct dc_connection *connection;
    struct dc_catalog *catalog;
    struct dc_err err;
    /* what take was given */
    size_t n_rows, n_blocks;
    char first[64];
    bool has_enough; /* take wants no second block */
};

static struct rig rig_make(const struct dc_mem_database *database)
{
    struct rig rig = {.arena = dc_arena_create(0)};

    dc_complaints_init(&rig.complaints, rig.arena);
    cr_assert_eq(dc_dialects_load(TEST_ROOT "/connectors/dialects", &rig.dialects, &rig.complaints,
                                  &rig.err),
                 DC_OK);
    rig.source = (struct dc_source){.name = "plant", .connector = "mem"};
    dc_mem_address(database, rig.address);
    return rig;
}

static enum dc_status rig_open(struct rig *rig)
{
    rig->source.connection = rig->address;
    return dc_connection_open(&rig->source, rig->dialects, &rig->connection, &rig->err);
}

static void rig_list(struct rig *rig)
{
    cr_assert_eq(rig_open(rig), DC_OK, "%s", rig->err.message);
    cr_assert_eq(dc_connection_list(rig->connection, &rig->catalog, &rig->err), DC_OK, "%s",
                 rig->err.message);
}

static void rig_done(struct rig *rig)
{
    dc_catalog_destroy(rig->catalog);
    dc_connection_close(rig->connection);
    dc_dialects_destroy(rig->dialects);
    dc_complaints_done(&rig->complaints);
    dc_arena_destroy(rig->arena);
}

static bool take(void *user, const struct dc_block *block)
{
    struct rig *rig = user;

    if (rig->n_blocks++ == 0 && block->columns[block->n_columns - 1].fetched) {
        struct dc_value value = dc_block_value(&block->columns[block->n_columns - 1], 0);

        snprintf(rig->first, sizeof rig->first, "%.*s", (int)value.size, value.bytes);
    }
    rig->n_rows += block->n_rows;
    return !rig->has_enough;
}

static enum dc_status rig_sample(struct rig *rig, const char *table, struct dc_sample_info *info)
{
    struct dc_sample_options options = {.seed = 1};

    rig->n_rows = rig->n_blocks = 0;
    rig->err = (struct dc_err){0};
    return dc_connection_sample(rig->connection, dc_catalog_find(rig->catalog, "", "", table),
                                &options, rig->arena, take, rig, info, &rig->err);
}

/* ---- opening ---- */

Test(connection, an_unknown_connector_is_named)
{
    struct dc_mem_database database = {0};
    struct rig rig = rig_make(&database);

    rig.source.connector = "carrier pigeon";
    cr_expect_eq(rig_open(&rig), DC_ERR_CONFIG);
    cr_expect_str_eq(rig.err.message, "could not find the connector \"carrier pigeon\"");
    cr_expect_str_eq(rig.err.object, "source \"plant\"");
    rig_done(&rig);
}

Test(connection, an_unknown_dialect_is_told_with_the_known_ones)
{
    struct dc_mem_database database = {0};
    struct rig rig = rig_make(&database);

    rig.source.dialect = "klingon";
    cr_expect_eq(rig_open(&rig), DC_ERR_CONFIG);
    cr_expect_not_null(strstr(rig.err.hint, "\"postgresql\""), "%s", rig.err.hint);
    rig_done(&rig);
}

Test(connection, an_address_made_up_is_not_followed)
{
    struct dc_mem_database database = {0};
    struct rig rig = rig_make(&database);
    static const char *const made_up[] = {"", "mem:", "mem:10",
                                          "mem:0000000000000010:0000000000000010", "x"};

    for (size_t i = 0; i < sizeof made_up / sizeof made_up[0]; i++) {
        snprintf(rig.address, sizeof rig.address, "%s", made_up[i]);
        cr_expect_eq(rig_open(&rig), DC_ERR_CONNECT, "%s", made_up[i]);
    }
    rig_done(&rig);
}

Test(connection, the_password_opens_it_and_a_wrong_one_does_not)
{
    struct dc_mem_database database = {.password = "right"};
    struct rig rig = rig_make(&database);

    rig.source.connection = rig.address;
    cr_expect_eq(
        dc_connection_open_as(&rig.source, "wrong", rig.dialects, &rig.connection, &rig.err),
        DC_ERR_CONNECT);
    cr_expect_null(rig.connection);
    cr_expect_eq(
        dc_connection_open_as(&rig.source, "right", rig.dialects, &rig.connection, &rig.err),
        DC_OK);
    rig_done(&rig);
}

Test(connection, the_dialect_is_the_one_named_or_the_one_recognised)
{
    struct dc_mem_database database = {.dbms_name = "PostgreSQL"};
    struct rig rig = rig_make(&database);

    cr_assert_eq(rig_open(&rig), DC_OK);
    cr_expect_str_eq(dc_connection_dialect(rig.connection)->name, "postgresql");
    dc_connection_close(rig.connection);
    rig.source.dialect = "sqlite";
    cr_assert_eq(rig_open(&rig), DC_OK);
    cr_expect_str_eq(dc_connection_dialect(rig.connection)->name, "sqlite");
    rig_done(&rig);
}

Test(connection, the_generic_dialect_quotes_as_the_driver_says)
{
    struct dc_mem_database database = {0};
    struct rig rig = rig_make(&database);

    cr_assert_eq(rig_open(&rig), DC_OK);
    cr_expect_str_eq(dc_connection_dialect(rig.connection)->name, "generic");
    cr_expect_str_eq(dc_connection_dialect(rig.connection)->quote_open, "\"");
    rig_done(&rig);
}

Test(connection, a_session_that_may_write_is_warned_of)
{
    struct dc_mem_database database = {.writable = true};
    struct rig rig = rig_make(&database);

    cr_assert_eq(rig_open(&rig), DC_OK);
    cr_expect_str_eq(dc_connection_read_only(rig.connection), "none");
    cr_expect_not_null(dc_connection_warning(rig.connection));
    rig_done(&rig);
}

Test(connection, a_read_only_session_is_not)
{
    struct dc_mem_database database = {0};
    struct rig rig = rig_make(&database);

    cr_assert_eq(rig_open(&rig), DC_OK);
    cr_expect_str_eq(dc_connection_read_only(rig.connection), "session");
    cr_expect_null(dc_connection_warning(rig.connection));
    rig_done(&rig);
}

/* ---- listing ---- */

static const struct dc_mem_table scoped[] = {
    TABLE(.schema = "mes", .name = "orders"),
    TABLE(.schema = "mes", .name = "tmp_orders"),
    TABLE(.schema = "hr", .name = "staff"),
    TABLE(.schema = "information_schema", .name = "tables"),
    {.schema = "mes", .name = "nothing"},
};
static const struct dc_mem_database scoped_database = {.tables = scoped, .n_tables = 5};

static const struct {
    const char *include, *exclude;
    size_t n_tables;
} scopes[] = {
    {NULL, NULL, 4},
    {"mes.*", NULL, 3},
    {"mes.*", "*.tmp_*", 2},
    {"*.*", NULL, 4},
    {"information_schema.*", NULL, 1},
    {"INFORMATION_SCHEMA.tables", NULL, 1},
    {NULL, "hr.*", 3},
    {"nothing.*", NULL, 0},
};

Test(connection, the_scope_of_the_source_is_kept_and_system_schemas_stay_out_unless_named)
{
    for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
        struct rig rig = rig_make(&scoped_database);

        rig.source.include = &scopes[i].include;
        rig.source.n_include = scopes[i].include != NULL;
        rig.source.exclude = &scopes[i].exclude;
        rig.source.n_exclude = scopes[i].exclude != NULL;
        rig_list(&rig);
        cr_expect_eq(rig.catalog->n_tables, scopes[i].n_tables, "line %zu: %zu", i,
                     rig.catalog->n_tables);
        rig_done(&rig);
    }
}

Test(connection, types_are_completed_and_a_table_without_columns_is_no_empty_find)
{
    struct rig rig = rig_make(&scoped_database);

    rig_list(&rig);
    cr_expect_eq(dc_catalog_find(rig.catalog, "", "mes", "orders")->columns[0].type, DC_TYPE_JSON);
    cr_expect_not_null(dc_catalog_find(rig.catalog, "", "mes", "nothing")->skip_reason);
    rig_done(&rig);
}

Test(connection, a_catalogue_that_cannot_be_read_is_an_error_of_the_source)
{
    struct dc_mem_database database = {.at_list = DC_ERR_DENIED};
    struct rig rig = rig_make(&database);

    cr_assert_eq(rig_open(&rig), DC_OK);
    cr_expect_eq(dc_connection_list(rig.connection, &rig.catalog, &rig.err), DC_ERR_DENIED);
    cr_expect_null(rig.catalog);
    cr_expect_str_eq(rig.err.object, "source \"plant\"");
    rig_done(&rig);
}

/* ---- sampling ---- */

static const struct dc_mem_column mixed[] = {
    {.name = "photo", .type = DC_TYPE_BINARY},
    {.name = "secret", .type = DC_TYPE_TEXT, .unreadable = true},
    {.name = "name", .type = DC_TYPE_TEXT}};
static const char *const mixed_cells[] = {"b", "s", "visible"};
static const struct dc_mem_column blobs[] = {{.name = "photo", .type = DC_TYPE_BINARY}};

static const struct dc_mem_table plant[] = {
    TABLE(.name = "small"),
    LARGE(.name = "large"),
    {.name = "mixed", .columns = mixed, .n_columns = 3, .cells = mixed_cells, .n_rows = 1},
    {.name = "blobs", .columns = blobs, .n_columns = 1, .cells = mixed_cells, .n_rows = 1},
    {.name = "empty", .columns = two_columns, .n_columns = 2, .n_rows = 0},
    TABLE(.name = "denied", .fault = {.at_begin = DC_ERR_DENIED}),
    LARGE(.name = "breaks", .fault = {.at_block = DC_ERR_READ, .block = 3}),
    LARGE(.name = "lost", .fault = {.at_block = DC_ERR_LOST, .block = 1}),
    LARGE(.name = "slow", .fault = {.seconds = 0.2}),
    LARGE(.name = "hangs", .fault = {.seconds = 30}),
};
static const struct dc_mem_database plant_database = {.tables = plant,
                                                      .n_tables = sizeof plant / sizeof plant[0]};

Test(connection, a_small_table_is_read_whole)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig_list(&rig);
    cr_assert_eq(rig_sample(&rig, "small", &info), DC_OK, "%s", rig.err.message);
    cr_expect_eq(info.method, DC_SAMPLE_WHOLE);
    cr_expect_eq(info.rows_read, 2);
    cr_expect_eq(info.bytes_read, 1 + 6 + 1);
    cr_expect_str_eq(info.statement, "SELECT \"id\", \"名称\" FROM \"small\"");
    cr_expect_eq(rig.err.status, DC_OK);
    rig_done(&rig);
}

Test(connection, an_empty_table_gives_no_rows_and_no_error)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig_list(&rig);
    cr_assert_eq(rig_sample(&rig, "empty", &info), DC_OK);
    cr_expect_eq(info.method, DC_SAMPLE_WHOLE);
    cr_expect_eq(rig.n_blocks, 0);
    rig_done(&rig);
}

Test(connection, first_rows_of_a_large_table_are_called_so)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig_list(&rig);
    cr_assert_eq(rig_sample(&rig, "large", &info), DC_OK);
    cr_expect_eq(info.method, DC_SAMPLE_HEAD);
    cr_expect_eq(info.rows_read, 1000);
    cr_expect_not(info.cut);
    rig_done(&rig);
}

Test(connection, blocks_have_a_column_for_each_of_the_tables)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig_list(&rig);
    cr_assert_eq(rig_sample(&rig, "mixed", &info), DC_OK);
    cr_expect_str_eq(rig.first, "visible");
    cr_expect_str_eq(info.statement, "SELECT \"name\" FROM \"mixed\"");
    rig_done(&rig);
}

Test(connection, a_table_of_blobs_alone_is_not_asked)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;
    int64_t before;

    rig_list(&rig);
    before = dc_connection_n_statements(rig.connection);
    cr_assert_eq(rig_sample(&rig, "blobs", &info), DC_OK);
    cr_expect_eq(info.method, DC_SAMPLE_NONE);
    cr_expect_eq(dc_connection_n_statements(rig.connection), before);
    rig_done(&rig);
}

Test(connection, a_taker_that_has_enough_gets_no_second_block)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig.has_enough = true;
    rig_list(&rig);
    cr_assert_eq(rig_sample(&rig, "large", &info), DC_OK);
    cr_expect_eq(rig.n_blocks, 1);
    cr_expect_eq(info.rows_read, (int64_t)rig.n_rows);
    cr_expect(info.cut);
    rig.has_enough = false;
    cr_assert_eq(rig_sample(&rig, "large", &info), DC_OK);
    cr_expect_gt(rig.n_blocks, 1);
    rig_done(&rig);
}

Test(connection, a_dry_run_makes_the_statement_and_sends_none)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_options options = {.seed = 1, .dry = true};
    struct dc_sample_info info;
    int64_t before;

    rig_list(&rig);
    before = dc_connection_n_statements(rig.connection);
    cr_assert_eq(dc_connection_sample(rig.connection, dc_catalog_find(rig.catalog, "", "", "large"),
                                      &options, rig.arena, take, &rig, &info, &rig.err),
                 DC_OK);
    cr_expect_str_eq(info.statement, "SELECT \"id\", \"名称\" FROM \"large\"");
    cr_expect_eq(dc_connection_n_statements(rig.connection), before);
    cr_expect_eq(rig.n_rows, 0);
    rig_done(&rig);
}

Test(connection, a_refused_table_is_named_and_the_next_is_read)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig_list(&rig);
    cr_expect_eq(rig_sample(&rig, "denied", &info), DC_ERR_DENIED);
    cr_expect_str_eq(rig.err.object, "source \"plant\": table \"denied\"");
    cr_expect_eq(dc_connection_action(rig.connection, &rig.err), DC_ACTION_SKIP_TABLE);
    cr_expect_eq(rig_sample(&rig, "small", &info), DC_OK);
    rig_done(&rig);
}

Test(connection, an_error_in_mid_table_is_no_end)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig_list(&rig);
    cr_expect_eq(rig_sample(&rig, "breaks", &info), DC_ERR_READ);
    cr_expect_eq(info.rows_read, 3 * 64, "what came before is told");
    cr_expect_eq(rig.n_rows, 3 * 64);
    rig_done(&rig);
}

Test(connection, a_lost_connection_stops_the_source)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig_list(&rig);
    cr_expect_eq(rig_sample(&rig, "lost", &info), DC_ERR_LOST);
    cr_expect_eq(dc_connection_action(rig.connection, &rig.err), DC_ACTION_STOP_SOURCE);
    cr_expect_eq(rig_sample(&rig, "small", &info), DC_ERR_LOST);
    rig_done(&rig);
}

Test(connection, a_table_that_takes_its_time_is_cut_and_marked, .timeout = 20)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig.source.limits.table_seconds = 1;
    rig_list(&rig);
    cr_expect_eq(rig_sample(&rig, "slow", &info), DC_OK);
    cr_expect(info.cut);
    cr_expect_gt(info.rows_read, 0);
    cr_expect_lt(info.rows_read, 1000);
    cr_expect_leq(info.seconds, 5);
    rig_done(&rig);
}

Test(connection, a_table_that_hangs_is_a_time_out, .timeout = 20)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig.source.limits.table_seconds = 1;
    rig_list(&rig);
    cr_expect_eq(rig_sample(&rig, "hangs", &info), DC_ERR_TIMEOUT);
    cr_expect_eq(rig_sample(&rig, "small", &info), DC_OK);
    rig_done(&rig);
}

Test(connection, bytes_are_a_bound_too)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;

    rig.source.limits.table_bytes = 2000;
    rig_list(&rig);
    cr_expect_eq(rig_sample(&rig, "large", &info), DC_OK);
    cr_expect(info.cut);
    cr_expect_lt(info.bytes_read, 4000);
    rig_done(&rig);
}

static void *cancel_soon(void *connection)
{
    usleep(200000);
    dc_connection_cancel(connection);
    return NULL;
}

Test(connection, another_thread_cancels, .timeout = 20)
{
    struct rig rig = rig_make(&plant_database);
    struct dc_sample_info info;
    pthread_t thread;

    rig_list(&rig);
    pthread_create(&thread, NULL, cancel_soon, rig.connection);
    cr_expect_eq(rig_sample(&rig, "hangs", &info), DC_ERR_CANCELLED);
    pthread_join(thread, NULL);
    rig_done(&rig);
}

/* ---- what a dialect says of failures ---- */

static const struct dc_mem_table mysql_tables[] = {
    TABLE(.name = "no_right",
          .fault = {.at_begin = DC_ERR_READ, .sqlstate = "42000", .native_code = 1142}),
    TABLE(.name = "syntax",
          .fault = {.at_begin = DC_ERR_READ, .sqlstate = "42000", .native_code = 1064}),
    TABLE(.name = "gone",
          .fault = {.at_begin = DC_ERR_READ, .sqlstate = "HY000", .native_code = 2006}),
    TABLE(.name = "deadlock",
          .fault = {.at_begin = DC_ERR_READ, .n_begins = 2, .sqlstate = "40001"}),
    TABLE(.name = "deadlocked", .fault = {.at_begin = DC_ERR_READ, .sqlstate = "40001"}),
    TABLE(.name = "first_block",
          .fault = {.at_block = DC_ERR_READ, .n_blocks = 1, .sqlstate = "40001"}),
    LARGE(.name = "third_block",
          .fault = {.at_block = DC_ERR_READ, .block = 2, .n_blocks = 1, .sqlstate = "40001"}),
};
static const struct dc_mem_database mysql = {
    .dbms_name = "MariaDB", .tables = mysql_tables, .n_tables = 7};

static const struct {
    const char *table;
    enum dc_status status;
    int64_t n_statements, n_retries;
} refined[] = {
    {"no_right", DC_ERR_DENIED, 1, 0},
    {"syntax", DC_ERR_READ, 1, 0},
    {"gone", DC_ERR_LOST, 1, 0},
    {"deadlock", DC_OK, 3, 2},
    {"deadlocked", DC_ERR_READ, 1 + DC_MAX_RETRIES, DC_MAX_RETRIES},
    {"first_block", DC_OK, 2, 1},
    /* Rows of it have been handed over: only who took them can begin anew. */
    {"third_block", DC_ERR_READ, 1, 0},
};

Test(connection, the_dialect_knows_what_a_code_means_and_what_is_worth_another_try, .timeout = 20)
{
    struct rig rig = rig_make(&mysql);
    struct dc_sample_info info;

    rig_list(&rig);
    for (size_t i = 0; i < sizeof refined / sizeof refined[0]; i++) {
        cr_expect_eq(rig_sample(&rig, refined[i].table, &info), refined[i].status, "%s: %s",
                     refined[i].table, dc_status_name(rig.err.status));
        cr_expect_eq(rig.err.status, refined[i].status, "%s", refined[i].table);
        cr_expect_eq(info.n_statements, refined[i].n_statements, "%s", refined[i].table);
        cr_expect_eq(info.n_retries, refined[i].n_retries, "%s", refined[i].table);
    }
    rig_done(&rig);
}
