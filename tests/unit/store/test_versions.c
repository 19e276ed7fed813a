/*
 * A store of each older version of the schema, as that version left it (tests/vectors/store): brought up to date, it still tells what it held.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <unistd.h>

#include "older_case.h"

static struct store_case c;

static void check(int version)
{
    static const char *const nothing[] = {NULL};
    char path[600], connection[700];

    case_init(&c);
    dc_store_close(c.store);
    c.store = NULL;
    snprintf(path, sizeof path, "%s/older.db", c.folder);
    snprintf(connection, sizeof connection, "Driver=SQLite3;Database=%s", path);
    older_make(connection, version, "TEXT", nothing);
    older_check(&c, path, version);
    case_done(&c);
}

Test(store_versions, the_first_is_brought_up_to_date)
{
    check(1);
}

Test(store_versions, the_second_is_brought_up_to_date)
{
    check(2);
}

Test(store_versions, the_third_is_brought_up_to_date_with_the_decisions_of_people)
{
    check(3);
}

Test(store_versions, the_fourth_is_brought_up_to_date)
{
    check(4);
}

Test(store_versions, there_is_a_store_of_every_older_version)
{
    char path[600];

    for (int version = 1; version < DC_STORE_SCHEMA_VERSION; version++) {
        snprintf(path, sizeof path, TEST_ROOT "/tests/vectors/store/version-%d.sql", version);
        cr_expect_eq(access(path, R_OK), 0, "%s is missing: make it before the schema changes",
                     path);
    }
}
