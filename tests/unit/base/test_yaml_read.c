#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/yaml.h"

struct rule {
    const char *id;
    bool enabled;
    int64_t rows;
    double share;
    int scope;
    struct dc_texts words;
    const struct dc_yaml_node *examples;
};

static const char *const scopes[] = {"whole", "contains", NULL};

static const struct dc_yaml_field fields[] = {
    {"id", DC_YAML_TEXT, offsetof(struct rule, id), true, 0, 0, NULL},
    {"enabled", DC_YAML_BOOL, offsetof(struct rule, enabled), false, 0, 0, NULL},
    {"rows", DC_YAML_INT, offsetof(struct rule, rows), false, 1, 1000000, NULL},
    {"share", DC_YAML_REAL, offsetof(struct rule, share), false, 0, 1, NULL},
    {"scope", DC_YAML_ENUM, offsetof(struct rule, scope), false, 0, 0, scopes},
    {"words", DC_YAML_TEXTS, offsetof(struct rule, words), false, 0, 0, NULL},
    {"examples", DC_YAML_NODE, offsetof(struct rule, examples), false, 0, 0, NULL},
    {"note", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

static struct dc_arena *arena;
static struct dc_complaints all;
static struct rule rule;

static void setup(void)
{
    arena = dc_arena_create(0);
    dc_complaints_init(&all, arena);
}

static void teardown(void)
{
    dc_complaints_done(&all);
    dc_arena_destroy(arena);
}

TestSuite(yaml_read, .init = setup, .fini = teardown);

static const struct dc_yaml_node *parse(const char *text)
{
    const struct dc_yaml_node *root = NULL;
    struct dc_err err = {0};

    cr_assert_eq(dc_yaml_parse("r.yaml", text, strlen(text), arena, &root, &err), DC_OK, "%s",
                 err.message);
    return root;
}

static bool read(const char *text)
{
    return dc_yaml_read(parse(text), fields, &rule, arena, &all);
}

Test(yaml_read, every_type_lands_in_its_place)
{
    cr_assert(read("id: cn-id\nenabled: yes\nrows: 500\nshare: 0.25\nscope: contains\n"
                   "words: [身份证, no]\nexamples: {x: 1}\nnote: anything\n"));
    cr_expect_str_eq(rule.id, "cn-id");
    cr_expect(rule.enabled);
    cr_expect_eq(rule.rows, 500);
    cr_expect_float_eq(rule.share, 0.25, 1e-12);
    cr_expect_eq(rule.scope, 1);
    cr_expect_eq(rule.words.n_items, 2);
    cr_expect_str_eq(rule.words.items[1], "no");
    cr_expect_eq(rule.examples->kind, DC_YAML_MAP);
}

Test(yaml_read, keys_left_out_leave_what_was_there)
{
    rule.rows = 7;
    rule.enabled = true;
    cr_assert(read("id: x\nrows:\nshare: ~\nenabled: null\n"));
    cr_expect_eq(rule.rows, 7);
    cr_expect(rule.enabled);
    cr_expect_null(rule.examples);
}

Test(yaml_read, one_scalar_is_a_list_of_one)
{
    cr_assert(read("id: \"\"\nwords: 检验\n"));
    cr_expect_str_eq(rule.id, "");
    cr_expect_eq(rule.words.n_items, 1);
    cr_expect_str_eq(rule.words.items[0], "检验");
}

/* A file and the only complaint about it. */
static const struct {
    const char *text, *complaint;
} faults[] = {
    {"id: x\nexampels: []\n", "r.yaml:2:1: unknown key \"exampels\"; did you mean \"examples\"?"},
    {"id: x\nwrods: a\n", "r.yaml:2:1: unknown key \"wrods\"; did you mean \"words\"?"},
    {"id: x\nSHARE: 1\n", "r.yaml:2:1: unknown key \"SHARE\"; did you mean \"share\"?"},
    {"id: x\nfrequency: 1\n", "r.yaml:2:1: unknown key \"frequency\""},
    {"enabled: true\n", "r.yaml:1:1: key \"id\" is missing"},
    {"id:\nrows: 3\n", "r.yaml:1:4: key \"id\" is missing its value"},
    {"id: [a]\n", "r.yaml:1:5: \"id\" has to be a text, found a list"},
    {"id: x\nenabled: maybe\n",
     "r.yaml:2:10: \"enabled\" has to be true or false, found \"maybe\""},
    {"id: x\nenabled: 'true'\n",
     "r.yaml:2:10: \"enabled\" has to be true or false, found \"true\" in quotes"},
    {"id: x\nrows: many\n", "r.yaml:2:7: \"rows\": expected a whole number, found \"many\""},
    {"id: x\nrows: 1.5\n", "r.yaml:2:7: \"rows\": expected a whole number, found \"1.5\""},
    {"id: x\nrows: '5'\n", "r.yaml:2:7: \"rows\": expected a whole number, found \"5\" in quotes"},
    {"id: x\nrows: [5]\n", "r.yaml:2:7: \"rows\": expected a whole number, found a list"},
    {"id: x\nrows: 0\n", "r.yaml:2:7: \"rows\" has to be between 1 and 1000000, found 0"},
    {"id: x\nrows: 99999999999999999999\n", "r.yaml:2:7: \"rows\": expected a whole number of at "
                                            "most 18 digits, found \"99999999999999999999\""},
    {"id: x\nshare: 1.01\n", "r.yaml:2:8: \"share\" has to be between 0 and 1, found 1.01"},
    {"id: x\nshare: nan\n", "r.yaml:2:8: \"share\": expected a number, found \"nan\""},
    {"id: x\nshare: 0x1p-1\n", "r.yaml:2:8: \"share\": expected a number, found \"0x1p-1\""},
    {"id: x\nscope: hole\n", "r.yaml:2:8: \"scope\" has to be one of whole, contains; found "
                             "\"hole\"; did you mean \"whole\"?"},
    {"id: x\nscope: {}\n", "r.yaml:2:8: \"scope\" has to be one of whole, contains; found a map"},
    {"id: x\nwords: {a: b}\n", "r.yaml:2:8: \"words\" has to be a list of texts, found a map"},
    {"id: x\nwords: [a, [b]]\n",
     "r.yaml:2:12: \"words\" has to be a list of texts, found a list in it"},
    {"id: x\nwords:\n  - a\n  -\n",
     "r.yaml:4:4: \"words\" has to be a list of texts, found nothing (or an unquoted null) in it"},
    {"- id: x\n", "r.yaml:1:1: expected a map of keys and values, found a list"},
    {"~\n", "r.yaml:1:1: expected a map of keys and values, found nothing"},
};

Test(yaml_read, faults_are_complaints_with_their_place)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        dc_complaints_done(&all);
        cr_expect_not(read(faults[i].text), "row %zu", i);
        cr_assert_eq(all.n_lines, 1, "row %zu", i);
        cr_expect_str_eq(all.lines[0], faults[i].complaint);
    }
}

Test(yaml_read, all_complaints_are_collected_in_order)
{
    cr_expect_not(read("enabld: true\nrows: x\nshare: 2\n"));
    cr_assert_eq(all.n_lines, 4);
    cr_expect_str_eq(all.lines[0], "r.yaml:1:1: unknown key \"enabld\"; did you mean \"enabled\"?");
    cr_expect_str_eq(all.lines[1], "r.yaml:1:1: key \"id\" is missing");
    cr_expect_str_eq(all.lines[2], "r.yaml:2:7: \"rows\": expected a whole number, found \"x\"");
}

Test(yaml_read, a_very_long_key_is_no_trouble)
{
    char text[1000];

    memset(text, 'k', sizeof text);
    memcpy(text + sizeof text - 12, ": 1\nid: x\n", 11);
    cr_expect_not(read(text));
    cr_expect_eq(all.n_lines, 1);
}

Test(yaml_read, numbers_alone_are_read_too)
{
    int64_t whole = 0;
    double real = 0;

    cr_expect(dc_yaml_to_int(parse("-42"), &whole, &all));
    cr_expect_eq(whole, -42);
    cr_expect(dc_yaml_to_int(parse("+7"), &whole, &all));
    cr_expect_eq(whole, 7);
    cr_expect(dc_yaml_to_real(parse("-.5e-1"), &real, &all));
    cr_expect_float_eq(real, -0.05, 1e-12);
    cr_expect(dc_yaml_to_real(parse("3"), &real, &all));
    cr_expect_eq(all.n_lines, 0);
    cr_expect_not(dc_yaml_to_int(parse("1_000"), &whole, &all));
    cr_expect_not(dc_yaml_to_real(parse("1,5"), &real, &all));
    cr_expect_not(dc_yaml_to_real(parse("1e"), &real, &all));
    cr_expect_not(dc_yaml_to_real(parse("."), &real, &all));
    cr_expect_not(dc_yaml_to_real(parse("1e999"), &real, &all));
    cr_expect_eq(all.n_lines, 5);
    cr_expect_eq(whole, 7);
}

Test(yaml_read, complaints_without_a_place_or_a_list_are_fine)
{
    dc_complain(&all, NULL, "no leaf %d", 3);
    cr_expect_str_eq(all.lines[0], "no leaf 3");
    dc_complain(NULL, NULL, "nobody asked");
}
