/* Private to src/store: the reader of a run. */
#ifndef STORE_READER_H
#define STORE_READER_H

#include "store_internal.h"

struct store_reader {
    struct dc_inventory_reader base;
    struct dc_store *store;
    int64_t run_id;
    struct dc_arena *kept; /* texts that live as long as the reader */
    struct dc_run run;
    struct dc_run_source *sources;
    size_t n_sources, sources_capacity, next_source;
    struct dc_leaf_text *leaves; /* by code */
    size_t n_leaves, leaves_capacity;
    struct dc_candidate_text *candidates; /* by id */
    size_t n_candidates, candidates_capacity;
    /*
     * Tables in order. Only numbers are kept; each table is fetched when its turn comes, so that no cursor stays open while its columns
     * are read (not every driver allows two) and a writer is never held up.
     */
    int64_t *task_ids;
    size_t n_tasks, tasks_capacity, next_task;
    struct dc_odbc_statement *task_statement, *findings_statement;
    struct dc_arena *table_arena, *column_arena;
    struct dc_inventory_table table;
    bool has_table, findings_open;
    int64_t findings_of; /* the task whose findings are the table's */
    struct dc_inventory_column column;
    /* Columns of a table that was never ended: as planned. */
    struct dc_inventory_column *planned;
    size_t n_planned, next_planned;
    /* Decisions of people: how many the run has in all; those of the table, by column and id, in table_arena. */
    int64_t n_in_force;
    struct dc_odbc_statement *decisions_statement;
    struct dc_decision *decisions;
    size_t n_decisions, decisions_capacity;
};

/* Runs a prepared statement with one number. */
enum dc_status store_reader_run(struct store_reader *reader, enum store_statement id,
                                struct dc_odbc_statement **statement, int64_t number,
                                struct dc_err *err);
/* The status of a fetch that failed, the store named in the error. */
enum dc_status store_reader_fail(struct store_reader *reader, enum dc_status status,
                                 struct dc_err *err);

/* ---- read_tables.c ---- */

enum dc_status store_next_table(struct dc_inventory_reader *base,
                                const struct dc_inventory_table **out, struct dc_err *err);
enum dc_status store_next_column(struct dc_inventory_reader *base,
                                 const struct dc_inventory_column **out, struct dc_err *err);

/* The columns of a row in the order of TASK_RESULT, and of FINDING; `spared`: bits of enum dc_column_part that are left empty. */
void store_take_result(struct store_row *row, struct dc_sample_info *sample,
                       struct dc_table_finding *finding);
void store_take_column(struct store_row *row, struct dc_inventory_column *column, unsigned spared);

/* ---- read_decisions.c ---- */

/* Fetches the decisions about the table at hand and its columns. */
enum dc_status store_reader_decisions(struct store_reader *reader, struct dc_err *err);
/* That in force about a column of it ("": about the table), or NULL. */
const struct dc_decision *store_reader_decision(const struct store_reader *reader,
                                                const char *column);

/* ---- reviewed.c ---- */

/* Lays the decisions over a table that was just fetched, and over a column of it. */
enum dc_status store_review_table(struct store_reader *reader, struct dc_err *err);
void store_review_column(struct store_reader *reader, struct dc_inventory_column *column);

#endif
