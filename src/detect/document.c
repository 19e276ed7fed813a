/* Sub-columns of documents: found in the sample, profiled beside the columns. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/document.h"

#define PATIENCE \
    32 /* filled cells of a text column that are looked at before it is taken for plain text */
#define FEW_DOCUMENTS 5    /* with fewer every name counts */
#define RARE          0.05 /* share of the documents below which a name is taken for a value */
#define MOSTLY        0.5  /* share of the cells of a text column that must be documents */

struct sub {
    size_t parent;
    const char *path;
    size_t place; /* in the profiler */
    int64_t n_documents, n_values;
    int64_t last_document; /* the one that counted last */
    bool kinds[DC_N_SCALAR_KINDS];
};

/* A column that may hold documents. */
struct parent {
    bool open, declared; /* still looked at; JSON or XML by type */
    int64_t n_filled, n_documents;
    size_t n_subs, expected; /* expected: the sub whose turn it is when documents are alike */
};

struct dc_documents {
    struct dc_profiler *profiler;
    const struct dc_table *table;
    struct dc_arena *arena; /* of paths */
    struct parent *parents;
    size_t parents_capacity;
    struct sub *subs;
    size_t n_subs, subs_capacity;
};

/* A document on its way. */
struct taking {
    struct dc_documents *documents;
    size_t parent;
};

struct dc_documents *dc_documents_create(void)
{
    struct dc_documents *documents = dc_alloc(1, sizeof *documents);

    documents->arena = dc_arena_create(0);
    return documents;
}

void dc_documents_destroy(struct dc_documents *documents)
{
    if (documents != NULL) {
        dc_arena_destroy(documents->arena);
        free(documents->parents);
        free(documents->subs);
        free(documents);
    }
}

static bool may_hold_documents(enum dc_type_class type)
{
    return type == DC_TYPE_JSON || type == DC_TYPE_XML || type == DC_TYPE_TEXT ||
           type == DC_TYPE_LONG_TEXT || type == DC_TYPE_UNKNOWN;
}

void dc_documents_begin(struct dc_documents *documents, struct dc_profiler *profiler,
                        const struct dc_table *table)
{
    documents->profiler = profiler;
    documents->table = table;
    documents->n_subs = 0;
    dc_arena_reset(documents->arena);
    while (documents->parents_capacity < table->n_columns) {
        documents->parents = dc_array_grow(documents->parents, documents->parents_capacity,
                                           &documents->parents_capacity,
                                           sizeof *documents->parents);
    }
    for (size_t i = 0; i < table->n_columns; i++) {
        enum dc_type_class type = table->columns[i].type;

        documents->parents[i] = (struct parent){.open = may_hold_documents(type),
                                                .declared = type == DC_TYPE_JSON ||
                                                            type == DC_TYPE_XML};
    }
}

/* ---- scalars ---- */

/* Documents of a column mostly have their keys in the same order, so the next one is likely the next again. */
static struct sub *find_sub(struct dc_documents *documents, size_t parent_index, const char *path)
{
    struct parent *parent = &documents->parents[parent_index];

    for (size_t i = 0; i < documents->n_subs; i++) {
        size_t at = (parent->expected + i) % documents->n_subs;
        struct sub *sub = &documents->subs[at];

        if (sub->parent == parent_index && strcmp(sub->path, path) == 0) {
            parent->expected = at + 1;
            return sub;
        }
    }
    return NULL;
}

static struct sub *add_sub(struct dc_documents *documents, size_t parent_index, const char *path)
{
    struct parent *parent = &documents->parents[parent_index];
    struct sub *sub;

    if (parent->n_subs >= DC_MAX_SUBCOLUMNS || documents->n_subs >= DC_MAX_ALL_SUBCOLUMNS) {
        return NULL;
    }
    documents->subs = dc_array_grow(documents->subs, documents->n_subs, &documents->subs_capacity,
                                    sizeof *documents->subs);
    sub = &documents->subs[documents->n_subs++];
    *sub = (struct sub){.parent = parent_index,
                        .path = dc_arena_strdup(documents->arena, path),
                        .place = dc_profiler_add_column(documents->profiler)};
    parent->n_subs++;
    return sub;
}

static bool take_scalar(void *user, const char *path, enum dc_scalar_kind kind, const char *bytes,
                        size_t size)
{
    struct taking *taking = user;
    struct dc_documents *documents = taking->documents;
    struct parent *parent = &documents->parents[taking->parent];
    struct sub *sub = find_sub(documents, taking->parent, path);
    bool is_null = kind == DC_SCALAR_NULL;

    if (sub == NULL) {
        sub = add_sub(documents, taking->parent, path);
    }
    if (sub == NULL) {
        return true;
    }
    if (sub->last_document != parent->n_documents + 1) {
        sub->last_document = parent->n_documents + 1;
        sub->n_documents++;
    }
    sub->n_values++;
    sub->kinds[kind] = true;
    dc_profiler_add_value(documents->profiler, sub->place,
                          (struct dc_value){is_null ? NULL : bytes, size, is_null, false});
    return true;
}

static void take_cell(struct dc_documents *documents, size_t index, struct dc_value value)
{
    struct parent *parent = &documents->parents[index];
    struct taking taking = {.documents = documents, .parent = index};

    if (value.null || value.size == 0) {
        return;
    }
    parent->n_filled++;
    if (dc_document_walk(value.bytes, value.size, value.truncated, take_scalar, &taking)) {
        parent->n_documents++;
    } else if (!parent->declared && parent->n_documents == 0 && parent->n_filled >= PATIENCE) {
        parent->open = false;
    }
}

void dc_documents_add(struct dc_documents *documents, const struct dc_block *block)
{
    for (size_t i = 0; i < block->n_columns && i < documents->table->n_columns; i++) {
        const struct dc_block_column *column = &block->columns[i];

        for (size_t row = 0; column->fetched && documents->parents[i].open && row < block->n_rows;
             row++) {
            take_cell(documents, i, dc_block_value(column, row));
        }
    }
}

/* ---- end ---- */

static bool is_kept(const struct dc_documents *documents, const struct sub *sub)
{
    const struct parent *parent = &documents->parents[sub->parent];
    double share = parent->n_documents > 0 ? (double)sub->n_documents / (double)parent->n_documents
                                           : 0;

    if (!parent->declared && (double)parent->n_documents < MOSTLY * (double)parent->n_filled) {
        return false;
    }
    return parent->n_documents > 0 &&
           (parent->n_documents < FEW_DOCUMENTS || (sub->n_documents >= 2 && share >= RARE));
}

static void describe(const struct sub *sub, const struct dc_column *parent, struct dc_column *out)
{
    bool xml = parent->type == DC_TYPE_XML;

    out->type = DC_TYPE_TEXT;
    out->type_name = xml ? "xml text" : "json string";
    if (sub->kinds[DC_SCALAR_TEXT]) {
        return;
    }
    if (sub->kinds[DC_SCALAR_NUMBER]) {
        out->type = DC_TYPE_REAL;
        out->type_name = "json number";
    } else if (sub->kinds[DC_SCALAR_INTEGER]) {
        out->type = DC_TYPE_INTEGER;
        out->type_name = "json integer";
    } else if (sub->kinds[DC_SCALAR_BOOLEAN]) {
        out->type = DC_TYPE_BOOLEAN;
        out->type_name = "json boolean";
    }
}

static struct dc_column column_of(const struct sub *sub, const struct dc_column *parent,
                                  struct dc_arena *arena)
{
    const char *name = dc_arena_printf(arena, "%s$%s", parent->name, sub->path);
    struct dc_column column = {.name = name,
                               .path = name + strlen(parent->name) + 1,
                               .comment = "",
                               .length = -1,
                               .scale = -1,
                               .ordinal = parent->ordinal,
                               .nullable = true};

    describe(sub, parent, &column);
    return column;
}

/* Rows in which the key is missing are NULL, as in a column of its own. */
static size_t fill_up(struct dc_documents *documents, const int64_t *rows)
{
    size_t n_kept = 0;

    for (size_t i = 0; i < documents->n_subs; i++) {
        struct sub *sub = &documents->subs[i];

        if (is_kept(documents, sub)) {
            dc_profiler_add_nulls(documents->profiler, sub->place,
                                  rows[sub->parent] - sub->n_documents);
            n_kept++;
        }
    }
    return n_kept;
}

static void put_behind(const struct dc_documents *documents, size_t parent,
                       const struct dc_profile *all, struct dc_arena *arena, struct dc_table *table,
                       struct dc_profile *profiles)
{
    for (size_t i = 0; i < documents->n_subs; i++) {
        const struct sub *sub = &documents->subs[i];

        if (sub->parent == parent && is_kept(documents, sub)) {
            profiles[table->n_columns] = all[sub->place];
            table->columns[table->n_columns++] = column_of(sub, &documents->table->columns[parent],
                                                           arena);
        }
    }
}

const struct dc_table *dc_documents_end(struct dc_documents *documents, struct dc_arena *arena,
                                        struct dc_profile **profiles)
{
    const struct dc_table *table = documents->table;
    int64_t *rows = dc_arena_alloc(arena, (table->n_columns + 1) * sizeof *rows);
    struct dc_table *whole = dc_arena_alloc(arena, sizeof *whole);
    struct dc_profile *all, *ordered;
    size_t n_kept;

    for (size_t i = 0; i < table->n_columns; i++) {
        rows[i] = dc_profiler_rows(documents->profiler, i);
    }
    n_kept = fill_up(documents, rows);
    all = dc_profiler_end(documents->profiler, arena);
    *profiles = all;
    if (n_kept == 0) {
        return table;
    }
    *whole = *table;
    whole->columns_capacity = table->n_columns + n_kept;
    whole->columns = dc_arena_alloc(arena, whole->columns_capacity * sizeof *whole->columns);
    ordered = dc_arena_alloc(arena, whole->columns_capacity * sizeof *ordered);
    whole->n_columns = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        ordered[whole->n_columns] = all[i];
        whole->columns[whole->n_columns++] = table->columns[i];
        put_behind(documents, i, all, arena, whole, ordered);
    }
    *profiles = ordered;
    return whole;
}
