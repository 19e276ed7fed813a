/* Files and paths. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dcscan/text.h"

#include "file.h"

enum dc_status dc_file_error(struct dc_err *err, const char *path, int error)
{
    char reason[128];

    return dc_err_set(err, DC_ERR_CONFIG, "could not read \"%s\": %s", path,
                      strerror_r(error, reason, sizeof reason));
}

/* Reads to the end or to one byte more than `maximum`. Returns 0 or an errno; *content is owned by the caller either way. */
static int read_all(int file, size_t maximum, char **content, size_t *size)
{
    size_t capacity = 0;
    ssize_t n = 1;

    *content = NULL;
    *size = 0;
    while (n != 0 && *size <= maximum) {
        if (*size + 1 >= capacity) { /* files under /proc and pipes don't tell their size */
            capacity = capacity == 0 ? 8192 : capacity * 2;
            *content = realloc(*content, capacity);
            if (*content == NULL) {
                abort();
            }
        }
        n = read(file, *content + *size, capacity - *size - 1);
        if (n < 0 && errno != EINTR) {
            return errno;
        }
        *size += n > 0 ? (size_t)n : 0;
    }
    (*content)[*size] = '\0';
    return 0;
}

enum dc_status dc_file_read(const char *path, size_t maximum, char **content, size_t *size,
                            struct dc_err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    char *text = NULL;
    size_t n = 0;
    int error;

    if (file < 0) {
        return dc_file_error(err, path, errno);
    }
    error = read_all(file, maximum, &text, &n);
    close(file);
    if (error == 0 && n <= maximum) {
        *content = text;
        *size = n;
        return DC_OK;
    }
    free(text);
    if (error != 0) {
        return dc_file_error(err, path, error);
    }
    return dc_err_set(err, DC_ERR_CONFIG, "could not read \"%s\": it is larger than %zu bytes",
                      path, maximum);
}

char *dc_path_beside(struct dc_arena *arena, const char *base_file, const char *path)
{
    const char *slash = base_file == NULL ? NULL : strrchr(base_file, '/');

    if (path[0] == '/' || slash == NULL) {
        return dc_arena_strdup(arena, path);
    }
    return dc_arena_printf(arena, "%.*s%s", (int)(slash - base_file + 1), base_file, path);
}
