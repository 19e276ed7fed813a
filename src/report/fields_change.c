/* Fields of what changed since an earlier run, and of what was compared. */
#include <stdlib.h>
#include <string.h>

#include "layout.h"

#define TEXT(name, member)   FIELD_TEXT("change." name, SCOPE_CHANGE, struct dc_change, member)
#define MADE(name, kind, fn) FIELD_FILL(name, kind, SCOPE_CHANGE, fn)

static void kind(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "change", dc_change_kind_name(row->change->kind));
}

static void code(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, dc_change_kind_name(row->change->kind));
}

static void regrade(const struct report_row *row, struct dc_cell *cell)
{
    report_set_bool(row, cell, dc_change_is_trigger(row->change->kind));
}

static void basis(const struct report_row *row, struct dc_cell *cell)
{
    if (dc_change_is_trigger(row->change->kind)) {
        report_set_word(row, cell, "change_basis", dc_change_kind_name(row->change->kind));
    }
}

static void count(const struct report_row *row, struct dc_cell *cell)
{
    if (row->layout->changes != NULL) {
        report_set_int(cell, (int64_t)row->layout->changes->counts[row->change->kind]);
    }
}

/* The table as one that fields of tables know; NULL-free only where the change has a place. */
static struct dc_inventory_table table_of(const struct dc_change *change)
{
    return (struct dc_inventory_table){.source = change->source,
                                       .catalog = change->catalog,
                                       .schema = change->schema,
                                       .name = change->table};
}

static void place(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_change *change = row->change;

    if (change->source != NULL) {
        bool both = change->catalog[0] != '\0' && change->schema[0] != '\0';

        report_set_text(cell, dc_arena_printf(row->layout->scratch, "%s%s%s", change->catalog,
                                              both ? "." : "", change->schema));
    }
}

static void key(const struct report_row *row, struct dc_cell *cell)
{
    struct dc_inventory_table table = table_of(row->change);
    struct report_row of_table = {.layout = row->layout, .table = &table};

    if (table.source != NULL) {
        report_set_text(
            cell,
            report_key(&of_table, row->change->column[0] != '\0' ? row->change->column : NULL));
    }
}

/* What stood or stands there, in words where it is a code. */
static void set_value(const struct report_row *row, struct dc_cell *cell, const char *value)
{
    if (value == NULL || value[0] == '\0') {
        return;
    }
    switch (row->change->kind) {
    case DC_CHANGE_LEVEL_UP:
    case DC_CHANGE_LEVEL_DOWN:
        report_set_word(row, cell, "level", value);
        break;
    case DC_CHANGE_PERSONAL:
        report_set_word(row, cell, "pi", value);
        break;
    case DC_CHANGE_VOLUME:
        report_set_text(cell, report_count_text(row, strtoll(value, NULL, 10)));
        break;
    default:
        report_set_text(cell, value);
        break;
    }
}

static void before(const struct report_row *row, struct dc_cell *cell)
{
    set_value(row, cell, row->change->before);
}

static void after(const struct report_row *row, struct dc_cell *cell)
{
    set_value(row, cell, row->change->after);
}

static void level(const struct report_row *row, struct dc_cell *cell)
{
    if (row->change->level > 0) {
        report_set_level(row, cell, row->change->level);
    }
}

static void pi(const struct report_row *row, struct dc_cell *cell)
{
    if (row->change->source != NULL) {
        report_set_word(row, cell, "pi", dc_pi_name(row->change->pi));
    }
}

/* ---- what was compared ---- */

static void compared_run(const struct report_row *row, struct dc_cell *cell)
{
    if (row->compared->older_run > 0) {
        report_set_text(cell, dc_arena_printf(row->layout->scratch, "%lld",
                                              (long long)row->compared->older_run));
    } else {
        report_set_word(row, cell, "phrase", "no_earlier_run");
    }
}

static void compared_started_at(const struct report_row *row, struct dc_cell *cell)
{
    if (row->compared->older_run > 0) {
        report_set_time(row, cell, row->compared->older_started_at);
    }
}

bool report_is_compared(const struct report_layout *layout)
{
    const struct dc_changes *changes = layout->changes;

    for (size_t i = 0; changes != NULL && i < changes->n_sources; i++) {
        if (changes->sources[i].older_run > 0) {
            return true;
        }
    }
    return false;
}

const char *report_why_not_compared(const struct report_layout *layout)
{
    return layout->changes == NULL ? "not_compared" : "no_earlier_run";
}

static void comparison_rules(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_changes *changes = row->layout->changes;

    if (report_is_compared(row->layout)) {
        report_set_word(row, cell, "rules_between", changes->rules_changed ? "changed" : "same");
    }
}

static void comparison_changes(const struct report_row *row, struct dc_cell *cell)
{
    if (report_is_compared(row->layout)) {
        report_set_int(cell, (int64_t)row->layout->changes->n_items);
    } else {
        report_set_word(row, cell, "phrase", report_why_not_compared(row->layout));
    }
}

static void comparison_regrade(const struct report_row *row, struct dc_cell *cell)
{
    if (report_is_compared(row->layout)) {
        report_set_int(cell, (int64_t)dc_changes_triggers(row->layout->changes));
    }
}

const struct report_field report_fields_change[] = {
    MADE("change.kind", DC_CELL_TEXT, kind),
    MADE("change.code", DC_CELL_TEXT, code),
    MADE("change.regrade", DC_CELL_BOOL, regrade),
    MADE("change.basis", DC_CELL_TEXT, basis),
    MADE("change.count", DC_CELL_INT, count),
    TEXT("source", source),
    MADE("change.place", DC_CELL_TEXT, place),
    TEXT("table", table),
    TEXT("column", column),
    MADE("change.before", DC_CELL_TEXT, before),
    MADE("change.after", DC_CELL_TEXT, after),
    TEXT("leaf", leaf),
    MADE("change.level", DC_CELL_LEVEL, level),
    MADE("change.pi", DC_CELL_TEXT, pi),
    MADE("change.key", DC_CELL_TEXT, key),
    FIELD_TEXT("compared.source", SCOPE_COMPARED, struct dc_compared_source, name),
    FIELD_FILL("compared.run", DC_CELL_TEXT, SCOPE_COMPARED, compared_run),
    FIELD_FILL("compared.started_at", DC_CELL_TIME, SCOPE_COMPARED, compared_started_at),
    FIELD_FILL("comparison.rules", DC_CELL_TEXT, SCOPE_RUN, comparison_rules),
    FIELD_FILL("comparison.changes", DC_CELL_INT, SCOPE_RUN, comparison_changes),
    FIELD_FILL("comparison.regrade", DC_CELL_INT, SCOPE_RUN, comparison_regrade),
    FIELD_END,
};
