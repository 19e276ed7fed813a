/* dcscan report: writes a stored run again, in any form. */
#include "changes.h"
#include "summary.h"

struct arguments {
    struct cli_common common;
    struct session_options session;
    const char *security_label;
    bool reproducible;
};

static const struct cli_option options[] = {
    SESSION_OPTION_OUTPUT(struct arguments),
    SESSION_OPTION_CONFIG(struct arguments),
    SESSION_OPTION_STORE(struct arguments),
    {"security-label", 0, "TEXT", CLI_TEXT, offsetof(struct arguments, security_label), 0, 0, NULL,
     "label in the header of printed pages"},
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

static enum dc_status prepare(struct session *session, struct dc_err *err)
{
    enum dc_status status = session_load_config(session, err);

    if (status == DC_OK) {
        status = session_choose_outputs(session, err);
    }
    if (status == DC_OK) {
        status = session_load_reports(session, err);
    }
    return status == DC_OK ? session_open_store(session, err) : status;
}

static enum dc_status write_run(struct session *session, const struct arguments *arguments,
                                int64_t run_id, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    struct dc_report_summary summary = {0};
    struct dc_changes changes = {0};
    enum dc_status status = dc_store_read_run(session->store, run_id, &reader, err);

    if (status != DC_OK) {
        return status;
    }
    status = dc_report_summarise(reader, &summary, err);
    if (status == DC_OK) {
        status = changes_since_earlier(session, run_id, reader, &changes, err);
    }
    if (status == DC_OK) {
        status = session_write_reports(session, reader, &changes, arguments->security_label,
                                       arguments->reproducible, err);
    }
    if (status == DC_OK && !session->console.quiet) {
        summary_print(stderr, &summary, cli_terminal_lang(session->options->lang),
                      session->console.color);
    }
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
    status = prepare(&session, &err);
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
            "  dcscan report 12 -o inventory.jsonl --lang en\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
