/*
 * The end of a workbook. libxlsxwriter prints failures to standard error, and does not look whether its temporary files took all that was
 * written to them: on a full disk it hands back a workbook whose sheets break off, and says that all is well. So the finished file is read
 * once more before it takes the place of another.
 */
#include <errno.h>
#include <fcntl.h>
#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>
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

/* ---- the finished file, part by part ---- */

#define SHEET_PREFIX "xl/worksheets/sheet"
#define HEAD_SIZE    512
#define TAIL_SIZE    64
#define READ_SIZE    65536

/* Both ends of a part. */
struct part {
    char name[128];
    char head[HEAD_SIZE], tail[TAIL_SIZE + 1];
    size_t head_size, tail_size;
    off_t size;
};

static void add_bytes(struct part *part, const char *bytes, size_t size)
{
    size_t head = HEAD_SIZE - 1 - part->head_size;
    size_t kept = size >= TAIL_SIZE                    ? 0
                  : part->tail_size + size > TAIL_SIZE ? TAIL_SIZE - size
                                                       : part->tail_size;
    size_t added = size >= TAIL_SIZE ? TAIL_SIZE : size;

    head = head < size ? head : size;
    memcpy(part->head + part->head_size, bytes, head);
    part->head_size += head;
    memmove(part->tail, part->tail + part->tail_size - kept, kept);
    memcpy(part->tail + kept, bytes + size - added, added);
    part->tail_size = kept + added;
    part->tail[part->tail_size] = '\0';
    part->size += (off_t)size;
}

/* Reads the current part of the zip to its end; its check sum is compared when it is closed. */
static bool read_part(unzFile zip, struct part *part, char *buffer)
{
    int n = 0;

    *part = (struct part){.size = 0};
    if (unzGetCurrentFileInfo64(zip, NULL, part->name, sizeof part->name, NULL, 0, NULL, 0) !=
            UNZ_OK ||
        unzOpenCurrentFile(zip) != UNZ_OK) {
        return false;
    }
    while ((n = unzReadCurrentFile(zip, buffer, READ_SIZE)) > 0) {
        add_bytes(part, buffer, (size_t)n);
    }
    return unzCloseCurrentFile(zip) == UNZ_OK && n == 0;
}

/* Whether the element that an XML part begins with is closed at its end. */
static bool is_closed(const struct part *part)
{
    const char *root = part->head;
    char closing[TAIL_SIZE];
    size_t size = part->tail_size;

    while ((root = strchr(root, '<')) != NULL && (root[1] == '?' || root[1] == '!')) {
        root++;
    }
    if (root == NULL) {
        return false;
    }
    snprintf(closing, sizeof closing, "</%.*s>", (int)strcspn(root + 1, " />\t\r\n"), root + 1);
    while (size > 0 && strchr(" \t\r\n", part->tail[size - 1]) != NULL) {
        size--;
    }
    return size >= strlen(closing) &&
           memcmp(part->tail + size - strlen(closing), closing, strlen(closing)) == 0;
}

/* Index of the sheet that is in a part, or n_sheets. */
static size_t sheet_of(const struct part *part, size_t n_sheets)
{
    size_t number;

    if (strncmp(part->name, SHEET_PREFIX, strlen(SHEET_PREFIX)) != 0) {
        return n_sheets;
    }
    number = strtoul(part->name + strlen(SHEET_PREFIX), NULL, 10);
    return number >= 1 && number <= n_sheets ? number - 1 : n_sheets;
}

/* Whether all parts are whole and every sheet is among them with at least the bytes of its rows. */
static bool is_whole(unzFile zip, const off_t *sizes, size_t n_sheets)
{
    char *buffer = dc_alloc(READ_SIZE, 1);
    size_t n_found = 0;
    bool whole = true;
    int step = unzGoToFirstFile(zip);

    while (whole && step == UNZ_OK) {
        struct part part;
        size_t sheet;

        whole = read_part(zip, &part, buffer) && is_closed(&part);
        sheet = sheet_of(&part, n_sheets);
        n_found += sheet < n_sheets;
        whole = whole && (sheet == n_sheets || part.size >= sizes[sheet]);
        step = unzGoToNextFile(zip);
    }
    free(buffer);
    return whole && step == UNZ_END_OF_LIST_OF_FILE && n_found == n_sheets;
}

static enum dc_status check_zip(struct xlsx_writer *xlsx, const off_t *sizes, struct dc_err *err)
{
    unzFile zip = unzOpen64(xlsx->file.temporary);
    bool whole = zip != NULL && is_whole(zip, sizes, xlsx->n_sheets);

    if (zip != NULL) {
        unzClose(zip);
    }
    return whole ? DC_OK : short_write(xlsx, err);
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
