#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store_case.h"
#include "store_internal.h"

static struct store_case c;

static void setup(void)
{
    case_init(&c);
    case_begin(&c);
}

static void teardown(void)
{
    case_done(&c);
}

TestSuite(store_tasks, .init = setup, .fini = teardown);

Test(store_tasks, tables_planned_and_not_done_read_as_not_reached_with_their_columns)
{
    struct dc_inventory_reader *reader;
    const struct dc_inventory_table *table;
    const struct dc_inventory_column *column;

    case_reopen(&c);
    reader = case_read(&c);
    table = case_next_table(reader);
    cr_assert_not_null(table);
    cr_expect_str_eq(table->name, "bom");
    cr_expect_eq(table->status, DC_COLUMN_SKIPPED);
    cr_expect_str_eq(table->reason, "not reached");
    cr_expect_eq(table->n_columns, 3);
    column = case_next_column(reader);
    cr_expect_str_eq(column->name, "part");
    cr_expect_str_eq(column->comment, "零件");
    cr_expect_str_eq(column->type_name, "varchar(64)");
    cr_expect_eq(column->type, DC_TYPE_TEXT);
    cr_expect_str_eq(column->reference, "plm.parts.id");
    cr_expect_not(column->nullable);
    cr_expect_eq(column->finding.status, DC_COLUMN_SKIPPED);
    cr_expect_str_eq(column->finding.reason, "not reached");
    cr_expect_str_eq(column->finding.leaf, "");
    cr_expect_eq(column->profile.rows, 0);
    cr_expect_str_eq(case_next_column(reader)->name, "数量");
    cr_expect_str_eq(case_next_column(reader)->name, "note");
    cr_expect_null(case_next_column(reader));
    cr_expect_null(case_next_column(reader));
    reader->class_->destroy(reader);
}

Test(store_tasks, tables_come_in_order_also_when_their_columns_are_not_read)
{
    struct dc_inventory_reader *reader = case_read(&c);

    cr_expect_str_eq(case_next_table(reader)->name, "bom");
    case_next_column(reader);
    cr_expect_str_eq(case_next_table(reader)->name, "work_order");
    cr_expect_str_eq(case_next_column(reader)->name, "id");
    cr_expect_null(case_next_table(reader));
    cr_expect_null(case_next_column(reader));
    reader->class_->destroy(reader);
}

Test(store_tasks, a_table_is_read_back_whole)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct dc_inventory_reader *reader;
    const struct dc_inventory_table *table;

    case_commit(&c, &result);
    case_reopen(&c);
    reader = case_read(&c);
    table = case_next_table(reader);
    cr_expect_str_eq(table->source, "mes");
    cr_expect_str_eq(table->catalog, "mes");
    cr_expect_str_eq(table->schema, "dbo");
    cr_expect_str_eq(table->name, "bom");
    cr_expect_str_eq(table->comment, "it's a \"BOM\"");
    cr_expect_eq(table->kind, DC_TABLE_VIEW);
    cr_expect_eq(table->status, DC_COLUMN_OK);
    cr_expect_str_eq(table->reason, "");
    cr_expect_eq(table->rows_estimated, -1);
    cr_expect_eq(table->sample.method, DC_SAMPLE_RANDOM_KEYS);
    cr_expect_str_eq(table->sample.statement, "SELECT * FROM \"bom\" WHERE id IN (1, …)");
    cr_expect_eq(table->sample.rows_asked, 1000);
    cr_expect_eq(table->sample.rows_read, 998);
    cr_expect_eq(table->sample.bytes_read, 65536);
    cr_expect_float_eq(table->sample.seconds, 0.75, 1e-12);
    cr_expect(table->sample.cut);
    cr_expect_str_eq(table->finding.subject, "bom");
    cr_expect_str_eq(table->finding.subject_name_zh, "物料清单");
    cr_expect_str_eq(table->finding.subject_name_en, "bill of materials");
    cr_expect_float_eq(table->finding.subject_score, 7.5, 1e-12);
    cr_expect_eq(table->finding.level, 3);
    cr_expect_str_eq(table->finding.level_column, "part");
    cr_expect_str_eq(table->finding.leaf, "B2-02");
    cr_expect_eq(table->finding.n_personal, 1);
    cr_expect_eq(table->finding.n_sensitive, 2);
    cr_expect_eq(table->finding.n_important, 3);
    cr_expect_eq(table->finding.n_review, 4);
    reader->class_->destroy(reader);
}

static void expect_profile(const struct dc_profile *profile, const struct dc_profile *expected)
{
    cr_expect_eq(profile->rows, expected->rows);
    cr_expect_eq(profile->nulls, expected->nulls);
    cr_expect_eq(profile->empties, expected->empties);
    cr_expect_eq(profile->truncated, expected->truncated);
    cr_expect_eq(profile->masked, expected->masked);
    cr_expect_eq(profile->distinct, expected->distinct);
    cr_expect_eq(profile->distinct_capped, expected->distinct_capped);
    cr_expect_eq(profile->length_min, expected->length_min);
    cr_expect_eq(profile->length_max, expected->length_max);
    cr_expect_float_eq(profile->length_mean, expected->length_mean, 1e-12);
    cr_expect_eq(profile->decimals_max, expected->decimals_max);
    cr_expect_float_eq(profile->digits_entropy, expected->digits_entropy, 1e-12);
    cr_expect_eq(profile->ascending, expected->ascending);
    cr_expect_eq(memcmp(&profile->shapes, &expected->shapes, sizeof profile->shapes), 0);
    cr_expect_null(profile->rules);
    for (size_t i = 0; i < DC_MAX_EXAMPLES; i++) {
        cr_expect_str_eq(profile->examples[i], expected->examples[i]);
    }
}

static void expect_evidence(const struct dc_evidence *line, const struct dc_evidence *expected)
{
    cr_expect_eq(line->kind, expected->kind);
    cr_expect_str_eq(line->rule, expected->rule);
    cr_expect_str_eq(line->detail, expected->detail);
    cr_expect_float_eq(line->weight, expected->weight, 1e-9);
    cr_expect_str_eq(line->leaf, expected->leaf);
    cr_expect_eq(line->matched, expected->matched);
    cr_expect_eq(line->tested, expected->tested);
    cr_expect_eq(line->distinct, expected->distinct);
}

static void expect_finding(const struct dc_finding *finding, const struct dc_finding *expected)
{
    cr_expect_eq(finding->status, expected->status);
    cr_expect_str_eq(finding->reason, expected->reason);
    cr_expect_str_eq(finding->leaf, expected->leaf);
    cr_expect_str_eq(finding->runner_up, expected->runner_up);
    cr_expect_eq(finding->level_reference, expected->level_reference);
    cr_expect_eq(finding->level, expected->level);
    cr_expect_str_eq(finding->level_reason, expected->level_reason);
    cr_expect_eq(finding->pi, expected->pi);
    cr_assert_eq(finding->n_important, expected->n_important);
    for (size_t i = 0; i < finding->n_important; i++) {
        cr_expect_str_eq(finding->important[i], expected->important[i]);
    }
    cr_expect_float_eq(finding->confidence, expected->confidence, 1e-12);
    cr_expect_eq(finding->to_review, expected->to_review);
    cr_expect_eq(finding->decided_by, expected->decided_by);
    cr_expect_str_eq(finding->marks, expected->marks);
    cr_expect_eq(finding->scale, expected->scale);
    cr_expect_eq(finding->reach.object, expected->reach.object);
    cr_expect_eq(finding->reach.degree, expected->reach.degree);
    cr_assert_eq(finding->n_evidence, expected->n_evidence);
    for (size_t i = 0; i < finding->n_evidence; i++) {
        expect_evidence(&finding->evidence[i], &expected->evidence[i]);
    }
}

Test(store_tasks, columns_are_read_back_whole)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct dc_inventory_reader *reader;

    case_commit(&c, &result);
    case_reopen(&c);
    reader = case_read(&c);
    case_next_table(reader);
    for (size_t i = 0; i < 3; i++) {
        const struct dc_inventory_column *column = case_next_column(reader);
        const struct dc_column *expected = &result.table->columns[i];

        cr_assert_not_null(column);
        cr_expect_str_eq(column->table->name, "bom");
        cr_expect_str_eq(column->name, expected->name);
        cr_expect_str_eq(column->comment, expected->comment);
        cr_expect_str_eq(column->type_name, expected->type_name);
        cr_expect_eq(column->type, expected->type);
        cr_expect_eq(column->ordinal, expected->ordinal);
        cr_expect_eq(column->nullable, expected->nullable);
        cr_expect_eq(column->primary_key, expected->primary_key);
        cr_expect_str_eq(column->reference, i == 0 ? "plm.parts.id" : "");
        expect_profile(&column->profile, &result.profiles[i]);
        expect_finding(&column->finding, &result.findings[i]);
    }
    cr_expect_null(case_next_column(reader));
    reader->class_->destroy(reader);
}

Test(store_tasks, what_a_reader_is_told_to_spare_is_empty_and_the_rest_is_there)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct dc_inventory_reader *reader;
    const struct dc_inventory_column *column;

    case_commit(&c, &result);
    reader = case_read(&c);
    case_next_table(reader);
    reader->spared = DC_PART_EVIDENCE | DC_PART_EXAMPLES | DC_PART_SHAPES;
    column = case_next_column(reader);
    cr_assert_gt(result.findings[0].n_evidence, 0);
    cr_expect_eq(column->finding.n_evidence, 0);
    cr_expect_str_empty(column->profile.examples[0]);
    cr_expect_str_eq(column->finding.leaf, result.findings[0].leaf);
    cr_expect_eq(column->profile.rows, result.profiles[0].rows);
    cr_expect_str_eq(column->reference, "plm.parts.id");
    reader->spared = DC_PART_SHAPES;
    column = case_next_column(reader);
    expect_finding(&column->finding, &result.findings[1]);
    reader->class_->destroy(reader);
}

Test(store_tasks, a_table_that_could_not_be_read_keeps_its_reason)
{
    struct dc_table_result result = {.table = case_table(&c, "bom"),
                                     .status = DC_COLUMN_UNREADABLE,
                                     .reason = "permission denied"};
    struct dc_inventory_reader *reader;
    const struct dc_inventory_table *table;
    const struct dc_inventory_column *column;

    case_commit(&c, &result);
    reader = case_read(&c);
    table = case_next_table(reader);
    cr_expect_eq(table->status, DC_COLUMN_UNREADABLE);
    cr_expect_str_eq(table->reason, "permission denied");
    cr_expect_eq(table->sample.method, DC_SAMPLE_NONE);
    cr_expect_str_eq(table->finding.subject, "");
    column = case_next_column(reader);
    cr_expect_eq(column->finding.status, DC_COLUMN_UNREADABLE);
    cr_expect_str_eq(column->finding.reason, "permission denied");
    cr_expect_eq(column->finding.n_evidence, 0);
    cr_expect_eq(column->profile.decimals_max, -1);
    reader->class_->destroy(reader);
}

Test(store_tasks, a_table_out_of_scope_keeps_its_reason_before_it_is_committed)
{
    struct dc_catalog *catalog = dc_catalog_create();
    struct dc_inventory_reader *reader;
    const struct dc_inventory_table *table;

    dc_catalog_add_table(catalog, "mes", "dbo", "a_backup", "", DC_TABLE_BASE)->skip_reason =
        "excluded";
    cr_assert_eq(dc_store_plan(c.store, c.run_id, "mes", catalog, NULL), DC_OK);
    reader = case_read(&c);
    table = case_next_table(reader);
    cr_expect_str_eq(table->name, "a_backup");
    cr_expect_eq(table->status, DC_COLUMN_SKIPPED);
    cr_expect_str_eq(table->reason, "excluded");
    reader->class_->destroy(reader);
    dc_catalog_destroy(catalog);
}

Test(store_tasks, planning_again_keeps_what_was_done)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct dc_inventory_reader *reader;
    struct dc_err err = {0};

    case_commit(&c, &result);
    cr_assert_eq(dc_store_plan(c.store, c.run_id, "mes", c.catalog, &err), DC_OK, "%s",
                 err.message);
    reader = case_read(&c);
    cr_expect_eq(case_next_table(reader)->status, DC_COLUMN_OK);
    cr_expect_not_null(case_next_table(reader));
    cr_expect_null(case_next_table(reader));
    reader->class_->destroy(reader);
}

Test(store_tasks, a_second_result_replaces_the_first)
{
    struct dc_table_result result = case_result(&c, "work_order");
    struct dc_inventory_reader *reader;

    case_commit(&c, &result);
    result.status = DC_COLUMN_UNREADABLE;
    result.reason = "lost";
    result.findings = NULL;
    case_commit(&c, &result);
    reader = case_read(&c);
    case_next_table(reader);
    cr_expect_str_eq(case_next_table(reader)->reason, "lost");
    cr_expect_str_eq(case_next_column(reader)->finding.reason, "lost");
    cr_expect_not_null(case_next_column(reader));
    cr_expect_null(case_next_column(reader));
    reader->class_->destroy(reader);
}

Test(store_tasks, runs_do_not_mix)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct dc_inventory_reader *reader;
    int64_t first = c.run_id;

    case_commit(&c, &result);
    case_begin_bare(&c);
    reader = case_read(&c);
    cr_expect_null(case_next_table(reader));
    reader->class_->destroy(reader);
    c.run_id = first;
    reader = case_read(&c);
    cr_expect_not_null(case_next_table(reader));
    reader->class_->destroy(reader);
}

Test(store_tasks, a_table_that_was_not_planned_is_refused_and_nothing_stays)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct dc_err err = {0};
    int64_t n = -1;

    cr_expect_eq(dc_store_commit_table(c.store, c.run_id, "other", &result, &err), DC_ERR_INTERNAL);
    cr_expect_not_null(strstr(err.message, "\"bom\" of source \"other\""), "%s", err.message);
    cr_assert_eq(store_ask_once(c.store, "SELECT COUNT(*) FROM finding", &n, NULL), DC_OK);
    cr_expect_eq(n, 0);
    case_commit(&c, &result);
}

Test(store_tasks, texts_of_any_length_and_kind_come_back)
{
    static char comment[300001];
    struct dc_catalog *catalog = dc_catalog_create();
    struct dc_inventory_reader *reader;
    struct dc_table *table;

    for (size_t i = 0; i + 3 < sizeof comment; i += 3) {
        memcpy(comment + i, "注", 3);
    }
    table = dc_catalog_add_table(catalog, "", "", "a'b\"c`d]e\\f%_?\n\t😀", comment, DC_TABLE_BASE);
    dc_table_add_column(catalog, table, "'; DROP TABLE run; --", comment, "x", DC_TYPE_TEXT);
    cr_assert_eq(dc_store_plan(c.store, c.run_id, "mes", catalog, NULL), DC_OK);
    case_commit(&c, &(struct dc_table_result){.table = table});
    reader = case_read(&c);
    cr_expect_str_eq(case_next_table(reader)->name, "a'b\"c`d]e\\f%_?\n\t😀");
    cr_expect_str_eq(case_next_column(reader)->name, "'; DROP TABLE run; --");
    reader->class_->rewind(reader, NULL);
    cr_expect_str_eq(case_next_table(reader)->comment, comment);
    cr_expect_str_eq(case_next_column(reader)->comment, comment);
    reader->class_->destroy(reader);
    dc_catalog_destroy(catalog);
}

Test(store_tasks, invalid_bytes_do_not_cost_the_table_its_result)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct dc_evidence evidence = {.rule = "x\xFF", .detail = "\xE6\xA3", .leaf = ""};
    struct dc_finding findings[3] = {{.reason = "a\x80z", .evidence = &evidence, .n_evidence = 1}};
    struct dc_inventory_reader *reader;
    const struct dc_inventory_column *column;

    result.findings = findings;
    case_commit(&c, &result);
    reader = case_read(&c);
    case_next_table(reader);
    column = case_next_column(reader);
    cr_expect_str_eq(column->finding.reason, "a\uFFFDz");
    cr_expect_str_eq(column->finding.evidence[0].rule, "x\uFFFD");
    reader->class_->destroy(reader);
}

Test(store_tasks, a_number_that_is_none_does_not_cost_the_table_its_result)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct dc_evidence evidence = {.rule = "x", .weight = INFINITY};
    struct dc_finding findings[3] = {
        {.confidence = (double)NAN, .evidence = &evidence, .n_evidence = 1}};
    struct dc_inventory_reader *reader;
    const struct dc_inventory_column *column;

    result.findings = findings;
    case_commit(&c, &result);
    reader = case_read(&c);
    case_next_table(reader);
    column = case_next_column(reader);
    cr_expect_float_eq(column->finding.confidence, 0, 1e-12);
    cr_assert_eq(column->finding.n_evidence, 1);
    cr_expect_float_eq(column->finding.evidence[0].weight, 0, 1e-12);
    reader->class_->destroy(reader);
}

Test(store_tasks, a_table_without_columns_is_fine)
{
    struct dc_catalog *catalog = dc_catalog_create();
    struct dc_table *table = dc_catalog_add_table(catalog, "", "", "empty", "", DC_TABLE_BASE);
    struct dc_inventory_reader *reader;

    cr_assert_eq(dc_store_plan(c.store, c.run_id, "mes", catalog, NULL), DC_OK);
    reader = case_read(&c);
    cr_expect_str_eq(case_next_table(reader)->name, "empty");
    cr_expect_null(case_next_column(reader));
    case_commit(&c, &(struct dc_table_result){.table = table});
    reader->class_->rewind(reader, NULL);
    cr_expect_eq(case_next_table(reader)->status, DC_COLUMN_OK);
    cr_expect_null(case_next_column(reader));
    reader->class_->destroy(reader);
    dc_catalog_destroy(catalog);
}

/* Ends a table, begins to end another, and dies. */
static void die_in_the_middle(void)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct store_params params = {.store = c.store};

    if (dc_store_commit_table(c.store, c.run_id, "mes", &result, NULL) != DC_OK ||
        store_begin(c.store, NULL) != DC_OK ||
        dc_odbc_execute(c.store->connection, "UPDATE task SET state = 'done', columns = ''",
                        NULL) != DC_OK) {
        _exit(1);
    }
    store_put_int(&params, 2);
    if (store_run(c.store, STORE_DELETE_FINDINGS, &params, NULL) != DC_OK) {
        _exit(1);
    }
    _exit(0);
}

Test(store_tasks, a_process_that_dies_in_the_middle_keeps_the_tables_it_finished)
{
    struct dc_inventory_reader *reader;
    const struct dc_inventory_table *table;
    int how = -1;
    pid_t child;

    dc_store_close(c.store); /* a connection does not survive a fork */
    c.store = NULL;
    child = fork();
    if (child == 0) {
        if (dc_store_open(c.path, &c.store, NULL) != DC_OK) {
            _exit(1);
        }
        die_in_the_middle();
    }
    waitpid(child, &how, 0);
    cr_assert(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    cr_assert_eq(dc_store_open(c.path, &c.store, NULL), DC_OK);
    reader = case_read(&c);
    table = case_next_table(reader);
    cr_expect_eq(table->status, DC_COLUMN_OK);
    cr_expect_not_null(case_next_column(reader));
    table = case_next_table(reader);
    cr_expect_str_eq(table->name, "work_order");
    cr_expect_eq(table->status, DC_COLUMN_SKIPPED);
    cr_expect_str_eq(table->reason, "not reached");
    cr_expect_str_eq(case_next_column(reader)->name, "id");
    reader->class_->destroy(reader);
}

Test(store_tasks, a_failed_write_is_a_failed_output_that_names_the_inventory)
{
    struct dc_table_result result = case_result(&c, "bom");
    struct dc_err err = {0};

    cr_assert_eq(dc_odbc_execute(c.store->connection, "DROP TABLE finding", NULL), DC_OK);
    cr_expect_eq(dc_store_commit_table(c.store, c.run_id, "mes", &result, &err), DC_ERR_OUTPUT);
    cr_expect_eq(err.status, DC_ERR_OUTPUT);
    cr_expect_not_null(strstr(err.object, c.path), "%s", err.object);
}
