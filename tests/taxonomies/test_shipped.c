/* The taxonomy that dcscan is shipped with. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/impact.h"
#include "dcscan/taxonomy.h"
#include "dcscan/text.h"

static struct dc_taxonomy *taxonomy;

static void load(void)
{
    struct dc_arena *arena = dc_arena_create(0);
    struct dc_complaints complaints;
    struct dc_err err = {0};

    dc_complaints_init(&complaints, arena);
    dc_taxonomy_load(TEST_ROOT "/taxonomies/whcsa-003-2024.yaml", NULL, 0, &taxonomy, &complaints,
                     &err);
    for (size_t i = 0; i < complaints.n_lines; i++) {
        cr_expect_fail("%s", complaints.lines[i]);
    }
    dc_complaints_done(&complaints);
    dc_arena_destroy(arena);
    cr_assert_not_null(taxonomy);
}

static void unload(void)
{
    dc_taxonomy_destroy(taxonomy);
}

TestSuite(shipped, .init = load, .fini = unload);

static void expect_label(const struct dc_label *label, const char *code, const char *what)
{
    cr_expect_neq(label->zh[0], '\0', "%s has no Chinese %s", code, what);
    cr_expect_neq(label->en[0], '\0', "%s has no English %s", code, what);
}

Test(shipped, has_the_110_leaves_and_no_other)
{
    static const char *const some[] = {"A1-01", "B6-04", "C3-04", "D6-07",
                                       "E2-01", "F1-04", "P2-08", "Z1-04"};

    cr_expect_eq(taxonomy->n_leaves, 110);
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        cr_expect_neq(dc_taxonomy_leaf(taxonomy, some[i]), DC_NO_INDEX, "%s", some[i]);
    }
}

Test(shipped, every_leaf_has_names_classes_and_a_basis)
{
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[i];

        expect_label(&leaf->name, leaf->code, "name");
        expect_label(&leaf->class1, leaf->code, "first class");
        expect_label(&leaf->class2, leaf->code, "second class");
        expect_label(&leaf->miit, leaf->code, "class of the MIIT");
        cr_expect_neq(leaf->basis[0], '\0', "%s has no basis", leaf->code);
        cr_expect_neq(leaf->elements[0], '\0', "%s has no elements", leaf->code);
        cr_expect_neq(leaf->boundary[0], '\0', "%s has no boundary", leaf->code);
    }
}

Test(shipped, only_what_a_person_must_judge_has_no_level)
{
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[i];

        cr_expect_eq(leaf->level == 0, strcmp(leaf->code, "Z1-04") == 0, "%s", leaf->code);
        cr_expect_eq(leaf->technical, leaf->code[0] == 'Z', "%s", leaf->code);
    }
}

Test(shipped, personal_leaves_keep_the_floors_of_rule_L3)
{
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[i];

        if (leaf->code[0] == 'P') {
            cr_expect_neq(leaf->pi, DC_PI_NONE, "%s", leaf->code);
            cr_expect_geq(leaf->level, leaf->pi == DC_PI_SENSITIVE ? 4 : 2, "%s", leaf->code);
        }
        cr_expect(leaf->pi != DC_PI_SENSITIVE || leaf->level == 4, "%s", leaf->code);
    }
}

Test(shipped, what_rests_on_annex_H_is_still_to_be_verified)
{
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[i];

        if (strstr(leaf->basis, "附录H") != NULL || strstr(leaf->basis, "附录G") != NULL) {
            cr_expect(leaf->verify, "%s", leaf->code);
        }
    }
}

/* Annexes G to J of GB/T 43697, annex B of GB/T 35273 and the grades of the MIIT guide of 2020 are known from elsewhere, not read. */
static bool rests_on_unread_text(const char *basis)
{
    static const char *const unread[] = {"附录G", "附录H",      "附录I",  "附录J",
                                         "附录B", "GB/T 35273", "白皮书", "负面清单"};

    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++) {
        if (strstr(basis, unread[i]) != NULL) {
            return true;
        }
    }
    return false;
}

Test(shipped, every_basis_that_was_not_read_says_so)
{
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        cr_expect(!rests_on_unread_text(taxonomy->leaves[i].basis) || taxonomy->leaves[i].verify,
                  "%s", taxonomy->leaves[i].code);
    }
    for (size_t i = 0; i < taxonomy->n_level_rules; i++) {
        cr_expect(!rests_on_unread_text(taxonomy->level_rules[i].basis) ||
                      taxonomy->level_rules[i].verify,
                  "%s", taxonomy->level_rules[i].id);
    }
    for (size_t i = 0; i < taxonomy->n_candidate_rules; i++) {
        cr_expect(!rests_on_unread_text(taxonomy->candidate_rules[i].basis) ||
                      taxonomy->candidate_rules[i].verify,
                  "%s", taxonomy->candidate_rules[i].id);
    }
    for (size_t i = 0; i < taxonomy->n_class_maps; i++) {
        cr_expect(!rests_on_unread_text(taxonomy->class_maps[i].basis) ||
                      taxonomy->class_maps[i].verify,
                  "%s", taxonomy->class_maps[i].id);
    }
    for (size_t i = 0; i < taxonomy->n_level_maps; i++) {
        cr_expect(!rests_on_unread_text(taxonomy->level_maps[i].basis) ||
                      taxonomy->level_maps[i].verify,
                  "%s", taxonomy->level_maps[i].id);
    }
}

Test(shipped, every_leaf_at_every_level_is_general_data_in_the_matrix)
{
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[i];

        for (int level = leaf->level; level <= 4; level++) {
            struct dc_impact impact = dc_impact_of(leaf->pi, level);

            cr_expect_eq((int)dc_harm_grade(impact.object, impact.degree), DC_HARM_GENERAL, "%s",
                         leaf->code);
            cr_expect_eq(impact.object == DC_IMPACT_INDIVIDUAL, leaf->pi != DC_PI_NONE, "%s",
                         leaf->code);
            cr_expect_eq((int)impact.degree, level > 0 ? level - 1 : 0, "%s", leaf->code);
        }
    }
}

Test(shipped, has_the_level_rules_L1_to_L10)
{
    cr_expect_eq(taxonomy->n_level_rules, 10);
    for (int i = 1; i <= 10; i++) {
        char id[8];
        const struct dc_level_rule *rule;

        snprintf(id, sizeof id, "L%d", i);
        rule = dc_taxonomy_level_rule(taxonomy, id);
        cr_assert_not_null(rule, "%s", id);
        cr_expect(rule->enabled, "%s", id);
        expect_label(&rule->name, id, "name");
    }
    cr_expect_float_eq(dc_taxonomy_level_rule(taxonomy, "L4")->share, 0.95, 1e-9);
    cr_expect_eq(dc_taxonomy_level_rule(taxonomy, "L8")->persons[2], 10000000);
    cr_expect_eq(dc_taxonomy_level_rule(taxonomy, "L8")->sensitive_persons, 10000);
    cr_expect_gt(dc_taxonomy_level_rule(taxonomy, "L10")->words.n_items, 0);
}

Test(shipped, has_the_candidate_rules_ID01_to_ID16)
{
    cr_expect_eq(taxonomy->n_candidate_rules, 16);
    for (int i = 1; i <= 16; i++) {
        char id[8];
        const struct dc_candidate_rule *rule;
        int index;

        snprintf(id, sizeof id, "ID%02d", i);
        index = dc_taxonomy_candidate_rule(taxonomy, id);
        cr_assert_neq(index, DC_NO_INDEX, "%s", id);
        rule = &taxonomy->candidate_rules[index];
        expect_label(&rule->name, id, "name");
        expect_label(&rule->check, id, "check");
        cr_expect_gt(rule->n_leaves + rule->n_word_leaves, 0, "%s fires on nothing", id);
        cr_expect_eq(rule->n_word_leaves > 0, rule->words.n_items > 0, "%s", id);
    }
}

Test(shipped, the_hash_is_that_of_the_files_one_after_the_other)
{
    struct dc_strbuf all = DC_STRBUF_INIT((size_t)64 << 20);
    char hash[DC_SHA256_HEX_SIZE];

    for (size_t i = 0; i < taxonomy->files.n_items; i++) {
        char *text = NULL;
        size_t size = 0;

        cr_assert_eq(dc_file_read(taxonomy->files.items[i], (size_t)64 << 20, &text, &size, NULL),
                     DC_OK);
        dc_strbuf_append(&all, text, size);
        free(text);
    }
    dc_sha256_hex(dc_strbuf_text(&all), all.size, hash);
    cr_expect_str_eq(taxonomy->hash, hash);
    dc_strbuf_done(&all);
}

Test(shipped, its_overlays_load_over_it_one_on_the_other)
{
    const char *overlays[] = {TEST_ROOT "/taxonomies/automotive.yaml",
                              TEST_ROOT "/taxonomies/site.example.yaml"};
    struct dc_taxonomy *with = NULL;
    struct dc_err err = {0};

    cr_assert_eq(dc_taxonomy_load(TEST_ROOT "/taxonomies/whcsa-003-2024.yaml", overlays, 2, &with,
                                  NULL, &err),
                 DC_OK, "%s", err.message);
    cr_expect_gt(with->n_leaves, taxonomy->n_leaves);
    cr_expect_gt(with->n_concepts, taxonomy->n_concepts);
    cr_expect_str_neq(with->hash, taxonomy->hash);
    dc_taxonomy_destroy(with);
}

Test(shipped, every_map_says_something_of_every_leaf_but_the_annex)
{
    size_t n_slots = 0;

    cr_assert_geq(taxonomy->n_class_maps, 5);
    for (size_t m = 0; m < taxonomy->n_class_maps; m++) {
        const struct dc_class_map *map = &taxonomy->class_maps[m];

        n_slots += map->slot;
        cr_expect_neq(map->basis[0], '\0', "%s", map->id);
        for (size_t i = 0; i < taxonomy->n_leaves; i++) {
            const struct dc_label *label = dc_class_map_label(map, (int)i);

            cr_expect(map->slot == (label->zh[0] == '\0'), "%s of %s", map->id,
                      taxonomy->leaves[i].code);
        }
    }
    cr_expect_eq(n_slots, 1);
}

Test(shipped, the_ladder_maps_to_the_levels_of_other_standards)
{
    cr_assert_geq(taxonomy->n_level_maps, 4);
    for (size_t m = 0; m < taxonomy->n_level_maps; m++) {
        for (int level = 0; level < DC_N_LEVELS; level++) {
            cr_expect(taxonomy->level_maps[m].slot ==
                          (taxonomy->level_maps[m].levels[level].zh[0] == '\0'),
                      "%s", taxonomy->level_maps[m].id);
        }
    }
}

Test(shipped, personal_leaves_have_a_class_of_personal_information)
{
    for (size_t m = 0; m < taxonomy->n_class_maps; m++) {
        for (size_t i = 0;
             strcmp(taxonomy->class_maps[m].id, "gbt43697-pi") == 0 && i < taxonomy->n_leaves;
             i++) {
            bool none = strcmp(dc_class_map_label(&taxonomy->class_maps[m], (int)i)->zh,
                               "非个人信息") == 0;

            cr_expect_eq(none, taxonomy->leaves[i].pi == DC_PI_NONE, "%s",
                         taxonomy->leaves[i].code);
        }
    }
}
