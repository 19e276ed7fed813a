/* A part of an inventory. */
#include "dcscan/inventory_filter.h"

#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

struct filter_reader {
    struct dc_inventory_reader base;
    struct dc_inventory_reader *inner;
    const struct dc_inventory_filter *filter;
    int64_t *left; /* columns left of each table of the inner reader, -1: the table is left out */
    size_t n_tables, capacity;
    size_t next;
    struct dc_inventory_table table; /* the one handed out, with the count of its columns here */
    struct dc_inventory_column column;
};

static struct filter_reader *filter_of(struct dc_inventory_reader *base)
{
    return (struct filter_reader *)base; /* base is its first member */
}

/* ---- the questions ---- */

static bool asks_for_columns(const struct dc_inventory_filter *filter)
{
    return filter->levels != 0 || filter->classes.n_items > 0 || filter->keep != NULL;
}

bool dc_inventory_filter_is_empty(const struct dc_inventory_filter *filter)
{
    return filter->sources.n_items == 0 && !asks_for_columns(filter);
}

static bool matches_any(const struct dc_texts *globs, const char *text)
{
    bool found = globs->n_items == 0;

    for (size_t i = 0; i < globs->n_items && !found; i++) {
        found = dc_glob_match(globs->items[i], text);
    }
    return found;
}

static bool keeps_class(const struct filter_reader *reader, const char *code)
{
    const struct dc_texts *classes = &reader->filter->classes;
    const struct dc_leaf_text *leaf = reader->inner->class_->leaf(reader->inner, code);

    return matches_any(classes, code) || (leaf != NULL && (matches_any(classes, leaf->class1_zh) ||
                                                           matches_any(classes, leaf->class1_en)));
}

static bool keeps_column(const struct filter_reader *reader,
                         const struct dc_inventory_column *column)
{
    const struct dc_inventory_filter *filter = reader->filter;
    const struct dc_finding *finding = &column->finding;
    bool read = finding->status == DC_COLUMN_OK;

    if (filter->levels != 0 && !(read && (filter->levels >> finding->level & 1u) != 0)) {
        return false;
    }
    if (filter->classes.n_items > 0 && !(read && keeps_class(reader, finding->leaf))) {
        return false;
    }
    return filter->keep == NULL || filter->keep(filter->context, column);
}

/* ---- counting ---- */

static enum dc_status count_table(struct filter_reader *reader,
                                  const struct dc_inventory_table *table, struct dc_err *err)
{
    struct dc_inventory_reader *inner = reader->inner;
    const struct dc_inventory_column *column;
    enum dc_status status = DC_OK;
    int64_t left = 0;

    reader->left = dc_array_grow(reader->left, reader->n_tables, &reader->capacity,
                                 sizeof *reader->left);
    if (!matches_any(&reader->filter->sources, table->source)) {
        left = -1;
    } else if (!asks_for_columns(reader->filter)) {
        left = table->n_columns;
    } else {
        while ((status = inner->class_->next_column(inner, &column, err)) == DC_OK &&
               column != NULL) {
            left += keeps_column(reader, column);
        }
        left = left == 0 ? -1 : left;
    }
    reader->left[reader->n_tables++] = left;
    return status;
}

static enum dc_status count_tables(struct filter_reader *reader, struct dc_err *err)
{
    struct dc_inventory_reader *inner = reader->inner;
    const struct dc_inventory_table *table;
    enum dc_status status = inner->class_->rewind(inner, err);

    while (status == DC_OK) {
        status = inner->class_->next_table(inner, &table, err);
        if (status != DC_OK || table == NULL) {
            break;
        }
        status = count_table(reader, table, err);
    }
    return status == DC_OK ? inner->class_->rewind(inner, err) : status;
}

/* ---- the reader's functions ---- */

static enum dc_status read_run(struct dc_inventory_reader *base, const struct dc_run **out,
                               struct dc_err *err)
{
    struct dc_inventory_reader *inner = filter_of(base)->inner;

    return inner->class_->run(inner, out, err);
}

static enum dc_status rewind_all(struct dc_inventory_reader *base, struct dc_err *err)
{
    struct filter_reader *reader = filter_of(base);

    reader->next = 0;
    return reader->inner->class_->rewind(reader->inner, err);
}

static enum dc_status next_source(struct dc_inventory_reader *base,
                                  const struct dc_run_source **out, struct dc_err *err)
{
    struct filter_reader *reader = filter_of(base);
    enum dc_status status;

    do {
        status = reader->inner->class_->next_source(reader->inner, out, err);
    } while (status == DC_OK && *out != NULL &&
             !matches_any(&reader->filter->sources, (*out)->name));
    return status;
}

static const struct dc_leaf_text *find_leaf(struct dc_inventory_reader *base, const char *code)
{
    struct dc_inventory_reader *inner = filter_of(base)->inner;

    return inner->class_->leaf(inner, code);
}

static const struct dc_leaf_text *leaf_at(struct dc_inventory_reader *base, size_t index)
{
    struct dc_inventory_reader *inner = filter_of(base)->inner;

    return inner->class_->leaf_at(inner, index);
}

static const struct dc_candidate_text *find_candidate(struct dc_inventory_reader *base,
                                                      const char *id)
{
    struct dc_inventory_reader *inner = filter_of(base)->inner;

    return inner->class_->candidate(inner, id);
}

static enum dc_status next_table(struct dc_inventory_reader *base,
                                 const struct dc_inventory_table **out, struct dc_err *err)
{
    struct filter_reader *reader = filter_of(base);
    const struct dc_inventory_table *table;
    enum dc_status status;

    do {
        status = reader->inner->class_->next_table(reader->inner, &table, err);
    } while (status == DC_OK && table != NULL && reader->left[reader->next++] < 0);
    if (status == DC_OK && table != NULL) {
        reader->table = *table;
        reader->table.n_columns = reader->left[reader->next - 1];
    }
    if (status == DC_OK) {
        *out = table == NULL ? NULL : &reader->table;
    }
    return status;
}

static enum dc_status next_column(struct dc_inventory_reader *base,
                                  const struct dc_inventory_column **out, struct dc_err *err)
{
    struct filter_reader *reader = filter_of(base);
    const struct dc_inventory_column *column;
    enum dc_status status;

    do {
        status = reader->inner->class_->next_column(reader->inner, &column, err);
    } while (status == DC_OK && column != NULL && !keeps_column(reader, column));
    if (status == DC_OK && column != NULL) {
        reader->column = *column;
        reader->column.table = &reader->table;
    }
    if (status == DC_OK) {
        *out = column == NULL ? NULL : &reader->column;
    }
    return status;
}

static void destroy(struct dc_inventory_reader *base)
{
    struct filter_reader *reader = filter_of(base);

    if (reader != NULL) {
        free(reader->left);
        free(reader);
    }
}

static const struct dc_inventory_reader_class filter_class = {
    .run = read_run,
    .rewind = rewind_all,
    .next_source = next_source,
    .leaf = find_leaf,
    .leaf_at = leaf_at,
    .candidate = find_candidate,
    .next_table = next_table,
    .next_column = next_column,
    .destroy = destroy,
};

enum dc_status dc_inventory_filter_open(struct dc_inventory_reader *inner,
                                        const struct dc_inventory_filter *filter,
                                        struct dc_inventory_reader **out, struct dc_err *err)
{
    struct filter_reader *reader = dc_alloc(1, sizeof *reader);
    enum dc_status status;

    reader->base.class_ = &filter_class;
    reader->inner = inner;
    reader->filter = filter;
    status = count_tables(reader, err);
    if (status != DC_OK) {
        destroy(&reader->base);
        return status;
    }
    *out = &reader->base;
    return DC_OK;
}
