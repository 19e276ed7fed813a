/* Numbers of goods, substances, customs and patents. */
#include <string.h>

#include "check.h"
#include "check_util.h"

/* CAS registry number: two to seven digits, two digits, check digit = sum of the digits times their place from the right. */
bool dc_check_cas(const char *bytes, size_t size)
{
    int sum = 0, place = 1;

    if (size < 7 || size > 12 || bytes[size - 2] != '-' || bytes[size - 5] != '-' ||
        bytes[0] == '0' || !dc_is_digit(bytes[size - 1])) {
        return false;
    }
    for (size_t i = size - 2; i-- > 0;) {
        if (i == size - 5) {
            continue;
        }
        if (!dc_is_digit(bytes[i])) {
            return false;
        }
        sum += (bytes[i] - '0') * place++;
    }
    return sum % 10 == bytes[size - 1] - '0';
}

/* EC number (EINECS, ELINCS): 200-001-8, weights 1 to 6, modulo 11. */
bool dc_check_ec_number(const char *bytes, size_t size)
{
    char digits[7];
    int sum = 0;

    if (size != 9 || bytes[3] != '-' || bytes[7] != '-' ||
        dc_digits_only(bytes, size, "-", digits, 7) != 7 || digits[0] < '2') {
        return false;
    }
    for (int i = 0; i < 6; i++) {
        sum += (digits[i] - '0') * (i + 1);
    }
    return sum % 11 == digits[6] - '0';
}

/* GS1 numbers of 8, 12, 13 and 14 digits: weights 3 and 1 from the right, modulo 10. */
bool dc_check_gtin(const char *bytes, size_t size)
{
    int sum = 0;

    if ((size != 8 && size != 12 && size != 13 && size != 14) || !dc_all_digits(bytes, size)) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        sum += (bytes[size - 1 - i] - '0') * (i % 2 == 1 ? 3 : 1);
    }
    return sum % 10 == 0 && memcmp(bytes, "00000000", 8) != 0;
}

/* Numbers of dangerous goods of the United Nations, 0004 to 3559; the prefix may be left out. */
bool dc_check_un_number(const char *bytes, size_t size)
{
    int32_t number;

    if (dc_has_prefix(bytes, size, "UN")) {
        bytes += 2;
        size -= 2;
        if (size > 0 && bytes[0] == ' ') {
            bytes++;
            size--;
        }
    }
    if (size != 4 || !dc_all_digits(bytes, size)) {
        return false;
    }
    number = dc_digits_value(bytes, 4);
    return (number >= 4 && number <= 549) || (number >= 1001 && number <= 3559);
}

/* Whether eight digits are a day of the years 1900 to 2099. */
static bool is_compact_date(const char *digits)
{
    int32_t year = dc_digits_value(digits, 4);

    return year >= 1900 && year <= 2099 &&
           dc_date_valid(year, dc_digits_value(digits + 4, 2), dc_digits_value(digits + 6, 2));
}

/* Customs tariff codes: 8 or 10 digits, dots allowed, chapters 01 to 97 without 77; a date is none. */
bool dc_check_hs_code(const char *bytes, size_t size)
{
    char digits[10];
    size_t n_digits = dc_digits_only(bytes, size, ".", digits, sizeof digits);
    int32_t chapter;

    if (n_digits != 8 && n_digits != 10) {
        return false;
    }
    chapter = dc_digits_value(digits, 2);
    return chapter >= 1 && chapter <= 97 && chapter != 77 && !is_compact_date(digits);
}

/* Export control classification (Wassenaar form, also used in China's 2024 list): category, group A–E, three digits, paragraphs; EAR99. */
bool dc_check_eccn(const char *bytes, size_t size)
{
    if (size == 5 && memcmp(bytes, "EAR99", 5) == 0) {
        return true;
    }
    if (size < 5 || !dc_is_digit(bytes[0]) || bytes[1] < 'A' || bytes[1] > 'E' ||
        !dc_all_digits(bytes + 2, 3)) {
        return false;
    }
    for (size_t i = 5; i < size; i++) {
        if (bytes[i] == '.' ? i + 1 == size || bytes[i - 1] == '.'
                            : !dc_is_lower(bytes[i]) && !dc_is_digit(bytes[i])) {
            return false;
        }
    }
    return size == 5 || bytes[5] == '.';
}

/*
 * Chinese patent applications (ZC 0006-2003): year of four digits, kind 1, 2, 3, 8 or 9, seven digits, a point and a check character modulo 11; ZL in
 * front of a granted one, CN allowed.
 */
bool dc_check_patent(const char *bytes, size_t size)
{
    static const int weights[] = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    int sum = 0;

    if (dc_has_prefix(bytes, size, "ZL") || dc_has_prefix(bytes, size, "CN")) {
        bytes += 2;
        size -= 2;
    }
    if (size != 14 || bytes[12] != '.' || !dc_all_digits(bytes, 12) ||
        !dc_is_one_of(bytes[4], "12389") || dc_digits_value(bytes, 4) < 1985) {
        return false;
    }
    for (size_t i = 0; i < 12; i++) {
        sum += (bytes[i] - '0') * weights[i];
    }
    return bytes[13] == (sum % 11 == 10 ? 'X' : (char)('0' + sum % 11));
}
