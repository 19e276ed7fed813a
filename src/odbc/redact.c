#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dcscan/alloc.h"
#include "internal.h"

/* Overwrites text[0..size) by ***, moving the rest up; returns the place after. Never makes the text longer. */
static char *blot(char *text, size_t size)
{
    size_t mark = size < 3 ? size : 3;

    memset(text, '*', mark);
    memmove(text + mark, text + size, strlen(text + size) + 1);
    return text + mark;
}

void dc_odbc_blot_secret(char *text, const char *secret)
{
    size_t size = secret != NULL ? strlen(secret) : 0;
    char *at = text;

    if (size == 0) {
        return;
    }
    while ((at = strstr(at, secret)) != NULL) {
        at = blot(at, size);
    }
}

static const char *password_key_at(const char *text)
{
    static const char *const keys[] = {"PWD=", "PASSWORD="};

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (strncasecmp(text, keys[i], strlen(keys[i])) == 0) {
            return text + strlen(keys[i]);
        }
    }
    return NULL;
}

static size_t password_size(const char *value)
{
    const char *end = value;

    if (*value != '{') {
        return strcspn(value, ";");
    }
    for (end++; *end != '\0' && (end[0] != '}' || end[1] == '}'); end++) {
        end += end[0] == '}';
    }
    return (size_t)(end - value) + (*end == '}');
}

void dc_odbc_blot_password_keys(char *text)
{
    for (char *at = text; *at != '\0'; at++) {
        const char *value = password_key_at(at);

        if (value != NULL) {
            at += value - at;
            at = blot(at, password_size(at)) - 1;
        }
    }
}

/* The statement without what quotes names, so that `a`.`b` and 'a.b' compare equal. */
static char *without_quotes(const char *sql)
{
    char *plain = dc_alloc(strlen(sql) + 1, 1), *to = plain;

    for (; *sql != '\0'; sql++) {
        if (strchr("`\"[]'", *sql) == NULL) {
            *to++ = *sql;
        }
    }
    *to = '\0';
    return plain;
}

static bool contains(const char *haystack, const char *needle, size_t size)
{
    size_t n = strlen(haystack);

    return memmem(haystack, n, needle, size) != NULL;
}

/* A quote opens only before a value: not the apostrophe of "can't" or "doesn't". */
static bool opens_quote(const char *text, const char *at)
{
    return (*at == '\'' || *at == '"') && (at == text || !isalnum((unsigned char)at[-1]));
}

void dc_odbc_blot_values(char *text, const char *sql)
{
    char *plain = without_quotes(sql != NULL ? sql : "");

    for (char *at = text; *at != '\0'; at++) {
        if (!opens_quote(text, at)) {
            continue;
        }
        char *end = strchr(at + 1, *at);

        /* Unbalanced: a message that was cut. What follows the quote may be a value. */
        if (end == NULL) {
            blot(at + 1, strlen(at + 1));
            break;
        }
        if (contains(plain, at + 1, (size_t)(end - at - 1))) {
            at = end;
        } else {
            at = blot(at + 1, (size_t)(end - at - 1));
        }
    }
    free(plain);
}
