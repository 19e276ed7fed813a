#include "eval_print.h"

#include <math.h>
#include <string.h>

#include "dcscan/text.h"

enum { LABEL_WIDTH = 24, CELL_WIDTH = 14, GROUPS_A_BLOCK = 7 };

struct words {
    const char *by_class, *class_, *columns, *leaf, *class_right, *level;
    const char *confusions, *class_confusions, *calibration, *confidence, *said, *right, *misses;
    const char *level_of, *nothing;
};

static const struct words words[] = {
    [DC_LANG_ZH] = {"按类别", "大类", "字段数", "类别正确", "大类正确", "级别正确",
                    "最常见的误判(标注 → 判定)", "大类误判(标注 → 判定)", "校准", "置信度",
                    "平均置信度", "实际正确率", "误判字段", "级别", "无"},
    [DC_LANG_EN] = {"by class", "class", "columns", "leaf right", "class right", "level right",
                    "most common confusions (label -> said)", "classes confused (label -> said)",
                    "calibration", "confidence", "mean said", "share right", "misses", "level",
                    "nothing"},
};

static void print_cell(FILE *out, const char *text, int width)
{
    size_t size = dc_utf8_cut(text, strlen(text), (size_t)width - 1);
    char cut[64];

    snprintf(cut, sizeof cut, "%.*s", (int)size, text);
    fprintf(out, "%*s%s", width - (int)dc_utf8_width(cut), "", cut);
}

static void print_share(FILE *out, double share)
{
    if (isnan(share)) {
        fprintf(out, "%*s", CELL_WIDTH, "-");
    } else {
        fprintf(out, "%*.3f", CELL_WIDTH, share);
    }
}

static void print_groups(FILE *out, const struct dc_eval_group *groups, size_t n)
{
    fprintf(out, "%-*s", LABEL_WIDTH, "");
    for (size_t i = 0; i < n; i++) {
        print_cell(out, groups[i].name, CELL_WIDTH);
    }
    fputc('\n', out);
    for (int figure = 0; figure < DC_EVAL_N_FIGURES; figure++) {
        fprintf(out, "%-*s", LABEL_WIDTH, dc_eval_figure_name((enum dc_eval_figure)figure));
        for (size_t i = 0; i < n; i++) {
            if (dc_eval_figure_is_count((enum dc_eval_figure)figure)) {
                fprintf(out, "%*.0f", CELL_WIDTH, groups[i].figures[figure]);
            } else {
                print_share(out, groups[i].figures[figure]);
            }
        }
        fputc('\n', out);
    }
    fputc('\n', out);
}

static void print_classes(FILE *out, const struct dc_eval_report *report, const struct words *w)
{
    fprintf(out, "%s\n", w->by_class);
    print_cell(out, w->class_, CELL_WIDTH);
    print_cell(out, w->columns, CELL_WIDTH);
    print_cell(out, w->leaf, CELL_WIDTH);
    print_cell(out, w->class_right, CELL_WIDTH);
    print_cell(out, w->level, CELL_WIDTH);
    fputc('\n', out);
    for (size_t i = 0; i < report->n_classes; i++) {
        const struct dc_eval_class *class_ = &report->classes[i];
        double n = (double)class_->n;

        print_cell(out, class_->name, CELL_WIDTH);
        fprintf(out, "%*lld", CELL_WIDTH, (long long)class_->n);
        print_share(out, (double)class_->right / n);
        print_share(out, (double)class_->class_right / n);
        print_share(out, (double)class_->level_right / n);
        fputc('\n', out);
    }
}

static void print_confusions(FILE *out, const char *title, const struct dc_eval_confusion *items,
                             size_t n)
{
    if (n == 0) {
        return;
    }
    fprintf(out, "\n%s\n", title);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "%6lld  %s -> %s\n", (long long)items[i].n, items[i].label, items[i].said);
    }
}

static void print_calibration(FILE *out, const struct dc_eval_report *report, const struct words *w)
{
    fprintf(out, "\n%s\n", w->calibration);
    print_cell(out, w->confidence, CELL_WIDTH);
    print_cell(out, w->columns, CELL_WIDTH);
    print_cell(out, w->said, CELL_WIDTH);
    print_cell(out, w->right, CELL_WIDTH);
    fputc('\n', out);
    for (int i = 0; i < DC_EVAL_N_BINS; i++) {
        const struct dc_eval_bin *bin = &report->bins[i];

        if (bin->n == 0) {
            continue;
        }
        fprintf(out, "%*.1f-%.1f%*lld", CELL_WIDTH - 4, i / (double)DC_EVAL_N_BINS,
                (i + 1) / (double)DC_EVAL_N_BINS, CELL_WIDTH, (long long)bin->n);
        print_share(out, bin->confidence / (double)bin->n);
        print_share(out, (double)bin->right / (double)bin->n);
        fputc('\n', out);
    }
}

/* Where a label without names points to. */
static void print_place(FILE *out, const struct dc_eval_label *label)
{
    if (label->key[0] != '\0') {
        fprintf(out, "%s.%s", label->source, label->key);
    } else {
        fprintf(out, "%s.%s.%s", label->source, label->table, label->column);
    }
}

static void print_misses(FILE *out, const struct dc_eval_report *report, size_t n,
                         const struct words *w)
{
    if (n > 0) {
        fprintf(out, "\n%s\n", w->misses);
    }
    for (size_t i = 0; i < n; i++) {
        const struct dc_eval_label *label = report->misses[i].label;
        const struct dc_eval_row *row = report->misses[i].row;
        bool said = row != NULL && row->category[0] != '\0';

        fputs("  ", out);
        print_place(out, label);
        fputs(": ", out);
        for (size_t k = 0; k < label->leaves.n_items; k++) {
            fprintf(out, "%s%s", k == 0 ? "" : "|", label->leaves.items[k]);
        }
        fprintf(out, " -> %s", said ? row->category : w->nothing);
        if (said && row->has_level) {
            fprintf(out, ", %s %d", w->level_of, row->level);
        }
        if (said && row->has_confidence) {
            fprintf(out, ", %s %.2f", w->confidence, row->confidence);
        }
        fputc('\n', out);
    }
}

static size_t at_most(size_t n, size_t most)
{
    return n < most ? n : most;
}

void eval_print(FILE *out, const struct dc_eval_report *report, size_t n_misses, enum dc_lang lang)
{
    const struct words *w = &words[lang];

    for (size_t i = 0; i < report->n_groups; i += GROUPS_A_BLOCK) {
        print_groups(out, &report->groups[i], at_most(report->n_groups - i, GROUPS_A_BLOCK));
    }
    print_classes(out, report, w);
    print_confusions(out, w->class_confusions, report->class_confusions,
                     at_most(report->n_class_confusions, n_misses));
    print_confusions(out, w->confusions, report->confusions,
                     at_most(report->n_confusions, n_misses));
    print_calibration(out, report, w);
    print_misses(out, report, at_most(report->n_misses, n_misses), w);
}
