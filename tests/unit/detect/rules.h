/*
 * The value rules of the shipped taxonomy, or a few given ones, as a taxonomy that holds nothing else: so these tests depend on no leaf, role or
 * word. The schema is the loader's (src/taxonomy), whose own tests cover the rest.
 */
#ifndef DCSCAN_TESTS_RULES_H
#define DCSCAN_TESTS_RULES_H

#include "dcscan/detect.h"

/* Aborts the process when the file can't be read. Destroy with rules_destroy(). */
struct dc_taxonomy *rules_load(void);
/* Those for columns without names as well. */
struct dc_taxonomy *rules_load_all(void);
/* From text: the content of a `values` file. */
struct dc_taxonomy *rules_parse(const char *text);
void rules_destroy(struct dc_taxonomy *taxonomy);
/* Index of a rule; aborts the process when there is none. */
size_t rules_index(const struct dc_taxonomy *taxonomy, const char *id);
/* A matcher over all rules; aborts the process with the complaints when one can't be compiled. */
struct dc_value_matcher *rules_matcher(const struct dc_taxonomy *taxonomy);

#endif
