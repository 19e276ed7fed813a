#include "subset.h"

#include <stdlib.h>
#include <string.h>

#include "dcscan/strbuf.h"

#define MAX_TEXT   2048
#define HIGHEST    4 /* level that the program proposes */
#define ALL_LEVELS 0x1Fu

/* "3" or "3+"; 0 when it is neither. */
static unsigned level_bits(const char *text)
{
    unsigned bit = text[0] >= '0' && text[0] <= '0' + HIGHEST ? 1u << (text[0] - '0') : 0;

    if (bit != 0 && text[1] == '+' && text[2] == '\0') {
        return ALL_LEVELS & ~(bit - 1);
    }
    return text[0] != '\0' && text[1] == '\0' ? bit : 0;
}

static enum dc_status read_levels(const struct dc_texts *texts, unsigned *bits, struct dc_err *err)
{
    for (size_t i = 0; i < texts->n_items; i++) {
        unsigned bit = level_bits(texts->items[i]);

        if (bit == 0) {
            return dc_err_set(err, DC_ERR_USAGE,
                              "could not understand --level %s: a level is 0 (undecided) to %d, "
                              "\"3+\" is 3 and above",
                              texts->items[i], HIGHEST);
        }
        *bits |= bit;
    }
    return DC_OK;
}

enum dc_status subset_check(const struct subset_options *options, struct dc_err *err)
{
    unsigned bits = 0;

    return read_levels(&options->levels, &bits, err);
}

/* ---- what changed ---- */

static int compare_place(const struct dc_change *change, const struct dc_inventory_table *table)
{
    int order = strcmp(change->source, table->source);

    order = order != 0 ? order : strcmp(change->catalog, table->catalog);
    order = order != 0 ? order : strcmp(change->schema, table->schema);
    return order != 0 ? order : strcmp(change->table, table->name);
}

/* Of a new table, or one whose volume changed, all columns come up again. */
static bool is_about(const struct dc_change *change, const struct dc_inventory_column *column)
{
    bool whole = change->kind == DC_CHANGE_TABLE_NEW || change->kind == DC_CHANGE_VOLUME;

    return change->column[0] == '\0' ? whole : strcmp(change->column, column->name) == 0;
}

static bool has_changed(const void *context, const struct dc_inventory_column *column)
{
    const struct dc_changes *changes = context;
    size_t low = 0, high = changes->n_items;

    while (low < high) { /* the first change of the table */
        size_t middle = low + (high - low) / 2;

        if (compare_place(&changes->items[middle], column->table) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < changes->n_items && compare_place(&changes->items[low], column->table) == 0;
         low++) {
        if (is_about(&changes->items[low], column)) {
            return true;
        }
    }
    return false;
}

/* ---- the filter ---- */

static void tell(struct dc_strbuf *text, const char *what, const struct dc_texts *values)
{
    for (size_t i = 0; i < values->n_items; i++) {
        dc_strbuf_printf(text, "%s%s",
                         i > 0            ? ", "
                         : text->size > 0 ? "; "
                                          : "",
                         i == 0 ? what : "");
        dc_strbuf_puts(text, values->items[i]);
    }
}

static const char *describe(struct session *session, const struct subset_options *options)
{
    bool english = session->lang == DC_LANG_EN;
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_TEXT);
    const char *copy;

    tell(&text, english ? "only sources: " : "仅数据源：", &options->sources);
    tell(&text, english ? "only levels: " : "仅级别：", &options->levels);
    tell(&text, english ? "only classes: " : "仅类别：", &options->classes);
    if (options->changed_only) {
        dc_strbuf_printf(&text, "%s%s", text.size > 0 ? "; " : "",
                         english ? "only what changed since the earlier run of each source"
                                 : "仅与各数据源上一次扫描相比有变化的字段");
    }
    /* What was not read has neither level nor class, and may belong to the part all the same. */
    if (options->levels.n_items > 0 || options->classes.n_items > 0) {
        dc_strbuf_puts(&text, english ? "; what was not read has no level and class and is left out"
                                      : "；未读取的对象没有级别和类别，不在其中");
    }
    copy = text.size == 0 ? NULL : dc_arena_strdup(session->arena, dc_strbuf_text(&text));
    dc_strbuf_done(&text);
    return copy;
}

/* The changes of the part: by the source, and the level and class of what changed. */
static void take_changes(struct subset *subset, const struct dc_changes *changes,
                         struct dc_inventory_reader *reader)
{
    subset->changes = &subset->own;
    subset->own.rules_changed = changes->rules_changed;
    for (size_t i = 0; i < changes->n_sources; i++) {
        const struct dc_inventory_filter of_source = {.sources = subset->filter.sources};

        if (dc_inventory_filter_takes(&of_source, reader, changes->sources[i].name, 0, "")) {
            dc_changes_add_source(&subset->own, &changes->sources[i]);
        }
    }
    for (size_t i = 0; i < changes->n_items; i++) {
        const struct dc_change *change = &changes->items[i];

        if (dc_inventory_filter_takes(&subset->filter, reader, change->source, change->level,
                                      change->leaf)) {
            dc_changes_add(&subset->own, change);
        }
    }
}

enum dc_status subset_open(struct session *session, const struct subset_options *options,
                           const struct dc_changes *changes, struct dc_inventory_reader *reader,
                           struct subset *subset, struct dc_err *err)
{
    enum dc_status status;

    *subset = (struct subset){.filter = {.sources = options->sources, .classes = options->classes},
                              .reader = reader,
                              .changes = changes,
                              .text = describe(session, options)};
    status = read_levels(&options->levels, &subset->filter.levels, err);
    if (status == DC_OK && options->changed_only) {
        subset->filter.keep = has_changed;
        subset->filter.context = changes;
    }
    if (status != DC_OK || dc_inventory_filter_is_empty(&subset->filter)) {
        return status;
    }
    take_changes(subset, changes, reader);
    return dc_inventory_filter_open(reader, &subset->filter, &subset->reader, err);
}

void subset_done(struct subset *subset, const struct dc_inventory_reader *reader)
{
    dc_changes_done(&subset->own);
    if (subset->reader != NULL && subset->reader != reader) {
        subset->reader->class_->destroy(subset->reader);
    }
}
