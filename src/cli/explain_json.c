#include <jansson.h>
#include <string.h>

#include "dcscan/impact.h"
#include "explain_print.h"

static json_t *line_of(const struct dc_evidence *line)
{
    json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:f}", "kind",
                               dc_evidence_kind_name(line->kind), "rule", line->rule, "detail",
                               line->detail, "category", line->leaf, "weight", line->weight);

    if (line->tested >= 0) {
        json_object_set_new(object, "matched", json_integer(line->matched));
        json_object_set_new(object, "tested", json_integer(line->tested));
    }
    if (line->distinct >= 0) {
        json_object_set_new(object, "distinct", json_integer(line->distinct));
    }
    return object;
}

static json_t *evidence_of(const struct dc_finding *finding)
{
    json_t *list = json_array();

    for (size_t i = 0; i < finding->n_evidence; i++) {
        json_array_append_new(list, line_of(&finding->evidence[i]));
    }
    return list;
}

static json_t *sums_of(const struct explained *explained)
{
    struct leaf_sum *sums;
    size_t n = explain_sums(explained, &sums);
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_array_append_new(
            list, json_pack("{s:s, s:f}", "category", sums[i].leaf, "score", sums[i].sum));
    }
    return list;
}

static json_t *deciding_of(const struct explained *explained)
{
    size_t *lines;
    size_t n = explain_deciding(explained, &lines);
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        json_array_append_new(list, line_of(&explained->column->finding.evidence[lines[i]]));
    }
    return list;
}

static json_t *important_of(const struct explained *explained)
{
    const struct dc_finding *finding = &explained->column->finding;
    json_t *list = json_array();

    for (size_t i = 0; i < finding->n_important; i++) {
        const struct dc_candidate_text *rule = explained->reader->class_->candidate(
            explained->reader, finding->important[i]);
        bool zh = explained->lang == DC_LANG_ZH;

        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "rule", finding->important[i],
                                              "name",
                                              rule == NULL ? ""
                                              : zh         ? rule->name_zh
                                                           : rule->name_en,
                                              "basis", rule == NULL ? "" : rule->basis, "check",
                                              rule == NULL ? ""
                                              : zh         ? rule->check_zh
                                                           : rule->check_en));
    }
    return list;
}

static json_t *examples_of(const struct dc_profile *profile)
{
    json_t *list = json_array();

    for (size_t i = 0; i < DC_MAX_EXAMPLES && profile->examples[i][0] != '\0'; i++) {
        json_array_append_new(list, json_string(profile->examples[i]));
    }
    return list;
}

static json_t *names_of(const struct explained *explained)
{
    const struct dc_inventory_column *column = explained->column;
    const struct dc_inventory_table *table = column->table;

    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:f}", "run",
                     (json_int_t)explained->run->id, "source", table->source, "catalog",
                     table->catalog, "schema", table->schema, "table", table->name, "column",
                     column->name, "column_comment", column->comment, "type", column->type_name,
                     "subject", table->finding.subject, "subject_score",
                     table->finding.subject_score);
}

static void add_verdict(json_t *object, const struct explained *explained)
{
    const struct dc_finding *finding = &explained->column->finding;

    json_object_set_new(object, "status", json_string(dc_column_status_name(finding->status)));
    json_object_set_new(object, "reason", json_string(finding->reason));
    json_object_set_new(object, "category", json_string(finding->leaf));
    json_object_set_new(object, "runner_up", json_string(finding->runner_up));
    json_object_set_new(object, "confidence", json_real(finding->confidence));
    json_object_set_new(object, "to_review", json_boolean(finding->to_review));
    json_object_set_new(object, "decided_by", json_string(dc_decider_name(finding->decided_by)));
    json_object_set_new(object, "level", json_integer(finding->level));
    json_object_set_new(object, "level_reference", json_integer(finding->level_reference));
    json_object_set_new(object, "level_reason", json_string(finding->level_reason));
    json_object_set_new(object, "pi", json_string(dc_pi_name(finding->pi)));
    json_object_set_new(object, "marks", json_string(finding->marks));
}

/* null where no person decided. */
static json_t *decision_of(const struct explained *explained)
{
    const struct dc_inventory_column *column = explained->column;
    const struct dc_decision *decision = column->decision;
    json_t *changes = json_array();
    char at[DC_TIME_TEXT_SIZE];

    for (int bit = 0; decision != NULL && bit < DC_N_BASIS; bit++) {
        if ((column->decision_changed & (1u << bit)) != 0) {
            json_array_append_new(changes, json_string(dc_basis_change_name(bit)));
        }
    }
    if (decision == NULL) {
        json_decref(changes);
        return json_null();
    }
    dc_time_text(decision->decided_at, at);
    return json_pack(
        "{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:o}", "decision", (json_int_t)decision->id,
        "reviewer", decision->reviewer, "decided_at", at, "reason", decision->reason, "category",
        decision->leaf, "level", dc_final_level_name(decision->level), "proposed_category",
        column->proposed_leaf, "proposed_level", column->proposed_level, "changes", changes);
}

/* The subjects that were near, with what spoke for each. */
static json_t *subjects_of(const struct dc_subject_explanation *subject)
{
    json_t *list = json_array();

    for (size_t i = 0; i < subject->n_scores && i < 3; i++) {
        const struct dc_subject_score *score = &subject->scores[i];
        json_t *reasons = json_array();

        for (size_t k = 0; k < subject->n_reasons; k++) {
            const struct dc_subject_reason *reason = &subject->reasons[k];

            if (strcmp(reason->subject, score->subject) == 0) {
                json_array_append_new(reasons,
                                      json_pack("{s:s, s:s, s:s, s:f}", "kind", reason->kind,
                                                "word", reason->word, "column", reason->column,
                                                "weight", reason->weight));
            }
        }
        json_array_append_new(list, json_pack("{s:s, s:f, s:o}", "subject", score->subject, "score",
                                              score->score, "reasons", reasons));
    }
    return list;
}

static void add_impact(json_t *object, const struct dc_finding *finding)
{
    struct dc_impact main = dc_impact_of(finding->pi, finding->level);
    bool beyond = finding->reach.degree != DC_DEGREE_NONE;

    if (finding->level <= 0) {
        return;
    }
    json_object_set_new(object, "impact_object", json_string(dc_impact_object_name(main.object)));
    json_object_set_new(object, "impact_degree", json_string(dc_impact_degree_name(main.degree)));
    json_object_set_new(object, "impact_reach_object",
                        beyond ? json_string(dc_impact_object_name(finding->reach.object))
                               : json_null());
    json_object_set_new(object, "impact_reach_degree",
                        beyond ? json_string(dc_impact_degree_name(finding->reach.degree))
                               : json_null());
}

void explain_json(FILE *out, const struct explained *explained)
{
    json_t *object = names_of(explained);

    add_verdict(object, explained);
    json_object_set_new(object, "review", decision_of(explained));
    json_object_set_new(object, "important", important_of(explained));
    add_impact(object, &explained->column->finding);
    json_object_set_new(object, "subjects", subjects_of(&explained->subject));
    json_object_set_new(object, "otherwise",
                        explained->subject.n_scores == 0
                            ? json_null()
                            : json_pack("{s:s, s:s}", "subject", explained->subject.other_subject,
                                        "category", explained->subject.other_leaf));
    json_object_set_new(object, "scores", sums_of(explained));
    json_object_set_new(object, "evidence", evidence_of(&explained->column->finding));
    json_object_set_new(object, "deciding", deciding_of(explained));
    json_object_set_new(object, "rows_sampled", json_integer(explained->column->profile.rows));
    json_object_set_new(object, "distinct", json_integer(explained->column->profile.distinct));
    json_object_set_new(object, "examples", examples_of(&explained->column->profile));
    json_dumpf(object, out, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
    fputc('\n', out);
    json_decref(object);
}
