/* The log: one JSON object a line, appended in one write, so that threads and processes share a file. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver.h"

#define MAX_LINE ((size_t)8 * 1024 * 1024)

static void put_string(struct dc_strbuf *out, const char *key, const char *text)
{
    dc_strbuf_printf(out, "\"%s\":\"", key);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            dc_strbuf_printf(out, "\\%c", *text);
        } else if ((unsigned char)*text < 0x20 || (unsigned char)*text > 0x7E) {
            /* As Latin-1, so that bytes of any encoding can be told again. */
            dc_strbuf_printf(out, "\\u%04x", (unsigned)(unsigned char)*text);
        } else {
            dc_strbuf_putc(out, *text);
        }
    }
    dc_strbuf_puts(out, "\"");
}

static void append(const char *path, const struct dc_strbuf *line)
{
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

    if (file >= 0) {
        ssize_t written = write(file, dc_strbuf_text(line), line->size);

        (void)written;
        close(file);
    }
}

void log_call(const struct connection *connection, const char *call, const char *text)
{
    const char *folder = getenv("DCSCAN_ODBC_LOG");
    struct dc_strbuf line = DC_STRBUF_INIT(MAX_LINE);
    const struct script *script = connection->script;

    dc_strbuf_printf(&line, "{\"pid\":%d,", (int)getpid());
    put_string(&line, "script", script->path);
    dc_strbuf_putc(&line, ',');
    put_string(&line, "dialect", script->has_dialect ? script->dialect.name : "");
    dc_strbuf_putc(&line, ',');
    put_string(&line, "call", call);
    dc_strbuf_putc(&line, ',');
    put_string(&line, "text", text);
    dc_strbuf_puts(&line, "}\n");
    if (folder != NULL) {
        char path[512];

        snprintf(path, sizeof path, "%s/%d.jsonl", folder, (int)getpid());
        append(path, &line);
    }
    if (connection->log_path[0] != '\0') {
        append(connection->log_path, &line);
    }
    dc_strbuf_done(&line);
}
