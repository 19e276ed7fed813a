#include <jansson.h>
#include <string.h>

#include "changes.h"
#include "dcscan/text.h"

static int64_t earlier_of(const struct dc_changes *changes, const char *source)
{
    for (size_t i = 0; i < changes->n_sources; i++) {
        if (strcmp(changes->sources[i].name, source) == 0) {
            return changes->sources[i].older_run;
        }
    }
    return 0;
}

/* Text that may not be UTF-8 makes no string; then the fit form stands. */
static json_t *text_of(const struct told_changes *told, const char *text)
{
    json_t *string = json_string(text);

    return string != NULL ? string
                          : json_string(dc_text_sanitize(told->arena, text, strlen(text), NULL));
}

/* null where it does not apply. */
static json_t *optional_of(const struct told_changes *told, const char *text)
{
    return text[0] == '\0' ? json_null() : text_of(told, text);
}

static json_t *change_of(const struct told_changes *told, const struct dc_change *change)
{
    bool trigger = dc_change_is_trigger(change->kind);
    const char *name = dc_change_kind_name(change->kind);
    json_t *object = json_object();

    json_object_set_new(object, "run", json_integer(told->run_id));
    json_object_set_new(object, "earlier_run",
                        json_integer(earlier_of(told->changes, change->source)));
    json_object_set_new(object, "change", json_string(name));
    json_object_set_new(object, "regrade", json_boolean(trigger));
    json_object_set_new(
        object, "basis",
        trigger ? text_of(told, dc_report_word(told->definition, told->lang, "change_basis", name))
                : json_null());
    json_object_set_new(object, "source", text_of(told, change->source));
    json_object_set_new(object, "catalog", text_of(told, change->catalog));
    json_object_set_new(object, "schema", text_of(told, change->schema));
    json_object_set_new(object, "table", text_of(told, change->table));
    json_object_set_new(object, "column", optional_of(told, change->column));
    json_object_set_new(object, "before", optional_of(told, change->before));
    json_object_set_new(object, "after", optional_of(told, change->after));
    json_object_set_new(object, "category", optional_of(told, change->leaf));
    json_object_set_new(object, "level",
                        change->level > 0 ? json_integer(change->level) : json_null());
    json_object_set_new(object, "pi", json_string(dc_pi_name(change->pi)));
    return object;
}

bool changes_json(FILE *out, const struct told_changes *told)
{
    bool good = true;

    for (size_t i = 0; good && i < told->changes->n_items; i++) {
        json_t *object = change_of(told, &told->changes->items[i]);

        good = json_dumpf(object, out, JSON_COMPACT) == 0 && fputc('\n', out) != EOF;
        json_decref(object);
    }
    return good;
}
