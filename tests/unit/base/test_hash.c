#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/text.h"

/* FIPS 180-2, appendix B, and the empty message. */
static const struct {
    const char *text, *hex;
} digests[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

Test(hash, sha256_gives_the_published_digests)
{
    for (size_t i = 0; i < sizeof digests / sizeof digests[0]; i++) {
        char hex[DC_SHA256_HEX_SIZE];

        dc_sha256_hex(digests[i].text, strlen(digests[i].text), hex);
        cr_expect_str_eq(hex, digests[i].hex);
    }
}

Test(hash, sha256_of_a_file_is_that_of_its_content)
{
    static char content[100000];
    char path[] = "/tmp/dcscan-hash-XXXXXX", from_file[DC_SHA256_HEX_SIZE],
         from_bytes[DC_SHA256_HEX_SIZE];
    int file = mkstemp(path);
    struct dc_err err = {0};

    memset(content, 'x', sizeof content);
    cr_assert_eq((size_t)write(file, content, sizeof content), sizeof content);
    close(file);
    cr_assert_eq(dc_sha256_file(path, from_file, &err), DC_OK, "%s", err.message);
    dc_sha256_hex(content, sizeof content, from_bytes);
    cr_expect_str_eq(from_file, from_bytes);
    unlink(path);
}

Test(hash, sha256_of_what_cannot_be_read_is_an_error)
{
    char hex[DC_SHA256_HEX_SIZE] = "untouched";
    struct dc_err err = {0};

    cr_expect_eq(dc_sha256_file("/nowhere/at/all", hex, &err), DC_ERR_CONFIG);
    cr_expect_str_eq(err.message, "could not read \"/nowhere/at/all\": No such file or directory");
    cr_expect_eq(dc_sha256_file("/tmp", hex, &err), DC_ERR_CONFIG);
    cr_expect_str_eq(hex, "untouched");
}

Test(hash, equal_bytes_hash_equal_and_others_differ)
{
    cr_expect_eq(dc_hash64("", 0), 0x2d06800538d394c2);
    cr_expect_eq(dc_hash64("abc", 3), dc_hash64("abcd", 3));
    cr_expect_neq(dc_hash64("abc", 3), dc_hash64("abd", 3));
}
