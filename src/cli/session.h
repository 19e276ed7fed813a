/* What most commands need: console, configuration, rules, store, reports; opened in that order, closed together. */
#ifndef DCSCAN_SRC_CLI_SESSION_H
#define DCSCAN_SRC_CLI_SESSION_H

#include "cli.h"
#include "dcscan/report.h"
#include "dcscan/store_upkeep.h"

/* Options that commands with a session share; NULL where not given. */
struct session_options {
    const char *config, *store, *lang, *taxonomy;
    struct dc_texts overlays, outputs;
    int64_t keep_runs, keep_days;
    bool no_config;
};

/* Lines of an option table for `arguments` having a member `session`. */
#define SESSION_OFFSET(arguments, field) \
    (offsetof(arguments, session) + offsetof(struct session_options, field))
#define SESSION_OPTION_CONFIG(arguments)                                                  \
    {"config",                                                                            \
     'c',                                                                                 \
     "FILE",                                                                              \
     CLI_TEXT,                                                                            \
     SESSION_OFFSET(arguments, config),                                                   \
     0,                                                                                   \
     0,                                                                                   \
     NULL,                                                                                \
     "configuration (else ./dcscan.yaml, ~/.config/dcscan/, /etc/dcscan/)"},              \
    {                                                                                     \
        "no-config", 0, NULL, CLI_FLAG, SESSION_OFFSET(arguments, no_config), 0, 0, NULL, \
            "read no configuration"                                                       \
    }
#define SESSION_OPTION_STORE(arguments)                                                         \
    {                                                                                           \
        "store", 0, "WHERE", CLI_TEXT, SESSION_OFFSET(arguments, store), 0, 0, NULL,            \
            "inventory store: a SQLite file, or odbc:DSN ($XDG_STATE_HOME/dcscan/inventory.db)" \
    }
#define SESSION_OPTION_KEEP(arguments)                                                          \
    {"keep-runs",                                                                               \
     0,                                                                                         \
     "N",                                                                                       \
     CLI_INT,                                                                                   \
     SESSION_OFFSET(arguments, keep_runs),                                                      \
     1,                                                                                         \
     1000000000,                                                                                \
     NULL,                                                                                      \
     "runs that stay in the store: the newest N (all)"},                                        \
    {                                                                                           \
        "keep-days", 0, "N", CLI_INT, SESSION_OFFSET(arguments, keep_days), 1, 36500, NULL,     \
            "and those of the last N days; what changes are told from and what people decided " \
            "about stays in any case"                                                           \
    }
#define SESSION_OPTION_OUTPUT(arguments)                                                       \
    {"output",                                                                                 \
     'o',                                                                                      \
     "FILE",                                                                                   \
     CLI_TEXTS,                                                                                \
     SESSION_OFFSET(arguments, outputs),                                                       \
     0,                                                                                        \
     0,                                                                                        \
     NULL,                                                                                     \
     "write a report: .xlsx, .csv, .jsonl, .sql, .openlineage.jsonl by its ending, \"-\" for " \
     "JSON Lines on standard "                                                                 \
     "output; repeatable"},                                                                    \
    {                                                                                          \
        "lang", 0, "LANG", CLI_CHOICE, SESSION_OFFSET(arguments, lang), 0, 0, "zh|en",         \
            "language of the reports (zh)"                                                     \
    }
#define SESSION_OPTION_TAXONOMY(arguments)                                                         \
    {"taxonomy",                                                                                   \
     0,                                                                                            \
     "FILE",                                                                                       \
     CLI_TEXT,                                                                                     \
     SESSION_OFFSET(arguments, taxonomy),                                                          \
     0,                                                                                            \
     0,                                                                                            \
     NULL,                                                                                         \
     "taxonomy in place of the shipped one"},                                                      \
    {                                                                                              \
        "taxonomy-overlay", 0, "FILE", CLI_TEXTS, SESSION_OFFSET(arguments, overlays), 0, 0, NULL, \
            "rules of your own on top; repeatable"                                                 \
    }

struct session {
    const struct cli_common *common;
    const struct session_options *options;
    struct console console;
    struct dc_arena *arena;
    struct dc_complaints complaints;
    struct dc_config *config; /* NULL: none read */
    const char *data;
    struct rules rules;
    struct dc_dialects *dialects;
    struct dc_report_definition *definition;
    struct dc_store *store;
    struct dc_texts outputs;
    enum dc_lang lang;   /* of the reports */
    const char *failure; /* what session_fail told first; NULL: nothing */
};

void session_init(struct session *session, const struct cli_common *common,
                  const struct session_options *options);
void session_done(struct session *session);

/* Each fills a part; DC_ERR_CONFIG and so on, with all complaints in session->complaints. */
enum dc_status session_load_config(struct session *session, struct dc_err *err);
enum dc_status session_choose_outputs(struct session *session, struct dc_err *err);
enum dc_status session_load_rules(struct session *session, struct dc_err *err);
enum dc_status session_load_dialects(struct session *session, struct dc_err *err);
enum dc_status session_load_reports(struct session *session, struct dc_err *err);
enum dc_status session_open_store(struct session *session, struct dc_err *err);
/* Where the store is, by option, configuration or default; in the session's arena. */
const char *session_store_place(struct session *session);

/* Which runs stay, by option or configuration. */
struct dc_store_keep session_keep(const struct session *session);

/* The run that `text` numbers, or the newest of the store where it is NULL. */
enum dc_status session_choose_run(struct session *session, const char *text, int64_t *run_id,
                                  struct dc_err *err);

/* Writes all outputs of a run, with what changed since earlier ones; goes on after a failure and returns the first. */
enum dc_status session_write_reports(struct session *session, struct dc_inventory_reader *reader,
                                     const struct dc_changes *changes, const char *security_label,
                                     bool reproducible, struct dc_err *err);
/* The same with all that a report can be asked for; path and lang are the session's. */
enum dc_status session_write_requests(struct session *session, struct dc_inventory_reader *reader,
                                      const struct dc_report_request *wanted, struct dc_err *err);
/* A file whose folder is not there or not to be written is better known before hours of scanning than after. */
enum dc_status session_check_folder(struct session *session, const char *path, struct dc_err *err);
/* The summary on standard error, with the thresholds of persons that the run reaches. */
void session_print_summary(struct session *session, struct dc_inventory_reader *reader,
                           const struct dc_report_summary *summary);
/* Prints the error with all complaints; returns the exit code. */
int session_fail(struct session *session, const struct dc_err *err);

#endif
