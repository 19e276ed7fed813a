#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "report_case.h"

static struct dc_arena *arena;
static char *folder;

static void setup(void)
{
    arena = dc_arena_create(0);
    folder = report_folder_make();
}

static void teardown(void)
{
    report_folder_remove(folder);
    dc_arena_destroy(arena);
}

TestSuite(report_definition, .init = setup, .fini = teardown);

/* The shipped settings and words beside a sheet of the test's own. */
static void copy_shipped(const char *name)
{
    size_t size;
    char *text = report_file_read(
        dc_arena_printf(arena, "%s/reports/definitions/%s", TEST_ROOT, name), &size);

    report_file_write(arena, folder, name, text);
    free(text);
}

static enum dc_status load_sheet(const char *sheet, struct dc_complaints *all, struct dc_err *err)
{
    struct dc_report_definition *definition = NULL;
    enum dc_status status;

    copy_shipped("report.yaml");
    copy_shipped("words.yaml");
    report_file_write(arena, folder, "a.yaml", sheet);
    status = dc_report_definition_load(folder, &definition, all, err);
    dc_report_definition_destroy(definition);
    return status;
}

#define SHEET  "sheet: a\ntitle: {zh: 甲, en: A}\ntables:\n"
#define COLUMN "    columns:\n      - {key: k, from: table.name, title: {zh: 表, en: Table}}\n"

Test(report_definition, a_small_sheet_is_enough)
{
    struct dc_complaints all;
    struct dc_err err = {0};

    dc_complaints_init(&all, arena);
    cr_expect_eq(load_sheet(SHEET "  - table: t\n    rows: tables\n" COLUMN, &all, &err), DC_OK,
                 "%s", err.message);
    cr_expect_eq(all.n_lines, 0);
    dc_complaints_done(&all);
}

struct broken {
    const char *sheet;
    const char *complaint; /* what the first complaint holds */
};

static const struct broken BROKEN[] = {
    {"- 1\n", "a definition begins with"},
    {SHEET "  - table: t\n    rows: tables\n    columns:\n      - {key: k, fill: true, changes: k, "
           "title: {zh: 表, en: T}}\n",
     "\"changes\" and \"reason\" belong together"},
    {SHEET "  - table: t\n    rows: tables\n    columns:\n      - {key: k, fill: true, changes: k, "
           "reason: n, title: {zh: 表, en: T}}\n",
     "this table has no column \"n\""},
    {SHEET "  - table: t\n    rows: words\n    columns:\n      - {key: k, from: word.text, title: "
           "{zh: 表, en: T}}\n",
     "\"words\" belongs to a table with \"rows: words\""},
    {SHEET "  - table: t\n    rows: words\n    words: none\n    columns:\n      - {key: k, from: "
           "word.text, title: {zh: 表, en: T}}\n",
     "there are no words \"none\" for the rows of table \"t\""},
    {SHEET "  - table: t\n    rows: tables\n    colums: []\n",
     "a.yaml:6:5: unknown key \"colums\"; did you mean \"columns\"?"},
    {SHEET "  - table: t\n" COLUMN, "a.yaml:4:5: key \"rows\" is missing"},
    {SHEET "  - table: t\n    rows: tabels\n" COLUMN, "a.yaml:5:11: \"rows\" has to be one of"},
    {SHEET "  - table: t\n    rows: tables\n    columns: []\n",
     "a.yaml:6:14: \"columns\" has to be a list that is not empty"},
    {SHEET "  - table: t\n    rows: tables\n    columns:\n      - {key: k, from: table.nam, title: "
           "{zh: 表, en: T}}\n",
     "a.yaml:7:24: unknown field \"table.nam\""},
    {SHEET "  - table: t\n    rows: sources\n    columns:\n      - {key: k, from: table.name, "
           "title: {zh: 表, en: T}}\n",
     "a.yaml:7:24: field \"table.name\" says nothing of a row of \"sources\""},
    {SHEET
     "  - table: t\n    rows: tables\n    columns:\n      - {key: k, title: {zh: 表, en: T}}\n",
     "a.yaml:7:9: a column needs \"from\""},
    {SHEET "  - table: t\n    rows: tables\n    columns:\n      - {key: k, from: table.name}\n",
     "a.yaml:7:9: column \"k\" needs a title"},
    {SHEET "  - table: t\n    rows: tables\n    columns:\n      - {key: k, from: table.name, "
           "title: {zh: 表}}\n",
     "a.yaml:7:43: key \"en\" is missing"},
    {SHEET "  - table: t\n    rows: tables\n    columns:\n      - {key: k, from: table.name, "
           "width: 0, title: {zh: 表, en: T}}\n",
     "\"width\" has to be between 1 and 255"},
    {SHEET "  - table: t\n    rows: tables\n" COLUMN
           "      - {key: k, from: table.comment, title: {zh: 注, en: C}}\n",
     "a.yaml:8:15: key \"k\" is used twice in this table"},
    {SHEET "  - table: t\n    rows: tables\n    sort: k\n" COLUMN,
     "a.yaml:6:11: \"k\" is no column of numbers of this table"},
    {SHEET "  - table: t\n    rows: tables\n    where: personal\n" COLUMN,
     "\"where\" belongs to a table with \"rows: columns\""},
    {SHEET "  - table: t\n    rows: facts\n    columns:\n      - {key: k, from: fact.title, title: "
           "{zh: 表, en: T}}\n",
     "\"facts\" belong to a table with \"rows: facts\""},
    {SHEET "  - table: t\n    rows: facts\n    columns:\n      - {key: k, from: fact.title, title: "
           "{zh: 表, en: T}}\n"
           "    facts:\n      - {title: {zh: 甲, en: A}, from: table.name}\n",
     "field \"table.name\" says nothing of a row of \"facts\""},
    {SHEET "  - table: t\n    rows: facts\n    columns:\n      - {key: k, from: fact.title, title: "
           "{zh: 表, en: T}}\n"
           "    facts:\n      - {title: {zh: 甲, en: A}, from: run.id, text: {zh: 乙, en: B}}\n",
     "a fact has a \"text\" or a field \"from\", not both"},
    {SHEET "  - table: t\n    rows: tables\n    columns:\n      - {key: k, fill: true, choices: "
           "nothing, title: {zh: 表, en: T}}\n",
     "there are no words \"nothing\" to choose from"},
    {SHEET "  - table: t\n    rows: tables\n" COLUMN "  - table: t\n    rows: tables\n" COLUMN,
     "table \"t\" is defined twice"},
    {SHEET "  - table: t\n    rows: tables\n    chart: {kind: pie, of: k, title: {zh: 图, en: "
           "C}}\n" COLUMN,
     "a.yaml:6:28: \"k\" is no column of numbers"},
    {"sheet: a\ntab: red\ntitle: {zh: 甲, en: A}\ntables:\n  - table: t\n    rows: tables\n" COLUMN,
     "a.yaml:2:6: a colour is written \"#RRGGBB\""},
    {"sheet: a\ntitle: {zh: \"甲/乙\", en: A}\ntables:\n  - table: t\n    rows: tables\n" COLUMN,
     "has a character that sheet names cannot have"},
    {"sheet: a\ntitle: {zh: 甲, en: An English name of more than 31 letters}\ntables:\n  - table: "
     "t\n    rows: tables\n" COLUMN,
     "has to be 1 to 31 characters long"},
    {"sheet: a\ntitle: {zh: 甲 (2), en: A}\ntables:\n  - table: t\n    rows: tables\n" COLUMN,
     "ends like the name of a sheet that goes on"},
};

Test(report_definition, mistakes_are_told_with_their_place)
{
    for (size_t i = 0; i < sizeof BROKEN / sizeof BROKEN[0]; i++) {
        struct dc_complaints all;
        struct dc_err err = {0};

        dc_complaints_init(&all, arena);
        cr_expect_eq(load_sheet(BROKEN[i].sheet, &all, &err), DC_ERR_CONFIG, "%s", BROKEN[i].sheet);
        cr_expect(all.n_lines > 0 && strstr(all.lines[0], BROKEN[i].complaint) != NULL, "%s: %s",
                  BROKEN[i].complaint, all.n_lines > 0 ? all.lines[0] : "(none)");
        cr_expect(strstr(err.message, "could not use the report definitions") != NULL, "%s",
                  err.message);
        dc_complaints_done(&all);
    }
}

Test(report_definition, the_first_mistake_is_told_even_when_nobody_collects)
{
    struct dc_err err = {0};

    cr_expect_eq(load_sheet(BROKEN[1].sheet, NULL, &err), DC_ERR_CONFIG);
    cr_expect(strstr(err.message, BROKEN[1].complaint) != NULL, "%s", err.message);
}

/* What a change of settings or words is complained of. */
struct changed {
    const char *file, *from, *to, *complaint;
};

static const struct changed CHANGED[] = {
    {"report.yaml", "{zh: local,", "{zh: \"8\",", "a time zone is written \"+08:00\" or \"local\""},
    {"report.yaml", "\"#FFD966\"", "\"yellow\"", "a colour is written \"#RRGGBB\""},
    {"report.yaml", "    core:", "    cor:", "the colour of level \"core\" is missing"},
    {"report.yaml", "  font:", "  fonts:", "unknown key \"fonts\"; did you mean \"font\"?"},
    {"words.yaml",
     "    whole:", "    all:", "the word of \"whole\" in \"sample_method\" is missing"},
    {"words.yaml",
     "    proof_head:", "    proof_top:", "the word of \"proof_head\" in \"phrase\" is missing"},
};

/* Copies a shipped file with one text changed. */
static void copy_changed(const struct changed *change)
{
    size_t size;
    char *text = report_file_read(
        dc_arena_printf(arena, "%s/reports/definitions/%s", TEST_ROOT, change->file), &size);
    char *found = strstr(text, change->from);

    cr_assert_not_null(found, "%s", change->from);
    report_file_write(arena, folder, change->file,
                      dc_arena_printf(arena, "%.*s%s%s", (int)(found - text), text, change->to,
                                      found + strlen(change->from)));
    free(text);
}

Test(report_definition, settings_and_words_are_checked)
{
    for (size_t i = 0; i < sizeof CHANGED / sizeof CHANGED[0]; i++) {
        struct dc_report_definition *definition = NULL;
        struct dc_err err = {0};

        copy_shipped("report.yaml");
        copy_shipped("words.yaml");
        report_file_write(arena, folder, "a.yaml", SHEET "  - table: t\n    rows: tables\n" COLUMN);
        copy_changed(&CHANGED[i]);
        cr_expect_eq(dc_report_definition_load(folder, &definition, NULL, &err), DC_ERR_CONFIG,
                     "%s", CHANGED[i].to);
        cr_expect(strstr(err.message, CHANGED[i].complaint) != NULL, "%s: %s", CHANGED[i].complaint,
                  err.message);
    }
}

Test(report_definition, a_folder_that_is_not_there_or_is_empty_is_told)
{
    struct dc_report_definition *definition = NULL;
    struct dc_err err = {0};

    cr_expect_eq(dc_report_definition_load("/nowhere/at/all", &definition, NULL, &err),
                 DC_ERR_CONFIG);
    cr_expect(strstr(err.message, "could not read folder \"/nowhere/at/all\"") != NULL, "%s",
              err.message);
    cr_expect_eq(dc_report_definition_load(folder, &definition, NULL, &err), DC_ERR_CONFIG);
    cr_expect(strstr(err.message, "no file has \"report\"") != NULL, "%s", err.message);
    cr_expect_null(definition);
}

Test(report_definition, the_shipped_sheets_come_in_their_order)
{
    static const char *const ids[] = {"cover",     "overview", "sources",  "tables",    "columns",
                                      "important", "filing",   "personal", "sensitive", "export",
                                      "review",    "evidence", "sampling", "unread",    "changes",
                                      "standards", "method",   "lists",    "records",   "labels"};
    struct report_case test;

    report_case_begin(&test);
    cr_assert_eq(test.definition->n_sheets, sizeof ids / sizeof ids[0]);
    for (size_t i = 0; i < test.definition->n_sheets; i++) {
        cr_expect_str_eq(test.definition->sheets[i].id, ids[i]);
    }
    report_case_end(&test);
}

Test(report_definition, a_fixed_zone_is_understood)
{
    static const struct changed change = {"report.yaml", "{zh: local, en: local}",
                                          "{zh: \"+08:00\", en: \"-03:30\"}", ""};
    struct dc_report_definition *definition = NULL;
    struct dc_err err = {0};

    copy_shipped("words.yaml");
    report_file_write(arena, folder, "a.yaml", SHEET "  - table: t\n    rows: tables\n" COLUMN);
    copy_changed(&change);
    cr_assert_eq(dc_report_definition_load(folder, &definition, NULL, &err), DC_OK, "%s",
                 err.message);
    cr_expect_eq(definition->settings.utc_offset[DC_LANG_ZH], 8 * 3600);
    cr_expect_eq(definition->settings.utc_offset[DC_LANG_EN], -(3 * 3600 + 1800));
    dc_report_definition_destroy(definition);
}

Test(report_definition, times_are_shown_in_the_zone_of_the_machine)
{
    struct report_case test;

    report_case_begin(&test);
    cr_expect_eq(test.definition->settings.utc_offset[DC_LANG_ZH], LOCAL_ZONE);
    cr_expect_eq(test.definition->settings.utc_offset[DC_LANG_EN], LOCAL_ZONE);
    report_case_end(&test);
}
