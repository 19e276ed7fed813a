#include "signals.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "dcscan/alloc.h"

struct signal_watch {
    struct dc_scan *scan;
    sigset_t signals;
    pthread_t thread;
    bool running;
    atomic_bool ending;
};

static void *watch_signals(void *argument)
{
    struct signal_watch *watch = argument;
    int number = 0, n_seen = 0;

    while (sigwait(&watch->signals, &number) == 0) {
        if (number == SIGUSR1 && atomic_load(&watch->ending)) {
            return NULL;
        }
        if (number == SIGUSR1) {
            continue;
        }
        if (++n_seen > 1) {
            _exit(
                CLI_INTERRUPTED); /* outputs appear by rename only, so nothing half-written stays */
        }
        static const char note[] =
            "\ndcscan: interrupted: ending what runs at the sources (again: at once)\n";
        ssize_t written = write(STDERR_FILENO, note, sizeof note - 1);
        (void)written;
        dc_scan_cancel(watch->scan);
    }
    return NULL;
}

struct signal_watch *signal_watch_start(struct dc_scan *scan)
{
    struct signal_watch *watch = dc_alloc(1, sizeof *watch);

    watch->scan = scan;
    sigemptyset(&watch->signals);
    sigaddset(&watch->signals, SIGINT);
    sigaddset(&watch->signals, SIGTERM);
    sigaddset(&watch->signals, SIGHUP);
    sigaddset(&watch->signals, SIGUSR1); /* our own, to end the thread */
    pthread_sigmask(SIG_BLOCK, &watch->signals, NULL);
    watch->running = pthread_create(&watch->thread, NULL, watch_signals, watch) == 0;
    if (!watch->running) {
        pthread_sigmask(SIG_UNBLOCK, &watch->signals, NULL);
    }
    return watch;
}

void signal_watch_stop(struct signal_watch *watch)
{
    if (watch->running) {
        atomic_store(&watch->ending, true);
        pthread_kill(watch->thread, SIGUSR1);
        pthread_join(watch->thread, NULL);
        pthread_sigmask(SIG_UNBLOCK, &watch->signals, NULL);
    }
    free(watch);
}
