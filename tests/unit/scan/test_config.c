#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dcscan/config.h"

static struct dc_arena *arena;
static struct dc_complaints complaints;
static char path[64];

static void setup(void)
{
    arena = dc_arena_create(0);
    dc_complaints_init(&complaints, arena);
}

static void teardown(void)
{
    unlink(path);
    dc_complaints_done(&complaints);
    dc_arena_destroy(arena);
}

TestSuite(config, .init = setup, .fini = teardown);

static enum dc_status load(const char *text, struct dc_config **out, struct dc_err *err)
{
    int file;

    snprintf(path, sizeof path, "/tmp/dcscan-config-XXXXXX");
    file = mkstemp(path);
    cr_assert(file >= 0);
    cr_assert_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    return dc_config_load(path, out, &complaints, err);
}

static bool complains(const char *part)
{
    for (size_t i = 0; i < complaints.n_lines; i++) {
        if (strstr(complaints.lines[i], part) != NULL) {
            return true;
        }
    }
    return false;
}

Test(config, reads_a_source_with_everything)
{
    struct dc_config *config = NULL;
    struct dc_err err = {0};

    cr_assert_eq(load("sources:\n"
                      "  - name: mes\n"
                      "    dsn: MES_WH\n"
                      "    user: ro\n"
                      "    password_file: secrets/mes\n"
                      "    dialect: mysql\n"
                      "    include: [\"mes.*\"]\n"
                      "    exclude: [\"*.tmp_*\", bak]\n"
                      "    about: {system: MES, plant: 武汉一厂, mlps: 3}\n"
                      "    limits: {sample_rows: 5, connections: 2}\n"
                      "limits: {sample_rows: 7, value_bytes: 64}\n",
                      &config, &err),
                 DC_OK, "%s", err.message);
    cr_assert_eq(config->n_sources, 1);
    const struct dc_source *mes = dc_config_source(config, "mes");
    cr_assert_str_eq(mes->dsn, "MES_WH");
    cr_assert_eq(mes->secret.kind, DC_SECRET_FILE);
    cr_assert_str_eq(mes->secret.value, "/tmp/secrets/mes",
                     "a relative path is taken from the configuration's folder");
    cr_assert_eq(mes->n_exclude, 2);
    cr_assert_str_eq(mes->about[DC_ABOUT_PLANT], "武汉一厂");
    cr_assert_str_eq(mes->about[DC_ABOUT_MLPS], "3");
    cr_assert_eq(mes->limits.sample_rows, 5);
    cr_assert_eq(mes->limits.value_bytes, 64,
                 "what a source does not set comes from the file's limits");
    dc_config_destroy(config);
}

Test(config, collects_every_complaint_with_its_place)
{
    struct dc_config *config = NULL;
    struct dc_err err = {0};

    cr_assert_eq(load("sources:\n"
                      "  - name: a\n"
                      "    dsn: X\n"
                      "    connection: Driver=Y\n"
                      "  - name: b\n"
                      "    dsn: X\n"
                      "    exlude: [t]\n"
                      "lang: fr\n",
                      &config, &err),
                 DC_ERR_CONFIG);
    cr_assert_null(config);
    cr_assert(complains(":2:5: source \"a\" needs exactly one of \"dsn\" and \"connection\""));
    cr_assert(complains(":7:5: "), "the unknown key is named with its line");
    cr_assert(complains("exclude"), "and the key that was meant");
    cr_assert(complains(":8:"));
}

Test(config, a_source_takes_budgets_and_window_from_the_file_unless_it_has_its_own)
{
    struct dc_config *config = NULL;
    struct dc_err err = {0};

    cr_assert_eq(
        load("sources:\n"
             "  - {name: a, dsn: X, limits: {window: \"01:00-04:30\", source_rows: 9}}\n"
             "  - {name: b, dsn: X}\n"
             "limits: {source_seconds: 3600, source_rows: 1000000, source_bytes: 1000000000,\n"
             "         window: \"22:00-05:00\"}\n",
             &config, &err),
        DC_OK, "%s", err.message);
    const struct dc_limits *a = &config->sources[0].limits, *b = &config->sources[1].limits;
    cr_expect_eq(a->source_rows, 9);
    cr_expect_eq(a->source_seconds, 3600);
    cr_expect_eq(a->window.from, 60);
    cr_expect_eq(a->window.to, 270);
    cr_expect_eq(b->source_rows, 1000000);
    cr_expect_eq(b->source_bytes, 1000000000);
    cr_expect_eq(b->window.from, 22 * 60);
    cr_expect_eq(b->window.to, 5 * 60);
    dc_config_destroy(config);
}

Test(config, a_read_only_login_can_be_required_of_all_or_of_one)
{
    struct dc_config *config = NULL;
    struct dc_err err = {0};

    cr_assert_eq(load("require_read_only: true\n"
                      "sources:\n"
                      "  - {name: a, dsn: X}\n"
                      "  - {name: b, dsn: X, require_read_only: false}\n",
                      &config, &err),
                 DC_OK, "%s", err.message);
    cr_expect(config->sources[0].require_read_only);
    cr_expect_not(config->sources[1].require_read_only);
    dc_config_destroy(config);
}

Test(config, complains_of_budgets_and_windows_with_their_place)
{
    struct dc_config *config = NULL;
    struct dc_err err = {0};

    cr_assert_eq(
        load("limits:\n"
             "  source_rows: 0\n"
             "  window: 22:00\n"
             "sources:\n"
             "  - {name: a, dsn: X, limits: {window: \"05:00-05:00\", source_second: 1}}\n",
             &config, &err),
        DC_ERR_CONFIG);
    cr_expect(complains(":2:16: "), "a budget of nothing");
    cr_expect(complains(":3:11: \"window\" must be two times of the day"));
    cr_expect(complains(":5:40: \"window\" must be two times of the day"));
    cr_expect(complains("source_seconds"), "the key that was meant");
}

Test(config, refuses_two_sources_of_one_name)
{
    struct dc_config *config = NULL;
    struct dc_err err = {0};

    cr_assert_eq(load("sources: [{name: a, dsn: X}, {name: a, dsn: Y}]\n", &config, &err),
                 DC_ERR_CONFIG);
    cr_assert(complains("source \"a\" is defined twice"));
}

Test(config, refuses_two_places_for_one_password)
{
    struct dc_config *config = NULL;
    struct dc_err err = {0};

    cr_assert_eq(load("sources: [{name: a, dsn: X, password_env: A, password_stdin: true}]\n",
                      &config, &err),
                 DC_ERR_CONFIG);
    cr_assert(complains("more than one place"));
}

Test(config, tells_where_yaml_is_malformed)
{
    struct dc_config *config = NULL;
    struct dc_err err = {0};

    cr_assert_eq(load("sources:\n  - name: [\n", &config, &err), DC_ERR_CONFIG);
    cr_assert(strstr(err.message, path) != NULL && strstr(err.message, ":3:") != NULL, "%s",
              err.message);
}

Test(config, leaves_the_output_alone_when_the_file_is_missing)
{
    struct dc_config *config = (struct dc_config *)&complaints;
    struct dc_err err = {0};

    cr_assert_eq(dc_config_load("/nonexistent/dcscan.yaml", &config, &complaints, &err),
                 DC_ERR_CONFIG);
    cr_assert_eq((void *)config, (void *)&complaints);
    cr_assert(strstr(err.message, "/nonexistent/dcscan.yaml") != NULL, "%s", err.message);
}
