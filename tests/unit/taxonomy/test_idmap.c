#include <criterion/criterion.h>

#include "dcscan/alloc.h"
#include "idmap.h"

Test(idmap, finds_every_key_after_it_has_grown)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct idmap map = {NULL, 0, 0};

    for (int i = 0; i < 5000; i++) {
        dc_idmap_add(&map, dc_arena_printf(arena, "key-%d", i), i);
    }
    for (int i = 0; i < 5000; i++) {
        cr_expect_eq(dc_idmap_find(&map, dc_arena_printf(arena, "key-%d", i)), i);
    }
    cr_expect_eq(dc_idmap_find(&map, "key-5000"), -1);
    dc_idmap_done(&map);
    dc_arena_destroy(arena);
}

Test(idmap, an_empty_one_finds_nothing)
{
    struct idmap map = {NULL, 0, 0};

    cr_expect_eq(dc_idmap_find(&map, "a"), -1);
    cr_expect_eq(dc_idmap_find(&map, NULL), -1);
    dc_idmap_done(&map);
}
