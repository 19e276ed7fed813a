/* The zip that a workbook is: parts are unpacked in pieces, straight into the parser. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "workbook_internal.h"

#define PIECE       65536
#define MAX_ENTRIES 20000
#define FREE_BYTES  (16LL << 20) /* of a part, before its ratio is looked at */

struct package {
    unzFile zip;
    int64_t unpacked; /* so far, of all parts */
};

/* What the first bytes tell of a file that is no zip. */
static enum dc_status refuse_start(const unsigned char *start, ssize_t size, struct dc_err *err)
{
    static const unsigned char compound[] = {0xD0, 0xCF, 0x11, 0xE0};

    if (size >= 4 && memcmp(start, compound, sizeof compound) == 0) {
        dc_err_set(err, DC_ERR_CONFIG,
                   "it is encrypted with a password, or of the old format .xls");
        dc_err_set_hint(err, "save it as .xlsx without a password");
        return DC_ERR_CONFIG;
    }
    return dc_err_set(err, DC_ERR_CONFIG, "it is no workbook (.xlsx)");
}

static enum dc_status check_file(const char *path, struct dc_err *err)
{
    unsigned char start[4] = {0};
    struct stat info;
    ssize_t size;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (file < 0) {
        return dc_err_set(err, DC_ERR_USAGE, "%s", strerror(errno));
    }
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(file);
        return dc_err_set(err, DC_ERR_USAGE, "it is no regular file");
    }
    size = read(file, start, sizeof start);
    close(file);
    if (info.st_size > DC_WORKBOOK_MAX_FILE) {
        return dc_err_set(err, DC_ERR_CONFIG, "it has more than %lld bytes",
                          (long long)DC_WORKBOOK_MAX_FILE);
    }
    if (size < 4 || memcmp(start, "PK\003\004", 4) != 0) {
        return refuse_start(start, size, err);
    }
    return DC_OK;
}

enum dc_status package_open(const char *path, struct package **out, struct dc_err *err)
{
    struct package *package;
    unz_global_info64 info;
    enum dc_status status = check_file(path, err);

    if (status != DC_OK) {
        return status;
    }
    package = dc_alloc(1, sizeof *package);
    package->zip = unzOpen64(path);
    if (package->zip == NULL || unzGetGlobalInfo64(package->zip, &info) != UNZ_OK) {
        status = dc_err_set(err, DC_ERR_CONFIG, "it is damaged: its directory cannot be read");
    } else if (info.number_entry > MAX_ENTRIES) {
        status = dc_err_set(err, DC_ERR_CONFIG, "it has more than %d parts", MAX_ENTRIES);
    }
    if (status != DC_OK) {
        package_close(package);
        return status;
    }
    *out = package;
    return DC_OK;
}

void package_close(struct package *package)
{
    if (package != NULL) {
        if (package->zip != NULL) {
            unzClose(package->zip);
        }
        free(package);
    }
}

static enum dc_status check_bounds(const struct package *package, const unz_file_info64 *info,
                                   int64_t unpacked, struct dc_err *err)
{
    if (unpacked > FREE_BYTES &&
        unpacked / DC_WORKBOOK_MAX_RATIO > (int64_t)info->compressed_size) {
        return dc_err_set(err, DC_ERR_CONFIG,
                          "it unpacks to more than %d times its size: no workbook that was written "
                          "by a spreadsheet does",
                          DC_WORKBOOK_MAX_RATIO);
    }
    if (package->unpacked > DC_WORKBOOK_MAX_BYTES) {
        return dc_err_set(err, DC_ERR_CONFIG, "it unpacks to more than %lld bytes",
                          (long long)DC_WORKBOOK_MAX_BYTES);
    }
    return DC_OK;
}

static enum dc_status feed_all(struct package *package, const unz_file_info64 *info,
                               struct xml *xml, struct dc_err *err)
{
    char *piece = dc_alloc(PIECE, 1);
    int64_t unpacked = 0;
    enum dc_status status = DC_OK;
    int n = 0;

    while (status == DC_OK && (n = unzReadCurrentFile(package->zip, piece, PIECE)) > 0) {
        unpacked += n;
        package->unpacked += n;
        status = check_bounds(package, info, unpacked, err);
        if (status == DC_OK) {
            status = xml_feed(xml, piece, (size_t)n, false);
        }
    }
    free(piece);
    if (status == DC_OK && n < 0) {
        status = dc_err_set(err, DC_ERR_CONFIG, "it is damaged: it cannot be unpacked");
    }
    return status == DC_OK ? xml_feed(xml, "", 0, true) : status;
}

static enum dc_status parse_current(struct package *package, struct xml *xml, struct dc_err *err)
{
    unz_file_info64 info;
    enum dc_status status;

    if (unzGetCurrentFileInfo64(package->zip, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK) {
        return dc_err_set(err, DC_ERR_CONFIG, "it is damaged: its directory cannot be read");
    }
    if ((info.flag & 1) != 0) {
        return dc_err_set(err, DC_ERR_CONFIG, "it is encrypted with a password");
    }
    if (unzOpenCurrentFile(package->zip) != UNZ_OK) {
        return dc_err_set(err, DC_ERR_CONFIG, "it is damaged: it cannot be unpacked");
    }
    status = feed_all(package, &info, xml, err);
    if (unzCloseCurrentFile(package->zip) == UNZ_CRCERROR && status == DC_OK) {
        status = dc_err_set(err, DC_ERR_CONFIG, "it is damaged: its check sum is wrong");
    }
    return status;
}

enum dc_status package_parse(struct package *package, const char *part,
                             const struct xml_events *events, void *user, struct xml **xml,
                             bool *found, struct dc_err *err)
{
    enum dc_status status;

    *found = unzLocateFile(package->zip, part, 2) == UNZ_OK; /* 2: names differ by more than case */
    if (!*found) {
        return DC_OK;
    }
    *xml = xml_create(events, user, err);
    status = parse_current(package, *xml, err);
    xml_destroy(*xml);
    *xml = NULL;
    if (status != DC_OK) {
        dc_err_add_object(err, "part \"%s\"", part);
    }
    return status;
}
