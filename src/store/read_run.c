/* A run read back: the run itself, its sources, and the names of its time. */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

static struct store_reader *reader_of(struct dc_inventory_reader *base)
{
    return (struct store_reader *)base; /* base is its first member */
}

enum dc_status store_reader_fail(struct store_reader *reader, enum dc_status status,
                                 struct dc_err *err)
{
    return store_fail_read(reader->store, status, err);
}

enum dc_status store_reader_run(struct store_reader *reader, enum store_statement id,
                                struct dc_odbc_statement **statement, int64_t number,
                                struct dc_err *err)
{
    struct dc_odbc_param param = {.kind = DC_ODBC_INT, .integer = number};
    enum dc_status status = DC_OK;

    if (*statement == NULL) {
        status = dc_odbc_prepare(reader->store->connection, store_statement_sql(id), 0, statement,
                                 err);
    }
    if (status == DC_OK) {
        status = dc_odbc_run(*statement, &param, 1, err);
    }
    return status == DC_OK ? DC_OK : store_reader_fail(reader, status, err);
}

/* ---- loading ---- */

static void take_run(struct store_reader *reader, struct store_row *row)
{
    struct dc_run *run = &reader->run;

    run->id = store_get_int(row);
    run->started_at = store_get_int(row);
    run->finished_at = store_get_int(row);
    run->program_version = store_get_text(row);
    run->pcre2_version = store_get_text(row);
    run->odbc_version = store_get_text(row);
    run->taxonomy_name = store_get_text(row);
    run->taxonomy_version = store_get_text(row);
    run->taxonomy_hash = store_get_text(row);
    run->taxonomy_title_zh = store_get_text(row);
    run->taxonomy_title_en = store_get_text(row);
    run->host = store_get_text(row);
    run->account = store_get_text(row);
    run->seed = (uint64_t)store_get_int(row);
    run->complete = store_get_int(row) != 0;
    run->kind = store_get_text(row);
    run->label = store_get_text(row);
    run->based_on = store_get_int(row);
    run->rules = store_get_text(row);
    run->has_thresholds = store_decode_thresholds(store_get_text(row), &run->thresholds);
}

static void take_source(struct store_reader *reader, struct store_row *row)
{
    struct dc_run_source *source;

    reader->sources = dc_array_grow(reader->sources, reader->n_sources, &reader->sources_capacity,
                                    sizeof *source);
    source = &reader->sources[reader->n_sources++];
    source->name = store_get_text(row);
    for (size_t i = 0; i < DC_N_ABOUT; i++) {
        source->about[i] = store_get_text(row);
    }
    source->dbms = store_get_text(row);
    source->dbms_version = store_get_text(row);
    source->driver = store_get_text(row);
    source->dialect = store_get_text(row);
    source->login = store_get_text(row);
    source->encoding = store_get_text(row);
    source->state = store_get_text(row);
    source->error = store_get_text(row);
    source->read_only = store_get_text(row);
    source->n_tables = store_get_int(row);
    source->n_tables_read = store_get_int(row);
    source->n_columns = store_get_int(row);
    source->rows_read = store_get_int(row);
    source->bytes_read = store_get_int(row);
    source->n_statements = store_get_int(row);
    source->seconds = store_get_real(row);
    source->level = (int)store_get_int(row);
    source->scope = "";
}

static void take_leaf(struct store_reader *reader, struct store_row *row)
{
    struct dc_leaf_text *leaf;

    reader->leaves = dc_array_grow(reader->leaves, reader->n_leaves, &reader->leaves_capacity,
                                   sizeof *leaf);
    leaf = &reader->leaves[reader->n_leaves++];
    leaf->code = store_get_text(row);
    leaf->name_zh = store_get_text(row);
    leaf->name_en = store_get_text(row);
    leaf->class1_zh = store_get_text(row);
    leaf->class1_en = store_get_text(row);
    leaf->class2_zh = store_get_text(row);
    leaf->class2_en = store_get_text(row);
    leaf->miit_zh = store_get_text(row);
    leaf->miit_en = store_get_text(row);
    leaf->basis = store_get_text(row);
    leaf->default_level = (int)store_get_int(row);
    leaf->verify = store_get_int(row) != 0;
}

static void take_candidate(struct store_reader *reader, struct store_row *row)
{
    struct dc_candidate_text *rule;

    reader->candidates = dc_array_grow(reader->candidates, reader->n_candidates,
                                       &reader->candidates_capacity, sizeof *rule);
    rule = &reader->candidates[reader->n_candidates++];
    rule->id = store_get_text(row);
    rule->name_zh = store_get_text(row);
    rule->name_en = store_get_text(row);
    rule->basis = store_get_text(row);
    rule->check_zh = store_get_text(row);
    rule->check_en = store_get_text(row);
    rule->verify = store_get_int(row) != 0;
}

static void take_task_id(struct store_reader *reader, struct store_row *row)
{
    reader->task_ids = dc_array_grow(reader->task_ids, reader->n_tasks, &reader->tasks_capacity,
                                     sizeof *reader->task_ids);
    reader->task_ids[reader->n_tasks++] = store_get_int(row);
}

static enum dc_status load(struct store_reader *reader, enum store_statement id,
                           void (*take)(struct store_reader *reader, struct store_row *row),
                           struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    enum dc_status status = store_reader_run(reader, id, &statement, reader->run_id, err);
    enum dc_fetch fetch = DC_FETCH_END;

    while (status == DC_OK && (fetch = dc_odbc_row(statement, err)) == DC_FETCH_ROWS) {
        struct store_row row = {statement, 0, reader->kept};

        take(reader, &row);
    }
    if (fetch == DC_FETCH_ERROR) {
        status = store_reader_fail(reader, err != NULL ? err->status : DC_ERR_READ, err);
    }
    dc_odbc_statement_destroy(statement);
    return status;
}

static enum dc_status load_all(struct store_reader *reader, struct dc_err *err)
{
    static const struct {
        enum store_statement id;
        void (*take)(struct store_reader *reader, struct store_row *row);
    } parts[] = {
        {STORE_SELECT_RUN, take_run},          {STORE_SELECT_SOURCES, take_source},
        {STORE_SELECT_LEAVES, take_leaf},      {STORE_SELECT_CANDIDATES, take_candidate},
        {STORE_SELECT_TASK_IDS, take_task_id},
    };
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == DC_OK; i++) {
        status = load(reader, parts[i].id, parts[i].take, err);
    }
    if (status == DC_OK && reader->run.id == 0) {
        status = dc_err_set(err, DC_ERR_USAGE,
                            "could not read run %lld: the inventory \"%s\" has no such run",
                            (long long)reader->run_id, reader->store->place.shown);
    }
    return status;
}

static enum dc_status count_decisions(struct store_reader *reader, struct dc_err *err)
{
    struct store_params params = {.store = reader->store};
    enum dc_status status;

    store_put_int(&params, reader->run_id);
    status = store_ask(reader->store, STORE_COUNT_DECISIONS_IN_FORCE, &params, 0,
                       &reader->n_in_force, err);
    if (status != DC_OK) {
        return store_reader_fail(reader, status, err);
    }
    return dc_store_newest_batch(reader->store, &reader->run.newest_batch, err);
}

/* ---- the reader's functions ---- */

static enum dc_status read_run(struct dc_inventory_reader *base, const struct dc_run **out,
                               struct dc_err *err)
{
    (void)err;
    *out = &reader_of(base)->run;
    return DC_OK;
}

static enum dc_status rewind_all(struct dc_inventory_reader *base, struct dc_err *err)
{
    struct store_reader *reader = reader_of(base);

    (void)err;
    reader->next_source = 0;
    reader->next_task = 0;
    reader->has_table = false;
    return DC_OK;
}

static enum dc_status next_source(struct dc_inventory_reader *base,
                                  const struct dc_run_source **out, struct dc_err *err)
{
    struct store_reader *reader = reader_of(base);

    (void)err;
    *out = reader->next_source < reader->n_sources ? &reader->sources[reader->next_source++] : NULL;
    return DC_OK;
}

/* Both lists are searched by their first member, a text. */
static int compare_key(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

static const struct dc_leaf_text *find_leaf(struct dc_inventory_reader *base, const char *code)
{
    struct store_reader *reader = reader_of(base);

    return reader->n_leaves == 0 ? NULL
                                 : bsearch(code, reader->leaves, reader->n_leaves,
                                           sizeof *reader->leaves, compare_key);
}

static const struct dc_leaf_text *leaf_at(struct dc_inventory_reader *base, size_t index)
{
    struct store_reader *reader = reader_of(base);

    return index < reader->n_leaves ? &reader->leaves[index] : NULL;
}

static const struct dc_candidate_text *find_candidate(struct dc_inventory_reader *base,
                                                      const char *id)
{
    struct store_reader *reader = reader_of(base);

    return reader->n_candidates == 0 ? NULL
                                     : bsearch(id, reader->candidates, reader->n_candidates,
                                               sizeof *reader->candidates, compare_key);
}

static void destroy(struct dc_inventory_reader *base)
{
    struct store_reader *reader = reader_of(base);

    if (reader == NULL) {
        return;
    }
    dc_odbc_statement_destroy(reader->task_statement);
    dc_odbc_statement_destroy(reader->findings_statement);
    dc_odbc_statement_destroy(reader->decisions_statement);
    free(reader->decisions);
    free(reader->sources);
    free(reader->leaves);
    free(reader->candidates);
    free(reader->task_ids);
    dc_arena_destroy(reader->kept);
    dc_arena_destroy(reader->table_arena);
    dc_arena_destroy(reader->column_arena);
    free(reader);
}

static const struct dc_inventory_reader_class reader_class = {
    .run = read_run,
    .rewind = rewind_all,
    .next_source = next_source,
    .leaf = find_leaf,
    .leaf_at = leaf_at,
    .candidate = find_candidate,
    .next_table = store_next_table,
    .next_column = store_next_column,
    .destroy = destroy,
};

enum dc_status dc_store_read_run(struct dc_store *store, int64_t run_id,
                                 struct dc_inventory_reader **out, struct dc_err *err)
{
    struct store_reader *reader = dc_alloc(1, sizeof *reader);
    enum dc_status status;

    reader->base.class_ = &reader_class;
    reader->store = store;
    reader->run_id = run_id;
    reader->kept = dc_arena_create(0);
    reader->table_arena = dc_arena_create(0);
    reader->column_arena = dc_arena_create(0);
    status = load_all(reader, err);
    if (status == DC_OK) {
        status = count_decisions(reader, err);
    }
    if (status != DC_OK) {
        destroy(&reader->base);
        return status;
    }
    *out = &reader->base;
    return DC_OK;
}
