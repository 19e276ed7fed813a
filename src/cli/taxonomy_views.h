/* What dcscan taxonomy shows, for people and for programs. Each writes to standard output. */
#ifndef DCSCAN_SRC_CLI_TAXONOMY_VIEWS_H
#define DCSCAN_SRC_CLI_TAXONOMY_VIEWS_H

#include <jansson.h>

#include "cli.h"

#define TAXONOMY_TO_BE_VERIFIED " (to be verified / 待核实)"

void taxonomy_list(const struct dc_taxonomy *taxonomy, enum dc_lang lang);
void taxonomy_show_leaf(const struct dc_taxonomy *taxonomy, int leaf);
/* "国家安全 / national security, 一般危害 / general" and a line end. */
void taxonomy_print_impact(struct dc_impact impact);
/* Leaves by the classes of other standards, then levels by theirs. */
/* One map only where it is named; false where there is none of that name. */
bool taxonomy_map(const struct dc_taxonomy *taxonomy, const char *only, enum dc_lang lang);
/* The level and candidate rule or value rule of that id; false where there is none. */
bool taxonomy_show_rule(const struct dc_taxonomy *taxonomy, const char *id, bool json);
void taxonomy_list_rules(const struct dc_taxonomy *taxonomy, enum dc_lang lang);
void taxonomy_list_rules_json(const struct dc_taxonomy *taxonomy);
void taxonomy_check(const struct dc_taxonomy *taxonomy);

/* Runs every match and no_match example; returns how many fail. Each failing one is told on standard error as file:line:column. */
size_t taxonomy_test(const struct rules *rules, bool json);

/* The same as JSON. */
void taxonomy_list_json(const struct dc_taxonomy *taxonomy);
void taxonomy_show_json(const struct dc_taxonomy *taxonomy, int leaf);
void taxonomy_map_json(const struct dc_taxonomy *taxonomy);
void taxonomy_check_json(const struct dc_taxonomy *taxonomy);
json_t *taxonomy_label_json(const struct dc_label *label);
/* Writes an object or list and a line end, and releases it. */
void taxonomy_json_out(json_t *json);

#endif
