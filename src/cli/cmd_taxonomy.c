/* dcscan taxonomy: reads and checks the rules without touching a database. */
#include <string.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "session.h"

struct arguments {
    struct cli_common common;
    struct session_options session;
};

static const struct cli_option options[] = {
    SESSION_OPTION_TAXONOMY(struct arguments),
    SESSION_OPTION_CONFIG(struct arguments),
    {"lang", 0, "LANG", CLI_CHOICE, SESSION_OFFSET(struct arguments, lang), 0, 0, "zh|en",
     "language of the names"},
    CLI_END,
};

static const char *in_lang(struct dc_label label, enum dc_lang lang)
{
    const char *text = lang == DC_LANG_EN ? label.en : label.zh;

    return text != NULL ? text : "";
}

static void print_padded(const char *text, size_t width)
{
    size_t used = dc_utf8_width(text);

    printf("%s%*s", text, used < width ? (int)(width - used) : 1, "");
}

static int list_leaves(const struct dc_taxonomy *taxonomy, enum dc_lang lang)
{
    for (size_t i = 0; i < taxonomy->n_leaves; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[i];

        printf("%-6s %c  ", leaf->code, leaf->level > 0 ? (char)('0' + leaf->level) : '-');
        print_padded(in_lang(leaf->class1, lang), lang == DC_LANG_EN ? 30 : 16);
        printf("%s\n", in_lang(leaf->name, lang));
    }
    return CLI_COMPLETE;
}

static void print_field(const char *label, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        printf("  %-12s %s\n", label, text);
    }
}

static int show_leaf(const struct dc_taxonomy *taxonomy, const char *code, struct dc_err *err)
{
    int index = dc_taxonomy_leaf(taxonomy, code);
    const struct dc_leaf *leaf;

    if (index == DC_NO_INDEX) {
        dc_err_set(err, DC_ERR_USAGE, "unknown leaf \"%s\"", code);
        dc_err_set_hint(err, "\"dcscan taxonomy list\" lists them");
        return CLI_USAGE;
    }
    leaf = &taxonomy->leaves[index];
    printf("%s %s / %s\n", leaf->code, leaf->name.zh, leaf->name.en);
    printf("  %-12s %s > %s / %s > %s\n", "class", leaf->class1.zh, leaf->class2.zh,
           leaf->class1.en, leaf->class2.en);
    printf("  %-12s %s / %s\n", "MIIT", leaf->miit.zh, leaf->miit.en);
    if (leaf->level > 0) {
        printf("  %-12s 一般%d级 / general %d\n", "level", leaf->level, leaf->level);
    }
    print_field("personal", dc_pi_name(leaf->pi));
    printf("  %-12s %s%s\n", "basis", leaf->basis,
           leaf->verify ? " (to be verified / 待核实)" : "");
    print_field("elements", leaf->elements);
    print_field("boundary", leaf->boundary);
    for (size_t i = 0; i < leaf->n_candidates; i++) {
        const struct dc_candidate_rule *rule = &taxonomy->candidate_rules[leaf->candidates[i]];

        printf("  %-12s %s %s / %s\n", "candidate", rule->id, rule->name.zh, rule->name.en);
    }
    return CLI_COMPLETE;
}

static int print_check(const struct dc_taxonomy *taxonomy)
{
    printf("%s %s: %zu leaves, %zu concepts, %zu subjects, %zu roles, %zu combinations, %zu known "
           "fields, "
           "%zu value rules, %zu level rules, %zu candidate rules; sha256 %s\n",
           taxonomy->name, taxonomy->version, taxonomy->n_leaves, taxonomy->n_concepts,
           taxonomy->n_subjects, taxonomy->n_roles, taxonomy->n_combinations,
           taxonomy->n_known_fields, taxonomy->n_value_rules, taxonomy->n_level_rules,
           taxonomy->n_candidate_rules, taxonomy->hash);
    return CLI_COMPLETE;
}

static bool operands_fit(struct dc_texts operands)
{
    const char *verb = operands.n_items > 0 ? operands.items[0] : "";

    if (strcmp(verb, "list") == 0) {
        return operands.n_items == 1;
    }
    return (strcmp(verb, "check") == 0 && operands.n_items <= 2) ||
           (strcmp(verb, "show") == 0 && operands.n_items == 2);
}

static int run_verb(struct session *session, struct dc_texts operands, struct dc_err *err)
{
    const struct dc_taxonomy *taxonomy = session->rules.taxonomy;

    if (strcmp(operands.items[0], "list") == 0) {
        return list_leaves(taxonomy, cli_terminal_lang(session->options->lang));
    }
    if (strcmp(operands.items[0], "check") == 0) {
        return print_check(taxonomy);
    }
    return show_leaf(taxonomy, operands.items[1], err);
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct session session;
    struct dc_err err = {0};
    enum dc_status status = DC_OK;
    int code = CLI_COMPLETE;

    if (operands.n_items == 2 && strcmp(operands.items[0], "check") == 0) {
        arguments->session.taxonomy = operands.items[1];
    }
    session_init(&session, &arguments->common, &arguments->session);
    if (!operands_fit(operands)) {
        status = dc_err_set(
            &err, DC_ERR_USAGE,
            "\"dcscan taxonomy\" takes \"list\", \"show CODE\" or \"check [FILE]\"");
    }
    if (status == DC_OK) {
        status = session_load_config(&session, &err);
    }
    if (status == DC_OK) {
        status = session_load_rules(&session, &err);
    }
    if (status == DC_OK) {
        code = run_verb(&session, operands, &err);
    }
    if (err.status != DC_OK) {
        code = session_fail(&session, &err);
    }
    session_done(&session);
    return code;
}

const struct cli_command cmd_taxonomy = {
    .name = "taxonomy",
    .summary = "list the categories, show one, check rule files",
    .usage = "list | show CODE | check [FILE] [options]",
    .text = "  dcscan taxonomy list\n"
            "  dcscan taxonomy show B1-02\n"
            "  dcscan taxonomy check my-taxonomy.yaml\n"
            "  dcscan taxonomy check --taxonomy-overlay site.yaml\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
