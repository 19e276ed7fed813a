#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/strbuf.h"
#include "dcscan/yaml.h"

static struct dc_arena *arena;
static struct dc_err err;

static void setup(void)
{
    arena = dc_arena_create(0);
}

static void teardown(void)
{
    dc_arena_destroy(arena);
}

TestSuite(yaml_load, .init = setup, .fini = teardown);

static const struct dc_yaml_node *parse(const char *text)
{
    const struct dc_yaml_node *root = NULL;

    cr_assert_eq(dc_yaml_parse("f.yaml", text, strlen(text), arena, &root, &err), DC_OK, "%s",
                 err.message);
    return root;
}

static void expect_place(const struct dc_yaml_node *node, size_t line, size_t column)
{
    cr_expect_eq(node->line, line);
    cr_expect_eq(node->column, column);
}

Test(yaml_load, a_tree_knows_kinds_and_places)
{
    const struct dc_yaml_node *root = parse("a: 1\nlist:\n  - x\n  - {k: \"v\"}\n");
    const struct dc_yaml_node *list = dc_yaml_get(root, "list");

    cr_expect_eq(root->kind, DC_YAML_MAP);
    cr_expect_eq(root->n_items, 2);
    cr_expect_str_eq(root->file, "f.yaml");
    expect_place(root->keys[1], 2, 1);
    expect_place(dc_yaml_get(root, "a"), 1, 4);
    cr_expect_eq(list->kind, DC_YAML_LIST);
    expect_place(list->items[1], 4, 5);
    expect_place(dc_yaml_get(list->items[1], "k"), 4, 9);
}

Test(yaml_load, columns_count_characters_not_bytes)
{
    const struct dc_yaml_node *root = parse("检验: 记录\n\"材料\" : {编码: x}\n");

    expect_place(root->items[0], 1, 5);
    expect_place(root->items[1]->items[0], 2, 13);
}

Test(yaml_load, quotes_and_blocks_are_texts)
{
    const struct dc_yaml_node *root = parse(
        "a: 12\nb: '12'\nc: \"12\"\nd: |\n  12\n  13\ne: >-\n  1\n  2\n");

    cr_expect_not(dc_yaml_get(root, "a")->quoted);
    cr_expect(dc_yaml_get(root, "b")->quoted);
    cr_expect(dc_yaml_get(root, "c")->quoted);
    cr_expect(dc_yaml_get(root, "d")->quoted);
    cr_expect_str_eq(dc_yaml_get(root, "d")->text, "12\n13\n");
    cr_expect_str_eq(dc_yaml_get(root, "e")->text, "1 2");
    cr_expect_eq(dc_yaml_get(root, "e")->text_size, 3);
}

Test(yaml_load, a_byte_order_mark_and_crlf_change_nothing)
{
    const struct dc_yaml_node *root = parse("\xEF\xBB\xBF"
                                            "a: 1\r\nb: 2\r\n");

    expect_place(root->keys[0], 1, 1);
    expect_place(root->keys[1], 2, 1);
    cr_expect_str_eq(dc_yaml_get(root, "a")->text, "1");
}

Test(yaml_load, aliases_stand_for_their_anchors)
{
    const struct dc_yaml_node *root = parse("base: &b {x: 1}\nuse: *b\nagain: [*b, *b]\n");

    cr_expect_eq(dc_yaml_get(root, "use"), dc_yaml_get(root, "base"));
    cr_expect_eq(dc_yaml_get(root, "again")->items[1], dc_yaml_get(root, "base"));
}

Test(yaml_load, an_anchor_set_again_counts_from_there)
{
    const struct dc_yaml_node *root = parse("- &a 1\n- *a\n- &a 2\n- *a\n");

    cr_expect_str_eq(root->items[1]->text, "1");
    cr_expect_str_eq(root->items[3]->text, "2");
}

Test(yaml_load, an_empty_map_and_list_have_no_items)
{
    const struct dc_yaml_node *root = parse("{a: {}, b: []}");

    cr_expect_eq(dc_yaml_get(root, "a")->n_items, 0);
    cr_expect_eq(dc_yaml_get(root, "b")->n_items, 0);
    cr_expect_null(dc_yaml_get(root, "c"));
    cr_expect_null(dc_yaml_get(dc_yaml_get(root, "b"), "c"));
    cr_expect_null(dc_yaml_get(NULL, "c"));
}

/* Text, how the message begins (the place, exactly), what it has to say. */
static const struct {
    const char *text, *place, *says;
} faults[] = {
    {"", "f.yaml:1:1: ", "nothing in the file"},
    {"# only a comment\n", "f.yaml:1:1: ", "nothing in the file"},
    {"\xEF\xBB\xBF", "f.yaml:1:1: ", "nothing in the file"},
    {"a: 1\nb: 2\na: 3\n", "f.yaml:3:1: ", "key \"a\" was already given in line 1"},
    {"x:\n  - {k: 1, l: 2, k: 3}\n", "f.yaml:2:18: ", "key \"k\" was already given"},
    {"a: 1\n\"a\": 3\n", "f.yaml:2:1: ", "key \"a\" was already given"},
    {"a:\n\tb: 1\n", "f.yaml:2:1: ", "cannot start any token"},
    {"a: b: c\n", "f.yaml:1:5: ", "mapping values are not allowed"},
    {"a: [1, 2\n", "f.yaml:2:1: ", "did not find expected ',' or ']'"},
    {"a: \"x\n", "f.yaml:2:1: ", "unexpected end of stream"},
    {"a: *nowhere\n", "f.yaml:1:4: ", "alias to an anchor that was not set"},
    {"a: &x\n  b: [1, *x]\n", "f.yaml:2:10: ", "alias to a node that contains it"},
    {"&x [*x]\n", "f.yaml:1:5: ", "alias to a node that contains it"},
    {"a: 1\n---\nb: 2\n", "f.yaml:3:1: ", "more than one document"},
    {"b: &b {x: 1}\na:\n  <<: *b\n", "f.yaml:3:3: ", "merge keys"},
    {"? [a, b]\n: 1\n", "f.yaml:1:3: ", "a key has to be a text"},
    {"a: !secret x\n", "f.yaml:1:4: ", "tags (!) are not supported"},
    {"a: 1\nb: \"x\\0y\"\n", "f.yaml:2:4: ", "NUL"},
    {"a: 1\nb: ok \xE6\xA3 no\n", "f.yaml:2:7: ", "not valid UTF-8"},
    {"检: \xC0\x80\n", "f.yaml:1:4: ", "not valid UTF-8"},
    {"a: 检\nb: x\x01y\n", "f.yaml:2:5: ", "control characters are not allowed"},
    {"\xFF\xFE"
     "a\0:\0",
     "f.yaml:1:1: ", "not valid UTF-8"},
};

Test(yaml_load, faults_are_told_with_their_place)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        const struct dc_yaml_node *root = NULL;
        enum dc_status status = dc_yaml_parse("f.yaml", faults[i].text, strlen(faults[i].text),
                                              arena, &root, &err);

        cr_expect_eq(status, DC_ERR_CONFIG, "row %zu", i);
        cr_expect_null(root, "row %zu", i);
        cr_expect_eq(strncmp(err.message, faults[i].place, strlen(faults[i].place)), 0,
                     "row %zu: %s", i, err.message);
        cr_expect_not_null(strstr(err.message, faults[i].says), "row %zu: %s", i, err.message);
    }
}

Test(yaml_load, a_tab_is_explained)
{
    const struct dc_yaml_node *root;

    dc_yaml_parse("f.yaml", "a:\n\tb: 1\n", 9, arena, &root, &err);
    cr_expect_str_eq(err.hint, "YAML is indented with spaces, never with tabs");
}

/* `depth` lists in one another, with an alias to an anchored list of `below` levels innermost when below > 0. */
static enum dc_status nest(int depth, int below)
{
    struct dc_strbuf text = DC_STRBUF_INIT(100000);
    const struct dc_yaml_node *root = NULL;
    enum dc_status status;

    if (below > 0) {
        dc_strbuf_puts(&text, "- &deep ");
    }
    for (int i = 0; i < below; i++) {
        dc_strbuf_putc(&text, '[');
    }
    for (int i = 0; i < below; i++) {
        dc_strbuf_putc(&text, ']');
    }
    dc_strbuf_puts(&text, below > 0 ? "\n- " : "");
    for (int i = 0; i < depth; i++) {
        dc_strbuf_putc(&text, '[');
    }
    dc_strbuf_puts(&text, below > 0 ? "*deep" : "");
    for (int i = 0; i < depth; i++) {
        dc_strbuf_putc(&text, ']');
    }
    status = dc_yaml_parse("f.yaml", dc_strbuf_text(&text), text.size, arena, &root, &err);
    dc_strbuf_done(&text);
    return status;
}

Test(yaml_load, a_hundred_levels_are_enough)
{
    cr_expect_eq(nest(100, 0), DC_OK, "%s", err.message);
    cr_expect_eq(nest(101, 0), DC_ERR_CONFIG);
    cr_expect_str_eq(err.message, "f.yaml:1:101: nested too deeply (more than 100 levels)");
    cr_expect_eq(nest(9000, 0), DC_ERR_CONFIG);
    cr_expect_eq(nest(59, 40), DC_OK, "%s", err.message);
    cr_expect_eq(nest(60, 40), DC_ERR_CONFIG);
}

Test(yaml_load, aliases_that_multiply_are_refused)
{
    struct dc_strbuf text = DC_STRBUF_INIT(10000);
    const struct dc_yaml_node *root = NULL;

    dc_strbuf_puts(&text, "- &a0 x\n");
    for (int i = 1; i < 30; i++) {
        dc_strbuf_printf(&text, "- &a%d [*a%d, *a%d, *a%d]\n", i, i - 1, i - 1, i - 1);
    }
    cr_expect_eq(dc_yaml_parse("f.yaml", dc_strbuf_text(&text), text.size, arena, &root, &err),
                 DC_ERR_CONFIG);
    cr_expect_not_null(strstr(err.message, "aliases written out"), "%s", err.message);
    dc_strbuf_done(&text);
}

Test(yaml_load, a_large_map_is_checked_for_doubles_quickly)
{
    struct dc_strbuf text = DC_STRBUF_INIT(4000000);
    const struct dc_yaml_node *root;

    for (int i = 0; i < 50000; i++) {
        dc_strbuf_printf(&text, "key_%d: v\n", i);
    }
    root = parse(dc_strbuf_text(&text));
    cr_expect_eq(root->n_items, 50000);
    dc_strbuf_puts(&text, "key_777: v\n");
    cr_expect_eq(dc_yaml_parse("f.yaml", dc_strbuf_text(&text), text.size, arena, &root, &err),
                 DC_ERR_CONFIG);
    cr_expect_str_eq(err.message, "f.yaml:50001:1: key \"key_777\" was already given in line 778");
    dc_strbuf_done(&text);
}

Test(yaml_load, files_are_read_and_named_as_given)
{
    char path[] = "/tmp/dcscan-yaml-XXXXXX";
    const struct dc_yaml_node *root = NULL;
    int file = mkstemp(path);

    cr_assert_eq((int)write(file, "a: 1\n", 5), 5);
    close(file);
    cr_expect_eq(dc_yaml_load(path, arena, &root, &err), DC_OK, "%s", err.message);
    cr_expect_str_eq(root->file, path);
    unlink(path);
    cr_expect_eq(dc_yaml_load(path, arena, &root, &err), DC_ERR_CONFIG);
    cr_expect_str_eq(err.message + strlen(err.message) - 25, "No such file or directory");
}
