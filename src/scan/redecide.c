/* Deciding again from what was counted of a table: nothing is asked of its source. */
#include <string.h>

#include "dcscan/alloc.h"
#include "scan_internal.h"

struct dc_profile scan_stored_profile(const struct dc_taxonomy *taxonomy, const bool *same_rules,
                                      struct dc_arena *arena,
                                      const struct dc_inventory_column *stored)
{
    struct dc_rule_count *counts = dc_arena_alloc(arena,
                                                  (taxonomy->n_value_rules + 1) * sizeof *counts);
    struct dc_profile profile = stored->profile;

    for (size_t i = 0; i < stored->detail.n_tallies; i++) {
        int index = dc_taxonomy_value_rule(taxonomy, stored->detail.tallies[i].rule);

        if (index != DC_NO_INDEX && (same_rules == NULL || same_rules[index])) {
            counts[index] = stored->detail.tallies[i].count;
        }
    }
    profile.invalid = stored->detail.invalid;
    profile.read_as_gb18030 = stored->detail.read_as_gb18030;
    profile.read_as_latin1 = stored->detail.read_as_latin1;
    profile.read_as_utf16 = stored->detail.read_as_utf16;
    profile.tags = dc_arena_strdup(arena, stored->detail.tags);
    profile.rules = counts;
    profile.n_rules = taxonomy->n_value_rules;
    return profile;
}

/* Level rule L10 by what was counted: the profile of such a table must not be kept any longer. */
static bool shows_secret(const struct dc_taxonomy *taxonomy, const struct dc_table *table,
                         const struct dc_profile *profiles, const char **rule)
{
    const struct dc_level_rule *level = dc_taxonomy_level_rule(taxonomy, "L10");

    for (size_t i = 0; level != NULL && level->enabled && i < level->value_rules.n_items; i++) {
        int index = dc_taxonomy_value_rule(taxonomy, level->value_rules.items[i]);

        for (size_t k = 0; index != DC_NO_INDEX && k < table->n_columns; k++) {
            if (profiles[k].rules[index].matched > 0) {
                *rule = level->value_rules.items[i];
                return true;
            }
        }
    }
    return false;
}

bool scan_secret_again(const struct dc_scan_tools *tools, const struct dc_table *table,
                       const struct dc_profile *profiles, const char **word)
{
    return dc_classify_state_secret(tools->classifier, table, word) ||
           (profiles != NULL && shows_secret(tools->taxonomy, table, profiles, word));
}

/* ---- a task with a basis ---- */

static bool read_basis(struct worker *worker, struct dc_store_basis *basis)
{
    struct dc_scan *scan = worker->scan;
    struct dc_err err = {0};
    enum dc_status status;

    scan_store_enter(scan);
    do {
        status = dc_store_read_basis(scan->tools.store, worker->task.basis, worker->arena, basis,
                                     &err);
    } while (scan_store_retry(scan, status, &err));
    scan_store_leave(scan);
    if (status != DC_OK) {
        scan_fail(scan, &err);
    }
    return status == DC_OK;
}

static struct dc_profile *profiles_of(struct worker *worker, const struct dc_store_basis *basis)
{
    const struct dc_taxonomy *taxonomy = worker->scan->tools.taxonomy;
    struct dc_profile *profiles = dc_arena_alloc(worker->arena,
                                                 (basis->n_columns + 1) * sizeof *profiles);

    for (size_t i = 0; i < basis->n_columns; i++) {
        profiles[i] = scan_stored_profile(taxonomy, NULL, worker->arena, &basis->columns[i]);
    }
    return profiles;
}

/* A sub-column stands in the store alone: no catalogue knows it. */
static struct dc_column sub_column(const struct dc_inventory_column *stored)
{
    return (struct dc_column){.name = stored->name,
                              .comment = stored->comment,
                              .type_name = stored->type_name,
                              .type = stored->type,
                              .length = stored->detail.length,
                              .scale = stored->detail.scale,
                              .ordinal = stored->ordinal,
                              .nullable = stored->nullable,
                              .path = stored->detail.path};
}

/* Names in values were read by the words of the taxonomy then: of another one they would say otherwise. */
static bool is_kept(const struct dc_inventory_column *stored)
{
    return stored->detail.profiled && stored->detail.tags == NULL;
}

/*
 * The table with the sub-columns that were found in its documents; NULL where what is stored is not of this table, or does not hold all that
 * decides.
 */
static const struct dc_table *whole_table(const struct dc_store_basis *basis,
                                          const struct dc_table *table, struct dc_arena *arena)
{
    struct dc_table *whole = dc_arena_alloc(arena, sizeof *whole);
    size_t n = 0;

    *whole = *table;
    whole->n_columns = whole->columns_capacity = basis->n_columns;
    whole->columns = dc_arena_alloc(arena, (basis->n_columns + 1) * sizeof *whole->columns);
    for (size_t i = 0; i < basis->n_columns; i++) {
        const struct dc_inventory_column *stored = &basis->columns[i];
        bool is_sub = stored->detail.path != NULL;

        if (!is_kept(stored) ||
            (!is_sub && (n == table->n_columns || strcmp(table->columns[n].name, stored->name)))) {
            return NULL;
        }
        whole->columns[i] = is_sub ? sub_column(stored) : table->columns[n++];
    }
    return n == table->n_columns ? whole : NULL;
}

/* Examples that were hidden and would not be now: only the source has them. */
static bool misses_examples(const struct dc_store_basis *basis,
                            const struct dc_table_result *result)
{
    for (size_t i = 0; i < basis->n_columns; i++) {
        if (scan_hides_examples(&basis->columns[i].finding) &&
            !scan_hides_examples(&result->findings[i])) {
            return true;
        }
    }
    return false;
}

bool scan_decide_again(struct worker *worker, const struct source_run *run,
                       struct dc_table_result *result, const char **word)
{
    struct dc_scan *scan = worker->scan;
    struct dc_store_basis basis;
    const struct dc_table *whole;

    if (worker->task.basis == 0 || !read_basis(worker, &basis)) {
        return false;
    }
    whole = whole_table(&basis, result->table, worker->arena);
    if (whole == NULL) {
        return false;
    }
    result->table = whole;
    result->profiles = profiles_of(worker, &basis);
    result->sample = basis.sample;
    result->sampled_at = basis.sampled_at;
    result->carried_from = basis.carried_from;
    if (scan_secret_again(&scan->tools, result->table, result->profiles, word)) {
        return true;
    }
    scan_decide(scan->tools.classifier, run->source, scan->decisions, worker->arena, result);
    return !misses_examples(&basis, result);
}
