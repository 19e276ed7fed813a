#include <criterion/criterion.h>
#include <string.h>

#include "store_case.h"

static struct store_case c;

static void setup(void)
{
    case_init(&c);
}

static void teardown(void)
{
    case_done(&c);
}

TestSuite(store_runs, .init = setup, .fini = teardown);

Test(store_runs, an_empty_store_has_no_latest_run)
{
    struct dc_err err = {0};
    int64_t run_id = 77;

    cr_expect_eq(dc_store_latest_run(c.store, &run_id, &err), DC_OK);
    cr_expect_eq(run_id, 0);
}

Test(store_runs, runs_are_counted_and_the_newest_is_the_latest)
{
    struct dc_err err = {0};
    int64_t first, latest = 0;

    case_begin_bare(&c);
    first = c.run_id;
    case_begin_bare(&c);
    cr_expect_gt(c.run_id, first);
    cr_expect_eq(dc_store_latest_run(c.store, &latest, &err), DC_OK);
    cr_expect_eq(latest, c.run_id);
}

static void put_source(const char *name, const char *state, int64_t n_tables)
{
    struct dc_run_source source = {.name = name, .state = state, .n_tables = n_tables};
    struct dc_err err = {0};

    cr_assert_eq(dc_store_put_source(c.store, c.run_id, &source, &err), DC_OK, "%s", err.message);
}

static void end_run(void)
{
    struct dc_err err = {0};

    cr_assert_eq(dc_store_end_run(c.store, c.run_id, 1769847400, true, &err), DC_OK);
}

static int64_t earlier_run(int64_t run_id, const char *source)
{
    struct dc_err err = {0};
    int64_t found = -1;

    cr_assert_eq(dc_store_earlier_run(c.store, run_id, source, &found, &err), DC_OK, "%s",
                 err.message);
    return found;
}

Test(store_runs, the_earlier_run_is_the_newest_ended_one_that_could_list_the_source)
{
    int64_t first;

    case_begin_bare(&c);
    first = c.run_id;
    put_source("mes", "ok", 3);
    put_source("erp", "partial", 2);
    end_run();
    case_begin_bare(&c); /* where mes was not to be reached */
    put_source("mes", "unreachable", 0);
    put_source("erp", "ok", 0);
    end_run();
    cr_expect_eq(earlier_run(c.run_id + 1, "mes"), first);
    cr_expect_eq(earlier_run(c.run_id + 1, "erp"), c.run_id, "listed, though it has no tables");
    cr_expect_eq(earlier_run(first, "mes"), 0);
    cr_expect_eq(earlier_run(c.run_id + 1, "plm"), 0);
}

Test(store_runs, a_run_that_did_not_end_is_nothing_to_compare_with)
{
    struct dc_err err = {0};
    int64_t latest = -1;

    case_begin_bare(&c);
    put_source("mes", "ok", 3);
    cr_expect_eq(earlier_run(c.run_id + 1, "mes"), 0);
    cr_assert_eq(dc_store_latest_ended_run(c.store, &latest, &err), DC_OK);
    cr_expect_eq(latest, 0);
    end_run();
    cr_expect_eq(earlier_run(c.run_id + 1, "mes"), c.run_id);
    cr_assert_eq(dc_store_latest_ended_run(c.store, &latest, &err), DC_OK);
    cr_expect_eq(latest, c.run_id);
}

Test(store_runs, a_run_is_read_back_whole)
{
    struct dc_inventory_reader *reader;
    const struct dc_run *run;

    case_begin(&c);
    case_reopen(&c);
    reader = case_read(&c);
    cr_assert_eq(reader->class_->run(reader, &run, NULL), DC_OK);
    cr_expect_eq(run->id, c.run_id);
    cr_expect_eq(run->started_at, 1769847300);
    cr_expect_eq(run->finished_at, 0);
    cr_expect_str_eq(run->program_version, "0.1.0");
    cr_expect_str_eq(run->pcre2_version, "10.42");
    cr_expect_str_eq(run->odbc_version, "2.3.11");
    cr_expect_str_eq(run->taxonomy_name, "whcsa-003-2024");
    cr_expect_str_eq(run->taxonomy_version, "1");
    cr_expect_str_eq(run->taxonomy_hash, "ba7816bf");
    cr_expect_str_eq(run->taxonomy_title_zh, "分类分级指南");
    cr_expect_str_eq(run->taxonomy_title_en, "guide");
    cr_expect_str_eq(run->host, "plant-pc");
    cr_expect_str_eq(run->account, "dcscan");
    cr_expect_eq(run->seed, UINT64_MAX - 1);
    cr_expect(run->has_thresholds);
    cr_expect_eq(run->thresholds.vehicles, 1);
    cr_expect_eq(run->thresholds.sensitive, 4);
    cr_expect_eq(run->thresholds.large_scale_handler, INT64_C(50000000000));
    cr_expect_not(run->complete);
    reader->class_->destroy(reader);
}

Test(store_runs, the_end_of_a_run_is_recorded)
{
    struct dc_inventory_reader *reader;
    const struct dc_run *run;
    struct dc_err err = {0};

    case_begin(&c);
    cr_assert_eq(dc_store_end_run(c.store, c.run_id, 1769847400, true, &err), DC_OK);
    reader = case_read(&c);
    reader->class_->run(reader, &run, NULL);
    cr_expect_eq(run->finished_at, 1769847400);
    cr_expect(run->complete);
    reader->class_->destroy(reader);
}

Test(store_runs, a_run_without_sources_and_tables_reads_as_empty)
{
    const struct dc_inventory_reader_class *reader_class;
    struct dc_inventory_reader *reader;
    const struct dc_run_source *source;

    case_begin_bare(&c);
    reader = case_read(&c);
    cr_assert_eq(reader->class_->next_source(reader, &source, NULL), DC_OK);
    cr_expect_null(source);
    cr_expect_null(case_next_table(reader));
    cr_expect_null(case_next_column(reader));
    cr_expect_null(reader->class_->leaf(reader, "B2-02"));
    cr_expect_null(reader->class_->candidate(reader, "ID01"));
    reader_class = reader->class_;
    reader_class->destroy(reader);
    reader_class->destroy(NULL);
}

Test(store_runs, a_run_that_is_not_there_is_told_by_number)
{
    struct dc_inventory_reader *reader = NULL;
    struct dc_err err = {0};

    cr_expect_eq(dc_store_read_run(c.store, 4711, &reader, &err), DC_ERR_USAGE);
    cr_expect_null(reader);
    cr_expect_not_null(strstr(err.message, "could not read run 4711"), "%s", err.message);
}

Test(store_runs, leaves_and_candidates_are_found_by_code)
{
    struct dc_inventory_reader *reader;
    const struct dc_leaf_text *leaf;
    const struct dc_candidate_text *rule;

    case_begin(&c);
    reader = case_read(&c);
    leaf = reader->class_->leaf(reader, "B2-02");
    cr_assert_not_null(leaf);
    cr_expect_str_eq(leaf->name_zh, "工艺");
    cr_expect_str_eq(leaf->class2_zh, "工艺类");
    cr_expect_str_eq(leaf->miit_en, "r&d");
    cr_expect_str_eq(leaf->basis, "5.2");
    cr_expect_eq(leaf->default_level, 3);
    cr_expect(leaf->verify);
    cr_expect_str_eq(reader->class_->leaf(reader, "A1-01")->name_en, "design");
    cr_expect_null(reader->class_->leaf(reader, "A1-02"));
    rule = reader->class_->candidate(reader, "ID01");
    cr_expect_str_eq(rule->check_zh, "核对");
    cr_expect(rule->verify);
    reader->class_->destroy(reader);
}

static const struct dc_run_source full_source = {
    .name = "mes-wuhan",
    .about = {"MES", "武汉一厂", "制造部", "李四", "027-1234", "生产", "采集", "厂内", "3 年",
              "机房", "否", "否", "加密", "三级"},
    .dbms = "PostgreSQL",
    .dbms_version = "15.4",
    .driver = "psqlodbcw",
    .dialect = "postgresql",
    .login = "dcscan_ro",
    .encoding = "UTF-8",
    .state = "partial",
    .error = "table \"a\": it's gone",
    .read_only = "session",
    .n_tables = 21,
    .n_tables_read = 22,
    .n_columns = 23,
    .rows_read = 24,
    .bytes_read = INT64_MAX,
    .n_statements = 26,
    .seconds = 1.5,
    .level = 4,
};

static void expect_full_source(const struct dc_run_source *source)
{
    for (size_t i = 0; i < DC_N_ABOUT; i++) {
        cr_expect_str_eq(source->about[i], full_source.about[i]);
    }
    cr_expect_str_eq(source->dbms, "PostgreSQL");
    cr_expect_str_eq(source->dbms_version, "15.4");
    cr_expect_str_eq(source->driver, "psqlodbcw");
    cr_expect_str_eq(source->dialect, "postgresql");
    cr_expect_str_eq(source->login, "dcscan_ro");
    cr_expect_str_eq(source->encoding, "UTF-8");
    cr_expect_str_eq(source->state, "partial");
    cr_expect_str_eq(source->error, "table \"a\": it's gone");
    cr_expect_str_eq(source->read_only, "session");
    cr_expect_eq(source->n_tables, 21);
    cr_expect_eq(source->n_tables_read, 22);
    cr_expect_eq(source->n_columns, 23);
    cr_expect_eq(source->rows_read, 24);
    cr_expect_eq(source->bytes_read, INT64_MAX);
    cr_expect_eq(source->n_statements, 26);
    cr_expect_float_eq(source->seconds, 1.5, 1e-12);
    cr_expect_eq(source->level, 4);
}

Test(store_runs, a_source_is_read_back_whole_and_replaced_when_put_again)
{
    struct dc_run_source early = {.name = "mes-wuhan", .state = "not reached"};
    struct dc_inventory_reader *reader;
    const struct dc_run_source *source;
    struct dc_err err = {0};

    case_begin_bare(&c);
    cr_assert_eq(dc_store_put_source(c.store, c.run_id, &early, &err), DC_OK, "%s", err.message);
    cr_assert_eq(dc_store_put_source(c.store, c.run_id, &full_source, &err), DC_OK, "%s",
                 err.message);
    reader = case_read(&c);
    reader->class_->next_source(reader, &source, NULL);
    cr_assert_not_null(source);
    expect_full_source(source);
    reader->class_->next_source(reader, &source, NULL);
    cr_expect_null(source);
    reader->class_->destroy(reader);
}

Test(store_runs, texts_that_are_not_known_are_empty)
{
    struct dc_run_source bare = {.name = "x"};
    struct dc_inventory_reader *reader;
    const struct dc_run_source *source;

    case_begin_bare(&c);
    cr_assert_eq(dc_store_put_source(c.store, c.run_id, &bare, NULL), DC_OK);
    reader = case_read(&c);
    reader->class_->next_source(reader, &source, NULL);
    cr_expect_str_eq(source->about[DC_ABOUT_MLPS], "");
    cr_expect_str_eq(source->error, "");
    reader->class_->destroy(reader);
}

Test(store_runs, rewind_starts_over)
{
    struct dc_inventory_reader *reader;
    const struct dc_run_source *source;

    case_begin(&c);
    reader = case_read(&c);
    reader->class_->next_source(reader, &source, NULL);
    while (case_next_table(reader) != NULL) {
    }
    cr_assert_eq(reader->class_->rewind(reader, NULL), DC_OK);
    reader->class_->next_source(reader, &source, NULL);
    cr_assert_not_null(source);
    cr_expect_str_eq(source->name, "mes");
    cr_expect_str_eq(case_next_table(reader)->name, "bom");
    cr_expect_str_eq(case_next_column(reader)->name, "part");
    reader->class_->destroy(reader);
}

/* Whoever joins in the moment after the run can be found must find all of it. */
Test(store_runs, a_run_and_its_sources_begin_together)
{
    struct dc_run run = {.program_version = "1", .kind = "scan", .label = "night"};
    struct dc_run_source sources[] = {{.name = "mes", .state = "not reached", .scope = "a"},
                                      {.name = "erp", .state = "not reached", .scope = "b"}};
    struct dc_store_start start = {.run = &run, .sources = sources, .n_sources = 2};
    struct dc_store_totals totals = {0};
    struct dc_store_scope *scopes = NULL;
    struct dc_err err = {0};
    int64_t found = 0;
    size_t n = 0;

    cr_assert_eq(dc_store_begin_run(c.store, &start, &c.run_id, &err), DC_OK, "%s", err.message);
    cr_assert_eq(dc_store_labelled_run(c.store, "night", &found, &err), DC_OK);
    cr_expect_eq(found, c.run_id);
    cr_assert_eq(dc_store_read_scopes(c.store, found, c.arena, &scopes, &n, &err), DC_OK);
    cr_assert_eq(n, 2);
    cr_expect_str_eq(scopes[0].source, "erp");
    cr_expect_str_eq(scopes[1].scope, "a");
    cr_assert_eq(dc_store_total(c.store, c.run_id, &totals, &err), DC_OK);
    cr_expect_eq(totals.n_unplanned, 2, "the run is not over");
}

Test(store_runs, a_source_is_planned_by_one_and_one_that_the_store_has_lost_by_nobody)
{
    struct dc_run run = {.program_version = "1", .kind = "scan"};
    struct dc_run_source source = {.name = "mes", .state = "not reached"};
    struct dc_store_start start = {.run = &run, .sources = &source, .n_sources = 1};
    enum dc_store_plan plan = DC_PLAN_FAILED;
    struct dc_err err = {0};

    cr_assert_eq(dc_store_begin_run(c.store, &start, &c.run_id, &err), DC_OK, "%s", err.message);
    cr_assert_eq(dc_store_claim_plan(c.store, c.run_id, "mes", "a", 60, &plan, &err), DC_OK);
    cr_expect_eq(plan, DC_PLAN_MINE);
    cr_assert_eq(dc_store_claim_plan(c.store, c.run_id, "mes", "b", 60, &plan, &err), DC_OK);
    cr_expect_eq(plan, DC_PLAN_ELSEWHERE);
    cr_assert_eq(dc_store_claim_plan(c.store, c.run_id, "erp", "b", 60, &plan, &err),
                 DC_ERR_INTERNAL);
    cr_expect_not_null(strstr(err.message, "\"erp\" is no longer in the store"));
}
