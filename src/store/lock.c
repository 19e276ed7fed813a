/*
 * One run at a time writes into an inventory. Beside a SQLite file an empty-but-for-a-note PATH.lock is locked with flock, which the kernel
 * gives back when the process ends, however it ends; elsewhere the DBMS does the same for its session. Readers need no lock.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
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

static enum dc_status lock_file(struct dc_store *store, const char *database, struct dc_err *err)
{
    struct dc_strbuf path = DC_STRBUF_INIT(4096), holder = DC_STRBUF_INIT(512);
    enum dc_status status = DC_OK;
    char reason[128];
    int file;

    dc_strbuf_printf(&path, "%s.lock", database);
    file = open(dc_strbuf_text(&path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        status = dc_err_set(err, DC_ERR_OUTPUT, "could not lock the inventory: \"%s\": %s",
                            dc_strbuf_text(&path), strerror_r(errno, reason, sizeof reason));
    } else if (flock(file, LOCK_EX | LOCK_NB) == 0) {
        write_holder(file);
        store->place.lock_file = file;
    } else {
        read_holder(file, &holder);
        status = fail_locked(store, dc_strbuf_text(&holder), err);
        close(file);
    }
    dc_strbuf_done(&path);
    dc_strbuf_done(&holder);
    return status;
}

/* SQLite behind a DSN: the file is asked for. A store in memory has none, and nobody else has it. */
static enum dc_status lock_named_file(struct dc_store *store, struct dc_err *err)
{
    struct dc_odbc_statement *statement = NULL;
    const char *named;
    char *path = NULL;
    enum dc_status status = dc_odbc_query(store->connection, store->dialect->file, 0, &statement,
                                          err);

    if (status != DC_OK) {
        return store_fail_write(store, status, err);
    }
    if (dc_odbc_row(statement, err) == DC_FETCH_ROWS) {
        named = dc_odbc_text(statement, 0);
        path = named != NULL && named[0] != '\0' ? realpath(named, NULL) : NULL;
    }
    dc_odbc_statement_destroy(statement);
    status = path != NULL ? lock_file(store, path, err) : DC_OK;
    free(path);
    return status;
}

static enum dc_status lock_session(struct dc_store *store, struct dc_err *err)
{
    int64_t taken = 0;
    enum dc_status status = store_ask_once(store, store->dialect->lock, &taken, err);

    if (status != DC_OK) {
        return store_fail_write(store, status, err);
    }
    return taken == 1 ? DC_OK : fail_locked(store, "another run", err);
}

enum dc_status store_lock(struct dc_store *store, struct dc_err *err)
{
    enum dc_status status;

    if (store->place.locked) {
        return DC_OK;
    }
    if (store->dialect->lock != NULL) {
        status = lock_session(store, err);
    } else if (store->place.path != NULL) {
        status = lock_file(store, store->place.path, err);
    } else if (store->dialect->file != NULL) {
        status = lock_named_file(store, err);
    } else {
        status = DC_OK;
    }
    store->place.locked = status == DC_OK;
    return status;
}

void store_unlock(struct dc_store *store)
{
    int64_t released;

    if (!store->place.locked) {
        return;
    }
    store->place.locked = false;
    if (store->place.lock_file >= 0) {
        /* The file stays: removing it would let two runs lock two files of the same name. */
        close(store->place.lock_file);
        store->place.lock_file = -1;
    } else if (store->dialect->unlock != NULL) {
        store_ask_once(store, store->dialect->unlock, &released, NULL);
    }
}
