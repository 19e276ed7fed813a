/* Which sources a scan reads: those named on the command line, else all of the configuration. */
#include <string.h>

#include "cmd_scan.h"
#include "dcscan/alloc.h"

static int64_t either(int64_t given, int64_t known)
{
    return given != 0 ? given : known;
}

/* Options win over what the configuration says of each source. */
static void apply_options(const struct scan_arguments *arguments, const struct dc_window *window,
                          struct dc_source *source)
{
    const struct dc_limits *given = &arguments->limits;
    struct dc_limits *limits = &source->limits;

    limits->sample_rows = either(given->sample_rows, limits->sample_rows);
    limits->value_bytes = either(given->value_bytes, limits->value_bytes);
    limits->table_bytes = either(given->table_bytes, limits->table_bytes);
    limits->table_seconds = either(given->table_seconds, limits->table_seconds);
    limits->connect_seconds = either(given->connect_seconds, limits->connect_seconds);
    limits->reconnect_seconds = either(given->reconnect_seconds, limits->reconnect_seconds);
    limits->pause_milliseconds = either(given->pause_milliseconds, limits->pause_milliseconds);
    limits->connections = either(given->connections, limits->connections);
    limits->source_seconds = either(given->source_seconds, limits->source_seconds);
    limits->source_rows = either(given->source_rows, limits->source_rows);
    limits->source_bytes = either(given->source_bytes, limits->source_bytes);
    if (window->from != window->to) {
        limits->window = *window;
    }
    source->require_read_only = source->require_read_only || arguments->require_read_only;
    if (arguments->include.n_items > 0) {
        source->include = arguments->include.items;
        source->n_include = arguments->include.n_items;
    }
    if (arguments->exclude.n_items > 0) {
        source->exclude = arguments->exclude.items;
        source->n_exclude = arguments->exclude.n_items;
    }
}

/* Findings are keyed by the source's name: two databases of one name get different ones. */
static void make_names_unique(struct scan_session *session)
{
    for (size_t i = 1; i < session->n_sources; i++) {
        const char *base = session->sources[i].name;

        for (size_t j = 0, n = 2; j < i; j++) {
            if (strcmp(session->sources[i].name, session->sources[j].name) == 0) {
                session->sources[i].name = dc_arena_printf(session->base.arena, "%s-%zu", base,
                                                           n++);
                j = (size_t)-1;
            }
        }
    }
}

enum dc_status scan_choose_sources(struct scan_session *session, struct dc_texts operands,
                                   struct dc_err *err)
{
    size_t n_known = session->base.config != NULL ? session->base.config->n_sources : 0;
    size_t n = operands.n_items > 0 ? operands.n_items : n_known;
    const char *window_text = session->arguments->window;
    struct dc_window window = {0, 0};

    if (window_text != NULL && !dc_window_parse(window_text, &window)) {
        return dc_err_set(err, DC_ERR_USAGE,
                          "option \"--window\" takes two times of the day such as "
                          "\"22:00-05:00\", not \"%s\"",
                          window_text);
    }
    if (n == 0) {
        dc_err_set(err, DC_ERR_USAGE, "could not find a source to scan");
        dc_err_set_hint(
            err, "name a DSN or an ODBC connection string, or write sources into dcscan.yaml");
        return DC_ERR_USAGE;
    }
    session->sources = dc_arena_alloc(session->base.arena, n * sizeof *session->sources);
    session->n_sources = n;
    for (size_t i = 0; i < n; i++) {
        enum dc_status status = DC_OK;

        if (operands.n_items > 0) {
            status = named_source(&session->base, &session->arguments->login, operands.items[i],
                                  &session->sources[i], err);
        } else {
            session->sources[i] = session->base.config->sources[i];
        }
        if (status != DC_OK) {
            return status;
        }
        apply_options(session->arguments, &window, &session->sources[i]);
    }
    make_names_unique(session);
    return DC_OK;
}
