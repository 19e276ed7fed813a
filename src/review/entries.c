/* Rows that people filled, from all sheets that have a header with the key. Where they stand does not matter. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "dcscan/workbook.h"
#include "review_internal.h"

#define MAX_REASON   8000 /* bytes */
#define MAX_REVIEWER 400
#define MAX_LINE     1024

/* What is read of a row. */
enum part { PART_KEY, PART_LEVEL, PART_LEAF, PART_REASON, PART_REVIEWER, N_PARTS };

static const char *const part_keys[N_PARTS] = {
    [PART_KEY] = "key",
    [PART_LEVEL] = "final_level",
    [PART_LEAF] = "final_category",
    [PART_REASON] = "review_note",
    [PART_REVIEWER] = "reviewer",
};

struct sheet_reading {
    struct import *import;
    const char *name;
    const struct dc_report_form *forms;
    size_t n_forms;
    bool has_header;
    bool has[N_PARTS];
    uint32_t columns[N_PARTS];
};

void review_complain(struct import *import, enum dc_review_problem_kind kind,
                     const struct entry *entry, const char *format, ...)
{
    struct dc_review_result *result = import->result;
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_LINE);
    va_list args;

    va_start(args, format);
    dc_strbuf_vprintf(&text, format, args);
    va_end(args);
    result->problems = dc_array_grow(result->problems, result->n_problems,
                                     &result->problems_capacity, sizeof *result->problems);
    result->problems[result->n_problems++] = (struct dc_review_problem){
        .kind = kind,
        .where = entry->where,
        .object = entry->decision.table == NULL
                      ? ""
                      : dc_decision_object(import->arena, &entry->decision),
        .text = dc_arena_strdup(import->arena, dc_strbuf_text(&text))};
    dc_strbuf_done(&text);
}

/* ---- the header ---- */

static const char *trimmed(struct dc_arena *arena, const char *text)
{
    size_t size;

    text += strspn(text, " \t\r\n");
    size = strlen(text);
    while (size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL) {
        size--;
    }
    return dc_arena_strndup(arena, text, size);
}

static const struct dc_workbook_cell *find_title(const struct dc_workbook_row *row,
                                                 const struct dc_report_form_column *column,
                                                 struct dc_arena *arena)
{
    for (size_t i = 0; i < row->n_cells; i++) {
        const char *text = row->cells[i].text;

        /* Long texts are no titles. */
        if (row->cells[i].kind == DC_WORKBOOK_TEXT && strlen(text) < MAX_LINE) {
            text = trimmed(arena, text);
            if (dc_text_equal_nocase(text, column->titles[DC_LANG_ZH]) ||
                dc_text_equal_nocase(text, column->titles[DC_LANG_EN])) {
                return &row->cells[i];
            }
        }
    }
    return NULL;
}

static const struct dc_report_form_column *form_column(const struct dc_report_form *form,
                                                       const char *key)
{
    for (size_t i = 0; i < form->n_columns; i++) {
        if (strcmp(form->columns[i].key, key) == 0) {
            return &form->columns[i];
        }
    }
    return NULL;
}

/* How many titles of a form stand in the row; 0 without that of the key. */
static size_t count_titles(const struct dc_report_form *form, const struct dc_workbook_row *row,
                           struct dc_arena *arena)
{
    size_t n = 0;

    if (find_title(row, form_column(form, part_keys[PART_KEY]), arena) == NULL) {
        return 0;
    }
    for (size_t i = 0; i < form->n_columns; i++) {
        n += find_title(row, &form->columns[i], arena) != NULL;
    }
    return n;
}

/* The form whose header the row is: the one most titles of which stand there. */
static const struct dc_report_form *form_of_header(const struct sheet_reading *reading,
                                                   const struct dc_workbook_row *row,
                                                   struct dc_arena *arena)
{
    const struct dc_report_form *best = NULL;
    size_t most = 1;

    for (size_t i = 0; i < reading->n_forms; i++) {
        size_t n = count_titles(&reading->forms[i], row, arena);

        if (n > most) {
            most = n;
            best = &reading->forms[i];
        }
    }
    return best;
}

static bool take_header(struct sheet_reading *reading, const struct dc_workbook_row *row)
{
    struct dc_arena *arena = dc_arena_create(0);
    const struct dc_report_form *form = form_of_header(reading, row, arena);
    struct sheet_reading found = *reading;
    size_t n = 0;

    for (int part = 0; form != NULL && part < N_PARTS; part++) {
        const struct dc_report_form_column *column = form_column(form, part_keys[part]);
        const struct dc_workbook_cell *cell = column == NULL ? NULL
                                                             : find_title(row, column, arena);

        found.has[part] = cell != NULL;
        found.columns[part] = cell == NULL ? 0 : cell->column;
        n += cell != NULL;
    }
    dc_arena_destroy(arena);
    if (n < 2) { /* the key alone decides nothing */
        return false;
    }
    *reading = found;
    reading->has_header = true;
    return true;
}

/* Whether a cell could be the key's title: all that is asked of most rows. */
static bool may_be_header(const struct sheet_reading *reading, const struct dc_workbook_row *row)
{
    for (size_t i = 0; i < row->n_cells; i++) {
        const char *text = row->cells[i].text;
        size_t start = strspn(text, " \t\r\n");

        for (size_t j = 0; row->cells[i].kind == DC_WORKBOOK_TEXT && j < reading->n_forms; j++) {
            const struct dc_report_form_column *key = form_column(&reading->forms[j],
                                                                  part_keys[PART_KEY]);

            for (int lang = 0; lang < 2; lang++) {
                size_t size = strlen(key->titles[lang]);

                if (strncasecmp(text + start, key->titles[lang], size) == 0 &&
                    text[start + size + strspn(text + start + size, " \t\r\n")] == '\0') {
                    return true;
                }
            }
        }
    }
    return false;
}

/* ---- keys ---- */

static int hex_value(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                                          : -1;
}

/* One part of a key, %XX put back; NULL when it is no part of a key. */
static const char *decode_part(struct dc_arena *arena, const char *text, size_t size)
{
    char *part = dc_arena_alloc(arena, size + 1), *out = part;

    for (size_t i = 0; i < size; i++) {
        if (text[i] == '%') {
            int high = i + 2 < size ? hex_value(text[i + 1]) : -1;
            int low = i + 2 < size ? hex_value(text[i + 2]) : -1;

            if (high < 0 || low < 0 || high + low == 0) {
                return NULL;
            }
            *out++ = (char)(high * 16 + low);
            i += 2;
        } else {
            *out++ = text[i];
        }
    }
    return part;
}

/* "source/catalog/schema/table/column" or, of a table, without the last. */
static bool parse_key(struct dc_arena *arena, const char *text, struct dc_decision *out)
{
    const char **parts[] = {&out->source, &out->catalog, &out->schema, &out->table, &out->column};
    const char *values[5] = {NULL, NULL, NULL, NULL, ""};
    size_t n = 0;

    for (const char *at = text;; at++) {
        size_t size = strcspn(at, "/");

        if (n == 5 || (values[n] = decode_part(arena, at, size)) == NULL) {
            return false;
        }
        n++;
        at += size;
        if (*at == '\0') {
            break;
        }
    }
    if (n < 4 || values[0][0] == '\0' || values[3][0] == '\0' || (n == 5 && values[4][0] == '\0')) {
        return false;
    }
    for (size_t i = 0; i < 5; i++) {
        *parts[i] = values[i];
    }
    return true;
}

/* ---- rows ---- */

static const struct dc_workbook_cell *cell_of(const struct sheet_reading *reading,
                                              const struct dc_workbook_row *row, enum part part)
{
    for (size_t i = 0; reading->has[part] && i < row->n_cells; i++) {
        if (row->cells[i].column == reading->columns[part]) {
            return &row->cells[i];
        }
    }
    return NULL;
}

static const char *clean(struct dc_arena *arena, const char *text)
{
    return trimmed(arena, dc_text_sanitize(arena, text, strlen(text), NULL));
}

/* Truth values and errors of formulas are no words that a person filled in. */
static bool check_kinds(struct sheet_reading *reading, const struct dc_workbook_row *row,
                        const struct entry *entry)
{
    for (enum part part = 0; part < N_PARTS; part++) {
        const struct dc_workbook_cell *cell = cell_of(reading, row, part);

        if (cell != NULL && (cell->kind == DC_WORKBOOK_ERROR || cell->kind == DC_WORKBOOK_BOOLEAN ||
                             (part == PART_KEY && cell->kind != DC_WORKBOOK_TEXT))) {
            review_complain(reading->import, DC_REVIEW_INVALID, entry,
                            "its cell of \"%s\" holds no text", part_keys[part]);
            return false;
        }
    }
    return true;
}

static bool check_sizes(struct sheet_reading *reading, const struct entry *entry)
{
    if (strlen(entry->reason) > MAX_REASON || strlen(entry->reviewer) > MAX_REVIEWER) {
        review_complain(reading->import, DC_REVIEW_INVALID, entry,
                        "its reason or reviewer is too long: at most %d and %d bytes", MAX_REASON,
                        MAX_REVIEWER);
        return false;
    }
    return true;
}

static void take_entry(struct sheet_reading *reading, const struct dc_workbook_row *row,
                       const char *const *texts)
{
    struct import *import = reading->import;
    struct entry entry = {.where = dc_arena_printf(import->arena, "sheet \"%s\", row %lld",
                                                   reading->name, (long long)row->number),
                          .level_text = texts[PART_LEVEL],
                          .leaf_text = texts[PART_LEAF],
                          .reason = texts[PART_REASON],
                          .reviewer = texts[PART_REVIEWER]};

    if (!check_kinds(reading, row, &entry) || !check_sizes(reading, &entry)) {
        return;
    }
    if (!parse_key(import->arena, texts[PART_KEY], &entry.decision)) {
        entry.decision = (struct dc_decision){0};
        review_complain(import, DC_REVIEW_INVALID, &entry,
                        texts[PART_KEY][0] == '\0' ? "it has no key" : "its key is none of dcscan");
        return;
    }
    import->entries = dc_array_grow(import->entries, import->n_entries, &import->entries_capacity,
                                    sizeof *import->entries);
    import->entries[import->n_entries++] = entry;
}

static enum dc_status take_row(void *user, const struct dc_workbook_row *row, struct dc_err *err)
{
    struct sheet_reading *reading = user;
    const char *texts[N_PARTS];
    bool filled = false;

    (void)err;
    if ((may_be_header(reading, row) && take_header(reading, row)) || !reading->has_header) {
        return DC_OK;
    }
    reading->import->result->n_rows += cell_of(reading, row, PART_KEY) != NULL;
    for (enum part part = 0; part < N_PARTS; part++) {
        const struct dc_workbook_cell *cell = cell_of(reading, row, part);

        texts[part] = cell == NULL ? "" : cell->text;
        filled |= part != PART_KEY && texts[part][strspn(texts[part], " \t\r\n")] != '\0';
    }
    if (filled) {
        for (enum part part = 0; part < N_PARTS; part++) {
            texts[part] = part == PART_KEY ? trimmed(reading->import->arena, texts[part])
                                           : clean(reading->import->arena, texts[part]);
        }
        take_entry(reading, row, texts);
    }
    return DC_OK;
}

/* ---- the workbook ---- */

static int64_t number_of(const char *text)
{
    char *end = NULL;
    long long number = text == NULL ? 0 : strtoll(text, &end, 10);

    return text == NULL || end == text || *end != '\0' || number < 0 ? 0 : number;
}

static enum dc_status read_sheets(struct import *import, struct dc_workbook *workbook,
                                  struct dc_err *err)
{
    size_t n_forms;
    const struct dc_report_form *forms = dc_report_forms(import->tools->definition, import->arena,
                                                         &n_forms);
    bool any = false;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < dc_workbook_n_sheets(workbook); i++) {
        struct sheet_reading reading = {.import = import,
                                        .name = dc_workbook_sheet_name(workbook, i),
                                        .forms = forms,
                                        .n_forms = n_forms};

        status = dc_workbook_read(workbook, i, take_row, &reading, err);
        any |= reading.has_header;
    }
    if (status == DC_OK && !any) {
        status = dc_err_set(err, DC_ERR_CONFIG, "it has no sheet with the columns of a review");
        dc_err_set_hint(err, "the hidden column with the key (\"%s\") has to stay",
                        n_forms > 0 ? form_column(&forms[0], "key")->titles[DC_LANG_ZH] : "key");
    }
    return status;
}

enum dc_status review_read_entries(struct import *import, struct dc_err *err)
{
    const char *path = import->request->path;
    struct dc_workbook *workbook = NULL;
    enum dc_status status = dc_workbook_open(path, &workbook, err);

    if (status != DC_OK) {
        return status;
    }
    import->result->run_id = import->request->run_id > 0
                                 ? import->request->run_id
                                 : number_of(dc_workbook_property(workbook, "dcscan run"));
    import->watermark = number_of(dc_workbook_property(workbook, "dcscan decision"));
    status = read_sheets(import, workbook, err);
    if (status != DC_OK) {
        dc_err_add_object(err, "could not read workbook \"%s\"", path);
    }
    dc_workbook_close(workbook);
    return status;
}
