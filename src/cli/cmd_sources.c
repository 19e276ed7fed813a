/* dcscan sources: lists and tests what the configuration names. */
#include <string.h>

#include "dcscan/alloc.h"
#include "session.h"

struct arguments {
    struct cli_common common;
    struct session_options session;
};

static const struct cli_option options[] = {
    SESSION_OPTION_CONFIG(struct arguments),
    CLI_END,
};

static int list_sources(const struct dc_config *config)
{
    for (size_t i = 0; i < config->n_sources; i++) {
        const struct dc_source *source = &config->sources[i];
        const char *system = source->about[DC_ABOUT_SYSTEM];

        /* A connection string may hold a password, so only its presence is shown. */
        printf("%s\t%s\t%s\t%s\n", source->name,
               source->dsn != NULL ? source->dsn : "(connection string)",
               source->user != NULL ? source->user : "-", system != NULL ? system : "-");
    }
    return CLI_COMPLETE;
}

static enum dc_status test_connection(struct session *session, const struct dc_source *source,
                                      struct dc_err *err)
{
    struct dc_connection *connection = NULL;
    struct dc_catalog *catalog = NULL;
    const struct dc_odbc_info *info;
    enum dc_status status = dc_connection_open(source, session->dialects, &connection, err);

    if (status != DC_OK) {
        return status;
    }
    info = dc_connection_info(connection);
    printf("%s: %s %s through %s %s, login \"%s\", dialect %s, read only by %s\n", source->name,
           info->dbms_name, info->dbms_version, info->driver_name, info->driver_version,
           info->user_name, dc_connection_dialect(connection)->name,
           dc_connection_read_only(connection));
    status = dc_connection_list(connection, &catalog, err);
    if (status == DC_OK) {
        size_t n_denied = 0;

        for (size_t i = 0; i < catalog->n_tables; i++) {
            n_denied += catalog->tables[i].skip_reason != NULL;
        }
        printf("%s: %zu tables, %zu columns in scope, %zu tables not readable\n", source->name,
               catalog->n_tables, dc_catalog_count_columns(catalog), n_denied);
    }
    dc_catalog_destroy(catalog);
    dc_connection_close(connection);
    return status;
}

static int test_sources(struct session *session, struct dc_texts names)
{
    size_t n_tested = 0, n_failed = 0;

    for (size_t i = 0; i < session->config->n_sources; i++) {
        const struct dc_source *source = &session->config->sources[i];
        bool named = names.n_items == 1;
        struct dc_err err = {0};

        for (size_t j = 1; j < names.n_items; j++) {
            named = named || strcmp(names.items[j], source->name) == 0;
        }
        if (named) {
            n_tested++;
            if (test_connection(session, source, &err) != DC_OK) {
                console_error(&session->console, &err);
                n_failed++;
            }
        }
    }
    if (n_failed == n_tested) {
        return CLI_NO_SOURCE;
    }
    return n_failed > 0 ? CLI_INCOMPLETE : CLI_COMPLETE;
}

static enum dc_status check_names(const struct dc_config *config, struct dc_texts names,
                                  struct dc_err *err)
{
    for (size_t i = 1; i < names.n_items; i++) {
        if (dc_config_source(config, names.items[i]) == NULL) {
            return dc_err_set(err, DC_ERR_USAGE, "unknown source \"%s\"", names.items[i]);
        }
    }
    return DC_OK;
}

static enum dc_status prepare(struct session *session, struct dc_texts operands, struct dc_err *err)
{
    enum dc_status status;

    if (operands.n_items == 0 ||
        (strcmp(operands.items[0], "list") != 0 && strcmp(operands.items[0], "test") != 0)) {
        return dc_err_set(err, DC_ERR_USAGE, "\"dcscan sources\" takes \"list\" or \"test\"");
    }
    status = session_load_config(session, err);
    if (status == DC_OK && session->config == NULL) {
        status = dc_err_set(err, DC_ERR_USAGE, "could not find a configuration");
    }
    if (status == DC_OK) {
        status = check_names(session->config, operands, err);
    }
    return status == DC_OK ? session_load_dialects(session, err) : status;
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct session session;
    struct dc_err err = {0};
    int code;

    session_init(&session, &arguments->common, &arguments->session);
    if (prepare(&session, operands, &err) != DC_OK) {
        code = session_fail(&session, &err);
    } else if (strcmp(operands.items[0], "list") == 0) {
        code = list_sources(session.config);
    } else {
        code = test_sources(&session, operands);
    }
    session_done(&session);
    return code;
}

const struct cli_command cmd_sources = {
    .name = "sources",
    .summary = "list the sources of the configuration, or test driver, login, rights and read-only "
               "session",
    .usage = "list | test [SOURCE…] [options]",
    .text = "  dcscan sources list\n"
            "  dcscan sources test mes-wuhan\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
