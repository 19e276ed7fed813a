/* A folder of files for one test. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dcscan/strbuf.h"
#include "files.h"

static const char *note(struct test_files *files, const char *path)
{
    cr_assert_lt(files->n_made, MAX_FILES);
    files->made[files->n_made++] = path;
    return path;
}

void files_init(struct test_files *files)
{
    char folder[] = "/tmp/dcscan-taxonomy-XXXXXX";

    cr_assert_not_null(mkdtemp(folder));
    files->arena = dc_arena_create(0);
    files->folder = dc_arena_printf(files->arena, "%s/", folder);
    files->taxonomy = NULL;
    files->n_made = 0;
    note(files, files->folder);
    dc_complaints_init(&files->complaints, files->arena);
}

void files_done(struct test_files *files)
{
    while (files->n_made > 0) {
        remove(files->made[--files->n_made]);
    }
    dc_taxonomy_destroy(files->taxonomy);
    dc_complaints_done(&files->complaints);
    dc_arena_destroy(files->arena);
}

const char *files_write(struct test_files *files, const char *name, const char *text)
{
    const char *path = dc_arena_printf(files->arena, "%s%s", files->folder, name);
    const char *slash = strrchr(name, '/');
    FILE *file;

    if (slash != NULL) {
        const char *folder = dc_arena_printf(files->arena, "%s%.*s", files->folder,
                                             (int)(slash - name), name);

        if (mkdir(folder, 0700) == 0) {
            note(files, folder);
        }
    }
    file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    cr_assert_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    fclose(file);
    return note(files, path);
}

enum dc_status files_load(struct test_files *files)
{
    const char *overlays[2];
    size_t n_overlays = 0;
    struct dc_err err = {0};

    for (int i = 0; i < 2; i++) {
        const char *path = dc_arena_printf(files->arena, "%s%c.yaml", files->folder, 'a' + i);

        if (access(path, R_OK) == 0) {
            overlays[n_overlays++] = path;
        }
    }
    return dc_taxonomy_load(dc_arena_printf(files->arena, "%smain.yaml", files->folder), overlays,
                            n_overlays, &files->taxonomy, &files->complaints, &err);
}

const char *files_complaints(const struct test_files *files)
{
    struct dc_strbuf all = DC_STRBUF_INIT(65536);
    size_t size = strlen(files->folder);
    const char *text;

    for (size_t i = 0; i < files->complaints.n_lines; i++) {
        for (const char *at = files->complaints.lines[i]; *at != '\0';) {
            bool folder = strncmp(at, files->folder, size) == 0;

            if (folder) {
                at += size;
            } else {
                dc_strbuf_putc(&all, *at++);
            }
        }
        dc_strbuf_putc(&all, '\n');
    }
    text = dc_arena_strdup(files->arena, dc_strbuf_text(&all));
    dc_strbuf_done(&all);
    return text;
}

const struct dc_taxonomy *files_taxonomy(struct test_files *files)
{
    cr_assert_eq(files_load(files), DC_OK, "%s", files_complaints(files));
    return files->taxonomy;
}
