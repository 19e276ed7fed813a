#include <criterion/criterion.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store_case.h"
#include "store_internal.h"

static struct store_case c;

static void setup(void)
{
    case_init(&c);
}

static void teardown(void)
{
    case_done(&c);
}

TestSuite(store_open, .init = setup, .fini = teardown);

static mode_t mode_of(const char *path)
{
    struct stat info;

    cr_assert_eq(stat(path, &info), 0, "%s", path);
    return info.st_mode & 0777;
}

Test(store_open, the_file_and_its_folders_are_for_their_owner_alone)
{
    char path[600], folder[600];
    struct dc_store *store = NULL;
    struct dc_err err = {0};
    mode_t mask = umask(0);

    snprintf(path, sizeof path, "%s/a/b/inventory.db", c.folder);
    cr_assert_eq(dc_store_open(path, &store, &err), DC_OK, "%s", err.message);
    umask(mask);
    cr_expect_eq(mode_of(path), 0600);
    snprintf(folder, sizeof folder, "%s/a/b", c.folder);
    cr_expect_eq(mode_of(folder), 0700);
    dc_store_close(store);
}

Test(store_open, what_was_stored_is_there_after_opening_again)
{
    struct dc_err err = {0};
    int64_t latest = 0;

    case_begin(&c);
    case_reopen(&c);
    cr_assert_eq(dc_store_latest_run(c.store, &latest, &err), DC_OK);
    cr_expect_eq(latest, c.run_id);
}

Test(store_open, the_schema_has_the_version_of_the_header)
{
    int64_t version = 0;

    cr_assert_eq(store_ask_once(c.store, "SELECT MAX(version) FROM schema_version", &version, NULL),
                 DC_OK);
    cr_expect_eq(version, DC_STORE_SCHEMA_VERSION);
}

Test(store_open, a_newer_schema_is_refused_with_both_versions)
{
    char versions[64];
    struct dc_store *store = NULL;
    struct dc_err err = {0};

    cr_assert_eq(
        dc_odbc_execute(c.store->connection, "INSERT INTO schema_version VALUES (99, 0)", NULL),
        DC_OK);
    cr_expect_eq(dc_store_open(c.path, &store, &err), DC_ERR_CONFIG);
    cr_expect_null(store);
    snprintf(versions, sizeof versions, "schema version 99, this program knows %d",
             DC_STORE_SCHEMA_VERSION);
    cr_expect_not_null(strstr(err.message, versions), "%s", err.message);
    cr_expect_not_null(strstr(err.message, c.path));
    cr_expect_str_neq(err.hint, "");
}

Test(store_open, a_folder_that_cannot_be_made_is_told)
{
    struct dc_store *store = NULL;
    struct dc_err err = {0};

    cr_expect_eq(dc_store_open("/proc/nowhere/inventory.db", &store, &err), DC_ERR_CONNECT);
    cr_expect_str_eq(
        err.message,
        "could not open the inventory \"/proc/nowhere/inventory.db\": No such file or directory");
    cr_expect_not_null(strstr(err.hint, "--store"));
}

/* Root may write everywhere, so a child without rights tries: 0 when it was refused and told why. */
static int try_without_rights(const char *path)
{
    struct dc_store *store = NULL;
    struct dc_err err = {0};

    if (geteuid() == 0 && setuid(65534) != 0) {
        return 2;
    }
    return dc_store_open(path, &store, &err) == DC_ERR_CONNECT && store == NULL &&
                   strstr(err.message, "Permission denied") != NULL
               ? 0
               : 1;
}

Test(store_open, a_folder_that_cannot_be_written_is_told)
{
    char path[600];
    int how = -1;
    pid_t child;

    chmod(c.folder, 0500);
    snprintf(path, sizeof path, "%s/other.db", c.folder);
    child = fork();
    if (child == 0) {
        _exit(try_without_rights(path));
    }
    waitpid(child, &how, 0);
    chmod(c.folder, 0700);
    cr_expect(WIFEXITED(how));
    cr_expect_eq(WEXITSTATUS(how), 0);
}

Test(store_open, a_folder_is_no_inventory)
{
    struct dc_store *store = NULL;
    struct dc_err err = {0};

    cr_expect_eq(dc_store_open(c.folder, &store, &err), DC_ERR_CONNECT);
    cr_expect_not_null(strstr(err.message, "Is a directory"), "%s", err.message);
}

Test(store_open, another_file_is_not_taken_for_an_inventory_and_stays_as_it_was)
{
    char path[600], content[64] = "";
    struct dc_store *store = NULL;
    struct dc_err err = {0};
    FILE *file;

    snprintf(path, sizeof path, "%s/notes.txt", c.folder);
    file = fopen(path, "w");
    fputs("these are no tables, only notes of a shift leader", file);
    fclose(file);
    cr_expect_eq(dc_store_open(path, &store, &err), DC_ERR_CONNECT, "%s", err.message);
    cr_expect_not_null(strstr(err.object, "notes.txt"));
    file = fopen(path, "r");
    cr_assert_not_null(fgets(content, sizeof content, file));
    fclose(file);
    cr_expect_str_eq(content, "these are no tables, only notes of a shift leader");
}

Test(store_open, a_semicolon_in_the_path_cannot_reach_the_driver)
{
    struct dc_store *store = NULL;
    struct dc_err err = {0};

    cr_expect_eq(dc_store_open("/tmp/a;JournalMode=OFF", &store, &err), DC_ERR_CONNECT);
    cr_expect_not_null(strstr(err.message, "must not contain \";\""));
    cr_expect_neq(access("/tmp/a;JournalMode=OFF", F_OK), 0);
}

Test(store_open, odd_names_are_fine)
{
    char path[PATH_MAX];
    struct dc_store *store = NULL;
    struct dc_err err = {0};

    snprintf(path, sizeof path, "%s/库存 {x} = 'a'?.db", c.folder);
    cr_assert_eq(dc_store_open(path, &store, &err), DC_OK, "%s", err.message);
    dc_store_close(store);
    cr_expect_eq(mode_of(path), 0600);
}

Test(store_open, a_sqlite_connection_string_serves_too)
{
    char where[600];
    struct dc_store *store = NULL;
    struct dc_err err = {0};

    snprintf(where, sizeof where, "odbc:Driver=SQLite3;Database=%s", c.path);
    cr_assert_eq(dc_store_open(where, &store, &err), DC_OK, "%s", err.message);
    dc_store_close(store);
}

Test(store_open, an_unknown_data_source_is_told_by_name)
{
    struct dc_store *store = NULL;
    struct dc_err err = {0};

    cr_expect_eq(dc_store_open("odbc:NO_SUCH_DSN", &store, &err), DC_ERR_CONNECT);
    cr_expect_not_null(strstr(err.object, "NO_SUCH_DSN"));
}

Test(store_open, a_connection_string_is_never_shown)
{
    struct dc_store *store = NULL;
    struct dc_err err = {0};
    char text[4096];

    cr_expect_eq(dc_store_open("odbc:Driver=NoSuchDriver;UID=dc;PWD=s3cret", &store, &err),
                 DC_ERR_CONNECT);
    dc_err_format(&err, text, sizeof text);
    cr_expect_null(strstr(text, "s3cret"));
    cr_expect_null(strstr(text, "UID"));
}

Test(store_open, the_default_path_follows_xdg)
{
    char *path;

    setenv("HOME", "/home-of-dc", 1);
    unsetenv("XDG_STATE_HOME");
    path = dc_store_default_path();
    cr_expect_str_eq(path, "/home-of-dc/.local/state/dcscan/inventory.db");
    free(path);
    setenv("XDG_STATE_HOME", "relative/is/ignored", 1);
    path = dc_store_default_path();
    cr_expect_str_eq(path, "/home-of-dc/.local/state/dcscan/inventory.db");
    free(path);
    setenv("XDG_STATE_HOME", "/state", 1);
    path = dc_store_default_path();
    cr_expect_str_eq(path, "/state/dcscan/inventory.db");
    free(path);
}

Test(store_open, closing_nothing_is_fine)
{
    dc_store_close(NULL);
}
