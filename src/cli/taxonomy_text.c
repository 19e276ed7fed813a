/* The taxonomy on a terminal. */
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "dcscan/impact.h"
#include "dcscan/text.h"
#include "taxonomy_views.h"

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

void taxonomy_print_impact(struct dc_impact impact)
{
    static const char *const objects[DC_N_IMPACT_OBJECTS] = {
        "国家安全 / national security", "经济运行 / economic operation", "社会秩序 / social order",
        "公共利益 / public interest",   "组织权益 / the organisation",   "个人权益 / individuals"};
    static const char *const degrees[DC_N_IMPACT_DEGREES] = {
        "无危害 / none", "一般危害 / general", "严重危害 / serious", "特别严重危害 / very serious"};

    printf("%s, %s\n", objects[impact.object], degrees[impact.degree]);
}

/* What the leaf's level stands for, and who else is harmed where there is much of it. */
static void print_impact(const struct dc_leaf *leaf)
{
    struct dc_impact large = {leaf->reach, DC_DEGREE_GENERAL};

    if (leaf->level > 0) {
        printf("  %-12s ", "impact");
        taxonomy_print_impact(dc_impact_of(leaf->pi, leaf->level));
    }
    if (leaf->pi != DC_PI_NONE) {
        large = dc_impact_reach(DC_SCALE_LARGE, false);
    }
    if (large.object != DC_N_IMPACT_OBJECTS) {
        printf("  %-12s ", "at scale");
        taxonomy_print_impact(large);
    }
}

static void print_maps(const struct dc_taxonomy *taxonomy, int leaf)
{
    for (size_t i = 0; i < taxonomy->n_class_maps; i++) {
        const struct dc_class_map *map = &taxonomy->class_maps[i];
        const struct dc_label *label = dc_class_map_label(map, leaf);

        if (label->zh[0] != '\0') {
            printf("  %-12s %s: %s / %s%s\n", i == 0 ? "maps to" : "", map->name.zh, label->zh,
                   label->en, map->verify ? TAXONOMY_TO_BE_VERIFIED : "");
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
    printf("  %-12s %s%s\n", "basis", leaf->basis, leaf->verify ? TAXONOMY_TO_BE_VERIFIED : "");
    print_field("elements", leaf->elements);
    print_field("boundary", leaf->boundary);
    print_maps(taxonomy, index);
    for (size_t i = 0; i < leaf->n_candidates; i++) {
        const struct dc_candidate_rule *rule = &taxonomy->candidate_rules[leaf->candidates[i]];

        printf("  %-12s %s %s / %s%s\n", "candidate", rule->id, rule->name.zh, rule->name.en,
               rule->verify ? TAXONOMY_TO_BE_VERIFIED : "");
    }
}

/* ---- maps ---- */

enum { CODE_WIDTH = 7, LEVEL_NAME_WIDTH = 20, LEVEL_WIDTH = 16 };

/* What a map calls a leaf in the language; "-" where it says nothing. */
static const char *class_in(const struct dc_class_map *map, size_t leaf, enum dc_lang lang)
{
    const char *text = in_lang(*dc_class_map_label(map, (int)leaf), lang);

    return text[0] == '\0' ? "-" : text;
}

static size_t width_of(const struct dc_taxonomy *taxonomy, const struct dc_class_map *map,
                       enum dc_lang lang)
{
    size_t width = dc_utf8_width(map->id);

    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        size_t used = dc_utf8_width(class_in(map, i, lang));

        width = used > width ? used : width;
    }
    return width + 2;
}

/* Columns of the terminal; SIZE_MAX where standard output is none. */
static size_t terminal_width(void)
{
    struct winsize size;

    return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0
               ? size.ws_col
               : SIZE_MAX;
}

/* Leaves by the maps from `first` up to `end`, each column as wide as it needs to be; the last one is not padded. */
static void print_maps_of(const struct dc_taxonomy *taxonomy, size_t first, size_t end,
                          enum dc_lang lang)
{
    for (size_t i = 0; i <= taxonomy->n_leaves; i++) {
        print_padded(i == 0 ? "" : taxonomy->leaves[i - 1].code, CODE_WIDTH);
        for (size_t m = first; m < end; m++) {
            const struct dc_class_map *map = &taxonomy->class_maps[m];
            const char *text = i == 0 ? map->id : class_in(map, i - 1, lang);

            if (m + 1 == end) {
                fputs(text, stdout);
            } else {
                print_padded(text, width_of(taxonomy, map, lang));
            }
        }
        putchar('\n');
    }
}

/* All maps side by side, or as many as the terminal holds and the others below; or the one that is named. */
static void print_class_maps(const struct dc_taxonomy *taxonomy, const char *only,
                             enum dc_lang lang)
{
    size_t width = terminal_width(), first = 0;

    for (size_t m = 0; only != NULL && m < taxonomy->n_class_maps; m++) {
        if (strcmp(only, taxonomy->class_maps[m].id) == 0) {
            print_maps_of(taxonomy, m, m + 1, lang);
        }
    }
    while (only == NULL && first < taxonomy->n_class_maps) {
        size_t end = first, used = CODE_WIDTH;

        do {
            used += width_of(taxonomy, &taxonomy->class_maps[end++], lang);
        } while (end < taxonomy->n_class_maps &&
                 used + width_of(taxonomy, &taxonomy->class_maps[end], lang) <=
                     (width == SIZE_MAX ? width : width + 2));
        if (first > 0) {
            putchar('\n');
        }
        print_maps_of(taxonomy, first, end, lang);
        first = end;
    }
}

static void print_level_maps(const struct dc_taxonomy *taxonomy, const char *only,
                             enum dc_lang lang)
{
    for (size_t m = 0; m < taxonomy->n_level_maps; m++) {
        const struct dc_level_map *map = &taxonomy->level_maps[m];

        if (only != NULL && strcmp(only, map->id) != 0) {
            continue;
        }
        print_padded(map->id, LEVEL_NAME_WIDTH);
        for (int level = 0; level < DC_N_LEVELS; level++) {
            const char *text = in_lang(map->levels[level], lang);

            print_padded(text[0] == '\0' ? "-" : text, LEVEL_WIDTH);
        }
        putchar('\n');
    }
}

static void print_basis(const char *id, struct dc_label name, const char *basis, bool verify,
                        enum dc_lang lang)
{
    printf("%s: %s; %s%s\n", id, in_lang(name, lang), basis, verify ? TAXONOMY_TO_BE_VERIFIED : "");
}

static void print_bases(const struct dc_taxonomy *taxonomy, const char *only, enum dc_lang lang)
{
    for (size_t m = 0; m < taxonomy->n_class_maps; m++) {
        const struct dc_class_map *map = &taxonomy->class_maps[m];

        if (only == NULL || strcmp(only, map->id) == 0) {
            print_basis(map->id, map->name, map->basis, map->verify, lang);
        }
    }
    for (size_t m = 0; m < taxonomy->n_level_maps; m++) {
        const struct dc_level_map *map = &taxonomy->level_maps[m];

        if (only == NULL || strcmp(only, map->id) == 0) {
            print_basis(map->id, map->name, map->basis, map->verify, lang);
        }
    }
}

static bool has_class_map(const struct dc_taxonomy *taxonomy, const char *id)
{
    for (size_t i = 0; id != NULL && i < taxonomy->n_class_maps; i++) {
        if (strcmp(taxonomy->class_maps[i].id, id) == 0) {
            return true;
        }
    }
    return id == NULL;
}

static bool has_level_map(const struct dc_taxonomy *taxonomy, const char *id)
{
    for (size_t i = 0; id != NULL && i < taxonomy->n_level_maps; i++) {
        if (strcmp(taxonomy->level_maps[i].id, id) == 0) {
            return true;
        }
    }
    return id == NULL;
}

bool taxonomy_map(const struct dc_taxonomy *taxonomy, const char *only, enum dc_lang lang)
{
    bool classes = has_class_map(taxonomy, only), levels = has_level_map(taxonomy, only);

    if (classes) {
        print_class_maps(taxonomy, only, lang);
        putchar('\n');
    }
    if (levels) {
        print_level_maps(taxonomy, only, lang);
        putchar('\n');
    }
    print_bases(taxonomy, only, lang);
    return classes || levels;
}
