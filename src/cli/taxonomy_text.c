/* The taxonomy on a terminal. */
#include <stdio.h>

#include "dcscan/impact.h"
#include "dcscan/text.h"
#include "taxonomy_views.h"

#define TO_BE_VERIFIED " (to be verified / 待核实)"

static const char *in_lang(struct dc_label label, enum dc_lang lang)
{
    const char *text = lang == DC_LANG_EN ? label.en : label.zh;

    return text != NULL ? text : "";
}

static void print_padded(const char *text, size_t width)
{
    size_t used = dc_utf8_width(text);

    printf("%s%*s", text, used < width ? (int)(width - used) : 1, "");
}

void taxonomy_list(const struct dc_taxonomy *taxonomy, enum dc_lang lang)
{
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[i];

        printf("%-6s %c%c ", leaf->code, leaf->level > 0 ? (char)('0' + leaf->level) : '-',
               leaf->verify ? '*' : ' ');
        print_padded(in_lang(leaf->class1, lang), lang == DC_LANG_EN ? 30 : 16);
        printf("%s\n", in_lang(leaf->name, lang));
    }
    fprintf(stderr, "%s\n",
            lang == DC_LANG_EN ? "* the basis of the level is still to be verified"
                               : "* 级别依据待与正式文本核实");
}

static void print_field(const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        printf("  %-12s %s\n", label, text);
    }
}

static void print_impact(const struct dc_leaf *leaf)
{
    static const char *const objects[DC_N_IMPACT_OBJECTS] = {
        "国家安全 / national security", "经济运行 / economic operation", "社会秩序 / social order",
        "公共利益 / public interest",   "组织权益 / the organisation",   "个人权益 / individuals"};
    static const char *const degrees[DC_N_IMPACT_DEGREES] = {
        "无危害 / none", "一般危害 / general", "严重危害 / serious", "特别严重危害 / very serious"};
    struct dc_impact impact = dc_impact_of(leaf->pi, leaf->level);

    if (leaf->level > 0) {
        printf("  %-12s %s, %s\n", "impact", objects[impact.object], degrees[impact.degree]);
    }
}

static void print_maps(const struct dc_taxonomy *taxonomy, int leaf)
{
    for (size_t i = 0; i < taxonomy->n_class_maps; i++) {
        const struct dc_class_map *map = &taxonomy->class_maps[i];
        const struct dc_label *label = dc_class_map_label(map, leaf);

        if (label->zh[0] != '\0') {
            printf("  %-12s %s: %s / %s%s\n", i == 0 ? "maps to" : "", map->name.zh, label->zh,
                   label->en, map->verify ? TO_BE_VERIFIED : "");
        }
    }
}

void taxonomy_show_leaf(const struct dc_taxonomy *taxonomy, int index)
{
    const struct dc_leaf *leaf = &taxonomy->leaves[index];

    printf("%s %s / %s\n", leaf->code, leaf->name.zh, leaf->name.en);
    printf("  %-12s %s > %s / %s > %s\n", "class", leaf->class1.zh, leaf->class2.zh,
           leaf->class1.en, leaf->class2.en);
    printf("  %-12s %s / %s\n", "MIIT", leaf->miit.zh, leaf->miit.en);
    if (leaf->level > 0) {
        printf("  %-12s 一般%d级 / general %d\n", "level", leaf->level, leaf->level);
    }
    print_field("personal", dc_pi_name(leaf->pi));
    print_impact(leaf);
    printf("  %-12s %s%s\n", "basis", leaf->basis, leaf->verify ? TO_BE_VERIFIED : "");
    print_field("elements", leaf->elements);
    print_field("boundary", leaf->boundary);
    print_maps(taxonomy, index);
    for (size_t i = 0; i < leaf->n_candidates; i++) {
        const struct dc_candidate_rule *rule = &taxonomy->candidate_rules[leaf->candidates[i]];

        printf("  %-12s %s %s / %s\n", "candidate", rule->id, rule->name.zh, rule->name.en);
    }
}

/* ---- maps ---- */

enum { CODE_WIDTH = 7, CELL_WIDTH = 28 };

static void print_class_maps(const struct dc_taxonomy *taxonomy, enum dc_lang lang)
{
    print_padded("", CODE_WIDTH);
    for (size_t m = 0; m < taxonomy->n_class_maps; m++) {
        print_padded(taxonomy->class_maps[m].id, CELL_WIDTH);
    }
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        putchar('\n');
        print_padded(taxonomy->leaves[i].code, CODE_WIDTH);
        for (size_t m = 0; m < taxonomy->n_class_maps; m++) {
            const struct dc_label *label = dc_class_map_label(&taxonomy->class_maps[m], (int)i);
            const char *text = in_lang(*label, lang);

            print_padded(text[0] == '\0' ? "-" : text, CELL_WIDTH);
        }
    }
    putchar('\n');
}

static void print_level_maps(const struct dc_taxonomy *taxonomy, enum dc_lang lang)
{
    for (size_t m = 0; m < taxonomy->n_level_maps; m++) {
        const struct dc_level_map *map = &taxonomy->level_maps[m];

        print_padded(map->id, CELL_WIDTH - 8);
        for (int level = 0; level < DC_N_LEVELS; level++) {
            const char *text = in_lang(map->levels[level], lang);

            print_padded(text[0] == '\0' ? "-" : text, 16);
        }
        putchar('\n');
    }
}

static void print_bases(const struct dc_taxonomy *taxonomy, enum dc_lang lang)
{
    for (size_t m = 0; m < taxonomy->n_class_maps; m++) {
        const struct dc_class_map *map = &taxonomy->class_maps[m];

        printf("%s: %s; %s%s\n", map->id, in_lang(map->name, lang), map->basis,
               map->verify ? TO_BE_VERIFIED : "");
    }
    for (size_t m = 0; m < taxonomy->n_level_maps; m++) {
        const struct dc_level_map *map = &taxonomy->level_maps[m];

        printf("%s: %s; %s%s\n", map->id, in_lang(map->name, lang), map->basis,
               map->verify ? TO_BE_VERIFIED : "");
    }
}

void taxonomy_map(const struct dc_taxonomy *taxonomy, enum dc_lang lang)
{
    print_class_maps(taxonomy, lang);
    putchar('\n');
    print_level_maps(taxonomy, lang);
    putchar('\n');
    print_bases(taxonomy, lang);
}

void taxonomy_check(const struct dc_taxonomy *taxonomy)
{
    printf("%s %s: %zu leaves, %zu concepts, %zu subjects, %zu roles, %zu combinations, %zu known "
           "fields, %zu value rules, %zu level rules, %zu candidate rules, %zu class maps, "
           "%zu level maps; sha256 %s\n",
           taxonomy->name, taxonomy->version, taxonomy->n_leaves, taxonomy->n_concepts,
           taxonomy->n_subjects, taxonomy->n_roles, taxonomy->n_combinations,
           taxonomy->n_known_fields, taxonomy->n_value_rules, taxonomy->n_level_rules,
           taxonomy->n_candidate_rules, taxonomy->n_class_maps, taxonomy->n_level_maps,
           taxonomy->hash);
}
