/* What the rows decide: their words become levels and categories, by what the run of the workbook proposed. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dcscan/text.h"
#include "review_internal.h"

#define UNDECIDED       "Z1-04" /* border rule X10 */
#define FLOOR_PERSONAL  2       /* level rule L3 */
#define FLOOR_SENSITIVE 4

const char *dc_decision_object(struct dc_arena *arena, const struct dc_decision *decision)
{
    const char *const parts[] = {decision->source, decision->catalog, decision->schema,
                                 decision->table, decision->column};
    const char *text = "";

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i] != NULL && parts[i][0] != '\0') {
            text = dc_arena_printf(arena, "%s%s%s", text, text[0] == '\0' ? "" : ".", parts[i]);
        }
    }
    return text;
}

bool review_same_verdict(const struct dc_decision *a, const struct dc_decision *b)
{
    return a->level == b->level && strcmp(a->leaf, b->leaf) == 0;
}

/* ---- the rows by key ---- */

static int by_key(const void *a, const void *b)
{
    const struct entry *left = *(struct entry *const *)a, *right = *(struct entry *const *)b;
    int order = dc_decision_compare(&left->decision, &right->decision);

    return order != 0 ? order : (left > right) - (left < right);
}

static void sort_entries(struct import *import)
{
    import->sorted = dc_arena_alloc(import->arena,
                                    (import->n_entries + 1) * sizeof(struct entry *));
    for (size_t i = 0; i < import->n_entries; i++) {
        import->sorted[i] = &import->entries[i];
    }
    if (import->n_entries > 0) {
        qsort(import->sorted, import->n_entries, sizeof(struct entry *), by_key);
    }
}

struct entry **review_find(const struct import *import, const struct dc_decision *key, size_t *n)
{
    size_t low = 0, high = import->n_entries;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (dc_decision_compare(&import->sorted[middle]->decision, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *n = 0;
    while (low + *n < import->n_entries &&
           dc_decision_compare(&import->sorted[low + *n]->decision, key) == 0) {
        ++*n;
    }
    return &import->sorted[low];
}

enum dc_status review_walk(struct import *import, struct dc_inventory_reader *reader,
                           review_visit_fn *visit, void *user, struct dc_err *err)
{
    const struct dc_inventory_table *table = NULL;
    const struct dc_inventory_column *column;
    enum dc_status status;

    while ((status = reader->class_->next_table(reader, &table, err)) == DC_OK && table != NULL) {
        visit(import, table, NULL, user);
        while ((status = reader->class_->next_column(reader, &column, err)) == DC_OK &&
               column != NULL) {
            visit(import, table, column, user);
        }
        if (status != DC_OK) {
            break;
        }
    }
    return status;
}

/* ---- words ---- */

/* A level as a word of the reports, or as a number, "3", "3.0", "3级". */
static bool parse_level(const struct import *import, const char *text, enum dc_final_level *out)
{
    const char *code = dc_report_word_code(import->tools->definition, "level", text);
    const char *folded = dc_text_fold(import->arena, text);
    char *end;
    long number;

    if (code != NULL) {
        return dc_final_level_parse(code, out) && *out != DC_FINAL_NONE;
    }
    number = strtol(folded, &end, 10);
    if (end != folded && (*end == '\0' || strcmp(end, ".0") == 0 || strcmp(end, "级") == 0) &&
        number >= 1 && number <= 4) {
        *out = (enum dc_final_level)number;
        return true;
    }
    return false;
}

/* A category by its code, or by its name where only one has it. */
static int parse_leaf(const struct import *import, const char *text)
{
    const struct dc_taxonomy *taxonomy = import->tools->taxonomy;
    int found = DC_NO_INDEX;

    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        if (strcasecmp(taxonomy->leaves[i].code, text) == 0) {
            return (int)i;
        }
    }
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[i];

        if (dc_text_equal_nocase(leaf->name.zh, text) ||
            dc_text_equal_nocase(leaf->name.en, text)) {
            if (found != DC_NO_INDEX) {
                return DC_NO_INDEX;
            }
            found = (int)i;
        }
    }
    return found;
}

/* ---- one row ---- */

static void take_basis(struct import *import, struct dc_decision *decision,
                       const struct dc_inventory_table *table,
                       const struct dc_inventory_column *column)
{
    struct dc_arena *arena = import->arena;

    decision->basis = column == NULL ? dc_basis_of_table(table) : dc_basis_of_column(table, column);
    decision->basis.type_name = dc_arena_strdup(arena, decision->basis.type_name);
    decision->basis.comment = dc_arena_strdup(arena, decision->basis.comment);
    decision->run_id = import->result->run_id;
    decision->type = column == NULL ? DC_TYPE_UNKNOWN : column->type;
    decision->subject = dc_arena_strdup(arena, table->finding.subject);
    decision->reference = column == NULL ? "" : dc_arena_strdup(arena, column->reference);
    decision->proposed_leaf = column == NULL ? "" : dc_arena_strdup(arena, column->proposed_leaf);
    decision->proposed_level = column == NULL ? table->proposed_level : column->proposed_level;
    decision->leaf = decision->proposed_leaf;
    decision->level = (enum dc_final_level)decision->proposed_level;
    decision->pi = column == NULL ? DC_PI_NONE : column->finding.pi;
}

/* The category that was filled in; with it come its level and its mark. */
static bool decide_leaf(struct import *import, struct entry *entry)
{
    struct dc_decision *decision = &entry->decision;
    const struct dc_leaf *leaf;
    int index = parse_leaf(import, entry->leaf_text), level;

    if (decision->column[0] == '\0') {
        review_complain(import, DC_REVIEW_INVALID, entry, "a table has no category of its own");
        return false;
    }
    if (index == DC_NO_INDEX) {
        review_complain(import, DC_REVIEW_INVALID, entry, "unknown category \"%s\"",
                        entry->leaf_text);
        return false;
    }
    leaf = &import->tools->taxonomy->leaves[index];
    if (strcmp(leaf->code, decision->proposed_leaf) == 0) {
        return true;
    }
    level = leaf->pi == DC_PI_SENSITIVE  ? FLOOR_SENSITIVE
            : leaf->pi == DC_PI_PERSONAL ? FLOOR_PERSONAL
                                         : 0;
    level = leaf->level > level ? leaf->level : level;
    decision->leaf = leaf->code;
    decision->pi = leaf->pi;
    decision->level = level > 0 ? (enum dc_final_level)level : decision->level;
    return true;
}

static bool decide_level(struct import *import, struct entry *entry)
{
    if (!parse_level(import, entry->level_text, &entry->decision.level)) {
        review_complain(import, DC_REVIEW_INVALID, entry, "unknown level \"%s\"",
                        entry->level_text);
        return false;
    }
    return true;
}

static bool decide(struct import *import, struct entry *entry)
{
    struct dc_decision *decision = &entry->decision;

    if ((entry->leaf_text[0] != '\0' && !decide_leaf(import, entry)) ||
        (entry->level_text[0] != '\0' && !decide_level(import, entry))) {
        return false;
    }
    decision->reason = entry->reason;
    decision->reviewer = entry->reviewer;
    return true;
}

/* ---- what the workbook showed ---- */

/* The last decision about it that stood when the workbook was written, or NULL. */
static const struct dc_decision *shown_decision(const struct import *import,
                                                const struct dc_decision *key)
{
    size_t n;
    const struct dc_decision **log = review_find_log(import, key, &n);

    while (n-- > 0) {
        if (log[n]->batch <= import->watermark &&
            (log[n]->undone == 0 || log[n]->undone > import->watermark) &&
            log[n]->run_id <= import->result->run_id) {
            return log[n];
        }
    }
    return NULL;
}

/* Nobody touched the row: it says what it showed. A reviewer in a row whose basis has changed is a new confirmation. */
static bool is_untouched(const struct import *import, const struct entry *entry)
{
    const struct dc_decision *shown = shown_decision(import, &entry->decision);
    bool changed;

    if (shown == NULL || !review_same_verdict(shown, &entry->decision) ||
        strcmp(shown->reason, entry->reason) != 0) {
        return false;
    }
    changed = dc_basis_compare(&shown->basis, &entry->decision.basis) != 0;
    return strcmp(entry->reviewer, changed ? "" : shown->reviewer) == 0 ||
           (!changed && entry->reviewer[0] == '\0');
}

static void visit(struct import *import, const struct dc_inventory_table *table,
                  const struct dc_inventory_column *column, void *user)
{
    struct dc_decision key = {.source = table->source,
                              .catalog = table->catalog,
                              .schema = table->schema,
                              .table = table->name,
                              .column = column == NULL ? "" : column->name};
    size_t n;
    struct entry **found = review_find(import, &key, &n);

    (void)user;
    for (size_t i = 0; i < n; i++) {
        struct entry *entry = found[i];

        if (entry->resolved) {
            continue; /* a column that stands twice in its table */
        }
        entry->resolved = true;
        take_basis(import, &entry->decision, table, column);
        if (!decide(import, entry)) {
            entry->dropped = true;
        } else if (is_untouched(import, entry)) {
            entry->dropped = true;
            import->result->n_unchanged++;
        }
    }
}

/* ---- what is wanted of a decision ---- */

static void check_entry(struct import *import, struct entry *entry)
{
    struct dc_decision *decision = &entry->decision;

    if (decision->reviewer[0] == '\0' && import->request->reviewer != NULL) {
        decision->reviewer = import->request->reviewer;
    }
    if (decision->reviewer[0] == '\0') {
        review_complain(import, DC_REVIEW_INVALID, entry,
                        "it names no reviewer (fill in \"确认人\", or give --reviewer)");
    }
    if (decision->level == DC_FINAL_NONE ||
        (strcmp(decision->leaf, UNDECIDED) == 0 && entry->level_text[0] == '\0')) {
        review_complain(import, DC_REVIEW_INVALID, entry,
                        "nothing is proposed that could be confirmed: fill in category or level");
    } else if ((int)decision->level != decision->proposed_level && decision->reason[0] == '\0') {
        review_complain(import, DC_REVIEW_INVALID, entry,
                        "its level is changed from %d to %s without a reason",
                        decision->proposed_level, dc_final_level_name(decision->level));
    }
}

/* ---- rows about the same column ---- */

static const char *first_of(const char *a, const char *b)
{
    return a[0] != '\0' ? a : b;
}

/* A row that fills what another leaves open becomes part of it. */
static bool merge(struct import *import, struct entry *into, struct entry *entry)
{
    struct entry merged = *into;
    bool clash = (into->level_text[0] != '\0' && entry->level_text[0] != '\0' &&
                  strcmp(into->level_text, entry->level_text) != 0 &&
                  into->decision.level != entry->decision.level) ||
                 (into->leaf_text[0] != '\0' && entry->leaf_text[0] != '\0' &&
                  strcmp(into->decision.leaf, entry->decision.leaf) != 0);

    if (clash) {
        return false;
    }
    merged.level_text = first_of(into->level_text, entry->level_text);
    merged.leaf_text = first_of(into->leaf_text, entry->leaf_text);
    merged.reason = first_of(into->reason, entry->reason);
    merged.reviewer = first_of(into->reviewer, entry->reviewer);
    merged.decision.leaf = merged.decision.proposed_leaf;
    merged.decision.level = (enum dc_final_level)merged.decision.proposed_level;
    if (!decide(import, &merged)) {
        return false;
    }
    *into = merged;
    entry->dropped = true;
    return true;
}

static void merge_group(struct import *import, struct entry **group, size_t n)
{
    struct entry *first = NULL;

    for (size_t i = 0; i < n; i++) {
        if (group[i]->dropped) {
            continue;
        }
        if (first == NULL) {
            first = group[i];
        } else if (!merge(import, first, group[i])) {
            review_complain(import, DC_REVIEW_DISAGREE, group[i], "%s says otherwise",
                            first->where);
            first->conflict = first->contradicted = true;
            group[i]->dropped = true;
        }
    }
}

static void merge_all(struct import *import)
{
    for (size_t i = 0; i < import->n_entries;) {
        size_t n;
        struct entry **group = review_find(import, &import->sorted[i]->decision, &n);

        if (n > 1) {
            merge_group(import, group, n);
        }
        i += n;
    }
}

enum dc_status review_resolve(struct import *import, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    enum dc_status status;

    sort_entries(import);
    status = dc_store_read_run(import->tools->store, import->result->run_id, &reader, err);
    if (status != DC_OK) {
        return status;
    }
    status = review_walk(import, reader, visit, NULL, err);
    reader->class_->destroy(reader);
    if (status != DC_OK) {
        return status;
    }
    for (size_t i = 0; i < import->n_entries; i++) {
        if (!import->entries[i].resolved) {
            import->entries[i].dropped = true;
            review_complain(import, DC_REVIEW_INVALID, &import->entries[i],
                            "run %lld has no such column", (long long)import->result->run_id);
        }
    }
    merge_all(import);
    for (size_t i = 0; i < import->n_entries; i++) {
        if (!import->entries[i].dropped) {
            check_entry(import, &import->entries[i]);
        }
    }
    return DC_OK;
}
