/* What the commands share: exit codes, the console, loading of rules. */
#ifndef DCSCAN_SRC_CLI_CLI_H
#define DCSCAN_SRC_CLI_CLI_H

#include "dcscan/classify.h"
#include "dcscan/config.h"
#include "dcscan/connect.h"
#include "dcscan/detect.h"
#include "dcscan/log.h"
#include "dcscan/report.h"
#include "dcscan/scan.h"
#include "dcscan/status.h"
#include "dcscan/taxonomy.h"
#include "options.h"

/* Documented in README.md and dcscan(1). */
enum cli_exit {
    CLI_COMPLETE = 0,
    CLI_GATE = 1,       /* a gate the user chose is met */
    CLI_USAGE = 2,      /* command line */
    CLI_CONFIG = 3,     /* configuration or rules */
    CLI_NO_SOURCE = 4,  /* no source could be opened */
    CLI_INCOMPLETE = 5, /* something in scope was not read */
    CLI_OUTPUT = 6,     /* an output could not be written */
    CLI_LOCKED = 7,     /* another run holds the store */
    CLI_INTERRUPTED = 130
};

/* The exit code that a status stands for when it ends a command. */
int cli_exit_code(enum dc_status status);

struct console {
    struct dc_log *log;
    FILE *log_file; /* NULL: none */
    bool quiet, verbose;
    bool progress; /* standard error is a terminal */
    bool color;
    bool status_shown; /* a progress line stands on the terminal */
};

/* A log file that cannot be opened is told on standard error; the messages then go there. */
struct console console_create(const struct cli_common *common);
void console_done(struct console *console);
/* An error with its object and hint; returns the exit code it stands for. */
int console_error(struct console *console, const struct dc_err *err);
/* All complaints, then the error that sums them up. */
int console_complaints(struct console *console, const struct dc_complaints *all,
                       const struct dc_err *err);
void console_progress(struct console *console, int64_t done, int64_t total, const char *source,
                      const char *table);
void console_clear_progress(struct console *console);

/* The folder with taxonomies/, connectors/ and reports/: option, DCSCAN_DATA, beside the program, installed. In `arena`. */
enum dc_status cli_find_data(const struct cli_common *common, struct dc_arena *arena,
                             const char **out, struct dc_err *err);

/* Everything a scan decides by, compiled. */
struct rules {
    struct dc_taxonomy *taxonomy;
    struct dc_value_matcher *matcher;
    struct dc_name_index *names;
    struct dc_classifier *classifier;
};
/* `main_file` NULL: the shipped taxonomy. */
enum dc_status rules_load(const char *data, const char *main_file, const struct dc_texts *overlays,
                          struct rules *out, struct dc_complaints *all, struct dc_err *err);
void rules_done(struct rules *rules);

/* From here on the memory of the process, which will hold passwords and values, goes into no core dump. */
void cli_forbid_dumps(void);

/* Words of the terminal: the user's language, from --lang or the locale. */
enum dc_lang cli_terminal_lang(const char *lang_option);

extern const struct cli_command cmd_scan, cmd_regrade, cmd_report, cmd_diff, cmd_sources,
    cmd_taxonomy, cmd_eval, cmd_explain, cmd_review, cmd_store;

#endif
