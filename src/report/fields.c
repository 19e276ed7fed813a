/* Finding fields, filling cells, and the texts that several fields share. */
#include "fields.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "layout.h"

#define MAX_PHRASE 65536

static const struct report_field *const FAMILIES[] = {
    report_fields_run,     report_fields_source, report_fields_table,   report_fields_column,
    report_fields_finding, report_fields_group,  report_fields_persons, report_fields_change,
    report_fields_review,  report_fields_link,   report_fields_rollup,
};
#define N_FAMILIES (sizeof FAMILIES / sizeof FAMILIES[0])

const struct report_field *report_field_at(size_t index)
{
    for (size_t i = 0; i < N_FAMILIES; i++) {
        for (const struct report_field *field = FAMILIES[i]; field->name != NULL; field++) {
            if (index-- == 0) {
                return field;
            }
        }
    }
    return NULL;
}

size_t report_field_count(void)
{
    size_t n = 0;

    while (report_field_at(n) != NULL) {
        n++;
    }
    return n;
}

const struct report_field *report_field_find(const char *name)
{
    const struct report_field *field;

    for (size_t i = 0; (field = report_field_at(i)) != NULL; i++) {
        if (strcmp(field->name, name) == 0) {
            return field;
        }
    }
    return NULL;
}

/* ---- filling ---- */

/* The struct that a plain field lies in; NULL when the row has none. */
static const void *object_of(const struct report_row *row, unsigned scope)
{
    switch (scope) {
    case SCOPE_RUN:
        return row->layout->run;
    case SCOPE_SOURCE:
        return row->source;
    case SCOPE_TABLE:
        return row->table;
    case SCOPE_COLUMN:
        return row->column;
    case SCOPE_LEAF:
        return row->leaf;
    case SCOPE_EVIDENCE:
        return row->evidence;
    case SCOPE_CANDIDATE:
        return row->candidate;
    case SCOPE_GROUP:
        return row->group;
    case SCOPE_VIEW:
        return row->view;
    case SCOPE_ROLLUP:
        return row->rollup;
    case SCOPE_UNREAD:
        return row->unread;
    case SCOPE_CHANGE:
        return row->change;
    case SCOPE_COMPARED:
        return row->compared;
    default:
        return NULL;
    }
}

static void fill_plain(const struct report_field *field, const struct report_row *row,
                       struct dc_cell *cell)
{
    const char *object = object_of(row, field->scope);
    const char *const *texts;
    const void *place;

    if (object == NULL) {
        return;
    }
    place = object + field->offset;
    texts = place;
    switch (field->storage) {
    case STORED_TEXT:
        report_set_text(cell, texts[0]);
        break;
    case STORED_LABEL:
        report_set_text(cell, report_pick(row, texts[0], texts[1]));
        break;
    case STORED_INT64:
        report_set_int(cell, *(const int64_t *)place);
        break;
    case STORED_INT:
        report_set_int(cell, *(const int *)place);
        break;
    case STORED_DOUBLE:
        *cell = (struct dc_cell){.kind = DC_CELL_REAL, .real = *(const double *)place};
        break;
    case STORED_NOT:
        break;
    }
}

static bool is_plain_ascii(const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte >= 0x7F || (byte < 0x20 && byte != '\n' && byte != '\t')) {
            return false;
        }
    }
    return true;
}

/* Names, comments and examples come from databases: what a terminal would obey or XML refuse is replaced. */
static const char *fit(const struct report_row *row, const char *text)
{
    if (text == NULL) {
        return "";
    }
    return is_plain_ascii(text) ? text
                                : dc_text_sanitize(row->layout->scratch, text, strlen(text), NULL);
}

static void fit_items(const struct report_row *row, struct dc_cell *cell)
{
    const char **items = dc_arena_alloc(row->layout->scratch, (cell->n_items + 1) * sizeof *items);

    for (size_t i = 0; i < cell->n_items; i++) {
        items[i] = fit(row, cell->items[i]);
    }
    cell->items = items;
}

static void fit_evidence(const struct report_row *row, struct dc_cell *cell)
{
    struct dc_evidence *lines = dc_arena_alloc(row->layout->scratch,
                                               (cell->n_evidence + 1) * sizeof *lines);

    for (size_t i = 0; i < cell->n_evidence; i++) {
        lines[i] = cell->evidence[i];
        lines[i].rule = fit(row, lines[i].rule);
        lines[i].detail = fit(row, lines[i].detail);
        lines[i].leaf = fit(row, lines[i].leaf);
    }
    cell->evidence = lines;
}

/* A row about a source that was not read has no table, and a leaf may be one that the run does not explain. */
static bool offers(const struct report_row *row, unsigned scope)
{
    return (scope & (SCOPE_SOURCE | SCOPE_TABLE | SCOPE_COLUMN | SCOPE_LEAF)) == 0 ||
           object_of(row, scope) != NULL;
}

void report_field_fill(const struct report_field *field, const struct report_row *row,
                       struct dc_cell *cell)
{
    *cell = (struct dc_cell){.kind = DC_CELL_EMPTY};
    if (!offers(row, field->scope)) {
        return;
    }
    if (field->storage == STORED_NOT) {
        field->fill(row, cell);
    } else {
        fill_plain(field, row, cell);
    }
    if (cell->kind == DC_CELL_EMPTY) {
        return;
    }
    cell->text = fit(row, cell->text);
    if (cell->kind == DC_CELL_LIST) {
        fit_items(row, cell);
    } else if (cell->kind == DC_CELL_EVIDENCE) {
        fit_evidence(row, cell);
    }
}

/* ---- for those who write fields ---- */

void report_set_text(struct dc_cell *cell, const char *text)
{
    if (text != NULL) {
        *cell = (struct dc_cell){.kind = DC_CELL_TEXT, .text = text};
    }
}

void report_set_int(struct dc_cell *cell, int64_t value)
{
    if (value >= 0) {
        *cell = (struct dc_cell){.kind = DC_CELL_INT, .integer = value};
    }
}

void report_set_share(struct dc_cell *cell, int64_t part, int64_t whole)
{
    if (whole > 0) {
        *cell = (struct dc_cell){.kind = DC_CELL_PERCENT, .real = (double)part / (double)whole};
    }
}

void report_set_level(const struct report_row *row, struct dc_cell *cell, int level)
{
    char code[16];

    snprintf(code, sizeof code, "%d", level);
    *cell = (struct dc_cell){
        .kind = DC_CELL_LEVEL,
        .integer = level,
        .text = report_word(row->layout->definition, row->layout->lang, "level", code),
    };
    if (cell->text == code) { /* no such level: the code does not outlive this function */
        cell->text = dc_arena_strdup(row->layout->scratch, code);
    }
}

void report_set_word(const struct report_row *row, struct dc_cell *cell, const char *group,
                     const char *code)
{
    report_set_text(cell, report_word(row->layout->definition, row->layout->lang, group, code));
}

void report_set_final(const struct report_row *row, struct dc_cell *cell, int level)
{
    report_set_level(row, cell, dc_final_level_general((enum dc_final_level)level));
    if (level > DC_FINAL_4) {
        cell->text = report_word(row->layout->definition, row->layout->lang, "level",
                                 dc_final_level_name((enum dc_final_level)level));
    }
}

void report_set_bool(const struct report_row *row, struct dc_cell *cell, bool value)
{
    report_set_word(row, cell, "yes_no", value ? "yes" : "no");
    cell->kind = DC_CELL_BOOL;
    cell->integer = value;
}

const char *report_pick(const struct report_row *row, const char *zh, const char *en)
{
    const char *wanted = row->layout->lang == DC_LANG_ZH ? zh : en;
    const char *other = row->layout->lang == DC_LANG_ZH ? en : zh;

    return wanted != NULL && wanted[0] != '\0' ? wanted : other;
}

const char *report_percent_text(const struct report_row *row, double share)
{
    int decimals = share < 0.01 ? 2 : 1;
    double unit = share < 0.01 ? 10000 : 1000;

    return dc_arena_printf(row->layout->scratch, "%.*f%%", decimals,
                           ceil(share * unit - 1e-9) * 100 / unit);
}

const char *report_count_text(const struct report_row *row, int64_t count)
{
    char digits[32];
    struct dc_strbuf text = DC_STRBUF_INIT(64);
    int length = snprintf(digits, sizeof digits, "%" PRId64, count < 0 ? -count : count);
    const char *copy;

    dc_strbuf_puts(&text, count < 0 ? "-" : "");
    for (int i = 0; i < length; i++) {
        dc_strbuf_puts(&text, i > 0 && (length - i) % 3 == 0 ? "," : "");
        dc_strbuf_putc(&text, digits[i]);
    }
    copy = dc_arena_strdup(row->layout->scratch, dc_strbuf_text(&text));
    dc_strbuf_done(&text);
    return copy;
}

const char *report_phrase(const struct report_row *row, const char *code, const char *const *values,
                          size_t n_values)
{
    const char *phrase = report_word(row->layout->definition, row->layout->lang, "phrase", code);
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_PHRASE);
    const char *copy;

    for (; *phrase != '\0'; phrase++) {
        size_t number = phrase[0] == '{' && phrase[1] != '\0' && phrase[2] == '}'
                            ? (size_t)(unsigned char)phrase[1] - '0'
                            : 0;

        if (number >= 1 && number <= n_values) {
            dc_strbuf_puts(&text, values[number - 1]);
            phrase += 2;
        } else {
            dc_strbuf_putc(&text, *phrase);
        }
    }
    copy = dc_arena_strdup(row->layout->scratch, dc_strbuf_text(&text));
    dc_strbuf_done(&text);
    return copy;
}

const char *report_evidence_text(const struct report_row *row, const struct dc_evidence *evidence)
{
    struct dc_arena *scratch = row->layout->scratch;
    const char *kind = report_word(row->layout->definition, row->layout->lang, "evidence",
                                   dc_evidence_kind_name(evidence->kind));
    bool detail = evidence->detail != NULL && evidence->detail[0] != '\0';
    bool leaf = evidence->leaf != NULL && evidence->leaf[0] != '\0';
    const char *counts = "";

    if (evidence->matched >= 0 && evidence->tested >= 0) {
        const char *values[] = {
            report_count_text(row, evidence->matched), report_count_text(row, evidence->tested),
            report_count_text(row, evidence->distinct < 0 ? 0 : evidence->distinct)};

        counts = report_phrase(row, "evidence_counts", values, 3);
    }
    return dc_arena_printf(scratch, "%s%s%s%s [%s]%s%s %+.2f%s", kind, detail ? " “" : "",
                           detail ? evidence->detail : "", detail ? "”" : "", evidence->rule,
                           leaf ? " → " : "", leaf ? evidence->leaf : "", evidence->weight, counts);
}
