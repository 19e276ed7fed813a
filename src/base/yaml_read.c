/* Trees into structs by schema tables. */
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "dcscan/yaml.h"

#define MAX_KEY 64 /* longer keys get no suggestion */

/* What reading one field needs. */
struct reading {
    const struct dc_yaml_field *field;
    const struct dc_yaml_node *node;
    void *out; /* the place of the field in the caller's struct */
    struct dc_arena *arena;
    struct dc_complaints *all;
};

/* ---- suggestions ---- */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Case is no difference here: keys are lower case, and "Share" is still near to "share". */
static bool same(char a, char b)
{
    return a == b || (((a ^ b) == 0x20) && (a | 0x20) >= 'a' && (a | 0x20) <= 'z');
}

/* Edits (insert, delete, replace, swap of neighbours) between two short words: Damerau-Levenshtein, restricted form. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][MAX_KEY + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    size_t n_a = strlen(a), n_b = strlen(b);

    for (size_t j = 0; j <= n_b; j++) {
        above[j] = before[j] = j;
    }
    for (size_t i = 1; i <= n_a; i++) {
        size_t *spare = before;

        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            row[j] = smaller(above[j - 1] + !same(a[i - 1], b[j - 1]),
                             smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
                row[j] = smaller(row[j], before[j - 2] + 1);
            }
        }
        before = above;
        above = row;
        row = spare;
    }
    return above[n_b];
}

/* Keeps the nearer of the best so far and a candidate. */
static void consider(const char *text, const char *candidate, const char **best, size_t *best_edits)
{
    size_t edits;

    if (strlen(text) > MAX_KEY || strlen(candidate) > MAX_KEY) {
        return;
    }
    edits = distance(text, candidate);
    if (edits < *best_edits) {
        *best = candidate;
        *best_edits = edits;
    }
}

/* Edits from which two words are no longer near: a third of the word, at least one, at most two. */
static size_t too_far(const char *text)
{
    size_t third = strlen(text) / 3;

    return third < 1 ? 2 : third > 2 ? 3 : third + 1;
}

static void complain_unknown(const struct dc_yaml_node *key, const struct dc_yaml_field *fields,
                             struct dc_complaints *all)
{
    const char *near = NULL;
    size_t edits = too_far(key->text);

    for (const struct dc_yaml_field *field = fields; field->key != NULL; field++) {
        consider(key->text, field->key, &near, &edits);
    }
    if (near != NULL) {
        dc_complain(all, key, "unknown key \"%s\"; did you mean \"%s\"?", key->text, near);
    } else {
        dc_complain(all, key, "unknown key \"%s\"", key->text);
    }
}

/* ---- scalars ---- */

static const char *kind_name(const struct dc_yaml_node *node)
{
    return node->kind == DC_YAML_MAP ? "a map" : node->kind == DC_YAML_LIST ? "a list" : "a text";
}

static bool is_null(const struct dc_yaml_node *node)
{
    return node->kind == DC_YAML_SCALAR && !node->quoted &&
           (node->text[0] == '\0' || strcmp(node->text, "~") == 0 ||
            dc_text_equal_nocase(node->text, "null"));
}

/* What was found instead: a kind of node, or the text itself. */
static const char *found(const struct dc_yaml_node *node, struct dc_strbuf *text)
{
    dc_strbuf_reset(text);
    if (node->kind != DC_YAML_SCALAR) {
        dc_strbuf_puts(text, kind_name(node));
    } else {
        dc_strbuf_printf(text, "\"%s\"%s", node->text, node->quoted ? " in quotes" : "");
    }
    return dc_strbuf_text(text);
}

/* `key` names the field, or is NULL for a scalar alone. */
static bool fail_number(const struct dc_yaml_node *node, const char *key, const char *wanted,
                        struct dc_complaints *all)
{
    struct dc_strbuf text = DC_STRBUF_INIT(512);

    dc_complain(all, node, "%s%s%sexpected %s, found %s", key == NULL ? "" : "\"",
                key == NULL ? "" : key, key == NULL ? "" : "\": ", wanted, found(node, &text));
    dc_strbuf_done(&text);
    return false;
}

static bool to_int(const struct dc_yaml_node *node, const char *key, int64_t *out,
                   struct dc_complaints *all)
{
    const char *digits;
    char *end = NULL;
    long long value;

    if (node->kind != DC_YAML_SCALAR || node->quoted) {
        return fail_number(node, key, "a whole number", all);
    }
    digits = node->text + (node->text[0] == '-' || node->text[0] == '+');
    errno = 0;
    value = strtoll(node->text, &end, 10);
    if (digits[0] < '0' || digits[0] > '9' || *end != '\0') {
        return fail_number(node, key, "a whole number", all);
    }
    if (errno == ERANGE) {
        return fail_number(node, key, "a whole number of at most 18 digits", all);
    }
    *out = value;
    return true;
}

bool dc_yaml_to_int(const struct dc_yaml_node *node, int64_t *out, struct dc_complaints *all)
{
    return to_int(node, NULL, out, all);
}

/* Digits, a point, an exponent: strtod alone would take "nan", "0x1p3" and the decimal comma of a locale. */
static bool looks_real(const char *text)
{
    size_t digits;

    text += *text == '-' || *text == '+';
    digits = strspn(text, "0123456789");
    text += digits;
    if (*text == '.') {
        size_t more = strspn(text + 1, "0123456789");

        digits += more;
        text += more + 1;
    }
    if (digits > 0 && (*text == 'e' || *text == 'E')) {
        text++;
        text += *text == '-' || *text == '+';
        digits = strspn(text, "0123456789");
        text += digits;
    }
    return digits > 0 && *text == '\0';
}

static bool to_real(const struct dc_yaml_node *node, const char *key, double *out,
                    struct dc_complaints *all)
{
    locale_t plain;
    double value;

    if (node->kind != DC_YAML_SCALAR || node->quoted || !looks_real(node->text)) {
        return fail_number(node, key, "a number", all);
    }
    plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) {
        abort();
    }
    value = strtod_l(node->text, NULL, plain);
    freelocale(plain);
    if (value > 1e300 || value < -1e300) {
        return fail_number(node, key, "a number within ±1e300", all);
    }
    *out = value;
    return true;
}

bool dc_yaml_to_real(const struct dc_yaml_node *node, double *out, struct dc_complaints *all)
{
    return to_real(node, NULL, out, all);
}

/* ---- fields ---- */

static void check_range(const struct reading *at, double value)
{
    const struct dc_yaml_field *field = at->field;
    bool bounded = field->minimum < 0 || field->minimum > 0 || field->maximum < 0 ||
                   field->maximum > 0;

    if (bounded && (value < field->minimum || value > field->maximum)) {
        dc_complain(at->all, at->node, "\"%s\" has to be between %.15g and %.15g, found %s",
                    field->key, field->minimum, field->maximum, at->node->text);
    }
}

static void read_text(const struct reading *at)
{
    if (at->node->kind != DC_YAML_SCALAR) {
        dc_complain(at->all, at->node, "\"%s\" has to be a text, found %s", at->field->key,
                    kind_name(at->node));
        return;
    }
    *(const char **)at->out = dc_arena_strdup(at->arena, at->node->text);
}

static void read_bool(const struct reading *at)
{
    static const char *const words[] = {"true", "yes", "false", "no"};
    struct dc_strbuf text = DC_STRBUF_INIT(512);

    for (size_t i = 0; at->node->kind == DC_YAML_SCALAR && !at->node->quoted && i < 4; i++) {
        if (dc_text_equal_nocase(at->node->text, words[i])) {
            *(bool *)at->out = i < 2;
            return;
        }
    }
    dc_complain(at->all, at->node, "\"%s\" has to be true or false, found %s", at->field->key,
                found(at->node, &text));
    dc_strbuf_done(&text);
}

static void read_int(const struct reading *at)
{
    int64_t value = 0;

    if (to_int(at->node, at->field->key, &value, at->all)) {
        check_range(at, (double)value);
        *(int64_t *)at->out = value;
    }
}

static void read_real(const struct reading *at)
{
    double value = 0;

    if (to_real(at->node, at->field->key, &value, at->all)) {
        check_range(at, value);
        *(double *)at->out = value;
    }
}

static void complain_word(const struct reading *at)
{
    struct dc_strbuf words = DC_STRBUF_INIT(1024), text = DC_STRBUF_INIT(512);
    const char *near = NULL;
    size_t edits = at->node->kind == DC_YAML_SCALAR ? too_far(at->node->text) : 0;

    for (size_t i = 0; at->field->words[i] != NULL; i++) {
        dc_strbuf_printf(&words, "%s%s", i == 0 ? "" : ", ", at->field->words[i]);
        if (edits > 0) {
            consider(at->node->text, at->field->words[i], &near, &edits);
        }
    }
    dc_complain(at->all, at->node, "\"%s\" has to be one of %s; found %s%s%s%s", at->field->key,
                dc_strbuf_text(&words), found(at->node, &text),
                near == NULL ? "" : "; did you mean \"", near == NULL ? "" : near,
                near == NULL ? "" : "\"?");
    dc_strbuf_done(&words);
    dc_strbuf_done(&text);
}

static void read_enum(const struct reading *at)
{
    for (int i = 0; at->node->kind == DC_YAML_SCALAR && at->field->words[i] != NULL; i++) {
        if (strcmp(at->node->text, at->field->words[i]) == 0) {
            *(int *)at->out = i;
            return;
        }
    }
    complain_word(at);
}

static void read_texts(const struct reading *at)
{
    const struct dc_yaml_node *node = at->node;
    const struct dc_yaml_node *const *items = node->kind == DC_YAML_LIST ? node->items : &at->node;
    size_t n = node->kind == DC_YAML_LIST ? node->n_items : 1;
    const char **texts = dc_arena_alloc(at->arena, n * sizeof *texts);
    struct dc_texts *out = at->out;

    if (node->kind == DC_YAML_MAP) {
        dc_complain(at->all, node, "\"%s\" has to be a list of texts, found a map", at->field->key);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (items[i]->kind != DC_YAML_SCALAR || is_null(items[i])) {
            dc_complain(at->all, items[i], "\"%s\" has to be a list of texts, found %s in it",
                        at->field->key,
                        is_null(items[i]) ? "nothing (or an unquoted null)" : kind_name(items[i]));
            return;
        }
        texts[i] = dc_arena_strdup(at->arena, items[i]->text);
    }
    out->items = texts;
    out->n_items = n;
}

static void read_field(const struct reading *at)
{
    switch (at->field->type) {
    case DC_YAML_TEXT:
        read_text(at);
        break;
    case DC_YAML_BOOL:
        read_bool(at);
        break;
    case DC_YAML_INT:
        read_int(at);
        break;
    case DC_YAML_REAL:
        read_real(at);
        break;
    case DC_YAML_ENUM:
        read_enum(at);
        break;
    case DC_YAML_TEXTS:
        read_texts(at);
        break;
    case DC_YAML_NODE:
        *(const struct dc_yaml_node **)at->out = at->node;
        break;
    case DC_YAML_IGNORE:
        break;
    }
}

static void complain_unknown_keys(const struct dc_yaml_node *map,
                                  const struct dc_yaml_field *fields, struct dc_complaints *all)
{
    for (size_t i = 0; i < map->n_items; i++) {
        const struct dc_yaml_field *field = fields;

        while (field->key != NULL && strcmp(field->key, map->keys[i]->text) != 0) {
            field++;
        }
        if (field->key == NULL) {
            complain_unknown(map->keys[i], fields, all);
        }
    }
}

bool dc_yaml_read(const struct dc_yaml_node *map, const struct dc_yaml_field *fields, void *out,
                  struct dc_arena *arena, struct dc_complaints *all)
{
    size_t before = all->n_lines;

    if (map->kind != DC_YAML_MAP) {
        dc_complain(all, map, "expected a map of keys and values, found %s",
                    is_null(map) ? "nothing" : kind_name(map));
        return false;
    }
    complain_unknown_keys(map, fields, all);
    for (const struct dc_yaml_field *field = fields; field->key != NULL; field++) {
        const struct dc_yaml_node *node = dc_yaml_get(map, field->key);

        /* `key:` with nothing behind it is a key left out. */
        if (node == NULL || is_null(node)) {
            if (field->required) {
                dc_complain(all, node == NULL ? map : node, "key \"%s\" is missing%s", field->key,
                            node == NULL ? "" : " its value");
            }
            continue;
        }
        read_field(&(struct reading){field, node, (char *)out + field->offset, arena, all});
    }
    return all->n_lines == before;
}
