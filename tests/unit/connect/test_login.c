/* What the front tells of login and server, on databases in memory. */
#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/connect.h"
#include "dcscan/provider/mem_connector.h"

struct rig {
    struct dc_arena *arena;
    struct dc_complaints complaints;
    struct dc_dialects *dialects;
    char address[DC_MEM_ADDRESS_SIZE];
    struct dc_source source;
    struct dc_connection *connection;
    struct dc_err err;
};

static struct rig rig_make(const struct dc_mem_database *database)
{
    struct rig rig = {.arena = dc_arena_create(0)};

    dc_complaints_init(&rig.complaints, rig.arena);
    cr_assert_eq(dc_dialects_load(TEST_ROOT "/connectors/dialects", &rig.dialects, &rig.complaints,
                                  &rig.err),
                 DC_OK);
    rig.source = (struct dc_source){.name = "plant", .connector = "mem"};
    dc_mem_address(database, rig.address);
    return rig;
}

static enum dc_status rig_open(struct rig *rig)
{
    rig->source.connection = rig->address;
    return dc_connection_open(&rig->source, rig->dialects, &rig->connection, &rig->err);
}

static void rig_done(struct rig *rig)
{
    dc_connection_close(rig->connection);
    dc_dialects_destroy(rig->dialects);
    dc_complaints_done(&rig->complaints);
    dc_arena_destroy(rig->arena);
}

/* ---- rights ---- */

/* Answers of one column; what the dialect makes of them. */
static const struct {
    const char *dbms;
    const char *lines[4]; /* ended by NULL; none: an empty result */
    bool fails;
    enum dc_can_write can_write;
    const char *writes;
} rights[] = {
    {"PostgreSQL", {NULL}, false, DC_WRITE_NO, ""},
    {"PostgreSQL",
     {"superuser", "INSERT on mes.orders", NULL},
     false,
     DC_WRITE_YES,
     "superuser, INSERT on mes.orders"},
    {"PostgreSQL", {NULL}, true, DC_WRITE_UNKNOWN, ""},
    {"MariaDB",
     {"GRANT USAGE ON *.* TO `ro`@`%` IDENTIFIED BY PASSWORD '*0C00'",
      "GRANT SELECT (`id`, `update`), SHOW VIEW ON `mes`.* TO `ro`@`%`", NULL},
     false,
     DC_WRITE_NO,
     ""},
    {"MariaDB",
     {"GRANT `writer` TO `rw`@`%`",
      "GRANT SELECT, insert (`a`, `b`), REFERENCES ON `mes`.`t` TO `rw`@`%`",
      "GRANT ALL PRIVILEGES ON *.* TO `rw`@`%` IDENTIFIED BY PASSWORD '*0C00' WITH GRANT OPTION",
      NULL},
     false,
     DC_WRITE_YES,
     "insert ON `mes`.`t`, ALL PRIVILEGES ON *.*"},
    {"MariaDB", {"GRANT", "GRANT DELETE", "GRANT DELETE ON", NULL}, false, DC_WRITE_NO, ""},
    {"SQLite", {NULL}, true, DC_WRITE_NO_LOGIN, ""},
    {"Unheard of", {NULL}, false, DC_WRITE_UNKNOWN, ""},
};

Test(login, the_rights_of_the_login_are_read_without_its_password)
{
    for (size_t i = 0; i < sizeof rights / sizeof rights[0]; i++) {
        struct dc_text_rows rows = {.n_columns = 1, .cells = (const char **)rights[i].lines};
        struct dc_mem_database database = {.dbms_name = rights[i].dbms,
                                           .answer = rights[i].fails ? NULL : &rows};
        struct rig rig = rig_make(&database);
        struct dc_login_rights found;

        while (rights[i].lines[rows.n_rows] != NULL) {
            rows.n_rows++;
        }
        cr_assert_eq(rig_open(&rig), DC_OK);
        cr_assert_eq(dc_connection_rights(rig.connection, rig.arena, &found, &rig.err), DC_OK);
        cr_expect_eq(found.can_write, rights[i].can_write, "line %zu", i);
        cr_expect_str_eq(found.writes, rights[i].writes);
        rig_done(&rig);
    }
}

static const struct {
    enum dc_can_write can_write;
    bool writable; /* the session */
    bool good;
} required[] = {
    {DC_WRITE_NO, true, true},        {DC_WRITE_YES, false, false},
    {DC_WRITE_UNKNOWN, false, false}, {DC_WRITE_NO_LOGIN, false, true},
    {DC_WRITE_NO_LOGIN, true, false},
};

Test(login, read_only_is_granted_only_when_it_is_proven)
{
    for (size_t i = 0; i < sizeof required / sizeof required[0]; i++) {
        struct dc_mem_database database = {.writable = required[i].writable, .user_name = "clerk"};
        struct rig rig = rig_make(&database);
        struct dc_login_rights found = {required[i].can_write, "INSERT on t"};

        cr_assert_eq(rig_open(&rig), DC_OK);
        cr_expect_eq(dc_connection_require_read_only(rig.connection, &found, &rig.err),
                     required[i].good ? DC_OK : DC_ERR_DENIED, "line %zu", i);
        if (required[i].can_write == DC_WRITE_YES) {
            cr_expect_not_null(strstr(rig.err.message, "\"clerk\" can write: INSERT on t"));
        }
        rig_done(&rig);
    }
}

Test(login, why_a_dialect_was_chosen_is_told)
{
    struct dc_mem_database database = {.dbms_name = "Sybase"};
    struct rig rig = rig_make(&database);

    cr_assert_eq(rig_open(&rig), DC_OK);
    cr_expect_str_eq(dc_connection_dialect_reason(rig.connection),
                     "no dialect knows the name \"Sybase\" that the driver says");
    dc_connection_close(rig.connection);
    rig.source.dialect = "mysql";
    cr_assert_eq(rig_open(&rig), DC_OK);
    cr_expect_str_eq(dc_connection_dialect_reason(rig.connection), "named by the source");
    rig_done(&rig);
}

Test(login, what_the_server_tells_of_itself_is_read_and_nothing_is_made_up)
{
    const char *cells[] = {"1000.5", "GRANT x"};
    struct dc_text_rows rows = {cells, 1, 2};
    struct dc_mem_database database = {.dbms_name = "PostgreSQL", .answer = &rows};
    struct rig rig = rig_make(&database);
    struct dc_examination found;

    cr_assert_eq(rig_open(&rig), DC_OK);
    cr_assert_eq(dc_connection_examine(rig.connection, rig.arena, &found, &rig.err), DC_OK);
    cr_expect(found.clock_known);
    cr_expect_lt(found.clock_ahead, -1e9, "a clock that stands in 1970");
    cr_expect_eq(found.n_missing, 1);
    cr_expect_str_eq(found.missing[0].grant, "GRANT x");
    database.answer = NULL;
    cr_assert_eq(dc_connection_examine(rig.connection, rig.arena, &found, &rig.err), DC_OK);
    cr_expect_not(found.clock_known);
    cr_expect_eq(found.n_missing, 0);
    cr_expect_str_eq(found.database_encoding, "");
    rig_done(&rig);
}
