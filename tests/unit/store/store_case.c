#include "store_case.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void open_store(struct store_case *c)
{
    struct dc_err err = {0};

    cr_assert_eq(dc_store_open(c->path, &c->store, &err), DC_OK, "%s", err.message);
}

void case_init_at(struct store_case *c, const char *where)
{
    snprintf(c->path, sizeof c->path, "%s", where);
    open_store(c);
    c->catalog = dc_catalog_create();
    c->arena = dc_arena_create(0);
}

void case_init(struct store_case *c)
{
    char path[96];

    *c = (struct store_case){.folder = "/tmp/dcscan-store-XXXXXX"};
    cr_assert_not_null(mkdtemp(c->folder));
    snprintf(path, sizeof path, "%s/inventory.db", c->folder);
    case_init_at(c, path);
}

/* Whatever a test left in its folder, which holds files and folders only. */
static void remove_tree(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char inner[1024];

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (unlink(inner) != 0) {
            remove_tree(inner);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    rmdir(path);
}

void case_done(struct store_case *c)
{
    dc_store_close(c->store);
    dc_catalog_destroy(c->catalog);
    dc_arena_destroy(c->arena);
    if (c->folder[0] != '\0') {
        remove_tree(c->folder);
    }
}

void case_reopen(struct store_case *c)
{
    dc_store_close(c->store);
    c->store = NULL;
    open_store(c);
}

static const struct dc_run some_run = {
    .started_at = 1769847300,
    .program_version = "0.1.0",
    .pcre2_version = "10.42",
    .odbc_version = "2.3.11",
    .taxonomy_name = "whcsa-003-2024",
    .taxonomy_version = "1",
    .taxonomy_hash = "ba7816bf",
    .taxonomy_title_zh = "分类分级指南",
    .taxonomy_title_en = "guide",
    .host = "plant-pc",
    .account = "dcscan",
    .seed = UINT64_MAX - 1,
    .has_thresholds = true,
    .thresholds = {1, 2, 3, 4, INT64_C(50000000000)},
};

static const struct dc_leaf_text some_leaves[] = {
    {"B2-02", "工艺", "process", "生产", "production", "工艺类", "process", "研发", "r&d", "5.2", 3,
     true},
    {"A1-01", "研发", "design", "研发", "design", "设计类", "design", "研发", "r&d", "5.1", 2,
     false},
};

static const struct dc_candidate_text some_candidates[] = {
    {"ID01", "候选", "candidate", "附录", "核对", "check", true},
};

void case_begin_bare(struct store_case *c)
{
    struct dc_err err = {0};

    cr_assert_eq(
        dc_store_begin_run(c->store, &(struct dc_store_start){.run = &some_run}, &c->run_id, &err),
        DC_OK, "%s", err.message);
}

static void fill_catalog(struct store_case *c)
{
    struct dc_table *table;

    table = dc_catalog_add_table(c->catalog, "mes", "dbo", "work_order", "工单", DC_TABLE_BASE);
    table->rows_estimated = 5000;
    dc_table_add_column(c->catalog, table, "id", "编号", "bigint", DC_TYPE_INTEGER)->primary_key =
        true;
    dc_table_add_column(c->catalog, table, "qty", "", "numeric(10,2)", DC_TYPE_DECIMAL);
    table = dc_catalog_add_table(c->catalog, "mes", "dbo", "bom", "it's a \"BOM\"", DC_TABLE_VIEW);
    dc_table_add_column(c->catalog, table, "part", "零件", "varchar(64)", DC_TYPE_TEXT)->nullable =
        false;
    table->columns[0].ref_table = "parts";
    table->columns[0].ref_schema = "plm";
    table->columns[0].ref_column = "id";
    dc_table_add_column(c->catalog, table, "数量", "数量", "int", DC_TYPE_INTEGER);
    dc_table_add_column(c->catalog, table, "note", "", "text", DC_TYPE_LONG_TEXT);
    dc_catalog_finish(c->catalog);
}

void case_begin(struct store_case *c)
{
    struct dc_run_source source = {.name = "mes", .state = "ok"};
    struct dc_err err = {0};

    cr_assert_eq(dc_store_begin_run(c->store,
                                    &(struct dc_store_start){.run = &some_run,
                                                             .leaves = some_leaves,
                                                             .n_leaves = 2,
                                                             .candidates = some_candidates,
                                                             .n_candidates = 1},
                                    &c->run_id, &err),
                 DC_OK, "%s", err.message);
    cr_assert_eq(dc_store_put_source(c->store, c->run_id, &source, &err), DC_OK, "%s", err.message);
    fill_catalog(c);
    cr_assert_eq(dc_store_plan(c->store, c->run_id, "mes", c->catalog, &err), DC_OK, "%s",
                 err.message);
}

const struct dc_table *case_table(const struct store_case *c, const char *name)
{
    const struct dc_table *table = dc_catalog_find(c->catalog, "mes", "dbo", name);

    cr_assert_not_null(table);
    return table;
}

/* Different numbers in every counter, so that a mix-up shows. */
static struct dc_profile some_profile(size_t column)
{
    struct dc_profile profile = {
        .rows = 1000 + (int64_t)column,
        .nulls = 11,
        .empties = 12,
        .truncated = 13,
        .masked = 14,
        .distinct = 15,
        .distinct_capped = true,
        .length_min = 16,
        .length_max = 17,
        .length_mean = 16.5,
        .decimals_max = 2,
        .digits_entropy = 3.25,
        .ascending = true,
        .examples = {"138****0001", "张*", "\"*'*\\"},
    };
    uint32_t *shape = &profile.shapes.integer;

    for (uint32_t i = 0; i < sizeof profile.shapes / sizeof *shape; i++) {
        shape[i] = i % 3 == 0 ? 0 : i + 100;
    }
    return profile;
}

static const struct dc_evidence some_evidence[] = {
    {DC_EVIDENCE_CHECKSUM, "cn-id", "", 4.5, "X3-01", 998, 1000, 990},
    {DC_EVIDENCE_COMMENT, "part", "零件\n\"号\"", 2.25, "B2-02", -1, -1, -1},
    {DC_EVIDENCE_TYPE, "int", "", -0.125, "", -1, -1, -1},
};

static const char *const some_important[] = {"ID01", "ID16"};

struct dc_table_result case_result(struct store_case *c, const char *name)
{
    const struct dc_table *table = case_table(c, name);
    struct dc_profile *profiles = dc_arena_alloc(c->arena, table->n_columns * sizeof *profiles);
    struct dc_finding *findings = dc_arena_alloc(c->arena, table->n_columns * sizeof *findings);

    for (size_t i = 0; i < table->n_columns; i++) {
        profiles[i] = some_profile(i);
        findings[i] = (struct dc_finding){
            .reason = "",
            .leaf = "B2-02",
            .runner_up = "A1-01",
            .level_reference = 2,
            .level = 3,
            .level_reason = "L4",
            .pi = DC_PI_SENSITIVE,
            .important = some_important,
            .n_important = 2,
            .confidence = 0.875,
            .decided_by = DC_BY_PERSON,
            .evidence = some_evidence,
            .n_evidence = 3,
            .marks = "已加密,组合敏感",
            .scale = DC_SCALE_VERY_LARGE,
            .reach = {DC_IMPACT_ECONOMY, DC_DEGREE_SERIOUS},
        };
    }
    return (struct dc_table_result){
        .table = table,
        .reason = "",
        .sample = {DC_SAMPLE_RANDOM_KEYS, "SELECT * FROM \"bom\" WHERE id IN (1, …)", 1000, 998,
                   65536, 0.75, true, 2, 0},
        .finding = {"bom", "物料清单", "bill of materials", 7.5, 3, "part", "B2-02", 1, 2, 3, 4},
        .profiles = profiles,
        .findings = findings,
    };
}

void case_commit(struct store_case *c, const struct dc_table_result *result)
{
    struct dc_err err = {0};

    cr_assert_eq(dc_store_commit_table(c->store, c->run_id, "mes", result, &err), DC_OK, "%s",
                 err.message);
}

struct dc_inventory_reader *case_read(struct store_case *c)
{
    struct dc_inventory_reader *reader = NULL;
    struct dc_err err = {0};

    cr_assert_eq(dc_store_read_run(c->store, c->run_id, &reader, &err), DC_OK, "%s", err.message);
    return reader;
}

const struct dc_inventory_table *case_next_table(struct dc_inventory_reader *reader)
{
    const struct dc_inventory_table *table = NULL;
    struct dc_err err = {0};

    cr_assert_eq(reader->class_->next_table(reader, &table, &err), DC_OK, "%s", err.message);
    return table;
}

const struct dc_inventory_column *case_next_column(struct dc_inventory_reader *reader)
{
    const struct dc_inventory_column *column = NULL;
    struct dc_err err = {0};

    cr_assert_eq(reader->class_->next_column(reader, &column, &err), DC_OK, "%s", err.message);
    return column;
}
