/* Cards and accounts of banks. */
#include <string.h>

#include "check.h"
#include "check_util.h"

bool dc_check_luhn(const char *bytes, size_t size)
{
    return size >= 2 && dc_all_digits(bytes, size) && dc_luhn_valid(bytes, size);
}

/*
 * Who issues cards, by the first six digits (ISO/IEC 7812), with the lengths that they use. Besides the international schemes, Chinese
 * banks still use numbers of their own from before UnionPay's 62.
 */
static const struct issuer {
    int32_t first, last;
    size_t shortest, longest;
} issuers[] = {
    {222100, 272099, 16, 16}, /* Mastercard */
    {340000, 349999, 15, 15}, /* American Express */
    {352800, 358999, 16, 16}, /* JCB */
    {370000, 379999, 15, 15}, /* American Express */
    {400000, 499999, 16, 19}, /* Visa; 19 for old debit cards of Chinese banks (436742) */
    {510000, 559999, 16, 19}, /* Mastercard, and old cards of Chinese banks */
    {601100, 601199, 16, 16}, /* Discover */
    {601382, 601382, 19, 19}, /* Bank of China */
    {601428, 601428, 17, 17}, /* Bank of Communications */
    {603367, 603708, 16, 19}, /* city banks */
    {620000, 629999, 16, 19}, /* UnionPay */
    {640000, 659999, 16, 16}, /* Discover, RuPay */
    {683970, 685800, 16, 19}, /* city banks */
    {690755, 690755, 15, 18}, /* China Merchants Bank */
    {694301, 695800, 16, 19}, /* city banks */
    {810000, 817199, 16, 19}, /* UnionPay */
    {900000, 900010, 16, 19}, /* Bank of China, CITIC */
    {909810, 909810, 19, 19}, /* rural banks */
    {940000, 940099, 16, 19}, /* city banks */
    {955550, 955599, 16, 19}, /* UnionPay members' hotline numbers: ABC 9559 */
    {955880, 955889, 16, 19}, /* ICBC */
    {966666, 966666, 16, 18}, /* Industrial Bank */
    {968807, 968809, 16, 19}, /* CITIC */
    {984301, 985262, 16, 19}, /* rural banks */
    {990027, 990027, 16, 19}, /* CITIC */
    {996600, 999999, 16, 19}, /* city banks */
};

static bool is_issued(const char *digits, size_t n_digits)
{
    int32_t head = dc_digits_value(digits, 6);

    for (size_t i = 0; i < sizeof issuers / sizeof *issuers; i++) {
        if (head >= issuers[i].first && head <= issuers[i].last) {
            return n_digits >= issuers[i].shortest && n_digits <= issuers[i].longest;
        }
    }
    return false;
}

/* A card number: issuer's range, length, Luhn; groups of four are allowed. */
bool dc_check_bank_card(const char *bytes, size_t size)
{
    char digits[19];
    size_t n_digits = dc_digits_only(bytes, size, " -", digits, sizeof digits);

    return n_digits >= 15 && is_issued(digits, n_digits) && dc_luhn_valid(digits, n_digits);
}

/*
 * Payment system number of a Chinese bank's branch (CNAPS): a bank of the central bank's list in the first three digits, a city code in the next four.
 */
bool dc_check_cnaps(const char *bytes, size_t size)
{
    static const struct dc_number_range banks[] = {
        {1, 1},     {11, 13},   {102, 105}, {201, 203}, {301, 320}, {322, 324}, {401, 403},
        {501, 595}, {597, 598}, {611, 698}, {703, 787}, {901, 907}, {989, 989},
    };

    return size == 12 && dc_all_digits(bytes, size) &&
           dc_in_ranges(dc_digits_value(bytes, 3), banks, sizeof banks / sizeof *banks) &&
           dc_digits_value(bytes + 3, 4) >= 1000 && dc_digits_value(bytes + 3, 4) <= 9099;
}

/* ISO 13616: country, two check digits, at least eleven more characters; groups of four are allowed. */
bool dc_check_iban(const char *bytes, size_t size)
{
    char text[34];
    size_t length = 0;
    int remainder;

    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == ' ') {
            continue;
        }
        if (length == sizeof text || (!dc_is_upper(bytes[i]) && !dc_is_digit(bytes[i]))) {
            return false;
        }
        text[length++] = bytes[i];
    }
    if (length < 15 || !dc_is_upper(text[0]) || !dc_is_upper(text[1]) ||
        !dc_all_digits(text + 2, 2)) {
        return false;
    }
    remainder = dc_mod97(text + 4, length - 4, 0);
    return remainder >= 0 && dc_mod97(text, 4, remainder) == 1;
}

/* Countries whose banks a Chinese manufacturer pays: without a list, any eight capitals would be a bank. */
static bool is_swift_country(const char *bytes)
{
    static const char countries[] =
        "CNHKMOTWJPKRSGMYTHVNIDPHINAEUSCAMXBRDEFRGBITESNLBECHATSEDKNOFIPLCZRUTRZAAUNZ";

    for (size_t i = 0; i + 1 < sizeof countries - 1; i += 2) {
        if (memcmp(bytes, countries + i, 2) == 0) {
            return true;
        }
    }
    return false;
}

/* ISO 9362: bank of four letters, country, location of two, branch of three. */
bool dc_check_swift(const char *bytes, size_t size)
{
    if (size != 8 && size != 11) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (!dc_is_upper(bytes[i]) && !(i >= 6 && dc_is_digit(bytes[i]))) {
            return false;
        }
    }
    return is_swift_country(bytes + 4);
}
