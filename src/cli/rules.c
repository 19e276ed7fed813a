/* Finds and compiles what dcscan decides by. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "dcscan/alloc.h"

#define MAIN_TAXONOMY "taxonomies/whcsa-003-2024.yaml"

static bool holds_data(struct dc_arena *arena, const char *folder)
{
    return access(dc_arena_printf(arena, "%s/" MAIN_TAXONOMY, folder), R_OK) == 0;
}

/* The folder above the program's own when it runs from a build folder, else NULL. */
static const char *beside_program(struct dc_arena *arena)
{
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
    char *slash;

    if (size <= 0) {
        return NULL;
    }
    path[size] = '\0';
    for (int up = 0; up < 2; up++) {
        slash = strrchr(path, '/');
        if (slash == NULL) {
            return NULL;
        }
        *slash = '\0';
    }
    return dc_arena_strdup(arena, path);
}

enum dc_status cli_find_data(const struct cli_common *common, struct dc_arena *arena,
                             const char **out, struct dc_err *err)
{
    const char *named = common->data != NULL ? common->data : getenv("DCSCAN_DATA");
    const char *tried[] = {beside_program(arena), DCSCAN_DATA_FOLDER};

    if (named != NULL && named[0] != '\0') {
        if (!holds_data(arena, named)) {
            return dc_err_set(err, DC_ERR_CONFIG, "could not find \"%s/" MAIN_TAXONOMY "\"", named);
        }
        *out = named;
        return DC_OK;
    }
    for (size_t i = 0; i < sizeof tried / sizeof tried[0]; i++) {
        if (tried[i] != NULL && holds_data(arena, tried[i])) {
            *out = tried[i];
            return DC_OK;
        }
    }
    dc_err_set(err, DC_ERR_CONFIG, "could not find the folder with \"" MAIN_TAXONOMY "\"");
    dc_err_set_hint(err, "install dcscan, or name the folder with --data or DCSCAN_DATA");
    return DC_ERR_CONFIG;
}

enum dc_status rules_load(const char *data, const char *main_file, const struct dc_texts *overlays,
                          struct rules *out, struct dc_complaints *all, struct dc_err *err)
{
    struct rules rules = {0};
    struct dc_arena *arena = dc_arena_create(0);
    const char *path = main_file != NULL ? main_file
                                         : dc_arena_printf(arena, "%s/" MAIN_TAXONOMY, data);
    enum dc_status status = dc_taxonomy_load_judged(path, overlays->items, overlays->n_items,
                                                    dc_value_rule_judge, &rules.taxonomy, all, err);

    if (status == DC_OK) {
        status = dc_value_matcher_create(rules.taxonomy, &rules.matcher, all, err);
    }
    if (status == DC_OK) {
        status = dc_name_index_create(rules.taxonomy, &rules.names, err);
    }
    dc_arena_destroy(arena);
    if (status != DC_OK) {
        rules_done(&rules);
        return status;
    }
    rules.classifier = dc_classifier_create(rules.taxonomy, rules.names);
    *out = rules;
    return DC_OK;
}

void rules_done(struct rules *rules)
{
    dc_classifier_destroy(rules->classifier);
    dc_name_index_destroy(rules->names);
    dc_value_matcher_destroy(rules->matcher);
    dc_taxonomy_destroy(rules->taxonomy);
    memset(rules, 0, sizeof *rules);
}
