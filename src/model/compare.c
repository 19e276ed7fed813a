/* Two runs side by side: both hand out their tables in the same order, so one walk pairs them. */
#include "dcscan/compare.h"

#include <stdlib.h>
#include <string.h>

#include "compare_internal.h"

static const struct {
    const char *name;
    bool trigger;
} kinds[DC_N_CHANGE_KINDS] = {
    [DC_CHANGE_TABLE_NEW] = {"new-table", true},
    [DC_CHANGE_TABLE_GONE] = {"gone-table", false},
    [DC_CHANGE_TABLE_RENAMED] = {"renamed-table", false},
    [DC_CHANGE_REVIEW_GONE] = {"gone-review", true},
    [DC_CHANGE_VOLUME] = {"volume", true},
    [DC_CHANGE_COLUMN_NEW] = {"new-column", true},
    [DC_CHANGE_COLUMN_GONE] = {"gone-column", true},
    [DC_CHANGE_COLUMN_RENAMED] = {"renamed-column", false},
    [DC_CHANGE_TYPE] = {"type", true},
    [DC_CHANGE_COMMENT] = {"comment", true},
    [DC_CHANGE_LEAF] = {"leaf", true},
    [DC_CHANGE_LEVEL_UP] = {"level-up", true},
    [DC_CHANGE_LEVEL_DOWN] = {"level-down", true},
    [DC_CHANGE_PERSONAL] = {"personal-changed", true},
    [DC_CHANGE_MASKING_NEW] = {"new-masking", true},
    [DC_CHANGE_MASKING_GONE] = {"gone-masking", true},
    [DC_CHANGE_MARKS] = {"marks", false},
    [DC_CHANGE_IMPORTANT_NEW] = {"new-important", true},
    [DC_CHANGE_IMPORTANT_GONE] = {"gone-important", true},
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
                 const struct compared_table *table, const struct compared_column *column,
                 const char *before, const char *after)
{
    struct dc_arena *arena = comparison->arena;
    bool read = column == NULL || column->read;
    const struct dc_change change = {
        .kind = kind,
        .source = dc_arena_strdup(arena, table->source),
        .catalog = dc_arena_strdup(arena, table->catalog),
        .schema = dc_arena_strdup(arena, table->schema),
        .table = dc_arena_strdup(arena, table->name),
        .column = dc_arena_strdup(arena, column != NULL ? column->name : ""),
        .before = dc_arena_strdup(arena, before),
        .after = dc_arena_strdup(arena, after),
        .leaf = !read ? "" : dc_arena_strdup(arena, column != NULL ? column->leaf : table->leaf),
        .level = !read            ? 0
                 : column != NULL ? column->level
                                  : table->level,
        .pi = !read            ? DC_PI_NONE
              : column != NULL ? column->pi
                               : table->pi,
    };

    dc_changes_add(comparison->changes, &change);
}

void compare_level(struct comparison *comparison, const struct compared_table *table,
                   const struct compared_column *column, int before, int after)
{
    if (before != after) {
        compare_add(comparison, after > before ? DC_CHANGE_LEVEL_UP : DC_CHANGE_LEVEL_DOWN, table,
                    column, dc_arena_printf(comparison->arena, "%d", before),
                    dc_arena_printf(comparison->arena, "%d", after));
    }
}

/* ---- the list ---- */

void dc_changes_add_source(struct dc_changes *changes, const struct dc_compared_source *source)
{
    changes->sources = dc_array_grow(changes->sources, changes->n_sources,
                                     &changes->sources_capacity, sizeof *changes->sources);
    changes->sources[changes->n_sources++] = *source;
}

static int compare_changes(const void *left, const void *right)
{
    const struct dc_change *a = left, *b = right;
    const char *const parts[][2] = {{a->source, b->source},
                                    {a->catalog, b->catalog},
                                    {a->schema, b->schema},
                                    {a->table, b->table}};
    int result = 0;

    for (size_t i = 0; i < sizeof parts / sizeof *parts && result == 0; i++) {
        result = strcmp(parts[i][0], parts[i][1]);
    }
    return result;
}

static int compare_sources(const void *left, const void *right)
{
    const struct dc_compared_source *a = left, *b = right;

    return strcmp(a->name, b->name);
}

/* Merge sort: qsort would not keep the order of equal places. */
static void merge(struct dc_change *items, size_t n, struct dc_change *room)
{
    size_t half = n / 2, left = 0, right = half;

    if (n < 2) {
        return;
    }
    merge(items, half, room);
    merge(items + half, n - half, room);
    for (size_t i = 0; i < n; i++) {
        bool from_left = left < half &&
                         (right == n || compare_changes(&items[left], &items[right]) <= 0);

        room[i] = from_left ? items[left++] : items[right++];
    }
    memcpy(items, room, n * sizeof *items);
}

void dc_changes_sort(struct dc_changes *changes)
{
    struct dc_change *room = dc_alloc(changes->n_items + 1, sizeof *room);

    merge(changes->items, changes->n_items, room);
    free(room);
    if (changes->n_sources > 0) {
        qsort(changes->sources, changes->n_sources, sizeof *changes->sources, compare_sources);
    }
}

void dc_changes_add(struct dc_changes *changes, const struct dc_change *change)
{
    changes->items = dc_array_grow(changes->items, changes->n_items, &changes->capacity,
                                   sizeof *changes->items);
    changes->items[changes->n_items++] = *change;
    changes->counts[change->kind]++;
}

size_t dc_changes_triggers(const struct dc_changes *changes)
{
    size_t n = 0;

    for (int kind = 0; kind < DC_N_CHANGE_KINDS; kind++) {
        n += kinds[kind].trigger ? changes->counts[kind] : 0;
    }
    return n;
}

void dc_changes_done(struct dc_changes *changes)
{
    free(changes->items);
    free(changes->sources);
    *changes = (struct dc_changes){0};
}

/* ---- one side ---- */

struct side {
    struct dc_inventory_reader *reader;
    struct dc_arena *arena; /* of the table in hand */
    const struct dc_run *run;
    struct compared_table table;
    bool ended;
    const char **sources; /* that could be listed; in the comparison's arena */
    size_t n_sources, sources_capacity;
};

bool dc_run_source_is_listed(const struct dc_run_source *source)
{
    return source->n_tables > 0 ||
           (strcmp(source->state, "unreachable") != 0 && strcmp(source->state, "not reached") != 0);
}

static bool is_asked(const struct dc_texts *only, const char *name)
{
    for (size_t i = 0; only != NULL && i < only->n_items; i++) {
        if (strcmp(only->items[i], name) == 0) {
            return true;
        }
    }
    return only == NULL;
}

static enum dc_status read_sources(struct side *side, const struct dc_texts *only,
                                   struct dc_arena *arena, struct dc_err *err)
{
    const struct dc_run_source *source = NULL;
    enum dc_status status = side->reader->class_->rewind(side->reader, err);

    if (status == DC_OK) {
        status = side->reader->class_->run(side->reader, &side->run, err);
    }
    while (status == DC_OK &&
           (status = side->reader->class_->next_source(side->reader, &source, err)) == DC_OK &&
           source != NULL) {
        if (dc_run_source_is_listed(source) && is_asked(only, source->name)) {
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

/* Sources of both sides and of one: all are told. */
static void take_sources(struct dc_changes *changes, const struct side *older,
                         const struct side *newer)
{
    for (size_t i = 0; i < older->n_sources; i++) {
        bool both = has_source(newer, older->sources[i]);

        dc_changes_add_source(changes, &(struct dc_compared_source){
                                           older->sources[i], older->run->id,
                                           both ? newer->run->id : 0, older->run->started_at});
    }
    for (size_t i = 0; i < newer->n_sources; i++) {
        if (!has_source(older, newer->sources[i])) {
            dc_changes_add_source(
                changes, &(struct dc_compared_source){newer->sources[i], 0, newer->run->id, 0});
        }
    }
    if (strcmp(older->run->taxonomy_hash, newer->run->taxonomy_hash) != 0) {
        changes->rules_changed = true;
    }
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
        .decided = finding->decided_by != DC_BY_PERSON ? ""
                   : from->decision != NULL
                       ? dc_final_level_name(from->decision->level)
                       : dc_final_level_name((enum dc_final_level)finding->level),
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
    side->table.comment = dc_arena_strdup(side->arena, table->comment);
    side->table.kind = table->kind;
    side->table.decided = table->decision == NULL ? ""
                                                  : dc_final_level_name(table->decision->level);
    side->table.leaf = dc_arena_strdup(side->arena, table->finding.leaf);
    side->table.level = table->status == DC_COLUMN_OK ? table->finding.level : 0;
    side->table.pi = table->finding.n_sensitive > 0  ? DC_PI_SENSITIVE
                     : table->finding.n_personal > 0 ? DC_PI_PERSONAL
                                                     : DC_PI_NONE;
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
    compare_add(comparison, DC_CHANGE_VOLUME, newer, NULL,
                dc_arena_printf(comparison->arena, "%lld", (long long)older->rows_estimated),
                dc_arena_printf(comparison->arena, "%lld", (long long)newer->rows_estimated));
}

void compare_table(struct comparison *comparison, struct compared_table *older,
                   struct compared_table *newer)
{
    compare_volume(comparison, older, newer);
    if (older->level > 0 && newer->level > 0) {
        compare_level(comparison, newer, NULL, older->level, newer->level);
    }
    compare_columns(comparison, older, newer);
}

static enum dc_status step(struct comparison *comparison, struct side *older, struct side *newer,
                           struct dc_err *err)
{
    int place = order(older, newer);
    enum dc_status status = DC_OK;

    if (place < 0) {
        compare_keep(comparison, &comparison->gone, &older->table);
    } else if (place > 0) {
        compare_keep(comparison, &comparison->come, &newer->table);
    } else {
        compare_table(comparison, &older->table, &newer->table);
    }
    if (place <= 0) {
        status = advance(older, newer, err);
    }
    return status == DC_OK && place >= 0 ? advance(newer, older, err) : status;
}

static enum dc_status walk(struct comparison *comparison, const struct dc_texts *only,
                           struct side *older, struct side *newer, struct dc_err *err)
{
    enum dc_status status = read_sources(older, only, comparison->arena, err);

    if (status == DC_OK) {
        status = read_sources(newer, only, comparison->arena, err);
    }
    if (status == DC_OK) {
        take_sources(comparison->changes, older, newer);
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
                               const struct dc_texts *only, struct dc_arena *arena,
                               struct dc_changes *changes, struct dc_err *err)
{
    struct comparison comparison = {.arena = arena, .changes = changes, .kept = dc_arena_create(0)};
    struct side left = {.reader = older, .arena = dc_arena_create(0)};
    struct side right = {.reader = newer, .arena = dc_arena_create(0)};
    enum dc_status status = walk(&comparison, only, &left, &right, err);

    if (status == DC_OK) {
        compare_kept(&comparison);
        dc_changes_sort(changes);
    }
    side_done(&left);
    side_done(&right);
    free(comparison.gone.items);
    free(comparison.come.items);
    dc_arena_destroy(comparison.kept);
    if (status != DC_OK) {
        dc_changes_done(changes);
    }
    return status;
}
