/* What every connector and every dialect owes: the same expectations, one run for each DBMS. */
#include "rig.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/text.h"

static const char *numbered(const void *user, size_t row, size_t column, char *buffer, size_t size)
{
    (void)user;
    snprintf(buffer, size, column == 0 ? "%zu" : "v%zu", row + 1);
    return buffer;
}

static const struct conf_column pair[] = {{.name = "id", .type = "integer", .key = true},
                                          {.name = "v", .type = "varchar(40)"}};

/* ---- values ---- */

static const char *any_value(const void *user, size_t row, size_t column, char *buffer, size_t size)
{
    static const char *const values[] = {NULL,       "",          "制动卡钳", "it's \"quoted\"",
                                         " spaces ", "100% ?{x}", "a;b--c"};

    (void)user;
    if (column == 0) {
        snprintf(buffer, size, "%zu", row + 1);
        return buffer;
    }
    return values[row];
}

CONFORMANCE(values_arrive_as_they_are_and_null_is_not_empty)
{
    const struct conf_table table = {
        .name = "t", .columns = pair, .n_columns = 2, .n_rows = 7, .cell = any_value};
    struct taken taken;
    char buffer[64];

    rig_add(rig, &table);
    rig_connect(rig);
    cr_assert_eq(rig_sample(rig, "t", 1, &taken), DC_OK, "%s", rig->err.message);
    cr_assert_eq(taken.n_rows, 7);
    for (size_t r = 0; r < 7; r++) {
        const char *expected = any_value(NULL, r, 1, buffer, sizeof buffer),
                   *got = taken_cell(&taken, r, 1);

        cr_assert_eq(got == NULL, expected == NULL, "row %zu", r);
        if (expected != NULL) {
            cr_expect_str_eq(got, expected);
        }
    }
    cr_expect_eq(taken.n_nulls, 1);
    cr_expect_eq(taken.n_empty, 1);
    taken_done(&taken);
}

#define LONG_VALUE 1000

static const char *long_value(const void *user, size_t row, size_t column, char *buffer,
                              size_t size)
{
    size_t n = column == 0 ? 1 : row == 0 ? 255 : row == 1 ? 256 : row == 2 ? 257 : LONG_VALUE;

    (void)user;
    (void)size;
    memset(buffer, 'x', n);
    buffer[n] = '\0';
    if (column == 0) {
        buffer[0] = (char)('1' + row);
    }
    return buffer;
}

static const struct conf_column long_columns[] = {{.name = "id", .type = "integer"},
                                                  {.name = "bounded", .type = "varchar(2000)"},
                                                  {.name = "unbounded", .type = "text"}};

CONFORMANCE(a_value_longer_than_its_room_is_cut_and_marked)
{
    const struct conf_table table = {
        .name = "t", .columns = long_columns, .n_columns = 3, .n_rows = 4, .cell = long_value};
    struct taken taken;

    rig_add(rig, &table);
    rig_connect(rig);
    cr_assert_eq(rig_sample(rig, "t", 1, &taken), DC_OK, "%s", rig->err.message);
    cr_expect_eq(taken.n_truncated, 4, "rows 2 and 3 of two columns, not %zu", taken.n_truncated);
    for (size_t c = 1; c <= 2; c++) {
        cr_expect_eq(strlen(taken_cell(&taken, 0, c)), 255);
        cr_expect_eq(strlen(taken_cell(&taken, 1, c)), 256);
        cr_expect_eq(strlen(taken_cell(&taken, 2, c)), 256);
        cr_expect_eq(strlen(taken_cell(&taken, 3, c)), 256);
    }
    cr_expect_leq(taken.info.bytes_read, 4 + 2 * (255 + 3 * 256));
    taken_done(&taken);
}

/* ---- blocks ---- */

CONFORMANCE(every_row_of_a_small_table_comes_once)
{
    static const size_t counts[] = {0, 1, 63, 64, 65, 128, 1000};
    char name[32], expected[32];

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct conf_table table = {
            .name = name, .columns = pair, .n_columns = 2, .n_rows = counts[i], .cell = numbered};

        snprintf(name, sizeof name, "rows_%zu", counts[i]);
        /* The names must outlive the rig in memory. */
        table.name = dc_arena_strdup(rig->arena, name);
        rig_add(rig, &table);
    }
    rig_connect(rig);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct taken taken;

        snprintf(name, sizeof name, "rows_%zu", counts[i]);
        cr_assert_eq(rig_sample(rig, name, 1, &taken), DC_OK, "%s: %s", name, rig->err.message);
        cr_expect_eq(taken.n_rows, counts[i], "%s: %zu", name, taken.n_rows);
        cr_expect_eq(taken.info.method, DC_SAMPLE_WHOLE, "%s", name);
        for (size_t r = 0; r < taken.n_rows; r++) {
            snprintf(expected, sizeof expected, "v%zu", r + 1);
            cr_assert_str_eq(taken_cell(&taken, r, 1), expected);
        }
        taken_done(&taken);
    }
}

/* ---- the catalogue ---- */

static const struct conf_column supplier_columns[] = {
    {.name = "supplier_id", .type = "integer", .comment = "供应商编号", .key = true},
    {.name = "name", .type = "varchar(80)", .comment = "名称, 全称 (含 ' 号)"}};
static const struct conf_column delivery_columns[] = {
    {.name = "id", .type = "integer", .key = true},
    {.name = "supplier", .type = "integer", .ref_table = "suppliers", .ref_column = "supplier_id"},
    {.name = "price", .type = "decimal(10,2)", .comment = "单价"},
    {.name = "arrived", .type = "date"}};

/* Those of the suppliers, as far as the DBMS can tell. */
static void expect_columns(const struct dbms *dbms, const struct dc_table *table)
{
    if (!dbms->no_column_comments) {
        cr_expect_str_eq(table->columns[0].comment, "供应商编号");
        cr_expect_str_eq(table->columns[1].comment, "名称, 全称 (含 ' 号)");
    }
    cr_expect_eq(table->columns[0].primary_key, !dbms->no_keys);
    cr_expect_not(table->columns[1].primary_key);
    cr_expect_eq(table->columns[0].type,
                 dbms->decimal_integers ? DC_TYPE_DECIMAL : DC_TYPE_INTEGER);
    cr_expect_eq(table->columns[1].type, dbms->long_texts ? DC_TYPE_LONG_TEXT : DC_TYPE_TEXT);
    cr_expect_eq(table->columns[1].length, dbms->no_lengths ? -1 : 80);
}

CONFORMANCE_SQL(the_catalogue_tells_comments_keys_types_and_sizes)
{
    const struct conf_table suppliers = {.name = "suppliers",
                                         .comment = "供应商主数据",
                                         .columns = supplier_columns,
                                         .n_columns = 2,
                                         .n_rows = 100,
                                         .cell = numbered};
    const struct conf_table deliveries = {
        .name = "deliveries", .columns = delivery_columns, .n_columns = 4};
    const struct dc_table *table;

    rig_add(rig, &suppliers);
    rig_add(rig, &deliveries);
    rig_connect(rig);
    cr_expect_eq(rig->catalog->n_tables, 2);
    table = rig_table(rig, "suppliers");
    cr_expect_str_eq(table->comment, "供应商主数据");
    cr_expect_eq(table->rows_estimated, rig->dbms->no_sizes ? -1 : 100, "%ld",
                 (long)table->rows_estimated);
    cr_expect_eq(table->kind, DC_TABLE_BASE);
    cr_assert_eq(table->n_columns, 2);
    expect_columns(rig->dbms, table);
    table = rig_table(rig, "deliveries");
    cr_expect_str_eq(table->comment, "");
    if (!rig->dbms->no_references) {
        cr_expect_str_eq(table->columns[1].ref_table, "suppliers");
        cr_expect_str_eq(table->columns[1].ref_column, "supplier_id");
    }
    cr_expect_eq(table->columns[2].type, DC_TYPE_DECIMAL);
    cr_expect_eq(table->columns[2].scale, 2);
    cr_expect_eq(table->columns[3].type, rig->dbms->no_dates ? DC_TYPE_TIMESTAMP : DC_TYPE_DATE);
    cr_expect_eq(table->columns[3].ordinal, 4);
}

static const char *const odd_names[] = {
    "two words", "select", "检验 记录",  "a;b -- c", "100% {table} ?", "q\"uote", "back`tick",
    "it's",      "[x]",    "UPPER Case", "a.b",      "中文（括号）"};

CONFORMANCE(names_of_any_kind_are_listed_and_read)
{
    for (size_t i = 0; i < sizeof odd_names / sizeof odd_names[0]; i++) {
        struct conf_column *columns = dc_arena_alloc(rig->arena, 2 * sizeof *columns);
        struct conf_table table = {
            .columns = columns, .n_columns = 2, .n_rows = 3, .cell = numbered};

        columns[0] = (struct conf_column){.name = "id", .type = "integer"};
        columns[1] = (struct conf_column){.name = odd_names[i], .type = "varchar(40)"};
        table.name = odd_names[i];
        rig_add(rig, &table);
    }
    rig_connect(rig);
    for (size_t i = 0; i < sizeof odd_names / sizeof odd_names[0]; i++) {
        struct taken taken;

        cr_expect_str_eq(rig_table(rig, odd_names[i])->columns[1].name, odd_names[i]);
        cr_assert_eq(rig_sample(rig, odd_names[i], 1, &taken), DC_OK, "%s: %s", odd_names[i],
                     rig->err.message);
        cr_assert_eq(taken.n_rows, 3, "%s", odd_names[i]);
        cr_expect_str_eq(taken_cell(&taken, 2, 1), "v3");
        taken_done(&taken);
    }
}

CONFORMANCE_SQL(binary_columns_are_listed_and_not_fetched)
{
    static const struct conf_column columns[] = {{.name = "id", .type = "integer"},
                                                 {.name = "photo", .type = "blob"}};
    const struct conf_table table = {
        .name = "t", .columns = columns, .n_columns = 2, .n_rows = 2, .cell = numbered};
    struct taken taken;

    rig_add(rig, &table);
    rig_connect(rig);
    cr_expect_eq(rig_table(rig, "t")->columns[1].type, DC_TYPE_BINARY);
    cr_assert_eq(rig_sample(rig, "t", 1, &taken), DC_OK, "%s", rig->err.message);
    cr_expect_null(strstr(taken.info.statement, "photo"), "%s", taken.info.statement);
    cr_expect_eq(taken.n_rows, 2);
    cr_expect_eq(taken.n_nulls, 2, "what is not fetched is no value");
    taken_done(&taken);
}

CONFORMANCE_SQL(a_view_over_what_is_gone_spoils_only_itself)
{
    const struct conf_table here = {
        .name = "here", .columns = pair, .n_columns = 2, .n_rows = 3, .cell = numbered};
    struct taken taken;

    rig_add(rig, &here);
    rig_add_broken_view(rig, "broken");
    rig_connect(rig);
    cr_assert_eq(rig_sample(rig, "here", 1, &taken), DC_OK, "%s", rig->err.message);
    cr_expect_eq(taken.n_rows, 3);
    cr_expect_eq(rig_table(rig, "here")->n_columns, 2);
    for (size_t i = 0; i < rig->catalog->n_tables; i++) {
        const struct dc_table *table = &rig->catalog->tables[i];

        cr_expect_eq(table->skip_reason != NULL, strcmp(table->name, "broken") == 0, "%s",
                     table->name);
    }
    taken_done(&taken);
}

/* ---- sampling ---- */

CONFORMANCE_SQL(a_sample_of_a_large_table_is_no_sample_of_its_first_rows)
{
    struct taken taken, again, other;

    rig_add_numbered(rig, "t", 60000, 5000, false);
    rig_connect(rig);
    cr_assert_eq(rig_sample(rig, "t", 1, &taken), DC_OK, "%s", rig->err.message);
    if (!rig->dbms->random) {
        cr_expect_eq(taken.info.method, DC_SAMPLE_HEAD, "first rows are called first rows");
        taken_done(&taken);
        return;
    }
    cr_expect_geq(taken.n_rows, 900, "%zu", taken.n_rows);
    cr_expect_leq(taken.n_rows, 1200, "%zu", taken.n_rows);
    /* 8.3 % of the rows: with a thousand of them four standard deviations of the worst method round it. */
    cr_expect_geq((double)taken.n_heads / (double)taken.n_rows, 0.03, "%zu of %zu", taken.n_heads,
                  taken.n_rows);
    cr_expect_leq((double)taken.n_heads / (double)taken.n_rows, 0.14, "%zu of %zu", taken.n_heads,
                  taken.n_rows);
    cr_expect_neq(taken.info.method, DC_SAMPLE_HEAD);
    cr_expect_not(taken.info.cut);
    cr_assert_eq(rig_sample(rig, "t", 1, &again), DC_OK);
    cr_assert_eq(rig_sample(rig, "t", 2, &other), DC_OK);
    cr_assert_eq(again.n_rows, taken.n_rows);
    cr_expect_str_eq(taken_cell(&again, 0, 1), taken_cell(&taken, 0, 1),
                     "the same seed takes the same rows");
    cr_expect_str_eq(taken_cell(&again, 700, 1), taken_cell(&taken, 700, 1));
    cr_expect(rig->dbms->no_seed ||
                  strcmp(taken_cell(&other, 700, 1), taken_cell(&taken, 700, 1)) != 0,
              "another seed takes others");
    taken_done(&taken);
    taken_done(&again);
    taken_done(&other);
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

CONFORMANCE_SQL(no_row_is_taken_twice)
{
    struct taken taken;
    char *ids[MAX_KEPT];

    rig_add_numbered(rig, "t", 20000, 0, false);
    rig_connect(rig);
    cr_assert_eq(rig_sample(rig, "t", 3, &taken), DC_OK);
    cr_assert_leq(2 * taken.n_rows, MAX_KEPT);
    for (size_t r = 0; r < taken.n_rows; r++) {
        ids[r] = taken.cells[2 * r];
    }
    qsort(ids, taken.n_rows, sizeof ids[0], compare_texts);
    for (size_t r = 1; r < taken.n_rows; r++) {
        cr_assert_str_neq(ids[r], ids[r - 1]);
    }
    taken_done(&taken);
}

CONFORMANCE_SQL(sampling_a_large_table_takes_few_statements)
{
    struct taken taken;
    int64_t before;

    rig_add_numbered(rig, "t", 20000, 0, false);
    rig_connect(rig);
    before = dc_connection_n_statements(rig->connection);
    cr_assert_eq(rig_sample(rig, "t", 3, &taken), DC_OK);
    cr_expect_leq(dc_connection_n_statements(rig->connection) - before, rig->dbms->ranges ? 27 : 4);
    taken_done(&taken);
}

CONFORMANCE_SQL(a_table_whose_size_the_statistics_deny_is_not_read_to_its_end)
{
    struct taken taken;

    rig_add_numbered(rig, "t", 60000, 5000, false);
    rig_connect(rig);
    /* As if the statistics were years old. */
    ((struct dc_table *)rig_table(rig, "t"))->rows_estimated = 10;
    cr_assert_eq(rig_sample(rig, "t", 1, &taken), DC_OK);
    /* Who believes no sizes is not misled. */
    cr_expect_eq(taken.info.method,
                 rig->dbms->no_sizes && rig->dbms->random ? DC_SAMPLE_RANDOM_KEYS : DC_SAMPLE_HEAD,
                 "first rows are called first rows: %s", taken.info.statement);
    cr_expect_leq(taken.n_rows, 4000);
    taken_done(&taken);
}

CONFORMANCE_SQL(a_table_smaller_than_the_statistics_say_is_read_whole)
{
    struct taken taken;

    rig_add_numbered(rig, "t", 50, 0, false);
    rig_connect(rig);
    ((struct dc_table *)rig_table(rig, "t"))->rows_estimated = 1000000;
    cr_assert_eq(rig_sample(rig, "t", 1, &taken), DC_OK);
    cr_expect_eq(taken.info.method, DC_SAMPLE_WHOLE, "%s",
                 dc_sample_method_name(taken.info.method));
    cr_expect_geq(taken.n_rows, 50);
    taken_done(&taken);
}

/* Numbers made elsewhere, far apart: random ones meet none of them. */
CONFORMANCE_SQL(a_table_with_sparse_keys_is_sampled_all_the_same)
{
    struct taken taken;

    rig_add_numbered(rig, "t", 20000, 2000, true);
    rig_add_numbered(rig, "few", 10, 0, true);
    rig_connect(rig);
    cr_assert_eq(rig_sample(rig, "t", 1, &taken), DC_OK, "%s", rig->err.message);
    cr_expect_eq(taken.info.method == DC_SAMPLE_HEAD, !rig->dbms->random, "%s",
                 taken.info.statement);
    cr_expect_geq(taken.n_rows, 800);
    cr_expect(!rig->dbms->random || (double)taken.n_heads / (double)taken.n_rows <= 0.2);
    taken_done(&taken);
    cr_assert_eq(rig_sample(rig, "few", 1, &taken), DC_OK, "%s", rig->err.message);
    cr_expect_eq(taken.n_rows, 10, "%zu", taken.n_rows);
    cr_expect_eq(taken.info.method, DC_SAMPLE_WHOLE);
    taken_done(&taken);
}

/* ---- what goes wrong ---- */

CONFORMANCE_SQL(a_table_that_may_not_be_read_is_said_to_be_so_and_the_connection_still_serves)
{
    const struct conf_table open = {
        .name = "open", .columns = pair, .n_columns = 2, .n_rows = 3, .cell = numbered};
    const struct conf_table closed = {
        .name = "closed", .columns = pair, .n_columns = 2, .n_rows = 3, .cell = numbered};
    struct taken taken;

    if (!rig->dbms->has_rights) {
        rig_done(rig);
        cr_skip_test("%s has no rights", rig->dbms->name);
    }
    rig_add(rig, &open);
    rig_add(rig, &closed);
    /* A right that is taken away between listing and reading; what was never there is not listed, or told by the catalogue. */
    if (rig_is_played(rig)) {
        rig_withhold(rig, "closed");
    }
    rig_connect(rig);
    if (!rig_is_played(rig)) {
        rig_withhold(rig, "closed");
    }
    cr_expect_eq(rig_sample(rig, "closed", 1, &taken), DC_ERR_DENIED, "%s", rig->err.message);
    cr_expect_not_null(strstr(rig->err.object, "\"closed\""), "%s", rig->err.object);
    taken_done(&taken);
    cr_expect_eq(rig_sample(rig, "open", 1, &taken), DC_OK, "%s", rig->err.message);
    taken_done(&taken);
}

CONFORMANCE_SQL(a_statement_that_takes_too_long_is_ended)
{
    const struct conf_table here = {
        .name = "here", .columns = pair, .n_columns = 2, .n_rows = 3, .cell = numbered};
    double start;
    struct taken taken;

    rig_add(rig, &here);
    rig_add_endless(rig, "endless");
    rig->source.limits.table_seconds = 1;
    rig_connect(rig);
    start = dc_clock_seconds();
    cr_expect_eq(rig_sample(rig, "endless", 1, &taken), DC_ERR_TIMEOUT, "%s: %s",
                 dc_status_name(rig->err.status), rig->err.message);
    cr_expect_lt(dc_clock_seconds() - start, 10);
    taken_done(&taken);
    cr_expect_eq(rig_sample(rig, "here", 1, &taken), DC_OK, "%s", rig->err.message);
    taken_done(&taken);
}

static void *cancel_soon(void *connection)
{
    usleep(300000);
    dc_connection_cancel(connection);
    return NULL;
}

CONFORMANCE_SQL(another_thread_cancels_a_statement_at_the_server)
{
    const struct conf_table here = {
        .name = "here", .columns = pair, .n_columns = 2, .n_rows = 3, .cell = numbered};
    double start;
    struct taken taken;
    pthread_t thread;

    rig_add(rig, &here);
    rig_add_endless(rig, "endless");
    rig_connect(rig);
    start = dc_clock_seconds();
    pthread_create(&thread, NULL, cancel_soon, rig->connection);
    cr_expect_eq(rig_sample(rig, "endless", 1, &taken), DC_ERR_CANCELLED, "%s", rig->err.message);
    pthread_join(thread, NULL);
    cr_expect_lt(dc_clock_seconds() - start, 10);
    taken_done(&taken);
    cr_expect_eq(rig_sample(rig, "here", 1, &taken), DC_OK, "%s", rig->err.message);
    taken_done(&taken);
}

CONFORMANCE_SQL(the_session_can_write_nothing)
{
    const struct conf_table here = {
        .name = "here", .columns = pair, .n_columns = 2, .n_rows = 3, .cell = numbered};

    rig_add(rig, &here);
    /* With the rights of the administrator, so that nothing but the session is in the way. */
    rig->source.user = rig->dbms->environment != NULL ? getenv("DCSCAN_TEST_ADMIN") : NULL;
    rig->source.secret.value = getenv("DCSCAN_TEST_ADMIN_PASSWORD_FILE");
    rig_connect(rig);
    if (dc_connection_dialect(rig->connection)->read_only_check == NULL) {
        cr_expect_str_eq(dc_connection_read_only(rig->connection), "none");
        cr_expect_not_null(dc_connection_warning(rig->connection), "so the user is told");
        return;
    }
    cr_expect_str_eq(dc_connection_read_only(rig->connection), "session");
    cr_expect_null(dc_connection_warning(rig->connection));
}

CONFORMANCE_SQL(a_table_dropped_meanwhile_is_an_error_of_that_table)
{
    const struct conf_table here = {
        .name = "here", .columns = pair, .n_columns = 2, .n_rows = 3, .cell = numbered};
    const struct conf_table gone = {
        .name = "gone", .columns = pair, .n_columns = 2, .n_rows = 3, .cell = numbered};
    struct taken taken;

    rig_add(rig, &here);
    rig_add(rig, &gone);
    rig_may_drop(rig, "gone");
    rig_connect(rig);
    rig_drop(rig, "gone");
    cr_expect_eq(rig_sample(rig, "gone", 1, &taken), DC_ERR_READ, "%s",
                 dc_status_name(rig->err.status));
    cr_expect_not_null(strstr(rig->err.message, "gone"), "%s", rig->err.message);
    taken_done(&taken);
    cr_expect_eq(rig_sample(rig, "here", 1, &taken), DC_OK, "%s", rig->err.message);
    taken_done(&taken);
}

CONFORMANCE_SERVER(a_wrong_password_is_an_error_that_does_not_repeat_it)
{
    struct dc_connection *connection = NULL;

    if (rig->dbms->environment == NULL) {
        rig_done(rig);
        cr_skip_test("%s has no passwords", rig->dbms->name);
    }
    cr_expect_eq(
        dc_connection_open_as(&rig->source, "s3cret;}{", rig->dialects, &connection, &rig->err),
        DC_ERR_CONNECT);
    cr_expect_null(connection);
    cr_expect_null(strstr(rig->err.message, "s3cret"), "%s", rig->err.message);
    cr_expect_neq(rig->err.message[0], '\0');
}

/* Several columns may be read, one not: the sample does without it. */
CONFORMANCE_SQL(a_column_that_may_not_be_read_is_left_out)
{
    const struct conf_table table = {
        .name = "half", .columns = pair, .n_columns = 2, .n_rows = 3, .cell = numbered};
    struct taken taken;

    if (!rig->dbms->has_rights) {
        rig_done(rig);
        cr_skip_test("%s has no rights", rig->dbms->name);
    }
    rig_add(rig, &table);
    rig_withhold_column(rig, "half", "id", "v");
    rig_connect(rig);
    if (!rig->dbms->column_rights) {
        /* Nobody tells before the statement fails. */
        cr_expect_eq(rig_sample(rig, "half", 1, &taken), DC_ERR_DENIED);
        taken_done(&taken);
        return;
    }
    cr_assert_eq(rig_sample(rig, "half", 1, &taken), DC_OK, "%s", rig->err.message);
    cr_expect_eq(taken.n_rows, 3);
    cr_expect_str_eq(taken_cell(&taken, 2, 0), "3");
    taken_done(&taken);
}
