/* Going on with a run that is in the store already: resumed when nobody works on it, joined when somebody does. */
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "scan_internal.h"

static void add_text(struct dc_strbuf *out, const char *text)
{
    dc_strbuf_puts(out, text == NULL ? "" : text);
    dc_strbuf_puts(out, "\n");
}

const char *scan_scope(struct dc_arena *arena, const struct source_run *run)
{
    struct dc_strbuf text = DC_STRBUF_INIT(1 << 20);
    char *hash = dc_arena_alloc(arena, DC_SHA256_HEX_SIZE);

    for (size_t i = 0; i < run->source->n_include; i++) {
        add_text(&text, run->source->include[i]);
    }
    add_text(&text, "");
    for (size_t i = 0; i < run->source->n_exclude; i++) {
        add_text(&text, run->source->exclude[i]);
    }
    add_text(&text, "");
    for (size_t i = 0; i < DC_N_ABOUT; i++) {
        add_text(&text, run->source->about[i]);
    }
    add_text(&text, run->source->dialect);
    add_text(&text, run->source->encoding);
    dc_strbuf_printf(&text, "%lld %lld %lld", (long long)run->limits.sample_rows,
                     (long long)run->limits.value_bytes, (long long)run->limits.table_bytes);
    dc_sha256_hex(dc_strbuf_text(&text), text.size, hash);
    dc_strbuf_done(&text);
    return hash;
}

static struct source_run *find_source(struct dc_scan *scan, const char *name)
{
    for (size_t i = 0; i < scan->request.n_sources; i++) {
        if (strcmp(scan->sources[i].source->name, name) == 0) {
            return &scan->sources[i];
        }
    }
    return NULL;
}

static enum dc_status fail_changed(struct dc_scan *scan, const char *what, struct dc_err *err)
{
    dc_err_set(err, DC_ERR_CONFIG, "could not go on with run %lld: %s since it began",
               (long long)scan->run_id, what);
    dc_err_set_hint(err, "what is left would be decided otherwise than what is done: begin a new "
                         "run, or go back to the settings of that one");
    return DC_ERR_CONFIG;
}

static enum dc_status check_run(struct dc_scan *scan, const struct dc_run *run, struct dc_err *err)
{
    if (strcmp(run->kind, "scan") != 0) {
        return dc_err_set(err, DC_ERR_USAGE,
                          "could not go on with run %lld: an older version of dcscan made it",
                          (long long)scan->run_id);
    }
    /* Who comes late to a run that he joins finds it done. */
    scan->over = run->finished_at != 0;
    if (scan->over && !scan->request.join) {
        return dc_err_set(err, DC_ERR_USAGE, "could not go on with run %lld: it has ended",
                          (long long)scan->run_id);
    }
    if (strcmp(run->taxonomy_hash, scan->tools.taxonomy->hash) != 0) {
        return fail_changed(scan, "the taxonomy has changed", err);
    }
    if (strcmp(run->program_version, DCSCAN_VERSION) != 0) {
        return fail_changed(scan, "the version of dcscan has changed", err);
    }
    scan->seed = run->seed;
    return DC_OK;
}

static enum dc_status read_run(struct dc_scan *scan, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    const struct dc_run *run = NULL;
    enum dc_status status = dc_store_read_run(scan->tools.store, scan->run_id, &reader, err);

    if (status != DC_OK) {
        return status;
    }
    status = reader->class_->run(reader, &run, err);
    if (status == DC_OK) {
        status = check_run(scan, run, err);
    }
    reader->class_->destroy(reader);
    return status;
}

/* The sources of the run, in its order; what else is configured is not part of it. */
static enum dc_status take_sources(struct dc_scan *scan, const struct dc_store_scope *scopes,
                                   size_t n, struct dc_err *err)
{
    struct source_run *chosen = dc_arena_alloc(scan->arena, (n + 1) * sizeof *chosen);

    for (size_t i = 0; i < n; i++) {
        const struct source_run *found = find_source(scan, scopes[i].source);

        if (found == NULL) {
            dc_err_set(err, DC_ERR_USAGE,
                       "could not go on with run %lld: its source \"%s\" is neither named nor "
                       "configured",
                       (long long)scan->run_id, scopes[i].source);
            dc_err_set_hint(err, "give the sources with which the run was begun");
            return DC_ERR_USAGE;
        }
        if (strcmp(scan_scope(scan->arena, found), scopes[i].scope) != 0) {
            return fail_changed(scan,
                                dc_arena_printf(scan->arena,
                                                "the settings of source \"%s\" have changed",
                                                scopes[i].source),
                                err);
        }
        chosen[i] = *found;
    }
    memcpy(scan->sources, chosen, n * sizeof *chosen);
    scan->n_sources = n;
    return DC_OK;
}

enum dc_status scan_take_up_run(struct dc_scan *scan, struct dc_err *err)
{
    struct dc_store_scope *scopes = NULL;
    size_t n = 0;
    enum dc_status status;

    scan->run_id = scan->request.run_id;
    status = read_run(scan, err);
    if (status == DC_OK && scan->over) {
        scan->n_sources = 0;
        return DC_OK;
    }
    if (status == DC_OK) {
        status = dc_store_read_scopes(scan->tools.store, scan->run_id, scan->arena, &scopes, &n,
                                      err);
    }
    if (status == DC_OK) {
        status = take_sources(scan, scopes, n, err);
    }
    if (status == DC_OK) {
        status = scan->request.join ? dc_store_join_run(scan->tools.store, err)
                                    : dc_store_resume_run(scan->tools.store, scan->run_id, err);
    }
    for (size_t i = 0; i < scan->n_sources && status == DC_OK; i++) {
        scan_fill_record(&scan->sources[i]);
    }
    return status;
}
