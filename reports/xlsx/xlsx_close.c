/*
 * The end of a workbook. libxlsxwriter prints failures to standard error, and does not look whether its temporary files took all that was
 * written to them: on a full disk it would hand back a workbook whose sheets break off. So every sheet's part is measured before and after.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "xlsx_internal.h"

int xlsx_silence_begin(void)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);

    if (nowhere >= 0 && kept >= 0) {
        (void)dup2(nowhere, STDERR_FILENO);
    }
    if (nowhere >= 0) {
        close(nowhere);
    }
    return kept;
}

void xlsx_silence_end(int kept)
{
    if (kept >= 0) {
        (void)dup2(kept, STDERR_FILENO);
        close(kept);
    }
}

/* ---- what the sheets hold ---- */

static enum dc_status short_write(struct xlsx_writer *xlsx, struct dc_err *err)
{
    return dc_err_set(err, DC_ERR_OUTPUT,
                      "could not write \"%s\": a temporary file in \"%s\" did not take all data",
                      xlsx->file.path, xlsx->file.folder);
}

/* Bytes of rows per sheet, all on their way to the disk without an error. */
static enum dc_status measure_sheets(struct xlsx_writer *xlsx, off_t *sizes, struct dc_err *err)
{
    for (size_t i = 0; i < xlsx->n_sheets; i++) {
        FILE *rows = xlsx->sheets[i]->optimize_tmpfile;

        if (fflush(rows) != 0) {
            return output_file_fail(&xlsx->file, errno, err);
        }
        sizes[i] = ferror(rows) ? -1 : ftello(rows);
        if (sizes[i] < 0) {
            return short_write(xlsx, err);
        }
    }
    return DC_OK;
}

/* ---- the finished zip: its directory of parts (APPNOTE.TXT 4.3.12 and 4.3.16) ---- */

#define END_SIZE        22u
#define END_SIGNATURE   0x06054B50u
#define ENTRY_SIZE      46u
#define ENTRY_SIGNATURE 0x02014B50u
#define SHEET_PREFIX    "xl/worksheets/sheet"

static uint32_t little16(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

static uint32_t little32(const unsigned char *bytes)
{
    return little16(bytes) | little16(bytes + 2) << 16;
}

static bool read_at(int fd, unsigned char *bytes, size_t size, off_t offset)
{
    while (size > 0) {
        ssize_t n = pread(fd, bytes, size, offset);

        if (n <= 0 && !(n < 0 && errno == EINTR)) {
            return false;
        }
        if (n > 0) {
            bytes += n;
            size -= (size_t)n;
            offset += n;
        }
    }
    return true;
}

/* The directory (release with free()), or NULL when the file is no complete zip. */
static unsigned char *read_directory(int fd, size_t *size)
{
    unsigned char end[END_SIZE];
    struct stat found;
    unsigned char *directory;

    if (fstat(fd, &found) != 0 || found.st_size < (off_t)END_SIZE ||
        !read_at(fd, end, END_SIZE, found.st_size - (off_t)END_SIZE) ||
        little32(end) != END_SIGNATURE) {
        return NULL;
    }
    *size = little32(end + 12);
    directory = dc_alloc(*size + 1, 1);
    if (!read_at(fd, directory, *size, (off_t)little32(end + 16))) {
        free(directory);
        return NULL;
    }
    return directory;
}

/* Index of the sheet whose part has this name, or n_sheets. */
static size_t sheet_of_part(const char *name, size_t size, size_t n_sheets)
{
    size_t prefix = strlen(SHEET_PREFIX), number = 0;

    if (size <= prefix || memcmp(name, SHEET_PREFIX, prefix) != 0) {
        return n_sheets;
    }
    for (size_t i = prefix; i < size && name[i] >= '0' && name[i] <= '9'; i++) {
        number = number * 10 + (size_t)(name[i] - '0');
    }
    return number >= 1 && number <= n_sheets ? number - 1 : n_sheets;
}

/* Counts the sheets that are in the zip with at least the bytes their rows have. */
static size_t count_whole(const unsigned char *directory, size_t size, const off_t *sizes,
                          size_t n_sheets)
{
    size_t whole = 0;

    for (size_t at = 0; at + ENTRY_SIZE <= size;) {
        const unsigned char *entry = directory + at;
        size_t name_size = little16(entry + 28), sheet;

        if (little32(entry) != ENTRY_SIGNATURE || at + ENTRY_SIZE + name_size > size) {
            break;
        }
        sheet = sheet_of_part((const char *)entry + ENTRY_SIZE, name_size, n_sheets);
        whole += sheet < n_sheets && (off_t)little32(entry + 24) >= sizes[sheet];
        at += ENTRY_SIZE + name_size + little16(entry + 30) + little16(entry + 32);
    }
    return whole;
}

static enum dc_status check_zip(struct xlsx_writer *xlsx, const off_t *sizes, struct dc_err *err)
{
    size_t size = 0, whole = 0;
    unsigned char *directory = read_directory(xlsx->file.fd, &size);

    if (directory != NULL) {
        whole = count_whole(directory, size, sizes, xlsx->n_sheets);
    }
    free(directory);
    return whole == xlsx->n_sheets ? DC_OK : short_write(xlsx, err);
}

static enum dc_status close_workbook(struct xlsx_writer *xlsx, struct dc_err *err)
{
    int kept = xlsx_silence_begin();
    lxw_error error;
    int system_error;

    errno = 0;
    error = workbook_close(xlsx->workbook);
    system_error = errno;
    xlsx->workbook = NULL;
    xlsx_silence_end(kept);
    if (error != LXW_NO_ERROR && system_error != 0) {
        return output_file_fail(&xlsx->file, system_error, err);
    }
    return xlsx_check(xlsx, error, err);
}

enum dc_status xlsx_close(struct xlsx_writer *xlsx, struct dc_err *err)
{
    off_t *sizes = dc_alloc(xlsx->n_sheets + 1, sizeof *sizes);
    enum dc_status status = measure_sheets(xlsx, sizes, err);

    if (status == DC_OK) {
        status = close_workbook(xlsx, err);
    }
    if (status == DC_OK) {
        status = check_zip(xlsx, sizes, err);
    }
    free(sizes);
    return status;
}
