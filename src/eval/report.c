/* Figures by source and class, confusions, calibration and misses. */
#include <stdlib.h>
#include <string.h>

#include "eval_internal.h"

static const char *const figure_names[DC_EVAL_N_FIGURES] = {
    [DC_EVAL_COLUMNS] = "columns",
    [DC_EVAL_MISSING] = "missing",
    [DC_EVAL_LEAF] = "leaf_accuracy",
    [DC_EVAL_BUSINESS_LEAF] = "business_leaf_accuracy",
    [DC_EVAL_CLASS] = "class_accuracy",
    [DC_EVAL_LEVEL] = "level_accuracy",
    [DC_EVAL_UNDER] = "under_graded",
    [DC_EVAL_OVER] = "over_graded",
    [DC_EVAL_REVIEW] = "left_to_review",
    [DC_EVAL_HIGH_RECALL] = "high_level_recall",
    [DC_EVAL_PI_RECALL] = "pi_recall",
    [DC_EVAL_PI_PRECISION] = "pi_precision",
    [DC_EVAL_SENSITIVE_RECALL] = "sensitive_pi_recall",
    [DC_EVAL_IMPORTANT_RECALL] = "important_recall",
    [DC_EVAL_IMPORTANT_PRECISION] = "important_precision",
    [DC_EVAL_CALIBRATION] = "calibration_error",
    [DC_EVAL_MACRO_LEAF] = "macro_leaf_accuracy",
};

const char *dc_eval_figure_name(enum dc_eval_figure figure)
{
    return figure_names[figure];
}

bool dc_eval_figure_is_count(enum dc_eval_figure figure)
{
    return figure == DC_EVAL_COLUMNS || figure == DC_EVAL_MISSING;
}

enum dc_eval_figure dc_eval_figure_parse(const char *name)
{
    enum dc_eval_figure found = DC_EVAL_N_FIGURES;
    int n_found = 0;

    for (int i = 0; i < DC_EVAL_N_FIGURES; i++) {
        if (strcmp(figure_names[i], name) == 0) {
            return (enum dc_eval_figure)i;
        }
        if (name[0] != '\0' && strncmp(figure_names[i], name, strlen(name)) == 0) {
            found = (enum dc_eval_figure)i;
            n_found++;
        }
    }
    return n_found == 1 ? found : DC_EVAL_N_FIGURES;
}

/* Counters of "label → said" while they grow, in order of first use. */
struct confusions {
    struct dc_arena *arena;
    struct dc_eval_confusion *items;
    size_t n_items, capacity;
};

static void count(struct confusions *all, const char *label, const char *said)
{
    said = said[0] == '\0' ? "-" : said;
    for (size_t i = 0; i < all->n_items; i++) {
        if (strcmp(all->items[i].label, label) == 0 && strcmp(all->items[i].said, said) == 0) {
            all->items[i].n++;
            return;
        }
    }
    all->items = dc_array_grow(all->items, all->n_items, &all->capacity, sizeof *all->items);
    all->items[all->n_items++] = (struct dc_eval_confusion){label, said, 1};
}

/* Into the arena, commonest first; equal ones stay in their order. */
static struct dc_eval_confusion *sorted(struct confusions *all)
{
    struct dc_eval_confusion *out = dc_arena_alloc(all->arena, (all->n_items + 1) * sizeof *out);

    for (size_t i = 0; i < all->n_items; i++) {
        size_t place = i;

        while (place > 0 && out[place - 1].n < all->items[i].n) {
            out[place] = out[place - 1];
            place--;
        }
        out[place] = all->items[i];
    }
    free(all->items);
    return out;
}

static void tell_wrong(struct dc_eval_report *report, const struct dc_eval_labels *labels,
                       const struct dc_eval_row *const *rows)
{
    struct confusions leaves = {.arena = report->arena}, classes = {.arena = report->arena};

    report->misses = dc_arena_alloc(report->arena, (labels->n_items + 1) * sizeof *report->misses);
    for (size_t i = 0; i < labels->n_items; i++) {
        const struct dc_eval_label *label = &labels->items[i];
        const char *said = rows[i] == NULL ? "" : rows[i]->category;

        if (!eval_leaf_right(label, rows[i])) {
            report->misses[report->n_misses++] = (struct dc_eval_miss){label, rows[i]};
            count(&leaves, label->category, said);
        }
        if (!eval_class_right(label, rows[i])) {
            count(&classes, eval_class_of(report->arena, label->category),
                  eval_class_of(report->arena, said));
        }
    }
    report->n_confusions = leaves.n_items;
    report->confusions = sorted(&leaves);
    report->n_class_confusions = classes.n_items;
    report->class_confusions = sorted(&classes);
}

static int by_name(const void *a, const void *b)
{
    const struct dc_eval_class *left = a, *right = b;

    return strcmp(left->name, right->name);
}

static void tell_all(struct dc_eval_report *report, const struct eval_tally *tally)
{
    struct dc_eval_group *group = &report->groups[report->n_groups++];

    group->name = "ALL";
    eval_tally_figures(tally, group->figures);
    memcpy(report->bins, tally->bins, sizeof report->bins);
    report->n_classes = tally->n_classes;
    report->classes = dc_arena_alloc(report->arena,
                                     (tally->n_classes + 1) * sizeof *report->classes);
    if (tally->n_classes > 0) {
        memcpy(report->classes, tally->classes, tally->n_classes * sizeof *report->classes);
        qsort(report->classes, report->n_classes, sizeof *report->classes, by_name);
    }
}

/* Sources in order of their first label. */
static void tell_source(struct dc_eval_report *report, const struct dc_eval_labels *labels,
                        const struct dc_eval_row *const *rows, const char *name)
{
    struct dc_eval_group *group = &report->groups[report->n_groups];
    struct eval_tally tally = {0};

    for (size_t i = 0; i < report->n_groups; i++) {
        if (strcmp(report->groups[i].name, name) == 0) {
            return;
        }
    }
    for (size_t i = 0; i < labels->n_items; i++) {
        if (strcmp(labels->items[i].source, name) == 0) {
            eval_tally_add(&tally, report->arena, &labels->items[i], rows[i]);
        }
    }
    group->name = name;
    eval_tally_figures(&tally, group->figures);
    eval_tally_done(&tally);
    report->n_groups++;
}

static size_t count_sources(const struct dc_eval_labels *labels)
{
    size_t n = 0;

    for (size_t i = 0; i < labels->n_items; i++) {
        n += i == 0 || strcmp(labels->items[i].source, labels->items[i - 1].source) != 0;
    }
    return n;
}

struct dc_eval_report *dc_eval_report_create(const struct dc_eval_labels *labels,
                                             struct dc_eval_results *results)
{
    struct dc_eval_report *report = dc_alloc(1, sizeof *report);
    const struct dc_eval_row **rows = dc_alloc(labels->n_items + 1, sizeof *rows);
    struct eval_tally all = {0};

    report->arena = dc_arena_create(0);
    report->groups = dc_arena_alloc(report->arena,
                                    (count_sources(labels) + 1) * sizeof *report->groups);
    for (size_t i = 0; i < labels->n_items; i++) {
        rows[i] = eval_find(results, &labels->items[i]);
        eval_tally_add(&all, report->arena, &labels->items[i], rows[i]);
    }
    for (size_t i = 0; i < labels->n_items; i++) {
        if (i == 0 || strcmp(labels->items[i].source, labels->items[i - 1].source) != 0) {
            tell_source(report, labels, rows, labels->items[i].source);
        }
    }
    tell_all(report, &all);
    tell_wrong(report, labels, rows);
    eval_tally_done(&all);
    free(rows);
    return report;
}

void dc_eval_report_destroy(struct dc_eval_report *report)
{
    if (report != NULL) {
        dc_arena_destroy(report->arena);
        free(report);
    }
}

const struct dc_eval_group *dc_eval_report_all(const struct dc_eval_report *report)
{
    return &report->groups[report->n_groups - 1];
}
