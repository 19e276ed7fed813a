#include <string.h>
#include <strings.h>

#include "dcscan/text.h"
#include "internal.h"

/* One `key=value` of a connection string; the value without its braces, `}}` not yet undone. */
struct pair {
    const char *start, *end; /* of the whole pair, semicolon included */
    const char *key, *value;
    size_t key_size, value_size;
    bool braced;
};

static const char *skip_space(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r') {
        at++;
    }
    return at;
}

static size_t trimmed(const char *text, size_t size)
{
    while (size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL) {
        size--;
    }
    return size;
}

/* The end of a braced value: its closing brace, or the end of the text. */
static const char *brace_end(const char *at)
{
    while (*at != '\0' && (at[0] != '}' || at[1] == '}')) {
        at += at[0] == '}' ? 2 : 1;
    }
    return at;
}

static bool next_pair(const char **at, struct pair *out)
{
    const char *equals;
    size_t to_semicolon;

    out->start = *at;
    out->key = skip_space(*at);
    if (*out->key == '\0') {
        return false;
    }
    to_semicolon = strcspn(out->key, ";");
    equals = memchr(out->key, '=', to_semicolon);
    if (equals == NULL) {
        out->key_size = trimmed(out->key, to_semicolon);
        out->value = out->key + to_semicolon;
        out->value_size = 0;
        out->end = out->value;
    } else {
        out->key_size = trimmed(out->key, (size_t)(equals - out->key));
        out->value = skip_space(equals + 1);
        out->braced = *out->value == '{';
        if (out->braced) {
            out->value++;
            out->end = brace_end(out->value);
            out->value_size = (size_t)(out->end - out->value);
            out->end += strcspn(out->end, ";");
        } else {
            out->end = out->value + strcspn(out->value, ";");
            out->value_size = trimmed(out->value, (size_t)(out->end - out->value));
        }
    }
    out->end += *out->end == ';';
    *at = out->end;
    return true;
}

static bool key_is(const struct pair *pair, const char *key)
{
    return strlen(key) == pair->key_size && strncasecmp(pair->key, key, pair->key_size) == 0;
}

static void put_value(struct dc_strbuf *out, const struct pair *pair)
{
    for (size_t i = 0; i < pair->value_size; i++) {
        dc_strbuf_putc(out, pair->value[i]);
        if (pair->braced && pair->value[i] == '}' && i + 1 < pair->value_size) {
            i++;
        }
    }
}

bool dc_odbc_string_get(const char *connection_string, const char *key, struct dc_strbuf *out)
{
    struct pair pair = {0};

    while (next_pair(&connection_string, &pair)) {
        if (key_is(&pair, key)) {
            put_value(out, &pair);
            return true;
        }
    }
    return false;
}

/* Letters and digits pass everywhere. All else goes into braces: ODBC asks for them round []{}(),;?*=!@, and psqlODBC undoes % and +
 * outside them. */
static bool needs_braces(const char *value)
{
    size_t plain = strspn(value,
                          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    return value[plain] != '\0' || plain == 0;
}

void dc_odbc_string_put(struct dc_strbuf *out, const char *key, const char *value)
{
    dc_strbuf_puts(out, key);
    dc_strbuf_putc(out, '=');
    if (!needs_braces(value)) {
        dc_strbuf_puts(out, value);
    } else {
        dc_strbuf_putc(out, '{');
        for (; *value != '\0'; value++) {
            dc_strbuf_putc(out, *value);
            if (*value == '}') {
                dc_strbuf_putc(out, '}');
            }
        }
        dc_strbuf_putc(out, '}');
    }
    dc_strbuf_putc(out, ';');
}

static bool is_replaced(const struct pair *pair, const struct dc_odbc_open *request)
{
    bool is_user = key_is(pair, "UID") || key_is(pair, "USER") || key_is(pair, "USERNAME");
    bool is_password = key_is(pair, "PWD") || key_is(pair, "PASSWORD");

    return (is_user && request->user != NULL) || (is_password && request->password != NULL);
}

static void put_keyword(struct dc_strbuf *out, const char *connection_string, const char *keyword)
{
    struct pair pair = {0};
    const char *at = keyword;
    struct dc_strbuf key = DC_STRBUF_INIT(64), value = DC_STRBUF_INIT(256);

    if (keyword != NULL && next_pair(&at, &pair)) {
        dc_strbuf_append(&key, pair.key, pair.key_size);
        if (!dc_odbc_string_get(connection_string, dc_strbuf_text(&key), &value)) {
            dc_strbuf_puts(out, keyword);
            dc_strbuf_putc(out, ';');
        }
    }
    dc_strbuf_done(&key);
    dc_strbuf_done(&value);
}

void dc_odbc_string_build(const struct dc_odbc_open *request, const struct dc_odbc_quirks *quirks,
                          struct dc_strbuf *out)
{
    const char *given = request->connection_string != NULL ? request->connection_string : "",
               *at = given;
    struct pair pair = {0};

    if (request->connection_string == NULL) {
        dc_odbc_string_put(out, "DSN", request->dsn);
    }
    while (next_pair(&at, &pair)) {
        if (!is_replaced(&pair, request)) {
            dc_strbuf_append(out, pair.start, (size_t)(pair.end - pair.start));
            if (pair.end[-1] != ';') {
                dc_strbuf_putc(out, ';');
            }
        }
    }
    if (request->user != NULL) {
        dc_odbc_string_put(out, "UID", request->user);
    }
    if (request->password != NULL) {
        dc_odbc_string_put(out, "PWD", request->password);
    }
    put_keyword(out, given, quirks->keyword);
    put_keyword(out, given, request->read_only ? quirks->read_only_keyword : NULL);
}
