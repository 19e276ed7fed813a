#include "summary.h"

#include <string.h>

#include "dcscan/text.h"

struct words {
    const char *sources, *tables, *columns, *rows, *levels[5], *personal, *important, *review;
    const char *unread, *failed, *of, *sensitive;
};

static const struct words words[] = {
    [DC_LANG_ZH] = {"数据源",
                    "数据表",
                    "字段",
                    "抽样行数",
                    {"待定", "一般1级", "一般2级", "一般3级", "一般4级"},
                    "个人信息",
                    "疑似重要数据",
                    "待复核",
                    "未读取",
                    "未打开",
                    "其中",
                    "敏感"},
    [DC_LANG_EN] = {"sources",
                    "tables",
                    "columns",
                    "rows sampled",
                    {"undecided", "general 1", "general 2", "general 3", "general 4"},
                    "personal information",
                    "important-data candidates",
                    "to review",
                    "not read",
                    "not opened",
                    "of them",
                    "sensitive"},
};

/* Colours of the levels, as in the workbook: the higher the warmer. */
static const char *const level_colors[] = {"\033[2m", "\033[32m", "\033[36m", "\033[33m",
                                           "\033[31m"};

enum { LABEL_WIDTH = 26, BAR_WIDTH = 30 };

static void print_label(FILE *out, const char *label)
{
    size_t width = dc_utf8_width(label);

    fprintf(out, "  %s%*s", label, width < LABEL_WIDTH ? (int)(LABEL_WIDTH - width) : 1, "");
}

static void print_count(FILE *out, const char *label, int64_t count, int64_t part,
                        const char *part_label)
{
    print_label(out, label);
    fprintf(out, "%9lld", (long long)count);
    if (part > 0) {
        fprintf(out, "   (%s %lld)", part_label, (long long)part);
    }
    fputc('\n', out);
}

static void print_levels(FILE *out, const struct dc_report_summary *summary, const struct words *w,
                         bool color)
{
    int64_t total = summary->n_columns > 0 ? summary->n_columns : 1;

    for (int level = 4; level >= 0; level--) {
        int bar = (int)((summary->by_level[level] * BAR_WIDTH + total - 1) / total);

        if (level == 0 && summary->by_level[0] == 0) {
            continue;
        }
        print_label(out, w->levels[level]);
        fprintf(out, "%9lld  %s", (long long)summary->by_level[level],
                color ? level_colors[level] : "");
        for (int i = 0; i < bar; i++) {
            fputs("█", out);
        }
        fprintf(out, "%s\n", color ? "\033[0m" : "");
    }
}

void summary_print(FILE *out, const struct dc_report_summary *summary, enum dc_lang lang,
                   bool color)
{
    const struct words *w = &words[lang];

    print_count(out, w->sources, summary->n_sources, summary->n_sources_failed, w->failed);
    print_count(out, w->tables, summary->n_tables, summary->n_tables_unread, w->unread);
    print_count(out, w->columns, summary->n_columns, summary->n_columns_unread, w->unread);
    print_count(out, w->rows, summary->rows_read, 0, "");
    print_levels(out, summary, w, color);
    print_count(out, w->personal, summary->n_personal + summary->n_sensitive, summary->n_sensitive,
                w->sensitive);
    print_count(out, w->important, summary->n_important, 0, "");
    print_count(out, w->review, summary->n_review, 0, "");
}

/* ---- roll-up ---- */

enum { MOST_SOURCES = 10, LEVEL_WIDTH = 12 };

static void print_rolled(FILE *out, const struct dc_rollup_entry *entry, enum dc_lang lang,
                         struct dc_arena *arena)
{
    static const char *const levels[2][DC_N_FINAL_LEVELS] = {
        [DC_LANG_ZH] = {"", "一般1级", "一般2级", "一般3级", "一般4级", "重要数据", "核心数据"},
        [DC_LANG_EN] = {"", "general 1", "general 2", "general 3", "general 4", "important",
                        "core"}};
    const char *decider = dc_rollup_decider(entry, arena), *level = levels[lang][entry->level];
    size_t width = dc_utf8_width(level);

    print_label(out, dc_text_sanitize(arena, entry->source, strlen(entry->source), NULL));
    fprintf(out, "%s%*s%s\n", level, width < LEVEL_WIDTH ? (int)(LEVEL_WIDTH - width) : 1, "",
            dc_text_sanitize(arena, decider, strlen(decider), NULL));
}

void summary_print_rollup(FILE *out, const struct dc_rollup *rollup, enum dc_lang lang)
{
    struct dc_arena *arena = dc_arena_create(0);
    size_t n = 0;

    for (enum dc_final_level level = DC_FINAL_CORE; level > DC_FINAL_NONE; level--) {
        for (size_t i = 0; i < rollup->n_sources; i++) {
            if (rollup->sources[i].level != level || n++ >= MOST_SOURCES) {
                continue;
            }
            if (n == 1) {
                fprintf(out, "  %s\n",
                        lang == DC_LANG_ZH ? "各数据源的最高级别及其决定字段（就高从严）"
                                           : "highest level of each source, and what decides it");
            }
            print_rolled(out, &rollup->sources[i], lang, arena);
        }
    }
    if (n > MOST_SOURCES) {
        fprintf(out,
                lang == DC_LANG_ZH ? "  另有 %zu 个数据源，见报表\n"
                                   : "  and %zu more, see a report\n",
                n - MOST_SOURCES);
    }
    dc_arena_destroy(arena);
}

void summary_print_persons(FILE *out, const struct dc_person_note *notes, size_t n_notes,
                           enum dc_lang lang)
{
    for (size_t i = 0; i < n_notes; i++) {
        const struct dc_person_note *note = &notes[i];

        print_label(out, lang == DC_LANG_ZH ? "人数" : "persons");
        if (note->persons.low < note->persons.high) {
            fprintf(out, "%9lld–%lld", (long long)note->persons.low, (long long)note->persons.high);
        } else {
            fprintf(out, "%9lld", (long long)note->persons.high);
        }
        fprintf(out, "   %s\n", lang == DC_LANG_ZH ? note->article_zh : note->article_en);
    }
}
