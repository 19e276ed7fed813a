#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/connect.h"

#define GOOD                                                                   \
    "name: generic\n"                                                          \
    "title: T\n"                                                               \
    "tested: untested\n"                                                       \
    "identifiers: {quote: '\"'}\n"                                             \
    "sampling: [{method: head, statement: 'SELECT {columns} FROM {table}'}]\n" \
    "types: [{match: ['*'], class: text}]\n"

/* What is wrong with one file, and what is said of it. */
static const struct {
    const char *text, *complaint;
} broken[] = {
    {GOOD "samplings: []\n", "a.yaml:7:1: unknown key \"samplings\""},
    {"name: generic\n", "a.yaml:1:1: key \"title\" is missing"},
    {GOOD "session: ['SET x = {timout_s}']\n", "a.yaml:7:11: unknown placeholder {timout_s}"},
    {GOOD "sqlstates:\n  - {state: '425', status: denied}\n",
     "a.yaml:8:5: 425 is neither a SQLSTATE"},
    {GOOD "sqlstates:\n  - {state: '42501', status: refused}\n", "a.yaml:8:30: "},
    {GOOD "catalogue: {tables: a, columns: b, min_key: 'SELECT {table}'}\n", "belong together"},
    {GOOD "catalogue: {tables: a, columns: b, rows_of_table: 'SELECT 1'}\n", "lacks {table}"},
    {GOOD "catalogue: {columns: b}\n", "\"tables\""},
    {"name: generic\ntitle: T\ntested: untested\nidentifiers: {quote: '\"'}\ntypes: [{match: x, "
     "class: text}]\n"
     "sampling: []\n",
     "at least one way to sample"},
    {"name: generic\ntitle: T\ntested: untested\nidentifiers: {quote: '\"'}\ntypes: [{match: x, "
     "class: text}]\n"
     "sampling: [{method: head, statement: 'SELECT * FROM {table}'}]\n",
     "a.yaml:6:12: the statement lacks {columns}"},
    {"name: generic\ntitle: T\ntested: untested\nidentifiers: {quote: '\"'}\ntypes: [{match: x, "
     "class: text}]\n"
     "sampling: [{method: tablesample, statement: 'SELECT {columns} FROM {table} {fraction} LIMIT "
     "{limit}'}]\n",
     "makes a random sample one of the first rows"},
    {"name: generic\ntitle: T\ntested: untested\nidentifiers: {quote: '\"'}\ntypes: [{match: x, "
     "class: text}]\n"
     "sampling: [{method: random_keys, statement: 'SELECT {columns} FROM {table} WHERE {key} IN "
     "({keys})'}]\n",
     "random keys need min_key and max_key"},
    {"name: generic\ntitle: T\ntested: untested\nidentifiers: {quote: '<<'}\ntypes: [{match: x, "
     "class: text}]\n"
     "sampling: [{method: head, statement: 'SELECT {columns} FROM {table}'}]\n",
     "a quote is one character"},
    {"name: generic\ntitle: T\ntested: untested\nidentifiers: {quote: '\"'}\ntypes: [{match: x, "
     "class: text}]\nlogin: {none: true, grants: SHOW GRANTS}\n"
     "sampling: [{method: head, statement: 'SELECT {columns} FROM {table}'}]\n",
     "a DBMS without logins has no rights"},
    {"name: [generic\n", "a.yaml:"},
};

struct folder {
    char path[64];
    struct dc_arena *arena;
    struct dc_complaints complaints;
    struct dc_dialects *dialects;
    struct dc_err err;
};

static void write_file(const struct folder *folder, const char *name, const char *text)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

static struct folder make_folder(const char *text)
{
    struct folder folder = {.path = "/tmp/dcscan-dialects-XXXXXX", .arena = dc_arena_create(0)};

    cr_assert_not_null(mkdtemp(folder.path));
    dc_complaints_init(&folder.complaints, folder.arena);
    write_file(&folder, "a.yaml", text);
    return folder;
}

static enum dc_status load(struct folder *folder)
{
    return dc_dialects_load(folder->path, &folder->dialects, &folder->complaints, &folder->err);
}

static void remove_folder(struct folder *folder)
{
    const char *names[] = {"a.yaml", "b.yaml", ".hidden.yaml", "notes.txt"};
    char path[128];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder->path, names[i]);
        unlink(path);
    }
    rmdir(folder->path);
    dc_dialects_destroy(folder->dialects);
    dc_complaints_done(&folder->complaints);
    dc_arena_destroy(folder->arena);
}

Test(dialects, every_fault_is_told_with_its_place)
{
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct folder folder = make_folder(broken[i].text);

        cr_expect_eq(load(&folder), DC_ERR_CONFIG, "%s", broken[i].complaint);
        cr_expect_null(folder.dialects);
        cr_assert_gt(folder.complaints.n_lines, 0, "%s", broken[i].complaint);
        cr_expect_not_null(strstr(folder.complaints.lines[0], broken[i].complaint),
                           "want %s, got %s", broken[i].complaint, folder.complaints.lines[0]);
        remove_folder(&folder);
    }
}

Test(dialects, a_good_file_is_loaded_and_others_are_left_alone)
{
    struct folder folder = make_folder(GOOD);

    write_file(&folder, ".hidden.yaml", "nonsense: [");
    write_file(&folder, "notes.txt", "nonsense: [");
    cr_assert_eq(load(&folder), DC_OK, "%s", folder.err.message);
    cr_expect_eq(dc_dialects_count(folder.dialects), 1);
    cr_expect_str_eq(dc_dialects_find(folder.dialects, "generic")->tested, "untested");
    cr_expect_null(dc_dialects_find(folder.dialects, "nope"));
    remove_folder(&folder);
}

Test(dialects, two_of_one_name_are_a_fault)
{
    struct folder folder = make_folder(GOOD);

    write_file(&folder, "b.yaml", GOOD);
    cr_expect_eq(load(&folder), DC_ERR_CONFIG);
    cr_expect_not_null(strstr(folder.complaints.lines[0], "two dialects named \"generic\""));
    remove_folder(&folder);
}

Test(dialects, a_folder_that_is_not_there_is_named)
{
    struct folder folder = {.path = "/nonexistent/dialects", .arena = dc_arena_create(0)};

    dc_complaints_init(&folder.complaints, folder.arena);
    cr_expect_eq(load(&folder), DC_ERR_CONFIG);
    cr_expect_not_null(strstr(folder.err.message, "/nonexistent/dialects"));
    dc_arena_destroy(folder.arena);
}

/* ---- those that are shipped ---- */

static struct folder shipped(void)
{
    struct folder folder = {.arena = dc_arena_create(0)};

    dc_complaints_init(&folder.complaints, folder.arena);
    cr_assert_eq(dc_dialects_load(TEST_ROOT "/connectors/dialects", &folder.dialects,
                                  &folder.complaints, &folder.err),
                 DC_OK, "%s", folder.err.message);
    return folder;
}

static void put_away(struct folder *folder)
{
    dc_dialects_destroy(folder->dialects);
    dc_complaints_done(&folder->complaints);
    dc_arena_destroy(folder->arena);
}

static const struct {
    const char *dbms, *dialect;
} recognised[] = {
    {"SQLite", "sqlite"},
    {"PostgreSQL", "postgresql"},
    {"MariaDB", "mysql"},
    {"MySQL", "mysql"},
    {"Microsoft SQL Server", "sqlserver"},
    {"Oracle", "oracle"},
    {"DM8", "dm"},
    {"KingbaseES", "kingbase"},
    {"openGauss", "opengauss"},
    {"Sybase ASE", "generic"},
    {"", "generic"},
};

Test(dialects, a_dbms_is_recognised_by_what_its_driver_says)
{
    struct folder folder = shipped();

    for (size_t i = 0; i < sizeof recognised / sizeof recognised[0]; i++) {
        struct dc_odbc_info info = {0};

        snprintf(info.dbms_name, sizeof info.dbms_name, "%s", recognised[i].dbms);
        cr_expect_str_eq(dc_dialects_recognise(folder.dialects, &info)->name, recognised[i].dialect,
                         "%s", recognised[i].dbms);
    }
    put_away(&folder);
}

Test(dialects, every_shipped_one_reads_a_table_of_unknown_size)
{
    struct folder folder = shipped();

    for (size_t i = 0; i < dc_dialects_count(folder.dialects); i++) {
        const struct dc_dialect *dialect = dc_dialects_at(folder.dialects, i);
        const struct dc_dialect_sampling *last = &dialect->samplings[dialect->n_samplings - 1];

        cr_expect_eq(last->method, DC_SAMPLE_HEAD, "%s", dialect->name);
        cr_expect_eq(last->rows_max, 0, "%s", dialect->name);
        cr_expect_not(last->base_tables_only, "%s", dialect->name);
    }
    put_away(&folder);
}

static void expect_questions_only(const struct dc_dialect *dialect)
{
    const struct dc_dialect_login *login = &dialect->login;
    const char *const questions[] = {login->grants, login->missing, login->encoding, login->clock};

    for (size_t k = 0; k < sizeof questions / sizeof questions[0]; k++) {
        cr_expect(questions[k] == NULL || strncmp(questions[k], "SELECT ", 7) == 0 ||
                      strcmp(questions[k], "SHOW GRANTS") == 0,
                  "%s: %s", dialect->name, questions[k]);
    }
    for (size_t k = 0; k < login->n_can_write; k++) {
        cr_expect_eq(strncmp(login->can_write[k], "SELECT ", 7), 0, "%s", dialect->name);
    }
}

/* The promise to the owners of the databases: nothing but reading. */
Test(dialects, every_shipped_statement_only_reads)
{
    struct folder folder = shipped();

    for (size_t i = 0; i < dc_dialects_count(folder.dialects); i++) {
        const struct dc_dialect *dialect = dc_dialects_at(folder.dialects, i);

        for (size_t k = 0; k < dialect->n_samplings; k++) {
            const char *statement = dialect->samplings[k].statement;

            cr_expect_eq(strncmp(statement, "SELECT ", 7), 0, "%s: %s", dialect->name, statement);
            cr_expect_null(strstr(statement, "ORDER BY"), "%s: %s", dialect->name, statement);
            cr_expect_null(strstr(statement, "OFFSET"), "%s: %s", dialect->name, statement);
        }
        expect_questions_only(dialect);
        for (size_t k = 0; k < dialect->n_session; k++) {
            const char *sql = dialect->session[k].sql;

            cr_expect(strncmp(sql, "SET ", 4) == 0 || strncmp(sql, "PRAGMA ", 7) == 0 ||
                          strncmp(sql, "ALTER SESSION SET ", 18) == 0,
                      "%s: %s", dialect->name, sql);
        }
    }
    put_away(&folder);
}

/* ---- one dialect on top of another ---- */

#define BASE                                                                       \
    "name: base\n"                                                                 \
    "title: B\n"                                                                   \
    "tested: server\n"                                                             \
    "dbms: ['Base*']\n"                                                            \
    "identifiers: {quote: '`', schemas: true}\n"                                   \
    "catalogue: {tables: a, columns: b, rows_of_table: 'SELECT 1 FROM {table}'}\n" \
    "session: ['SET a = 1']\n"                                                     \
    "sampling: [{method: head, statement: 'SELECT {columns} FROM {table}'}]\n"     \
    "types: [{match: ['*'], class: text}]\n"

static struct folder make_pair(const char *second)
{
    struct folder folder = make_folder(GOOD);

    write_file(&folder, "base.yaml", BASE);
    write_file(&folder, "b.yaml", second);
    return folder;
}

static void remove_pair(struct folder *folder)
{
    char path[128];

    snprintf(path, sizeof path, "%s/base.yaml", folder->path);
    unlink(path);
    remove_folder(folder);
}

Test(dialects, one_that_extends_another_says_only_what_it_has_of_its_own)
{
    struct folder folder = make_pair("name: own\nextends: base\ntitle: O\ntested: scripted\n"
                                     "dbms: ['Base*']\nversions: ['*-Own-*']\n"
                                     "catalogue: {columns: c, rows_of_table: null}\n"
                                     "session: ['SET b = 2', 'SET c = 3']\n");
    const struct dc_dialect *own;

    cr_assert_eq(load(&folder), DC_OK, "%s", folder.err.message);
    own = dc_dialects_find(folder.dialects, "own");
    cr_assert_not_null(own);
    cr_expect_str_eq(own->tested, "scripted");
    cr_expect_str_eq(own->quote_open, "`");
    cr_expect_str_eq(own->catalogue.tables, "a");
    cr_expect_str_eq(own->catalogue.columns, "c");
    cr_expect_null(own->catalogue.rows_of_table, "taken away by null");
    cr_assert_eq(own->n_session, 2, "a list is taken as a whole");
    cr_expect_str_eq(own->session[0].sql, "SET b = 2");
    cr_expect_eq(own->n_samplings, 1);
    remove_pair(&folder);
}

Test(dialects, the_one_that_says_most_of_the_dbms_is_chosen)
{
    struct folder folder = make_pair("name: own\nextends: base\ntitle: O\ntested: scripted\n"
                                     "dbms: ['Base*']\nversions: ['*-Own-*']\n");
    struct dc_odbc_info info = {.dbms_name = "BaseDB", .dbms_version = "8.0-Own-1"};

    cr_assert_eq(load(&folder), DC_OK, "%s", folder.err.message);
    cr_expect_str_eq(dc_dialects_recognise(folder.dialects, &info)->name, "own");
    snprintf(info.dbms_version, sizeof info.dbms_version, "8.0");
    cr_expect_str_eq(dc_dialects_recognise(folder.dialects, &info)->name, "base");
    snprintf(info.dbms_name, sizeof info.dbms_name, "Else");
    cr_expect_str_eq(dc_dialects_recognise(folder.dialects, &info)->name, "generic");
    snprintf(info.dbms_version, sizeof info.dbms_version, "8.0-Own-1");
    cr_expect_str_eq(dc_dialects_recognise(folder.dialects, &info)->name, "generic",
                     "the version alone is not enough");
    remove_pair(&folder);
}

Test(dialects, what_cannot_be_extended_is_told_with_its_place)
{
    static const struct {
        const char *base, *complaint;
    } cases[] = {{"nope", "b.yaml:2:10: could not extend \"nope\""},
                 {"../base", "b.yaml:2:10: \"extends\" takes the name of a dialect"},
                 {"b", "b.yaml:2:10: \"b\" cannot be extended"}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[256];
        struct folder folder;

        snprintf(text, sizeof text, "name: own\nextends: %s\ntitle: O\ntested: scripted\n",
                 cases[i].base);
        folder = make_pair(text);
        cr_expect_eq(load(&folder), DC_ERR_CONFIG);
        cr_assert_gt(folder.complaints.n_lines, 0);
        cr_expect_not_null(strstr(folder.complaints.lines[0], cases[i].complaint), "%s",
                           folder.complaints.lines[0]);
        remove_pair(&folder);
    }
}
