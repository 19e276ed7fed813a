#include "dcscan/config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"

#define MAX_SECONDS (7.0 * 24 * 3600)

/* One entry of `sources:` as it stands in the file. */
struct source_text {
    const char *name, *dsn, *connection, *connector, *user, *dialect, *encoding;
    const char *password_file, *password_env, *password_command;
    bool password_stdin, require_read_only;
    struct dc_texts include, exclude;
    const struct dc_yaml_node *about, *limits;
};

struct config_text {
    const struct dc_yaml_node *sources, *limits, *keep;
    const char *store, *taxonomy, *security_label;
    int lang;
    struct dc_texts overlays, outputs;
    int64_t jobs;
    int64_t seed;
    bool require_read_only;
};

static const char *const langs[] = {"zh", "en", NULL};
#define LANG_UNSET (-1)

static const struct dc_yaml_field config_fields[] = {
    {"sources", DC_YAML_NODE, offsetof(struct config_text, sources), false, 0, 0, NULL},
    {"limits", DC_YAML_NODE, offsetof(struct config_text, limits), false, 0, 0, NULL},
    {"store", DC_YAML_TEXT, offsetof(struct config_text, store), false, 0, 0, NULL},
    {"keep", DC_YAML_NODE, offsetof(struct config_text, keep), false, 0, 0, NULL},
    {"taxonomy", DC_YAML_TEXT, offsetof(struct config_text, taxonomy), false, 0, 0, NULL},
    {"taxonomy_overlays", DC_YAML_TEXTS, offsetof(struct config_text, overlays), false, 0, 0, NULL},
    {"outputs", DC_YAML_TEXTS, offsetof(struct config_text, outputs), false, 0, 0, NULL},
    {"lang", DC_YAML_ENUM, offsetof(struct config_text, lang), false, 0, 0, langs},
    {"security_label", DC_YAML_TEXT, offsetof(struct config_text, security_label), false, 0, 0,
     NULL},
    {"require_read_only", DC_YAML_BOOL, offsetof(struct config_text, require_read_only), false, 0,
     0, NULL},
    {"jobs", DC_YAML_INT, offsetof(struct config_text, jobs), false, 1, 256, NULL},
    {"seed", DC_YAML_INT, offsetof(struct config_text, seed), false, 1, 9e15, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

static const struct dc_yaml_field source_fields[] = {
    {"name", DC_YAML_TEXT, offsetof(struct source_text, name), true, 0, 0, NULL},
    {"dsn", DC_YAML_TEXT, offsetof(struct source_text, dsn), false, 0, 0, NULL},
    {"connection", DC_YAML_TEXT, offsetof(struct source_text, connection), false, 0, 0, NULL},
    {"connector", DC_YAML_TEXT, offsetof(struct source_text, connector), false, 0, 0, NULL},
    {"user", DC_YAML_TEXT, offsetof(struct source_text, user), false, 0, 0, NULL},
    {"password_file", DC_YAML_TEXT, offsetof(struct source_text, password_file), false, 0, 0, NULL},
    {"password_env", DC_YAML_TEXT, offsetof(struct source_text, password_env), false, 0, 0, NULL},
    {"password_command", DC_YAML_TEXT, offsetof(struct source_text, password_command), false, 0, 0,
     NULL},
    {"password_stdin", DC_YAML_BOOL, offsetof(struct source_text, password_stdin), false, 0, 0,
     NULL},
    {"encoding", DC_YAML_TEXT, offsetof(struct source_text, encoding), false, 0, 0, NULL},
    {"dialect", DC_YAML_TEXT, offsetof(struct source_text, dialect), false, 0, 0, NULL},
    {"include", DC_YAML_TEXTS, offsetof(struct source_text, include), false, 0, 0, NULL},
    {"exclude", DC_YAML_TEXTS, offsetof(struct source_text, exclude), false, 0, 0, NULL},
    {"require_read_only", DC_YAML_BOOL, offsetof(struct source_text, require_read_only), false, 0,
     0, NULL},
    {"about", DC_YAML_NODE, offsetof(struct source_text, about), false, 0, 0, NULL},
    {"limits", DC_YAML_NODE, offsetof(struct source_text, limits), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

/* One `limits:` as it stands in the file. */
struct limits_text {
    struct dc_limits limits;
    const char *window;
};

#define LIMIT(key, minimum, maximum)                                                               \
    {                                                                                              \
#key, DC_YAML_INT, offsetof(struct limits_text, limits.key), false, minimum, maximum, NULL \
    }

static const struct dc_yaml_field limit_fields[] = {
    LIMIT(sample_rows, 1, 1000000),
    LIMIT(value_bytes, 16, 65536),
    LIMIT(table_bytes, 4096, 1e12),
    LIMIT(table_seconds, 1, MAX_SECONDS),
    LIMIT(connect_seconds, 1, MAX_SECONDS),
    LIMIT(reconnect_seconds, 1, MAX_SECONDS),
    LIMIT(pause_milliseconds, 1, 3600000),
    LIMIT(connections, 1, 64),
    LIMIT(source_seconds, 1, MAX_SECONDS),
    LIMIT(source_rows, 1, 1e15),
    LIMIT(source_bytes, 4096, 1e15),
    {"window", DC_YAML_TEXT, offsetof(struct limits_text, window), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

static void read_limits(const struct dc_yaml_node *node, struct dc_limits *out,
                        struct dc_arena *arena, struct dc_complaints *all)
{
    struct limits_text text = {.limits = *out};

    if (node == NULL) {
        return;
    }
    dc_yaml_read(node, limit_fields, &text, arena, all);
    *out = text.limits;
    if (text.window != NULL && !dc_window_parse(text.window, &out->window)) {
        dc_complain(all, dc_yaml_get(node, "window"),
                    "\"window\" must be two times of the day such as \"22:00-05:00\", not \"%s\"",
                    text.window);
    }
}

static const struct dc_yaml_field keep_fields[] = {
    {"runs", DC_YAML_INT, offsetof(struct dc_config, keep_runs), false, 1, 1e9, NULL},
    {"days", DC_YAML_INT, offsetof(struct dc_config, keep_days), false, 1, 36500, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

static void read_keep(const struct dc_yaml_node *node, struct dc_config *config,
                      struct dc_complaints *all)
{
    if (node != NULL && dc_yaml_read(node, keep_fields, config, config->arena, all) &&
        config->keep_runs == 0 && config->keep_days == 0) {
        dc_complain(all, node, "\"keep\" needs \"runs\" or \"days\", or both");
    }
}

/* The keys of `about:` are those of enum dc_about, so the schema table is made from them. */
static void read_about(const struct dc_yaml_node *node, struct dc_source *source,
                       struct dc_arena *arena, struct dc_complaints *all)
{
    struct dc_yaml_field fields[DC_N_ABOUT + 1];

    if (node == NULL) {
        return;
    }
    memset(fields, 0, sizeof fields);
    for (int i = 0; i < DC_N_ABOUT; i++) {
        fields[i].key = dc_about_key((enum dc_about)i);
        fields[i].type = DC_YAML_TEXT;
        fields[i].offset = offsetof(struct dc_source, about) + (size_t)i * sizeof source->about[0];
    }
    dc_yaml_read(node, fields, source, arena, all);
}

static void read_secret(const struct source_text *text, const struct dc_yaml_node *node,
                        struct dc_source *source, struct dc_arena *arena, struct dc_complaints *all)
{
    int n_kinds = (text->password_file != NULL) + (text->password_env != NULL) +
                  (text->password_command != NULL) + text->password_stdin;

    if (n_kinds > 1) {
        dc_complain(all, node, "source \"%s\" names more than one place for its password",
                    text->name);
    }
    if (text->password_file != NULL) {
        source->secret = (struct dc_secret){DC_SECRET_FILE,
                                            dc_path_beside(arena, node->file, text->password_file)};
    } else if (text->password_env != NULL) {
        source->secret = (struct dc_secret){DC_SECRET_ENV, text->password_env};
    } else if (text->password_command != NULL) {
        source->secret = (struct dc_secret){DC_SECRET_COMMAND, text->password_command};
    } else if (text->password_stdin) {
        source->secret = (struct dc_secret){DC_SECRET_STDIN, NULL};
    }
}

static void read_source(const struct dc_yaml_node *node, struct dc_source *source,
                        struct dc_arena *arena, struct dc_complaints *all)
{
    struct source_text text = {.require_read_only = source->require_read_only};

    if (!dc_yaml_read(node, source_fields, &text, arena, all)) {
        return;
    }
    if ((text.dsn == NULL) == (text.connection == NULL)) {
        dc_complain(all, node, "source \"%s\" needs exactly one of \"dsn\" and \"connection\"",
                    text.name);
    }
    source->name = text.name;
    source->connector = text.connector != NULL ? text.connector : "odbc";
    source->dsn = text.dsn;
    source->connection = text.connection;
    source->user = text.user;
    source->encoding = text.encoding;
    source->dialect = text.dialect;
    source->require_read_only = text.require_read_only;
    source->include = text.include.items;
    source->n_include = text.include.n_items;
    source->exclude = text.exclude.items;
    source->n_exclude = text.exclude.n_items;
    read_secret(&text, node, source, arena, all);
    read_about(text.about, source, arena, all);
    read_limits(text.limits, &source->limits, arena, all);
}

static void read_sources(const struct dc_yaml_node *list, struct dc_config *config,
                         struct dc_complaints *all)
{
    if (list == NULL) {
        return;
    }
    if (list->kind != DC_YAML_LIST) {
        dc_complain(all, list, "\"sources\" must be a list");
        return;
    }
    config->sources = dc_arena_alloc(config->arena, (list->n_items + 1) * sizeof *config->sources);
    for (size_t i = 0; i < list->n_items; i++) {
        struct dc_source *source = &config->sources[config->n_sources];

        source->limits = config->limits;
        source->require_read_only = config->require_read_only;
        read_source(list->items[i], source, config->arena, all);
        if (source->name == NULL) {
            continue;
        }
        if (dc_config_source(config, source->name) != NULL) {
            dc_complain(all, list->items[i], "source \"%s\" is defined twice", source->name);
        }
        config->n_sources++;
    }
}

static void resolve_paths(struct dc_config *config, struct dc_texts *paths)
{
    for (size_t i = 0; i < paths->n_items; i++) {
        paths->items[i] = dc_path_beside(config->arena, config->path, paths->items[i]);
    }
}

static const char *resolve_path(struct dc_config *config, const char *path)
{
    return path != NULL ? dc_path_beside(config->arena, config->path, path) : NULL;
}

static void read_config(const struct dc_yaml_node *root, struct dc_config *config,
                        struct dc_complaints *all)
{
    struct config_text text = {.lang = LANG_UNSET};

    if (root->kind != DC_YAML_MAP) {
        dc_complain(all, root, "a configuration is a map with the key \"sources\"");
        return;
    }
    dc_yaml_read(root, config_fields, &text, config->arena, all);
    read_limits(text.limits, &config->limits, config->arena, all);
    read_keep(text.keep, config, all);
    config->require_read_only = text.require_read_only;
    read_sources(text.sources, config, all);
    config->lang = text.lang == LANG_UNSET ? NULL : langs[text.lang];
    config->store = text.store != NULL && strncmp(text.store, "odbc:", 5) != 0
                        ? resolve_path(config, text.store)
                        : text.store;
    config->taxonomy = resolve_path(config, text.taxonomy);
    config->overlays = text.overlays;
    config->outputs = text.outputs;
    resolve_paths(config, &config->overlays);
    resolve_paths(config, &config->outputs);
    config->security_label = text.security_label;
    config->jobs = text.jobs;
    config->seed = text.seed;
}

enum dc_status dc_config_load(const char *path, struct dc_config **out,
                              struct dc_complaints *complaints, struct dc_err *err)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_config *config = dc_arena_alloc(arena, sizeof *config);
    const struct dc_yaml_node *root = NULL;
    size_t n_before = complaints->n_lines;
    enum dc_status status;

    config->arena = arena;
    config->path = dc_arena_strdup(arena, path);
    status = dc_yaml_load(config->path, arena, &root, err);
    if (status == DC_OK) {
        read_config(root, config, complaints);
        if (complaints->n_lines > n_before) {
            status = dc_err_set(err, DC_ERR_CONFIG, "could not use configuration \"%s\": %zu %s",
                                path, complaints->n_lines - n_before,
                                complaints->n_lines - n_before == 1 ? "error" : "errors");
        }
    }
    if (status != DC_OK) {
        dc_arena_destroy(arena);
        return status;
    }
    *out = config;
    return DC_OK;
}

void dc_config_destroy(struct dc_config *config)
{
    if (config != NULL) {
        dc_arena_destroy(config->arena);
    }
}

static char *existing(const char *folder, const char *rest)
{
    struct dc_strbuf path = DC_STRBUF_INIT(4096);

    if (folder != NULL && folder[0] != '\0') {
        dc_strbuf_printf(&path, "%s%s", folder, rest);
        if (access(dc_strbuf_text(&path), F_OK) == 0) {
            return dc_strbuf_take(&path);
        }
    }
    dc_strbuf_done(&path);
    return NULL;
}

char *dc_config_find(void)
{
    const char *xdg = getenv("XDG_CONFIG_HOME");
    char *found = existing(".", "/dcscan.yaml");

    if (found == NULL) {
        found = xdg != NULL && xdg[0] != '\0'
                    ? existing(xdg, "/dcscan/dcscan.yaml")
                    : existing(getenv("HOME"), "/.config/dcscan/dcscan.yaml");
    }
    return found != NULL ? found : existing("/etc", "/dcscan/dcscan.yaml");
}

const struct dc_source *dc_config_source(const struct dc_config *config, const char *name)
{
    for (size_t i = 0; i < config->n_sources; i++) {
        if (strcmp(config->sources[i].name, name) == 0) {
            return &config->sources[i];
        }
    }
    return NULL;
}
