#include "explain_print.h"

#include <math.h>
#include <string.h>

#include "dcscan/impact.h"

struct words {
    const char *comment, *type, *table, *subject, *run, *category, *level, *levels[5], *reference;
    const char *personal[3], *confidence, *review, *by_person, *not_read, *evidence, *runner_up;
    const char *no_evidence, *changes, *without, *nothing_near, *no_single, *important, *basis;
    const char *decision, *changed, *proposed, *finals[2], *bases[DC_N_BASIS];
    const char *check, *verify, *sample, *rows, *nulls, *distinct, *none_seen, *examples, *marks;
};

static const struct words words[] = {
    [DC_LANG_ZH] = {.comment = "注释",
                    .type = "类型",
                    .table = "数据表",
                    .subject = "主题",
                    .run = "扫描",
                    .category = "类别",
                    .level = "级别",
                    .levels = {"待定", "一般1级", "一般2级", "一般3级", "一般4级"},
                    .reference = "参考最低级别",
                    .personal = {"非个人信息", "个人信息", "敏感个人信息"},
                    .confidence = "置信度",
                    .review = "待复核",
                    .by_person = "人工认定",
                    .decision = "人工结论",
                    .changed = "依据已变化",
                    .proposed = "程序建议",
                    .finals = {"重要", "核心"},
                    .bases = {"类型", "注释", "脱敏", "数据量"},
                    .not_read = "未读取",
                    .evidence = "依据",
                    .runner_up = "次选",
                    .no_evidence = "没有任何依据，因此不作猜测",
                    .changes = "什么会改变结论",
                    .without = "缺少下列任一条依据，结论将变为",
                    .nothing_near = "没有其他类别的依据；注释或人工认定可以改变结论",
                    .no_single = "缺少任何单独一条依据都不会改变结论",
                    .important = "疑似重要数据",
                    .basis = "依据",
                    .check = "需要人工核对",
                    .verify = "（待与正式文本核对）",
                    .sample = "抽样",
                    .rows = "读取行数",
                    .nulls = "空值",
                    .distinct = "不同值",
                    .none_seen = "样本中未见的内容，有95%把握其占比低于",
                    .examples = "示例（已脱敏）",
                    .marks = "标记"},
    [DC_LANG_EN] =
        {.comment = "comment",
         .type = "type",
         .table = "table",
         .subject = "subject",
         .run = "run",
         .category = "category",
         .level = "level",
         .levels = {"undecided", "general 1", "general 2", "general 3", "general 4"},
         .reference = "reference minimum",
         .personal = {"no personal information", "personal information",
                      "sensitive personal information"},
         .confidence = "confidence",
         .review = "to review",
         .by_person = "decided by a person",
         .decision = "decision",
         .changed = "its basis has changed",
         .proposed = "proposed",
         .finals = {"important", "core"},
         .bases = {"type", "comment", "masking", "volume"},
         .not_read = "not read",
         .evidence = "evidence",
         .runner_up = "runner-up",
         .no_evidence =
             "nothing speaks for any category, and nothing is guessed",
         .changes = "what would change it",
         .without = "without any one of these lines it would be",
         .nothing_near =
             "nothing speaks for another category; a comment or a review would change it",
         .no_single = "no single line decides: without any one of them the verdict stays",
         .important = "candidate for important data",
         .basis = "basis",
         .check = "a person must check",
         .verify = " (still to be compared with the official text)",
         .sample = "sample",
         .rows = "rows read",
         .nulls = "nulls",
         .distinct = "distinct",
         .none_seen = "what was not seen in it makes, at 95 %, fewer of the rows than",
         .examples = "examples (masked)",
         .marks = "marks"},
};

enum { LABEL_WIDTH = 20 };

static void label(FILE *out, const char *text)
{
    size_t width = dc_utf8_width(text);

    fprintf(out, "%s%*s", text, width < LABEL_WIDTH ? (int)(LABEL_WIDTH - width) : 1, "");
}

static const char *leaf_name(const struct explained *explained, const char *code)
{
    const struct dc_leaf_text *leaf = explained->reader->class_->leaf(explained->reader, code);

    return leaf == NULL ? "" : explained->lang == DC_LANG_ZH ? leaf->name_zh : leaf->name_en;
}

/* ---- the column ---- */

static void print_column(FILE *out, const struct explained *explained, const struct words *w)
{
    const struct dc_inventory_column *column = explained->column;
    const struct dc_inventory_table *table = column->table;
    bool zh = explained->lang == DC_LANG_ZH;

    fprintf(out, "%s%s%s\n", explained->color ? "\033[1m" : "",
            column_path_name(explained->arena, table, column->name),
            explained->color ? "\033[0m" : "");
    if (column->comment[0] != '\0') {
        label(out, w->comment);
        fprintf(out, "%s\n", column->comment);
    }
    label(out, w->type);
    fprintf(out, "%s\n", column->type_name);
    if (table->finding.subject[0] != '\0') {
        label(out, w->subject);
        fprintf(out, "%s %s (%.2f)\n", table->finding.subject,
                zh ? table->finding.subject_name_zh : table->finding.subject_name_en,
                table->finding.subject_score);
    }
    label(out, w->run);
    fprintf(out, "%lld, %s %s\n", (long long)explained->run->id, explained->run->taxonomy_name,
            explained->run->taxonomy_version);
}

/* ---- the verdict ---- */

static void print_level(FILE *out, const struct explained *explained, const struct words *w)
{
    const struct dc_finding *finding = &explained->column->finding;
    const struct dc_leaf_text *leaf = explained->reader->class_->leaf(explained->reader,
                                                                      finding->leaf);
    const struct dc_level_rule *rule = dc_taxonomy_level_rule(explained->taxonomy,
                                                              finding->level_reason);

    label(out, w->level);
    fprintf(out, "%s", w->levels[finding->level]);
    if (finding->level_reference != finding->level && finding->level > 0) {
        fprintf(out, ", %s %s", w->reference, w->levels[finding->level_reference]);
    }
    fprintf(out, ", %s\n", w->personal[finding->pi]);
    label(out, "");
    fprintf(out, "%s", finding->level_reason);
    if (rule != NULL) {
        fprintf(out, " %s; %s", explained->lang == DC_LANG_ZH ? rule->name.zh : rule->name.en,
                rule->basis);
    }
    fputc('\n', out);
    if (leaf != NULL && leaf->basis[0] != '\0') {
        label(out, "");
        fprintf(out, "%s: %s%s\n", finding->leaf, leaf->basis, leaf->verify ? w->verify : "");
    }
}

/* Who decided, when and why, what the program had proposed, and what of the basis is otherwise now. */
static void print_decision(FILE *out, const struct explained *explained, const struct words *w)
{
    const struct dc_inventory_column *column = explained->column;
    const struct dc_decision *decision = column->decision;
    char at[DC_TIME_TEXT_SIZE];
    bool first = true;

    if (decision == NULL) {
        return;
    }
    dc_time_local_text(decision->decided_at, at);
    label(out, w->decision);
    fprintf(out, "#%lld, %s, %s", (long long)decision->id, decision->reviewer, at);
    if (decision->level != DC_FINAL_NONE) {
        fprintf(out, ", %s",
                decision->level > DC_FINAL_4 ? w->finals[decision->level - DC_FINAL_IMPORTANT]
                                             : w->levels[decision->level]);
    }
    fprintf(out, "%s%s\n", decision->reason[0] == '\0' ? "" : ": ", decision->reason);
    label(out, w->proposed);
    fprintf(out, "%s, %s\n", column->proposed_leaf, w->levels[column->proposed_level]);
    for (int bit = 0; bit < DC_N_BASIS; bit++) {
        if ((column->decision_changed & (1u << bit)) != 0) {
            if (first) {
                label(out, w->changed);
            }
            fprintf(out, "%s%s", first ? "" : ", ", w->bases[bit]);
            first = false;
        }
    }
    fputs(first ? "" : "\n", out);
}

/* ---- impact ---- */

static void print_impact(FILE *out, const struct explained *explained)
{
    static const char *const objects[DC_N_IMPACT_OBJECTS][2] = {
        {"国家安全", "national security"}, {"经济运行", "economic operation"},
        {"社会秩序", "social order"},      {"公共利益", "public interest"},
        {"组织权益", "the organisation"},  {"个人权益", "individuals"}};
    static const char *const degrees[DC_N_IMPACT_DEGREES][2] = {
        {"无危害", "no harm"},
        {"一般危害", "general harm"},
        {"严重危害", "serious harm"},
        {"特别严重危害", "especially serious harm"}};
    const struct dc_finding *finding = &explained->column->finding;
    struct dc_impact main = dc_impact_of(finding->pi, finding->level);
    int lang = explained->lang == DC_LANG_EN;

    if (finding->level <= 0) {
        return;
    }
    label(out, lang ? "impact" : "影响");
    fprintf(out, "%s: %s", objects[main.object][lang], degrees[main.degree][lang]);
    if (finding->reach.degree != DC_DEGREE_NONE) {
        fprintf(out, "; %s: %s", objects[finding->reach.object][lang],
                degrees[finding->reach.degree][lang]);
    }
    fputc('\n', out);
}

static void print_verdict(FILE *out, const struct explained *explained, const struct words *w)
{
    const struct dc_finding *finding = &explained->column->finding;

    if (finding->status != DC_COLUMN_OK) {
        label(out, w->not_read);
        fprintf(out, "%s\n", finding->reason);
        return;
    }
    label(out, w->category);
    fprintf(out, "%s %s\n", finding->leaf, leaf_name(explained, finding->leaf));
    label(out, w->confidence);
    fprintf(out, "%.2f%s%s%s%s\n", finding->confidence, finding->to_review ? ", " : "",
            finding->to_review ? w->review : "", finding->decided_by == DC_BY_PERSON ? ", " : "",
            finding->decided_by == DC_BY_PERSON ? w->by_person : "");
    print_level(out, explained, w);
    print_impact(out, explained);
    print_decision(out, explained, w);
    if (finding->marks[0] != '\0') {
        label(out, w->marks);
        fprintf(out, "%s\n", finding->marks);
    }
}

/* ---- the evidence ---- */

static void print_line(FILE *out, const struct dc_evidence *line)
{
    fprintf(out, "  %+6.2f  %-10s  %s", line->weight, dc_evidence_kind_name(line->kind),
            line->rule);
    if (line->detail[0] != '\0' && strcmp(line->detail, line->rule) != 0) {
        fprintf(out, "  \"%s\"", line->detail);
    }
    if (line->tested >= 0) {
        fprintf(out, "  %lld/%lld", (long long)line->matched, (long long)line->tested);
    }
    if (line->distinct >= 0) {
        fprintf(out, " (%lld)", (long long)line->distinct);
    }
    fputc('\n', out);
}

static void print_evidence(FILE *out, const struct explained *explained, const struct words *w)
{
    const struct dc_finding *finding = &explained->column->finding;
    struct leaf_sum *sums;
    size_t n = explain_sums(explained, &sums);

    fprintf(out, "\n%s\n", w->evidence);
    if (n == 0) {
        fprintf(out, "  %s\n", w->no_evidence);
    }
    for (size_t i = 0; i < n; i++) {
        fprintf(out, " %s %s  = %.2f%s%s\n", sums[i].leaf, leaf_name(explained, sums[i].leaf),
                sums[i].sum, strcmp(sums[i].leaf, finding->runner_up) == 0 ? "  " : "",
                strcmp(sums[i].leaf, finding->runner_up) == 0 ? w->runner_up : "");
        for (size_t k = 0; k < finding->n_evidence; k++) {
            const struct dc_evidence *line = &finding->evidence[k];

            if (line->kind < DC_EVIDENCE_LEVEL && strcmp(line->leaf, sums[i].leaf) == 0) {
                print_line(out, line);
            }
        }
    }
    for (size_t k = 0; k < finding->n_evidence; k++) {
        if (finding->evidence[k].kind >= DC_EVIDENCE_LEVEL) {
            print_line(out, &finding->evidence[k]);
        }
    }
}

static void print_changes(FILE *out, const struct explained *explained, const struct words *w)
{
    struct leaf_sum *sums;
    size_t *lines;
    size_t n_sums = explain_sums(explained, &sums), n = explain_deciding(explained, &lines);

    fprintf(out, "\n%s\n", w->changes);
    if (n_sums < 2) {
        fprintf(out, "  %s\n", w->nothing_near);
        return;
    }
    if (n == 0) {
        fprintf(out, "  %s\n", w->no_single);
        return;
    }
    fprintf(out, "  %s %s %s\n", w->without, sums[1].leaf, leaf_name(explained, sums[1].leaf));
    for (size_t i = 0; i < n; i++) {
        print_line(out, &explained->column->finding.evidence[lines[i]]);
    }
}

/* ---- the subject ---- */

enum { MOST_REASONS = 8, MOST_OTHER_REASONS = 4 };
#define LEAST_REASON 0.005

struct reason_word {
    const char *kind, *words[2];
};
static const struct reason_word reason_words[] = {
    {"settled", {[DC_LANG_ZH] = "表名本身", [DC_LANG_EN] = "the table's name as such"}},
    {"table_name", {[DC_LANG_ZH] = "表名", [DC_LANG_EN] = "table name"}},
    {"table_comment", {[DC_LANG_ZH] = "表注释", [DC_LANG_EN] = "table comment"}},
    {"surroundings", {[DC_LANG_ZH] = "系统、库名", [DC_LANG_EN] = "system, schema"}},
    {"column", {[DC_LANG_ZH] = "字段所指", [DC_LANG_EN] = "column names it"}},
    {"term", {[DC_LANG_ZH] = "字段类别", [DC_LANG_EN] = "column's category"}},
    {"hint", {[DC_LANG_ZH] = "字段中的词", [DC_LANG_EN] = "word among columns"}},
    {"measured", {[DC_LANG_ZH] = "多个测量值", [DC_LANG_EN] = "many measured values"}},
    {"becomes", {[DC_LANG_ZH] = "由此转为", [DC_LANG_EN] = "turned from"}},
    {"values", {[DC_LANG_ZH] = "取值规则", [DC_LANG_EN] = "values"}},
};

static const char *reason_word(const char *kind, enum dc_lang lang)
{
    for (size_t i = 0; i < sizeof reason_words / sizeof *reason_words; i++) {
        if (strcmp(reason_words[i].kind, kind) == 0) {
            return reason_words[i].words[lang];
        }
    }
    return kind;
}

static void print_reason(FILE *out, const struct dc_subject_reason *reason, enum dc_lang lang)
{
    const char *kind = reason_word(reason->kind, lang);

    fprintf(out, "  %+6.2f  %s", reason->weight, kind);
    if (reason->word[0] != '\0') {
        fprintf(out, "%*s\"%s\"",
                dc_utf8_width(kind) < LABEL_WIDTH + 4 ? (int)(LABEL_WIDTH + 4 - dc_utf8_width(kind))
                                                      : 1,
                "", reason->word);
    }
    fprintf(out, "%s%s\n", reason->column[0] != '\0' ? "  " : "", reason->column);
}

/* A subject with its score and what spoke for it, the strongest first. */
static void print_subject(FILE *out, const struct explained *explained,
                          const struct dc_subject_score *score, size_t most)
{
    const struct dc_subject_explanation *subject = &explained->subject;
    size_t n = 0;

    fprintf(out, " %s %s  = %.2f\n", score->subject,
            explained->lang == DC_LANG_ZH ? score->name.zh : score->name.en, score->score);
    for (size_t i = 0; i < subject->n_reasons && n < most; i++) {
        if (strcmp(subject->reasons[i].subject, score->subject) == 0 &&
            fabs(subject->reasons[i].weight) >= LEAST_REASON) {
            print_reason(out, &subject->reasons[i], explained->lang);
            n++;
        }
    }
}

static void print_subjects(FILE *out, const struct explained *explained)
{
    const struct dc_subject_explanation *subject = &explained->subject;
    bool zh = explained->lang == DC_LANG_ZH;

    if (subject->n_scores == 0) {
        return;
    }
    fprintf(out, "\n%s\n", zh ? "表主题的依据" : "what the table is about, and why");
    print_subject(out, explained, &subject->scores[0], MOST_REASONS);
    if (subject->n_scores > 1) {
        fprintf(out, " %s\n", zh ? "其次" : "next to it");
        print_subject(out, explained, &subject->scores[1], MOST_OTHER_REASONS);
    }
    if (subject->other_leaf[0] != '\0' &&
        strcmp(subject->other_leaf, explained->column->finding.leaf) != 0) {
        fprintf(out,
                zh ? "  假如表主题是 %s，则为 %s %s\n"
                   : "  were the table about %s, it would be %s %s\n",
                subject->other_subject, subject->other_leaf,
                leaf_name(explained, subject->other_leaf));
    }
}

/* ---- candidates, sample ---- */

static void print_candidates(FILE *out, const struct explained *explained, const struct words *w)
{
    const struct dc_finding *finding = &explained->column->finding;
    bool zh = explained->lang == DC_LANG_ZH;

    for (size_t i = 0; i < finding->n_important; i++) {
        const struct dc_candidate_text *rule = explained->reader->class_->candidate(
            explained->reader, finding->important[i]);

        fprintf(out, "\n%s %s", w->important, finding->important[i]);
        if (rule != NULL) {
            fprintf(out, " %s\n  %s: %s%s\n  %s: %s", zh ? rule->name_zh : rule->name_en, w->basis,
                    rule->basis, rule->verify ? w->verify : "", w->check,
                    zh ? rule->check_zh : rule->check_en);
        }
        fputc('\n', out);
    }
}

static void print_sample(FILE *out, const struct explained *explained, const struct words *w)
{
    const struct dc_profile *profile = &explained->column->profile;

    if (profile->rows <= 0) {
        return;
    }
    fprintf(out, "\n%s\n  ", w->sample);
    fprintf(out, "%s %lld, %s %lld, %s %lld%s\n  %s %.2g %%", w->rows, (long long)profile->rows,
            w->nulls, (long long)profile->nulls, w->distinct, (long long)profile->distinct,
            profile->distinct_capped ? "+" : "", w->none_seen,
            100.0 * dc_share_upper_95(dc_profile_filled(profile)));
    fputc('\n', out);
    for (size_t i = 0; i < DC_MAX_EXAMPLES && profile->examples[i][0] != '\0'; i++) {
        fprintf(out, "  %s%s", i == 0 ? w->examples : "", i == 0 ? ": " : "");
        fprintf(out, "%s\n", profile->examples[i]);
    }
}

void explain_print(FILE *out, const struct explained *explained)
{
    const struct words *w = &words[explained->lang];

    print_column(out, explained, w);
    print_verdict(out, explained, w);
    if (explained->column->finding.status == DC_COLUMN_OK) {
        print_evidence(out, explained, w);
        print_changes(out, explained, w);
        print_subjects(out, explained);
    }
    print_candidates(out, explained, w);
    print_sample(out, explained, w);
}
