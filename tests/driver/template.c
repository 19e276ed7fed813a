/* Statements read by the templates they were made from, and as much of SQL as counting a select list takes. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "driver.h"

static struct capture *find_capture(struct captures *captures, const char *name, size_t size)
{
    for (size_t i = 0; i < captures->n_items; i++) {
        struct capture *capture = &captures->items[i];

        if (strlen(capture->name) == size && memcmp(capture->name, name, size) == 0) {
            return capture;
        }
    }
    return NULL;
}

static size_t name_size(const char *at)
{
    size_t size = *at == '{' ? strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_") : 0;

    return size > 0 && size < sizeof((struct capture *)0)->name && at[1 + size] == '}' ? size : 0;
}

static bool match_from(const char *text, const char *statement, struct captures *captures);

/* Something not empty in place of a name not met before: the shortest that lets the rest match. */
static bool match_new(const char *name, size_t size, const char *rest, const char *statement,
                      struct captures *captures)
{
    struct capture *capture;
    size_t n_before = captures->n_items, end = strlen(statement);

    if (n_before == MAX_CAPTURES) {
        return false;
    }
    for (size_t n = 1; n <= end; n++) {
        capture = &captures->items[n_before];
        memset(capture, 0, sizeof *capture);
        memcpy(capture->name, name, size);
        capture->text = statement;
        capture->size = n;
        captures->n_items = n_before + 1;
        if (match_from(rest, statement + n, captures)) {
            return true;
        }
    }
    captures->n_items = n_before;
    return false;
}

static bool match_from(const char *text, const char *statement, struct captures *captures)
{
    while (*text != '\0') {
        size_t size = name_size(text);
        const struct capture *known;

        if (size == 0) {
            if (*text++ != *statement++) {
                return false;
            }
            continue;
        }
        known = find_capture(captures, text + 1, size);
        if (known == NULL) {
            return match_new(text + 1, size, text + size + 2, statement, captures);
        }
        if (strncmp(statement, known->text, known->size) != 0) {
            return false;
        }
        text += size + 2;
        statement += known->size;
    }
    return *statement == '\0';
}

bool template_match(const char *text, const char *statement, struct captures *out)
{
    out->n_items = 0;
    return match_from(text, statement, out);
}

const char *capture_text(const struct captures *captures, const char *name, struct dc_arena *arena)
{
    const struct capture *capture = find_capture((struct captures *)captures, name, strlen(name));

    return capture != NULL ? dc_arena_strndup(arena, capture->text, capture->size) : NULL;
}

/* The quote that ends what opens here, or 0. */
static char closing(char byte)
{
    return (char)(byte == '[' ? ']' : byte == '\'' || byte == '"' || byte == '`' ? byte : 0);
}

/* Behind a quoted text that begins here; doubled quotes belong to it. */
static const char *skip_quoted(const char *at)
{
    char close = closing(*at);

    for (at++; *at != '\0'; at++) {
        if (*at != close) {
            continue;
        }
        if (at[1] != close) {
            return at + 1;
        }
        at++;
    }
    return at;
}

size_t list_part(const char *list)
{
    const char *at = list;
    int depth = 0;

    while (*at != '\0' && (*at != ',' || depth > 0)) {
        depth += (*at == '(') - (*at == ')');
        at = closing(*at) != 0 ? skip_quoted(at) : at + 1;
    }
    return (size_t)(at - list);
}

static bool is_word(const char *at, const char *start, const char *word)
{
    size_t size = strlen(word);

    return strncasecmp(at, word, size) == 0 && !isalnum((unsigned char)at[size]) &&
           at[size] != '_' &&
           (at == start || (!isalnum((unsigned char)at[-1]) && at[-1] != '_' && at[-1] != '.'));
}

/* The first word of its kind outside quotes and parentheses, or NULL. */
static const char *find_word(const char *from, const char *start, const char *word)
{
    int depth = 0;

    for (const char *at = from; *at != '\0';) {
        if (depth == 0 && is_word(at, start, word)) {
            return at;
        }
        depth += (*at == '(') - (*at == ')');
        at = closing(*at) != 0 ? skip_quoted(at) : at + 1;
    }
    return NULL;
}

const char *selected(const char *statement)
{
    const char *select = find_word(statement, statement, "SELECT");

    return select != NULL ? select + strlen("SELECT") : NULL;
}

size_t count_selected(const char *statement)
{
    const char *at = selected(statement), *from;
    size_t n = 0;

    if (at == NULL) {
        return 0;
    }
    from = find_word(at, statement, "FROM");
    from = from != NULL ? from : at + strlen(at);
    at += strspn(at, " \n");
    if (*at == '*') {
        return 0;
    }
    while (at < from) {
        at += list_part(at) + 1;
        n++;
    }
    return n;
}
