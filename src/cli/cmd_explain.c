/* dcscan explain: why a column has its category and level. */
#include <string.h>
#include <unistd.h>

#include "explain_print.h"
#include "session.h"

#define MOST_SHOWN 20 /* names of columns in a message */

struct arguments {
    struct cli_common common;
    struct session_options session;
    const char *run, *format;
};

static const struct cli_option options[] = {
    {"run", 0, "RUN", CLI_TEXT, offsetof(struct arguments, run), 0, 0, NULL,
     "number of the run (the newest)"},
    {"format", 0, "FORMAT", CLI_CHOICE, offsetof(struct arguments, format), 0, 0, "text|json",
     "form of what is written to standard output"},
    {"lang", 0, "LANG", CLI_CHOICE, SESSION_OFFSET(struct arguments, lang), 0, 0, "zh|en",
     "language (that of the terminal)"},
    SESSION_OPTION_STORE(struct arguments),
    SESSION_OPTION_CONFIG(struct arguments),
    SESSION_OPTION_TAXONOMY(struct arguments),
    CLI_END,
};

/* ---- finding the column ---- */

/* Columns that match best, by their place in the run. */
struct found {
    enum path_match match;
    size_t n;      /* of that match */
    int64_t place; /* of the first of them; places count all columns from 0 */
    const char *names[MOST_SHOWN];
};

static void take(struct found *found, enum path_match match, int64_t place, const char *name)
{
    if (match > found->match) {
        *found = (struct found){.match = match, .place = place};
    }
    if (match == found->match && match != PATH_NO) {
        if (found->n < MOST_SHOWN) {
            found->names[found->n] = name;
        }
        found->n++;
    }
}

/* The next column of a run, over all tables; NULL at the end. */
static enum dc_status next_column(struct dc_inventory_reader *reader,
                                  const struct dc_inventory_table **table,
                                  const struct dc_inventory_column **out, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    *out = NULL;
    while (status == DC_OK && *out == NULL) {
        if (*table != NULL) {
            status = reader->class_->next_column(reader, out, err);
        }
        if (status == DC_OK && *out == NULL) {
            status = reader->class_->next_table(reader, table, err);
            if (*table == NULL) {
                return status;
            }
        }
    }
    return status;
}

static enum dc_status find(struct dc_inventory_reader *reader, const struct column_path *path,
                           struct dc_arena *arena, struct found *found, struct dc_err *err)
{
    const struct dc_inventory_table *table = NULL;
    const struct dc_inventory_column *column = NULL;
    enum dc_status status = next_column(reader, &table, &column, err);

    for (int64_t place = 0; status == DC_OK && column != NULL; place++) {
        enum path_match match = column_path_match(path, table, column->name);

        if (match != PATH_NO && match >= found->match) {
            take(found, match, place, column_path_name(arena, table, column->name));
        }
        status = next_column(reader, &table, &column, err);
    }
    return status;
}

/* The names in a row. */
static const char *list_of(const struct found *found, struct dc_arena *arena)
{
    const char *list = "";

    for (size_t i = 0; i < found->n && i < MOST_SHOWN; i++) {
        list = dc_arena_printf(arena, "%s%s%s", list, i == 0 ? "" : ", ", found->names[i]);
    }
    return found->n > MOST_SHOWN ? dc_arena_printf(arena, "%s, …", list) : list;
}

/* Exactly one column has to be meant. */
static enum dc_status check_found(const struct found *found, const struct column_path *path,
                                  struct dc_arena *arena, struct dc_err *err)
{
    if (found->match >= PATH_NOCASE && found->n == 1) {
        return DC_OK;
    }
    if (found->match >= PATH_NOCASE) {
        dc_err_set(err, DC_ERR_USAGE, "\"%s\" names %zu columns", path->text, found->n);
        dc_err_set_hint(err, "name one of them in full: %s", list_of(found, arena));
        return DC_ERR_USAGE;
    }
    dc_err_set(err, DC_ERR_USAGE, "could not find column \"%s\" in the run", path->text);
    if (found->n > 0) {
        dc_err_set_hint(err, "there are: %s", list_of(found, arena));
    }
    return DC_ERR_USAGE;
}

/* ---- telling ---- */

static enum dc_status tell(struct session *session, const struct arguments *arguments,
                           struct dc_inventory_reader *reader, int64_t place, struct dc_err *err)
{
    struct explained explained = {.reader = reader,
                                  .taxonomy = session->rules.taxonomy,
                                  .lang = cli_terminal_lang(session->options->lang),
                                  .arena = session->arena,
                                  .color = session->console.color && isatty(STDOUT_FILENO)};
    const struct dc_inventory_table *table = NULL;
    enum dc_status status = explain_subject(&explained, session->rules.classifier, place, err);

    if (status == DC_OK) {
        status = reader->class_->rewind(reader, err);
    }
    if (status == DC_OK) {
        status = reader->class_->run(reader, &explained.run, err);
    }
    for (int64_t at = -1; status == DC_OK && at < place; at++) {
        status = next_column(reader, &table, &explained.column, err);
    }
    if (status != DC_OK) {
        return status;
    }
    if (arguments->format != NULL && strcmp(arguments->format, "json") == 0) {
        explain_json(stdout, &explained);
    } else {
        explain_print(stdout, &explained);
    }
    return fflush(stdout) == 0 ? DC_OK
                               : dc_err_set(err, DC_ERR_OUTPUT, "could not write the explanation");
}

static enum dc_status explain(struct session *session, const struct arguments *arguments,
                              const struct column_path *path, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    struct found found = {PATH_NO, 0, 0, {NULL}};
    int64_t run_id = 0;
    enum dc_status status = session_choose_run(session, arguments->run, &run_id, err);

    if (status == DC_OK) {
        status = dc_store_read_run(session->store, run_id, &reader, err);
    }
    if (status != DC_OK) {
        return status;
    }
    status = find(reader, path, session->arena, &found, err);
    if (status == DC_OK) {
        status = check_found(&found, path, session->arena, err);
    }
    if (status == DC_OK) {
        status = tell(session, arguments, reader, found.place, err);
    }
    reader->class_->destroy(reader);
    return status;
}

static enum dc_status prepare(struct session *session, struct dc_texts operands,
                              struct column_path *path, struct dc_err *err)
{
    enum dc_status status = operands.n_items == 1
                                ? column_path_parse(operands.items[0], session->arena, path, err)
                                : dc_err_set(err, DC_ERR_USAGE, "one column is wanted");

    if (status == DC_OK) {
        status = session_load_config(session, err);
    }
    if (status == DC_OK) {
        status = session_load_rules(session, err);
    }
    return status == DC_OK ? session_open_store(session, err) : status;
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct column_path path;
    struct session session;
    struct dc_err err = {0};
    enum dc_status status;
    int code = CLI_COMPLETE;

    session_init(&session, &arguments->common, &arguments->session);
    status = prepare(&session, operands, &path, &err);
    if (status == DC_OK) {
        status = explain(&session, arguments, &path, &err);
    }
    if (status != DC_OK) {
        code = session_fail(&session, &err);
    }
    session_done(&session);
    return code;
}

const struct cli_command cmd_explain = {
    .name = "explain",
    .summary = "why a column has its category and level",
    .usage = "SOURCE.TABLE.COLUMN [options]",
    .text = "Shows every line of evidence with its weight, what spoke for other categories, how "
            "the level came\n"
            "about and what would change the verdict. Catalog and schema may stand in front of the "
            "table; parts\n"
            "with a point are quoted: erp.\"dbo\".\"order.2024\".amount.\n\n"
            "  dcscan explain mes-wuhan.work_order.due_date\n"
            "  dcscan explain erp.dbo.supplier.tax_no --format json\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
