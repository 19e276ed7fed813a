/* dcscan review: decisions of people out of a workbook, listed, undone. */
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/text.h"
#include "review_print.h"
#include "session.h"

#define MAX_EXPORT (63u << 20) /* the reader of overlays takes 64 MiB */

struct arguments {
    struct cli_common common;
    struct session_options session;
    const char *reviewer, *run, *on_conflict, *format, *reason, *import, *output;
    bool dry_run;
};

#define OPTION(name, letter, argument, kind, field, choices, help)                           \
    {                                                                                        \
        name, letter, argument, kind, offsetof(struct arguments, field), 0, 0, choices, help \
    }

static const struct cli_option options[] = {
    OPTION("reviewer", 0, "NAME", CLI_TEXT, reviewer, NULL,
           "import: who decided, where a row names nobody"),
    OPTION("run", 0, "RUN", CLI_TEXT, run, NULL,
           "import: run of the workbook, where its properties are gone"),
    OPTION("on-conflict", 0, "WHAT", CLI_CHOICE, on_conflict, "refuse|skip|replace",
           "import: with rows in conflict keep nothing, the other rows, or these too (refuse)"),
    OPTION("dry-run", 0, NULL, CLI_FLAG, dry_run, NULL, "import: check only"),
    OPTION("import", 0, "N", CLI_TEXT, import, NULL, "undo: all decisions of an import"),
    OPTION("reason", 0, "TEXT", CLI_TEXT, reason, NULL, "undo: why"),
    OPTION("output", 'o', "FILE", CLI_TEXT, output, NULL, "export: where to (standard output)"),
    OPTION("format", 0, "FORMAT", CLI_CHOICE, format, "text|json",
           "form of what is written to standard output"),
    {"lang", 0, "LANG", CLI_CHOICE, SESSION_OFFSET(struct arguments, lang), 0, 0, "zh|en",
     "language (that of the terminal)"},
    SESSION_OPTION_STORE(struct arguments),
    SESSION_OPTION_CONFIG(struct arguments),
    SESSION_OPTION_TAXONOMY(struct arguments),
    CLI_END,
};

struct review {
    struct session session;
    const struct arguments *arguments;
    struct dc_texts operands; /* behind the verb */
    struct review_print print;
};

typedef enum dc_status verb_fn(struct review *review, int *code, struct dc_err *err);

/* ---- who and where, for the log ---- */

static const char *account_name(struct dc_arena *arena)
{
    struct passwd entry, *found = NULL;
    char buffer[4096];

    if (getpwuid_r(geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != NULL) {
        return dc_arena_strdup(arena, found->pw_name);
    }
    return dc_arena_printf(arena, "uid %u", (unsigned)geteuid());
}

static const char *host_name(struct dc_arena *arena)
{
    char host[256] = "";

    gethostname(host, sizeof host - 1);
    return dc_arena_strdup(arena, host);
}

static enum dc_status number_of(const char *text, const char *what, int64_t *out,
                                struct dc_err *err)
{
    char *end = NULL;
    long long number;

    errno = 0;
    number = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || number <= 0) {
        return dc_err_set(err, DC_ERR_USAGE, "%s is a number, not \"%s\"", what, text);
    }
    *out = number;
    return DC_OK;
}

/* ---- import ---- */

static enum dc_review_policy policy_of(const char *word)
{
    return word == NULL || strcmp(word, "refuse") == 0 ? DC_REVIEW_REFUSE
           : strcmp(word, "skip") == 0                 ? DC_REVIEW_SKIP
                                                       : DC_REVIEW_REPLACE;
}

static enum dc_status import(struct review *review, int *code, struct dc_err *err)
{
    const struct arguments *arguments = review->arguments;
    struct session *session = &review->session;
    struct dc_review_request request = {.path = review->operands.items[0],
                                        .reviewer = arguments->reviewer,
                                        .policy = policy_of(arguments->on_conflict),
                                        .dry = arguments->dry_run,
                                        .account = account_name(session->arena),
                                        .host = host_name(session->arena),
                                        .now = (int64_t)time(NULL)};
    struct dc_review_tools tools;
    struct dc_review_result result;
    enum dc_status status = arguments->run == NULL
                                ? DC_OK
                                : number_of(arguments->run, "a run", &request.run_id, err);

    if (status == DC_OK) {
        status = session_load_rules(session, err);
    }
    if (status == DC_OK) {
        status = session_load_reports(session, err);
    }
    if (status != DC_OK) {
        return status;
    }
    tools = (struct dc_review_tools){session->rules.taxonomy, session->definition, session->store};
    status = dc_review_import(&tools, &request, &result, err);
    if (status == DC_OK) {
        review_print_result(&review->print, &result, &request);
        *code = result.n_problems > 0 ? CLI_GATE : CLI_COMPLETE;
    }
    dc_review_result_done(&result);
    return status;
}

/* ---- list ---- */

struct states {
    const struct dc_decision *decisions; /* by id */
    size_t n_decisions;
    struct review_state *states;
};

static int compare_id(const void *key, const void *entry)
{
    int64_t left = *(const int64_t *)key, right = ((const struct dc_decision *)entry)->id;

    return (left > right) - (left < right);
}

static void note_state(struct states *states, const struct dc_decision *decision, unsigned changed)
{
    const struct dc_decision *found = decision == NULL || states->n_decisions == 0
                                          ? NULL
                                          : bsearch(&decision->id, states->decisions,
                                                    states->n_decisions, sizeof *states->decisions,
                                                    compare_id);

    if (found != NULL) {
        states->states[found - states->decisions] = (struct review_state){true, changed};
    }
}

static enum dc_status read_states(struct dc_inventory_reader *reader, struct states *states,
                                  struct dc_err *err)
{
    const struct dc_inventory_table *table = NULL;
    const struct dc_inventory_column *column;
    enum dc_status status;

    while ((status = reader->class_->next_table(reader, &table, err)) == DC_OK && table != NULL) {
        note_state(states, table->decision, table->decision_changed);
        while ((status = reader->class_->next_column(reader, &column, err)) == DC_OK &&
               column != NULL) {
            note_state(states, column->decision, column->decision_changed);
        }
        if (status != DC_OK) {
            break;
        }
    }
    return status;
}

static enum dc_status list(struct review *review, int *code, struct dc_err *err)
{
    struct session *session = &review->session;
    struct dc_inventory_reader *reader = NULL;
    struct states states = {NULL, 0, NULL};
    int64_t run_id = 0;
    enum dc_status status = dc_store_read_decisions(session->store, true, session->arena,
                                                    &states.decisions, &states.n_decisions, err);

    (void)code;
    if (status == DC_OK) {
        status = dc_store_latest_run(session->store, &run_id, err);
    }
    if (status != DC_OK || states.n_decisions == 0) {
        return status;
    }
    states.states = dc_arena_alloc(session->arena, states.n_decisions * sizeof *states.states);
    status = dc_store_read_run(session->store, run_id, &reader, err);
    if (status != DC_OK) {
        return status;
    }
    status = read_states(reader, &states, err);
    reader->class_->destroy(reader);
    for (size_t i = 0; status == DC_OK && i < states.n_decisions; i++) {
        review_print_decision(&review->print, &states.decisions[i], &states.states[i]);
    }
    return status;
}

/* ---- log ---- */

static bool is_wanted(struct review *review, const struct dc_decision *decision)
{
    return review->operands.n_items == 0 ||
           dc_glob_match(review->operands.items[0],
                         dc_decision_object(review->session.arena, decision));
}

static enum dc_status tell_log(struct review *review, int *code, struct dc_err *err)
{
    struct session *session = &review->session;
    const struct dc_decision *decisions = NULL;
    const struct dc_decision_batch *batches = NULL;
    size_t n_decisions = 0, n_batches = 0;
    enum dc_status status = dc_store_read_batches(session->store, session->arena, &batches,
                                                  &n_batches, err);

    (void)code;
    if (status == DC_OK) {
        status = dc_store_read_decisions(session->store, false, session->arena, &decisions,
                                         &n_decisions, err);
    }
    for (size_t i = 0, k = 0; status == DC_OK && i < n_batches; i++) {
        review_print_batch(&review->print, &batches[i]);
        for (; k < n_decisions && decisions[k].batch == batches[i].id; k++) {
            if (is_wanted(review, &decisions[k])) {
                review_print_decision(&review->print, &decisions[k], NULL);
            }
        }
    }
    return status;
}

/* ---- undo ---- */

static enum dc_status undo(struct review *review, int *code, struct dc_err *err)
{
    const struct arguments *arguments = review->arguments;
    struct session *session = &review->session;
    size_t n = review->operands.n_items;
    int64_t *ids = dc_arena_alloc(session->arena, (n + 1) * sizeof *ids), batch_id = 0;
    struct dc_decision_batch batch = {.at = (int64_t)time(NULL),
                                      .undo = true,
                                      .account = account_name(session->arena),
                                      .host = host_name(session->arena),
                                      .file = "",
                                      .file_hash = "",
                                      .note = arguments->reason};
    enum dc_status status = DC_OK;

    (void)code;
    if ((n > 0) == (arguments->import != NULL)) {
        return dc_err_set(err, DC_ERR_USAGE, "give either numbers of decisions or --import N");
    }
    if (arguments->reason == NULL || arguments->reason[0] == '\0') {
        return dc_err_set(err, DC_ERR_USAGE, "say why with --reason: it is kept in the log");
    }
    if (arguments->import != NULL) {
        status = number_of(arguments->import, "an import", &batch_id, err);
    }
    for (size_t i = 0; status == DC_OK && i < n; i++) {
        status = number_of(review->operands.items[i], "a decision", &ids[i], err);
    }
    return status == DC_OK ? dc_store_undo_decisions(session->store, &batch, ids, n, batch_id, err)
                           : status;
}

/* ---- export ---- */

static enum dc_status write_file(const char *path, const struct dc_strbuf *text, struct dc_err *err)
{
    struct dc_arena *arena = dc_arena_create(1024);
    const char *temporary = dc_arena_printf(arena, "%s.%ld.tmp", path, (long)getpid());
    FILE *file = fopen(temporary, "wbx");
    enum dc_status status = DC_OK;
    bool written = file != NULL && fwrite(text->text, 1, text->size, file) == text->size &&
                   fflush(file) == 0 && fsync(fileno(file)) == 0;

    if (!written || rename(temporary, path) != 0) {
        status = dc_err_set(err, DC_ERR_OUTPUT, "could not write \"%s\": %s", path,
                            strerror(errno));
    }
    if (file != NULL) {
        fclose(file);
        if (status != DC_OK) {
            unlink(temporary);
        }
    }
    dc_arena_destroy(arena);
    return status;
}

static enum dc_status export(struct review *review, int *code, struct dc_err *err) {
    struct session *session = &review->session; const char *path = review->arguments->output;
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_EXPORT); const struct dc_decision *decisions = NULL;
    size_t n = 0;
    enum dc_status status = dc_store_read_decisions(session->store, true, session->arena,
                                                    &decisions, &n, err);

    (void)code; if (status != DC_OK){return status;}
dc_review_export(decisions, n, &text);
if (text.overflowed) {
    status = dc_err_set(err, DC_ERR_OUTPUT, "could not export: more than %zu bytes",
                        (size_t)MAX_EXPORT);
} else if (path != NULL && strcmp(path, "-") != 0) {
    status = write_file(path, &text, err);
} else {
    fputs(dc_strbuf_text(&text), stdout);
}
dc_strbuf_done(&text);
return status;
}

/* ---- the command ---- */

static const struct verb {
    const char *name;
    size_t n_least, n_most; /* operands */
    verb_fn *run;
} verbs[] = {
    {"import", 1, 1, import}, {"export", 0, 0, export}, {"list", 0, 0, list},
    {"log", 0, 1, tell_log},  {"undo", 0, 1000, undo},
};

static const struct verb *verb_of(struct dc_texts operands)
{
    for (size_t i = 0; operands.n_items > 0 && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(operands.items[0], verbs[i].name) == 0 &&
            operands.n_items - 1 >= verbs[i].n_least && operands.n_items - 1 <= verbs[i].n_most) {
            return &verbs[i];
        }
    }
    return NULL;
}

static enum dc_status run_verb(struct review *review, const struct verb *verb, int *code,
                               struct dc_err *err)
{
    enum dc_status status;

    if (verb == NULL) {
        return dc_err_set(err, DC_ERR_USAGE,
                          "\"dcscan review\" takes \"import FILE\", \"list\", \"log [COLUMN]\", "
                          "\"undo DECISION…\" or \"export\"");
    }
    status = session_load_config(&review->session, err);
    if (status == DC_OK) {
        status = session_open_store(&review->session, err);
    }
    if (status == DC_OK) {
        status = verb->run(review, code, err);
    }
    if (status == DC_OK && fflush(stdout) != 0) {
        status = dc_err_set(err, DC_ERR_OUTPUT, "could not write to standard output");
    }
    return status;
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct review review = {.arguments = arguments};
    struct dc_err err = {0};
    int code = CLI_COMPLETE;

    session_init(&review.session, &arguments->common, &arguments->session);
    if (operands.n_items > 0) {
        review.operands = (struct dc_texts){operands.items + 1, operands.n_items - 1};
    }
    review.print = (struct review_print){.out = stdout,
                                         .lang = cli_terminal_lang(arguments->session.lang),
                                         .json = arguments->format != NULL &&
                                                 strcmp(arguments->format, "json") == 0,
                                         .arena = review.session.arena};
    if (run_verb(&review, verb_of(operands), &code, &err) != DC_OK) {
        code = session_fail(&review.session, &err);
    }
    session_done(&review.session);
    return code;
}

const struct cli_command cmd_review = {
    .name = "review",
    .summary = "decisions of people: out of the workbook, listed, undone",
    .usage = "import FILE.xlsx | list | log [COLUMN] | undo DECISION… | export [options]",
    .text =
        "  dcscan review import inventory.xlsx --reviewer 张三\n"
        "  dcscan review import inventory.xlsx --dry-run\n"
        "  dcscan review list\n"
        "  dcscan review log 'mes.*.phone'\n"
        "  dcscan review undo 17 --reason 误填\n"
        "  dcscan review undo --import 3 --reason 版本错误\n"
        "  dcscan review export -o decisions.yaml\n\n"
        "import takes what people filled in (最终级别, 最终分类编码, 理由, 确认人) from a "
        "workbook that dcscan wrote,\n"
        "whatever was sorted, moved or deleted in it: all of it, or, where a row is wrong or in "
        "conflict, nothing. It\n"
        "ends with 1 where it lists such rows. Decisions stand in every later scan and report "
        "until they are undone\n"
        "or decided anew; one whose column has changed (type, comment, masking, volume) comes "
        "up for review again.\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
