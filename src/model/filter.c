/* A part of an inventory. */
#include "dcscan/inventory_filter.h"

#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

/* What is left of a source. */
struct source_part {
    char *name;
    struct dc_run_source sums; /* its counts only */
};

/* What is left of a table of the inner reader. */
struct table_part {
    int64_t n_columns; /* -1: the table is left out */
    int n_personal, n_sensitive, n_important, n_review;
};

struct filter_reader {
    struct dc_inventory_reader base;
    struct dc_inventory_reader *inner;
    const struct dc_inventory_filter *filter;
    struct table_part *left; /* of each table */
    size_t n_tables, capacity;
    size_t next;
    struct source_part *parts; /* of the sources that have tables, as these come */
    size_t n_parts, parts_capacity;
    struct dc_run_source source;
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

static bool keeps_class(const struct dc_inventory_filter *filter, struct dc_inventory_reader *inner,
                        const char *code)
{
    const struct dc_texts *classes = &filter->classes;
    const struct dc_leaf_text *leaf = inner->class_->leaf(inner, code);

    return matches_any(classes, code) || (leaf != NULL && (matches_any(classes, leaf->class1_zh) ||
                                                           matches_any(classes, leaf->class1_en)));
}

static bool takes(const struct dc_inventory_filter *filter, struct dc_inventory_reader *inner,
                  int level, const char *leaf)
{
    return (filter->levels == 0 || (filter->levels >> level & 1u) != 0) &&
           (filter->classes.n_items == 0 || keeps_class(filter, inner, leaf));
}

static bool keeps_column(const struct filter_reader *reader,
                         const struct dc_inventory_column *column)
{
    const struct dc_inventory_filter *filter = reader->filter;
    const struct dc_finding *finding = &column->finding;
    bool read = finding->status == DC_COLUMN_OK;

    if (!read && (filter->levels != 0 || filter->classes.n_items > 0)) {
        return false;
    }
    return takes(filter, reader->inner, finding->level, finding->leaf) &&
           (filter->keep == NULL || filter->keep(filter->context, column));
}

bool dc_inventory_filter_takes(const struct dc_inventory_filter *filter,
                               struct dc_inventory_reader *reader, const char *source, int level,
                               const char *leaf)
{
    return matches_any(&filter->sources, source) && takes(filter, reader, level, leaf);
}

/* ---- counting ---- */

/* Tables come source by source. */
static struct source_part *part_of(struct filter_reader *reader, const char *name)
{
    size_t n = reader->n_parts;

    if (n > 0 && strcmp(reader->parts[n - 1].name, name) == 0) {
        return &reader->parts[n - 1];
    }
    reader->parts = dc_array_grow(reader->parts, n, &reader->parts_capacity, sizeof *reader->parts);
    reader->parts[n] = (struct source_part){.name = dc_strdup(name)};
    reader->n_parts++;
    return &reader->parts[n];
}

static void add_to_source(struct filter_reader *reader, const struct dc_inventory_table *table,
                          int64_t left)
{
    struct dc_run_source *sums = &part_of(reader, table->source)->sums;

    sums->n_tables++;
    sums->n_tables_read += table->status == DC_COLUMN_OK;
    sums->n_columns += left;
    sums->rows_read += table->sample.rows_read;
    sums->bytes_read += table->sample.bytes_read;
    sums->n_statements += table->sample.n_statements;
    sums->seconds += table->sample.seconds;
    sums->level = table->finding.level > sums->level ? table->finding.level : sums->level;
}

static void count_column(struct table_part *left, const struct dc_finding *finding)
{
    left->n_columns++;
    left->n_personal += finding->pi != DC_PI_NONE;
    left->n_sensitive += finding->pi == DC_PI_SENSITIVE;
    left->n_important += finding->n_important > 0;
    left->n_review += finding->to_review;
}

static enum dc_status count_columns(struct filter_reader *reader, struct table_part *left,
                                    struct dc_err *err)
{
    struct dc_inventory_reader *inner = reader->inner;
    const struct dc_inventory_column *column;
    enum dc_status status;

    while ((status = inner->class_->next_column(inner, &column, err)) == DC_OK && column != NULL) {
        if (keeps_column(reader, column)) {
            count_column(left, &column->finding);
        }
    }
    if (left->n_columns == 0) {
        left->n_columns = -1;
    }
    return status;
}

static enum dc_status count_table(struct filter_reader *reader,
                                  const struct dc_inventory_table *table, struct dc_err *err)
{
    const struct dc_table_finding *finding = &table->finding;
    struct table_part left = {0};
    enum dc_status status = DC_OK;

    if (!matches_any(&reader->filter->sources, table->source)) {
        left.n_columns = -1;
    } else if (!asks_for_columns(reader->filter)) {
        left = (struct table_part){table->n_columns, finding->n_personal, finding->n_sensitive,
                                   finding->n_important, finding->n_review};
    } else {
        status = count_columns(reader, &left, err);
    }
    reader->left = dc_array_grow(reader->left, reader->n_tables, &reader->capacity,
                                 sizeof *reader->left);
    reader->left[reader->n_tables++] = left;
    if (left.n_columns >= 0) {
        add_to_source(reader, table, left.n_columns);
    }
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

/* What is left of a source; NULL: nothing. */
static const struct source_part *find_part(const struct filter_reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->n_parts; i++) {
        if (strcmp(reader->parts[i].name, name) == 0) {
            return &reader->parts[i];
        }
    }
    return NULL;
}

static bool keeps_source(const struct filter_reader *reader, const struct dc_run_source *source)
{
    bool listed = strcmp(source->state, "ok") == 0 || strcmp(source->state, "partial") == 0;

    return matches_any(&reader->filter->sources, source->name) &&
           (!asks_for_columns(reader->filter) || !listed ||
            find_part(reader, source->name) != NULL);
}

/* Its record as it is, with the counts of what is left; of a source alone everything is. */
static const struct dc_run_source *reduce(struct filter_reader *reader,
                                          const struct dc_run_source *source)
{
    const struct source_part *part = find_part(reader, source->name);

    if (!asks_for_columns(reader->filter) || part == NULL) {
        return source;
    }
    reader->source = *source;
    reader->source.n_tables = part->sums.n_tables;
    reader->source.n_tables_read = part->sums.n_tables_read;
    reader->source.n_columns = part->sums.n_columns;
    reader->source.rows_read = part->sums.rows_read;
    reader->source.bytes_read = part->sums.bytes_read;
    reader->source.n_statements = part->sums.n_statements;
    reader->source.seconds = part->sums.seconds;
    reader->source.level = part->sums.level;
    return &reader->source;
}

static enum dc_status next_source(struct dc_inventory_reader *base,
                                  const struct dc_run_source **out, struct dc_err *err)
{
    struct filter_reader *reader = filter_of(base);
    const struct dc_run_source *source = NULL;
    enum dc_status status;

    do {
        status = reader->inner->class_->next_source(reader->inner, &source, err);
    } while (status == DC_OK && source != NULL && !keeps_source(reader, source));
    if (status == DC_OK) {
        *out = source == NULL ? NULL : reduce(reader, source);
    }
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

static void reduce_table(struct dc_inventory_table *table, const struct table_part *left)
{
    table->n_columns = left->n_columns;
    table->finding.n_personal = left->n_personal;
    table->finding.n_sensitive = left->n_sensitive;
    table->finding.n_important = left->n_important;
    table->finding.n_review = left->n_review;
}

static enum dc_status next_table(struct dc_inventory_reader *base,
                                 const struct dc_inventory_table **out, struct dc_err *err)
{
    struct filter_reader *reader = filter_of(base);
    const struct dc_inventory_table *table;
    enum dc_status status;

    do {
        status = reader->inner->class_->next_table(reader->inner, &table, err);
    } while (status == DC_OK && table != NULL && reader->left[reader->next++].n_columns < 0);
    if (status == DC_OK && table != NULL) {
        reader->table = *table;
        reduce_table(&reader->table, &reader->left[reader->next - 1]);
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

    reader->inner->spared = base->spared;
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
        for (size_t i = 0; i < reader->n_parts; i++) {
            free(reader->parts[i].name);
        }
        free(reader->parts);
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
