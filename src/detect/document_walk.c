/* JSON by yajl, XML by expat: both tell what they meet as they go, so that a document that was cut is read up to the cut. */
#include <expat.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "dcscan/document.h"
#include "dcscan/text.h"

#define MAX_PATH   512
#define MAX_KEY    64
#define MAX_TEXT   1024 /* of an XML element */
#define MAX_DIGITS 4    /* in a row, in a name */
#define MAX_INNER  (DC_MAX_DOCUMENT_DEPTH + 1)

struct frame {
    size_t path_size;  /* of the place where it stands */
    bool skipped;      /* under a key that is no name, or too deep */
    bool has_children; /* XML */
};

struct walk {
    dc_scalar_fn *take;
    void *user;
    char path[MAX_PATH];
    size_t path_size;
    struct frame frames[MAX_INNER];
    size_t depth; /* may exceed MAX_INNER: what is deeper is passed over */
    size_t n_taken;
    char text[MAX_TEXT]; /* XML: of the element in hand */
    size_t text_size;
    bool stopped;
};

/* ---- memory of the parsers: they hold parts of values, so it is wiped before it goes back ---- */

static void give_back(void *memory)
{
    if (memory != NULL) {
        explicit_bzero(memory, malloc_usable_size(memory));
        free(memory);
    }
}

static void *resize(void *memory, size_t size)
{
    void *larger = malloc(size);
    size_t kept = memory == NULL ? 0 : malloc_usable_size(memory);

    if (larger != NULL && memory != NULL) {
        memcpy(larger, memory, kept < size ? kept : size);
        give_back(memory);
    }
    return larger;
}

static void *json_malloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void *json_realloc(void *user, void *memory, size_t size)
{
    (void)user;
    return resize(memory, size);
}

static void json_free(void *user, void *memory)
{
    (void)user;
    give_back(memory);
}

static const XML_Memory_Handling_Suite xml_memory = {malloc, resize, give_back};

/* ---- places ---- */

static struct frame *top(struct walk *walk)
{
    return walk->depth > 0 && walk->depth <= MAX_INNER ? &walk->frames[walk->depth - 1] : NULL;
}

static bool is_skipped(const struct walk *walk)
{
    return walk->depth > MAX_INNER || (walk->depth > 0 && walk->frames[walk->depth - 1].skipped);
}

static void push(struct walk *walk)
{
    bool skipped = is_skipped(walk);

    if (walk->depth++ < MAX_INNER) {
        walk->frames[walk->depth - 1] = (struct frame){walk->path_size, skipped, false};
    }
}

static void cut_path(struct walk *walk, size_t size)
{
    walk->path_size = size;
    walk->path[size] = '\0';
}

static void pop(struct walk *walk)
{
    if (walk->depth <= MAX_INNER) {
        cut_path(walk, walk->frames[walk->depth - 1].path_size);
    }
    walk->depth--;
}

static bool append(struct walk *walk, const char *text, size_t size)
{
    if (walk->path_size + size >= MAX_PATH) {
        return false;
    }
    memcpy(walk->path + walk->path_size, text, size);
    cut_path(walk, walk->path_size + size);
    return true;
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_' ||
           (code >= 0x80 && code != 0xFFFD);
}

/*
 * Whether a key is a name rather than a value: it begins with a letter and holds no long number. (Phone numbers, ids and dates occur as
 * keys, and a name of a column is kept as it stands.)
 */
static bool is_name(const char *key, size_t size, bool *plain)
{
    size_t n_digits = 0, used;
    uint32_t code;

    *plain = true;
    if (size == 0 || size > MAX_KEY) {
        return false;
    }
    for (size_t at = 0; at < size; at += used) {
        used = dc_utf8_next(key + at, size - at, &code);
        n_digits = code >= '0' && code <= '9' ? n_digits + 1 : 0;
        if (n_digits > MAX_DIGITS || (at == 0 && !is_letter(code))) {
            return false;
        }
        if (!is_letter(code) && n_digits == 0) {
            *plain = false;
            if (strchr("-. :/$", (int)code) == NULL) {
                return false;
            }
        }
    }
    return true;
}

static bool append_key(struct walk *walk, const char *key, size_t size)
{
    bool plain;

    if (!is_name(key, size, &plain)) {
        return false;
    }
    return plain ? append(walk, ".", 1) && append(walk, key, size)
                 : append(walk, "['", 2) && append(walk, key, size) && append(walk, "']", 2);
}

static int take(struct walk *walk, enum dc_scalar_kind kind, const char *bytes, size_t size)
{
    if (is_skipped(walk) || walk->path_size == 0) {
        return 1;
    }
    if (walk->n_taken++ >= DC_MAX_DOCUMENT_NODES ||
        !walk->take(walk->user, walk->path, kind, bytes, size)) {
        walk->stopped = true;
        return 0;
    }
    return 1;
}

/* ---- JSON ---- */

static int on_null(void *user)
{
    return take(user, DC_SCALAR_NULL, NULL, 0);
}

static int on_boolean(void *user, int truth)
{
    return truth != 0 ? take(user, DC_SCALAR_BOOLEAN, "true", 4)
                      : take(user, DC_SCALAR_BOOLEAN, "false", 5);
}

static int on_number(void *user, const char *digits, size_t size)
{
    bool whole = true;

    for (size_t i = 0; i < size; i++) {
        whole = whole && digits[i] != '.' && digits[i] != 'e' && digits[i] != 'E';
    }
    return take(user, whole ? DC_SCALAR_INTEGER : DC_SCALAR_NUMBER, digits, size);
}

static int on_string(void *user, const unsigned char *text, size_t size)
{
    return take(user, DC_SCALAR_TEXT, (const char *)text, size);
}

static int on_map(void *user)
{
    push(user);
    return 1;
}

static int on_key(void *user, const unsigned char *key, size_t size)
{
    struct walk *walk = user;
    struct frame *frame = top(walk);

    if (frame != NULL) {
        bool above = walk->depth > 1 && walk->frames[walk->depth - 2].skipped;

        cut_path(walk, frame->path_size);
        frame->skipped = above || !append_key(walk, (const char *)key, size);
    }
    return 1;
}

static int on_array(void *user)
{
    struct walk *walk = user;

    push(walk);
    if (top(walk) != NULL && !append(walk, "[*]", 3)) {
        top(walk)->skipped = true;
    }
    return 1;
}

static int on_end(void *user)
{
    pop(user);
    return 1;
}

static const yajl_callbacks json_callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_map,
    .yajl_map_key = on_key,
    .yajl_end_map = on_end,
    .yajl_start_array = on_array,
    .yajl_end_array = on_end,
};

static bool walk_json(struct walk *walk, const char *bytes, size_t size, bool truncated)
{
    yajl_alloc_funcs memory = {json_malloc, json_realloc, json_free, NULL};
    yajl_handle handle = yajl_alloc(&json_callbacks, &memory, walk);
    yajl_status status = yajl_parse(handle, (const unsigned char *)bytes, size);

    if (status == yajl_status_ok && !truncated) {
        status = yajl_complete_parse(handle);
    }
    yajl_free(handle);
    return status == yajl_status_ok || walk->stopped;
}

/* ---- XML ---- */

/* Without the prefix of a namespace. */
static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon != NULL && colon[1] != '\0' ? colon + 1 : name;
}

static void stop_at(struct walk *walk, XML_Parser parser)
{
    if (walk->stopped) {
        XML_StopParser(parser, XML_FALSE);
    }
}

struct xml_walk {
    struct walk *walk;
    XML_Parser parser;
};

static void take_attributes(struct walk *walk, const XML_Char **attributes)
{
    for (; attributes[0] != NULL && !walk->stopped; attributes += 2) {
        size_t before = walk->path_size;
        const char *name = local_name(attributes[0]);
        bool plain;

        if (strncmp(attributes[0], "xmlns", 5) != 0 && is_name(name, strlen(name), &plain) &&
            append(walk, ".@", 2) && append(walk, name, strlen(name))) {
            take(walk, DC_SCALAR_TEXT, attributes[1], strlen(attributes[1]));
        }
        cut_path(walk, before);
    }
}

static void XMLCALL on_element(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct xml_walk *xml = user;
    struct walk *walk = xml->walk;
    const char *local = local_name(name);

    if (top(walk) != NULL) {
        top(walk)->has_children = true;
    }
    push(walk);
    walk->text_size = 0;
    if (top(walk) != NULL && !append_key(walk, local, strlen(local))) {
        top(walk)->skipped = true;
    }
    take_attributes(walk, attributes);
    stop_at(walk, xml->parser);
}

static void XMLCALL on_text(void *user, const XML_Char *text, int size)
{
    struct walk *walk = ((struct xml_walk *)user)->walk;
    size_t room = MAX_TEXT - walk->text_size;
    size_t taken = (size_t)size < room ? (size_t)size : room;

    memcpy(walk->text + walk->text_size, text, taken);
    walk->text_size += taken;
}

static void XMLCALL on_element_end(void *user, const XML_Char *name)
{
    struct xml_walk *xml = user;
    struct walk *walk = xml->walk;
    const struct frame *frame = top(walk);

    (void)name;
    if (frame != NULL && !frame->has_children && walk->text_size > 0) {
        take(walk, DC_SCALAR_TEXT, walk->text, walk->text_size);
    }
    walk->text_size = 0;
    pop(walk);
    stop_at(walk, xml->parser);
}

/* Entities of its own are how a document does harm: one that declares some is left alone. */
static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int has_subset)
{
    struct xml_walk *xml = user;

    (void)name;
    (void)system_id;
    (void)public_id;
    if (has_subset != 0) {
        XML_StopParser(xml->parser, XML_FALSE);
    }
}

static bool walk_xml(struct walk *walk, const char *bytes, size_t size, bool truncated)
{
    /* Whatever the declaration says, the driver has made it UTF-8. */
    struct xml_walk xml = {walk, XML_ParserCreate_MM("UTF-8", &xml_memory, NULL)};
    enum XML_Status status;

    XML_SetUserData(xml.parser, &xml);
    XML_SetElementHandler(xml.parser, on_element, on_element_end);
    XML_SetCharacterDataHandler(xml.parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml.parser, on_doctype);
    status = XML_Parse(xml.parser, bytes, (int)size, truncated ? XML_FALSE : XML_TRUE);
    XML_ParserFree(xml.parser);
    explicit_bzero(walk->text, sizeof walk->text);
    return status == XML_STATUS_OK || walk->stopped;
}

bool dc_document_walk(const char *bytes, size_t size, bool truncated, dc_scalar_fn *take_scalar,
                      void *user)
{
    struct walk walk = {.take = take_scalar, .user = user};

    while (size > 0 && strchr(" \t\r\n", bytes[0]) != NULL && bytes[0] != '\0') {
        bytes++;
        size--;
    }
    if (size < 2 || size > INT32_MAX) {
        return false;
    }
    if (bytes[0] == '{' || bytes[0] == '[') {
        return walk_json(&walk, bytes, size, truncated);
    }
    return bytes[0] == '<' && walk_xml(&walk, bytes, size, truncated);
}
