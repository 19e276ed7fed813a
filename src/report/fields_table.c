/* Fields of a table and of its sample, and of what was not read. */
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "layout.h"

#define TABLE(name, member) \
    FIELD_TEXT("table." name, SCOPE_TABLE, struct dc_inventory_table, member)
#define COUNT(name, member) \
    FIELD_COUNT("table." name, SCOPE_TABLE, struct dc_inventory_table, member)
#define FOUND(name, member) \
    FIELD_INT("table." name, SCOPE_TABLE, struct dc_inventory_table, finding.member)
#define MADE(name, kind, fn) FIELD_FILL(name, kind, SCOPE_TABLE, fn)

#define MAX_KEY 8192

/* ---- where it lies ---- */

static void place(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_inventory_table *table = row->table;

    if (table != NULL) {
        bool both = table->catalog[0] != '\0' && table->schema[0] != '\0';

        report_set_text(cell, dc_arena_printf(row->layout->scratch, "%s%s%s", table->catalog,
                                              both ? "." : "", table->schema));
    }
}

/*
 * A part of a key: the slash that separates parts, and a control character or a sign at the front, which a spreadsheet would obey, are
 * written as %XX. So is all that is not ASCII in a part that could not be shown as it is.
 */
static void append_part(const struct report_row *row, struct dc_strbuf *key, const char *part)
{
    bool unfit;

    dc_text_sanitize(row->layout->scratch, part, strlen(part), &unfit);
    for (const char *byte = part; *byte != '\0'; byte++) {
        unsigned char value = (unsigned char)*byte;
        bool sign = byte == part && strchr("=+-@'", *byte) != NULL;

        if (sign || value < 0x20 || value == 0x7F || *byte == '/' || *byte == '%' ||
            (unfit && value > 0x7F)) {
            dc_strbuf_printf(key, "%%%02X", value);
        } else {
            dc_strbuf_putc(key, *byte);
        }
    }
}

const char *report_key(const struct report_row *row, const char *column)
{
    const struct dc_inventory_table *table = row->table;
    const char *parts[] = {table->source, table->catalog, table->schema, table->name, column};
    struct dc_strbuf key = DC_STRBUF_INIT(MAX_KEY);
    const char *copy;

    for (size_t i = 0; i < 5 && parts[i] != NULL; i++) {
        dc_strbuf_puts(&key, i == 0 ? "" : "/");
        append_part(row, &key, parts[i]);
    }
    copy = dc_arena_strdup(row->layout->scratch, dc_strbuf_text(&key));
    dc_strbuf_done(&key);
    return copy;
}

static void key(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, report_key(row, NULL));
}

/* ---- what it is ---- */

static const char *const KIND_CODES[] = {"base", "view", "foreign", "other"};

static void kind(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(
        row, cell, "table_kind",
        KIND_CODES[row->table->kind <= DC_TABLE_OTHER ? row->table->kind : DC_TABLE_OTHER]);
}

static void kind_code(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(
        cell, KIND_CODES[row->table->kind <= DC_TABLE_OTHER ? row->table->kind : DC_TABLE_OTHER]);
}

static void status(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "status", dc_column_status_name(row->table->status));
}

static void reason(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "reason", row->table->reason);
}

static void level(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_inventory_table *table = row->table;

    if (table->status == DC_COLUMN_OK) {
        report_set_final(row, cell,
                         table->beyond > DC_FINAL_4 ? (int)table->beyond : table->finding.level);
    }
}

static void proposed_level(const struct report_row *row, struct dc_cell *cell)
{
    if (row->table->status == DC_COLUMN_OK) {
        report_set_level(row, cell, row->table->proposed_level);
    }
}

static void subject(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_table_finding *finding = &row->table->finding;

    report_set_text(cell, report_pick(row, finding->subject_name_zh, finding->subject_name_en));
}

static const struct dc_leaf_text *leaf_of(const struct report_row *row)
{
    struct dc_inventory_reader *reader = row->layout->reader;
    const char *code = row->table->finding.leaf;

    return code == NULL || code[0] == '\0' ? NULL : reader->class_->leaf(reader, code);
}

static void leaf_name(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_leaf_text *leaf = leaf_of(row);

    if (leaf != NULL) {
        report_set_text(cell, report_pick(row, leaf->name_zh, leaf->name_en));
    }
}

static void class1(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_leaf_text *leaf = leaf_of(row);

    if (leaf != NULL) {
        report_set_text(cell, report_pick(row, leaf->class1_zh, leaf->class1_en));
    }
}

/* ---- its sample ---- */

static void method(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "sample_method", dc_sample_method_name(row->table->sample.method));
}

/* Empty where it is not known. */
static void sampled_at(const struct report_row *row, struct dc_cell *cell)
{
    if (row->table->sampled_at != 0) {
        *cell = (struct dc_cell){.kind = DC_CELL_TIME, .integer = row->table->sampled_at};
    }
}

/* Empty for what was read in this run. */
static void carried_from(const struct report_row *row, struct dc_cell *cell)
{
    if (row->table->carried_from != 0) {
        report_set_int(cell, row->table->carried_from);
    }
}

static void cut(const struct report_row *row, struct dc_cell *cell)
{
    report_set_bool(row, cell, row->table->sample.cut);
}

static void share(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_inventory_table *table = row->table;
    int64_t read = table->sample.rows_read;

    report_set_share(cell, read < table->rows_estimated ? read : table->rows_estimated,
                     table->rows_estimated);
}

/* Which phrase says what the sample proves. */
static const char *proof_code(const struct dc_inventory_table *table)
{
    const struct dc_sample_info *sample = &table->sample;

    if (table->status != DC_COLUMN_OK || sample->method == DC_SAMPLE_NONE) {
        return "proof_none";
    }
    if (sample->cut) {
        return "proof_cut";
    }
    if (sample->rows_read == 0) {
        return "proof_empty";
    }
    return sample->method == DC_SAMPLE_WHOLE  ? "proof_whole"
           : sample->method == DC_SAMPLE_HEAD ? "proof_head"
                                              : "proof_random";
}

static void proof(const struct report_row *row, struct dc_cell *cell)
{
    int64_t rows = row->table->sample.rows_read;
    const char *values[] = {report_count_text(row, rows),
                            report_percent_text(row, dc_share_upper_95(rows))};

    report_set_text(cell, report_phrase(row, proof_code(row->table), values, 2));
}

/* ---- what was not read ---- */

static void unread_kind(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "object", row->unread->kind);
}

static void unread_reason(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "reason", row->unread->reason);
}

static void unread_status(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, strcmp(row->unread->kind, "source") == 0 ? "source_state" : "status",
                    row->unread->status);
}

const struct report_field report_fields_table[] = {
    FIELD_COUNT("table.id", SCOPE_TABLE, struct dc_inventory_table, id),
    TABLE("source", source),
    TABLE("catalog", catalog),
    TABLE("schema", schema),
    MADE("table.place", DC_CELL_TEXT, place),
    TABLE("name", name),
    TABLE("comment", comment),
    MADE("table.key", DC_CELL_TEXT, key),
    MADE("table.kind", DC_CELL_TEXT, kind),
    MADE("table.kind_code", DC_CELL_TEXT, kind_code),
    MADE("table.status", DC_CELL_TEXT, status),
    MADE("table.reason", DC_CELL_TEXT, reason),
    COUNT("rows_estimated", rows_estimated),
    COUNT("columns", n_columns),
    MADE("table.level", DC_CELL_LEVEL, level),
    MADE("table.proposed_level", DC_CELL_LEVEL, proposed_level),
    TABLE("level_column", finding.level_column),
    TABLE("subject_id", finding.subject),
    MADE("table.subject", DC_CELL_TEXT, subject),
    FIELD_REAL("table.subject_score", SCOPE_TABLE, struct dc_inventory_table,
               finding.subject_score),
    TABLE("leaf", finding.leaf),
    MADE("table.leaf_name", DC_CELL_TEXT, leaf_name),
    MADE("table.class1", DC_CELL_TEXT, class1),
    FOUND("personal", n_personal),
    FOUND("sensitive", n_sensitive),
    FOUND("important", n_important),
    FOUND("review", n_review),
    MADE("table.sampled_at", DC_CELL_TIME, sampled_at),
    MADE("table.carried_from", DC_CELL_INT, carried_from),
    MADE("sample.method", DC_CELL_TEXT, method),
    FIELD_TEXT("sample.statement", SCOPE_TABLE, struct dc_inventory_table, sample.statement),
    FIELD_COUNT("sample.rows_asked", SCOPE_TABLE, struct dc_inventory_table, sample.rows_asked),
    FIELD_COUNT("sample.rows_read", SCOPE_TABLE, struct dc_inventory_table, sample.rows_read),
    FIELD_COUNT("sample.bytes_read", SCOPE_TABLE, struct dc_inventory_table, sample.bytes_read),
    FIELD_COUNT("sample.statements", SCOPE_TABLE, struct dc_inventory_table, sample.n_statements),
    FIELD_COUNT("sample.retries", SCOPE_TABLE, struct dc_inventory_table, sample.n_retries),
    FIELD_REAL("sample.seconds", SCOPE_TABLE, struct dc_inventory_table, sample.seconds),
    MADE("sample.cut", DC_CELL_BOOL, cut),
    MADE("sample.share", DC_CELL_PERCENT, share),
    MADE("sample.proof", DC_CELL_TEXT, proof),
    FIELD_FILL("unread.kind", DC_CELL_TEXT, SCOPE_UNREAD, unread_kind),
    FIELD_FILL("unread.status", DC_CELL_TEXT, SCOPE_UNREAD, unread_status),
    FIELD_FILL("unread.reason", DC_CELL_TEXT, SCOPE_UNREAD, unread_reason),
    FIELD_COUNT("unread.tables", SCOPE_UNREAD, struct report_unread, n_tables),
    FIELD_COUNT("unread.columns", SCOPE_UNREAD, struct report_unread, n_columns),
    FIELD_END,
};
