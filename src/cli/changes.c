#include "changes.h"

#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"

/* The sources of a run, each with the earlier run to compare it with; 0: there is none. */
struct pairing {
    const char **names;
    int64_t *earlier;
    size_t n, names_capacity, earlier_capacity;
};

static void pairing_done(struct pairing *pairing)
{
    free(pairing->names);
    free(pairing->earlier);
}

static enum dc_status pair_source(struct session *session, int64_t run_id, struct pairing *pairing,
                                  const char *name, struct dc_err *err)
{
    int64_t earlier = 0;
    enum dc_status status = dc_store_earlier_run(session->store, run_id, name, &earlier, err);

    pairing->names = dc_array_grow(pairing->names, pairing->n, &pairing->names_capacity,
                                   sizeof *pairing->names);
    pairing->earlier = dc_array_grow(pairing->earlier, pairing->n, &pairing->earlier_capacity,
                                     sizeof *pairing->earlier);
    pairing->names[pairing->n] = dc_arena_strdup(session->arena, name);
    pairing->earlier[pairing->n++] = earlier;
    return status;
}

static enum dc_status pair_all(struct session *session, int64_t run_id,
                               struct dc_inventory_reader *reader, struct pairing *pairing,
                               struct dc_err *err)
{
    const struct dc_run_source *source = NULL;
    enum dc_status status = reader->class_->rewind(reader, err);

    while (status == DC_OK &&
           (status = reader->class_->next_source(reader, &source, err)) == DC_OK &&
           source != NULL) {
        if (dc_run_source_is_listed(source)) {
            status = pair_source(session, run_id, pairing, source->name, err);
        }
    }
    return status;
}

static enum dc_status compare_with(struct session *session, int64_t earlier,
                                   struct dc_inventory_reader *reader, const struct dc_texts *only,
                                   struct dc_changes *changes, struct dc_err *err)
{
    struct dc_inventory_reader *older = NULL;
    enum dc_status status = dc_store_read_run(session->store, earlier, &older, err);

    if (status == DC_OK) {
        status = dc_compare_runs(older, reader, only, session->arena, changes, err);
        older->class_->destroy(older);
    }
    return status;
}

/* The sources from `first` on that go with the same earlier run are compared at once, and marked as done. */
static enum dc_status compare_group(struct session *session, struct pairing *pairing, size_t first,
                                    int64_t run_id, struct dc_inventory_reader *reader,
                                    struct dc_changes *changes, struct dc_err *err)
{
    int64_t earlier = pairing->earlier[first];
    const char **names = dc_arena_alloc(session->arena, pairing->n * sizeof *names);
    struct dc_texts only = {names, 0};

    for (size_t i = first; i < pairing->n; i++) {
        if (pairing->earlier[i] == earlier) {
            names[only.n_items++] = pairing->names[i];
            pairing->earlier[i] = -1;
        }
    }
    if (earlier != 0) {
        return compare_with(session, earlier, reader, &only, changes, err);
    }
    for (size_t i = 0; i < only.n_items; i++) {
        dc_changes_add_source(changes, &(struct dc_compared_source){names[i], 0, run_id, 0});
    }
    return DC_OK;
}

enum dc_status changes_since_earlier(struct session *session, int64_t run_id,
                                     struct dc_inventory_reader *reader, struct dc_changes *changes,
                                     struct dc_err *err)
{
    struct pairing pairing = {0};
    enum dc_status status = pair_all(session, run_id, reader, &pairing, err);

    *changes = (struct dc_changes){0};
    for (size_t i = 0; status == DC_OK && i < pairing.n; i++) {
        if (pairing.earlier[i] >= 0) {
            status = compare_group(session, &pairing, i, run_id, reader, changes, err);
        }
    }
    pairing_done(&pairing);
    if (status != DC_OK) {
        dc_changes_done(changes);
        return status;
    }
    dc_changes_sort(changes);
    return DC_OK;
}

enum dc_status changes_between(struct session *session, int64_t older, int64_t newer,
                               struct dc_changes *changes, struct dc_err *err)
{
    struct dc_inventory_reader *reader = NULL;
    enum dc_status status = dc_store_read_run(session->store, newer, &reader, err);

    *changes = (struct dc_changes){0};
    if (status == DC_OK) {
        status = compare_with(session, older, reader, NULL, changes, err);
        reader->class_->destroy(reader);
    }
    if (status == DC_OK) {
        dc_changes_sort(changes);
    }
    return status;
}
