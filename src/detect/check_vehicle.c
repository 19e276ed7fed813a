/* Vehicles and freight containers. */
#include <string.h>

#include "check.h"
#include "check_util.h"

/* GB/T 16735 table of letters; I, O and Q are not used. -1 for them and for anything else. */
static int vin_value(char byte)
{
    static const int values[] = {1, 2,  3, 4,  5, 6, 7, 8, -1, 1, 2, 3, 4,
                                 5, -1, 7, -1, 9, 2, 3, 4, 5,  6, 7, 8, 9};

    if (dc_is_digit(byte)) {
        return byte - '0';
    }
    return dc_is_letter(byte) ? values[dc_to_upper(byte) - 'A'] : -1;
}

/*
 * GB/T 16735-2019: 17 characters, check character at the ninth, a model year at the tenth, four digits at the end. The first character of the
 * maker (GB/T 16737) is any but 0; all digits is no VIN.
 */
bool dc_check_vin(const char *bytes, size_t size)
{
    static const int weights[] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;

    if (size != 17 || bytes[0] == '0' || !dc_all_digits(bytes + 13, 4) ||
        dc_all_digits(bytes, size)) {
        return false;
    }
    if (bytes[9] == '0' || dc_is_one_of(bytes[9], "UZuz")) {
        return false;
    }
    for (size_t i = 0; i < 17; i++) {
        int value = vin_value(bytes[i]);

        if (value < 0) {
            return false;
        }
        sum += value * weights[i];
    }
    return dc_to_upper(bytes[8]) == (sum % 11 == 10 ? 'X' : (char)('0' + sum % 11));
}

static const char plate_provinces[] =
    "云京冀吉宁川新晋桂沪津浙渝湘琼甘皖粤苏蒙藏豫贵赣辽鄂闽陕青鲁黑";
/* Endings in place of the last character: learner, police, Hong Kong, Macao, trailer, test, overheight, consulate. */
static const char plate_endings[] = "学挂港澳警试超领";

/* Letters of plates leave out I and O. */
static bool is_plate_body(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (!dc_is_digit(bytes[i]) &&
            !(dc_is_upper(bytes[i]) && bytes[i] != 'I' && bytes[i] != 'O')) {
            return false;
        }
    }
    return true;
}

/* GA 36-2018: new-energy plates have six characters, a D…K in front (small) or behind (large). */
static bool is_new_energy(const char *bytes)
{
    static const char kinds[] = "ABCDEFGHJK";

    if (dc_is_one_of(bytes[0], kinds)) {
        return is_plate_body(bytes + 1, 1) && dc_all_digits(bytes + 2, 4);
    }
    return dc_all_digits(bytes, 5) && dc_is_one_of(bytes[5], kinds);
}

/* Embassies: 使 and six digits, of which the first three name the country. */
static bool is_embassy_plate(const char *bytes, size_t size)
{
    return size == 9 && dc_has_prefix(bytes, size, "使") && dc_all_digits(bytes + 3, 6);
}

/* Number plates of China, ordinary, new-energy and special; a dot, hyphen or blank after the second character is allowed. */
bool dc_check_plate(const char *bytes, size_t size)
{
    size_t at = 4;

    if (is_embassy_plate(bytes, size)) {
        return true;
    }
    if (size < 9 || !dc_in_characters(bytes, plate_provinces, sizeof plate_provinces - 1) ||
        !dc_is_upper(bytes[3]) || bytes[3] == 'I') {
        return false;
    }
    if (dc_has_prefix(bytes + at, size - at, "·")) {
        at += 2;
    } else if (bytes[at] == '-' || bytes[at] == ' ' || bytes[at] == '.') {
        at += 1;
    }
    bytes += at;
    size -= at;
    if (size == 7 && dc_in_characters(bytes + 4, plate_endings, sizeof plate_endings - 1)) {
        return is_plate_body(bytes, 4);
    }
    return size == 5 ? is_plate_body(bytes, 5) : size == 6 && is_new_energy(bytes);
}

/* ISO 6346: owner of three letters, U, J or Z, six digits and a check digit. */
bool dc_check_container(const char *bytes, size_t size)
{
    int sum = 0;

    if (size != 11 || !dc_is_upper(bytes[0]) || !dc_is_upper(bytes[1]) || !dc_is_upper(bytes[2]) ||
        (bytes[3] != 'U' && bytes[3] != 'J' && bytes[3] != 'Z') || !dc_all_digits(bytes + 4, 7)) {
        return false;
    }
    for (size_t i = 0; i < 10; i++) {
        /* Letters count 10…38 without the multiples of 11. */
        int value = dc_alnum_value(bytes[i]);

        value += value > 30 ? 3 : value > 20 ? 2 : value > 10 ? 1 : 0;
        sum += value << i;
    }
    return sum % 11 % 10 == bytes[10] - '0';
}
