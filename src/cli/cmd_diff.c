/* dcscan diff: what changed between two stored runs. */
#include <string.h>
#include <unistd.h>

#include "changes.h"
#include "gates.h"

struct arguments {
    struct cli_common common;
    struct session_options session;
    const char *format, *fail_on;
};

static const struct cli_option options[] = {
    {"format", 0, "FORMAT", CLI_CHOICE, offsetof(struct arguments, format), 0, 0, "text|json",
     "form of what is written to standard output; json: one object a line and change"},
    {"fail-on", 0, "WHAT", CLI_TEXT, offsetof(struct arguments, fail_on), 0, 0, NULL,
     "exit 1 when any of these changes is there (comma-separated; see above)"},
    {"lang", 0, "LANG", CLI_CHOICE, SESSION_OFFSET(struct arguments, lang), 0, 0, "zh|en",
     "language (that of the terminal)"},
    SESSION_OPTION_STORE(struct arguments),
    SESSION_OPTION_CONFIG(struct arguments),
    CLI_END,
};

/* The runs to compare; *older 0: for each source of the newer one the earlier run that goes with it. */
struct runs {
    int64_t older, newer;
};

static enum dc_status latest_ended(struct session *session, int64_t *run_id, struct dc_err *err)
{
    enum dc_status status = dc_store_latest_ended_run(session->store, run_id, err);

    if (status == DC_OK && *run_id == 0) {
        dc_err_set(err, DC_ERR_USAGE, "could not find a run that ended in the store");
        dc_err_set_hint(err, "\"dcscan scan\" makes one");
        status = DC_ERR_USAGE;
    }
    return status;
}

static enum dc_status choose(struct session *session, struct dc_texts operands, struct runs *runs,
                             struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (operands.n_items > 2) {
        return dc_err_set(err, DC_ERR_USAGE, "could not compare more than two runs");
    }
    if (operands.n_items > 0) {
        status = session_choose_run(session, operands.items[0], &runs->older, err);
    }
    if (status == DC_OK && operands.n_items == 2) {
        status = session_choose_run(session, operands.items[1], &runs->newer, err);
    } else if (status == DC_OK) {
        status = latest_ended(session, &runs->newer, err);
    }
    if (status == DC_OK && runs->older == runs->newer) {
        dc_err_set(err, DC_ERR_USAGE, "could not compare run %lld with itself",
                   (long long)runs->newer);
        dc_err_set_hint(err, "\"dcscan diff\" alone compares the newest run with the one before");
        status = DC_ERR_USAGE;
    }
    return status;
}

static enum dc_status compare(struct session *session, const struct runs *runs,
                              struct dc_changes *changes, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    enum dc_status status;

    if (runs->older != 0) {
        return changes_between(session, runs->older, runs->newer, changes, err);
    }
    status = dc_store_read_run(session->store, runs->newer, &reader, err);
    if (status == DC_OK) {
        status = changes_since_earlier(session, runs->newer, reader, changes, err);
        reader->class_->destroy(reader);
    }
    return status;
}

static enum dc_status tell(struct session *session, const struct arguments *arguments,
                           int64_t run_id, const struct dc_changes *changes, struct dc_err *err)
{
    struct told_changes told = {.changes = changes,
                                .definition = session->definition,
                                .run_id = run_id,
                                .lang = cli_terminal_lang(session->options->lang),
                                .arena = session->arena,
                                .color = session->console.color && isatty(STDOUT_FILENO)};
    bool good = true;

    if (arguments->format != NULL && strcmp(arguments->format, "json") == 0) {
        good = changes_json(stdout, &told);
    } else {
        changes_print(stdout, &told);
    }
    return good && fflush(stdout) == 0 && !ferror(stdout)
               ? DC_OK
               : dc_err_set(err, DC_ERR_OUTPUT, "could not write the changes");
}

static enum dc_status diff(struct session *session, const struct arguments *arguments,
                           struct dc_texts operands, bool *gate_met, struct dc_err *err)
{
    struct dc_changes changes = {0};
    struct runs runs = {0, 0};
    enum dc_status status = choose(session, operands, &runs, err);

    if (status == DC_OK) {
        status = compare(session, &runs, &changes, err);
    }
    if (status == DC_OK) {
        status = tell(session, arguments, runs.newer, &changes, err);
    }
    if (status == DC_OK) {
        status = gates_check(arguments->fail_on, &(struct gate_facts){.changes = &changes},
                             gate_met, err);
    }
    dc_changes_done(&changes);
    return status;
}

static enum dc_status prepare(struct session *session, const struct arguments *arguments,
                              struct dc_err *err)
{
    enum dc_status status = gates_check(arguments->fail_on, &(struct gate_facts){0}, NULL, err);

    if (status == DC_OK) {
        status = session_load_config(session, err);
    }
    if (status == DC_OK) {
        status = session_load_reports(session, err);
    }
    return status == DC_OK ? session_open_store(session, err) : status;
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct session session;
    struct dc_err err = {0};
    bool gate_met = false;
    enum dc_status status;
    int code;

    session_init(&session, &arguments->common, &arguments->session);
    status = prepare(&session, arguments, &err);
    if (status == DC_OK) {
        status = diff(&session, arguments, operands, &gate_met, &err);
    }
    code = status != DC_OK ? session_fail(&session, &err) : gate_met ? CLI_GATE : CLI_COMPLETE;
    session_done(&session);
    return code;
}

const struct cli_command cmd_diff = {
    .name = "diff",
    .summary = "what changed between two stored runs",
    .usage = "[RUN_A] [RUN_B] [options]",
    .text =
        "Without runs: the newest against, for each of its sources, the newest earlier run that "
        "could list it. With\n"
        "one: the newest against RUN_A. With two: RUN_B against RUN_A.\n\n"
        "  dcscan diff\n"
        "  dcscan diff 12 19 --format json\n"
        "  dcscan diff --fail-on new-important,new-sensitive,level-up\n\n"
        "Changes, which --fail-on names: new-table*, gone-table, renamed-table (or moved to "
        "another schema), gone-review*\n"
        "(people decided it under a name that it no longer has), volume* (30 % or more), "
        "new-column*, gone-column*,\n"
        "renamed-column, type*, comment*, leaf*, level-up*, level-down*, personal-changed*, "
        "new-masking*, gone-masking*,\n"
        "marks, new-important*, gone-important*; and: regrade (any with *: it asks for grading "
        "again, T/WHCSA 003-2024\n"
        "4.6), any, new-personal, new-sensitive.\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
