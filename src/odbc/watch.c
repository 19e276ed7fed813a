#include <errno.h>
#include <math.h>
#include <signal.h>
#include <time.h>

#include "dcscan/text.h"
#include "internal.h"

#define FIRST_GAP 0.05
#define LAST_GAP  2.0

void dc_odbc_watch_init(struct dc_odbc_watch *watch)
{
    pthread_condattr_t attributes;

    *watch = (struct dc_odbc_watch){0};
    pthread_mutex_init(&watch->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&watch->wake, &attributes);
    pthread_condattr_destroy(&attributes);
}

void dc_odbc_watch_done(struct dc_odbc_watch *watch)
{
    pthread_mutex_lock(&watch->lock);
    watch->stopping = true;
    pthread_cond_signal(&watch->wake);
    pthread_mutex_unlock(&watch->lock);
    if (watch->started) {
        pthread_join(watch->thread, NULL);
    }
    pthread_cond_destroy(&watch->wake);
    pthread_mutex_destroy(&watch->lock);
}

/* One call of SQLCancel; the next comes later each time, since with some drivers each one is a new connection to the server. */
static void shoot(struct dc_odbc_watch *watch, double now)
{
    SQLCancel(watch->running);
    watch->shot_gap = fmin(watch->shot_gap > 0 ? 2 * watch->shot_gap : FIRST_GAP, LAST_GAP);
    watch->next_shot = now + watch->shot_gap;
}

/* When something is to be done next; 0: nothing in sight. Does what is due. */
static double look(struct dc_odbc_watch *watch, double now)
{
    if (watch->running == SQL_NULL_HSTMT) {
        return 0;
    }
    if (watch->deadline > 0 && now >= watch->deadline) {
        watch->expired = true;
    }
    if (!watch->cancelled && !watch->expired) {
        return watch->deadline;
    }
    if (now >= watch->next_shot) {
        shoot(watch, now);
    }
    return watch->next_shot;
}

static void sleep_until(struct dc_odbc_watch *watch, double at)
{
    struct timespec when;

    watch->asleep_until = at;
    if (at <= 0) {
        pthread_cond_wait(&watch->wake, &watch->lock);
        return;
    }
    when.tv_sec = (time_t)at;
    when.tv_nsec = (long)((at - floor(at)) * 1e9);
    pthread_cond_timedwait(&watch->wake, &watch->lock, &when);
}

static void *watch_main(void *argument)
{
    struct dc_odbc_watch *watch = argument;

    pthread_mutex_lock(&watch->lock);
    while (!watch->stopping) {
        sleep_until(watch, look(watch, dc_clock_seconds()));
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

/* Under the lock. Without a thread (none to be had) statements run unwatched, as they would without this file. */
static void start_or_wake(struct dc_odbc_watch *watch)
{
    sigset_t all, before;

    if (watch->started) {
        pthread_cond_signal(&watch->wake);
        return;
    }
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    watch->started = pthread_create(&watch->thread, NULL, watch_main, watch) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* What SQLCancel may be called with meanwhile. */
static SQLHSTMT target(const struct dc_odbc_statement *statement, bool fetching)
{
    const struct dc_odbc_connection *connection = statement->connection;

    if (fetching && connection->quirks.fetch_sealed) {
        return SQL_NULL_HSTMT;
    }
    return connection->quirks.cancel_beside ? connection->spare : statement->handle;
}

/* When the call that begins now must be over; 0: never. */
static double deadline_of(struct dc_odbc_statement *statement)
{
    double deadline = dc_clock_seconds() + statement->seconds + statement->grace;

    if (statement->seconds <= 0) {
        return 0;
    }
    if (statement->at_once && statement->until <= 0) {
        statement->until = deadline;
    }
    return statement->at_once ? statement->until : deadline;
}

bool dc_odbc_watch_enter(struct dc_odbc_statement *statement, bool fetching)
{
    struct dc_odbc_watch *watch = &statement->connection->watch;
    double deadline = deadline_of(statement);
    bool go;

    pthread_mutex_lock(&watch->lock);
    go = !watch->cancelled;
    if (go) {
        watch->expired = false;
        watch->next_shot = watch->shot_gap = 0;
        watch->running = target(statement, fetching);
        watch->deadline = deadline;
        /* A thread that looks again before the deadline need not be woken: so most statements cost no system call here. */
        if (watch->deadline > 0 &&
            (watch->asleep_until <= 0 || watch->asleep_until > watch->deadline)) {
            start_or_wake(watch);
        }
    }
    pthread_mutex_unlock(&watch->lock);
    return go;
}

void dc_odbc_watch_leave(struct dc_odbc_statement *statement)
{
    struct dc_odbc_watch *watch = &statement->connection->watch;

    pthread_mutex_lock(&watch->lock);
    watch->running = SQL_NULL_HSTMT;
    watch->deadline = 0;
    pthread_mutex_unlock(&watch->lock);
}

enum dc_status dc_odbc_watch_verdict(struct dc_odbc_connection *connection)
{
    struct dc_odbc_watch *watch = &connection->watch;
    enum dc_status status = DC_OK;

    pthread_mutex_lock(&watch->lock);
    if (watch->cancelled) {
        status = DC_ERR_CANCELLED;
    } else if (watch->expired) {
        status = DC_ERR_TIMEOUT;
    }
    watch->cancelled = watch->expired = false;
    pthread_mutex_unlock(&watch->lock);
    return status;
}

void dc_odbc_cancel(struct dc_odbc_connection *connection)
{
    struct dc_odbc_watch *watch = &connection->watch;

    pthread_mutex_lock(&watch->lock);
    watch->cancelled = true;
    if (watch->running != SQL_NULL_HSTMT) {
        start_or_wake(watch);
    }
    pthread_mutex_unlock(&watch->lock);
}
