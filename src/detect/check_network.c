/* Addresses of networks and of the web. */
#include <string.h>

#include "check.h"
#include "check_util.h"

/* Four numbers 0…255 without leading zeros into `out`; a mask /0…/32 or a port may follow. */
static bool read_ipv4(const char *bytes, size_t size, int32_t out[4], size_t *used)
{
    size_t at = 0;

    for (size_t part = 0; part < 4; part++) {
        size_t n_digits = 0;

        while (at + n_digits < size && n_digits < 4 && dc_is_digit(bytes[at + n_digits])) {
            n_digits++;
        }
        if (n_digits == 0 || n_digits > 3 || (n_digits > 1 && bytes[at] == '0')) {
            return false;
        }
        out[part] = dc_digits_value(bytes + at, n_digits);
        at += n_digits;
        if (out[part] > 255 || (part < 3 && (at >= size || bytes[at++] != '.'))) {
            return false;
        }
    }
    *used = at;
    return true;
}

/* What may stand behind an address: nothing, /0…/32, :1…:65535. */
static bool is_ipv4_tail(const char *bytes, size_t size)
{
    int32_t number;

    if (size == 0) {
        return true;
    }
    if (size < 2 || size > 6 || !dc_all_digits(bytes + 1, size - 1) ||
        (bytes[1] == '0' && size > 2)) {
        return false;
    }
    number = dc_digits_value(bytes + 1, size - 1);
    return bytes[0] == '/' ? number <= 32 : bytes[0] == ':' && number >= 1 && number <= 65535;
}

/* An IPv4 address that a device can have; versions such as 0.0.0.1 or 1.0.0.0 are none. */
static bool read_host(const char *bytes, size_t size, int32_t out[4])
{
    size_t used;

    return read_ipv4(bytes, size, out, &used) && is_ipv4_tail(bytes + used, size - used) &&
           out[0] != 0 && !(out[1] == 0 && out[2] == 0 && out[0] != 10 && out[0] != 127);
}

bool dc_check_ipv4(const char *bytes, size_t size)
{
    int32_t parts[4];

    return read_host(bytes, size, parts);
}

/* RFC 1918, RFC 6598, link-local and loopback addresses. */
bool dc_check_ipv4_private(const char *bytes, size_t size)
{
    int32_t parts[4];

    if (!read_host(bytes, size, parts)) {
        return false;
    }
    return parts[0] == 10 || parts[0] == 127 ||
           (parts[0] == 172 && parts[1] >= 16 && parts[1] <= 31) ||
           (parts[0] == 192 && parts[1] == 168) ||
           (parts[0] == 100 && parts[1] >= 64 && parts[1] <= 127) ||
           (parts[0] == 169 && parts[1] == 254);
}

/* Unicast addresses of the internet. What begins with 1 to 10 is more often a version of four parts than one of them. */
bool dc_check_ipv4_public(const char *bytes, size_t size)
{
    int32_t parts[4];

    return read_host(bytes, size, parts) && parts[0] > 10 && parts[0] < 224 &&
           !dc_check_ipv4_private(bytes, size);
}

/* RFC 4291: up to eight groups of hexadecimal digits, one gap "::", an IPv4 address at the end, a mask or zone behind. */
bool dc_check_ipv6(const char *bytes, size_t size)
{
    size_t n_groups = 0, n_digits = 0, n_gaps = 0, n_letters = 0;

    for (size_t i = 0; i < size && bytes[i] != '/' && bytes[i] != '%'; i++) {
        if (bytes[i] == ':') {
            n_groups += n_digits > 0;
            if (i > 0 && bytes[i - 1] == ':') {
                n_gaps++;
            } else if (i == 0 && (size < 2 || bytes[1] != ':')) {
                return false;
            }
            n_digits = 0;
        } else if (dc_is_hex(bytes[i]) && n_digits < 4) {
            n_digits++;
            n_letters += dc_is_letter(bytes[i]);
        } else if (bytes[i] == '.' && n_gaps == 1) {
            return dc_find_bytes(bytes, size, "::ffff:") < size ||
                   dc_find_bytes(bytes, size, "::FFFF:") < size;
        } else {
            return false;
        }
    }
    n_groups += n_digits > 0;
    /* Without a letter, "::" and groups of two digits are a time of day or a ratio. */
    return n_gaps == 0 ? n_groups == 8 && n_digits > 0
                       : n_gaps == 1 && n_groups >= 1 && n_groups <= 7 &&
                             (n_letters > 0 || n_groups > 2 || bytes[0] == ':');
}

/* IEEE 802 addresses in the three usual ways of writing; all zeros and broadcast are no device. */
bool dc_check_mac(const char *bytes, size_t size)
{
    char digits[12];
    size_t n_digits = 0;
    char separator = size == 17 ? bytes[2] : size == 14 ? '.' : '\0';
    size_t group = size == 14 ? 5 : 3;

    if ((size != 12 && size != 14 && size != 17) ||
        (size == 17 && separator != ':' && separator != '-')) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (size > 12 && i % group == group - 1) {
            if (bytes[i] != separator) {
                return false;
            }
        } else if (dc_is_hex(bytes[i])) {
            digits[n_digits++] = dc_to_upper(bytes[i]);
        } else {
            return false;
        }
    }
    if (n_digits != 12 || (size == 12 && dc_all_digits(digits, 12))) {
        return false; /* twelve plain digits are any number */
    }
    return memcmp(digits, "000000000000", 12) != 0 && memcmp(digits, "FFFFFFFFFFFF", 12) != 0;
}

/* Labels of letters, digits and hyphens between points, the last of letters; at least two. */
static bool is_domain(const char *bytes, size_t size)
{
    size_t label = 0, n_labels = 0;

    if (size < 4 || size > 253) {
        return false;
    }
    for (size_t i = 0; i <= size; i++) {
        if (i == size || bytes[i] == '.') {
            if (label == 0 || label > 63 || bytes[i - 1] == '-' || bytes[i - label] == '-') {
                return false;
            }
            n_labels++;
            label = i == size ? label : 0;
        } else if (dc_is_alnum(bytes[i]) || bytes[i] == '-') {
            label++;
        } else {
            return false;
        }
    }
    return n_labels >= 2 && label >= 2 && dc_is_letter(bytes[size - 1]) &&
           dc_is_letter(bytes[size - 2]);
}

/* RFC 5321 without quoted local parts and address literals, which nobody's address has. */
bool dc_check_email(const char *bytes, size_t size)
{
    const char *at = memchr(bytes, '@', size);
    size_t local = at == NULL ? 0 : (size_t)(at - bytes);

    if (local == 0 || local > 64 || bytes[0] == '.' || bytes[local - 1] == '.') {
        return false;
    }
    for (size_t i = 0; i < local; i++) {
        if (!dc_is_alnum(bytes[i]) && !dc_is_one_of(bytes[i], ".!#$%&'*+-/=?^_`{|}~")) {
            return false;
        }
        if (bytes[i] == '.' && bytes[i + 1] == '.') {
            return false;
        }
    }
    /* A masked address is no address. */
    return memmem(bytes, local, "**", 2) == NULL && is_domain(bytes + local + 1, size - local - 1);
}

/* Host of an address with a scheme: a domain, a plain name, or an IPv4 address; with or without port. */
static bool is_url_host(const char *bytes, size_t size)
{
    int32_t parts[4];
    size_t used, name = 0;

    if (read_ipv4(bytes, size, parts, &used)) {
        return is_ipv4_tail(bytes + used, size - used);
    }
    while (name < size && bytes[name] != ':') {
        name++;
    }
    for (size_t i = 0; i < name; i++) {
        if (!dc_is_alnum(bytes[i]) && bytes[i] != '-' && bytes[i] != '.' && bytes[i] != '_') {
            return false;
        }
    }
    return name > 0 && dc_is_alnum(bytes[0]) &&
           (name == size || (name + 1 < size && size - name <= 6 &&
                             dc_all_digits(bytes + name + 1, size - name - 1)));
}

/* scheme://[user@]host[:port][/…] */
bool dc_check_url(const char *bytes, size_t size)
{
    size_t at = dc_find_bytes(bytes, size, "://"), end;
    const char *user;

    if (at < 2 || at >= size) {
        return false;
    }
    for (size_t i = 0; i < at; i++) {
        if (!dc_is_alnum(bytes[i]) && !dc_is_one_of(bytes[i], "+-.")) {
            return false;
        }
    }
    at += 3;
    end = at;
    while (end < size && !dc_is_one_of(bytes[end], "/?#")) {
        end++;
    }
    user = memchr(bytes + at, '@', end - at);
    if (user != NULL) {
        at = (size_t)(user - bytes) + 1;
    }
    return is_url_host(bytes + at, end - at);
}
