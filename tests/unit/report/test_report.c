#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "demo_inventory.h"
#include "report_case.h"

static struct report_case test;
static struct dc_arena *arena;
static char *folder;

static void setup(void)
{
    arena = dc_arena_create(0);
    folder = report_folder_make();
    report_case_begin(&test);
    demo_inventory_fill(test.inventory);
}

static void teardown(void)
{
    report_case_end(&test);
    report_folder_remove(folder);
    dc_arena_destroy(arena);
}

TestSuite(report_write, .init = setup, .fini = teardown);

static const char *below(const char *name)
{
    return dc_arena_printf(arena, "%s/%s", folder, name);
}

static enum dc_status write_to(const char *path, struct dc_err *err)
{
    struct dc_report_request request = {.path = path, .lang = DC_LANG_EN, .reproducible = true};

    return dc_report_write(test.definition, mem_inventory_reader(test.inventory), &request, err);
}

static const char *const FORMATS[] = {"a.xlsx", "a.csv", "a.jsonl"};
#define N_FORMATS (sizeof FORMATS / sizeof FORMATS[0])

struct ending_case {
    const char *path;
    enum dc_status status;
};

static const struct ending_case ENDINGS[] = {
    {"a.xlsx", DC_OK},       {"a.CSV", DC_OK},    {"dir.d/a.jsonl", DC_OK}, {"-", DC_OK},
    {"a.xls", DC_ERR_USAGE}, {"a", DC_ERR_USAGE}, {".csv", DC_ERR_USAGE},   {"", DC_ERR_USAGE},
};

Test(report_write, the_ending_of_a_path_names_the_format)
{
    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
        struct dc_err err = {0};

        cr_expect_eq(dc_report_check_path(ENDINGS[i].path, &err), ENDINGS[i].status, "%s",
                     ENDINGS[i].path);
        if (ENDINGS[i].status != DC_OK) {
            cr_expect(
                strstr(err.message,
                       ".xlsx, .csv, .openlineage.jsonl, .openmetadata.jsonl, .jsonl, .sql") !=
                    NULL,
                "%s", err.message);
            cr_expect_eq(write_to(ENDINGS[i].path, &err), DC_ERR_USAGE);
        }
    }
}

Test(report_write, every_format_leaves_its_file_and_nothing_else)
{
    for (size_t i = 0; i < N_FORMATS; i++) {
        struct dc_err err = {0};

        cr_expect_eq(write_to(below(FORMATS[i]), &err), DC_OK, "%s: %s", FORMATS[i], err.message);
        cr_expect_eq(report_folder_count(folder), i + 1);
    }
}

Test(report_write, the_same_run_gives_the_same_bytes)
{
    for (size_t i = 0; i < N_FORMATS; i++) {
        struct dc_err err = {0};
        size_t first_size = 0, second_size = 1;
        char *first, *second;

        cr_assert_eq(write_to(below(FORMATS[i]), &err), DC_OK);
        first = report_file_read(below(FORMATS[i]), &first_size);
        cr_assert_eq(write_to(below(FORMATS[i]), &err), DC_OK);
        second = report_file_read(below(FORMATS[i]), &second_size);
        cr_expect(first_size == second_size && memcmp(first, second, first_size) == 0, "%s",
                  FORMATS[i]);
        free(first);
        free(second);
    }
}

/* Paths that nobody can write, not even root. */
struct refused_case {
    const char *path, *reason;
};

static const struct refused_case REFUSED[] = {
    {"/nowhere/at/all.xlsx", "No such file or directory"},
    {"/proc/report.jsonl", "could not write"},
    {"/dev/null/report.csv", "Not a directory"},
};

Test(report_write, a_path_that_cannot_be_written_is_told_at_once)
{
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        struct dc_err err = {0};

        cr_expect_eq(write_to(REFUSED[i].path, &err), DC_ERR_OUTPUT, "%s", REFUSED[i].path);
        cr_expect(strstr(err.message, REFUSED[i].path) != NULL &&
                      strstr(err.message, REFUSED[i].reason) != NULL,
                  "%s", err.message);
    }
}

Test(report_write, a_folder_or_device_is_not_replaced)
{
    struct dc_err err = {0};

    mkdir(below("a.xlsx"), 0700);
    cr_expect_eq(write_to(below("a.xlsx"), &err), DC_ERR_OUTPUT);
    cr_expect(strstr(err.message, "it is a folder") != NULL, "%s", err.message);
    rmdir(below("a.xlsx"));
    mkfifo(below("a.csv"), 0600);
    cr_expect_eq(write_to(below("a.csv"), &err), DC_ERR_OUTPUT);
    cr_expect(strstr(err.message, "not a regular file") != NULL, "%s", err.message);
}

Test(report_write, a_link_stays_a_link_and_a_mode_stays_a_mode)
{
    struct dc_err err = {0};
    struct stat found;

    report_file_write(arena, folder, "old.csv", "old");
    chmod(below("old.csv"), 0640);
    cr_assert_eq(symlink("old.csv", below("link.csv")), 0);
    cr_expect_eq(write_to(below("link.csv"), &err), DC_OK, "%s", err.message);
    cr_expect_eq(lstat(below("link.csv"), &found), 0);
    cr_expect(S_ISLNK(found.st_mode));
    cr_expect_eq(stat(below("old.csv"), &found), 0);
    cr_expect_eq(found.st_mode & 0777, 0640);
    cr_expect_gt(found.st_size, 100);
    cr_expect_eq(report_folder_count(folder), 2);
}

Test(report_write, a_reader_that_fails_leaves_the_old_file)
{
    for (size_t i = 0; i < N_FORMATS; i++) {
        struct dc_err err = {0};
        size_t size;
        char *text;

        report_file_write(arena, folder, FORMATS[i], "old");
        mem_inventory_fail_at_column(test.inventory, 1);
        cr_expect_eq(write_to(below(FORMATS[i]), &err), DC_ERR_READ, "%s", FORMATS[i]);
        text = report_file_read(below(FORMATS[i]), &size);
        cr_expect_str_eq(text, "old");
        free(text);
        cr_expect_eq(report_folder_count(folder), i + 1);
    }
}

/* LibreOffice and Excel leave a mark beside a file that they have open. */
Test(report_write, a_file_that_is_open_elsewhere_is_left_alone)
{
    static const char *const marks[] = {".~lock.a.xlsx#", "~$a.xlsx"};

    for (size_t i = 0; i < 2; i++) {
        struct dc_err err = {0};
        size_t size;
        char *text;

        report_file_write(arena, folder, "a.xlsx", "old");
        report_file_write(arena, folder, marks[i], "");
        cr_expect_eq(write_to(below("a.xlsx"), &err), DC_ERR_OUTPUT);
        cr_expect(strstr(err.message, "open in another program") != NULL, "%s", err.message);
        text = report_file_read(below("a.xlsx"), &size);
        cr_expect_str_eq(text, "old");
        free(text);
        unlink(below(marks[i]));
        cr_expect_eq(report_folder_count(folder), 1);
    }
}

/* Whoever has the old file open reads on in it. */
Test(report_write, an_old_file_stays_whole_for_those_who_read_it)
{
    struct dc_err err = {0};
    char text[8] = "";
    int file;

    report_file_write(arena, folder, "a.csv", "old");
    file = open(below("a.csv"), O_RDONLY);
    cr_expect_eq(write_to(below("a.csv"), &err), DC_OK, "%s", err.message);
    cr_expect_eq(read(file, text, sizeof text - 1), 3);
    cr_expect_str_eq(text, "old");
    close(file);
}

/* ---- a disk that is full: files larger than a limit cannot be written ---- */

static void limit_files(rlim_t bytes)
{
    struct rlimit limit = {bytes, RLIM_INFINITY};
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGXFSZ, &ignore, NULL);
    setrlimit(RLIMIT_FSIZE, &limit);
}

/* Where each part of a workbook breaks off: sheets on their way, the zip, its directory. */
static const rlim_t LIMITS[] = {0, 1, 2000, 4096, 9000, 20000, 40000};

Test(report_write, a_full_disk_leaves_nothing_behind)
{
    for (size_t i = 0; i < N_FORMATS; i++) {
        for (size_t j = 0; j < sizeof LIMITS / sizeof LIMITS[0]; j++) {
            struct dc_err err = {0};
            enum dc_status status;

            limit_files(LIMITS[j]);
            status = write_to(below(FORMATS[i]), &err);
            limit_files(RLIM_INFINITY);
            cr_expect_eq(status, DC_ERR_OUTPUT, "%s at %lu: %s", FORMATS[i],
                         (unsigned long)LIMITS[j], err.message);
            cr_expect_eq(report_folder_count(folder), 0, "%s at %lu", FORMATS[i],
                         (unsigned long)LIMITS[j]);
        }
    }
}

static bool same_file(const char *path, const char *whole, size_t whole_size)
{
    size_t size = 0;
    char *text = report_file_read(path, &size);
    bool same = size == whole_size && memcmp(text, whole, size) == 0;

    free(text);
    return same;
}

/* libxlsxwriter does not look whether its temporary files took everything: the workbook is whole or not there, wherever it breaks off. */
Test(report_write, a_workbook_is_whole_or_absent_at_every_limit)
{
    struct dc_err err = {0};
    size_t whole_size = 0, n_written = 0;
    char *whole;

    cr_assert_eq(write_to(below("whole.xlsx"), &err), DC_OK);
    whole = report_file_read(below("whole.xlsx"), &whole_size);
    for (rlim_t limit = 30000; limit < 200000; limit += 1500) {
        enum dc_status status;

        limit_files(limit);
        status = write_to(below("a.xlsx"), &err);
        limit_files(RLIM_INFINITY);
        cr_expect_eq(report_folder_count(folder), status == DC_OK ? 2 : 1, "at %lu",
                     (unsigned long)limit);
        if (status == DC_OK) {
            cr_expect(same_file(below("a.xlsx"), whole, whole_size), "at %lu",
                      (unsigned long)limit);
            unlink(below("a.xlsx"));
            n_written++;
        }
    }
    cr_expect_gt(n_written, 0);
    free(whole);
}

/* Runs a write with standard error or output led into a file; returns what came there (release with free()). */
static char *caught(int descriptor, const char *path, enum dc_status *status)
{
    struct dc_err err = {0};
    int file = open(below("caught"), O_CREAT | O_TRUNC | O_RDWR, 0600);
    int kept = dup(descriptor);
    size_t size;

    dup2(file, descriptor);
    *status = write_to(path, &err);
    dup2(kept, descriptor);
    close(kept);
    close(file);
    return report_file_read(below("caught"), &size);
}

Test(report_write, failures_print_nothing)
{
    for (size_t j = 0; j < sizeof LIMITS / sizeof LIMITS[0]; j++) {
        enum dc_status status;
        char *printed;

        limit_files(LIMITS[j]);
        printed = caught(STDERR_FILENO, below("a.xlsx"), &status);
        limit_files(RLIM_INFINITY);
        cr_expect_eq(status, DC_ERR_OUTPUT);
        cr_expect_str_eq(printed, "", "%s", printed);
        free(printed);
    }
}

Test(report_write, a_dash_is_json_lines_on_standard_output)
{
    enum dc_status status;
    char *printed = caught(STDOUT_FILENO, "-", &status);
    size_t lines = 0;

    for (const char *byte = printed; *byte != '\0'; byte++) {
        lines += *byte == '\n';
    }
    cr_expect_eq(status, DC_OK);
    cr_expect_eq(lines, 18);
    cr_expect_eq(strncmp(printed, "{\"run\":42,\"source\":\"mes-wuhan\",", 31), 0, "%.60s",
                 printed);
    cr_expect_eq(report_folder_count(folder), 1); /* what was caught */
    free(printed);
}

Test(report_write, the_security_label_can_be_given)
{
    struct dc_report_request request = {
        .path = below("a.xlsx"), .security_label = "A & B", .reproducible = true};
    struct dc_err err = {0};

    cr_expect_eq(
        dc_report_write(test.definition, mem_inventory_reader(test.inventory), &request, &err),
        DC_OK, "%s", err.message);
}
