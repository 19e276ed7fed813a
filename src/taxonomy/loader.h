/*
 * Private to the taxonomy layer: what the parts of the loader share.
 *
 * Loading has two passes. First every item of every file is read by its section's schema table into a raw struct and collected
 * under its id; an item of a later layer (an overlay) takes the place of an earlier one. When all ids are known, each raw item
 * is compiled into the taxonomy's own struct and its references become indexes. Complaints are collected all the way.
 */
#ifndef DCSCAN_TAXONOMY_LOADER_H
#define DCSCAN_TAXONOMY_LOADER_H

#include "dcscan/taxonomy.h"
#include "idmap.h"

/* In the order of the files' description; SECTION_LEAVES … are indexes of dc_sections. */
enum section_id {
    SECTION_LEAVES,
    SECTION_LEXICON,
    SECTION_ROLES,
    SECTION_COMBINATIONS,
    SECTION_SUBJECTS,
    SECTION_KNOWN_FIELDS,
    SECTION_KNOWN_TABLES,
    SECTION_VALUES,
    SECTION_LEVEL_RULES,
    SECTION_CANDIDATE_RULES,
    SECTION_CLASS_MAPS,
    SECTION_LEVEL_MAPS,
    SECTION_WEIGHTS,
    SECTION_OVERRIDES,
    N_SECTIONS
};

/* One item as read, before its references are resolved. */
struct item {
    const char *id;                /* NULL for sections without ids */
    const struct dc_yaml_node *at; /* where it stands */
    size_t layer;                  /* 0: the main file and what it includes; 1…: overlays */
    void *raw;                     /* raw struct of its section */
};

struct collected {
    struct item *items;
    size_t n_items, capacity;
    struct idmap ids; /* id → index in items, which is the index in the taxonomy too */
};

struct loader {
    struct dc_taxonomy *taxonomy;
    struct dc_arena *arena;   /* the taxonomy's: lives on */
    struct dc_arena *scratch; /* trees and raw items: gone after loading */
    struct dc_complaints *all;
    struct collected sections[N_SECTIONS];
    size_t layer;
    struct dc_replacement *replacements;
    size_t n_replacements, replacements_capacity;
};

struct section {
    const char *key;    /* of the list in a file */
    const char *id_key; /* key of an item's id; NULL: items have none */
    const char *noun;   /* "leaf", for messages */
    const struct dc_yaml_field *fields;
    size_t raw_size;
    const void *defaults; /* a raw struct with the defaults, or NULL for zeros */
    /* Where the compiled array and its length stand in struct dc_taxonomy, and the size of one. */
    size_t array, n_array, item_size;
    /* Collects the section's node instead of reading a list of maps; NULL where it is one. */
    void (*collect)(struct loader *loader, enum section_id section,
                    const struct dc_yaml_node *node);
    void (*compile)(struct loader *loader, const struct item *item, void *out);
};

extern const struct section *const dc_sections[N_SECTIONS];
/* One file a group of sections; each section's schema and compile function stay private there. */
extern const struct section dc_section_leaves, dc_section_lexicon, dc_section_roles,
    dc_section_combinations, dc_section_subjects, dc_section_known_fields, dc_section_known_tables,
    dc_section_values, dc_section_level_rules, dc_section_candidate_rules, dc_section_class_maps,
    dc_section_level_maps, dc_section_weights, dc_section_overrides;

/* ---- sections.c ---- */

/* Reads all sections of a file's root map; keys that are no sections are left to the caller. */
void dc_loader_collect(struct loader *loader, const struct dc_yaml_node *root);
/* Adds an item, or replaces the one of an earlier layer; a second one in the same layer is a complaint at `where`. */
void dc_loader_add(struct loader *loader, enum section_id section, const struct item *item,
                   const struct dc_yaml_node *where);
void dc_loader_compile(struct loader *loader);

/* ---- refs.c ---- */

/* Index of the item that a scalar names, or DC_NO_INDEX; an unknown one is a complaint with the nearest id. NULL gives DC_NO_INDEX. */
int dc_loader_ref(struct loader *loader, enum section_id section, const struct dc_yaml_node *node);
/* The same for the value of a key of the item. */
int dc_loader_ref_key(struct loader *loader, enum section_id section, const struct item *item,
                      const char *key);
/* A list of references (one scalar counts as a list of one) as indexes in the taxonomy's arena. */
void dc_loader_refs(struct loader *loader, enum section_id section, const struct dc_yaml_node *node,
                    int **out, size_t *n_out);
/* A {zh, en} pair; a missing side is a complaint. NULL gives empty texts. */
void dc_loader_label(struct loader *loader, const struct dc_yaml_node *node, struct dc_label *out);
const char *dc_loader_text(const char *text); /* "" for NULL */
/* Words for the objects of impact in their order, NULL behind the last. */
extern const char *const dc_loader_impact_objects[DC_N_IMPACT_OBJECTS + 1];
/* Whether the node is a map; complains otherwise. */
bool dc_loader_is_map(struct loader *loader, const struct dc_yaml_node *node);

/* ---- checks across items ---- */

/* Words that two concepts share, words in the wrong list. */
void dc_check_words(struct loader *loader);
/* Leaves name their candidate rules and rules their leaves: what one side says holds for both. */
void dc_join_candidates(struct loader *loader);
/* Overrides of the same columns in one layer that decide differently. */
void dc_check_overrides(struct loader *loader);
/* Value rules that take the same values and speak for different leaves or roles. */
void dc_check_values(struct loader *loader);
/* Names of tables that settle two subjects at once. */
void dc_check_subjects(struct loader *loader);
/* ---- lookup.c ---- */

/* Builds taxonomy->index once the arrays are filled. */
void dc_taxonomy_index(struct dc_taxonomy *taxonomy);

/* ---- pattern.c ---- */

/* A construct in a PCRE2 pattern whose meaning depends on the version of PCRE2, and where it starts; false when there is none. */
bool dc_pattern_version_dependent(const char *pattern, size_t *start, size_t *size);
/* The place behind a character class; `at` stands on its opening bracket. */
size_t dc_pattern_skip_class(const char *pattern, size_t at);

/* ---- pattern_repeat.c ---- */

/* Whether a repetition in the pattern repeats what may be a repetition only (catastrophic backtracking), and where the outer quantifier is. */
bool dc_pattern_repeats_itself(const char *pattern, size_t *where);

#endif
