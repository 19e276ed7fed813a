#include "review_print.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

struct words {
    const char *problems[DC_N_REVIEW_PROBLEMS], *refused, *kept, *would_keep, *unchanged, *skipped;
    const char *levels[DC_N_FINAL_LEVELS], *changes[DC_N_BASIS], *changed, *gone, *undone, *import,
        *undo, *by;
};

static const struct words words[] = {
    [DC_LANG_ZH] = {.problems = {"无效", "表内矛盾", "他人已另行确认", "已按更新的扫描确认",
                                 "字段已变化", "字段已不存在"},
                    .refused = "未导入任何结论",
                    .kept = "已导入结论",
                    .would_keep = "可导入结论（仅检查）",
                    .unchanged = "与现有结论相同",
                    .skipped = "因冲突略过",
                    .levels = {"未定", "一般1级", "一般2级", "一般3级", "一般4级", "重要", "核心"},
                    .changes = {"类型", "注释", "脱敏", "数据量"},
                    .changed = "依据已变化",
                    .gone = "最新扫描中没有该字段",
                    .undone = "已撤销",
                    .import = "导入",
                    .undo = "撤销",
                    .by = "执行账号"},
    [DC_LANG_EN] = {.problems = {"invalid", "contradiction", "decided meanwhile",
                                 "decided on a newer run", "changed since", "gone"},
                    .refused = "nothing was imported",
                    .kept = "decisions imported",
                    .would_keep = "decisions could be imported (dry run)",
                    .unchanged = "in force so already",
                    .skipped = "left out for conflicts",
                    .levels = {"undecided", "general 1", "general 2", "general 3", "general 4",
                               "important", "core"},
                    .changes = {"type", "comment", "masking", "volume"},
                    .changed = "its basis has changed",
                    .gone = "not in the newest run",
                    .undone = "undone",
                    .import = "import",
                    .undo = "undoing",
                    .by = "run by"},
};

/* ---- an import ---- */

static void print_json(const struct review_print *print, json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT);

    json_decref(object);
    if (text == NULL) {
        abort(); /* out of memory */
    }
    fprintf(print->out, "%s\n", text);
    free(text);
}

static void result_json(const struct review_print *print, const struct dc_review_result *result)
{
    json_t *problems = json_array();

    for (size_t i = 0; i < result->n_problems; i++) {
        const struct dc_review_problem *problem = &result->problems[i];

        json_array_append_new(problems, json_pack("{s:s, s:s, s:s, s:s}", "kind",
                                                  dc_review_problem_name(problem->kind), "where",
                                                  problem->where, "column", problem->object, "text",
                                                  problem->text));
    }
    print_json(print,
               json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o}", "run",
                         (json_int_t)result->run_id, "import", (json_int_t)result->batch_id, "rows",
                         (json_int_t)result->n_rows, "decisions", (json_int_t)result->n_decisions,
                         "unchanged", (json_int_t)result->n_unchanged, "skipped",
                         (json_int_t)result->n_skipped, "newest_run",
                         (json_int_t)result->newest_run, "problems", problems));
}

void review_print_result(const struct review_print *print, const struct dc_review_result *result,
                         const struct dc_review_request *request)
{
    const struct words *w = &words[print->lang];

    if (print->json) {
        result_json(print, result);
        return;
    }
    for (size_t i = 0; i < result->n_problems; i++) {
        const struct dc_review_problem *problem = &result->problems[i];

        fprintf(print->out, "%s: %s%s%s: %s\n", w->problems[problem->kind], problem->where,
                problem->object[0] == '\0' ? "" : ", ", problem->object, problem->text);
    }
    if (result->batch_id > 0) {
        fprintf(print->out, "%s: %zu (#%" PRId64 ")\n", w->kept, result->n_decisions,
                result->batch_id);
    } else if (request->dry && result->n_decisions > 0) {
        fprintf(print->out, "%s: %zu\n", w->would_keep, result->n_decisions);
    } else {
        fprintf(print->out, "%s\n", w->refused);
    }
    if (result->n_unchanged > 0) {
        fprintf(print->out, "%s: %" PRId64 "\n", w->unchanged, result->n_unchanged);
    }
    if (result->n_skipped > 0) {
        fprintf(print->out, "%s: %" PRId64 "\n", w->skipped, result->n_skipped);
    }
}

/* ---- decisions ---- */

static json_t *changes_json(unsigned changed)
{
    json_t *list = json_array();

    for (int bit = 0; bit < DC_N_BASIS; bit++) {
        if ((changed & (1u << bit)) != 0) {
            json_array_append_new(list, json_string(dc_basis_change_name(bit)));
        }
    }
    return list;
}

static void decision_json(const struct review_print *print, const struct dc_decision *decision,
                          const struct review_state *state)
{
    char at[DC_TIME_TEXT_SIZE];
    json_t *object;

    dc_time_text(decision->decided_at, at);
    object = json_pack("{s:I, s:I, s:I, s:s, s:I, s:s, s:s, s:s, s:s, s:s}", "id",
                       (json_int_t)decision->id, "import", (json_int_t)decision->batch, "undone_by",
                       (json_int_t)decision->undone, "decided_at", at, "run",
                       (json_int_t)decision->run_id, "source", decision->source, "catalog",
                       decision->catalog, "schema", decision->schema, "table", decision->table,
                       "column", decision->column);
    json_object_update_missing_new(
        object, json_pack("{s:s, s:s, s:s, s:i, s:s, s:s}", "category", decision->leaf, "level",
                          dc_final_level_name(decision->level), "proposed_category",
                          decision->proposed_leaf, "proposed_level", decision->proposed_level,
                          "reviewer", decision->reviewer, "reason", decision->reason));
    if (state != NULL) {
        json_object_set_new(object, "in_newest_run", json_boolean(state->seen));
        json_object_set_new(object, "changes", changes_json(state->changed));
    }
    print_json(print, object);
}

static void print_state(const struct review_print *print, const struct review_state *state)
{
    const struct words *w = &words[print->lang];
    bool first = true;

    if (!state->seen) {
        fprintf(print->out, "  [%s]", w->gone);
    } else if (state->changed != 0) {
        fprintf(print->out, "  [%s: ", w->changed);
        for (int bit = 0; bit < DC_N_BASIS; bit++) {
            if ((state->changed & (1u << bit)) != 0) {
                fprintf(print->out, "%s%s", first ? "" : ", ", w->changes[bit]);
                first = false;
            }
        }
        fputc(']', print->out);
    }
}

void review_print_decision(const struct review_print *print, const struct dc_decision *decision,
                           const struct review_state *state)
{
    const struct words *w = &words[print->lang];
    char at[DC_TIME_TEXT_SIZE];

    if (print->json) {
        decision_json(print, decision, state);
        return;
    }
    dc_time_text(decision->decided_at, at);
    fprintf(print->out, "%" PRId64 "  %s  %s%s%s", decision->id,
            dc_decision_object(print->arena, decision), decision->leaf,
            decision->leaf[0] == '\0' ? "" : " ", w->levels[decision->level]);
    if (strcmp(decision->leaf, decision->proposed_leaf) != 0 ||
        (int)decision->level != decision->proposed_level) {
        fprintf(print->out, " (%s%s%s)", decision->proposed_leaf,
                decision->proposed_leaf[0] == '\0' ? "" : " ",
                w->levels[decision->proposed_level >= 0 && decision->proposed_level <= 4
                              ? decision->proposed_level
                              : 0]);
    }
    fprintf(print->out, "  %s  %.10s", decision->reviewer, at);
    if (decision->reason[0] != '\0') {
        fprintf(print->out, "  %s", decision->reason);
    }
    if (decision->undone != 0) {
        fprintf(print->out, "  [%s #%" PRId64 "]", w->undone, decision->undone);
    }
    if (state != NULL) {
        print_state(print, state);
    }
    fputc('\n', print->out);
}

void review_print_batch(const struct review_print *print, const struct dc_decision_batch *batch)
{
    const struct words *w = &words[print->lang];
    char at[DC_TIME_TEXT_SIZE];

    dc_time_text(batch->at, at);
    if (print->json) {
        print_json(print, json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:I}", "batch",
                                    (json_int_t)batch->id, "kind", batch->undo ? "undo" : "import",
                                    "at", at, "account", batch->account, "host", batch->host,
                                    "file", batch->file, "file_sha256", batch->file_hash, "run",
                                    (json_int_t)batch->run_id, "note", batch->note, "decisions",
                                    (json_int_t)batch->n_decisions));
        return;
    }
    fprintf(print->out, "#%" PRId64 " %s  %s  %s %s@%s  %s%s  (%" PRId64 ")\n", batch->id,
            batch->undo ? w->undo : w->import, at, w->by, batch->account, batch->host, batch->file,
            batch->note, batch->n_decisions);
}
