/* Changes for people: the runs compared, then table by table, then what asks for grading again. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "changes.h"
#include "column_path.h"
#include "dcscan/text.h"

struct words {
    const char *compared, *with, *of, *none, *only_older, *rules, *nothing, *regrade, *rows;
};

static const struct words words[] = {
    [DC_LANG_ZH] = {.compared = "扫描",
                    .with = "对比扫描",
                    .of = "开始于",
                    .none = "没有更早的扫描可比",
                    .only_older = "较新的扫描中没有或无法列出",
                    .rules = "注意：两次扫描所用规则不同，类别与级别的变化可能源于规则本身",
                    .nothing = "没有变化",
                    .regrade = "需要重新定级",
                    .rows = "行"},
    [DC_LANG_EN] =
        {.compared = "run",
         .with = "against run",
         .of = "of",
         .none = "no earlier run to compare with",
         .only_older = "not in the newer run, or could not be listed",
         .rules = "note: the runs decided by different rules; changes of category and level may "
                  "come from that alone",
         .nothing = "no changes",
         .regrade = "asks for grading again",
         .rows = "rows"},
};

enum { KIND_WIDTH = 32, COUNT_WIDTH = 6 };

static const char *fit(const struct told_changes *told, const char *text)
{
    return dc_text_sanitize(told->arena, text, strlen(text), NULL);
}

/* Width 0: the text alone. */
static void print_padded(FILE *out, const char *text, size_t width)
{
    size_t used = dc_utf8_width(text);

    fprintf(out, "%s%*s", text, used < width ? (int)(width - used) : width > 0, "");
}

/* ---- what was compared ---- */

/* Sources that go with the same earlier run share a line. */
static void print_sources(FILE *out, const struct told_changes *told, const struct words *w)
{
    const struct dc_changes *changes = told->changes;

    for (size_t i = 0; i < changes->n_sources; i++) {
        const struct dc_compared_source *source = &changes->sources[i];
        char since[DC_TIME_TEXT_SIZE];
        size_t before = 0;

        while (before < i && (changes->sources[before].older_run != source->older_run ||
                              changes->sources[before].newer_run != source->newer_run)) {
            before++;
        }
        if (before < i) {
            continue;
        }
        dc_time_local_text(source->older_started_at, since);
        if (source->newer_run == 0) {
            fprintf(out, "%s", w->only_older);
        } else if (source->older_run == 0) {
            fprintf(out, "%s", w->none);
        } else {
            fprintf(out, "%s %" PRId64 " %s %" PRId64 " (%s %s)", w->compared, source->newer_run,
                    w->with, source->older_run, w->of, since);
        }
        for (size_t j = i; j < changes->n_sources; j++) {
            if (changes->sources[j].older_run == source->older_run &&
                changes->sources[j].newer_run == source->newer_run) {
                fprintf(out, "%s %s", j == i ? ":" : ",", fit(told, changes->sources[j].name));
            }
        }
        fputc('\n', out);
    }
    if (changes->rules_changed) {
        fprintf(out, "%s\n", w->rules);
    }
}

/* ---- a change ---- */

static const char *word(const struct told_changes *told, const char *group, const char *code)
{
    return dc_report_word(told->definition, told->lang, group, code);
}

static const char *level_word(const struct told_changes *told, int level)
{
    return word(told, "level", dc_arena_printf(told->arena, "%d", level));
}

/* The verdict on something new: category, level, personal information. */
static void print_verdict(FILE *out, const struct told_changes *told,
                          const struct dc_change *change)
{
    bool first = true;

    if (change->leaf[0] != '\0') {
        fprintf(out, "%s", fit(told, change->leaf));
        first = false;
    }
    if (change->level > 0) {
        fprintf(out, "%s%s", first ? "" : ", ", level_word(told, change->level));
        first = false;
    }
    if (change->pi != DC_PI_NONE) {
        fprintf(out, "%s%s", first ? "" : ", ", word(told, "pi", dc_pi_name(change->pi)));
    }
}

static void print_volume(FILE *out, const struct dc_change *change, const struct words *w)
{
    double before = strtod(change->before, NULL), after = strtod(change->after, NULL);

    fprintf(out, "%s → %s %s", change->before, change->after, w->rows);
    if (before > 0) {
        fprintf(out, " (%+.0f %%)", (after - before) / before * 100);
    }
}

static void print_detail(FILE *out, const struct told_changes *told, const struct dc_change *change,
                         const struct words *w)
{
    switch (change->kind) {
    case DC_CHANGE_TABLE_NEW:
        print_verdict(out, told, change);
        break;
    case DC_CHANGE_COLUMN_NEW:
        fprintf(out, "%s%s", fit(told, change->after), change->leaf[0] != '\0' ? "; " : "");
        print_verdict(out, told, change);
        break;
    case DC_CHANGE_VOLUME:
        print_volume(out, change, w);
        break;
    case DC_CHANGE_LEVEL_UP:
    case DC_CHANGE_LEVEL_DOWN:
        fprintf(out, "%s → %s", word(told, "level", change->before),
                word(told, "level", change->after));
        break;
    case DC_CHANGE_PERSONAL:
        fprintf(out, "%s → %s", word(told, "pi", change->before), word(told, "pi", change->after));
        break;
    case DC_CHANGE_IMPORTANT_NEW:
    case DC_CHANGE_IMPORTANT_GONE:
    case DC_CHANGE_COLUMN_GONE:
        fprintf(out, "%s%s", fit(told, change->before), fit(told, change->after));
        break;
    default:
        if (change->before[0] != '\0' || change->after[0] != '\0') {
            fprintf(out, "%s → %s", change->before[0] == '\0' ? "∅" : fit(told, change->before),
                    change->after[0] == '\0' ? "∅" : fit(told, change->after));
        }
        break;
    }
}

static const char *table_name(const struct told_changes *told, const struct dc_change *change)
{
    struct dc_inventory_table table = {
        .source = change->source, .schema = change->schema, .name = change->table};

    return fit(told, table_path_name(told->arena, &table));
}

static bool is_same_table(const struct dc_change *a, const struct dc_change *b)
{
    return strcmp(a->table, b->table) == 0 && strcmp(a->schema, b->schema) == 0 &&
           strcmp(a->catalog, b->catalog) == 0 && strcmp(a->source, b->source) == 0;
}

static bool says_more(const struct dc_change *change)
{
    return change->column[0] != '\0' || change->before[0] != '\0' || change->after[0] != '\0' ||
           (change->kind == DC_CHANGE_TABLE_NEW && change->leaf[0] != '\0');
}

static void print_change(FILE *out, const struct told_changes *told, const struct dc_change *change,
                         const struct words *w)
{
    bool trigger = dc_change_is_trigger(change->kind);

    fprintf(out, "  %s%s%s ", trigger && told->color ? "\033[33m" : "", trigger ? "!" : " ",
            trigger && told->color ? "\033[0m" : "");
    print_padded(out, word(told, "change", dc_change_kind_name(change->kind)),
                 says_more(change) ? KIND_WIDTH : 0);
    if (change->column[0] != '\0') {
        print_padded(out, fit(told, change->column), KIND_WIDTH);
    }
    print_detail(out, told, change, w);
    fputc('\n', out);
}

/* ---- counts ---- */

static void print_triggers(FILE *out, const struct told_changes *told, const struct words *w)
{
    const struct dc_changes *changes = told->changes;
    size_t n = dc_changes_triggers(changes);

    if (n == 0) {
        return;
    }
    fprintf(out, "%s%s%s (%zu)\n", told->color ? "\033[33m" : "", w->regrade,
            told->color ? "\033[0m" : "", n);
    for (enum dc_change_kind kind = 0; kind < DC_N_CHANGE_KINDS; kind++) {
        if (changes->counts[kind] > 0 && dc_change_is_trigger(kind)) {
            fprintf(out, "%*zu  ", COUNT_WIDTH, changes->counts[kind]);
            print_padded(out, word(told, "change", dc_change_kind_name(kind)), KIND_WIDTH);
            fprintf(out, "%s\n", word(told, "change_basis", dc_change_kind_name(kind)));
        }
    }
}

static void print_counts(FILE *out, const struct told_changes *told, const struct words *w)
{
    const struct dc_changes *changes = told->changes;

    for (enum dc_change_kind kind = 0; kind < DC_N_CHANGE_KINDS; kind++) {
        if (changes->counts[kind] > 0 && !dc_change_is_trigger(kind)) {
            fprintf(out, "%*zu  %s\n", COUNT_WIDTH, changes->counts[kind],
                    word(told, "change", dc_change_kind_name(kind)));
        }
    }
    print_triggers(out, told, w);
}

/* ---- all of it ---- */

void changes_print(FILE *out, const struct told_changes *told)
{
    const struct dc_changes *changes = told->changes;
    const struct words *w = &words[told->lang];

    print_sources(out, told, w);
    if (changes->n_items == 0) {
        fprintf(out, "%s\n", w->nothing);
        return;
    }
    for (size_t i = 0; i < changes->n_items; i++) {
        const struct dc_change *change = &changes->items[i];

        if (i == 0 || !is_same_table(change, &changes->items[i - 1])) {
            fprintf(out, "\n%s%s%s\n", told->color ? "\033[1m" : "", table_name(told, change),
                    told->color ? "\033[0m" : "");
        }
        print_change(out, told, change, w);
    }
    fputc('\n', out);
    print_counts(out, told, w);
}

void changes_print_summary(FILE *out, const struct told_changes *told)
{
    const struct dc_changes *changes = told->changes;
    const struct words *w = &words[told->lang];
    bool compared = false;

    for (size_t i = 0; i < changes->n_sources; i++) {
        compared = compared || changes->sources[i].older_run != 0;
    }
    if (!compared) {
        return;
    }
    print_sources(out, told, w);
    if (changes->n_items == 0) {
        fprintf(out, "%s\n", w->nothing);
    }
    print_counts(out, told, w);
}
