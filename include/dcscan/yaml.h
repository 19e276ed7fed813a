/*
 * YAML files into structs through schema tables. A file is read into a tree that remembers where every node stood, so that
 * each complaint can be told as "file:line:column: what". All complaints of a file are collected, not only the first.
 * (libyaml is used by src/base only.)
 */
#ifndef DCSCAN_YAML_H
#define DCSCAN_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/alloc.h"
#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

enum dc_yaml_kind { DC_YAML_SCALAR, DC_YAML_LIST, DC_YAML_MAP };

struct dc_yaml_node {
    enum dc_yaml_kind kind;
    bool quoted;         /* scalar written in quotes: never a number, boolean or null */
    const char *file;    /* as given to dc_yaml_load */
    size_t line, column; /* 1-based */
    const char *text;    /* scalar: UTF-8 text, never NULL; else NULL */
    size_t text_size;
    const struct dc_yaml_node **items; /* list: items; map: values */
    const struct dc_yaml_node **keys;  /* map: keys (scalars), else NULL */
    size_t n_items;
};

/* Complaints found in files, in order of finding. Owned by an arena. */
struct dc_complaints {
    struct dc_arena *arena;
    const char **lines; /* "file:line:column: text" */
    size_t n_lines, capacity;
};

void dc_complaints_init(struct dc_complaints *all, struct dc_arena *arena);
void dc_complaints_done(struct dc_complaints *all);
void dc_complain(struct dc_complaints *all, const struct dc_yaml_node *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Reads a file (at most 64 MiB) into a tree in the arena. Duplicate keys, aliases that form cycles, more than 100 levels, invalid
 * UTF-8 and more than one document are errors. DC_ERR_CONFIG with file:line:column in the message.
 */
enum dc_status dc_yaml_load(const char *path, struct dc_arena *arena,
                            const struct dc_yaml_node **root, struct dc_err *err);
/* The same from memory; `name` stands for the file in messages. */
enum dc_status dc_yaml_parse(const char *name, const char *text, size_t size,
                             struct dc_arena *arena, const struct dc_yaml_node **root,
                             struct dc_err *err);

/* The value of a key in a map, or NULL. */
const struct dc_yaml_node *dc_yaml_get(const struct dc_yaml_node *map, const char *key);

/*
 * A schema table: one line a key. The value is stored at `offset` in the caller's struct. Unknown keys, missing required keys and
 * values of the wrong kind or out of range are complaints; a near key is suggested.
 */
enum dc_yaml_type {
    DC_YAML_TEXT,  /* const char *; arena */
    DC_YAML_BOOL,  /* bool: true/false/yes/no */
    DC_YAML_INT,   /* int64_t within [minimum, maximum] */
    DC_YAML_REAL,  /* double within [minimum, maximum] */
    DC_YAML_ENUM,  /* int: index in `words` (NULL-terminated) */
    DC_YAML_TEXTS, /* struct dc_texts; a single scalar counts as a list of one */
    DC_YAML_NODE,  /* const struct dc_yaml_node *: read on by the caller */
    DC_YAML_IGNORE /* known, but not read here */
};

struct dc_texts {
    const char **items;
    size_t n_items;
};

struct dc_yaml_field {
    const char *key;
    enum dc_yaml_type type;
    size_t offset;
    bool required;
    double minimum, maximum;  /* INT and REAL; both 0: no limits */
    const char *const *words; /* ENUM */
};

/* Reads `map` into `out` by `fields` (ended by a line whose key is NULL). Complaints are added; returns true when none was. */
bool dc_yaml_read(const struct dc_yaml_node *map, const struct dc_yaml_field *fields, void *out,
                  struct dc_arena *arena, struct dc_complaints *all);

/* Scalars alone; false (and a complaint) when the text is not of the kind. */
bool dc_yaml_to_int(const struct dc_yaml_node *node, int64_t *out, struct dc_complaints *all);
bool dc_yaml_to_real(const struct dc_yaml_node *node, double *out, struct dc_complaints *all);

#ifdef __cplusplus
}
#endif
#endif
