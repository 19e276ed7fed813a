/* Fields of a column and its profile. */
#include "layout.h"

#define COLUMN(name, member) \
    FIELD_TEXT("column." name, SCOPE_COLUMN, struct dc_inventory_column, member)
#define PROFILE(name, member) \
    FIELD_COUNT("profile." name, SCOPE_COLUMN, struct dc_inventory_column, profile.member)
#define MADE(name, kind, fn) FIELD_FILL(name, kind, SCOPE_COLUMN, fn)

static void key(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, report_key(row, row->column->name));
}

static void type_class(const struct report_row *row, struct dc_cell *cell)
{
    report_set_text(cell, dc_type_class_name(row->column->type));
}

static void ordinal(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, row->column->ordinal);
}

static void nullable(const struct report_row *row, struct dc_cell *cell)
{
    report_set_bool(row, cell, row->column->nullable);
}

static void primary_key(const struct report_row *row, struct dc_cell *cell)
{
    report_set_bool(row, cell, row->column->primary_key);
}

/* ---- profile ---- */

static void filled(const struct report_row *row, struct dc_cell *cell)
{
    report_set_int(cell, dc_profile_filled(&row->column->profile));
}

static void null_share(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_profile *profile = &row->column->profile;

    report_set_share(cell, profile->nulls + profile->empties, profile->rows);
}

static void examples(const struct report_row *row, struct dc_cell *cell)
{
    const struct dc_profile *profile = &row->column->profile;
    const char **items = dc_arena_alloc(row->layout->scratch, DC_MAX_EXAMPLES * sizeof *items);

    *cell = (struct dc_cell){.kind = DC_CELL_LIST, .items = items};
    for (size_t i = 0; i < DC_MAX_EXAMPLES; i++) {
        if (profile->examples[i][0] != '\0') {
            items[cell->n_items++] = profile->examples[i];
        }
    }
}

/* What it would mean that a kind of value was not seen: only a random sample says it of the rest. */
static void proof(const struct report_row *row, struct dc_cell *cell)
{
    int64_t seen = dc_profile_filled(&row->column->profile);
    enum dc_sample_method method = row->table->sample.method;
    bool random = method == DC_SAMPLE_TABLESAMPLE || method == DC_SAMPLE_RANDOM_KEYS ||
                  method == DC_SAMPLE_RANDOM_ROWS;

    if (random && seen > 0) {
        const char *values[] = {report_count_text(row, seen),
                                report_percent_text(row, dc_share_upper_95(seen))};

        report_set_text(cell, report_phrase(row, "column_proof", values, 2));
    }
}

const struct report_field report_fields_column[] = {
    COLUMN("name", name),
    COLUMN("path", detail.path),
    COLUMN("comment", comment),
    COLUMN("type", type_name),
    MADE("column.type_class", DC_CELL_TEXT, type_class),
    MADE("column.ordinal", DC_CELL_INT, ordinal),
    MADE("column.nullable", DC_CELL_BOOL, nullable),
    MADE("column.primary_key", DC_CELL_BOOL, primary_key),
    COLUMN("reference", reference),
    MADE("column.key", DC_CELL_TEXT, key),
    PROFILE("rows", rows),
    PROFILE("nulls", nulls),
    PROFILE("empties", empties),
    PROFILE("distinct", distinct),
    PROFILE("masked", masked),
    PROFILE("truncated", truncated),
    PROFILE("length_min", length_min),
    PROFILE("length_max", length_max),
    FIELD_REAL("profile.length_mean", SCOPE_COLUMN, struct dc_inventory_column,
               profile.length_mean),
    MADE("profile.filled", DC_CELL_INT, filled),
    MADE("profile.null_share", DC_CELL_PERCENT, null_share),
    MADE("profile.examples", DC_CELL_LIST, examples),
    MADE("profile.proof", DC_CELL_TEXT, proof),
    FIELD_END,
};
