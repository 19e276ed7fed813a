/* All that a person sees on the terminal goes through here; data goes to standard output, the rest to standard error. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "dcscan/text.h"

int cli_exit_code(enum dc_status status)
{
    switch (status) {
    case DC_OK:
        return CLI_COMPLETE;
    case DC_ERR_USAGE:
        return CLI_USAGE;
    case DC_ERR_CONFIG:
        return CLI_CONFIG;
    case DC_ERR_CONNECT:
        return CLI_NO_SOURCE;
    case DC_ERR_OUTPUT:
        return CLI_OUTPUT;
    case DC_ERR_LOCKED:
        return CLI_LOCKED;
    case DC_ERR_CANCELLED:
        return CLI_INTERRUPTED;
    case DC_ERR_READ:
    case DC_ERR_LOST:
    case DC_ERR_TIMEOUT:
    case DC_ERR_DENIED:
    case DC_ERR_UNSUPPORTED:
    case DC_ERR_INTERNAL:
        return CLI_INCOMPLETE;
    }
    return CLI_INCOMPLETE;
}

static bool wants_color(const struct cli_common *common)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    return !common->no_color && (no_color == NULL || no_color[0] == '\0') &&
           isatty(STDERR_FILENO) && (term == NULL || strcmp(term, "dumb") != 0);
}

/* Whether standard error is the systemd journal, which then sets the variable to its device and inode. */
static bool is_journal(void)
{
    const char *name = getenv("JOURNAL_STREAM");
    struct stat found;
    char text[64];

    if (name == NULL || fstat(STDERR_FILENO, &found) != 0) {
        return false;
    }
    snprintf(text, sizeof text, "%ju:%ju", (uintmax_t)found.st_dev, (uintmax_t)found.st_ino);
    return strcmp(name, text) == 0;
}

/* NULL with errno set when it cannot be written. */
static FILE *open_log_file(const char *path)
{
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);

    return file < 0 ? NULL : fdopen(file, "a");
}

static void create_log(struct console *console, const char *path, enum dc_log_level threshold,
                       bool json)
{
    char reason[128];
    int error;

    console->log_file = path != NULL ? open_log_file(path) : NULL;
    error = errno;
    console->log = dc_log_create(stderr, console->log_file != NULL ? DC_LOG_ERROR : threshold,
                                 json           ? DC_LOG_JSON
                                 : is_journal() ? DC_LOG_JOURNAL
                                                : DC_LOG_HUMAN);
    if (console->log_file != NULL) {
        dc_log_add_stream(console->log, console->log_file, threshold,
                          json ? DC_LOG_JSON : DC_LOG_TIMED);
    } else if (path != NULL) {
        dc_log_write(console->log, DC_LOG_ERROR, "could not write the log \"%s\": %s", path,
                     strerror_r(error, reason, sizeof reason));
    }
}

struct console console_create(const struct cli_common *common)
{
    struct console console = {.quiet = common->quiet, .verbose = common->verbose_flag};
    bool json = common->log_format != NULL && strcmp(common->log_format, "json") == 0;
    enum dc_log_level threshold = console.quiet     ? DC_LOG_ERROR
                                  : console.verbose ? DC_LOG_DEBUG
                                                    : DC_LOG_INFO;

    create_log(&console, common->log_file, threshold, json);
    console.progress = !console.quiet && !json && isatty(STDERR_FILENO);
    console.color = wants_color(common);
    return console;
}

void console_done(struct console *console)
{
    console_clear_progress(console);
    dc_log_destroy(console->log);
    console->log = NULL;
    if (console->log_file != NULL) {
        fclose(console->log_file);
        console->log_file = NULL;
    }
}

int console_error(struct console *console, const struct dc_err *err)
{
    char buffer[DC_ERR_MESSAGE_SIZE + DC_ERR_OBJECT_SIZE];

    console_clear_progress(console);
    dc_log_write(console->log, DC_LOG_ERROR, "%s", dc_err_format(err, buffer, sizeof buffer));
    if (err->hint[0] != '\0') {
        dc_log_write(console->log, DC_LOG_ERROR, "hint: %s", err->hint);
    }
    return cli_exit_code(err->status);
}

int console_complaints(struct console *console, const struct dc_complaints *all,
                       const struct dc_err *err)
{
    for (size_t i = 0; i < all->n_lines; i++) {
        dc_log_write(console->log, DC_LOG_ERROR, "%s", all->lines[i]);
    }
    return console_error(console, err);
}

void console_clear_progress(struct console *console)
{
    if (console->status_shown) {
        fputs("\r\033[K", stderr);
        console->status_shown = false;
    }
}

void console_progress(struct console *console, int64_t done, int64_t total, const char *source,
                      const char *table)
{
    struct winsize size = {0};
    size_t room = 79, width = 0, bytes = 0;
    char line[512];

    if (!console->progress) {
        return;
    }
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1) {
        room = size.ws_col - 1u;
    }
    snprintf(line, sizeof line, "[%lld/%lld] %s  %s", (long long)done, (long long)total, source,
             table);
    /* Cut by columns, not bytes: names may be Chinese. */
    while (line[bytes] != '\0') {
        uint32_t code;
        size_t used = dc_utf8_next(line + bytes, strlen(line + bytes), &code);

        width += code >= 0x1100 ? 2 : 1;
        if (width > room || code < 0x20) {
            break;
        }
        bytes += used;
    }
    fprintf(stderr, "\r\033[K%.*s", (int)bytes, line);
    fflush(stderr);
    console->status_shown = true;
}

enum dc_lang cli_terminal_lang(const char *lang_option)
{
    const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    if (lang_option != NULL) {
        return strcmp(lang_option, "en") == 0 ? DC_LANG_EN : DC_LANG_ZH;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && value[0] != '\0') {
            return strncmp(value, "zh", 2) == 0 ? DC_LANG_ZH : DC_LANG_EN;
        }
    }
    return DC_LANG_EN;
}
