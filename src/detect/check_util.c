/* Small tools of the checks. */
#include <string.h>
#include <time.h>

#include "check_util.h"

bool dc_all_digits(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!dc_is_digit(bytes[i])) {
            return false;
        }
    }
    return true;
}

int32_t dc_digits_value(const char *bytes, size_t size)
{
    int32_t value = 0;

    for (size_t i = 0; i < size && i < 9; i++) {
        value = value * 10 + (bytes[i] - '0');
    }
    return value;
}

int dc_alnum_value(char byte)
{
    if (dc_is_digit(byte)) {
        return byte - '0';
    }
    return dc_is_letter(byte) ? dc_to_upper(byte) - 'A' + 10 : -1;
}

bool dc_luhn_valid(const char *digits, size_t size)
{
    static const int doubled[] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    int sum = 0;

    for (size_t i = 0; i < size; i++) {
        int digit = digits[size - 1 - i] - '0';

        sum += i % 2 == 1 ? doubled[digit] : digit;
    }
    return sum % 10 == 0;
}

size_t dc_digits_only(const char *bytes, size_t size, const char *ignore, char *out, size_t room)
{
    size_t n_digits = 0;

    for (size_t i = 0; i < size; i++) {
        if (dc_is_digit(bytes[i]) && n_digits < room) {
            out[n_digits++] = bytes[i];
        } else if (bytes[i] == '\0' || strchr(ignore, bytes[i]) == NULL) {
            return 0;
        }
    }
    return n_digits;
}

bool dc_has_prefix(const char *bytes, size_t size, const char *prefix)
{
    size_t length = strlen(prefix);

    return size >= length && memcmp(bytes, prefix, length) == 0;
}

bool dc_has_suffix_nocase(const char *bytes, size_t size, const char *suffix)
{
    size_t length = strlen(suffix);

    if (size < length) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (dc_to_upper(bytes[size - length + i]) != dc_to_upper(suffix[i])) {
            return false;
        }
    }
    return true;
}

size_t dc_find_bytes(const char *bytes, size_t size, const char *word)
{
    const char *found = memmem(bytes, size, word, strlen(word));

    return found == NULL ? size : (size_t)(found - bytes);
}

int dc_mod97(const char *bytes, size_t size, int remainder)
{
    for (size_t i = 0; i < size; i++) {
        int value = dc_alnum_value(bytes[i]);

        if (value < 0) {
            return -1;
        }
        remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
}

static bool is_leap_year(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool dc_date_valid(int32_t year, int32_t month, int32_t day)
{
    static const int32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (year < 1 || month < 1 || month > 12 || day < 1) {
        return false;
    }
    return day <= days[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
}

int64_t dc_date_days(int32_t year, int32_t month, int32_t day)
{
    /* Years begin in March, so that the leap day is the last of its year. */
    int64_t march_year = month <= 2 ? (int64_t)year - 1 : year;
    int64_t march_month = month <= 2 ? month + 9 : month - 3;
    int64_t day_of_year = (153 * march_month + 2) / 5 + day - 1;

    return march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 + day_of_year -
           719468;
}

int64_t dc_today_days(void)
{
    return (int64_t)time(NULL) / 86400 + 1;
}

bool dc_in_ranges(int32_t number, const struct dc_number_range *ranges, size_t n_ranges)
{
    size_t low = 0, high = n_ranges;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (number > ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n_ranges && number >= ranges[low].first;
}

static uint32_t three_bytes(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;

    return (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
}

bool dc_in_characters(const char *character, const char *sorted, size_t sorted_size)
{
    uint32_t wanted = three_bytes(character);
    size_t low = 0, high = sorted_size / 3;

    while (low < high) {
        size_t middle = (low + high) / 2;
        uint32_t there = three_bytes(sorted + 3 * middle);

        if (wanted == there) {
            return true;
        }
        if (wanted > there) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}
