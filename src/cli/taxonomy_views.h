/* What dcscan taxonomy shows, for people and for programs. Each writes to standard output. */
#ifndef DCSCAN_SRC_CLI_TAXONOMY_VIEWS_H
#define DCSCAN_SRC_CLI_TAXONOMY_VIEWS_H

#include <jansson.h>

#include "cli.h"

void taxonomy_list(const struct dc_taxonomy *taxonomy, enum dc_lang lang);
void taxonomy_show_leaf(const struct dc_taxonomy *taxonomy, int leaf);
/* Leaves by the classes of other standards, then levels by theirs. */
void taxonomy_map(const struct dc_taxonomy *taxonomy, enum dc_lang lang);
void taxonomy_check(const struct dc_taxonomy *taxonomy);

/* Runs every match and no_match example; returns how many fail. Each failing one is told on standard error as file:line:column. */
size_t taxonomy_test(const struct rules *rules, bool json);

/* The same as JSON. */
void taxonomy_list_json(const struct dc_taxonomy *taxonomy);
void taxonomy_show_json(const struct dc_taxonomy *taxonomy, int leaf);
void taxonomy_map_json(const struct dc_taxonomy *taxonomy);
void taxonomy_check_json(const struct dc_taxonomy *taxonomy);
/* Writes an object or list and a line end, and releases it. */
void taxonomy_json_out(json_t *json);

#endif
