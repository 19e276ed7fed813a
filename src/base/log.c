/* Log lines: composed whole, written with one call. */
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include "dcscan/alloc.h"
#include "dcscan/log.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"

#define MAX_MESSAGE 8192

#define MAX_STREAMS 2

struct log_stream {
    FILE *stream;
    enum dc_log_level threshold;
    enum dc_log_format format;
};

struct dc_log {
    struct log_stream streams[MAX_STREAMS];
    size_t n_streams;
    pthread_mutex_t mutex;
};

void dc_log_add_stream(struct dc_log *log, FILE *stream, enum dc_log_level threshold,
                       enum dc_log_format format)
{
    if (log->n_streams < MAX_STREAMS) {
        log->streams[log->n_streams++] = (struct log_stream){stream, threshold, format};
    }
}

struct dc_log *dc_log_create(FILE *stream, enum dc_log_level threshold, enum dc_log_format format)
{
    struct dc_log *log = dc_alloc(1, sizeof *log);

    dc_log_add_stream(log, stream, threshold, format);
    pthread_mutex_init(&log->mutex, NULL);
    return log;
}

void dc_log_destroy(struct dc_log *log)
{
    if (log != NULL) {
        pthread_mutex_destroy(&log->mutex);
        free(log);
    }
}

static const char *level_name(enum dc_log_level level)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};

    return names[level];
}

/* A message keeps to its line: names and driver texts inside it must not be able to forge another one. */
static void put_human(struct dc_strbuf *line, enum dc_log_level level, const char *message)
{
    dc_strbuf_printf(line, "dcscan: %s: ", level_name(level));
    for (; *message != '\0'; message++) {
        dc_strbuf_putc(line, *message == '\n' || *message == '\t' ? ' ' : *message);
    }
    dc_strbuf_putc(line, '\n');
}

/* Local time with its offset: someone looks for what happened last night. */
static void put_time(struct dc_strbuf *line)
{
    char text[DC_TIME_TEXT_SIZE];

    dc_time_local_text((int64_t)time(NULL), text);
    dc_strbuf_printf(line, "%s ", text);
}

/* Priorities of syslog; see sd-daemon(3). */
static void put_priority(struct dc_strbuf *line, enum dc_log_level level)
{
    static const int priorities[] = {3, 4, 6, 7};

    dc_strbuf_printf(line, "<%d>", priorities[level]);
}

static void put_json(struct dc_strbuf *line, enum dc_log_level level, const char *message)
{
    char time[DC_TIME_TEXT_SIZE];

    dc_time_text(-1, time);
    dc_strbuf_printf(line, "{\"time\":\"%s\",\"level\":\"%s\",\"message\":\"", time,
                     level_name(level));
    for (; *message != '\0'; message++) {
        if (*message == '"' || *message == '\\') {
            dc_strbuf_printf(line, "\\%c", *message);
        } else if (*message == '\n' || *message == '\t') {
            dc_strbuf_puts(line, *message == '\n' ? "\\n" : "\\t");
        } else {
            dc_strbuf_putc(line, *message);
        }
    }
    dc_strbuf_puts(line, "\"}\n");
}

static void put_line(struct dc_strbuf *line, enum dc_log_format format, enum dc_log_level level,
                     const char *message)
{
    switch (format) {
    case DC_LOG_JSON:
        put_json(line, level, message);
        return;
    case DC_LOG_TIMED:
        put_time(line);
        break;
    case DC_LOG_JOURNAL:
        put_priority(line, level);
        break;
    case DC_LOG_HUMAN:
        break;
    }
    put_human(line, level, message);
}

static void write_line(struct dc_log *log, const struct log_stream *to, enum dc_log_level level,
                       const char *message)
{
    /* Room for the message with every byte escaped, and the frame: a line is never cut in its frame. */
    struct dc_strbuf line = DC_STRBUF_INIT(3 * (size_t)MAX_MESSAGE * 2 + 256);

    put_line(&line, to->format, level, message);
    pthread_mutex_lock(&log->mutex);
    fwrite(dc_strbuf_text(&line), 1, line.size, to->stream);
    fflush(to->stream);
    pthread_mutex_unlock(&log->mutex);
    dc_strbuf_done(&line);
}

void dc_log_write(struct dc_log *log, enum dc_log_level level, const char *format, ...)
{
    struct dc_strbuf message = DC_STRBUF_INIT(MAX_MESSAGE);
    va_list args;

    struct dc_arena *arena;
    bool wanted = false;

    for (size_t i = 0; log != NULL && i < log->n_streams; i++) {
        wanted = wanted || level <= log->streams[i].threshold;
    }
    if (!wanted) {
        return;
    }
    va_start(args, format);
    dc_strbuf_vprintf(&message, format, args);
    va_end(args);
    arena = dc_arena_create(4096);
    for (size_t i = 0; i < log->n_streams; i++) {
        if (level <= log->streams[i].threshold) {
            write_line(log, &log->streams[i], level,
                       dc_text_sanitize(arena, dc_strbuf_text(&message), message.size, NULL));
        }
    }
    dc_arena_destroy(arena);
    dc_strbuf_done(&message);
}
