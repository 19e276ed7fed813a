#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>
#include <stdlib.h>

#include "dcscan/detect.h"

static const char file[] =
    "taxonomy: t\nversion: \"1\"\ntitle: {zh: t, en: t}\nstandards: []\n"
    "leaves:\n"
    "  - {code: L1, name: {zh: a, en: a}, class: [{zh: a, en: a}, {zh: a, en: a}], miit: {zh: a, "
    "en: a}, level: 1, basis: x}\n"
    "subjects:\n"
    "  - {subject: material, name: {zh: a, en: a}, leaf: L1}\n"
    "  - {subject: menu, name: {zh: a, en: a}, leaf: L1}\n"
    "lexicon:\n"
    "  - {concept: weight, kind: attribute, en: [weight]}\n"
    "known_fields:\n"
    "  - {system: SAP, fields: {MATNR: weight}}\n"
    "  - {system: SAP, tables: [MARA, MARC], fields: {BRGEW: {leaf: L1}, NAME1: weight}}\n"
    "  - {system: other, fields: {NAME1: {leaf: L1}}}\n"
    "known_tables:\n"
    "  - {system: SAP, tables: {\"MARA*\": material}}\n"
    "  - {system: RuoYi, tables: {sys_menu: menu, \"sys_*\": material}}\n";

static struct dc_taxonomy *taxonomy;
static struct dc_name_index *names;

static void setup(void)
{
    char path[] = "/tmp/dcscan-known-XXXXXX";
    int descriptor = mkstemp(path);
    struct dc_err err = {0};

    cr_assert_geq(descriptor, 0);
    cr_assert_eq(write(descriptor, file, sizeof file - 1), (ssize_t)sizeof file - 1);
    close(descriptor);
    cr_assert_eq(dc_taxonomy_load(path, NULL, 0, &taxonomy, NULL, &err), DC_OK, "%s", err.message);
    unlink(path);
    cr_assert_eq(dc_name_index_create(taxonomy, &names, &err), DC_OK);
}

static void teardown(void)
{
    dc_name_index_destroy(names);
    dc_taxonomy_destroy(taxonomy);
}

TestSuite(name_known, .init = setup, .fini = teardown);

static const char *system_of(const char *table, const char *column)
{
    int field = dc_name_known_field(names, table, column);

    return field == DC_NO_INDEX ? "none" : taxonomy->known_fields[field].system;
}

static const char *subject_of(const char *table)
{
    int known = dc_name_known_table(names, table);

    return known == DC_NO_INDEX ? "none"
                                : taxonomy->subjects[taxonomy->known_tables[known].subject].id;
}

Test(name_known, a_field_is_known_in_any_case)
{
    cr_expect_str_eq(system_of("X", "MATNR"), "SAP");
    cr_expect_str_eq(system_of("X", "matnr"), "SAP");
    cr_expect_str_eq(system_of("X", "MATN"), "none");
    cr_expect_str_eq(system_of("X", "MATNR2"), "none");
}

Test(name_known, a_field_that_names_its_tables_is_valid_there_only)
{
    cr_expect_str_eq(system_of("mara", "brgew"), "SAP");
    cr_expect_str_eq(system_of("LFA1", "BRGEW"), "none");
    cr_expect_str_eq(system_of(NULL, "BRGEW"), "none");
}

Test(name_known, a_field_of_its_tables_goes_before_one_valid_anywhere)
{
    cr_expect_str_eq(system_of("MARC", "name1"), "SAP");
    cr_expect_str_eq(system_of("KNA1", "name1"), "other");
}

Test(name_known, a_plain_table_name_goes_before_a_pattern)
{
    cr_expect_str_eq(subject_of("SYS_MENU"), "menu");
    cr_expect_str_eq(subject_of("sys_menus"), "material");
    cr_expect_str_eq(subject_of("mara_2"), "material");
    cr_expect_str_eq(subject_of("other"), "none");
}

Test(name_known, a_very_long_name_is_simply_unknown)
{
    char name[1000];

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    cr_expect_str_eq(system_of(name, name), "none");
    cr_expect_str_eq(subject_of(name), "none");
}
