/* dcscan taxonomy check: what was loaded, what waits for the official text, what an overlay changes. */
#include <stdio.h>

#include "taxonomy_views.h"

struct count {
    const char *key, *word;
    size_t n;
};

enum { N_COUNTS = 13 };

static void count_all(const struct dc_taxonomy *taxonomy, struct count out[N_COUNTS])
{
    const struct count counts[N_COUNTS] = {
        {"leaves", "leaves", taxonomy->n_leaves},
        {"concepts", "concepts", taxonomy->n_concepts},
        {"subjects", "subjects", taxonomy->n_subjects},
        {"roles", "roles", taxonomy->n_roles},
        {"combinations", "combinations", taxonomy->n_combinations},
        {"known_fields", "known fields", taxonomy->n_known_fields},
        {"known_tables", "known tables", taxonomy->n_known_tables},
        {"value_rules", "value rules", taxonomy->n_value_rules},
        {"level_rules", "level rules", taxonomy->n_level_rules},
        {"candidate_rules", "candidate rules", taxonomy->n_candidate_rules},
        {"class_maps", "class maps", taxonomy->n_class_maps},
        {"level_maps", "level maps", taxonomy->n_level_maps},
        {"overrides", "overrides", taxonomy->n_overrides},
    };

    for (size_t i = 0; i < N_COUNTS; i++) {
        out[i] = counts[i];
    }
}

static size_t count_examples(const struct dc_taxonomy *taxonomy)
{
    size_t n = 0;

    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        n += taxonomy->value_rules[i].n_examples;
    }
    return n;
}

/* Bases that still have to be compared with the official text. */
static size_t count_unverified(const struct dc_taxonomy *taxonomy)
{
    size_t n = 0;

    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        n += taxonomy->leaves[i].verify;
    }
    for (size_t i = 0; i < taxonomy->n_level_rules; i++) {
        n += taxonomy->level_rules[i].verify;
    }
    for (size_t i = 0; i < taxonomy->n_candidate_rules; i++) {
        n += taxonomy->candidate_rules[i].verify;
    }
    for (size_t i = 0; i < taxonomy->n_class_maps; i++) {
        n += taxonomy->class_maps[i].verify;
    }
    for (size_t i = 0; i < taxonomy->n_level_maps; i++) {
        n += taxonomy->level_maps[i].verify;
    }
    return n;
}

static void print_replacements(const struct dc_taxonomy *taxonomy)
{
    for (size_t i = 0; i < taxonomy->n_replacements; i++) {
        const struct dc_replacement *note = &taxonomy->replacements[i];

        printf("%s:%zu: %s \"%s\" takes the place of %s:%zu%s\n", note->by_file, note->by_line,
               note->noun, note->id, note->file, note->line,
               note->between_overlays ? " (both are overlays: the later one counts)" : "");
    }
}

void taxonomy_check(const struct dc_taxonomy *taxonomy)
{
    struct count counts[N_COUNTS];
    size_t width = 0;

    printf("%s %s\n", taxonomy->name, taxonomy->version);
    count_all(taxonomy, counts);
    for (size_t i = 0; i < N_COUNTS; i++) {
        width += (size_t)printf("%s%zu %s",
                                i == 0       ? "  "
                                : width == 0 ? ",\n  "
                                             : ", ",
                                counts[i].n, counts[i].word);
        width = width > 70 ? 0 : width;
    }
    printf(",\n  %zu examples, %zu files\n", count_examples(taxonomy), taxonomy->files.n_items);
    printf("  %zu bases still to be verified / 待核实\n", count_unverified(taxonomy));
    printf("  sha256 %s\n", taxonomy->hash);
    print_replacements(taxonomy);
}

static json_t *replacements_of(const struct dc_taxonomy *taxonomy)
{
    json_t *list = json_array();

    for (size_t i = 0; i < taxonomy->n_replacements; i++) {
        const struct dc_replacement *note = &taxonomy->replacements[i];

        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:I, s:s, s:I, s:b}", "kind",
                                              note->noun, "id", note->id, "file", note->by_file,
                                              "line", (json_int_t)note->by_line, "replaces_file",
                                              note->file, "replaces_line", (json_int_t)note->line,
                                              "between_overlays", note->between_overlays));
    }
    return list;
}

void taxonomy_check_json(const struct dc_taxonomy *taxonomy)
{
    json_t *object = json_pack("{s:s, s:s, s:s}", "taxonomy", taxonomy->name, "version",
                               taxonomy->version, "sha256", taxonomy->hash);
    struct count counts[N_COUNTS];

    count_all(taxonomy, counts);
    for (size_t i = 0; i < N_COUNTS; i++) {
        json_object_set_new(object, counts[i].key, json_integer((json_int_t)counts[i].n));
    }
    json_object_set_new(object, "examples", json_integer((json_int_t)count_examples(taxonomy)));
    json_object_set_new(object, "to_be_verified",
                        json_integer((json_int_t)count_unverified(taxonomy)));
    json_object_set_new(object, "replaced", replacements_of(taxonomy));
    taxonomy_json_out(object);
}
