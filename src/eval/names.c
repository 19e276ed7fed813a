/* Names in the form in which labels and results are compared. */
#include <string.h>

#include "dcscan/text.h"

#include "eval_internal.h"

#define BLANKS        " \t\n\v\f\r"
#define QUOTES        "\"`[]"
#define HASH_KEY_SIZE 24

static const char *trimmed(struct dc_arena *arena, const char *text, const char *bytes)
{
    size_t size;

    text += strspn(text, bytes);
    size = strlen(text);
    while (size > 0 && strchr(bytes, text[size - 1]) != NULL) {
        size--;
    }
    return dc_arena_strndup(arena, text, size);
}

const char *eval_plain_name(struct dc_arena *arena, const char *name)
{
    if (name == NULL) {
        return "";
    }
    return dc_text_lower(arena, trimmed(arena, trimmed(arena, name, BLANKS), QUOTES));
}

/* Parts are parted by a byte that no name holds. */
const char *eval_name_key(struct dc_arena *arena, const char *source, const char *schema,
                          const char *table, const char *column)
{
    source = eval_plain_name(arena, source);
    table = eval_plain_name(arena, table);
    column = eval_plain_name(arena, column);
    if (schema == NULL) {
        return dc_arena_printf(arena, "n\x01%s\x01%s\x01%s", source, table, column);
    }
    return dc_arena_printf(arena, "n\x01%s\x01%s\x01%s\x01%s", source,
                           eval_plain_name(arena, schema), table, column);
}

const char *eval_hash_key(struct dc_arena *arena, const char *source, const char *schema,
                          const char *table, const char *column)
{
    const char *names = dc_arena_printf(
        arena, "%s|%s|%s|%s", eval_plain_name(arena, source), eval_plain_name(arena, schema),
        eval_plain_name(arena, table), eval_plain_name(arena, column));
    char hex[DC_SHA256_HEX_SIZE];

    dc_sha256_hex(names, strlen(names), hex);
    return dc_arena_printf(arena, "h\x01%.*s", HASH_KEY_SIZE, hex);
}
