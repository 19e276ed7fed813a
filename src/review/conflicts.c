/* What speaks against a decision: what others have decided meanwhile, and what newer runs have found. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/strbuf.h"
#include "review_internal.h"

#define MAX_LIST 512

static void conflict(struct import *import, struct entry *entry, enum dc_review_problem_kind kind,
                     const char *text)
{
    entry->conflict = true;
    review_complain(import, kind, entry, "%s", text);
}

/* ---- what others have decided ---- */

static const char *told(struct import *import, const struct dc_decision *decision)
{
    return dc_arena_printf(import->arena, "%s has decided otherwise (decision %lld: %s, level %s)",
                           decision->reviewer, (long long)decision->id, decision->leaf,
                           dc_final_level_name(decision->level));
}

static void check_decided(struct import *import, struct entry *entry,
                          const struct dc_decision *in_force)
{
    if (in_force->batch <= import->watermark) {
        return; /* the workbook showed it */
    }
    if (review_same_verdict(in_force, &entry->decision)) {
        entry->dropped = true;
        import->result->n_unchanged++;
    } else if (in_force->run_id > import->result->run_id) {
        conflict(import, entry, DC_REVIEW_OLDER,
                 dc_arena_printf(import->arena, "%s, from the workbook of the newer run %lld",
                                 told(import, in_force), (long long)in_force->run_id));
    } else if (strcmp(in_force->reviewer, entry->decision.reviewer) != 0) {
        conflict(import, entry, DC_REVIEW_DECIDED,
                 dc_arena_printf(import->arena, "%s since the workbook was written",
                                 told(import, in_force)));
    }
}

static void check_all_decided(struct import *import)
{
    for (size_t i = 0; i < import->n_entries; i++) {
        struct entry *entry = &import->entries[i];
        size_t n;
        const struct dc_decision **log = review_find_log(import, &entry->decision, &n);

        while (n > 0 && log[n - 1]->undone != 0) {
            n--; /* the last that is not undone is in force */
        }
        if (n > 0 && !entry->dropped) {
            check_decided(import, entry, log[n - 1]);
        }
    }
}

/* ---- what newer runs have found ---- */

static void add(struct dc_strbuf *list, const char *text)
{
    dc_strbuf_puts(list, list->size == 0 ? "" : ", ");
    dc_strbuf_puts(list, text);
}

static void compare(struct import *import, struct entry *entry,
                    const struct dc_inventory_table *table,
                    const struct dc_inventory_column *column, int64_t run_id)
{
    const struct dc_decision *decision = &entry->decision;
    struct dc_basis now = column == NULL ? dc_basis_of_table(table)
                                         : dc_basis_of_column(table, column);
    unsigned changed = dc_basis_compare(&decision->basis, &now);
    struct dc_strbuf list = DC_STRBUF_INIT(MAX_LIST);

    for (int bit = 0; bit < DC_N_BASIS; bit++) {
        if ((changed & (1u << bit)) != 0) {
            add(&list, dc_basis_change_name(bit));
        }
    }
    if (column != NULL && strcmp(column->proposed_leaf, decision->proposed_leaf) != 0) {
        add(&list, "proposed category");
    }
    if ((column == NULL ? table->proposed_level : column->proposed_level) !=
        decision->proposed_level) {
        add(&list, "proposed level");
    }
    if (list.size > 0) {
        conflict(import, entry, DC_REVIEW_CHANGED,
                 dc_arena_printf(import->arena, "changed in run %lld: %s", (long long)run_id,
                                 dc_strbuf_text(&list)));
    }
    dc_strbuf_done(&list);
}

static void visit(struct import *import, const struct dc_inventory_table *table,
                  const struct dc_inventory_column *column, void *user)
{
    struct dc_decision key = {.source = table->source,
                              .catalog = table->catalog,
                              .schema = table->schema,
                              .table = table->name,
                              .column = column == NULL ? "" : column->name};
    int64_t run_id = *(const int64_t *)user;
    size_t n;
    struct entry **group = review_find(import, &key, &n);

    for (size_t i = 0; i < n; i++) {
        if (!group[i]->checked) {
            group[i]->checked = true;
            if (!group[i]->dropped) {
                compare(import, group[i], table, column, run_id);
            }
        }
    }
}

/* Whether entries that are still to be checked are of a source that the run has listed. */
static enum dc_status wants_run(struct import *import, struct dc_inventory_reader *reader,
                                bool *wanted, struct dc_err *err)
{
    const struct dc_run_source *source = NULL;
    enum dc_status status;

    *wanted = false;
    while ((status = reader->class_->next_source(reader, &source, err)) == DC_OK &&
           source != NULL) {
        for (size_t i = 0; source->n_tables > 0 && i < import->n_entries; i++) {
            const struct entry *entry = &import->entries[i];

            *wanted |= !entry->checked && !entry->dropped &&
                       strcmp(entry->decision.source, source->name) == 0;
        }
    }
    return status;
}

/* Of a source that the run has listed, what it has not met is gone. */
static enum dc_status tell_gone(struct import *import, struct dc_inventory_reader *reader,
                                int64_t run_id, struct dc_err *err)
{
    const struct dc_run_source *source = NULL;
    enum dc_status status = reader->class_->rewind(reader, err);

    while (status == DC_OK &&
           (status = reader->class_->next_source(reader, &source, err)) == DC_OK &&
           source != NULL) {
        for (size_t i = 0; source->n_tables > 0 && i < import->n_entries; i++) {
            struct entry *entry = &import->entries[i];

            if (!entry->checked && strcmp(entry->decision.source, source->name) == 0) {
                entry->checked = true;
                if (!entry->dropped) {
                    conflict(import, entry, DC_REVIEW_GONE,
                             dc_arena_printf(import->arena, "run %lld has no such column any more",
                                             (long long)run_id));
                }
            }
        }
    }
    return status;
}

static enum dc_status check_run(struct import *import, int64_t run_id, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    struct dc_err ignored = {0};
    bool wanted;
    enum dc_status status = dc_store_read_run(import->tools->store, run_id, &reader, &ignored);

    if (status == DC_ERR_USAGE) {
        return DC_OK; /* there is no such run */
    }
    if (status != DC_OK) {
        *err = ignored;
        return status;
    }
    status = wants_run(import, reader, &wanted, err);
    if (status == DC_OK && wanted) {
        status = review_walk(import, reader, visit, &run_id, err);
        if (status == DC_OK) {
            status = tell_gone(import, reader, run_id, err);
        }
    }
    reader->class_->destroy(reader);
    return status;
}

enum dc_status review_check(struct import *import, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    check_all_decided(import);
    for (int64_t run = import->result->newest_run; status == DC_OK && run > import->result->run_id;
         run--) {
        status = check_run(import, run, err);
    }
    return status;
}
