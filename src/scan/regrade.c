/* Stored profiles back into the classifier. */
#include "dcscan/regrade.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "scan_internal.h"

#define MAX_IDS (1 << 16)
#define SECRET  "state-secret mark" /* how the reason of scan_keep_nothing begins */

struct regrade {
    const struct dc_scan_tools *tools;
    struct dc_inventory_reader *reader;
    struct dc_arena *kept;  /* as long as the regrade */
    struct dc_arena *table; /* reset after each table */
    const bool *same_rules;
    const struct dc_counted_rule *rules;
    struct dc_decisions *decisions; /* of people so far */
    const char *decisions_hash;
    struct dc_source source; /* of the table in hand */
    const char *decided_by;  /* what its tables are decided by, as scan_decided_by tells */
    struct dc_regrade_outcome *out;
};

/* ---- a table as the classifier takes it ---- */

static const char *keep(struct regrade *regrade, const char *text)
{
    return dc_arena_strdup(regrade->table, text);
}

static void take_column(struct dc_catalog *catalog, struct dc_table *table,
                        const struct dc_inventory_column *stored)
{
    struct dc_column *column = dc_table_add_column(catalog, table, stored->name, stored->comment,
                                                   stored->type_name, stored->type);
    const struct dc_column_detail *detail = &stored->detail;

    column->length = detail->length;
    column->scale = detail->scale;
    column->ordinal = stored->ordinal;
    column->nullable = stored->nullable;
    column->primary_key = stored->primary_key;
    column->auto_increment = detail->auto_increment;
    column->unreadable = detail->unreadable;
    column->path = dc_arena_strdup(catalog->arena, detail->path);
    column->ref_schema = dc_arena_strdup(catalog->arena, detail->ref_schema);
    column->ref_table = dc_arena_strdup(catalog->arena, detail->ref_table);
    column->ref_column = dc_arena_strdup(catalog->arena, detail->ref_column);
}

/* What the program found of a column, as one text to compare by. */
static const char *verdict_text(struct dc_arena *arena, const struct dc_finding *finding,
                                const char *leaf, int level)
{
    const char *text = dc_arena_printf(arena, "%s %d %s", leaf, level, finding->marks);

    for (size_t i = 0; i < finding->n_important; i++) {
        text = dc_arena_printf(arena, "%s %s", text, finding->important[i]);
    }
    return text;
}

struct stored_table {
    struct dc_catalog *catalog;
    struct dc_table *table;
    struct dc_profile *profiles;
    const char **verdicts;
    bool profiled, secret;
    size_t capacity, verdicts_capacity;
};

static enum dc_status read_columns(struct regrade *regrade, struct stored_table *stored,
                                   struct dc_err *err)
{
    const struct dc_inventory_column *column = NULL;
    struct dc_inventory_reader *reader = regrade->reader;
    enum dc_status status;

    while ((status = reader->class_->next_column(reader, &column, err)) == DC_OK &&
           column != NULL) {
        size_t n = stored->table->n_columns;

        stored->profiles = dc_array_grow(stored->profiles, n, &stored->capacity,
                                         sizeof *stored->profiles);
        stored->verdicts = dc_array_grow(stored->verdicts, n, &stored->verdicts_capacity,
                                         sizeof *stored->verdicts);
        stored->profiles[n] = scan_stored_profile(regrade->tools->taxonomy, regrade->same_rules,
                                                  regrade->table, column);
        stored->verdicts[n] = verdict_text(regrade->table, &column->finding, column->proposed_leaf,
                                           column->proposed_level);
        stored->profiled |= column->detail.profiled;
        take_column(stored->catalog, stored->table, column);
    }
    return status;
}

/* ---- deciding ---- */

/* Of a table whose sampling was stopped by a mark nothing is known, so nothing can be decided anew. */
static void decide(struct regrade *regrade, const struct stored_table *stored,
                   struct dc_table_result *result)
{
    const struct dc_profile *profiles = stored->profiled ? stored->profiles : NULL;
    const char *word = NULL;

    if (scan_secret_again(regrade->tools, stored->table, profiles, &word)) {
        scan_keep_nothing(regrade->table, result, word);
    } else if (stored->secret) {
        const char *reason = result->reason;

        scan_keep_nothing(regrade->table, result, "");
        result->reason = reason;
        for (size_t i = 0; i < stored->table->n_columns; i++) {
            ((struct dc_finding *)result->findings)[i].reason = reason;
        }
    } else {
        result->profiles = profiles;
        scan_decide(regrade->tools->classifier, &regrade->source, regrade->decisions,
                    regrade->table, result);
    }
}

static void count_changes(struct regrade *regrade, const struct stored_table *stored,
                          const struct dc_table_result *result)
{
    for (size_t i = 0; i < stored->table->n_columns; i++) {
        const struct dc_finding *finding = &result->findings[i];
        const char *now = verdict_text(regrade->table, finding, finding->leaf, finding->level);

        regrade->out->n_changed += strcmp(now, stored->verdicts[i]) != 0;
    }
    regrade->out->n_columns += (int64_t)stored->table->n_columns;
    regrade->out->n_tables++;
}

/* ---- one table ---- */

static enum dc_status write_table(struct regrade *regrade, const struct dc_inventory_table *base,
                                  const struct stored_table *stored, struct dc_err *err)
{
    struct dc_table_result result = {.table = stored->table,
                                     .status = base->status,
                                     .reason = keep(regrade, base->reason),
                                     .sample = base->sample,
                                     .rules = regrade->rules,
                                     .sampled_at = base->sampled_at,
                                     .carried_from = base->carried_from};
    int64_t run_id = regrade->out->run_id;
    enum dc_status status;

    result.sample.statement = keep(regrade, base->sample.statement);
    result.fingerprint = scan_redecided(regrade->table, base->fingerprint, regrade->decided_by);
    decide(regrade, stored, &result);
    count_changes(regrade, stored, &result);
    status = dc_store_plan(regrade->tools->store, run_id, regrade->source.name, stored->catalog,
                           err);
    return status == DC_OK ? dc_store_commit_table(regrade->tools->store, run_id,
                                                   regrade->source.name, &result, err)
                           : status;
}

static enum dc_status regrade_table(struct regrade *regrade, const struct dc_inventory_table *base,
                                    struct dc_err *err)
{
    struct stored_table stored = {.catalog = dc_catalog_create(),
                                  .secret = strncmp(base->reason, SECRET, strlen(SECRET)) == 0};
    enum dc_status status;

    stored.table = dc_catalog_add_table(stored.catalog, base->catalog, base->schema, base->name,
                                        base->comment, base->kind);
    stored.table->rows_estimated = base->rows_estimated;
    stored.table->pages = base->pages;
    stored.table->changes = dc_arena_strdup(stored.catalog->arena, base->changes);
    status = read_columns(regrade, &stored, err);
    if (status == DC_OK) {
        status = write_table(regrade, base, &stored, err);
    }
    free(stored.profiles);
    free(stored.verdicts);
    dc_catalog_destroy(stored.catalog);
    dc_arena_reset(regrade->table);
    return status;
}

/* ---- sources ---- */

/* The record of the source as it was, with what this run did itself: it sent nothing. */
static enum dc_status copy_source(struct regrade *regrade, const struct dc_run_source *base,
                                  struct dc_err *err)
{
    struct dc_run_source record = *base;

    record.n_statements = 0;
    record.seconds = 0;
    return dc_store_put_source(regrade->tools->store, regrade->out->run_id, &record, err);
}

static enum dc_status copy_sources(struct regrade *regrade, struct dc_err *err)
{
    struct dc_inventory_reader *reader = regrade->reader;
    const struct dc_run_source *source = NULL;
    enum dc_status status;

    while ((status = reader->class_->next_source(reader, &source, err)) == DC_OK &&
           source != NULL) {
        status = copy_source(regrade, source, err);
        if (status != DC_OK) {
            return status;
        }
    }
    return status;
}

/* What the user told of the source speaks, too. Tables come by source. */
static enum dc_status find_source(struct regrade *regrade, const char *name, struct dc_err *err)
{
    struct dc_inventory_reader *other = NULL;
    const struct dc_run_source *source = NULL;
    enum dc_status status;

    if (regrade->source.name != NULL && strcmp(regrade->source.name, name) == 0) {
        return DC_OK;
    }
    status = dc_store_read_run(regrade->tools->store, regrade->out->run_id, &other, err);
    if (status != DC_OK) {
        return status;
    }
    while (other->class_->next_source(other, &source, err) == DC_OK && source != NULL) {
        if (strcmp(source->name, name) == 0) {
            regrade->source = (struct dc_source){.name = dc_arena_strdup(regrade->kept, name)};
            for (size_t i = 0; i < DC_N_ABOUT; i++) {
                regrade->source.about[i] = source->about[i][0] == '\0'
                                               ? NULL
                                               : dc_arena_strdup(regrade->kept, source->about[i]);
            }
        }
    }
    other->class_->destroy(other);
    regrade->decided_by = scan_decided_by(regrade->kept, regrade->tools->taxonomy, &regrade->source,
                                          regrade->decisions_hash);
    return DC_OK;
}

static enum dc_status regrade_tables(struct regrade *regrade, struct dc_err *err)
{
    struct dc_inventory_reader *reader = regrade->reader;
    const struct dc_inventory_table *table = NULL;
    enum dc_status status;

    while ((status = reader->class_->next_table(reader, &table, err)) == DC_OK && table != NULL) {
        status = find_source(regrade, table->source, err);
        if (status == DC_OK) {
            status = regrade_table(regrade, table, err);
        }
        if (status != DC_OK) {
            return status;
        }
    }
    return status;
}

/* ---- the run ---- */

static enum dc_status check_base(const struct dc_run *base, struct dc_err *err)
{
    if (base->finished_at == 0) {
        dc_err_set(err, DC_ERR_USAGE, "could not regrade run %lld: it has not ended",
                   (long long)base->id);
        dc_err_set_hint(err, "\"dcscan scan --resume\" ends it");
        return DC_ERR_USAGE;
    }
    if (base->rules[0] == '\0') {
        dc_err_set(err, DC_ERR_USAGE,
                   "could not regrade run %lld: the version of dcscan that made it did not keep "
                   "the counters of the rules",
                   (long long)base->id);
        dc_err_set_hint(err, "\"dcscan scan\" makes a run that can be regraded");
        return DC_ERR_USAGE;
    }
    return DC_OK;
}

static void list_uncounted(struct regrade *regrade, struct dc_arena *arena)
{
    const struct dc_taxonomy *taxonomy = regrade->tools->taxonomy;
    struct dc_strbuf ids = DC_STRBUF_INIT(MAX_IDS);

    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        if (!regrade->same_rules[i]) {
            dc_strbuf_printf(&ids, "%s%s", regrade->out->n_rules_uncounted++ > 0 ? ", " : "",
                             taxonomy->value_rules[i].id);
        }
    }
    regrade->out->rules_uncounted = dc_arena_strdup(arena, dc_strbuf_text(&ids));
    dc_strbuf_done(&ids);
}

/* The counters stay those of the old run: rules that it did not count are still not counted. */
static const char *rules_text(struct regrade *regrade, const struct dc_run *base)
{
    return regrade->out->n_rules_uncounted == 0
               ? scan_rules_text(regrade->tools->taxonomy, regrade->kept)
               : base->rules;
}

static enum dc_status run_regrade(struct regrade *regrade, const struct dc_run *base,
                                  struct dc_err *err)
{
    struct dc_run run = {.seed = base->seed,
                         .kind = "regrade",
                         .based_on = base->id,
                         .rules = rules_text(regrade, base)};
    enum dc_status status = scan_begin_run(regrade->tools, regrade->kept, &run, NULL, 0,
                                           &regrade->out->run_id, err);

    if (status == DC_OK) {
        status = copy_sources(regrade, err);
    }
    if (status == DC_OK) {
        status = regrade_tables(regrade, err);
    }
    regrade->out->complete = base->complete;
    return status == DC_OK ? dc_store_end_run(regrade->tools->store, regrade->out->run_id,
                                              (int64_t)time(NULL), base->complete, err)
                           : status;
}

static enum dc_status prepare(struct regrade *regrade, const struct dc_run **base,
                              struct dc_arena *arena, struct dc_err *err)
{
    const struct dc_taxonomy *taxonomy = regrade->tools->taxonomy;
    enum dc_status status = regrade->reader->class_->run(regrade->reader, base, err);

    if (status == DC_OK) {
        status = check_base(*base, err);
    }
    if (status != DC_OK) {
        return status;
    }
    regrade->rules = scan_counted_rules(taxonomy, regrade->kept);
    regrade->same_rules = scan_same_rules(taxonomy, (*base)->rules, regrade->kept);
    list_uncounted(regrade, arena);
    return scan_read_decisions(regrade->tools->store, regrade->kept, &regrade->decisions,
                               &regrade->decisions_hash, err);
}

enum dc_status dc_regrade(const struct dc_scan_tools *tools, int64_t run_id, struct dc_arena *arena,
                          struct dc_regrade_outcome *out, struct dc_err *err)
{
    struct regrade regrade = {.tools = tools, .out = out};
    const struct dc_run *base = NULL;
    enum dc_status status;

    memset(out, 0, sizeof *out);
    status = dc_store_read_run(tools->store, run_id, &regrade.reader, err);
    if (status != DC_OK) {
        return status;
    }
    regrade.kept = dc_arena_create(0);
    regrade.table = dc_arena_create(0);
    status = prepare(&regrade, &base, arena, err);
    if (status == DC_OK) {
        status = run_regrade(&regrade, base, err);
    }
    regrade.reader->class_->destroy(regrade.reader);
    dc_decisions_destroy(regrade.decisions);
    dc_arena_destroy(regrade.table);
    dc_arena_destroy(regrade.kept);
    return status;
}
