/* Section `lexicon`. What its words must not do to each other is checked in words.c. */
#include "loader.h"

struct raw_concept {
    struct dc_concept concept;
    int kind;
};

static const char *const kind_words[] = {"object", "attribute", "modifier", "term", NULL};

#define AT(member) offsetof(struct raw_concept, member)
static const struct dc_yaml_field fields[] = {
    {"concept", DC_YAML_TEXT, AT(concept.id), true, 0, 0, NULL},
    {"kind", DC_YAML_ENUM, AT(kind), true, 0, 0, kind_words},
    {"zh", DC_YAML_TEXTS, AT(concept.zh), false, 0, 0, NULL},
    {"en", DC_YAML_TEXTS, AT(concept.en), false, 0, 0, NULL},
    {"abbr", DC_YAML_TEXTS, AT(concept.abbr), false, 0, 0, NULL},
    {"pinyin", DC_YAML_TEXTS, AT(concept.pinyin), false, 0, 0, NULL},
    {"also", DC_YAML_TEXTS, AT(concept.also), false, 0, 0, NULL},
    {"weak", DC_YAML_BOOL, AT(concept.weak), false, 0, 0, NULL},
    {"no_pinyin", DC_YAML_BOOL, AT(concept.no_pinyin), false, 0, 0, NULL},
    {"role", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"subject", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {"leaf", DC_YAML_IGNORE, 0, false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

static void compile(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_concept *raw = item->raw;
    struct dc_concept *concept = out;

    *concept = raw->concept;
    concept->kind = (enum dc_concept_kind)raw->kind;
    concept->role = dc_loader_ref_key(loader, SECTION_ROLES, item, "role");
    concept->subject = dc_loader_ref_key(loader, SECTION_SUBJECTS, item, "subject");
    concept->leaf = dc_loader_ref_key(loader, SECTION_LEAVES, item, "leaf");
    if (concept->zh.n_items + concept->en.n_items + concept->abbr.n_items +
            concept->pinyin.n_items ==
        0) {
        dc_complain(loader->all, item->at, "concept \"%s\" has no word", item->id);
    }
}

const struct section dc_section_lexicon = {
    .key = "lexicon",
    .id_key = "concept",
    .noun = "concept",
    .fields = fields,
    .raw_size = sizeof(struct raw_concept),
    .array = offsetof(struct dc_taxonomy, concepts),
    .n_array = offsetof(struct dc_taxonomy, n_concepts),
    .item_size = sizeof(struct dc_concept),
    .compile = compile,
};
