/* Secrets, and identifiers that machines make. */
#include <string.h>

#include "check.h"
#include "check_util.h"

/* RFC 9562 form with a known version and variant; the nil UUID and hand-made ones are none. */
bool dc_check_uuid(const char *bytes, size_t size)
{
    if (size == 38 && bytes[0] == '{' && bytes[37] == '}') {
        bytes++;
        size -= 2;
    }
    if (size != 36 || bytes[14] < '1' || bytes[14] > '8' ||
        !dc_is_one_of(bytes[19], "89abABcdCD")) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;

        if (hyphen ? bytes[i] != '-' : !dc_is_hex(bytes[i])) {
            return false;
        }
    }
    return true;
}

/* A digest as hexadecimal digits of one case: CRC-64 to SHA-512 lengths, looking random: letters and digits, no long runs. */
bool dc_check_hex_hash(const char *bytes, size_t size)
{
    size_t n_letters = 0, n_upper = 0, run = 1;
    uint32_t seen = 0;

    if (size != 32 && size != 40 && size != 48 && size != 56 && size != 64 && size != 96 &&
        size != 128) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (!dc_is_hex(bytes[i])) {
            return false;
        }
        n_letters += dc_is_letter(bytes[i]);
        n_upper += dc_is_upper(bytes[i]);
        seen |= 1u << (dc_alnum_value(bytes[i]) & 15);
        run = i > 0 && bytes[i] == bytes[i - 1] ? run + 1 : 1;
        if (run > 6) {
            return false;
        }
    }
    return n_letters >= size / 8 && n_letters <= size * 3 / 4 &&
           (n_upper == 0 || n_upper == n_letters) && __builtin_popcount(seen) >= 8;
}

/* Six bits of base64 or base64url; -1 otherwise. */
static int base64_value(char byte)
{
    if (dc_is_upper(byte)) {
        return byte - 'A';
    }
    if (dc_is_lower(byte)) {
        return byte - 'a' + 26;
    }
    if (dc_is_digit(byte)) {
        return byte - '0' + 52;
    }
    return byte == '+' || byte == '-' ? 62 : byte == '/' || byte == '_' ? 63 : -1;
}

/* Decodes up to `room` bytes; stops at the first byte that is no base64. */
static size_t decode_base64(const char *bytes, size_t size, char *out, size_t room)
{
    uint32_t bits = 0;
    size_t n_bits = 0, used = 0;

    for (size_t i = 0; i < size && used < room; i++) {
        int value = base64_value(bytes[i]);

        if (value < 0) {
            break;
        }
        bits = (bits << 6 | (uint32_t)value) & 0xFFFFFFu;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[used++] = (char)(bits >> n_bits & 0xFF);
        }
    }
    return used;
}

/* RFC 7519: three parts, of which the first is the JSON of a header that names an algorithm. */
bool dc_check_jwt(const char *bytes, size_t size)
{
    const char *first = memchr(bytes, '.', size), *second;
    char head[96];
    size_t used;

    if (first == NULL) {
        return false;
    }
    second = memchr(first + 1, '.', size - (size_t)(first + 1 - bytes));
    if (second == NULL || second == first + 1) {
        return false;
    }
    used = decode_base64(bytes, (size_t)(first - bytes), head, sizeof head);
    return used > 8 && head[0] == '{' && dc_find_bytes(head, used, "\"alg\"") < used;
}

/*
 * Key material in base64: decodes to a key's length (16, 24, 32, 48, 64 bytes, or more as a DER structure), upper case, lower case and digits mixed as
 * chance would mix them. Words, paths and identifiers are not mixed so.
 */
bool dc_check_base64_key(const char *bytes, size_t size)
{
    size_t n_upper = 0, n_lower = 0, n_digits = 0, body = size, decoded;

    while (body > 0 && bytes[body - 1] == '=') {
        body--;
    }
    if (size < 22 || size - body > 2 || body % 4 == 1 || (size > body && size % 4 != 0)) {
        return false;
    }
    for (size_t i = 0; i < body; i++) {
        if (base64_value(bytes[i]) < 0) {
            return false;
        }
        n_upper += dc_is_upper(bytes[i]);
        n_lower += dc_is_lower(bytes[i]);
        n_digits += dc_is_digit(bytes[i]);
    }
    decoded = body * 3 / 4;
    if (n_upper < body / 6 || n_lower < body / 6 || n_digits == 0 || n_digits > body / 2) {
        return false;
    }
    return decoded == 16 || decoded == 24 || decoded == 32 || decoded == 48 || decoded == 64 ||
           (decoded > 64 && bytes[0] == 'M' && bytes[1] == 'I');
}

/* RFC 7468 armour of a private key, or the bare DER of one in base64 (PKCS #1 and #8 begin so). */
bool dc_check_private_key(const char *bytes, size_t size)
{
    static const char *const heads[] = {"MIIEvQIBADANBgkqhkiG", "MIIEowIBAAKCAQEA",
                                        "MIIEpAIBAAKCAQEA",     "MIIEpQIBAAKCAQEA",
                                        "MIICdgIBADANBgkqhkiG", "MIICdwIBADANBgkqhkiG",
                                        "MIICXAIBAAKBgQ",       "MIICXQIBAAKBgQ",
                                        "MIGHAgEAMBMGByqGSM49", "MHcCAQEEI"};
    size_t at = dc_find_bytes(bytes, size, "-----BEGIN ");

    if (at < size) {
        size_t rest = size - at, line = dc_find_bytes(bytes + at + 11, rest - 11, "-----");

        return dc_find_bytes(bytes + at, at + 11 + line <= size ? 11 + line : rest, "PRIVATE KEY") <
               11 + line;
    }
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (dc_has_prefix(bytes, size, heads[i])) {
            return true;
        }
    }
    return false;
}

/* What people write where a secret would stand: nothing, stars, a variable, a word for the kind of thing. */
static bool is_placeholder(const char *bytes, size_t size)
{
    static const char *const words[] = {"null",      "none",     "true",  "false",   "string",
                                        "undefined", "password", "value", "varchar", "required",
                                        "encrypted", "hidden",   "empty", "example"};

    if (size < 3 || bytes[0] == '$' || bytes[0] == '%' || bytes[0] == '{' || bytes[0] == '<' ||
        bytes[0] == '?' || memmem(bytes, size, "**", 2) != NULL) {
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (size == strlen(words[i]) && dc_has_suffix_nocase(bytes, size, words[i])) {
            return true;
        }
    }
    return false;
}

/* A name and its secret in one text (password=…, pwd: …, 密码：…): the part behind the sign must be one, not a placeholder. */
bool dc_check_secret_pair(const char *bytes, size_t size)
{
    size_t at = 0;

    while (at < size && bytes[at] != '=' && bytes[at] != ':' &&
           !dc_has_prefix(bytes + at, size - at, "：")) {
        at++;
    }
    if (at == size) {
        return false;
    }
    at += bytes[at] == '=' || bytes[at] == ':' ? 1 : 3;
    while (at < size && dc_is_one_of(bytes[at], " \t\"'")) {
        at++;
    }
    return at < size && !is_placeholder(bytes + at, size - at);
}
