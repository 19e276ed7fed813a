/* Fields of columns counted together: a level, a class, a leaf, a rule. */
#include <string.h>

#include "layout.h"

#define GROUP(name, member)  FIELD_COUNT("group." name, SCOPE_GROUP, struct report_group, member)
#define MADE(name, kind, fn) FIELD_FILL("group." name, kind, SCOPE_GROUP, fn)

static void level(const struct report_row *row, struct dc_cell *cell)
{
    report_set_final(row, cell, row->group->code[0] - '0');
}

/* The first class of the leaves counted; codes of leaves that the run does not explain stand together. */
static void class1(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_leaf_text *leaf = row->group->leaf;

    if (leaf == NULL) {
        report_set_word(row, cell, "phrase", "unknown_class");
    } else {
        report_set_text(cell, report_pick(row, leaf->class1_zh, leaf->class1_en));
    }
}

static void level_rule(const struct report_row *row, struct dc_cell *cell)
{
    const char *word = report_word(row->layout->definition, row->layout->lang, "level_rule",
                                   row->group->code);

    if (word != row->group->code) {
        report_set_text(cell, word);
    }
}

static void level_rule_basis(const struct report_row *row, struct dc_cell *cell)
{
    const char *word = report_word(row->layout->definition, row->layout->lang, "level_rule_basis",
                                   row->group->code);

    if (word != row->group->code) {
        report_set_text(cell, word);
    }
}

/* A system or plant; those that the configuration does not name stand together. */
static void name(const struct report_row *row, struct dc_cell *cell)
{
    if (row->group->code[0] == '\0') {
        report_set_word(row, cell, "phrase", "not_given");
    } else {
        report_set_text(cell, row->group->code);
    }
}

/* What a group has of the class that the column stands for. */
static void part(const struct report_row *row, struct dc_cell *cell)
{
    const struct report_groups *parts = &row->group->parts;
    int64_t n = 0;

    for (size_t i = 0; row->each != NULL && i < parts->n_items; i++) {
        n += strcmp(parts->items[i].code, row->each->code) == 0 ? parts->items[i].n_columns : 0;
    }
    report_set_int(cell, n);
}

/* The highest level of its columns, as decided. */
static void highest(const struct report_row *row, struct dc_cell *cell)
{
    report_set_final(row, cell, row->group->highest);
}

static void table_coverage(const struct report_row *row, struct dc_cell *cell)
{
    report_set_share(cell, row->group->n_tables, row->group->n_tables_found);
}

static void column_coverage(const struct report_row *row, struct dc_cell *cell)
{
    report_set_share(cell, row->group->n_columns, row->group->n_columns_found);
}

static void share(const struct report_row *row, struct dc_cell *cell)
{
    report_set_share(cell, row->group->n_columns, row->group->total);
}

static void view_verify(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "phrase", row->view->verify ? "verify" : "in_force");
}

const struct report_field report_fields_group[] = {
    FIELD_LABEL("view.standard", SCOPE_VIEW, struct dc_class_view, standard),
    FIELD_LABEL("view.class", SCOPE_VIEW, struct dc_class_view, class),
    FIELD_TEXT("view.basis", SCOPE_VIEW, struct dc_class_view, basis),
    FIELD_FILL("view.verify", DC_CELL_TEXT, SCOPE_VIEW, view_verify),
    FIELD_TEXT("group.code", SCOPE_GROUP, struct report_group, code),
    MADE("level", DC_CELL_LEVEL, level),
    MADE("class1", DC_CELL_TEXT, class1),
    MADE("level_rule", DC_CELL_TEXT, level_rule),
    MADE("level_rule_basis", DC_CELL_TEXT, level_rule_basis),
    GROUP("columns", n_columns),
    GROUP("tables", n_tables),
    GROUP("level4", by_level[4]),
    GROUP("level3", by_level[3]),
    GROUP("level2", by_level[2]),
    GROUP("level1", by_level[1]),
    GROUP("undecided", by_level[0]),
    MADE("share", DC_CELL_PERCENT, share),
    MADE("name", DC_CELL_TEXT, name),
    FIELD_FILL("group.part", DC_CELL_INT, SCOPE_EACH, part),
    MADE("highest", DC_CELL_LEVEL, highest),
    GROUP("rows", rows),
    FIELD_TEXT("group.rules", SCOPE_GROUP, struct report_group, rules),
    GROUP("columns_found", n_columns_found),
    GROUP("tables_found", n_tables_found),
    GROUP("personal", n_personal),
    GROUP("sensitive", n_sensitive),
    GROUP("important", n_important),
    GROUP("review", n_review),
    MADE("table_coverage", DC_CELL_PERCENT, table_coverage),
    MADE("column_coverage", DC_CELL_PERCENT, column_coverage),
    FIELD_END,
};
