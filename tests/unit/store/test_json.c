#include <criterion/criterion.h>
#include <string.h>

#include "store_internal.h"

static struct dc_arena *arena;

static void setup(void)
{
    arena = dc_arena_create(0);
}

static void teardown(void)
{
    dc_arena_destroy(arena);
}

TestSuite(store_json, .init = setup, .fini = teardown);

Test(store_json, evidence_is_compact)
{
    struct dc_evidence line = {DC_EVIDENCE_NAME, "qty", "数量", 2.5, "B2-02", -1, -1, -1};

    cr_expect_str_eq(store_encode_evidence(arena, &line, 1),
                     "[[\"name\",\"qty\",\"数量\",2.5,\"B2-02\",-1,-1,-1]]");
    cr_expect_str_eq(store_encode_evidence(arena, NULL, 0), "[]");
}

Test(store_json, shapes_that_were_not_seen_take_no_room)
{
    struct dc_shape_counts shapes = {.integer = 7, .lng_range = 9}, back;

    cr_expect_str_eq(store_encode_shapes(arena, &shapes), "{\"integer\":7,\"lng_range\":9}");
    store_decode_shapes("{\"lng_range\":9,\"integer\":7,\"later\":1}", &back);
    cr_expect_eq(memcmp(&shapes, &back, sizeof back), 0);
}

static const char *const damaged[] = {"", "null", "7", "\"x\"", "{}", "[", "[[\"name\"", "\xFF"};

Test(store_json, what_cannot_be_read_is_an_empty_list)
{
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        const char *const *texts;
        const struct dc_evidence *evidence;
        struct dc_inventory_column *columns;
        struct dc_shape_counts shapes = {.date = 3}, none = {0};
        size_t n_texts = 9, n_evidence = 9, n_columns = 9;

        store_decode_texts(arena, damaged[i], &texts, &n_texts);
        store_decode_evidence(arena, damaged[i], &evidence, &n_evidence);
        store_decode_columns(arena, damaged[i], &columns, &n_columns);
        store_decode_shapes(damaged[i], &shapes);
        cr_expect_eq(n_texts, 0, "%s", damaged[i]);
        cr_expect_eq(n_evidence, 0, "%s", damaged[i]);
        cr_expect_eq(n_columns, 0, "%s", damaged[i]);
        cr_expect_eq(memcmp(&shapes, &none, sizeof none), 0, "%s", damaged[i]);
    }
}

Test(store_json, items_of_other_types_are_empty)
{
    const struct dc_evidence *evidence;
    struct dc_inventory_column *columns;
    size_t n;

    store_decode_evidence(arena, "[7, [\"unknown\", null, 3, \"x\"], [\"table\"]]", &evidence, &n);
    cr_assert_eq(n, 3);
    cr_expect_str_eq(evidence[0].rule, "");
    cr_expect_str_eq(evidence[1].leaf, "");
    cr_expect_eq(evidence[2].kind, DC_EVIDENCE_TABLE);
    store_decode_columns(arena, "[[1, 2], {}]", &columns, &n);
    cr_assert_eq(n, 2);
    cr_expect_str_eq(columns[0].name, "");
    cr_expect_eq(columns[0].type, DC_TYPE_UNKNOWN);
}

Test(store_json, a_reference_has_as_many_parts_as_are_known)
{
    struct dc_column column = {0};

    cr_expect_str_eq(store_reference(arena, &column), "");
    column.ref_table = "parts";
    column.ref_column = "id";
    cr_expect_str_eq(store_reference(arena, &column), "parts.id");
    column.ref_schema = "plm";
    cr_expect_str_eq(store_reference(arena, &column), "plm.parts.id");
}
