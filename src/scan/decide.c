/* From profiles to what is stored of a table. */
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "scan_internal.h"

#define SHORT_EXAMPLE 3 /* characters */
#define HIDING_LEVEL  3

/* Verdicts on a table that was not read rest on names alone; they say so and go to review. */
static void mark_unread(const struct dc_table *table, struct dc_finding *findings,
                        enum dc_column_status status, const char *reason)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        findings[i].status = status;
        findings[i].reason = reason;
        findings[i].to_review = true;
    }
}

/*
 * Of what is personal or graded 3 and more not even short values (an age, a blood type) stay as examples; elsewhere codes of up to
 * three characters do.
 */
static void hide_short_examples(struct dc_profile *profile)
{
    for (size_t i = 0; i < DC_MAX_EXAMPLES; i++) {
        if (dc_utf8_length(profile->examples[i], strlen(profile->examples[i])) <= SHORT_EXAMPLE) {
            profile->examples[i][0] = '\0';
        }
    }
}

bool scan_hides_examples(const struct dc_finding *finding)
{
    return finding->pi != DC_PI_NONE || finding->level >= HIDING_LEVEL;
}

static void hide_examples(struct dc_arena *arena, struct dc_table_result *result)
{
    size_t n = result->table->n_columns;
    struct dc_profile *profiles;

    if (result->profiles == NULL) {
        return;
    }
    profiles = dc_arena_alloc(arena, n * sizeof *profiles);
    memcpy(profiles, result->profiles, n * sizeof *profiles);
    for (size_t i = 0; i < n; i++) {
        if (scan_hides_examples(&result->findings[i])) {
            hide_short_examples(&profiles[i]);
        }
    }
    result->profiles = profiles;
}

/* How values were read that are not in the source's encoding; NULL: all are. */
static const char *reading_of(struct dc_arena *arena, const struct dc_profile *profile)
{
    long long n = (long long)(profile->rows - profile->nulls);

    if (profile->invalid > 0) {
        return dc_arena_printf(
            arena,
            "%lld of %lld values are not valid text: does `encoding` of the source name the "
            "driver's encoding?",
            (long long)profile->invalid, n);
    }
    if (profile->read_as_latin1 > 0) {
        return dc_arena_printf(arena,
                               "%lld of %lld values are no UTF-8 and were read as Latin-1, which "
                               "may be wrong: `encoding` of the source should name their encoding",
                               (long long)profile->read_as_latin1, n);
    }
    if (profile->read_as_utf16 > 0) {
        return dc_arena_printf(arena,
                               "%lld of %lld values are no UTF-8 and were read as UTF-16: "
                               "`encoding` of the source should say so",
                               (long long)profile->read_as_utf16, n);
    }
    if (profile->read_as_gb18030 > 0) {
        return dc_arena_printf(arena,
                               "%lld of %lld values are no UTF-8 and were read as GB18030: "
                               "`encoding` of the source should say so",
                               (long long)profile->read_as_gb18030, n);
    }
    return NULL;
}

/*
 * Values that are no text in the source's encoding prove nothing, and Latin-1 is what almost anything can be: a person should look, and first
 * of all at the encoding.
 */
static void mark_undecoded(struct dc_arena *arena, const struct dc_table_result *result,
                           struct dc_finding *findings)
{
    for (size_t i = 0; i < result->table->n_columns && result->profiles != NULL; i++) {
        const struct dc_profile *profile = &result->profiles[i];

        const char *reading = reading_of(arena, profile);

        if (reading != NULL && findings[i].status == DC_COLUMN_OK) {
            findings[i].to_review |= profile->invalid > 0 || profile->read_as_latin1 > 0;
            findings[i].reason = reading;
        }
    }
}

void scan_decide(const struct dc_classifier *classifier, const struct dc_source *source,
                 const struct dc_decisions *decisions, struct dc_arena *arena,
                 struct dc_table_result *result)
{
    struct dc_finding *findings = dc_arena_alloc(arena,
                                                 (result->table->n_columns + 1) * sizeof *findings);
    struct dc_table_context context = {.source = source,
                                       .table = result->table,
                                       .profiles = result->profiles,
                                       .decisions = decisions};

    dc_classify_table(classifier, &context, arena, findings, &result->finding);
    if (result->status != DC_COLUMN_OK) {
        mark_unread(result->table, findings, result->status, result->reason);
    }
    mark_undecoded(arena, result, findings);
    result->findings = findings;
    hide_examples(arena, result);
}

/* Level rule L10: of a table that bears a state-secret mark nothing is kept but the fact. */
void scan_keep_nothing(struct dc_arena *arena, struct dc_table_result *result, const char *word)
{
    struct dc_finding *findings = dc_arena_alloc(arena,
                                                 (result->table->n_columns + 1) * sizeof *findings);

    memset(&result->finding, 0, sizeof result->finding);
    memset(&result->sample, 0, sizeof result->sample);
    result->sample.statement = "";
    result->finding.subject = result->finding.subject_name_zh = result->finding.subject_name_en =
        "";
    result->finding.level_column = result->finding.leaf = "";
    result->profiles = NULL;
    result->status = DC_COLUMN_SKIPPED;
    result->reason = dc_arena_printf(
        arena, "state-secret mark (%s): sampling stopped, nothing kept (level rule L10)", word);
    for (size_t i = 0; i < result->table->n_columns; i++) {
        findings[i] = (struct dc_finding){.status = DC_COLUMN_SKIPPED,
                                          .reason = result->reason,
                                          .leaf = "",
                                          .runner_up = "",
                                          .level_reason = "L10",
                                          .marks = "",
                                          .to_review = true};
    }
    result->findings = findings;
}
