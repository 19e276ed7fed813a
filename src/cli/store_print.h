/* What "dcscan store" tells, for people and for programs. */
#ifndef DCSCAN_SRC_CLI_STORE_PRINT_H
#define DCSCAN_SRC_CLI_STORE_PRINT_H

#include <stdio.h>

#include "dcscan/store_upkeep.h"

struct store_compacted {
    int64_t n_dropped, bytes_before, bytes_after;
};

void store_print_health(FILE *out, const struct dc_store_health *health);
void store_print_health_json(FILE *out, const struct dc_store_health *health);
void store_print_compacted(FILE *out, const struct store_compacted *told);
void store_print_compacted_json(FILE *out, const struct store_compacted *told);
/* `what`: "exported", "imported". */
void store_print_moved(FILE *out, const char *what, const struct dc_store_moved *moved);
void store_print_moved_json(FILE *out, const char *what, const struct dc_store_moved *moved);

#endif
