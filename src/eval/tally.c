/* Counters, then figures. The order of sums is that of score.py, so that the last digit agrees. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

#include "eval_internal.h"

#define REVIEW_LEAF "Z1-04"
#define HIGH_LEVEL  3

static const char *said(const struct dc_eval_row *row)
{
    return row == NULL ? "" : row->category;
}

bool eval_leaf_right(const struct dc_eval_label *label, const struct dc_eval_row *row)
{
    for (size_t i = 0; i < label->leaves.n_items; i++) {
        if (strcmp(label->leaves.items[i], said(row)) == 0) {
            return true;
        }
    }
    return false;
}

static size_t first_size(const char *code)
{
    uint32_t character;

    return code[0] == '\0' ? 0 : dc_utf8_next(code, strlen(code), &character);
}

const char *eval_class_of(struct dc_arena *arena, const char *code)
{
    return dc_arena_strndup(arena, code, first_size(code));
}

bool eval_class_right(const struct dc_eval_label *label, const struct dc_eval_row *row)
{
    const char *leaf = said(row);
    size_t size = first_size(leaf);

    for (size_t i = 0; size > 0 && i < label->leaves.n_items; i++) {
        if (first_size(label->leaves.items[i]) == size &&
            memcmp(label->leaves.items[i], leaf, size) == 0) {
            return true;
        }
    }
    return false;
}

static int lowest(uint32_t levels)
{
    return __builtin_ctz(levels);
}

static int highest(uint32_t levels)
{
    return 31 - __builtin_clz(levels);
}

static bool accepts(uint32_t levels, int level)
{
    return level >= 0 && level < 32 && (levels >> level & 1u) != 0;
}

static void add_level(struct eval_tally *tally, const struct dc_eval_label *label,
                      const struct dc_eval_row *row)
{
    bool told = row != NULL && row->has_level;
    int level = told ? row->level : 0;

    tally->level += told && accepts(label->levels, level);
    if (label->levels == 0) {
        return;
    }
    tally->under += !told || level < lowest(label->levels);
    tally->over += told && level > highest(label->levels);
    tally->high += lowest(label->levels) >= HIGH_LEVEL;
    tally->high_found += lowest(label->levels) >= HIGH_LEVEL && level >= HIGH_LEVEL;
}

static void add_marks(struct eval_tally *tally, const struct dc_eval_label *label,
                      const struct dc_eval_row *row)
{
    const char *pi = row == NULL ? "none" : row->pi;
    bool marked = strcmp(pi, "none") != 0, important = row != NULL && row->important;
    bool wanted = (label->pi & DC_EVAL_PI_NONE) == 0;

    tally->pi += wanted;
    tally->pi_found += wanted && marked;
    tally->pi_said += marked;
    tally->pi_right += marked && label->pi != DC_EVAL_PI_NONE;
    tally->sensitive += label->pi == DC_EVAL_PI_SENSITIVE;
    tally->sensitive_found += label->pi == DC_EVAL_PI_SENSITIVE && strcmp(pi, "sensitive") == 0;
    tally->important += label->important;
    tally->important_said += important;
    tally->important_both += label->important && important;
}

static void add_confidence(struct eval_tally *tally, const struct dc_eval_row *row, bool right)
{
    int bin;

    if (row == NULL || !row->has_confidence || row->category[0] == '\0') {
        return;
    }
    bin = (int)(row->confidence * DC_EVAL_N_BINS);
    bin = bin < 0 ? 0 : bin >= DC_EVAL_N_BINS ? DC_EVAL_N_BINS - 1 : bin;
    if (tally->bins[bin].n == 0) {
        tally->bin_order[tally->n_bins++] = bin;
    }
    tally->bins[bin].n++;
    tally->bins[bin].right += right;
    tally->bins[bin].confidence += row->confidence;
}

static struct dc_eval_class *class_named(struct eval_tally *tally, const char *name)
{
    for (size_t i = 0; i < tally->n_classes; i++) {
        if (strcmp(tally->classes[i].name, name) == 0) {
            return &tally->classes[i];
        }
    }
    tally->classes = dc_array_grow(tally->classes, tally->n_classes, &tally->classes_capacity,
                                   sizeof *tally->classes);
    tally->classes[tally->n_classes] = (struct dc_eval_class){.name = name};
    return &tally->classes[tally->n_classes++];
}

static void add_class(struct eval_tally *tally, struct dc_arena *arena,
                      const struct dc_eval_label *label, const struct dc_eval_row *row)
{
    struct dc_eval_class *class_ = class_named(tally, eval_class_of(arena, label->category));

    class_->n++;
    class_->right += eval_leaf_right(label, row);
    class_->class_right += eval_class_right(label, row);
    class_->level_right += row != NULL && row->has_level && accepts(label->levels, row->level);
}

void eval_tally_add(struct eval_tally *tally, struct dc_arena *arena,
                    const struct dc_eval_label *label, const struct dc_eval_row *row)
{
    bool right = eval_leaf_right(label, row), business = label->category[0] != 'Z';

    tally->columns++;
    tally->missing += row == NULL;
    tally->leaf += right;
    tally->business += business;
    tally->business_right += business && right;
    tally->class_ += eval_class_right(label, row);
    tally->review += strcmp(said(row), REVIEW_LEAF) == 0;
    add_level(tally, label, row);
    add_marks(tally, label, row);
    add_confidence(tally, row, right);
    add_class(tally, arena, label, row);
}

void eval_tally_done(struct eval_tally *tally)
{
    free(tally->classes);
}

static double ratio(double part, double whole)
{
    return whole == 0 ? NAN : part / whole;
}

static double share(int64_t part, int64_t whole)
{
    return ratio((double)part, (double)whole);
}

static double calibration_error(const struct eval_tally *tally)
{
    double sum = 0;
    int64_t total = 0;

    for (int i = 0; i < tally->n_bins; i++) {
        const struct dc_eval_bin *bin = &tally->bins[tally->bin_order[i]];

        sum += fabs((double)bin->right - bin->confidence);
        total += bin->n;
    }
    return ratio(sum, (double)total);
}

static double macro_leaf(const struct eval_tally *tally)
{
    double sum = 0;

    for (size_t i = 0; i < tally->n_classes; i++) {
        sum += share(tally->classes[i].right, tally->classes[i].n);
    }
    return ratio(sum, (double)tally->n_classes);
}

void eval_tally_figures(const struct eval_tally *tally, double figures[DC_EVAL_N_FIGURES])
{
    int64_t n = tally->columns;

    figures[DC_EVAL_COLUMNS] = (double)n;
    figures[DC_EVAL_MISSING] = (double)tally->missing;
    figures[DC_EVAL_LEAF] = share(tally->leaf, n);
    figures[DC_EVAL_BUSINESS_LEAF] = share(tally->business_right, tally->business);
    figures[DC_EVAL_CLASS] = share(tally->class_, n);
    figures[DC_EVAL_LEVEL] = share(tally->level, n);
    figures[DC_EVAL_UNDER] = share(tally->under, n);
    figures[DC_EVAL_OVER] = share(tally->over, n);
    figures[DC_EVAL_REVIEW] = share(tally->review, n);
    figures[DC_EVAL_HIGH_RECALL] = share(tally->high_found, tally->high);
    figures[DC_EVAL_PI_RECALL] = share(tally->pi_found, tally->pi);
    figures[DC_EVAL_PI_PRECISION] = share(tally->pi_right, tally->pi_said);
    figures[DC_EVAL_SENSITIVE_RECALL] = share(tally->sensitive_found, tally->sensitive);
    figures[DC_EVAL_IMPORTANT_RECALL] = share(tally->important_both, tally->important);
    figures[DC_EVAL_IMPORTANT_PRECISION] = share(tally->important_both, tally->important_said);
    figures[DC_EVAL_CALIBRATION] = calibration_error(tally);
    figures[DC_EVAL_MACRO_LEAF] = macro_leaf(tally);
}
