#include "store_print.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "dcscan/text.h"

static void out_json(FILE *out, json_t *json)
{
    json_dumpf(json, out, JSON_INDENT(2));
    putc('\n', out);
    json_decref(json);
}

void store_print_health(FILE *out, const struct dc_store_health *health)
{
    fprintf(out,
            "%s, schema version %" PRId64 ": %" PRId64 " runs, %" PRId64 " tables, %" PRId64
            " columns, %" PRId64 " decisions, %" PRId64 " bytes\n",
            health->dbms, health->version, health->n_runs, health->n_tables, health->n_columns,
            health->n_decisions, health->bytes);
    for (size_t i = 0; i < health->n_remarks; i++) {
        const struct dc_store_remark *remark = &health->remarks[i];

        fprintf(out, "%s: %s: ", dc_store_severity_name(remark->severity), remark->check);
        if (strcmp(remark->check, "integrity") != 0 && strcmp(remark->check, "schema") != 0) {
            fprintf(out, "%" PRId64 " ", remark->n);
        }
        fprintf(out, "%s\n", remark->text);
    }
    if (health->n_problems == 0) {
        fputs("sound\n", out);
    } else {
        fprintf(out, "%zu %s\n", health->n_problems,
                health->n_problems == 1 ? "problem" : "problems");
    }
}

/* What a driver says may be no UTF-8. */
static json_t *text_of(const char *text)
{
    struct dc_arena *arena = dc_arena_create(0);
    json_t *json = json_string(dc_text_sanitize(arena, text, strlen(text), NULL));

    dc_arena_destroy(arena);
    return json;
}

void store_print_health_json(FILE *out, const struct dc_store_health *health)
{
    json_t *remarks = json_array();

    for (size_t i = 0; i < health->n_remarks; i++) {
        const struct dc_store_remark *remark = &health->remarks[i];

        json_array_append_new(remarks, json_pack("{s:s, s:s, s:I, s:o}", "severity",
                                                 dc_store_severity_name(remark->severity), "check",
                                                 remark->check, "count", (json_int_t)remark->n,
                                                 "text", text_of(remark->text)));
    }
    out_json(out, json_pack("{s:b, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:o}", "sound",
                            health->n_problems == 0, "dbms", health->dbms, "schema_version",
                            (json_int_t)health->version, "bytes", (json_int_t)health->bytes, "runs",
                            (json_int_t)health->n_runs, "tables", (json_int_t)health->n_tables,
                            "columns", (json_int_t)health->n_columns, "decisions",
                            (json_int_t)health->n_decisions, "remarks", remarks));
}

void store_print_compacted(FILE *out, const struct store_compacted *told)
{
    fprintf(out, "%" PRId64 " runs dropped, %" PRId64 " bytes before, %" PRId64 " after\n",
            told->n_dropped, told->bytes_before, told->bytes_after);
}

void store_print_compacted_json(FILE *out, const struct store_compacted *told)
{
    out_json(out, json_pack("{s:I, s:I, s:I}", "runs_dropped", (json_int_t)told->n_dropped,
                            "bytes_before", (json_int_t)told->bytes_before, "bytes_after",
                            (json_int_t)told->bytes_after));
}

void store_print_moved(FILE *out, const char *what, const struct dc_store_moved *moved)
{
    fprintf(out,
            "%s %" PRId64 " runs, %" PRId64 " tables, %" PRId64 " columns, %" PRId64
            " decisions (%" PRId64 " records)\n",
            what, moved->n_runs, moved->n_tables, moved->n_columns, moved->n_decisions,
            moved->n_records);
}

void store_print_moved_json(FILE *out, const char *what, const struct dc_store_moved *moved)
{
    out_json(out,
             json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}", "what", what, "runs",
                       (json_int_t)moved->n_runs, "tables", (json_int_t)moved->n_tables, "columns",
                       (json_int_t)moved->n_columns, "decisions", (json_int_t)moved->n_decisions,
                       "records", (json_int_t)moved->n_records));
}
