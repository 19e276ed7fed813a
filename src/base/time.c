/* Clocks. */
#include <string.h>
#include <time.h>

#include "dcscan/text.h"

void dc_time_text(int64_t at, char out[DC_TIME_TEXT_SIZE])
{
    time_t seconds = at < 0 ? time(NULL) : (time_t)at;
    struct tm parts;

    out[0] = '\0';
    if (gmtime_r(&seconds, &parts) != NULL) {
        strftime(out, DC_TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts);
    }
}

double dc_clock_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
