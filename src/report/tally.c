/* Counting over a run. */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"

#define UNKNOWN_CLASS "~" /* of leaves that the run does not explain; behind all others */

/* Important and core data, which people alone set, are counted apart: codes 5 and 6. */
static const char *const LEVEL_CODES[DC_N_FINAL_LEVELS] = {"0", "1", "2", "3", "4", "5", "6"};

struct report_tally *report_tally_create(void)
{
    struct report_tally *tally = dc_alloc(1, sizeof *tally);

    tally->arena = dc_arena_create(0);
    dc_rollup_init(&tally->rollup);
    return tally;
}

static void free_groups(struct report_groups *groups)
{
    for (size_t i = 0; i < groups->n_items; i++) {
        free(groups->items[i].parts.items);
    }
    free(groups->items);
}

static void free_source(struct report_source *source)
{
    free_groups(&source->classes);
    free_groups(&source->kinds);
}

void report_tally_destroy(struct report_tally *tally)
{
    if (tally == NULL) {
        return;
    }
    free_groups(&tally->levels);
    free_groups(&tally->classes);
    free_groups(&tally->leaves);
    free_groups(&tally->level_rules);
    free_groups(&tally->candidates);
    free_groups(&tally->systems);
    free_groups(&tally->plants);
    for (size_t i = 0; i < tally->n_sources; i++) {
        free_source(&tally->sources[i]);
    }
    free(tally->sources);
    free(tally->table_flags);
    free(tally->table_persons);
    free(tally->column_rows);
    dc_rollup_done(&tally->rollup);
    dc_arena_destroy(tally->arena);
    free(tally);
}

/* ---- groups ---- */

int report_code_compare(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0') {
        if (*a >= '0' && *a <= '9' && *b >= '0' && *b <= '9') {
            char *end_a, *end_b;
            unsigned long left = strtoul(a, &end_a, 10), right = strtoul(b, &end_b, 10);

            if (left != right) {
                return left < right ? -1 : 1;
            }
            a = end_a;
            b = end_b;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return (*a != '\0') - (*b != '\0');
}

struct report_group *report_group_find(struct report_groups *groups, const char *code)
{
    struct report_group *group;

    for (size_t i = 0; i < groups->n_items; i++) {
        if (strcmp(groups->items[i].code, code) == 0) {
            return &groups->items[i];
        }
    }
    groups->items = dc_array_grow(groups->items, groups->n_items, &groups->capacity,
                                  sizeof *groups->items);
    group = &groups->items[groups->n_items++];
    *group = (struct report_group){.code = code, .last_table = -1};
    return group;
}

/* Classes stand in the order of their leaves' codes, all others in that of their own. */
static const char *order_of(const struct report_group *group)
{
    return group->leaf == NULL ? group->code : group->leaf->code;
}

static int compare_groups(const void *a, const void *b)
{
    return report_code_compare(order_of(a), order_of(b));
}

static void finish_groups(struct report_groups *groups)
{
    int64_t total = 0;

    if (groups->n_items > 0) {
        qsort(groups->items, groups->n_items, sizeof *groups->items, compare_groups);
    }
    for (size_t i = 0; i < groups->n_items; i++) {
        total += groups->items[i].n_columns;
    }
    for (size_t i = 0; i < groups->n_items; i++) {
        groups->items[i].total = total;
    }
}

/* The group of a code that lives only as long as the row: it is copied when the group is new. */
static struct report_group *group_of(struct report_tally *tally, struct report_groups *groups,
                                     const char *code)
{
    struct report_group *group = report_group_find(groups, code);

    if (group->n_columns == 0 && group->n_tables == 0) {
        group->code = dc_arena_strdup(tally->arena, code);
    }
    return group;
}

static int level_of(const struct dc_finding *finding)
{
    return finding->status == DC_COLUMN_OK && finding->level > 0 && finding->level < N_LEVELS
               ? finding->level
               : 0;
}

static int higher(int a, int b)
{
    return a > b ? a : b;
}

/* As decided: important and core, which people alone set, stand above the general levels. */
static int final_of(const struct dc_inventory_column *column)
{
    return column->decision != NULL && column->decision->level > DC_FINAL_4
               ? (int)column->decision->level
               : level_of(&column->finding);
}

static void count_in(struct report_group *group, const struct dc_inventory_column *column,
                     int64_t table)
{
    const struct dc_finding *finding = &column->finding;

    group->highest = higher(group->highest, final_of(column));
    group->n_columns++;
    group->by_level[level_of(finding)]++;
    group->n_tables += group->last_table != table;
    group->last_table = table;
}

/* ---- sources ---- */

static const char *copy(struct report_tally *tally, const char *text)
{
    return text == NULL ? "" : dc_arena_strdup(tally->arena, text);
}

static void add_source(struct report_tally *tally, const struct dc_run_source *source)
{
    struct dc_run_source own = *source;
    const char **texts[] = {&own.name,    &own.dbms,     &own.dbms_version, &own.driver,
                            &own.dialect, &own.login,    &own.encoding,     &own.state,
                            &own.error,   &own.read_only};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = copy(tally, *texts[i]);
    }
    for (size_t i = 0; i < DC_N_ABOUT; i++) {
        own.about[i] = copy(tally, own.about[i]);
    }
    tally->sources = dc_array_grow(tally->sources, tally->n_sources, &tally->sources_capacity,
                                   sizeof *tally->sources);
    tally->sources[tally->n_sources++] = (struct report_source){.source = own};
}

enum dc_status report_tally_sources(struct report_tally *tally, struct dc_inventory_reader *reader,
                                    struct dc_err *err)
{
    const struct dc_run_source *source;
    enum dc_status status = reader->class_->rewind(reader, err);

    while (status == DC_OK) {
        status = reader->class_->next_source(reader, &source, err);
        if (status != DC_OK || source == NULL) {
            break;
        }
        add_source(tally, source);
        tally->summary.n_sources++;
        tally->summary.n_sources_failed += strcmp(source->state, "ok") != 0 &&
                                           strcmp(source->state, "partial") != 0;
    }
    return status;
}

struct report_source *report_tally_source(struct report_tally *tally, const char *name)
{
    for (size_t n = 0; n < tally->n_sources; n++) {
        size_t i = (tally->last_source + n) % tally->n_sources;

        if (strcmp(tally->sources[i].source.name, name) == 0) {
            tally->last_source = i;
            return &tally->sources[i];
        }
    }
    return NULL;
}

/* ---- tables and columns ---- */

struct counting {
    struct report_tally *tally;
    struct dc_inventory_reader *reader;
    const struct dc_inventory_table *table;
    struct report_source *source; /* or NULL */
    int64_t table_index;
};

static void count_level_rule(struct counting *at, const struct dc_inventory_column *column)
{
    const struct dc_finding *finding = &column->finding;

    if (finding->level_reason != NULL && finding->level_reason[0] != '\0') {
        count_in(group_of(at->tally, &at->tally->level_rules, finding->level_reason), column,
                 at->table_index);
    }
}

static void count_class(struct counting *at, struct report_groups *classes,
                        const struct dc_leaf_text *leaf, const struct dc_inventory_column *column)
{
    struct report_group *group = group_of(at->tally, classes,
                                          leaf == NULL ? UNKNOWN_CLASS : leaf->class1_zh);

    if (group->leaf == NULL ||
        (leaf != NULL && report_code_compare(leaf->code, group->leaf->code) < 0)) {
        group->leaf = leaf;
    }
    count_in(group, column, at->table_index);
}

/* "ID01, ID02": ids are few, and none is a part of another. */
static const char *add_rule(struct dc_arena *arena, const char *rules, const char *id)
{
    return rules == NULL               ? dc_arena_strdup(arena, id)
           : strstr(rules, id) != NULL ? rules
                                       : dc_arena_printf(arena, "%s, %s", rules, id);
}

/* Candidates of a source that are of one kind: a line of the filing. */
static void count_kind(struct counting *at, const struct dc_leaf_text *leaf,
                       const struct dc_inventory_column *column)
{
    const struct dc_finding *finding = &column->finding;
    struct report_group *group = group_of(at->tally, &at->source->kinds, finding->leaf);
    int64_t rows = at->table->rows_estimated;

    group->leaf = leaf;
    if (group->n_columns == 0) {
        group->rows = -1;
    }
    if (group->last_table != at->table_index && rows >= 0) {
        group->rows = (group->rows < 0 ? 0 : group->rows) + rows;
    }
    count_in(group, column, at->table_index);
    for (size_t i = 0; i < finding->n_important; i++) {
        group->rules = add_rule(at->tally->arena, group->rules, finding->important[i]);
    }
}

static void count_groups(struct counting *at, const struct dc_inventory_column *column)
{
    const struct dc_finding *finding = &column->finding;
    struct report_tally *tally = at->tally;
    const struct dc_leaf_text *leaf = at->reader->class_->leaf(at->reader, finding->leaf);
    struct report_group *group = group_of(tally, &tally->leaves, finding->leaf);

    group->leaf = leaf;
    count_in(group, column, at->table_index);
    count_class(at, &tally->classes, leaf, column);
    if (at->source != NULL) {
        count_class(at, &at->source->classes, leaf, column);
    }
    if (at->source != NULL && finding->n_important > 0) {
        count_kind(at, leaf, column);
    }
    count_level_rule(at, column);
    for (size_t i = 0; i < finding->n_important; i++) {
        group = group_of(tally, &tally->candidates, finding->important[i]);
        group->candidate = at->reader->class_->candidate(at->reader, finding->important[i]);
        count_in(group, column, at->table_index);
    }
}

static void count_marks(struct counting *at, const struct dc_finding *finding)
{
    struct dc_report_summary *summary = &at->tally->summary;
    struct report_source ignored = {0};
    struct report_source *source = at->source == NULL ? &ignored : at->source;
    unsigned char *flags = &at->tally->table_flags[at->table_index];
    bool personal = report_is_personal(finding),
         sensitive = personal && finding->pi == DC_PI_SENSITIVE;
    bool important = finding->n_important > 0;

    summary->by_level[level_of(finding)]++;
    source->by_level[level_of(finding)]++;
    source->n_columns_read++;
    summary->n_personal += personal;
    source->n_personal += personal;
    summary->n_sensitive += sensitive;
    source->n_sensitive += sensitive;
    summary->n_important += important;
    source->n_important += important;
    summary->n_review += finding->to_review;
    source->n_review += finding->to_review;
    *flags = (unsigned char)(*flags | (personal ? TABLE_HAS_PERSONAL : 0) |
                             (important ? TABLE_HAS_IMPORTANT : 0) |
                             (finding->to_review ? TABLE_HAS_REVIEW : 0));
}

static void count_column(struct counting *at, const struct dc_inventory_column *column)
{
    const struct dc_finding *finding = &column->finding;
    struct report_tally *tally = at->tally;

    tally->summary.n_columns++;
    if (finding->status != DC_COLUMN_OK) {
        tally->summary.n_columns_unread++;
        /* A rule may be why: L10 stops the reading of a table with a mark of state secrets. */
        count_level_rule(at, column);
        if (at->table->status == DC_COLUMN_OK) {
            tally->table_flags[at->table_index] |= TABLE_HAS_UNREAD;
        }
        return;
    }
    count_in(report_group_find(&tally->levels, LEVEL_CODES[final_of(column)]), column,
             at->table_index);
    count_groups(at, column);
    count_marks(at, finding);
}

static enum dc_status count_table(struct counting *at, struct dc_err *err)
{
    struct report_tally *tally = at->tally;
    const struct dc_inventory_column *column;
    enum dc_status status;
    struct dc_table_persons persons = {0};
    int64_t before = tally->summary.n_columns;

    tally->table_flags = dc_array_grow(tally->table_flags, tally->n_tables, &tally->tables_capacity,
                                       1);
    tally->table_persons = dc_array_grow(tally->table_persons, tally->n_tables,
                                         &tally->persons_capacity, sizeof *tally->table_persons);
    tally->column_rows = dc_array_grow(tally->column_rows, tally->n_tables, &tally->rows_capacity,
                                       sizeof *tally->column_rows);
    tally->table_flags[tally->n_tables] = 0;
    tally->column_rows[tally->n_tables] = tally->n_handed_out + 1;
    at->table_index = (int64_t)tally->n_tables++;
    at->source = report_tally_source(tally, at->table->source);
    dc_rollup_take(&tally->rollup, at->table);
    tally->summary.n_tables++;
    tally->summary.n_tables_unread += at->table->status != DC_COLUMN_OK;
    tally->summary.rows_read += at->table->sample.rows_read;
    tally->summary.bytes_read += at->table->sample.bytes_read;
    while ((status = at->reader->class_->next_column(at->reader, &column, err)) == DC_OK &&
           column != NULL) {
        count_column(at, column);
        tally->n_handed_out++;
        dc_table_persons_take(&persons, column);
    }
    tally->table_persons[at->table_index] = persons.persons;
    if (at->source != NULL) {
        at->source->highest = higher(at->source->highest,
                                     higher(at->table->finding.level, (int)at->table->beyond));
        dc_source_persons_take(&at->source->persons, &persons);
    }
    /* A table that was not done may have no columns in the store yet: they are missing all the same. */
    if (status == DC_OK && tally->summary.n_columns - before < at->table->n_columns) {
        int64_t missing = at->table->n_columns - (tally->summary.n_columns - before);

        tally->summary.n_columns += missing;
        tally->summary.n_columns_unread += missing;
    }
    return status;
}

/* ---- systems and plants ---- */

static void add_group(struct report_group *sum, const struct report_group *part)
{
    sum->n_columns += part->n_columns;
    sum->n_tables += part->n_tables;
    for (size_t i = 0; i < N_LEVELS; i++) {
        sum->by_level[i] += part->by_level[i];
    }
}

static void add_source_to(struct report_tally *tally, struct report_groups *groups,
                          const char *code, const struct report_source *source)
{
    struct report_group *group = report_group_find(groups, code);

    group->highest = higher(group->highest, source->highest);
    group->n_columns += source->n_columns_read;
    group->n_tables += source->source.n_tables_read;
    group->n_columns_found += source->source.n_columns;
    group->n_tables_found += source->source.n_tables;
    group->n_personal += source->n_personal;
    group->n_sensitive += source->n_sensitive;
    group->n_important += source->n_important;
    group->n_review += source->n_review;
    for (size_t i = 0; i < N_LEVELS; i++) {
        group->by_level[i] += source->by_level[i];
    }
    for (size_t i = 0; i < source->classes.n_items; i++) {
        add_group(group_of(tally, &group->parts, source->classes.items[i].code),
                  &source->classes.items[i]);
    }
}

static void sum_sources(struct report_tally *tally)
{
    for (size_t i = 0; i < tally->n_sources; i++) {
        struct report_source *source = &tally->sources[i];

        add_source_to(tally, &tally->systems, source->source.about[DC_ABOUT_SYSTEM], source);
        add_source_to(tally, &tally->plants, source->source.about[DC_ABOUT_PLANT], source);
        dc_person_counts_add(&tally->persons, &source->persons.counts);
        finish_groups(&source->kinds);
    }
    finish_groups(&tally->systems);
    finish_groups(&tally->plants);
}

enum dc_status report_tally_rollup(struct report_tally *tally, struct dc_inventory_reader *reader,
                                   struct dc_err *err)
{
    return dc_rollup_read(&tally->rollup, reader, err);
}

enum dc_status report_tally_count(struct report_tally *tally, struct dc_inventory_reader *reader,
                                  struct dc_err *err)
{
    struct counting at = {.tally = tally, .reader = reader};
    enum dc_status status = reader->class_->rewind(reader, err);

    reader->spared = DC_PART_EVIDENCE | DC_PART_EXAMPLES | DC_PART_SHAPES;
    for (size_t i = N_LEVELS; i > 0; i--) {
        report_group_find(&tally->levels, LEVEL_CODES[i - 1]);
    }
    while (status == DC_OK) {
        status = reader->class_->next_table(reader, &at.table, err);
        if (status != DC_OK || at.table == NULL) {
            break;
        }
        status = count_table(&at, err);
    }
    reader->spared = 0;
    finish_groups(&tally->levels);
    finish_groups(&tally->classes);
    finish_groups(&tally->leaves);
    finish_groups(&tally->level_rules);
    finish_groups(&tally->candidates);
    sum_sources(tally);
    tally->counted = status == DC_OK;
    return status;
}
