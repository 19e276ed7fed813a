/* XML as events, within bounds. No entity is declared or followed, no document type accepted. */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "workbook_internal.h"

#define MAX_DEPTH 64
#define MAX_TAG   (4 << 20) /* bytes of one tag or other piece that has to be kept whole */

struct xml {
    XML_Parser parser;
    const struct xml_events *events;
    void *user;
    struct dc_err *err;
    enum dc_status status;
    int64_t fed; /* bytes so far */
    int depth;
};

const char *xml_local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon == NULL ? name : colon + 1;
}

const char *xml_attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (strcmp(xml_local_name(attributes[i]), name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}

void xml_fail(struct xml *xml, enum dc_status status)
{
    if (xml->status == DC_OK) {
        xml->status = status;
    }
    XML_StopParser(xml->parser, XML_FALSE);
}

static void XMLCALL on_start(void *user, const char *name, const char **attributes)
{
    struct xml *xml = user;

    if (xml->status != DC_OK) {
        return;
    }
    if (++xml->depth > MAX_DEPTH) {
        dc_err_set(xml->err, DC_ERR_CONFIG, "its elements are nested more than %d deep", MAX_DEPTH);
        xml_fail(xml, DC_ERR_CONFIG);
        return;
    }
    xml->events->start(xml->user, xml_local_name(name), attributes);
}

static void XMLCALL on_end(void *user, const char *name)
{
    struct xml *xml = user;

    xml->depth--;
    if (xml->status == DC_OK && xml->events->end != NULL) {
        xml->events->end(xml->user, xml_local_name(name));
    }
}

static void XMLCALL on_text(void *user, const char *text, int size)
{
    struct xml *xml = user;

    if (xml->status == DC_OK && xml->events->text != NULL) {
        xml->events->text(xml->user, text, (size_t)size);
    }
}

static void XMLCALL on_doctype(void *user, const char *name, const char *system_id,
                               const char *public_id, int has_internal)
{
    struct xml *xml = user;

    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_internal;
    dc_err_set(xml->err, DC_ERR_CONFIG,
               "it declares a document type or entities, which no workbook has");
    xml_fail(xml, DC_ERR_CONFIG);
}

struct xml *xml_create(const struct xml_events *events, void *user, struct dc_err *err)
{
    struct xml *xml = dc_alloc(1, sizeof *xml);

    xml->parser = XML_ParserCreate(NULL);
    if (xml->parser == NULL) {
        abort(); /* out of memory */
    }
    xml->events = events;
    xml->user = user;
    xml->err = err;
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    return xml;
}

void xml_destroy(struct xml *xml)
{
    if (xml != NULL) {
        XML_ParserFree(xml->parser);
        free(xml);
    }
}

enum dc_status xml_feed(struct xml *xml, const char *bytes, size_t size, bool last)
{
    enum XML_Status parsed = XML_Parse(xml->parser, bytes, (int)size, last);

    xml->fed += (int64_t)size;
    if (xml->status != DC_OK) {
        return xml->status;
    }
    if (parsed != XML_STATUS_OK) {
        xml->status = dc_err_set(xml->err, DC_ERR_CONFIG, "it is not well-formed: %s in line %lu",
                                 XML_ErrorString(XML_GetErrorCode(xml->parser)),
                                 (unsigned long)XML_GetCurrentLineNumber(xml->parser));
    } else if (xml->fed - (int64_t)XML_GetCurrentByteIndex(xml->parser) > MAX_TAG) {
        xml->status = dc_err_set(xml->err, DC_ERR_CONFIG, "it has a tag of more than %d bytes",
                                 MAX_TAG);
    }
    return xml->status;
}
