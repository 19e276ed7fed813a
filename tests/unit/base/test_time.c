/* Moments are UTC; what people see is local, with the offset that the zone had then. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <time.h>

#include "dcscan/text.h"

/* Rules instead of names of zones: machines without tzdata know them as well. */
#define BERLIN   "CET-1CEST,M3.5.0,M10.5.0/3"
#define SHANGHAI "CST-8"
#define NEW_YORK "EST5EDT,M3.2.0,M11.1.0"
#define KOLKATA  "IST-5:30"

static const struct {
    const char *zone;
    int64_t at; /* UTC */
    const char *utc, *local;
} moments[] = {
    {SHANGHAI, 1769847300, "2026-01-31T08:15:00Z", "2026-01-31 16:15:00+08:00"},
    {"UTC0", 1769847300, "2026-01-31T08:15:00Z", "2026-01-31 08:15:00+00:00"},
    {KOLKATA, 1769847300, "2026-01-31T08:15:00Z", "2026-01-31 13:45:00+05:30"},
    /* Spring: 02:00 to 03:00 is left out. */
    {BERLIN, 1774745999, "2026-03-29T00:59:59Z", "2026-03-29 01:59:59+01:00"},
    {BERLIN, 1774746000, "2026-03-29T01:00:00Z", "2026-03-29 03:00:00+02:00"},
    /* Autumn: the hour from 02:00 comes twice, and the offset tells which it was. */
    {BERLIN, 1792888200, "2026-10-25T00:30:00Z", "2026-10-25 02:30:00+02:00"},
    {BERLIN, 1792891800, "2026-10-25T01:30:00Z", "2026-10-25 02:30:00+01:00"},
    {NEW_YORK, 1782864000, "2026-07-01T00:00:00Z", "2026-06-30 20:00:00-04:00"},
    {NEW_YORK, 0, "1970-01-01T00:00:00Z", "1969-12-31 19:00:00-05:00"},
};

Test(time, moments_are_shown_with_the_offset_of_their_day)
{
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        char text[DC_TIME_TEXT_SIZE];

        setenv("TZ", moments[i].zone, 1);
        dc_time_local_text(moments[i].at, text);
        cr_expect_str_eq(text, moments[i].local, "%s in %s", text, moments[i].zone);
        dc_time_text(moments[i].at, text);
        cr_expect_str_eq(text, moments[i].utc);
    }
}

Test(time, an_unknown_zone_counts_as_utc)
{
    setenv("TZ", "No/Such_Zone", 1);
    cr_expect_eq(dc_time_local_offset(1769847300), 0);
}

Test(time, offsets_read_as_people_write_them)
{
    static const struct {
        int32_t offset;
        const char *text;
    } offsets[] = {{28800, "+08:00"}, {0, "+00:00"}, {-12600, "-03:30"}, {20700, "+05:45"}};

    for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
        char text[DC_OFFSET_TEXT_SIZE];

        dc_offset_text(offsets[i].offset, text);
        cr_expect_str_eq(text, offsets[i].text);
    }
}
