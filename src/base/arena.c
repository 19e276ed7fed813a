/*
 * Arena: a chain of blocks. Memory beyond `used` is zero at all times, so handing out needs no clearing; reset and destroy clear what
 * was used, because raw values of a table live in an arena.
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"

#define DEFAULT_BLOCK_SIZE ((size_t)64 * 1024)
#define ALIGNMENT          _Alignof(max_align_t)

struct block {
    struct block *next;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

struct dc_arena {
    struct block *first, *current; /* blocks after `current` are unused */
    size_t block_size;
    size_t handed_out;
};

struct dc_arena *dc_arena_create(size_t block_size)
{
    struct dc_arena *arena = dc_alloc(1, sizeof *arena);

    arena->block_size = block_size == 0 ? DEFAULT_BLOCK_SIZE : block_size;
    return arena;
}

void dc_arena_reset(struct dc_arena *arena)
{
    for (struct block *block = arena->first; block != NULL; block = block->next) {
        explicit_bzero(block->bytes, block->used);
        block->used = 0;
    }
    arena->current = arena->first;
    arena->handed_out = 0;
}

void dc_arena_destroy(struct dc_arena *arena)
{
    struct block *block, *next;

    if (arena == NULL) {
        return;
    }
    dc_arena_reset(arena);
    for (block = arena->first; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

static bool fits(const struct block *block, size_t size)
{
    return block != NULL && block->size - block->used >= size;
}

/* A block with room for `size` bytes becomes the current one. */
static void make_room(struct dc_arena *arena, size_t size)
{
    struct block *block = arena->current;
    size_t room = size > arena->block_size ? size : arena->block_size;

    if (fits(block, size)) {
        return;
    }
    if (block != NULL && fits(block->next, size)) {
        arena->current = block->next;
        return;
    }
    if (room > SIZE_MAX - sizeof *block) {
        abort();
    }
    block = dc_alloc(1, sizeof *block + room);
    block->size = room;
    if (arena->current == NULL) {
        arena->first = block;
    } else {
        block->next = arena->current->next;
        arena->current->next = block;
    }
    arena->current = block;
}

void *dc_arena_alloc(struct dc_arena *arena, size_t size)
{
    size_t rounded = size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    char *memory;

    if (rounded < size || size > SIZE_MAX - ALIGNMENT) {
        abort();
    }
    make_room(arena, rounded);
    memory = arena->current->bytes + arena->current->used;
    arena->current->used += rounded;
    arena->handed_out += rounded;
    return memory;
}

char *dc_arena_strndup(struct dc_arena *arena, const char *text, size_t size)
{
    char *copy;
    size_t n;

    if (text == NULL) {
        return NULL;
    }
    n = strnlen(text, size);
    copy = dc_arena_alloc(arena, n + 1);
    memcpy(copy, text, n);
    return copy;
}

char *dc_arena_strdup(struct dc_arena *arena, const char *text)
{
    return text == NULL ? NULL : dc_arena_strndup(arena, text, strlen(text));
}

static char *print(struct dc_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static char *print(struct dc_arena *arena, const char *format, va_list args)
{
    char small[256];
    va_list again;
    char *text;
    int length;

    va_copy(again, args);
    length = vsnprintf(small, sizeof small, format, args);
    if (length < 0) {
        abort();
    }
    text = dc_arena_alloc(arena, (size_t)length + 1);
    if ((size_t)length < sizeof small) {
        memcpy(text, small, (size_t)length);
    } else {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

char *dc_arena_printf(struct dc_arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = print(arena, format, args);
    va_end(args);
    return text;
}

size_t dc_arena_used(const struct dc_arena *arena)
{
    return arena->handed_out;
}
