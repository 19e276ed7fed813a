/* dcscan store: keeps the inventory store in order. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "dcscan/text.h"
#include "session.h"
#include "store_print.h"

struct arguments {
    struct cli_common common;
    struct session_options session;
    const char *format, *output;
};

static const struct cli_option options[] = {
    {"output", 'o', "FILE", CLI_TEXT, offsetof(struct arguments, output), 0, 0, NULL,
     "export: where to (\"-\" or none: standard output)"},
    SESSION_OPTION_KEEP(struct arguments),
    {"format", 0, "FORMAT", CLI_CHOICE, offsetof(struct arguments, format), 0, 0, "text|json",
     "form of what is told on standard output"},
    SESSION_OPTION_CONFIG(struct arguments),
    SESSION_OPTION_STORE(struct arguments),
    CLI_END,
};

struct work {
    const struct arguments *arguments;
    struct session session;
    struct dc_texts operands; /* behind the verb */
    bool json;
};

static enum dc_status open_existing(struct work *work, struct dc_err *err)
{
    return dc_store_open_existing(session_store_place(&work->session), &work->session.store, err);
}

/* ---- check ---- */

static enum dc_status check(struct work *work, int *code, struct dc_err *err)
{
    struct dc_store_health health;
    enum dc_status status = dc_store_check(session_store_place(&work->session), work->session.arena,
                                           &health, err);

    if (status == DC_OK) {
        (work->json ? store_print_health_json : store_print_health)(stdout, &health);
        *code = health.n_problems > 0 ? CLI_GATE : CLI_COMPLETE;
    }
    return status;
}

/* ---- compact ---- */

static enum dc_status compact(struct work *work, int *code, struct dc_err *err)
{
    struct dc_store_keep keep = session_keep(&work->session);
    struct store_compacted told = {0};
    enum dc_status status = open_existing(work, err);
    struct dc_store *store = work->session.store;

    (void)code;
    if (status == DC_OK) {
        status = dc_store_size(store, &told.bytes_before, err);
    }
    if (status == DC_OK) {
        status = dc_store_drop_runs(store, &keep, (int64_t)time(NULL), &told.n_dropped, err);
    }
    if (status == DC_OK) {
        status = dc_store_compact(store, err);
    }
    if (status == DC_OK) {
        status = dc_store_size(store, &told.bytes_after, err);
    }
    if (status == DC_OK) {
        (work->json ? store_print_compacted_json : store_print_compacted)(stdout, &told);
    }
    return status;
}

/* ---- export ---- */

static enum dc_status choose_runs(struct work *work, int64_t **runs, struct dc_err *err)
{
    enum dc_status status = DC_OK;

    *runs = dc_arena_alloc(work->session.arena, (work->operands.n_items + 1) * sizeof **runs);
    for (size_t i = 0; i < work->operands.n_items && status == DC_OK; i++) {
        status = session_choose_run(&work->session, work->operands.items[i], &(*runs)[i], err);
    }
    return status;
}

static enum dc_status fail_file(const char *path, struct dc_err *err)
{
    return dc_err_set(err, DC_ERR_OUTPUT, "could not write \"%s\": %s", path, strerror(errno));
}

/* Nothing appears at the path until all of it is written. */
static enum dc_status export_to(struct work *work, const char *path, const int64_t *runs,
                                struct dc_store_moved *moved, struct dc_err *err)
{
    const char *temporary = dc_arena_printf(work->session.arena, "%s.%ld.tmp", path,
                                            (long)getpid());
    int descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    enum dc_status status;

    if (file == NULL) {
        return fail_file(path, err);
    }
    status = dc_store_export(work->session.store, runs, work->operands.n_items, file, moved, err);
    if (status == DC_OK && (fflush(file) != 0 || fsync(descriptor) != 0)) {
        status = fail_file(path, err);
    }
    if (fclose(file) != 0 && status == DC_OK) {
        status = fail_file(path, err);
    }
    if (status == DC_OK && rename(temporary, path) != 0) {
        status = fail_file(path, err);
    }
    if (status != DC_OK) {
        unlink(temporary);
    }
    return status;
}

static enum dc_status export(struct work *work, int *code, struct dc_err *err) {
    const char *path = work->arguments->output; struct dc_store_moved moved = {0};
    int64_t *runs = NULL; enum dc_status status = open_existing(work, err);

    (void)code; if (status == DC_OK){status = choose_runs(work, &runs, err);}
if (status != DC_OK)
{
    return status;
}
if (path != NULL && strcmp(path, "-") != 0) {
    status = export_to(work, path, runs, &moved, err);
    if (status == DC_OK) {
        (work->json ? store_print_moved_json : store_print_moved)(stdout, "exported", &moved);
    }
    return status;
}
status = dc_store_export(work->session.store, runs, work->operands.n_items, stdout, &moved, err);
return status == DC_OK && fflush(stdout) != 0 ? fail_file("-", err) : status;
}

/* ---- import ---- */

/* A store that was made for what could not be taken in goes again. */
static void remove_made(struct work *work, const char *place)
{
    static const char *const endings[] = {"", "-wal", "-shm", ".lock", ".join"};

    dc_store_close(work->session.store);
    work->session.store = NULL;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        unlink(dc_arena_printf(work->session.arena, "%s%s", place, endings[i]));
    }
}

static enum dc_status import_from(struct work *work, const char *name, FILE *in, struct dc_err *err)
{
    const char *place = session_store_place(&work->session);
    bool made = strncmp(place, "odbc:", strlen("odbc:")) != 0 && access(place, F_OK) != 0;
    struct dc_store_moved moved;
    enum dc_status status = session_open_store(&work->session, err);

    if (status == DC_OK) {
        status = dc_store_import(work->session.store, in, name, &moved, err);
    }
    if (status == DC_OK) {
        (work->json ? store_print_moved_json : store_print_moved)(stdout, "imported", &moved);
    } else if (made && work->session.store != NULL) {
        remove_made(work, place);
    }
    return status;
}

static enum dc_status import(struct work *work, int *code, struct dc_err *err)
{
    const char *path = work->operands.items[0];
    enum dc_status status;
    FILE *in;

    (void)code;
    if (strcmp(path, "-") == 0) {
        return import_from(work, "standard input", stdin, err);
    }
    in = fopen(path, "re");
    if (in == NULL) {
        return dc_err_set(err, DC_ERR_USAGE, "could not read \"%s\": %s", path, strerror(errno));
    }
    status = import_from(work, path, in, err);
    fclose(in);
    return status;
}

/* ---- the command ---- */

static const struct {
    const char *name;
    size_t n_least, n_most; /* operands */
    enum dc_status (*run)(struct work *work, int *code, struct dc_err *err);
} verbs[] = {{"check", 0, 0, check},
             {"compact", 0, 0, compact},
             {"export", 0, 1000, export},
             {"import", 1, 1, import}};

static enum dc_status run_verb(struct work *work, struct dc_texts operands, int *code,
                               struct dc_err *err)
{
    size_t n = operands.n_items > 0 ? operands.n_items - 1 : 0;
    enum dc_status status;

    for (size_t i = 0; operands.n_items > 0 && i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(operands.items[0], verbs[i].name) != 0 || n < verbs[i].n_least ||
            n > verbs[i].n_most) {
            continue;
        }
        work->operands = (struct dc_texts){operands.items + 1, n};
        status = session_load_config(&work->session, err);
        return status == DC_OK ? verbs[i].run(work, code, err) : status;
    }
    return dc_err_set(err, DC_ERR_USAGE,
                      "\"dcscan store\" takes \"check\", \"compact\", \"export [RUN…]\" or "
                      "\"import FILE\"");
}

static int run(void *raw_arguments, struct dc_texts operands)
{
    struct arguments *arguments = raw_arguments;
    struct work work = {.arguments = arguments,
                        .json = arguments->format != NULL &&
                                strcmp(arguments->format, "json") == 0};
    struct dc_err err = {0};
    int code = CLI_COMPLETE;

    session_init(&work.session, &arguments->common, &arguments->session);
    if (run_verb(&work, operands, &code, &err) != DC_OK) {
        code = session_fail(&work.session, &err);
    }
    session_done(&work.session);
    return code;
}

const struct cli_command cmd_store = {
    .name = "store",
    .summary = "check, compact, export and import the inventory store",
    .usage = "check | compact | export [RUN…] | import FILE [options]",
    .text = "  dcscan store check\n"
            "  dcscan store compact --keep-runs 30 --keep-days 400\n"
            "  dcscan store export -o inventory.jsonl\n"
            "  dcscan store export 12 -o run12.jsonl\n"
            "  dcscan store import inventory.jsonl --store odbc:TEAM_STORE\n\n"
            "check changes nothing; it tells damage, rows that refer to what is missing, counts "
            "that contradict\n"
            "one another, decisions outside the log and leases that ran out. compact drops the "
            "runs that \"keep\"\n"
            "of the configuration gives up and gives their room back; decisions and their log "
            "always stay.\n"
            "export writes all, or single runs without decisions, as JSON Lines, the same from "
            "SQLite and\n"
            "PostgreSQL; it holds no value of a source. import takes in all of it or nothing.\n\n"
            "exit codes: 0 done, check: sound; 1 check found problems; 2 usage, import: a run or "
            "decision is there\n"
            "already; 3 configuration, a file that is no whole export, a store of a newer "
            "program; 4 there is no\n"
            "such store; 6 output; 7 a run is at work\n",
    .options = options,
    .arguments_size = sizeof(struct arguments),
    .run = run,
};
