#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "dcscan/text.h"
#include "sources_report.h"

static void out(json_t *json)
{
    json_dumpf(json, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(json);
}

/* A driver may say anything: what is no UTF-8 is made so. */
static json_t *text_of(const char *text)
{
    struct dc_arena *arena = dc_arena_create(0);
    json_t *json = text == NULL ? json_null()
                                : json_string(dc_text_sanitize(arena, text, strlen(text), NULL));

    dc_arena_destroy(arena);
    return json;
}

static json_t *window_of(const struct dc_source *source)
{
    char text[DC_WINDOW_TEXT_SIZE];

    return source->limits.window.from == source->limits.window.to
               ? json_null()
               : json_string(dc_window_text(&source->limits.window, text));
}

static json_t *known_of(const struct sources_known_list *list, const char *what)
{
    json_t *array = json_array();

    for (size_t i = 0; i < list->n_items; i++) {
        json_array_append_new(
            array, json_pack("{s:o, s:o, s:b}", "name", text_of(list->items[i].name), what,
                             text_of(list->items[i].what), "missing", list->items[i].missing));
    }
    return array;
}

static json_t *source_of(const struct dc_source *source)
{
    static const char *const secrets[] = {
        [DC_SECRET_NONE] = "none",       [DC_SECRET_FILE] = "file",   [DC_SECRET_ENV] = "env",
        [DC_SECRET_COMMAND] = "command", [DC_SECRET_STDIN] = "stdin",
    };

    /* A connection string may hold a password, so it is left out. */
    return json_pack("{s:o, s:o, s:o, s:o, s:s, s:o, s:o, s:b}", "name", text_of(source->name),
                     "dsn", text_of(source->dsn), "login", text_of(source->user), "dialect",
                     text_of(source->dialect), "password", secrets[source->secret.kind], "system",
                     text_of(source->about[DC_ABOUT_SYSTEM]), "window", window_of(source),
                     "require_read_only", source->require_read_only);
}

void sources_list_json(const struct sources_listing *listing)
{
    json_t *sources = json_array();

    for (size_t i = 0; listing->config != NULL && i < listing->config->n_sources; i++) {
        json_array_append_new(sources, source_of(&listing->config->sources[i]));
    }
    out(json_pack("{s:o, s:o, s:o}", "drivers", known_of(&listing->drivers, "library"),
                  "data_sources", known_of(&listing->dsns, "driver"), "sources", sources));
}

static json_t *error_of(const struct sources_tested *tested)
{
    char buffer[DC_ERR_MESSAGE_SIZE + DC_ERR_OBJECT_SIZE];

    return tested->err.status == DC_OK
               ? json_null()
               : text_of(dc_err_format(&tested->err, buffer, sizeof buffer));
}

static json_t *missing_of(const struct sources_tested *tested)
{
    json_t *array = json_array();

    for (size_t i = 0; i < tested->found.n_missing; i++) {
        json_array_append_new(array, json_pack("{s:o, s:o}", "what",
                                               text_of(tested->found.missing[i].what), "grant",
                                               text_of(tested->found.missing[i].grant)));
    }
    return array;
}

static void add_connection(json_t *json, const struct sources_tested *tested)
{
    const struct dc_odbc_info *info = &tested->info;
    const struct dc_examination *found = &tested->found;

    json_object_set_new(json, "dbms", text_of(info->dbms_name));
    json_object_set_new(json, "dbms_version", text_of(info->dbms_version));
    json_object_set_new(json, "driver", text_of(info->driver_name));
    json_object_set_new(json, "driver_version", text_of(info->driver_version));
    json_object_set_new(json, "login", text_of(info->user_name));
    json_object_set_new(json, "dialect", text_of(tested->dialect));
    json_object_set_new(json, "dialect_reason", text_of(tested->dialect_reason));
    json_object_set_new(json, "read_only", text_of(tested->read_only));
    json_object_set_new(json, "can_write", text_of(dc_can_write_name(tested->rights.can_write)));
    json_object_set_new(json, "writes", text_of(tested->rights.writes));
    json_object_set_new(json, "encoding",
                        json_pack("{s:o, s:o}", "database", text_of(found->database_encoding),
                                  "connection", text_of(found->connection_encoding)));
    json_object_set_new(json, "clock_ahead_seconds",
                        found->clock_known ? json_real(found->clock_ahead) : json_null());
    json_object_set_new(json, "missing", missing_of(tested));
    json_object_set_new(json, "warning", text_of(tested->warning));
}

static json_t *tested_of(const struct sources_tested *tested)
{
    json_t *json = json_pack(
        "{s:o, s:b, s:o, s:o, s:b, s:b}", "source", text_of(tested->source->name), "ok",
        tested->err.status == DC_OK, "error", error_of(tested), "window", window_of(tested->source),
        "window_open", tested->window_open, "require_read_only", tested->source->require_read_only);

    if (tested->connected) {
        add_connection(json, tested);
    }
    if (tested->listed) {
        json_object_set_new(json, "tables", json_integer(tested->n_tables));
        json_object_set_new(json, "columns", json_integer(tested->n_columns));
        json_object_set_new(json, "tables_unreadable", json_integer(tested->n_unreadable));
    }
    return json;
}

void sources_test_json(const struct sources_tested *tested, size_t n)
{
    json_t *array = json_array();

    for (size_t i = 0; i < n; i++) {
        json_array_append_new(array, tested_of(&tested[i]));
    }
    out(array);
}
