/*
 * Labels in the form of OpenMetadata, one JSON object a line: for each table its columns with the tag labels (type/tagLabel) that they get,
 * then the tags that were used, which have to be there before. Nothing is sent anywhere.
 *
 * Names are fully qualified as there: service.database.schema.table.column, the service being the source, "default" for what a DBMS does not
 * have. What a person decided is Manual and Confirmed, what the program proposes Automated and Suggested. Keys inside documents have no column
 * of their own and are left out.
 */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../output_file.h"
#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "label_row.h"
#include "openmetadata_writer.h"

#define MAX_NAME 8192
#define NO_NAME  "default"

#define CATEGORY  "DataCategory"
#define LEVEL     "DataLevel"
#define PERSONAL  "PersonalInformation"
#define CANDIDATE "ImportantDataCandidate"

struct openmetadata_writer {
    struct dc_report_writer base;
    struct output_file file;
    size_t places[LABEL_N_PARTS];
    char *name;      /* of the table in hand, fully qualified, or NULL */
    json_t *columns; /* of it */
    json_t *tags;    /* used so far: fully qualified name → description */
};

static struct openmetadata_writer *metadata_of(struct dc_report_writer *writer)
{
    return (struct openmetadata_writer *)writer; /* base is the first member */
}

static enum dc_status metadata_open(const struct dc_report_options *options,
                                    struct dc_report_writer **out, struct dc_err *err)
{
    struct openmetadata_writer *metadata = dc_alloc(1, sizeof *metadata);
    enum dc_status status = output_file_open(&metadata->file, options->path, err);

    metadata->base.class_ = &openmetadata_writer_class;
    metadata->tags = json_object();
    if (status == DC_OK) {
        status = output_file_stream(&metadata->file, err);
    }
    if (status != DC_OK) {
        openmetadata_writer_class.destroy(&metadata->base);
        return status;
    }
    *out = &metadata->base;
    return DC_OK;
}

static enum dc_status metadata_begin_table(struct dc_report_writer *writer,
                                           const struct dc_report_table *table, struct dc_err *err)
{
    (void)err;
    label_places(table, metadata_of(writer)->places);
    return DC_OK;
}

/* ---- lines ---- */

static enum dc_status write_line(struct openmetadata_writer *metadata, json_t *object,
                                 struct dc_err *err)
{
    bool failed;

    errno = 0;
    failed = object == NULL || json_dumpf(object, metadata->file.stream, JSON_COMPACT) != 0;
    putc('\n', metadata->file.stream);
    json_decref(object);
    return failed || ferror(metadata->file.stream)
               ? output_file_fail(&metadata->file, errno == 0 ? EILSEQ : errno, err)
               : DC_OK;
}

static void forget_table(struct openmetadata_writer *metadata)
{
    json_decref(metadata->columns);
    free(metadata->name);
    metadata->columns = NULL;
    metadata->name = NULL;
}

static enum dc_status end_table(struct openmetadata_writer *metadata, struct dc_err *err)
{
    json_t *object;

    if (metadata->name == NULL) {
        return DC_OK;
    }
    object = json_pack("{s:s, s:s, s:O}", "entityType", "table", "fullyQualifiedName",
                       metadata->name, "columns", metadata->columns);
    forget_table(metadata);
    return write_line(metadata, object, err);
}

/* A part of a name: one with a point or a quote is quoted, quotes doubled. */
static void append_name(struct dc_strbuf *name, const char *part)
{
    bool quoted = strpbrk(part, ".\"") != NULL;

    dc_strbuf_puts(name, name->size > 0 ? "." : "");
    dc_strbuf_puts(name, quoted ? "\"" : "");
    for (; *part != '\0'; part++) {
        dc_strbuf_puts(name, *part == '"' ? "\"" : "");
        dc_strbuf_putc(name, *part);
    }
    dc_strbuf_puts(name, quoted ? "\"" : "");
}

static char *name_of(const struct label_row *row)
{
    static const enum label_part parts[] = {LABEL_SOURCE, LABEL_CATALOG, LABEL_SCHEMA, LABEL_TABLE};
    struct dc_strbuf name = DC_STRBUF_INIT(MAX_NAME);
    char *copy;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *part = row->parts[parts[i]];

        append_name(&name, part[0] == '\0' ? NO_NAME : part);
    }
    copy = dc_strdup(dc_strbuf_text(&name));
    dc_strbuf_done(&name);
    return copy;
}

static enum dc_status enter_table(struct openmetadata_writer *metadata, const struct label_row *row,
                                  struct dc_err *err)
{
    char *name = name_of(row);
    enum dc_status status;

    if (metadata->name != NULL && strcmp(metadata->name, name) == 0) {
        free(name);
        return DC_OK;
    }
    status = end_table(metadata, err);
    metadata->name = name;
    metadata->columns = json_array();
    return status;
}

/* ---- tags ---- */

struct tagging {
    struct openmetadata_writer *metadata;
    json_t *labels;
    bool by_person;
};

static void add_tag(const struct tagging *tagging, const char *classification, const char *tag,
                    const char *description, bool by_person)
{
    struct dc_strbuf name = DC_STRBUF_INIT(MAX_NAME);

    if (tag[0] != '\0') {
        append_name(&name, classification);
        append_name(&name, tag);
        json_array_append_new(tagging->labels,
                              json_pack("{s:s, s:s, s:s, s:s}", "tagFQN", dc_strbuf_text(&name),
                                        "source", "Classification", "labelType",
                                        by_person ? "Manual" : "Automated", "state",
                                        by_person ? "Confirmed" : "Suggested"));
        json_object_set_new(tagging->metadata->tags, dc_strbuf_text(&name),
                            json_pack("{s:s, s:s, s:s, s:s}", "entityType", "tag", "classification",
                                      classification, "name", tag, "description", description));
    }
    dc_strbuf_done(&name);
}

static json_t *labels_of(struct openmetadata_writer *metadata, const struct label_row *row)
{
    const char *const *parts = row->parts;
    struct tagging tagging = {metadata, json_array(), strcmp(parts[LABEL_DECIDER], "person") == 0};
    char general[] = {(char)('0' + row->level), '\0'};
    bool final = parts[LABEL_FINAL_CODE][0] != '\0';

    add_tag(&tagging, CATEGORY, parts[LABEL_CATEGORY], parts[LABEL_CATEGORY_NAME],
            tagging.by_person);
    add_tag(&tagging, LEVEL, final ? parts[LABEL_FINAL_CODE] : general, parts[LABEL_LEVEL],
            tagging.by_person);
    if (strcmp(parts[LABEL_PI_CODE], "none") != 0) {
        add_tag(&tagging, PERSONAL, parts[LABEL_PI_CODE], parts[LABEL_PI], tagging.by_person);
    }
    /* That a rule fired is never what a person said. */
    for (size_t i = 0; i < row->n_important; i++) {
        add_tag(&tagging, CANDIDATE, row->important[i], row->important[i], false);
    }
    return tagging.labels;
}

static enum dc_status metadata_add_row(struct dc_report_writer *writer, const struct dc_cell *cells,
                                       size_t n_cells, struct dc_err *err)
{
    struct openmetadata_writer *metadata = metadata_of(writer);
    struct dc_strbuf name = DC_STRBUF_INIT(MAX_NAME);
    struct label_row row;
    enum dc_status status;

    label_row_read(metadata->places, cells, n_cells, &row);
    if (row.parts[LABEL_CATEGORY][0] == '\0' || row.parts[LABEL_PATH][0] != '\0') {
        return DC_OK; /* it was not read, or is a key inside documents */
    }
    status = enter_table(metadata, &row, err);
    dc_strbuf_puts(&name, metadata->name);
    append_name(&name, row.parts[LABEL_COLUMN]);
    json_array_append_new(metadata->columns,
                          json_pack("{s:s, s:s, s:o}", "name", row.parts[LABEL_COLUMN],
                                    "fullyQualifiedName", dc_strbuf_text(&name), "tags",
                                    labels_of(metadata, &row)));
    dc_strbuf_done(&name);
    return status;
}

static enum dc_status metadata_commit(struct dc_report_writer *writer, struct dc_err *err)
{
    struct openmetadata_writer *metadata = metadata_of(writer);
    enum dc_status status = end_table(metadata, err);
    const char *name;
    json_t *tag;

    json_object_foreach(metadata->tags, name, tag)
    {
        if (status == DC_OK) {
            status = write_line(metadata, json_incref(tag), err);
        }
    }
    return status == DC_OK ? output_file_commit(&metadata->file, err) : status;
}

static void metadata_destroy(struct dc_report_writer *writer)
{
    struct openmetadata_writer *metadata = metadata_of(writer);

    if (metadata == NULL) {
        return;
    }
    forget_table(metadata);
    json_decref(metadata->tags);
    output_file_done(&metadata->file);
    free(metadata);
}

const struct dc_report_writer_class openmetadata_writer_class = {
    .name = "openmetadata",
    .extension = ".openmetadata.jsonl",
    .only_table = "labels",
    .open = metadata_open,
    .begin_table = metadata_begin_table,
    .add_row = metadata_add_row,
    .commit = metadata_commit,
    .destroy = metadata_destroy,
};
