#include "tables.h"

#include <string.h>

#include "dcscan/strbuf.h"

#define TEXT       STORE_KIND_TEXT
#define INT        STORE_KIND_INT
#define REAL       STORE_KIND_REAL
#define TIME       STORE_KIND_TIME
#define JSON       STORE_KIND_JSON
#define TASK       STORE_KIND_TASK
#define LEASE_TEXT STORE_KIND_LEASE_TEXT
#define LEASE_INT  STORE_KIND_LEASE_INT

/* In the order in which rows may refer to those before them. A test holds it against the schema. */
static const struct store_table tables[STORE_N_TABLES] = {
    [STORE_TABLE_RUN] = {"run",
                         "id",
                         "id",
                         {{"id", INT},
                          {"started_at", TIME},
                          {"finished_at", TIME},
                          {"program_version", TEXT},
                          {"pcre2_version", TEXT},
                          {"odbc_version", TEXT},
                          {"taxonomy_name", TEXT},
                          {"taxonomy_version", TEXT},
                          {"taxonomy_hash", TEXT},
                          {"taxonomy_title_zh", TEXT},
                          {"taxonomy_title_en", TEXT},
                          {"host", TEXT},
                          {"account", TEXT},
                          {"seed", INT},
                          {"complete", INT},
                          {"kind", TEXT},
                          {"label", TEXT},
                          {"based_on", INT},
                          {"rules", JSON},
                          {"thresholds", JSON}}},
    [STORE_TABLE_RUN_SOURCE] = {"run_source",
                                "run_id",
                                "name",
                                {{"run_id", INT},
                                 {"name", TEXT},
                                 {"about_system", TEXT},
                                 {"about_plant", TEXT},
                                 {"about_department", TEXT},
                                 {"about_owner", TEXT},
                                 {"about_contact", TEXT},
                                 {"about_purpose", TEXT},
                                 {"about_manner", TEXT},
                                 {"about_scope", TEXT},
                                 {"about_retention", TEXT},
                                 {"about_storage", TEXT},
                                 {"about_sharing", TEXT},
                                 {"about_export", TEXT},
                                 {"about_protection", TEXT},
                                 {"about_mlps", TEXT},
                                 {"dbms", TEXT},
                                 {"dbms_version", TEXT},
                                 {"driver", TEXT},
                                 {"dialect", TEXT},
                                 {"login", TEXT},
                                 {"encoding", TEXT},
                                 {"state", TEXT},
                                 {"error", TEXT},
                                 {"read_only", TEXT},
                                 {"n_tables", INT},
                                 {"n_tables_read", INT},
                                 {"n_columns", INT},
                                 {"rows_read", INT},
                                 {"bytes_read", INT},
                                 {"n_statements", INT},
                                 {"seconds", REAL},
                                 {"level", INT}}},
    [STORE_TABLE_RUN_LEAF] = {"run_leaf",
                              "run_id",
                              "code",
                              {{"run_id", INT},
                               {"code", TEXT},
                               {"name_zh", TEXT},
                               {"name_en", TEXT},
                               {"class1_zh", TEXT},
                               {"class1_en", TEXT},
                               {"class2_zh", TEXT},
                               {"class2_en", TEXT},
                               {"miit_zh", TEXT},
                               {"miit_en", TEXT},
                               {"basis", TEXT},
                               {"default_level", INT},
                               {"verify", INT}}},
    [STORE_TABLE_RUN_CANDIDATE] = {"run_candidate",
                                   "run_id",
                                   "id",
                                   {{"run_id", INT},
                                    {"id", TEXT},
                                    {"name_zh", TEXT},
                                    {"name_en", TEXT},
                                    {"basis", TEXT},
                                    {"check_zh", TEXT},
                                    {"check_en", TEXT},
                                    {"verify", INT}}},
    [STORE_TABLE_PLAN] = {"plan",
                          "run_id",
                          "source",
                          {{"run_id", INT},
                           {"source", TEXT},
                           {"state", TEXT},
                           {"scope", TEXT},
                           {"lease_owner", LEASE_TEXT},
                           {"lease_until", LEASE_INT}}},
    [STORE_TABLE_TASK] = {"task",
                          "id",
                          "id",
                          {{"id", TASK},
                           {"run_id", INT},
                           {"source", TEXT},
                           {"catalog_name", TEXT},
                           {"schema_name", TEXT},
                           {"table_name", TEXT},
                           {"comment", TEXT},
                           {"kind", TEXT},
                           {"rows_estimated", INT},
                           {"n_columns", INT},
                           {"columns", JSON},
                           {"state", TEXT},
                           {"reason", TEXT},
                           {"sample_method", TEXT},
                           {"sample_statement", TEXT},
                           {"rows_asked", INT},
                           {"rows_read", INT},
                           {"bytes_read", INT},
                           {"seconds", REAL},
                           {"cut", INT},
                           {"subject", TEXT},
                           {"subject_name_zh", TEXT},
                           {"subject_name_en", TEXT},
                           {"subject_score", REAL},
                           {"level", INT},
                           {"level_column", TEXT},
                           {"leaf", TEXT},
                           {"n_personal", INT},
                           {"n_sensitive", INT},
                           {"n_important", INT},
                           {"n_review", INT},
                           {"n_statements", INT},
                           {"n_retries", INT},
                           {"pages", INT},
                           {"exact_names", JSON},
                           {"open", INT},
                           {"lease_owner", LEASE_TEXT},
                           {"lease_until", LEASE_INT},
                           {"fingerprint", TEXT},
                           {"changes", TEXT},
                           {"sampled_at", TIME},
                           {"findings_of", TASK},
                           {"carried_from", INT}}},
    [STORE_TABLE_FINDING] =
        {"finding",
         "task_id",
         "place",
         {{"task_id", TASK},      {"place", INT},           {"column_name", TEXT},
          {"comment", TEXT},      {"type_name", TEXT},      {"type_class", TEXT},
          {"ordinal", INT},       {"nullable", INT},        {"primary_key", INT},
          {"reference", TEXT},    {"rows_seen", INT},       {"nulls", INT},
          {"empties", INT},       {"truncated", INT},       {"masked", INT},
          {"distinct_seen", INT}, {"distinct_capped", INT}, {"length_min", INT},
          {"length_max", INT},    {"length_mean", REAL},    {"decimals_max", INT},
          {"entropy", REAL},      {"ascending", INT},       {"shapes", JSON},
          {"examples", JSON},     {"status", TEXT},         {"reason", TEXT},
          {"leaf", TEXT},         {"runner_up", TEXT},      {"level_reference", INT},
          {"level", INT},         {"level_reason", TEXT},   {"pi", TEXT},
          {"important", JSON},    {"confidence", REAL},     {"to_review", INT},
          {"decided_by", TEXT},   {"marks", TEXT},          {"evidence", JSON},
          {"detail", JSON}}},
    [STORE_TABLE_DECISION_BATCH] = {"decision_batch",
                                    "id",
                                    "id",
                                    {{"id", INT},
                                     {"at", TIME},
                                     {"undo", INT},
                                     {"account", TEXT},
                                     {"host", TEXT},
                                     {"file", TEXT},
                                     {"file_hash", TEXT},
                                     {"run_id", INT},
                                     {"note", TEXT},
                                     {"n_decisions", INT}}},
    [STORE_TABLE_DECISION] = {"decision",
                              "batch_id",
                              "id",
                              {{"id", INT},
                               {"batch_id", INT},
                               {"undone", INT},
                               {"decided_at", TIME},
                               {"run_id", INT},
                               {"reviewer", TEXT},
                               {"reason", TEXT},
                               {"source", TEXT},
                               {"catalog_name", TEXT},
                               {"schema_name", TEXT},
                               {"table_name", TEXT},
                               {"column_name", TEXT},
                               {"leaf", TEXT},
                               {"level", TEXT},
                               {"pi", TEXT},
                               {"proposed_leaf", TEXT},
                               {"proposed_level", INT},
                               {"type_name", TEXT},
                               {"comment", TEXT},
                               {"masked", INT},
                               {"rows_estimated", INT},
                               {"type_class", TEXT},
                               {"subject", TEXT},
                               {"reference", TEXT}}},
    [STORE_TABLE_SEAT] =
        {"seat",
         "run_id",
         "source",
         {{"run_id", INT},
          {"source", TEXT},
          {"lease_owner", LEASE_TEXT},
          {"number", INT},
          {"lease_until", LEASE_INT}}},
};

const struct store_table *store_table(enum store_table_id id)
{
    return &tables[id];
}

bool store_kind_is_lease(enum store_kind kind)
{
    return kind == STORE_KIND_LEASE_TEXT || kind == STORE_KIND_LEASE_INT;
}

#define MAX_TEXT 8192

const char *store_table_select(struct dc_arena *arena, const struct store_table *table)
{
    struct dc_strbuf sql = DC_STRBUF_INIT(MAX_TEXT);
    const char *text, *comma = "SELECT ";

    for (const struct store_column *column = table->columns; column->name != NULL; column++) {
        if (!store_kind_is_lease(column->kind)) {
            dc_strbuf_printf(&sql, "%s%s", comma, column->name);
            comma = ", ";
        }
    }
    dc_strbuf_printf(&sql, " FROM %s WHERE %s = ? ORDER BY %s", table->name, table->by,
                     table->order);
    text = dc_arena_strdup(arena, dc_strbuf_text(&sql));
    dc_strbuf_done(&sql);
    return text;
}

const char *store_table_insert(struct dc_arena *arena, const struct store_table *table)
{
    struct dc_strbuf sql = DC_STRBUF_INIT(MAX_TEXT), marks = DC_STRBUF_INIT(MAX_TEXT);
    const char *text, *comma = "";

    dc_strbuf_printf(&sql, "INSERT INTO %s (", table->name);
    for (const struct store_column *column = table->columns; column->name != NULL; column++) {
        dc_strbuf_printf(&sql, "%s%s", comma, column->name);
        dc_strbuf_printf(&marks, "%s?", comma);
        comma = ", ";
    }
    text = dc_arena_printf(arena, "%s) VALUES (%s)", dc_strbuf_text(&sql), dc_strbuf_text(&marks));
    dc_strbuf_done(&sql);
    dc_strbuf_done(&marks);
    return text;
}
