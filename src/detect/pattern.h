/*
 * Private to src/detect: what can be said of a pattern without running it. The analyser reads the usual part of the pattern language;
 * of anything else it says nothing ("unknown"), and such a rule is tried on every value. Whatever it says holds for every text that
 * PCRE2 matches: sets may be too large and bounds too wide, never the other way round.
 */
#ifndef DCSCAN_DETECT_PATTERN_H
#define DCSCAN_DETECT_PATTERN_H

#include "byte_class.h"

#define DC_UNBOUNDED SIZE_MAX

struct dc_size_range {
    size_t least, most; /* DC_UNBOUNDED */
};

struct dc_pattern_facts {
    bool known;
    struct dc_size_range size;            /* bytes of a match */
    struct dc_size_range points, hyphens; /* how often . and - occur in it */
    size_t least_digits;                  /* ASCII digits in it */
    uint32_t
        required; /* classes (and what follows from them) of which each match has at least one byte */
    uint16_t allowed;              /* classes of bytes that can occur in a match */
    struct dc_key_set first, last; /* characters at its ends */
};

void dc_pattern_analyse(const char *pattern, bool caseless, struct dc_pattern_facts *out);

#endif
