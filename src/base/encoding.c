/* Text of other encodings into UTF-8. */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"

/* No encoding that iconv knows makes more than this of one byte. */
#define GROWTH 6

static enum dc_status convert(iconv_t converter, const char *encoding, const char *text,
                              size_t size, char *out, size_t room, struct dc_err *err)
{
    char *in = (char *)(uintptr_t)
        text; /* iconv doesn't write there; its prototype is older than const */
    size_t left = size;

    if (iconv(converter, &in, &left, &out, &room) == (size_t)-1 ||
        iconv(converter, NULL, NULL, &out, &room) == (size_t)-1) {
        return dc_err_set(err, DC_ERR_READ,
                          "could not decode text as %s: byte %zu of %zu does not fit the encoding",
                          encoding, size - left + 1, size);
    }
    return DC_OK;
}

enum dc_status dc_text_decode(struct dc_arena *arena, const char *encoding, const char *text,
                              size_t size, const char **out, struct dc_err *err)
{
    iconv_t converter = iconv_open("UTF-8", encoding);
    size_t room = size * GROWTH + 16;
    enum dc_status status;
    char *decoded;

    if (converter == (iconv_t)-1) {
        return dc_err_set(err, DC_ERR_UNSUPPORTED,
                          "could not decode text: encoding \"%s\" is not known", encoding);
    }
    decoded = dc_alloc(room + 1, 1);
    status = convert(converter, encoding, text, size, decoded, room, err);
    if (status == DC_OK) {
        *out = dc_arena_strndup(arena, decoded, room);
    }
    explicit_bzero(decoded, room); /* it may have been a raw value */
    free(decoded);
    iconv_close(converter);
    return status;
}

/* ---- converting much, piece by piece ---- */

struct dc_converter {
    iconv_t handle;
};

static bool is_utf8(const char *encoding)
{
    return dc_text_equal_nocase(encoding, "UTF-8") || dc_text_equal_nocase(encoding, "UTF8");
}

enum dc_status dc_converter_create(const char *from, const char *to, struct dc_converter **out,
                                   struct dc_err *err)
{
    iconv_t handle = iconv_open(to, from);

    if (handle == (iconv_t)-1) {
        return dc_err_set(err, DC_ERR_CONFIG, "encoding \"%s\" is not known",
                          is_utf8(from) ? to : from);
    }
    *out = dc_alloc(1, sizeof **out);
    (*out)->handle = handle;
    return DC_OK;
}

void dc_converter_destroy(struct dc_converter *converter)
{
    if (converter != NULL) {
        iconv_close(converter->handle);
        free(converter);
    }
}

bool dc_convert(struct dc_converter *converter, const char *text, size_t size, bool cut, char *out,
                size_t *room)
{
    char *in = (char *)(uintptr_t)text;
    size_t left = *room;

    iconv(converter->handle, NULL, NULL, NULL, NULL);
    if (iconv(converter->handle, &in, &size, &out, &left) == (size_t)-1 &&
        !(errno == EINVAL && cut)) {
        return false;
    }
    *room -= left;
    return true;
}
