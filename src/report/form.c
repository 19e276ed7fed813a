/* What people fill in, as those need it who read it back. */
#include <string.h>

#include "definition.h"
#include "dcscan/text.h"

#define KEY "key" /* of the column by which rows are told apart */

static bool is_form(const struct report_table_def *table)
{
    bool key = false, fill = false;

    for (size_t i = 0; i < table->n_columns; i++) {
        key |= table->columns[i].exact && strcmp(table->columns[i].key, KEY) == 0;
        fill |= table->columns[i].fill;
    }
    return key && fill;
}

static struct dc_report_form form_of(const struct report_table_def *table, struct dc_arena *arena)
{
    struct dc_report_form_column *columns = dc_arena_alloc(arena,
                                                           table->n_columns * sizeof *columns);

    for (size_t i = 0; i < table->n_columns; i++) {
        columns[i].key = table->columns[i].key;
        columns[i].titles[DC_LANG_ZH] = table->columns[i].title.in[DC_LANG_ZH];
        columns[i].titles[DC_LANG_EN] = table->columns[i].title.in[DC_LANG_EN];
    }
    return (struct dc_report_form){table->id, columns, table->n_columns};
}

const struct dc_report_form *dc_report_forms(const struct dc_report_definition *definition,
                                             struct dc_arena *arena, size_t *n)
{
    struct dc_report_form *forms;
    size_t n_tables = 0;

    for (size_t i = 0; i < definition->n_sheets; i++) {
        n_tables += definition->sheets[i].n_tables;
    }
    forms = dc_arena_alloc(arena, (n_tables + 1) * sizeof *forms);
    *n = 0;
    for (size_t i = 0; i < definition->n_sheets; i++) {
        for (size_t j = 0; j < definition->sheets[i].n_tables; j++) {
            if (is_form(&definition->sheets[i].tables[j])) {
                forms[(*n)++] = form_of(&definition->sheets[i].tables[j], arena);
            }
        }
    }
    return forms;
}

const char *dc_report_word_code(const struct dc_report_definition *definition, const char *group,
                                const char *text)
{
    struct dc_arena *arena = dc_arena_create(1024);
    const char *wanted = dc_text_fold(arena, text), *code = NULL;
    size_t n_words;
    const struct report_word *words = report_words(definition, group, &n_words);

    for (size_t i = 0; i < n_words && code == NULL; i++) {
        if (strcmp(dc_text_fold(arena, words[i].text.in[DC_LANG_ZH]), wanted) == 0 ||
            strcmp(dc_text_fold(arena, words[i].text.in[DC_LANG_EN]), wanted) == 0) {
            code = words[i].code;
        }
    }
    dc_arena_destroy(arena);
    return code;
}
