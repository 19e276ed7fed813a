/* Decisions of people laid over what a run found. The run itself keeps what the program found. */
#include <string.h>

#include "reader.h"

#define REVIEWED "review" /* reason of a level that a person set */

void store_review_column(struct store_reader *reader, struct dc_inventory_column *column)
{
    struct dc_finding *finding = &column->finding;
    const struct dc_decision *decision = store_reader_decision(reader, column->name);
    struct dc_basis now;

    column->proposed_leaf = finding->leaf;
    column->proposed_level = finding->level;
    if (decision == NULL) {
        return;
    }
    now = dc_basis_of_column(&reader->table, column);
    column->decision = decision;
    column->decision_changed = dc_basis_compare(&decision->basis, &now);
    if (decision->leaf[0] != '\0' && strcmp(decision->leaf, finding->leaf) != 0) {
        finding->leaf = decision->leaf;
        finding->pi = decision->pi;
    }
    if (decision->level != DC_FINAL_NONE) {
        finding->level = dc_final_level_general(decision->level);
        if (finding->level != column->proposed_level || decision->level > DC_FINAL_4) {
            finding->level_reason = REVIEWED;
        }
    }
    finding->decided_by = DC_BY_PERSON;
    finding->confidence = 1.0;
    finding->to_review = column->decision_changed != 0 || finding->status != DC_COLUMN_OK;
}

/*
 * What raises a table: all that a person decided; of the rest what stands no higher than the program's own level of the table (the
 * technical remainder that does was left out there, L2), and whose level is not that of the table for want of a verdict (X10).
 */
static bool raises(const struct store_reader *reader, const struct dc_inventory_column *column)
{
    const struct dc_leaf_text *leaf;

    if (column->decision != NULL) {
        return true;
    }
    leaf = reader->base.class_->leaf((struct dc_inventory_reader *)(uintptr_t)&reader->base,
                                     column->finding.leaf);
    return column->finding.level <= reader->table.proposed_level && leaf != NULL &&
           leaf->default_level > 0;
}

/* Levels that people alone set stand above all that the program proposes. */
static void note_beyond(struct store_reader *reader, const struct dc_decision *decision)
{
    if (decision != NULL && decision->level > DC_FINAL_4 &&
        decision->level > reader->table.beyond) {
        reader->table.beyond = decision->level;
    }
}

static void count(const struct dc_finding *finding, struct dc_table_finding *table)
{
    table->n_personal += finding->pi != DC_PI_NONE;
    table->n_sensitive += finding->pi == DC_PI_SENSITIVE;
    table->n_important += finding->n_important > 0;
    table->n_review += finding->to_review;
}

/* The column, where it stands higher than all in front of it: among the general levels, and as people said. */
static void lift(struct store_reader *reader, const struct dc_inventory_column *column,
                 enum dc_final_level *highest, struct dc_table_finding *own)
{
    const char *name = dc_arena_strdup(reader->table_arena, column->name);

    if (column->finding.level > own->level) {
        own->level = column->finding.level;
        own->level_column = name;
    }
    if (dc_column_in_force(column) > *highest) {
        *highest = dc_column_in_force(column);
        reader->table.in_force_column = name;
    }
}

/* The table's own verdict over columns of which people decided some. */
static enum dc_status roll_up(struct store_reader *reader, struct dc_err *err)
{
    struct dc_table_finding *table = &reader->table.finding;
    struct dc_table_finding own = *table;
    const struct dc_inventory_column *column = NULL;
    enum dc_final_level highest = DC_FINAL_NONE;
    enum dc_status status;

    own.level = 0;
    own.level_column = "";
    own.n_personal = own.n_sensitive = own.n_important = own.n_review = 0;
    while ((status = store_next_column(&reader->base, &column, err)) == DC_OK && column != NULL) {
        count(&column->finding, &own);
        note_beyond(reader, column->decision);
        if (raises(reader, column)) {
            lift(reader, column, &highest, &own);
        }
    }
    if (status == DC_OK && own.level == 0) {
        own.level = table->level;
        own.level_column = table->level_column;
    }
    if (status == DC_OK) {
        *table = own;
    }
    reader->findings_open = false;
    reader->next_planned = 0;
    return status;
}

enum dc_status store_review_table(struct store_reader *reader, struct dc_err *err)
{
    struct dc_inventory_table *table = &reader->table;
    enum dc_status status = store_reader_decisions(reader, err);

    table->proposed_level = table->finding.level;
    table->proposed_column = table->finding.level_column;
    table->in_force_column = table->finding.level_column;
    table->decision = NULL;
    table->decision_changed = 0;
    table->beyond = DC_FINAL_NONE;
    if (status != DC_OK || reader->n_decisions == 0) {
        return status;
    }
    status = roll_up(reader, err);
    table->decision = store_reader_decision(reader, "");
    if (status == DC_OK && table->decision != NULL) {
        struct dc_basis now = dc_basis_of_table(table);

        table->decision_changed = dc_basis_compare(&table->decision->basis, &now);
        table->finding.level = dc_final_level_general(table->decision->level);
        table->beyond = DC_FINAL_NONE; /* what is said of the table as a whole stands */
        note_beyond(reader, table->decision);
        table->in_force_column = "";
    }
    return status;
}
