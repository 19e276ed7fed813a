/* Fields of columns counted together: a level, a class, a leaf, a rule. */
#include <string.h>

#include "layout.h"

#define GROUP(name, member)  FIELD_COUNT("group." name, SCOPE_GROUP, struct report_group, member)
#define MADE(name, kind, fn) FIELD_FILL("group." name, kind, SCOPE_GROUP, fn)

static void level(const struct report_row *row, struct dc_cell *cell)
{
    report_set_level(row, cell, row->group->code[0] - '0');
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

static void share(const struct report_row *row, struct dc_cell *cell)
{
    report_set_share(cell, row->group->n_columns, row->group->total);
}

const struct report_field report_fields_group[] = {
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
    FIELD_END,
};
