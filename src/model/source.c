/* Sources: what the user says of them, and what their globs let in. */
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
        .pause_milliseconds = or_default(limits->pause_milliseconds, 0),
        .connections = or_default(limits->connections, DC_DEFAULT_CONNECTIONS),
    };
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
