/* --full, --since, --stale: what a scan may carry over from an earlier run. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd_scan.h"

#define DAY           86400
#define DEFAULT_STALE (30 * DAY)

/* "30d", "12h", "90m", "600s" as seconds; -1: none such. */
static int64_t seconds_of(const char *text)
{
    static const struct {
        char letter;
        int64_t seconds;
    } units[] = {{'d', DAY}, {'h', 3600}, {'m', 60}, {'s', 1}};
    char *end = NULL;
    long long number = strtoll(text, &end, 10);

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (end != text && number >= 0 && number < 1000000 && end[0] == units[i].letter &&
            end[1] == '\0') {
            return number * units[i].seconds;
        }
    }
    return -1;
}

/* "2026-01-31" or "2026-01-31T08:00" in local time; -1: none such. */
static int64_t time_of(const char *text)
{
    static const char *const forms[] = {"%Y-%m-%d", "%Y-%m-%dT%H:%M"};

    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct tm parts = {.tm_isdst = -1};
        const char *end = strptime(text, forms[i], &parts);

        if (end != NULL && *end == '\0') {
            return (int64_t)mktime(&parts);
        }
    }
    return -1;
}

enum dc_status scan_choose_refresh(const struct scan_arguments *arguments,
                                   struct dc_scan_request *request, struct dc_err *err)
{
    int64_t stale = arguments->stale == NULL ? DEFAULT_STALE : seconds_of(arguments->stale);
    int64_t since = arguments->since == NULL ? 0 : time_of(arguments->since);

    if (stale < 0) {
        return dc_err_set(err, DC_ERR_USAGE,
                          "option \"--stale\" takes an age such as 30d or 12h, not \"%s\"",
                          arguments->stale);
    }
    if (since < 0) {
        return dc_err_set(err, DC_ERR_USAGE,
                          "option \"--since\" takes a day such as 2026-01-31, not \"%s\"",
                          arguments->since);
    }
    request->full = arguments->full;
    request->sampled_since = (int64_t)time(NULL) - stale;
    if (arguments->since != NULL && (arguments->stale == NULL || since > request->sampled_since)) {
        request->sampled_since = since;
    }
    return DC_OK;
}
