/* Where the inventory is kept. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dcscan/strbuf.h"
#include "store_internal.h"

/* Timeout is how long SQLite waits for a lock, in milliseconds. NORMAL: a power cut may lose the last tables, never the file. */
#define SQLITE_OPTIONS "JournalMode=WAL;Timeout=10000;SyncPragma=NORMAL"

char *dc_store_default_path(void)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    struct dc_strbuf path = DC_STRBUF_INIT(PATH_MAX);

    /* The XDG rules ask to ignore a path that is not absolute. */
    if (state != NULL && state[0] == '/') {
        dc_strbuf_puts(&path, state);
    } else {
        dc_strbuf_printf(&path, "%s/.local/state", home == NULL ? "" : home);
    }
    dc_strbuf_puts(&path, "/dcscan/inventory.db");
    return dc_strbuf_take(&path);
}

static enum dc_status fail(const char *path, const char *reason, struct dc_err *err)
{
    dc_err_set(err, DC_ERR_CONNECT, "could not open the inventory \"%s\": %s", path, reason);
    dc_err_set_hint(err, "--store names another file for the inventory");
    return DC_ERR_CONNECT;
}

static enum dc_status fail_errno(const char *path, int error, struct dc_err *err)
{
    char reason[128];

    return fail(path, strerror_r(error, reason, sizeof reason), err);
}

/* Makes the folders above a file that are missing, for their owner alone. */
static enum dc_status make_folders(const char *path, struct dc_err *err)
{
    char *folder = dc_strdup(path);
    enum dc_status status = DC_OK;

    for (char *slash = strchr(folder + 1, '/'); slash != NULL && status == DC_OK;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0700) != 0 && errno != EEXIST && access(folder, X_OK) != 0) {
            status = fail_errno(path, errno, err);
        }
        *slash = '/';
    }
    free(folder);
    return status;
}

/* The file is made here and not by SQLite, which would let the umask decide who may read it. */
static enum dc_status make_file(const char *path, struct dc_err *err)
{
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (file < 0) {
        return fail_errno(path, errno, err);
    }
    close(file);
    return DC_OK;
}

static enum dc_status init_path(struct store_place *place, const char *where, struct dc_err *err)
{
    struct dc_strbuf connection = DC_STRBUF_INIT(PATH_MAX + 256);
    enum dc_status status;

    /* The SQLite driver has no way to quote it in a connection string. */
    if (strchr(where, ';') != NULL) {
        return fail(where, "the path must not contain \";\"", err);
    }
    status = make_folders(where, err);
    if (status == DC_OK) {
        status = make_file(where, err);
    }
    if (status == DC_OK) {
        place->path = realpath(where, NULL);
        if (place->path == NULL) {
            status = fail_errno(where, errno, err);
        }
    }
    if (status == DC_OK) {
        dc_strbuf_printf(&connection, "Driver=SQLite3;Database=%s;" SQLITE_OPTIONS, place->path);
        place->connection = dc_strbuf_take(&connection);
        place->shown = dc_strdup(where);
    }
    return status;
}

enum dc_status store_place_init(struct store_place *place, const char *where, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    *place = (struct store_place){.lock_file = -1, .share_file = -1, .guard_file = -1};
    if (strncmp(where, STORE_ODBC_PREFIX, strlen(STORE_ODBC_PREFIX)) != 0) {
        status = init_path(place, where, err);
    } else if (strchr(where, '=') != NULL) {
        place->connection = dc_strdup(where + strlen(STORE_ODBC_PREFIX));
        place->shown = dc_strdup("odbc:…");
    } else {
        place->dsn = dc_strdup(where + strlen(STORE_ODBC_PREFIX));
        place->shown = dc_strdup(where);
    }
    if (status != DC_OK) {
        store_place_done(place);
    }
    return status;
}

void store_place_done(struct store_place *place)
{
    if (place->guard_file >= 0) {
        close(place->guard_file); /* after the connection: see lock.c */
    }
    free(place->path);
    free(place->dsn);
    free(place->shown);
    if (place->connection != NULL) {
        explicit_bzero(place->connection, strlen(place->connection)); /* may hold a password */
        free(place->connection);
    }
    *place = (struct store_place){.lock_file = -1, .share_file = -1, .guard_file = -1};
}
