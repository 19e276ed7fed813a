/* Firms: registration codes with check characters, names, permits. */
#include <string.h>

#include "check.h"
#include "check_util.h"

static const struct dc_number_range provinces[] = {
    {10, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 82},
};

/* 0…30 in the alphabet of GB 32100-2015, which leaves out I, O, Z, S and V; -1 otherwise. Lower case is accepted as typed. */
static int uscc_value(char byte)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const char *at = byte == '\0' ? NULL : strchr(alphabet, dc_to_upper(byte));

    return at == NULL ? -1 : (int)(at - alphabet);
}

/* First two characters: registering authority and kind of body (GB 32100-2015 table 1). */
static bool is_uscc_head(const char *bytes)
{
    return dc_is_one_of(dc_to_upper(bytes[0]), "123456789ANY") && dc_is_one_of(bytes[1], "123459");
}

/* GB 32100-2015: unified social credit code with its check character, modulo 31. */
bool dc_check_uscc(const char *bytes, size_t size)
{
    static const int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    int sum = 0;

    if (size != 18 || memchr(bytes, '\0', size) != NULL || !is_uscc_head(bytes) ||
        !dc_all_digits(bytes + 2, 6)) {
        return false;
    }
    for (size_t i = 0; i < 17; i++) {
        int value = uscc_value(bytes[i]);

        if (value < 0) {
            return false;
        }
        sum += value * weights[i];
    }
    return uscc_value(bytes[17]) == (31 - sum % 31) % 31;
}

/* GB 11714-1997: organisation code, eight characters and a check character, with or without the hyphen. */
bool dc_check_org_code(const char *bytes, size_t size)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0, rest;

    if (size != 9 && !(size == 10 && bytes[8] == '-')) {
        return false;
    }
    for (size_t i = 0; i < 8; i++) {
        int value = dc_is_lower(bytes[i]) ? -1 : dc_alnum_value(bytes[i]);

        if (value < 0) {
            return false;
        }
        sum += value * weights[i];
    }
    rest = 11 - sum % 11;
    return bytes[size - 1] == (rest == 10 ? 'X' : rest == 11 ? '0' : (char)('0' + rest));
}

/* Number of a pollutant discharge permit: the holder's credit code, a running number of three digits and a letter (HJ 608-2017). */
bool dc_check_emission_permit(const char *bytes, size_t size)
{
    return size == 22 && dc_check_uscc(bytes, 18) && dc_all_digits(bytes + 18, 3) &&
           dc_is_upper(bytes[21]);
}

/* Six digits of GB/T 2260: a province that exists, a prefecture 00–70 or 90, a county. */
bool dc_check_region_code(const char *bytes, size_t size)
{
    int32_t city;

    if (size != 6 || !dc_all_digits(bytes, 6) || bytes[0] == '8' ||
        dc_has_prefix(bytes, size, "10") ||
        !dc_in_ranges(dc_digits_value(bytes, 2), provinces, sizeof provinces / sizeof *provinces)) {
        return false;
    }
    city = dc_digits_value(bytes + 2, 2);
    return city == 0 ? bytes[4] == '0' && bytes[5] == '0' : city <= 53 || city == 90;
}

/* Endings of the names of Chinese and foreign firms. The short ones need more of a name in front. */
static const struct {
    const char *text;
    size_t least_before; /* bytes of a name in front of it */
} firm_endings[] = {
    {"有限责任公司", 6}, {"股份有限公司", 6}, {"有限公司", 6}, {"股份公司", 6},  {"分公司", 9},
    {"总公司", 6},       {"公司", 9},         {"集团", 6},     {"研究院", 6},    {"研究所", 9},
    {"事务所", 6},       {"合作社", 9},       {"经营部", 9},   {"商行", 9},      {"商贸部", 6},
    {"加工厂", 6},       {"总厂", 9},         {"厂", 12},      {"Co., Ltd.", 3}, {"Co., Ltd", 3},
    {"Co.,Ltd.", 3},     {"Co.,Ltd", 3},      {"Co. Ltd", 3},  {"Co. Ltd.", 3},  {"Co Ltd", 3},
    {" Limited", 3},     {" Ltd.", 2},        {" Ltd", 2},     {" Inc.", 2},     {" Inc", 2},
    {" LLC", 2},         {" GmbH", 2},        {" AG", 3},      {" Corp.", 2},    {" Corp", 2},
    {" Corporation", 2}, {" S.p.A.", 2},      {" PLC", 3},     {" B.V.", 2},     {" KG", 3},
    {" S.A.", 2},        {" Pte Ltd", 2},     {" Pty Ltd", 2}, {"株式会社", 6},
};

/* Marks and words of sentences. One pass: an ASCII byte, or a character beyond ASCII of three bytes. */
static bool has_prose_mark(const char *bytes, size_t size)
{
    static const char marks[] = "、。与和的！，：；？"; /* in ascending order */

    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)bytes[i] < 0x80) {
            if (dc_is_one_of(bytes[i], ";:?!\n")) {
                return true;
            }
        } else if ((unsigned char)bytes[i] >= 0xE0 && i + 3 <= size) {
            if (dc_in_characters(bytes + i, marks, sizeof marks - 1)) {
                return true;
            }
            i += 2;
        }
    }
    return false;
}

/* Size of the value without a bracketed note behind: (武汉), （筹）. */
static size_t without_note(const char *bytes, size_t size)
{
    size_t at = size;

    if (size > 2 && bytes[size - 1] == ')') {
        at = size - 1;
        while (at > 0 && bytes[at] != '(') {
            at--;
        }
    } else if (dc_has_suffix_nocase(bytes, size, "）")) {
        at = dc_find_bytes(bytes, size, "（");
    }
    return at > 0 ? at : size;
}

static bool has_firm_ending(const char *bytes, size_t size)
{
    char last = dc_to_upper(bytes[size - 1]);

    for (size_t i = 0; i < sizeof firm_endings / sizeof *firm_endings; i++) {
        const char *text = firm_endings[i].text;
        size_t length = strlen(text);

        if (last == dc_to_upper(text[length - 1]) && dc_has_suffix_nocase(bytes, size, text)) {
            return size >= length + firm_endings[i].least_before;
        }
    }
    return false;
}

/* A firm's name: an ending that firms have, behind something that names it; no prose. */
bool dc_check_company_name(const char *bytes, size_t size)
{
    size_t name_size = without_note(bytes, size);

    return name_size > 0 && name_size <= 150 && has_firm_ending(bytes, name_size) &&
           !has_prose_mark(bytes, name_size) && !dc_has_prefix(bytes, size, "本公司") &&
           !dc_has_prefix(bytes, size, "我公司");
}
