/* Documents taken apart: what becomes a sub-column, and what must not. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blocks.h"
#include "dcscan/alloc.h"
#include "dcscan/document.h"
#include "rules.h"

#define MAX_SEEN 2048

/* "path=value " of every scalar. */
static bool note(void *user, const char *path, enum dc_scalar_kind kind, const char *bytes,
                 size_t size)
{
    static const char kinds[] = {'t', 'i', 'n', 'b', '0'};
    char *seen = user;
    size_t used = strlen(seen);

    snprintf(seen + used, MAX_SEEN - used, "%s=%c:%.*s ", path, kinds[kind], (int)size,
             bytes != NULL ? bytes : "");
    return true;
}

static const struct {
    const char *text;
    bool cut, good;
    const char *seen;
} walks[] = {
    {"{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null},\"e\":true,\"f\":1.5}", false, true,
     ".a=i:1 .b.c=t:x .b.d=0: .e=b:true .f=n:1.5 "},
    {" [{\"sku\":\"P1\"},{\"sku\":\"P2\"}]", false, true, "[*].sku=t:P1 [*].sku=t:P2 "},
    {"{\"tags\":[\"a\",\"b\"],\"z\":0}", false, true, ".tags[*]=t:a .tags[*]=t:b .z=i:0 "},
    {"{\"姓名\":\"张三\",\"two words\":1}", false, true, ".姓名=t:张三 ['two words']=i:1 "},
    /* cut by the bound on values: what stands before the cut counts, half a value does not */
    {"{\"a\":1,\"b\":\"hal", true, true, ".a=i:1 "},
    {"{\"a\":1,\"b\":\"hal", false, false, ".a=i:1 "},
    {"{\"a\":1,,}", false, false, ".a=i:1 "},
    {"[INFO] started", false, false, ""},
    {"{}", false, true, ""},
    {"{", false, false, ""},
    {"plain", false, false, ""},
    {"3", false, false, ""},
    {"", false, false, ""},
    /* keys that are values: a phone, an id, a date, a number; what hangs below them is passed over, what follows is not */
    {"{\"13812345678\":1,\"u20240131\":{\"x\":1},\"2024-01-31\":1,\"7\":2,\"ok\":3}", false, true,
     ".ok=i:3 "},
    {"{\"a\":{\"123456\":{\"b\":1},\"c\":2},\"a@b.c\":4}", false, true, ".a.c=i:2 "},
    {"{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":1}}}}}}},\"z\":1}", false, true,
     ".z=i:1 "},
    {"<o id=\"7\" xmlns=\"u\"><c:name xmlns:c=\"v\">卡钳</c:name><n/><p>1</p><p>2</p></o>", false,
     true, ".o.@id=t:7 .o.name=t:卡钳 .o.p=t:1 .o.p=t:2 "},
    {"<?xml version=\"1.0\" encoding=\"GBK\"?><a><b>x</b>", true, true, ".a.b=t:x "},
    {"<a><b>x</a>", false, false, ""},
    {"<3 you", false, false, ""},
    {"<!DOCTYPE a [<!ENTITY e \"ha\">]><a>&e;</a>", false, false, ""},
    {"{\"a\":\"\xff\"}", false, false, ""},
};

Test(document, scalars_come_with_their_places)
{
    for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++) {
        char seen[MAX_SEEN] = "";

        cr_expect_eq(
            dc_document_walk(walks[i].text, strlen(walks[i].text), walks[i].cut, note, seen),
            walks[i].good, "%s", walks[i].text);
        cr_expect_str_eq(seen, walks[i].seen, "%s: %s", walks[i].text, seen);
    }
}

Test(document, any_prefix_and_any_depth_is_walked_without_harm)
{
    char deep[4096], seen[MAX_SEEN] = "";

    memset(deep, '[', sizeof deep);
    cr_expect(dc_document_walk(deep, sizeof deep, true, note, seen));
    cr_expect_str_eq(seen, "");
    for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++) {
        for (size_t size = 0; size < strlen(walks[i].text); size++) {
            char *copy = dc_strndup(walks[i].text, size);

            dc_document_walk(copy, size, true, note, seen);
            seen[0] = '\0';
            free(copy);
        }
    }
}

/* ---- sub-columns ---- */

struct fixture {
    struct dc_taxonomy *taxonomy;
    struct dc_value_matcher *matcher;
    struct dc_profiler *profiler;
    struct dc_documents *documents;
    struct dc_arena *arena;
    struct dc_profile *profiles;
};

static struct fixture *open_fixture(void)
{
    struct fixture *f = dc_alloc(1, sizeof *f);

    f->taxonomy = rules_load();
    f->matcher = rules_matcher(f->taxonomy);
    f->profiler = dc_profiler_create(f->matcher);
    f->documents = dc_documents_create();
    f->arena = dc_arena_create(0);
    return f;
}

static void close_fixture(struct fixture *f)
{
    dc_arena_destroy(f->arena);
    dc_documents_destroy(f->documents);
    dc_profiler_destroy(f->profiler);
    dc_value_matcher_destroy(f->matcher);
    rules_destroy(f->taxonomy);
    free(f);
}

/* A table (id, extra) whose second column has these cells; NULL in the array is the end, "NULL" stands for SQL NULL. */
static const struct dc_table *read_cells(struct fixture *f, enum dc_type_class type,
                                         const char *const *cells)
{
    static struct dc_column columns[2];
    static struct dc_table table;
    static struct test_column id, extra;
    struct dc_block_column both[2];
    size_t n = 0;

    columns[0] = (struct dc_column){.name = "id", .type = DC_TYPE_INTEGER, .ordinal = 1};
    columns[1] = (struct dc_column){.name = "extra", .type = type, .ordinal = 2};
    table = (struct dc_table){.name = "t", .columns = columns, .n_columns = 2};
    dc_profiler_begin(f->profiler, &table);
    dc_documents_begin(f->documents, f->profiler, &table);
    for (; cells[n] != NULL; n++) {
        bool null = strcmp(cells[n], "NULL") == 0;

        block_put(&id, n, "1", 1);
        block_put(&extra, n, null ? NULL : cells[n], strlen(cells[n]));
    }
    both[0] = id.column;
    both[1] = extra.column;
    struct dc_block block = {n, 2, both};
    dc_profiler_add(f->profiler, &block);
    dc_documents_add(f->documents, &block);
    return dc_documents_end(f->documents, f->arena, &f->profiles);
}

Test(document, keys_become_columns_behind_their_own_with_a_profile_each)
{
    static const char *const cells[] = {"{\"mobile\":\"13800138000\",\"age\":31}",
                                        "{\"age\":47,\"mobile\":\"13900139001\"}", "NULL",
                                        "{\"age\":52}", NULL};
    struct fixture *f = open_fixture();
    const struct dc_table *table = read_cells(f, DC_TYPE_JSON, cells);
    size_t mobile_rule = rules_index(f->taxonomy, "cn-mobile");

    cr_assert_eq(table->n_columns, 4);
    cr_expect_str_eq(table->columns[2].name, "extra$.mobile");
    cr_expect_str_eq(table->columns[2].path, ".mobile");
    cr_expect_str_eq(table->columns[2].type_name, "json string");
    cr_expect_eq(table->columns[2].ordinal, 2);
    cr_expect_str_eq(table->columns[3].name, "extra$.age");
    cr_expect_eq(table->columns[3].type, DC_TYPE_INTEGER);
    cr_expect_eq(f->profiles[2].rows, 4, "as many rows as its column");
    cr_expect_eq(f->profiles[2].nulls, 2, "NULL where the key is missing");
    cr_expect_eq(f->profiles[2].rules[mobile_rule].matched, 2);
    cr_expect_eq(f->profiles[3].distinct, 3);
    cr_expect_null(strstr(f->profiles[2].examples[0], "00138000"), "examples are masked");
    close_fixture(f);
}

Test(document, text_that_is_mostly_documents_counts_and_other_text_does_not)
{
    static const char *const documents[] = {"{\"a\":1}", "{\"a\":2}", "n/a", NULL};
    static const char *const notes[] = {"{\"a\":1}", "see below", "none", "x", NULL};
    struct fixture *f = open_fixture();

    cr_expect_eq(read_cells(f, DC_TYPE_LONG_TEXT, documents)->n_columns, 3);
    cr_expect_eq(read_cells(f, DC_TYPE_TEXT, notes)->n_columns, 2);
    cr_expect_eq(read_cells(f, DC_TYPE_BINARY, documents)->n_columns, 2);
    close_fixture(f);
}

Test(document, names_that_occur_once_among_many_are_values)
{
    static const char *const cells[] = {"{\"score\":1,\"张三\":90}",
                                        "{\"score\":2,\"李四\":91}",
                                        "{\"score\":3,\"王五\":92}",
                                        "{\"score\":4,\"赵六\":93}",
                                        "{\"score\":5,\"钱七\":94}",
                                        "{\"score\":6}",
                                        NULL};
    struct fixture *f = open_fixture();
    const struct dc_table *table = read_cells(f, DC_TYPE_JSON, cells);

    cr_assert_eq(table->n_columns, 3);
    cr_expect_str_eq(table->columns[2].name, "extra$.score");
    close_fixture(f);
}

Test(document, the_number_of_subcolumns_is_bounded)
{
    char text[BLOCK_STRIDE];
    const char *cells[BLOCK_ROWS + 1] = {NULL};
    struct fixture *f = open_fixture();

    for (int i = 0; i < 50; i++) {
        snprintf(text, sizeof text, "{\"k%da\":1,\"k%db\":1,\"all\":1}", i / 2, i / 2);
        cells[i] = dc_arena_strdup(f->arena, text);
    }
    const struct dc_table *table = read_cells(f, DC_TYPE_JSON, cells);
    cr_expect_leq(table->n_columns, 2 + DC_MAX_SUBCOLUMNS);
    cr_expect_str_eq(table->columns[2].name, "extra$.all", "the rare ones are left out: %s",
                     table->columns[2].name);
    close_fixture(f);
}

Test(document, a_table_after_one_with_documents_begins_anew)
{
    static const char *const first[] = {"{\"a\":1}", "{\"a\":2}", NULL};
    static const char *const second[] = {"{\"b\":1}", "{\"b\":2}", NULL};
    struct fixture *f = open_fixture();

    read_cells(f, DC_TYPE_JSON, first);
    const struct dc_table *table = read_cells(f, DC_TYPE_JSON, second);
    cr_assert_eq(table->n_columns, 3);
    cr_expect_str_eq(table->columns[2].name, "extra$.b");
    cr_expect_eq(f->profiles[2].rows, 2);
    close_fixture(f);
}
