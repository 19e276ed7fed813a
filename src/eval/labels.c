/* Labels out of CSV files. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

#include "eval_internal.h"

#define LARGEST_FILE    ((size_t)256 << 20)
#define HIGHEST_LEVEL   9
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

enum field {
    CORPUS,
    KEY,
    SCHEMA,
    TABLE,
    COLUMN,
    CATEGORY,
    ALTERNATES,
    LEVEL,
    LEVEL_ALT,
    PI,
    IMPORTANT,
    N_FIELDS
};

static const char *const field_names[N_FIELDS] = {"corpus",    "key",      "schema",     "table",
                                                  "column",    "category", "alternates", "level",
                                                  "level_alt", "pi",       "important"};

/* Where a file's own columns stand. */
struct layout {
    int places[N_FIELDS]; /* -1: it has none */
};

struct label_reader {
    struct dc_eval_labels *labels;
    struct layout layout;
    struct eval_csv csv;
    const char *path;
};

void dc_eval_labels_init(struct dc_eval_labels *labels, struct dc_arena *arena)
{
    *labels = (struct dc_eval_labels){.arena = arena};
}

void dc_eval_labels_done(struct dc_eval_labels *labels)
{
    free(labels->items);
    labels->items = NULL;
    labels->n_items = labels->capacity = 0;
}

static enum dc_status complain(const struct label_reader *reader, struct dc_err *err,
                               const char *what, const char *text)
{
    return dc_err_set(err, DC_ERR_CONFIG, "could not read labels: %s:%zu: %s \"%s\"", reader->path,
                      reader->csv.began_at, what, text);
}

static enum dc_status read_layout(struct label_reader *reader, struct dc_err *err)
{
    static const enum field needed[] = {CORPUS, CATEGORY, LEVEL};
    struct dc_texts names = {NULL, 0};

    eval_csv_next(&reader->csv, &names);
    for (int field = 0; field < N_FIELDS; field++) {
        reader->layout.places[field] = -1;
        for (size_t i = 0; i < names.n_items; i++) {
            if (strcmp(names.items[i], field_names[field]) == 0) {
                reader->layout.places[field] = (int)i;
            }
        }
    }
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (reader->layout.places[needed[i]] < 0) {
            return complain(reader, err, "there is no column", field_names[needed[i]]);
        }
    }
    if (reader->layout.places[KEY] < 0 &&
        (reader->layout.places[TABLE] < 0 || reader->layout.places[COLUMN] < 0)) {
        return complain(reader, err, "there is neither a key nor a column",
                        reader->layout.places[TABLE] < 0 ? "table" : "column");
    }
    return DC_OK;
}

static const char *value_of(const struct label_reader *reader, const struct dc_texts *record,
                            enum field field)
{
    int place = reader->layout.places[field];

    return place >= 0 && (size_t)place < record->n_items ? record->items[place] : "";
}

/* Parts of "a|b", trimmed, empty ones left out; `first` before them where it is not NULL. */
static struct dc_texts split(struct dc_arena *arena, const char *first, const char *text)
{
    size_t most = 2;
    struct dc_texts parts = {NULL, 0};

    for (const char *at = text; *at != '\0'; at++) {
        most += *at == '|';
    }
    parts.items = dc_arena_alloc(arena, most * sizeof *parts.items);
    if (first != NULL) {
        parts.items[parts.n_items++] = first;
    }
    for (const char *at = text;; at++) {
        size_t size = strcspn(at, "|");
        const char *next = at + size;

        while (size > 0 && (*at == ' ' || *at == '\t')) {
            at++;
            size--;
        }
        while (size > 0 && (at[size - 1] == ' ' || at[size - 1] == '\t')) {
            size--;
        }
        if (size > 0) {
            parts.items[parts.n_items++] = dc_arena_strndup(arena, at, size);
        }
        at = next;
        if (*at == '\0') {
            return parts;
        }
    }
}

/* Levels as "G3" or "3"; false for what is none. */
static bool add_levels(struct dc_arena *arena, const char *text, uint32_t *levels)
{
    struct dc_texts parts = split(arena, NULL, text);

    for (size_t i = 0; i < parts.n_items; i++) {
        const char *digits = parts.items[i] + strspn(parts.items[i], "Gg");
        char *end = NULL;
        long level = strtol(digits, &end, 10);

        if (*digits < '0' || *digits > '9' || *end != '\0' || level > HIGHEST_LEVEL) {
            return false;
        }
        *levels |= 1u << level;
    }
    return true;
}

static bool add_marks(struct dc_arena *arena, const char *text, uint32_t *marks)
{
    static const struct {
        const char *name;
        uint32_t bit;
    } known[] = {{"none", DC_EVAL_PI_NONE},
                 {"personal", DC_EVAL_PI_PERSONAL},
                 {"sensitive", DC_EVAL_PI_SENSITIVE}};
    struct dc_texts parts = split(arena, NULL, text);

    for (size_t i = 0; i < parts.n_items; i++) {
        size_t k = 0;

        while (k < sizeof known / sizeof *known && strcmp(known[k].name, parts.items[i]) != 0) {
            k++;
        }
        if (k == sizeof known / sizeof *known) {
            return false;
        }
        *marks |= known[k].bit;
    }
    *marks = *marks == 0 ? DC_EVAL_PI_NONE : *marks;
    return true;
}

static enum dc_status add_label(struct label_reader *reader, const struct dc_texts *record,
                                struct dc_err *err)
{
    struct dc_eval_labels *labels = reader->labels;
    struct dc_arena *arena = labels->arena;
    struct dc_eval_label label = {.source = value_of(reader, record, CORPUS),
                                  .key = value_of(reader, record, KEY),
                                  .schema = value_of(reader, record, SCHEMA),
                                  .table = value_of(reader, record, TABLE),
                                  .column = value_of(reader, record, COLUMN),
                                  .category = value_of(reader, record, CATEGORY)};

    if (label.category[0] == '\0') {
        return complain(reader, err, "there is no category for", label.column);
    }
    if (!add_levels(arena, value_of(reader, record, LEVEL), &label.levels) ||
        !add_levels(arena, value_of(reader, record, LEVEL_ALT), &label.levels)) {
        return complain(reader, err, "levels are G1 to G4, not",
                        value_of(reader, record, LEVEL_ALT)[0] == '\0'
                            ? value_of(reader, record, LEVEL)
                            : value_of(reader, record, LEVEL_ALT));
    }
    if (!add_marks(arena, value_of(reader, record, PI), &label.pi)) {
        return complain(reader, err, "\"pi\" is none, personal or sensitive, not",
                        value_of(reader, record, PI));
    }
    label.leaves = split(arena, label.category, value_of(reader, record, ALTERNATES));
    label.important = strcmp(value_of(reader, record, IMPORTANT), "yes") == 0;
    labels->items = dc_array_grow(labels->items, labels->n_items, &labels->capacity,
                                  sizeof *labels->items);
    labels->items[labels->n_items++] = label;
    return DC_OK;
}

enum dc_status dc_eval_labels_read(struct dc_eval_labels *labels, const char *path,
                                   struct dc_err *err)
{
    struct label_reader reader = {.labels = labels, .path = path};
    struct dc_texts record;
    char *content = NULL;
    size_t size = 0, kept = labels->n_items;
    enum dc_status status = dc_file_read(path, LARGEST_FILE, &content, &size, err);

    if (status != DC_OK) {
        return status;
    }
    reader.csv = (struct eval_csv){
        .at = content, .end = content + size, .line = 1, .arena = labels->arena};
    if (size >= strlen(BYTE_ORDER_MARK) &&
        memcmp(content, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0) {
        reader.csv.at += strlen(BYTE_ORDER_MARK);
    }
    status = read_layout(&reader, err);
    while (status == DC_OK && eval_csv_next(&reader.csv, &record)) {
        status = add_label(&reader, &record, err);
    }
    if (status != DC_OK) {
        labels->n_items = kept;
    }
    free(content);
    return status;
}
