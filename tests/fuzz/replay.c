/*
 * Runs a fuzz target on files: those named, and all files of the folders named. So a corpus is a plain test, and AFL++ has a program to run.
 * usage: PROGRAM FILE|FOLDER…
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "fuzz.h"

#define INPUT_MAXIMUM ((size_t)1 << 20)

static size_t replay_file(const char *path)
{
    struct dc_err err = {0};
    char *content;
    size_t size;

    if (dc_file_read(path, INPUT_MAXIMUM, &content, &size, &err) != DC_OK) {
        fprintf(stderr, "%s: %s\n", path, err.message);
        exit(2);
    }
    LLVMFuzzerTestOneInput((const uint8_t *)content, size);
    free(content);
    return 1;
}

/* The files of a folder, or the one file. Returns how many were run. */
static size_t replay(const char *path)
{
    struct dc_strbuf name = DC_STRBUF_INIT(4096);
    const struct dirent *entry;
    DIR *folder = opendir(path);
    size_t n_files = 0;

    if (folder == NULL) {
        return replay_file(path);
    }
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        dc_strbuf_reset(&name);
        dc_strbuf_printf(&name, "%s/%s", path, entry->d_name);
        n_files += replay_file(dc_strbuf_text(&name));
    }
    closedir(folder);
    dc_strbuf_done(&name);
    return n_files;
}

int main(int argc, char **argv)
{
    size_t n_files = 0;

    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        n_files += replay(argv[i]);
    }
    printf("%zu inputs replayed\n", n_files);
    return n_files > 0 ? 0 : 2; /* an empty corpus proves nothing */
}
