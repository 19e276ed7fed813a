/* Opening a workbook: its sheets, properties and shared strings. */
#include <stdlib.h>
#include <string.h>

#include "workbook_internal.h"

#define MAX_SHEETS     1000
#define MAX_PROPERTIES 1000
#define MAX_PROPERTY   4096

/* ---- sheets ---- */

struct sheets_reading {
    struct dc_workbook *workbook;
    const struct relations *relations;
    struct xml *xml;
    struct dc_err *err;
};

static void sheet_start(void *user, const char *name, const char **attributes)
{
    struct sheets_reading *reading = user;
    struct dc_workbook *workbook = reading->workbook;
    const char *title = xml_attribute(attributes, "name"), *id = xml_attribute(attributes, "id");
    const char *part = id == NULL ? NULL : relations_by_id(reading->relations, id);

    if (strcmp(name, "sheet") != 0 || title == NULL || part == NULL) {
        return;
    }
    if (workbook->n_sheets == MAX_SHEETS) {
        dc_err_set(reading->err, DC_ERR_CONFIG, "it has more than %d sheets", MAX_SHEETS);
        xml_fail(reading->xml, DC_ERR_CONFIG);
        return;
    }
    workbook->sheets = dc_array_grow(workbook->sheets, workbook->n_sheets,
                                     &workbook->sheets_capacity, sizeof *workbook->sheets);
    workbook->sheets[workbook->n_sheets++] = (struct sheet){dc_arena_strdup(workbook->arena, title),
                                                            part};
}

static const struct xml_events sheet_events = {.start = sheet_start};

static enum dc_status read_sheets(struct dc_workbook *workbook, const char *part,
                                  const struct relations *relations, struct dc_err *err)
{
    struct sheets_reading reading = {.workbook = workbook, .relations = relations, .err = err};
    bool found;
    enum dc_status status = package_parse(workbook->package, part, &sheet_events, &reading,
                                          &reading.xml, &found, err);

    if (status == DC_OK && (!found || workbook->n_sheets == 0)) {
        status = dc_err_set(err, DC_ERR_CONFIG, "it is no workbook: it has no sheets");
    }
    return status;
}

/* ---- properties ---- */

struct properties_reading {
    struct dc_workbook *workbook;
    struct xml *xml;
    const char *name; /* of the one under way, or NULL */
    struct dc_strbuf value;
};

static void property_start(void *user, const char *name, const char **attributes)
{
    struct properties_reading *reading = user;

    if (strcmp(name, "property") == 0) {
        reading->name = dc_arena_strdup(reading->workbook->arena,
                                        xml_attribute(attributes, "name"));
        dc_strbuf_reset(&reading->value);
    }
}

static void property_text(void *user, const char *text, size_t size)
{
    struct properties_reading *reading = user;

    if (reading->name != NULL) {
        dc_strbuf_append(&reading->value, text, size);
    }
}

static void property_end(void *user, const char *name)
{
    struct properties_reading *reading = user;
    struct dc_workbook *workbook = reading->workbook;

    if (strcmp(name, "property") != 0 || reading->name == NULL ||
        workbook->n_properties == MAX_PROPERTIES) {
        return;
    }
    workbook->properties = dc_array_grow(workbook->properties, workbook->n_properties,
                                         &workbook->properties_capacity,
                                         sizeof *workbook->properties);
    workbook->properties[workbook->n_properties++] = (struct property){
        reading->name, dc_arena_strdup(workbook->arena, dc_strbuf_text(&reading->value))};
    reading->name = NULL;
}

static const struct xml_events property_events = {property_start, property_end, property_text};

static enum dc_status read_properties(struct dc_workbook *workbook, const char *part,
                                      struct dc_err *err)
{
    struct properties_reading reading = {.workbook = workbook};
    enum dc_status status;
    bool found;

    dc_strbuf_init(&reading.value, MAX_PROPERTY);
    status = package_parse(workbook->package, part, &property_events, &reading, &reading.xml,
                           &found, err);
    dc_strbuf_done(&reading.value);
    return status;
}

/* ---- opening ---- */

static enum dc_status read_book(struct dc_workbook *workbook, const char *part, struct dc_err *err)
{
    struct relations relations;
    const char *strings;
    enum dc_status status = relations_read(workbook->package, part, workbook->arena, &relations,
                                           err);

    if (status == DC_OK) {
        status = read_sheets(workbook, part, &relations, err);
    }
    strings = relations_by_type(&relations, "/sharedStrings");
    if (status == DC_OK && strings != NULL) {
        status = workbook_read_strings(workbook, strings, err);
    }
    free(relations.items);
    return status;
}

static enum dc_status read_all(struct dc_workbook *workbook, struct dc_err *err)
{
    struct relations relations;
    const char *book, *properties;
    enum dc_status status = relations_read(workbook->package, "", workbook->arena, &relations, err);

    book = relations_by_type(&relations, "/officeDocument");
    properties = relations_by_type(&relations, "/custom-properties");
    if (status == DC_OK && book == NULL) {
        status = dc_err_set(err, DC_ERR_CONFIG, "it is no workbook: it names no main part");
    }
    if (status == DC_OK && properties != NULL) {
        status = read_properties(workbook, properties, err);
    }
    if (status == DC_OK) {
        status = read_book(workbook, book, err);
    }
    free(relations.items);
    return status;
}

enum dc_status dc_workbook_open(const char *path, struct dc_workbook **out, struct dc_err *err)
{
    struct dc_workbook *workbook = dc_alloc(1, sizeof *workbook);
    enum dc_status status = package_open(path, &workbook->package, err);

    workbook->arena = dc_arena_create(0);
    if (status == DC_OK) {
        status = read_all(workbook, err);
    }
    if (status != DC_OK) {
        dc_err_add_object(err, "could not read workbook \"%s\"", path);
        dc_workbook_close(workbook);
        return status;
    }
    *out = workbook;
    return DC_OK;
}

void dc_workbook_close(struct dc_workbook *workbook)
{
    if (workbook == NULL) {
        return;
    }
    package_close(workbook->package);
    free(workbook->sheets);
    free(workbook->properties);
    free(workbook->strings);
    dc_arena_destroy(workbook->arena);
    free(workbook);
}

size_t dc_workbook_n_sheets(const struct dc_workbook *workbook)
{
    return workbook->n_sheets;
}

const char *dc_workbook_sheet_name(const struct dc_workbook *workbook, size_t sheet)
{
    return workbook->sheets[sheet].name;
}

const char *dc_workbook_property(const struct dc_workbook *workbook, const char *name)
{
    for (size_t i = 0; i < workbook->n_properties; i++) {
        if (strcmp(workbook->properties[i].name, name) == 0) {
            return workbook->properties[i].value;
        }
    }
    return NULL;
}
