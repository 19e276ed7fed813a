/* Decisions of people read back: lists of them, and those that a run's reader applies. */
#include <stdlib.h>
#include <string.h>

#include "reader.h"

static void take_decision(struct store_row *row, struct dc_decision *decision)
{
    decision->id = store_get_int(row);
    decision->batch = store_get_int(row);
    decision->undone = store_get_int(row);
    decision->decided_at = store_get_int(row);
    decision->run_id = store_get_int(row);
    decision->reviewer = store_get_text(row);
    decision->reason = store_get_text(row);
    decision->source = store_get_text(row);
    decision->catalog = store_get_text(row);
    decision->schema = store_get_text(row);
    decision->table = store_get_text(row);
    decision->column = store_get_text(row);
    decision->leaf = store_get_text(row);
    decision->level = (enum dc_final_level)store_get_word(row, store_final_level_word,
                                                          DC_N_FINAL_LEVELS, DC_FINAL_NONE);
    decision->pi = (enum dc_pi)store_get_word(row, store_pi_word, 3, DC_PI_NONE);
    decision->proposed_leaf = store_get_text(row);
    decision->proposed_level = (int)store_get_int(row);
    decision->basis.type_name = store_get_text(row);
    decision->basis.comment = store_get_text(row);
    decision->basis.masked = (int)store_get_int(row);
    decision->basis.rows_estimated = store_get_int(row);
    decision->type = (enum dc_type_class)store_get_word(row, store_type_word, DC_N_TYPE_CLASSES,
                                                        DC_TYPE_UNKNOWN);
    decision->subject = store_get_text(row);
    decision->reference = store_get_text(row);
}

static void take_batch(struct store_row *row, struct dc_decision_batch *batch)
{
    batch->id = store_get_int(row);
    batch->at = store_get_int(row);
    batch->undo = store_get_int(row) != 0;
    batch->account = store_get_text(row);
    batch->host = store_get_text(row);
    batch->file = store_get_text(row);
    batch->file_hash = store_get_text(row);
    batch->run_id = store_get_int(row);
    batch->note = store_get_text(row);
    batch->n_decisions = store_get_int(row);
}

/* ---- lists ---- */

/* Rows of any kind in one growing array. */
struct list {
    void *items;
    size_t n_items, capacity;
};

/* Fetches all rows of a statement that was run; the list is copied into the arena. */
static enum dc_status fetch_list(struct dc_odbc_statement *statement, struct dc_arena *arena,
                                 bool batches, struct list *list, struct dc_err *err)
{
    size_t size = batches ? sizeof(struct dc_decision_batch) : sizeof(struct dc_decision);
    enum dc_fetch fetch;

    while ((fetch = dc_odbc_row(statement, err)) == DC_FETCH_ROWS) {
        struct store_row row = {statement, 0, arena};
        void *item;

        list->items = dc_array_grow(list->items, list->n_items, &list->capacity, size);
        item = (char *)list->items + size * list->n_items++;
        memset(item, 0, size);
        if (batches) {
            take_batch(&row, item);
        } else {
            take_decision(&row, item);
        }
    }
    return fetch == DC_FETCH_ERROR ? (err != NULL ? err->status : DC_ERR_READ) : DC_OK;
}

static enum dc_status read_list(struct dc_store *store, enum store_statement id,
                                struct dc_arena *arena, bool batches, const void **out, size_t *n,
                                struct dc_err *err)
{
    struct dc_odbc_param lowest = {.kind = DC_ODBC_INT, .integer = 0};
    struct dc_odbc_statement *statement = NULL;
    struct list list = {NULL, 0, 0};
    enum dc_status status = dc_odbc_prepare(store->connection, store_statement_sql(id), 0,
                                            &statement, err);

    if (status == DC_OK) {
        status = dc_odbc_run(statement, &lowest, 1, err);
    }
    if (status == DC_OK) {
        status = fetch_list(statement, arena, batches, &list, err);
    }
    dc_odbc_statement_destroy(statement);
    if (status == DC_OK) {
        size_t size = list.n_items *
                      (batches ? sizeof(struct dc_decision_batch) : sizeof(struct dc_decision));
        void *copy = dc_arena_alloc(arena, size + 1);

        if (size > 0) {
            memcpy(copy, list.items, size);
        }
        *out = copy;
        *n = list.n_items;
    }
    free(list.items);
    return status == DC_OK ? DC_OK : store_fail_read(store, status, err);
}

enum dc_status dc_store_read_decisions(struct dc_store *store, bool in_force,
                                       struct dc_arena *arena, const struct dc_decision **out,
                                       size_t *n, struct dc_err *err)
{
    const void *items = NULL;
    enum dc_status status = read_list(
        store, in_force ? STORE_SELECT_DECISIONS_IN_FORCE : STORE_SELECT_DECISIONS, arena, false,
        &items, n, err);

    if (status == DC_OK) {
        *out = items;
    }
    return status;
}

enum dc_status dc_store_read_batches(struct dc_store *store, struct dc_arena *arena,
                                     const struct dc_decision_batch **out, size_t *n,
                                     struct dc_err *err)
{
    const void *items = NULL;
    enum dc_status status = read_list(store, STORE_SELECT_BATCHES, arena, true, &items, n, err);

    if (status == DC_OK) {
        *out = items;
    }
    return status;
}

/* ---- those of the table that a reader stands on ---- */

enum dc_status store_reader_decisions(struct store_reader *reader, struct dc_err *err)
{
    const struct dc_inventory_table *table = &reader->table;
    struct dc_odbc_param params[] = {{.kind = DC_ODBC_TEXT, .text = table->source},
                                     {.kind = DC_ODBC_TEXT, .text = table->catalog},
                                     {.kind = DC_ODBC_TEXT, .text = table->schema},
                                     {.kind = DC_ODBC_TEXT, .text = table->name},
                                     {.kind = DC_ODBC_INT, .integer = reader->run_id}};
    struct list list = {reader->decisions, 0, reader->decisions_capacity};
    enum dc_status status = DC_OK;

    reader->n_decisions = 0;
    if (reader->n_in_force == 0) {
        return DC_OK;
    }
    if (reader->decisions_statement == NULL) {
        status = dc_odbc_prepare(reader->store->connection,
                                 store_statement_sql(STORE_SELECT_DECISIONS_OF_TABLE), 0,
                                 &reader->decisions_statement, err);
    }
    if (status == DC_OK) {
        status = dc_odbc_run(reader->decisions_statement, params, 5, err);
    }
    if (status == DC_OK) {
        status = fetch_list(reader->decisions_statement, reader->table_arena, false, &list, err);
    }
    reader->decisions = list.items;
    reader->decisions_capacity = list.capacity;
    reader->n_decisions = status == DC_OK ? list.n_items : 0;
    return status == DC_OK ? DC_OK : store_reader_fail(reader, status, err);
}

/* They stand by column and id: the last one of a column is in force. */
const struct dc_decision *store_reader_decision(const struct store_reader *reader,
                                                const char *column)
{
    size_t low = 0, high = reader->n_decisions;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(reader->decisions[middle].column, column) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 && strcmp(reader->decisions[low - 1].column, column) == 0
               ? &reader->decisions[low - 1]
               : NULL;
}
