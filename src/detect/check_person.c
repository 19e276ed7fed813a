/* Documents and dates of natural persons. */
#include "check.h"
#include "check_util.h"

/*
 * Provinces of GB/T 2260 as the first two digits of an ID number; 81 to 83 are the residence permits of Hong Kong, Macao and
 * Taiwan residents, 91 the permanent residence cards of foreigners in the form of 2023.
 */
static const struct dc_number_range provinces[] = {
    {11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}, {91, 91},
};

/* Prefecture in the third and fourth digit: 01–70, or 90 for counties under the province itself; none for the permits. */
static bool is_id_region(const char *bytes)
{
    int32_t province = dc_digits_value(bytes, 2), city = dc_digits_value(bytes + 2, 2);

    if (!dc_in_ranges(province, provinces, sizeof provinces / sizeof *provinces)) {
        return false;
    }
    return province >= 71 || (city >= 1 && city <= 70) || city == 90;
}

static bool is_birth_date(int32_t year, int32_t month, int32_t day, int32_t youngest_age,
                          int32_t oldest_age)
{
    int64_t today, days;

    if (year < 1850 || !dc_date_valid(year, month, day)) {
        return false;
    }
    today = dc_today_days();
    days = dc_date_days(year, month, day);
    return days <= today - (int64_t)youngest_age * 365 && days > today - (int64_t)oldest_age * 366;
}

/* GB 11643-1999: region, birth date, sequence, and a check character by ISO 7064 MOD 11-2. */
bool dc_check_cn_id(const char *bytes, size_t size)
{
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    static const char marks[] = "10X98765432";
    int sum = 0;

    if (size != 18 || !dc_all_digits(bytes, 17) || !is_id_region(bytes)) {
        return false;
    }
    for (size_t i = 0; i < 17; i++) {
        sum += (bytes[i] - '0') * weights[i];
    }
    return dc_to_upper(bytes[17]) == marks[sum % 11] &&
           is_birth_date(dc_digits_value(bytes + 6, 4), dc_digits_value(bytes + 10, 2),
                         dc_digits_value(bytes + 12, 2), 0, 130);
}

/* The 15-digit form in use until 1999: birth years of the twentieth century, no check character. */
bool dc_check_cn_id_old(const char *bytes, size_t size)
{
    return size == 15 && dc_all_digits(bytes, size) && is_id_region(bytes) && bytes[0] < '7' &&
           dc_date_valid(1900 + dc_digits_value(bytes + 6, 2), dc_digits_value(bytes + 8, 2),
                         dc_digits_value(bytes + 10, 2));
}

/*
 * Chinese passports: E and eight digits, E with a letter (without I and O) and seven digits, the older G, and D, S, P for service; with
 * a second letter those of Hong Kong and Macao (H, K, M).
 */
bool dc_check_passport(const char *bytes, size_t size)
{
    if (size != 9 || !dc_all_digits(bytes + 2, 7)) {
        return false;
    }
    switch (bytes[0]) {
    case 'E':
        return dc_is_digit(bytes[1]) ||
               (dc_is_upper(bytes[1]) && bytes[1] != 'I' && bytes[1] != 'O');
    case 'D':
    case 'S':
    case 'P':
        return dc_is_digit(bytes[1]) || bytes[1] == 'E';
    case 'G':
        return dc_is_digit(bytes[1]);
    case 'H':
    case 'K':
    case 'M':
        return dc_is_upper(bytes[1]);
    default:
        return false;
    }
}

/*
 * Permits between the mainland and Hong Kong, Macao and Taiwan: H or M with eight or ten digits (to the mainland), C or W with eight characters of
 * which the second may be a letter (to Hong Kong and Macao), T or L with eight (to Taiwan).
 */
bool dc_check_travel_permit(const char *bytes, size_t size)
{
    if (size != 9 && size != 11) {
        return false;
    }
    if (bytes[0] == 'H' || bytes[0] == 'M') {
        return dc_all_digits(bytes + 1, size - 1);
    }
    if (size != 9 || !dc_all_digits(bytes + 2, 7)) {
        return false;
    }
    if (bytes[0] == 'C' || bytes[0] == 'W') {
        return dc_is_digit(bytes[1]) || dc_is_upper(bytes[1]);
    }
    return (bytes[0] == 'T' || bytes[0] == 'L') && dc_is_digit(bytes[1]);
}

/* Officers of the army and armed police: 军字第…号, 武字第…号, 士字第…号 and the like with six to eight digits. */
bool dc_check_officer_id(const char *bytes, size_t size)
{
    static const char word[] = "字第", end[] = "号";
    size_t at = dc_find_bytes(bytes, size, word), digits = at + sizeof word - 1;
    size_t last = size;

    if (at != 3 || digits >= size) {
        return false;
    }
    if (dc_has_suffix_nocase(bytes, size, end)) {
        last = size - (sizeof end - 1);
    }
    return last >= digits + 6 && last <= digits + 8 && dc_all_digits(bytes + digits, last - digits);
}

/* What stands between the parts of a date: nothing, one ASCII mark, or 年 and 月. */
static size_t separator_size(const char *bytes, size_t size)
{
    if (size == 0 || dc_is_digit(bytes[0])) {
        return 0;
    }
    return dc_has_prefix(bytes, size, "年") || dc_has_prefix(bytes, size, "月") ? 3 : 1;
}

/* Year, month and day of 1985-03-09, 1985/3/9, 1985.03.09, 19850309 or 1985年3月9日, with or without a time behind. */
static bool read_date(const char *bytes, size_t size, int32_t out[3])
{
    size_t at = 0;

    for (size_t part = 0; part < 3; part++) {
        size_t most = part == 0 ? 4 : 2, n_digits = 0;

        while (at + n_digits < size && n_digits < most && dc_is_digit(bytes[at + n_digits])) {
            n_digits++;
        }
        if (n_digits == 0 || (part == 0 && n_digits != 4)) {
            return false;
        }
        out[part] = dc_digits_value(bytes + at, n_digits);
        at += n_digits;
        if (part < 2) {
            at += separator_size(bytes + at, size - at);
        }
    }
    return at == size || bytes[at] == ' ' || bytes[at] == 'T' ||
           dc_has_prefix(bytes + at, size - at, "日");
}

/* A day on which someone alive may have been born. */
bool dc_check_birth_date(const char *bytes, size_t size)
{
    int32_t date[3];

    return size >= 8 && read_date(bytes, size, date) &&
           is_birth_date(date[0], date[1], date[2], 0, 110);
}

/* The same for someone of 16 to 90 years: dates of business are mostly younger than that. */
bool dc_check_adult_birth_date(const char *bytes, size_t size)
{
    int32_t date[3];

    return size >= 8 && read_date(bytes, size, date) &&
           is_birth_date(date[0], date[1], date[2], 16, 90);
}
