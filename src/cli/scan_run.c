/* Which run a scan works on: a new one, one to resume, one to join. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd_scan.h"

#define BEGIN_PAUSE (500 * 1000 * 1000) /* nanoseconds */

static bool is_number(const char *text)
{
    return text[0] != '\0' && strspn(text, "0123456789") == strlen(text);
}

static enum dc_status choose_unfinished(struct scan_session *session, int64_t *run_id,
                                        struct dc_err *err)
{
    enum dc_status status = dc_store_unfinished_run(session->base.store, run_id, err);

    if (status == DC_OK && *run_id == 0) {
        dc_err_set(err, DC_ERR_USAGE, "could not find a run to resume: every run has ended");
        dc_err_set_hint(err, "without --resume a new one begins");
        status = DC_ERR_USAGE;
    }
    return status;
}

/* A number, or the label of a run that whoever comes first begins. */
static enum dc_status choose_joined(struct scan_session *session, const char *text,
                                    struct dc_scan_request *request, struct dc_err *err)
{
    request->join = true;
    if (is_number(text)) {
        return session_choose_run(&session->base, text, &request->run_id, err);
    }
    request->label = text;
    return dc_store_labelled_run(session->base.store, text, &request->run_id, err);
}

static void hint_unfinished(struct scan_session *session)
{
    int64_t run_id = 0;

    if (dc_store_unfinished_run(session->base.store, &run_id, NULL) == DC_OK && run_id != 0) {
        dc_log_write(session->base.console.log, DC_LOG_INFO,
                     "run %lld was not finished: \"dcscan scan --resume=%lld\" goes on with it",
                     (long long)run_id, (long long)run_id);
    }
}

enum dc_status scan_choose_run(struct scan_session *session, struct dc_scan_request *request,
                               struct dc_err *err)
{
    const struct scan_arguments *arguments = session->arguments;

    request->lease_seconds = arguments->lease;
    if (scan_choose_refresh(arguments, request, err) != DC_OK) {
        return DC_ERR_USAGE;
    }
    if (arguments->dry_run) {
        return DC_OK;
    }
    if (arguments->resume != NULL && arguments->join != NULL) {
        return dc_err_set(err, DC_ERR_USAGE, "--resume and --join exclude each other");
    }
    if (arguments->join != NULL) {
        return choose_joined(session, arguments->join, request, err);
    }
    if (arguments->resume == NULL) {
        hint_unfinished(session);
        return DC_OK;
    }
    return arguments->resume[0] == '\0'
               ? choose_unfinished(session, &request->run_id, err)
               : session_choose_run(&session->base, arguments->resume, &request->run_id, err);
}

bool scan_was_begun(struct scan_session *session, const struct dc_scan_request *request,
                    enum dc_status status)
{
    (void)session;
    if (status != DC_ERR_LOCKED || request->label == NULL || request->run_id != 0) {
        return false;
    }
    /* It may have the lock and not yet written the run, or only bring the schema up to date. */
    nanosleep(&(struct timespec){.tv_nsec = BEGIN_PAUSE}, NULL);
    return true;
}
