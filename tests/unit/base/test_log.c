#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/log.h"

/* What one line looks like in a format. */
static char *written(enum dc_log_format format, enum dc_log_level threshold,
                     enum dc_log_level level, const char *message)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    struct dc_log *log = dc_log_create(stream, threshold, format);

    dc_log_write(log, level, "%s", message);
    dc_log_destroy(log);
    fclose(stream);
    return text;
}

Test(log, human_lines_name_the_program_and_the_level)
{
    char *text = written(DC_LOG_HUMAN, DC_LOG_INFO, DC_LOG_WARNING, "source \"mes\" was slow");

    cr_expect_str_eq(text, "dcscan: warning: source \"mes\" was slow\n");
    free(text);
}

Test(log, lines_in_a_file_begin_with_the_local_time)
{
    char *text;

    setenv("TZ", "IST-5:30", 1);
    text = written(DC_LOG_TIMED, DC_LOG_INFO, DC_LOG_INFO, "x");
    cr_assert_gt(strlen(text), 26);
    cr_expect_eq(strncmp(text, "20", 2), 0);
    cr_expect_str_eq(text + 19, "+05:30 dcscan: info: x\n");
    free(text);
}

Test(log, lines_for_the_journal_carry_their_priority)
{
    static const char *const expected[] = {"<3>dcscan: error: x\n", "<4>dcscan: warning: x\n",
                                           "<6>dcscan: info: x\n", "<7>dcscan: debug: x\n"};

    for (int level = DC_LOG_ERROR; level <= DC_LOG_DEBUG; level++) {
        char *text = written(DC_LOG_JOURNAL, DC_LOG_DEBUG, (enum dc_log_level)level, "x");

        cr_expect_str_eq(text, expected[level]);
        free(text);
    }
}

Test(log, a_second_stream_has_a_threshold_and_format_of_its_own)
{
    char *texts[2] = {NULL, NULL};
    size_t sizes[2];
    FILE *streams[2] = {open_memstream(&texts[0], &sizes[0]), open_memstream(&texts[1], &sizes[1])};
    struct dc_log *log = dc_log_create(streams[0], DC_LOG_ERROR, DC_LOG_HUMAN);

    dc_log_add_stream(log, streams[1], DC_LOG_INFO, DC_LOG_JOURNAL);
    dc_log_write(log, DC_LOG_INFO, "a");
    dc_log_write(log, DC_LOG_ERROR, "b");
    dc_log_write(log, DC_LOG_DEBUG, "c");
    dc_log_destroy(log);
    fclose(streams[0]);
    fclose(streams[1]);
    cr_expect_str_eq(texts[0], "dcscan: error: b\n");
    cr_expect_str_eq(texts[1], "<6>dcscan: info: a\n<3>dcscan: error: b\n");
    free(texts[0]);
    free(texts[1]);
}

Test(log, lines_above_the_threshold_are_left_out)
{
    char *text = written(DC_LOG_HUMAN, DC_LOG_WARNING, DC_LOG_INFO, "x");

    cr_expect_str_eq(text, "");
    free(text);
    dc_log_write(NULL, DC_LOG_ERROR, "no log, no line");
    dc_log_destroy(NULL);
}

Test(log, a_message_cannot_forge_another_line)
{
    char *text = written(DC_LOG_HUMAN, DC_LOG_DEBUG, DC_LOG_ERROR, "a\ndcscan: info: b\x1b[2J\xff");

    cr_expect_str_eq(text, "dcscan: error: a dcscan: info: b□[2J\uFFFD\n");
    free(text);
}

Test(log, json_lines_escape_what_json_asks_for)
{
    char *text = written(DC_LOG_JSON, DC_LOG_DEBUG, DC_LOG_DEBUG, "a \"b\"\\\n检\x01");
    char *rest = strstr(text, "\",\"level\":");

    cr_expect_eq(strncmp(text, "{\"time\":\"2", 10), 0);
    cr_assert_not_null(rest);
    cr_expect_str_eq(rest, "\",\"level\":\"debug\",\"message\":\"a \\\"b\\\"\\\\\\n检□\"}\n");
    free(text);
}

Test(log, a_long_message_is_cut_but_its_line_is_whole)
{
    static char message[20001];
    char *text;

    memset(message, '"', sizeof message - 1);
    text = written(DC_LOG_JSON, DC_LOG_DEBUG, DC_LOG_ERROR, message);
    cr_expect_str_eq(text + strlen(text) - 3, "\"}\n");
    free(text);
}

static void *write_many(void *log)
{
    for (int i = 0; i < 500; i++) {
        dc_log_write(log, DC_LOG_INFO, "0123456789");
    }
    return NULL;
}

Test(log, lines_of_several_threads_stay_whole)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    struct dc_log *log = dc_log_create(stream, DC_LOG_INFO, DC_LOG_HUMAN);
    const char *line = "dcscan: info: 0123456789\n";
    pthread_t threads[4];

    for (size_t i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, write_many, log);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    dc_log_destroy(log);
    fclose(stream);
    cr_assert_eq(size, 2000 * strlen(line));
    for (size_t i = 0; i < 2000; i++) {
        cr_assert_eq(strncmp(text + i * strlen(line), line, strlen(line)), 0);
    }
    free(text);
}
