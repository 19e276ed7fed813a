#include <criterion/criterion.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"

Test(alloc, memory_is_zeroed_and_never_null)
{
    char *memory = dc_alloc(3, 5);

    for (size_t i = 0; i < 15; i++) {
        cr_expect_eq(memory[i], 0);
    }
    free(memory);
    memory = dc_alloc(0, 5);
    cr_expect_not_null(memory);
    free(memory);
}

Test(alloc, a_size_that_overflows_ends_the_process, .signal = SIGABRT)
{
    volatile size_t many = SIZE_MAX / 2;

    free(dc_alloc(many, 3));
}

Test(alloc, copies_keep_null_and_stop_at_the_size)
{
    char *copy = dc_strndup("inventory", 6);

    cr_expect_str_eq(copy, "invent");
    cr_expect_null(dc_strdup(NULL));
    cr_expect_null(dc_strndup(NULL, 4));
    free(copy);
}

Test(alloc, a_growing_array_keeps_its_items_and_zeroes_new_room)
{
    size_t capacity = 0;
    int *items = NULL;

    for (size_t n = 0; n < 1000; n++) {
        items = dc_array_grow(items, n, &capacity, sizeof *items);
        cr_assert(n < capacity);
        cr_assert_eq(items[n], 0);
        items[n] = (int)n + 1;
    }
    for (size_t n = 0; n < 1000; n++) {
        cr_expect_eq(items[n], (int)n + 1);
    }
    free(items);
}

Test(arena, allocations_are_aligned_zeroed_and_apart)
{
    struct dc_arena *arena = dc_arena_create(128);
    char *last = NULL;

    for (size_t size = 0; size < 300; size += 7) {
        char *memory = dc_arena_alloc(arena, size);

        cr_expect_eq((uintptr_t)memory % _Alignof(max_align_t), 0);
        cr_expect_neq(memory, last);
        for (size_t i = 0; i < size; i++) {
            cr_assert_eq(memory[i], 0);
        }
        memset(memory, 0x5A, size);
        last = memory;
    }
    dc_arena_destroy(arena);
}

Test(arena, reset_overwrites_what_lay_in_it)
{
    struct dc_arena *arena = dc_arena_create(256);
    char *small = dc_arena_strdup(arena, "110101199003070000");
    char *large = dc_arena_alloc(arena, 4000);

    memset(large, 'x', 4000);
    dc_arena_reset(arena);
    for (size_t i = 0; i < 18; i++) {
        cr_expect_eq(small[i], 0);
    }
    for (size_t i = 0; i < 4000; i++) {
        cr_assert_eq(large[i], 0);
    }
    dc_arena_destroy(arena);
}

Test(arena, reset_keeps_the_memory_for_reuse)
{
    struct dc_arena *arena = dc_arena_create(256);
    void *first = dc_arena_alloc(arena, 100);
    void *second = dc_arena_alloc(arena, 200);

    dc_arena_reset(arena);
    cr_expect_eq(dc_arena_used(arena), 0);
    cr_expect_eq(dc_arena_alloc(arena, 100), first);
    cr_expect_eq(dc_arena_alloc(arena, 200), second);
    dc_arena_destroy(arena);
}

Test(arena, reset_of_an_unused_arena_and_destroy_of_none_are_fine)
{
    struct dc_arena *arena = dc_arena_create(0);

    dc_arena_reset(arena);
    dc_arena_destroy(arena);
    dc_arena_destroy(NULL);
}

Test(arena, printf_takes_texts_longer_than_a_block)
{
    struct dc_arena *arena = dc_arena_create(64);
    char *text = dc_arena_printf(arena, "%0500d|%s", 7, "end");

    cr_expect_eq(strlen(text), 504);
    cr_expect_str_eq(text + 499, "7|end");
    cr_expect_str_eq(dc_arena_printf(arena, "%d", 42), "42");
    dc_arena_destroy(arena);
}

Test(arena, copies_keep_null_and_stop_at_the_size)
{
    struct dc_arena *arena = dc_arena_create(0);

    cr_expect_null(dc_arena_strdup(arena, NULL));
    cr_expect_null(dc_arena_strndup(arena, NULL, 3));
    cr_expect_str_eq(dc_arena_strndup(arena, "catalog", 3), "cat");
    cr_expect_str_eq(dc_arena_strndup(arena, "cat", 30), "cat");
    dc_arena_destroy(arena);
}

Test(arena, an_impossible_size_ends_the_process, .signal = SIGABRT)
{
    struct dc_arena *arena = dc_arena_create(0);
    volatile size_t size = SIZE_MAX;

    dc_arena_alloc(arena, size);
}
