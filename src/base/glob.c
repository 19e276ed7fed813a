/* Shell-like patterns over whole names, by characters, without regard to the case of ASCII letters. */
#include <string.h>

#include "dcscan/text.h"

static uint32_t next_lower(const char **text)
{
    uint32_t code;

    *text += dc_utf8_next(*text, strlen(*text), &code);
    return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
}

/* A character of a pattern, where a backslash takes the next one as it is. */
static uint32_t next_literal(const char **pattern)
{
    if ((*pattern)[0] == '\\' && (*pattern)[1] != '\0') {
        (*pattern)++;
    }
    return next_lower(pattern);
}

/* Where the set opened at pattern[0] ends (its ']'), or NULL: then '[' is a character like others. */
static const char *set_end(const char *pattern)
{
    const char *at = pattern + 1;

    if (*at == '!' || *at == '^') {
        at++;
    }
    if (*at == ']') { /* a ']' in front stands for itself */
        at++;
    }
    while (*at != '\0' && *at != ']') {
        at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;
    }
    return *at == ']' ? at : NULL;
}

static bool set_has(const char *set, const char *end, uint32_t code)
{
    const char *at = set + 1;
    bool negated = *at == '!' || *at == '^';
    bool found = false;

    at += negated;
    while (at < end) {
        uint32_t first = next_literal(&at);
        uint32_t last = first;

        if (*at == '-' && at + 1 < end) {
            at++;
            last = next_literal(&at);
        }
        found = found || (code >= first && code <= last);
    }
    return found != negated;
}

/* One character of the text against one element of the pattern other than '*'; both move on. */
static bool match_one(const char **pattern, const char **text)
{
    const char *end = **pattern == '[' ? set_end(*pattern) : NULL;
    uint32_t code = next_lower(text);
    bool found;

    if (end != NULL) {
        found = set_has(*pattern, end, code);
        *pattern = end + 1;
        return found;
    }
    if (**pattern == '?') {
        (*pattern)++;
        return true;
    }
    return **pattern != '\0' && next_literal(pattern) == code;
}

bool dc_glob_match(const char *pattern, const char *text)
{
    /* After the last '*' seen: its rest of the pattern, and the text it was last tried on. Earlier ones need no second try. */
    const char *star_pattern = NULL, *star_text = NULL;

    while (*text != '\0') {
        if (*pattern == '*') {
            star_pattern = ++pattern;
            star_text = text;
        } else if (!match_one(&pattern, &text)) {
            if (star_pattern == NULL) {
                return false;
            }
            next_lower(&star_text);
            pattern = star_pattern;
            text = star_text;
        }
    }
    while (*pattern == '*') {
        pattern++;
    }
    return *pattern == '\0';
}
