#include <stdio.h>
#include <string.h>

#include "dcscan/text.h"
#include "internal.h"

/* Where an answer goes. One that a driver does not give stays "". */
struct answer {
    SQLUSMALLINT type;
    size_t offset, size;
};

#define ANSWER(type, member)                                                                    \
    {                                                                                           \
        type, offsetof(struct dc_odbc_info, member), sizeof(((struct dc_odbc_info *)0)->member) \
    }

static const struct answer answers[] = {
    ANSWER(SQL_DBMS_NAME, dbms_name),     ANSWER(SQL_DBMS_VER, dbms_version),
    ANSWER(SQL_DRIVER_NAME, driver_name), ANSWER(SQL_DRIVER_VER, driver_version),
    ANSWER(SQL_ODBC_VER, odbc_version),   ANSWER(SQL_USER_NAME, user_name),
    ANSWER(SQL_DATABASE_NAME, database),  ANSWER(SQL_IDENTIFIER_QUOTE_CHAR, identifier_quote),
};

static void ask(struct dc_odbc_connection *connection, SQLUSMALLINT type, char *out, size_t size)
{
    char text[512] = "";
    SQLSMALLINT length = 0;

    if (connection->unicode) {
        dc_odbc_info_wide(connection, type, out, size);
        return;
    }
    if (dc_odbc_succeeded(
            SQLGetInfo(connection->dbc, type, text, (SQLSMALLINT)(sizeof text - 1), &length))) {
        snprintf(out, size, "%.*s", (int)dc_utf8_cut(text, strlen(text), size - 1), text);
    }
}

enum dc_status dc_odbc_info(struct dc_odbc_connection *connection, struct dc_odbc_info *out,
                            struct dc_err *err)
{
    struct dc_odbc_info info = {0};
    char read_only[4] = "";

    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        ask(connection, answers[i].type, (char *)&info + answers[i].offset, answers[i].size);
    }
    if (info.dbms_name[0] == '\0') {
        return dc_odbc_fail_connection(connection, "ask the driver for the name of its DBMS", err);
    }
    ask(connection, SQL_DATA_SOURCE_READ_ONLY, read_only, sizeof read_only);
    SQLGetEnvAttr(connection->env, SQL_ATTR_UNIXODBC_VERSION, info.manager_version,
                  (SQLINTEGER)sizeof info.manager_version, NULL);
    info.read_only = read_only[0] == 'Y';
    *out = info;
    return DC_OK;
}

/* As the build found it; that of the library in use is in dc_odbc_info. */
const char *dc_odbc_manager_version(void)
{
    return UNIXODBC_VERSION;
}
