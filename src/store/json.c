/*
 * Lists inside one value, as JSON. What cannot be read back gives an empty list: a damaged line of evidence must not cost the reader the
 * whole inventory.
 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "store_internal.h"

#define MAX_NAME (1 << 20)
#define COMPACT  (JSON_COMPACT | JSON_REAL_PRECISION(8))

static json_t *text_value(const char *text)
{
    json_t *value = json_string(text == NULL ? "" : text);
    struct dc_arena *arena;

    if (value == NULL) { /* invalid UTF-8 */
        arena = dc_arena_create(0);
        value = json_string(dc_text_sanitize(arena, text, strlen(text), NULL));
        dc_arena_destroy(arena);
    }
    return value;
}

/* A name as it has to be sent to its DBMS again: what is no UTF-8 as {"hex": bytes}. */
static json_t *name_value(const char *name)
{
    json_t *value = json_string(name == NULL ? "" : name);
    struct dc_strbuf hex;

    if (value != NULL) {
        return value;
    }
    dc_strbuf_init(&hex, MAX_NAME);
    for (const char *byte = name; *byte != '\0'; byte++) {
        dc_strbuf_printf(&hex, "%02x", (unsigned char)*byte);
    }
    value = json_object();
    json_object_set_new(value, "hex", json_string(dc_strbuf_text(&hex)));
    dc_strbuf_done(&hex);
    return value;
}

/* The text of a value, which is released. */
static const char *dumped(struct dc_arena *arena, json_t *value)
{
    char *text = json_dumps(value, COMPACT);
    const char *copy;

    json_decref(value);
    if (text == NULL) {
        abort(); /* out of memory */
    }
    copy = dc_arena_strdup(arena, text);
    free(text);
    return copy;
}

static json_t *loaded_list(const char *text)
{
    json_t *list = json_loads(text, 0, NULL);

    if (list != NULL && !json_is_array(list)) {
        json_decref(list);
        list = NULL;
    }
    return list;
}

/* Items of an inner list; what is missing or of another type is empty. */
static const char *text_at(struct dc_arena *arena, const json_t *list, size_t index)
{
    const char *text = json_string_value(json_array_get(list, index));

    return text == NULL || text[0] == '\0' ? "" : dc_arena_strdup(arena, text);
}

static char digit_value(char digit)
{
    return (char)(digit >= 'a' ? digit - 'a' + 10 : digit - '0');
}

static const char *exact_name(struct dc_arena *arena, const char *hex)
{
    size_t size = strlen(hex) / 2;
    char *name = dc_arena_alloc(arena, size + 1);

    for (size_t i = 0; i < size; i++) {
        name[i] = (char)(digit_value(hex[2 * i]) * 16 + digit_value(hex[2 * i + 1]));
    }
    return name;
}

static const char *name_at(struct dc_arena *arena, const json_t *list, size_t index)
{
    const char *hex = json_string_value(json_object_get(json_array_get(list, index), "hex"));

    return hex != NULL ? exact_name(arena, hex) : text_at(arena, list, index);
}

static int64_t int_at(const json_t *list, size_t index)
{
    return json_integer_value(json_array_get(list, index));
}

/* ---- texts ---- */

const char *store_encode_texts(struct dc_arena *arena, const char *const *texts, size_t n_texts)
{
    json_t *list;

    if (n_texts == 0) {
        return "[]";
    }
    list = json_array();
    for (size_t i = 0; i < n_texts; i++) {
        json_array_append_new(list, text_value(texts[i]));
    }
    return dumped(arena, list);
}

void store_decode_texts(struct dc_arena *arena, const char *json, const char *const **texts,
                        size_t *n_texts)
{
    json_t *list = loaded_list(json);
    size_t n = json_array_size(list);
    const char **out = dc_arena_alloc(arena, n * sizeof *out);

    for (size_t i = 0; i < n; i++) {
        out[i] = text_at(arena, list, i);
    }
    json_decref(list);
    *texts = out;
    *n_texts = n;
}

/* ---- evidence ---- */

const char *store_encode_evidence(struct dc_arena *arena, const struct dc_evidence *evidence,
                                  size_t n_evidence)
{
    json_t *list;

    if (n_evidence == 0) {
        return "[]";
    }
    list = json_array();
    for (size_t i = 0; i < n_evidence; i++) {
        const struct dc_evidence *line = &evidence[i];
        json_t *item = json_array();

        json_array_append_new(item, text_value(dc_evidence_kind_name(line->kind)));
        json_array_append_new(item, text_value(line->rule));
        json_array_append_new(item, text_value(line->detail));
        json_array_append_new(item, json_real(isfinite(line->weight) ? line->weight : 0));
        json_array_append_new(item, text_value(line->leaf));
        json_array_append_new(item, json_integer(line->matched));
        json_array_append_new(item, json_integer(line->tested));
        json_array_append_new(item, json_integer(line->distinct));
        json_array_append_new(list, item);
    }
    return dumped(arena, list);
}

static enum dc_evidence_kind evidence_kind(const char *name)
{
    int kind = 0;

    while (kind < DC_N_EVIDENCE_KINDS - 1 &&
           strcmp(name, dc_evidence_kind_name((enum dc_evidence_kind)kind)) != 0) {
        kind++;
    }
    return (enum dc_evidence_kind)kind;
}

void store_decode_evidence(struct dc_arena *arena, const char *json,
                           const struct dc_evidence **evidence, size_t *n_evidence)
{
    json_t *list = loaded_list(json);
    size_t n = json_array_size(list);
    struct dc_evidence *out = dc_arena_alloc(arena, n * sizeof *out);

    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(list, i);

        out[i] = (struct dc_evidence){
            .kind = evidence_kind(text_at(arena, item, 0)),
            .rule = text_at(arena, item, 1),
            .detail = text_at(arena, item, 2),
            .weight = json_number_value(json_array_get(item, 3)),
            .leaf = text_at(arena, item, 4),
            .matched = int_at(item, 5),
            .tested = int_at(item, 6),
            .distinct = int_at(item, 7),
        };
    }
    json_decref(list);
    *evidence = out;
    *n_evidence = n;
}

/* ---- shapes ---- */

#define SHAPE(name)                                   \
    {                                                 \
#name, offsetof(struct dc_shape_counts, name) \
    }

static const struct {
    const char *name;
    size_t offset;
} shape_names[] = {
    SHAPE(integer),   SHAPE(decimal),    SHAPE(zero_or_one),
    SHAPE(date),      SHAPE(midnight),   SHAPE(has_han),
    SHAPE(all_han),   SHAPE(has_letter), SHAPE(all_upper_alnum),
    SHAPE(has_space), SHAPE(has_star),   SHAPE(json),
    SHAPE(xml),       SHAPE(base64ish),  SHAPE(hex),
    SHAPE(sentence),  SHAPE(short_text), SHAPE(long_text),
    SHAPE(negative),  SHAPE(lat_range),  SHAPE(lng_range),
};
#define N_SHAPES (sizeof shape_names / sizeof shape_names[0])
_Static_assert(N_SHAPES * sizeof(uint32_t) == sizeof(struct dc_shape_counts),
               "every shape is stored");

const char *store_encode_shapes(struct dc_arena *arena, const struct dc_shape_counts *shapes)
{
    json_t *object = json_object();

    for (size_t i = 0; i < N_SHAPES; i++) {
        uint32_t count;

        memcpy(&count, (const char *)shapes + shape_names[i].offset, sizeof count);
        if (count > 0) {
            json_object_set_new(object, shape_names[i].name, json_integer(count));
        }
    }
    return dumped(arena, object);
}

void store_decode_shapes(const char *json, struct dc_shape_counts *shapes)
{
    json_t *object = json_loads(json, 0, NULL);

    for (size_t i = 0; i < N_SHAPES; i++) {
        uint32_t count = (uint32_t)json_integer_value(json_object_get(object, shape_names[i].name));

        memcpy((char *)shapes + shape_names[i].offset, &count, sizeof count);
    }
    json_decref(object);
}

/* ---- columns of a planned table ---- */

const char *store_reference(struct dc_arena *arena, const struct dc_column *column)
{
    const char *schema = column->ref_schema == NULL ? "" : column->ref_schema;

    if (column->ref_table == NULL) {
        return "";
    }
    return dc_arena_printf(arena, "%s%s%s.%s", schema, schema[0] == '\0' ? "" : ".",
                           column->ref_table, column->ref_column == NULL ? "" : column->ref_column);
}

const char *store_encode_columns(struct dc_arena *arena, const struct dc_table *table)
{
    json_t *list = json_array();

    for (size_t i = 0; i < table->n_columns; i++) {
        const struct dc_column *column = &table->columns[i];
        json_t *item = json_array();

        json_array_append_new(item, name_value(column->name));
        json_array_append_new(item, text_value(column->comment));
        json_array_append_new(item, text_value(column->type_name));
        json_array_append_new(item, text_value(dc_type_class_name(column->type)));
        json_array_append_new(item, json_integer(column->ordinal));
        json_array_append_new(item, json_integer(column->nullable));
        json_array_append_new(item, json_integer(column->primary_key));
        json_array_append_new(item, text_value(store_reference(arena, column)));
        json_array_append_new(item, json_integer(column->length));
        json_array_append_new(item, json_integer(column->scale));
        json_array_append_new(item, json_integer(column->auto_increment));
        json_array_append_new(item, json_integer(column->unreadable));
        json_array_append_new(item, text_value(column->ref_schema));
        json_array_append_new(item, text_value(column->ref_table));
        json_array_append_new(item, text_value(column->ref_column));
        json_array_append_new(list, item);
    }
    return dumped(arena, list);
}

static const char *text_or_null(struct dc_arena *arena, const json_t *list, size_t index)
{
    const char *text = text_at(arena, list, index);

    return text[0] == '\0' ? NULL : text;
}

const char *store_encode_names(struct dc_arena *arena, const struct dc_table *table)
{
    json_t *list;

    if (dc_utf8_valid(table->catalog, strlen(table->catalog)) &&
        dc_utf8_valid(table->schema, strlen(table->schema)) &&
        dc_utf8_valid(table->name, strlen(table->name))) {
        return "";
    }
    list = json_array();
    json_array_append_new(list, name_value(table->catalog));
    json_array_append_new(list, name_value(table->schema));
    json_array_append_new(list, name_value(table->name));
    return dumped(arena, list);
}

void store_decode_names(struct dc_arena *arena, const char *json, struct dc_table *table)
{
    json_t *list = loaded_list(json);

    if (list != NULL) {
        table->catalog = name_at(arena, list, 0);
        table->schema = name_at(arena, list, 1);
        table->name = name_at(arena, list, 2);
    }
    json_decref(list);
}

/* A key of a table alone has no schema, as in SQLite: whether "" or NULL stood there makes no difference to a reference. */
static void take_reference(struct dc_arena *arena, const json_t *list, size_t first,
                           struct dc_column *column)
{
    column->ref_table = text_or_null(arena, list, first + 1);
    if (column->ref_table != NULL) {
        column->ref_schema = text_at(arena, list, first);
        column->ref_column = text_at(arena, list, first + 2);
    }
}

void store_decode_table(struct dc_catalog *catalog, struct dc_table *table, const char *json)
{
    json_t *list = loaded_list(json);
    size_t n = json_array_size(list);

    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(list, i);
        enum dc_type_class type = DC_TYPE_UNKNOWN;
        struct dc_column *column;

        dc_type_class_parse(text_at(catalog->arena, item, 3), &type);
        column = dc_table_add_column(catalog, table, name_at(catalog->arena, item, 0),
                                     text_at(catalog->arena, item, 1),
                                     text_at(catalog->arena, item, 2), type);
        column->ordinal = (int32_t)int_at(item, 4);
        column->nullable = int_at(item, 5) != 0;
        column->primary_key = int_at(item, 6) != 0;
        column->length = int_at(item, 8);
        column->scale = (int32_t)int_at(item, 9);
        column->auto_increment = int_at(item, 10) != 0;
        column->unreadable = int_at(item, 11) != 0;
        take_reference(catalog->arena, item, 12, column);
    }
    json_decref(list);
}

void store_decode_columns(struct dc_arena *arena, const char *json,
                          struct dc_inventory_column **columns, size_t *n_columns)
{
    json_t *list = loaded_list(json);
    size_t n = json_array_size(list);
    struct dc_inventory_column *out = dc_arena_alloc(arena, n * sizeof *out);

    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(list, i);
        const char *name;

        name = name_at(arena, item, 0);
        out[i].name = dc_text_sanitize(arena, name, strlen(name), NULL);
        out[i].comment = text_at(arena, item, 1);
        out[i].type_name = text_at(arena, item, 2);
        dc_type_class_parse(text_at(arena, item, 3), &out[i].type);
        out[i].ordinal = (int32_t)int_at(item, 4);
        out[i].nullable = int_at(item, 5) != 0;
        out[i].primary_key = int_at(item, 6) != 0;
        out[i].reference = text_at(arena, item, 7);
    }
    json_decref(list);
    *columns = out;
    *n_columns = n;
}
