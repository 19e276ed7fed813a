/* Verdicts by name. */
#include <stdlib.h>
#include <string.h>

#include "eval_internal.h"

struct entry {
    const char *key;
    size_t row; /* a later row of the same key counts */
};

struct dc_eval_results {
    struct dc_arena *arena;
    struct dc_eval_row *rows;
    size_t n_rows, rows_capacity;
    struct entry *entries; /* by key, then row, once looked into */
    size_t n_entries, entries_capacity;
    bool sorted, hashed;
};

struct dc_eval_results *dc_eval_results_create(void)
{
    struct dc_eval_results *results = dc_alloc(1, sizeof *results);

    results->arena = dc_arena_create(0);
    return results;
}

void dc_eval_results_destroy(struct dc_eval_results *results)
{
    if (results != NULL) {
        free(results->rows);
        free(results->entries);
        dc_arena_destroy(results->arena);
        free(results);
    }
}

static void add_entry(struct dc_eval_results *results, const char *key, size_t row)
{
    results->entries = dc_array_grow(results->entries, results->n_entries,
                                     &results->entries_capacity, sizeof *results->entries);
    results->entries[results->n_entries++] = (struct entry){key, row};
    results->sorted = false;
}

static const char *copy(struct dc_eval_results *results, const char *text)
{
    return dc_arena_strdup(results->arena, text == NULL ? "" : text);
}

static void add_hashes(struct dc_eval_results *results, size_t index)
{
    const struct dc_eval_row *row = &results->rows[index];

    add_entry(results,
              eval_hash_key(results->arena, row->source, row->schema, row->table, row->column),
              index);
    add_entry(results, eval_hash_key(results->arena, row->source, "", row->table, row->column),
              index);
}

void dc_eval_results_add(struct dc_eval_results *results, const struct dc_eval_row *row)
{
    struct dc_eval_row kept = *row;

    kept.source = copy(results, row->source);
    kept.schema = copy(results, row->schema);
    kept.table = copy(results, row->table);
    kept.column = copy(results, row->column);
    kept.category = copy(results, row->category);
    kept.pi = row->pi == NULL || row->pi[0] == '\0' ? "none" : copy(results, row->pi);
    results->rows = dc_array_grow(results->rows, results->n_rows, &results->rows_capacity,
                                  sizeof *results->rows);
    results->rows[results->n_rows] = kept;
    add_entry(results,
              eval_name_key(results->arena, kept.source, kept.schema, kept.table, kept.column),
              results->n_rows);
    add_entry(results, eval_name_key(results->arena, kept.source, NULL, kept.table, kept.column),
              results->n_rows);
    results->n_rows++;
    if (results->hashed) {
        add_hashes(results, results->n_rows - 1);
    }
}

static int by_key(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = strcmp(left->key, right->key);

    return order != 0 ? order : (left->row > right->row) - (left->row < right->row);
}

static const struct dc_eval_row *last_of(struct dc_eval_results *results, const char *key)
{
    size_t low = 0, high = results->n_entries;

    if (!results->sorted && results->n_entries > 0) {
        qsort(results->entries, results->n_entries, sizeof *results->entries, by_key);
    }
    results->sorted = true;
    /* the first entry behind those of the key */
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(results->entries[middle].key, key) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 && strcmp(results->entries[low - 1].key, key) == 0
               ? &results->rows[results->entries[low - 1].row]
               : NULL;
}

static const struct dc_eval_row *find_hash(struct dc_eval_results *results, const char *key)
{
    /* Hashes are made when the first label asks for one. */
    for (size_t i = 0; !results->hashed && i < results->n_rows; i++) {
        add_hashes(results, i);
    }
    results->hashed = true;
    return last_of(results, dc_arena_printf(results->arena, "h\x01%s", key));
}

const struct dc_eval_row *eval_find(struct dc_eval_results *results,
                                    const struct dc_eval_label *label)
{
    const struct dc_eval_row *row;

    if (label->key[0] != '\0') {
        return find_hash(results, label->key);
    }
    row = last_of(results, eval_name_key(results->arena, label->source, label->schema, label->table,
                                         label->column));
    return row != NULL ? row
                       : last_of(results, eval_name_key(results->arena, label->source, NULL,
                                                        label->table, label->column));
}
