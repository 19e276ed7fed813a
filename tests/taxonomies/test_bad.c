/* Every bad/NAME.yaml, with bad/NAME.overlay laid over it where there is one, gives exactly the complaints in bad/NAME.txt. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/strbuf.h"
#include "dcscan/taxonomy.h"
#include "dcscan/text.h"

#define MAX_TEXT 65536

static struct dc_arena *arena;

static void setup(void)
{
    arena = dc_arena_create(0);
    cr_assert_eq(chdir(TEST_ROOT "/tests/taxonomies"), 0);
}

static void teardown(void)
{
    dc_arena_destroy(arena);
}

TestSuite(bad, .init = setup, .fini = teardown);

/* All complaints, one a line; "" when the file is taken. */
static const char *complaints_of(const char *path, const char *overlay)
{
    const char *overlays[] = {overlay};
    struct dc_complaints complaints;
    struct dc_taxonomy *taxonomy = NULL;
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_TEXT);
    struct dc_err err = {0};
    enum dc_status status;
    const char *all;

    dc_complaints_init(&complaints, arena);
    status = dc_taxonomy_load(path, overlays, access(overlay, R_OK) == 0, &taxonomy, &complaints,
                              &err);
    cr_expect_eq(status, complaints.n_lines == 0 ? DC_OK : DC_ERR_CONFIG, "%s", path);
    cr_expect_eq(taxonomy == NULL, complaints.n_lines > 0, "%s", path);
    for (size_t i = 0; i < complaints.n_lines; i++) {
        dc_strbuf_printf(&text, "%s\n", complaints.lines[i]);
    }
    all = dc_arena_strdup(arena, dc_strbuf_text(&text));
    dc_strbuf_done(&text);
    dc_complaints_done(&complaints);
    dc_taxonomy_destroy(taxonomy);
    return all;
}

static void expect_file(const char *name, size_t stem)
{
    const char *path = dc_arena_printf(arena, "bad/%.*s.yaml", (int)stem, name);
    const char *overlay = dc_arena_printf(arena, "bad/%.*s.overlay", (int)stem, name);
    const char *told = complaints_of(path, overlay);
    char *expected = NULL;
    size_t size = 0;
    struct dc_err err = {0};

    cr_assert_eq(dc_file_read(dc_arena_printf(arena, "bad/%.*s.txt", (int)stem, name), MAX_TEXT,
                              &expected, &size, &err),
                 DC_OK, "%s", err.message);
    cr_expect_gt(size, 0, "%s expects no complaint", path);
    cr_expect_str_eq(told, expected, "%s:\ntold:\n%swanted:\n%s", path, told, expected);
    free(expected);
}

Test(bad, every_broken_file_gives_its_exact_complaints)
{
    DIR *folder = opendir("bad");
    size_t n_files = 0;

    cr_assert_not_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        size_t size = strlen(entry->d_name);

        if (size > 5 && strcmp(entry->d_name + size - 5, ".yaml") == 0) {
            expect_file(entry->d_name, size - 5);
            n_files++;
        }
    }
    closedir(folder);
    cr_expect_geq(n_files, 60);
}

Test(bad, the_error_counts_the_complaints_and_quotes_the_first)
{
    struct dc_taxonomy *taxonomy = NULL;
    struct dc_err err = {0};

    cr_expect_eq(dc_taxonomy_load("bad/head_missing_keys.yaml", NULL, 0, &taxonomy, NULL, &err),
                 DC_ERR_CONFIG);
    cr_expect_str_eq(
        err.message,
        "could not load taxonomy \"bad/head_missing_keys.yaml\": 3 complaints, the first: "
        "bad/head_missing_keys.yaml:1:1: key \"version\" is missing");
    cr_expect_null(taxonomy);
}

Test(bad, a_single_complaint_is_the_error)
{
    struct dc_taxonomy *taxonomy = NULL;
    struct dc_err err = {0};

    cr_expect_eq(dc_taxonomy_load("none.yaml", NULL, 0, &taxonomy, NULL, &err), DC_ERR_CONFIG);
    cr_expect_str_eq(err.message, "could not load taxonomy \"none.yaml\": could not read "
                                  "\"none.yaml\": No such file or directory");
}
