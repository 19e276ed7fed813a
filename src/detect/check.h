/*
 * Private to src/detect: the built-in checks, one file a family, all listed in check_table.c. A check is a pure function on the
 * bytes of one whole value (or, for rules that search inside text, of the part that the pattern found). It proves what a
 * pattern cannot say: a check digit, a calendar date, a range, an order of parts. Values come from foreign databases: a check
 * makes no assumption about length, encoding or terminator.
 */
#ifndef DCSCAN_DETECT_CHECK_H
#define DCSCAN_DETECT_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dcscan/detect.h"

/* Persons: check_person.c, check_person_name.c, check_login.c */
dc_check_fn dc_check_cn_id, dc_check_cn_id_old, dc_check_passport, dc_check_travel_permit,
    dc_check_officer_id;
dc_check_fn dc_check_birth_date, dc_check_adult_birth_date;
dc_check_fn dc_check_person_name, dc_check_person_name_latin, dc_check_login_pinyin;
/* Whether lower-case letters are a Chinese surname as pinyin writes it. */
bool dc_is_latin_surname(const char *bytes, size_t size);
/* Firms and money: check_company.c, check_card.c */
dc_check_fn dc_check_uscc, dc_check_org_code, dc_check_company_name, dc_check_emission_permit,
    dc_check_region_code;
dc_check_fn dc_check_luhn, dc_check_bank_card, dc_check_cnaps, dc_check_iban, dc_check_swift;
/* Telephones and their devices: check_phone.c, check_device.c */
dc_check_fn dc_check_cn_mobile, dc_check_cn_landline, dc_check_imei, dc_check_imsi, dc_check_iccid;
/* Vehicles and freight: check_vehicle.c */
dc_check_fn dc_check_vin, dc_check_plate, dc_check_container;
/* Goods and substances: check_goods.c */
dc_check_fn dc_check_cas, dc_check_ec_number, dc_check_gtin, dc_check_un_number, dc_check_hs_code,
    dc_check_eccn, dc_check_patent;
/* Networks: check_network.c */
dc_check_fn dc_check_ipv4, dc_check_ipv4_private, dc_check_ipv4_public, dc_check_ipv6, dc_check_mac,
    dc_check_email, dc_check_url;
/* Secrets and identifiers made by machines: check_secret.c */
dc_check_fn dc_check_uuid, dc_check_hex_hash, dc_check_jwt, dc_check_base64_key,
    dc_check_private_key, dc_check_secret_pair;
/* Places: check_place.c, check_address.c */
dc_check_fn dc_check_lat_lng_pair, dc_check_cn_latitude, dc_check_cn_longitude, dc_check_address;
/* The plant's control systems and files: check_plant.c */
dc_check_fn dc_check_plc_address, dc_check_gcode, dc_check_file_path;

#endif
