/*
 * Private to src/connect: dialect files read one by one into what dc_dialects holds.
 */
#ifndef DCSCAN_CONNECT_DIALECT_LOAD_H
#define DCSCAN_CONNECT_DIALECT_LOAD_H

#include "dcscan/connect.h"

/* Reads one file into `out`, all memory from the arena. False when a complaint was added. */
bool dc_dialect_read(const char *path, struct dc_arena *arena, struct dc_dialect *out,
                     struct dc_complaints *all);

/*
 * `root` with what it takes over from the dialect that its `extends` names; `root` itself when it names none. A map below the top is
 * taken over key by key, a list as a whole. NULL when a complaint was added.
 */
const struct dc_yaml_node *dc_dialect_extend(const char *path, const struct dc_yaml_node *root,
                                             struct dc_arena *arena, struct dc_complaints *all);

#endif
