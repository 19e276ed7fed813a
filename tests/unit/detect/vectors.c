/* Reader of the vector files. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "vectors.h"

static char unescape(const char **at)
{
    char hex[3] = {0};

    switch (*++*at) {
    case 't':
        return '\t';
    case 'n':
        return '\n';
    case 'x':
        memcpy(hex, *at + 1, 2);
        *at += 2;
        return (char)strtoul(hex, NULL, 16);
    default:
        return **at;
    }
}

/* Decodes one field in place; returns its size and moves *at to the tab or line end behind it. */
static size_t read_field(const char **at, char *out)
{
    size_t size = 0;

    for (; **at != '\t' && **at != '\n' && **at != '\0'; ++*at) {
        out[size++] = **at == '\\' ? unescape(at) : **at;
    }
    return size;
}

static void read_line(struct vector *vector, const char *at, char *out)
{
    for (size_t field = 0; field < VECTOR_FIELDS; field++) {
        vector->fields[field] = out;
        vector->sizes[field] = read_field(&at, out);
        out += vector->sizes[field];
        if (*at != '\t') {
            *out = '\0';
            return;
        }
        *out++ = '\0';
        at++;
    }
}

void vectors_load(struct vectors *vectors, const char *name)
{
    struct dc_strbuf path = DC_STRBUF_INIT(4096);
    struct dc_err err = {0};
    size_t size, line = 0;

    *vectors = (struct vectors){NULL, 0, 0, NULL};
    dc_strbuf_printf(&path, "%s/tests/vectors/%s.tsv", TEST_ROOT, name);
    cr_assert_eq(dc_file_read(dc_strbuf_text(&path), 1 << 24, &vectors->text, &size, &err), DC_OK,
                 "%s", err.message);
    dc_strbuf_done(&path);
    for (char *at = vectors->text, *end; *at != '\0'; at = end + 1) {
        /* Fields are decoded onto themselves, which never needs more room: remember the line's end first. */
        end = strchr(at, '\n');
        cr_assert_not_null(end, "%s: no line end at the end of the file", name);
        line++;
        if (*at == '#' || *at == '\n') {
            continue;
        }
        vectors->items = dc_array_grow(vectors->items, vectors->n_items, &vectors->capacity,
                                       sizeof *vectors->items);
        vectors->items[vectors->n_items].line = line;
        read_line(&vectors->items[vectors->n_items++], at, at);
    }
}

void vectors_done(struct vectors *vectors)
{
    free(vectors->items);
    free(vectors->text);
}
