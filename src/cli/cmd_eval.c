/* dcscan eval: how often a scan is right, against labelled columns. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/alloc.h"
#include "dcscan/eval.h"
#include "eval_print.h"
#include "session.h"

#define DEFAULT_MISSES 20

struct arguments {
    struct cli_common common;
    struct session_options session;
    const char *format, *fail_under, *fail_over;
    const char *misses;
};

static const struct cli_option options[] = {
    {"format", 0, "FORMAT", CLI_CHOICE, offsetof(struct arguments, format), 0, 0, "text|json",
     "form of what is written to standard output"},
    {"misses", 0, "N", CLI_TEXT, offsetof(struct arguments, misses), 0, 0, NULL,
     "show at most N confusions and wrong columns (20; \"all\")"},
    {"fail-under", 0, "FIGURE=VALUE,…", CLI_TEXT, offsetof(struct arguments, fail_under), 0, 0,
     NULL, "exit 1 when a figure over all labels lies below: leaf=0.92,pi_recall=0.98"},
    {"fail-over", 0, "FIGURE=VALUE,…", CLI_TEXT, offsetof(struct arguments, fail_over), 0, 0, NULL,
     "exit 1 when a figure over all labels lies above: under=0.01,calibration=0.05"},
    SESSION_OPTION_STORE(struct arguments),
    SESSION_OPTION_CONFIG(struct arguments),
    {"lang", 0, "LANG", CLI_CHOICE, SESSION_OFFSET(struct arguments, lang), 0, 0, "zh|en",
     "language of the headings"},
    CLI_END,
};

/* ---- bounds ---- */

/* Reads "FIGURE=VALUE" at *at and moves behind it. */
static enum dc_status next_bound(const char **at, const char *option, enum dc_eval_figure *figure,
                                 double *value, struct dc_err *err)
{
    size_t size = strcspn(*at, ","), name_size = strcspn(*at, "=,");
    char *name = dc_strndup(*at, name_size), *end = NULL;
    enum dc_status status = DC_OK;

    *figure = dc_eval_figure_parse(name);
    if (*figure == DC_EVAL_N_FIGURES) {
        status = dc_err_set(err, DC_ERR_USAGE, "unknown figure \"%s\" in --%s", name, option);
        dc_err_set_hint(err, "figures are named as in the first column of the table; the "
                             "beginning is enough where only one begins so");
    } else {
        *value = strtod(*at + name_size + (name_size < size), &end);
        if (name_size + 1 >= size || end != *at + size || !isfinite(*value)) {
            status = dc_err_set(err, DC_ERR_USAGE,
                                "--%s takes FIGURE=VALUE with a number, not \"%.*s\"", option,
                                (int)size, *at);
        }
    }
    *at += size;
    *at += strspn(*at, ", ");
    free(name);
    return status;
}

/* Without a report the list is only checked. What cannot be computed misses every bound. */
static enum dc_status check_bounds(const char *list, bool floor,
                                   const struct dc_eval_report *report, bool *missed,
                                   struct dc_err *err)
{
    enum dc_status status = DC_OK;
    enum dc_eval_figure figure;
    double value = 0;

    while (status == DC_OK && list != NULL && *list != '\0') {
        status = next_bound(&list, floor ? "fail-under" : "fail-over", &figure, &value, err);
        if (status == DC_OK && report != NULL) {
            double reached = dc_eval_report_all(report)->figures[figure];

            if (floor ? !(reached >= value) : !(reached <= value)) {
                *missed = true;
                fprintf(stderr, "dcscan eval: %s is %.6g; at %s %g is wanted\n",
                        dc_eval_figure_name(figure), reached, floor ? "least" : "most", value);
            }
        }
    }
    return status;
}

static enum dc_status check_all_bounds(const struct arguments *arguments,
                                       const struct dc_eval_report *report, bool *missed,
                                       struct dc_err *err)
{
    enum dc_status status = check_bounds(arguments->fail_under, true, report, missed, err);

    return status == DC_OK ? check_bounds(arguments->fail_over, false, report, missed, err)
                           : status;
}

static enum dc_status read_misses(const char *text, size_t *n_misses, struct dc_err *err)
{
    char *end = NULL;
    unsigned long long number;

    *n_misses = DEFAULT_MISSES;
    if (text == NULL) {
        return DC_OK;
    }
    if (strcmp(text, "all") == 0) {
        *n_misses = SIZE_MAX;
        return DC_OK;
    }
    errno = 0;
    number = strtoull(text, &end, 10);
    if (errno != 0 || *text < '0' || *text > '9' || *end != '\0') {
        return dc_err_set(err, DC_ERR_USAGE,
                          "option \"--misses\" takes a number or \"all\", not "
                          "\"%s\"",
                          text);
    }
    *n_misses = (size_t)number;
    return DC_OK;
}

/* ---- files: one, or several parted by commas ---- */

typedef enum dc_status read_file(void *into, const char *path, struct dc_err *err);

static enum dc_status read_files(const char *paths, read_file *read, void *into, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (access(paths, F_OK) == 0) {
        return read(into, paths, err);
    }
    for (const char *at = paths; status == DC_OK && *at != '\0'; at += strspn(at, ",")) {
        size_t size = strcspn(at, ",");
        char *path = dc_strndup(at, size);

        status = read(into, path, err);
        free(path);
        at += size;
    }
    return status;
}

static enum dc_status read_labels(void *into, const char *path, struct dc_err *err)
{
    return dc_eval_labels_read(into, path, err);
}

static enum dc_status read_results(void *into, const char *path, struct dc_err *err)
{
    return dc_eval_results_read(into, path, err);
}

/* ---- operands ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), end_size = strlen(end);

    return size >= end_size && strcmp(text + size - end_size, end) == 0;
}

static bool is_number(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

/* The last operand is the run unless it is a file of labels too. */
static const char *run_operand(struct dc_texts operands)
{
    const char *last = operands.items[operands.n_items - 1];

    return operands.n_items > 1 && !ends_with(last, ".csv") ? last : NULL;
}

static enum dc_status read_stored(struct session *session, const char *run,
                                  struct dc_eval_results *results, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    int64_t run_id = 0;
    enum dc_status status = session_load_config(session, err);

    if (status == DC_OK) {
        status = session_open_store(session, err);
    }
    if (status == DC_OK) {
        status = session_choose_run(session, run, &run_id, err);
    }
    if (status == DC_OK) {
        status = dc_store_read_run(session->store, run_id, &reader, err);
    }
    if (status == DC_OK) {
        status = dc_eval_results_read_run(results, reader, err);
        reader->class_->destroy(reader);
    }
    return status;
}

static enum dc_status read_all(struct session *session, struct dc_texts operands,
                               struct dc_eval_labels *labels, struct dc_eval_results *results,
                               struct dc_err *err)
{
    const char *run = run_operand(operands);
    size_t n_labels = operands.n_items - (run != NULL);
    enum dc_status status = DC_OK;

    for (size_t i = 0; status == DC_OK && i < n_labels; i++) {
        status = read_files(operands.items[i], read_labels, labels, err);
    }
    if (status == DC_OK && labels->n_items == 0) {
        status = dc_err_set(err, DC_ERR_CONFIG, "could not find a label in \"%s\"",
                            operands.items[0]);
    }
    if (status != DC_OK) {
        return status;
    }
    return run == NULL || is_number(run) ? read_stored(session, run, results, err)
                                         : read_files(run, read_results, results, err);
}

static void print(const struct arguments *arguments, struct session *session,
                  const struct dc_eval_report *report, size_t n_misses)
{
    const double *figures = dc_eval_report_all(report)->figures;

    if (arguments->format != NULL && strcmp(arguments->format, "json") == 0) {
        eval_print_json(stdout, report, n_misses);
    } else {
        eval_print(stdout, report, n_misses, cli_terminal_lang(arguments->session.lang));
    }
    if (figures[DC_EVAL_MISSING] > 0) {
        dc_log_write(session->console.log, DC_LOG_WARNING,
                     "%.0f of %.0f labelled columns are not in the result%s",
                     figures[DC_EVAL_MISSING], figures[DC_EVAL_COLUMNS],
                     figures[DC_EVAL_MISSING] < figures[DC_EVAL_COLUMNS]
                         ? ""
                         : ": are its sources named as in the column \"corpus\" of the labels?");
    }
}

static enum dc_status evaluate(struct session *session, const struct arguments *arguments,
                               struct dc_texts operands, bool *missed, struct dc_err *err)
{
    struct dc_eval_labels labels;
    struct dc_eval_results *results;
    struct dc_eval_report *report;
    size_t n_misses = 0;
    enum dc_status status = read_misses(arguments->misses, &n_misses, err);

    if (status == DC_OK && operands.n_items == 0) {
        status = dc_err_set(err, DC_ERR_USAGE, "\"dcscan eval\" needs a file of labels");
    }
    if (status == DC_OK) {
        status = check_all_bounds(arguments, NULL, missed, err);
    }
    if (status != DC_OK) {
        return status;
    }
    dc_eval_labels_init(&labels, session->arena);
    results = dc_eval_results_create();
    status = read_all(session, operands, &labels, results, err);
    if (status == DC_OK) {
        report = dc_eval_report_create(&labels, results);
        print(arguments, session, report, n_misses);
        status = check_all_bounds(arguments, report, missed, err);
        dc_eval_report_destroy(report);
    }
    dc_eval_results_destroy(results);
    dc_eval_labels_done(&labels);
    return status;
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct session session;
    struct dc_err err = {0};
    bool missed = false;
    int code = CLI_COMPLETE;

    session_init(&session, &arguments->common, &arguments->session);
    if (evaluate(&session, arguments, operands, &missed, &err) != DC_OK) {
        code = session_fail(&session, &err);
    } else if (fflush(stdout) != 0) {
        code = CLI_OUTPUT;
    } else if (missed) {
        code = CLI_GATE;
    }
    session_done(&session);
    return code;
}

const struct cli_command cmd_eval = {
    .name = "eval",
    .summary = "how often a scan is right, against labelled columns",
    .usage = "LABELS.csv… [RUN] [options]",
    .text =
        "RUN is a JSON Lines report or the number of a stored run; without one the newest run of\n"
        "the store is taken. Columns of LABELS: corpus (the source), schema, table, column,\n"
        "category, alternates, level, level_alt, pi, important; alternatives separated by "
        "\"|\".\n\n"
        "  dcscan eval labels.csv result.jsonl\n"
        "  dcscan eval labels.csv --fail-under leaf=0.92,level=0.95 --fail-over under=0.01\n"
        "  dcscan eval labels.csv 12 --format json\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
