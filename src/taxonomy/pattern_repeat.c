/*
 * Patterns that may try for ever. A group that is repeated without bound, and that can itself be nothing but a repetition (`(\d+)*`, `(?:a+b?)+`),
 * cuts the same text in exponentially many ways: on text that almost matches, each is tried. Groups that cannot give back what they took (atomic,
 * possessive) are safe, and so is a group in which something must stand between the repetitions (`(?:\.\d+)*`).
 */
#include <string.h>

#include "loader.h"

#define MOST_DEPTH 64
#define MANY       10 /* repetitions from which a bounded group counts as unbounded */

struct part {
    bool optional; /* may match nothing */
    bool varies;   /* may take more or less of the same text */
};

struct reading {
    const char *pattern;
    size_t at;
    bool found; /* the first risky quantifier is at `where` */
    size_t where;
};

static struct part read_alternatives(struct reading *reading, size_t depth);

/* Behind the head of a group: (?: (?<name> (?= (?> (?i: and the like. *atomic where it gives nothing back. */
static void skip_group_head(struct reading *reading, bool *atomic)
{
    const char *text = reading->pattern;

    if (text[reading->at] != '?') {
        return;
    }
    *atomic = text[reading->at + 1] == '>';
    reading->at++;
    if (text[reading->at] == '<' && text[reading->at + 1] != '=' && text[reading->at + 1] != '!') {
        while (text[reading->at] != '\0' && text[reading->at] != '>') {
            reading->at++;
        }
        reading->at += text[reading->at] != '\0';
        return;
    }
    while (text[reading->at] != '\0' && strchr("imsxnJU^-<", text[reading->at]) != NULL) {
        reading->at++;
    }
    reading->at += text[reading->at] != '\0' && strchr(":=!>|", text[reading->at]) != NULL;
}

static struct part read_group(struct reading *reading, size_t depth, bool *atomic)
{
    struct part part = {false, false};

    reading->at++;
    skip_group_head(reading, atomic);
    part = read_alternatives(reading, depth + 1);
    reading->at += reading->pattern[reading->at] == ')';
    return part;
}

static void skip_escape(struct reading *reading)
{
    const char *end;

    reading->at++;
    if (reading->pattern[reading->at] == '\0') {
        return;
    }
    if (reading->pattern[reading->at] == 'Q') {
        end = strstr(reading->pattern + reading->at, "\\E");
        reading->at = end == NULL ? strlen(reading->pattern) : (size_t)(end - reading->pattern) + 2;
        return;
    }
    reading->at++;
    if (reading->pattern[reading->at - 1] != '\0' &&
        strchr("pPxoNgk", reading->pattern[reading->at - 1]) != NULL &&
        reading->pattern[reading->at] == '{') {
        reading->at += strcspn(reading->pattern + reading->at, "}");
        reading->at += reading->pattern[reading->at] == '}';
    }
}

static size_t number_at(const struct reading *reading, size_t *at)
{
    size_t number = 0;

    while (reading->pattern[*at] >= '0' && reading->pattern[*at] <= '9') {
        number = number * 10 + (size_t)(reading->pattern[(*at)++] - '0');
    }
    return number;
}

/* A quantifier: how often at least and at most; false where there is none. */
static bool read_quantifier(struct reading *reading, size_t *least, size_t *most)
{
    char sign = reading->pattern[reading->at];
    size_t at = reading->at + 1;

    if (sign == '*' || sign == '+' || sign == '?') {
        *least = sign == '+';
        *most = sign == '?' ? 1 : SIZE_MAX;
        reading->at = at;
        return true;
    }
    if (sign != '{' || reading->pattern[at] < '0' || reading->pattern[at] > '9') {
        return false;
    }
    *least = *most = number_at(reading, &at);
    if (reading->pattern[at] == ',') {
        at++;
        *most = reading->pattern[at] == '}' ? SIZE_MAX : number_at(reading, &at);
    }
    if (reading->pattern[at] != '}') {
        return false;
    }
    reading->at = at + 1;
    return true;
}

static void quantify(struct reading *reading, struct part *part, bool atomic)
{
    size_t least, most, start = reading->at;
    bool possessive;

    if (!read_quantifier(reading, &least, &most)) {
        part->varies = part->varies && !atomic;
        return;
    }
    possessive = reading->pattern[reading->at] == '+';
    reading->at += possessive || reading->pattern[reading->at] == '?';
    if (part->varies && !atomic && !possessive && most >= MANY && !reading->found) {
        reading->found = true;
        reading->where = start;
    }
    part->optional = part->optional || least == 0;
    part->varies = !possessive && !atomic && (part->varies || (most > least && most > 1));
}

/* One character, class, escape or group with its quantifier. */
static struct part read_part(struct reading *reading, size_t depth)
{
    struct part part = {false, false};
    bool atomic = false;

    switch (reading->pattern[reading->at]) {
    case '(':
        part = read_group(reading, depth, &atomic);
        break;
    case '[':
        reading->at = dc_pattern_skip_class(reading->pattern, reading->at);
        break;
    case '\\':
        skip_escape(reading);
        break;
    case '^':
    case '$':
        reading->at++;
        part.optional = true;
        break;
    default:
        reading->at++;
        break;
    }
    quantify(reading, &part, atomic);
    return part;
}

/* One alternative varies where a part of it does and all others may be left out. */
static struct part read_sequence(struct reading *reading, size_t depth)
{
    struct part whole = {true, false};
    size_t n_varying = 0, n_needed = 0;

    while (reading->pattern[reading->at] != '\0' &&
           strchr("|)", reading->pattern[reading->at]) == NULL) {
        struct part part = read_part(reading, depth);

        n_varying += part.varies;
        n_needed += !part.optional && !part.varies;
        whole.optional = whole.optional && part.optional;
    }
    whole.varies = n_varying == 1 && n_needed == 0;
    return whole;
}

static struct part read_alternatives(struct reading *reading, size_t depth)
{
    struct part whole = {false, false};
    bool more = depth < MOST_DEPTH;

    while (more) {
        struct part one = read_sequence(reading, depth);

        whole.optional = whole.optional || one.optional;
        whole.varies = whole.varies || one.varies;
        more = reading->pattern[reading->at] == '|';
        reading->at += more;
    }
    return whole;
}

bool dc_pattern_repeats_itself(const char *pattern, size_t *where)
{
    struct reading reading = {pattern, 0, false, 0};

    while (pattern[reading.at] != '\0' && !reading.found) {
        read_alternatives(&reading, 0);
        reading.at += pattern[reading.at] == ')'; /* a stray one: PCRE2 complains */
        if (pattern[reading.at] == '(') {
            break; /* deeper than anyone writes */
        }
    }
    *where = reading.where;
    return reading.found;
}
