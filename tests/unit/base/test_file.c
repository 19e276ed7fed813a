#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/text.h"

static char path[] = "/tmp/dcscan-file-XXXXXX";

static void write_file(const char *content, size_t size)
{
    int file = mkstemp(path);

    cr_assert_eq((size_t)write(file, content, size), size);
    close(file);
}

static void teardown(void)
{
    unlink(path);
}

TestSuite(file, .fini = teardown);

Test(file, read_gives_all_bytes_and_a_terminator)
{
    struct dc_err err = {0};
    char *content;
    size_t size;

    write_file("a\0b\n", 4);
    cr_assert_eq(dc_file_read(path, 100, &content, &size, &err), DC_OK, "%s", err.message);
    cr_expect_eq(size, 4);
    cr_expect_eq(memcmp(content, "a\0b\n", 5), 0);
    free(content);
}

Test(file, read_of_an_empty_file_is_an_empty_text)
{
    struct dc_err err = {0};
    char *content;
    size_t size = 9;

    write_file("", 0);
    cr_assert_eq(dc_file_read(path, 0, &content, &size, &err), DC_OK);
    cr_expect_eq(size, 0);
    cr_expect_str_eq(content, "");
    free(content);
}

Test(file, the_maximum_fits_and_one_more_does_not)
{
    static char large[50000];
    struct dc_err err = {0};
    char *content = NULL;
    size_t size = 0;

    memset(large, 'x', sizeof large);
    write_file(large, sizeof large);
    cr_assert_eq(dc_file_read(path, sizeof large, &content, &size, &err), DC_OK);
    cr_expect_eq(size, sizeof large);
    free(content);
    content = NULL;
    cr_expect_eq(dc_file_read(path, sizeof large - 1, &content, &size, &err), DC_ERR_CONFIG);
    cr_expect_null(content);
    cr_expect_not_null(strstr(err.message, "larger than 49999 bytes"), "%s", err.message);
}

Test(file, a_folder_is_no_file)
{
    struct dc_err err = {0};
    char *content;
    size_t size;

    cr_expect_eq(dc_file_read("/tmp", 100, &content, &size, &err), DC_ERR_CONFIG);
    cr_expect_str_eq(err.message, "could not read \"/tmp\": Is a directory");
}

static const struct {
    const char *base, *path, *expected;
} paths[] = {
    {"/etc/dcscan/dcscan.yaml", "secrets/mes", "/etc/dcscan/secrets/mes"},
    {"/etc/dcscan/dcscan.yaml", "/run/secrets/mes", "/run/secrets/mes"},
    {"dcscan.yaml", "secrets/mes", "secrets/mes"},
    {"conf/dcscan.yaml", "../mes", "conf/../mes"},
    {"/dcscan.yaml", "mes", "/mes"},
    {"a/b", "~/x", "a/~/x"},
    {NULL, "x", "x"},
};

Test(file, paths_are_beside_the_file_that_names_them)
{
    struct dc_arena *arena = dc_arena_create(0);

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        cr_expect_str_eq(dc_path_beside(arena, paths[i].base, paths[i].path), paths[i].expected);
    }
    dc_arena_destroy(arena);
}

Test(file, times_are_utc)
{
    char text[DC_TIME_TEXT_SIZE];

    dc_time_text(0, text);
    cr_expect_str_eq(text, "1970-01-01T00:00:00Z");
    dc_time_text(1769847300, text);
    cr_expect_str_eq(text, "2026-01-31T08:15:00Z");
    dc_time_text(-1, text);
    cr_expect_str_gt(text, "2024");
    dc_time_text(INT64_MAX, text);
    cr_expect_str_eq(text, "");
}

Test(file, the_clock_goes_forward)
{
    double before = dc_clock_seconds();

    usleep(2000);
    cr_expect_gt(dc_clock_seconds(), before);
}
