/*
 * What the tests of this layer share: an SQLite file of their own, opened through the real driver.
 */
#ifndef DCSCAN_TEST_ODBC_RIG_H
#define DCSCAN_TEST_ODBC_RIG_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/odbc.h"

struct rig {
    char path[64];
    struct dc_odbc_connection *connection;
};

static inline enum dc_status rig_connect(const struct rig *rig, bool read_only,
                                         struct dc_odbc_connection **out, struct dc_err *err)
{
    char text[128];
    struct dc_odbc_open request = {
        .connection_string = text, .read_only = read_only, .login_seconds = 5};

    snprintf(text, sizeof text, "Driver=SQLite3;Database=%s", rig->path);
    return dc_odbc_open(&request, out, err);
}

static inline bool has_driver(void)
{
    struct dc_odbc_open request = {.connection_string = "Driver=SQLite3;Database=:memory:"};
    struct dc_odbc_connection *connection = NULL;

    if (dc_odbc_open(&request, &connection, NULL) != DC_OK) {
        return false;
    }
    dc_odbc_close(connection);
    return true;
}

/* An empty database of its own; skips the test where the driver is not installed. */
static inline struct rig rig_open(void)
{
    struct rig rig = {.path = "/tmp/dcscan-odbc-XXXXXX"};
    int file;

    if (!has_driver()) {
        cr_skip_test("the SQLite ODBC driver is not installed");
    }
    file = mkstemp(rig.path);
    cr_assert_geq(file, 0);
    close(file);
    cr_assert_eq(rig_connect(&rig, false, &rig.connection, NULL), DC_OK);
    return rig;
}

static inline void rig_close(struct rig *rig)
{
    dc_odbc_close(rig->connection);
    unlink(rig->path);
}

static inline void rig_do(struct rig *rig, const char *sql)
{
    struct dc_err err = {0};

    cr_assert_eq(dc_odbc_execute(rig->connection, sql, &err), DC_OK, "%s: %s", sql, err.message);
}

#endif
