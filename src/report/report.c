/* The front: which writer, which tables. */
#include "dcscan/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "layout.h"

/* ---- the format ---- */

static bool is_stdout(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool ends_with(const char *path, const char *ending)
{
    size_t size = strlen(path), n = strlen(ending);

    return size > n && dc_text_equal_nocase(path + size - n, ending);
}

static const struct dc_report_writer_class *class_of_path(const char *path)
{
    const struct dc_report_writer_class *const *classes = dc_report_writer_classes();

    for (size_t i = 0; classes[i] != NULL; i++) {
        if (is_stdout(path) ? classes[i]->to_stdout : ends_with(path, classes[i]->extension)) {
            return classes[i];
        }
    }
    return NULL;
}

enum dc_status dc_report_check_path(const char *path, struct dc_err *err)
{
    const struct dc_report_writer_class *const *classes = dc_report_writer_classes();
    struct dc_strbuf list = DC_STRBUF_INIT(256);

    if (class_of_path(path) != NULL) {
        return DC_OK;
    }
    for (size_t i = 0; classes[i] != NULL; i++) {
        dc_strbuf_printf(&list, "%s%s", i == 0 ? "" : ", ", classes[i]->extension);
    }
    dc_err_set(err, DC_ERR_USAGE, "could not tell the format of \"%s\": its ending is none of %s",
               path, dc_strbuf_text(&list));
    dc_strbuf_done(&list);
    return DC_ERR_USAGE;
}

const char *dc_report_word(const struct dc_report_definition *definition, enum dc_lang lang,
                           const char *group, const char *code)
{
    return report_word(definition, lang, group, code);
}

/* ---- what the writer is told ---- */

static const struct dc_level_style *level_styles(const struct report_layout *layout)
{
    const struct dc_report_definition *definition = layout->definition;
    struct dc_level_style *styles = dc_arena_alloc(layout->arena, N_LEVEL_COLOURS * sizeof *styles);

    for (size_t i = 0; i < N_LEVEL_COLOURS; i++) {
        styles[i] = (struct dc_level_style){
            .word = report_word(definition, layout->lang, "level", report_level_code(i)),
            .colour = definition->settings.level_colours[i],
        };
    }
    return styles;
}

/* What tells later which run and which rules a file came from, wherever the sheets went. */
static const struct dc_report_property *properties(const struct report_layout *layout, size_t *n)
{
    const struct dc_run *run = layout->run;
    struct dc_report_property *list = dc_arena_alloc(layout->arena, 5 * sizeof *list);

    list[0] = (struct dc_report_property){"dcscan version", run->program_version};
    list[1] = (struct dc_report_property){"dcscan run",
                                          dc_arena_printf(layout->arena, "%" PRId64, run->id)};
    list[2] = (struct dc_report_property){
        "dcscan taxonomy",
        dc_arena_printf(layout->arena, "%s %s", run->taxonomy_name, run->taxonomy_version)};
    list[3] = (struct dc_report_property){"dcscan taxonomy hash", run->taxonomy_hash};
    /* What people had decided when it was written: an import tells from it what was decided since. */
    list[4] = (struct dc_report_property){
        "dcscan decision", dc_arena_printf(layout->arena, "%" PRId64, run->newest_batch)};
    *n = 5;
    return list;
}

static struct dc_report_options *options_for(const struct report_layout *layout,
                                             const struct dc_report_request *request)
{
    const struct report_settings *settings = &layout->definition->settings;
    struct dc_report_options *options = dc_arena_alloc(layout->arena, sizeof *options);
    enum dc_lang lang = layout->lang;

    *options = (struct dc_report_options){
        .path = request->path,
        .title = dc_arena_printf(
            layout->arena, "%s%s", settings->title.in[lang],
            layout->subset == NULL ? "" : report_word(layout->definition, lang, "phrase", "part")),
        .subject = settings->subject.in[lang],
        .author = layout->run->account,
        .security_label = request->security_label != NULL ? request->security_label
                                                          : settings->security_label.in[lang],
        .lang = lang == DC_LANG_ZH ? "zh" : "en",
        .font = settings->font.in[lang],
        .created_at = layout->created_at,
        .page_footer = settings->page_footer.in[lang],
        .without_bom = request->without_bom,
        .levels = level_styles(layout),
        .n_levels = N_LEVEL_COLOURS,
    };
    options->properties = properties(layout, &options->n_properties);
    return options;
}

/* ---- writing ---- */

bool report_sheet_is_wanted(const struct report_layout *layout,
                            const struct report_sheet_def *sheet)
{
    bool wanted = layout->sheets == NULL || layout->sheets->n_items == 0 || sheet->hidden;

    for (size_t i = 0; !wanted && i < layout->sheets->n_items; i++) {
        wanted = strcmp(layout->sheets->items[i], sheet->id) == 0;
    }
    return wanted && sheet->workbook;
}

static const struct report_sheet_def *find_sheet(const struct dc_report_definition *definition,
                                                 const char *id)
{
    for (size_t i = 0; i < definition->n_sheets; i++) {
        const struct report_sheet_def *sheet = &definition->sheets[i];

        if (sheet->workbook && !sheet->hidden && strcmp(sheet->id, id) == 0) {
            return sheet;
        }
    }
    return NULL;
}

enum dc_status dc_report_check_sheets(const struct dc_report_definition *definition,
                                      const struct dc_texts *sheets, struct dc_err *err)
{
    struct dc_strbuf list = DC_STRBUF_INIT(1024);

    for (size_t i = 0; i < sheets->n_items; i++) {
        if (find_sheet(definition, sheets->items[i]) == NULL) {
            for (size_t j = 0; j < definition->n_sheets; j++) {
                if (definition->sheets[j].workbook && !definition->sheets[j].hidden) {
                    dc_strbuf_printf(&list, "%s%s", list.size == 0 ? "" : ", ",
                                     definition->sheets[j].id);
                }
            }
            dc_err_set(err, DC_ERR_USAGE, "there is no sheet \"%s\"", sheets->items[i]);
            dc_err_set_hint(err, "sheets: %s", dc_strbuf_text(&list));
            dc_strbuf_done(&list);
            return DC_ERR_USAGE;
        }
    }
    return DC_OK;
}

/* The list of a sheet: what has the filter, else the first table. */
static const struct report_table_def *list_of(const struct report_sheet_def *sheet)
{
    const struct report_table_def *list = &sheet->tables[0];

    for (size_t i = 0; i < sheet->n_tables && !list->filter; i++) {
        list = sheet->tables[i].filter ? &sheet->tables[i] : list;
    }
    return list;
}

/* The one table of a format that has no more: its own, or that of the sheet asked for. */
static const struct report_table_def *only_table(const struct report_layout *layout,
                                                 const struct report_sheet_def **sheet)
{
    const struct dc_report_writer_class *class_ = layout->writer->class_;

    if (class_->any_table && layout->sheets != NULL && layout->sheets->n_items > 0) {
        *sheet = find_sheet(layout->definition, layout->sheets->items[0]);
        return list_of(*sheet);
    }
    return report_find_table(layout->definition, class_->only_table, sheet);
}

static enum dc_status write_workbook(struct report_layout *layout, struct dc_err *err)
{
    const struct dc_report_definition *definition = layout->definition;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < definition->n_sheets; i++) {
        const struct report_sheet_def *sheet = &definition->sheets[i];

        for (size_t j = 0;
             report_sheet_is_wanted(layout, sheet) && status == DC_OK && j < sheet->n_tables; j++) {
            status = report_table_write(layout, sheet, &sheet->tables[j], err);
        }
    }
    return status;
}

static enum dc_status write_tables(struct report_layout *layout, struct dc_err *err)
{
    const char *id = layout->writer->class_->only_table;
    const struct report_sheet_def *sheet;
    const struct report_table_def *table;

    if (id == NULL) {
        return write_workbook(layout, err);
    }
    table = only_table(layout, &sheet);
    if (table == NULL) {
        return dc_err_set(err, DC_ERR_CONFIG,
                          "could not write %s: the report definitions have no table \"%s\"",
                          layout->writer->class_->name, id);
    }
    return report_table_write(layout, sheet, table, err);
}

static enum dc_status write_with(struct report_layout *layout,
                                 const struct dc_report_writer_class *class_,
                                 const struct dc_report_request *request, struct dc_err *err)
{
    enum dc_status status = class_->open(options_for(layout, request), &layout->writer, err);

    if (status != DC_OK) {
        return status;
    }
    status = write_tables(layout, err);
    if (status == DC_OK) {
        status = class_->commit(layout->writer, err);
    }
    class_->destroy(layout->writer);
    return status;
}

/* Formats of one table need no counts: their table has none in its cells but for the roll-up. */
static enum dc_status prepare(struct report_layout *layout, bool counts, struct dc_err *err)
{
    struct dc_inventory_reader *reader = layout->reader;
    enum dc_status status = reader->class_->run(reader, &layout->run, err);

    if (status == DC_OK) {
        layout->thresholds = dc_run_thresholds(layout->run);
        status = report_tally_sources(layout->tally, reader, err);
    }
    if (status != DC_OK) {
        return status;
    }
    return (counts ? report_tally_count : report_tally_rollup)(layout->tally, reader, err);
}

enum dc_status dc_report_write(const struct dc_report_definition *definition,
                               struct dc_inventory_reader *reader,
                               const struct dc_report_request *request, struct dc_err *err)
{
    const struct dc_report_writer_class *class_ = class_of_path(request->path);
    struct report_layout layout = {.definition = definition,
                                   .lang = request->lang,
                                   .reader = reader,
                                   .changes = request->changes,
                                   .subset = request->subset,
                                   .views = request->views,
                                   .n_views = request->n_views,
                                   .sheets = &request->sheets};
    enum dc_status status;

    if (class_ == NULL) {
        return dc_report_check_path(request->path, err);
    }
    status = dc_report_check_sheets(definition, &request->sheets, err);
    if (status == DC_OK && class_->only_table != NULL && request->sheets.n_items > 1) {
        status = dc_err_set(err, DC_ERR_USAGE, "could not write \"%s\": it takes one sheet only",
                            request->path);
    }
    if (status != DC_OK) {
        return status;
    }
    layout.arena = dc_arena_create(0);
    layout.scratch = dc_arena_create(0);
    layout.tally = report_tally_create();
    status = prepare(&layout, class_->only_table == NULL || request->sheets.n_items > 0, err);
    if (status == DC_OK) {
        layout.created_at = request->reproducible ? layout.run->started_at : (int64_t)time(NULL);
        status = write_with(&layout, class_, request, err);
    }
    report_tally_destroy(layout.tally);
    dc_arena_destroy(layout.scratch);
    dc_arena_destroy(layout.arena);
    return status;
}

/* ---- counts for the terminal ---- */

enum dc_status dc_report_summarise(struct dc_inventory_reader *reader,
                                   struct dc_report_summary *out, struct dc_err *err)
{
    struct report_tally *tally = report_tally_create();
    enum dc_status status = report_tally_sources(tally, reader, err);

    if (status == DC_OK) {
        status = report_tally_count(tally, reader, err);
    }
    if (status == DC_OK) {
        *out = tally->summary;
    }
    report_tally_destroy(tally);
    return status;
}
