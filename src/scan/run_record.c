/* What the store keeps of a run and its sources. */
#include <pwd.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "scan_internal.h"

static struct dc_leaf_text *leaf_texts(const struct dc_taxonomy *taxonomy, struct dc_arena *arena)
{
    struct dc_leaf_text *texts = dc_arena_alloc(arena, (taxonomy->n_leaves + 1) * sizeof *texts);

    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[i];

        texts[i] = (struct dc_leaf_text){
            .code = leaf->code,
            .name_zh = leaf->name.zh,
            .name_en = leaf->name.en,
            .class1_zh = leaf->class1.zh,
            .class1_en = leaf->class1.en,
            .class2_zh = leaf->class2.zh,
            .class2_en = leaf->class2.en,
            .miit_zh = leaf->miit.zh,
            .miit_en = leaf->miit.en,
            .basis = leaf->basis,
            .default_level = leaf->level,
            .verify = leaf->verify,
        };
    }
    return texts;
}

static struct dc_candidate_text *candidate_texts(const struct dc_taxonomy *taxonomy,
                                                 struct dc_arena *arena)
{
    struct dc_candidate_text *texts = dc_arena_alloc(arena, (taxonomy->n_candidate_rules + 1) *
                                                                sizeof *texts);

    for (size_t i = 0; i < taxonomy->n_candidate_rules; i++) {
        const struct dc_candidate_rule *rule = &taxonomy->candidate_rules[i];

        texts[i] = (struct dc_candidate_text){
            .id = rule->id,
            .name_zh = rule->name.zh,
            .name_en = rule->name.en,
            .basis = rule->basis,
            .check_zh = rule->check.zh,
            .check_en = rule->check.en,
            .verify = rule->verify,
        };
    }
    return texts;
}

static struct dc_person_thresholds thresholds_of(const struct dc_taxonomy *taxonomy)
{
    struct dc_scale_steps steps = dc_taxonomy_scale_steps(taxonomy);

    return (struct dc_person_thresholds){.vehicles = steps.persons[0],
                                         .contract = steps.persons[0],
                                         .assessment = steps.persons[1],
                                         .sensitive = steps.sensitive_persons,
                                         .large_scale_handler = steps.persons[2]};
}

static const char *account_name(struct dc_arena *arena)
{
    struct passwd entry, *found = NULL;
    char buffer[4096];

    if (getpwuid_r(geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != NULL) {
        return dc_arena_strdup(arena, found->pw_name);
    }
    return dc_arena_printf(arena, "uid %u", (unsigned)geteuid());
}

void scan_fill_record(struct source_run *run)
{
    struct dc_run_source *record = &run->record;
    const char **texts[] = {&record->dbms,    &record->dbms_version, &record->driver,
                            &record->dialect, &record->login,        &record->encoding,
                            &record->error,   &record->read_only};

    record->name = run->source->name;
    for (size_t i = 0; i < DC_N_ABOUT; i++) {
        record->about[i] = run->source->about[i] != NULL ? run->source->about[i] : "";
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        *texts[i] = *texts[i] != NULL ? *texts[i] : "";
    }
}

void scan_record_connection(struct dc_scan *scan, struct source_run *run,
                            struct dc_connection *connection)
{
    const struct dc_odbc_info *info = dc_connection_info(connection);

    pthread_mutex_lock(&scan->lock);
    run->record.dbms = dc_arena_strdup(scan->arena, info->dbms_name);
    run->record.dbms_version = dc_arena_strdup(scan->arena, info->dbms_version);
    run->record.driver = dc_arena_printf(scan->arena, "%s %s", info->driver_name,
                                         info->driver_version);
    run->database = dc_arena_strdup(scan->arena, info->database);
    run->record.login = dc_arena_strdup(scan->arena, info->user_name);
    run->record.dialect = dc_connection_dialect(connection)->name;
    run->record.read_only = dc_connection_read_only(connection);
    run->record.encoding = run->source->encoding != NULL ? run->source->encoding : "UTF-8";
    pthread_mutex_unlock(&scan->lock);
}

void scan_record_failure(struct dc_scan *scan, struct source_run *run, const struct dc_err *err)
{
    char buffer[DC_ERR_MESSAGE_SIZE + DC_ERR_OBJECT_SIZE];

    pthread_mutex_lock(&scan->lock);
    run->record.error = dc_arena_strdup(scan->arena, dc_err_format(err, buffer, sizeof buffer));
    pthread_mutex_unlock(&scan->lock);
}

enum dc_status scan_begin_run(const struct dc_scan_tools *tools, struct dc_arena *arena,
                              struct dc_run *run, const struct dc_run_source *sources, size_t n,
                              int64_t *run_id, struct dc_err *err)
{
    const struct dc_taxonomy *taxonomy = tools->taxonomy;
    char host[256] = "";

    gethostname(host, sizeof host - 1);
    run->started_at = (int64_t)time(NULL);
    run->program_version = DCSCAN_VERSION;
    run->pcre2_version = dc_value_matcher_version(tools->matcher);
    run->odbc_version = dc_odbc_manager_version();
    run->taxonomy_name = taxonomy->name;
    run->taxonomy_version = taxonomy->version;
    run->taxonomy_hash = taxonomy->hash;
    run->taxonomy_title_zh = taxonomy->title.zh;
    run->taxonomy_title_en = taxonomy->title.en;
    run->host = host;
    run->account = account_name(arena);
    run->has_thresholds = true;
    run->thresholds = thresholds_of(taxonomy);
    return dc_store_begin_run(tools->store,
                              &(struct dc_store_start){
                                  .run = run,
                                  .leaves = leaf_texts(taxonomy, arena),
                                  .n_leaves = taxonomy->n_leaves,
                                  .candidates = candidate_texts(taxonomy, arena),
                                  .n_candidates = taxonomy->n_candidate_rules,
                                  .sources = sources,
                                  .n_sources = n,
                              },
                              run_id, err);
}

enum dc_status scan_record_run(struct dc_scan *scan, struct dc_err *err)
{
    struct dc_run run = {
        .seed = scan->seed,
        .kind = "scan",
        .label = scan->request.label,
        .rules = scan_rules_text(scan->tools.taxonomy, scan->arena),
    };
    struct dc_run_source *sources = dc_arena_alloc(scan->arena,
                                                   (scan->n_sources + 1) * sizeof *sources);

    /* Every source is on record from the start: one that is never reached must not be missing from the inventory. */
    for (size_t i = 0; i < scan->n_sources; i++) {
        scan_fill_record(&scan->sources[i]);
        scan->sources[i].record.state = "not reached";
        scan->sources[i].record.scope = scan_scope(scan->arena, &scan->sources[i]);
        sources[i] = scan->sources[i].record;
    }
    return scan_begin_run(&scan->tools, scan->arena, &run, sources, scan->n_sources, &scan->run_id,
                          err);
}
