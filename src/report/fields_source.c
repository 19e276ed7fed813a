/* Fields of a source: what its configuration says, what its driver says, how it went. */
#include "dcscan/strbuf.h"
#include "layout.h"

#define MAX_SUMMARY 8192

#define PLACE(member) offsetof(struct report_source, source.member)
#define TEXT(name, member)                                                           \
    {                                                                                \
        "source." name, DC_CELL_TEXT, SCOPE_SOURCE, STORED_TEXT, PLACE(member), NULL \
    }
#define COUNT(name, member)                                                          \
    {                                                                                \
        "source." name, DC_CELL_INT, SCOPE_SOURCE, STORED_INT64, PLACE(member), NULL \
    }
#define ABOUT(name, about_)                                                                \
    {                                                                                      \
        "about." name, DC_CELL_TEXT, SCOPE_SOURCE, STORED_TEXT, PLACE(about[about_]), NULL \
    }
#define TALLY(name, member)  FIELD_COUNT("source." name, SCOPE_SOURCE, struct report_source, member)
#define MADE(name, kind, fn) FIELD_FILL("source." name, kind, SCOPE_SOURCE, fn)

static void state(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "source_state", row->source->source.state);
}

static void error(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "reason", row->source->source.error);
}

static void read_only(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "read_only", row->source->source.read_only);
}

static void level(const struct report_row *row, struct dc_cell *cell)
{
    if (row->layout->tally->counted && row->source->n_columns_read > 0) {
        report_set_final(row, cell, row->source->highest);
    } else if (row->source->source.level > 0) {
        report_set_level(row, cell, row->source->source.level);
    }
}

static void table_coverage(const struct report_row *row, struct dc_cell *cell)
{
    report_set_share(cell, row->source->source.n_tables_read, row->source->source.n_tables);
}

static void column_coverage(const struct report_row *row, struct dc_cell *cell)
{
    report_set_share(cell, row->source->n_columns_read, row->source->source.n_columns);
}

/* Appends a part of the line about a source, if there is anything in it. */
static void append_part(const struct report_row *row, struct dc_strbuf *line, const char *phrase,
                        const char *value)
{
    const char *separator = report_word(row->layout->definition, row->layout->lang, "phrase",
                                        "separator");

    if (value[0] != '\0') {
        dc_strbuf_puts(line, line->size > 0 ? separator : "");
        dc_strbuf_puts(line, phrase == NULL ? value : report_phrase(row, phrase, &value, 1));
    }
}

static const char *tables_text(const struct report_row *row, const struct dc_run_source *source)
{
    const char *values[] = {report_count_text(row, source->n_tables_read),
                            report_count_text(row, source->n_tables),
                            report_count_text(row, source->n_columns)};

    return source->n_tables > 0 ? report_phrase(row, "source_tables", values, 3) : "";
}

/* One line for the cover. */
static void summary(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_run_source *source = &row->source->source;
    const struct dc_report_definition *definition = row->layout->definition;
    enum dc_lang lang = row->layout->lang;
    struct dc_strbuf line = DC_STRBUF_INIT(MAX_SUMMARY);
    bool connected = source->dbms[0] != '\0';

    append_part(row, &line, NULL, report_word(definition, lang, "source_state", source->state));
    append_part(row, &line, NULL, tables_text(row, source));
    append_part(row, &line, "source_system", source->about[DC_ABOUT_SYSTEM]);
    append_part(row, &line, "source_plant", source->about[DC_ABOUT_PLANT]);
    append_part(row, &line, NULL,
                connected ? dc_arena_printf(row->layout->scratch, "%s %s", source->dbms,
                                            source->dbms_version)
                          : "");
    append_part(row, &line, "source_login", source->login);
    append_part(row, &line, NULL,
                connected ? report_word(definition, lang, "read_only", source->read_only) : "");
    append_part(row, &line, NULL, report_word(definition, lang, "reason", source->error));
    report_set_text(cell, dc_arena_strdup(row->layout->scratch, dc_strbuf_text(&line)));
    dc_strbuf_done(&line);
}

const struct report_field report_fields_source[] = {
    TEXT("name", name),
    TEXT("dbms", dbms),
    TEXT("dbms_version", dbms_version),
    TEXT("driver", driver),
    TEXT("dialect", dialect),
    TEXT("login", login),
    TEXT("encoding", encoding),
    MADE("error", DC_CELL_TEXT, error),
    MADE("state", DC_CELL_TEXT, state),
    MADE("read_only", DC_CELL_TEXT, read_only),
    MADE("level", DC_CELL_LEVEL, level),
    MADE("summary", DC_CELL_TEXT, summary),
    COUNT("tables", n_tables),
    COUNT("tables_read", n_tables_read),
    COUNT("columns", n_columns),
    COUNT("rows_read", rows_read),
    COUNT("bytes_read", bytes_read),
    COUNT("statements", n_statements),
    {"source.seconds", DC_CELL_REAL, SCOPE_SOURCE, STORED_DOUBLE, PLACE(seconds), NULL},
    TALLY("columns_read", n_columns_read),
    TALLY("level4", by_level[4]),
    TALLY("level3", by_level[3]),
    TALLY("level2", by_level[2]),
    TALLY("level1", by_level[1]),
    TALLY("undecided", by_level[0]),
    TALLY("personal", n_personal),
    TALLY("sensitive", n_sensitive),
    TALLY("important", n_important),
    TALLY("review", n_review),
    MADE("table_coverage", DC_CELL_PERCENT, table_coverage),
    MADE("column_coverage", DC_CELL_PERCENT, column_coverage),
    ABOUT("system", DC_ABOUT_SYSTEM),
    ABOUT("plant", DC_ABOUT_PLANT),
    ABOUT("department", DC_ABOUT_DEPARTMENT),
    ABOUT("owner", DC_ABOUT_OWNER),
    ABOUT("contact", DC_ABOUT_CONTACT),
    ABOUT("purpose", DC_ABOUT_PURPOSE),
    ABOUT("manner", DC_ABOUT_MANNER),
    ABOUT("scope", DC_ABOUT_SCOPE),
    ABOUT("retention", DC_ABOUT_RETENTION),
    ABOUT("storage", DC_ABOUT_STORAGE),
    ABOUT("sharing", DC_ABOUT_SHARING),
    ABOUT("export", DC_ABOUT_EXPORT),
    ABOUT("protection", DC_ABOUT_PROTECTION),
    ABOUT("mlps", DC_ABOUT_MLPS),
    FIELD_END,
};
