/* --summary: what a scan did, as one JSON object. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dcscan/rollup.h"
#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "run_end.h"

#define MOST_NOT_READ 1000 /* tables listed by name; all are counted */

const char *run_end_outcome(int code)
{
    switch (code) {
    case CLI_COMPLETE:
        return "complete";
    case CLI_GATE:
        return "gate";
    case CLI_USAGE:
        return "usage";
    case CLI_CONFIG:
        return "configuration";
    case CLI_NO_SOURCE:
        return "no-source";
    case CLI_INCOMPLETE:
        return "incomplete";
    case CLI_OUTPUT:
        return "output";
    case CLI_LOCKED:
        return "locked";
    default:
        return "interrupted";
    }
}

/* ---- counting ---- */

struct counts {
    int64_t tables, tables_not_read, tables_carried, columns, columns_not_read, rows_read,
        levels[5];
    int64_t personal, sensitive, important, to_review;
};

struct source_counts {
    const char *name;
    struct counts counts;
};

struct tally {
    struct dc_arena *arena;
    struct counts total;
    struct source_counts *sources;
    size_t n_sources, capacity;
    json_t *candidates; /* id → columns */
    json_t *not_read;
    int64_t n_not_read;
    struct dc_rollup rollup;
};

static json_t *text_of(const struct tally *tally, const char *text)
{
    json_t *string = json_string(text);

    return string != NULL ? string
                          : json_string(dc_text_sanitize(tally->arena, text, strlen(text), NULL));
}

/* Tables come source by source. */
static struct counts *counts_of(struct tally *tally, const char *source)
{
    struct source_counts *last = tally->n_sources > 0 ? &tally->sources[tally->n_sources - 1]
                                                      : NULL;

    if (last == NULL || strcmp(last->name, source) != 0) {
        tally->sources = dc_array_grow(tally->sources, tally->n_sources, &tally->capacity,
                                       sizeof *tally->sources);
        last = &tally->sources[tally->n_sources++];
        *last = (struct source_counts){.name = dc_arena_strdup(tally->arena, source)};
    }
    return &last->counts;
}

static void count_column(struct counts *counts, const struct dc_finding *finding)
{
    counts->columns++;
    if (finding->status != DC_COLUMN_OK) {
        counts->columns_not_read++;
        return;
    }
    counts->levels[finding->level >= 0 && finding->level <= 4 ? finding->level : 0]++;
    counts->personal += finding->pi == DC_PI_PERSONAL;
    counts->sensitive += finding->pi == DC_PI_SENSITIVE;
    counts->important += finding->n_important > 0;
    counts->to_review += finding->to_review;
}

static void count_candidates(struct tally *tally, const struct dc_finding *finding)
{
    for (size_t i = 0; finding->status == DC_COLUMN_OK && i < finding->n_important; i++) {
        const char *id = finding->important[i];
        json_int_t before = json_integer_value(json_object_get(tally->candidates, id));

        json_object_set_new(tally->candidates, id, json_integer(before + 1));
    }
}

static void count_table(struct tally *tally, struct counts *counts,
                        const struct dc_inventory_table *table)
{
    struct counts *const both[] = {counts, &tally->total};

    for (size_t i = 0; i < 2; i++) {
        both[i]->tables++;
        both[i]->tables_not_read += table->status != DC_COLUMN_OK;
        both[i]->tables_carried += table->carried_from != 0;
        both[i]->rows_read += table->carried_from != 0 ? 0 : table->sample.rows_read;
    }
    if (table->status == DC_COLUMN_OK || ++tally->n_not_read > MOST_NOT_READ) {
        return;
    }
    json_t *object = json_object();
    json_object_set_new(object, "source", text_of(tally, table->source));
    json_object_set_new(object, "catalog", text_of(tally, table->catalog));
    json_object_set_new(object, "schema", text_of(tally, table->schema));
    json_object_set_new(object, "table", text_of(tally, table->name));
    json_object_set_new(object, "status", json_string(dc_column_status_name(table->status)));
    json_object_set_new(object, "reason", text_of(tally, table->reason));
    json_array_append_new(tally->not_read, object);
}

static enum dc_status count_all(struct tally *tally, struct dc_inventory_reader *reader,
                                struct dc_err *err)
{
    const struct dc_inventory_table *table = NULL;
    const struct dc_inventory_column *column = NULL;
    enum dc_status status = reader->class_->rewind(reader, err);

    while (status == DC_OK && (status = reader->class_->next_table(reader, &table, err)) == DC_OK &&
           table != NULL) {
        struct counts *counts = counts_of(tally, table->source);

        count_table(tally, counts, table);
        dc_rollup_take(&tally->rollup, table);
        while ((status = reader->class_->next_column(reader, &column, err)) == DC_OK &&
               column != NULL) {
            count_column(counts, &column->finding);
            count_column(&tally->total, &column->finding);
            count_candidates(tally, &column->finding);
        }
    }
    return status;
}

/* ---- telling ---- */

static void add_counts(json_t *object, const struct counts *counts)
{
    json_t *levels = json_object();

    for (int level = 0; level <= 4; level++) {
        char key[2] = {(char)('0' + level), '\0'};

        json_object_set_new(levels, key, json_integer(counts->levels[level]));
    }
    json_object_set_new(object, "tables", json_integer(counts->tables));
    json_object_set_new(object, "tables_not_read", json_integer(counts->tables_not_read));
    json_object_set_new(object, "tables_carried", json_integer(counts->tables_carried));
    json_object_set_new(object, "columns", json_integer(counts->columns));
    json_object_set_new(object, "columns_not_read", json_integer(counts->columns_not_read));
    json_object_set_new(object, "rows_read", json_integer(counts->rows_read));
    json_object_set_new(object, "levels", levels);
    json_object_set_new(object, "personal", json_integer(counts->personal));
    json_object_set_new(object, "sensitive", json_integer(counts->sensitive));
    json_object_set_new(object, "important", json_integer(counts->important));
    json_object_set_new(object, "to_review", json_integer(counts->to_review));
}

/* The highest level in force and what decides it. */
static void add_level(json_t *object, const struct tally *tally,
                      const struct dc_rollup_entry *entry)
{
    bool decided = entry != NULL && entry->level != DC_FINAL_NONE;

    json_object_set_new(object, "level_in_force",
                        decided ? json_string(dc_final_level_name(entry->level)) : json_null());
    json_object_set_new(object, "level_column",
                        decided ? text_of(tally, dc_rollup_decider(entry, tally->arena))
                                : json_null());
}

static json_t *schemas_of(const struct tally *tally, const char *source)
{
    json_t *list = json_array();

    for (size_t i = 0; i < tally->rollup.n_schemas; i++) {
        const struct dc_rollup_entry *entry = &tally->rollup.schemas[i];

        if (strcmp(entry->source, source) == 0) {
            json_t *object = json_object();

            json_object_set_new(object, "catalog", text_of(tally, entry->catalog));
            json_object_set_new(object, "schema", text_of(tally, entry->schema));
            json_object_set_new(object, "tables_read", json_integer(entry->n_tables));
            add_level(object, tally, entry);
            json_array_append_new(list, object);
        }
    }
    return list;
}

static json_t *source_of(struct tally *tally, const struct dc_run_source *source)
{
    static const struct counts none;
    const struct counts *counts = &none;
    json_t *object = json_object();

    for (size_t i = 0; i < tally->n_sources; i++) {
        if (strcmp(tally->sources[i].name, source->name) == 0) {
            counts = &tally->sources[i].counts;
        }
    }
    json_object_set_new(object, "name", text_of(tally, source->name));
    json_object_set_new(object, "state", json_string(source->state));
    json_object_set_new(object, "error",
                        source->error[0] != '\0' ? text_of(tally, source->error) : json_null());
    json_object_set_new(object, "level", json_integer(source->level));
    add_level(object, tally, dc_rollup_source(&tally->rollup, source->name));
    json_object_set_new(object, "schemas", schemas_of(tally, source->name));
    json_object_set_new(object, "seconds", json_real(source->seconds));
    json_object_set_new(object, "statements", json_integer(source->n_statements));
    json_object_set_new(object, "bytes_read", json_integer(source->bytes_read));
    add_counts(object, counts);
    return object;
}

static enum dc_status add_sources(json_t *object, struct tally *tally,
                                  struct dc_inventory_reader *reader, struct dc_err *err)
{
    const struct dc_run_source *source = NULL;
    json_t *list = json_array();
    enum dc_status status = reader->class_->rewind(reader, err);

    while (status == DC_OK &&
           (status = reader->class_->next_source(reader, &source, err)) == DC_OK &&
           source != NULL) {
        json_array_append_new(list, source_of(tally, source));
    }
    json_object_set_new(object, "sources", list);
    return status;
}

static void add_taxonomy(json_t *object, const struct dc_run *run)
{
    json_object_set_new(object, "complete", json_boolean(run->complete));
    json_object_set_new(object, "taxonomy",
                        json_pack("{s:s, s:s, s:s}", "name", run->taxonomy_name, "version",
                                  run->taxonomy_version, "sha256", run->taxonomy_hash));
}

static enum dc_status add_run(json_t *object, struct tally *tally,
                              struct dc_inventory_reader *reader, struct dc_err *err)
{
    const struct dc_run *run = NULL;
    enum dc_status status = reader->class_->run(reader, &run, err);

    if (status == DC_OK) {
        add_taxonomy(object, run);
        status = count_all(tally, reader, err);
    }
    if (status == DC_OK) {
        add_counts(object, &tally->total);
        json_object_set(object, "candidates", tally->candidates);
        json_object_set(object, "not_read", tally->not_read);
        json_object_set_new(object, "not_read_more",
                            json_integer(tally->n_not_read > MOST_NOT_READ
                                             ? tally->n_not_read - MOST_NOT_READ
                                             : 0));
        status = add_sources(object, tally, reader, err);
    }
    return status;
}

static void add_changes(json_t *object, const struct tally *tally, const struct dc_changes *changes)
{
    json_t *kinds = json_object(), *compared = json_array(), *told = json_object();

    for (enum dc_change_kind kind = 0; kind < DC_N_CHANGE_KINDS; kind++) {
        json_object_set_new(kinds, dc_change_kind_name(kind),
                            json_integer((json_int_t)changes->counts[kind]));
    }
    for (size_t i = 0; i < changes->n_sources; i++) {
        const struct dc_compared_source *source = &changes->sources[i];
        json_t *pair = json_object();

        json_object_set_new(pair, "source", text_of(tally, source->name));
        json_object_set_new(pair, "earlier_run",
                            source->older_run > 0 ? json_integer(source->older_run) : json_null());
        json_array_append_new(compared, pair);
    }
    json_object_set_new(told, "count", json_integer((json_int_t)changes->n_items));
    json_object_set_new(told, "regrade", json_integer((json_int_t)dc_changes_triggers(changes)));
    json_object_set_new(told, "rules_changed", json_boolean(changes->rules_changed));
    json_object_set_new(told, "kinds", kinds);
    json_object_set_new(told, "compared", compared);
    json_object_set_new(object, "changes", told);
}

static void add_end(json_t *object, const struct scan_session *session, const struct tally *tally,
                    const struct run_end *end)
{
    const char *failure = session->base.failure;
    char started[DC_TIME_TEXT_SIZE], finished[DC_TIME_TEXT_SIZE];

    dc_time_text(end->started_at, started);
    dc_time_text(end->finished_at, finished);
    json_object_set_new(object, "dcscan", json_string(DCSCAN_VERSION));
    json_object_set_new(object, "run", end->run_id > 0 ? json_integer(end->run_id) : json_null());
    json_object_set_new(object, "exit_code", json_integer(end->code));
    json_object_set_new(object, "outcome", json_string(run_end_outcome(end->code)));
    json_object_set_new(object, "error", failure != NULL ? text_of(tally, failure) : json_null());
    json_object_set_new(object, "started_at", json_string(started));
    json_object_set_new(object, "finished_at", json_string(finished));
    json_object_set_new(object, "seconds", json_real(end->seconds));
}

static json_t *summary_of(struct scan_session *session, const struct run_end *end)
{
    struct tally tally = {
        .arena = dc_arena_create(0), .candidates = json_object(), .not_read = json_array()};
    struct dc_inventory_reader *reader = NULL;
    json_t *object = json_object();
    struct dc_err err = {0};

    dc_rollup_init(&tally.rollup);
    add_end(object, session, &tally, end);
    if (end->run_id > 0 &&
        dc_store_read_run(session->base.store, end->run_id, &reader, &err) == DC_OK) {
        if (add_run(object, &tally, reader, &err) == DC_OK) {
            add_changes(object, &tally, &session->changes);
        }
        reader->class_->destroy(reader);
    }
    json_decref(tally.candidates);
    json_decref(tally.not_read);
    free(tally.sources);
    dc_rollup_done(&tally.rollup);
    dc_arena_destroy(tally.arena);
    return object;
}

/* ---- writing ---- */

static enum dc_status fail(const char *path, int error, struct dc_err *err)
{
    char reason[128];

    return dc_err_set(err, DC_ERR_OUTPUT, "could not write \"%s\": %s", path,
                      strerror_r(error, reason, sizeof reason));
}

static bool dump(json_t *object, FILE *out)
{
    return json_dumpf(object, out, JSON_INDENT(2) | JSON_REAL_PRECISION(9)) == 0 &&
           fputc('\n', out) != EOF && fflush(out) == 0;
}

/* Beside the path, on the disk, then in its place; nothing half-written stays. */
static enum dc_status write_file(json_t *object, const char *path, struct dc_err *err)
{
    struct dc_strbuf name = DC_STRBUF_INIT(8192);
    enum dc_status status = DC_OK;
    FILE *out = NULL;
    int file;

    dc_strbuf_printf(&name, "%s.%ld.tmp", path, (long)getpid());
    file = open(dc_strbuf_text(&name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    out = file < 0 ? NULL : fdopen(file, "w");
    if (out == NULL) {
        status = fail(path, errno, err);
    } else if (!dump(object, out) || fsync(file) != 0) {
        status = fail(path, errno, err);
    }
    if (out != NULL && fclose(out) != 0 && status == DC_OK) {
        status = fail(path, errno, err);
    }
    if (status == DC_OK && rename(dc_strbuf_text(&name), path) != 0) {
        status = fail(path, errno, err);
    }
    if (status != DC_OK && file >= 0) {
        unlink(dc_strbuf_text(&name));
    }
    dc_strbuf_done(&name);
    return status;
}

enum dc_status run_summary_write(struct scan_session *session, const struct run_end *end,
                                 const char *path, struct dc_err *err)
{
    json_t *object = summary_of(session, end);
    enum dc_status status;

    if (strcmp(path, "-") == 0) {
        status = dump(object, stdout) ? DC_OK : fail("-", errno, err);
    } else {
        status = write_file(object, path, err);
    }
    json_decref(object);
    return status;
}
