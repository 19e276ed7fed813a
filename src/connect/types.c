#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "connection.h"
#include "dcscan/text.h"

#define MAX_TYPE 256

/* "VARCHAR(64) BINARY" → "varchar binary": lower case, without what stands in parentheses, one space between words. */
static void plain_type(const char *type_name, char out[MAX_TYPE])
{
    size_t n = 0;
    int depth = 0;

    for (; *type_name != '\0' && n + 1 < MAX_TYPE; type_name++) {
        char byte = *type_name;

        depth += byte == '(';
        if (depth > 0) {
            depth -= byte == ')';
            continue;
        }
        if (byte >= 'A' && byte <= 'Z') {
            byte = (char)(byte - 'A' + 'a');
        }
        if (byte != ' ' || (n > 0 && out[n - 1] != ' ')) {
            out[n++] = byte;
        }
    }
    while (n > 0 && out[n - 1] == ' ') {
        n--;
    }
    out[n] = '\0';
}

const struct dc_dialect_type *dc_type_find(const struct dc_dialect *dialect, const char *type_name)
{
    char plain[MAX_TYPE];

    plain_type(type_name, plain);
    for (size_t i = 0; i < dialect->n_types; i++) {
        if (dc_glob_match(dialect->types[i].pattern, plain)) {
            return &dialect->types[i];
        }
    }
    return NULL;
}

/* "(10, 3)" behind a type's name. */
static void read_size(const char *type_name, int64_t *length, int32_t *scale)
{
    const char *open = strchr(type_name, '(');
    char *end;
    long long first, second;

    if (open == NULL) {
        return;
    }
    errno = 0;
    first = strtoll(open + 1, &end, 10);
    if (end == open + 1 || errno != 0 || first < 0) {
        return;
    }
    *length = first;
    if (*end == ',') {
        const char *at = end + 1;

        second = strtoll(at, &end, 10);
        if (end != at && second >= 0 && second <= 1000) {
            *scale = (int32_t)second;
        }
    }
}

void dc_type_complete(const struct dc_dialect *dialect, struct dc_column *column)
{
    const struct dc_dialect_type *type;
    int64_t length = -1;
    int32_t scale = -1;

    if (column->type == DC_TYPE_UNKNOWN) {
        type = dc_type_find(dialect, column->type_name);
        column->type = type != NULL ? type->type : DC_TYPE_UNKNOWN;
    }
    read_size(column->type_name, &length, &scale);
    column->length = column->length < 0 ? length : column->length;
    column->scale = column->scale < 0 ? scale : column->scale;
}
