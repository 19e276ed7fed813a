/* Fields of the run and its totals, of facts and contents. */
#include <inttypes.h>
#include <string.h>

#include "dcscan/text.h"
#include "layout.h"

#define RUN(name, member)    FIELD_TEXT("run." name, SCOPE_RUN, struct dc_run, member)
#define MADE(name, kind, fn) FIELD_FILL(name, kind, SCOPE_RUN, fn)

static const struct dc_report_summary *summary_of(const struct report_row *row)
{
    return &row->layout->tally->summary;
}

static int32_t offset_at(const struct report_row *row, int64_t at)
{
    int32_t offset = row->layout->definition->settings.utc_offset[row->layout->lang];

    return offset == LOCAL_ZONE ? dc_time_local_offset(at) : offset;
}

void report_set_time(const struct report_row *row, struct dc_cell *cell, int64_t at)
{
    *cell = (struct dc_cell){.kind = DC_CELL_TIME, .integer = at, .utc_offset = offset_at(row, at)};
}

static void started_at(const struct report_row *row, struct dc_cell *cell)
{
    report_set_time(row, cell, row->layout->run->started_at);
}

static void finished_at(const struct report_row *row, struct dc_cell *cell)
{
    report_set_time(row, cell, row->layout->run->finished_at);
}

static void created_at(const struct report_row *row, struct dc_cell *cell)
{
    report_set_time(row, cell, row->layout->created_at);
}

/* The day on which the run began, in the report's time zone. */
static void day(const struct report_row *row, struct dc_cell *cell)
{
    char text[DC_TIME_TEXT_SIZE];

    dc_time_text(row->layout->run->started_at + offset_at(row, row->layout->run->started_at), text);
    report_set_text(cell, dc_arena_strndup(row->layout->scratch, text, 10));
}

static void seconds(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_run *run = row->layout->run;

    if (run->finished_at != 0) {
        report_set_int(cell, run->finished_at - run->started_at);
    }
}

static void seed(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell,
                    dc_arena_printf(row->layout->scratch, "%" PRIu64, row->layout->run->seed));
}

/* Value rules that the run counted, of the list {"id":"hash", …} that it keeps of them. */
static void value_rules(const struct report_row *row, struct dc_cell *cell)
{
    const char *place = row->layout->run->rules;
    int64_t n = 0;

    while (place != NULL && (place = strstr(place, "\":\"")) != NULL) {
        place++;
        n++;
    }
    report_set_int(cell, n > 0 ? n : -1);
}

static void complete(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "complete", row->layout->run->complete ? "yes" : "no");
}

/* One offset, or several where daylight saving began or ended between the times of the report. */
static void time_zone(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_run *run = row->layout->run;
    const int64_t moments[] = {run->started_at,
                               run->finished_at != 0 ? run->finished_at : run->started_at,
                               row->layout->created_at};
    const char *text = "";

    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        char offset[DC_OFFSET_TEXT_SIZE];

        dc_offset_text(offset_at(row, moments[i]), offset);
        if (strstr(text, offset) == NULL) {
            text = dc_arena_printf(row->layout->scratch, "%s%sUTC%s", text, i == 0 ? "" : ", ",
                                   offset);
        }
    }
    report_set_text(cell, text);
}

static void title(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, row->layout->definition->settings.title.in[row->layout->lang]);
}

/* ---- totals ---- */

static void sources(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_sources);
}

static void sources_failed(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_sources_failed);
}

static void tables(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_tables);
}

static void tables_read(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_tables - summary_of(row)->n_tables_unread);
}

static void tables_unread(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_tables_unread);
}

static void columns(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_columns);
}

static void columns_read(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_columns - summary_of(row)->n_columns_unread);
}

static void columns_unread(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_columns_unread);
}

static void personal(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_personal);
}

static void sensitive(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_sensitive);
}

static void important(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_important);
}

static void review(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->n_review);
}

static void rows_read(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->rows_read);
}

static void bytes_read(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, summary_of(row)->bytes_read);
}

static void table_coverage(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_report_summary *summary = summary_of(row);

    report_set_share(cell, summary->n_tables - summary->n_tables_unread, summary->n_tables);
}

static void column_coverage(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_report_summary *summary = summary_of(row);

    report_set_share(cell, summary->n_columns - summary->n_columns_unread, summary->n_columns);
}

/* ---- what the definition itself says ---- */

static void number(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->number);
}

static void fact_title(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, row->fact->title.in[row->layout->lang]);
}

static void fact_value(const struct report_row *row, struct dc_cell *cell)
{
    if (row->fact->field != NULL) {
        report_field_fill(row->fact->field, row, cell);
    } else if (row->fact->text.in[row->layout->lang][0] != '\0') {
        report_set_text(cell, row->fact->text.in[row->layout->lang]);
    }
}

static void contents_sheet(const struct report_row *row, struct dc_cell *cell)
{
    const char *name = row->sheet->title.in[row->layout->lang];

    *cell = (struct dc_cell){.kind = DC_CELL_LINK, .text = name, .target = name};
}

static void contents_about(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, row->sheet->about.in[row->layout->lang]);
}

static void subset(const struct report_row *row, struct dc_cell *cell)
{
    const struct report_layout *layout = row->layout;

    report_set_text(cell, layout->subset != NULL
                              ? report_phrase(row, "part_of", &layout->subset, 1)
                              : report_word(layout->definition, layout->lang, "phrase", "all"));
}

static void word_code(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, row->word->code);
}

static void word_text(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, row->word->text.in[row->layout->lang]);
}

const struct report_field report_fields_run[] = {
    MADE("row.number", DC_CELL_INT, number),
    MADE("report.title", DC_CELL_TEXT, title),
    MADE("report.created_at", DC_CELL_TIME, created_at),
    MADE("report.time_zone", DC_CELL_TEXT, time_zone),
    MADE("report.subset", DC_CELL_TEXT, subset),
    FIELD_COUNT("run.id", SCOPE_RUN, struct dc_run, id),
    MADE("run.started_at", DC_CELL_TIME, started_at),
    MADE("run.finished_at", DC_CELL_TIME, finished_at),
    MADE("run.day", DC_CELL_TEXT, day),
    MADE("run.seconds", DC_CELL_INT, seconds),
    MADE("run.complete", DC_CELL_TEXT, complete),
    MADE("run.seed", DC_CELL_TEXT, seed),
    MADE("run.value_rules", DC_CELL_INT, value_rules),
    RUN("host", host),
    RUN("account", account),
    RUN("program_version", program_version),
    RUN("pcre2_version", pcre2_version),
    RUN("odbc_version", odbc_version),
    RUN("taxonomy", taxonomy_name),
    RUN("taxonomy_version", taxonomy_version),
    RUN("taxonomy_hash", taxonomy_hash),
    FIELD_LABEL("run.taxonomy_title", SCOPE_RUN, struct dc_run, taxonomy_title),
    MADE("total.sources", DC_CELL_INT, sources),
    MADE("total.sources_failed", DC_CELL_INT, sources_failed),
    MADE("total.tables", DC_CELL_INT, tables),
    MADE("total.tables_read", DC_CELL_INT, tables_read),
    MADE("total.tables_unread", DC_CELL_INT, tables_unread),
    MADE("total.columns", DC_CELL_INT, columns),
    MADE("total.columns_read", DC_CELL_INT, columns_read),
    MADE("total.columns_unread", DC_CELL_INT, columns_unread),
    MADE("total.personal", DC_CELL_INT, personal),
    MADE("total.sensitive", DC_CELL_INT, sensitive),
    MADE("total.important", DC_CELL_INT, important),
    MADE("total.review", DC_CELL_INT, review),
    MADE("total.rows_read", DC_CELL_INT, rows_read),
    MADE("total.bytes_read", DC_CELL_INT, bytes_read),
    MADE("total.table_coverage", DC_CELL_PERCENT, table_coverage),
    MADE("total.column_coverage", DC_CELL_PERCENT, column_coverage),
    FIELD_FILL("fact.title", DC_CELL_TEXT, SCOPE_FACT, fact_title),
    FIELD_FILL("fact.value", DC_CELL_TEXT, SCOPE_FACT, fact_value),
    FIELD_FILL("contents.sheet", DC_CELL_LINK, SCOPE_CONTENTS, contents_sheet),
    FIELD_FILL("contents.about", DC_CELL_TEXT, SCOPE_CONTENTS, contents_about),
    FIELD_FILL("word.code", DC_CELL_TEXT, SCOPE_WORD, word_code),
    FIELD_FILL("word.text", DC_CELL_TEXT, SCOPE_WORD, word_text),
    FIELD_END,
};
