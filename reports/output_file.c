/* A temporary file beside the path, renamed when it is complete. */
#include "output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dcscan/alloc.h"
#include "dcscan/strbuf.h"

#define MAX_PATH_SIZE 8192
#define TRIES         16
#define FD_FOLDER     "/proc/self/fd/"

static const char *shown_path(const struct output_file *file)
{
    return file->path == NULL ? "-" : file->path;
}

enum dc_status output_file_fail(const struct output_file *file, int error, struct dc_err *err)
{
    char reason[128];

    return dc_err_set(err, DC_ERR_OUTPUT, "could not write \"%s\": %s", shown_path(file),
                      strerror_r(error, reason, sizeof reason));
}

/* Renaming would replace a link or a device by a file: links are followed, everything else that is no file is refused. */
static enum dc_status check_target(struct output_file *file, mode_t *mode, struct dc_err *err)
{
    struct stat found;
    char *target = realpath(file->path, NULL);

    if (target == NULL) {
        return errno == ENOENT ? DC_OK : output_file_fail(file, errno, err);
    }
    free(file->path);
    file->path = target;
    if (stat(target, &found) != 0) {
        return output_file_fail(file, errno, err);
    }
    if (!S_ISREG(found.st_mode)) {
        return dc_err_set(err, DC_ERR_OUTPUT, "could not write \"%s\": it is %s", file->path,
                          S_ISDIR(found.st_mode) ? "a folder" : "not a regular file");
    }
    if (access(target, W_OK) != 0) {
        return output_file_fail(file, errno, err);
    }
    *mode = found.st_mode & 0777;
    return DC_OK;
}

/* Spreadsheet programs leave a file beside the one that they have open: what is saved there later would be lost, or replace the new one. */
static enum dc_status check_open_elsewhere(const struct output_file *file, struct dc_err *err)
{
    static const char *const marks[][2] = {{".~lock.", "#"}, {"~$", ""}};
    const char *name = strrchr(file->path, '/');
    enum dc_status status = DC_OK;

    name = name == NULL ? file->path : name + 1;
    for (size_t i = 0; status == DC_OK && i < sizeof marks / sizeof marks[0]; i++) {
        struct dc_strbuf mark = DC_STRBUF_INIT(MAX_PATH_SIZE);

        dc_strbuf_printf(&mark, "%s/%s%s%s", file->folder, marks[i][0], name, marks[i][1]);
        if (access(dc_strbuf_text(&mark), F_OK) == 0) {
            status = dc_err_set(err, DC_ERR_OUTPUT,
                                "could not write \"%s\": it is open in another program",
                                file->path);
            dc_err_set_hint(err, "close it there; if nobody has it open, remove \"%s\"",
                            dc_strbuf_text(&mark));
        }
        dc_strbuf_done(&mark);
    }
    return status;
}

static char *folder_of(const char *path)
{
    char *copy = dc_strdup(path);
    char *folder = dc_strdup(dirname(copy));

    free(copy);
    return folder;
}

static char *path_of_fd(int fd)
{
    struct dc_strbuf path = DC_STRBUF_INIT(MAX_PATH_SIZE);

    dc_strbuf_printf(&path, FD_FOLDER "%d", fd);
    return dc_strbuf_take(&path);
}

/*
 * A file without a name, which vanishes with the process however that ends. Not all file systems have them, and without /proc it could
 * not be given a name later.
 */
static int create_unnamed(const char *folder, char **name)
{
    int fd = access(FD_FOLDER, X_OK) != 0 ? -1 : open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);

    if (fd >= 0) {
        *name = path_of_fd(fd);
    }
    return fd;
}

/* Opened with O_EXCL and the user's umask; mkstemp() would make every report unreadable for the group. `from`: a file without a name to give
 * it to, or -1 to create one. */
static int create_temporary(const char *folder, int from, char **name)
{
    int fd = -1;

    for (int i = 0; i < TRIES && fd < 0 && (i == 0 || errno == EEXIST); i++) {
        struct dc_strbuf path = DC_STRBUF_INIT(MAX_PATH_SIZE);
        uint64_t number = 0;

        if (getrandom(&number, sizeof number, 0) < 0) {
            return -1;
        }
        dc_strbuf_printf(&path, "%s/.dcscan-%016" PRIx64 ".tmp", folder, number);
        free(*name);
        *name = dc_strbuf_take(&path);
        if (from < 0) {
            fd = open(*name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        } else {
            char *unnamed = path_of_fd(from);

            fd = linkat(AT_FDCWD, unnamed, AT_FDCWD, *name, AT_SYMLINK_FOLLOW);
            free(unnamed);
        }
    }
    return fd;
}

enum dc_status output_file_open(struct output_file *file, const char *path, struct dc_err *err)
{
    mode_t mode = 0;
    enum dc_status status;

    *file = (struct output_file){.path = dc_strdup(path), .fd = -1};
    status = check_target(file, &mode, err);
    if (status == DC_OK) {
        file->folder = folder_of(file->path);
        status = check_open_elsewhere(file, err);
    }
    if (status == DC_OK) {
        file->fd = create_unnamed(file->folder, &file->temporary);
        file->unnamed = file->fd >= 0;
        if (!file->unnamed) {
            file->fd = create_temporary(file->folder, -1, &file->temporary);
        }
        if (file->fd < 0) {
            status = output_file_fail(file, errno, err);
            free(file->temporary); /* it was not created */
            file->temporary = NULL;
        } else if (mode != 0 && fchmod(file->fd, mode) != 0) {
            status = output_file_fail(file, errno, err);
        }
    }
    if (status != DC_OK) {
        output_file_done(file);
    }
    return status;
}

enum dc_status output_file_open_stdout(struct output_file *file, struct dc_err *err)
{
    *file = (struct output_file){.fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)};
    return file->fd < 0 ? output_file_fail(file, errno, err) : DC_OK;
}

enum dc_status output_file_stream(struct output_file *file, struct dc_err *err)
{
    int copy = fcntl(file->fd, F_DUPFD_CLOEXEC, 3);

    file->stream = copy < 0 ? NULL : fdopen(copy, "w");
    if (file->stream == NULL) {
        int error = errno;

        if (copy >= 0) {
            close(copy);
        }
        return output_file_fail(file, error, err);
    }
    return DC_OK;
}

/* The name in the folder reaches the disk with the folder; not all file systems can do it, and none loses the old file. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
}

static int close_stream(struct output_file *file)
{
    FILE *stream = file->stream;
    bool failed = ferror(stream) != 0;

    file->stream = NULL;
    errno = 0;
    if (fclose(stream) != 0 || failed) {
        return errno == 0 ? EIO : errno;
    }
    return 0;
}

static int give_name(struct output_file *file)
{
    char *name = NULL;
    int done = create_temporary(file->folder, file->fd, &name);

    if (done != 0) {
        free(name);
        return done;
    }
    free(file->temporary);
    file->temporary = name;
    file->unnamed = false;
    return 0;
}

enum dc_status output_file_commit(struct output_file *file, struct dc_err *err)
{
    int error = file->stream == NULL ? 0 : close_stream(file);

    if (error != 0) {
        return output_file_fail(file, error, err);
    }
    if (file->temporary == NULL) { /* standard output */
        return DC_OK;
    }
    if (fsync(file->fd) != 0 || (file->unnamed && give_name(file) != 0) ||
        rename(file->temporary, file->path) != 0) {
        return output_file_fail(file, errno, err);
    }
    free(file->temporary);
    file->temporary = NULL;
    sync_folder(file->folder);
    return DC_OK;
}

void output_file_done(struct output_file *file)
{
    if (file->stream != NULL) {
        (void)fclose(file->stream);
    }
    if (file->fd >= 0) {
        close(file->fd);
    }
    if (file->temporary != NULL && !file->unnamed) {
        (void)unlink(file->temporary);
    }
    free(file->temporary);
    free(file->folder);
    free(file->path);
    *file = (struct output_file){.fd = -1};
}
