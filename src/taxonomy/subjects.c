/* Section `subjects`. */
#include "dcscan/text.h"
#include "loader.h"

struct raw_subject {
    struct dc_subject subject;
    const struct dc_yaml_node *name, *in_table, *in_columns, *becomes, *roles;
};

#define AT(member) offsetof(struct raw_subject, member)
static const struct dc_yaml_field fields[] = {
    {"subject", DC_YAML_TEXT, AT(subject.id), true, 0, 0, NULL},
    {"name", DC_YAML_NODE, AT(name), true, 0, 0, NULL},
    {"leaf", DC_YAML_IGNORE, 0, true, 0, 0, NULL},
    {"table_names", DC_YAML_TEXTS, AT(subject.table_names), false, 0, 0, NULL},
    {"in_table", DC_YAML_NODE, AT(in_table), false, 0, 0, NULL},
    {"in_columns", DC_YAML_NODE, AT(in_columns), false, 0, 0, NULL},
    {"becomes", DC_YAML_NODE, AT(becomes), false, 0, 0, NULL},
    {"roles", DC_YAML_NODE, AT(roles), false, 0, 0, NULL},
    {"person", DC_YAML_BOOL, AT(subject.person), false, 0, 0, NULL},
    {"technical", DC_YAML_BOOL, AT(subject.technical), false, 0, 0, NULL},
    {"statistics", DC_YAML_BOOL, AT(subject.statistics), false, 0, 0, NULL},
    {NULL, DC_YAML_IGNORE, 0, false, 0, 0, NULL},
};

/* {concept: weight}; a text that stands for a concept is not searched twice, so order is the file's. */
static void read_weights(struct loader *loader, const struct dc_yaml_node *node,
                         struct dc_concept_weight **out, size_t *n_out)
{
    if (node == NULL || !dc_loader_is_map(loader, node)) {
        return;
    }
    *out = dc_arena_alloc(loader->arena, node->n_items * sizeof **out);
    for (size_t i = 0; i < node->n_items; i++) {
        int concept = dc_loader_ref(loader, SECTION_LEXICON, node->keys[i]);
        double weight;

        if (dc_yaml_to_real(node->items[i], &weight, loader->all) && concept != DC_NO_INDEX) {
            (*out)[(*n_out)++] = (struct dc_concept_weight){concept, weight};
        }
    }
}

/* {concept: subject} */
static void read_becomes(struct loader *loader, const struct dc_yaml_node *node,
                         struct dc_subject *subject)
{
    if (node == NULL || !dc_loader_is_map(loader, node)) {
        return;
    }
    subject->becomes = dc_arena_alloc(loader->arena, node->n_items * sizeof *subject->becomes);
    for (size_t i = 0; i < node->n_items; i++) {
        int concept = dc_loader_ref(loader, SECTION_LEXICON, node->keys[i]);
        int other = dc_loader_ref(loader, SECTION_SUBJECTS, node->items[i]);

        if (concept != DC_NO_INDEX && other != DC_NO_INDEX) {
            subject->becomes[subject->n_becomes++] = (struct dc_concept_subject){concept, other};
        }
    }
}

/* {role: leaf} */
static void read_roles(struct loader *loader, const struct dc_yaml_node *node,
                       struct dc_subject *subject)
{
    if (node == NULL || !dc_loader_is_map(loader, node)) {
        return;
    }
    subject->roles = dc_arena_alloc(loader->arena, node->n_items * sizeof *subject->roles);
    for (size_t i = 0; i < node->n_items; i++) {
        int role = dc_loader_ref(loader, SECTION_ROLES, node->keys[i]);
        int leaf = dc_loader_ref(loader, SECTION_LEAVES, node->items[i]);

        if (role != DC_NO_INDEX && leaf != DC_NO_INDEX) {
            subject->roles[subject->n_roles++] = (struct dc_role_leaf){role, leaf};
        }
    }
}

static void compile(struct loader *loader, const struct item *item, void *out)
{
    const struct raw_subject *raw = item->raw;
    struct dc_subject *subject = out;

    *subject = raw->subject;
    dc_loader_label(loader, raw->name, &subject->name);
    subject->leaf = dc_loader_ref_key(loader, SECTION_LEAVES, item, "leaf");
    read_weights(loader, raw->in_table, &subject->in_table, &subject->n_in_table);
    read_weights(loader, raw->in_columns, &subject->in_columns, &subject->n_in_columns);
    read_becomes(loader, raw->becomes, subject);
    read_roles(loader, raw->roles, subject);
}

/* A glob that two subjects claim would settle a table twice; those of an overlay go before those below, as its items do. */
void dc_check_subjects(struct loader *loader)
{
    const struct collected *from = &loader->sections[SECTION_SUBJECTS];
    struct idmap owners = {0};

    for (size_t i = 0; i < from->n_items; i++) {
        const struct dc_texts *names = &loader->taxonomy->subjects[i].table_names;

        for (size_t k = 0; k < names->n_items; k++) {
            const char *name = dc_text_fold(loader->scratch, names->items[k]);
            int owner = dc_idmap_find(&owners, name);

            if (owner < 0) {
                dc_idmap_add(&owners, name, (int)i);
            } else if (owner != (int)i && from->items[owner].layer == from->items[i].layer) {
                dc_complain(loader->all, from->items[i].at,
                            "subjects \"%s\" and \"%s\" (%s:%zu) are both settled by tables "
                            "called \"%s\"",
                            from->items[i].id, from->items[owner].id, from->items[owner].at->file,
                            from->items[owner].at->line, names->items[k]);
            }
        }
    }
    dc_idmap_done(&owners);
}

const struct section dc_section_subjects = {
    .key = "subjects",
    .id_key = "subject",
    .noun = "subject",
    .fields = fields,
    .raw_size = sizeof(struct raw_subject),
    .array = offsetof(struct dc_taxonomy, subjects),
    .n_array = offsetof(struct dc_taxonomy, n_subjects),
    .item_size = sizeof(struct dc_subject),
    .compile = compile,
};
