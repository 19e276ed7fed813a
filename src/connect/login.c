/* What the DBMS tells of the login and the server: rights, encoding, clock. Questions are the dialect's. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "connection.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"

#define QUESTION_SECONDS 30
#define MAX_RIGHTS       5   /* told of */
#define MAX_GRANTS       500 /* read of SHOW GRANTS */
#define MAX_MISSING      50
#define MAX_TEXT         1024

const char *dc_can_write_name(enum dc_can_write can_write)
{
    static const char *const names[] = {
        [DC_WRITE_UNKNOWN] = "unknown",
        [DC_WRITE_NO] = "no",
        [DC_WRITE_YES] = "yes",
        [DC_WRITE_NO_LOGIN] = "no login",
    };

    return names[can_write];
}

/* A question whose failure only leaves something unknown: *answered is false then. */
static enum dc_status ask(struct dc_connection *connection, const char *sql, size_t max_rows,
                          struct dc_arena *arena, struct dc_text_rows *out, bool *answered,
                          struct dc_err *err)
{
    struct dc_err local = {0};
    enum dc_status status;

    *answered = false;
    *out = (struct dc_text_rows){0};
    if (sql == NULL || connection->class_->texts == NULL) {
        return DC_OK;
    }
    status = connection->class_->texts(connection->inner, sql, QUESTION_SECONDS, max_rows, arena,
                                       out, &local);
    status = status == DC_OK ? DC_OK : dc_connection_refine(connection, status, &local);
    if (status == DC_ERR_LOST || status == DC_ERR_CANCELLED) {
        if (err != NULL) {
            *err = local;
            dc_err_add_object(err, "source \"%s\"", connection->source->name);
        }
        return status;
    }
    *answered = status == DC_OK;
    return DC_OK;
}

static const char *cell(const struct dc_text_rows *rows, size_t row, size_t column)
{
    const char *text = row < rows->n_rows && column < rows->n_columns
                           ? rows->cells[row * rows->n_columns + column]
                           : NULL;

    return text != NULL ? text : "";
}

/* ---- rights to write ---- */

static void put_right(struct dc_strbuf *out, const char *text, size_t size)
{
    dc_strbuf_printf(out, "%s%.*s", out->size > 0 ? ", " : "", (int)size, text);
}

static bool writes(const char *privilege, size_t size)
{
    static const char *const words[] = {"ALL",    "ALL PRIVILEGES", "INSERT", "UPDATE",  "DELETE",
                                        "CREATE", "DROP",           "ALTER",  "TRIGGER", "INDEX",
                                        "FILE",   "SUPER",          "EXECUTE"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strlen(words[i]) == size && strncasecmp(words[i], privilege, size) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * Of "GRANT SELECT (`id`), INSERT ON `mes`.* TO …" what writes: "INSERT ON `mes`.*". What follows the place is not looked at: MariaDB
 * writes the hash of the password there.
 */
static void take_grant(const char *line, struct dc_strbuf *out)
{
    const char *at = line + 6, *on = strstr(line, " ON "), *end, *place_end;

    if (strncasecmp(line, "GRANT ", 6) != 0 || on == NULL) {
        return; /* a role that is granted, a default */
    }
    place_end = strstr(on + 4, " TO ");
    for (; at < on; at = end + (end < on)) {
        int depth = 0;
        size_t size;

        at += strspn(at, " ");
        for (end = at; end < on && (*end != ',' || depth > 0); end++) {
            depth += (*end == '(') - (*end == ')');
        }
        size = strcspn(at, "(");
        size = size < (size_t)(end - at) ? size : (size_t)(end - at);
        while (size > 0 && at[size - 1] == ' ') {
            size--;
        }
        if (writes(at, size) && place_end != NULL) {
            dc_strbuf_printf(out, "%s%.*s%.*s", out->size > 0 ? ", " : "", (int)size, at,
                             (int)(place_end - on), on);
        }
    }
}

static enum dc_status ask_grants(struct dc_connection *connection, struct dc_arena *arena,
                                 struct dc_strbuf *found, bool *answered, struct dc_err *err)
{
    struct dc_text_rows rows;
    enum dc_status status = ask(connection, connection->dialect->login.grants, MAX_GRANTS, arena,
                                &rows, answered, err);

    for (size_t i = 0; i < rows.n_rows; i++) {
        take_grant(cell(&rows, i, 0), found);
    }
    return status;
}

static enum dc_status ask_can_write(struct dc_connection *connection, struct dc_arena *arena,
                                    struct dc_strbuf *found, bool *answered, struct dc_err *err)
{
    const struct dc_dialect_login *login = &connection->dialect->login;
    struct dc_text_rows rows = {0};
    enum dc_status status = DC_OK;

    for (size_t i = 0; i < login->n_can_write && status == DC_OK && !*answered; i++) {
        status = ask(connection, login->can_write[i], MAX_RIGHTS, arena, &rows, answered, err);
    }
    for (size_t i = 0; i < rows.n_rows; i++) {
        put_right(found, cell(&rows, i, 0), strlen(cell(&rows, i, 0)));
    }
    return status;
}

enum dc_status dc_connection_rights(struct dc_connection *connection, struct dc_arena *arena,
                                    struct dc_login_rights *out, struct dc_err *err)
{
    const struct dc_dialect_login *login = &connection->dialect->login;
    struct dc_strbuf found = DC_STRBUF_INIT(MAX_TEXT);
    bool answered = false;
    enum dc_status status;

    *out = (struct dc_login_rights){login->none ? DC_WRITE_NO_LOGIN : DC_WRITE_UNKNOWN, ""};
    status = login->grants != NULL ? ask_grants(connection, arena, &found, &answered, err)
                                   : ask_can_write(connection, arena, &found, &answered, err);
    if (status == DC_OK && answered) {
        out->can_write = found.size > 0 || found.overflowed ? DC_WRITE_YES : DC_WRITE_NO;
        out->writes = dc_arena_strdup(arena, dc_strbuf_text(&found));
    }
    dc_strbuf_done(&found);
    return status;
}

enum dc_status dc_connection_require_read_only(const struct dc_connection *connection,
                                               const struct dc_login_rights *rights,
                                               struct dc_err *err)
{
    const char *login = connection->info.user_name;

    switch (rights->can_write) {
    case DC_WRITE_NO:
        return DC_OK;
    case DC_WRITE_YES:
        dc_err_set(err, DC_ERR_DENIED, "refused: the login \"%s\" can write: %s", login,
                   rights->writes);
        dc_err_set_hint(err,
                        "give dcscan a login that may SELECT only; a read-only login is required "
                        "by the option or the configuration");
        break;
    case DC_WRITE_NO_LOGIN:
        if (strcmp(connection->read_only, "none") != 0) {
            return DC_OK;
        }
        dc_err_set(err, DC_ERR_DENIED, "refused: the session could not be made read only");
        break;
    case DC_WRITE_UNKNOWN:
    default:
        dc_err_set(err, DC_ERR_DENIED,
                   "refused: the DBMS does not tell whether the login \"%s\" can write", login);
        break;
    }
    dc_err_add_object(err, "source \"%s\"", connection->source->name);
    return DC_ERR_DENIED;
}

/* ---- examination ---- */

static double now(void)
{
    struct timespec at;

    clock_gettime(CLOCK_REALTIME, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static enum dc_status ask_clock(struct dc_connection *connection, struct dc_arena *arena,
                                struct dc_examination *out, struct dc_err *err)
{
    struct dc_text_rows rows;
    double before = now(), theirs;
    bool answered;
    enum dc_status status = ask(connection, connection->dialect->login.clock, 1, arena, &rows,
                                &answered, err);
    const char *text = cell(&rows, 0, 0);
    char *end = NULL;

    theirs = strtod(text, &end);
    if (status == DC_OK && answered && end != text) {
        /* Theirs was read somewhere between question and answer: the middle is the best guess. */
        out->clock_known = true;
        out->clock_ahead = theirs - (before + now()) / 2;
    }
    return status;
}

static enum dc_status ask_missing(struct dc_connection *connection, struct dc_arena *arena,
                                  struct dc_examination *out, struct dc_err *err)
{
    struct dc_missing_right *missing;
    struct dc_text_rows rows;
    bool answered;
    enum dc_status status = ask(connection, connection->dialect->login.missing, MAX_MISSING, arena,
                                &rows, &answered, err);

    if (status != DC_OK || !answered) {
        return status;
    }
    missing = dc_arena_alloc(arena, (rows.n_rows + 1) * sizeof *missing);
    for (size_t i = 0; i < rows.n_rows; i++) {
        missing[i] = (struct dc_missing_right){cell(&rows, i, 0), cell(&rows, i, 1)};
    }
    out->missing = missing;
    out->n_missing = rows.n_rows;
    return DC_OK;
}

enum dc_status dc_connection_examine(struct dc_connection *connection, struct dc_arena *arena,
                                     struct dc_examination *out, struct dc_err *err)
{
    struct dc_text_rows rows;
    bool answered;
    enum dc_status status = ask(connection, connection->dialect->login.encoding, 1, arena, &rows,
                                &answered, err);

    *out = (struct dc_examination){.database_encoding = cell(&rows, 0, 0),
                                   .connection_encoding = cell(&rows, 0, 1)};
    if (status == DC_OK) {
        status = ask_clock(connection, arena, out, err);
    }
    return status == DC_OK ? ask_missing(connection, arena, out, err) : status;
}
