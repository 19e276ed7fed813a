/* The pattern analyser: recursive descent over alternatives, sequences, quantified atoms. */
#include <string.h>

#include "dcscan/text.h"
#include "check_util.h"
#include "pattern.h"
#include "pattern_char.h"

#define MAX_DEPTH 40

struct parser {
    const char *at;
    bool caseless;
    bool failed; /* something the analyser does not know */
    int depth;
};

static const struct dc_pattern_facts nothing = {.known = true};

static struct dc_pattern_facts read_alternatives(struct parser *parser);

static size_t add_sizes(size_t a, size_t b)
{
    return a > DC_UNBOUNDED - b ? DC_UNBOUNDED : a + b;
}

static size_t multiply(size_t size, size_t times)
{
    if (times == 0 || size == 0) {
        return 0;
    }
    return size > DC_UNBOUNDED / times ? DC_UNBOUNDED : size * times;
}

static struct dc_pattern_facts give_up(struct parser *parser)
{
    parser->failed = true;
    return nothing;
}

static struct dc_size_range add_ranges(struct dc_size_range a, struct dc_size_range b)
{
    return (struct dc_size_range){add_sizes(a.least, b.least), add_sizes(a.most, b.most)};
}

static struct dc_size_range unite_ranges(struct dc_size_range a, struct dc_size_range b)
{
    return (struct dc_size_range){a.least < b.least ? a.least : b.least,
                                  a.most > b.most ? a.most : b.most};
}

static struct dc_size_range multiply_range(struct dc_size_range a, struct dc_size_range times)
{
    return (struct dc_size_range){multiply(a.least, times.least), multiply(a.most, times.most)};
}

/* a, then b. */
static struct dc_pattern_facts in_sequence(const struct dc_pattern_facts *a,
                                           const struct dc_pattern_facts *b)
{
    struct dc_pattern_facts out = *a;

    out.size = add_ranges(a->size, b->size);
    out.points = add_ranges(a->points, b->points);
    out.hyphens = add_ranges(a->hyphens, b->hyphens);
    out.least_digits = add_sizes(a->least_digits, b->least_digits);
    out.required |= b->required;
    out.allowed |= b->allowed;
    if (a->size.least == 0) {
        dc_key_set_unite(&out.first, &b->first);
    }
    out.last = b->last;
    if (b->size.least == 0) {
        dc_key_set_unite(&out.last, &a->last);
    }
    return out;
}

static struct dc_pattern_facts either(const struct dc_pattern_facts *a,
                                      const struct dc_pattern_facts *b)
{
    struct dc_pattern_facts out = *a;

    out.size = unite_ranges(a->size, b->size);
    out.points = unite_ranges(a->points, b->points);
    out.hyphens = unite_ranges(a->hyphens, b->hyphens);
    out.least_digits = a->least_digits < b->least_digits ? a->least_digits : b->least_digits;
    out.required &= b->required;
    out.allowed |= b->allowed;
    dc_key_set_unite(&out.first, &b->first);
    dc_key_set_unite(&out.last, &b->last);
    return out;
}

static struct dc_pattern_facts repeated(const struct dc_pattern_facts *a,
                                        struct dc_size_range times)
{
    struct dc_pattern_facts out = *a;

    if (times.most == 0) {
        return nothing;
    }
    out.size = multiply_range(a->size, times);
    out.points = multiply_range(a->points, times);
    out.hyphens = multiply_range(a->hyphens, times);
    out.least_digits = multiply(a->least_digits, times.least);
    out.required = times.least == 0 ? 0 : a->required;
    return out;
}

/* Digits of a quantifier; the pattern compiler has bounds of its own, so a long number is simply not known. */
static bool read_count(const char **at, size_t *out)
{
    size_t n_digits = strspn(*at, "0123456789");

    if (n_digits == 0 || n_digits > 5) {
        return false;
    }
    *out = (size_t)dc_digits_value(*at, n_digits);
    *at += n_digits;
    return true;
}

/* {n} {n,} {n,m} at the brace; false (and nothing moved) when it is literal text. */
static bool read_braces(struct parser *parser, struct dc_size_range *times)
{
    const char *at = parser->at + 1;

    if (*at == ',' || *at == ' ') {
        parser->failed = true; /* means different things to different versions */
        return false;
    }
    if (!read_count(&at, &times->least)) {
        return false;
    }
    times->most = times->least;
    if (*at == ',') {
        at++;
        if (*at == '}') {
            times->most = DC_UNBOUNDED;
        } else if (!read_count(&at, &times->most)) {
            return false;
        }
    }
    if (*at != '}') {
        return false;
    }
    parser->at = at + 1;
    return true;
}

static bool read_quantifier(struct parser *parser, struct dc_size_range *times)
{
    switch (*parser->at) {
    case '*':
        *times = (struct dc_size_range){0, DC_UNBOUNDED};
        break;
    case '+':
        *times = (struct dc_size_range){1, DC_UNBOUNDED};
        break;
    case '?':
        *times = (struct dc_size_range){0, 1};
        break;
    case '{':
        return read_braces(parser, times);
    default:
        return false;
    }
    parser->at++;
    return true;
}

static struct dc_pattern_facts quantify(struct parser *parser, struct dc_pattern_facts atom)
{
    struct dc_size_range times;

    if (!read_quantifier(parser, &times)) {
        return atom;
    }
    if (*parser->at == '?' || *parser->at == '+') {
        parser->at++; /* lazy and possessive match no other lengths than greedy */
    }
    if (*parser->at == '{') {
        return give_up(parser); /* a quantifier of a quantifier */
    }
    return repeated(&atom, times);
}

/* Behind "(?": leaves parser->at at the group's content. False when the kind is not known. *look tells a look-around. */
static bool read_group_kind(struct parser *parser, bool *look)
{
    const char *at = parser->at;
    const char *end;

    *look = *at == '=' || *at == '!' || (*at == '<' && (at[1] == '=' || at[1] == '!'));
    if (*at == ':' || *at == '>') {
        parser->at++;
        return true;
    }
    if (*look) {
        parser->at += *at == '<' ? 2 : 1;
        return true;
    }
    if (*at != 'P' && *at != '<') {
        return false;
    }
    at += *at == 'P' ? 1 : 0;
    end = strchr(at, '>');
    if (*at != '<' || end == NULL) {
        return false;
    }
    parser->at = end + 1;
    return true;
}

static struct dc_pattern_facts read_group(struct parser *parser)
{
    struct dc_pattern_facts inside;
    bool look = false;

    parser->at++;
    if (*parser->at == '*' || ++parser->depth > MAX_DEPTH) {
        return give_up(parser);
    }
    if (*parser->at == '?') {
        parser->at++;
        if (!read_group_kind(parser, &look)) {
            return give_up(parser);
        }
    }
    inside = read_alternatives(parser);
    parser->depth--;
    if (parser->failed || *parser->at != ')') {
        return give_up(parser);
    }
    parser->at++;
    /* A look-around takes no room, and what it forbids or demands only makes matches fewer. */
    return look ? nothing : inside;
}

static struct dc_pattern_facts read_escape(struct parser *parser)
{
    struct dc_char_set set;

    if (parser->at[1] != '\0' && strchr("bBAzZGK", parser->at[1]) != NULL) {
        parser->at += 2;
        return nothing;
    }
    dc_char_set_init(&set, parser->caseless);
    if (!dc_char_set_add_escape(&set, &parser->at)) {
        return give_up(parser);
    }
    return dc_char_set_facts(&set);
}

static struct dc_pattern_facts read_class(struct parser *parser)
{
    struct dc_char_set set;

    dc_char_set_init(&set, parser->caseless);
    if (!dc_char_set_add_class(&set, &parser->at)) {
        return give_up(parser);
    }
    return dc_char_set_facts(&set);
}

static struct dc_pattern_facts read_literal(struct parser *parser)
{
    struct dc_char_set set;
    uint32_t code;

    dc_char_set_init(&set, parser->caseless);
    parser->at += dc_utf8_next(parser->at, strlen(parser->at), &code);
    dc_char_set_add(&set, code, code);
    return dc_char_set_facts(&set);
}

static struct dc_pattern_facts read_any(struct parser *parser)
{
    struct dc_char_set set;

    dc_char_set_init(&set, false);
    dc_char_set_add(&set, 0, DC_LAST_CODE);
    parser->at++;
    return dc_char_set_facts(&set);
}

static struct dc_pattern_facts read_atom(struct parser *parser)
{
    switch (*parser->at) {
    case '(':
        return read_group(parser);
    case '[':
        return read_class(parser);
    case '\\':
        return read_escape(parser);
    case '.':
        return read_any(parser);
    case '^':
    case '$':
        parser->at++;
        return nothing;
    case '*':
    case '+':
    case '?':
        return give_up(parser);
    default:
        return read_literal(parser);
    }
}

static struct dc_pattern_facts read_sequence(struct parser *parser)
{
    struct dc_pattern_facts all = nothing;

    while (!parser->failed && *parser->at != '\0' && *parser->at != '|' && *parser->at != ')') {
        struct dc_pattern_facts atom = quantify(parser, read_atom(parser));

        all = in_sequence(&all, &atom);
    }
    return all;
}

static struct dc_pattern_facts read_alternatives(struct parser *parser)
{
    struct dc_pattern_facts all = read_sequence(parser);

    while (!parser->failed && *parser->at == '|') {
        struct dc_pattern_facts next;

        parser->at++;
        next = read_sequence(parser);
        all = either(&all, &next);
    }
    return all;
}

void dc_pattern_analyse(const char *pattern, bool caseless, struct dc_pattern_facts *out)
{
    struct parser parser = {pattern, caseless, false, 0};

    *out = read_alternatives(&parser);
    if (!parser.failed && *parser.at == '\0') {
        return;
    }
    *out = (struct dc_pattern_facts){.known = false,
                                     .size = {0, DC_UNBOUNDED},
                                     .points = {0, DC_UNBOUNDED},
                                     .hyphens = {0, DC_UNBOUNDED},
                                     .allowed = UINT16_MAX};
    dc_key_set_add_range(&out->first, 0, DC_LAST_CODE);
    out->last = out->first;
}
