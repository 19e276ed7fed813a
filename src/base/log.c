/* Log lines: composed whole, written with one call. */
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>

#include "dcscan/alloc.h"
#include "dcscan/log.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"

#define MAX_MESSAGE 8192

struct dc_log {
    FILE *stream;
    enum dc_log_level threshold;
    enum dc_log_format format;
    pthread_mutex_t mutex;
};

struct dc_log *dc_log_create(FILE *stream, enum dc_log_level threshold, enum dc_log_format format)
{
    struct dc_log *log = dc_alloc(1, sizeof *log);

    log->stream = stream;
    log->threshold = threshold;
    log->format = format;
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

static void write_line(struct dc_log *log, enum dc_log_level level, const struct dc_strbuf *message)
{
    /* Room for the message with every byte escaped, and the frame: a line is never cut in its frame. */
    struct dc_strbuf line = DC_STRBUF_INIT(3 * (size_t)MAX_MESSAGE * 2 + 256);
    struct dc_arena *arena = dc_arena_create(4096);
    const char *clean = dc_text_sanitize(arena, dc_strbuf_text(message), message->size, NULL);

    if (log->format == DC_LOG_JSON) {
        put_json(&line, level, clean);
    } else {
        put_human(&line, level, clean);
    }
    pthread_mutex_lock(&log->mutex);
    fwrite(dc_strbuf_text(&line), 1, line.size, log->stream);
    fflush(log->stream);
    pthread_mutex_unlock(&log->mutex);
    dc_strbuf_done(&line);
    dc_arena_destroy(arena);
}

void dc_log_write(struct dc_log *log, enum dc_log_level level, const char *format, ...)
{
    struct dc_strbuf message = DC_STRBUF_INIT(MAX_MESSAGE);
    va_list args;

    if (log == NULL || level > log->threshold) {
        return;
    }
    va_start(args, format);
    dc_strbuf_vprintf(&message, format, args);
    va_end(args);
    write_line(log, level, &message);
    dc_strbuf_done(&message);
}
