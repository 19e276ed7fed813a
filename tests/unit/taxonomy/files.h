/* A folder of files for one test. */
#ifndef DCSCAN_TESTS_TAXONOMY_FILES_H
#define DCSCAN_TESTS_TAXONOMY_FILES_H

#include "dcscan/taxonomy.h"

#define HEAD "taxonomy: t\nversion: \"1\"\ntitle: {zh: 测, en: test}\nstandards: [s]\n"
#define LEAF_NAMES                                                                                    \
    "name: {zh: 叶, en: leaf}, class: [{zh: 一, en: one}, {zh: 二, en: two}], miit: {zh: 研发, " \
    "en: R&D}"

#define MAX_FILES 64

struct test_files {
    struct dc_arena *arena;
    const char *folder;          /* with a slash behind it */
    const char *made[MAX_FILES]; /* paths, folders before what is in them */
    size_t n_made;
    struct dc_complaints complaints;
    struct dc_taxonomy *taxonomy;
};

void files_init(struct test_files *files);
void files_done(struct test_files *files); /* removes the folder too */
/* Writes a file, making its folder; returns its path. */
const char *files_write(struct test_files *files, const char *name, const char *text);
/* Loads main.yaml with overlays a.yaml and b.yaml as far as they were written. */
enum dc_status files_load(struct test_files *files);
/* All complaints, one a line, without the folder's name. */
const char *files_complaints(const struct test_files *files);
/* files_load that has to succeed. */
const struct dc_taxonomy *files_taxonomy(struct test_files *files);

#endif
