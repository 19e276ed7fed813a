/* --on-finish */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/text.h"
#include "run_end.h"

#define HOOK_SECONDS     300
#define POLL_NANOSECONDS 20000000

/* Our variables in front of those we have ourselves; of two of a name the first counts, so ours are left out of the rest. */
static char **environment(struct dc_arena *arena, const struct run_end *end,
                          const struct dc_changes *changes, const char *summary_path)
{
    char started[DC_TIME_TEXT_SIZE], finished[DC_TIME_TEXT_SIZE];
    size_t n = 0, n_inherited = 0;
    char **all;

    while (environ[n_inherited] != NULL) {
        n_inherited++;
    }
    all = dc_arena_alloc(arena, (n_inherited + 16) * sizeof *all);
    dc_time_text(end->started_at, started);
    dc_time_text(end->finished_at, finished);
    all[n++] = dc_arena_printf(arena, "DCSCAN_RUN=%" PRId64, end->run_id);
    all[n++] = dc_arena_printf(arena, "DCSCAN_EXIT_CODE=%d", end->code);
    all[n++] = dc_arena_printf(arena, "DCSCAN_OUTCOME=%s", run_end_outcome(end->code));
    all[n++] = dc_arena_printf(arena, "DCSCAN_STARTED_AT=%s", started);
    all[n++] = dc_arena_printf(arena, "DCSCAN_FINISHED_AT=%s", finished);
    all[n++] = dc_arena_printf(arena, "DCSCAN_SECONDS=%.3f", end->seconds);
    all[n++] = dc_arena_printf(arena, "DCSCAN_CHANGES=%zu", changes->n_items);
    all[n++] = dc_arena_printf(arena, "DCSCAN_REGRADE=%zu", dc_changes_triggers(changes));
    all[n++] = dc_arena_printf(arena, "DCSCAN_NEW_IMPORTANT=%zu",
                               changes->counts[DC_CHANGE_IMPORTANT_NEW]);
    all[n++] = dc_arena_printf(arena, "DCSCAN_SUMMARY=%s",
                               summary_path != NULL ? summary_path : "");
    for (size_t i = 0, n_ours = n; i < n_inherited; i++) {
        bool ours = false;

        for (size_t j = 0; j < n_ours && !ours; j++) {
            ours = strncmp(environ[i], all[j], strcspn(all[j], "=") + 1) == 0;
        }
        if (!ours) {
            all[n++] = environ[i];
        }
    }
    all[n] = NULL;
    return all;
}

static int start(const char *command, char **variables, pid_t *child)
{
    char shell[] = "sh", flag[] = "-c";
    char *const arguments[] = {shell, flag, (char *)command, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_init(&attributes);
    /* A group of its own, so that all that it started ends with it. */
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    error = posix_spawn(child, "/bin/sh", &actions, &attributes, arguments, variables);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* False when it had to be ended. */
static bool wait_for(pid_t child, int *status)
{
    double until = dc_clock_seconds() + HOOK_SECONDS;
    const struct timespec pause = {0, POLL_NANOSECONDS};
    pid_t ended;

    while ((ended = waitpid(child, status, WNOHANG)) == 0 || (ended < 0 && errno == EINTR)) {
        if (dc_clock_seconds() > until) {
            kill(-child, SIGKILL);
            waitpid(child, status, 0);
            return false;
        }
        nanosleep(&pause, NULL);
    }
    return true;
}

bool run_hook(struct console *console, const char *command, const struct run_end *end,
              const struct dc_changes *changes, const char *summary_path)
{
    struct dc_arena *arena = dc_arena_create(0);
    char reason[128];
    pid_t child = 0;
    int status = 0, error = start(command, environment(arena, end, changes, summary_path), &child);
    bool good = false;

    dc_arena_destroy(arena);
    if (error != 0) {
        dc_log_write(console->log, DC_LOG_WARNING, "could not run the command of --on-finish: %s",
                     strerror_r(error, reason, sizeof reason));
    } else if (!wait_for(child, &status)) {
        dc_log_write(console->log, DC_LOG_WARNING,
                     "the command of --on-finish was ended after %d seconds", HOOK_SECONDS);
    } else if (WIFSIGNALED(status)) {
        dc_log_write(console->log, DC_LOG_WARNING,
                     "the command of --on-finish was ended by signal %d", WTERMSIG(status));
    } else if (WEXITSTATUS(status) != 0) {
        dc_log_write(console->log, DC_LOG_WARNING, "the command of --on-finish ended with %d",
                     WEXITSTATUS(status));
    } else {
        good = true;
    }
    return good;
}
