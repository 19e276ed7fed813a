/*
 * Private to src/workbook: package.c the zip, xml.c one part of it as events, rels.c what the package says of itself, strings.c the shared
 * strings, sheet.c rows.
 */
#ifndef WORKBOOK_INTERNAL_H
#define WORKBOOK_INTERNAL_H

#include <stdbool.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/workbook.h"

/* ---- xml.c ---- */

struct xml;
/* Names come without their prefix. Attributes are name, value, …, NULL. A handler that fails calls xml_fail. */
struct xml_events {
    void (*start)(void *user, const char *name, const char **attributes);
    void (*end)(void *user, const char *name);
    void (*text)(void *user, const char *text, size_t size);
};
struct xml *xml_create(const struct xml_events *events, void *user, struct dc_err *err);
void xml_destroy(struct xml *xml);
/* Size 0 with `last` ends the document. DC_ERR_CONFIG for what is not well-formed, has a document type or is built to exhaust. */
enum dc_status xml_feed(struct xml *xml, const char *bytes, size_t size, bool last);
/* Ends the parsing with `status`; the caller has filled the error. */
void xml_fail(struct xml *xml, enum dc_status status);
/* The value of an attribute, or NULL. `name` without its prefix. */
const char *xml_attribute(const char **attributes, const char *name);
const char *xml_local_name(const char *name);

/* ---- package.c ---- */

struct package;
enum dc_status package_open(const char *path, struct package **out, struct dc_err *err);
void package_close(struct package *package);
/* A handler of `user` finds its parser at *xml while it runs. DC_OK with *found false where the package has no such part. */
enum dc_status package_parse(struct package *package, const char *part,
                             const struct xml_events *events, void *user, struct xml **xml,
                             bool *found, struct dc_err *err);

/* ---- rels.c ---- */

struct relation {
    const char *id, *type, *target; /* target: a part of the package */
};
struct relations {
    struct dc_arena *arena;
    const char *folder; /* of the part they belong to, with its slash, or "" */
    struct relation *items;
    size_t n_items, capacity;
};
/* Relations of a part ("" for those of the package), none where it has none. Release items with free(). */
enum dc_status relations_read(struct package *package, const char *part, struct dc_arena *arena,
                              struct relations *out, struct dc_err *err);
const char *relations_by_id(const struct relations *relations, const char *id);
/* The first whose type ends so, or NULL. */
const char *relations_by_type(const struct relations *relations, const char *ending);

/* ---- the workbook ---- */

struct sheet {
    const char *name, *part;
};
struct property {
    const char *name, *value;
};

struct dc_workbook {
    struct package *package;
    struct dc_arena *arena;
    struct sheet *sheets;
    size_t n_sheets, sheets_capacity;
    struct property *properties;
    size_t n_properties, properties_capacity;
    const char **strings; /* shared */
    size_t n_strings, strings_capacity;
    int64_t strings_size;
    int64_t n_cells;
};

/* strings.c */
enum dc_status workbook_read_strings(struct dc_workbook *workbook, const char *part,
                                     struct dc_err *err);
/* Puts back what _xHHHH_ stands for, in place. */
void workbook_unescape(char *text);
enum dc_status workbook_text_too_long(struct dc_err *err);

#endif
