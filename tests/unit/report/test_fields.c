#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "report_case.h"

static struct report_case test;
static struct report_layout layout;

static void setup(void)
{
    report_case_begin(&test);
    layout = (struct report_layout){
        .definition = test.definition,
        .reader = mem_inventory_reader(test.inventory),
        .run = mem_inventory_run(test.inventory),
        .tally = report_tally_create(),
        .scratch = dc_arena_create(0),
    };
}

static void teardown(void)
{
    report_tally_destroy(layout.tally);
    dc_arena_destroy(layout.scratch);
    report_case_end(&test);
}

TestSuite(report_fields, .init = setup, .fini = teardown);

static struct dc_cell cell_of(const char *field, struct report_row *row)
{
    const struct report_field *found = report_field_find(field);
    struct dc_cell cell;

    cr_assert_not_null(found, "%s", field);
    row->layout = &layout;
    report_field_fill(found, row, &cell);
    return cell;
}

Test(report_fields, every_field_is_told_of_in_the_readme)
{
    size_t size;
    char *readme = report_file_read(TEST_ROOT "/reports/README.md", &size);

    cr_assert_gt(report_field_count(), 100);
    for (size_t i = 0; i < report_field_count(); i++) {
        const char *name = report_field_at(i)->name;

        cr_expect(strstr(readme, dc_arena_printf(layout.scratch, "`%s`", name)) != NULL, "%s",
                  name);
    }
    free(readme);
}

Test(report_fields, names_are_unique)
{
    for (size_t i = 0; i < report_field_count(); i++) {
        cr_expect_eq(report_field_find(report_field_at(i)->name), report_field_at(i), "%s",
                     report_field_at(i)->name);
    }
    cr_expect_null(report_field_find("table.nothing"));
}

/* A row may lack what a field is about: a source that was not read has no table. */
Test(report_fields, a_row_without_the_object_gives_an_empty_cell)
{
    struct report_unread unread = {"source", "unreachable", "refused", -1, -1};

    for (size_t i = 0; i < report_field_count(); i++) {
        const struct report_field *field = report_field_at(i);
        struct report_row row = {.unread = &unread};

        if ((field->scope & (SCOPE_SOURCE | SCOPE_TABLE | SCOPE_COLUMN | SCOPE_LEAF)) != 0) {
            cr_expect_eq(cell_of(field->name, &row).kind, DC_CELL_EMPTY, "%s", field->name);
        }
    }
}

static struct dc_inventory_table *some_table(const char *name)
{
    struct dc_inventory_table *table = mem_inventory_add_table(test.inventory, "mes", "dbo", name);

    table->catalog = "plant";
    return table;
}

Test(report_fields, the_place_of_a_table_joins_what_there_is)
{
    struct report_row row = {.table = some_table("t")};

    cr_expect_str_eq(cell_of("table.place", &row).text, "plant.dbo");
    ((struct dc_inventory_table *)row.table)->catalog = "";
    cr_expect_str_eq(cell_of("table.place", &row).text, "dbo");
}

struct key_case {
    const char *source, *table, *column, *key;
};

static const struct key_case KEYS[] = {
    {"mes", "orders", "id", "mes/plant/dbo/orders/id"},
    {"mes", "a/b%c", "d", "mes/plant/dbo/a%2Fb%25c/d"},
    {"=mes", "t", "-x", "%3Dmes/plant/dbo/t/%2Dx"},
    {"mes", "t\n1", "c\x7F", "mes/plant/dbo/t%0A1/c%7F"},
    {"mes", "订单", "编号", "mes/plant/dbo/订单/编号"},
    {"mes", "t", "a\xFFz", "mes/plant/dbo/t/a%FFz"},
    {"mes", "t", "\xE2\x80\xAEtxt", "mes/plant/dbo/t/%E2%80%AEtxt"},
};

Test(report_fields, keys_are_unambiguous_and_safe_in_a_spreadsheet)
{
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        struct dc_inventory_table *table = some_table(KEYS[i].table);
        struct report_row row = {
            .table = table,
            .column = mem_inventory_add_column(test.inventory, KEYS[i].column, "", 0)};

        table->source = KEYS[i].source;
        cr_expect_str_eq(cell_of("column.key", &row).text, KEYS[i].key);
    }
}

struct proof_case {
    enum dc_sample_method method;
    int64_t rows;
    bool cut;
    const char *text;
};

static const struct proof_case PROOFS[] = {
    {DC_SAMPLE_WHOLE, 812, false, "all 812 rows were read"},
    {DC_SAMPLE_WHOLE, 0, false, "no row was read: decided by names, comments and types only"},
    {DC_SAMPLE_TABLESAMPLE, 1000, false,
     "random sample of 1,000 rows: what was not seen in it is, at 95 %, in fewer than 0.30% of the "
     "rows"},
    {DC_SAMPLE_RANDOM_KEYS, 10, false,
     "random sample of 10 rows: what was not seen in it is, at 95 %, in fewer than 25.9% of the "
     "rows"},
    {DC_SAMPLE_RANDOM_ROWS, 1000, true,
     "a bound ended the sample after 1,000 rows: says nothing of the rest"},
    {DC_SAMPLE_HEAD, 1000, false, "the first 1,000 rows only: biased, says nothing of the rest"},
    {DC_SAMPLE_NONE, 0, false, "no data were read"},
};

Test(report_fields, what_a_sample_proves_is_said)
{
    layout.lang = DC_LANG_EN;
    for (size_t i = 0; i < sizeof PROOFS / sizeof PROOFS[0]; i++) {
        struct dc_inventory_table *table = some_table("t");
        struct report_row row = {.table = table};

        table->sample.method = PROOFS[i].method;
        table->sample.rows_read = PROOFS[i].rows;
        table->sample.cut = PROOFS[i].cut;
        cr_expect_str_eq(cell_of("sample.proof", &row).text, PROOFS[i].text);
    }
}

Test(report_fields, an_unknown_count_is_empty_and_zero_is_not)
{
    struct dc_inventory_table *table = some_table("t");
    struct report_row row = {.table = table};

    cr_expect_eq(cell_of("table.rows_estimated", &row).kind, DC_CELL_EMPTY);
    table->rows_estimated = 0;
    cr_expect_eq(cell_of("table.rows_estimated", &row).kind, DC_CELL_INT);
    cr_expect_eq(cell_of("table.rows_estimated", &row).integer, 0);
}

Test(report_fields, texts_of_databases_are_made_fit_to_show)
{
    struct dc_inventory_table *table = some_table("a\x1b[31mb\xff");
    struct report_row row = {.table = table};

    cr_expect_str_eq(cell_of("table.name", &row).text, "a□[31mb\uFFFD");
}

Test(report_fields, a_column_not_read_has_no_verdict)
{
    static const char *const fields[] = {
        "finding.leaf",      "finding.level",        "finding.pi",
        "finding.pi_code",   "finding.confidence",   "finding.important",
        "finding.to_review", "finding.decider_code", "finding.level_reason"};
    struct report_row row = {.table = some_table("t")};
    struct dc_inventory_column *column = mem_inventory_add_column(test.inventory, "c", "", 0);

    column->finding.status = DC_COLUMN_UNREADABLE;
    row.column = column;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        cr_expect_eq(cell_of(fields[i], &row).kind, DC_CELL_EMPTY, "%s", fields[i]);
    }
    cr_expect_str_eq(cell_of("finding.status_code", &row).text, "unreadable");
}

struct change_case {
    int reference, level;
    const char *word;
};

static const struct change_case CHANGES[] = {{2, 2, "no"}, {2, 4, "raised"}, {3, 2, "lowered"}};

Test(report_fields, a_level_is_compared_with_its_reference)
{
    struct report_row row = {.table = some_table("t")};
    struct dc_inventory_column *column = mem_inventory_add_column(test.inventory, "c", "B2-02", 0);

    layout.lang = DC_LANG_EN;
    row.column = column;
    cr_expect_eq(cell_of("finding.level_change", &row).kind, DC_CELL_EMPTY); /* undecided */
    for (size_t i = 0; i < sizeof CHANGES / sizeof CHANGES[0]; i++) {
        column->finding.level_reference = CHANGES[i].reference;
        column->finding.level = CHANGES[i].level;
        cr_expect_str_eq(cell_of("finding.level_change", &row).text, CHANGES[i].word);
    }
}

struct impact_case {
    enum dc_pi pi;
    int level;
    struct dc_impact reach;
    enum dc_final_level final;
    bool flagged;
    const char *object, *degree, *suspected; /* NULL: an empty cell */
};

#define NOBODY                                    \
    {                                             \
        DC_IMPACT_PUBLIC_INTEREST, DC_DEGREE_NONE \
    }
static const struct impact_case IMPACTS[] = {
    {DC_PI_NONE, 3, NOBODY, DC_FINAL_NONE, false, "organisation", "serious harm", NULL},
    {DC_PI_SENSITIVE, 4, NOBODY, DC_FINAL_NONE, false, "individuals", "especially serious harm",
     NULL},
    {DC_PI_PERSONAL,
     3,
     {DC_IMPACT_PUBLIC_INTEREST, DC_DEGREE_GENERAL},
     DC_FINAL_NONE,
     false,
     "individuals; public interest",
     "serious harm; general harm",
     NULL},
    {DC_PI_NONE,
     2,
     {DC_IMPACT_ECONOMY, DC_DEGREE_SERIOUS},
     DC_FINAL_NONE,
     true,
     "organisation",
     "general harm",
     "economic operation: serious harm"},
    {DC_PI_NONE,
     4,
     {DC_IMPACT_ECONOMY, DC_DEGREE_SERIOUS},
     DC_FINAL_CORE,
     true,
     "economic operation",
     "especially serious harm",
     "economic operation: serious harm"},
    {DC_PI_NONE,
     4,
     {DC_IMPACT_NATIONAL_SECURITY, DC_DEGREE_GENERAL},
     DC_FINAL_IMPORTANT,
     true,
     "national security",
     "general harm",
     "national security: general harm"},
    {DC_PI_NONE, 4, NOBODY, DC_FINAL_IMPORTANT, false, NULL, NULL, NULL},
};

static void expect_cell(const char *field, struct report_row *row, const char *text, size_t i)
{
    struct dc_cell cell = cell_of(field, row);

    cr_expect_eq(cell.kind == DC_CELL_EMPTY, text == NULL, "%s of case %zu", field, i);
    if (text != NULL && cell.kind != DC_CELL_EMPTY) {
        cr_expect_str_eq(cell.text, text, "%s of case %zu: %s", field, i, cell.text);
    }
}

/* Impact agrees with the level that is in force, in the matrix of 6.5; what a flag may mean stands apart. */
Test(report_fields, impact_goes_by_level_scale_flags_and_what_people_said)
{
    layout.lang = DC_LANG_EN;
    for (size_t i = 0; i < sizeof IMPACTS / sizeof IMPACTS[0]; i++) {
        struct report_row row = {.table = some_table("t")};
        struct dc_inventory_column *column = mem_inventory_add_column(test.inventory, "c", "B2-02",
                                                                      IMPACTS[i].level);
        struct dc_decision decision = {.level = IMPACTS[i].final};

        column->finding.pi = IMPACTS[i].pi;
        column->finding.reach = IMPACTS[i].reach;
        if (IMPACTS[i].flagged) {
            mem_inventory_add_important(test.inventory, column, "ID04");
        }
        column->decision = IMPACTS[i].final == DC_FINAL_NONE ? NULL : &decision;
        row.column = column;
        expect_cell("finding.impact_object", &row, IMPACTS[i].object, i);
        expect_cell("finding.impact_degree", &row, IMPACTS[i].degree, i);
        expect_cell("finding.impact_suspected", &row, IMPACTS[i].suspected, i);
    }
}

Test(report_fields, evidence_tells_rule_leaf_weight_and_counts)
{
    struct report_row row = {.table = some_table("t")};
    struct dc_inventory_column *column = mem_inventory_add_column(test.inventory, "c", "P1-02", 2);

    mem_inventory_add_evidence(
        test.inventory, column,
        &(struct dc_evidence){DC_EVIDENCE_VALUE, "cn-mobile", "", 3, "P1-02", 1788, 1800, 785});
    mem_inventory_add_evidence(
        test.inventory, column,
        &(struct dc_evidence){DC_EVIDENCE_NAME, "phone", "手机", -1.5, "", -1, -1, -1});
    row.column = column;
    cr_expect_str_eq(
        cell_of("finding.evidence", &row).text,
        "取值 [cn-mobile] → P1-02 +3.00，命中 1,788/1,800，不同值 785; 名称 “手机” [phone] -1.50");
}

Test(report_fields, marks_are_said_in_the_language_of_the_report)
{
    struct report_row row = {.table = some_table("t")};
    struct dc_inventory_column *column = mem_inventory_add_column(test.inventory, "c", "P1-02", 2);

    layout.lang = DC_LANG_EN;
    row.column = column;
    cr_expect_str_eq(cell_of("finding.marks", &row).text, "");
    column->finding.marks = "已加密,组合敏感, own mark";
    cr_expect_str_eq(cell_of("finding.marks", &row).text,
                     "encrypted, sensitive in combination, own mark");
}

Test(report_fields, only_the_strongest_lines_of_evidence_stand_in_a_cell)
{
    struct report_row row = {.table = some_table("t")};
    struct dc_inventory_column *column = mem_inventory_add_column(test.inventory, "c", "P1-02", 2);

    layout.lang = DC_LANG_EN;
    for (int i = 0; i < 5; i++) {
        mem_inventory_add_evidence(
            test.inventory, column,
            &(struct dc_evidence){DC_EVIDENCE_NAME, "r", "", 1, "", -1, -1, -1});
    }
    row.column = column;
    cr_expect_str_eq(
        cell_of("finding.evidence", &row).text,
        "name [r] +1.00; name [r] +1.00; name [r] +1.00; 2 more on the evidence sheet");
    cr_expect_eq(cell_of("finding.evidence", &row).n_evidence, 5);
}

Test(report_fields, a_language_without_a_text_takes_the_other_one)
{
    const struct dc_leaf_text leaf = {.code = "X1", .name_zh = "甲", .name_en = ""};
    struct report_row row = {.leaf = &leaf};

    layout.lang = DC_LANG_EN;
    cr_expect_str_eq(cell_of("leaf.name", &row).text, "甲");
}

/* Rules instead of names of zones: machines without tzdata know them as well. */
Test(report_fields, a_time_is_shown_with_the_offset_of_its_day)
{
    struct dc_compared_source summer = {"mes", 1, 2, 1792888200},
                              winter = {"mes", 1, 2, 1792891800};
    struct report_row row = {.compared = &summer};

    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    cr_expect_eq(cell_of("compared.started_at", &row).integer, 1792888200);
    cr_expect_eq(cell_of("compared.started_at", &row).utc_offset, 7200);
    row.compared = &winter;
    cr_expect_eq(cell_of("compared.started_at", &row).utc_offset, 3600);
}

Test(report_fields, the_cover_names_every_offset_of_its_times)
{
    struct report_row row = {0};

    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    mem_inventory_run(test.inventory)->started_at = 1792888200;  /* 02:30 summer time */
    mem_inventory_run(test.inventory)->finished_at = 1792891800; /* 02:30 again */
    layout.run = mem_inventory_run(test.inventory);
    layout.created_at = 1792891900;
    cr_expect_str_eq(cell_of("report.time_zone", &row).text, "UTC+02:00, UTC+01:00");
    cr_expect_eq(cell_of("run.seconds", &row).integer, 3600);
    setenv("TZ", "CST-8", 1);
    cr_expect_str_eq(cell_of("report.time_zone", &row).text, "UTC+08:00");
    cr_expect_str_eq(cell_of("run.day", &row).text, "2026-10-25");
    setenv("TZ", "HST10", 1);
    cr_expect_str_eq(cell_of("run.day", &row).text, "2026-10-24");
}

/* A clock that was put back makes no negative duration. */
Test(report_fields, a_clock_put_back_leaves_the_seconds_open)
{
    struct report_row row = {0};

    mem_inventory_run(test.inventory)->started_at = 1792891800;
    mem_inventory_run(test.inventory)->finished_at = 1792888200;
    layout.run = mem_inventory_run(test.inventory);
    cr_expect_eq(cell_of("run.seconds", &row).kind, DC_CELL_EMPTY);
}
