/*
 * Labels as OpenLineage dataset events, one JSON object a table and line, with the tags of its columns (facet "tags"), for a catalogue of
 * data to take in. Nothing is sent anywhere.
 */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../output_file.h"
#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "label_row.h"
#include "lineage_writer.h"

#define MAX_NAME   8192
#define PRODUCER   "urn:dcscan"
#define EVENT      "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent"
#define TAGS_FACET "https://openlineage.io/spec/facets/1-0-0/TagsDatasetFacet.json"

struct lineage_writer {
    struct dc_report_writer base;
    const struct dc_report_options *options;
    struct output_file file;
    size_t places[LABEL_N_PARTS];
    char *space, *name; /* of the table in hand, or NULL */
    json_t *tags;
};

static struct lineage_writer *lineage_of(struct dc_report_writer *writer)
{
    return (struct lineage_writer *)writer; /* base is the first member */
}

static enum dc_status lineage_open(const struct dc_report_options *options,
                                   struct dc_report_writer **out, struct dc_err *err)
{
    struct lineage_writer *lineage = dc_alloc(1, sizeof *lineage);
    enum dc_status status = output_file_open(&lineage->file, options->path, err);

    lineage->base.class_ = &lineage_writer_class;
    lineage->options = options;
    if (status == DC_OK) {
        status = output_file_stream(&lineage->file, err);
    }
    if (status != DC_OK) {
        lineage_writer_class.destroy(&lineage->base);
        return status;
    }
    *out = &lineage->base;
    return DC_OK;
}

static enum dc_status lineage_begin_table(struct dc_report_writer *writer,
                                          const struct dc_report_table *table, struct dc_err *err)
{
    (void)err;
    label_places(table, lineage_of(writer)->places);
    return DC_OK;
}

static void forget_table(struct lineage_writer *lineage)
{
    json_decref(lineage->tags);
    free(lineage->space);
    free(lineage->name);
    lineage->tags = NULL;
    lineage->space = lineage->name = NULL;
}

static json_t *event_of(const struct lineage_writer *lineage)
{
    char at[DC_TIME_TEXT_SIZE];

    dc_time_text(lineage->options->created_at, at);
    return json_pack("{s:s, s:s, s:s, s:{s:s, s:s, s:{s:{s:s, s:s, s:O}}}}", "eventTime", at,
                     "producer", PRODUCER, "schemaURL", EVENT, "dataset", "namespace",
                     lineage->space, "name", lineage->name, "facets", "tags", "_producer", PRODUCER,
                     "_schemaURL", TAGS_FACET, "tags", lineage->tags);
}

static enum dc_status end_table(struct lineage_writer *lineage, struct dc_err *err)
{
    json_t *event;
    bool failed;

    if (lineage->name == NULL) {
        return DC_OK;
    }
    event = event_of(lineage);
    errno = 0;
    failed = event == NULL || json_dumpf(event, lineage->file.stream, JSON_COMPACT) != 0;
    putc('\n', lineage->file.stream);
    json_decref(event);
    forget_table(lineage);
    return failed || ferror(lineage->file.stream)
               ? output_file_fail(&lineage->file, errno == 0 ? EILSEQ : errno, err)
               : DC_OK;
}

static char *name_of(const struct label_row *row)
{
    static const enum label_part parts[] = {LABEL_CATALOG, LABEL_SCHEMA, LABEL_TABLE};
    struct dc_strbuf name = DC_STRBUF_INIT(MAX_NAME);
    char *copy;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (row->parts[parts[i]][0] != '\0') {
            dc_strbuf_printf(&name, "%s%s", name.size > 0 ? "." : "", row->parts[parts[i]]);
        }
    }
    copy = dc_strdup(dc_strbuf_text(&name));
    dc_strbuf_done(&name);
    return copy;
}

static enum dc_status enter_table(struct lineage_writer *lineage, const struct label_row *row,
                                  struct dc_err *err)
{
    char *name = name_of(row);
    enum dc_status status = DC_OK;

    if (lineage->name != NULL && strcmp(lineage->name, name) == 0 &&
        strcmp(lineage->space, row->parts[LABEL_SOURCE]) == 0) {
        free(name);
        return DC_OK;
    }
    status = end_table(lineage, err);
    lineage->name = name;
    lineage->space = dc_strdup(row->parts[LABEL_SOURCE]);
    lineage->tags = json_array();
    return status;
}

static void add_tag(struct lineage_writer *lineage, const char *key, const char *value,
                    const char *column)
{
    if (value[0] != '\0') {
        json_array_append_new(lineage->tags, json_pack("{s:s, s:s, s:s, s:s}", "key", key, "value",
                                                       value, "source", "dcscan", "field", column));
    }
}

static enum dc_status lineage_add_row(struct dc_report_writer *writer, const struct dc_cell *cells,
                                      size_t n_cells, struct dc_err *err)
{
    struct lineage_writer *lineage = lineage_of(writer);
    struct label_row row;
    const char *column;
    enum dc_status status;

    label_row_read(lineage->places, cells, n_cells, &row);
    if (row.parts[LABEL_CATEGORY][0] == '\0') { /* it was not read */
        return DC_OK;
    }
    status = enter_table(lineage, &row, err);
    column = row.parts[LABEL_COLUMN];
    add_tag(lineage, "category", row.parts[LABEL_CATEGORY], column);
    add_tag(lineage, "category_name", row.parts[LABEL_CATEGORY_NAME], column);
    add_tag(lineage, "level", row.parts[LABEL_LEVEL], column);
    add_tag(lineage, "personal", row.parts[LABEL_PI_CODE], column);
    for (size_t i = 0; i < row.n_important; i++) {
        add_tag(lineage, "candidate", row.important[i], column);
    }
    return status;
}

static enum dc_status lineage_commit(struct dc_report_writer *writer, struct dc_err *err)
{
    struct lineage_writer *lineage = lineage_of(writer);
    enum dc_status status = end_table(lineage, err);

    return status == DC_OK ? output_file_commit(&lineage->file, err) : status;
}

static void lineage_destroy(struct dc_report_writer *writer)
{
    struct lineage_writer *lineage = lineage_of(writer);

    if (lineage == NULL) {
        return;
    }
    forget_table(lineage);
    output_file_done(&lineage->file);
    free(lineage);
}

const struct dc_report_writer_class lineage_writer_class = {
    .name = "openlineage",
    .extension = ".openlineage.jsonl",
    .only_table = "labels",
    .open = lineage_open,
    .begin_table = lineage_begin_table,
    .add_row = lineage_add_row,
    .commit = lineage_commit,
    .destroy = lineage_destroy,
};
