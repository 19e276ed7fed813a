/* dcscan regrade: decides a stored run again by the present taxonomy, without touching a database. */
#include "changes.h"
#include "dcscan/regrade.h"
#include "session.h"
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
    SESSION_OPTION_TAXONOMY(struct arguments),
    SESSION_OPTION_STORE(struct arguments),
    {"security-label", 0, "TEXT", CLI_TEXT, offsetof(struct arguments, security_label), 0, 0, NULL,
     "label in the header of printed pages"},
    {"reproducible", 0, NULL, CLI_FLAG, offsetof(struct arguments, reproducible), 0, 0, NULL,
     "same run, same bytes in the workbook"},
    CLI_END,
};

static enum dc_status prepare(struct session *session, struct dc_err *err)
{
    enum dc_status status = session_load_config(session, err);

    if (status == DC_OK) {
        status = session_choose_outputs(session, err);
    }
    if (status == DC_OK) {
        status = session_load_rules(session, err);
    }
    if (status == DC_OK) {
        status = session_load_reports(session, err);
    }
    return status == DC_OK ? session_open_store(session, err) : status;
}

static void say_outcome(struct session *session, int64_t base,
                        const struct dc_regrade_outcome *outcome)
{
    struct dc_log *log = session->console.log;

    dc_log_write(log, DC_LOG_INFO,
                 "run %lld decided again as run %lld: %lld of %lld columns in %lld tables are "
                 "decided otherwise",
                 (long long)base, (long long)outcome->run_id, (long long)outcome->n_changed,
                 (long long)outcome->n_columns, (long long)outcome->n_tables);
    if (outcome->n_rules_uncounted > 0) {
        dc_log_write(log, DC_LOG_WARNING,
                     "%lld value rules were not counted when the tables were read, and speak only "
                     "after \"dcscan scan --full\": %s",
                     (long long)outcome->n_rules_uncounted, outcome->rules_uncounted);
    }
}

static enum dc_status write_reports(struct session *session, const struct arguments *arguments,
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

static enum dc_status regrade(struct session *session, const struct arguments *arguments,
                              struct dc_texts operands, struct dc_regrade_outcome *outcome,
                              struct dc_err *err)
{
    struct dc_scan_tools tools = {.taxonomy = session->rules.taxonomy,
                                  .matcher = session->rules.matcher,
                                  .classifier = session->rules.classifier,
                                  .store = session->store};
    int64_t base = 0;
    enum dc_status status = DC_OK;

    if (operands.n_items > 1) {
        return dc_err_set(err, DC_ERR_USAGE, "could not regrade more than one run at a time");
    }
    status = session_choose_run(session, operands.n_items == 1 ? operands.items[0] : NULL, &base,
                                err);
    if (status == DC_OK) {
        status = dc_regrade(&tools, base, session->arena, outcome, err);
    }
    if (status == DC_OK) {
        say_outcome(session, base, outcome);
        status = write_reports(session, arguments, outcome->run_id, err);
    }
    return status;
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct dc_regrade_outcome outcome = {0};
    struct session session;
    struct dc_err err = {0};
    enum dc_status status;
    int code;

    session_init(&session, &arguments->common, &arguments->session);
    status = prepare(&session, &err);
    if (status == DC_OK) {
        status = regrade(&session, arguments, operands, &outcome, &err);
    }
    code = status != DC_OK    ? session_fail(&session, &err)
           : outcome.complete ? CLI_COMPLETE
                              : CLI_INCOMPLETE;
    session_done(&session);
    return code;
}

const struct cli_command cmd_regrade = {
    .name = "regrade",
    .summary = "decide a stored run again by the present taxonomy, without touching a database",
    .usage = "[RUN] [-o FILE] [options]",
    .text = "RUN is the number of a run; without one it is the newest. A new run is made from the "
            "stored profiles.\n\n"
            "  dcscan regrade -o inventory.xlsx\n"
            "  dcscan regrade 12 --taxonomy-overlay plant.yaml -o inventory.jsonl\n\n"
            "exit codes: 0 complete, 2 usage, 3 configuration or rules, 5 the run was not "
            "complete, 6 output, 7 store\nlocked by another run\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
