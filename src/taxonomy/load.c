/* Files of a taxonomy: the main one, what it includes, overlays. */
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "loader.h"

#define MAX_FILE_SIZE  ((size_t)64 << 20)
#define MAX_TOTAL_SIZE ((size_t)256 << 20)
#define MAX_INCLUDES   16 /* depth */

enum file_role { FILE_MAIN, FILE_OVERLAY, FILE_INCLUDED };

/* A file met so far. */
struct met {
    const char *real; /* resolved path: the same file under two names is one file */
    bool open;        /* its includes are still being read */
};

struct reading {
    struct loader loader;
    struct dc_strbuf content; /* of all files in order, for the hash */
    struct met *met;
    size_t n_met, met_capacity;
    const char **files;
    size_t n_files, files_capacity;
};

/* What a file says of itself besides its sections. */
struct file_head {
    const char *taxonomy, *version;
    struct dc_texts standards;
    const struct dc_yaml_node *title, *include;
};

static void read_file(struct reading *reading, const char *path, enum file_role role,
                      const struct dc_yaml_node *from, size_t depth);

/* ---- heads ---- */

#define AT(member) offsetof(struct file_head, member)
static const struct dc_yaml_field main_fields[] = {
    {"taxonomy", DC_YAML_TEXT, AT(taxonomy), true, 0, 0, NULL},
    {"version", DC_YAML_TEXT, AT(version), true, 0, 0, NULL},
    {"title", DC_YAML_NODE, AT(title), true, 0, 0, NULL},
    {"standards", DC_YAML_TEXTS, AT(standards), true, 0, 0, NULL},
    {"include", DC_YAML_NODE, AT(include), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
static const struct dc_yaml_field overlay_fields[] = {
    {"overlay", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"version", DC_YAML_TEXT, AT(version), false, 0, 0, NULL},
    {"include", DC_YAML_NODE, AT(include), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
static const struct dc_yaml_field included_fields[] = {
    {"include", DC_YAML_NODE, AT(include), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};
#undef AT

#define MAX_HEAD_FIELDS 8

/* The head of a file; its sections are known keys too, read elsewhere. */
static void read_head(struct reading *reading, const struct dc_yaml_node *root, enum file_role role,
                      struct file_head *head)
{
    const struct dc_yaml_field *own = role == FILE_MAIN      ? main_fields
                                      : role == FILE_OVERLAY ? overlay_fields
                                                             : included_fields;
    struct dc_yaml_field fields[MAX_HEAD_FIELDS + N_SECTIONS + 1];
    size_t n = 0;

    memset(fields, 0, sizeof fields);
    for (; own->key != NULL; own++) {
        fields[n++] = *own;
    }
    for (size_t i = 0; i < N_SECTIONS; i++) {
        fields[n].key = dc_sections[i]->key;
        fields[n++].type = DC_YAML_IGNORE;
    }
    dc_yaml_read(root, fields, head, reading->loader.arena, reading->loader.all);
}

static void take_main_head(struct reading *reading, const struct file_head *head)
{
    struct dc_taxonomy *taxonomy = reading->loader.taxonomy;

    taxonomy->name = dc_loader_text(head->taxonomy);
    taxonomy->version = dc_loader_text(head->version);
    taxonomy->standards = head->standards;
    dc_loader_label(&reading->loader, head->title, &taxonomy->title);
}

/* ---- includes ---- */

static int ends_in_yaml(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);

    return entry->d_name[0] != '.' && size > 5 && strcmp(entry->d_name + size - 5, ".yaml") == 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Every .yaml file of a folder in the order of bytes, so that the hash does not depend on the locale. */
static void read_folder(struct reading *reading, const char *path, const struct dc_yaml_node *from,
                        size_t depth)
{
    struct dirent **entries = NULL;
    int n = scandir(path, &entries, ends_in_yaml, by_bytes);

    if (n < 0) {
        dc_complain(reading->loader.all, from, "could not read folder \"%s\"", path);
        return;
    }
    for (int i = 0; i < n; i++) {
        const char *file = dc_arena_printf(reading->loader.scratch, "%s%s", path,
                                           entries[i]->d_name);

        read_file(reading, file, FILE_INCLUDED, from, depth);
        free(entries[i]);
    }
    free(entries);
}

static void read_includes(struct reading *reading, const char *path,
                          const struct dc_yaml_node *include, size_t depth)
{
    const struct dc_yaml_node *const *items;
    size_t n;

    if (include == NULL) {
        return;
    }
    items = include->kind == DC_YAML_LIST ? include->items : &include;
    n = include->kind == DC_YAML_LIST ? include->n_items : 1;
    for (size_t i = 0; i < n; i++) {
        const char *file;

        if (items[i]->kind != DC_YAML_SCALAR || items[i]->text_size == 0) {
            dc_complain(reading->loader.all, items[i], "expected the path of a file or folder");
            continue;
        }
        file = dc_path_beside(reading->loader.scratch, path, items[i]->text);
        if (file[strlen(file) - 1] == '/') {
            read_folder(reading, file, items[i], depth + 1);
        } else {
            read_file(reading, file, FILE_INCLUDED, items[i], depth + 1);
        }
    }
}

/* ---- files ---- */

/* Notes a file as met; false (and a complaint) when it was met before: a loop, or included twice. */
static bool meet(struct reading *reading, const char *path, const struct dc_yaml_node *from,
                 size_t *index)
{
    char *real = realpath(path, NULL);
    const char *name = dc_arena_strdup(reading->loader.scratch, real == NULL ? path : real);

    free(real);
    for (size_t i = 0; i < reading->n_met; i++) {
        if (strcmp(reading->met[i].real, name) == 0) {
            dc_complain(reading->loader.all, from,
                        reading->met[i].open ? "\"%s\" includes itself in a loop"
                                             : "\"%s\" is read twice",
                        path);
            return false;
        }
    }
    reading->met = dc_array_grow(reading->met, reading->n_met, &reading->met_capacity,
                                 sizeof *reading->met);
    reading->met[reading->n_met] = (struct met){name, true};
    *index = reading->n_met++;
    return true;
}

static void note_file(struct reading *reading, const char *path, const char *text, size_t size)
{
    reading->files = dc_array_grow(reading->files, reading->n_files, &reading->files_capacity,
                                   sizeof *reading->files);
    reading->files[reading->n_files++] = dc_arena_strdup(reading->loader.arena, path);
    dc_strbuf_append(&reading->content, text, size);
}

/* The tree of a file, or NULL with a complaint. */
static const struct dc_yaml_node *parse_file(struct reading *reading, const char *path,
                                             const struct dc_yaml_node *from)
{
    const struct dc_yaml_node *root = NULL;
    struct dc_err err = {0};
    char *text = NULL;
    size_t size = 0;

    if (dc_file_read(path, MAX_FILE_SIZE, &text, &size, &err) != DC_OK) {
        dc_complain(reading->loader.all, from, "%s", err.message);
        return NULL;
    }
    note_file(reading, path, text, size);
    if (dc_yaml_parse(path, text, size, reading->loader.scratch, &root, &err) != DC_OK) {
        dc_complain(reading->loader.all, NULL, "%s", err.message);
    }
    free(text);
    return root;
}

static void read_file(struct reading *reading, const char *path, enum file_role role,
                      const struct dc_yaml_node *from, size_t depth)
{
    const struct dc_yaml_node *root;
    struct file_head head = {NULL, NULL, {NULL, 0}, NULL, NULL};
    size_t index;

    if (depth > MAX_INCLUDES) {
        dc_complain(reading->loader.all, from, "includes are nested more than %d deep",
                    MAX_INCLUDES);
        return;
    }
    if (!meet(reading, path, from, &index)) {
        return;
    }
    root = parse_file(reading, path, from);
    if (root != NULL) {
        read_head(reading, root, role, &head);
        if (role == FILE_MAIN) {
            take_main_head(reading, &head);
        }
        dc_loader_collect(&reading->loader, root);
        read_includes(reading, path, head.include, depth);
    }
    reading->met[index].open = false;
}

/* ---- the whole ---- */

static void reading_init(struct reading *reading, struct dc_complaints *all)
{
    struct dc_arena *arena = dc_arena_create(0);

    memset(reading, 0, sizeof *reading);
    dc_strbuf_init(&reading->content, MAX_TOTAL_SIZE);
    reading->loader.arena = arena;
    reading->loader.scratch = dc_arena_create(0);
    reading->loader.all = all;
    reading->loader.taxonomy = dc_arena_alloc(arena, sizeof *reading->loader.taxonomy);
    reading->loader.taxonomy->arena = arena;
}

static void reading_done(struct reading *reading)
{
    for (size_t i = 0; i < N_SECTIONS; i++) {
        free(reading->loader.sections[i].items);
        dc_idmap_done(&reading->loader.sections[i].ids);
    }
    free(reading->loader.replacements);
    free(reading->met);
    free(reading->files);
    dc_strbuf_done(&reading->content);
    dc_arena_destroy(reading->loader.scratch);
}

static void keep_replacements(struct loader *loader)
{
    size_t size = loader->n_replacements * sizeof *loader->replacements;

    loader->taxonomy->n_replacements = loader->n_replacements;
    loader->taxonomy->replacements = dc_arena_alloc(loader->arena, size + 1);
    if (size > 0) {
        memcpy(loader->taxonomy->replacements, loader->replacements, size);
    }
}

/* Files, their hash, the compiled sections, and the checks across them. */
static void finish(struct reading *reading)
{
    struct loader *loader = &reading->loader;
    struct dc_taxonomy *taxonomy = loader->taxonomy;
    char *hash = dc_arena_alloc(loader->arena, DC_SHA256_HEX_SIZE);

    dc_sha256_hex(dc_strbuf_text(&reading->content), reading->content.size, hash);
    taxonomy->hash = hash;
    taxonomy->files.items = dc_arena_alloc(loader->arena,
                                           reading->n_files * sizeof *taxonomy->files.items);
    for (size_t i = 0; i < reading->n_files; i++) {
        taxonomy->files.items[i] = reading->files[i];
    }
    taxonomy->files.n_items = reading->n_files;
    dc_loader_compile(loader);
    keep_replacements(loader);
    dc_join_candidates(loader);
    dc_check_overrides(loader);
    dc_check_values(loader);
    dc_check_subjects(loader);
    dc_check_words(loader);
    dc_taxonomy_index(taxonomy);
}

static enum dc_status refuse(struct reading *reading, const char *path,
                             const struct dc_complaints *all, size_t before, struct dc_err *err)
{
    size_t n = all->n_lines - before;

    dc_arena_destroy(reading->loader.arena);
    if (n == 1) {
        return dc_err_set(err, DC_ERR_CONFIG, "could not load taxonomy \"%s\": %s", path,
                          all->lines[before]);
    }
    return dc_err_set(err, DC_ERR_CONFIG,
                      "could not load taxonomy \"%s\": %zu complaints, the first: %s", path, n,
                      all->lines[before]);
}

/* Of rules without a pattern, or with one that is refused already, nobody is asked. */
static void ask(struct loader *loader, dc_value_judge_fn *judge)
{
    const struct collected *from = &loader->sections[SECTION_VALUES];
    char reason[300];

    for (size_t i = 0; i < from->n_items; i++) {
        const struct dc_yaml_node *at = dc_yaml_get(from->items[i].at, "pattern");
        const struct dc_value_rule *rule = &loader->taxonomy->value_rules[i];

        if (at != NULL && rule->pattern[0] != '\0' && judge(rule, reason, sizeof reason)) {
            dc_complain(loader->all, at, "value rule \"%s\": %s", rule->id, reason);
        }
    }
}

enum dc_status dc_taxonomy_load(const char *path, const char *const *overlays, size_t n_overlays,
                                struct dc_taxonomy **out, struct dc_complaints *complaints,
                                struct dc_err *err)
{
    return dc_taxonomy_load_judged(path, overlays, n_overlays, NULL, out, complaints, err);
}

enum dc_status dc_taxonomy_load_judged(const char *path, const char *const *overlays,
                                       size_t n_overlays, dc_value_judge_fn *judge,
                                       struct dc_taxonomy **out, struct dc_complaints *complaints,
                                       struct dc_err *err)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_complaints own = {arena, NULL, 0, 0};
    struct dc_complaints *all = complaints == NULL ? &own : complaints;
    size_t before;
    struct reading reading;
    enum dc_status status = DC_OK;

    before = all->n_lines;
    reading_init(&reading, all);
    read_file(&reading, path, FILE_MAIN, NULL, 0);
    for (size_t i = 0; i < n_overlays; i++) {
        reading.loader.layer = i + 1;
        read_file(&reading, overlays[i], FILE_OVERLAY, NULL, 0);
    }
    finish(&reading);
    if (all->n_lines > before && judge != NULL) {
        ask(&reading.loader, judge);
    }
    if (all->n_lines > before) {
        status = refuse(&reading, path, all, before, err);
    } else {
        *out = reading.loader.taxonomy;
    }
    reading_done(&reading);
    dc_complaints_done(&own);
    dc_arena_destroy(arena);
    return status;
}

void dc_taxonomy_destroy(struct dc_taxonomy *taxonomy)
{
    if (taxonomy != NULL) {
        dc_arena_destroy(taxonomy->arena);
    }
}
