/* Sources named on the command line: a DSN or an ODBC connection string. */
#include <ctype.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/config.h"
#include "dcscan/text.h"

/* One "key=value" of a connection string; values may stand in braces, where "}}" is a brace. */
struct pair {
    const char *key, *value;
    size_t key_size, value_size;
};

static const char *skip_blanks(const char *at)
{
    while (*at == ';' || isspace((unsigned char)*at)) {
        at++;
    }
    return at;
}

static const char *read_braced(const char *at, struct pair *pair)
{
    pair->value = ++at;
    while (*at != '\0' && !(at[0] == '}' && at[1] != '}')) {
        at += at[0] == '}' ? 2 : 1;
    }
    pair->value_size = (size_t)(at - pair->value);
    return at + strcspn(at, ";");
}

/* Reads the next pair; returns where to go on, or NULL at the end. */
static const char *next_pair(const char *at, struct pair *pair)
{
    at = skip_blanks(at);
    if (*at == '\0') {
        return NULL;
    }
    pair->key = at;
    pair->key_size = strcspn(at, "=;");
    at += pair->key_size;
    while (pair->key_size > 0 && isspace((unsigned char)pair->key[pair->key_size - 1])) {
        pair->key_size--;
    }
    pair->value = at;
    pair->value_size = 0;
    if (*at != '=') {
        return at;
    }
    at++;
    while (*at == ' ') {
        at++;
    }
    if (*at == '{') {
        return read_braced(at, pair);
    }
    pair->value = at;
    pair->value_size = strcspn(at, ";");
    return at + pair->value_size;
}

static bool key_is(const struct pair *pair, const char *key)
{
    return strlen(key) == pair->key_size && strncasecmp(pair->key, key, pair->key_size) == 0;
}

bool dc_connection_string_has_password(const char *connection)
{
    struct pair pair;

    for (const char *at = connection; (at = next_pair(at, &pair)) != NULL;) {
        if (key_is(&pair, "PWD") || key_is(&pair, "Password")) {
            return true;
        }
    }
    return false;
}

/* "/data/mes.db" → "mes": a name that reads well in reports. */
static const char *name_of_path(struct dc_arena *arena, const char *path, size_t size)
{
    char *name = dc_arena_strndup(arena, path, size);
    char *slash = strrchr(name, '/');
    char *dot;

    name = slash != NULL && slash[1] != '\0' ? slash + 1 : name;
    dot = strrchr(name, '.');
    if (dot != NULL && dot != name) {
        *dot = '\0';
    }
    return name;
}

static const char *name_of_connection(struct dc_arena *arena, const char *connection)
{
    static const char *const keys[] = {"Database", "DBQ", "DSN", "Server", "Servername", NULL};

    for (size_t i = 0; keys[i] != NULL; i++) {
        struct pair pair;

        for (const char *at = connection; (at = next_pair(at, &pair)) != NULL;) {
            if (key_is(&pair, keys[i]) && pair.value_size > 0) {
                return name_of_path(arena, pair.value, pair.value_size);
            }
        }
    }
    return "database";
}

struct dc_source dc_source_from_text(struct dc_arena *arena, const char *text)
{
    struct dc_source source = {.connector = "odbc"};

    if (strchr(text, '=') != NULL) {
        source.connection = dc_arena_strdup(arena, text);
        source.name = name_of_connection(arena, text);
    } else {
        source.dsn = dc_arena_strdup(arena, text);
        source.name = source.dsn;
    }
    return source;
}
