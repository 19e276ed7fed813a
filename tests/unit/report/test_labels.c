#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "report_case.h"

static struct report_case test;
static struct dc_arena *arena;
static char *folder;

static void setup(void)
{
    report_case_begin(&test);
    arena = dc_arena_create(0);
    folder = report_folder_make();
}

static void teardown(void)
{
    report_folder_remove(folder);
    dc_arena_destroy(arena);
    report_case_end(&test);
}

TestSuite(report_labels, .init = setup, .fini = teardown);

static struct dc_inventory_column *add_source(const char *name, const char *dialect,
                                              const char *schema, const char *table)
{
    mem_inventory_add_source(test.inventory, name)->dialect = dialect;
    mem_inventory_add_table(test.inventory, name, schema, table);
    return mem_inventory_add_column(test.inventory, "it's", "B2-02", 3);
}

static enum dc_status write_labels(const char *name, struct dc_err *err)
{
    struct dc_report_request request = {.path = dc_arena_printf(arena, "%s/%s", folder, name),
                                        .lang = DC_LANG_EN,
                                        .reproducible = true};

    return dc_report_write(test.definition, mem_inventory_reader(test.inventory), &request, err);
}

/* The file, whose every line is checked to be there in one piece. */
static const char *written(const char *name)
{
    struct dc_err err = {0};
    size_t size;
    char *text;
    const char *copy;

    cr_assert_eq(write_labels(name, &err), DC_OK, "%s", err.message);
    text = report_file_read(dc_arena_printf(arena, "%s/%s", folder, name), &size);
    copy = dc_arena_strdup(arena, text);
    free(text);
    return copy;
}

static void expect_part(const char *text, const char *part)
{
    cr_expect(strstr(text, part) != NULL, "no %s in %s", part, text);
}

Test(report_labels, a_comment_stands_behind_the_one_that_is_there)
{
    struct dc_inventory_column *column = add_source("pg", "postgresql", "public", "a\"b");

    column->comment = "数量 [dcscan B1-01 General 1]";
    column->finding.pi = DC_PI_PERSONAL;
    mem_inventory_add_important(test.inventory, column, "ID05");
    mem_inventory_add_important(test.inventory, column, "ID08");
    expect_part(written("l.sql"), "COMMENT ON COLUMN \"public\".\"a\"\"b\".\"it's\" IS "
                                  "'数量 [dcscan B2-02 General 3 personal ID05? ID08?]';\n");
}

Test(report_labels, a_key_inside_documents_has_no_comment_of_its_own)
{
    struct dc_inventory_column *column = add_source("pg", "postgresql", "public", "t");

    column->detail.path = ".owner.phone";
    expect_part(written("l.sql"), "-- inside documents: t.it's is B2-02 General 3\n");
}

Test(report_labels, sql_server_has_a_property_that_is_added_or_changed)
{
    const char *text;

    add_source("ms", "sqlserver", "dbo", "t");
    text = written("l.sql");
    expect_part(text, "IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'dcscan', N'SCHEMA', "
                      "N'dbo', N'TABLE', N't', N'COLUMN', N'it''s'))");
    expect_part(text, "sp_addextendedproperty @name=N'dcscan', @value=N'B2-02 General 3', "
                      "@level0type=N'SCHEMA', @level0name=N'dbo'");
}

Test(report_labels, others_get_rows_of_a_table_and_unsure_names_are_left_out)
{
    const char *text;

    add_source("my", "mysql", "mes", "t");
    mem_inventory_add_column(test.inventory, "a\\b", "B2-02", 1);
    mem_inventory_add_column(test.inventory, "c\n; DROP\xFF", "B2-02", 1);
    text = written("l.sql");
    expect_part(text, "INSERT INTO dcscan_label VALUES ('', 'mes', 't', 'it''s', 'B2-02', ");
    expect_part(text, "-- left out, its name cannot be written with certainty: t.a\\b\n");
    expect_part(text, "-- left out, its name cannot be written with certainty: t.c ; DROP");
}

Test(report_labels, a_script_is_for_one_source)
{
    struct dc_err err = {0};

    add_source("a", "postgresql", "", "t");
    add_source("b", "mysql", "", "t");
    cr_expect_eq(write_labels("l.sql", &err), DC_ERR_USAGE);
    cr_expect(strstr(err.hint, "--source \"a\"") != NULL, "%s", err.hint);
    cr_expect_eq(report_folder_count(folder), 0);
}

Test(report_labels, lineage_has_an_event_a_table_with_the_tags_of_its_columns)
{
    const char *text;

    add_source("a", "postgresql", "public", "t");
    add_source("b", "mysql", "", "u");
    mem_inventory_add_column(test.inventory, "z", "Z1-01", 1);
    text = written("l.openlineage.jsonl");
    expect_part(text,
                "\"dataset\":{\"namespace\":\"a\",\"name\":\"public.t\",\"facets\":{\"tags\":{");
    expect_part(
        text,
        "{\"key\":\"level\",\"value\":\"General 3\",\"source\":\"dcscan\",\"field\":\"it's\"}");
    expect_part(strchr(text, '\n'), "\"namespace\":\"b\",\"name\":\"u\"");
    cr_expect_str_eq(strchr(strchr(text, '\n') + 1, '\n'), "\n"); /* two lines */
}

Test(report_labels, metadata_has_a_line_a_table_then_the_tags_used)
{
    struct dc_decision decision = {
        .level = DC_FINAL_CORE, .leaf = "B2-02", .reviewer = "Li", .reason = "x"};
    struct dc_inventory_column *column = add_source("a", "postgresql", "public", "t.x");
    const char *text;

    column->finding.pi = DC_PI_SENSITIVE;
    mem_inventory_add_important(test.inventory, column, "ID05");
    column = mem_inventory_add_column(test.inventory, "z\"", "B2-02", 4);
    column->decision = &decision;
    column->proposed_leaf = "B2-02";
    column->finding.decided_by = DC_BY_PERSON;
    column = mem_inventory_add_column(test.inventory, "inside", "B2-02", 1);
    column->detail.path = ".a";
    text = written("l.openmetadata.jsonl");
    expect_part(text,
                "{\"entityType\":\"table\",\"fullyQualifiedName\":\"a.default.public.\\\"t.x\\\"\","
                "\"columns\":[{\"name\":\"it's\",\"fullyQualifiedName\":\"a.default.public.\\\"t."
                "x\\\".it's\","
                "\"tags\":[{\"tagFQN\":\"DataCategory.B2-02\",\"source\":\"Classification\","
                "\"labelType\":\"Automated\","
                "\"state\":\"Suggested\"},{\"tagFQN\":\"DataLevel.3\"");
    expect_part(text, "\"tagFQN\":\"PersonalInformation.sensitive\"");
    expect_part(text, "\"tagFQN\":\"ImportantDataCandidate.ID05\"");
    expect_part(
        text,
        "{\"tagFQN\":\"DataLevel.core\",\"source\":\"Classification\",\"labelType\":\"Manual\","
        "\"state\":\"Confirmed\"}");
    expect_part(text, "a.default.public.\\\"t.x\\\".\\\"z\\\"\\\"\\\"\"");
    expect_part(text, "{\"entityType\":\"tag\",\"classification\":\"DataLevel\",\"name\":\"core\","
                      "\"description\":\"Core\"}\n");
    cr_expect_null(strstr(text, "inside"));
}
