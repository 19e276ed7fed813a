/*
 * UTF-16, for drivers whose other texts lose characters: which columns are read so, and the calls of ODBC that end in W. The driver
 * manager turns a call into what the driver has; what is ASCII alone would survive that in any case.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dcscan/alloc.h"
#include "dcscan/text.h"
#include "internal.h"

#define MAX_WIDE_MESSAGE 1024

_Static_assert(sizeof(SQLWCHAR) == 2, "unixODBC's wide characters are UTF-16");

/* ---- what is UTF-16 ---- */

bool dc_odbc_wide_encoding(struct dc_odbc_connection *connection, const char *encoding)
{
    static const char *const names[] = {"UTF-16*", "UTF16*", "UCS-2*", "UCS2*"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (dc_glob_match(names[i], encoding)) {
            size_t size = strlen(encoding);

            connection->wide = DC_WIDE_TEXT;
            connection->unicode = true;
            connection->big_endian = size > 2 && strcasecmp(encoding + size - 2, "BE") == 0;
            return true;
        }
    }
    return false;
}

void dc_odbc_read_wide(struct dc_odbc_connection *connection, enum dc_wide wide)
{
    connection->wide = wide;
}

/* Types of ODBC and, below -90, of Db2. */
static bool is_wide_type(SQLSMALLINT type)
{
    static const SQLSMALLINT types[] = {
        SQL_WCHAR, SQL_WVARCHAR, SQL_WLONGVARCHAR, -95, -96, -97, -350,
    };

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (types[i] == type) {
            return true;
        }
    }
    return false;
}

/* What has no number for it in ODBC is text as well: SQL Server's sql_variant and xml, Oracle's CLOB of some drivers. */
static bool is_text_type(SQLSMALLINT type)
{
    static const SQLSMALLINT types[] = {SQL_CHAR, SQL_VARCHAR, SQL_LONGVARCHAR, -99, -150, -152};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (types[i] == type) {
            return true;
        }
    }
    return is_wide_type(type);
}

bool *dc_odbc_wide_columns(struct dc_odbc_statement *statement)
{
    enum dc_wide how = statement->connection->wide;
    bool any = false;
    bool *wide;

    if (how == DC_WIDE_NONE || statement->n_columns == 0) {
        return NULL;
    }
    wide = dc_alloc(statement->n_columns, sizeof *wide);
    for (size_t i = 0; i < statement->n_columns; i++) {
        SQLSMALLINT type = 0, name_length = 0, digits = 0, nullable = 0;
        SQLCHAR name[512];
        SQLULEN size = 0;

        if (dc_odbc_succeeded(SQLDescribeCol(statement->handle, (SQLUSMALLINT)(i + 1), name,
                                             (SQLSMALLINT)sizeof name, &name_length, &type, &size,
                                             &digits, &nullable))) {
            wide[i] = how == DC_WIDE_TEXT ? is_text_type(type) : is_wide_type(type);
        }
        any = any || wide[i];
    }
    if (!any) {
        free(wide);
        return NULL;
    }
    return wide;
}

/* ---- values ---- */

/* A catalogue is in the order of this machine, as ODBC has it; values may be in the one that the source declares. */
static bool is_big_machine(void)
{
    const uint16_t one = 1;

    return *(const unsigned char *)&one == 0;
}

static bool is_big_endian(const struct dc_odbc_connection *connection)
{
    return connection->big_endian || is_big_machine();
}

char *dc_odbc_widened(const char *bytes, size_t size, size_t *decoded_size)
{
    char *text = dc_alloc(3 * (size / 2 + 1) + 1, 1);

    *decoded_size = dc_utf16_to_utf8(bytes, size, is_big_machine(), false, text);
    text[*decoded_size] = '\0';
    return text;
}

/* One cell from its wide place to its narrow one, which begins at or before it. */
static void narrow_cell(struct dc_odbc_statement *statement, const char *from, char *to,
                        size_t room, int64_t *length)
{
    char *scratch = statement->buffers->scratch;
    bool cut = *length < 0 || (size_t)*length > 2 * room;
    size_t size;

    if (*length == DC_CELL_NULL) {
        return;
    }
    size = dc_utf16_to_utf8(from, cut ? 2 * room : (size_t)*length,
                            is_big_endian(statement->connection), cut, scratch);
    if (cut) {
        /* Still a prefix, whose end what no value ends with makes up. */
        memset(to, ' ', room);
    }
    memcpy(to, scratch, size < room ? size : room);
    *length = cut ? DC_CELL_NO_TOTAL : (int64_t)size;
}

void dc_odbc_narrow_block(struct dc_odbc_statement *statement)
{
    struct dc_odbc_buffers *buffers = statement->buffers;

    for (size_t c = 0; statement->wide != NULL && c < statement->n_block_columns; c++) {
        const struct dc_block_column *column = &buffers->columns[c];

        for (size_t r = 0;
             column->fetched && statement->wide[c] && r < (size_t)statement->rows_fetched; r++) {
            char *data = (char *)column->data;

            narrow_cell(statement, data + r * 2 * column->stride, data + r * column->stride,
                        column->stride - 1, (int64_t *)&column->lengths[r]);
        }
    }
}

/* ---- calls ---- */

struct wide_text {
    SQLWCHAR *units;
    SQLSMALLINT length; /* SQL_NTS, or 0 for NULL */
    size_t size;
};

static struct wide_text widen(const char *text)
{
    struct wide_text wide = {NULL, 0, 0};

    if (text != NULL) {
        size_t size = strlen(text);

        wide.units = dc_alloc(size + 1, sizeof *wide.units);
        wide.size = (size + 1) * sizeof *wide.units;
        dc_utf8_to_utf16(text, size, wide.units);
        wide.length = SQL_NTS;
    }
    return wide;
}

/* A connection string holds a password. */
static void wipe(struct wide_text *wide)
{
    if (wide->units != NULL) {
        explicit_bzero(wide->units, wide->size);
    }
    free(wide->units);
}

SQLRETURN dc_odbc_connect_wide(struct dc_odbc_connection *connection, const char *text)
{
    struct wide_text wide = widen(text);
    SQLWCHAR answer[1024];
    SQLSMALLINT length = 0;
    SQLRETURN rc = SQLDriverConnectW(connection->dbc, NULL, wide.units, SQL_NTS, answer,
                                     (SQLSMALLINT)(sizeof answer / sizeof answer[0]), &length,
                                     SQL_DRIVER_NOPROMPT);

    explicit_bzero(answer, sizeof answer);
    wipe(&wide);
    return rc;
}

SQLRETURN dc_odbc_execute_wide(SQLHSTMT handle, const char *sql)
{
    struct wide_text wide = widen(sql);
    SQLRETURN rc = SQLExecDirectW(handle, wide.units, SQL_NTS);

    wipe(&wide);
    return rc;
}

/* Text as the manager wrote it, of at most so many units; terminated. */
static void take(const SQLWCHAR *units, size_t room, char *out, size_t size)
{
    char text[3 * MAX_WIDE_MESSAGE + 1];
    size_t n = 0, written;

    while (n < room && n < MAX_WIDE_MESSAGE && units[n] != 0) {
        n++;
    }
    written = dc_utf16_to_utf8((const char *)units, n * sizeof *units, is_big_machine(), true,
                               text);
    written = dc_utf8_cut(text, written, size - 1);
    memcpy(out, text, written);
    out[written] = '\0';
}

SQLRETURN dc_odbc_info_wide(struct dc_odbc_connection *connection, SQLUSMALLINT type, char *out,
                            size_t size)
{
    SQLWCHAR units[512] = {0};
    SQLSMALLINT length = 0;
    SQLRETURN rc = SQLGetInfoW(connection->dbc, type, units,
                               (SQLSMALLINT)(sizeof units - sizeof units[0]), &length);

    if (dc_odbc_succeeded(rc)) {
        take(units, sizeof units / sizeof units[0], out, size);
    }
    return rc;
}

SQLRETURN dc_odbc_record_wide(SQLSMALLINT kind, SQLHANDLE handle, SQLSMALLINT number,
                              char sqlstate[6], SQLINTEGER *native, char *message, size_t size)
{
    SQLWCHAR state[6] = {0}, units[MAX_WIDE_MESSAGE] = {0};
    SQLSMALLINT length = 0;
    SQLRETURN rc = SQLGetDiagRecW(kind, handle, number, state, native, units, MAX_WIDE_MESSAGE - 1,
                                  &length);

    if (dc_odbc_succeeded(rc)) {
        take(state, 6, sqlstate, 6);
        take(units, MAX_WIDE_MESSAGE, message, size);
    }
    return rc;
}

SQLRETURN dc_odbc_names_wide(SQLHSTMT handle, enum dc_wide_call call, const char *catalog,
                             const char *schema, const char *table)
{
    struct wide_text c = widen(catalog), s = widen(schema), t = widen(table);
    SQLRETURN rc;

    switch (call) {
    case DC_CALL_TABLES:
        rc = SQLTablesW(handle, c.units, c.length, s.units, s.length, t.units, t.length, NULL, 0);
        break;
    case DC_CALL_COLUMNS:
        rc = SQLColumnsW(handle, c.units, c.length, s.units, s.length, t.units, t.length, NULL, 0);
        break;
    case DC_CALL_PRIMARY_KEYS:
        rc = SQLPrimaryKeysW(handle, c.units, c.length, s.units, s.length, t.units, t.length);
        break;
    default:
        rc = SQLForeignKeysW(handle, NULL, 0, NULL, 0, NULL, 0, c.units, c.length, s.units,
                             s.length, t.units, t.length);
        break;
    }
    wipe(&c);
    wipe(&s);
    wipe(&t);
    return rc;
}
