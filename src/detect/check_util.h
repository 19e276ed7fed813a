/* Private to src/detect: small tools of the checks. All take bytes with a size; none needs a terminator. */
#ifndef DCSCAN_DETECT_CHECK_UTIL_H
#define DCSCAN_DETECT_CHECK_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ASCII only, whatever the locale. */
static inline bool dc_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline bool dc_is_upper(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static inline bool dc_is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static inline bool dc_is_letter(char byte)
{
    return dc_is_upper(byte) || dc_is_lower(byte);
}

static inline bool dc_is_alnum(char byte)
{
    return dc_is_digit(byte) || dc_is_letter(byte);
}

static inline bool dc_is_hex(char byte)
{
    return dc_is_digit(byte) || (byte >= 'A' && byte <= 'F') || (byte >= 'a' && byte <= 'f');
}

static inline char dc_to_upper(char byte)
{
    return dc_is_lower(byte) ? (char)(byte - 'a' + 'A') : byte;
}

/* Whether a byte is one of the characters of `set`; never for NUL. */
static inline bool dc_is_one_of(char byte, const char *set)
{
    return byte != '\0' && strchr(set, byte) != NULL;
}

/* All bytes are digits; true for none. */
bool dc_all_digits(const char *bytes, size_t size);
/* The number that `size` digits (at most 9) write. */
int32_t dc_digits_value(const char *bytes, size_t size);
/* 0–9 and A–Z (either case) as 0…35; -1 otherwise. */
int dc_alnum_value(char byte);
/* Luhn's formula (ISO/IEC 7812-1 annex B) over digits whose last is the check digit. */
bool dc_luhn_valid(const char *digits, size_t size);
/* Copies the digits of a text without the separators named in `ignore`; 0 when another byte is met or more than `room` digits. */
size_t dc_digits_only(const char *bytes, size_t size, const char *ignore, char *out, size_t room);
bool dc_has_prefix(const char *bytes, size_t size, const char *prefix);
bool dc_has_suffix_nocase(const char *bytes, size_t size, const char *suffix); /* ASCII case */
/* Where `word` begins in the bytes, or `size` when it does not occur. */
size_t dc_find_bytes(const char *bytes, size_t size, const char *word);
/* Remainder of the decimal number by ISO/IEC 7064 MOD 97-10, letters counting 10…35; -1 on another byte. */
int dc_mod97(const char *bytes, size_t size, int remainder);

/* Proleptic Gregorian calendar. */
bool dc_date_valid(int32_t year, int32_t month, int32_t day);
int64_t dc_date_days(int32_t year, int32_t month, int32_t day); /* since 1970-01-01 */
/* Today by the system clock, a day ahead so that no time zone makes today's date a future one. */
int64_t dc_today_days(void);

struct dc_number_range {
    int32_t first, last;
};
/* Whether a number lies in one of the ranges, which are in ascending order. */
bool dc_in_ranges(int32_t number, const struct dc_number_range *ranges, size_t n_ranges);

/* Whether three bytes of UTF-8 are among the characters of `sorted`, a text of three-byte characters in ascending order. */
bool dc_in_characters(const char *character, const char *sorted, size_t sorted_size);

#endif
