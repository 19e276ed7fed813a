/*
 * Labels as a script of SQL for one source. It is written, never run: a person reads it and lets the owner of the database run it. What can
 * be said in comments goes there, behind the comment that the column has; SQL Server has properties of its own; where neither is without
 * danger (MySQL would take the whole definition of a column, SQLite has no comments) the labels fill a table.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../output_file.h"
#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"
#include "label_row.h"
#include "sql_writer.h"

#define MAX_STATEMENT 65536
#define MARK          " [dcscan "
#define UNSHOWN       "\xEF\xBF\xBD" /* U+FFFD: the name is not what the database calls it */
#define UNSHOWN_BOX   "\xE2\x96\xA1" /* □ */

enum style { STYLE_TABLE, STYLE_COMMENT, STYLE_PROPERTY };

struct dialect_style {
    const char *dialect;
    enum style style;
};

static const struct dialect_style STYLES[] = {
    {"postgresql", STYLE_COMMENT}, {"kingbase", STYLE_COMMENT},
    {"opengauss", STYLE_COMMENT},  {"opengauss_psqlodbc", STYLE_COMMENT},
    {"oracle", STYLE_COMMENT},     {"oceanbase_oracle", STYLE_COMMENT},
    {"dm", STYLE_COMMENT},         {"db2", STYLE_COMMENT},
    {"hana", STYLE_COMMENT},       {"sqlserver", STYLE_PROPERTY},
};

struct sql_writer {
    struct dc_report_writer base;
    const struct dc_report_options *options;
    struct output_file file;
    size_t places[LABEL_N_PARTS];
    char *source; /* of the rows so far */
    enum style style;
    struct dc_strbuf text;
};

static struct sql_writer *sql_of(struct dc_report_writer *writer)
{
    return (struct sql_writer *)writer; /* base is the first member */
}

static enum dc_status sql_open(const struct dc_report_options *options,
                               struct dc_report_writer **out, struct dc_err *err)
{
    struct sql_writer *sql = dc_alloc(1, sizeof *sql);
    enum dc_status status = output_file_open(&sql->file, options->path, err);

    sql->base.class_ = &sql_writer_class;
    sql->options = options;
    dc_strbuf_init(&sql->text, MAX_STATEMENT);
    if (status == DC_OK) {
        status = output_file_stream(&sql->file, err);
    }
    if (status != DC_OK) {
        sql_writer_class.destroy(&sql->base);
        return status;
    }
    *out = &sql->base;
    return DC_OK;
}

static enum dc_status sql_begin_table(struct dc_report_writer *writer,
                                      const struct dc_report_table *table, struct dc_err *err)
{
    (void)err;
    label_places(table, sql_of(writer)->places);
    return DC_OK;
}

/* ---- pieces ---- */

static void put_doubled(struct dc_strbuf *out, const char *text, char quote)
{
    dc_strbuf_putc(out, quote);
    for (; *text != '\0'; text++) {
        dc_strbuf_putc(out, *text);
        if (*text == quote) {
            dc_strbuf_putc(out, quote);
        }
    }
    dc_strbuf_putc(out, quote);
}

static void put_literal(struct dc_strbuf *out, const char *text)
{
    put_doubled(out, text, '\'');
}

static void put_name(struct dc_strbuf *out, const char *name)
{
    put_doubled(out, name, '"');
}

/* "B2-02 General 2 personal ID05": as far as there is something to say. */
static void append_label(struct dc_strbuf *out, const struct label_row *row)
{
    dc_strbuf_printf(out, "%s %s", row->parts[LABEL_CATEGORY], row->parts[LABEL_LEVEL]);
    if (strcmp(row->parts[LABEL_PI_CODE], "none") != 0 && row->parts[LABEL_PI_CODE][0] != '\0') {
        dc_strbuf_printf(out, " %s", row->parts[LABEL_PI]);
    }
    for (size_t i = 0; i < row->n_important; i++) {
        dc_strbuf_printf(out, " %s?", row->important[i]);
    }
}

/* ---- statements ---- */

/* The comment that the column has, an older label taken off, and the label behind it. */
static void comment_statement(struct dc_strbuf *out, const struct label_row *row)
{
    const char *old = row->parts[LABEL_COMMENT], *mark = strstr(old, MARK);
    struct dc_strbuf comment = DC_STRBUF_INIT(MAX_STATEMENT);

    dc_strbuf_append(&comment, old, mark == NULL ? strlen(old) : (size_t)(mark - old));
    dc_strbuf_puts(&comment, MARK);
    append_label(&comment, row);
    dc_strbuf_putc(&comment, ']');
    dc_strbuf_puts(out, "COMMENT ON COLUMN ");
    if (row->parts[LABEL_SCHEMA][0] != '\0') {
        put_name(out, row->parts[LABEL_SCHEMA]);
        dc_strbuf_putc(out, '.');
    }
    put_name(out, row->parts[LABEL_TABLE]);
    dc_strbuf_putc(out, '.');
    put_name(out, row->parts[LABEL_COLUMN]);
    dc_strbuf_puts(out, " IS ");
    put_literal(out, dc_strbuf_text(&comment)[0] == ' ' ? dc_strbuf_text(&comment) + 1
                                                        : dc_strbuf_text(&comment));
    dc_strbuf_puts(out, ";\n");
    dc_strbuf_done(&comment);
}

static void put_level(struct dc_strbuf *out, const char *separator, const char *type, int level,
                      const char *name, bool named)
{
    dc_strbuf_puts(out, separator);
    if (named) {
        dc_strbuf_printf(out, "@level%dtype=", level);
    }
    dc_strbuf_printf(out, "N'%s', ", type);
    if (named) {
        dc_strbuf_printf(out, "@level%dname=", level);
    }
    dc_strbuf_putc(out, 'N');
    put_literal(out, name);
}

static void put_place(struct dc_strbuf *out, const struct label_row *row, bool named)
{
    put_level(out, ", ", "SCHEMA", 0, row->parts[LABEL_SCHEMA], named);
    put_level(out, ", ", strcmp(row->parts[LABEL_KIND], "view") == 0 ? "VIEW" : "TABLE", 1,
              row->parts[LABEL_TABLE], named);
    put_level(out, ", ", "COLUMN", 2, row->parts[LABEL_COLUMN], named);
}

static void property_statement(struct dc_strbuf *out, const struct label_row *row)
{
    struct dc_strbuf label = DC_STRBUF_INIT(MAX_STATEMENT);

    append_label(&label, row);
    dc_strbuf_puts(out, "IF EXISTS (SELECT 1 FROM sys.fn_listextendedproperty(N'dcscan'");
    put_place(out, row, false);
    dc_strbuf_puts(out, "))\n    EXEC sys.sp_updateextendedproperty @name=N'dcscan', @value=N");
    put_literal(out, dc_strbuf_text(&label));
    put_place(out, row, true);
    dc_strbuf_puts(out, ";\nELSE\n    EXEC sys.sp_addextendedproperty @name=N'dcscan', @value=N");
    put_literal(out, dc_strbuf_text(&label));
    put_place(out, row, true);
    dc_strbuf_puts(out, ";\n");
    dc_strbuf_done(&label);
}

static void table_statement(struct dc_strbuf *out, const struct label_row *row)
{
    static const enum label_part parts[] = {LABEL_CATALOG, LABEL_SCHEMA,   LABEL_TABLE,
                                            LABEL_COLUMN,  LABEL_CATEGORY, LABEL_CATEGORY_NAME,
                                            LABEL_LEVEL,   LABEL_PI};
    struct dc_strbuf rules = DC_STRBUF_INIT(MAX_STATEMENT);

    for (size_t i = 0; i < row->n_important; i++) {
        dc_strbuf_printf(&rules, "%s%s", i == 0 ? "" : " ", row->important[i]);
    }
    dc_strbuf_puts(out, "INSERT INTO dcscan_label VALUES (");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        put_literal(out, row->parts[parts[i]]);
        dc_strbuf_puts(out, ", ");
    }
    put_literal(out, dc_strbuf_text(&rules));
    dc_strbuf_puts(out, ");\n");
    dc_strbuf_done(&rules);
}

/* ---- the script ---- */

static enum style style_of(const char *dialect)
{
    for (size_t i = 0; i < sizeof STYLES / sizeof STYLES[0]; i++) {
        if (strcmp(STYLES[i].dialect, dialect) == 0) {
            return STYLES[i].style;
        }
    }
    return STYLE_TABLE;
}

/* A line end in a name would end the comment that it stands in. */
static void put_remark(struct dc_strbuf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        dc_strbuf_putc(out, (unsigned char)*text < 0x20 ? ' ' : *text);
    }
}

static void begin_script(struct sql_writer *sql, const struct label_row *row)
{
    sql->source = dc_strdup(row->parts[LABEL_SOURCE]);
    sql->style = style_of(row->parts[LABEL_DIALECT]);
    dc_strbuf_puts(&sql->text, "-- dcscan: labels of source ");
    put_remark(&sql->text, row->parts[LABEL_SOURCE]);
    dc_strbuf_puts(&sql->text, " (");
    put_remark(&sql->text, row->parts[LABEL_DBMS]);
    dc_strbuf_puts(
        &sql->text,
        ").\n-- Nobody has run this. Read it, and let the owner of the database run it.\n");
    if (sql->style == STYLE_TABLE) {
        dc_strbuf_puts(
            &sql->text,
            "CREATE TABLE dcscan_label (catalog_name VARCHAR(128), schema_name VARCHAR(128), "
            "table_name VARCHAR(128), column_name VARCHAR(128), category VARCHAR(32), "
            "category_name VARCHAR(128), level_name VARCHAR(32), personal VARCHAR(32), "
            "candidate VARCHAR(128));\n");
    }
}

/* Names that could not be shown as they are, and backslashes, which some DBMS read in literals and some do not. */
static bool is_writable(const struct sql_writer *sql, const struct label_row *row)
{
    static const enum label_part names[] = {LABEL_SCHEMA, LABEL_TABLE, LABEL_COLUMN};
    bool writable = true;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *name = row->parts[names[i]];

        writable = writable && strstr(name, UNSHOWN) == NULL && strstr(name, UNSHOWN_BOX) == NULL &&
                   (sql->style != STYLE_TABLE || strchr(name, '\\') == NULL);
    }
    return writable;
}

/* A key inside documents is nothing that a database has comments or properties of. */
static void document_remark(struct dc_strbuf *out, const struct label_row *row)
{
    struct dc_strbuf label = DC_STRBUF_INIT(MAX_STATEMENT);

    append_label(&label, row);
    dc_strbuf_puts(out, "-- inside documents: ");
    put_remark(out, row->parts[LABEL_TABLE]);
    dc_strbuf_putc(out, '.');
    put_remark(out, row->parts[LABEL_COLUMN]);
    dc_strbuf_puts(out, " is ");
    put_remark(out, dc_strbuf_text(&label));
    dc_strbuf_putc(out, '\n');
    dc_strbuf_done(&label);
}

static void append_statement(struct sql_writer *sql, const struct label_row *row)
{
    struct dc_strbuf *out = &sql->text;

    if (!is_writable(sql, row)) {
        dc_strbuf_puts(out, "-- left out, its name cannot be written with certainty: ");
        put_remark(out, row->parts[LABEL_TABLE]);
        dc_strbuf_putc(out, '.');
        put_remark(out, row->parts[LABEL_COLUMN]);
        dc_strbuf_putc(out, '\n');
    } else if (sql->style != STYLE_TABLE && row->parts[LABEL_PATH][0] != '\0') {
        document_remark(out, row);
    } else if (sql->style == STYLE_COMMENT) {
        comment_statement(out, row);
    } else if (sql->style == STYLE_PROPERTY) {
        property_statement(out, row);
    } else {
        table_statement(out, row);
    }
}

static enum dc_status sql_add_row(struct dc_report_writer *writer, const struct dc_cell *cells,
                                  size_t n_cells, struct dc_err *err)
{
    struct sql_writer *sql = sql_of(writer);
    struct label_row row;

    label_row_read(sql->places, cells, n_cells, &row);
    if (row.parts[LABEL_CATEGORY][0] == '\0') { /* it was not read */
        return DC_OK;
    }
    dc_strbuf_reset(&sql->text);
    if (sql->source == NULL) {
        begin_script(sql, &row);
    } else if (strcmp(sql->source, row.parts[LABEL_SOURCE]) != 0) {
        dc_err_set(err, DC_ERR_USAGE, "could not write \"%s\": a script is for one source",
                   sql->file.path);
        dc_err_set_hint(err, "choose one with --source, e.g. --source \"%s\"", sql->source);
        return DC_ERR_USAGE;
    }
    append_statement(sql, &row);
    errno = 0;
    fputs(dc_strbuf_text(&sql->text), sql->file.stream);
    return ferror(sql->file.stream) ? output_file_fail(&sql->file, errno == 0 ? EIO : errno, err)
                                    : DC_OK;
}

static enum dc_status sql_commit(struct dc_report_writer *writer, struct dc_err *err)
{
    return output_file_commit(&sql_of(writer)->file, err);
}

static void sql_destroy(struct dc_report_writer *writer)
{
    struct sql_writer *sql = sql_of(writer);

    if (sql == NULL) {
        return;
    }
    output_file_done(&sql->file);
    dc_strbuf_done(&sql->text);
    free(sql->source);
    free(sql);
}

const struct dc_report_writer_class sql_writer_class = {
    .name = "sql",
    .extension = ".sql",
    .only_table = "labels",
    .open = sql_open,
    .begin_table = sql_begin_table,
    .add_row = sql_add_row,
    .commit = sql_commit,
    .destroy = sql_destroy,
};
