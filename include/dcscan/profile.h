/*
 * What a sample said about a column: counters and examples masked on the spot. There is no field that could hold a raw value, so
 * nothing after this point can leak one, and a changed taxonomy can decide again from stored profiles.
 *
 * Blanks and NULs around a value are padding and don't count. Rule counters count over non-null, non-empty cells; `distinct`
 * counts distinct values (by hash; values of which only a prefix was seen are told apart from whole ones) within the sample. What
 * is said of values rather than cells (shapes, lengths, decimals, entropy) is said of the distinct ones.
 */
#ifndef DCSCAN_PROFILE_H
#define DCSCAN_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DC_MAX_EXAMPLES 3
#define DC_EXAMPLE_SIZE 96 /* bytes, terminator included */

/* One value rule on one column. */
struct dc_rule_count {
    uint32_t matched;  /* cells that match and pass the check */
    uint32_t distinct; /* distinct values that match and pass the check */
    uint32_t
        pattern_distinct; /* distinct values that match the pattern, whether or not the check passes */
};

/* Shapes: counts of distinct values (cells where said) having a property; mutually independent. */
struct dc_shape_counts {
    uint32_t integer;         /* optional sign, digits only */
    uint32_t decimal;         /* a number with a point */
    uint32_t zero_or_one;     /* "0", "1", "Y", "N", "true", "false" … : flag-like */
    uint32_t date;            /* ISO-like date or date-time */
    uint32_t midnight;        /* of those, without time of day (or 00:00:00) */
    uint32_t has_han;         /* contains a Chinese character */
    uint32_t all_han;         /* only Chinese characters */
    uint32_t has_letter;      /* contains an ASCII letter */
    uint32_t all_upper_alnum; /* A–Z, 0–9, - _ . / only, with a letter */
    uint32_t has_space;
    uint32_t has_star;   /* looks masked: contains a run of * or ●, or of x between digits */
    uint32_t json;       /* starts and ends like a JSON object or array */
    uint32_t xml;        /* starts with < and ends with > */
    uint32_t base64ish;  /* ≥ 16 bytes of base64 or hex alphabet only, mixed */
    uint32_t hex;        /* ≥ 16 bytes, hex only, not all digits */
    uint32_t sentence;   /* ≥ 12 characters with spaces or Chinese punctuation: prose */
    uint32_t short_text; /* ≤ 4 characters */
    uint32_t long_text;  /* > 64 characters */
    uint32_t negative;   /* number < 0 */
    uint32_t
        lat_range; /* decimal with ≥ 3 decimals (trailing zeros apart) within China's latitudes 3…54 */
    uint32_t lng_range; /* the same within China's longitudes 73…136 */
};

struct dc_profile {
    int64_t rows;      /* cells seen; 0 when the column was not fetched */
    int64_t nulls;     /* SQL NULL */
    int64_t empties;   /* empty or blank text */
    int64_t truncated; /* cells of which only a prefix was seen */
    int64_t masked;    /* cells that look masked (138****0001, 张**) */
    int64_t invalid;   /* cells that were not valid UTF-8, nor anything else known */
    int64_t
        read_as_gb18030; /* cells that were not valid UTF-8 and were taken for GB18030 by their form */
    int64_t read_as_latin1;         /* … for Latin-1, which almost anything can be */
    int64_t read_as_utf16;          /* … or had zeros, and were taken for UTF-16 */
    int64_t distinct;               /* distinct non-empty values within the sample */
    bool distinct_capped;           /* the counter stopped at its bound: `distinct` is a floor */
    int64_t length_min, length_max; /* characters of non-empty values; 0 when none */
    double length_mean;
    int32_t
        decimals_max; /* digits after the point without trailing zeros, largest; -1 when no number */
    double
        digits_entropy; /* bits per byte over the first 64 distinct values, 0…8: high for hashes and keys */
    bool
        ascending; /* integers or dates, two different ones at least, in non-descending order of the sample */
    struct dc_shape_counts shapes;
    const struct dc_rule_count
        *rules; /* one per value rule of the taxonomy, in its order; owned with the profile */
    size_t n_rules;
    /*
     * Of a column of values in a table of names and values: what the names of the sample mean, as concepts of the taxonomy with their
     * strengths, "mobile=1 phone=0.8;home=1 address=1;": one part a name, empty where it says nothing. NULL: no such column.
     */
    const char *tags;
    /*
     * Masked, valid UTF-8; "" when unused. At most a third of a value's characters is in clear; flags and codes of up to three
     * ASCII characters may stand as they are.
     */
    char examples[DC_MAX_EXAMPLES][DC_EXAMPLE_SIZE];
};

/* Non-null, non-empty cells: the denominator of every share. */
static inline int64_t dc_profile_filled(const struct dc_profile *profile)
{
    return profile->rows - profile->nulls - profile->empties;
}

/*
 * Upper bound at 95 % for the share of rows that hold a kind of value of which none was seen in `seen` independent draws: 1 - 0.05^(1/seen)
 * (≈ 3/seen). 1.0 when seen is 0.
 */
double dc_share_upper_95(int64_t seen);

#ifdef __cplusplus
}
#endif
#endif
