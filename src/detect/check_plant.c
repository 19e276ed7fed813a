/* Addresses and programs of controllers, and paths of files. */
#include <string.h>

#include "check.h"
#include "check_util.h"

static size_t count_digits(const char *bytes, size_t size)
{
    size_t n_digits = 0;

    while (n_digits < size && dc_is_digit(bytes[n_digits])) {
        n_digits++;
    }
    return n_digits;
}

/* Digits with at most one point and digits: 12, 0.5 */
static bool is_offset(const char *bytes, size_t size)
{
    size_t whole = count_digits(bytes, size);

    if (whole == 0 || whole > 5) {
        return false;
    }
    return whole == size ||
           (bytes[whole] == '.' && size - whole - 1 >= 1 && size - whole - 1 <= 2 &&
            dc_all_digits(bytes + whole + 1, size - whole - 1));
}

/* Siemens S7: DB10.DBX0.1, DB1.DBD4, DB10,REAL8. */
static bool is_s7_block(const char *bytes, size_t size)
{
    static const char *const kinds[] = {".DBX",  ".DBB",  ".DBW", ".DBD",  ".REAL", ",REAL",
                                        ",INT",  ",DINT", ",X",   ",BYTE", ",WORD", ",DWORD",
                                        ",BOOL", ",W",    ",D",   ",B"};
    size_t number;

    if (!dc_has_prefix(bytes, size, "DB")) {
        return false;
    }
    number = count_digits(bytes + 2, size - 2);
    if (number == 0 || number > 5) {
        return false;
    }
    bytes += 2 + number;
    size -= 2 + number;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i]);

        if (dc_has_prefix(bytes, size, kinds[i]) && is_offset(bytes + length, size - length)) {
            return true;
        }
    }
    return false;
}

/* IEC 61131-3: %IX0.0, %QW12, %MD100; Siemens with the percent sign or without: %I0.0, MW100. */
static bool is_iec_variable(const char *bytes, size_t size)
{
    bool percent = size > 0 && bytes[0] == '%';
    size_t at = percent ? 1 : 0, kind;

    if (size < at + 2 || !dc_is_one_of(bytes[at], "IQMEA")) {
        return false;
    }
    kind = dc_is_one_of(bytes[at + 1], "XBWD") ? 1 : 0;
    at += 1 + kind;
    /* Without the percent sign a word address or a bit is needed: M10 alone is anything. */
    return is_offset(bytes + at, size - at) &&
           (percent || kind == 1 || memchr(bytes + at, '.', size - at) != NULL);
}

/* OPC UA node: ns=2;s=Channel1.Device1.Tag, nsu=…;i=2258 (OPC 10000-6, 5.3.1.10). */
static bool is_opc_node(const char *bytes, size_t size)
{
    size_t at;

    if (!dc_has_prefix(bytes, size, "ns=") && !dc_has_prefix(bytes, size, "nsu=")) {
        return false;
    }
    at = dc_find_bytes(bytes, size, ";");
    return at + 3 < size && dc_is_one_of(bytes[at + 1], "isgb") && bytes[at + 2] == '=';
}

/* Modbus with a word for the table, or the six-digit form 4xxxxx with x: HR100, 4x0001, MODBUS:40001. */
static bool is_modbus_register(const char *bytes, size_t size)
{
    static const char *const heads[] = {"HR", "IR", "4x",  "3x",      "1x",      "0x",
                                        "4X", "3X", "MB:", "MODBUS:", "Modbus:", "modbus:"};

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t length = strlen(heads[i]);

        if (dc_has_prefix(bytes, size, heads[i]) && size - length >= 1 && size - length <= 6 &&
            dc_all_digits(bytes + length, size - length)) {
            return true;
        }
    }
    return false;
}

bool dc_check_plc_address(const char *bytes, size_t size)
{
    return is_s7_block(bytes, size) || is_iec_variable(bytes, size) || is_opc_node(bytes, size) ||
           is_modbus_register(bytes, size);
}

/* One word of ISO 6983: a letter and a number of up to seven digits, of up to three behind G and M. The bytes used, or 0. */
static size_t read_gcode_word(const char *bytes, size_t size)
{
    size_t at = 1, n_digits = 0;

    if (size < 2 || !dc_is_one_of(dc_to_upper(bytes[0]), "GMNXYZABCUVWIJKFSTHDPQRLOE")) {
        return 0;
    }
    if (bytes[1] == '-' || bytes[1] == '+') {
        at++;
    }
    for (; at < size && (dc_is_digit(bytes[at]) || bytes[at] == '.'); at++) {
        n_digits += dc_is_digit(bytes[at]);
    }
    return n_digits >= 1 && n_digits <= (dc_is_one_of(dc_to_upper(bytes[0]), "GM") ? 3 : 7) ? at
                                                                                            : 0;
}

/* Blocks of a numeric control program: words only, at least three, a command among them, and an axis, feed, speed, tool or number. */
bool dc_check_gcode(const char *bytes, size_t size)
{
    size_t n_words = 0;
    bool command = false, motion = false;

    for (size_t at = 0; at < size;) {
        size_t used;

        if (dc_is_one_of(bytes[at], " \t\r\n;%")) {
            at++;
            continue;
        }
        command |= dc_is_one_of(dc_to_upper(bytes[at]), "GM");
        motion |= dc_is_one_of(dc_to_upper(bytes[at]), "XYZFSTNO");
        used = read_gcode_word(bytes + at, size - at);
        if (used == 0) {
            return false;
        }
        n_words++;
        at += used;
    }
    return command && motion && n_words >= 3;
}

/* A path or name of a file with an ending: something before the point, no sentence, no control characters. */
bool dc_check_file_path(const char *bytes, size_t size)
{
    size_t point = size, start;

    while (point > 0 && bytes[point - 1] != '.') {
        point--;
    }
    if (point < 2 || point == size || size > 1024) {
        return false;
    }
    for (start = point - 1; start > 0 && !dc_is_one_of(bytes[start - 1], "/\\"); start--) {
        if ((unsigned char)bytes[start] < ' ') {
            return false;
        }
    }
    return start < point - 1 && bytes[start] != ' ' && dc_find_bytes(bytes, size, "。") == size &&
           dc_find_bytes(bytes, size, "，") == size;
}
