/* Overrides: what the plant decided itself stands above what was found, and is told as evidence. */
#include "dcscan/text.h"

#include "classify_internal.h"

/* The last override that fits and decides what is asked (leaf or level), or NULL. */
static const struct dc_override *override_of(const struct table_work *work,
                                             const struct column_work *column, bool leaf)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const struct dc_source *source = work->context->source;
    const char *name = source == NULL || source->name == NULL ? "" : source->name;

    for (size_t i = taxonomy->n_overrides; i-- > 0;) {
        const struct dc_override *override = &taxonomy->overrides[i];

        if ((leaf ? override->leaf != DC_NO_INDEX : override->level > 0) &&
            dc_glob_match(override->source, name) &&
            dc_glob_match(override->schema, work->context->table->schema) &&
            dc_glob_match(override->table, work->context->table->name) &&
            dc_glob_match(override->column, column->column->name)) {
            return override;
        }
    }
    return NULL;
}

static void tell(struct table_work *work, struct column_work *column, struct dc_finding *finding,
                 const struct dc_override *override)
{
    struct line line = {DC_EVIDENCE_LEVEL,
                        override->id,
                        dc_arena_printf(work->arena, "decided by override %s", override->id),
                        1.0,
                        column->leaf,
                        -1,
                        -1,
                        -1};

    classify_add_line(work, column, &line);
    finding->evidence = column->evidence;
    finding->n_evidence = column->n_evidence;
}

void classify_override_leaf(struct table_work *work, struct column_work *column,
                            struct dc_finding *finding)
{
    const struct dc_override *override = override_of(work, column, true);

    if (override == NULL) {
        return;
    }
    column->leaf = override->leaf;
    finding->leaf = work_taxonomy(work)->leaves[override->leaf].code;
    finding->confidence = 1.0;
    finding->to_review = false;
    tell(work, column, finding, override);
}

void classify_override_level(struct table_work *work, struct column_work *column,
                             struct dc_finding *finding)
{
    const struct dc_override *override = override_of(work, column, false);
    int floor = classify_floor(work, finding->pi);

    if (override == NULL) {
        return;
    }
    finding->level = override->level > floor ? override->level : floor;
    finding->level_reason = floor > override->level ? "L3" : override->id;
    tell(work, column, finding, override);
}
