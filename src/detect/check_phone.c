/* Telephone numbers of China. */
#include "check.h"
#include "check_util.h"

/* First three digits in use (Ministry of Industry and Information Technology, numbering plan); virtual operators and data cards included. */
static const struct dc_number_range mobile_heads[] = {
    {130, 139}, {140, 141}, {144, 149}, {150, 153}, {155, 159},
    {162, 162}, {165, 167}, {170, 178}, {180, 193}, {195, 199},
};

/* Area codes without the leading zero. */
static const struct dc_number_range area_codes[] = {
    {10, 10},   {20, 25},   {27, 29},   {310, 319}, {335, 335}, {349, 359}, {370, 379}, {391, 398},
    {411, 419}, {421, 421}, {427, 427}, {429, 429}, {431, 440}, {451, 459}, {464, 464}, {467, 479},
    {482, 483}, {510, 519}, {523, 523}, {527, 527}, {530, 539}, {543, 543}, {546, 546}, {550, 566},
    {570, 580}, {591, 599}, {631, 635}, {660, 660}, {662, 663}, {668, 668}, {691, 692}, {701, 701},
    {710, 719}, {722, 722}, {724, 724}, {728, 728}, {730, 739}, {743, 746}, {750, 760}, {762, 763},
    {766, 766}, {768, 779}, {790, 799}, {812, 813}, {816, 818}, {825, 827}, {830, 839}, {851, 859},
    {870, 879}, {883, 883}, {886, 888}, {891, 909}, {911, 919}, {930, 939}, {941, 941}, {943, 943},
    {951, 955}, {970, 977}, {979, 979}, {990, 999},
};

/* Digits of a number written with +86, 0086 or 86 in front and with spaces or hyphens; the country code is dropped. */
static size_t national_digits(const char *bytes, size_t size, char out[16], const char **first)
{
    size_t n_digits;

    if (size > 0 && bytes[0] == '+') {
        bytes++;
        size--;
    }
    n_digits = dc_digits_only(bytes, size, " -()", out, 16);
    *first = out;
    if (n_digits >= 13 && dc_has_prefix(out, n_digits, "0086")) {
        *first = out + 4;
        return n_digits - 4;
    }
    if (n_digits >= 12 && dc_has_prefix(out, n_digits, "86")) {
        *first = out + 2;
        return n_digits - 2;
    }
    return n_digits;
}

bool dc_check_cn_mobile(const char *bytes, size_t size)
{
    char digits[16];
    const char *first;

    return national_digits(bytes, size, digits, &first) == 11 &&
           dc_in_ranges(dc_digits_value(first, 3), mobile_heads,
                        sizeof mobile_heads / sizeof *mobile_heads);
}

/* Size of the number without an extension: 027-87654321-801, 027-87654321转801. */
static size_t without_extension(const char *bytes, size_t size)
{
    size_t at = dc_find_bytes(bytes, size, "转"), hyphens = 0;

    if (at < size) {
        return at;
    }
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '-' && ++hyphens == 2 && size - i <= 6 && dc_is_digit(bytes[0])) {
            return i;
        }
    }
    return size;
}

/* Area code and seven or eight digits that begin with 2 to 8; three-digit area codes have eight. */
bool dc_check_cn_landline(const char *bytes, size_t size)
{
    char digits[16];
    const char *first;
    size_t n_digits = national_digits(bytes, without_extension(bytes, size), digits, &first), area;

    if (n_digits > 0 && first[0] == '0') {
        first++;
        n_digits--;
    } else if (first == digits) {
        return false; /* neither a trunk zero nor a country code */
    }
    if (n_digits < 9) {
        return false;
    }
    area = first[0] <= '2' ? 2 : 3;
    return dc_in_ranges(dc_digits_value(first, area), area_codes,
                        sizeof area_codes / sizeof *area_codes) &&
           (n_digits == area + 8 || (area == 3 && n_digits == 10)) && first[area] >= '2' &&
           first[area] <= '8';
}
