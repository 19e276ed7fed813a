#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "eval_internal.h"

static struct dc_arena *arena;
static struct dc_eval_labels labels;
static struct dc_eval_results *results;
static struct dc_eval_report *report;

static void setup(void)
{
    arena = dc_arena_create(0);
    dc_eval_labels_init(&labels, arena);
    results = dc_eval_results_create();
}

static void teardown(void)
{
    dc_eval_report_destroy(report);
    dc_eval_results_destroy(results);
    dc_eval_labels_done(&labels);
    dc_arena_destroy(arena);
}

TestSuite(report, .init = setup, .fini = teardown);

/* One column: what its label accepts, and what was said. Level 0, confidence below 0, category NULL: nothing said. */
static const struct sample {
    const char *source, *category, *alternate;
    uint32_t levels, pi;
    bool important;
    const char *said;
    int level;
    const char *said_pi;
    bool said_important;
    double confidence;
} samples[] = {
    {"a", "B1-01", NULL, 1u << 2, DC_EVAL_PI_NONE, false, "B1-01", 2, "none", false, 0.95},
    {"a", "B1-01", "C1-01", 1u << 3, DC_EVAL_PI_NONE, true, "C1-01", 2, "none", false, 0.85},
    {"a", "B1-02", NULL, 1u << 2, DC_EVAL_PI_NONE, false, "B1-01", 3, "personal", true, 0.91},
    {"b", "P2-01", NULL, 1u << 4, DC_EVAL_PI_SENSITIVE, false, "P2-01", 4, "sensitive", false, 1.0},
    {"b", "P1-02", NULL, 1u << 2 | 1u << 3, DC_EVAL_PI_PERSONAL, true, "Z1-04", 2, "none", true,
     0.35},
    {"b", "Z1-01", NULL, 1u << 1, DC_EVAL_PI_NONE, false, NULL, 0, "none", false, -1},
};
#define N_SAMPLES (sizeof samples / sizeof samples[0])

static void add(const struct sample *sample, size_t number)
{
    const char *name = dc_arena_printf(arena, "c%zu", number);
    struct dc_eval_label label = {.source = sample->source,
                                  .key = "",
                                  .schema = "",
                                  .table = "t",
                                  .column = name,
                                  .category = sample->category,
                                  .levels = sample->levels,
                                  .pi = sample->pi,
                                  .important = sample->important};
    struct dc_eval_row row = {.source = sample->source,
                              .schema = "",
                              .table = "t",
                              .column = name,
                              .category = sample->said,
                              .has_level = sample->level > 0,
                              .level = sample->level,
                              .has_confidence = sample->confidence >= 0,
                              .confidence = sample->confidence,
                              .important = sample->said_important,
                              .pi = sample->said_pi};

    label.leaves.items = dc_arena_alloc(arena, 2 * sizeof *label.leaves.items);
    label.leaves.items[label.leaves.n_items++] = sample->category;
    if (sample->alternate != NULL) {
        label.leaves.items[label.leaves.n_items++] = sample->alternate;
    }
    labels.items = dc_array_grow(labels.items, labels.n_items, &labels.capacity,
                                 sizeof *labels.items);
    labels.items[labels.n_items++] = label;
    if (sample->said != NULL) {
        dc_eval_results_add(results, &row);
    }
}

static void evaluate(void)
{
    for (size_t i = 0; i < N_SAMPLES; i++) {
        add(&samples[i], i);
    }
    report = dc_eval_report_create(&labels, results);
}

static const double expected[DC_EVAL_N_FIGURES] = {
    [DC_EVAL_COLUMNS] = 6,
    [DC_EVAL_MISSING] = 1,
    [DC_EVAL_LEAF] = 3.0 / 6,
    [DC_EVAL_BUSINESS_LEAF] = 3.0 / 5,
    [DC_EVAL_CLASS] = 4.0 / 6,
    [DC_EVAL_LEVEL] = 3.0 / 6,
    [DC_EVAL_UNDER] = 2.0 / 6, /* 2 in place of 3, and the missing one */
    [DC_EVAL_OVER] = 1.0 / 6,
    [DC_EVAL_REVIEW] = 1.0 / 6,
    [DC_EVAL_HIGH_RECALL] = 1.0 / 2,
    [DC_EVAL_PI_RECALL] = 1.0 / 2,
    [DC_EVAL_PI_PRECISION] = 1.0 / 2,
    [DC_EVAL_SENSITIVE_RECALL] = 1.0,
    [DC_EVAL_IMPORTANT_RECALL] = 1.0 / 2,
    [DC_EVAL_IMPORTANT_PRECISION] = 1.0 / 2,
    [DC_EVAL_CALIBRATION] = (0.86 + 0.15 + 0.35) / 5,
    [DC_EVAL_MACRO_LEAF] = (2.0 / 3 + 1.0 / 2 + 0) / 3,
};

Test(report, figures_over_all_are_those_of_the_definition)
{
    evaluate();
    for (int i = 0; i < DC_EVAL_N_FIGURES; i++) {
        double reached = dc_eval_report_all(report)->figures[i];

        cr_assert_float_eq(reached, expected[i], 1e-12, "%s is %.17g",
                           dc_eval_figure_name((enum dc_eval_figure)i), reached);
    }
}

Test(report, each_source_has_its_own_figures)
{
    evaluate();
    cr_assert_eq(report->n_groups, 3);
    cr_assert_str_eq(report->groups[0].name, "a");
    cr_assert_float_eq(report->groups[0].figures[DC_EVAL_LEAF], 2.0 / 3, 1e-12);
    cr_assert_str_eq(report->groups[1].name, "b");
    cr_assert_eq(report->groups[1].figures[DC_EVAL_COLUMNS], 3);
    cr_assert(isnan(report->groups[0].figures[DC_EVAL_SENSITIVE_RECALL]), "nothing to divide by");
}

Test(report, classes_confusions_and_misses_are_told)
{
    evaluate();
    cr_assert_eq(report->n_classes, 3);
    cr_assert_str_eq(report->classes[0].name, "B");
    cr_assert_eq(report->classes[0].right, 2);
    cr_assert_eq(report->n_confusions, 3);
    cr_assert_str_eq(report->confusions[2].said, "-");
    cr_assert_eq(report->n_class_confusions, 2);
    cr_assert_eq(report->n_misses, 3);
    cr_assert_null(report->misses[2].row);
}

Test(report, the_calibration_table_has_ten_bins_and_one_is_in_the_last)
{
    evaluate();
    cr_assert_eq(report->bins[9].n, 3);
    cr_assert_eq(report->bins[9].right, 2);
    cr_assert_eq(report->bins[3].n, 1);
}

static const struct {
    const char *name;
    enum dc_eval_figure figure;
} names[] = {
    {"leaf_accuracy", DC_EVAL_LEAF}, {"leaf", DC_EVAL_LEAF},      {"level", DC_EVAL_LEVEL},
    {"le", DC_EVAL_N_FIGURES},       {"pi_r", DC_EVAL_PI_RECALL}, {"", DC_EVAL_N_FIGURES},
    {"leaves", DC_EVAL_N_FIGURES},
};

Test(report, a_figure_is_named_by_a_beginning_that_no_other_has)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        cr_assert_eq(dc_eval_figure_parse(names[i].name), names[i].figure, "%s", names[i].name);
    }
}

Test(report, without_labels_nothing_can_be_said)
{
    report = dc_eval_report_create(&labels, results);
    cr_assert_eq(report->n_groups, 1);
    cr_assert(isnan(dc_eval_report_all(report)->figures[DC_EVAL_LEAF]));
}
