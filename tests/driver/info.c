#include <string.h>

#include "driver.h"

static const char *text_of(const struct script_info *info, SQLUSMALLINT type)
{
    switch (type) {
    case SQL_DBMS_NAME:
        return info->dbms;
    case SQL_DBMS_VER:
        return info->version;
    case SQL_DRIVER_NAME:
        return info->driver;
    case SQL_DRIVER_VER:
        return info->driver_version;
    case SQL_DRIVER_ODBC_VER:
        return "03.52";
    case SQL_USER_NAME:
        return info->user;
    case SQL_DATABASE_NAME:
        return info->database;
    case SQL_IDENTIFIER_QUOTE_CHAR:
        return info->quote;
    case SQL_DATA_SOURCE_READ_ONLY:
        return info->read_only ? "Y" : "N";
    default:
        return NULL;
    }
}

SQLRETURN info_get(struct connection *connection, SQLUSMALLINT type, SQLPOINTER out,
                   SQLSMALLINT room, SQLSMALLINT *length)
{
    const char *text = connection->script != NULL ? text_of(&connection->script->info, type) : NULL;

    if (text != NULL) {
        return copy_text(&connection->diags, text, out, room > 0 ? (size_t)room : 0, length);
    }
    switch (type) {
    case SQL_CURSOR_COMMIT_BEHAVIOR:
    case SQL_CURSOR_ROLLBACK_BEHAVIOR:
        *(SQLUSMALLINT *)out = SQL_CB_PRESERVE;
        return SQL_SUCCESS;
    case SQL_GETDATA_EXTENSIONS:
        *(SQLUINTEGER *)out = SQL_GD_ANY_COLUMN | SQL_GD_ANY_ORDER;
        return SQL_SUCCESS;
    default:
        return diag_set(&connection->diags, "HY096", 0, "the script has no such answer");
    }
}
