/* Verdicts out of JSON Lines and out of a stored run. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval_internal.h"

#define JSON_LINES_DIGITS 6 /* of a real in a JSON Lines report */

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text == NULL ? "" : text;
}

/* "G3", "3" or 3. */
static bool level_of(const json_t *value, int *level)
{
    const char *text = json_string_value(value);
    char *end = NULL;
    long number;

    if (json_is_integer(value)) {
        *level = (int)json_integer_value(value);
        return true;
    }
    if (text == NULL) {
        return false;
    }
    text += strspn(text, "Gg");
    number = strtol(text, &end, 10);
    *level = (int)number;
    return end != text && *end == '\0';
}

static bool confidence_of(const json_t *value, double *confidence)
{
    const char *text = json_string_value(value);
    char *end = NULL;

    if (json_is_number(value)) {
        *confidence = json_number_value(value);
        return true;
    }
    if (text == NULL) {
        return false;
    }
    *confidence = strtod(text, &end);
    return end != text && *end == '\0';
}

/* A list that is not empty, or a plain yes. */
static bool is_yes(const json_t *value)
{
    return json_is_true(value) || json_array_size(value) > 0 || json_object_size(value) > 0 ||
           json_string_length(value) > 0 ||
           (json_is_number(value) && json_number_value(value) != 0);
}

static void add_object(struct dc_eval_results *results, const json_t *object)
{
    struct dc_eval_row row = {.source = text_of(object, "source"),
                              .schema = text_of(object, "schema"),
                              .table = text_of(object, "table"),
                              .column = text_of(object, "column"),
                              .category = text_of(object, "category"),
                              .pi = text_of(object, "pi"),
                              .important = is_yes(json_object_get(object, "important"))};

    row.has_level = level_of(json_object_get(object, "level"), &row.level);
    row.has_confidence = confidence_of(json_object_get(object, "confidence"), &row.confidence);
    dc_eval_results_add(results, &row);
}

static enum dc_status read_lines(struct dc_eval_results *results, const char *path, FILE *file,
                                 struct dc_err *err)
{
    char *line = NULL;
    size_t capacity = 0, number = 0;
    ssize_t size;
    enum dc_status status = DC_OK;

    while (status == DC_OK && (size = getline(&line, &capacity, file)) >= 0) {
        json_t *object;
        json_error_t error;

        number++;
        if (line[strspn(line, " \t\r\n")] == '\0') {
            continue;
        }
        object = json_loadb(line, (size_t)size, 0, &error);
        if (json_is_object(object)) {
            add_object(results, object);
        } else {
            status = dc_err_set(err, DC_ERR_CONFIG,
                                "could not read results: %s:%zu: not a JSON object", path, number);
        }
        json_decref(object);
    }
    if (status == DC_OK && ferror(file)) {
        status = dc_err_set(err, DC_ERR_CONFIG, "could not read \"%s\": %s", path, strerror(errno));
    }
    free(line);
    return status;
}

enum dc_status dc_eval_results_read(struct dc_eval_results *results, const char *path,
                                    struct dc_err *err)
{
    FILE *file = fopen(path, "re");
    enum dc_status status;

    if (file == NULL) {
        return dc_err_set(err, DC_ERR_CONFIG, "could not open \"%s\": %s", path, strerror(errno));
    }
    status = read_lines(results, path, file, err);
    fclose(file);
    return status;
}

/* ---- a stored run ---- */

static double as_reported(double confidence)
{
    char text[32];

    snprintf(text, sizeof text, "%.*g", JSON_LINES_DIGITS, confidence);
    return strtod(text, NULL);
}

static void add_column(struct dc_eval_results *results, const struct dc_inventory_column *column)
{
    const struct dc_finding *finding = &column->finding;
    bool decided = finding->status == DC_COLUMN_OK;
    struct dc_eval_row row = {.source = column->table->source,
                              .schema = column->table->schema,
                              .table = column->table->name,
                              .column = column->name,
                              .category = decided ? finding->leaf : "",
                              .has_level = decided && finding->level > 0,
                              .level = finding->level,
                              .has_confidence = decided,
                              .confidence = as_reported(finding->confidence),
                              .pi = dc_pi_name(finding->pi),
                              .important = decided && finding->n_important > 0};

    dc_eval_results_add(results, &row);
}

enum dc_status dc_eval_results_read_run(struct dc_eval_results *results,
                                        struct dc_inventory_reader *reader, struct dc_err *err)
{
    const struct dc_inventory_table *table = NULL;
    const struct dc_inventory_column *column = NULL;
    enum dc_status status = reader->class_->rewind(reader, err);

    while (status == DC_OK) {
        status = reader->class_->next_table(reader, &table, err);
        if (status != DC_OK || table == NULL) {
            break;
        }
        do {
            status = reader->class_->next_column(reader, &column, err);
            if (status == DC_OK && column != NULL) {
                add_column(results, column);
            }
        } while (status == DC_OK && column != NULL);
    }
    return status;
}
