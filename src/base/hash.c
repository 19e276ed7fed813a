/* Hashes: a fast one to count distinct values, a cryptographic one to name versions of files. */
#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#include "dcscan/text.h"

#include "file.h"

uint64_t dc_hash64(const void *bytes, size_t size)
{
    return XXH3_64bits(bytes, size);
}

static void digest_hex(struct sha256_ctx *context, char out[DC_SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];

    sha256_digest(context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[DC_SHA256_HEX_SIZE - 1] = '\0';
}

void dc_sha256_hex(const void *bytes, size_t size, char out[DC_SHA256_HEX_SIZE])
{
    struct sha256_ctx context;

    sha256_init(&context);
    sha256_update(&context, size, bytes);
    digest_hex(&context, out);
}

enum dc_status dc_sha256_file(const char *path, char out[DC_SHA256_HEX_SIZE], struct dc_err *err)
{
    struct sha256_ctx context;
    uint8_t chunk[16384];
    ssize_t n;
    int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0) {
        return dc_file_error(err, path, errno);
    }
    sha256_init(&context);
    while ((n = read(file, chunk, sizeof chunk)) != 0) {
        if (n > 0) {
            sha256_update(&context, (size_t)n, chunk);
        } else if (errno != EINTR) {
            int error = errno;

            close(file);
            return dc_file_error(err, path, error);
        }
    }
    close(file);
    digest_hex(&context, out);
    return DC_OK;
}
