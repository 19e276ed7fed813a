#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"
#include "internal.h"

#define SQLITE_CONFIG_MEMSTATUS 9
#define MAX_NAMED               12

/*
 * SQLite keeps count of its memory under one global mutex, and its ODBC driver allocates every cell through it: with the count on, two
 * connections together are one and a half times slower than one alone, without it three times faster than with. The count can be
 * turned off only before the library is first used, so this runs before main, when no thread and no driver is there yet; unixODBC then
 * loads the same copy. Where there is no SQLite, nothing happens.
 */
__attribute__((constructor)) void dc_odbc_relax_sqlite(void)
{
    void *library = dlopen("libsqlite3.so.0", RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    union {
        void *symbol;
        int (*call)(int, ...);
    } config = {NULL};

    if (library == NULL) {
        return;
    }
    config.symbol = dlsym(library, "sqlite3_config");
    if (config.symbol != NULL) {
        config.call(SQLITE_CONFIG_MEMSTATUS, 0);
    }
    dlclose(library);
}

/* The clients of Oracle and Db2 are told by the environment in which encoding a program speaks; who has told them otherwise meant that. */
__attribute__((constructor)) static void speak_utf8(void)
{
    setenv("NLS_LANG", ".AL32UTF8", 0);
    setenv("DB2CODEPAGE", "1208", 0);
}

/*
 * libsqlite3odbc: creates a missing file unless told not to; its SQLCancel interrupts the database, which is wanted, and then closes the
 * statement it was given while the other thread may be inside it.
 * MariaDB and MySQL: SQLCancel looks whether the connection is busy; while rows are fetched from memory it is not, and the statement is
 * closed. Without CHARSET the encoding of texts is the server's default.
 * FreeTDS takes statements for ISO-8859-1, SAP HANA for ASCII, unless told otherwise; Microsoft's driver has only functions that end in W,
 * for which the driver manager would take our UTF-8 for ISO-8859-1.
 */
static const struct dc_odbc_quirks known[] = {
    {"*sqlite*", "NoCreat=1",
     "does the file exist, and may it be read? It is not created when it is missing", NULL, true,
     false, false},
    {"*maodbc*", NULL, NULL, "CHARSET=utf8mb4", false, true, false},
    {"*myodbc*", NULL, NULL, "CHARSET=utf8mb4", false, true, false},
    {"*tdsodbc*", NULL, NULL, "ClientCharset=UTF-8", false, false, false},
    {"*odbchdb*", NULL, NULL, "CHAR_AS_UTF8=1", false, false, false},
    {"*msodbcsql*", NULL, NULL, NULL, false, false, true},
};

struct dc_odbc_quirks dc_odbc_quirks_of(const char *library)
{
    const char *slash = strrchr(library, '/');
    const char *name = slash != NULL ? slash + 1 : library;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (dc_glob_match(known[i].library, name)) {
            return known[i];
        }
    }
    return (struct dc_odbc_quirks){"*", NULL, NULL, NULL, false, false, false};
}

/* What SQLDrivers and SQLDataSources hand out, one after another. */
struct listing {
    SQLRETURN(*next)
    (SQLHENV, SQLUSMALLINT, SQLCHAR *, SQLSMALLINT, SQLSMALLINT *, SQLCHAR *, SQLSMALLINT,
     SQLSMALLINT *);
    SQLHENV env;
    SQLUSMALLINT direction;
    char name[256],
        text[1024]; /* the driver's attributes, each terminated, or the data source's driver */
};

static bool list_next(struct listing *list)
{
    SQLSMALLINT name_length = 0, text_length = 0;
    SQLRETURN rc;

    memset(list->text, 0, sizeof list->text);
    rc = list->next(list->env, list->direction, (SQLCHAR *)list->name,
                    (SQLSMALLINT)sizeof list->name, &name_length, (SQLCHAR *)list->text,
                    (SQLSMALLINT)(sizeof list->text - 2), &text_length);
    list->direction = SQL_FETCH_NEXT;
    return dc_odbc_succeeded(rc);
}

static void put_names(struct listing *list, const char *title, struct dc_strbuf *out)
{
    size_t n = 0;

    for (; n <= MAX_NAMED && list_next(list); n++) {
        if (n == MAX_NAMED) {
            dc_strbuf_puts(out, ", …");
        } else {
            dc_strbuf_printf(out, "%s\"%s\"", n == 0 ? title : ", ", list->name);
        }
    }
    if (n == 0) {
        dc_strbuf_printf(out, "%snone", title);
    }
}

void dc_odbc_known_drivers(SQLHENV env, struct dc_strbuf *out)
{
    struct listing list = {.next = SQLDrivers, .env = env, .direction = SQL_FETCH_FIRST};

    put_names(&list, "known drivers: ", out);
}

void dc_odbc_known_sources(SQLHENV env, struct dc_strbuf *out)
{
    struct listing list = {.next = SQLDataSources, .env = env, .direction = SQL_FETCH_FIRST};

    put_names(&list, "known data sources: ", out);
}

/* The value of `Driver=` among attributes that are terminated one by one. */
static const char *driver_attribute(const char *attributes)
{
    for (; *attributes != '\0'; attributes += strlen(attributes) + 1) {
        if (dc_glob_match("driver=*", attributes)) {
            return attributes + strlen("driver=");
        }
    }
    return "";
}

static enum dc_status list_all(bool drivers, dc_odbc_known_fn *take, void *user, struct dc_err *err)
{
    struct listing list = {.next = drivers ? SQLDrivers : SQLDataSources,
                           .direction = SQL_FETCH_FIRST};

    if (SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &list.env) != SQL_SUCCESS) {
        return dc_err_set(err, DC_ERR_CONNECT, "could not start the ODBC driver manager");
    }
    SQLSetEnvAttr(list.env, SQL_ATTR_ODBC_VERSION, dc_odbc_number(SQL_OV_ODBC3), 0);
    while (list_next(&list)) {
        take(user, list.name, drivers ? driver_attribute(list.text) : list.text);
    }
    SQLFreeHandle(SQL_HANDLE_ENV, list.env);
    return DC_OK;
}

enum dc_status dc_odbc_list_drivers(dc_odbc_known_fn *take, void *user, struct dc_err *err)
{
    return list_all(true, take, user, err);
}

enum dc_status dc_odbc_list_sources(dc_odbc_known_fn *take, void *user, struct dc_err *err)
{
    return list_all(false, take, user, err);
}

/* The library of a driver's entry in odbcinst.ini; what is no entry is a library itself. */
static void library_of_driver(SQLHENV env, const char *driver, struct dc_strbuf *out)
{
    struct listing list = {.next = SQLDrivers, .env = env, .direction = SQL_FETCH_FIRST};

    while (list_next(&list)) {
        if (dc_text_equal_nocase(list.name, driver)) {
            dc_strbuf_puts(out, driver_attribute(list.text));
            return;
        }
    }
    dc_strbuf_puts(out, driver);
}

static void driver_of_source(SQLHENV env, const char *dsn, struct dc_strbuf *out)
{
    struct listing list = {.next = SQLDataSources, .env = env, .direction = SQL_FETCH_FIRST};

    while (list_next(&list)) {
        if (dc_text_equal_nocase(list.name, dsn)) {
            dc_strbuf_puts(out, list.text);
            return;
        }
    }
}

void dc_odbc_driver_library(SQLHENV env, const char *connection_string, struct dc_strbuf *out)
{
    struct dc_strbuf driver = DC_STRBUF_INIT(1024), dsn = DC_STRBUF_INIT(256);

    if (!dc_odbc_string_get(connection_string, "Driver", &driver) &&
        dc_odbc_string_get(connection_string, "DSN", &dsn)) {
        driver_of_source(env, dc_strbuf_text(&dsn), &driver);
    }
    library_of_driver(env, dc_strbuf_text(&driver), out);
    dc_strbuf_done(&driver);
    dc_strbuf_done(&dsn);
}
