/* The rows of a table definition, in order, streamed from the reader. */
#include <string.h>

#include "layout.h"

struct walk {
    struct report_layout *layout;
    const struct report_table_def *def;
    struct report_table_run *table;
    struct dc_err *err;
};

static const struct dc_inventory_reader_class *reader_of(const struct walk *walk)
{
    return walk->layout->reader->class_;
}

static enum dc_status take(struct walk *walk, struct report_row *row)
{
    return report_row_take(walk->table, row, walk->err);
}

/* ---- what the definition itself has ---- */

static enum dc_status walk_facts(struct walk *walk)
{
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < walk->def->n_facts; i++) {
        status = take(walk, &(struct report_row){.fact = &walk->def->facts[i]});
    }
    return status;
}

static enum dc_status walk_contents(struct walk *walk)
{
    const struct dc_report_definition *definition = walk->layout->definition;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < definition->n_sheets; i++) {
        if (report_sheet_is_wanted(walk->layout, &definition->sheets[i]) &&
            !definition->sheets[i].hidden) {
            status = take(walk, &(struct report_row){.sheet = &definition->sheets[i]});
        }
    }
    return status;
}

/* Words that people may choose: "undecided" is nothing that a person decides. */
static enum dc_status walk_words(struct walk *walk)
{
    size_t n_words;
    const struct report_word *words = report_words(walk->layout->definition, walk->def->words,
                                                   &n_words);
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < n_words; i++) {
        if (strcmp(words[i].code, "0") != 0) {
            status = take(walk, &(struct report_row){.word = &words[i]});
        }
    }
    return status;
}

static enum dc_status walk_all_leaves(struct walk *walk)
{
    struct dc_inventory_reader *reader = walk->layout->reader;
    const struct dc_leaf_text *leaf;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && (leaf = reader->class_->leaf_at(reader, i)) != NULL;
         i++) {
        status = take(walk, &(struct report_row){.leaf = leaf});
    }
    return status;
}

/* ---- what was counted ---- */

static enum dc_status walk_sources(struct walk *walk)
{
    const struct report_tally *tally = walk->layout->tally;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < tally->n_sources; i++) {
        status = take(walk, &(struct report_row){.source = &tally->sources[i]});
    }
    return status;
}

static enum dc_status take_group(struct walk *walk, const struct report_group *group)
{
    return take(walk, &(struct report_row){.group = group,
                                           .leaf = group->leaf,
                                           .candidate = group->candidate,
                                           .candidate_id = group->code});
}

static enum dc_status walk_groups(struct walk *walk, const struct report_groups *groups)
{
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < groups->n_items; i++) {
        status = take_group(walk, &groups->items[i]);
    }
    return status;
}

/* Candidates by kind, source by source: the lines of a filing. */
static enum dc_status walk_kinds(struct walk *walk)
{
    const struct report_tally *tally = walk->layout->tally;
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < tally->n_sources; i++) {
        const struct report_source *source = &tally->sources[i];

        for (size_t j = 0; status == DC_OK && j < source->kinds.n_items; j++) {
            status = take(walk, &(struct report_row){.source = source,
                                                     .group = &source->kinds.items[j],
                                                     .leaf = source->kinds.items[j].leaf});
        }
    }
    return status;
}

static enum dc_status walk_schemas(struct walk *walk)
{
    const struct dc_rollup *rollup = &walk->layout->tally->rollup;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < rollup->n_schemas; i++) {
        status = take(walk, &(struct report_row){.rollup = &rollup->schemas[i]});
    }
    return status;
}

static enum dc_status walk_duties(struct walk *walk)
{
    struct dc_person_duty duties[DC_N_PERSON_NOTES];
    enum dc_status status = DC_OK;

    dc_person_duties(&walk->layout->tally->persons, &walk->layout->thresholds, duties);
    for (size_t i = 0; status == DC_OK && i < DC_N_PERSON_NOTES; i++) {
        status = take(walk, &(struct report_row){.duty = &duties[i]});
    }
    return status;
}

static enum dc_status walk_levels(struct walk *walk)
{
    const struct report_groups *levels = &walk->layout->tally->levels;
    enum dc_status status = DC_OK;

    for (size_t i = levels->n_items; status == DC_OK && i > 0; i--) { /* highest first */
        status = take_group(walk, &levels->items[i - 1]);
    }
    return status;
}

static const struct report_group *counted(const struct report_groups *groups, const char *code)
{
    for (size_t i = 0; i < groups->n_items; i++) {
        if (strcmp(groups->items[i].code, code) == 0) {
            return &groups->items[i];
        }
    }
    return NULL;
}

/* The rules that have words in the definitions, fired or not; then those that fired beyond them. */
static enum dc_status walk_level_rules(struct walk *walk)
{
    const struct report_groups *fired = &walk->layout->tally->level_rules;
    size_t n_words;
    const struct report_word *words = report_words(walk->layout->definition, "level_rule",
                                                   &n_words);
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < n_words; i++) {
        const struct report_group *group = counted(fired, words[i].code);
        struct report_group none = {.code = words[i].code};

        status = take_group(walk, group != NULL ? group : &none);
    }
    for (size_t i = 0; status == DC_OK && i < fired->n_items; i++) {
        const char *code = fired->items[i].code;

        if (report_word(walk->layout->definition, walk->layout->lang, "level_rule", code) == code) {
            status = take_group(walk, &fired->items[i]);
        }
    }
    return status;
}

static bool is_listed(const struct dc_texts *codes, const char *code)
{
    for (size_t i = 0; i < codes->n_items; i++) {
        if (strcmp(codes->items[i], code) == 0) {
            return true;
        }
    }
    return false;
}

/* Columns of the leaves that another standard puts into one class. */
static enum dc_status walk_views(struct walk *walk)
{
    const struct report_layout *layout = walk->layout;
    const struct report_groups *leaves = &layout->tally->leaves;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < layout->n_views; i++) {
        const struct dc_class_view *view = &layout->views[i];
        struct report_group sum = {.code = view->class_zh};

        for (size_t j = 0; j < leaves->n_items; j++) {
            const struct report_group *leaf = &leaves->items[j];

            sum.total += leaf->n_columns;
            if (is_listed(&view->leaves, leaf->code) && leaf->highest > sum.highest) {
                sum.highest = leaf->highest;
            }
            for (size_t level = 0; is_listed(&view->leaves, leaf->code) && level < N_LEVELS;
                 level++) {
                sum.by_level[level] += leaf->by_level[level];
                sum.n_columns += leaf->by_level[level];
            }
        }
        status = take(walk, &(struct report_row){.view = view, .group = &sum});
    }
    return status;
}

/* The rules that the definition lists, as far as the run knows them; then those that fired beyond them. */
static enum dc_status walk_candidate_rules(struct walk *walk)
{
    const struct report_groups *fired = &walk->layout->tally->candidates;
    struct dc_inventory_reader *reader = walk->layout->reader;
    const struct dc_texts *codes = &walk->def->codes;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < codes->n_items; i++) {
        const struct report_group *group = counted(fired, codes->items[i]);
        struct report_group none = {
            .code = codes->items[i],
            .candidate = reader->class_->candidate(reader, codes->items[i])};

        if (group != NULL || none.candidate != NULL) {
            status = take_group(walk, group != NULL ? group : &none);
        }
    }
    for (size_t i = 0; status == DC_OK && i < fired->n_items; i++) {
        if (!is_listed(codes, fired->items[i].code)) {
            status = take_group(walk, &fired->items[i]);
        }
    }
    return status;
}

/* ---- tables and columns ---- */

typedef enum dc_status column_fn(struct walk *walk, struct report_row *row);

static enum dc_status take_column(struct walk *walk, struct report_row *row)
{
    const struct dc_finding *finding = &row->column->finding;
    bool decided = finding->status == DC_COLUMN_OK;

    if ((walk->def->where == WHERE_PERSONAL && !report_is_personal(finding)) ||
        (walk->def->where == WHERE_SENSITIVE && !(decided && finding->pi == DC_PI_SENSITIVE)) ||
        (walk->def->where == WHERE_REVIEW && !(decided && finding->to_review))) {
        return DC_OK;
    }
    return take(walk, row);
}

static enum dc_status take_candidates(struct walk *walk, struct report_row *row)
{
    const struct dc_finding *finding = &row->column->finding;
    struct dc_inventory_reader *reader = walk->layout->reader;
    enum dc_status status = DC_OK;

    for (size_t i = 0;
         status == DC_OK && finding->status == DC_COLUMN_OK && i < finding->n_important; i++) {
        row->candidate_id = finding->important[i];
        row->candidate = reader->class_->candidate(reader, row->candidate_id);
        status = take(walk, row);
    }
    return status;
}

static bool is_value_line(const struct dc_evidence *line)
{
    return line->kind == DC_EVIDENCE_VALUE || line->kind == DC_EVIDENCE_CHECKSUM;
}

/* The counters behind a line of evidence from values; NULL for others and in runs of older versions. */
static const struct dc_rule_tally *tally_of(const struct dc_inventory_column *column,
                                            const struct dc_evidence *line)
{
    const struct dc_column_detail *detail = &column->detail;

    for (size_t i = 0; is_value_line(line) && i < detail->n_tallies; i++) {
        if (strcmp(detail->tallies[i].rule, line->rule) == 0) {
            return &detail->tallies[i];
        }
    }
    return NULL;
}

static bool is_evidence(const struct dc_finding *finding, const char *rule)
{
    for (size_t i = 0; i < finding->n_evidence; i++) {
        if (is_value_line(&finding->evidence[i]) && strcmp(finding->evidence[i].rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

/* Rules that matched, too seldom or too much by chance to speak: who recomputes a verdict wants to see them. */
static enum dc_status take_counted(struct walk *walk, const struct report_row *base)
{
    const struct dc_inventory_column *column = base->column;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < column->detail.n_tallies; i++) {
        const struct dc_rule_tally *tally = &column->detail.tallies[i];
        struct dc_evidence line = {.kind = DC_EVIDENCE_VALUE,
                                   .rule = tally->rule,
                                   .detail = "",
                                   .leaf = "",
                                   .matched = tally->count.matched,
                                   .tested = dc_profile_filled(&column->profile),
                                   .distinct = tally->count.distinct};
        struct report_row row = *base;

        row.evidence = &line;
        row.tally = tally;
        row.only_counted = true;
        if (!is_evidence(&column->finding, tally->rule)) {
            status = take(walk, &row);
        }
    }
    return status;
}

static enum dc_status take_evidence(struct walk *walk, struct report_row *row)
{
    const struct dc_finding *finding = &row->column->finding;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < finding->n_evidence; i++) {
        row->evidence = &finding->evidence[i];
        row->tally = tally_of(row->column, row->evidence);
        status = take(walk, row);
    }
    return status == DC_OK ? take_counted(walk, row) : status;
}

static enum dc_status take_unread_column(struct walk *walk, struct report_row *row)
{
    const struct dc_finding *finding = &row->column->finding;
    struct report_unread unread = {"column", dc_column_status_name(finding->status),
                                   finding->reason, -1, -1};
    struct report_row told = *row;

    if (finding->status == DC_COLUMN_OK) {
        return DC_OK;
    }
    told.unread = &unread;
    return take(walk, &told);
}

static const struct dc_leaf_text *leaf_of(struct walk *walk, const struct dc_finding *finding)
{
    struct dc_inventory_reader *reader = walk->layout->reader;
    bool known = finding->status == DC_COLUMN_OK && finding->leaf != NULL &&
                 finding->leaf[0] != '\0';

    return known ? reader->class_->leaf(reader, finding->leaf) : NULL;
}

static enum dc_status walk_table_columns(struct walk *walk, const struct report_row *base,
                                         column_fn *take_one)
{
    enum dc_status status;
    const struct dc_inventory_column *column;
    int64_t n = 0;

    while ((status = reader_of(walk)->next_column(walk->layout->reader, &column, walk->err)) ==
               DC_OK &&
           column != NULL) {
        struct report_row row = *base;

        row.column = column;
        row.first_column = n == 0;
        row.column_row = base->column_row > 0 ? base->column_row + n : 0;
        n++;
        row.leaf = leaf_of(walk, &column->finding);
        status = take_one(walk, &row);
        if (status != DC_OK) {
            break;
        }
    }
    return status;
}

/* Goes over the tables that have one of the flags (0: all), and over their columns when `take_one` is given. */
static enum dc_status walk_tables(struct walk *walk, int flags, column_fn *take_one)
{
    struct report_tally *tally = walk->layout->tally;
    struct dc_inventory_reader *reader = walk->layout->reader;
    enum dc_status status = reader->class_->rewind(reader, walk->err);

    for (size_t i = 0; status == DC_OK; i++) {
        struct report_row row = {.table_index = (int64_t)i};

        status = reader->class_->next_table(reader, &row.table, walk->err);
        if (status != DC_OK || row.table == NULL) {
            break;
        }
        if (flags != 0 && i < tally->n_tables && (tally->table_flags[i] & flags) == 0) {
            continue;
        }
        row.source = report_tally_source(tally, row.table->source);
        row.column_row = i < tally->n_tables ? tally->column_rows[i] : 0;
        status = take_one == NULL ? take(walk, &row) : walk_table_columns(walk, &row, take_one);
    }
    return status;
}

static int flags_of(int where)
{
    return where == WHERE_PERSONAL || where == WHERE_SENSITIVE ? TABLE_HAS_PERSONAL
           : where == WHERE_REVIEW                             ? TABLE_HAS_REVIEW
                                                               : 0;
}

/* ---- what was not read ---- */

static enum dc_status walk_unread_sources(struct walk *walk)
{
    const struct report_tally *tally = walk->layout->tally;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < tally->n_sources; i++) {
        const struct dc_run_source *source = &tally->sources[i].source;
        struct report_unread unread = {"source", source->state, source->error,
                                       source->n_tables - source->n_tables_read, -1};

        /* Of a source that was read in part, the tables below tell; it has a row of its own when something befell it. */
        if (strcmp(source->state, "ok") != 0 &&
            (strcmp(source->state, "partial") != 0 || source->error[0] != '\0')) {
            /* Of a source that could not be listed nobody knows how much is missing. */
            unread.n_tables = source->n_tables > 0 ? unread.n_tables : -1;
            status = take(walk,
                          &(struct report_row){.source = &tally->sources[i], .unread = &unread});
        }
    }
    return status;
}

static enum dc_status take_unread_table(struct walk *walk, struct report_row *row)
{
    const struct dc_inventory_table *table = row->table;
    struct report_unread unread = {"table", dc_column_status_name(table->status), table->reason, 1,
                                   table->n_columns > 0 ? table->n_columns : -1};
    struct report_row told = *row;

    told.unread = &unread;
    return take(walk, &told);
}

static enum dc_status walk_unread(struct walk *walk)
{
    struct report_tally *tally = walk->layout->tally;
    struct dc_inventory_reader *reader = walk->layout->reader;
    enum dc_status status = walk_unread_sources(walk);

    if (status == DC_OK) {
        status = reader->class_->rewind(reader, walk->err);
    }
    for (size_t i = 0; status == DC_OK; i++) {
        struct report_row row = {0};

        status = reader->class_->next_table(reader, &row.table, walk->err);
        if (status != DC_OK || row.table == NULL) {
            break;
        }
        row.source = report_tally_source(tally, row.table->source);
        if (row.table->status != DC_COLUMN_OK) {
            status = take_unread_table(walk, &row);
        } else if (i >= tally->n_tables || (tally->table_flags[i] & TABLE_HAS_UNREAD) != 0) {
            status = walk_table_columns(walk, &row, take_unread_column);
        }
    }
    return status;
}

/* ---- what changed ---- */

static enum dc_status walk_compared(struct walk *walk)
{
    const struct dc_changes *changes = walk->layout->changes;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && changes != NULL && i < changes->n_sources; i++) {
        status = take(walk, &(struct report_row){.compared = &changes->sources[i]});
    }
    return status;
}

static enum dc_status walk_change_kinds(struct walk *walk)
{
    const struct dc_changes *changes = walk->layout->changes;
    enum dc_status status = DC_OK;

    for (int kind = 0; status == DC_OK && changes != NULL && kind < DC_N_CHANGE_KINDS; kind++) {
        struct dc_change change = {.kind = (enum dc_change_kind)kind};

        if (changes->counts[kind] > 0) {
            status = take(walk, &(struct report_row){.change = &change});
        }
    }
    return status;
}

static enum dc_status walk_changes(struct walk *walk)
{
    const struct dc_changes *changes = walk->layout->changes;
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && changes != NULL && i < changes->n_items; i++) {
        status = take(walk, &(struct report_row){.change = &changes->items[i]});
    }
    return status;
}

enum dc_status report_rows_walk(struct report_layout *layout, const struct report_table_def *def,
                                struct report_table_run *table, struct dc_err *err)
{
    struct walk walk = {layout, def, table, err};

    switch ((enum report_rows)def->rows) {
    case ROWS_FACTS:
        return walk_facts(&walk);
    case ROWS_CONTENTS:
        return walk_contents(&walk);
    case ROWS_SOURCES:
        return walk_sources(&walk);
    case ROWS_TABLES:
        return walk_tables(&walk, 0, NULL);
    case ROWS_COLUMNS:
        return walk_tables(&walk, flags_of(def->where), take_column);
    case ROWS_CANDIDATES:
        return walk_tables(&walk, TABLE_HAS_IMPORTANT, take_candidates);
    case ROWS_EVIDENCE:
        return walk_tables(&walk, 0, take_evidence);
    case ROWS_UNREAD:
        return walk_unread(&walk);
    case ROWS_LEVELS:
        return walk_levels(&walk);
    case ROWS_CLASSES:
        return walk_groups(&walk, &layout->tally->classes);
    case ROWS_LEAVES:
        return walk_groups(&walk, &layout->tally->leaves);
    case ROWS_LEVEL_RULES:
        return walk_level_rules(&walk);
    case ROWS_CANDIDATE_RULES:
        return walk_candidate_rules(&walk);
    case ROWS_WORDS:
        return walk_words(&walk);
    case ROWS_ALL_LEAVES:
        return walk_all_leaves(&walk);
    case ROWS_SYSTEMS:
        return walk_groups(&walk, &layout->tally->systems);
    case ROWS_PLANTS:
        return walk_groups(&walk, &layout->tally->plants);
    case ROWS_KINDS:
        return walk_kinds(&walk);
    case ROWS_VIEWS:
        return walk_views(&walk);
    case ROWS_SCHEMAS:
        return walk_schemas(&walk);
    case ROWS_DUTIES:
        return walk_duties(&walk);
    case ROWS_COMPARED:
        return walk_compared(&walk);
    case ROWS_CHANGE_KINDS:
        return walk_change_kinds(&walk);
    case ROWS_CHANGES:
        return walk_changes(&walk);
    case N_ROWS:
        break;
    }
    return dc_err_set(err, DC_ERR_INTERNAL, "could not lay out table \"%s\": unknown rows",
                      def->id);
}
