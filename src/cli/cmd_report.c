/* dcscan report: writes a stored run again, in any form. */
#include "changes.h"
#include "subset.h"

struct arguments {
    struct cli_common common;
    struct session_options session;
    const char *security_label;
    bool reproducible, without_bom;
    struct subset_options subset;
    struct dc_texts sheets;
};

static const struct cli_option options[] = {
    SESSION_OPTION_OUTPUT(struct arguments),
    SESSION_OPTION_CONFIG(struct arguments),
    SESSION_OPTION_STORE(struct arguments),
    {"security-label", 0, "TEXT", CLI_TEXT, offsetof(struct arguments, security_label), 0, 0, NULL,
     "label in the header of printed pages"},
    {"source", 0, "GLOB", CLI_TEXTS, offsetof(struct arguments, subset.sources), 0, 0, NULL,
     "only sources of this name; repeatable"},
    {"level", 0, "LEVEL", CLI_TEXTS, offsetof(struct arguments, subset.levels), 0, 0, NULL,
     "only columns of this level, 0 (undecided) to 4, or \"3+\": 3 and above; repeatable"},
    {"class", 0, "GLOB", CLI_TEXTS, offsetof(struct arguments, subset.classes), 0, 0, NULL,
     "only columns of this category (\"B1-*\") or first class; repeatable"},
    {"changed-only", 0, NULL, CLI_FLAG, offsetof(struct arguments, subset.changed_only), 0, 0, NULL,
     "only columns that changed since the earlier run of their source (dcscan diff)"},
    {"sheet", 0, "ID", CLI_TEXTS, offsetof(struct arguments, sheets), 0, 0, NULL,
     "only this sheet of the workbook (\"filing\": the declaration alone), or its list as .csv; "
     "repeatable"},
    {"no-bom", 0, NULL, CLI_FLAG, offsetof(struct arguments, without_bom), 0, 0, NULL,
     ".csv without the byte order mark that Excel needs"},
    {"reproducible", 0, NULL, CLI_FLAG, offsetof(struct arguments, reproducible), 0, 0, NULL,
     "same run, same bytes in the workbook"},
    CLI_END,
};

/* The run asked for, or the newest. */
static enum dc_status choose_run(struct session *session, struct dc_texts operands, int64_t *run_id,
                                 struct dc_err *err)
{
    if (operands.n_items > 1) {
        return dc_err_set(err, DC_ERR_USAGE, "could not report more than one run at a time");
    }
    return session_choose_run(session, operands.n_items == 1 ? operands.items[0] : NULL, run_id,
                              err);
}

static enum dc_status prepare(struct session *session, const struct arguments *arguments,
                              struct dc_err *err)
{
    enum dc_status status = subset_check(&arguments->subset, err);

    if (status == DC_OK) {
        status = session_load_config(session, err);
    }

    if (status == DC_OK) {
        status = session_choose_outputs(session, err);
    }
    if (status == DC_OK) {
        status = session_load_reports(session, err);
    }
    if (status == DC_OK) {
        status = session_load_rules(
            session, err); /* for the views of other standards and the thresholds of persons */
    }
    if (status == DC_OK) {
        status = dc_report_check_sheets(session->definition, &arguments->sheets, err);
    }
    return status == DC_OK ? session_open_store(session, err) : status;
}

static enum dc_status write_subset(struct session *session, const struct arguments *arguments,
                                   const struct subset *subset, struct dc_err *err)
{
    struct dc_report_request request = {.changes = subset->changes,
                                        .security_label = arguments->security_label,
                                        .reproducible = arguments->reproducible,
                                        .subset = subset->text,
                                        .sheets = arguments->sheets,
                                        .without_bom = arguments->without_bom};
    struct dc_report_summary summary = {0};
    enum dc_status status = session->console.quiet
                                ? DC_OK
                                : dc_report_summarise(subset->reader, &summary, err);

    if (status == DC_OK) {
        status = session_write_requests(session, subset->reader, &request, err);
    }
    if (status == DC_OK && !session->console.quiet) {
        session_print_summary(session, subset->reader, &summary);
    }
    return status;
}

static enum dc_status write_run(struct session *session, const struct arguments *arguments,
                                int64_t run_id, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    struct dc_changes changes = {0};
    struct subset subset = {.reader = NULL};
    enum dc_status status = dc_store_read_run(session->store, run_id, &reader, err);

    if (status != DC_OK) {
        return status;
    }
    status = changes_since_earlier(session, run_id, reader, &changes, err);
    if (status == DC_OK) {
        status = subset_open(session, &arguments->subset, &changes, reader, &subset, err);
    }
    if (status == DC_OK) {
        status = write_subset(session, arguments, &subset, err);
    }
    subset_done(&subset, reader);
    dc_changes_done(&changes);
    reader->class_->destroy(reader);
    return status;
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct session session;
    struct dc_err err = {0};
    int64_t run_id = 0;
    enum dc_status status;
    int code = CLI_COMPLETE;

    session_init(&session, &arguments->common, &arguments->session);
    status = prepare(&session, arguments, &err);
    if (status == DC_OK) {
        status = choose_run(&session, operands, &run_id, &err);
    }
    if (status == DC_OK) {
        status = write_run(&session, arguments, run_id, &err);
    }
    if (status != DC_OK) {
        code = session_fail(&session, &err);
    }
    session_done(&session);
    return code;
}

const struct cli_command cmd_report = {
    .name = "report",
    .summary = "write a stored run again: .xlsx, .csv, .jsonl",
    .usage = "[RUN] -o FILE [options]",
    .text = "RUN is the number of a run; without one the newest is written.\n\n"
            "  dcscan report -o inventory.xlsx\n"
            "  dcscan report 12 -o inventory.jsonl --lang en\n"
            "  dcscan report -o filing.xlsx --sheet filing\n"
            "  dcscan report -o high.csv --level 3+ --class \"B*\"\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
