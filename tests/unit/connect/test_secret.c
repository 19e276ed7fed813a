#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dcscan/connect.h"
#include "dcscan/text.h"

static struct dc_source source_of(enum dc_secret_kind kind, const char *value)
{
    return (struct dc_source){.name = "s", .secret = {kind, value}};
}

static void expect_secret(enum dc_secret_kind kind, const char *value, const char *expected)
{
    struct dc_source source = source_of(kind, value);
    struct dc_err err = {0};
    const char *warning = "unset";
    char *secret = NULL;

    cr_assert_eq(dc_secret_read(&source, &secret, &warning, &err), DC_OK, "%s", err.message);
    if (expected != NULL) {
        cr_expect_str_eq(secret, expected);
    } else {
        cr_expect_null(secret);
    }
    dc_secret_wipe(secret);
}

static struct dc_err expect_failure(enum dc_secret_kind kind, const char *value)
{
    struct dc_source source = source_of(kind, value);
    struct dc_err err = {0};
    char *secret = NULL;

    cr_expect_eq(dc_secret_read(&source, &secret, NULL, &err), DC_ERR_CONFIG);
    cr_expect_null(secret);
    return err;
}

static void make_file(char path[64], const char *content, mode_t mode)
{
    int file;

    snprintf(path, 64, "/tmp/dcscan-secret-XXXXXX");
    file = mkstemp(path);
    cr_assert_geq(file, 0);
    cr_assert_eq(write(file, content, strlen(content)), (ssize_t)strlen(content));
    fchmod(file, mode);
    close(file);
}

Test(secret, none_is_none)
{
    expect_secret(DC_SECRET_NONE, NULL, NULL);
    dc_secret_wipe(NULL);
}

Test(secret, the_first_line_of_a_file_is_the_password)
{
    static const struct {
        const char *content, *secret;
    } files[] = {{"pw\n", "pw"},       {"pw", "pw"}, {"p w; \"x\"\nsecond\n", "p w; \"x\""},
                 {"密码\r\n", "密码"}, {"\n", ""},   {"", ""}};

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[64];

        make_file(path, files[i].content, 0600);
        expect_secret(DC_SECRET_FILE, path, files[i].secret);
        unlink(path);
    }
}

Test(secret, a_file_that_others_may_read_is_warned_of)
{
    static const struct {
        mode_t mode;
        bool warned;
    } modes[] = {{0600, false}, {0400, false}, {0640, true}, {0604, true}, {0644, true}};

    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        struct dc_source source;
        const char *warning = NULL;
        char path[64], *secret = NULL;

        make_file(path, "pw\n", modes[i].mode);
        source = source_of(DC_SECRET_FILE, path);
        cr_assert_eq(dc_secret_read(&source, &secret, &warning, NULL), DC_OK);
        cr_expect_eq(warning != NULL, modes[i].warned, "mode %o", (unsigned)modes[i].mode);
        dc_secret_wipe(secret);
        unlink(path);
    }
}

Test(secret, a_file_of_another_user_is_warned_of)
{
    struct dc_source source;
    const char *warning = NULL;
    char path[64], *secret = NULL;

    make_file(path, "pw\n", 0600);
    if (chown(path, 65534, (gid_t)-1) != 0) {
        unlink(path);
        cr_skip_test("only root can give a file away");
    }
    source = source_of(DC_SECRET_FILE, path);
    cr_assert_eq(dc_secret_read(&source, &secret, &warning, NULL), DC_OK);
    cr_assert_not_null(warning);
    cr_expect_not_null(strstr(warning, "belongs to another user"));
    dc_secret_wipe(secret);
    unlink(path);
}

Test(secret, a_missing_file_is_named)
{
    struct dc_err err = expect_failure(DC_SECRET_FILE, "/nonexistent/secret");

    cr_expect_not_null(strstr(err.message, "\"/nonexistent/secret\""), "%s", err.message);
}

Test(secret, a_file_that_is_no_password_is_refused_and_not_quoted)
{
    char path[64], line[6000];
    struct dc_err err;

    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    make_file(path, line, 0600);
    err = expect_failure(DC_SECRET_FILE, path);
    cr_expect_null(strstr(err.message, "xxxx"));
    unlink(path);
}

Test(secret, the_environment_holds_it)
{
    setenv("DCSCAN_TEST_SECRET", "from the environment", 1);
    expect_secret(DC_SECRET_ENV, "DCSCAN_TEST_SECRET", "from the environment");
    unsetenv("DCSCAN_TEST_SECRET");
    cr_expect_not_null(
        strstr(expect_failure(DC_SECRET_ENV, "DCSCAN_TEST_SECRET").message, "DCSCAN_TEST_SECRET"));
}

Test(secret, a_command_writes_it)
{
    expect_secret(DC_SECRET_COMMAND, "echo secret", "secret");
    expect_secret(DC_SECRET_COMMAND, "printf 'a b'", "a b");
    expect_secret(DC_SECRET_COMMAND, "echo one; echo two", "one");
    expect_secret(DC_SECRET_COMMAND, "cat; echo 'no input'", "no input");
    expect_secret(DC_SECRET_COMMAND, "yes | head -n 100000", "y");
}

Test(secret, a_command_that_fails_is_told_without_its_text)
{
    cr_expect_not_null(
        strstr(expect_failure(DC_SECRET_COMMAND, "echo s3cret; exit 3").message, "failed"));
    cr_expect_null(
        strstr(expect_failure(DC_SECRET_COMMAND, "echo s3cret; exit 3").message, "s3cret"));
    cr_expect_not_null(
        strstr(expect_failure(DC_SECRET_COMMAND, "true").message, "wrote no password"));
    cr_expect_not_null(strstr(
        expect_failure(DC_SECRET_COMMAND, "/nonexistent/command 2>/dev/null").message, "failed"));
}

Test(secret, standard_input_gives_one_line_and_keeps_the_rest)
{
    int ends[2];
    char rest[16] = "";

    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(write(ends[1], "first\nsecond\n", 13), 13);
    close(ends[1]);
    cr_assert_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    expect_secret(DC_SECRET_STDIN, NULL, "first");
    cr_expect_eq(read(STDIN_FILENO, rest, sizeof rest - 1), 7);
    cr_expect_str_eq(rest, "second\n");
    cr_expect_not_null(strstr(expect_failure(DC_SECRET_STDIN, NULL).message, "standard input"));
}
