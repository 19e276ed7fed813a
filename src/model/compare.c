/* Two runs side by side: both hand out their tables in the same order, so one walk pairs them. */
#include "dcscan/compare.h"

#include <stdlib.h>
#include <string.h>

#include "compare_internal.h"

static const struct {
    const char *name;
    bool trigger;
} kinds[DC_N_CHANGE_KINDS] = {
    [DC_CHANGE_TABLE_NEW] = {"table-new", true},
    [DC_CHANGE_TABLE_GONE] = {"table-gone", false},
    [DC_CHANGE_VOLUME] = {"volume", true},
    [DC_CHANGE_COLUMN_NEW] = {"column-new", true},
    [DC_CHANGE_COLUMN_GONE] = {"column-gone", true},
    [DC_CHANGE_COLUMN_RENAMED] = {"column-renamed", false},
    [DC_CHANGE_TYPE] = {"type", true},
    [DC_CHANGE_COMMENT] = {"comment", true},
    [DC_CHANGE_LEAF] = {"leaf", true},
    [DC_CHANGE_LEVEL_UP] = {"level-up", true},
    [DC_CHANGE_LEVEL_DOWN] = {"level-down", true},
    [DC_CHANGE_PERSONAL] = {"personal", true},
    [DC_CHANGE_MASKING_NEW] = {"masking-new", true},
    [DC_CHANGE_MASKING_GONE] = {"masking-gone", true},
    [DC_CHANGE_MARKS] = {"marks", false},
    [DC_CHANGE_IMPORTANT_NEW] = {"important-new", true},
    [DC_CHANGE_IMPORTANT_GONE] = {"important-gone", false},
};

const char *dc_change_kind_name(enum dc_change_kind kind)
{
    return (unsigned)kind < DC_N_CHANGE_KINDS ? kinds[kind].name : "";
}

bool dc_change_is_trigger(enum dc_change_kind kind)
{
    return (unsigned)kind < DC_N_CHANGE_KINDS && kinds[kind].trigger;
}

void compare_add(struct comparison *comparison, enum dc_change_kind kind,
                 const struct compared_table *table, const char *column, const char *before,
                 const char *after)
{
    struct dc_changes *changes = comparison->changes;

    changes->items = dc_array_grow(changes->items, changes->n_items, &changes->capacity,
                                   sizeof *changes->items);
    changes->items[changes->n_items++] = (struct dc_change){
        .kind = kind,
        .source = dc_arena_strdup(comparison->arena, table->source),
        .catalog = dc_arena_strdup(comparison->arena, table->catalog),
        .schema = dc_arena_strdup(comparison->arena, table->schema),
        .table = dc_arena_strdup(comparison->arena, table->name),
        .column = dc_arena_strdup(comparison->arena, column),
        .before = dc_arena_strdup(comparison->arena, before),
        .after = dc_arena_strdup(comparison->arena, after),
    };
    changes->counts[kind]++;
}

void dc_changes_done(struct dc_changes *changes)
{
    free(changes->items);
    *changes = (struct dc_changes){0};
}

/* ---- one side ---- */

struct side {
    struct dc_inventory_reader *reader;
    struct dc_arena *arena; /* of the table in hand */
    struct compared_table table;
    bool ended;
    const char **sources; /* that could be listed; in the comparison's arena */
    size_t n_sources, sources_capacity;
};

static bool is_listed(const struct dc_run_source *source)
{
    return source->n_tables > 0 ||
           (strcmp(source->state, "unreachable") != 0 && strcmp(source->state, "not reached") != 0);
}

static enum dc_status read_sources(struct side *side, struct dc_arena *arena, struct dc_err *err)
{
    const struct dc_run_source *source = NULL;
    enum dc_status status = side->reader->class_->rewind(side->reader, err);

    while (status == DC_OK &&
           (status = side->reader->class_->next_source(side->reader, &source, err)) == DC_OK &&
           source != NULL) {
        if (is_listed(source)) {
            side->sources = dc_array_grow(side->sources, side->n_sources, &side->sources_capacity,
                                          sizeof *side->sources);
            side->sources[side->n_sources++] = dc_arena_strdup(arena, source->name);
        }
    }
    return status;
}

static bool has_source(const struct side *side, const char *name)
{
    for (size_t i = 0; i < side->n_sources; i++) {
        if (strcmp(side->sources[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static size_t count_apart(const struct side *side, const struct side *other)
{
    size_t n = 0;

    for (size_t i = 0; i < side->n_sources; i++) {
        n += !has_source(other, side->sources[i]);
    }
    return n;
}

static void keep_column(struct side *side, const struct dc_inventory_column *from)
{
    struct compared_table *table = &side->table;
    const struct dc_finding *finding = &from->finding;
    const char **important = dc_arena_alloc(side->arena,
                                            (finding->n_important + 1) * sizeof *important);

    for (size_t i = 0; i < finding->n_important; i++) {
        important[i] = dc_arena_strdup(side->arena, finding->important[i]);
    }
    table->columns = dc_array_grow(table->columns, table->n_columns, &table->capacity,
                                   sizeof *table->columns);
    table->columns[table->n_columns++] = (struct compared_column){
        .name = dc_arena_strdup(side->arena, from->name),
        .comment = dc_arena_strdup(side->arena, from->comment),
        .type_name = dc_arena_strdup(side->arena, from->type_name),
        .leaf = dc_arena_strdup(side->arena, finding->leaf),
        .marks = dc_arena_strdup(side->arena, finding->marks),
        .important = important,
        .n_important = finding->n_important,
        .ordinal = from->ordinal,
        .level = finding->level,
        .pi = finding->pi,
        .read = finding->status == DC_COLUMN_OK,
        .rows = from->profile.rows,
        .nulls = from->profile.nulls,
        .distinct = from->profile.distinct,
        .length_mean = from->profile.length_mean,
    };
}

static enum dc_status keep_columns(struct side *side, struct dc_err *err)
{
    const struct dc_inventory_column *column = NULL;
    enum dc_status status;

    while ((status = side->reader->class_->next_column(side->reader, &column, err)) == DC_OK &&
           column != NULL) {
        keep_column(side, column);
    }
    return status;
}

/* The next table of a source that both have, with its columns. */
static enum dc_status advance(struct side *side, const struct side *other, struct dc_err *err)
{
    const struct dc_inventory_table *table = NULL;
    enum dc_status status;

    do {
        status = side->reader->class_->next_table(side->reader, &table, err);
    } while (status == DC_OK && table != NULL &&
             !(has_source(side, table->source) && has_source(other, table->source)));
    side->ended = table == NULL;
    if (status != DC_OK || side->ended) {
        return status;
    }
    dc_arena_reset(side->arena);
    side->table.source = dc_arena_strdup(side->arena, table->source);
    side->table.catalog = dc_arena_strdup(side->arena, table->catalog);
    side->table.schema = dc_arena_strdup(side->arena, table->schema);
    side->table.name = dc_arena_strdup(side->arena, table->name);
    side->table.rows_estimated = table->rows_estimated;
    side->table.n_columns = 0;
    return keep_columns(side, err);
}

/* ---- the walk ---- */

static int order(const struct side *older, const struct side *newer)
{
    const struct compared_table *a = &older->table, *b = &newer->table;
    const char *const parts[][2] = {{a->source, b->source},
                                    {a->catalog, b->catalog},
                                    {a->schema, b->schema},
                                    {a->name, b->name}};
    int result = 0;

    if (older->ended || newer->ended) {
        return older->ended ? 1 : -1;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts && result == 0; i++) {
        result = strcmp(parts[i][0], parts[i][1]);
    }
    return result;
}

static void compare_volume(struct comparison *comparison, const struct compared_table *older,
                           const struct compared_table *newer)
{
    double before = (double)older->rows_estimated, after = (double)newer->rows_estimated;
    double change = after > before ? after - before : before - after;

    if (before < 0 || after < 0 || change <= 0 || change < DC_VOLUME_SHARE * before) {
        return;
    }
    compare_add(comparison, DC_CHANGE_VOLUME, newer, "",
                dc_arena_printf(comparison->arena, "%lld", (long long)older->rows_estimated),
                dc_arena_printf(comparison->arena, "%lld", (long long)newer->rows_estimated));
}

static enum dc_status step(struct comparison *comparison, struct side *older, struct side *newer,
                           struct dc_err *err)
{
    int place = order(older, newer);
    enum dc_status status = DC_OK;

    if (place < 0) {
        compare_add(comparison, DC_CHANGE_TABLE_GONE, &older->table, "", "", "");
    } else if (place > 0) {
        compare_add(comparison, DC_CHANGE_TABLE_NEW, &newer->table, "", "", "");
    } else {
        compare_volume(comparison, &older->table, &newer->table);
        compare_columns(comparison, &older->table, &newer->table);
    }
    if (place <= 0) {
        status = advance(older, newer, err);
    }
    return status == DC_OK && place >= 0 ? advance(newer, older, err) : status;
}

static enum dc_status walk(struct comparison *comparison, struct side *older, struct side *newer,
                           struct dc_err *err)
{
    enum dc_status status = read_sources(older, comparison->arena, err);

    if (status == DC_OK) {
        status = read_sources(newer, comparison->arena, err);
    }
    comparison->changes->n_sources_apart = count_apart(older, newer) + count_apart(newer, older);
    if (status == DC_OK) {
        status = advance(older, newer, err);
    }
    if (status == DC_OK) {
        status = advance(newer, older, err);
    }
    while (status == DC_OK && !(older->ended && newer->ended)) {
        status = step(comparison, older, newer, err);
    }
    return status;
}

static void side_done(struct side *side)
{
    free(side->sources);
    free(side->table.columns);
    dc_arena_destroy(side->arena);
}

enum dc_status dc_compare_runs(struct dc_inventory_reader *older, struct dc_inventory_reader *newer,
                               struct dc_arena *arena, struct dc_changes *out, struct dc_err *err)
{
    struct comparison comparison = {arena, out};
    struct side left = {.reader = older, .arena = dc_arena_create(0)};
    struct side right = {.reader = newer, .arena = dc_arena_create(0)};
    enum dc_status status;

    *out = (struct dc_changes){0};
    status = walk(&comparison, &left, &right, err);
    side_done(&left);
    side_done(&right);
    if (status != DC_OK) {
        dc_changes_done(out);
    }
    return status;
}
