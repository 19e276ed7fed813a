/*
 * Memory. Exhausted memory ends the process with abort(): every output appears only by rename after it is complete, so nothing
 * half-written can stay behind, and no caller has to carry a branch that cannot be tested.
 */
#ifndef DCSCAN_ALLOC_H
#define DCSCAN_ALLOC_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Zeroed memory for count items of size bytes (overflow checked); release with free(). Never NULL. */
void *dc_alloc(size_t count, size_t size) __attribute__((returns_nonnull, warn_unused_result));
/* A copy of the text, or NULL for NULL; release with free(). */
char *dc_strdup(const char *text);
char *dc_strndup(const char *text, size_t size);
/*
 * Makes room for one more item in a growing array: returns `items` or its larger replacement; *capacity is updated.
 * `n_items` are in use. New room is zeroed.
 */
void *dc_array_grow(void *items, size_t n_items, size_t *capacity, size_t item_size)
    __attribute__((returns_nonnull, warn_unused_result));

/* Arena: many small allocations released at once. Not thread-safe; one owner. */
struct dc_arena;
struct dc_arena *dc_arena_create(size_t block_size); /* block_size 0: 64 KiB */
void dc_arena_destroy(struct dc_arena *arena);
/* Forgets all allocations but keeps the memory for reuse; what lay in it is overwritten with zeros (raw values live here). */
void dc_arena_reset(struct dc_arena *arena);
void *dc_arena_alloc(struct dc_arena *arena,
                     size_t size); /* zeroed, aligned for any type, never NULL */
char *dc_arena_strdup(struct dc_arena *arena, const char *text); /* NULL gives NULL */
char *dc_arena_strndup(struct dc_arena *arena, const char *text, size_t size);
char *dc_arena_printf(struct dc_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Bytes handed out since create or reset. */
size_t dc_arena_used(const struct dc_arena *arena);

#ifdef __cplusplus
}
#endif
#endif
