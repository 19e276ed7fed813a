/* What can be said of the definitions only when all files are read. */
#include <string.h>

#include "dcscan/compare.h"
#include "dcscan/text.h"
#include "definition.h"

#define MAX_NAME_UNITS 31

/* Groups of words with the codes that the program looks up. Other groups and codes may be added freely. */
struct needed_words {
    const char *group;
    const char *const *codes; /* ended by NULL */
};

static const char *const LEVEL_CODES[] = {"0", "1", "2", "3", "4", "important", "core", NULL};
static const char *const YES_NO_CODES[] = {"yes", "no", NULL};
static const char *const PI_CODES[] = {"none", "personal", "sensitive", NULL};
static const char *const STATUS_CODES[] = {"ok", "unreadable", "skipped", NULL};
static const char *const SOURCE_STATE_CODES[] = {"ok", "partial", "unreachable", NULL};
static const char *const READ_ONLY_CODES[] = {"session", "connection", "none", NULL};
static const char *const METHOD_CODES[] = {"none",        "whole", "tablesample", "random_keys",
                                           "random_rows", "head",  NULL};
static const char *const EVIDENCE_CODES[] = {"checksum",  "comment",  "name", "table",      "value",
                                             "neighbour", "relation", "type", "statistics", "level",
                                             "review",    "counted",  NULL};
static const char *const TABLE_KIND_CODES[] = {"base", "view", "foreign", "other", NULL};
static const char *const DECIDER_CODES[] = {"machine", "person", NULL};
static const char *const CHANGE_CODES[] = {"same", "up", "down", NULL};
static const char *const OBJECT_CODES[] = {"source", "table", "column", NULL};
static const char *const COMPLETE_CODES[] = {"yes", "no", NULL};
static const char *const DUTY_CODES[] = {"met", "maybe", "stricter", "below", NULL};
static const char *const RULES_CODES[] = {"same", "changed", NULL};
static const char *const PHRASE_CODES[] = {"proof_whole",   "proof_empty",
                                           "proof_random",  "proof_head",
                                           "proof_none",    "proof_cut",
                                           "column_proof",  "evidence_counts",
                                           "evidence_more", "review_no_evidence",
                                           "review_low",    "source_tables",
                                           "source_system", "source_plant",
                                           "source_login",  "separator",
                                           "not_compared",  "no_earlier_run",
                                           "unknown_class", "verify",
                                           "in_force",      "choose",
                                           "choose_note",   "reason_first",
                                           "reason_note",   "not_given",
                                           "all",           "part",
                                           "part_of",       NULL};

static const struct needed_words NEEDED[] = {
    {"level", LEVEL_CODES},
    {"yes_no", YES_NO_CODES},
    {"pi", PI_CODES},
    {"status", STATUS_CODES},
    {"source_state", SOURCE_STATE_CODES},
    {"read_only", READ_ONLY_CODES},
    {"sample_method", METHOD_CODES},
    {"evidence", EVIDENCE_CODES},
    {"table_kind", TABLE_KIND_CODES},
    {"decider", DECIDER_CODES},
    {"level_change", CHANGE_CODES},
    {"object", OBJECT_CODES},
    {"complete", COMPLETE_CODES},
    {"duty_state", DUTY_CODES},
    {"rules_between", RULES_CODES},
    {"phrase", PHRASE_CODES},
};

static bool has_word(const struct dc_report_definition *definition, const char *group,
                     const char *code)
{
    size_t n_words;
    const struct report_word *words = report_words(definition, group, &n_words);

    for (size_t i = 0; i < n_words; i++) {
        if (strcmp(words[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

static void need_word(struct report_loading *loading, const char *folder, const char *group,
                      const char *code)
{
    if (!has_word(loading->definition, group, code)) {
        dc_complain(loading->all, NULL, "%s: the word of \"%s\" in \"%s\" is missing", folder, code,
                    group);
    }
}

static void check_words(struct report_loading *loading, const char *folder)
{
    for (size_t i = 0; i < sizeof NEEDED / sizeof NEEDED[0]; i++) {
        for (size_t j = 0; NEEDED[i].codes[j] != NULL; j++) {
            need_word(loading, folder, NEEDED[i].group, NEEDED[i].codes[j]);
        }
    }
    for (enum dc_change_kind kind = 0; kind < DC_N_CHANGE_KINDS; kind++) {
        need_word(loading, folder, "change", dc_change_kind_name(kind));
        if (dc_change_is_trigger(kind)) {
            need_word(loading, folder, "change_basis", dc_change_kind_name(kind));
        }
    }
}

/* Names that Excel takes: at most 31 UTF-16 units, none of []:*?/\, no apostrophe at either end. */
static const char *name_problem(const char *name)
{
    size_t size = strlen(name), units = 0;

    for (size_t i = 0; i < size;) {
        uint32_t code;

        i += dc_utf8_next(name + i, size - i, &code);
        units += code > 0xFFFF ? 2 : 1;
    }
    if (units == 0 || units > MAX_NAME_UNITS) {
        return "has to be 1 to 31 characters long";
    }
    if (strpbrk(name, "[]:*?/\\'\"") != NULL) {
        return "has a character that sheet names cannot have";
    }
    /* "name (2)" is how a sheet goes on. */
    return name[size - 1] == ')' ? "ends like the name of a sheet that goes on" : NULL;
}

static void check_sheet_names(struct report_loading *loading, const char *folder)
{
    const struct dc_report_definition *definition = loading->definition;

    for (size_t i = 0; i < definition->n_sheets; i++) {
        for (int lang = 0; lang < N_LANGS; lang++) {
            const char *name = definition->sheets[i].title.in[lang];
            const char *problem = name_problem(name);

            for (size_t j = 0; j < i && problem == NULL; j++) {
                if (dc_text_equal_nocase(name, definition->sheets[j].title.in[lang])) {
                    problem = "is used twice";
                }
            }
            if (problem != NULL) {
                dc_complain(loading->all, NULL, "%s: the name \"%s\" of sheet \"%s\" %s", folder,
                            name, definition->sheets[i].id, problem);
            }
        }
    }
}

static void check_columns(struct report_loading *loading, const char *folder,
                          const struct report_table_def *table)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        const char *choices = table->columns[i].choices;
        size_t n_words;

        if (choices != NULL && report_words(loading->definition, choices, &n_words) == NULL &&
            !report_has_list(loading->definition, choices)) {
            dc_complain(loading->all, NULL,
                        "%s: there are no words \"%s\" to choose from in table \"%s\"", folder,
                        choices, table->id);
        }
    }
}

/* Table ids are what one-table formats and the way back from the workbook go by. */
static void check_table(struct report_loading *loading, const char *folder,
                        const struct report_table_def *table)
{
    const struct report_sheet_def *sheet;

    if (table->id == NULL) { /* it could not be read, which was complained about */
        return;
    }
    check_columns(loading, folder, table);
    if (table->words != NULL &&
        report_words(loading->definition, table->words, &(size_t){0}) == NULL) {
        dc_complain(loading->all, NULL,
                    "%s: there are no words \"%s\" for the rows of table \"%s\"", folder,
                    table->words, table->id);
    }
    if (report_find_table(loading->definition, table->id, &sheet) != table) {
        dc_complain(loading->all, NULL, "%s: table \"%s\" is defined twice", folder, table->id);
    }
}

static void check_tables(struct report_loading *loading, const char *folder)
{
    const struct dc_report_definition *definition = loading->definition;

    for (size_t i = 0; i < definition->n_sheets; i++) {
        for (size_t j = 0; j < definition->sheets[i].n_tables; j++) {
            check_table(loading, folder, &definition->sheets[i].tables[j]);
        }
    }
}

void report_check(struct report_loading *loading, const char *folder)
{
    if (!loading->definition->has_settings) {
        dc_complain(loading->all, NULL, "%s: no file has \"report\"", folder);
    }
    if (loading->definition->n_sheets == 0) {
        dc_complain(loading->all, NULL, "%s: no file has \"sheet\"", folder);
    }
    check_words(loading, folder);
    check_sheet_names(loading, folder);
    check_tables(loading, folder);
}
