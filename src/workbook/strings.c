/* The shared strings of a workbook. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "workbook_internal.h"

struct reading {
    struct dc_workbook *workbook;
    struct xml *xml;
    struct dc_err *err;
    struct dc_strbuf text;
    bool in_item, in_text, in_phonetic;
};

enum dc_status workbook_text_too_long(struct dc_err *err)
{
    return dc_err_set(err, DC_ERR_CONFIG, "it has a text of more than 32,767 characters in a cell");
}

/* ---- _xHHHH_ ---- */

static bool take_escape(const char *at, uint32_t *code)
{
    uint32_t value = 0;

    if (at[0] != '_' || at[1] != 'x') {
        return false;
    }
    for (size_t i = 2; i < 6; i++) {
        int digit = at[i];

        if (!isxdigit((unsigned char)digit)) {
            return false;
        }
        value = value * 16 + (uint32_t)(isdigit(digit) ? digit - '0' : tolower(digit) - 'a' + 10);
    }
    *code = value;
    return at[6] == '_' && value != 0 && !(value >= 0xD800 && value <= 0xDFFF);
}

void workbook_unescape(char *text)
{
    char *out = text;
    uint32_t code;

    for (const char *in = text; *in != '\0';) {
        if (take_escape(in, &code)) {
            out += dc_utf8_put(code, out);
            in += 7;
        } else {
            *out++ = *in++;
        }
    }
    *out = '\0';
}

/* ---- events ---- */

static void on_start(void *user, const char *name, const char **attributes)
{
    struct reading *reading = user;

    (void)attributes;
    if (strcmp(name, "si") == 0) {
        reading->in_item = true;
        dc_strbuf_reset(&reading->text);
    } else if (strcmp(name, "rPh") == 0) {
        reading->in_phonetic = true; /* how it is read, no part of the text */
    } else if (strcmp(name, "t") == 0) {
        reading->in_text = reading->in_item && !reading->in_phonetic;
    }
}

static void keep(struct reading *reading)
{
    struct dc_workbook *workbook = reading->workbook;
    char *copy;

    workbook->strings_size += (int64_t)(reading->text.size + 1 + sizeof(char *));
    if (workbook->strings_size > DC_WORKBOOK_MAX_STRINGS) {
        dc_err_set(reading->err, DC_ERR_CONFIG, "its texts have more than %lld bytes in all",
                   (long long)DC_WORKBOOK_MAX_STRINGS);
        xml_fail(reading->xml, DC_ERR_CONFIG);
        return;
    }
    copy = dc_arena_strdup(workbook->arena, dc_strbuf_text(&reading->text));
    workbook_unescape(copy);
    workbook->strings = dc_array_grow(workbook->strings, workbook->n_strings,
                                      &workbook->strings_capacity, sizeof *workbook->strings);
    workbook->strings[workbook->n_strings++] = copy;
}

static void on_end(void *user, const char *name)
{
    struct reading *reading = user;

    if (strcmp(name, "t") == 0) {
        reading->in_text = false;
    } else if (strcmp(name, "rPh") == 0) {
        reading->in_phonetic = false;
    } else if (strcmp(name, "si") == 0) {
        reading->in_item = false;
        keep(reading);
    }
}

static void on_text(void *user, const char *text, size_t size)
{
    struct reading *reading = user;

    if (!reading->in_text) {
        return;
    }
    dc_strbuf_append(&reading->text, text, size);
    if (reading->text.overflowed) {
        xml_fail(reading->xml, workbook_text_too_long(reading->err));
    }
}

static const struct xml_events events = {on_start, on_end, on_text};

enum dc_status workbook_read_strings(struct dc_workbook *workbook, const char *part,
                                     struct dc_err *err)
{
    struct reading reading = {.workbook = workbook, .err = err};
    enum dc_status status;
    bool found;

    dc_strbuf_init(&reading.text, DC_WORKBOOK_MAX_TEXT);
    status = package_parse(workbook->package, part, &events, &reading, &reading.xml, &found, err);
    dc_strbuf_done(&reading.text);
    return status;
}
