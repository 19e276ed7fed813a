/* Foreign keys and neighbours: an id that references a row is a key; a natural key takes the leaf of what it references. */
#include <string.h>
#include <strings.h>

#include "dcscan/text.h"

#include "classify_internal.h"

#define SERIES      3 /* columns that make a series */
#define MOST_SERIES 0.8

static bool is_surrogate_type(const struct dc_column *column)
{
    return column->type == DC_TYPE_INTEGER || column->type == DC_TYPE_UUID ||
           (column->type == DC_TYPE_DECIMAL && column->scale <= 0);
}

/* The subject that the name of a table means by itself. */
static int subject_of_name(struct table_work *work, const char *table)
{
    struct dc_name_reading read;
    int subject = DC_NO_INDEX;

    dc_name_read(work->classifier->index, table, work->arena, &read);
    for (size_t i = 0; i < read.n_hits; i++) {
        const struct dc_concept *concept = work_concept(work, read.hits[i].concept);

        if (concept->kind == DC_CONCEPT_OBJECT && !(concept->weak && subject != DC_NO_INDEX)) {
            subject = concept->subject;
        }
    }
    return subject;
}

static void add_foreign_key(struct table_work *work, struct column_work *column)
{
    const struct dc_column *described = column->column;
    const char *detail = dc_arena_printf(work->arena, "%s.%s", described->ref_table,
                                         described->ref_column == NULL ? ""
                                                                       : described->ref_column);

    if (is_surrogate_type(described)) {
        classify_add(work, column, DC_EVIDENCE_RELATION, "foreign-key", detail,
                     work->classifier->weights.relation, work->classifier->leaves[LEAF_KEY]);
    } else {
        classify_add(work, column, DC_EVIDENCE_RELATION, "foreign-key", detail,
                     work->classifier->weights.relation,
                     classify_leaf_of(work, work->classifier->roles[ROLE_NUMBER],
                                      subject_of_name(work, described->ref_table)));
    }
}

/* The name without a final id, code, name or no, with its separator: what siblings share. */
static size_t stem_size(const char *name, const char *ending)
{
    size_t size = strlen(name), tail = strlen(ending);

    if (size <= tail + 1 || strcasecmp(name + size - tail, ending) != 0) {
        return 0;
    }
    size -= tail;
    return name[size - 1] == '_' ? size - 1 : size;
}

static bool is_sibling(const char *name, size_t stem, const char *other)
{
    static const char *const endings[] = {"code", "name", "no", "number", "bm", "mc", "bh"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (stem_size(other, endings[i]) == stem && strncasecmp(name, other, stem) == 0) {
            return true;
        }
    }
    return false;
}

/* supplier_id beside supplier_code or supplier_name is the key that they explain. */
static void add_siblings(struct table_work *work, struct column_work *column)
{
    size_t stem = stem_size(column->column->name, "id");

    if (stem == 0) {
        return;
    }
    for (size_t i = 0; i < work->n_columns; i++) {
        const char *other = work->columns[i].column->name;

        if (&work->columns[i] != column && is_sibling(column->column->name, stem, other)) {
            classify_add(work, column, DC_EVIDENCE_NEIGHBOUR, "named-by-neighbour", other,
                         work->classifier->weights.neighbour, work->classifier->leaves[LEAF_KEY]);
            return;
        }
    }
}

/* ---- numbered series ---- */

/* A row of columns that differ by a number only, and whose name says nothing else, is room for what a site wants to keep. */
static void add_series(struct table_work *work, struct column_work *column)
{
    size_t n;

    if (column->role != DC_NO_INDEX || column->readings[FROM_COMMENT].n_words > 0 ||
        work->subject == DC_NO_INDEX) {
        return;
    }
    n = classify_count_series(work, column);
    if (n < SERIES || (double)n > MOST_SERIES * (double)classify_count_columns(work)) {
        return; /* in a table of nothing else they are its columns */
    }
    classify_add(work, column, DC_EVIDENCE_NEIGHBOUR, "numbered-series", "",
                 work->classifier->weights.table_fallback * 1.2,
                 work->classifier->leaves[LEAF_TEXT]);
}

void classify_relations(struct table_work *work, struct column_work *column)
{
    if (column->column->ref_table != NULL && column->column->ref_table[0] != '\0') {
        add_foreign_key(work, column);
    }
    add_siblings(work, column);
    add_series(work, column);
}
