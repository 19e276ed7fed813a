/* Numbers of mobile devices and their cards. */
#include "check.h"
#include "check_util.h"

/* First two digits of a type allocation code: reporting bodies of the GSM Association that allocate to devices. */
static const struct dc_number_range imei_bodies[] = {
    {1, 1},   {10, 10}, {30, 30}, {33, 33}, {35, 35},
    {44, 45}, {49, 54}, {86, 86}, {91, 91}, {98, 99},
};

bool dc_check_imei(const char *bytes, size_t size)
{
    char digits[16];
    size_t n_digits = dc_digits_only(bytes, size, " -", digits, sizeof digits);

    return n_digits == 15 &&
           dc_in_ranges(dc_digits_value(digits, 2), imei_bodies,
                        sizeof imei_bodies / sizeof *imei_bodies) &&
           dc_luhn_valid(digits, n_digits);
}

/* Chinese subscribers: country 460 with the networks in use. */
bool dc_check_imsi(const char *bytes, size_t size)
{
    int32_t network;

    if (size != 15 || !dc_all_digits(bytes, size) || !dc_has_prefix(bytes, size, "460")) {
        return false;
    }
    network = dc_digits_value(bytes + 3, 2);
    return network <= 11 || network == 13 || network == 15 || network == 20;
}

/* ITU-T E.118: telecom 89, 19 or 20 digits with Luhn's check digit at the end. */
bool dc_check_iccid(const char *bytes, size_t size)
{
    return (size == 19 || size == 20) && dc_all_digits(bytes, size) &&
           dc_has_prefix(bytes, size, "89") && dc_luhn_valid(bytes, size);
}
