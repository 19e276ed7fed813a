/*
 * Private to src/connect: dialect files read one by one into what dc_dialects holds.
 */
#ifndef DCSCAN_CONNECT_DIALECT_LOAD_H
#define DCSCAN_CONNECT_DIALECT_LOAD_H

#include "dcscan/connect.h"

/* Reads one file into `out`, all memory from the arena. False when a complaint was added. */
bool dc_dialect_read(const char *path, struct dc_arena *arena, struct dc_dialect *out,
                     struct dc_complaints *all);

#endif
