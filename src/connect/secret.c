#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dcscan/alloc.h"
#include "dcscan/connect.h"
#include "dcscan/text.h"

#define MAX_SECRET      4096
#define COMMAND_SECONDS 60.0

extern char **environ;

/* Texts that outlive the call, since the caller only shows them. */
static const char exposed[] =
    "the password file may be read by others than its owner; its mode should be 0600";

static const char foreign[] =
    "the password file belongs to another user, who can read and change it";

/* A secret as it is read: wiped by whoever ends up with it. */
struct line {
    char bytes[MAX_SECRET];
    size_t size;
};

static enum dc_status hand_over(struct line *line, char **out)
{
    size_t size = line->size;

    if (size > 0 && line->bytes[size - 1] == '\r') {
        size--;
    }
    *out = dc_strndup(line->bytes, size);
    explicit_bzero(line, sizeof *line);
    return DC_OK;
}

static bool wait_for_input(int file, double deadline)
{
    struct pollfd poll_for = {.fd = file, .events = POLLIN};
    int n;

    if (deadline <= 0) {
        return true;
    }
    do {
        double left = deadline - dc_clock_seconds();

        n = poll(&poll_for, 1, left > 0 ? (int)(left * 1000) + 1 : 0);
    } while (n < 0 && errno == EINTR);
    return n > 0;
}

/*
 * Up to the first line feed, byte by byte: what follows on standard input is not ours to take. False when the time is up, reading fails,
 * or the line is too long for a password.
 */
static bool read_line(int file, double deadline, struct line *out)
{
    out->size = 0;
    while (out->size < sizeof out->bytes) {
        ssize_t n;

        if (!wait_for_input(file, deadline)) {
            return false;
        }
        n = read(file, out->bytes + out->size, 1);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return false;
        }
        if (n == 0 || out->bytes[out->size] == '\n') {
            return true;
        }
        out->size++;
    }
    return false;
}

static enum dc_status read_file(const char *path, char **out, const char **warning,
                                struct dc_err *err)
{
    struct line line;
    struct stat status;
    char reason[128];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    bool good;

    if (file < 0) {
        return dc_err_set(err, DC_ERR_CONFIG, "could not read the password file \"%s\": %s", path,
                          strerror_r(errno, reason, sizeof reason));
    }
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
        *warning = (status.st_mode & (S_IRWXG | S_IRWXO)) != 0        ? exposed
                   : status.st_uid != geteuid() && status.st_uid != 0 ? foreign
                                                                      : NULL;
    }
    good = read_line(file, 0, &line);
    close(file);
    if (!good) {
        explicit_bzero(&line, sizeof line);
        return dc_err_set(err, DC_ERR_CONFIG,
                          "could not read the password file \"%s\": its first line is no password",
                          path);
    }
    return hand_over(&line, out);
}

static enum dc_status read_environment(const char *name, char **out, struct dc_err *err)
{
    const char *value = getenv(name);

    if (value == NULL) {
        return dc_err_set(err, DC_ERR_CONFIG,
                          "could not read the password: the environment has no variable \"%s\"",
                          name);
    }
    *out = dc_strdup(value);
    return DC_OK;
}

static enum dc_status read_stdin(char **out, struct dc_err *err)
{
    struct line line;

    if (!read_line(STDIN_FILENO, 0, &line) || line.size == 0) {
        explicit_bzero(&line, sizeof line);
        return dc_err_set(err, DC_ERR_CONFIG,
                          "could not read the password: standard input has no line for it");
    }
    return hand_over(&line, out);
}

/*
 * The command line is the user's own, from the configuration, and is given to the shell as it stands, as with `password_command` elsewhere:
 * nothing of ours is put into it. Its standard input is empty, its messages go where ours go, its output only into our pipe.
 */
static int start_command(const char *command, pid_t *child, int *output)
{
    char shell[] = "sh", flag[] = "-c";
    char *const arguments[] = {shell, flag, (char *)command, NULL};
    posix_spawn_file_actions_t actions;
    int ends[2], error;

    if (pipe2(ends, O_CLOEXEC) != 0) {
        return errno;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    error = posix_spawn(child, "/bin/sh", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (error != 0) {
        close(ends[0]);
        return error;
    }
    *output = ends[0];
    return 0;
}

static int wait_for(pid_t child)
{
    int status = 0;

    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

/* A command that writes more than a line may be ended by its closed pipe: that is no failure. */
static bool has_failed(int status)
{
    return WIFEXITED(status) && WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 128 + SIGPIPE;
}

static enum dc_status read_command(const char *command, char **out, struct dc_err *err)
{
    struct line line;
    char reason[128];
    pid_t child = 0;
    int output = -1, error = start_command(command, &child, &output);
    bool good, failed;

    if (error != 0) {
        return dc_err_set(err, DC_ERR_CONFIG, "could not run the password command: %s",
                          strerror_r(error, reason, sizeof reason));
    }
    good = read_line(output, dc_clock_seconds() + COMMAND_SECONDS, &line);
    close(output);
    if (!good) {
        kill(child, SIGKILL);
    }
    failed = has_failed(wait_for(child));
    if (!good || failed || line.size == 0) {
        explicit_bzero(&line, sizeof line);
        return dc_err_set(err, DC_ERR_CONFIG,
                          "could not read the password: the password command %s",
                          failed ? "failed" : "wrote no password");
    }
    return hand_over(&line, out);
}

enum dc_status dc_secret_read(const struct dc_source *source, char **out, const char **warning,
                              struct dc_err *err)
{
    const char *value = source->secret.value, *ignored;

    if (warning == NULL) {
        warning = &ignored;
    }
    *warning = NULL;
    switch (source->secret.kind) {
    case DC_SECRET_FILE:
        return read_file(value, out, warning, err);
    case DC_SECRET_ENV:
        return read_environment(value, out, err);
    case DC_SECRET_COMMAND:
        return read_command(value, out, err);
    case DC_SECRET_STDIN:
        return read_stdin(out, err);
    case DC_SECRET_NONE:
    default:
        *out = NULL;
        return DC_OK;
    }
}

void dc_secret_wipe(char *secret)
{
    if (secret != NULL) {
        explicit_bzero(secret, strlen(secret));
        free(secret);
    }
}
