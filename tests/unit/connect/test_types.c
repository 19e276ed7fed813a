#include "connection.h"
#include "support/vectors.h"

#include <stdlib.h>

struct shelf {
    struct dc_arena *arena;
    struct dc_complaints complaints;
    struct dc_dialects *dialects;
};

static void load(struct shelf *shelf)
{
    struct dc_err err = {0};

    shelf->arena = dc_arena_create(0);
    dc_complaints_init(&shelf->complaints, shelf->arena);
    cr_assert_eq(dc_dialects_load(TEST_ROOT "/connectors/dialects", &shelf->dialects,
                                  &shelf->complaints, &err),
                 DC_OK, "%s", err.message);
}

static void put_away(struct shelf *shelf)
{
    dc_dialects_destroy(shelf->dialects);
    dc_complaints_done(&shelf->complaints);
    dc_arena_destroy(shelf->arena);
}

static void check(char **fields)
{
    struct shelf shelf;
    struct dc_column column = {.name = "c", .type_name = fields[1], .length = -1, .scale = -1};
    enum dc_type_class expected;

    load(&shelf);
    cr_assert(dc_type_class_parse(fields[2], &expected), "%s", fields[2]);
    dc_type_complete(dc_dialects_find(shelf.dialects, fields[0]), &column);
    cr_expect_eq(column.type, expected, "%s %s: got %s (%s)", fields[0], fields[1],
                 dc_type_class_name(column.type), fields[5]);
    cr_expect_eq(column.length, strtoll(fields[3], NULL, 10), "%s %s", fields[0], fields[1]);
    cr_expect_eq(column.scale, strtol(fields[4], NULL, 10), "%s %s", fields[0], fields[1]);
    put_away(&shelf);
}

Test(types, a_type_as_the_dbms_writes_it_has_a_class)
{
    cr_expect_gt(for_each_vector("dialect_types.tsv", 6, check), 20);
}

Test(types, what_the_connector_knows_stays)
{
    struct shelf shelf;
    struct dc_column column = {
        .type_name = "decimal(10,2)", .type = DC_TYPE_INTEGER, .length = 7, .scale = 0};

    load(&shelf);
    dc_type_complete(dc_dialects_find(shelf.dialects, "sqlite"), &column);
    cr_expect_eq(column.type, DC_TYPE_INTEGER);
    cr_expect_eq(column.length, 7);
    cr_expect_eq(column.scale, 0);
    put_away(&shelf);
}
