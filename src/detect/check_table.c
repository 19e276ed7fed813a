/* All built-in checks by name. To add one: write it in its family's file, declare it in check.h, name it here. */
#include <string.h>

#include "check.h"

/* One line a check: dc_check_<name> is found as "<name>". */
#define ALL_CHECKS(X)    \
    X(cn_id)             \
    X(cn_id_old)         \
    X(passport)          \
    X(travel_permit)     \
    X(officer_id)        \
    X(birth_date)        \
    X(adult_birth_date)  \
    X(person_name)       \
    X(person_name_latin) \
    X(login_pinyin)      \
    X(uscc)              \
    X(org_code)          \
    X(company_name)      \
    X(emission_permit)   \
    X(region_code)       \
    X(luhn)              \
    X(bank_card)         \
    X(cnaps)             \
    X(iban)              \
    X(swift)             \
    X(cn_mobile)         \
    X(cn_landline)       \
    X(imei)              \
    X(imsi)              \
    X(iccid)             \
    X(vin)               \
    X(plate)             \
    X(container)         \
    X(cas)               \
    X(ec_number)         \
    X(gtin)              \
    X(un_number)         \
    X(hs_code)           \
    X(eccn)              \
    X(patent)            \
    X(ipv4)              \
    X(ipv4_private)      \
    X(ipv4_public)       \
    X(ipv6)              \
    X(mac)               \
    X(email)             \
    X(url)               \
    X(uuid)              \
    X(hex_hash)          \
    X(jwt)               \
    X(base64_key)        \
    X(private_key)       \
    X(secret_pair)       \
    X(lat_lng_pair)      \
    X(cn_latitude)       \
    X(cn_longitude)      \
    X(address)           \
    X(plc_address)       \
    X(gcode)             \
    X(file_path)

#define NAME(name)     #name,
#define FUNCTION(name) dc_check_##name,

static const char *const names[] = {ALL_CHECKS(NAME) NULL};
static dc_check_fn *const functions[] = {ALL_CHECKS(FUNCTION)};

dc_check_fn *dc_check_find(const char *name)
{
    for (size_t i = 0; name != NULL && names[i] != NULL; i++) {
        if (strcmp(names[i], name) == 0) {
            return functions[i];
        }
    }
    return NULL;
}

const char *const *dc_check_names(void)
{
    return names;
}
