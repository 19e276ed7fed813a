#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "eval_print.h"

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *figures_of(const struct dc_eval_group *group)
{
    json_t *object = json_object();

    for (int i = 0; i < DC_EVAL_N_FIGURES; i++) {
        enum dc_eval_figure figure = (enum dc_eval_figure)i;

        json_object_set_new(object, dc_eval_figure_name(figure),
                            dc_eval_figure_is_count(figure)
                                ? json_integer((json_int_t)group->figures[i])
                                : number(group->figures[i]));
    }
    return object;
}

static json_t *figures(const struct dc_eval_report *report)
{
    json_t *object = json_object();

    for (size_t i = 0; i < report->n_groups; i++) {
        json_object_set_new(object, report->groups[i].name, figures_of(&report->groups[i]));
    }
    return object;
}

static json_t *classes(const struct dc_eval_report *report)
{
    json_t *object = json_object();

    for (size_t i = 0; i < report->n_classes; i++) {
        const struct dc_eval_class *class_ = &report->classes[i];

        json_object_set_new(object, class_->name,
                            json_pack("{s:I, s:I, s:I, s:I}", "columns", (json_int_t)class_->n,
                                      "leaf_right", (json_int_t)class_->right, "class_right",
                                      (json_int_t)class_->class_right, "level_right",
                                      (json_int_t)class_->level_right));
    }
    return object;
}

static json_t *confusions(const struct dc_eval_confusion *items, size_t n)
{
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_array_append_new(list, json_pack("{s:s, s:s, s:I}", "label", items[i].label, "said",
                                              items[i].said, "columns", (json_int_t)items[i].n));
    }
    return list;
}

static json_t *calibration(const struct dc_eval_report *report)
{
    json_t *list = json_array();

    for (int i = 0; i < DC_EVAL_N_BINS; i++) {
        const struct dc_eval_bin *bin = &report->bins[i];

        if (bin->n > 0) {
            json_array_append_new(
                list, json_pack("{s:f, s:f, s:I, s:I, s:f}", "from", i / (double)DC_EVAL_N_BINS,
                                "to", (i + 1) / (double)DC_EVAL_N_BINS, "columns",
                                (json_int_t)bin->n, "right", (json_int_t)bin->right,
                                "mean_confidence", bin->confidence / (double)bin->n));
        }
    }
    return list;
}

static json_t *miss(const struct dc_eval_miss *wrong)
{
    const struct dc_eval_label *label = wrong->label;
    const struct dc_eval_row *row = wrong->row;
    json_t *accepted = json_array(), *object;

    for (size_t i = 0; i < label->leaves.n_items; i++) {
        json_array_append_new(accepted, json_string(label->leaves.items[i]));
    }
    object = label->key[0] != '\0'
                 ? json_pack("{s:s, s:s}", "source", label->source, "key", label->key)
                 : json_pack("{s:s, s:s, s:s, s:s}", "source", label->source, "schema",
                             label->schema, "table", label->table, "column", label->column);
    json_object_set_new(object, "accepted", accepted);
    json_object_set_new(object, "category",
                        row == NULL || row->category[0] == '\0' ? json_null()
                                                                : json_string(row->category));
    json_object_set_new(object, "level",
                        row == NULL || !row->has_level ? json_null() : json_integer(row->level));
    json_object_set_new(object, "confidence",
                        row == NULL || !row->has_confidence ? json_null()
                                                            : number(row->confidence));
    return object;
}

void eval_print_json(FILE *out, const struct dc_eval_report *report, size_t n_misses)
{
    json_t *object = json_object(), *misses = json_array();

    for (size_t i = 0; i < report->n_misses && i < n_misses; i++) {
        json_array_append_new(misses, miss(&report->misses[i]));
    }
    json_object_set_new(object, "figures", figures(report));
    json_object_set_new(object, "classes", classes(report));
    json_object_set_new(object, "confusion", confusions(report->confusions, report->n_confusions));
    json_object_set_new(object, "class_confusion",
                        confusions(report->class_confusions, report->n_class_confusions));
    json_object_set_new(object, "calibration", calibration(report));
    json_object_set_new(object, "misses", misses);
    json_dumpf(object, out, JSON_INDENT(1));
    fputc('\n', out);
    json_decref(object);
}
