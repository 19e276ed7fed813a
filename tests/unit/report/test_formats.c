/* The formats by themselves: tables of typed cells in, files out. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "report_case.h"

static struct dc_arena *arena;
static char *folder;
static struct dc_report_options options;

static const struct dc_report_column COLUMNS[] = {
    {.key = "text", .title = "文本, \"Text\"", .help = "", .width = 10, .kind = DC_CELL_TEXT},
    {.key = "value", .title = "=Value", .help = "", .width = 10, .kind = DC_CELL_INT},
    {.key = "key", .title = "Key", .help = "", .width = 10, .kind = DC_CELL_TEXT, .exact = true},
};

static const struct dc_report_table TABLE = {
    .id = "columns",
    .sheet = "Sheet",
    .title = "",
    .note = "",
    .columns = COLUMNS,
    .n_columns = 3,
    .header = true,
    .chart_title = "",
};

static void setup(void)
{
    arena = dc_arena_create(0);
    folder = report_folder_make();
    options = (struct dc_report_options){
        .title = "",
        .author = "",
        .subject = "",
        .security_label = "",
        .lang = "en",
        .font = "Calibri",
        .created_at = 1,
    };
}

static void teardown(void)
{
    report_folder_remove(folder);
    dc_arena_destroy(arena);
}

TestSuite(report_formats, .init = setup, .fini = teardown);

static const struct dc_report_writer_class *format(const char *name)
{
    const struct dc_report_writer_class *const *classes = dc_report_writer_classes();

    for (size_t i = 0; classes[i] != NULL; i++) {
        if (strcmp(classes[i]->name, name) == 0) {
            return classes[i];
        }
    }
    cr_assert(false, "no format %s", name);
    abort();
}

/* A file with one row of three cells; its text is released with free(). */
static char *written(const char *name, const struct dc_cell *cells)
{
    const struct dc_report_writer_class *class_ = format(name);
    struct dc_report_writer *writer = NULL;
    struct dc_err err = {0};
    size_t size;

    options.path = dc_arena_printf(arena, "%s/file%s", folder, class_->extension);
    cr_assert_eq(class_->open(&options, &writer, &err), DC_OK, "%s", err.message);
    cr_assert_eq(class_->begin_table(writer, &TABLE, &err), DC_OK, "%s", err.message);
    cr_assert_eq(class_->add_row(writer, cells, 3, &err), DC_OK, "%s", err.message);
    cr_assert_eq(class_->commit(writer, &err), DC_OK, "%s", err.message);
    class_->destroy(writer);
    return report_file_read(options.path, &size);
}

#define HEADER "\xEF\xBB\xBF\"文本, \"\"Text\"\"\",'=Value,Key\r\n"

static const char *const ITEMS[] = {"ID01", "ID02"};

struct csv_case {
    struct dc_cell cell;
    const char *line;
};

static const struct csv_case CSV[] = {
    {{.kind = DC_CELL_TEXT, .text = "plain"}, "plain"},
    {{.kind = DC_CELL_TEXT, .text = ""}, ""},
    {{.kind = DC_CELL_TEXT, .text = "a,b"}, "\"a,b\""},
    {{.kind = DC_CELL_TEXT, .text = "a;b"}, "\"a;b\""},
    {{.kind = DC_CELL_TEXT, .text = "say \"no\""}, "\"say \"\"no\"\"\""},
    {{.kind = DC_CELL_TEXT, .text = "two\nlines"}, "\"two\nlines\""},
    {{.kind = DC_CELL_TEXT, .text = " lead"}, "\" lead\""},
    {{.kind = DC_CELL_TEXT, .text = "=1+1"}, "'=1+1"},
    {{.kind = DC_CELL_TEXT, .text = "+1"}, "'+1"},
    {{.kind = DC_CELL_TEXT, .text = "-1"}, "'-1"},
    {{.kind = DC_CELL_TEXT, .text = "@x"}, "'@x"},
    {{.kind = DC_CELL_TEXT, .text = "  =1"}, "\"'  =1\""},
    {{.kind = DC_CELL_TEXT, .text = "\t=1"}, "\"'\t=1\""},
    {{.kind = DC_CELL_TEXT, .text = "＝1"}, "'＝1"},
    {{.kind = DC_CELL_TEXT, .text = "=a,\"b"}, "\"'=a,\"\"b\""},
    {{.kind = DC_CELL_TEXT, .text = "中文"}, "中文"},
    {{.kind = DC_CELL_EMPTY}, ""},
    {{.kind = DC_CELL_INT, .integer = -5}, "-5"},
    {{.kind = DC_CELL_REAL, .real = 0.5}, "0.5"},
    {{.kind = DC_CELL_PERCENT, .real = 1.0 / 3}, "0.333333"},
    {{.kind = DC_CELL_LEVEL, .integer = 4, .text = "General 4"}, "General 4"},
    {{.kind = DC_CELL_BOOL, .integer = 1, .text = "yes"}, "yes"},
    {{.kind = DC_CELL_TIME, .integer = 1767225600, .utc_offset = 28800}, "2026-01-01 08:00:00"},
    {{.kind = DC_CELL_TIME, .integer = 0}, ""},
    {{.kind = DC_CELL_LIST, .items = ITEMS, .n_items = 2}, "\"ID01, ID02\""},
    {{.kind = DC_CELL_EVIDENCE, .text = "name [x]"}, "name [x]"},
};

Test(report_formats, csv_quotes_and_guards_what_it_has_to)
{
    for (size_t i = 0; i < sizeof CSV / sizeof CSV[0]; i++) {
        struct dc_cell cells[] = {
            CSV[i].cell, {.kind = DC_CELL_INT, .integer = 7}, {.kind = DC_CELL_TEXT, .text = "k"}};
        char *text = written("csv", cells);

        cr_expect_str_eq(text, dc_arena_printf(arena, "%s%s,7,k\r\n", HEADER, CSV[i].line), "%s",
                         text);
        free(text);
    }
}

Test(report_formats, csv_leaves_keys_as_they_are)
{
    struct dc_cell cells[] = {{.kind = DC_CELL_EMPTY},
                              {.kind = DC_CELL_EMPTY},
                              {.kind = DC_CELL_TEXT, .text = "-as/it/is"}};
    char *text = written("csv", cells);

    cr_expect_str_eq(text, HEADER ",,-as/it/is\r\n");
    free(text);
}

static const struct dc_evidence LINES[] = {
    {DC_EVIDENCE_VALUE, "cn-id", "", 3.5, "P2-05", 10, 12, 9},
    {DC_EVIDENCE_NAME, "id-card", "身份证", -1, "", -1, -1, -1},
};

struct json_case {
    struct dc_cell cell;
    const char *value;
};

static const struct json_case JSON[] = {
    {{.kind = DC_CELL_TEXT, .text = "say \"no\"\n中文\\"}, "\"say \\\"no\\\"\\n中文\\\\\""},
    {{.kind = DC_CELL_TEXT, .text = "=1+1"}, "\"=1+1\""},
    {{.kind = DC_CELL_TEXT, .text = ""}, "\"\""},
    {{.kind = DC_CELL_EMPTY}, "null"},
    {{.kind = DC_CELL_INT, .integer = 9007199254740993}, "9007199254740993"},
    {{.kind = DC_CELL_REAL, .real = 0.93}, "0.93"},
    {{.kind = DC_CELL_REAL, .real = 0.0 / 0.0}, "null"},
    {{.kind = DC_CELL_PERCENT, .real = 1}, "1.0"},
    {{.kind = DC_CELL_LEVEL, .integer = 3, .text = "General 3"}, "3"},
    {{.kind = DC_CELL_LEVEL, .integer = 0, .text = "Undecided"}, "null"},
    {{.kind = DC_CELL_BOOL, .integer = 1, .text = "yes"}, "true"},
    {{.kind = DC_CELL_TIME, .integer = 1767225600}, "\"2026-01-01T00:00:00Z\""},
    {{.kind = DC_CELL_LIST, .items = ITEMS, .n_items = 2}, "[\"ID01\",\"ID02\"]"},
    {{.kind = DC_CELL_LIST}, "[]"},
    {{.kind = DC_CELL_EVIDENCE, .text = "", .evidence = LINES, .n_evidence = 2},
     "[{\"kind\":\"value\",\"rule\":\"cn-id\",\"weight\":3.5,\"matched\":10,\"tested\":12},"
     "{\"kind\":\"name\",\"rule\":\"id-card\",\"weight\":-1.0,\"matched\":null,\"tested\":null}]"},
};

Test(report_formats, json_lines_have_typed_values)
{
    for (size_t i = 0; i < sizeof JSON / sizeof JSON[0]; i++) {
        struct dc_cell cells[] = {
            JSON[i].cell, {.kind = DC_CELL_INT, .integer = 7}, {.kind = DC_CELL_TEXT, .text = "k"}};
        char *text = written("jsonl", cells);

        cr_expect_str_eq(
            text,
            dc_arena_printf(arena, "{\"text\":%s,\"value\":7,\"key\":\"k\"}\n", JSON[i].value),
            "%s", text);
        free(text);
    }
}

Test(report_formats, json_lines_refuse_what_is_no_utf8)
{
    struct dc_cell cells[] = {
        {.kind = DC_CELL_TEXT, .text = "\xFF"}, {.kind = DC_CELL_EMPTY}, {.kind = DC_CELL_EMPTY}};
    struct dc_report_writer *writer = NULL;
    struct dc_err err = {0};

    options.path = dc_arena_printf(arena, "%s/file.jsonl", folder);
    cr_assert_eq(format("jsonl")->open(&options, &writer, &err), DC_OK);
    cr_assert_eq(format("jsonl")->begin_table(writer, &TABLE, &err), DC_OK);
    cr_expect_eq(format("jsonl")->add_row(writer, cells, 3, &err), DC_ERR_OUTPUT);
    format("jsonl")->destroy(writer);
    cr_expect_eq(report_folder_count(folder), 0);
}

Test(report_formats, a_writer_that_is_not_committed_leaves_nothing)
{
    const struct dc_report_writer_class *const *classes = dc_report_writer_classes();
    struct dc_cell cells[] = {
        {.kind = DC_CELL_TEXT, .text = "x"}, {.kind = DC_CELL_EMPTY}, {.kind = DC_CELL_EMPTY}};

    for (size_t i = 0; classes[i] != NULL; i++) {
        struct dc_report_writer *writer = NULL;
        struct dc_err err = {0};
        size_t n_open = report_folder_count("/proc/self/fd");

        options.path = dc_arena_printf(arena, "%s/file%s", folder, classes[i]->extension);
        cr_assert_eq(classes[i]->open(&options, &writer, &err), DC_OK, "%s", err.message);
        cr_expect_leq(report_folder_count(folder), 1); /* a temporary one, where it needs a name */
        cr_expect_eq(classes[i]->begin_table(writer, &TABLE, &err), DC_OK);
        cr_expect_eq(classes[i]->add_row(writer, cells, 3, &err), DC_OK);
        classes[i]->destroy(writer);
        classes[i]->destroy(NULL);
        cr_expect_eq(report_folder_count(folder), 0, "%s", classes[i]->name);
        cr_expect_eq(report_folder_count("/proc/self/fd"), n_open, "%s leaves files open",
                     classes[i]->name);
    }
}

Test(report_formats, a_workbook_without_tables_or_with_too_many_columns_is_refused)
{
    const struct dc_report_writer_class *class_ = format("xlsx");
    struct dc_report_table wide = TABLE;
    struct dc_report_writer *writer = NULL;
    struct dc_err err = {0};

    options.path = dc_arena_printf(arena, "%s/file.xlsx", folder);
    cr_assert_eq(class_->open(&options, &writer, &err), DC_OK);
    wide.n_columns = 257;
    cr_expect_eq(class_->begin_table(writer, &wide, &err), DC_ERR_OUTPUT);
    wide.n_columns = 0;
    cr_expect_eq(class_->begin_table(writer, &wide, &err), DC_ERR_OUTPUT);
    class_->destroy(writer);
}
