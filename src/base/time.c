/* Clocks. */
#include <stdio.h>
#include <stdlib.h>
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

int32_t dc_time_local_offset(int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm parts;

    tzset(); /* localtime_r need not */
    return localtime_r(&seconds, &parts) != NULL ? (int32_t)parts.tm_gmtoff : 0;
}

void dc_offset_text(int32_t offset, char out[DC_OFFSET_TEXT_SIZE])
{
    unsigned minutes = (unsigned)abs(offset) / 60;

    snprintf(out, DC_OFFSET_TEXT_SIZE, "%c%02u:%02u", offset < 0 ? '-' : '+', minutes / 60 % 100,
             minutes % 60);
}

void dc_time_local_text(int64_t at, char out[DC_TIME_TEXT_SIZE])
{
    int32_t offset = dc_time_local_offset(at);
    time_t shifted = (time_t)(at + offset);
    char day_and_time[24], zone[DC_OFFSET_TEXT_SIZE];
    struct tm parts;

    out[0] = '\0';
    dc_offset_text(offset, zone);
    if (gmtime_r(&shifted, &parts) != NULL &&
        strftime(day_and_time, sizeof day_and_time, "%Y-%m-%d %H:%M:%S", &parts) > 0) {
        snprintf(out, DC_TIME_TEXT_SIZE, "%s%s", day_and_time, zone);
    }
}

double dc_clock_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
