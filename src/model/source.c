/* Sources: what the user says of them, and what their globs let in. */
#include <stdio.h>
#include <string.h>

#include "dcscan/source.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"

#define MAX_QUALIFIED_NAME 16384 /* three names of 4 KiB and more; no DBMS allows a tenth of it */

const char *dc_about_key(enum dc_about about)
{
    static const char *const keys[DC_N_ABOUT] = {
        [DC_ABOUT_SYSTEM] = "system",         [DC_ABOUT_PLANT] = "plant",
        [DC_ABOUT_DEPARTMENT] = "department", [DC_ABOUT_OWNER] = "owner",
        [DC_ABOUT_CONTACT] = "contact",       [DC_ABOUT_PURPOSE] = "purpose",
        [DC_ABOUT_MANNER] = "manner",         [DC_ABOUT_SCOPE] = "scope",
        [DC_ABOUT_RETENTION] = "retention",   [DC_ABOUT_STORAGE] = "storage",
        [DC_ABOUT_SHARING] = "sharing",       [DC_ABOUT_EXPORT] = "export",
        [DC_ABOUT_PROTECTION] = "protection", [DC_ABOUT_MLPS] = "mlps",
    };

    return (size_t)about < DC_N_ABOUT ? keys[about] : "";
}

static int64_t or_default(int64_t value, int64_t fallback)
{
    return value > 0 ? value : fallback;
}

struct dc_limits dc_limits_effective(const struct dc_limits *limits)
{
    return (struct dc_limits){
        .sample_rows = or_default(limits->sample_rows, DC_DEFAULT_SAMPLE_ROWS),
        .value_bytes = or_default(limits->value_bytes, DC_DEFAULT_VALUE_BYTES),
        .table_bytes = or_default(limits->table_bytes, DC_DEFAULT_TABLE_BYTES),
        .table_seconds = or_default(limits->table_seconds, DC_DEFAULT_TABLE_SECONDS),
        .connect_seconds = or_default(limits->connect_seconds, DC_DEFAULT_CONNECT_SECONDS),
        .reconnect_seconds = or_default(limits->reconnect_seconds, DC_DEFAULT_RECONNECT_SECONDS),
        .pause_milliseconds = or_default(limits->pause_milliseconds, 0),
        .connections = or_default(limits->connections, DC_DEFAULT_CONNECTIONS),
        .source_seconds = or_default(limits->source_seconds, 0),
        .source_rows = or_default(limits->source_rows, 0),
        .source_bytes = or_default(limits->source_bytes, 0),
        .window = limits->window,
    };
}

/* ---- windows ---- */

/* Reads "hh:mm" or "h:mm"; returns what follows, or NULL. */
static const char *read_time(const char *at, int32_t last, int32_t *minute)
{
    int32_t parts[2] = {0, 0};

    for (int i = 0; i < 2; i++) {
        int n_digits = 0;

        for (; *at >= '0' && *at <= '9' && n_digits < 2; at++, n_digits++) {
            parts[i] = parts[i] * 10 + (*at - '0');
        }
        if (n_digits == 0 || (i == 1 && n_digits != 2) || (i == 0 && *at++ != ':')) {
            return NULL;
        }
    }
    *minute = parts[0] * 60 + parts[1];
    return parts[1] < 60 && *minute <= last ? at : NULL;
}

bool dc_window_parse(const char *text, struct dc_window *out)
{
    struct dc_window window;
    const char *at = read_time(text + strspn(text, " "), DC_MINUTES_A_DAY - 1, &window.from);

    if (at == NULL) {
        return false;
    }
    at += strspn(at, " ");
    if (*at++ != '-') {
        return false;
    }
    at = read_time(at + strspn(at, " "), DC_MINUTES_A_DAY, &window.to);
    if (at == NULL || at[strspn(at, " ")] != '\0' || window.from == window.to) {
        return false;
    }
    *out = window;
    return true;
}

bool dc_window_contains(const struct dc_window *window, int32_t minute)
{
    if (window->from == window->to) {
        return true;
    }
    return window->from < window->to ? minute >= window->from && minute < window->to
                                     : minute >= window->from || minute < window->to;
}

const char *dc_window_text(const struct dc_window *window, char out[DC_WINDOW_TEXT_SIZE])
{
    out[0] = '\0';
    if (window->from != window->to) {
        snprintf(out, DC_WINDOW_TEXT_SIZE, "%02d:%02d-%02d:%02d", (int)window->from / 60 % 100,
                 (int)window->from % 60, (int)window->to / 60 % 100, (int)window->to % 60);
    }
    return out;
}

/* Dots that part names: not those inside a [set] or behind a backslash. */
static size_t count_dots(const char *glob)
{
    size_t n = 0;
    bool in_set = false;

    for (; *glob != '\0'; glob++) {
        if (*glob == '\\' && glob[1] != '\0') {
            glob++;
        } else if (*glob == '[' && strchr(glob, ']') != NULL) {
            in_set = true;
        } else if (*glob == ']') {
            in_set = false;
        } else if (*glob == '.' && !in_set) {
            n++;
        }
    }
    return n;
}

static bool match(const char *glob, const char *catalog, const char *schema, const char *table)
{
    struct dc_strbuf name = DC_STRBUF_INIT(MAX_QUALIFIED_NAME);
    size_t n_dots = count_dots(glob);
    bool found;

    if (n_dots == 1) {
        dc_strbuf_printf(&name, "%s.", schema[0] != '\0' ? schema : catalog);
    } else if (n_dots > 1) {
        dc_strbuf_printf(&name, "%s.%s.", catalog, schema);
    }
    dc_strbuf_puts(&name, table);
    found = dc_glob_match(glob, dc_strbuf_text(&name));
    dc_strbuf_done(&name);
    return found;
}

static bool match_any(const char *const *globs, size_t n_globs, const char *catalog,
                      const char *schema, const char *table)
{
    for (size_t i = 0; i < n_globs; i++) {
        if (match(globs[i], catalog, schema, table)) {
            return true;
        }
    }
    return false;
}

bool dc_source_includes(const struct dc_source *source, const char *catalog, const char *schema,
                        const char *table)
{
    const char *in = catalog == NULL ? "" : catalog;
    const char *under = schema == NULL ? "" : schema;

    if (match_any(source->exclude, source->n_exclude, in, under, table)) {
        return false;
    }
    return source->n_include == 0 ||
           match_any(source->include, source->n_include, in, under, table);
}
