/* dcscan sources: lists drivers, data sources and sources, and tests sources. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/alloc.h"
#include "named_source.h"
#include "sources_report.h"

struct arguments {
    struct cli_common common;
    struct session_options session;
    struct login_options login;
    const char *format;
    bool require_read_only;
};

static const struct cli_option options[] = {
    {"format", 0, "FORMAT", CLI_CHOICE, offsetof(struct arguments, format), 0, 0, "text|json",
     "form of the output"},
    SESSION_OPTION_CONFIG(struct arguments),
    LOGIN_OPTIONS(struct arguments),
    {"require-read-only", 0, NULL, CLI_FLAG, offsetof(struct arguments, require_read_only), 0, 0,
     NULL, "a source whose login can write, or may be able to, has failed"},
    CLI_END,
};

static bool wants_json(const struct arguments *arguments)
{
    return arguments->format != NULL && strcmp(arguments->format, "json") == 0;
}

/* ---- list ---- */

static void take_known(void *user, const char *name, const char *what)
{
    struct sources_known_list *list = user;

    list->items = dc_array_grow(list->items, list->n_items, &list->capacity, sizeof *list->items);
    list->items[list->n_items++] = (struct sources_known){
        .name = dc_arena_strdup(list->arena, name),
        .what = dc_arena_strdup(list->arena, what),
        .missing = what[0] == '/' && access(what, F_OK) != 0,
    };
}

static int list_sources(struct session *session, bool json)
{
    struct sources_listing listing = {.config = session->config};
    struct dc_err err = {0};
    enum dc_status status;

    listing.drivers.arena = listing.dsns.arena = session->arena;
    status = dc_odbc_list_drivers(take_known, &listing.drivers, &err);
    if (status == DC_OK) {
        status = dc_odbc_list_sources(take_known, &listing.dsns, &err);
    }
    if (status == DC_OK && json) {
        sources_list_json(&listing);
    } else if (status == DC_OK) {
        sources_list_text(&listing);
    }
    free(listing.drivers.items);
    free(listing.dsns.items);
    return status == DC_OK ? CLI_COMPLETE : session_fail(session, &err);
}

/* ---- test ---- */

static void count_tables(struct sources_tested *tested, const struct dc_catalog *catalog)
{
    tested->listed = true;
    tested->n_tables = (int64_t)catalog->n_tables;
    tested->n_columns = (int64_t)dc_catalog_count_columns(catalog);
    for (size_t i = 0; i < catalog->n_tables; i++) {
        tested->n_unreadable += catalog->tables[i].skip_reason != NULL;
    }
}

static void note_connection(struct sources_tested *tested, const struct dc_connection *connection,
                            struct dc_arena *arena)
{
    tested->connected = true;
    tested->info = *dc_connection_info(connection);
    tested->dialect = dc_connection_dialect(connection)->name;
    tested->dialect_reason = dc_arena_strdup(arena, dc_connection_dialect_reason(connection));
    tested->read_only = dc_connection_read_only(connection);
    tested->warning = dc_connection_warning(connection);
}

static void test_source(struct session *session, struct sources_tested *tested)
{
    struct dc_connection *connection = NULL;
    struct dc_catalog *catalog = NULL;
    struct dc_err *err = &tested->err;
    enum dc_status status = dc_connection_open(tested->source, session->dialects, &connection, err);

    if (status == DC_OK) {
        note_connection(tested, connection, session->arena);
        status = dc_connection_rights(connection, session->arena, &tested->rights, err);
    }
    if (status == DC_OK) {
        status = dc_connection_examine(connection, session->arena, &tested->found, err);
    }
    if (status == DC_OK) {
        status = dc_connection_list(connection, &catalog, err);
    }
    if (status == DC_OK) {
        count_tables(tested, catalog);
    }
    if (status == DC_OK && tested->source->require_read_only) {
        status = dc_connection_require_read_only(connection, &tested->rights, err);
    }
    err->status = status;
    dc_catalog_destroy(catalog);
    dc_connection_close(connection);
}

static bool is_open_now(const struct dc_source *source)
{
    time_t now = time(NULL);
    struct tm parts;

    return localtime_r(&now, &parts) == NULL ||
           dc_window_contains(&source->limits.window, parts.tm_hour * 60 + parts.tm_min);
}

static int test_sources(struct session *session, const struct arguments *arguments,
                        struct dc_source *sources, size_t n)
{
    struct sources_tested *tested = dc_arena_alloc(session->arena, (n + 1) * sizeof *tested);
    size_t n_failed = 0;

    for (size_t i = 0; i < n; i++) {
        sources[i].require_read_only = sources[i].require_read_only || arguments->require_read_only;
        tested[i] = (struct sources_tested){.source = &sources[i],
                                            .read_only = "none",
                                            .rights.writes = "",
                                            .found.database_encoding = "",
                                            .found.connection_encoding = "",
                                            .window_open = is_open_now(&sources[i])};
        test_source(session, &tested[i]);
        n_failed += tested[i].err.status != DC_OK;
        if (!wants_json(arguments)) {
            sources_test_text(&tested[i]);
        }
        if (tested[i].err.status != DC_OK) {
            fflush(stdout);
            console_error(&session->console, &tested[i].err);
        }
    }
    if (wants_json(arguments)) {
        sources_test_json(tested, n);
    }
    if (n_failed == n) {
        return CLI_NO_SOURCE;
    }
    return n_failed > 0 ? CLI_INCOMPLETE : CLI_COMPLETE;
}

static enum dc_status choose_all(struct session *session, struct dc_source **out, size_t *n,
                                 struct dc_err *err)
{
    const struct dc_config *config = session->config;

    if (config == NULL) {
        return dc_err_set(err, DC_ERR_USAGE,
                          "could not find a configuration, nor a source to test");
    }
    *n = config->n_sources;
    *out = dc_arena_alloc(session->arena, (*n + 1) * sizeof **out);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = config->sources[i];
    }
    return DC_OK;
}

/* A word that is no source of the configuration is taken for a DSN where there is no configuration, or for a connection string. */
static enum dc_status choose_named(struct session *session, const struct arguments *arguments,
                                   struct dc_texts words, struct dc_source **out, size_t *n,
                                   struct dc_err *err)
{
    const struct dc_config *config = session->config;
    enum dc_status status = DC_OK;

    *n = words.n_items - 1;
    *out = dc_arena_alloc(session->arena, (*n + 1) * sizeof **out);
    for (size_t i = 0; i < *n && status == DC_OK; i++) {
        const char *word = words.items[i + 1];

        if (config != NULL && dc_config_source(config, word) == NULL && strchr(word, '=') == NULL) {
            return dc_err_set(err, DC_ERR_USAGE, "unknown source \"%s\"", word);
        }
        status = named_source(session, &arguments->login, word, &(*out)[i], err);
    }
    return status;
}

static enum dc_status prepare(struct session *session, struct dc_texts operands, struct dc_err *err)
{
    if (operands.n_items == 0 ||
        (strcmp(operands.items[0], "list") != 0 && strcmp(operands.items[0], "test") != 0)) {
        return dc_err_set(err, DC_ERR_USAGE, "\"dcscan sources\" takes \"list\" or \"test\"");
    }
    return session_load_config(session, err);
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct dc_source *sources = NULL;
    struct session session;
    struct dc_err err = {0};
    enum dc_status status;
    size_t n = 0;
    int code;

    session_init(&session, &arguments->common, &arguments->session);
    status = prepare(&session, operands, &err);
    if (status == DC_OK && strcmp(operands.items[0], "list") == 0) {
        code = list_sources(&session, wants_json(arguments));
        session_done(&session);
        return code;
    }
    if (status == DC_OK) {
        status = operands.n_items == 1
                     ? choose_all(&session, &sources, &n, &err)
                     : choose_named(&session, arguments, operands, &sources, &n, &err);
    }
    if (status == DC_OK) {
        status = session_load_dialects(&session, &err);
    }
    code = status == DC_OK ? test_sources(&session, arguments, sources, n)
                           : session_fail(&session, &err);
    session_done(&session);
    return code;
}

const struct cli_command cmd_sources = {
    .name = "sources",
    .summary = "list drivers, data sources and sources, or test driver, login, rights, encoding, "
               "clock and read-only session",
    .usage = "list | test [SOURCE…] [options]",
    .text = "SOURCE is a name in the configuration, a connection string, or, without a "
            "configuration, a DSN.\n\n"
            "  dcscan sources list\n"
            "  dcscan sources test mes-wuhan --format json\n"
            "  dcscan sources test 'Driver=SQLite3;Database=plm.db'\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
