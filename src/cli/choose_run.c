/* Which stored run a command works on. */
#include <errno.h>
#include <stdlib.h>

#include "session.h"

enum dc_status session_choose_run(struct session *session, const char *text, int64_t *run_id,
                                  struct dc_err *err)
{
    char *end = NULL;
    long long number;
    enum dc_status status;

    if (text != NULL) {
        errno = 0;
        number = strtoll(text, &end, 10);
        if (errno != 0 || end == text || *end != '\0' || number <= 0) {
            return dc_err_set(err, DC_ERR_USAGE, "a run is a number, not \"%s\"", text);
        }
        *run_id = number;
        return DC_OK;
    }
    status = dc_store_latest_run(session->store, run_id, err);
    if (status == DC_OK && *run_id == 0) {
        dc_err_set(err, DC_ERR_USAGE, "could not find a run in the store");
        dc_err_set_hint(err, "\"dcscan scan\" makes one");
        status = DC_ERR_USAGE;
    }
    return status;
}
