/* A folder of definitions: one file per sheet, one of words, one of settings. */
#include "definition.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

/* ---- words ---- */

const struct report_word *report_words(const struct dc_report_definition *definition,
                                       const char *group, size_t *n_words)
{
    size_t first = 0, last;

    while (first < definition->n_words && strcmp(definition->words[first].group, group) != 0) {
        first++;
    }
    last = first;
    while (last < definition->n_words && strcmp(definition->words[last].group, group) == 0) {
        last++;
    }
    *n_words = last - first;
    return *n_words == 0 ? NULL : &definition->words[first];
}

const char *report_word(const struct dc_report_definition *definition, enum dc_lang lang,
                        const char *group, const char *code)
{
    size_t n_words;
    const struct report_word *words = report_words(definition, group, &n_words);

    for (size_t i = 0; i < n_words; i++) {
        if (strcmp(words[i].code, code) == 0) {
            return words[i].text.in[lang];
        }
    }
    return code;
}

const char *report_level_code(size_t index)
{
    static const char *const codes[N_LEVEL_COLOURS] = {"0", "1",         "2",   "3",
                                                       "4", "important", "core"};

    return codes[index];
}

const struct report_table_def *report_find_table(const struct dc_report_definition *definition,
                                                 const char *id,
                                                 const struct report_sheet_def **sheet)
{
    for (size_t i = 0; i < definition->n_sheets; i++) {
        for (size_t j = 0; j < definition->sheets[i].n_tables; j++) {
            const struct report_table_def *table = &definition->sheets[i].tables[j];

            if (table->id != NULL && strcmp(table->id, id) == 0) {
                *sheet = &definition->sheets[i];
                return table;
            }
        }
    }
    return NULL;
}

bool report_has_list(const struct dc_report_definition *definition, const char *id)
{
    for (size_t i = 0; i < definition->n_sheets; i++) {
        const struct report_sheet_def *sheet = &definition->sheets[i];

        for (size_t j = 0; sheet->workbook && j < sheet->n_tables; j++) {
            if (sheet->tables[j].list != NULL && strcmp(sheet->tables[j].list, id) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* ---- texts and colours ---- */

void report_load_text(struct report_loading *loading, const struct dc_yaml_node *node,
                      struct report_text *out)
{
    static const struct dc_yaml_field fields[] = {
        {.key = "zh",
         .type = DC_YAML_TEXT,
         .offset = offsetof(struct report_text, in[DC_LANG_ZH]),
         .required = true},
        {.key = "en",
         .type = DC_YAML_TEXT,
         .offset = offsetof(struct report_text, in[DC_LANG_EN]),
         .required = true},
        {.key = NULL},
    };

    out->in[DC_LANG_ZH] = out->in[DC_LANG_EN] = "";
    if (node != NULL) {
        dc_yaml_read(node, fields, out, loading->arena, loading->all);
    }
}

bool report_load_colour(struct report_loading *loading, const struct dc_yaml_node *node,
                        uint32_t *out)
{
    bool good = node->kind == DC_YAML_SCALAR && node->text_size == 7 && node->text[0] == '#' &&
                strspn(node->text + 1, "0123456789abcdefABCDEF") == 6;

    if (!good) {
        dc_complain(loading->all, node, "a colour is written \"#RRGGBB\"");
        return false;
    }
    *out = (uint32_t)strtoul(node->text + 1, NULL, 16);
    return true;
}

/* ---- the file of words ---- */

static void add_word(struct report_loading *loading, const char *group,
                     const struct dc_yaml_node *code, const struct dc_yaml_node *value)
{
    struct dc_report_definition *definition = loading->definition;
    struct report_word *word;

    definition->words = dc_array_grow(definition->words, definition->n_words,
                                      &definition->words_capacity, sizeof *definition->words);
    word = &definition->words[definition->n_words++];
    word->group = group;
    word->code = dc_arena_strdup(loading->arena, code->text);
    report_load_text(loading, value, &word->text);
}

void report_load_words(struct report_loading *loading, const struct dc_yaml_node *node)
{
    for (size_t i = 0; node->kind == DC_YAML_MAP && i < node->n_items; i++) {
        const struct dc_yaml_node *group = node->items[i];
        const char *name = dc_arena_strdup(loading->arena, node->keys[i]->text);
        size_t n_known;

        if (group->kind != DC_YAML_MAP) {
            dc_complain(loading->all, group, "words of \"%s\" have to be a map of codes", name);
            continue;
        }
        if (report_words(loading->definition, name, &n_known) != NULL) {
            dc_complain(loading->all, node->keys[i],
                        "words of \"%s\" stand in another file already", name);
            continue;
        }
        for (size_t j = 0; j < group->n_items; j++) {
            add_word(loading, name, group->keys[j], group->items[j]);
        }
    }
    if (node->kind != DC_YAML_MAP) {
        dc_complain(loading->all, node, "\"words\" has to be a map of groups");
    }
}

/* ---- the file of settings ---- */

struct settings_yaml {
    const struct dc_yaml_node *title, *subject, *security_label, *page_footer, *font, *time_zone,
        *level_colours;
};

static void load_offset(struct report_loading *loading, const struct dc_yaml_node *at,
                        const char *zone, int32_t *out)
{
    bool local = strcmp(zone, "local") == 0;
    bool good = strlen(zone) == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':' &&
                strspn(zone + 1, "0123456789") == 2 && strspn(zone + 4, "0123456789") == 2;
    int32_t hours, minutes;

    if (local) {
        *out = LOCAL_ZONE;
        return;
    }
    if (!good) {
        dc_complain(loading->all, at, "a time zone is written \"+08:00\" or \"local\"");
        return;
    }
    hours = (zone[1] - '0') * 10 + (zone[2] - '0');
    minutes = (zone[4] - '0') * 10 + (zone[5] - '0');
    *out = (zone[0] == '-' ? -60 : 60) * (hours * 60 + minutes);
}

static void load_level_colours(struct report_loading *loading, const struct dc_yaml_node *node,
                               uint32_t *colours)
{
    if (node->kind != DC_YAML_MAP) {
        dc_complain(loading->all, node, "\"level_colours\" has to be a map of levels");
        return;
    }
    for (size_t i = 0; i < N_LEVEL_COLOURS; i++) {
        const struct dc_yaml_node *colour = dc_yaml_get(node, report_level_code(i));

        if (colour == NULL) {
            dc_complain(loading->all, node, "the colour of level \"%s\" is missing",
                        report_level_code(i));
        } else {
            report_load_colour(loading, colour, &colours[i]);
        }
    }
}

void report_load_settings(struct report_loading *loading, const struct dc_yaml_node *node)
{
    static const struct dc_yaml_field fields[] = {
        {.key = "title",
         .type = DC_YAML_NODE,
         .offset = offsetof(struct settings_yaml, title),
         .required = true},
        {.key = "subject",
         .type = DC_YAML_NODE,
         .offset = offsetof(struct settings_yaml, subject),
         .required = true},
        {.key = "security_label",
         .type = DC_YAML_NODE,
         .offset = offsetof(struct settings_yaml, security_label),
         .required = true},
        {.key = "page_footer",
         .type = DC_YAML_NODE,
         .offset = offsetof(struct settings_yaml, page_footer),
         .required = true},
        {.key = "font",
         .type = DC_YAML_NODE,
         .offset = offsetof(struct settings_yaml, font),
         .required = true},
        {.key = "time_zone",
         .type = DC_YAML_NODE,
         .offset = offsetof(struct settings_yaml, time_zone),
         .required = true},
        {.key = "level_colours",
         .type = DC_YAML_NODE,
         .offset = offsetof(struct settings_yaml, level_colours),
         .required = true},
        {.key = NULL},
    };
    struct report_settings *settings = &loading->definition->settings;
    struct settings_yaml yaml = {0};
    struct report_text zones;

    if (loading->definition->has_settings) {
        dc_complain(loading->all, node, "\"report\" stands in another file already");
        return;
    }
    loading->definition->has_settings = true;
    if (!dc_yaml_read(node, fields, &yaml, loading->arena, loading->all)) {
        return;
    }
    report_load_text(loading, yaml.title, &settings->title);
    report_load_text(loading, yaml.subject, &settings->subject);
    report_load_text(loading, yaml.security_label, &settings->security_label);
    report_load_text(loading, yaml.page_footer, &settings->page_footer);
    report_load_text(loading, yaml.font, &settings->font);
    report_load_text(loading, yaml.time_zone, &zones);
    for (int lang = 0; lang < N_LANGS; lang++) {
        load_offset(loading, yaml.time_zone, zones.in[lang], &settings->utc_offset[lang]);
    }
    load_level_colours(loading, yaml.level_colours, settings->level_colours);
}

/* ---- the folder ---- */

static void load_root(struct report_loading *loading, const struct dc_yaml_node *root)
{
    const struct dc_yaml_node *words = dc_yaml_get(root, "words");
    const struct dc_yaml_node *settings = dc_yaml_get(root, "report");

    if (words == NULL && settings == NULL) {
        report_load_sheet(loading, root);
        return;
    }
    for (size_t i = 0; i < root->n_items; i++) {
        if (root->items[i] != words && root->items[i] != settings) {
            dc_complain(loading->all, root->keys[i], "unknown key \"%s\" beside \"%s\"",
                        root->keys[i]->text, words != NULL ? "words" : "report");
        }
    }
    if (words != NULL) {
        report_load_words(loading, words);
    }
    if (settings != NULL) {
        report_load_settings(loading, settings);
    }
}

static void load_file(struct report_loading *loading, const char *path)
{
    const struct dc_yaml_node *root;
    struct dc_err err = {0};

    if (dc_yaml_load(path, loading->arena, &root, &err) != DC_OK) {
        dc_complain(loading->all, NULL, "%s", err.message);
    } else if (root == NULL || root->kind != DC_YAML_MAP) {
        dc_complain(loading->all, root,
                    "%s%sa definition begins with \"sheet\", \"words\" or \"report\"",
                    root == NULL ? path : "", root == NULL ? ": " : "");
    } else {
        load_root(loading, root);
    }
}

static int is_yaml(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);

    return size > 5 && strcmp(entry->d_name + size - 5, ".yaml") == 0 && entry->d_name[0] != '.';
}

/* In the order of names, so that complaints come in a stable order. */
static enum dc_status load_folder(struct report_loading *loading, const char *folder,
                                  struct dc_err *err)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_yaml, alphasort);
    char reason[128];

    if (n < 0) {
        return dc_err_set(err, DC_ERR_CONFIG, "could not read folder \"%s\": %s", folder,
                          strerror_r(errno, reason, sizeof reason));
    }
    for (int i = 0; i < n; i++) {
        load_file(loading, dc_arena_printf(loading->arena, "%s/%s", folder, entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    return DC_OK;
}

static int compare_sheets(const void *a, const void *b)
{
    const struct report_sheet_def *left = a, *right = b;

    return left->order == right->order
               ? strcmp(left->id, right->id)
               : (left->order > right->order) - (left->order < right->order);
}

static enum dc_status load_all(struct report_loading *loading, const char *folder,
                               struct dc_err *err)
{
    struct dc_report_definition *definition = loading->definition;
    size_t before = loading->all->n_lines, n;
    enum dc_status status = load_folder(loading, folder, err);

    if (status != DC_OK) {
        return status;
    }
    if (definition->n_sheets > 0) {
        qsort(definition->sheets, definition->n_sheets, sizeof *definition->sheets, compare_sheets);
    }
    report_check(loading, folder);
    n = loading->all->n_lines - before;
    if (n > 0) {
        return dc_err_set(err, DC_ERR_CONFIG,
                          "could not use the report definitions in \"%s\": %zu %s, the first %s",
                          folder, n, n == 1 ? "mistake" : "mistakes", loading->all->lines[before]);
    }
    return DC_OK;
}

enum dc_status dc_report_definition_load(const char *folder, struct dc_report_definition **out,
                                         struct dc_complaints *complaints, struct dc_err *err)
{
    struct dc_report_definition *definition = dc_alloc(1, sizeof *definition);
    struct dc_complaints own;
    struct report_loading loading = {definition, NULL, complaints};
    enum dc_status status;

    definition->arena = dc_arena_create(0);
    loading.arena = definition->arena;
    dc_complaints_init(&own, definition->arena);
    if (complaints == NULL) {
        loading.all = &own;
    }
    status = load_all(&loading, folder, err);
    dc_complaints_done(&own);
    if (status != DC_OK) {
        dc_report_definition_destroy(definition);
        return status;
    }
    *out = definition;
    return DC_OK;
}

void dc_report_definition_destroy(struct dc_report_definition *definition)
{
    if (definition == NULL) {
        return;
    }
    free(definition->sheets);
    free(definition->words);
    dc_arena_destroy(definition->arena);
    free(definition);
}
