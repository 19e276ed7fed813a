/* Fields of how many different persons the data are about, and of the duties by number. */
#include "layout.h"

#define SOURCE(name, member) \
    FIELD_COUNT("source." name, SCOPE_SOURCE, struct report_source, persons.counts.member)
#define MADE(name, kind, scope, fn) FIELD_FILL(name, kind, scope, fn)

/* An upper end of 0 is "none were met"; the tables that were not counted stand beside it. */
static void table_persons(const struct report_row *row, struct dc_cell *cell)
{
    const struct report_tally *tally = row->layout->tally;

    if (tally->counted && row->table != NULL && row->table->status == DC_COLUMN_OK &&
        (size_t)row->table_index < tally->n_tables) {
        int64_t persons = tally->table_persons[row->table_index];

        report_set_int(cell, persons > 0 ? persons : -1);
    }
}

static void persons_low(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->layout->tally->persons.all.low);
}

static void persons_high(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->layout->tally->persons.all.high);
}

static void sensitive_low(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->layout->tally->persons.sensitive.low);
}

static void sensitive_high(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->layout->tally->persons.sensitive.high);
}

static void tables_unknown(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->layout->tally->persons.n_tables_unknown);
}

static void article(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, report_pick(row, row->duty->note.article_zh, row->duty->note.article_en));
}

static void threshold(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->duty->note.threshold);
}

static void duty_low(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->duty->note.persons.low);
}

static void duty_high(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->duty->note.persons.high);
}

/* Met by the lower end, only by the upper one, left behind for a stricter duty, or not at all. */
static void duty_state(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_person_note *note = &row->duty->note;
    const char *code = "below";

    if (row->duty->met) {
        code = note->persons.low >= note->threshold ? "met" : "maybe";
    } else if (note->persons.high > note->threshold) {
        code = "stricter";
    }
    report_set_word(row, cell, "duty_state", code);
}

const struct report_field report_fields_persons[] = {
    MADE("table.persons", DC_CELL_INT, SCOPE_TABLE, table_persons),
    SOURCE("persons_low", all.low),
    SOURCE("persons_high", all.high),
    SOURCE("sensitive_low", sensitive.low),
    SOURCE("sensitive_high", sensitive.high),
    SOURCE("person_tables", n_tables),
    SOURCE("person_tables_unknown", n_tables_unknown),
    MADE("total.persons_low", DC_CELL_INT, SCOPE_RUN, persons_low),
    MADE("total.persons_high", DC_CELL_INT, SCOPE_RUN, persons_high),
    MADE("total.sensitive_low", DC_CELL_INT, SCOPE_RUN, sensitive_low),
    MADE("total.sensitive_high", DC_CELL_INT, SCOPE_RUN, sensitive_high),
    MADE("total.person_tables_unknown", DC_CELL_INT, SCOPE_RUN, tables_unknown),
    MADE("duty.article", DC_CELL_TEXT, SCOPE_DUTY, article),
    MADE("duty.threshold", DC_CELL_INT, SCOPE_DUTY, threshold),
    MADE("duty.persons_low", DC_CELL_INT, SCOPE_DUTY, duty_low),
    MADE("duty.persons_high", DC_CELL_INT, SCOPE_DUTY, duty_high),
    MADE("duty.state", DC_CELL_TEXT, SCOPE_DUTY, duty_state),
    FIELD_END,
};
