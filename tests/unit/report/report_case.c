/* What tests of reports share. */
#include "report_case.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/text.h"

#define DEFINITIONS TEST_ROOT "/reports/definitions"

void report_case_begin(struct report_case *test)
{
    struct dc_err err = {0};

    *test = (struct report_case){.inventory = mem_inventory_create()};
    if (dc_report_definition_load(DEFINITIONS, &test->definition, NULL, &err) != DC_OK) {
        fprintf(stderr, "%s\n", err.message);
        abort();
    }
}

static void end_layout(struct report_layout *layout)
{
    if (layout->arena == NULL) {
        return;
    }
    mem_writer_class.destroy(layout->writer);
    report_tally_destroy(layout->tally);
    dc_arena_destroy(layout->scratch);
    dc_arena_destroy(layout->arena);
    *layout = (struct report_layout){0};
}

void report_case_end(struct report_case *test)
{
    end_layout(&test->layout);
    mem_inventory_destroy(test->inventory);
    dc_report_definition_destroy(test->definition);
}

static enum dc_status write_sheets(struct report_layout *layout, struct dc_err *err)
{
    const struct dc_report_definition *definition = layout->definition;
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < definition->n_sheets; i++) {
        const struct report_sheet_def *sheet = &definition->sheets[i];

        for (size_t j = 0; status == DC_OK && j < sheet->n_tables; j++) {
            status = report_table_write(layout, sheet, &sheet->tables[j], err);
        }
    }
    return status;
}

enum dc_status report_case_write(struct report_case *test, enum dc_lang lang, struct dc_err *err)
{
    struct report_layout *layout = &test->layout;
    enum dc_status status;

    end_layout(layout);
    *layout = (struct report_layout){
        .definition = test->definition,
        .lang = lang,
        .reader = mem_inventory_reader(test->inventory),
        .run = mem_inventory_run(test->inventory),
        .tally = report_tally_create(),
        .created_at = 1,
        .changes = test->changes,
        .arena = dc_arena_create(0),
        .scratch = dc_arena_create(0),
    };
    mem_writer_class.open(NULL, &layout->writer, err);
    status = report_tally_sources(layout->tally, layout->reader, err);
    if (status == DC_OK) {
        status = report_tally_count(layout->tally, layout->reader, err);
    }
    return status == DC_OK ? write_sheets(layout, err) : status;
}

const char *report_case_cell(const struct report_case *test, const char *table, size_t row,
                             const char *key)
{
    const char *text = mem_writer_cell(test->layout.writer, table, row, key);

    return text == NULL ? "(no cell)" : text;
}

char *report_folder_make(void)
{
    char path[] = "/tmp/dcscan-report-XXXXXX";

    if (mkdtemp(path) == NULL) {
        abort();
    }
    return dc_strdup(path);
}

static int is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

size_t report_folder_count(const char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_entry, alphasort);

    for (int i = 0; i < n; i++) {
        free(entries[i]);
    }
    free(entries);
    return (size_t)n;
}

void report_folder_remove(char *folder)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_entry, alphasort);
    struct dc_arena *arena = dc_arena_create(0);

    for (int i = 0; i < n; i++) {
        unlink(dc_arena_printf(arena, "%s/%s", folder, entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    rmdir(folder);
    dc_arena_destroy(arena);
    free(folder);
}

const char *report_file_write(struct dc_arena *arena, const char *folder, const char *name,
                              const char *text)
{
    const char *path = dc_arena_printf(arena, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");

    if (file == NULL) {
        abort();
    }
    fputs(text, file);
    fclose(file);
    return path;
}

char *report_file_read(const char *path, size_t *size)
{
    char *content = NULL;
    struct dc_err err = {0};

    if (dc_file_read(path, 1 << 28, &content, size, &err) != DC_OK) {
        return dc_strdup("(no file)");
    }
    return content;
}
