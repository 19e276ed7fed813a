/* Fields of the verdict on a column, of its leaf, its evidence and the candidate rules that fired. */
#include <string.h>

#include "dcscan/impact.h"
#include "dcscan/strbuf.h"
#include "layout.h"

#define FOUND(name, member) \
    FIELD_TEXT("finding." name, SCOPE_COLUMN, struct dc_inventory_column, finding.member)
#define MADE(name, kind, fn) FIELD_FILL("finding." name, kind, SCOPE_COLUMN, fn)
#define LEAF(name, member)   FIELD_TEXT("leaf." name, SCOPE_LEAF, struct dc_leaf_text, member)
#define WORDED(name, member) FIELD_LABEL("leaf." name, SCOPE_LEAF, struct dc_leaf_text, member)
#define LINE(name, kind, fn) FIELD_FILL("evidence." name, kind, SCOPE_EVIDENCE, fn)
#define RULE(name, kind, fn) FIELD_FILL("candidate." name, kind, SCOPE_CANDIDATE, fn)

/* Two texts, zh and en, stand one behind the other: what STORED_LABEL relies on. */
#define IS_LABEL(type, member)                                                                  \
    _Static_assert(offsetof(type, member##_en) == offsetof(type, member##_zh) + sizeof(char *), \
                   "a label")
IS_LABEL(struct dc_leaf_text, name);
IS_LABEL(struct dc_leaf_text, class1);
IS_LABEL(struct dc_leaf_text, class2);
IS_LABEL(struct dc_leaf_text, miit);
IS_LABEL(struct dc_candidate_text, name);
IS_LABEL(struct dc_candidate_text, check);
IS_LABEL(struct dc_run, taxonomy_title);

#define NO_EVIDENCE_LEAF  "Z1-04" /* border rule X10 */
#define EVIDENCE_IN_CELL  3       /* lines; the sheet of evidence has all */
#define MAX_EVIDENCE_TEXT 8192
#define MAX_MARKS         1024

static const struct dc_finding *finding_of(const struct report_row *row)
{
    return &row->column->finding;
}

static bool is_decided(const struct report_row *row)
{
    return finding_of(row)->status == DC_COLUMN_OK;
}

static const char *verify_text(const struct report_row *row, bool verify)
{
    return report_word(row->layout->definition, row->layout->lang, "phrase",
                       verify ? "verify" : "in_force");
}

static void status(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "status", dc_column_status_name(finding_of(row)->status));
}

static void status_code(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, dc_column_status_name(finding_of(row)->status));
}

static void reason(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "reason", finding_of(row)->reason);
}

/* "" becomes an empty cell: no category is not a category without a name. */
static void set_code(const struct report_row *row, struct dc_cell *cell, const char *code)
{
    if (is_decided(row) && code != NULL && code[0] != '\0') {
        report_set_text(cell, code);
    }
}

static void leaf_code(const struct report_row *row, struct dc_cell *cell)
{
    set_code(row, cell, finding_of(row)->leaf);
}

static void runner_up(const struct report_row *row, struct dc_cell *cell)
{
    set_code(row, cell, finding_of(row)->runner_up);
}

static void runner_up_name(const struct report_row *row, struct dc_cell *cell)
{
    struct dc_inventory_reader *reader = row->layout->reader;
    const char *code = finding_of(row)->runner_up;
    const struct dc_leaf_text *leaf = is_decided(row) && code != NULL && code[0] != '\0'
                                          ? reader->class_->leaf(reader, code)
                                          : NULL;

    if (leaf != NULL) {
        report_set_text(cell, report_pick(row, leaf->name_zh, leaf->name_en));
    }
}

/* ---- level ---- */

static void level(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        report_set_level(row, cell, finding_of(row)->level);
    }
}

static void level_reference(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        report_set_level(row, cell, finding_of(row)->level_reference);
    }
}

static void level_change(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_finding *finding = finding_of(row);

    if (is_decided(row) && finding->level > 0 && finding->level_reference > 0) {
        report_set_word(row, cell, "level_change",
                        finding->level > finding->level_reference   ? "up"
                        : finding->level < finding->level_reference ? "down"
                                                                    : "same");
    }
}

/* The rule as the run recorded it, with its name where the id stands alone. */
static void level_reason(const struct report_row *row, struct dc_cell *cell)
{
    const char *reason = finding_of(row)->level_reason;
    const char *word;

    if (!is_decided(row) || reason == NULL) {
        return;
    }
    word = report_word(row->layout->definition, row->layout->lang, "level_rule_name", reason);
    report_set_text(cell, word == reason
                              ? reason
                              : dc_arena_printf(row->layout->scratch, "%s %s", reason, word));
}

/* ---- impact (GB/T 43697-2024 6.4) ---- */

static const char *object_word(const struct report_row *row, struct dc_impact impact)
{
    return report_word(row->layout->definition, row->layout->lang, "impact_object",
                       dc_impact_object_name(impact.object));
}

static const char *degree_word(const struct report_row *row, struct dc_impact impact)
{
    return report_word(row->layout->definition, row->layout->lang, "impact_degree",
                       dc_impact_degree_name(impact.degree));
}

/* What a person called important or core harms more than an organisation: whom the scale or a rule names, if any does. */
static bool is_peoples(const struct report_row *row, enum dc_harm_grade *grade)
{
    const struct dc_decision *decision = row->column->decision;
    bool important = decision != NULL && decision->level > DC_FINAL_4;

    if (important) {
        *grade = decision->level == DC_FINAL_IMPORTANT ? DC_HARM_IMPORTANT : DC_HARM_CORE;
    }
    return important;
}

/*
 * The harms that carry the level, the one the level stands for first; all of them are of the level's grade in the matrix or below it. None
 * where nothing is known of those of important data.
 */
static size_t impacts_of(const struct report_row *row, struct dc_impact out[2])
{
    const struct dc_finding *finding = finding_of(row);
    struct dc_impact reach = finding->reach;
    enum dc_harm_grade grade = DC_HARM_GENERAL;
    size_t n = 0;

    if (!is_decided(row)) {
        return 0;
    }
    if (is_peoples(row, &grade)) {
        out[0] = dc_impact_least(reach.object, grade);
        return reach.degree != DC_DEGREE_NONE && out[0].degree != DC_DEGREE_NONE;
    }
    if (finding->level > 0) {
        out[n++] = dc_impact_of(finding->pi, finding->level);
    }
    if (n > 0 && reach.degree != DC_DEGREE_NONE &&
        dc_harm_grade(reach.object, reach.degree) == DC_HARM_GENERAL) {
        out[n++] = reach;
    }
    return n;
}

static void set_impacts(const struct report_row *row, struct dc_cell *cell,
                        const char *(*word)(const struct report_row *row, struct dc_impact impact))
{
    const char *separator = report_word(row->layout->definition, row->layout->lang, "phrase",
                                        "separator");
    struct dc_impact impacts[2];
    size_t n = impacts_of(row, impacts);

    if (n > 0) {
        const char *first = word(row, impacts[0]);

        report_set_text(cell, n == 1 ? first
                                     : dc_arena_printf(row->layout->scratch, "%s%s%s", first,
                                                       separator, word(row, impacts[1])));
    }
}

static void impact_object(const struct report_row *row, struct dc_cell *cell)
{
    set_impacts(row, cell, object_word);
}

static void impact_degree(const struct report_row *row, struct dc_cell *cell)
{
    set_impacts(row, cell, degree_word);
}

/* Whom it would harm where a flag proves right: what is more than general data in the matrix. */
static void impact_suspected(const struct report_row *row, struct dc_cell *cell)
{
    struct dc_impact reach = finding_of(row)->reach;
    const char *values[2];

    if (is_decided(row) && finding_of(row)->n_important > 0 &&
        dc_harm_grade(reach.object, reach.degree) > DC_HARM_GENERAL) {
        values[0] = object_word(row, reach);
        values[1] = degree_word(row, reach);
        report_set_text(cell, report_phrase(row, "impact_suspected", values, 2));
    }
}

static void scale(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        report_set_word(row, cell, "scale", dc_scale_name(finding_of(row)->scale));
    }
}

static void scale_code(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        report_set_text(cell, dc_scale_name(finding_of(row)->scale));
    }
}

static void reach_object_code(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row) && finding_of(row)->reach.degree != DC_DEGREE_NONE) {
        report_set_text(cell, dc_impact_object_name(finding_of(row)->reach.object));
    }
}

static void reach_degree_code(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row) && finding_of(row)->reach.degree != DC_DEGREE_NONE) {
        report_set_text(cell, dc_impact_degree_name(finding_of(row)->reach.degree));
    }
}

static void impact_object_code(const struct report_row *row, struct dc_cell *cell)
{
    struct dc_impact impacts[2];

    if (impacts_of(row, impacts) > 0) {
        report_set_text(cell, dc_impact_object_name(impacts[0].object));
    }
}

static void impact_degree_code(const struct report_row *row, struct dc_cell *cell)
{
    struct dc_impact impacts[2];

    if (impacts_of(row, impacts) > 0) {
        report_set_text(cell, dc_impact_degree_name(impacts[0].degree));
    }
}

static void level_reason_code(const struct report_row *row, struct dc_cell *cell)
{
    set_code(row, cell, finding_of(row)->level_reason);
}

/* ---- marks ---- */

static void pi(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        report_set_word(row, cell, "pi", dc_pi_name(finding_of(row)->pi));
    }
}

static void pi_code(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        report_set_text(cell, dc_pi_name(finding_of(row)->pi));
    }
}

static void important(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        *cell = (struct dc_cell){.kind = DC_CELL_LIST,
                                 .items = finding_of(row)->important,
                                 .n_items = finding_of(row)->n_important};
    }
}

static void confidence(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        *cell = (struct dc_cell){.kind = DC_CELL_PERCENT, .real = finding_of(row)->confidence};
    }
}

static void to_review(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        report_set_bool(row, cell, finding_of(row)->to_review);
    }
}

static void review_reason(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_finding *finding = finding_of(row);

    if (is_decided(row) && finding->to_review && row->column->decision != NULL) {
        report_set_word(row, cell, "phrase", "review_basis");
    } else if (is_decided(row) && finding->to_review) {
        report_set_word(row, cell, "phrase",
                        strcmp(finding->leaf, NO_EVIDENCE_LEAF) == 0 ? "review_no_evidence"
                                                                     : "review_low");
    }
}

/* Each mark in the report's language, as far as it has a word there. */
static void marks(const struct report_row *row, struct dc_cell *cell)
{
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_MARKS);
    const char *rest = finding_of(row)->marks;

    while (rest != NULL && *rest != '\0') {
        size_t size = strcspn(rest, ",");
        const char *mark = dc_arena_strndup(row->layout->scratch, rest, size);

        dc_strbuf_puts(&text, text.size == 0 ? "" : ", ");
        dc_strbuf_puts(&text,
                       report_word(row->layout->definition, row->layout->lang, "mark", mark));
        rest += size + strspn(rest + size, ", ");
    }
    report_set_text(cell, dc_arena_strdup(row->layout->scratch, dc_strbuf_text(&text)));
    dc_strbuf_done(&text);
}

static void decider(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        report_set_word(row, cell, "decider", dc_decider_name(finding_of(row)->decided_by));
    }
}

static void decider_code(const struct report_row *row, struct dc_cell *cell)
{
    if (is_decided(row)) {
        report_set_text(cell, dc_decider_name(finding_of(row)->decided_by));
    }
}

/* The strongest lines for people, all of them for formats with lists of objects. */
static void evidence(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_finding *finding = finding_of(row);
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_EVIDENCE_TEXT);

    for (size_t i = 0; i < finding->n_evidence && i < EVIDENCE_IN_CELL; i++) {
        dc_strbuf_puts(&text, i == 0 ? "" : "; ");
        dc_strbuf_puts(&text, report_evidence_text(row, &finding->evidence[i]));
    }
    if (finding->n_evidence > EVIDENCE_IN_CELL) {
        const char *more = report_count_text(row, (int64_t)finding->n_evidence - EVIDENCE_IN_CELL);

        dc_strbuf_puts(&text, report_phrase(row, "evidence_more", &more, 1));
    }
    *cell = (struct dc_cell){
        .kind = DC_CELL_EVIDENCE,
        .text = dc_arena_strdup(row->layout->scratch, dc_strbuf_text(&text)),
        .evidence = finding->evidence,
        .n_evidence = finding->n_evidence,
    };
    dc_strbuf_done(&text);
}

/* ---- the leaf ---- */

static void leaf_verify(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, verify_text(row, row->leaf->verify));
}

static void leaf_default_level(const struct report_row *row, struct dc_cell *cell)
{
    report_set_level(row, cell, row->leaf->default_level);
}

/* ---- a line of evidence ---- */

static void line_kind(const struct report_row *row, struct dc_cell *cell)
{
    report_set_word(row, cell, "evidence",
                    row->only_counted ? "counted" : dc_evidence_kind_name(row->evidence->kind));
}

static void line_weight(const struct report_row *row, struct dc_cell *cell)
{
    if (!row->only_counted) {
        *cell = (struct dc_cell){.kind = DC_CELL_REAL, .real = row->evidence->weight};
    }
}

static void line_check(const struct report_row *row, struct dc_cell *cell)
{
    if (row->tally != NULL) {
        report_set_text(cell, row->tally->check);
    }
}

static void line_pattern_distinct(const struct report_row *row, struct dc_cell *cell)
{
    if (row->tally != NULL) {
        report_set_int(cell, row->tally->count.pattern_distinct);
    }
}

/* Of the different values that look right, those whose check digits are. Without a check there is nothing to pass. */
static void line_check_share(const struct report_row *row, struct dc_cell *cell)
{
    if (row->tally != NULL && row->tally->check != NULL && row->tally->check[0] != '\0') {
        report_set_share(cell, row->tally->count.distinct, row->tally->count.pattern_distinct);
    }
}

static void line_share(const struct report_row *row, struct dc_cell *cell)
{
    if (row->evidence->matched >= 0) {
        report_set_share(cell, row->evidence->matched, row->evidence->tested);
    }
}

static void line_leaf_name(const struct report_row *row, struct dc_cell *cell)
{
    struct dc_inventory_reader *reader = row->layout->reader;
    const struct dc_leaf_text *leaf = row->evidence->leaf[0] == '\0'
                                          ? NULL
                                          : reader->class_->leaf(reader, row->evidence->leaf);

    if (leaf != NULL) {
        report_set_text(cell, report_pick(row, leaf->name_zh, leaf->name_en));
    }
}

static void line_text(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, report_evidence_text(row, row->evidence));
}

#define LINE_TEXT(name, member) \
    FIELD_TEXT("evidence." name, SCOPE_EVIDENCE, struct dc_evidence, member)
#define LINE_COUNT(name, member) \
    FIELD_COUNT("evidence." name, SCOPE_EVIDENCE, struct dc_evidence, member)

/* ---- a candidate rule ---- */

static void candidate_id(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, row->candidate_id);
}

static void candidate_verify(const struct report_row *row, struct dc_cell *cell)
{
    if (row->candidate != NULL) {
        report_set_text(cell, verify_text(row, row->candidate->verify));
    }
}

#define RULE_LABEL(name, member) \
    FIELD_LABEL("candidate." name, SCOPE_CANDIDATE, struct dc_candidate_text, member)

const struct report_field report_fields_finding[] = {
    MADE("status", DC_CELL_TEXT, status),
    MADE("status_code", DC_CELL_TEXT, status_code),
    MADE("reason", DC_CELL_TEXT, reason),
    FOUND("reason_code", reason),
    MADE("leaf", DC_CELL_TEXT, leaf_code),
    MADE("runner_up", DC_CELL_TEXT, runner_up),
    MADE("runner_up_name", DC_CELL_TEXT, runner_up_name),
    MADE("level", DC_CELL_LEVEL, level),
    MADE("level_reference", DC_CELL_LEVEL, level_reference),
    MADE("level_change", DC_CELL_TEXT, level_change),
    MADE("impact_object", DC_CELL_TEXT, impact_object),
    MADE("impact_degree", DC_CELL_TEXT, impact_degree),
    MADE("impact_object_code", DC_CELL_TEXT, impact_object_code),
    MADE("impact_degree_code", DC_CELL_TEXT, impact_degree_code),
    MADE("impact_suspected", DC_CELL_TEXT, impact_suspected),
    MADE("scale", DC_CELL_TEXT, scale),
    MADE("scale_code", DC_CELL_TEXT, scale_code),
    MADE("reach_object_code", DC_CELL_TEXT, reach_object_code),
    MADE("reach_degree_code", DC_CELL_TEXT, reach_degree_code),
    MADE("level_reason_code", DC_CELL_TEXT, level_reason_code),
    MADE("level_reason", DC_CELL_TEXT, level_reason),
    MADE("pi", DC_CELL_TEXT, pi),
    MADE("pi_code", DC_CELL_TEXT, pi_code),
    MADE("important", DC_CELL_LIST, important),
    MADE("marks", DC_CELL_TEXT, marks),
    MADE("confidence", DC_CELL_PERCENT, confidence),
    MADE("to_review", DC_CELL_BOOL, to_review),
    MADE("review_reason", DC_CELL_TEXT, review_reason),
    MADE("decider", DC_CELL_TEXT, decider),
    MADE("decider_code", DC_CELL_TEXT, decider_code),
    MADE("evidence", DC_CELL_EVIDENCE, evidence),
    LEAF("code", code),
    WORDED("name", name),
    WORDED("class1", class1),
    WORDED("class2", class2),
    WORDED("miit", miit),
    LEAF("basis", basis),
    FIELD_FILL("leaf.verify", DC_CELL_TEXT, SCOPE_LEAF, leaf_verify),
    FIELD_FILL("leaf.default_level", DC_CELL_LEVEL, SCOPE_LEAF, leaf_default_level),
    LINE("kind", DC_CELL_TEXT, line_kind),
    LINE_TEXT("rule", rule),
    LINE_TEXT("detail", detail),
    LINE_TEXT("leaf", leaf),
    LINE("leaf_name", DC_CELL_TEXT, line_leaf_name),
    LINE("weight", DC_CELL_REAL, line_weight),
    LINE("check", DC_CELL_TEXT, line_check),
    LINE("pattern_distinct", DC_CELL_INT, line_pattern_distinct),
    LINE("check_share", DC_CELL_PERCENT, line_check_share),
    LINE_COUNT("matched", matched),
    LINE_COUNT("tested", tested),
    LINE_COUNT("distinct", distinct),
    LINE("share", DC_CELL_PERCENT, line_share),
    LINE("text", DC_CELL_TEXT, line_text),
    RULE("id", DC_CELL_TEXT, candidate_id),
    RULE_LABEL("name", name),
    RULE_LABEL("check", check),
    FIELD_TEXT("candidate.basis", SCOPE_CANDIDATE, struct dc_candidate_text, basis),
    RULE("verify", DC_CELL_TEXT, candidate_verify),
    FIELD_END,
};
