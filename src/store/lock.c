/*
 * One run at a time writes into an inventory. Beside a SQLite file an empty-but-for-a-note PATH.lock is locked with flock, which the kernel
 * gives back when the process ends, however it ends; elsewhere the DBMS does the same for its session. Readers need no lock.
 * Workers that join a run share a second lock, PATH.join: while anybody has it no other run begins, also when the process that began
 * the run is gone.
 * Either file may be removed by hand, and then made again by a second run. So two bytes of the database itself, which SQLite never locks,
 * are locked as well, by open file description: SQLite's own locks are the process's, and closing any descriptor of the
 * file would give those up, so this one stays open until the connection is closed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "store_internal.h"

/* "process 123 on host, since 2026-01-31T08:15:00Z" of whoever holds the lock, as far as it got to write it. */
static void read_holder(int file, struct dc_strbuf *out)
{
    char note[256];
    struct dc_arena *arena = dc_arena_create(1024);
    ssize_t n = pread(file, note, sizeof note, 0);

    dc_strbuf_puts(out, "another run");
    if (n > 0) {
        dc_strbuf_printf(
            out, " (%s)",
            dc_text_sanitize(arena, note,
                             strcspn(note, "\n") < (size_t)n ? strcspn(note, "\n") : (size_t)n,
                             NULL));
    }
    dc_arena_destroy(arena);
}

static void write_holder(int file)
{
    char host[256] = "", since[DC_TIME_TEXT_SIZE], note[512];
    int n;

    gethostname(host, sizeof host - 1);
    dc_time_text(-1, since);
    n = snprintf(note, sizeof note, "process %ld on %s, since %s\n", (long)getpid(), host, since);
    /* The note only helps the message; a full disk must not stop the run here. */
    if (ftruncate(file, 0) != 0 || pwrite(file, note, (size_t)n, 0) != n) {
        return;
    }
}

static enum dc_status fail_locked(struct dc_store *store, const char *holder, struct dc_err *err)
{
    dc_err_set(err, DC_ERR_LOCKED, "could not lock the inventory \"%s\": %s holds it",
               store->place.shown, holder);
    dc_err_set_hint(err, "wait until it ends, or name another file with --store");
    return DC_ERR_LOCKED;
}

static int open_beside(const char *database, const char *ending, struct dc_err *err)
{
    struct dc_strbuf path = DC_STRBUF_INIT(4096);
    char reason[128];
    int file;

    dc_strbuf_printf(&path, "%s%s", database, ending);
    file = open(dc_strbuf_text(&path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        dc_err_set(err, DC_ERR_OUTPUT, "could not lock the inventory: \"%s\": %s",
                   dc_strbuf_text(&path), strerror_r(errno, reason, sizeof reason));
    }
    dc_strbuf_done(&path);
    return file;
}

/* SQLite locks the 512 bytes from 1 GiB on. */
#define GUARD_LOCK ((off_t)0x40000000 + 4096)
#define GUARD_JOIN (GUARD_LOCK + 1)

/* Locks a byte of the database as `type` (F_WRLCK, F_RDLCK), or unlocks it. False when others have it. */
static bool guard(struct dc_store *store, off_t byte, short type)
{
    struct flock range = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

    if (store->place.guard_file < 0) {
        store->place.guard_file = open(store->place.path, O_RDWR | O_CLOEXEC);
    }
    /* Where the file system knows no such locks the files beside have to do. */
    return store->place.guard_file < 0 ||
           fcntl(store->place.guard_file, F_OFD_SETLK, &range) == 0 ||
           (errno != EAGAIN && errno != EACCES);
}

static enum dc_status lock_file(struct dc_store *store, const char *database, struct dc_err *err)
{
    struct dc_strbuf holder = DC_STRBUF_INIT(512);
    enum dc_status status = DC_OK;
    int file = open_beside(database, ".lock", err);

    if (file < 0) {
        return DC_ERR_OUTPUT;
    }
    if (flock(file, LOCK_EX | LOCK_NB) == 0 && guard(store, GUARD_LOCK, F_WRLCK)) {
        write_holder(file);
        store->place.lock_file = file;
    } else {
        read_holder(file, &holder);
        status = fail_locked(store, dc_strbuf_text(&holder), err);
        close(file);
    }
    dc_strbuf_done(&holder);
    return status;
}

/* SQLite behind a DSN: the file is asked for. A store in memory has none, and nobody else has it. */
static enum dc_status find_path(struct dc_store *store, struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    const char *named;
    enum dc_status status;

    if (store->place.path != NULL || store->dialect->file == NULL) {
        return DC_OK;
    }
    status = dc_odbc_query(store->connection, store->dialect->file, 0, &statement, err);
    if (status != DC_OK) {
        return store_fail_write(store, status, err);
    }
    if (dc_odbc_row(statement, err) == DC_FETCH_ROWS) {
        named = dc_odbc_text(statement, 0);
        store->place.path = named != NULL && named[0] != '\0' ? realpath(named, NULL) : NULL;
    }
    dc_odbc_statement_destroy(statement);
    return DC_OK;
}

static enum dc_status ask_lock(struct dc_store *store, const char *sql, const char *holder,
                               struct dc_err *err)
{
    int64_t taken = 0;
    enum dc_status status = store_ask_once(store, sql, &taken, err);

    if (status != DC_OK) {
        return store_fail_write(store, status, err);
    }
    return taken == 1 ? DC_OK : fail_locked(store, holder, err);
}

static const char joined[] = "a worker that joined a run";

/* Nobody may be at work who joined. Who is about to join waits this moment out. */
static enum dc_status probe(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status = DC_OK;
    int64_t ignored;
    int file;

    if (store->dialect->probe != NULL) {
        status = ask_lock(store, store->dialect->probe, joined, err);
        if (status == DC_OK) {
            store_ask_once(store, store->dialect->unprobe, &ignored, NULL);
        }
    } else if (store->place.path != NULL) {
        file = open_beside(store->place.path, ".join", err);
        if (file < 0) {
            return DC_ERR_OUTPUT;
        }
        if (flock(file, LOCK_EX | LOCK_NB) != 0 || !guard(store, GUARD_JOIN, F_WRLCK)) {
            status = fail_locked(store, joined, err);
        }
        guard(store, GUARD_JOIN, F_UNLCK);
        close(file);
    }
    return status;
}

/* A SQLite store in memory is nobody else's. */
static enum dc_status take_lock(struct dc_store *store, struct dc_err *err)
{
    if (store->dialect->lock != NULL) {
        return ask_lock(store, store->dialect->lock, "another run", err);
    }
    return store->place.path != NULL ? lock_file(store, store->place.path, err) : DC_OK;
}

enum dc_status store_lock(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status;

    if (store->place.locked) {
        return DC_OK;
    }
    status = find_path(store, err);
    if (status == DC_OK) {
        status = take_lock(store, err);
    }
    if (status != DC_OK) {
        return status;
    }
    store->place.locked = true;
    status = store->place.shared ? DC_OK : probe(store, err);
    if (status != DC_OK) {
        store_unlock(store);
    }
    return status;
}

/* Whoever probes holds it for a moment. */
#define SHARE_ATTEMPTS 20
#define SHARE_PAUSE    (50 * 1000 * 1000) /* nanoseconds */

static enum dc_status take_share(struct dc_store *store, struct dc_err *err)
{
    int file;

    if (store->dialect->share != NULL) {
        return ask_lock(store, store->dialect->share, "a run that begins", err);
    }
    if (store->place.path == NULL) {
        return DC_OK;
    }
    file = open_beside(store->place.path, ".join", err);
    if (file < 0) {
        return DC_ERR_OUTPUT;
    }
    if (flock(file, LOCK_SH | LOCK_NB) != 0 || !guard(store, GUARD_JOIN, F_RDLCK)) {
        close(file);
        return fail_locked(store, "a run that begins", err);
    }
    store->place.share_file = file;
    return DC_OK;
}

enum dc_status store_share(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status = find_path(store, err);

    if (status == DC_OK && !store->place.shared) {
        status = take_share(store, err);
    }
    for (int i = 0; i < SHARE_ATTEMPTS && status == DC_ERR_LOCKED; i++) {
        nanosleep(&(struct timespec){.tv_nsec = SHARE_PAUSE}, NULL);
        status = take_share(store, err);
    }
    store->place.shared |= status == DC_OK;
    return status;
}

enum dc_status store_relock(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    if (store->place.locked && store->dialect->lock != NULL) {
        status = take_lock(store, err);
    }
    if (status == DC_OK && store->place.shared && store->dialect->share != NULL) {
        status = take_share(store, err);
    }
    return status;
}

static void release(struct dc_store *store, int *file, off_t byte, const char *sql)
{
    int64_t released;

    if (*file >= 0) {
        guard(store, byte, F_UNLCK);
        /* The file stays: removing it would let two runs lock two files of the same name. */
        close(*file);
        *file = -1;
    } else if (sql != NULL && store->connection != NULL) {
        store_ask_once(store, sql, &released, NULL);
    }
}

void store_unlock(struct dc_store *store)
{
    if (store->place.locked) {
        store->place.locked = false;
        release(store, &store->place.lock_file, GUARD_LOCK, store->dialect->unlock);
    }
    if (store->place.shared) {
        store->place.shared = false;
        release(store, &store->place.share_file, GUARD_JOIN, store->dialect->unshare);
    }
}
