/* dcscan scan: the main job. */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "cmd_scan.h"
#include "dcscan/text.h"
#include "gates.h"
#include "run_end.h"
#include "signals.h"

#define DEFAULT_SEED   1
#define BEGIN_ATTEMPTS 60

#define OPTION(name, letter, argument, kind, field, min, max, choices, help)                     \
    {                                                                                            \
        name, letter, argument, kind, offsetof(struct scan_arguments, field), min, max, choices, \
            help                                                                                 \
    }

static const struct cli_option options[] = {
    SESSION_OPTION_OUTPUT(struct scan_arguments),
    SESSION_OPTION_CONFIG(struct scan_arguments),
    OPTION("include", 0, "GLOB", CLI_TEXTS, include, 0, 0, NULL,
           "only tables that match schema.table; repeatable"),
    OPTION("exclude", 0, "GLOB", CLI_TEXTS, exclude, 0, 0, NULL,
           "no tables that match; repeatable"),
    OPTION("sample-rows", 0, "N", CLI_INT, limits.sample_rows, 1, 1000000, NULL,
           "rows sampled per table (1000)"),
    OPTION("value-bytes", 0, "N", CLI_INT, limits.value_bytes, 16, 65536, NULL,
           "bytes kept of one value (256)"),
    OPTION("table-bytes", 0, "N", CLI_INT, limits.table_bytes, 4096, INT64_MAX, NULL,
           "bytes read per table (64 MiB)"),
    OPTION("table-seconds", 0, "N", CLI_INT, limits.table_seconds, 1, 604800, NULL,
           "time-out per table (30)"),
    OPTION("connect-seconds", 0, "N", CLI_INT, limits.connect_seconds, 1, 604800, NULL,
           "login time-out (15)"),
    OPTION("reconnect-seconds", 0, "N", CLI_INT, limits.reconnect_seconds, 1, 604800, NULL,
           "how long a source that goes away in mid-scan is waited for (120)"),
    OPTION("pause", 0, "MS", CLI_INT, limits.pause_milliseconds, 1, 3600000, NULL,
           "rest between two tables (0)"),
    OPTION("connections", 0, "N", CLI_INT, limits.connections, 1, 64, NULL,
           "connections to one source at once (1)"),
    OPTION("source-seconds", 0, "N", CLI_INT, limits.source_seconds, 1, 604800, NULL,
           "seconds for a whole source; then the rest of its tables is left (no bound)"),
    OPTION("source-rows", 0, "N", CLI_INT, limits.source_rows, 1, INT64_MAX, NULL,
           "rows read of a whole source (no bound)"),
    OPTION("source-bytes", 0, "N", CLI_INT, limits.source_bytes, 4096, INT64_MAX, NULL,
           "bytes read of a whole source (no bound)"),
    OPTION("window", 0, "FROM-TO", CLI_TEXT, window, 0, 0, NULL,
           "time of the day for reading sources, such as 22:00-05:00 (always)"),
    OPTION("jobs", 'j', "N", CLI_INT, jobs, 1, 64, NULL, "worker threads (number of processors)"),
    OPTION("full", 0, NULL, CLI_FLAG, full, 0, 0, NULL,
           "read every table, also those that have not changed since an earlier run"),
    OPTION("since", 0, "DAY", CLI_TEXT, since, 0, 0, NULL,
           "read tables again that were last read before that day (2026-01-31)"),
    OPTION("stale", 0, "AGE", CLI_TEXT, stale, 0, 0, NULL,
           "read tables again that were last read longer ago: 12h, 30d (30d)"),
    OPTION("resume", 0, "RUN", CLI_OPTIONAL, resume, 0, 0, NULL,
           "go on with the last unfinished run, or with the one given as --resume=RUN"),
    OPTION("join", 0, "RUN", CLI_TEXT, join, 0, 0, NULL,
           "work on a run beside other processes: its number, or a name by which the first that "
           "comes begins it"),
    OPTION("lease", 0, "SECONDS", CLI_INT, lease, 2, 86400, NULL,
           "after so long the tables of a process that died are free for others (60)"),
    OPTION("seed", 0, "N", CLI_INT, seed, 1, INT64_MAX, NULL,
           "seed of the sampling, for the same sample again (1)"),
    LOGIN_OPTIONS(struct scan_arguments),
    OPTION("require-read-only", 0, NULL, CLI_FLAG, require_read_only, 0, 0, NULL,
           "open no source whose login can write, or may be able to"),
    SESSION_OPTION_TAXONOMY(struct scan_arguments),
    SESSION_OPTION_STORE(struct scan_arguments),
    SESSION_OPTION_KEEP(struct scan_arguments),
    OPTION("security-label", 0, "TEXT", CLI_TEXT, security_label, 0, 0, NULL,
           "label in the header of printed pages"),
    OPTION("reproducible", 0, NULL, CLI_FLAG, reproducible, 0, 0, NULL,
           "same run, same bytes in the workbook"),
    OPTION("fail-on", 0, "WHAT", CLI_TEXT, fail_on, 0, 0, NULL,
           "exit 1 when the inventory has any of: important, sensitive, personal, level3, level4, "
           "review, or any change that \"dcscan diff\" knows, such as new-important "
           "(comma-separated)"),
    OPTION("summary", 0, "FILE", CLI_TEXT, summary, 0, 0, NULL,
           "write what the scan did as a JSON object, however it ended (\"-\": standard output)"),
    OPTION("on-finish", 0, "COMMAND", CLI_TEXT, on_finish, 0, 0, NULL,
           "run a command by sh -c when the scan has ended, with DCSCAN_EXIT_CODE, DCSCAN_RUN and "
           "so on "
           "in its environment"),
    OPTION(
        "dry-run", 'n', NULL, CLI_FLAG, dry_run, 0, 0, NULL,
        "read the catalogue, print every statement that the scan would send, sample nothing, store "
        "nothing"),
    OPTION("statements", 0, "FILE", CLI_TEXT, statements, 0, 0, NULL,
           "write each sampling statement: SOURCE<TAB>SQL"),
    CLI_END,
};

static enum dc_status open_statements(struct scan_session *session, struct dc_err *err)
{
    const char *path = session->arguments->statements;

    if (path != NULL) {
        session->statements = fopen(path, "w");
        if (session->statements == NULL) {
            return dc_err_set(err, DC_ERR_OUTPUT, "could not write \"%s\": %s", path,
                              strerror(errno));
        }
    }
    return DC_OK;
}

/* ---- while it runs ---- */

static void say_table(struct console *console, const struct dc_scan_event *event)
{
    char buffer[DC_ERR_MESSAGE_SIZE + DC_ERR_OBJECT_SIZE];

    if (event->err != NULL) {
        console_clear_progress(console);
        dc_log_write(console->log, DC_LOG_WARNING, "could not read a table: %s",
                     dc_err_format(event->err, buffer, sizeof buffer));
    } else if (console->verbose) {
        console_clear_progress(console);
        dc_log_write(console->log, DC_LOG_DEBUG, "%s: \"%s\": %lld rows, %s, %.3f s", event->source,
                     event->table->name, (long long)event->info->rows_read,
                     dc_sample_method_name(event->info->method), event->info->seconds);
    }
    console_progress(console, event->done, event->total, event->source, event->table->name);
}

/* One line a statement: those of the catalogue are written over several. Blanks inside a line may stand in a name. */
static void print_statement(FILE *out, const struct dc_scan_event *event)
{
    const char *at = event->text;

    fprintf(out, "%s\t", event->source);
    while (*at != '\0') {
        size_t size = strcspn(at, "\n");

        fwrite(at, 1, size, out);
        at += size + strspn(at + size, "\n ");
        if (*at != '\0') {
            fputc(' ', out);
        }
    }
    fputc('\n', out);
}

static void on_event(void *user, const struct dc_scan_event *event)
{
    struct scan_session *session = user;
    struct console *console = &session->base.console;

    switch (event->kind) {
    case DC_SCAN_SOURCE_OPENED:
        console_progress(console, event->done, event->total, event->source, "");
        break;
    case DC_SCAN_SOURCE_FAILED:
        console_error(console, event->err);
        break;
    case DC_SCAN_TABLE_DONE:
        say_table(console, event);
        break;
    case DC_SCAN_STATEMENT:
        if (session->statements != NULL) {
            print_statement(session->statements, event);
        }
        if (session->arguments->dry_run) {
            console_clear_progress(console);
            print_statement(stdout, event);
        }
        break;
    case DC_SCAN_WARNING:
        console_clear_progress(console);
        dc_log_write(console->log, DC_LOG_WARNING, "%s: %s", event->source, event->text);
        break;
    case DC_SCAN_SOURCE_DONE:
        break;
    }
}

static enum dc_status run_request(struct scan_session *session,
                                  const struct dc_scan_request *request,
                                  struct dc_scan_outcome *outcome, struct dc_err *err)
{
    struct dc_scan_tools tools = {.taxonomy = session->base.rules.taxonomy,
                                  .matcher = session->base.rules.matcher,
                                  .classifier = session->base.rules.classifier,
                                  .dialects = session->base.dialects,
                                  .store = session->base.store};
    struct dc_scan *scan = dc_scan_create(&tools, request);
    struct signal_watch *watch = signal_watch_start(scan);
    enum dc_status status = dc_scan_run(scan, outcome, err);

    signal_watch_stop(watch);
    dc_scan_destroy(scan);
    console_clear_progress(&session->base.console);
    return status;
}

static enum dc_status run_scan(struct scan_session *session, struct dc_scan_outcome *outcome,
                               struct dc_err *err)
{
    const struct dc_config *config = session->base.config;
    int64_t seed = session->arguments->seed;
    struct dc_scan_request request = {.sources = session->sources,
                                      .n_sources = session->n_sources,
                                      .jobs = session->arguments->jobs,
                                      .dry = session->arguments->dry_run,
                                      .on_event = on_event,
                                      .user = session};
    enum dc_status status;

    if (seed == 0 && config != NULL) {
        seed = config->seed;
    }
    request.seed = seed != 0 ? (uint64_t)seed : DEFAULT_SEED;
    if (request.jobs == 0 && config != NULL) {
        request.jobs = config->jobs;
    }
    status = scan_choose_run(session, &request, err);
    if (status == DC_OK) {
        status = run_request(session, &request, outcome, err);
    }
    for (int i = 0; i < BEGIN_ATTEMPTS && scan_was_begun(session, &request, status); i++) {
        memset(err, 0, sizeof *err);
        status = scan_choose_run(session, &request, err);
        status = status == DC_OK ? run_request(session, &request, outcome, err) : status;
    }
    return status;
}

/* ---- afterwards ---- */

static int verdict(const struct dc_scan_outcome *outcome, bool gate_met)
{
    if (outcome->n_sources_failed == outcome->n_sources &&
        outcome->n_sources_closed < outcome->n_sources) {
        return CLI_NO_SOURCE;
    }
    if (!outcome->complete) {
        return CLI_INCOMPLETE; /* before the gate: what was not read could have met it */
    }
    return gate_met ? CLI_GATE : CLI_COMPLETE;
}

static void say_incomplete(struct scan_session *session, const struct dc_scan_outcome *outcome)
{
    if (!outcome->complete) {
        dc_log_write(session->base.console.log, DC_LOG_WARNING,
                     "incomplete: %lld of %lld sources not opened, %lld of %lld tables not read; "
                     "the report lists each "
                     "with its reason",
                     (long long)outcome->n_sources_failed, (long long)outcome->n_sources,
                     (long long)outcome->n_tables_unread, (long long)outcome->n_tables);
    }
    if (outcome->n_tables_open > 0) {
        dc_log_write(session->base.console.log, DC_LOG_WARNING,
                     "%lld tables of the run are not done: others are at them, or \"dcscan scan "
                     "--resume=%lld\" does them",
                     (long long)outcome->n_tables_open, (long long)outcome->run_id);
    }
}

/* What was found, and what of it changed since earlier runs. */
static void say_summary(struct scan_session *session, int64_t run_id,
                        struct dc_inventory_reader *reader)
{
    struct console *console = &session->base.console;
    struct told_changes told = {.changes = &session->changes,
                                .definition = session->base.definition,
                                .run_id = run_id,
                                .lang = cli_terminal_lang(session->arguments->session.lang),
                                .arena = session->base.arena,
                                .color = console->color};

    if (!console->quiet) {
        session_print_summary(&session->base, reader, &session->summary);
        changes_print_summary(stderr, &told);
    }
}

/* Reports and summary of the stored run; *gate_met tells whether --fail-on strikes. */
static enum dc_status report_stored(struct scan_session *session, int64_t run_id,
                                    struct dc_inventory_reader *reader, bool *gate_met,
                                    struct dc_err *err)
{
    const struct scan_arguments *arguments = session->arguments;
    enum dc_status status = dc_report_summarise(reader, &session->summary, err);

    if (status == DC_OK) {
        status = changes_since_earlier(&session->base, run_id, reader, &session->changes, err);
    }
    if (status == DC_OK) {
        status = gates_check(arguments->fail_on,
                             &(struct gate_facts){&session->summary, &session->changes}, gate_met,
                             err);
    }
    if (status == DC_OK) {
        status = session_write_reports(&session->base, reader, &session->changes,
                                       arguments->security_label, arguments->reproducible, err);
        say_summary(session, run_id, reader);
    }
    return status;
}

static void say_carried(struct scan_session *session, const struct dc_scan_outcome *outcome)
{
    if (outcome->n_tables_carried > 0) {
        dc_log_write(session->base.console.log, DC_LOG_INFO,
                     "%lld of %lld tables had not changed: what an earlier run found is carried "
                     "over (--full reads them)",
                     (long long)outcome->n_tables_carried, (long long)outcome->n_tables);
    }
}

static int report_run(struct scan_session *session, const struct dc_scan_outcome *outcome)
{
    struct dc_inventory_reader *reader = NULL;
    struct dc_err err = {0};
    bool gate_met = false;
    enum dc_status status = dc_store_read_run(session->base.store, outcome->run_id, &reader, &err);
    int code;

    if (status == DC_OK) {
        status = report_stored(session, outcome->run_id, reader, &gate_met, &err);
        reader->class_->destroy(reader);
    }
    say_carried(session, outcome);
    say_incomplete(session, outcome);
    if (status == DC_OK) {
        return verdict(outcome, gate_met);
    }
    code = session_fail(&session->base, &err);
    dc_log_write(session->base.console.log, DC_LOG_ERROR,
                 "hint: the findings are in the store: \"dcscan report %lld -o FILE\" writes them",
                 (long long)outcome->run_id);
    return code;
}

static int finish(struct scan_session *session, const struct dc_scan_outcome *outcome)
{
    if (outcome->interrupted) {
        dc_log_write(session->base.console.log, DC_LOG_WARNING,
                     "interrupted: no report written; what was done is kept: \"dcscan report %lld "
                     "-o FILE\" writes it, \"dcscan scan --resume=%lld\" goes on",
                     (long long)outcome->run_id, (long long)outcome->run_id);
        return CLI_INTERRUPTED;
    }
    return session->arguments->dry_run ? verdict(outcome, false) : report_run(session, outcome);
}

static enum dc_status check_summary(struct scan_session *session, struct dc_err *err)
{
    const char *path = session->arguments->summary;

    if (path == NULL || strcmp(path, "-") != 0) {
        return path == NULL ? DC_OK : session_check_folder(&session->base, path, err);
    }
    for (size_t i = 0; i < session->base.outputs.n_items; i++) {
        if (strcmp(session->base.outputs.items[i], "-") == 0) {
            return dc_err_set(err, DC_ERR_USAGE,
                              "could not write both the summary and a report to standard output");
        }
    }
    return DC_OK;
}

static enum dc_status prepare(struct scan_session *session, struct dc_texts operands,
                              struct dc_err *err)
{
    struct dc_report_summary nothing = {0};
    enum dc_status status = gates_check(session->arguments->fail_on,
                                        &(struct gate_facts){&nothing, NULL}, NULL, err);

    if (status == DC_OK) {
        status = session_load_config(&session->base, err);
    }
    if (status == DC_OK) {
        status = scan_choose_sources(session, operands, err);
    }
    if (status == DC_OK) {
        status = session_choose_outputs(&session->base, err);
    }
    if (status == DC_OK) {
        status = check_summary(session, err);
    }
    if (status == DC_OK) {
        status = session_load_rules(&session->base, err);
    }
    if (status == DC_OK) {
        status = session_load_dialects(&session->base, err);
    }
    if (status == DC_OK) {
        status = session_load_reports(&session->base, err);
    }
    if (status == DC_OK && !session->arguments->dry_run) {
        status = session_open_store(&session->base, err);
    }
    return status == DC_OK ? open_statements(session, err) : status;
}

/* An output that failed wins over how the scan went, not over why it could not go at all. */
static void conclude(struct scan_session *session, struct run_end *end, double started)
{
    const struct scan_arguments *arguments = session->arguments;
    struct dc_err err = {0};

    end->finished_at = (int64_t)time(NULL);
    end->seconds = dc_clock_seconds() - started;
    if (arguments->summary != NULL &&
        run_summary_write(session, end, arguments->summary, &err) != DC_OK) {
        int code = session_fail(&session->base, &err);

        if (end->code <= CLI_GATE || end->code == CLI_INCOMPLETE) {
            end->code = code;
        }
    }
    if (arguments->on_finish != NULL) {
        run_hook(&session->base.console, arguments->on_finish, end, &session->changes,
                 arguments->summary);
    }
}

/* Runs that are given up go when the scan is over. Where others are still at work, the last of them does it. */
static void drop_runs(struct scan_session *session, const struct dc_scan_outcome *outcome)
{
    struct dc_store_keep keep = session_keep(&session->base);
    struct dc_err err = {0};
    int64_t n = 0;
    enum dc_status status;

    if (session->base.store == NULL || outcome->run_id == 0 || outcome->interrupted ||
        outcome->n_tables_open > 0) {
        return;
    }
    status = dc_store_drop_runs(session->base.store, &keep, (int64_t)time(NULL), &n, &err);
    if (n > 0) {
        dc_log_write(session->base.console.log, DC_LOG_INFO, "%lld old runs dropped from the store",
                     (long long)n);
    }
    if (status != DC_OK && status != DC_ERR_LOCKED) {
        char buffer[DC_ERR_MESSAGE_SIZE + DC_ERR_OBJECT_SIZE];

        dc_log_write(session->base.console.log, DC_LOG_WARNING, "could not drop old runs: %s",
                     dc_err_format(&err, buffer, sizeof buffer));
    }
}

static int run(void *arguments, struct dc_texts operands)
{
    struct scan_session session = {.arguments = arguments};
    struct run_end end = {.started_at = (int64_t)time(NULL)};
    double started = dc_clock_seconds();
    struct dc_scan_outcome outcome = {0};
    struct dc_err err = {0};
    enum dc_status status;

    session_init(&session.base, &session.arguments->common, &session.arguments->session);
    status = prepare(&session, operands, &err);
    if (status == DC_OK) {
        status = run_scan(&session, &outcome, &err);
    }
    end.code = status == DC_OK ? finish(&session, &outcome) : session_fail(&session.base, &err);
    end.run_id = outcome.run_id;
    if (session.statements != NULL) {
        fclose(session.statements);
    }
    conclude(&session, &end, started);
    if (status == DC_OK) {
        drop_runs(&session, &outcome);
    }
    dc_changes_done(&session.changes);
    session_done(&session.base);
    return end.code;
}

const struct cli_command cmd_scan = {
    .name = "scan",
    .summary = "sample the sources, decide category and level of every column, write the inventory",
    .usage = "[SOURCE…] [options]",
    .text =
        "SOURCE is a name in the configuration, an ODBC data source (DSN) or an ODBC connection "
        "string; without\n"
        "one, all sources of the configuration are scanned.\n\n"
        "  dcscan scan -o inventory.xlsx -o inventory.jsonl\n"
        "  dcscan scan mes-wuhan erp -o inventory.xlsx --lang en\n"
        "  dcscan scan 'Driver=SQLite3;Database=plm.db' -o plm.xlsx\n"
        "  dcscan scan MES_DSN -u dcscan_ro --password-file secret --include 'mes.*' --dry-run\n\n"
        "exit codes: 0 complete, 1 a --fail-on gate is met, 2 usage, 3 configuration or rules, 4 "
        "no source could be\n"
        "opened, 5 incomplete, 6 output, 7 store locked by another run, 130 interrupted\n",
    .options = options,
    .arguments_size = sizeof(struct scan_arguments),
    .run = run,
};
