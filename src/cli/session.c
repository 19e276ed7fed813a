#include "session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/alloc.h"
#include "summary.h"
#include "views.h"

void session_init(struct session *session, const struct cli_common *common,
                  const struct session_options *options)
{
    memset(session, 0, sizeof *session);
    session->common = common;
    session->options = options;
    session->console = console_create(common);
    session->arena = dc_arena_create(0);
    dc_complaints_init(&session->complaints, session->arena);
}

void session_done(struct session *session)
{
    dc_store_close(session->store);
    dc_report_definition_destroy(session->definition);
    dc_dialects_destroy(session->dialects);
    rules_done(&session->rules);
    dc_config_destroy(session->config);
    dc_complaints_done(&session->complaints);
    dc_arena_destroy(session->arena);
    console_done(&session->console);
}

static enum dc_lang lang_of(const char *word)
{
    return word != NULL && strcmp(word, "en") == 0 ? DC_LANG_EN : DC_LANG_ZH;
}

enum dc_status session_load_config(struct session *session, struct dc_err *err)
{
    const struct session_options *options = session->options;
    enum dc_status status = DC_OK;

    if (!options->no_config) {
        char *path = options->config != NULL ? dc_strdup(options->config) : dc_config_find();

        if (path != NULL) {
            status = dc_config_load(path, &session->config, &session->complaints, err);
        }
        free(path);
    }
    session->lang = lang_of(options->lang == NULL && session->config != NULL ? session->config->lang
                                                                             : options->lang);
    return status;
}

enum dc_status session_check_folder(struct session *session, const char *path, struct dc_err *err)
{
    const char *slash = strrchr(path, '/');
    const char *folder = slash == NULL ? "."
                         : slash == path
                             ? "/"
                             : dc_arena_strndup(session->arena, path, (size_t)(slash - path));

    if (access(folder, W_OK | X_OK) != 0) {
        return dc_err_set(err, DC_ERR_OUTPUT, "could not write \"%s\": folder \"%s\": %s", path,
                          folder, strerror(errno));
    }
    return DC_OK;
}

enum dc_status session_choose_outputs(struct session *session, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    session->outputs = session->options->outputs;
    if (session->outputs.n_items == 0 && session->config != NULL) {
        session->outputs = session->config->outputs;
    }
    for (size_t i = 0; status == DC_OK && i < session->outputs.n_items; i++) {
        status = dc_report_check_path(session->outputs.items[i], err);
        if (status == DC_OK && strcmp(session->outputs.items[i], "-") != 0) {
            status = session_check_folder(session, session->outputs.items[i], err);
        }
    }
    return status;
}

static enum dc_status find_data(struct session *session, struct dc_err *err)
{
    return session->data != NULL
               ? DC_OK
               : cli_find_data(session->common, session->arena, &session->data, err);
}

enum dc_status session_load_rules(struct session *session, struct dc_err *err)
{
    const struct dc_texts *overlays = &session->options->overlays;
    const char *main_file = session->options->taxonomy;
    enum dc_status status = find_data(session, err);

    if (session->config != NULL) {
        overlays = overlays->n_items == 0 ? &session->config->overlays : overlays;
        main_file = main_file == NULL ? session->config->taxonomy : main_file;
    }
    return status != DC_OK ? status
                           : rules_load(session->data, main_file, overlays, &session->rules,
                                        &session->complaints, err);
}

enum dc_status session_load_dialects(struct session *session, struct dc_err *err)
{
    enum dc_status status = find_data(session, err);

    return status != DC_OK
               ? status
               : dc_dialects_load(
                     dc_arena_printf(session->arena, "%s/connectors/dialects", session->data),
                     &session->dialects, &session->complaints, err);
}

enum dc_status session_load_reports(struct session *session, struct dc_err *err)
{
    enum dc_status status = find_data(session, err);

    return status != DC_OK
               ? status
               : dc_report_definition_load(
                     dc_arena_printf(session->arena, "%s/reports/definitions", session->data),
                     &session->definition, &session->complaints, err);
}

const char *session_store_place(struct session *session)
{
    const char *where = session->options->store;
    char *fallback;

    if (where == NULL && session->config != NULL) {
        where = session->config->store;
    }
    if (where == NULL) {
        fallback = dc_store_default_path();
        where = dc_arena_strdup(session->arena, fallback);
        free(fallback);
    }
    return where;
}

enum dc_status session_open_store(struct session *session, struct dc_err *err)
{
    return dc_store_open(session_store_place(session), &session->store, err);
}

struct dc_store_keep session_keep(const struct session *session)
{
    const struct session_options *options = session->options;

    if (options->keep_runs == 0 && options->keep_days == 0 && session->config != NULL) {
        return (struct dc_store_keep){session->config->keep_runs, session->config->keep_days};
    }
    return (struct dc_store_keep){options->keep_runs, options->keep_days};
}

enum dc_status session_write_requests(struct session *session, struct dc_inventory_reader *reader,
                                      const struct dc_report_request *wanted, struct dc_err *err)
{
    enum dc_status first_failure = DC_OK;

    for (size_t i = 0; i < session->outputs.n_items; i++) {
        struct dc_err failure = {0};
        struct dc_report_request request = *wanted;
        enum dc_status status;

        if (session->rules.taxonomy != NULL) {
            request.views = views_of(session->rules.taxonomy, session->arena, &request.n_views);
        }
        request.path = session->outputs.items[i];
        request.lang = session->lang;
        if (request.security_label == NULL && session->config != NULL) {
            request.security_label = session->config->security_label;
        }
        status = dc_report_write(session->definition, reader, &request, &failure);

        if (status != DC_OK && first_failure != DC_OK) {
            console_error(&session->console, &failure);
        } else if (status != DC_OK) {
            first_failure = status;
            *err = failure;
        } else if (strcmp(request.path, "-") != 0) {
            console_clear_progress(&session->console);
            dc_log_write(session->console.log, DC_LOG_INFO, "wrote %s", request.path);
        }
    }
    return first_failure;
}

enum dc_status session_write_reports(struct session *session, struct dc_inventory_reader *reader,
                                     const struct dc_changes *changes, const char *security_label,
                                     bool reproducible, struct dc_err *err)
{
    struct dc_report_request request = {
        .changes = changes, .security_label = security_label, .reproducible = reproducible};

    return session_write_requests(session, reader, &request, err);
}

void session_print_summary(struct session *session, struct dc_inventory_reader *reader,
                           const struct dc_report_summary *summary)
{
    struct dc_person_thresholds thresholds;
    const struct dc_run *run = NULL;
    enum dc_lang lang = cli_terminal_lang(session->options->lang);
    struct dc_person_note notes[DC_N_PERSON_NOTES];
    struct dc_person_counts counts;
    struct dc_rollup rollup;

    summary_print(stderr, summary, lang, session->console.color);
    dc_rollup_init(&rollup);
    if (dc_rollup_read(&rollup, reader, NULL) == DC_OK) {
        summary_print_rollup(stderr, &rollup, lang);
    }
    dc_rollup_done(&rollup);
    if (reader->class_->run(reader, &run, NULL) == DC_OK &&
        dc_count_persons(reader, &counts, NULL) == DC_OK) {
        thresholds = dc_run_thresholds(run);
        summary_print_persons(stderr, notes, dc_person_notes(&counts, &thresholds, notes), lang);
    }
}

int session_fail(struct session *session, const struct dc_err *err)
{
    char buffer[DC_ERR_MESSAGE_SIZE + DC_ERR_OBJECT_SIZE];

    if (session->failure == NULL) {
        session->failure = dc_arena_strdup(session->arena,
                                           dc_err_format(err, buffer, sizeof buffer));
    }
    return console_complaints(&session->console, &session->complaints, err);
}
