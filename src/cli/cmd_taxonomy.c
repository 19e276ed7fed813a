/* dcscan taxonomy: reads, checks and tests the rules without touching a database. */
#include <stdio.h>
#include <string.h>

#include "session.h"
#include "taxonomy_views.h"

struct arguments {
    struct cli_common common;
    struct session_options session;
    const char *format;
};

static const struct cli_option options[] = {
    SESSION_OPTION_TAXONOMY(struct arguments),
    SESSION_OPTION_CONFIG(struct arguments),
    {"format", 0, "FORMAT", CLI_CHOICE, offsetof(struct arguments, format), 0, 0, "text|json",
     "form of what is written to standard output"},
    {"lang", 0, "LANG", CLI_CHOICE, SESSION_OFFSET(struct arguments, lang), 0, 0, "zh|en",
     "language of the names"},
    CLI_END,
};

enum verb { VERB_LIST, VERB_SHOW, VERB_CHECK, VERB_TEST, VERB_MAP, N_VERBS };

/* Operands behind the verb. */
static const struct {
    const char *name;
    size_t n_least, n_most;
} verbs[N_VERBS] = {[VERB_LIST] = {"list", 0, 1},
                    [VERB_SHOW] = {"show", 1, 1},
                    [VERB_CHECK] = {"check", 0, 1},
                    [VERB_TEST] = {"test", 0, 1},
                    [VERB_MAP] = {"map", 0, 1}};

static enum verb verb_of(struct dc_texts operands)
{
    for (enum verb verb = 0; operands.n_items > 0 && verb < N_VERBS; verb++) {
        if (strcmp(operands.items[0], verbs[verb].name) == 0 &&
            operands.n_items - 1 >= verbs[verb].n_least &&
            operands.n_items - 1 <= verbs[verb].n_most) {
            return verb;
        }
    }
    return N_VERBS;
}

static int unknown(const char *what, const char *name, const char *hint, struct dc_err *err)
{
    dc_err_set(err, DC_ERR_USAGE, "unknown %s \"%s\"", what, name);
    dc_err_set_hint(err, "%s", hint);
    return CLI_USAGE;
}

static int show(const struct dc_taxonomy *taxonomy, const char *code, bool json, struct dc_err *err)
{
    int leaf = dc_taxonomy_leaf(taxonomy, code);

    if (leaf != DC_NO_INDEX) {
        (json ? taxonomy_show_json : taxonomy_show_leaf)(taxonomy, leaf);
        return CLI_COMPLETE;
    }
    if (taxonomy_show_rule(taxonomy, code, json)) {
        return CLI_COMPLETE;
    }
    return unknown("leaf or rule", code, "\"dcscan taxonomy list\" and \"list rules\" list them",
                   err);
}

static int list(const struct dc_taxonomy *taxonomy, const char *what, enum dc_lang lang, bool json,
                struct dc_err *err)
{
    if (what == NULL || strcmp(what, "leaves") == 0) {
        json ? taxonomy_list_json(taxonomy) : taxonomy_list(taxonomy, lang);
    } else if (strcmp(what, "rules") == 0) {
        json ? taxonomy_list_rules_json(taxonomy) : taxonomy_list_rules(taxonomy, lang);
    } else {
        return unknown("list", what, "there are \"leaves\" and \"rules\"", err);
    }
    return CLI_COMPLETE;
}

static int map(const struct dc_taxonomy *taxonomy, const char *only, enum dc_lang lang, bool json,
               struct dc_err *err)
{
    if (json) {
        taxonomy_map_json(taxonomy);
    } else if (!taxonomy_map(taxonomy, only, lang)) {
        return unknown("map", only, "\"dcscan taxonomy map\" shows all", err);
    }
    return CLI_COMPLETE;
}

/* Loading has checked what stands in the files; now what only running shows. */
static int check(struct session *session, bool json, struct dc_err *err)
{
    const struct rules *rules = &session->rules;

    dc_value_rules_probe(rules->taxonomy, rules->matcher, &session->complaints);
    if (session->complaints.n_lines > 0) {
        dc_err_set(err, DC_ERR_CONFIG, "complaints about the value rules: %zu",
                   session->complaints.n_lines);
        return CLI_CONFIG;
    }
    (json ? taxonomy_check_json : taxonomy_check)(rules->taxonomy);
    return CLI_COMPLETE;
}

static int run_verb(struct session *session, enum verb verb, const char *operand, bool json,
                    struct dc_err *err)
{
    const struct dc_taxonomy *taxonomy = session->rules.taxonomy;
    enum dc_lang lang = cli_terminal_lang(session->options->lang);

    switch (verb) {
    case VERB_SHOW:
        return show(taxonomy, operand, json, err);
    case VERB_TEST:
        return taxonomy_test(&session->rules, json) == 0 ? CLI_COMPLETE : CLI_CONFIG;
    case VERB_LIST:
        return list(taxonomy, operand, lang, json, err);
    case VERB_MAP:
        return map(taxonomy, operand, lang, json, err);
    case VERB_CHECK:
    case N_VERBS:
        return check(session, json, err);
    }
    return CLI_COMPLETE;
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    bool json = arguments->format != NULL && strcmp(arguments->format, "json") == 0;
    enum verb verb = verb_of(operands);
    const char *operand = operands.n_items > 1 ? operands.items[1] : NULL;
    struct session session;
    struct dc_err err = {0};
    enum dc_status status = DC_OK;
    int code = CLI_COMPLETE;

    if ((verb == VERB_CHECK || verb == VERB_TEST) && operand != NULL) {
        arguments->session.taxonomy = operand;
    }
    session_init(&session, &arguments->common, &arguments->session);
    if (verb == N_VERBS) {
        status = dc_err_set(
            &err, DC_ERR_USAGE,
            "\"dcscan taxonomy\" takes \"list [leaves|rules]\", \"show CODE\", \"check "
            "[FILE]\", \"test [FILE]\" or \"map [MAP]\"");
    }
    if (status == DC_OK) {
        status = session_load_config(&session, &err);
    }
    if (status == DC_OK) {
        status = session_load_rules(&session, &err);
    }
    if (status == DC_OK) {
        code = run_verb(&session, verb, operand, json, &err);
    }
    if (err.status != DC_OK) {
        code = session_fail(&session, &err);
    }
    session_done(&session);
    return code;
}

const struct cli_command cmd_taxonomy = {
    .name = "taxonomy",
    .summary = "list, show, map, check and test the rules",
    .usage = "list [leaves|rules] | show CODE | map [MAP] | check [FILE] | test [FILE] [options]",
    .text = "  dcscan taxonomy list\n"
            "  dcscan taxonomy show B1-02\n"
            "  dcscan taxonomy show ID06\n"
            "  dcscan taxonomy map --format json\n"
            "  dcscan taxonomy check --taxonomy-overlay site.yaml\n"
            "  dcscan taxonomy test my-taxonomy.yaml\n\n"
            "CODE is that of a leaf or rule. check loads everything, tells all that is wrong, and "
            "what an "
            "overlay\n"
            "changes; test runs the examples of the "
            "value rules\n"
            "and ends with 3 where one fails.\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
