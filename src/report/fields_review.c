/* Fields of what a person decided about a column, or about a table as a whole. People fill them in; what is in force stands there already. */
#include <string.h>

#include "dcscan/strbuf.h"
#include "layout.h"

#define MAX_CHANGES 256

/* The columns are the people's own: their kind is EMPTY, their cells are texts. */
#define OF_COLUMN(name, fn) FIELD_FILL("review." name, DC_CELL_EMPTY, SCOPE_COLUMN, fn)
#define OF_TABLE(name, fn)  FIELD_FILL("table.review_" name, DC_CELL_EMPTY, SCOPE_TABLE, fn)

static void set_filled(struct dc_cell *cell, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        report_set_text(cell, text);
    }
}

static void set_final_level(const struct report_row *row, struct dc_cell *cell,
                            const struct dc_decision *decision)
{
    if (decision != NULL && decision->level != DC_FINAL_NONE) {
        report_set_word(row, cell, "level", dc_final_level_name(decision->level));
    }
}

/* Nobody stands for a decision whose basis has changed: the cell is empty until it is made again. */
static void set_reviewer(struct dc_cell *cell, const struct dc_decision *decision, unsigned changed)
{
    if (decision != NULL && changed == 0) {
        set_filled(cell, decision->reviewer);
    }
}

/* "confirmed", or what has changed since. */
static void set_state(const struct report_row *row, struct dc_cell *cell,
                      const struct dc_decision *decision, unsigned changed)
{
    struct dc_strbuf list = DC_STRBUF_INIT(MAX_CHANGES);
    const char *value;

    if (decision == NULL) {
        return;
    }
    for (int bit = 0; bit < DC_N_BASIS; bit++) {
        if ((changed & (1u << bit)) != 0) {
            dc_strbuf_puts(&list, list.size == 0 ? "" : ", ");
            dc_strbuf_puts(&list, report_word(row->layout->definition, row->layout->lang,
                                              "review_change", dc_basis_change_name(bit)));
        }
    }
    value = dc_arena_strdup(row->layout->scratch, dc_strbuf_text(&list));
    dc_strbuf_done(&list);
    if (changed == 0) {
        report_set_word(row, cell, "review_state", "confirmed");
    } else {
        report_set_text(cell, report_phrase(row, "review_changed", &value, 1));
    }
}

/* ---- of a column ---- */

static void level(const struct report_row *row, struct dc_cell *cell)
{
    set_final_level(row, cell, row->column->decision);
}

/* Where a person took another category than the one proposed. */
static void leaf(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_decision *decision = row->column->decision;

    if (decision != NULL && strcmp(decision->leaf, row->column->proposed_leaf) != 0) {
        set_filled(cell, decision->leaf);
    }
}

static void note(const struct report_row *row, struct dc_cell *cell)
{
    set_filled(cell, row->column->decision == NULL ? NULL : row->column->decision->reason);
}

static void reviewer(const struct report_row *row, struct dc_cell *cell)
{
    set_reviewer(cell, row->column->decision, row->column->decision_changed);
}

static void decided_at(const struct report_row *row, struct dc_cell *cell)
{
    if (row->column->decision != NULL) {
        *cell = (struct dc_cell){.kind = DC_CELL_TIME,
                                 .integer = row->column->decision->decided_at};
    }
}

static void state(const struct report_row *row, struct dc_cell *cell)
{
    set_state(row, cell, row->column->decision, row->column->decision_changed);
}

static void level_code(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_decision *decision = row->column->decision;

    if (decision != NULL && decision->level != DC_FINAL_NONE) {
        report_set_text(cell, dc_final_level_name(decision->level));
    }
}

static void reviewer_code(const struct report_row *row, struct dc_cell *cell)
{
    set_filled(cell, row->column->decision == NULL ? NULL : row->column->decision->reviewer);
}

static void changes_code(const struct report_row *row, struct dc_cell *cell)
{
    const char **items = dc_arena_alloc(row->layout->scratch, DC_N_BASIS * sizeof *items);

    if (row->column->decision == NULL) {
        return;
    }
    *cell = (struct dc_cell){.kind = DC_CELL_LIST, .items = items};
    for (int bit = 0; bit < DC_N_BASIS; bit++) {
        if ((row->column->decision_changed & (1u << bit)) != 0) {
            items[cell->n_items++] = dc_basis_change_name(bit);
        }
    }
}

/* ---- what the program proposed ---- */

static const char *proposed(const struct report_row *row)
{
    return row->column->decision == NULL ? row->column->finding.leaf : row->column->proposed_leaf;
}

static void proposed_leaf(const struct report_row *row, struct dc_cell *cell)
{
    if (row->column->finding.status == DC_COLUMN_OK) {
        set_filled(cell, proposed(row));
    }
}

static void proposed_level(const struct report_row *row, struct dc_cell *cell)
{
    if (row->column->finding.status == DC_COLUMN_OK) {
        report_set_level(row, cell,
                         row->column->decision == NULL ? row->column->finding.level
                                                       : row->column->proposed_level);
    }
}

/* ---- of a table ---- */

static void table_level(const struct report_row *row, struct dc_cell *cell)
{
    set_final_level(row, cell, row->table->decision);
}

static void table_note(const struct report_row *row, struct dc_cell *cell)
{
    set_filled(cell, row->table->decision == NULL ? NULL : row->table->decision->reason);
}

static void table_reviewer(const struct report_row *row, struct dc_cell *cell)
{
    set_reviewer(cell, row->table->decision, row->table->decision_changed);
}

static void table_state(const struct report_row *row, struct dc_cell *cell)
{
    set_state(row, cell, row->table->decision, row->table->decision_changed);
}

const struct report_field report_fields_review[] = {
    OF_COLUMN("level", level),
    OF_COLUMN("leaf", leaf),
    OF_COLUMN("note", note),
    OF_COLUMN("reviewer", reviewer),
    FIELD_FILL("review.decided_at", DC_CELL_TIME, SCOPE_COLUMN, decided_at),
    FIELD_FILL("review.state", DC_CELL_TEXT, SCOPE_COLUMN, state),
    FIELD_FILL("review.level_code", DC_CELL_TEXT, SCOPE_COLUMN, level_code),
    FIELD_FILL("review.reviewer_code", DC_CELL_TEXT, SCOPE_COLUMN, reviewer_code),
    FIELD_FILL("review.changes_code", DC_CELL_LIST, SCOPE_COLUMN, changes_code),
    FIELD_FILL("proposed.leaf", DC_CELL_TEXT, SCOPE_COLUMN, proposed_leaf),
    FIELD_FILL("proposed.level", DC_CELL_LEVEL, SCOPE_COLUMN, proposed_level),
    OF_TABLE("level", table_level),
    OF_TABLE("note", table_note),
    OF_TABLE("reviewer", table_reviewer),
    FIELD_FILL("table.review_state", DC_CELL_TEXT, SCOPE_TABLE, table_state),
    FIELD_END,
};
