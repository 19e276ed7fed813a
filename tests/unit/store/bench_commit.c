/*
 * What storing costs: plans, commits and reads back tables of ordinary columns. usage: bench_store_commit [TABLES [COLUMNS [WHERE]]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/store.h"
#include "dcscan/text.h"

static const struct dc_evidence evidence[] = {
    {DC_EVIDENCE_COMMENT, "supplier", "供应商", 4.5, "B3-01", -1, -1, -1},
    {DC_EVIDENCE_NAME, "supplier", "supplier", 3.0, "B3-01", -1, -1, -1},
    {DC_EVIDENCE_TABLE, "purchase_order", "采购订单", 2.0, "B3-02", -1, -1, -1},
    {DC_EVIDENCE_VALUE, "code", "", 0.5, "B3-01", 980, 1000, 950},
};

static void check(enum dc_status status, const struct dc_err *err)
{
    char text[4096];

    if (status != DC_OK) {
        fprintf(stderr, "%s\n", dc_err_format(err, text, sizeof text));
        exit(1);
    }
}

static struct dc_catalog *make_catalog(int n_tables, int n_columns)
{
    struct dc_catalog *catalog = dc_catalog_create();
    char name[64];

    for (int i = 0; i < n_tables; i++) {
        struct dc_table *table;

        snprintf(name, sizeof name, "purchase_order_%05d", i);
        table = dc_catalog_add_table(catalog, "erp", "", name, "采购订单", DC_TABLE_BASE);
        for (int k = 0; k < n_columns; k++) {
            snprintf(name, sizeof name, "supplier_code_%d", k);
            dc_table_add_column(catalog, table, name, "供应商编码", "varchar(64)", DC_TYPE_TEXT);
        }
    }
    dc_catalog_finish(catalog);
    return catalog;
}

static struct dc_table_result make_result(int n_columns, struct dc_arena *arena)
{
    struct dc_profile *profiles = dc_arena_alloc(arena, (size_t)n_columns * sizeof *profiles);
    struct dc_finding *findings = dc_arena_alloc(arena, (size_t)n_columns * sizeof *findings);

    for (int i = 0; i < n_columns; i++) {
        profiles[i] = (struct dc_profile){.rows = 1000,
                                          .distinct = 950,
                                          .length_max = 12,
                                          .length_mean = 10.2,
                                          .shapes = {.has_letter = 950, .all_upper_alnum = 950},
                                          .examples = {"SUP***01", "SUP***02", "SUP***03"}};
        findings[i] = (struct dc_finding){.reason = "",
                                          .leaf = "B3-01",
                                          .runner_up = "B3-02",
                                          .level_reference = 2,
                                          .level = 2,
                                          .level_reason = "",
                                          .confidence = 0.93,
                                          .evidence = evidence,
                                          .n_evidence = 4,
                                          .marks = ""};
    }
    return (struct dc_table_result){.reason = "",
                                    .sample = {DC_SAMPLE_WHOLE, "SELECT * FROM `purchase_order`",
                                               1000, 1000, 130000, 0.01, false, 1, 0},
                                    .finding = {.subject = "purchase_order", .level = 2},
                                    .profiles = profiles,
                                    .findings = findings};
}

static int64_t read_all(struct dc_store *store, int64_t run_id)
{
    struct dc_inventory_reader *reader = NULL;
    const struct dc_inventory_table *table = NULL;
    const struct dc_inventory_column *column = NULL;
    struct dc_err err = {0};
    int64_t n = 0;

    check(dc_store_read_run(store, run_id, &reader, &err), &err);
    do {
        check(reader->class_->next_table(reader, &table, &err), &err);
        do {
            check(reader->class_->next_column(reader, &column, &err), &err);
            n += column != NULL;
        } while (column != NULL);
    } while (table != NULL);
    reader->class_->destroy(reader);
    return n;
}

static void measure(struct dc_store *store, int n_tables, int n_columns)
{
    struct dc_catalog *catalog = make_catalog(n_tables, n_columns);
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_table_result result = make_result(n_columns, arena);
    struct dc_run run = {.started_at = 1769847300};
    struct dc_err err = {0};
    int64_t run_id = 0, n_read;
    double start, planned, committed, done;

    check(dc_store_begin_run(store, &(struct dc_store_start){.run = &run}, &run_id, &err), &err);
    start = dc_clock_seconds();
    check(dc_store_plan(store, run_id, "erp", catalog, &err), &err);
    planned = dc_clock_seconds();
    for (int i = 0; i < n_tables; i++) {
        result.table = &catalog->tables[i];
        check(dc_store_commit_table(store, run_id, "erp", &result, &err), &err);
    }
    committed = dc_clock_seconds();
    n_read = read_all(store, run_id);
    done = dc_clock_seconds();
    check(dc_store_end_run(store, run_id, 1769847400, true, &err), &err);
    printf("%d tables of %d columns: plan %.3f ms, commit %.3f ms, read back %.3f ms a table; %lld "
           "columns read\n",
           n_tables, n_columns, (planned - start) * 1e3 / n_tables,
           (committed - planned) * 1e3 / n_tables, (done - committed) * 1e3 / n_tables,
           (long long)n_read);
    dc_catalog_destroy(catalog);
    dc_arena_destroy(arena);
}

int main(int argc, char **argv)
{
    int n_tables = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1000;
    int n_columns = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 13;
    char folder[] = "/tmp/dcscan-bench-XXXXXX", path[96], file[128];
    struct dc_store *store = NULL;
    struct dc_err err = {0};

    if (mkdtemp(folder) == NULL || n_tables <= 0 || n_columns <= 0) {
        return 2;
    }
    snprintf(path, sizeof path, "%s/inventory.db", folder);
    check(dc_store_open(argc > 3 ? argv[3] : path, &store, &err), &err);
    measure(store, n_tables, n_columns);
    dc_store_close(store);
    for (const char *const *ending = (const char *const[]){"", "-wal", "-shm", ".lock", NULL};
         *ending != NULL; ending++) {
        snprintf(file, sizeof file, "%s%s", path, *ending);
        unlink(file);
    }
    rmdir(folder);
    return 0;
}
