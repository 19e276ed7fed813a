#include <criterion/criterion.h>
#include <string.h>

#include "files.h"

static struct test_files files;

static void setup(void)
{
    files_init(&files);
}

static void teardown(void)
{
    files_done(&files);
}

TestSuite(load, .init = setup, .fini = teardown);

static const char whole[] = HEAD
    "leaves:\n"
    "  - {code: L1, " LEAF_NAMES
    ", level: 3, pi: personal, basis: b, elements: e, verify: true, technical: yes}\n"
    "  - {code: L2, " LEAF_NAMES ", level: none, basis: b, candidates: [ID2]}\n"
    "lexicon:\n"
    "  - {concept: plan, kind: modifier, zh: [计划, 预计], en: plan, abbr: [pl], pinyin: [jh], "
    "weak: true, no_pinyin: true}\n"
    "  - {concept: date, kind: attribute, zh: [日期], role: date}\n"
    "  - {concept: order, kind: object, en: [order], subject: order}\n"
    "  - {concept: salary, kind: term, en: [salary], leaf: L1}\n"
    "roles:\n"
    "  - {role: date, name: {zh: 日期, en: date}, types: [date, timestamp]}\n"
    "  - {role: price, name: {zh: 价, en: price}, leaf: L1, overrides: true, pi: sensitive}\n"
    "combinations:\n"
    "  - {all: [plan, date], ordered: true, subject: order, role: date, weight: 2.5}\n"
    "  - {all: [plan, salary], leaf: L2}\n"
    "subjects:\n"
    "  - {subject: order, name: {zh: 订单, en: order}, leaf: L1, table_names: [\"*_order\"], "
    "in_table: {order: 3, plan: -0.5},\n"
    "     in_columns: {date: 0.5}, roles: {price: L2}, person: true, technical: true, statistics: "
    "true}\n"
    "known_fields:\n"
    "  - {system: SAP, tables: [MARA], fields: {MATNR: [order, date], KBETR: {leaf: L2}}}\n"
    "known_tables:\n"
    "  - {system: SAP, tables: {\"MA*\": order}}\n"
    "values:\n"
    "  - {rule: vin, name: {zh: 车, en: vin}, pattern: '[A-Z]{17}', caseless: true, check: vin, "
    "scope: contains, leaf: L1, role: price,\n"
    "     pi: sensitive, weight: 3, share: 0.5, distinct: 4, chance: 0.1, mask: all, not: [plan], "
    "match: [A, B], no_match: [C]}\n"
    "  - {rule: plain, name: {zh: 普, en: plain}, pattern: x}\n"
    "level_rules:\n"
    "  - {rule: L8, name: {zh: 人, en: persons}, basis: b, persons: [10, 20], sensitive_persons: "
    "5, share: 0.9, words: [w], enabled: false}\n"
    "candidate_rules:\n"
    "  - {rule: ID1, name: {zh: 候, en: c}, basis: b, check: {zh: 查, en: c}, leaves: [L1], "
    "threshold: 7, decimals: 4}\n"
    "  - {rule: ID2, name: {zh: 候, en: c}, basis: b, check: {zh: 查, en: c}, word_leaves: [L1], "
    "words: [w], value_rules: [vin]}\n"
    "weights: {comment: 3, name: 2.5}\n";

static const struct dc_taxonomy *load_whole(void)
{
    files_write(&files, "main.yaml", whole);
    return files_taxonomy(&files);
}

Test(load, the_head_names_the_taxonomy)
{
    const struct dc_taxonomy *taxonomy = load_whole();

    cr_expect_str_eq(taxonomy->name, "t");
    cr_expect_str_eq(taxonomy->version, "1");
    cr_expect_str_eq(taxonomy->title.zh, "测");
    cr_expect_eq(taxonomy->standards.n_items, 1);
    cr_expect_eq(taxonomy->files.n_items, 1);
    cr_expect_eq(strlen(taxonomy->hash), 64);
}

Test(load, a_leaf_has_all_its_keys)
{
    const struct dc_leaf *leaf = &load_whole()->leaves[0];

    cr_expect_str_eq(leaf->code, "L1");
    cr_expect_str_eq(leaf->class2.en, "two");
    cr_expect_eq(leaf->level, 3);
    cr_expect_eq(leaf->pi, DC_PI_PERSONAL);
    cr_expect(leaf->verify && leaf->technical);
    cr_expect_str_eq(leaf->elements, "e");
    cr_expect_str_eq(leaf->boundary, "");
    cr_expect_eq(files.taxonomy->leaves[1].level, 0);
}

Test(load, leaves_and_candidate_rules_know_each_other)
{
    const struct dc_taxonomy *taxonomy = load_whole();

    cr_assert_eq(taxonomy->leaves[0].n_candidates, 2);
    cr_expect_eq(taxonomy->leaves[0].candidates[0], 0);
    cr_expect_eq(taxonomy->leaves[0].candidates[1], 1);
    cr_expect_eq(taxonomy->leaves[1].n_candidates, 1);
    cr_assert_eq(taxonomy->candidate_rules[1].n_leaves, 1);
    cr_expect_eq(taxonomy->candidate_rules[1].leaves[0], 1);
    cr_expect_eq(taxonomy->candidate_rules[1].word_leaves[0], 0);
    cr_expect_eq(taxonomy->candidate_rules[0].threshold, 7);
    cr_expect_eq(taxonomy->candidate_rules[0].decimals, 4);
}

Test(load, a_concept_has_words_and_what_it_stands_for)
{
    const struct dc_taxonomy *taxonomy = load_whole();
    const struct dc_concept *plan = &taxonomy->concepts[0];

    cr_expect_eq(plan->kind, DC_CONCEPT_MODIFIER);
    cr_expect_eq(plan->zh.n_items, 2);
    cr_assert_eq(plan->en.n_items, 1);
    cr_expect_str_eq(plan->en.items[0], "plan");
    cr_expect(plan->weak && plan->no_pinyin);
    cr_expect_eq(plan->role, DC_NO_INDEX);
    cr_expect_eq(taxonomy->concepts[1].role, 0);
    cr_expect_eq(taxonomy->concepts[2].subject, 0);
    cr_expect_eq(taxonomy->concepts[3].leaf, 0);
}

Test(load, roles_and_combinations_are_resolved)
{
    const struct dc_taxonomy *taxonomy = load_whole();
    const struct dc_combination *combination = &taxonomy->combinations[0];

    cr_expect_eq(taxonomy->roles[0].types, (1U << DC_TYPE_DATE) | (1U << DC_TYPE_TIMESTAMP));
    cr_expect_eq(taxonomy->roles[1].leaf, 0);
    cr_expect(taxonomy->roles[1].overrides);
    cr_expect_eq(taxonomy->roles[1].pi, DC_PI_SENSITIVE);
    cr_assert_eq(combination->n_concepts, 2);
    cr_expect_eq(combination->concepts[1], 1);
    cr_expect(combination->ordered);
    cr_expect_eq(combination->subject, 0);
    cr_expect_eq(combination->leaf, DC_NO_INDEX);
    cr_expect_float_eq(combination->weight, 2.5, 1e-9);
    cr_expect_float_eq(taxonomy->combinations[1].weight, 1.0, 1e-9);
    cr_expect_eq(taxonomy->combinations[1].leaf, 1);
}

Test(load, a_subject_weighs_concepts_and_maps_roles)
{
    const struct dc_subject *subject = &load_whole()->subjects[0];

    cr_expect_eq(subject->leaf, 0);
    cr_expect_str_eq(subject->table_names.items[0], "*_order");
    cr_assert_eq(subject->n_in_table, 2);
    cr_expect_eq(subject->in_table[0].concept, 2);
    cr_expect_float_eq(subject->in_table[1].weight, -0.5, 1e-9);
    cr_expect_eq(subject->n_in_columns, 1);
    cr_assert_eq(subject->n_roles, 1);
    cr_expect_eq(subject->roles[0].role, 1);
    cr_expect_eq(subject->roles[0].leaf, 1);
    cr_expect(subject->person && subject->technical && subject->statistics);
}

Test(load, groups_of_known_names_become_single_ones)
{
    const struct dc_taxonomy *taxonomy = load_whole();

    cr_assert_eq(taxonomy->n_known_fields, 2);
    cr_expect_str_eq(taxonomy->known_fields[0].name, "MATNR");
    cr_expect_eq(taxonomy->known_fields[0].n_concepts, 2);
    cr_expect_eq(taxonomy->known_fields[0].leaf, DC_NO_INDEX);
    cr_expect_eq(taxonomy->known_fields[1].leaf, 1);
    cr_expect_str_eq(taxonomy->known_fields[1].tables.items[0], "MARA");
    cr_assert_eq(taxonomy->n_known_tables, 1);
    cr_expect_str_eq(taxonomy->known_tables[0].name, "MA*");
    cr_expect_eq(taxonomy->known_tables[0].subject, 0);
}

Test(load, a_value_rule_has_all_its_keys)
{
    const struct dc_value_rule *rule = &load_whole()->value_rules[0];

    cr_expect_str_eq(rule->pattern, "[A-Z]{17}");
    cr_expect(rule->caseless);
    cr_expect_str_eq(rule->check, "vin");
    cr_expect_eq(rule->scope, DC_VALUE_CONTAINS);
    cr_expect_eq(rule->leaf, 0);
    cr_expect_eq(rule->role, 1);
    cr_expect_eq(rule->pi, DC_PI_SENSITIVE);
    cr_expect_eq(rule->mask, DC_MASK_ALL);
    cr_expect_eq(rule->distinct, 4);
    cr_assert_eq(rule->not_concepts.n_items, 1);
    cr_expect_str_eq(rule->not_concepts.items[0], "plan");
    cr_expect_eq(rule->not_indexes[0], 0);
    cr_assert_eq(rule->n_examples, 3);
    cr_expect(rule->examples[0].match && !rule->examples[2].match);
    cr_expect_eq(rule->line, 27);
}

Test(load, a_plain_value_rule_has_defaults)
{
    const struct dc_value_rule *rule = &load_whole()->value_rules[1];

    cr_expect_float_eq(rule->weight, 1.0, 1e-9);
    cr_expect_float_eq(rule->share, 0.8, 1e-9);
    cr_expect_eq(rule->distinct, 1);
    cr_expect_null(rule->check);
    cr_expect_eq(rule->scope, DC_VALUE_WHOLE);
    cr_expect_eq(rule->mask, DC_MASK_MIDDLE);
    cr_expect_eq(rule->leaf, DC_NO_INDEX);
}

Test(load, a_level_rule_has_its_parameters)
{
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(load_whole(), "L8");

    cr_assert_not_null(rule);
    cr_expect_not(rule->enabled);
    cr_expect_eq(rule->persons[1], 20);
    cr_expect_eq(rule->persons[2], 0);
    cr_expect_eq(rule->sensitive_persons, 5);
    cr_expect_eq(rule->words.n_items, 1);
}

Test(load, included_files_count_as_if_they_stood_in_the_main_one)
{
    const struct dc_taxonomy *taxonomy;

    files_write(&files, "main.yaml", HEAD "include: [p/leaf.yaml, p/term.yaml]\n");
    files_write(&files, "p/leaf.yaml",
                "leaves:\n  - {code: L1, " LEAF_NAMES ", level: 1, basis: b}\n");
    files_write(
        &files, "p/term.yaml",
        "include: [more.yaml]\nlexicon:\n  - {concept: a, kind: term, en: [a1], leaf: L1}\n");
    files_write(&files, "p/more.yaml",
                "lexicon:\n  - {concept: b, kind: term, en: [b1], leaf: L1}\n");
    taxonomy = files_taxonomy(&files);
    cr_expect_eq(taxonomy->n_concepts, 2);
    cr_expect_eq(taxonomy->files.n_items, 4);
    cr_expect_eq(taxonomy->concepts[1].leaf, 0);
}

Test(load, an_included_folder_is_read_in_the_order_of_bytes)
{
    const struct dc_taxonomy *taxonomy;

    files_write(&files, "main.yaml", HEAD "include: p/\n");
    files_write(&files, "p/b.yaml", "lexicon:\n  - {concept: b, kind: term, en: [b1]}\n");
    files_write(&files, "p/a.yaml", "lexicon:\n  - {concept: a, kind: term, en: [a1]}\n");
    files_write(&files, "p/B.yaml", "lexicon:\n  - {concept: B, kind: term, en: [c1]}\n");
    files_write(&files, "p/notes.txt", "not: [yaml\n");
    files_write(&files, "p/.hidden.yaml", "not: [yaml\n");
    taxonomy = files_taxonomy(&files);
    cr_assert_eq(taxonomy->n_concepts, 3);
    cr_expect_str_eq(taxonomy->concepts[0].id, "B");
    cr_expect_str_eq(taxonomy->concepts[1].id, "a");
    cr_expect_str_eq(taxonomy->concepts[2].id, "b");
}

Test(load, a_file_outside_the_folder_may_be_included_by_its_path)
{
    struct test_files other;
    const char *path;

    files_init(&other);
    path = files_write(&other, "words.yaml", "lexicon:\n  - {concept: a, kind: term, en: [a1]}\n");
    files_write(&files, "main.yaml",
                dc_arena_printf(files.arena, HEAD "include: [\"%s\"]\n", path));
    cr_expect_eq(files_taxonomy(&files)->n_concepts, 1);
    files_done(&other);
}

Test(load, includes_end_somewhere)
{
    for (int i = 0; i < 20; i++) {
        files_write(
            &files, i == 0 ? "main.yaml" : dc_arena_printf(files.arena, "%d.yaml", i),
            dc_arena_printf(files.arena, "%sinclude: [%d.yaml]\n", i == 0 ? HEAD : "", i + 1));
    }
    cr_expect_eq(files_load(&files), DC_ERR_CONFIG);
    cr_expect_str_eq(files_complaints(&files),
                     "16.yaml:1:11: includes are nested more than 16 deep\n");
}

Test(load, an_overlay_replaces_by_id_and_adds)
{
    const struct dc_taxonomy *taxonomy;

    files_write(&files, "main.yaml", whole);
    files_write(&files, "a.yaml",
                "overlay: site\nlexicon:\n  - {concept: plan, kind: modifier, zh: [排程]}\n  - "
                "{concept: new, kind: term, en: [new]}\n"
                "weights: {name: 7}\n");
    taxonomy = files_taxonomy(&files);
    cr_expect_eq(taxonomy->n_concepts, 5);
    cr_expect_eq(dc_taxonomy_concept(taxonomy, "plan"), 0, "it keeps its place");
    cr_expect_eq(taxonomy->concepts[0].zh.n_items, 1);
    cr_expect_eq(taxonomy->concepts[0].en.n_items, 0, "the whole item is replaced");
    cr_expect_float_eq(dc_taxonomy_weight(taxonomy, "name", 0), 7, 1e-9);
    cr_expect_float_eq(dc_taxonomy_weight(taxonomy, "comment", 0), 3, 1e-9);
}

Test(load, a_later_overlay_goes_before_an_earlier_one)
{
    files_write(&files, "main.yaml", whole);
    files_write(&files, "a.yaml", "weights: {name: 7, comment: 8}\n");
    files_write(&files, "b.yaml", "weights: {name: 9}\n");
    files_taxonomy(&files); /* apart: the macro looks at its arguments twice */
    cr_expect_float_eq(dc_taxonomy_weight(files.taxonomy, "name", 0), 9, 1e-9);
    cr_expect_float_eq(dc_taxonomy_weight(files.taxonomy, "comment", 0), 8, 1e-9);
}

Test(load, an_overlay_may_refer_to_what_the_taxonomy_has)
{
    files_write(&files, "main.yaml", whole);
    files_write(&files, "a.yaml",
                "lexicon:\n  - {concept: pay, kind: term, en: [pay], leaf: L2}\n");
    cr_expect_eq(files_taxonomy(&files)->concepts[4].leaf, 1);
}

Test(load, an_overlay_may_replace_a_known_field)
{
    files_write(&files, "main.yaml", whole);
    files_write(&files, "a.yaml",
                "known_fields:\n  - {system: SAP, tables: [MARA], fields: {matnr: {leaf: L1}}}\n");
    cr_expect_eq(files_taxonomy(&files)->n_known_fields, 2);
    cr_expect_eq(files.taxonomy->known_fields[0].leaf, 0);
    cr_expect_eq(files.taxonomy->known_fields[0].n_concepts, 0);
}

Test(load, the_hash_changes_with_any_byte_of_any_file)
{
    const char *first, *second;

    files_write(&files, "main.yaml", HEAD "include: p/\n");
    files_write(&files, "p/a.yaml", "weights: {}\n# one\n");
    first = dc_arena_strdup(files.arena, files_taxonomy(&files)->hash);
    dc_taxonomy_destroy(files.taxonomy);
    files_write(&files, "p/a.yaml", "weights: {}\n# two\n");
    second = files_taxonomy(&files)->hash;
    cr_expect_str_neq(first, second);
}

Test(load, sections_may_be_empty)
{
    files_write(&files, "main.yaml",
                HEAD "leaves:\nlexicon: []\nvalues:\nknown_fields:\nweights:\nweights2:\n");
    cr_expect_eq(files_load(&files), DC_ERR_CONFIG);
    cr_expect_str_eq(files_complaints(&files),
                     "main.yaml:10:1: unknown key \"weights2\"; did you mean \"weights\"?\n");
}
