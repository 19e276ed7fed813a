/*
 * What of a source has not changed since it was read. A sample of a table holds as long as all that it depends on is the same, its rows seem to
 * be the same, and it was taken lately enough; the findings hold as long as what decides is the same, too, and are decided again from what
 * was counted where it is not.
 *
 * A fingerprint is two hashes, "SAMPLE DECIDED": of the plan only the first.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "scan_internal.h"

#define MAX_TEXT (64 << 20)
#define BAND     10 /* rows estimated: at most a tenth more or less */

static void add(struct dc_strbuf *out, const char *text)
{
    dc_strbuf_puts(out, text == NULL ? "" : text);
    dc_strbuf_putc(out, '\x1f');
}

static const char *hash_and_done(struct dc_strbuf *text, struct dc_arena *arena)
{
    char *hash = dc_arena_alloc(arena, DC_SHA256_HEX_SIZE);

    dc_sha256_hex(dc_strbuf_text(text), text->size, hash);
    dc_strbuf_done(text);
    return hash;
}

/* ---- what decides ---- */

static void add_decision(struct dc_strbuf *out, const struct dc_decision *decision)
{
    const char *const texts[] = {decision->source,  decision->catalog,   decision->schema,
                                 decision->table,   decision->column,    decision->leaf,
                                 decision->subject, decision->reference, decision->reviewer,
                                 decision->reason};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        add(out, texts[i]);
    }
    dc_strbuf_printf(out, "%lld %lld %d %d %d\n", (long long)decision->id,
                     (long long)decision->decided_at, (int)decision->level, (int)decision->pi,
                     (int)decision->type);
}

enum dc_status scan_read_decisions(struct dc_store *store, struct dc_arena *arena,
                                   struct dc_decisions **out, const char **hash, struct dc_err *err)
{
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_TEXT);
    const struct dc_decision *items = NULL;
    size_t n = 0;
    enum dc_status status = dc_store_read_decisions(store, true, arena, &items, &n, err);

    for (size_t i = 0; i < n && status == DC_OK; i++) {
        add_decision(&text, &items[i]);
    }
    *hash = hash_and_done(&text, arena);
    if (status == DC_OK) {
        *out = dc_decisions_create(items, n);
    }
    return status;
}

const char *scan_decided_by(struct dc_arena *arena, const struct dc_taxonomy *taxonomy,
                            const struct dc_source *source, const char *decisions_hash)
{
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_TEXT);

    add(&text, taxonomy->hash);
    add(&text, decisions_hash);
    add(&text, source->name);
    for (size_t i = 0; i < DC_N_ABOUT; i++) {
        add(&text, source->about[i]);
    }
    return hash_and_done(&text, arena);
}

const char *scan_redecided(struct dc_arena *arena, const char *fingerprint, const char *decided_by)
{
    return fingerprint == NULL || fingerprint[0] == '\0'
               ? ""
               : dc_arena_printf(arena, "%.*s %s", (int)strcspn(fingerprint, " "), fingerprint,
                                 decided_by);
}

/* ---- what a sample depends on ---- */

/* The settings of the source, the rules that count, the program and the seed. */
static void add_source(struct dc_strbuf *out, const struct dc_scan *scan,
                       const struct source_run *run, struct dc_arena *arena)
{
    const struct dc_taxonomy *taxonomy = scan->tools.taxonomy;

    add(out, DCSCAN_VERSION);
    add(out, run->record.dbms);
    add(out, run->record.dialect);
    add(out, run->record.encoding);
    add(out, run->assumed);
    add(out, run->database);
    add(out, scan_rules_text(taxonomy, arena));
    for (size_t i = 0; i < taxonomy->n_value_rules; i++) { /* what examples look like */
        dc_strbuf_printf(out, "%d ", (int)taxonomy->value_rules[i].mask);
    }
    dc_strbuf_printf(out, "%llu %lld %lld %lld\n", (unsigned long long)scan->seed,
                     (long long)run->limits.sample_rows, (long long)run->limits.value_bytes,
                     (long long)run->limits.table_bytes);
}

static void add_column(struct dc_strbuf *out, const struct dc_column *column)
{
    add(out, column->name);
    add(out, column->comment);
    add(out, column->type_name);
    add(out, column->ref_schema);
    add(out, column->ref_table);
    add(out, column->ref_column);
    dc_strbuf_printf(out, "%d %lld %d %d %d %d %d %d\n", (int)column->type,
                     (long long)column->length, (int)column->scale, (int)column->ordinal,
                     column->nullable, column->primary_key, column->auto_increment,
                     column->unreadable);
}

/* Structure and comments of the table; not its rows. */
static const char *fingerprint_of(const char *source, const struct dc_table *table,
                                  struct dc_arena *arena)
{
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_TEXT);

    add(&text, source);
    add(&text, table->comment);
    add(&text, table->skip_reason);
    dc_strbuf_printf(&text, "%d\n", (int)table->kind);
    for (size_t i = 0; i < table->n_columns; i++) {
        add_column(&text, &table->columns[i]);
    }
    return hash_and_done(&text, arena);
}

/* ---- rows ---- */

static bool within_band(int64_t before, int64_t now)
{
    int64_t difference = before > now ? before - now : now - before;

    return before >= 0 && now >= 0 && difference <= before / BAND;
}

/* A counter settles it where there is one; else the number of rows has to do. Without either nobody knows. */
static bool same_rows(const struct dc_store_past *past, const struct dc_table *table)
{
    if (table->changes != NULL && past->changes[0] != '\0') {
        return strcmp(table->changes, past->changes) == 0;
    }
    return table->changes == NULL && past->changes[0] == '\0' &&
           within_band(past->rows_estimated, table->rows_estimated);
}

/* What was read in the future was read by a clock that has been set back: its age is unknown. */
static bool is_fresh(const struct dc_scan *scan, const struct dc_store_past *past, int64_t now)
{
    return past->sampled_at >= scan->request.sampled_since && past->sampled_at <= now;
}

/* ---- the plan ---- */

struct key {
    const char *catalog, *schema, *name;
};

static int compare(const void *left, const void *right)
{
    const struct key *key = left;
    const struct dc_store_past *past = right;
    int order = strcmp(key->catalog, past->catalog);

    order = order != 0 ? order : strcmp(key->schema, past->schema);
    return order != 0 ? order : strcmp(key->name, past->name);
}

static const struct dc_store_past *find_past(const struct dc_table *table,
                                             const struct dc_store_past *past, size_t n_past)
{
    struct key key = {table->catalog, table->schema, table->name};

    return n_past == 0 ? NULL : bsearch(&key, past, n_past, sizeof *past, compare);
}

static bool same_sample(const struct dc_store_past *past, const char *fingerprint)
{
    size_t size = strlen(fingerprint);

    return strncmp(past->fingerprint, fingerprint, size) == 0 && past->fingerprint[size] == ' ';
}

struct dc_store_planned *scan_plan_refresh(const struct dc_scan *scan, const struct source_run *run,
                                           const struct dc_catalog *catalog,
                                           const struct dc_store_past *past, size_t n_past,
                                           struct dc_arena *arena)
{
    const char *decided_by = scan_decided_by(arena, scan->tools.taxonomy, run->source,
                                             scan->decisions_hash);
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_TEXT);
    struct dc_store_planned *planned = dc_arena_alloc(arena,
                                                      (catalog->n_tables + 1) * sizeof *planned);
    int64_t now = (int64_t)time(NULL);
    const char *source;

    add_source(&text, scan, run, arena);
    source = hash_and_done(&text, arena);
    for (size_t i = 0; i < catalog->n_tables; i++) {
        const struct dc_table *table = &catalog->tables[i];
        const struct dc_store_past *found = find_past(table, past, n_past);

        planned[i].fingerprint = fingerprint_of(source, table, arena);
        if (found != NULL && same_sample(found, planned[i].fingerprint) &&
            is_fresh(scan, found, now) && same_rows(found, table)) {
            planned[i].past = found;
            planned[i].holds = strcmp(found->fingerprint,
                                      scan_redecided(arena, planned[i].fingerprint, decided_by)) ==
                               0;
        }
    }
    return planned;
}
