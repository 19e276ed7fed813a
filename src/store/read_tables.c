/* Tables of a run read back one by one, and the columns of each. */
#include <stdio.h>
#include <string.h>

#include "dcscan/text.h"
#include "reader.h"

#define NOT_REACHED "not reached"

/* ---- tables ---- */

static void take_status(struct dc_inventory_table *table, const char *state)
{
    if (strcmp(state, STORE_DONE) == 0) {
        table->status = DC_COLUMN_OK;
    } else if (strcmp(state, dc_column_status_name(DC_COLUMN_UNREADABLE)) == 0) {
        table->status = DC_COLUMN_UNREADABLE;
    } else {
        table->status = DC_COLUMN_SKIPPED;
    }
}

static void take_sample(struct store_row *row, struct dc_sample_info *sample)
{
    sample->method = (enum dc_sample_method)store_get_word(row, store_method_word,
                                                           DC_N_SAMPLE_METHODS, DC_SAMPLE_NONE);
    sample->statement = store_get_text(row);
    sample->rows_asked = store_get_int(row);
    sample->rows_read = store_get_int(row);
    sample->bytes_read = store_get_int(row);
    sample->seconds = store_get_real(row);
    sample->cut = store_get_int(row) != 0;
}

static void take_table_finding(struct store_row *row, struct dc_table_finding *finding,
                               struct dc_sample_info *sample)
{
    finding->subject = store_get_text(row);
    finding->subject_name_zh = store_get_text(row);
    finding->subject_name_en = store_get_text(row);
    finding->subject_score = store_get_real(row);
    finding->level = (int)store_get_int(row);
    finding->level_column = store_get_text(row);
    finding->leaf = store_get_text(row);
    finding->n_personal = (int)store_get_int(row);
    finding->n_sensitive = (int)store_get_int(row);
    finding->n_important = (int)store_get_int(row);
    finding->n_review = (int)store_get_int(row);
    sample->n_statements = store_get_int(row);
    sample->n_retries = store_get_int(row);
}

void store_take_result(struct store_row *row, struct dc_sample_info *sample,
                       struct dc_table_finding *finding)
{
    take_sample(row, sample);
    take_table_finding(row, finding, sample);
}

static void take_history(struct store_reader *reader, struct store_row *row)
{
    int64_t findings_of;

    reader->table.pages = store_get_int(row);
    store_get_text(row); /* exact names */
    store_get_int(row);  /* open */
    reader->table.fingerprint = store_get_text(row);
    reader->table.changes = store_get_text(row);
    reader->table.sampled_at = store_get_int(row);
    findings_of = store_get_int(row);
    reader->findings_of = findings_of != 0 ? findings_of : reader->table.id;
    reader->table.carried_from = store_get_int(row);
}

static void take_table(struct store_reader *reader, struct store_row *row)
{
    struct dc_inventory_table *table = &reader->table;
    const char *columns, *state;

    table->id = store_get_int(row);
    table->source = store_get_text(row);
    table->catalog = store_get_text(row);
    table->schema = store_get_text(row);
    table->name = store_get_text(row);
    table->comment = store_get_text(row);
    table->kind = (enum dc_table_kind)store_get_word(row, store_kind_word, STORE_N_KINDS,
                                                     DC_TABLE_OTHER);
    table->rows_estimated = store_get_int(row);
    table->n_columns = store_get_int(row);
    columns = store_get_text(row);
    state = store_get_text(row);
    table->reason = store_get_text(row);
    take_status(table, state);
    if (strcmp(state, STORE_PLANNED) == 0) {
        table->reason = NOT_REACHED;
    }
    store_take_result(row, &table->sample, &table->finding);
    take_history(reader, row);
    if (columns[0] != '\0') {
        store_decode_columns(reader->table_arena, columns, &reader->planned, &reader->n_planned);
    }
}

enum dc_status store_next_table(struct dc_inventory_reader *base,
                                const struct dc_inventory_table **out, struct dc_err *err)
{
    struct store_reader *reader = (struct store_reader *)base;
    struct store_row row;
    enum dc_status status;
    enum dc_fetch fetch;

    reader->has_table = reader->findings_open = false;
    reader->planned = NULL;
    reader->n_planned = reader->next_planned = 0;
    if (reader->next_task == reader->n_tasks) {
        *out = NULL;
        return DC_OK;
    }
    status = store_reader_run(reader, STORE_SELECT_TASK, &reader->task_statement,
                              reader->task_ids[reader->next_task], err);
    if (status != DC_OK) {
        return status;
    }
    fetch = dc_odbc_row(reader->task_statement, err);
    if (fetch == DC_FETCH_END) {
        dc_err_set(err, DC_ERR_READ, "could not read a table of run %lld: it is gone",
                   (long long)reader->run_id);
    }
    if (fetch != DC_FETCH_ROWS) {
        return store_reader_fail(reader, err != NULL ? err->status : DC_ERR_READ, err);
    }
    dc_arena_reset(reader->table_arena);
    row = (struct store_row){reader->task_statement, 0, reader->table_arena};
    take_table(reader, &row);
    reader->next_task++;
    reader->has_table = true;
    status = store_review_table(reader, err);
    if (status == DC_OK) {
        *out = &reader->table;
    }
    return status;
}

/* ---- columns ---- */

static void take_column(struct store_row *row, struct dc_inventory_column *column)
{
    column->name = store_get_text(row);
    column->comment = store_get_text(row);
    column->type_name = store_get_text(row);
    column->type = (enum dc_type_class)store_get_word(row, store_type_word, DC_N_TYPE_CLASSES,
                                                      DC_TYPE_UNKNOWN);
    column->ordinal = (int32_t)store_get_int(row);
    column->nullable = store_get_int(row) != 0;
    column->primary_key = store_get_int(row) != 0;
    column->reference = store_get_text(row);
}

static void take_shapes(struct store_row *row, struct dc_shape_counts *shapes, unsigned spared)
{
    const char *json = store_get_text(row);

    if ((spared & DC_PART_SHAPES) == 0) {
        store_decode_shapes(json, shapes);
    }
}

static void take_examples(struct store_row *row, struct dc_profile *profile, unsigned spared)
{
    const char *json = store_get_text(row);
    const char *const *examples;
    size_t n = 0;

    if ((spared & DC_PART_EXAMPLES) == 0) {
        store_decode_texts(row->arena, json, &examples, &n);
    }
    for (size_t i = 0; i < n && i < DC_MAX_EXAMPLES; i++) {
        size_t size = dc_utf8_cut(examples[i], strlen(examples[i]), DC_EXAMPLE_SIZE - 1);

        memcpy(profile->examples[i], examples[i], size);
    }
}

static void take_profile(struct store_row *row, struct dc_profile *profile, unsigned spared)
{
    profile->rows = store_get_int(row);
    profile->nulls = store_get_int(row);
    profile->empties = store_get_int(row);
    profile->truncated = store_get_int(row);
    profile->masked = store_get_int(row);
    profile->distinct = store_get_int(row);
    profile->distinct_capped = store_get_int(row) != 0;
    profile->length_min = store_get_int(row);
    profile->length_max = store_get_int(row);
    profile->length_mean = store_get_real(row);
    profile->decimals_max = (int32_t)store_get_int(row);
    profile->digits_entropy = store_get_real(row);
    profile->ascending = store_get_int(row) != 0;
    take_shapes(row, &profile->shapes, spared);
    take_examples(row, profile, spared);
}

static void take_finding(struct store_row *row, struct dc_finding *finding, unsigned spared)
{
    const char *evidence;

    finding->status = (enum dc_column_status)store_get_word(row, store_status_word, 3,
                                                            DC_COLUMN_SKIPPED);
    finding->reason = store_get_text(row);
    finding->leaf = store_get_text(row);
    finding->runner_up = store_get_text(row);
    finding->level_reference = (int)store_get_int(row);
    finding->level = (int)store_get_int(row);
    finding->level_reason = store_get_text(row);
    finding->pi = (enum dc_pi)store_get_word(row, store_pi_word, 3, DC_PI_NONE);
    store_decode_texts(row->arena, store_get_text(row), &finding->important, &finding->n_important);
    finding->confidence = store_get_real(row);
    finding->to_review = store_get_int(row) != 0;
    finding->decided_by = (enum dc_decider)store_get_word(row, store_decider_word, 2,
                                                          DC_BY_MACHINE);
    finding->marks = store_get_text(row);
    evidence = store_get_text(row);
    if ((spared & DC_PART_EVIDENCE) == 0) {
        store_decode_evidence(row->arena, evidence, &finding->evidence, &finding->n_evidence);
    }
}

void store_take_column(struct store_row *row, struct dc_inventory_column *column, unsigned spared)
{
    take_column(row, column);
    take_profile(row, &column->profile, spared);
    take_finding(row, &column->finding, spared);
    store_decode_detail(row->arena, store_get_text(row), &column->detail, &column->finding);
}

/* A column whose table was never ended: nothing is known but its names. */
static void next_planned(struct store_reader *reader, const struct dc_inventory_column **out)
{
    struct dc_inventory_column *column;

    if (reader->next_planned == reader->n_planned) {
        *out = NULL;
        return;
    }
    column = &reader->planned[reader->next_planned++];
    column->table = &reader->table;
    column->profile.decimals_max = -1;
    column->finding = (struct dc_finding){.status = reader->table.status,
                                          .reason = reader->table.reason,
                                          .leaf = "",
                                          .runner_up = "",
                                          .level_reason = "",
                                          .marks = "",
                                          .to_review = true};
    store_review_column(reader, column);
    *out = column;
}

enum dc_status store_next_column(struct dc_inventory_reader *base,
                                 const struct dc_inventory_column **out, struct dc_err *err)
{
    struct store_reader *reader = (struct store_reader *)base;
    enum dc_status status;
    enum dc_fetch fetch;

    if (!reader->has_table || reader->planned != NULL) {
        next_planned(reader, out);
        return DC_OK;
    }
    if (!reader->findings_open) {
        status = store_reader_run(reader, STORE_SELECT_FINDINGS, &reader->findings_statement,
                                  reader->findings_of, err);
        if (status != DC_OK) {
            return status;
        }
        reader->findings_open = true;
    }
    fetch = dc_odbc_row(reader->findings_statement, err);
    if (fetch == DC_FETCH_ERROR) {
        return store_reader_fail(reader, err != NULL ? err->status : DC_ERR_READ, err);
    }
    *out = NULL;
    if (fetch == DC_FETCH_ROWS) {
        struct store_row row = {reader->findings_statement, 0, reader->column_arena};

        dc_arena_reset(reader->column_arena);
        reader->column = (struct dc_inventory_column){.table = &reader->table};
        store_take_column(&row, &reader->column, base->spared);
        store_review_column(reader, &reader->column);
        *out = &reader->column;
    }
    return DC_OK;
}
