#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "dialect_load.h"

#define GENERIC "generic"

struct dc_dialects {
    struct dc_arena *arena;
    struct dc_dialect *items; /* by name */
    size_t n_items, capacity;
};

static int is_dialect_file(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);

    return entry->d_name[0] != '.' && size > 5 && strcmp(entry->d_name + size - 5, ".yaml") == 0;
}

static int compare_names(const void *left, const void *right)
{
    const struct dc_dialect *a = left, *b = right;

    return strcmp(a->name, b->name);
}

static void add(struct dc_dialects *dialects, const char *path, struct dc_complaints *complaints)
{
    struct dc_dialect dialect;

    if (!dc_dialect_read(path, dialects->arena, &dialect, complaints)) {
        return;
    }
    if (dc_dialects_find(dialects, dialect.name) != NULL) {
        dc_complain(complaints, NULL, "%s: there are two dialects named \"%s\"", path,
                    dialect.name);
        return;
    }
    dialects->items = dc_array_grow(dialects->items, dialects->n_items, &dialects->capacity,
                                    sizeof *dialects->items);
    dialects->items[dialects->n_items++] = dialect;
}

static enum dc_status add_folder(struct dc_dialects *dialects, const char *folder,
                                 struct dc_complaints *complaints, struct dc_err *err)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_dialect_file, alphasort);

    if (n < 0) {
        char reason[128];

        return dc_err_set(err, DC_ERR_CONFIG, "could not read the dialects in \"%s\": %s", folder,
                          strerror_r(errno, reason, sizeof reason));
    }
    for (int i = 0; i < n; i++) {
        add(dialects, dc_arena_printf(dialects->arena, "%s/%s", folder, entries[i]->d_name),
            complaints);
        free(entries[i]);
    }
    free(entries);
    return DC_OK;
}

/* One dialect has to be there for what nobody recognises. */
static enum dc_status judge(const struct dc_dialects *dialects, const char *folder,
                            size_t n_complaints, const struct dc_complaints *complaints,
                            struct dc_err *err)
{
    if (complaints->n_lines > n_complaints) {
        return dc_err_set(err, DC_ERR_CONFIG, "could not read the dialects in \"%s\": %s", folder,
                          complaints->lines[n_complaints]);
    }
    if (dc_dialects_find(dialects, GENERIC) == NULL) {
        return dc_err_set(err, DC_ERR_CONFIG,
                          "could not read the dialects in \"%s\": the dialect \"%s\" is missing",
                          folder, GENERIC);
    }
    return DC_OK;
}

enum dc_status dc_dialects_load(const char *folder, struct dc_dialects **out,
                                struct dc_complaints *complaints, struct dc_err *err)
{
    struct dc_dialects *dialects = dc_alloc(1, sizeof *dialects);
    size_t n_complaints = complaints->n_lines;
    enum dc_status status;

    dialects->arena = dc_arena_create(0);
    status = add_folder(dialects, folder, complaints, err);
    if (status == DC_OK) {
        status = judge(dialects, folder, n_complaints, complaints, err);
    }
    if (status != DC_OK) {
        dc_dialects_destroy(dialects);
        return status;
    }
    qsort(dialects->items, dialects->n_items, sizeof *dialects->items, compare_names);
    *out = dialects;
    return DC_OK;
}

void dc_dialects_destroy(struct dc_dialects *dialects)
{
    if (dialects == NULL) {
        return;
    }
    free(dialects->items);
    dc_arena_destroy(dialects->arena);
    free(dialects);
}

const struct dc_dialect *dc_dialects_find(const struct dc_dialects *dialects, const char *name)
{
    for (size_t i = 0; i < dialects->n_items; i++) {
        if (strcmp(dialects->items[i].name, name) == 0) {
            return &dialects->items[i];
        }
    }
    return NULL;
}

static bool matches(const char *const *globs, size_t n_globs, const char *text)
{
    for (size_t i = 0; i < n_globs; i++) {
        if (dc_glob_match(globs[i], text)) {
            return true;
        }
    }
    return false;
}

/* How much a dialect says of the DBMS it is for, all of it true; 0: it is not for this one. */
static int rank(const struct dc_dialect *dialect, const struct dc_odbc_info *info)
{
    const struct {
        const char *const *globs;
        size_t n_globs;
        const char *answer;
    } wants[] = {{dialect->dbms_names, dialect->n_dbms_names, info->dbms_name},
                 {dialect->versions, dialect->n_versions, info->dbms_version},
                 {dialect->drivers, dialect->n_drivers, info->driver_name}};
    int n = 0;

    for (size_t i = 0; i < sizeof wants / sizeof wants[0]; i++) {
        if (wants[i].n_globs > 0 && !matches(wants[i].globs, wants[i].n_globs, wants[i].answer)) {
            return 0;
        }
        n += wants[i].n_globs > 0;
    }
    return n;
}

const struct dc_dialect *dc_dialects_recognise(const struct dc_dialects *dialects,
                                               const struct dc_odbc_info *info)
{
    const struct dc_dialect *best = dc_dialects_find(dialects, GENERIC);
    int best_rank = 0;

    for (size_t i = 0; i < dialects->n_items; i++) {
        int own = rank(&dialects->items[i], info);

        if (own > best_rank) {
            best = &dialects->items[i];
            best_rank = own;
        }
    }
    return best;
}

size_t dc_dialects_count(const struct dc_dialects *dialects)
{
    return dialects->n_items;
}

const struct dc_dialect *dc_dialects_at(const struct dc_dialects *dialects, size_t index)
{
    return &dialects->items[index];
}
