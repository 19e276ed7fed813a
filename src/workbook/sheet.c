/* Rows of a sheet, one at a time. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "workbook_internal.h"

enum cell_type {
    TYPE_NUMBER,
    TYPE_SHARED,
    TYPE_INLINE,
    TYPE_FORMULA_TEXT,
    TYPE_BOOLEAN,
    TYPE_ERROR
};

struct reading {
    struct dc_workbook *workbook;
    struct xml *xml;
    struct dc_err *err;
    dc_workbook_row_fn *take;
    void *user;
    struct dc_arena *arena; /* texts of the row */
    struct dc_workbook_cell *cells;
    size_t n_cells, capacity;
    struct dc_workbook_row row;
    int64_t last_row;
    int64_t next_column; /* of a cell that does not say where it stands */
    enum cell_type type;
    uint32_t column;
    struct dc_strbuf text;
    bool in_row, in_cell, in_value, in_phonetic;
};

static void refuse(struct reading *reading, const char *why)
{
    dc_err_set(reading->err, DC_ERR_CONFIG, "%s", why);
    xml_fail(reading->xml, DC_ERR_CONFIG);
}

/* ---- where a row and a cell stand ---- */

static void begin_row(struct reading *reading, const char **attributes)
{
    const char *text = xml_attribute(attributes, "r");
    int64_t number = text == NULL ? reading->last_row + 1 : strtoll(text, NULL, 10);

    if (number <= reading->last_row || number > DC_WORKBOOK_MAX_ROWS) {
        refuse(reading, "its rows are out of order, or more than 1,048,576");
        return;
    }
    reading->last_row = number;
    reading->row = (struct dc_workbook_row){.number = number};
    reading->n_cells = 0;
    reading->next_column = 0;
    reading->in_row = true;
    dc_arena_reset(reading->arena);
}

/* The column of "AB12"; -1 where there is none. */
static int64_t column_of(const char *reference)
{
    int64_t column = 0;

    for (; *reference >= 'A' && *reference <= 'Z' && column <= DC_WORKBOOK_MAX_COLUMNS;
         reference++) {
        column = column * 26 + (*reference - 'A' + 1);
    }
    return column - 1;
}

static enum cell_type type_of(const char *word)
{
    static const struct {
        const char *word;
        enum cell_type type;
    } types[] = {{"s", TYPE_SHARED},       {"inlineStr", TYPE_INLINE}, {"str", TYPE_FORMULA_TEXT},
                 {"d", TYPE_FORMULA_TEXT}, {"b", TYPE_BOOLEAN},        {"e", TYPE_ERROR}};

    for (size_t i = 0; word != NULL && i < sizeof types / sizeof *types; i++) {
        if (strcmp(word, types[i].word) == 0) {
            return types[i].type;
        }
    }
    return TYPE_NUMBER;
}

static void begin_cell(struct reading *reading, const char **attributes)
{
    const char *reference = xml_attribute(attributes, "r");
    int64_t column = reference == NULL ? reading->next_column : column_of(reference);

    if (column < reading->next_column || column >= DC_WORKBOOK_MAX_COLUMNS) {
        refuse(reading, "its cells are out of order, or in more than 16,384 columns");
        return;
    }
    if (++reading->workbook->n_cells > DC_WORKBOOK_MAX_CELLS) {
        refuse(reading, "it has more than 200,000,000 cells");
        return;
    }
    reading->next_column = column + 1;
    reading->column = (uint32_t)column;
    reading->type = type_of(xml_attribute(attributes, "t"));
    reading->in_cell = true;
    dc_strbuf_reset(&reading->text);
}

/* ---- what stands there ---- */

static const char *shared_text(struct reading *reading)
{
    const char *digits = dc_strbuf_text(&reading->text);
    char *end;
    unsigned long long index = strtoull(digits, &end, 10);

    if (end == digits || *end != '\0' || digits[0] == '-' ||
        index >= reading->workbook->n_strings) {
        refuse(reading, "it is damaged: a cell names a text that is not there");
        return NULL;
    }
    return reading->workbook->strings[index];
}

static void end_cell(struct reading *reading)
{
    static const enum dc_workbook_kind kinds[] = {
        [TYPE_NUMBER] = DC_WORKBOOK_NUMBER,   [TYPE_SHARED] = DC_WORKBOOK_TEXT,
        [TYPE_INLINE] = DC_WORKBOOK_TEXT,     [TYPE_FORMULA_TEXT] = DC_WORKBOOK_TEXT,
        [TYPE_BOOLEAN] = DC_WORKBOOK_BOOLEAN, [TYPE_ERROR] = DC_WORKBOOK_ERROR};
    const char *text;

    reading->in_cell = reading->in_value = false;
    if (reading->text.size == 0) {
        return;
    }
    if (reading->type == TYPE_SHARED) {
        text = shared_text(reading);
    } else {
        char *copy = dc_arena_strdup(reading->arena, dc_strbuf_text(&reading->text));

        workbook_unescape(copy);
        text = copy;
    }
    if (text == NULL || text[0] == '\0') {
        return;
    }
    reading->cells = dc_array_grow(reading->cells, reading->n_cells, &reading->capacity,
                                   sizeof *reading->cells);
    reading->cells[reading->n_cells++] = (struct dc_workbook_cell){reading->column,
                                                                   kinds[reading->type], text};
}

static void end_row(struct reading *reading)
{
    enum dc_status status;

    reading->in_row = false;
    if (reading->n_cells == 0) {
        return;
    }
    reading->row.cells = reading->cells;
    reading->row.n_cells = reading->n_cells;
    status = reading->take(reading->user, &reading->row, reading->err);
    if (status != DC_OK) {
        xml_fail(reading->xml, status);
    }
}

/* ---- events ---- */

static void on_start(void *user, const char *name, const char **attributes)
{
    struct reading *reading = user;

    if (strcmp(name, "row") == 0 && !reading->in_row) {
        begin_row(reading, attributes);
    } else if (strcmp(name, "c") == 0 && reading->in_row && !reading->in_cell) {
        begin_cell(reading, attributes);
    } else if (strcmp(name, "rPh") == 0) {
        reading->in_phonetic = true;
    } else if (reading->in_cell) {
        reading->in_value = strcmp(name, "v") == 0 ||
                            (strcmp(name, "t") == 0 && !reading->in_phonetic);
    }
}

static void on_end(void *user, const char *name)
{
    struct reading *reading = user;

    if (strcmp(name, "row") == 0 && reading->in_row) {
        end_row(reading);
    } else if (strcmp(name, "c") == 0 && reading->in_cell) {
        end_cell(reading);
    } else if (strcmp(name, "rPh") == 0) {
        reading->in_phonetic = false;
    } else {
        reading->in_value = false;
    }
}

static void on_text(void *user, const char *text, size_t size)
{
    struct reading *reading = user;

    if (!reading->in_value) {
        return;
    }
    dc_strbuf_append(&reading->text, text, size);
    if (reading->text.overflowed) {
        xml_fail(reading->xml, workbook_text_too_long(reading->err));
    }
}

static const struct xml_events events = {on_start, on_end, on_text};

enum dc_status dc_workbook_read(struct dc_workbook *workbook, size_t sheet,
                                dc_workbook_row_fn *take, void *user, struct dc_err *err)
{
    struct reading reading = {.workbook = workbook, .err = err, .take = take, .user = user};
    const struct sheet *wanted = &workbook->sheets[sheet];
    enum dc_status status;
    bool found;

    reading.arena = dc_arena_create(0);
    dc_strbuf_init(&reading.text, DC_WORKBOOK_MAX_TEXT);
    status = package_parse(workbook->package, wanted->part, &events, &reading, &reading.xml, &found,
                           err);
    if (status == DC_OK && !found) {
        status = dc_err_set(err, DC_ERR_CONFIG, "it is damaged: its part is missing");
    }
    if (status != DC_OK) {
        dc_err_add_object(err, "sheet \"%s\"", wanted->name);
    }
    dc_strbuf_done(&reading.text);
    dc_arena_destroy(reading.arena);
    free(reading.cells);
    return status;
}
