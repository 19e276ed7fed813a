/* Text of other encodings into UTF-8. */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

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
