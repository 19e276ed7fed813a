/*
 * Patterns whose meaning depends on the version of PCRE2: from 10.43 on, `{,3}` is a quantifier and blanks are allowed inside the
 * braces of quantifiers and of \x{…}, \o{…}, \N{…}, \g{…} and \k{…}; before, the same bytes were literal text or an error.
 */
#include <string.h>

#include "loader.h"

size_t dc_pattern_skip_class(const char *pattern, size_t at)
{
    at += pattern[at + 1] == '^' ? 2 : 1;
    at += pattern[at] == ']'; /* a ] in the first place is a member */
    while (pattern[at] != '\0' && pattern[at] != ']') {
        if (pattern[at] == '\\' && pattern[at + 1] != '\0') {
            at++;
        } else if (pattern[at] == '[' && pattern[at + 1] == ':') {
            const char *end = strstr(pattern + at, ":]");

            at = end == NULL ? at : (size_t)(end - pattern) + 1;
        }
        at++;
    }
    return at + (pattern[at] == ']');
}

/* Bytes of a braced text of digits, commas and blanks at `at`, or 0 when it is something else. */
static size_t quantifier_size(const char *pattern, size_t at)
{
    size_t inside = strspn(pattern + at + 1, "0123456789, \t");

    return pattern[at + 1 + inside] == '}' && inside > 0 ? inside + 2 : 0;
}

static bool is_doubtful_quantifier(const char *text, size_t size)
{
    return text[1] == ',' ? size > 3 : strpbrk(text, " \t}") != text + size - 1;
}

/* Braces of an escape with a blank at either end; `at` stands on the opening brace. */
static bool is_doubtful_escape(const char *pattern, size_t at, size_t *size)
{
    const char *end = strchr(pattern + at, '}');

    if (end == NULL || end == pattern + at + 1) {
        return false;
    }
    *size = (size_t)(end - pattern) - at + 1;
    return strchr(" \t", pattern[at + 1]) != NULL || strchr(" \t", end[-1]) != NULL;
}

/* Steps over an escape; true when its braces are doubtful. `*at` stands on the backslash, then behind the escape. */
static bool skip_escape(const char *pattern, size_t *at, size_t *size)
{
    size_t brace = *at + 2;

    if (pattern[*at + 1] == 'Q') {
        const char *end = strstr(pattern + *at, "\\E");

        *at = end == NULL ? strlen(pattern) : (size_t)(end - pattern) + 2;
        return false;
    }
    if (pattern[*at + 1] == '\0') {
        *at += 1;
        return false;
    }
    if (strchr("xoNgk", pattern[*at + 1]) != NULL && pattern[brace] == '{') {
        const char *end = strchr(pattern + brace, '}');
        bool doubtful = is_doubtful_escape(pattern, brace, size);

        *at = doubtful ? brace : end == NULL ? brace + 1 : (size_t)(end - pattern) + 1;
        return doubtful;
    }
    *at = brace;
    return false;
}

bool dc_pattern_version_dependent(const char *pattern, size_t *start, size_t *size)
{
    size_t at = 0;

    while (pattern[at] != '\0') {
        if (pattern[at] == '\\') {
            if (skip_escape(pattern, &at, size)) {
                *start = at;
                return true;
            }
        } else if (pattern[at] == '[') {
            at = dc_pattern_skip_class(pattern, at);
        } else if (pattern[at] == '{') {
            *size = quantifier_size(pattern, at);
            if (*size > 0 && is_doubtful_quantifier(pattern + at, *size)) {
                *start = at;
                return true;
            }
            at++;
        } else {
            at++;
        }
    }
    return false;
}
